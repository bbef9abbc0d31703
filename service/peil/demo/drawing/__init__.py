"""Draws for a terminal what came of the demo's edition."""

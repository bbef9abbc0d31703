"""Peil: a headless service for Dutch work-stress programmes."""

__version__ = "0.1.0"

"""Measures Peil beside something bare, in one run on one machine: ratios, since absolute figures are noise."""

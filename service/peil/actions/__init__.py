"""The plan of action: measures, their metric, and whether they work."""

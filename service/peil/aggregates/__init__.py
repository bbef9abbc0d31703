"""The read side: what a release says about each unit."""

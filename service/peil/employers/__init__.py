"""Employers, their policies and the gates in front of a wave."""

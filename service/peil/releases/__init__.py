"""From sealed answers to one immutable publication; runs in the worker only."""

"""The sealed intake; knows answers, never persons."""

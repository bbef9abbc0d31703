"""Who may answer; knows persons, never answers."""

"""The week: what it aims at, who runs it, what happens when, and who is told."""

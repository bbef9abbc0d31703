"""The demonstration: one employer, made of real answers, that shows the whole workflow."""

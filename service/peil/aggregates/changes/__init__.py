"""What changed between two released waves, and what to bear in mind with it."""

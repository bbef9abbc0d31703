"""What is missing in a campaign, what is due, and what became of it: reads all of the others."""

"""What became of each event at each endpoint, and sending it again."""

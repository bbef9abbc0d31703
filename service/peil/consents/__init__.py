"""What the works council is asked, and what it decides."""

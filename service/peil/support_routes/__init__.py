"""Where an employee can turn to."""

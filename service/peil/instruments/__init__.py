"""What is asked: versioned questionnaires, their scoring and their licences."""

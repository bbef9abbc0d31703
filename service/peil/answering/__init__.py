"""The form in which people answer, as the intake serves it to their browsers."""

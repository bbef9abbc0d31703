"""Small answers for one page: what a team needs to see of its own wave, and where people can turn to."""

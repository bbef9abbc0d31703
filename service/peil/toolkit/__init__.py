"""The catalogue as data: what the programme names, and what an employer adds to it."""

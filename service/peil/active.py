"""The part of SQL that says who is active on a day: one for all that read people."""

ACTIVE = "(person.active or (coalesce(person.leaves_on > $2, false) and not person.switched_off))"
"""Whether `person` has not left on the day $2.

Who is to leave on a day to come is stored as not active with that day, so that nothing has to be written on it.
"""

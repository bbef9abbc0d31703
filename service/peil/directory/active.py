"""The part of SQL that says who is active on a day: one for all that read people."""

ACTIVE = """(
    person.active
    or exists (
      select
      from peil.membership as lasting
      where
        lasting.employer_id = person.employer_id
        and lasting.person_id = person.person_id
        and lasting.role = 'member'
        and lasting.valid_to > $2
    )
  )"""
"""Whether `person` has not left on the day $2.

Who is to leave on a day to come is stored as not active with memberships until then, so that nothing has to be written
on the day itself.
"""

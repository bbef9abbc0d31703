"""SQL of the people a message goes to, and of how far it is."""

from collections.abc import Sequence
from uuid import UUID

from peil.database import Rows
from peil.messages.model import Left, Mailing, StoredRecipient

_RECIPIENT_COLUMNS = """
  person.person_id,
  person.external_id,
  person.email,
  person.language"""

# $3: after whom; $4: only those Peil can write to; $5: groups of which those with an answer token are left out.
_SELECT_INVITED = f"""-- select_invited
select{_RECIPIENT_COLUMNS}
from participation.invitation as invitation
join peil.person as person on
  person.employer_id = invitation.employer_id
  and person.person_id = invitation.person_id
where
  invitation.employer_id = $1
  and invitation.wave_id = $2
  and invitation.person_id > $3
  and not person.opted_out
  and (person.email is not null or not $4)
  and (invitation.issued_on is null or not invitation.key_id = any($5::uuid[]))
order by invitation.person_id
limit $6
"""


async def select_invited(
    rows: Rows,
    employer_id: UUID,
    wave_id: UUID,
    after: UUID,
    targeted: Sequence[UUID],
    limit: int | None,
    *,
    with_address: bool,
) -> list[StoredRecipient]:
    """Invited people who want messages, by id after `after`; of `targeted` groups those without an answer token."""
    return await rows.many(
        StoredRecipient, _SELECT_INVITED, employer_id, wave_id, after, with_address, list(targeted), limit
    )


_SELECT_ADDRESSEES = f"""-- select_addressees
select{_RECIPIENT_COLUMNS}
from participation.addressee as addressee
join peil.person as person on
  person.employer_id = addressee.employer_id
  and person.person_id = addressee.person_id
where
  addressee.employer_id = $1
  and addressee.message_id = $2
  and addressee.person_id > $3
  and not person.opted_out
  and (person.email is not null or not $4)
order by addressee.person_id
limit $5
"""


async def select_addressees(
    rows: Rows, employer_id: UUID, message_id: UUID, after: UUID, limit: int | None, *, with_address: bool
) -> list[StoredRecipient]:
    """People kept for a message after the ledger was gone, as in `select_invited`."""
    return await rows.many(StoredRecipient, _SELECT_ADDRESSEES, employer_id, message_id, after, with_address, limit)


_INSERT_ADDRESSEES = """-- insert_addressees
insert into participation.addressee (employer_id, message_id, person_id)
select
  employer_id,
  $3,
  person_id
from participation.invitation
where
  employer_id = $1
  and wave_id = $2
order by person_id
"""


async def insert_addressees(rows: Rows, employer_id: UUID, wave_id: UUID, message_id: UUID) -> None:
    """Keeps everybody who is in the ledger of a wave for a message; the order in which they lie tells nothing."""
    await rows.execute(_INSERT_ADDRESSEES, employer_id, wave_id, message_id)


_DELETE_ADDRESSEES = """-- delete_addressees
delete from participation.addressee
where
  employer_id = $1
  and message_id = $2
"""


async def delete_addressees(rows: Rows, employer_id: UUID, message_id: UUID) -> None:
    await rows.execute(_DELETE_ADDRESSEES, employer_id, message_id)


_COUNT_LEFT = """-- count_left
select
  invitation.key_id,
  count(*) as people
from participation.invitation as invitation
join peil.person as person on
  person.employer_id = invitation.employer_id
  and person.person_id = invitation.person_id
where
  invitation.employer_id = $1
  and invitation.wave_id = $2
  and invitation.issued_on is null
  and not person.opted_out
  and person.email is not null
group by invitation.key_id
order by invitation.key_id
"""


async def count_left(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Left]:
    """Per reporting group how many could be reminded; a group of which nobody is left is not there."""
    return await rows.many(Left, _COUNT_LEFT, employer_id, wave_id)


_INSERT_MAILING = """-- insert_mailing
insert into participation.mailing (employer_id, message_id, targeted, after)
values ($1, $2, $3, $4)
"""


async def insert_mailing(
    rows: Rows, employer_id: UUID, message_id: UUID, targeted: Sequence[UUID], after: UUID
) -> None:
    await rows.execute(_INSERT_MAILING, employer_id, message_id, list(targeted), after)


_SELECT_MAILING = """-- select_mailing
select
  targeted,
  after
from participation.mailing
where
  employer_id = $1
  and message_id = $2
"""


async def select_mailing(rows: Rows, employer_id: UUID, message_id: UUID) -> Mailing | None:
    """How far a message is; None where it is not going out."""
    return await rows.one(Mailing, _SELECT_MAILING, employer_id, message_id)


_UPDATE_MAILING = """-- update_mailing
update participation.mailing
set after = $3
where
  employer_id = $1
  and message_id = $2
"""


async def update_after(rows: Rows, employer_id: UUID, message_id: UUID, after: UUID) -> None:
    await rows.execute(_UPDATE_MAILING, employer_id, message_id, after)


_DELETE_MAILING = """-- delete_mailing
delete from participation.mailing
where
  employer_id = $1
  and message_id = $2
"""


async def delete_mailing(rows: Rows, employer_id: UUID, message_id: UUID) -> None:
    await rows.execute(_DELETE_MAILING, employer_id, message_id)

"""SQL of reporting groups, invitations and codes."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from peil.database import Rows
from peil.participation.model import Figure, Group, Invitation, TakenFigure

_INSERT_GROUPS = """-- insert_groups
insert into participation.reporting_group (employer_id, wave_id, key_id, unit_id, invited, public_key)
select
  $1,
  $2,
  grouped.key_id,
  grouped.unit_id,
  grouped.invited,
  grouped.public_key
from unnest($3::uuid[], $4::uuid[], $5::integer[], $6::bytea[]) as grouped (key_id, unit_id, invited, public_key)
"""


async def insert_groups(rows: Rows, employer_id: UUID, wave_id: UUID, groups: Sequence[Group]) -> None:
    await rows.execute(
        _INSERT_GROUPS,
        employer_id,
        wave_id,
        [group.key_id for group in groups],
        [group.unit_id for group in groups],
        [group.invited for group in groups],
        [group.public_key for group in groups],
    )


_SELECT_GROUPS = """-- select_groups
select
  key_id,
  unit_id,
  invited,
  public_key
from participation.reporting_group
where
  employer_id = $1
  and wave_id = $2
order by key_id
"""


async def select_groups(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Group]:
    return await rows.many(Group, _SELECT_GROUPS, employer_id, wave_id)


_INSERT_INVITATIONS = """-- insert_invitations
insert into participation.invitation (employer_id, wave_id, person_id, key_id)
select
  $1,
  $2,
  invited.person_id,
  invited.key_id
from unnest($3::uuid[], $4::uuid[]) as invited (person_id, key_id)
"""


async def insert_invitations(
    rows: Rows, employer_id: UUID, wave_id: UUID, person_ids: Sequence[UUID], key_ids: Sequence[UUID]
) -> None:
    """Invites `person_ids[i]` into the group `key_ids[i]`."""
    await rows.execute(_INSERT_INVITATIONS, employer_id, wave_id, person_ids, key_ids)


_SELECT_INVITATIONS = """-- select_invitations
select
  person.external_id,
  invitation.key_id
from participation.invitation as invitation
join peil.person as person on
  person.employer_id = invitation.employer_id
  and person.person_id = invitation.person_id
where
  invitation.employer_id = $1
  and invitation.wave_id = $2
order by person.external_id
"""


async def select_invitations(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Invitation]:
    return await rows.many(Invitation, _SELECT_INVITATIONS, employer_id, wave_id)


_DELETE_CODES = """-- delete_codes
delete from participation.code
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_codes(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.execute(_DELETE_CODES, employer_id, wave_id)


_INSERT_CODES = """-- insert_codes
insert into participation.code (employer_id, wave_id, token_hash, key_id)
select
  $1,
  $2,
  drawn.token_hash,
  drawn.key_id
from unnest($3::bytea[], $4::uuid[]) as drawn (token_hash, key_id)
order by drawn.token_hash
"""


async def insert_codes(
    rows: Rows, employer_id: UUID, wave_id: UUID, hashes: Sequence[bytes], key_ids: Sequence[UUID]
) -> None:
    """Writes the rows in the order of the hash, so that their place in the table tells nothing."""
    await rows.execute(_INSERT_CODES, employer_id, wave_id, hashes, key_ids)


_DELETE_INVITATIONS = """-- delete_invitations
delete from participation.invitation
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_invitations(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.execute(_DELETE_INVITATIONS, employer_id, wave_id)


_SELECT_FIGURES = """-- select_figures
select
  unit_id,
  invited,
  band,
  measured_on
from participation.figure
where
  employer_id = $1
  and wave_id = $2
order by unit_id
"""


async def select_figures(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[Figure]:
    return await rows.many(Figure, _SELECT_FIGURES, employer_id, wave_id)


_SELECT_TAKEN = """-- select_taken_figures
select
  unit_id,
  invited,
  answered,
  band
from participation.figure
where
  employer_id = $1
  and wave_id = $2
order by unit_id
"""


async def select_taken(rows: Rows, employer_id: UUID, wave_id: UUID) -> list[TakenFigure]:
    """Figures with how many answered, which only the worker may read."""
    return await rows.many(TakenFigure, _SELECT_TAKEN, employer_id, wave_id)


_UPSERT_FIGURES = """-- upsert_figures
insert into participation.figure (employer_id, wave_id, unit_id, invited, answered, band, measured_on)
select
  $1,
  $2,
  taken.unit_id,
  taken.invited,
  taken.answered,
  taken.band,
  $7
from unnest($3::uuid[], $4::integer[], $5::integer[], $6::text[]) as taken (unit_id, invited, answered, band)
on conflict (employer_id, wave_id, unit_id)
do update set
  answered = excluded.answered,
  band = excluded.band,
  measured_on = excluded.measured_on
"""


async def upsert_figures(
    rows: Rows, employer_id: UUID, wave_id: UUID, figures: Sequence[TakenFigure], on: date
) -> None:
    await rows.execute(
        _UPSERT_FIGURES,
        employer_id,
        wave_id,
        [figure.unit_id for figure in figures],
        [figure.invited for figure in figures],
        [figure.answered for figure in figures],
        [figure.band for figure in figures],
        on,
    )


_DELETE_FIGURES = """-- delete_figures
delete from participation.figure
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_figures(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.execute(_DELETE_FIGURES, employer_id, wave_id)

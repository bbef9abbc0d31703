"""What the database allows and records: the intake's tables tell no time, and the API's role cannot reach them."""

from typing import Any

import asyncpg
import pytest

from anonymity.asking import owner
from peil.checks import catalogue, grants, server_settings
from support.house import House


async def fetch(house: House, part: str, query: str) -> Any:
    """The rows of a query asked in the role of a part."""
    connection = await asyncpg.connect(getattr(house.settings, f"database_url_{part}"))
    try:
        return await connection.fetch(query)
    finally:
        await connection.close()


def may(table: str, *privileges: str) -> set[str]:
    return {f"{privilege} {table}" for privilege in privileges}


ALLOWED = {
    ("peil_api", "intake"): set(),
    ("peil_api", "comment"): set(),
    ("peil_intake", "comment"): set(),
    ("peil_readonly", "comment"): set(),
    ("peil_moderator", "intake"): set(),
    ("peil_moderator", "participation"): set(),
    ("peil_moderator", "comment"): may("comment", "USAGE")
    | may("moderation", "SELECT")
    | may("awaiting", "SELECT")
    | may("release", "SELECT")
    | may("released", "SELECT", "DELETE")
    | {"UPDATE moderation (state)", "UPDATE awaiting (decision)", "UPDATE awaiting (redacted)"},
    ("peil_worker", "comment"): may("comment", "USAGE")
    | may("moderation", "SELECT", "INSERT")
    | may("awaiting", "SELECT", "INSERT", "DELETE")
    | may("release", "SELECT", "INSERT")
    | may("released", "SELECT", "INSERT", "DELETE")
    | {"UPDATE moderation (state)"},
    ("peil_readonly", "intake"): set(),
    ("peil_readonly", "participation"): set(),
    ("peil_api", "participation"): may("participation", "USAGE")
    | may("reporting_group", "SELECT")
    | may("invitation", "SELECT")
    | {"UPDATE invitation (issued_on)", "UPDATE invitation (blinded_digest)"}
    | may("addressee", "SELECT")
    | {
        f"SELECT figure ({column})"
        for column in ("employer_id", "wave_id", "unit_id", "invited", "band", "measured_on")
    }
    | may("code", "INSERT", "DELETE")
    | {"SELECT code (employer_id)", "SELECT code (wave_id)"},
    ("peil_intake", "intake"): may("intake", "USAGE")
    | may("open_wave", "SELECT")
    | may("sealed", "INSERT")
    | {f"SELECT sealed ({column})" for column in ("employer_id", "wave_id", "key_id", "token_hash")},
    ("peil_intake", "participation"): may("participation", "USAGE")
    | may("code", "SELECT")
    | {f"SELECT reporting_group ({column})" for column in ("employer_id", "wave_id", "key_id", "public_key")},
    ("peil_intake", "peil"): set(),
    ("peil_intake", "release"): set(),
    ("peil_worker", "intake"): may("intake", "USAGE")
    | may("open_wave", "SELECT", "INSERT", "UPDATE", "DELETE")
    | may("sealed", "SELECT", "DELETE"),
    ("peil_worker", "participation"): may("participation", "USAGE")
    | may("reporting_group", "SELECT", "INSERT", "DELETE")
    | may("invitation", "SELECT", "INSERT", "DELETE")
    | may("mailing", "SELECT", "INSERT", "UPDATE", "DELETE")
    | may("addressee", "SELECT", "INSERT", "DELETE")
    | may("figure", "SELECT", "INSERT", "UPDATE", "DELETE")
    | may("code", "SELECT", "DELETE"),
}
"""All that these roles may do there; a part of a table may be reached through the whole only."""


@pytest.mark.parametrize(("role", "schema"), list(ALLOWED), ids="-".join)
async def test_privileges(house: House, role: str, schema: str) -> None:
    """Each role has what its work takes and not one privilege more, on tables, columns, sequences and functions."""
    async with owner(house) as connection:
        found = await grants.privileges(connection, role, schema)

    assert ALLOWED[role, schema] == found


async def test_no_role_is_another(house: House) -> None:
    """No serving role is a member of another, a superuser, or exempt from row-level security."""
    async with owner(house) as connection:
        found = await grants.powerful_roles(connection)

    assert [] == found


@pytest.mark.parametrize(
    "query",
    [
        "select * from intake.sealed",
        "select count(*) from intake.sealed",
        "select * from intake.sealed_0",
        "select wave_id from intake.open_wave",
        "delete from intake.sealed",
        "insert into intake.sealed select",
        "copy intake.sealed to stdout",
        "truncate intake.sealed",
        "select token_hash from participation.code",
        "select text from comment.awaiting",
        "select count(*) from comment.released",
        "select state from comment.moderation",
        "update participation.code set token_hash = ''",
        "update release.release set position = 2",
        "delete from release.aggregate",
    ],
)
async def test_the_api_is_refused(house: House, query: str) -> None:
    """Tried, not only looked up: the API's role gets no row and no count behind the wall, and changes no release."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(house, "api", query)


@pytest.mark.parametrize(
    "query",
    [
        "select envelope from intake.sealed",
        "select xmin from intake.sealed",
        "select ctid from intake.sealed",
        "select * from intake.sealed_0",
        "update intake.sealed set key_id = key_id",
        "delete from intake.sealed",
        "update intake.open_wave set state = 'open'",
        "select person_id from peil.person",
        "select person_id from participation.invitation",
        "select manifest from release.release",
        "insert into participation.code select",
    ],
)
async def test_the_intake_is_refused(house: House, query: str) -> None:
    """The intake can neither open, order, change nor remove what it wrote, and knows no person."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(house, "intake", query)


@pytest.mark.parametrize(
    "query",
    [
        "insert into intake.sealed select",
        "update intake.sealed set envelope = envelope",
        "insert into participation.code select",
        "update release.release set position = 2",
        "delete from release.release",
        "delete from release.aggregate",
        "update release.unit_atoms set content = content",
        "delete from peil.audit",
        "update peil.audit set event = ''",
        "update peil.person set active = true",
        "update comment.release set position = 2",
        "delete from comment.release",
        "update comment.released set text = ''",
        "update comment.awaiting set text = ''",
    ],
)
async def test_the_worker_is_refused(house: House, query: str) -> None:
    """The worker can make up no answer and no code, and change no release and no history."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(house, "worker", query)


async def test_no_column_tells_when(house: House) -> None:
    """Behind the wall no column holds a time, an address or a place in an order.

    But for the end of each wave, and the day on which a token was issued, which is not the day of an answer.
    """
    async with owner(house) as connection:
        found = await catalogue.telling_columns(connection)

    assert list(catalogue.ANNOUNCED) == found


async def test_nothing_watches(house: House) -> None:
    """There is no sequence behind the wall, and no trigger, rule, publication or logical slot anywhere."""
    async with owner(house) as connection:
        found = await catalogue.telling_objects(connection)

    assert [] == found


@pytest.mark.parametrize(
    "query",
    [
        "select person_id from peil.person",
        "select person_id from participation.invitation",
        "select envelope from intake.sealed",
        "select name from peil.unit",
        "update comment.awaiting set text = ''",
        "update comment.awaiting set unit_id = unit_id",
        "delete from comment.awaiting",
        "insert into comment.released select",
        "update comment.released set text = ''",
        "update comment.release set position = 2",
        "delete from comment.release",
        "delete from comment.moderation",
    ],
)
async def test_the_moderator_is_refused(house: House, query: str) -> None:
    """The moderator's role knows no person and no answer, changes no comment's text or place, and releases nothing."""
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await fetch(house, "moderator", query)


@pytest.mark.parametrize("part", ["owner", "api", "intake", "worker", "moderator"])
async def test_settings_tell_nothing(house: House, part: str) -> None:
    """As each role connects, the server records no commit times and no parameters of statements."""
    connection = await asyncpg.connect(getattr(house.settings, f"database_url_{part}"))
    try:
        found = await server_settings.telling_settings(connection, is_intake=part == "intake")
    finally:
        await connection.close()

    assert [] == found

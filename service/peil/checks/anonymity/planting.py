"""How leaks are planted on a throw-away server, each as a careless developer or operator would bring it in."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import asyncpg
import msgspec

from peil import telemetry
from peil.checks.anonymity.site import Wrap
from peil.checks.anonymity.synthetic import Asked
from peil.waves.model import WaveMode

AfterAsking = Callable[[Any, Asked], Awaitable[None]]
"""Done as the owner of the tables once everybody has a token, before the first one answers."""

AfterClosing = Callable[[Any, Asked, Sequence[str]], Awaitable[None]]
"""Done as the owner right after the close; with it the people in the order in which their envelopes lay on disk."""


class Leak(msgspec.Struct, frozen=True, kw_only=True):
    """One leak, how it is planted, and the lines of the check that must say so."""

    name: str
    words: str
    found_by: tuple[str, ...]
    modes: tuple[WaveMode, ...] = ("blind", "handout", "split")
    """In which it can be made."""
    sql: str = ""
    """Run on the migrated database, as a superuser."""
    settings: Mapping[str, str] = {}
    """Of the server."""
    wrap: Wrap | None = None
    """Around the intake."""
    after_asking: AfterAsking | None = None
    after_closing: AfterClosing | None = None


def log_bodies(application: Any, _: str) -> Any:
    """The intake with a well-meant debugging aid before it: it logs whatever is sent."""
    log = logging.getLogger("planted")

    async def talkative(scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            log.debug("got %s", message.get("body"))
            return message

        await application(scope, heard, send)

    return talkative


def log_requests(application: Any, _: str) -> Any:
    """The intake behind an access log, as every web server has one."""
    log = logging.getLogger("planted")

    async def logged(scope: Any, receive: Any, send: Any) -> None:
        log.info("%s %s", scope["method"], scope["path"])
        await application(scope, receive, send)

    return logged


def trace_requests(application: Any, _: str) -> Any:
    """The intake with a span for each request, as the API has them."""

    async def traced(scope: Any, receive: Any, send: Any) -> None:
        with telemetry.request_span(scope["method"], scope["path"], {}):
            await application(scope, receive, send)

    return traced


def keep_drafts(application: Any, url: str) -> Any:
    """The intake with a store of drafts before it, so that nobody loses what was typed."""

    async def kept(scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            connection = await asyncpg.connect(url)
            try:
                await connection.execute(_INSERT_DRAFT, scope["path"].split("/")[3], message.get("body", b"").decode())
            finally:
                await connection.close()
            return message

        await application(scope, heard, send)

    return kept


# The table of codes is refilled person by person, as it would be had nobody thought of the order.
async def write_codes_by_person(owner: Any, asked: Asked) -> None:
    """Puts the codes where their owners stand in the directory."""
    rows = {row["token_hash"]: row["key_id"] for row in await owner.fetch(_SELECT_CODES, asked.employer_id)}
    await owner.execute(_DELETE_CODES, asked.employer_id)
    for token in asked.tokens.values():
        await owner.execute(_INSERT_CODE, asked.employer_id, asked.wave_id, token.token_hash, rows[token.token_hash])


# What is left of a ledger in which each token is noted in its own line and nothing else is written with it.
async def write_ledger_by_issue(owner: Any, asked: Asked) -> None:
    """Writes each line of the ledger last in a transaction of its own, in the order in which tokens were issued."""
    for external_id in asked.tokens:
        await owner.execute(_TOUCH_INVITATION, asked.employer_id, asked.wave_id, external_id)


async def note_hash_in_ledger(owner: Any, asked: Asked) -> None:
    """Writes beside each person the hash by which the database knows the answer."""
    for external_id, token in asked.tokens.items():
        await owner.execute(_NOTE_HASH, asked.employer_id, asked.wave_id, external_id, token.token_hash)


# The comments are written anew one after another, as they come out of the envelopes.
async def keep_comments_unshuffled(owner: Any, asked: Asked, lay: Sequence[str]) -> None:
    """Puts the comments where the envelopes of their writers lay."""
    rows = await owner.fetch(_TAKE_COMMENTS, asked.employer_id)
    place = {asked.words[person]: place for place, person in enumerate(lay)}
    for row in sorted(rows, key=lambda row: place[row["text"].partition(" ")[0]]):
        await owner.execute(_INSERT_COMMENT, *row.values())


_INSERT_DRAFT = """-- plant_draft
insert into intake.draft (employer_id, draft)
select
  employer_id,
  $2
from intake.open_wave
where wave_id = $1
"""

_SELECT_CODES = """-- select_codes_to_plant
select
  token_hash,
  key_id
from participation.code
where employer_id = $1
order by token_hash
"""

_DELETE_CODES = """-- delete_codes_to_plant
delete from participation.code
where employer_id = $1
"""

_INSERT_CODE = """-- plant_code
insert into participation.code (employer_id, wave_id, token_hash, key_id)
values ($1, $2, $3, $4)
"""

_TOUCH_INVITATION = """-- plant_order_of_issue
update participation.invitation as invitation
set issued_on = invitation.issued_on
from peil.person as person
where
  invitation.employer_id = $1
  and invitation.wave_id = $2
  and person.employer_id = invitation.employer_id
  and person.person_id = invitation.person_id
  and person.external_id = $3
"""

_NOTE_HASH = """-- plant_hash
update participation.invitation as invitation
set token_hash = $4
from peil.person as person
where
  invitation.employer_id = $1
  and invitation.wave_id = $2
  and person.employer_id = invitation.employer_id
  and person.person_id = invitation.person_id
  and person.external_id = $3
"""

_TAKE_COMMENTS = """-- take_comments_to_plant
delete from comment.awaiting
where employer_id = $1
returning
  employer_id,
  wave_id,
  comment_id,
  unit_id,
  item,
  text
"""

_INSERT_COMMENT = """-- plant_comment
insert into comment.awaiting (employer_id, wave_id, comment_id, unit_id, item, text)
values ($1, $2, $3, $4, $5, $6)
"""

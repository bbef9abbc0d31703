"""The synthetic employer of the check: two reporting groups that are asked and answer one by one."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec
from msgspec.structs import replace

from peil import clock
from peil.actor import Reach
from peil.checks.anonymity import canary, orders
from peil.checks.anonymity.site import Site
from peil.checks.anonymity.tokens import Token, draw, draw_handout, obtain
from peil.checks.anonymity.working import actor_of, advance, call_of, has_published, is_in, work
from peil.checks.model import CheckError
from peil.comments.model import CommentDecision, CommentDecisions
from peil.comments.operations import decide_comments, end_comment_moderation, list_awaiting_comments
from peil.directory.imports import import_people
from peil.directory.model import PeopleImportQuery, PersonNew, UnitNew
from peil.directory.operations import create_unit
from peil.employers.model import ConsentNew, EmployerNew, PreconditionNew
from peil.employers.operations import create_employer, record_consent, record_precondition
from peil.ids import NONE
from peil.instruments.model import InstrumentNew
from peil.instruments.operations import create_instrument, publish_instrument
from peil.operation import Call
from peil.paging import PageQuery
from peil.waves.model import WaveMode, WaveNew
from peil.waves.operations import open_wave, plan_wave

EXTERNAL_ID = "peil:anonymity-check"
NAME = "Peil: synthetic employer of the anonymity check"
UNITS = ("red", "blue")
_TRIES, _PAUSE = 20, 0.5
_AT_ONCE = 200
_FEW = 40
"""How many have a token, half of them in each unit, when the ledger is looked at for the first time."""
_ASKS_AGAIN = 25
"""One in so many asks for the same token twice."""
_DIGEST = "0" * 64


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An open wave of the synthetic employer.

    `tokens` and `words` by external id, in the order in which people will answer; `words`: what each comment of a
    person holds and nothing else does.
    """

    employer_id: UUID
    wave_id: UUID
    mode: WaveMode
    tokens: dict[str, Token]
    apart: list[str]
    """Lines of the ledger that no other was written with, when few had a token."""
    words: dict[str, str]
    closes_at: datetime

    @property
    def samples(self) -> list[bytes]:
        """Some tokens and words, which stand in the bodies and nowhere else; also in hex."""
        some = slice(2, None, 50)
        tokens = [text for token in list(self.tokens.values())[some] for text in token.secrets]
        return _also_in_hex([*tokens, *list(self.words.values())[some]])

    @property
    def canaries(self) -> list[bytes]:
        """The samples, and the keys of items as they stand before an answer; only a release may hold these."""
        return [*_also_in_hex(canary.FRAGMENTS), *self.samples]


def _also_in_hex(texts: Iterable[str]) -> list[bytes]:
    return [form.encode() for text in texts for form in (text, text.encode().hex())]


async def create(site: Site) -> UUID:
    """The employer, on a clock of its own."""
    operator = actor_of(None, {"employers:write": Reach.SERVICE})
    new = EmployerNew(name=NAME, external_id=EXTERNAL_ID, sandbox=True)
    return (await create_employer(Call(operator, site.parts), new)).employer_id


async def ask(site: Site, employer_id: UUID, people: int, mode: WaveMode) -> Asked:
    """Half of the people in each unit, every gate passed, and a wave that is open for all of them."""
    call = call_of(site, employer_id)
    await _organise(call, people)
    now = clock.now()
    wave_id = await _plan(call, now, mode)
    await open_wave(call, wave_id)
    await work(site, employer_id, is_in(site, wave_id, "ready"))
    given = await _tokens(site, call, wave_id, mode)
    await advance(site, employer_id, now + timedelta(hours=1, seconds=1))
    await work(site, employer_id, is_in(site, wave_id, "open"))
    return Asked(
        employer_id=employer_id,
        wave_id=wave_id,
        mode=mode,
        tokens=given.tokens,
        apart=given.apart,
        words={person: canary.draw_word() for person in given.tokens},
        closes_at=now + timedelta(days=1),
    )


async def answer(site: Site, asked: Asked) -> dict[str, int]:
    """Everybody answers in the order in which they got their tokens, which is that of the directory: the worst case.

    Both units take turns, since who is in which reporting group is no secret and must not blur what is. Returns
    the place of each, by external id.
    """
    path = f"/v1/waves/{asked.wave_id}/responses"
    arrival = {}
    for place, (person, token) in enumerate(asked.tokens.items()):
        body = {**token.body, "answers": canary.answers_of(place, asked.words[person])}
        reply = await _send(site, path, body)
        # After a 503 the answer may have been written all the same.
        if reply.status_code not in (200, 201):
            raise CheckError(f"the intake answered {reply.status_code} to person {place + 1}")
        arrival[person] = place
    return arrival


async def _send(site: Site, path: str, body: dict[str, Any]) -> httpx.Response:
    """The intake's answer, asked again for a while where it is busy. Raises CheckError."""
    for _ in range(_TRIES):
        try:
            reply = await site.intake.post(path, json=body)
        except httpx.TransportError as error:
            raise CheckError(f"the intake cannot be reached: {type(error).__name__}") from error
        if reply.status_code != httpx.codes.SERVICE_UNAVAILABLE:
            break
        await asyncio.sleep(_PAUSE)
    return reply


async def close(site: Site, asked: Asked) -> None:
    """The window ends, and the worker's real jobs count, publish and destroy."""
    await advance(site, asked.employer_id, asked.closes_at)
    await work(site, asked.employer_id, is_in(site, asked.wave_id, "released"))


async def moderate(site: Site, asked: Asked) -> None:
    """The moderator reads every comment in the order in which it is shown and releases it, and the worker publishes."""
    call = call_of(site, asked.employer_id)
    cursor = None
    while True:
        page = await list_awaiting_comments(call, asked.wave_id, PageQuery(limit=_AT_ONCE, cursor=cursor))
        decisions = [CommentDecision(comment_id=one.comment_id, decision="release") for one in page.items]
        await decide_comments(call, asked.wave_id, CommentDecisions(decisions=decisions))
        cursor = page.next
        if cursor is None:
            break
    await end_comment_moderation(call, asked.wave_id)
    await work(site, asked.employer_id, has_published(site, asked.wave_id))


async def people_of(site: Site, employer_id: UUID) -> dict[str, UUID]:
    """Ids by external id, in that order."""
    rows = await site.owner.fetch(_SELECT_PEOPLE, employer_id)
    return {row["external_id"]: row["person_id"] for row in rows}


class _Given(NamedTuple):
    """What people answer with, by external id, and which lines of the ledger stood apart when few had a token."""

    tokens: dict[str, Token]
    apart: list[str]


async def _tokens(site: Site, call: Call, wave_id: UUID, mode: WaveMode) -> _Given:
    """What each person answers with; everybody has got it before the first one answers."""
    employer_id = call.actor.employer_id
    people = await people_of(site, employer_id or NONE)
    match mode:
        case "split":
            return _Given(await draw(call, wave_id), [])
        case "handout":
            return _Given(await draw_handout(call, wave_id, people), [])
        case "blind":
            return await _issued(site, call, wave_id, people)


async def _issued(site: Site, call: Call, wave_id: UUID, people: Mapping[str, UUID]) -> _Given:
    """Answer tokens in the order of `people`; when the first few have one, the ledger is looked at."""
    own = dict.fromkeys(("answer-tokens:read", "answer-tokens:write"), Reach.PERSON)
    employer_id = call.actor.employer_id or NONE
    tokens: dict[str, Token] = {}
    apart: list[str] = []
    for place, (external_id, person_id) in enumerate(people.items()):
        person = Call(actor_of(employer_id, own, person_id), site.parts)
        tokens[external_id] = await obtain(person, wave_id, again=place % _ASKS_AGAIN == 0)
        if len(tokens) == _FEW:
            apart = await orders.lines_apart(site.owner, employer_id)
    return _Given(tokens, apart)


async def _organise(call: Call, people: int) -> None:
    await create_unit(call, UnitNew(external_id="root", name="root"))
    for unit in UNITS:
        await create_unit(call, UnitNew(external_id=unit, name=unit, parent_external_id="root"))
    lines = [
        PersonNew(external_id=f"{place:05}.{unit}", unit_external_id=unit)
        for place in range(people // len(UNITS))
        for unit in sorted(UNITS)
    ]
    report = await import_people(call, PeopleImportQuery(), msgspec.json.Encoder().encode_lines(lines))
    if not report.written:
        raise CheckError(f"the directory refused {report.refused} synthetic people")


async def _plan(call: Call, now: datetime, mode: WaveMode) -> UUID:
    instrument = await create_instrument(call, msgspec.convert(canary.questionnaire(), InstrumentNew))
    await publish_instrument(call, instrument.instrument_id)
    await _pass_gates(call, now.date(), mode)
    wave = WaveNew(
        name="Synthetic",
        kind="survey",
        instrument_id=instrument.instrument_id,
        mode=mode,
        languages=["nl"],
        opens_at=now + timedelta(hours=1),
        closes_at=now + timedelta(days=1),
    )
    return (await plan_wave(call, wave)).wave_id


async def _pass_gates(call: Call, on: date, mode: WaveMode) -> None:
    dpia = PreconditionNew(kind="dpia", decided_on=on, document_sha256=_DIGEST)
    await record_precondition(call, dpia)
    await record_precondition(call, replace(dpia, kind="participant-notice", languages=["nl"]))
    consent = ConsentNew(
        kind="works-council-consent", policy_version=1, mode=mode, decided_on=on, document_sha256=_DIGEST
    )
    await record_consent(call, consent)


_SELECT_PEOPLE = """-- select_synthetic_people
select
  person_id,
  external_id
from peil.person
where employer_id = $1
order by external_id
"""

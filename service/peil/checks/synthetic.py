"""The synthetic employer of the check: two reporting groups that are asked and answer one by one."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import msgspec
from msgspec.structs import replace

from peil import clock
from peil.access import table
from peil.actor import Actor, Reach
from peil.checks.model import CheckError
from peil.checks.site import Site
from peil.checks.tokens import Token, draw, obtain
from peil.directory.imports import import_people
from peil.directory.model import ImportQuery, PersonNew, UnitNew
from peil.directory.operations import create_unit
from peil.employers.model import ClockAdvance, ConsentNew, EmployerNew, PreconditionNew
from peil.employers.operations import advance_test_clock, create_employer, record_consent, record_precondition
from peil.ids import NONE
from peil.instruments.model import InstrumentNew
from peil.instruments.operations import create_instrument, publish_instrument
from peil.operation import Call
from peil.waves.model import WaveMode, WaveNew
from peil.waves.operations import open_wave, plan_wave

EXTERNAL_ID = "peil:anonymity-check"
NAME = "Peil: synthetic employer of the anonymity check"
UNITS = ("red", "blue")
ITEMS = ("canary-load", "canary-rest", "canary-focus")
FRAGMENTS = tuple(f'"{key}":'.encode() for key in ITEMS)
"""Stand in every body and in every set of answers in plain, and nowhere else."""

_PATIENCE = 60.0
_TRIES, _PAUSE = 20, 0.5
_DIGEST = "0" * 64


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An open wave of the synthetic employer; `tokens` by external id, in the order in which people will answer."""

    employer_id: UUID
    wave_id: UUID
    mode: WaveMode
    tokens: dict[str, Token]
    closes_at: datetime

    @property
    def key_ids(self) -> set[str]:
        """Ids of the groups' keys, which stand in the database by right."""
        return {token.body.get("keyId", "") for token in self.tokens.values()}

    @property
    def canaries(self) -> list[bytes]:
        """What stands in the bodies: keys of items as they stand before an answer, and some tokens; also in hex."""
        texts = [text for token in list(self.tokens.values())[::50] for name, text in token.body.items()]
        sent = [*FRAGMENTS, *(text.encode() for text in texts if text not in self.key_ids)]
        return [*sent, *(text.hex().encode() for text in sent)]


async def create(site: Site) -> UUID:
    """The employer, on a clock of its own."""
    operator = _actor(None, {"employers:write": Reach.SERVICE})
    new = EmployerNew(name=NAME, external_id=EXTERNAL_ID, sandbox=True)
    return (await create_employer(Call(operator, site.parts), new)).employer_id


async def ask(site: Site, employer_id: UUID, people: int, mode: WaveMode) -> Asked:
    """Half of the people in each unit, every gate passed, and a wave that is open for all of them."""
    call = Call(_actor(employer_id, dict.fromkeys(table.SCOPES, Reach.EMPLOYER)), site.parts)
    await _organise(call, people)
    now = clock.now()
    wave_id = await _plan(call, now, mode)
    await open_wave(call, wave_id)
    await _work(site, employer_id, _is_in(site, wave_id, "ready"))
    tokens = await _tokens(site, call, wave_id, mode)
    await _advance(site, employer_id, now + timedelta(hours=1, seconds=1))
    await _work(site, employer_id, _is_in(site, wave_id, "open"))
    return Asked(
        employer_id=employer_id,
        wave_id=wave_id,
        mode=mode,
        tokens=tokens,
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
        body = {**token.body, "answers": {key: 1 + (place + n) % 5 for n, key in enumerate(ITEMS)}}
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
    await _advance(site, asked.employer_id, asked.closes_at)
    await _work(site, asked.employer_id, _is_in(site, asked.wave_id, "released"))


def questionnaire() -> dict[str, Any]:
    """Three items of five points whose keys are found again wherever an answer is written down."""
    text = {"nl": "Hoe gaat het?"}
    rated = {"kind": "rated", "version": 1, "text": text, "sensitive": False, "repeatable": True, "points": 5}
    scoring = {"method": "mean", "orientation": "higher-is-better"}
    return {
        "key": "canary",
        "title": text,
        "kind": "pulse",
        "languages": ["nl"],
        "items": [{**rated, "key": key, "labels": [text, text], "reverse": False} for key in ITEMS],
        "blocks": [{"key": "all", "title": text, "items": list(ITEMS), "scoring": scoring}],
        "licence": {"name": "CC0-1.0", "holder": "Nobody", "attribution": None, "source": None, "validated": False},
    }


async def people_of(site: Site, employer_id: UUID) -> dict[str, UUID]:
    """Ids by external id, in that order."""
    rows = await site.owner.fetch(_SELECT_PEOPLE, employer_id)
    return {row["external_id"]: row["person_id"] for row in rows}


async def _tokens(site: Site, call: Call, wave_id: UUID, mode: WaveMode) -> dict[str, Token]:
    """What each person answers with; in blind mode everybody has got it before the first one answers."""
    if mode != "blind":
        return await draw(call, wave_id)
    employer_id = call.actor.employer_id
    own = dict.fromkeys(("answer-tokens:read", "answer-tokens:write"), Reach.PERSON)
    return {
        external_id: await obtain(Call(_actor(employer_id, own, person_id), site.parts), wave_id)
        for external_id, person_id in (await people_of(site, employer_id or NONE)).items()
    }


def _actor(employer_id: UUID | None, reaches: dict[str, Reach], person_id: UUID | None = None) -> Actor:
    """The check itself, as a client that no table knows, or one of its people."""
    return Actor(
        kind="client" if person_id is None else "person",
        id=person_id or NONE,
        employer_id=employer_id,
        sandbox=employer_id is not None,
        language="en",
        reaches=reaches,
        person_id=person_id,
        units=frozenset(),
        managed=frozenset(),
        roles=frozenset({"hr"} if person_id is None else {"employee"}),
    )


async def _organise(call: Call, people: int) -> None:
    await create_unit(call, UnitNew(external_id="root", name="root"))
    for unit in UNITS:
        await create_unit(call, UnitNew(external_id=unit, name=unit, parent_external_id="root"))
    lines = [
        PersonNew(external_id=f"{place:05}.{unit}", unit_external_id=unit)
        for place in range(people // len(UNITS))
        for unit in sorted(UNITS)
    ]
    report = await import_people(call, ImportQuery(), msgspec.json.Encoder().encode_lines(lines))
    if not report.written:
        raise CheckError(f"the directory refused {report.refused} synthetic people")


async def _plan(call: Call, now: datetime, mode: WaveMode) -> UUID:
    instrument = await create_instrument(call, msgspec.convert(questionnaire(), InstrumentNew))
    await publish_instrument(call, instrument.instrument_id)
    await _pass_gates(call, now.date(), mode)
    wave = WaveNew(
        name="Synthetic",
        kind="pulse",
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


async def _advance(site: Site, employer_id: UUID, to: datetime) -> None:
    call = Call(_actor(employer_id, dict.fromkeys(table.SCOPES, Reach.EMPLOYER)), site.parts)
    await advance_test_clock(call, employer_id, ClockAdvance(to=to))


def _is_in(site: Site, wave_id: UUID, state: str) -> Callable[[], Awaitable[bool]]:
    async def is_in() -> bool:
        return bool(await site.owner.fetchval(_SELECT_WAVE_STATE, wave_id) == state)

    return is_in


async def _work(site: Site, employer_id: UUID, is_there: Callable[[], Awaitable[bool]]) -> None:
    """Does the employer's jobs, or waits for the worker that runs, until nothing is due. Raises CheckError."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        await site.worker.do_due(only=employer_id)
        waiting = await site.owner.fetch(_SELECT_WAITING, employer_id, clock.now())
        if not waiting and await is_there():
            return
        await asyncio.sleep(0.05)
    failed = ", ".join(f"{row['kind']} ({row['failure']})" for row in waiting) or "nothing is due"
    raise CheckError(f"the worker did not come to an end within {_PATIENCE:.0f} s: {failed}")


_SELECT_PEOPLE = """-- select_synthetic_people
select
  person_id,
  external_id
from peil.person
where employer_id = $1
order by external_id
"""

_SELECT_WAVE_STATE = """-- select_synthetic_state
select state
from peil.wave
where wave_id = $1
"""

_SELECT_WAITING = """-- select_synthetic_due
select
  due.kind,
  due.failure
from peil.due as due
join peil.employer as employer on employer.employer_id = due.employer_id
where
  due.employer_id = $1
  and due.at <= coalesce(employer.clock_at, $2)
order by
  due.kind,
  due.subject
"""

"""An employer of any size, written in one go, and a wave in which everybody is asked: what is closed, and then read."""

from datetime import timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg

from benchmarks.opening import now_of, open_wave, pass_gates
from support.house import Employer, House, Persona

FAN_OUT = 10
LEAST = 7
"""People of each unit in the directory: as few as make a reporting group of their own."""
_BLOCKS = {"work": ["work-time", "work-say"], "rest": ["rest-breaks", "rest-sleep", "rest-switch-off"]}
ITEMS = [item for items in _BLOCKS.values() for item in items]
_ANSWERS = ("Helemaal niet", "Nauwelijks", "Enigszins", "Meestal", "Helemaal")
_COPIED = {
    "unit": ["employer_id", "unit_id", "external_id", "parent_id", "name", "valid_from", "modified_at"],
    "person": ["employer_id", "person_id", "external_id", "active", "modified_at"],
    "membership": ["employer_id", "person_id", "unit_id", "role", "valid_from"],
}
_MORE_INVITED = """
insert into participation.invitation (employer_id, wave_id, person_id, key_id)
select employer_id, wave_id, gen_random_uuid(), key_id
from participation.reporting_group
cross join generate_series(invited + 1, $2)
where wave_id = $1
"""
_MORE_PEOPLE = "update participation.reporting_group set invited = greatest(invited, $2) where wave_id = $1"


class Crowd(NamedTuple):
    """An employer with a tree of units, ten under each, as far as they go; the first is the root."""

    employer: Employer
    hr: Persona
    instrument_id: str
    units: list[UUID]


async def gather(house: House, url: str, units: int) -> Crowd:
    """An employer of so many units with seven people each; `url`: the database's, as its superuser."""
    employer = await house.employer(f"Menigte {units}")
    hr = await employer.client("hr")
    ids = [uuid4() for _ in range(units)]
    now = await now_of(employer, hr)
    since = now.date() - timedelta(days=30)
    mine = employer.employer_id
    people = [(unit_id, uuid4()) for unit_id in ids for _ in range(LEAST)]
    rows: dict[str, list[tuple[object, ...]]] = {
        "unit": [
            (mine, one, f"u{place}", ids[(place - 1) // FAN_OUT] if place else None, f"Afdeling {place}", since, now)
            for place, one in enumerate(ids)
        ],
        "person": [(mine, person, f"p{place}", True, now) for place, (_, person) in enumerate(people)],
        "membership": [(mine, person, unit_id, "member", since) for unit_id, person in people],
    }
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            for table, records in rows.items():
                await connection.copy_records_to_table(
                    table, schema_name="peil", columns=_COPIED[table], records=records
                )
    finally:
        await connection.close()
    instrument = await hr.must(hr.post("/instruments", _questions()))
    await hr.must(hr.post(f"/instruments/{instrument['instrumentId']}/publish"), 200)
    await pass_gates(employer, hr, "handout")
    return Crowd(employer, hr, instrument["instrumentId"], ids)


async def ask(crowd: Crowd, url: str, people: int, kind: str = "survey") -> UUID:
    """A wave that is open, in which `people` of each unit are asked; its id.

    They are more than the directory has: what is measured begins when the window is over, and reads no directory.
    """
    wave_id = UUID(await open_wave(crowd.employer, crowd.hr, crowd.instrument_id, "handout", kind))
    connection = await asyncpg.connect(url)
    try:
        # Without looking up the group of each row, of which it knows that it is there.
        await connection.execute("set session_replication_role = replica")
        await connection.execute(_MORE_INVITED, wave_id, people)
        await connection.execute(_MORE_PEOPLE, wave_id, people)
    finally:
        await connection.close()
    return wave_id


def _questions() -> dict[str, Any]:
    """Two blocks of five items together, each of five answers."""
    items = [
        {
            "kind": "rated",
            "key": key,
            "version": 1,
            "text": {"nl": f"Hoe gaat het met {key}?"},
            "points": len(_ANSWERS),
            "labels": [{"nl": answer} for answer in _ANSWERS],
            "reverse": False,
            "sensitive": False,
            "repeatable": True,
        }
        for key in ITEMS
    ]
    blocks = [
        {
            "key": key,
            "title": {"nl": key.capitalize()},
            "items": asked,
            "scoring": {"method": "mean", "orientation": "higher-is-better"},
        }
        for key, asked in _BLOCKS.items()
    ]
    licence = {"name": "CC0-1.0", "holder": "Peil", "attribution": "© Peil", "source": None, "validated": False}
    return {
        "key": "crowd",
        "title": {"nl": "Werk en rust"},
        "kind": "survey",
        "languages": ["nl"],
        "items": items,
        "blocks": blocks,
        "licence": licence,
    }

"""What is found behind the walls and in the release, against what the people were told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from crash.conftest import Site
from crash.line import Line
from crash.person import Answers, Person
from peil.keys.keystore import KeyDirectory
from peil.responses.sealing import Unsealer, context_of


class Sealed(NamedTuple):
    """A response as the intake holds it, opened with the wave's key, which only a test may do."""

    unit_id: UUID
    """Where its reporting group stands."""
    answers: Answers


async def sealed_of(site: Site, wave_id: UUID) -> dict[bytes, Sealed]:
    """Every sealed response of a wave by the hash of its token."""
    keys = site.house.settings.keys
    assert keys is not None
    unsealer = Unsealer(KeyDirectory(keys).read(wave_id))
    rows = await site.fetch(
        "select employer_id, key_id, unit_id, token_hash, envelope from intake.sealed "
        "join participation.reporting_group using (employer_id, wave_id, key_id) where wave_id = $1",
        wave_id,
    )
    found = {}
    for row in rows:
        plain = unsealer.unseal(row["envelope"], context_of(row["employer_id"], wave_id, row["key_id"]))
        found[row["token_hash"]] = Sealed(row["unit_id"], msgspec.json.decode(plain))
    assert len(found) == len(rows)
    return found


async def groups_of(site: Site, wave_id: UUID) -> dict[str, UUID]:
    """Where the people of a unit report, by its name."""
    rows = await site.fetch("select name, group_unit_id from peil.wave_unit where wave_id = $1", wave_id)
    return {row["name"]: row["group_unit_id"] for row in rows}


def accounted(people: Iterable[Person], sealed: Mapping[bytes, Sealed], groups: Mapping[str, UUID]) -> Iterator[str]:
    """What does not agree: each 2xx has one row with the first answers, and no row is there without one."""
    left = dict(sealed)
    for person in people:
        yield from (f"{person.external_id}: {complaint}" for complaint in person.complaints)
        row = left.pop(person.token_hash, None) if person.token_hash is not None else None
        if row is None:
            if person.may_count:
                yield f"{person.external_id} ({person.habit}) was told of a record that is not there"
        elif not person.may_count and not person.is_unsure:
            yield f"{person.external_id} ({person.habit}) has a record and was never told of one"
        elif row.answers not in (person.may_count or person.sent):
            yield f"{person.external_id} ({person.habit}) has another record than the first"
        elif row.unit_id != groups[person.unit]:
            yield f"{person.external_id} ({person.habit}) stands in another group"
    yield from (f"{token_hash.hex()} is nobody's" for token_hash in left)


async def ledger_faults(site: Site, wave_id: UUID, people: Iterable[Person]) -> list[str]:
    """Whose line in the ledger is not that of the one token this person received, or of none."""
    rows = await site.fetch(
        "select external_id, blinded_digest, issued_on from participation.invitation "
        "join peil.person using (employer_id, person_id) where wave_id = $1",
        wave_id,
    )
    ledger = {row["external_id"]: row for row in rows}
    return [
        f"{person.external_id} ({person.habit})"
        for person in people
        for line in [ledger[person.external_id]]
        if line["blinded_digest"] not in person.asked_for
        or (line["issued_on"] is None) != (line["blinded_digest"] is None)
    ]


async def published(api: Line, token: str | None, wave_id: UUID) -> list[dict[str, Any]]:
    """What a release says of every unit, as the bearer of this access token reads it."""
    found: list[dict[str, Any]] = []
    cursor: str | None = ""
    while cursor is not None:
        query = f"?limit=200&cursor={cursor}" if cursor else "?limit=200"
        page = await api.insist(f"/v1/waves/{wave_id}/aggregates{query}", token=token)
        found += page.body["items"]
        cursor = page.body["next"]
    return found


def miscounted(shown: Sequence[Mapping[str, Any]], sealed: Iterable[Sealed]) -> list[str]:
    """Units whose number of respondents is not that of the rows in them and beneath; unions of units likewise."""
    above = {unit["unitId"]: unit["parentId"] for unit in shown}
    inside: Counter[str] = Counter()
    for row in sealed:
        unit: str | None = str(row.unit_id)
        while unit is not None:
            inside[unit] += 1
            unit = above[unit]
    return [
        f"{unit['name']}: {unit['response']}"
        for unit in shown
        if unit["response"]["status"] != "protected"
        and unit["response"]["respondents"]
        != sum(inside[one] for one in unit["response"].get("units", [unit["unitId"]]))
    ]

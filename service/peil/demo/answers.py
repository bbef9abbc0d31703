"""Turns the survey of Open Sourcing Mental Illness into the demo's employer: units, people and their answers.

The answers are real; the people who did not answer are made up, by a rule without chance, so that every run
is the same. Source and licence (CC BY-SA 4.0) stand in `osmi/README.md`.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Literal

import msgspec

from peil.instruments.model import Answer, InstrumentNew
from peil.structs import ExternalId, Name, Value

Year = Literal[2014, 2016]
Row = Mapping[str, str]

YEARS: tuple[Year, Year] = (2014, 2016)

ROOT = "osmi"
SYNTHETIC = "synthetic-"

_FEDERATION = "United States"  # the only country whose answers name a state
_NO_COUNTRY = {"", "Other"}
_LOWEST_RATE, _HIGHEST_RATE = 0.55, 0.85

# The file codes both editions on five points; in 2014 nobody was offered the middle one.
_LEAVE: Mapping[Year, Mapping[str, int]] = {
    2014: {"1": 1, "2": 2, "4": 3, "5": 4},
    2016: {"1": 1, "2": 2, "3": 3, "4": 4, "5": 5},
}
_THREE_POINTS = {"1": 1, "2": 2, "3": 3}
_OBSERVED = {"0": "no", "1": "yes"}


class DemoUnit(Value, frozen=True, kw_only=True):
    """A unit of the demo's tree; `parent` is an external id, null at the root."""

    external_id: ExternalId
    parent: ExternalId | None
    name: Name


class DemoPerson(Value, frozen=True, kw_only=True):
    """Somebody invited to one edition; `company_size` is a structure that crosses the tree."""

    external_id: ExternalId
    unit: ExternalId
    company_size: Name


class Edition(Value, frozen=True, kw_only=True):
    """One edition: all who were invited and, by external id, the answers of those who took part."""

    year: Year
    people: list[DemoPerson]
    answers: dict[ExternalId, dict[str, Answer]]


class Count(Value, frozen=True, kw_only=True):
    """People directly in a unit, without those of the units below it."""

    invited: int
    respondents: int


@cache
def list_rows() -> tuple[Row, ...]:
    """The rows of the data file, as text."""
    text = (files(__package__) / "osmi" / "osmi-2014-2016.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def instrument(year: Year) -> InstrumentNew:
    """What the edition of `year` asked, as an instrument of Peil."""
    file = files(__package__) / "osmi" / f"osmi-{year}.json"
    return msgspec.json.decode(file.read_bytes(), type=InstrumentNew)


def units(rows: Iterable[Row]) -> list[DemoUnit]:
    """The tree of both editions together, parents first: the root, countries, states of the United States."""
    paths = sorted({path[:depth] for row in rows for path in [_path(row)] for depth in range(len(path) + 1)})
    paths.sort(key=len)
    return [
        DemoUnit(
            external_id=_external_id(path),
            parent=_external_id(path[:-1]) if path else None,
            name=", ".join(reversed(path)) if path else "OSMI",
        )
        for path in paths
    ]


def edition(rows: Iterable[Row], year: Year) -> Edition:
    """The respondents of `year` in the order of the file, then those who were invited and did not answer."""
    asked = [row for row in rows if row["year"] == str(year)]
    respondents = [
        DemoPerson(
            external_id=f"{ROOT}-{year}-{number:04}",
            unit=_external_id(_path(row)),
            company_size=row["employees"],
        )
        for number, row in enumerate(asked, 1)
    ]
    return Edition(
        year=year,
        people=[*respondents, *_non_respondents(respondents, year)],
        answers={person.external_id: _answers(row, year) for person, row in zip(respondents, asked, strict=True)},
    )


def counts(shown: Edition) -> dict[str, Count]:
    """Invited and respondents of each unit that has people of its own, by the unit's external id."""
    invited = Counter(person.unit for person in shown.people)
    respondents = Counter(person.unit for person in shown.people if person.external_id in shown.answers)
    return {unit: Count(invited=invited[unit], respondents=respondents[unit]) for unit in sorted(invited)}


def _path(row: Row) -> tuple[str, ...]:
    if row["country"] in _NO_COUNTRY:
        return ()
    if row["country"] == _FEDERATION and row["state"]:
        return (row["country"], row["state"])
    return (row["country"],)


def _external_id(path: tuple[str, ...]) -> str:
    return "-".join([ROOT, *(re.sub(r"[^a-z]+", "-", part.lower()) for part in path)])


def _answers(row: Row, year: Year) -> dict[str, Answer]:
    return {
        "leave": _LEAVE[year].get(row["leave"]),
        "coworkers": _THREE_POINTS.get(row["coworkers"]),
        "supervisor": _THREE_POINTS.get(row["supervisor"]),
        "consequence": _THREE_POINTS.get(row["consequence"]),
        "observed": _OBSERVED.get(row["observed"]),
    }


def _non_respondents(respondents: list[DemoPerson], year: Year) -> Iterator[DemoPerson]:
    by_unit: dict[str, list[DemoPerson]] = {}
    for person in respondents:
        by_unit.setdefault(person.unit, []).append(person)
    number = 0
    for unit, members in sorted(by_unit.items()):
        missing = round(len(members) / _response_rate(unit, year)) - len(members)
        for i in range(missing):
            number += 1
            size = members[i % len(members)].company_size
            yield DemoPerson(external_id=f"{SYNTHETIC}{year}-{number:04}", unit=unit, company_size=size)


def _response_rate(unit: str, year: Year) -> float:
    """Between the lowest and the highest rate, by a hash: it looks like chance and never changes."""
    draw = int.from_bytes(sha256(f"{year}/{unit}".encode()).digest()[:8]) / 2**64
    return _LOWEST_RATE + (_HIGHEST_RATE - _LOWEST_RATE) * draw

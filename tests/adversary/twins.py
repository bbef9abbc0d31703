"""The attacker who compares: releases of other answers of the same people, and units of which nothing is told."""

from collections import defaultdict
from collections.abc import Iterator
from random import Random
from uuid import UUID

from adversary.told import kind_of, told
from adversary.waves import Response, Wave, keys
from adversary.worlds import residuals
from peil.releases.cells_model import ProtectedCell
from peil.releases.model import ReleaseContent, UnitRelease
from peil.structs import encode


def shuffled(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Whoever of an atom gave which answers, the release is the same, byte for byte."""
    random, atoms = Random(1), residuals({one.over: [one.n] for one in told(wave, content) if one.key == "*"})
    home = {kind: place for place, atom in enumerate(atoms) for kind in atom}
    alike: dict[object, list[int]] = defaultdict(list)
    for place, response in enumerate(wave.responses):
        kind = kind_of(response)
        alike[home.get(kind), kind.answered].append(place)
    responses = list(wave.responses)
    for places in alike.values():
        answers = random.sample([wave.responses[place][1] for place in places], len(places))
        for place, given in zip(places, answers, strict=True):
            responses[place] = (responses[place][0], given)
    if encode(wave.answered(responses).release()) != encode(content):
        yield "answers were exchanged within an atom, and another release came of it"


def other_values(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Of which units there are figures does not depend on what was answered."""
    random, most = Random(1), dict(keys(wave.scorings))
    responses: list[Response] = [
        (group, {key: None if answer is None else random.randint(1, most[key]) for key, answer in given.items()})
        for group, given in wave.responses
    ]
    if _places(wave.answered(responses).release()) != _places(content):
        yield "figures were refused because of what was answered"


def protected_alike(wave: Wave, content: ReleaseContent) -> Iterator[str]:
    """Two units without anything beneath, and without figures, under one published unit: the same is said of both."""
    parents = {unit.parent_id for unit in wave.units}
    above = {unit.unit_id: unit.parent_id for unit in wave.units}
    by_id = {unit.unit_id: unit for unit in content.units}

    def published_above(unit_id: UUID, path: str, key: str) -> UUID | None:
        place = above[unit_id]
        while place is not None and hasattr(_cells(by_id[place])[path, key], "reported_at"):
            place = above[place]
        return place

    said: dict[object, set[bytes]] = defaultdict(set)
    for unit in content.units:
        if unit.unit_id not in parents:
            for (path, key), cell in _cells(unit).items():
                if isinstance(cell, ProtectedCell):
                    said[path, key, published_above(unit.unit_id, path, key)].add(encode(cell))
    yield from (f"{key} differs between units without figures" for key, bodies in said.items() if len(bodies) > 1)


def _places(content: ReleaseContent) -> list[object]:
    return [
        (unit.unit_id, at, type(cell), getattr(cell, "units", None))
        for unit in content.units
        for at, cell in _cells(unit).items()
    ]


def _cells(unit: UnitRelease) -> dict[tuple[str, str], object]:
    found: dict[tuple[str, str], object] = {("response", "*"): unit.response}
    for name in ("blocks", "bands", "distributions", "sensitive"):
        found |= {(name, key): cell for key, cell in getattr(unit, name).items()}
    return found

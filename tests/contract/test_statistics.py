"""What the contract tells beside each comparison, and what it never tells."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_TOP = Path(__file__).parents[2]
_CONTRACT: dict[str, Any] = json.loads((_TOP / "openapi" / "openapi.json").read_text("utf-8"))
_SCHEMA = (_TOP / "schema" / "schema.graphql").read_text("utf-8")
_TYPE = re.compile(r"^type (\w+)[^{]*\{\n(.*?)^\}", re.MULTILINE | re.DOTALL)
_FIELD = re.compile(r"^  (\w+)(?:\(.*?\))?:", re.MULTILINE)
_NEVER = re.compile(
    r"^(sd|stdDev|standardDeviation|variance|min|max|minimum|maximum|range|median|percentile.*|quartile.*|quantile.*"
    r"|rank|ranking|scores|rows?Of.*|respondentId|responseId)$"
)


# What says how far apart two waves are: of a block, of an item, of a criterion by which an edition is judged.
_COMPARING = {"difference", "standardised", "hedgesG", "cliffsDelta", "superiority"}
_JUDGING = {"atLeast", "value", "verdict"}


def told(tags: set[str]) -> set[str]:
    """The names of everything that an answer of these operations can have, however deep."""
    schemas, found, open_ones = _CONTRACT["components"]["schemas"], set(), list(_answers(tags))
    known: set[str] = set()
    while open_ones:
        value = open_ones.pop()
        if isinstance(value, dict):
            found |= set(value.get("properties", {}))
            path, _, name = value.get("$ref", "").rpartition("/")
            if path == "#/components/schemas" and name not in known:
                known.add(name)
                open_ones.append(schemas[name])
            open_ones.extend(value.values())
        elif isinstance(value, list):
            open_ones.extend(value)
    return found


def _answers(tags: set[str]) -> Iterator[Any]:
    for methods in _CONTRACT["paths"].values():
        for operation in methods.values():
            if isinstance(operation, dict) and tags & set(operation.get("tags", ())):
                yield from (answer for status, answer in operation["responses"].items() if status == "200")


def test_nothing_tells_of_single_people_or_ranks_teams() -> None:
    """No spread of a unit's own, no lowest or highest answer, no place in a ranking: under no name in any answer."""
    names = told({"Aggregates", "Widgets"})

    assert {"mean", "estimate", "interval", "minimalDetectableChange"} <= names
    assert set() == {name for name in names if _NEVER.match(name)}


def comparisons(shapes: dict[str, set[str]]) -> set[str]:
    """The shapes that say how two waves differ: by a difference or an effect, or by a verdict on one."""
    return {name for name, fields in shapes.items() if fields & _COMPARING or fields >= _JUDGING}


def test_every_comparison_says_which_change_could_be_seen() -> None:
    """Of a block, of an item, and of what an edition is judged by; over REST and GraphQL."""
    rest = {name: set(one.get("properties", {})) for name, one in _CONTRACT["components"]["schemas"].items()}
    graphql = {name: set(_FIELD.findall(body)) for name, body in _TYPE.findall(_SCHEMA)}

    for shapes in (rest, graphql):
        compared = comparisons(shapes)
        assert {"ComparedChange", "ItemChange", "EvaluatedCriterion"} <= compared
        assert compared == {name for name in compared if "minimalDetectableChange" in shapes[name]}

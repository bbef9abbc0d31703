"""Planted faults inside the operations: each lets how many answered in a small unit into what it makes of a release."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from msgspec.structs import replace

from peil.aggregates import branches, grouping, operations, queries
from peil.aggregates.charts import operations as chart_operations
from peil.aggregates.exports import tables, workbook
from peil.aggregates.exports.model import ExportedUnit
from peil.aggregates.model import Aggregate, Shelved
from peil.aggregates.telling import tell_unit
from peil.aggregates.unions import broken_by
from peil.errors import Finding
from peil.http.etag import etag_of
from peil.structs import Value, encode
from support.house import House

Answered = Mapping[UUID, int]
"""How many answered in each small unit."""


class Inside(NamedTuple):
    """A fault, and which operation tells by it."""

    plant: Callable[[pytest.MonkeyPatch, Answered], None]
    operation: str


def forget(house: House) -> None:
    """As a process that starts anew and has kept nothing."""
    shelf, drawings = house.parts.shelf, house.parts.drawings
    shelf._waves.clear()
    shelf._ready.clear()
    drawings._kept.clear()


def in_a_figure(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """A number beside a unit without figures."""

    def told(*given: Any) -> Aggregate:
        made = tell_unit(*given)
        n = answered.get(made.unit_id)
        return made if n is None else replace(made, notice=f"{made.notice} ({n})")

    patch.setattr(operations, "tell_unit", told)


def in_a_refusal(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """A group is refused for another reason where hardly anybody answered."""

    def broken(unit_ids: Sequence[UUID], units: Any) -> list[Finding]:
        found = [*broken_by(unit_ids, units)]
        is_small = any(answered.get(unit_id, 9) < 4 for unit_id in unit_ids)
        return [Finding(one.pointer, "unknown-unit") for one in found] if is_small else found

    patch.setattr(grouping, "broken_by", broken)


def in_the_tag(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """A tag is of more than the body."""

    def ready(unit_id: UUID, body: Value, following: str | None = None) -> Shelved:
        written = encode(body)
        return Shelved(unit_id, written, etag_of(written + bytes([answered.get(unit_id, 0)])), following)

    patch.setattr(operations, "ready", ready)


def in_the_size(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """White space at the end."""

    def ready(unit_id: UUID, body: Value, following: str | None = None) -> Shelved:
        written = encode(body) + b" " * answered.get(unit_id, 0)
        return Shelved(unit_id, written, etag_of(written), following)

    patch.setattr(operations, "ready", ready)


def in_the_order(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """Units beneath stand in the order of how many answered."""
    patch.setattr(branches, "queries", _Sorted(queries, answered))


class _Sorted:
    def __init__(self, queries: Any, answered: Answered) -> None:
        self._queries = queries
        self._answered = answered

    async def select_scores(self, tx: Any, employer_id: UUID, wave_id: UUID, unit_ids: list[UUID]) -> list[Any]:
        found = await self._queries.select_scores(tx, employer_id, wave_id, unit_ids)
        return sorted(found, key=lambda one: (one.unit_id != unit_ids[0], self._answered.get(one.unit_id, 0)))


def in_the_picture(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """The picture of a unit without figures is as wide as people answered."""
    real = chart_operations.Asked.paper

    async def paper(self: chart_operations.Asked) -> Any:
        made = await real(self)
        return made._replace(width=made.width + answered.get(self.unit_id, 0))

    patch.setattr(chart_operations.Asked, "paper", paper)


def in_a_line(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """A cell of a table that should be empty."""
    real = tables._response

    def response(unit: ExportedUnit) -> tuple[object, ...]:
        n = answered.get(unit.unit_id)
        return real(unit) if n is None else (n, None, None)

    patch.setattr(tables, "_response", response)


def in_a_workbook(patch: pytest.MonkeyPatch, answered: Answered) -> None:
    """A hidden property of the file."""
    real = workbook._Sheets.method

    def method(self: Any) -> None:
        real(self)
        few = sum(answered.get(unit.unit_id, 0) == 3 for unit in self._export.units)
        self._book.set_custom_property("revision", few)

    patch.setattr(workbook._Sheets, "method", method)


INSIDE = [
    Inside(in_a_figure, "getAggregate"),
    Inside(in_a_refusal, "getGroupAggregate"),
    Inside(in_the_tag, "getAggregate"),
    Inside(in_the_size, "getAggregate"),
    Inside(in_the_order, "getBranch"),
    Inside(in_the_picture, "getChart"),
    Inside(in_a_line, "exportAggregates"),
    Inside(in_a_workbook, "exportAggregates"),
]

"""An export as lines: CSV with one per unit and block, NDJSON with one per unit."""

from collections.abc import Iterator
from uuid import UUID

from peil.aggregates.change_texts import sentence
from peil.aggregates.export_model import AggregateExport, ExportedBlock, ExportedUnit
from peil.aggregates.export_texts import look_at, signal_of, status_of, warning_of, word
from peil.aggregates.model import ComparedChange
from peil.csv_text import MARK, csv_table
from peil.releases.cells_model import Interval, ProtectedCell
from peil.structs import encode

# `unitId` and `key` are called that in every language, so that a program finds them.
_NAMES = (
    *("wave", "unitId", "unit", "level", "path", "respondents", "invited", "response", "key", "block"),
    *("status", "look-at", "n", "score", "low", "high", "climate-low", "climate-high", "warning"),
    *("signal", "before", "difference", "difference-low", "difference-high", "least", "meaning"),
)


def as_csv(export: AggregateExport, language: str, *, semicolons: bool) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; with `semicolons` a decimal comma goes with them."""
    table = csv_table(
        [_name(key, language) for key in _NAMES], _rows(export, language), comma=";" if semicolons else ","
    )
    return MARK.encode() + table


def as_ndjson(export: AggregateExport) -> bytes:
    """A line per unit."""
    return b"".join(encode(unit) + b"\n" for unit in export.units)


def _name(key: str, language: str) -> str:
    if key in ("unitId", "key"):
        return key
    head, _, tail = key.partition("-")
    if head == "difference" and tail:
        return f"{word(head, language)} {word(tail, language).lower()}"
    return word(key, language)


def _rows(export: AggregateExport, language: str) -> Iterator[list[object]]:
    names = {unit.unit_id: unit.name for unit in export.units}
    paths: dict[UUID | None, tuple[str, ...]] = {}
    for unit in export.units:
        above = paths.get(unit.parent_id, ())
        paths[unit.unit_id] = (*above, unit.name)
        for block in unit.blocks:
            yield [
                export.wave.name,
                *(unit.unit_id, unit.name, unit.depth, " / ".join(above)),
                *_response(unit),
                *(block.key, block.title, status_of(block.cell, language), look_at(block.cell, names)),
                *_figures(block),
                warning_of(block.cell, language),
                *_change(block, language),
            ]


def _response(unit: ExportedUnit) -> tuple[object, ...]:
    told = unit.response
    return (None, None, None) if isinstance(told, ProtectedCell) else (told.respondents, told.invited, told.rate)


def _figures(block: ExportedBlock) -> tuple[object, ...]:
    cell = block.cell
    if isinstance(cell, ProtectedCell):
        return (None,) * 6
    return (cell.n, cell.mean, *_ends(cell.now), *_ends(cell.climate))


def _change(block: ExportedBlock, language: str) -> tuple[object, ...]:
    cell = block.change
    if cell is None:
        return (None,) * 7
    said = signal_of(cell, language), sentence(cell, language)
    if not isinstance(cell, ComparedChange):
        return (said[0], None, None, None, None, None, said[1])
    ends = (None, None) if cell.interval is None else (cell.interval.low, cell.interval.high)
    return (said[0], cell.before.mean, cell.difference, *ends, cell.minimal_detectable_change, said[1])


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)

"""An export as lines: CSV with one per unit and figure, NDJSON with one per unit."""

from collections.abc import Iterator
from typing import NamedTuple
from uuid import UUID

from peil.aggregates.changes.model import ComparedChange, IncomparableChange, ProtectedChange, WithheldChange
from peil.aggregates.changes.texts import sentence
from peil.aggregates.exports.model import AggregateExport, ExportedBlock, ExportedUnit
from peil.aggregates.exports.texts import Told, answers_of, look_at, signal_of, status_of, warning_of, word
from peil.csv_text import MARK, Written, cells_of, csv_lines
from peil.releases.cells_model import BandsCell, Cell, DistributionCell, Interval, ProtectedCell, SensitiveCell
from peil.structs import encode

# These are called that in every language, so that a program finds them.
_CODES = ("waveId", "statusCode", "warningCodes", "changeCode", "figuresCode", "everybodyAsked")
_FIXED = ("unitId", "key", "itemKey", *_CODES)
_NAMES = (
    *("wave", "unitId", "unit", "level", "path", "respondents", "invited", "response", "key", "block"),
    *("status", "look-at", "n", "score", "low", "high", "climate-low", "climate-high", "estimate", "warning"),
    *("signal", "before", "difference", "difference-low", "difference-high", "least", "meaning"),
    *("figures", "itemKey", "question", "unfavourable", "neutral", "favourable", "answers"),
    *_CODES,
)
_NO_CHANGE = (None,) * 7


def as_csv(export: AggregateExport, language: str, *, semicolons: bool) -> bytes:
    """RFC 4180 in UTF-8 with a byte order mark; with `semicolons` a decimal comma goes with them."""
    comma = ";" if semicolons else ","
    names = [_name(key, language) for key in _NAMES]
    return MARK.encode() + csv_lines(names, _rows(export, language, comma), comma=comma)


def as_ndjson(export: AggregateExport) -> bytes:
    """A line per unit."""
    return b"".join(encode(unit) + b"\n" for unit in export.units)


def _name(key: str, language: str) -> str:
    if key in _FIXED:
        return key
    head, _, tail = key.partition("-")
    if head == "difference" and tail:
        return f"{word(head, language)} {word(tail, language).lower()}"
    return word(key, language)


def _rows(export: AggregateExport, language: str, comma: str) -> Iterator[list[Written]]:
    names = {unit.unit_id: unit.name for unit in export.units}
    paths: dict[UUID | None, tuple[str, ...]] = {}
    for unit in export.units:
        above = paths.get(unit.parent_id, ())
        paths[unit.unit_id] = (*above, unit.name)
        said = export.wave.name, unit.unit_id, unit.name, unit.depth, " / ".join(above), *_response(unit)
        # Once for all lines of a unit, of which there are some ten.
        start, everybody = cells_of(said, comma), str(unit.everybody_asked).lower()
        for block in unit.blocks:
            status = status_of(block.cell, language, everybody_asked=unit.everybody_asked)
            told = (
                *(block.key, block.title, status, look_at(block.cell, names)),
                *_figures(block),
                warning_of(block.cell, language),
                *_change(block, language),
                *(word("mean", language), *(None,) * 6),
                *(unit.wave_id, *_codes(block.cell), _change_code(block), "mean", everybody),
            )
            yield start + cells_of(told, comma)
        for row in _items(unit):
            status = status_of(row.cell, language, everybody_asked=unit.everybody_asked)
            told = (
                *(row.key, row.title, status, look_at(row.cell, names)),
                *(row.n, row.mean, *(None,) * 5),
                warning_of(row.cell, language),
                *_NO_CHANGE,
                *(word(row.figures, language), row.item, row.question, *row.bands, row.answers),
                *(unit.wave_id, *_codes(row.cell), None, row.figures, everybody),
            )
            yield start + cells_of(told, comma)


class _ItemRow(NamedTuple):
    """One kind of figure of one item; `key` and `title` are its block's, None: it is in none."""

    figures: str
    key: str | None
    title: str | None
    item: str
    question: str
    cell: Cell | BandsCell | DistributionCell | SensitiveCell
    mean: float | None = None
    bands: tuple[int | None, int | None, int | None] = (None, None, None)
    answers: str = ""

    @property
    def n(self) -> int | None:
        return None if isinstance(self.cell, ProtectedCell) else self.cell.n


def _items(unit: ExportedUnit) -> Iterator[_ItemRow]:
    """A line per item with its mean, and where they are told one with its bands and one with all answers."""
    for block in unit.blocks:
        for item in block.items:
            of = block.key, block.title, item.key, item.text
            yield _ItemRow("mean", *of, block.cell, mean=item.mean)
            if not isinstance(item.bands, ProtectedCell):
                bands = item.bands.unfavourable, item.bands.neutral, item.bands.favourable
                yield _ItemRow("bands", *of, item.bands, bands=bands)
            if not isinstance(item.distribution, ProtectedCell):
                yield _ItemRow("distribution", *of, item.distribution, answers=answers_of(item))
    for choice in unit.choices:
        told = choice.key, choice.text, choice.distribution
        yield _ItemRow("choice", None, None, *told, answers=answers_of(choice))
    for one in unit.sensitive:
        yield _ItemRow("sensitive", None, None, one.key, one.text, one.counts, answers=answers_of(one))


def _response(unit: ExportedUnit) -> tuple[object, ...]:
    told = unit.response
    return (None, None, None) if isinstance(told, ProtectedCell) else (told.respondents, told.invited, told.rate)


def _figures(block: ExportedBlock) -> tuple[object, ...]:
    cell = block.cell
    if isinstance(cell, ProtectedCell):
        return (None,) * 7
    return (cell.n, cell.mean, *_ends(cell.now), *_ends(cell.climate), block.estimate)


def _change(block: ExportedBlock, language: str) -> tuple[object, ...]:
    cell = block.change
    if cell is None:
        return _NO_CHANGE
    said = signal_of(cell, language), sentence(cell, language)
    if not isinstance(cell, ComparedChange):
        return (said[0], None, None, None, None, None, said[1])
    ends = (None, None) if cell.interval is None else (cell.interval.low, cell.interval.high)
    return (said[0], cell.before.mean, cell.difference, *ends, cell.minimal_detectable_change, said[1])


def _codes(cell: Told) -> tuple[object, ...]:
    """The status and the warnings, which are the same in every language."""
    return cell.__struct_config__.tag, "" if isinstance(cell, ProtectedCell) else ";".join(cell.warnings)


def _change_code(block: ExportedBlock) -> str | None:
    """How sure a change is, or why there is none; None: it is not compared, or there is no spread to tell it by."""
    match block.change:
        case None:
            return None
        case ComparedChange(label=label):
            return label
        case ProtectedChange():
            return "protected"
        case WithheldChange(reason=reason) | IncomparableChange(reason=reason):
            return reason


def _ends(interval: Interval | None) -> tuple[float | None, float | None]:
    return (None, None) if interval is None else (interval.low, interval.high)

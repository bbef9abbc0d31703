"""An export as a workbook: overview, units, questions, change, how to read them; the same bytes for one release."""

from collections.abc import Iterator, Sequence
from itertools import islice
from zoneinfo import ZoneInfo

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from peil.aggregates.changes.model import ChangeCell, ComparedChange, ProtectedChange
from peil.aggregates.changes.texts import sentence
from peil.aggregates.exports.long_sheet import LongSheet, Value
from peil.aggregates.exports.method_texts import FACTS, LEAST, PROOF, PROOF_LINES, sections, threshold_lines
from peil.aggregates.exports.model import AggregateExport, ExportedBlock, ExportedUnit
from peil.aggregates.exports.texts import (
    NOT_EVERYBODY,
    Told,
    answers_of,
    look_at,
    meaning_of,
    signal_of,
    status_of,
    warning_of,
    word,
)
from peil.aggregates.item_model import ChoiceItemAggregate
from peil.aggregates.words import KINDS, PROTECTED
from peil.releases.cells_model import BandsCell, ProtectedCell
from peil.workbooks import A3, A4, Book, workbook

_SHADE, _BAR = "#DCE6F1", "#9DC3E6"
_DEEPEST = 15
"""As far as a spreadsheet indents."""
_OUTLINE = 7
"""As deep as a spreadsheet folds."""
_MOST_LINES = 1_048_574
"""As many as a sheet holds, but for its head and a last line."""
_PER_BLOCK = ("score", "low", "high", "n", "estimate")
_PER_CHANGE = ("block", "before", "after", "difference", "low", "high", "signal", "least", "n-before", "n-after")
_PER_ITEM = ("block", "question", "score", "n", "unfavourable", "neutral", "favourable", "n", "status", "answers")
_LINE = 15
"""Points that a line of text is high."""
_Row = tuple[ExportedUnit, Sequence[Value], int | None]
"""What a row says of a unit, and its height in points; None: as usual."""


def as_workbook(export: AggregateExport, language: str) -> bytes:
    """Office Open XML (ISO/IEC 29500). Numbers are numbers, shown by the reader's own settings."""
    released = export.wave.released_at.astimezone(ZoneInfo(export.wave.zone)).replace(tzinfo=None)

    def fill(empty: Workbook) -> None:
        made = _Sheets(empty, export, language)
        made.overview()
        made.units()
        made.items()
        made.changes()
        made.method()

    return workbook(export.wave.name, export.notice, released, fill)


class _Sheets(Book):
    """The sheets of one export."""

    def __init__(self, book: Workbook, export: AggregateExport, language: str) -> None:
        super().__init__(book, export.notice, word("page", language), upright="vcenter")
        self._export = export
        self._language = language
        self._names = {unit.unit_id: unit.name for unit in export.units}
        self._indents = [self.format(indent=depth, align="left") for depth in range(_DEEPEST + 1)]
        self._label = self.format(bold=True, bg_color=_SHADE)
        self._signed = self.format(num_format="+0.0;-0.0;0.0")
        self._words = self.format(indent=1, align="left")
        self._rate = self.format(num_format="0%")

    def overview(self) -> None:
        """What the wave was, and the scores of the top unit with what they say."""
        sheet, wave, top = self._sheet("overview", [34, 13, 9, 9, 11, 11, 24, 11, 70]), self._export.wave, self._top
        sheet.write_string(0, 0, wave.name, self.title)
        sheet.set_row(0, 28)
        sheet.hide_gridlines(2)
        row = self._facts(sheet, 2)
        self._head(sheet, row, ("block", "score", "low", "high", "n", "difference", "signal", "least", "meaning"))
        for place, block in enumerate(top.blocks, row + 1):
            sheet.set_row(place, 32)
            self._line(sheet, place, [block.title, *self._figures(block)], [self.text, *self._formats])
            change = block.change
            if isinstance(change, ComparedChange):
                sheet.write_number(place, 5, change.difference, self._signed)
                sheet.write_number(place, 7, change.minimal_detectable_change, self.score)
            if change is not None:
                sheet.write_string(place, 6, signal_of(change, self._language), self._words)
            sheet.write_string(place, 8, meaning_of(block.cell, self._language), self.text)
        self._bars(sheet, row + 1, [1], len(top.blocks))
        sheet.write_string(row + len(top.blocks) + 2, 0, self._export.notice, self.section)

    def units(self) -> None:
        """A line per unit in the order of the tree, and some columns per block."""
        first, heads = ("unit", "respondents", "invited", "response", "status", "look-at", "warning"), self._top.blocks
        widths = [40, 12, 11, 10, 24, 24, 40] + [10, 7, 7, 8, 10] * len(heads)
        sheet = self._sheet("units", widths, paper=A3 if len(heads) > 2 else A4)
        sheet.outline_settings(symbols_below=False)
        self._head(sheet, 1, (*first, *_PER_BLOCK * len(heads)))
        sheet.set_row(0, 45, self.heading)
        for place, block in enumerate(heads):
            start = len(first) + place * len(_PER_BLOCK)
            sheet.merge_range(0, start, 0, start + len(_PER_BLOCK) - 1, "", self.heading)
            sheet.write_string(0, start, block.title, self.heading)
        formats = [*self._of_response, *[*self._formats, self.score] * len(heads)]
        for row, unit in enumerate(self._export.units, 2):
            figures = (value for block in unit.blocks for value in (*self._figures(block), block.estimate))
            line = [unit.name, *self._participation(unit), *figures]
            sheet.line(row, line, [self._indent(unit), *formats], level=min(unit.depth, _OUTLINE))
        last = len(self._export.units) + 1
        sheet.autofilter(1, 0, last, len(widths) - 1)
        sheet.freeze_panes(2, 1)
        sheet.repeat_rows(0, 1)
        sheet.repeat_columns(0)
        self._bars(sheet, 2, range(len(first), len(widths), len(_PER_BLOCK)), last - 1)

    def items(self) -> None:
        """A line per unit and item of which something is told."""
        sheet = self._sheet("items", [40, 30, 60, 9, 8, 13, 11, 11, 8, 26, 90], paper=A3)
        self._head(sheet, 0, ("unit", *_PER_ITEM))
        sheet.set_row(0, 20)
        lines = ((unit, line, _height(line)) for unit in self._export.units for line in self._items(unit))
        row = self._fill(sheet, lines, self._of_item)
        sheet.autofilter(0, 0, row, len(_PER_ITEM))
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        self._bars(sheet, 1, [3], max(row, 1))

    def changes(self) -> None:
        """A line per unit and block of which there is something to say."""
        sheet = self._sheet("change", [40, 36, 9, 9, 10, 9, 9, 24, 11, 10, 10, 92])
        if self._export.against is None:
            sheet.write_string(0, 0, word("none", self._language), self.section)
            return
        self._head(sheet, 0, ("unit", *_PER_CHANGE, "meaning"))
        sheet.set_row(0, 32)
        lines = (
            (unit, self._change(block.title, block.change), None)
            for unit in self._export.units
            for block in unit.blocks
            if block.change is not None and not isinstance(block.change, ProtectedChange)
        )
        row = self._fill(sheet, lines, self._of_change)
        sheet.autofilter(0, 0, row, len(_PER_CHANGE) + 1)
        sheet.freeze_panes(1, 2)
        sheet.repeat_rows(0)
        bars = {"type": "data_bar", "bar_color": _BAR, "bar_negative_color": "#F4B183", "bar_solid": True}
        sheet.conditional_format(1, 4, max(row, 1), 4, bars)

    def _fill(self, sheet: LongSheet, lines: Iterator[_Row], formats: Sequence[Format]) -> int:
        """A row per line beneath the head, as many as a sheet holds, and a word where there are more; how many."""
        row = 0
        for row, (unit, line, height) in enumerate(islice(lines, _MOST_LINES), 1):
            sheet.line(row, [unit.name, *line], [self._indent(unit), *formats], height=height)
        if next(lines, None) is not None:
            sheet.line(row + 1, [word("more", self._language)], [self.section])
        return row

    def method(self) -> None:
        """How to read it, the least numbers, and how to check it."""
        sheet, language, export = self._sheet("method", [60, 70]), self._language, self._export
        sheet.hide_gridlines(2)
        row = 0
        for title, paragraphs in sections(export.thresholds, language):
            row = self._paragraphs(sheet, row, title, paragraphs)
        sheet.write_string(row, 0, LEAST[language], self.section)
        for text, people in threshold_lines(export.thresholds, language):
            row += 1
            self._line(sheet, row, [text, people], [self.text, self.format(num_format="0", align="left")])
        row = self._paragraphs(sheet, row + 2, PROOF[language], [PROOF_LINES[language]])
        facts = str(export.position), export.manifest, export.method, str(export.policy_version)
        for place, fact in enumerate(zip(FACTS[language], facts, strict=True), row - 1):
            self._line(sheet, place, fact, [self._label, self.text])

    def _paragraphs(self, sheet: Worksheet, row: int, title: str, paragraphs: Sequence[str]) -> int:
        """Texts under a title, as wide as the page; returns the row for what comes next."""
        sheet.write_string(row, 0, title, self.section)
        for place, text in enumerate(paragraphs, row + 1):
            sheet.merge_range(place, 0, place, 1, "", self.text)
            sheet.write_string(place, 0, text, self.text)
            sheet.set_row(place, _LINE * (1 + len(text) // 120))
        return row + len(paragraphs) + 2

    def _indent(self, unit: ExportedUnit) -> Format:
        return self._indents[min(unit.depth, _DEEPEST)]

    @property
    def _top(self) -> ExportedUnit:
        return self._export.units[0]

    @property
    def _formats(self) -> list[Format]:
        return [self.score, self.score, self.score, self.count]

    @property
    def _of_response(self) -> list[Format]:
        return [self.count, self.count, self._rate, self._words, self._words, self._words]

    @property
    def _of_item(self) -> list[Format]:
        shares = [self._rate] * 3
        return [self._words, self.text, self.score, self.count, *shares, self.count, self._words, self.text]

    @property
    def _of_change(self) -> list[Format]:
        ends = [self.score, self.score, self._signed, self._signed, self._signed]
        return [self._words, *ends, self._words, self.score, self.count, self.count, self._words]

    def _facts(self, sheet: Worksheet, row: int) -> int:
        """What the wave was; returns the row for what comes next."""
        wave, against, language = self._export.wave, self._export.against, self._language
        for key, moment in (("opened", wave.opens_at), ("closed", wave.closes_at), ("released", wave.released_at)):
            sheet.write_string(row, 0, word(key, language), self._label)
            sheet.write_datetime(row, 1, moment.astimezone(ZoneInfo(wave.zone)).date(), self.day)
            row += 1
        compared = word("none", language) if against is None else against.name
        told = [("kind", KINDS[wave.kind][language]), ("against", compared), ("whole", self._top.name)]
        for key, text in told:
            self._line(sheet, row, [word(key, language), text], [self._label, self._indents[0]])
            row += 1
        figures = self._participation(self._top)
        names = "respondents", "invited", "response", "warning"
        for place, key in zip((0, 1, 2, 5), names, strict=True):
            self._line(sheet, row, [word(key, language), figures[place]], [self._label, self._of_response[place]])
            row += 1
        return row + 1

    def _participation(self, unit: ExportedUnit) -> list[Value]:
        told, language = unit.response, self._language
        asked = "" if unit.everybody_asked else NOT_EVERYBODY[language]
        warnings = "; ".join(filter(None, [asked, warning_of(told, language), *self._exceptions(unit)]))
        words = [self._status(unit, told), look_at(told, self._names), warnings]
        if isinstance(told, ProtectedCell):
            return [None, None, None, *words]
        return [told.respondents, told.invited, None if told.rate is None else told.rate / 100, *words]

    def _exceptions(self, unit: ExportedUnit) -> list[str]:
        """Blocks whose figure is of other people than the response: some of them skipped a question."""
        usual = self._status(unit, unit.response)
        told = [(block.title, self._status(unit, block.cell)) for block in unit.blocks]
        return [f"{title}: {status}" for title, status in told if status != usual]

    def _figures(self, block: ExportedBlock) -> list[Value]:
        cell = block.cell
        if isinstance(cell, ProtectedCell):
            return [PROTECTED[self._language], None, None, None]
        low, high = (None, None) if cell.now is None else (cell.now.low, cell.now.high)
        return [cell.mean, low, high, cell.n]

    def _items(self, unit: ExportedUnit) -> Iterator[list[Value]]:
        """Scored items by block, then choices and sensitive ones, without those of which nothing is told."""
        for block in unit.blocks:
            n = None if isinstance(block.cell, ProtectedCell) else block.cell.n
            for item in block.items:
                shares, people, status = self._bands(unit, item.bands)
                if n is not None or people is not None:
                    told = answers_of(item)
                    yield [block.title, item.text, item.mean, n, *shares, people, status, told]
        for kind, asked in (("choice", unit.choices), ("sensitive", unit.sensitive)):
            for one in asked:
                cell = one.distribution if isinstance(one, ChoiceItemAggregate) else one.counts
                if not isinstance(cell, ProtectedCell):
                    title, status = word(kind, self._language), self._status(unit, cell)
                    yield [title, one.text, None, None, None, None, None, cell.n, status, answers_of(one)]

    def _bands(self, unit: ExportedUnit, cell: BandsCell) -> tuple[Sequence[Value], int | None, str]:
        """Each band as a part of all, of how many people, and whose they are."""
        if isinstance(cell, ProtectedCell):
            return (None, None, None), None, self._status(unit, cell)
        counts = cell.unfavourable, cell.neutral, cell.favourable
        return [count / cell.n for count in counts], cell.n, self._status(unit, cell)

    def _status(self, unit: ExportedUnit, cell: Told) -> str:
        return status_of(cell, self._language, everybody_asked=unit.everybody_asked)

    def _change(self, title: str, cell: ChangeCell) -> list[Value]:
        signal, text = signal_of(cell, self._language), sentence(cell, self._language)
        if not isinstance(cell, ComparedChange):
            return [title, None, None, None, None, None, signal, None, None, None, text]
        ends = (None, None) if cell.interval is None else (cell.interval.low, cell.interval.high)
        sides = cell.before, cell.after
        return [
            title,
            *(side.mean for side in sides),
            *(cell.difference, *ends, signal, cell.minimal_detectable_change),
            *(side.n for side in sides),
            text,
        ]

    def _sheet(self, key: str, widths: Sequence[int], paper: int = A4) -> LongSheet:
        return self.sheet(word(key, self._language), widths, LongSheet, paper)

    def _head(self, sheet: Worksheet, row: int, keys: Sequence[str]) -> None:
        for column, key in enumerate(keys):
            sheet.write_string(row, column, word(key, self._language), self.heading)

    def _line(
        self, sheet: Worksheet, row: int, values: Sequence[Value], formats: Sequence[Format], column: int = 0
    ) -> None:
        for place, (value, format_) in enumerate(zip(values, formats, strict=True), column):
            if isinstance(value, str):
                sheet.write_string(row, place, value, format_)
            elif value is not None:
                sheet.write_number(row, place, value, format_)

    def _bars(self, sheet: Worksheet, row: int, columns: Sequence[int], count: int) -> None:
        """Bars from 0 to 100 behind scores, which stay readable without them."""
        ends = {"min_type": "num", "max_type": "num", "min_value": 0, "max_value": 100}
        for column in columns:
            bars = {"type": "data_bar", "bar_color": _BAR, "bar_solid": True, **ends}
            sheet.conditional_format(row, column, row + count - 1, column, bars)


def _height(line: Sequence[Value]) -> int | None:
    """Points for the text and the answers of an item; None: they fit on one line."""
    more = max(len(str(line[-1])) // 90, len(str(line[1])) // 60)
    return _LINE * (1 + more) if more else None

"""Workbooks (Office Open XML, ISO/IEC 29500) in which no text is a formula: the same bytes for the same content."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import TypeVar

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from peil.exported import Cell

# A text that looks like a formula, a number or a link stays a text; nothing is written to a disk.
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
INK = "#1F3864"
A4, A3 = 9, 8


AnySheet = TypeVar("AnySheet", bound=Worksheet)


class Book:
    """Sheets in one lettering; row and column numbers begin at 0."""

    def __init__(self, book: Workbook, notice: str, page: str, upright: str = "top") -> None:
        """`notice` and the number of each `page` stand at the foot; `upright`: where text stands in a high cell."""
        self._book = book
        self._footer = f"&L{notice}&R{page} &P / &N"
        self._upright = upright
        self.title = self.format(bold=True, font_size=18, font_color=INK, valign="vcenter")
        self.section = self.format(bold=True, font_size=13, font_color=INK)
        self.heading = self.format(bold=True, bg_color=INK, font_color="#FFFFFF", text_wrap=True, valign="vcenter")
        self.text = self.format(text_wrap=True)
        self.count = self.format(num_format="#,##0")
        self.score = self.format(num_format="0.0")
        self.day = self.format(num_format="d mmm yyyy", align="left")

    def format(self, **said: object) -> Format:
        return self._book.add_format({"font_name": "Calibri", "valign": self._upright} | said)

    def sheet(self, name: str, widths: Sequence[int], kind: type[AnySheet], paper: int = A4) -> AnySheet:
        """A sheet that is printed across, as wide as the paper."""
        sheet: AnySheet = self._book.add_worksheet(name, kind)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(paper)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(self._footer)
        return sheet

    def table(self, sheet: Worksheet, row: int, names: Sequence[str], lines: Sequence[Sequence[Cell]]) -> None:
        """Names with lines under them, which can be filtered; the names and the first column stay in view."""
        for column, name in enumerate(names):
            sheet.write_string(row, column, name, self.heading)
        for place, line in enumerate(lines, row + 1):
            for column, value in enumerate(line):
                self._write(sheet, place, column, value)
        sheet.autofilter(row, 0, row + max(1, len(lines)), len(names) - 1)
        sheet.freeze_panes(row + 1, 1)
        sheet.repeat_rows(row)

    def _write(self, sheet: Worksheet, row: int, column: int, value: Cell) -> None:
        match value:
            case None:
                pass
            case str():
                sheet.write_string(row, column, value, self.text)
            case date():
                sheet.write_datetime(row, column, value, self.day)
            case int():
                sheet.write_number(row, column, value, self.count)
            case float():
                sheet.write_number(row, column, value, self.score)


def workbook(title: str, notice: str, created: datetime, fill: Callable[[Workbook], None]) -> bytes:
    """A workbook with what `fill` puts into it; a workbook knows no zones, so neither does `created`."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": title, "author": "Peil", "comments": notice, "created": created})
        fill(book)
    return stream.getvalue()

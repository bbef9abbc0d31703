"""Rows that are written as they are told: the same to whoever opens the workbook as rows written cell by cell."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from xlsxwriter import Workbook
from xlsxwriter.format import Format

from peil.aggregates.exports.long_sheet import LongSheet, Value
from peil.workbooks import OPTIONS

ROWS: list[list[Value]] = [
    ["=HYPERLINK(1)", " a <b> & 'c' ", 62.5, None, 7],
    ["bell \x07 tab \t", "", 0, 1 / 3, -12.04],
    ["naar 100 %", "10 van 12", 1e-7, 1146, "62.5"],
]


def book_of(write: Callable[[Any, list[Format]], None]) -> Any:
    """The sheet of a workbook as a reader has it, written beneath a row of heads."""
    stream = BytesIO()
    with Workbook(stream, OPTIONS) as book:
        formats = [book.add_format({"num_format": form}) for form in ("@", "0.0", "#,##0", "0%", "+0.0")]
        sheet = book.add_worksheet("x", LongSheet)
        for column in range(len(formats)):
            sheet.write_string(0, column, f"head {column}", formats[0])
        write(sheet, formats)
    return load_workbook(stream)["x"]


def cell_by_cell(sheet: Any, formats: list[Format]) -> None:
    for row, values in enumerate(ROWS, 1):
        sheet.set_row(row, 30, None, {"level": row})
        for column, value in enumerate(values):
            if value:
                (sheet.write_string if isinstance(value, str) else sheet.write_number)(
                    row, column, value, formats[column]
                )
            elif value == 0:
                sheet.write_number(row, column, value, formats[column])


def row_by_row(sheet: LongSheet, formats: list[Format]) -> None:
    for row, values in enumerate(ROWS, 1):
        sheet.line(row, values, formats, height=30, level=row)


def test_rows_are_those_that_the_library_writes() -> None:
    """Every value, kind, format, height and fold; texts stay texts, whatever they look like."""
    theirs, ours = book_of(cell_by_cell), book_of(row_by_row)

    def told(sheet: Any) -> list[tuple[Any, ...]]:
        return [
            (cell.coordinate, cell.value, cell.data_type, cell.number_format)
            for line in sheet.iter_rows()
            for cell in line
            if cell.value is not None
        ]

    assert theirs.dimensions == ours.dimensions == "A1:E4"
    assert told(theirs) == told(ours)
    for row in (2, 3, 4):
        assert (30, row - 1) == (ours.row_dimensions[row].height, ours.row_dimensions[row].outlineLevel)
        assert theirs.row_dimensions[row].outlineLevel == ours.row_dimensions[row].outlineLevel
    assert theirs.sheet_format.outlineLevelRow == ours.sheet_format.outlineLevelRow == 3


def test_a_text_is_cut_where_a_cell_ends() -> None:
    """A spreadsheet refuses a workbook with a longer one."""
    sheet = book_of(lambda sheet, formats: sheet.line(1, ["x" * 40_000], formats))

    assert 32_767 == len(sheet["A2"].value)

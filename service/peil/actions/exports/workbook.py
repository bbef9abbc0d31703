"""A plan of action as a workbook: the measures, whether they work, and how to read it."""

from datetime import datetime, time

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from peil.actions.exports.model import ActionExport
from peil.actions.exports.tables import CHECKS, PLAN, check_lines, plan_line
from peil.actions.exports.texts import METHOD, word
from peil.aggregates.words import day
from peil.workbooks import Book, workbook

_WIDE = {"action": 40, "description": 50, "level": 24, "risk": 34, "history": 34, "standing": 30, "note": 60}
_USUAL = 16


def as_workbook(export: ActionExport, language: str) -> bytes:
    """Three sheets; numbers are numbers and days are days, shown by the reader's own settings."""

    def fill(empty: Workbook) -> None:
        book = Book(empty, export.notice, word("page", language))
        _plan(book, export, language)
        _checks(book, export, language)
        _method(book, export, language)

    made = datetime.combine(export.on, time())
    return workbook(word("plan", language), export.notice, made, fill)


def _plan(book: Book, export: ActionExport, language: str) -> None:
    sheet = book.sheet(word("plan", language), [_WIDE.get(key, _USUAL) for key in PLAN], Worksheet)
    sheet.write_string(0, 0, f"{word('plan', language)}, {day(export.on, language)}", book.title)
    sheet.set_row(0, 28)
    names = [word(key, language) for key in PLAN]
    book.table(sheet, 1, names, [plan_line(action, language) for action in export.actions])


def _checks(book: Book, export: ActionExport, language: str) -> None:
    sheet = book.sheet(word("checks", language), [_WIDE.get(key, _USUAL) for key in CHECKS], Worksheet)
    lines = [line for action in export.actions for line in check_lines(action, language)]
    book.table(sheet, 0, [word(key, language) for key in CHECKS], lines)


def _method(book: Book, export: ActionExport, language: str) -> None:
    sheet = book.sheet(word("method", language), [110], Worksheet)
    sheet.hide_gridlines(2)
    sheet.write_string(0, 0, f"{word('as-on', language)} {day(export.on, language)}", book.section)
    for row, text in enumerate((*METHOD[language], export.notice), 2):
        sheet.write_string(row, 0, text, book.text)

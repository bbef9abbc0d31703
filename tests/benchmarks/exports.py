"""Exports of a wave as CSV and as a workbook, beside writing the same rows with csv and xlsxwriter."""

import csv
import time
import warnings
from collections.abc import Callable, Sequence
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID

import xlsxwriter
from openpyxl import load_workbook

from benchmarks.crowd import Crowd
from benchmarks.report import Finding, Pair
from peil.csv_text import MARK
from peil.rest import CSV, XLSX

TARGET = 0.5
"""The half of the time is for reading what is told of each unit, and for its words."""
Rows = Sequence[Sequence[Any]]


async def measure(crowd: Crowd, wave_id: UUID, repeats: int) -> list[Finding]:
    """Rows per second, in this process; the rows are those of the export itself."""
    return [
        await _finding("export, CSV", crowd, wave_id, CSV, _csv_rows, _write_csv, "csv.writer", repeats),
        await _finding("export, XLSX", crowd, wave_id, XLSX, _xlsx_rows, _write_xlsx, "xlsxwriter", repeats),
    ]


async def _finding(
    path: str,
    crowd: Crowd,
    wave_id: UUID,
    media_type: str,
    read: Callable[[bytes], list[Rows]],
    write: Callable[[list[Rows]], None],
    writer: str,
    repeats: int,
) -> Finding:
    took: list[float] = []
    for _ in range(repeats):
        started = time.perf_counter()
        response = await crowd.hr.get(f"/waves/{wave_id}/export", headers={"accept": media_type})
        took.append(time.perf_counter() - started)
        response.raise_for_status()
    sheets = read(response.content)
    rows = sum(map(len, sheets))
    pairs = []
    for seconds in took:
        started = time.perf_counter()
        write(sheets)
        pairs.append(Pair(ours=rows / seconds, bare=rows / (time.perf_counter() - started)))
    return Finding(
        path=path,
        load=f"{rows:,} rows of {len(crowd.units):,} units",
        compared_with=writer,
        target=TARGET,
        pairs=pairs,
        more={"seconds": took, "bytes": len(response.content)},
        remark=f"{sorted(took)[len(took) // 2]:.1f} s, {len(response.content) / 1e6:.1f} MB",
    )


def _csv_rows(body: bytes) -> list[Rows]:
    return [list(csv.reader(StringIO(body.decode().removeprefix(MARK), newline="")))]


def _write_csv(sheets: list[Rows]) -> None:
    file = StringIO(newline="")
    csv.writer(file).writerows(sheets[0])
    file.getvalue().encode()


def _xlsx_rows(body: bytes) -> list[Rows]:
    with warnings.catch_warnings():
        # It says that it does not know how cells are coloured by their value.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(BytesIO(body), read_only=True)
        return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _write_xlsx(sheets: list[Rows]) -> None:
    with xlsxwriter.Workbook(BytesIO(), {"in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)

"""A worksheet of a great many plain rows, which are written as they are told."""

from collections.abc import Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

Value = str | float | int | None
_LONGEST = 32_767
"""Characters that a cell holds."""


class LongSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter's class is untyped to mypy
    """Rows of numbers and texts in the order of the sheet, beneath whatever is written cell by cell.

    XlsxWriter keeps an object per cell and makes a list of attributes of each: for half a million cells that takes
    four times as long as writing the row (Office Open XML, ISO/IEC 29500-1, 18.3.1.73) where its values are at hand.
    """

    outline_row_level: int

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[str] = []
        self._columns: list[str] = []

    def line(
        self, row: int, values: Sequence[Value], formats: Sequence[Format], *, height: int | None = None, level: int = 0
    ) -> None:
        """One row from the first column on; nothing is written of None and of an empty text.

        `height` in points, None: as usual; `level`: how deep it folds.
        """
        number = row + 1
        self._columns += [xl_col_to_name(column) for column in range(len(self._columns), len(values))]
        tall = "" if height is None else f' ht="{height}" customHeight="1"'
        folded = f' outlineLevel="{level}"' if level else ""
        cells = [
            f'<c r="{column}{number}" s="{format_._get_xf_index()}"{self._content(value)}</c>'
            for column, value, format_ in zip(self._columns, values, formats, strict=False)
            if value is not None and value != ""
        ]
        self._lines.append(f'<row r="{number}"{tall}{folded}>{"".join(cells)}</row>')
        self._check_dimensions(row, len(values) - 1)
        self.outline_row_level = max(self.outline_row_level, level)

    def _content(self, value: Any) -> str:
        if isinstance(value, str):
            # Texts stand in a table of the workbook, which escapes them.
            return f' t="s"><v>{self.str_table._get_shared_string_index(value[:_LONGEST])}</v>'
        return f"><v>{value:.16G}</v>"

    def _write_rows(self) -> None:
        super()._write_rows()
        self.fh.writelines(self._lines)

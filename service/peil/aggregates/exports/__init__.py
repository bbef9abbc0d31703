"""A release in one file: a workbook, a table, lines."""

"""The plan of action in one file, as an RI&E has it: a workbook, a table, lines."""

"""Prints the tables of `docs/disclosure.md`: `PYTHONPATH=service:tests python -m disclosure` (a minute or two)."""

import sys
from itertools import chain

from disclosure import bias, joint_tables

for line in chain(joint_tables.lines(), [""], bias.lines()):
    sys.stdout.write(f"{line}\n")

"""Attacks random waves and prints what came of it: `PYTHONPATH=service:tests python -m adversary --waves 2000`."""

import sys
from argparse import ArgumentParser

from adversary.report import lines

parser = ArgumentParser(prog="python -m adversary", description=__doc__)
parser.add_argument("--waves", type=int, default=2000, help="released and attacked in all ways")
parser.add_argument("--faulty", type=int, default=300, help="released and attacked with each rule off in turn")
asked = parser.parse_args()
for line in lines(asked.waves, asked.faulty):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()

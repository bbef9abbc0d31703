"""What a benchmark found: a table for people and JSON for machines."""

import json
import statistics
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
from rich.console import Console
from rich.table import Table


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """One measurement of ours and of what it is compared with, one right after the other; per second."""

    ours: float
    bare: float


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """A path at one load: pairs in the order they were measured, and the ratio that is wanted."""

    path: str
    load: str
    compared_with: str
    target: float
    pairs: list[Pair]
    more: dict[str, Any]
    remark: str = ""
    """What else there is to see beside the ratio."""

    @property
    def ratio(self) -> float:
        """The median of the pairs' ratios: a disturbance hits both of a pair, or one pair only."""
        return statistics.median(pair.ours / pair.bare for pair in self.pairs)


def show(findings: Sequence[Finding], surroundings: dict[str, str], file: Path) -> None:
    """Prints the table, and writes the same and more as JSON."""
    columns = ("path", "load", "ours /s", "compared with", "/s", "ratio", "wanted", "", "also")
    table = Table(*columns, title="make bench")
    for one in findings:
        table.add_row(
            one.path,
            one.load,
            _figure(pair.ours for pair in one.pairs),
            one.compared_with,
            _figure(pair.bare for pair in one.pairs),
            f"{one.ratio:.2f}",
            f"≥ {one.target:.2f}",
            "met" if one.ratio >= one.target else "missed",
            one.remark,
        )
    console = Console(file=sys.stdout, width=180)
    console.print(table)
    print("PostgreSQL, the same server for both sides:")
    console.print(" ".join(f"{name}={value}" for name, value in surroundings.items()))
    file.parent.mkdir(exist_ok=True)
    found = [{**msgspec.to_builtins(one), "ratio": one.ratio} for one in findings]
    file.write_text(json.dumps({"surroundings": surroundings, "findings": found}, indent=2) + "\n")


def _figure(values: Iterable[float]) -> str:
    median = statistics.median(values)
    return f"{median:,.0f}" if median >= 100 else f"{median:.2g}"

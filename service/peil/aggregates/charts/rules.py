"""What may be asked of a chart: which keys belong to which kind, and how large it may be."""

from collections.abc import Collection, Iterator

from peil.aggregates.charts.frame import size_of
from peil.aggregates.charts.model import KINDS, Chart, ChartQuery
from peil.errors import Finding, Invalid

MOST_PIXELS = 8_000_000
"""Of a PNG: more would keep others waiting."""
_KEYS = {
    "score": {"block"},
    "change": {"block", "against", "to"},
    "trend": {"block", "over"},
    "distribution": {"block", "item"},
    "heat": set[str](),
    "participation": set[str](),
}


def validate_query(kind: str, query: ChartQuery) -> None:
    """A kind that there is, and no key that means nothing to it. Raises Invalid with all findings."""
    findings = list(_findings(kind, query))
    if findings:
        raise Invalid(*findings)


def _findings(kind: str, query: ChartQuery) -> Iterator[Finding]:
    if kind not in KINDS:
        yield Finding("/path/kind", "not-one-of", {"expected": ", ".join(KINDS)})
        return
    for key in ("block", "item", "against", "to", "over"):
        if getattr(query, key) is not None and key not in _KEYS[kind]:
            yield Finding(f"/query/{key}", "not-of-this-chart", {"kind": kind})
    if query.block is not None and query.item is not None and kind == "distribution":
        yield Finding("/query/block", "block-or-item")
    if kind == "trend" and query.block is None:
        yield Finding("/query/block", "required")


def validate_known(key: str, value: str | None, known: Collection[str]) -> None:
    """A block or an item that the wave has. Raises Invalid `unknown-block`, `unknown-item`."""
    if value is not None and value not in known:
        raise Invalid(Finding(f"/query/{key}", f"unknown-{key}"))


def validate_size(chart: Chart, scale: int) -> None:
    """Refuses a PNG of too many pixels. Raises Invalid `too-many-pixels`."""
    wide, high = size_of(chart.spec)
    if wide * high * scale**2 > MOST_PIXELS:
        raise Invalid(
            Finding(
                "/query/scale",
                "too-many-pixels",
                {"pixels": wide * high * scale**2, "limit": MOST_PIXELS, "scale": scale},
            )
        )

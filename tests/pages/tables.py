"""The tables and numbers of the made-up employer, as lines of `docs/aggregates.md`."""

from collections import Counter
from statistics import median

from pages.employer import PEOPLE, RATES, near, seen_from_groups, units, wave
from pages.pictures import BLOCK, answered, beneath, place_of, told
from peil.releases.cells_model import PublishedCell


def rates() -> list[str]:
    """Where people see the mean of a block, a line per response rate."""
    lines = ["| answer | own unit | right above | further up | near | with parts |", "|---:|---:|---:|---:|---:|---:|"]
    for rate in RATES:
        content = wave(rate, whole=rate == 70).content
        seen, parts = near(content, BLOCK), near(content, BLOCK, partial=True)
        people = " | ".join(f"{share * PEOPLE / 100:,.0f}" for share in seen)
        lines.append(f"| {rate} % | {people} | **{seen.near:.1f} %** | {parts.near:.1f} % |")
    return lines


def groups() -> list[str]:
    """The same as the disclosure report counts it."""
    seen = seen_from_groups(wave(70, whole=True).content, BLOCK)
    return [
        f"Of {PEOPLE:,} people invited {seen.own:,} see a figure of their own reporting group, {seen.parent:,} of the "
        f"unit above it,",
        f"{seen.higher:,} of a higher one, {seen.nowhere:,} of none.",
    ]


def sizes() -> list[str]:
    """How the employer is made."""
    depth: list[int] = []
    for unit in units():
        depth.append(0 if unit.parent < 0 else depth[unit.parent] + 1)
    counts = Counter(depth)
    teams = sorted(unit.people for unit, level in zip(units(), depth, strict=True) if level == max(depth))
    usual = sum(4 <= people <= 12 for people in teams)
    return [
        f"{counts[1]} provinces, {counts[2]} regions, {counts[3]:,} departments, {counts[4]:,} teams. Half of the",
        f"teams have {median(teams):.0f} people or fewer; {100 * usual / len(teams):.0f} % have 4 to 12, the smallest",
        f"{teams[0]}, the largest {teams[-1]}. Every department has one to three people of its own.",
    ]


def subtraction(name: str, *, exact: bool) -> list[str]:
    """A department without its teams that have a figure; `exact`: with its true mean, for it has none of its own."""
    place = place_of(name)
    teams = {units()[team].name: _figure(team) for team in beneath(place) if _figure(team) is not None}
    whole = (answered(place), _truth(place)) if exact else _figure(place)
    assert whole is not None
    people, total = whole[0], whole[0] * whole[1]
    lines = ["| | people | score | people × score |", "|---|---:|---:|---:|", _row(name, whole)]
    for team, figure in teams.items():
        assert figure is not None
        lines.append(_row(f"without {team}", figure))
        people, total = people - figure[0], total - figure[0] * figure[1]
    return [*lines, _row("**left**", (people, round(total / people, 2)))]


def _row(name: str, figure: tuple[int, float]) -> str:
    people, score = figure
    return f"| {name} | {people} | {score:.2f} | {people * score:,.2f} |"


def _figure(place: int) -> tuple[int, float] | None:
    cell = told(place).blocks[BLOCK]
    return (cell.n, cell.mean) if isinstance(cell, PublishedCell) else None


def _truth(place: int) -> float:
    return round(_scores(place) / answered(place), 2)


def _scores(place: int) -> float:
    return wave(70, whole=True).scores[place] + sum(map(_scores, beneath(place)))

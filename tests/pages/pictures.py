"""The pictures of the made-up employer in `docs/aggregates.md`, by the functions that draw what the service sends."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from pages.employer import RATES, WORDING, near, unit_id, units, wave
from pages.stacks import Part, Stack, Words, draw_stacks
from peil.aggregates.charts.heat import draw_heat
from peil.aggregates.charts.model import Chart, Paper, Subject
from peil.aggregates.charts.participation import draw_participation
from peil.aggregates.charts.score import draw_scores
from peil.aggregates.charts.theme import theme
from peil.releases.cells_model import PublishedCell
from peil.releases.model import UnitRelease

BLOCK = "workload"
DEPARTMENT = "Beleid Friesland 1"
"""Has two teams of five, and a figure."""
PARTIAL = "Thuiszorg Groningen 2"
"""Has a small team too, and no figure of its own."""
_FIVE = 5
_ON = date(2026, 10, 30)
_WAVE = "Pulse in the autumn"


def paper(name: str = "light") -> Paper:
    return Paper(theme(name), 640, "en")


def place_of(name: str) -> int:
    return next(place for place, unit in enumerate(units()) if unit.name == name)


def beneath(place: int) -> list[int]:
    """The units right under one."""
    return [other for other, unit in enumerate(units()) if unit.parent == place]


def team_of_five() -> int:
    return next(place for place in beneath(place_of(DEPARTMENT)) if units()[place].people == _FIVE)


def answered(place: int) -> int:
    """How many of a unit, everybody beneath among them, answered all of the block. Only whoever made them up knows."""
    return wave(70, whole=True).people[place] + sum(map(answered, beneath(place)))


def told(place: int) -> UnitRelease:
    """What the release at 70 per cent says of a unit."""
    return _content()[place]


@cache
def _content() -> dict[int, UnitRelease]:
    return {unit.unit_id.int - 1: unit for unit in wave(70, whole=True).content.units}


def pictures() -> Mapping[str, Chart]:
    """By name of the file."""
    department, partial, five = place_of(DEPARTMENT), place_of(PARTIAL), team_of_five()
    return {
        "employer-heat": _heat(0, "light"),
        "employer-participation": _participation(0),
        "department-heat": _heat(department, "light"),
        "department-heat-dark": _heat(department, "dark"),
        "team-of-five": _scores(five),
        "department-partial": _scores(partial),
        "what-is-left": draw_left(),
        "who-sees-what": draw_near(),
    }


def _published(place: int) -> int:
    """How many people the figure of a unit is of; 0: it has none of its own."""
    cell = told(place).blocks[BLOCK]
    return cell.n if isinstance(cell, PublishedCell) else 0


def _subject(place: int) -> Subject:
    path = [place]
    while units()[path[-1]].parent >= 0:
        path.append(units()[path[-1]].parent)
    return Subject(units()[place].name, _WAVE, _ON, {unit_id(one): units()[one].name for one in path})


def _titles() -> dict[str, str]:
    return {block: WORDING.title(block, "en") for block in WORDING.blocks}


def _heat(place: int, light: str) -> Chart:
    content = _content()
    shown = [(units()[one].name, content[one].blocks) for one in (place, *beneath(place))]
    return draw_heat(paper(light), _subject(place), _titles(), shown, 0)


def _participation(place: int) -> Chart:
    content = _content()
    shown = [(units()[one].name, content[one].response) for one in (place, *beneath(place))]
    return draw_participation(paper(), _subject(place), shown, 0)


def _scores(place: int) -> Chart:
    cells = _content()[place].blocks
    return draw_scores(paper(), _subject(place), [(title, cells[key]) for key, title in _titles().items()])


def draw_near() -> Chart:
    """Where people see a figure, by how many answer."""
    stacks = []
    for rate in RATES:
        seen = near(wave(rate, whole=rate == 70).content, BLOCK)
        parts = [Part(share, f"{share:.0f}", kind) for kind, share in enumerate(seen[:3])]
        stacks.append(Stack(f"{rate} % answer", parts, f"{seen.near:.1f} %", "own unit or right above"))
    words = Words(
        "Where 100,000 people see a figure",
        "Per cent of all people, whether they answered or not",
        ["Striped: further up; there is nobody without any figure."],
    )
    return draw_stacks(paper(), words, ["own unit", "the unit right above", "further up"], stacks)


def draw_left() -> Chart:
    """What is left of two departments when their teams with a figure are subtracted."""
    stacks = []
    for name, verdict in ((DEPARTMENT, "the department is told"), (PARTIAL, "the department is not told")):
        place = place_of(name)
        teams = {team: _published(team) for team in beneath(place) if _published(team)}
        rest = answered(place) - sum(teams.values())
        whole = answered(place_of(DEPARTMENT))
        parts = [Part(100 * n / whole, f"{units()[team].name}: {n}", 0) for team, n in teams.items()]
        stacks.append(Stack(name, [*parts, Part(100 * rest / whole, f"{rest}", 2)], f"{rest} left", verdict))
    words = Words(
        "What is left when the teams are subtracted",
        "People who answered, per department",
        ["Filled: teams with a figure of their own. Striped: the others of the department, its manager among them."],
    )
    return draw_stacks(paper(), words, [], stacks)

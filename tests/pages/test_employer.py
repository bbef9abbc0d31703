"""What `docs/aggregates.md` says of an employer of 100,000 people is what disclosure control gives."""

from collections.abc import Callable

import pytest

from demo.promises import page_of
from demo.running import SOURCE
from pages.employer import PEOPLE, near, units, wave
from pages.pictures import BLOCK, DEPARTMENT, PARTIAL, answered, beneath, pictures, place_of, team_of_five, told
from pages.tables import groups, rates, sizes, subtraction
from peil.aggregates.charts.rendering import render
from peil.releases.cells_model import PartialCell, ProtectedCell, PublishedCell
from peil.rest import SVG

PAGE = page_of("aggregates.md")
PICTURES = SOURCE.parent / "docs" / "images" / "aggregates"
TABLES: dict[str, Callable[[], list[str]]] = {
    "rates": rates,
    "groups": groups,
    "sizes": sizes,
    "a department that is told": lambda: subtraction(DEPARTMENT, exact=False),
    "a department that is not": lambda: subtraction(PARTIAL, exact=True),
}


def test_at_seventy_per_cent_people_see_their_unit_or_the_one_right_above() -> None:
    """At least 95 % of all people, by figures of whole units and not by the rounded ones of the page."""
    seen = near(wave(70, whole=True).content, BLOCK)

    assert sum(unit.people for unit in units()) == PEOPLE
    assert seen.near >= 95


@pytest.mark.parametrize("table", TABLES)
def test_the_numbers_of_the_page_are_those_of_the_release(table: str) -> None:
    """Each table and each sentence of numbers, to the letter."""
    assert "\n".join(TABLES[table]()) in PAGE


def test_the_story_of_the_team_of_five_is_true() -> None:
    """As many answered as the page tells, and the cells are what it calls them."""
    five = team_of_five()
    cells = {name: told(place_of(name)).blocks[BLOCK] for name in (DEPARTMENT, PARTIAL)}
    [small] = [team for team in beneath(place_of(PARTIAL)) if units()[team].people == 6]

    assert (3, 37, 22, 2) == tuple(map(answered, (five, place_of(DEPARTMENT), place_of(PARTIAL), small)))
    assert isinstance(told(five).blocks[BLOCK], ProtectedCell)
    assert (PublishedCell, PartialCell) == tuple(type(cell) for cell in cells.values())


def test_the_pictures_are_those_of_the_release() -> None:
    """Drawn anew they are the same bytes; the page shows every one."""
    drawn = {name: render(chart, SVG, 1) for name, chart in pictures().items()}

    assert [] == [name for name, picture in drawn.items() if picture != (PICTURES / f"{name}.svg").read_bytes()]
    assert [] == [name for name in drawn if f"(images/aggregates/{name}.svg)" not in PAGE]

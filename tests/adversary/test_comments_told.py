"""What comments tell, from what is written to what the service shows of it."""

import pytest

from adversary.comments_told import PLANTED, Plant, given_away, hear
from support.house import House
from support.personas import cast_of


async def test_comments_tell_nothing_else(house: House) -> None:
    """Of eight who answered they are shown at the unit above; nothing stands beside them, and they are shuffled."""
    said = await hear(await cast_of(await house.employer("Woord BV")))

    assert [] == [*given_away(said)]
    assert {"root", "sales"} == said.shown_at
    assert len(said.arrived) == len(said.comments) == sum(said.people.values())
    assert 8 == said.people["field"]


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
async def test_comments_that_tell_more_are_found(house: House, plant: Plant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shown per reporting group, with a score, or in the order in which they came."""
    plant(monkeypatch)
    said = await hear(await cast_of(await house.employer("Lek BV")))

    assert PLANTED[plant] in [*given_away(said)]

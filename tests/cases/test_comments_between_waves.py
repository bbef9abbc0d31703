"""Two waves of the same people, set beside each other: each stands for itself, and the later changes nothing before."""

from typing import Any

import msgspec
import pytest

from cases.commenting import Told, awaiting, moderate, say, tell
from cases.measuring import advance, ask_freely, instrument_of, pass_gates, wave_new
from support.apis import Rest
from support.personas import Cast, add_people

FIRST = {"field-1": "Meer rust op dinsdag.", "field-2": "De planning helpt."}
SECOND = {"field-1": "Het is rustiger op dinsdag.", "sales-2": "De agenda is leeg."}


@pytest.fixture
async def first(cast: Cast) -> Told:
    """A wave with comments of `field`, all of whose 16 people answered; moderated and released."""
    return await tell(await ask_freely(cast), FIRST, moderated=True)


async def tell_again(cast: Cast, silent: set[str]) -> str:
    """The same questions once more to whoever is there now; all but the `silent` answer, and it is released."""
    hr = Rest(cast.hr)
    asking = await instrument_of(cast, "with-words")
    wave_id: str = (await hr.plan_wave(await wave_new(cast, instrumentId=asking["instrumentId"]))).must()["waveId"]
    await pass_gates(cast, hr, Rest(cast.works_council))
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    drawn = await cast.vendor.post(f"/waves/{wave_id}/codes")
    await advance(cast, hours=2)
    for line in map(msgspec.json.decode, drawn.text.splitlines()):
        if line["externalId"] not in silent:
            await say(cast, wave_id, line["code"], SECOND.get(line["externalId"]))
    await advance(cast, days=1)
    return wave_id


async def shown(cast: Cast, wave_id: str) -> tuple[Any, Any]:
    """Everything that can be read of a wave's comments by those who may read most."""
    hr = Rest(cast.hr)
    return (await hr.list_comments(wave_id)).must(), (await hr.get_comment_release(wave_id)).must()


def unit_of(comments: list[dict[str, Any]], text: str) -> str:
    return str(next(one["unitId"] for one in comments if one["text"] == text))


async def test_what_was_shown_once_is_no_reason_to_show_it_again(cast: Cast, first: Told) -> None:
    """A team of 16 showed its comments; nine of it answer the next time, and what they write moves up."""
    before, _ = await shown(cast, first.wave_id)
    second = await tell_again(cast, silent={f"field-{place}" for place in range(7, 14)})
    found = await awaiting(cast, second)

    team, now = unit_of(before["items"], "Meer rust op dinsdag."), unit_of(found, "Het is rustiger op dinsdag.")
    assert (cast.units["field"], cast.units["sales"]) == (team, now)
    assert team not in {one["unitId"] for one in found}
    assert len(SECOND) == len(found)


async def test_a_later_wave_changes_nothing_before(cast: Cast, first: Told) -> None:
    """Somebody goes to another team and a wave is released: the comments before stay what and where they were."""
    before = await shown(cast, first.wave_id)
    await add_people(cast.hr, [{"externalId": "field-1", "unitExternalId": "sales"}])
    second = await tell_again(cast, silent=set())
    await moderate(cast, second)
    comments, release = await shown(cast, second)

    assert before == await shown(cast, first.wave_id)
    assert before[1]["hash"] == release["previous"]
    assert set(SECOND.values()) == {one["text"] for one in comments["items"]}


async def test_nothing_joins_two_comments_of_one_person(cast: Cast, first: Told) -> None:
    """Who wrote twice wrote two comments: ids are drawn anew, and nothing else stands beside a text."""
    second = await tell_again(cast, silent=set())
    await moderate(cast, second)
    earlier, later = [(await shown(cast, wave_id))[0]["items"] for wave_id in (first.wave_id, second)]

    assert not {one["commentId"] for one in earlier} & {one["commentId"] for one in later}
    assert {frozenset({"commentId", "unitId", "item", "text"})} == {frozenset(one) for one in [*earlier, *later]}

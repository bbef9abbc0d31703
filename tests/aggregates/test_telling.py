"""What a release says of a unit, in words: items with their figures, and every code explained."""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from aggregates.releases import IDS, PROTECTED, published
from disclosure.orgs import FLOORS, invited, item, snapshot, uniform
from disclosure.orgs import block as scale
from instruments.build import block, instrument, rated, single_choice
from peil.aggregates.explanations import TEXTS, explain
from peil.aggregates.model import Aggregate, StoredAggregate
from peil.aggregates.telling import tell_unit
from peil.aggregates.wording import Wording
from peil.releases.cells_model import (
    CountRange,
    PartialCell,
    PartialResponse,
    ProtectedCell,
    PublishedBands,
    PublishedDistribution,
    PublishedResponse,
    PublishedSensitive,
)
from peil.releases.model import UnitRelease
from peil.structs import encode
from support.releasing import release

WAVE = UUID(int=99)
ASKED = instrument(
    rated("busy"),
    rated("rest"),
    single_choice("where", "home", "office"),
    rated("threat", sensitive=True),
    blocks=[block("load", "busy", "rest")],
)
RESPONSE = PublishedResponse(respondents=40, invited=60, rate=66.67, coverage="all", warnings=("low-response",))
BANDS = PublishedBands(n=40, invited=60, coverage="all", unfavourable=10, neutral=6, favourable=24, warnings=())
COUNTS = PublishedDistribution(n=40, invited=60, coverage="all", counts=(4, 6, 6, 14, 10), warnings=())
PLACES = PublishedDistribution(n=40, invited=60, coverage="all", counts=(30, 10), warnings=())
THREATS = PublishedSensitive(
    n=40, invited=60, coverage="all", counts=tuple(CountRange(low=0, high=2) for _ in range(5)), warnings=()
)


def tell(content: UnitRelease, language: str = "en", estimate: float | None = None, *, whole: bool = True) -> Aggregate:
    """The unit in words; `estimate` of its one block, `whole` if everybody of it was asked."""
    stored = StoredAggregate(
        unit_id=content.unit_id, parent_id=IDS["root"], name=content.name, whole=whole, content=content
    )
    estimates = {"load": {} if estimate is None else {content.unit_id: estimate}}
    return tell_unit(WAVE, Wording(ASKED), {}, estimates, stored, language)


def content(name: str = "field", **said: Any) -> UnitRelease:
    """What a release says of a large unit."""
    cell = msgspec.structs.replace(published(62.5), items={"busy": 55.0, "rest": 70.0})
    made = UnitRelease(
        unit_id=IDS[name],
        name=name,
        response=RESPONSE,
        blocks={"load": cell},
        bands={"busy": BANDS, "rest": PROTECTED},
        distributions={"busy": COUNTS, "rest": PROTECTED, "where": PLACES},
        sensitive={"threat": THREATS},
    )
    return msgspec.structs.replace(made, **said)


def test_an_item_stands_in_its_block() -> None:
    """With its mean, its bands, the favourable share in its interval, its distribution, and what the counts are of."""
    [load] = tell(content(), estimate=61.0).blocks
    busy, rest = load.items

    assert ("load", 62.5, 61.0) == (load.key, load.cell.mean, load.estimate)  # type: ignore[union-attr]  # it has to be published
    assert (55.0, BANDS, COUNTS) == (busy.mean, busy.bands, busy.distribution)
    assert ["Never", "2", "3", "4", "Always"] == busy.labels
    assert busy.favourable_share is not None
    assert 60.0 == busy.favourable_share.percent
    assert busy.favourable_share.interval is not None
    assert busy.favourable_share.interval.low < 60 < busy.favourable_share.interval.high
    assert (70.0, PROTECTED, None, PROTECTED) == (rest.mean, rest.bands, rest.favourable_share, rest.distribution)


def test_choices_and_sensitive_items_stand_by_themselves() -> None:
    """A choice in the order of its options; a sensitive item without a mean, in counts that are no closer."""
    told = tell(content())

    assert [("where", PLACES, ["home", "office"])] == [(one.key, one.distribution, one.labels) for one in told.choices]
    assert [("threat", THREATS)] == [(one.key, one.counts) for one in told.sensitive]


def test_a_protected_unit_tells_as_much_as_any_other() -> None:
    """Two of them under the same unit have the same body, but for id, name and nothing else."""
    said: dict[str, Any] = {
        "response": PROTECTED,
        "blocks": {"load": PROTECTED},
        "bands": {"busy": PROTECTED, "rest": PROTECTED},
        "distributions": {"busy": PROTECTED, "rest": PROTECTED, "where": PROTECTED},
        "sensitive": {"threat": PROTECTED},
    }
    one, other = tell(content("field", **said)), tell(content("floor", **said))

    assert encode(one) == encode(msgspec.structs.replace(other, unit_id=one.unit_id, name=one.name))
    assert ["protected"] == [explained.code for explained in one.explanations]
    assert [None, None] == [item.mean for item in one.blocks[0].items]


@pytest.mark.parametrize("missing", ["bands", "distributions", "sensitive"])
def test_a_unit_is_read_whole_or_not_at_all(missing: str) -> None:
    """A stored unit that lacks a kind of figure is no release: it is never told as one that has no items."""
    stored = msgspec.to_builtins(content())
    del stored[missing]

    with pytest.raises(msgspec.ValidationError, match=missing):
        msgspec.json.decode(encode(stored), type=UnitRelease)


def test_every_code_is_explained_once_in_the_callers_language() -> None:
    """Of coverage, warnings and statuses, wherever they stand, and of who was asked."""
    partial = PartialCell(
        units=[IDS["floor"]],
        n=40,
        invited=None,
        mean=50.0,
        items={"busy": 50.0, "rest": 50.0},
        now=None,
        climate=None,
        warnings=("not-representative",),
        reported_at=None,
    )
    response = PartialResponse(
        units=[IDS["floor"]], respondents=9, invited=None, rate=None, warnings=("low-response",), reported_at=None
    )
    beneath = msgspec.structs.replace(BANDS, coverage="groups-beneath", invited=None)
    nowhere = ProtectedCell(reported_at=None)
    said = content(
        response=response,
        blocks={"load": partial},
        bands={"busy": beneath, "rest": PROTECTED},
        sensitive={"threat": nowhere},
    )

    for language in ("nl", "en"):
        told = tell(said, language, whole=False).explanations

        assert [(code, texts[language]) for code, texts in TEXTS.items()] == [(one.code, one.text) for one in told]


@pytest.mark.parametrize(("language", "above"), [("nl", "bij de afdeling erboven"), ("en", "in the unit above")])
def test_answers_that_count_nowhere_are_not_said_to_count_above(language: str, above: str) -> None:
    """A small employer's top unit has none above it."""
    [nowhere] = explain([ProtectedCell(reported_at=None)], language)
    [counted] = explain([PROTECTED], language)

    assert ("protected-everywhere", "protected") == (nowhere.code, counted.code)
    assert (False, True) == (above in nowhere.text, above in counted.text)


def test_what_needs_no_words_gets_none() -> None:
    """A unit that is told in full, of which enough answered."""
    assert [] == explain([published(50.0), None], "nl")


def test_what_is_protected_moves_no_byte() -> None:
    """Four and five people, or five and four, who answered otherwise: every body, and so every ETag, is the same."""
    shape = [-1, 0, 0]

    def bodies(*teams: tuple[int, int]) -> list[bytes]:
        own = [uniform(unit, 1, busy=busy, rest=busy) for unit, busy in teams]
        others = uniform(0, 11, busy=2, rest=4)
        scoring = [scale(item("busy"), item("rest"), key="load")]
        answered = [*others, *(each for one in own for each in one)]
        told = release(snapshot(shape), invited([11, 6, 6]), answered, scoring, FLOORS)
        unasked: dict[str, Any] = {"sensitive": {"threat": PROTECTED}}
        return [
            encode(
                tell(msgspec.structs.replace(one, distributions=one.distributions | {"where": PROTECTED}, **unasked))
            )
            for one in told.units
        ]

    first = bodies(*[(1, 5)] * 4, *[(2, 1)] * 5)
    second = bodies(*[(1, 1)] * 5, *[(2, 5)] * 4)

    assert first == second
    assert first != bodies(*[(1, 5)] * 4, *[(2, 1)] * 4)

"""The attacker of comments, who knows who answered, when and what: where are they shown, with what, in what order?"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from random import Random
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import pytest
from msgspec.structs import replace
from scipy.stats import spearmanr

from cases.commenting import ask, moderate, say
from cases.measuring import advance
from disclosure.orgs import FLOORS
from peil.comments import keeping
from peil.comments.model import Written
from peil.instruments.rules import sealed_fields
from peil.jobs import unsealing
from peil.releases.control import WaveCount
from peil.releases.model import CommentAtoms, ResponseAtom
from support.apis import Rest
from support.personas import Cast

Plant = Callable[[pytest.MonkeyPatch], None]
CROWD = {"root": 12, "sales": 14, "field": 14, "care": 4}
SILENT = {f"field-{place}" for place in range(8)}
"""So many of `field` do not answer that 8 are left: enough for a mean, and too few for comments."""
_WORKS = {
    "board": "root",
    "named": "root",
    "council": "care",
    "manager": "sales",
    **dict.fromkeys(("employee", "ambassador"), "field"),
}
_UNDER = {"root": {*CROWD}, "sales": {"sales", "field"}, "field": {"field"}, "care": {"care"}}
_CHANCE = 0.6
"""A rank correlation beyond this has one order in some 20,000 by chance, of forty comments."""


class Said(NamedTuple):
    """All that is told, and what the attacker knows besides: every text in the order of arrival, with its score."""

    comments: list[dict[str, Any]]
    shown_at: set[str]
    arrived: Mapping[str, int]
    people: Mapping[str, int]


async def hear(cast: Cast) -> Said:
    """A wave in which all but the silent write something, and all of it is released."""
    random = Random(4)
    wave_id, codes = await ask(cast, CROWD)
    people = sorted(one for one in codes if one not in SILENT)
    random.shuffle(people)
    arrived = {f"woord {_letters(place)}": random.randint(1, 5) for place in range(len(people))}
    for person, (text, rest) in zip(people, arrived.items(), strict=True):
        await say(cast, wave_id, codes[person], text, rest)
    await advance(cast, days=1)
    await moderate(cast, wave_id)
    names = {unit_id: name for name, unit_id in cast.units.items()}
    page = (await Rest(cast.hr).list_comments(wave_id, limit=200)).must()
    release = (await Rest(cast.hr).get_comment_release(wave_id)).must()
    comments = [one | {"unitId": names[one["unitId"]]} for one in page["items"]]
    works = Counter(_WORKS.get(person, person.partition("-")[0]) for person in people)
    return Said(comments, {names[unit_id] for unit_id in release["units"]}, arrived, works)


def _letters(number: int) -> str:
    """In the order of the numbers, and no number."""
    return f"{chr(97 + number // 26)}{chr(97 + number % 26)}"


def given_away(said: Said) -> Iterator[str]:
    """Comments of few, something beside a text, and an order that says who came when or thinks what."""
    units = said.shown_at | {one["unitId"] for one in said.comments}
    for unit in units:
        lower = {one for other in units if other in _UNDER[unit] and other != unit for one in _UNDER[other]}
        few = sum(said.people[one] for one in _UNDER[unit] - lower)
        if few < FLOORS.k_c:
            yield f"{unit}: comments of {few}"
    if {frozenset(one) for one in said.comments} != {frozenset({"commentId", "unitId", "item", "text"})}:
        yield "something beside a text"
    texts = [one["text"] for one in said.comments]
    if not set(texts) <= set(said.arrived):
        yield "something in a text that was not written"
        return
    places = {text: place for place, text in enumerate(said.arrived)}
    if abs(spearmanr([places[text] for text in texts], range(len(texts))).statistic) > _CHANCE:
        yield "who came when"
    if abs(spearmanr([said.arrived[text] for text in texts], range(len(texts))).statistic) > _CHANCE:
        yield "who scored what"


def by_reporting_group(patch: pytest.MonkeyPatch) -> None:
    """Comments are shown where their writers report."""

    def atoms(self: WaveCount) -> CommentAtoms:
        groups = [self._population.tree.ids[place] for place in self._population.groups]
        cells = zip(groups, self._tally.respondents(), strict=True)
        shown = [ResponseAtom(unit_id=group, respondents=cell.n) for group, cell in cells]
        return CommentAtoms(published=groups, atoms=shown, homes={group: group for group in groups})

    patch.setattr(WaveCount, "comment_atoms", atoms)


def with_a_score(patch: pytest.MonkeyPatch) -> None:
    """What somebody scored stands behind what they wrote."""

    begin = unsealing._Opener.__init__

    def begun(self: unsealing._Opener, secret_key: bytes, asked: unsealing.Asked) -> None:
        begin(self, secret_key, asked)
        decode, fields = self._decode, sealed_fields(asked.questions)
        words, rest = fields["words"], fields["rest"]

        def read(content: bytes) -> Any:
            given = decode(content)
            return replace(given, **{words: f"{getattr(given, words)} {getattr(given, rest)}"})

        self._decode = read  # type: ignore[assignment]  # one that reads as well

    patch.setattr(unsealing._Opener, "__init__", begun)


def as_they_came(patch: pytest.MonkeyPatch) -> None:
    """In the order of arrival, which here is that of the texts."""

    def shuffled(written: Iterable[Written]) -> list[tuple[UUID, Written]]:
        in_order = sorted(written, key=lambda one: one.text)
        return list(zip(sorted(uuid4() for _ in in_order), in_order, strict=True))

    patch.setattr(keeping, "shuffled", shuffled)


PLANTED: dict[Plant, str] = {
    by_reporting_group: "field: comments of 8",
    with_a_score: "something in a text that was not written",
    as_they_came: "who came when",
}
"""Each with what is then given away."""

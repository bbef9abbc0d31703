"""Sealed answers become exactly the counts that reading them one by one gives, whatever is asked and whoever wrote."""

from collections.abc import Iterator
from math import lcm
from uuid import UUID, uuid4

import msgspec
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.public import PrivateKey

from instruments.build import instrument, instruments, rated
from peil.instruments.model import Answer, InstrumentNew
from peil.instruments.rules import largest_response, questionnaire, sealable
from peil.jobs.unsealing import Asked, Comment, opening
from peil.releases.counting import Counter, Tally
from peil.releases.model import BlockScoring, ChoiceScoring
from peil.releases.scorings import scorings_of
from peil.responses.sealing import Sealer, context_of
from support.copied import copied

WAVE = PrivateKey.generate()
EMPLOYER, WAVE_ID = uuid4(), uuid4()
GROUPS = [UUID(int=number) for number in (7, 3, 9)]
SURPLUS, STRANGER = GROUPS[2], UUID(int=1)
DAMAGES = ("cut", "flipped", "of another group", "of nobody", "of no answer")

Given = dict[str, int | str]


def one_by_one(scorings: list[BlockScoring | ChoiceScoring], answers: list[Given]) -> Iterator[tuple[object, ...]]:
    """Per block or choice n, the count of each step of each item, and the sums of scores and of their squares."""
    for scoring in scorings:
        if isinstance(scoring, ChoiceScoring):
            chosen = [one[scoring.key] for one in answers if scoring.key in one]
            yield len(chosen), [chosen.count(code) for code in range(1, scoring.options + 1)], 0, 0
            continue
        steps = [
            [item.points - int(one[item.key]) if item.reverse else int(one[item.key]) - 1 for item in scoring.items]
            for one in answers
            if all(item.key in one for item in scoring.items)
        ]
        whole = lcm(*(item.points - 1 for item in scoring.items))
        scores = [
            sum(whole * step // (item.points - 1) for step, item in zip(each, scoring.items, strict=True))
            for each in steps
        ]
        counts = [
            sum(each[place] == step for each in steps)
            for place, item in enumerate(scoring.items)
            for step in range(item.points)
        ]
        yield len(steps), counts, sum(scores), sum(score * score for score in scores)


def damaged(sealer: Sealer, how: str, content: bytes) -> tuple[UUID, bytes]:
    """A row with which something is wrong."""
    whole = sealer.seal(content, context_of(EMPLOYER, WAVE_ID, GROUPS[0]))
    return {
        "cut": (GROUPS[0], whole[:-7]),
        "flipped": (GROUPS[0], whole[:-1] + bytes([whole[-1] ^ 1])),
        "of another group": (GROUPS[1], whole),
        "of nobody": (STRANGER, whole),
        "of no answer": (GROUPS[0], sealer.seal(b'{"x":1}', context_of(EMPLOYER, WAVE_ID, GROUPS[0]))),
    }[how]


@settings(max_examples=60, deadline=None)
@given(instruments(), st.data())
async def test_counts_are_those_of_reading_one_by_one(content: InstrumentNew, drawn: st.DataObject) -> None:
    """Reversed and sensitive items, choices, comments, items left out, damaged rows, groups left closed."""
    questions, scorings = questionnaire(content), scorings_of(content)
    offered = {
        key: st.none() | (st.sampled_from([*choices.codes]) if choices.codes else st.sampled_from(["Ja.", "\n", "é\0"]))
        for key, choices in questions.items()
    }
    response: st.SearchStrategy[dict[str, Answer]] = st.fixed_dictionaries({}, optional=offered)
    sent = [
        (group, sealable(questions, answers))
        for group, answers in drawn.draw(st.lists(st.tuples(st.sampled_from(GROUPS), response), max_size=30))
    ]
    sealer = Sealer(bytes(WAVE.public_key), largest_response(content) + 10)
    rows = [(group, sealer.seal(msgspec.json.encode(one), context_of(EMPLOYER, WAVE_ID, group))) for group, one in sent]
    wrong = drawn.draw(st.lists(st.sampled_from(DAMAGES), max_size=3))
    rows = drawn.draw(st.permutations([*rows, *(damaged(sealer, how, b"{}") for how in wrong)]))
    counter = Counter(scorings)
    tally, comments, has_failed = Tally([100, 100, 100], counter), [], False
    async with opening(bytes(WAVE), Asked(EMPLOYER, WAVE_ID, GROUPS, questions, counter), len(rows)) as open_:
        for piece in copied(rows, cut=drawn.draw(st.integers(1, 9))):
            opened = await open_(piece, {SURPLUS.bytes})
            tally.add(opened.counts)
            comments += opened.comments
            has_failed |= opened.has_failed

    for place, group in enumerate(GROUPS):
        answers = [one for where, one in sent if where == group and group != SURPLUS]
        cells = [cells[place] for cells in tally.blocks()]

        assert len(answers) == tally.respondents()[place].n
        assert [*one_by_one(scorings, answers)] == [(cell.n, cell.counts, cell.total, cell.squares) for cell in cells]
    written = [
        Comment(GROUPS.index(group), key, text)
        for group, one in sent
        for key, text in one.items()
        if isinstance(text, str) and group != SURPLUS
    ]
    assert sorted(written) == sorted(comments)
    assert bool(wrong) == has_failed


def test_sums_beyond_floating_point_are_exact() -> None:
    """Eleven and ten points and others in one block: the squares of many people pass what a double holds."""
    items = [rated(f"i{points}", points=points) for points in (11, 10, 9, 8)]
    scorings = scorings_of(instrument(*items))
    together = BlockScoring(
        key="all", items=[item for one in scorings if isinstance(one, BlockScoring) for item in one.items]
    )
    counter = Counter([together])
    people = 100_000
    tally = Tally([people * 1000], counter)
    codes = {item.key: np.full(people, item.points) for item in together.items}
    codes["i11"][0] = 10
    counts = counter.count(np.zeros(people, dtype=np.int64), codes)
    for _ in range(1000):
        tally.add(counts)
    full = 4 * lcm(10, 9, 8, 7)
    [[cell]] = tally.blocks()

    assert cell.squares > 1 << 53
    assert 1000 * ((people - 1) * full**2 + (full - lcm(10, 9, 8, 7) // 10) ** 2) == cell.squares


def test_counts_do_not_grow_with_the_responses() -> None:
    """What comes of a thousand responses of a group is as large as what comes of one: none of them is in it."""
    counter = Counter(scorings_of(instrument(rated("mood"))))
    sizes = {
        counter.count(np.zeros(people, dtype=np.int64), {"mood": np.full(people, 3)}).table.shape
        for people in (1, 1000)
    }

    assert {(1, 1 + 3 + 5)} == sizes

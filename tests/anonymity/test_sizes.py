"""Every envelope of a wave has one size, so that nobody sees how much somebody answered, or that it was nothing."""

from typing import Any

import pytest

from anonymity.asking import ask, owner
from peil.checks.anonymity.canary import COMMENTS, ITEMS, questionnaire
from peil.instruments.model import COMMENT_LENGTH
from support.house import Employer

ASKING = questionnaire()
SILENT = {**ASKING, "items": [item for item in ASKING["items"] if item["kind"] != "comment"]}

NOTHING: list[dict[str, Any]] = [{}, dict.fromkeys(ITEMS)]
RATED: list[dict[str, Any]] = [{ITEMS[0]: 1}, dict.fromkeys(ITEMS, 5)]
WRITTEN: list[dict[str, Any]] = [
    {COMMENTS[0]: "x"},
    {COMMENTS[0]: " "},
    dict.fromkeys(ITEMS, 5) | dict.fromkeys(COMMENTS, "😀" * COMMENT_LENGTH),
    dict.fromkeys(COMMENTS, '"' * COMMENT_LENGTH),
    dict.fromkeys(COMMENTS, "\n" * COMMENT_LENGTH),
    dict.fromkeys(COMMENTS, "\x01" * COMMENT_LENGTH),
]


@pytest.mark.parametrize(
    ("content", "sent", "size"),
    [(SILENT, NOTHING + RATED, 200), (ASKING, NOTHING + RATED + WRITTEN, 16200)],
    ids=["without comments", "with comments"],
)
async def test_all_envelopes_of_a_wave(
    employer: Employer, content: dict[str, Any], sent: list[dict[str, Any]], size: int
) -> None:
    """Nothing, the least and the most that can be answered are sealed in envelopes of the same, known size."""
    asked = await ask(employer, content, a=10)
    people = list(asked.codes)[: len(sent)]
    replies = [await asked.submit(person, answers) for person, answers in zip(people, sent, strict=True)]
    async with owner(employer.house) as connection:
        found = await connection.fetch(
            "select length(envelope) as size, count(*) as number from intake.sealed where wave_id = $1 group by 1",
            asked.wave_id,
        )

    assert {201} == {reply.status_code for reply in replies}
    assert [(size, len(sent))] == [(row["size"], row["number"]) for row in found]

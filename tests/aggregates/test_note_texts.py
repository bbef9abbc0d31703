"""What to bear in mind with a change: codes, each with its sentence."""

from typing import Any, get_args

import pytest
from msgspec.structs import replace

from aggregates.releases import PROTECTED, changed, published, release
from peil.aggregates.changes.model import NoteCode
from peil.aggregates.changes.note_texts import change_notes, notes_of
from peil.releases.cells_model import PublishedCell, ResponseWarning

CODES: tuple[Any, ...] = get_args(get_args(NoteCode)[0])


def of(mean: float, n: int, *warnings: ResponseWarning, of_groups: bool = False) -> PublishedCell:
    """The figure of a unit, or of the groups that meet in it, whichever they are."""
    told = published(mean, n, *warnings)
    return replace(told, coverage="groups-beneath") if of_groups else replace(told, invited=n)


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_its_sentence(code: Any) -> None:
    """One that ends, in both languages, and no other code has it."""
    [[nl], [en]] = [notes_of([code], language) for language in ("nl", "en")]
    others = {note.text for note in notes_of([other for other in CODES if other != code], "nl")}

    assert (code, code, ".", ".") == (nl.code, en.code, nl.text[-1], en.text[-1])
    assert nl.text not in others | {en.text}


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (of(50, 100), of(60, 100), []),
        (of(50, 99), of(60, 100), ["too-few-for-a-claim"]),
        (of(50, 100), of(60, 99), ["too-few-for-a-claim"]),
        (of(50, 200, "low-response"), of(60, 200), ["low-response"]),
        (of(50, 20, "low-response"), of(60, 20), ["low-response", "too-few-for-a-claim"]),
        (of(50, 200), PROTECTED, []),
        (of(50, 200, of_groups=True), of(60, 200, of_groups=True), ["groups-may-differ"]),
    ],
)
def test_a_comparison_says_what_it_cannot_show(before: Any, after: Any, codes: list[str]) -> None:
    """That few answered, that it may be of other groups, and of too few people that it proves no success."""
    cell = changed(release({"root": before}), release({"root": after}))["root"]

    assert codes == [note.code for note in change_notes(cell, "en")]

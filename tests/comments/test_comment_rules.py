"""Which redactions are right, what is released of what was decided, and that the order tells nothing."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from scipy.stats import spearmanr

from peil.comments.keeping import shuffled
from peil.comments.model import AwaitingComment, CommentDecision, StoredModeration, Verdict, Written
from peil.comments.rules import check_decisions, manifest, only_removes, places_of, released
from peil.errors import Invalid
from peil.releases.model import CommentAtoms, Thresholds, UnitSnapshot
from support.releasing import Answers, count

TEXT = "Mijn chef is niet goed bereikbaar op vrijdag"


@pytest.mark.parametrize(
    ("redacted", "is_right"),
    [
        ("Mijn […] is niet goed bereikbaar op vrijdag", True),
        ("[…] is niet goed bereikbaar […]", True),
        ("Mijn […] niet goed […] vrijdag", True),
        ("Mijn chef is goed bereikbaar op vrijdag", False),
        ("Mijn chef is […] slecht bereikbaar op vrijdag", False),
        ("[…] goed […] niet […]", False),
        ("Mijn chef is niet goed bereikbaar op vrijdag", False),
        ("Mijn chef is niet […] goed bereikbaar op vrijdag", False),
        ("Mijn chef […]reikbaar op vrijdag", False),
        ("[…]", False),
        ("[…] Mijn chef is niet goed bereikbaar op vrijdag", False),
        ("Mijn […] vrijdag vrijdag", False),
    ],
)
def test_only_removes(redacted: str, is_right: bool) -> None:
    """Words may go, each gap is marked, and what is left stands in its order: nobody says the opposite unseen."""
    assert is_right == only_removes(TEXT, redacted)


def test_every_wrong_decision_is_found() -> None:
    """An unknown comment, one twice, a text where none belongs and a text that adds are told at once."""
    known = uuid4()
    decisions = [
        CommentDecision(comment_id=known, decision="redact", text="Iets anders"),
        CommentDecision(comment_id=known, decision="release"),
        CommentDecision(comment_id=uuid4(), decision="withhold", text="x"),
        CommentDecision(comment_id=known, decision="redact"),
    ]

    with pytest.raises(Invalid) as refused:
        check_decisions(decisions, {known: TEXT})

    assert [
        ("/decisions/0/text", "redaction-adds"),
        ("/decisions/1/commentId", "duplicate-item"),
        ("/decisions/2/commentId", "unknown-comment"),
        ("/decisions/2/text", "text-for-redact-only"),
        ("/decisions/3/commentId", "duplicate-item"),
        ("/decisions/3/text", "text-for-redact-only"),
    ] == [(finding.pointer, finding.code) for finding in refused.value.findings]


def awaiting(decision: Verdict | None, redacted: str | None = None) -> AwaitingComment:
    return AwaitingComment(
        comment_id=uuid4(), unit_id=uuid4(), item="words", text=TEXT, decision=decision, redacted=redacted
    )


def test_what_is_undecided_is_never_released() -> None:
    """Only what somebody released or redacted can be read, the latter as it was left."""
    comments = released([awaiting(None), awaiting("withhold"), awaiting("release"), awaiting("redact", "Mijn […]")])

    assert [TEXT, "Mijn […]"] == [comment.text for comment in comments]


def test_a_manifest_commits_without_telling() -> None:
    """The hash of a comment covers its random id: who guesses the text of a withdrawn one cannot confirm it."""
    wave = StoredModeration(
        wave_id=uuid4(), state="awaiting", until=date(2026, 1, 1), threshold=10, unit_ids=[], release_hash=b"\0" * 32
    )
    first, second = released([awaiting("release"), awaiting("release")])

    signed = manifest(wave, [first, second], None)
    other = manifest(wave, [first, second], signed.hash)

    assert 2 == len(set(signed.comments))
    assert signed.hash != other.hash


def test_the_order_has_no_memory() -> None:
    """Ids are random, of version 4 and rising; their order does not correlate with the order of arrival."""
    arrived = [Written(UUID(int=1), "words", str(place)) for place in range(2000)]

    ids, written = zip(*shuffled(arrived), strict=True)

    assert abs(spearmanr(range(2000), [int(one.text) for one in written]).statistic) < 0.1
    assert list(ids) == sorted(ids)
    assert {4} == {one.version for one in ids}


ROOT, SMALL, TEAM = (UUID(int=number) for number in range(1, 4))


def unit(unit_id: UUID, parent: UUID | None) -> UnitSnapshot:
    return UnitSnapshot(unit_id=unit_id, parent_id=parent, name="x", reporting_group=unit_id)


def placed(respondents: dict[UUID, int]) -> CommentAtoms:
    """Where comments are shown, when so many of each group answered."""
    units = [unit(ROOT, None), unit(SMALL, ROOT), unit(TEAM, ROOT)]
    given: list[tuple[UUID, Answers]] = [(group, {}) for group, number in respondents.items() for _ in range(number)]
    return count(units, {ROOT: 20, SMALL: 20, TEAM: 20}, given, [], Thresholds()).comment_atoms()


@pytest.mark.parametrize(
    ("respondents", "shown"),
    [
        ({ROOT: 10, SMALL: 10, TEAM: 10}, {ROOT: ROOT, SMALL: SMALL, TEAM: TEAM}),
        ({ROOT: 10, SMALL: 9, TEAM: 10}, {ROOT: ROOT, SMALL: ROOT, TEAM: TEAM}),
        ({ROOT: 1, SMALL: 9, TEAM: 10}, {ROOT: ROOT, SMALL: ROOT, TEAM: ROOT}),
        ({ROOT: 0, SMALL: 9, TEAM: 10}, {ROOT: ROOT, SMALL: ROOT, TEAM: ROOT}),
        ({ROOT: 0, SMALL: 0, TEAM: 9}, {}),
    ],
    ids=["all", "small-moves-up", "where-participation-is-not-published", "complementary", "nowhere"],
)
def test_below_the_threshold_they_move_up(respondents: dict[UUID, int], shown: dict[UUID, UUID]) -> None:
    """Behind every unit that shows comments stand k_C respondents or more who are in none beneath it."""
    told = placed(respondents)
    found = told.homes
    behind: dict[UUID, int] = {}
    for group, home in found.items():
        behind[home] = behind.get(home, 0) + respondents[group]

    assert shown == found
    assert all(number == 0 or number >= 10 for number in behind.values())
    assert {unit: number for unit, number in behind.items() if number} == {
        atom.unit_id: atom.respondents for atom in told.atoms
    }


def test_comments_move_up_or_are_destroyed() -> None:
    """To the nearest unit above that shows any; where none does, nowhere. What is shown beneath is said."""
    root, department, team, group = (UUID(int=number) for number in range(1, 5))
    parents = {root: None, department: root, team: department, group: department}

    def told(*shown: UUID) -> list[tuple[UUID | None, bool]]:
        return [(one.shown_at, one.shown_beneath) for one in places_of(parents, shown, list(parents))]

    assert [(None, False)] * 4 == told()
    assert [(root, True), (root, True), (team, False), (root, False)] == told(root, team)
    assert [(None, True), (department, True), (department, False), (group, False)] == told(department, group)

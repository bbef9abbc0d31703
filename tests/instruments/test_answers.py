"""What may be answered to a questionnaire, and how every mistake is found at once."""

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.build import comment, instrument, instruments, rated, single_choice, traffic_light, yes_no
from peil.errors import Finding
from peil.instruments import rules
from peil.instruments.model import COMMENT_LENGTH, Answer, Answers, InstrumentNew, Questionnaire

QUESTIONS = rules.questionnaire(
    instrument(rated("mood"), traffic_light("light"), yes_no("rested"), single_choice("side"), comment("words"))
)

LONGEST = [sign * COMMENT_LENGTH for sign in ("😀", '"', "\\", "\n", "\x01", "é", "\u2028", "\x7f")]
"""Comments whose signs take the most room as UTF-8 or as escapes of JSON."""


def test_a_full_set_of_answers_is_right() -> None:
    """One good answer of every kind."""
    answers: dict[str, Answer] = {
        "mood": 5, "light": "amber", "rested": "no", "side": "left", "words": "Rustig.",
    }  # fmt: skip

    assert [] == rules.validate_answers(QUESTIONS, answers)


@pytest.mark.parametrize("answers", [{}, dict.fromkeys(QUESTIONS)], ids=["absent", "null"])
def test_no_item_is_compulsory(answers: dict[str, Answer]) -> None:
    """Leaving items out and saying null are both "prefer not to say"."""
    assert [] == rules.validate_answers(QUESTIONS, answers)


@pytest.mark.parametrize(
    ("key", "answer", "code"),
    [
        ("sleep", 3, "unknown-item"),
        ("mood", 0, "out-of-range"),
        ("mood", 6, "out-of-range"),
        ("mood", "5", "wrong-type"),
        ("mood", True, "wrong-type"),
        ("light", "blue", "out-of-range"),
        ("light", 1, "wrong-type"),
        ("rested", "perhaps", "out-of-range"),
        ("side", "middle", "out-of-range"),
        ("words", 1, "wrong-type"),
        ("words", "", "comment-length"),
        ("words", "x" * (COMMENT_LENGTH + 1), "comment-length"),
    ],
)
def test_a_wrong_answer_is_found(key: str, answer: Answer, code: str) -> None:
    """Each kind of mistake has its code and points to the answer."""
    findings = rules.validate_answers(QUESTIONS, {key: answer})

    assert [(f"/answers/{key}", code)] == [(finding.pointer, finding.code) for finding in findings]


def test_all_wrong_answers_are_found_at_once() -> None:
    """Three mistakes, three findings, in the order of the answers; the good answer gives none."""
    findings = rules.validate_answers(QUESTIONS, {"mood": 9, "rested": "yes", "side": 2, "a/b": 1})

    assert [
        Finding("/answers/mood", "out-of-range"),
        Finding("/answers/side", "wrong-type"),
        Finding("/answers/a~1b", "unknown-item"),
    ] == findings


def test_no_finding_repeats_an_answer() -> None:
    """What somebody answered does not come back in an error, where a log could keep it."""
    findings = rules.validate_answers(QUESTIONS, {"light": "secret", "words": "secret" * COMMENT_LENGTH})

    assert b"secret" not in msgspec.json.encode(findings)


@given(instruments(), st.data())
def test_every_offered_answer_is_accepted(content: InstrumentNew, drawn: st.DataObject) -> None:
    """Whatever the questionnaire offers passes, after a journey as JSON."""
    questions = rules.questionnaire(content)
    answers = {
        key: drawn.draw(st.sampled_from([None, *choices.codes]) if choices.codes else st.just("Goed."))
        for key, choices in questions.items()
    }
    received = msgspec.json.decode(msgspec.json.encode(answers), type=Answers)

    assert [] == rules.validate_answers(questions, received)


@given(instruments())
def test_codes_number_the_answers_of_an_item_from_one(content: InstrumentNew) -> None:
    """Counting can use the code as a place: 1 … n, each once; n is a scored item's number of points."""
    questions = rules.questionnaire(content)
    scored = rules.scored_items(content)
    for key, choices in questions.items():
        codes = sorted((choices.codes or {}).values())

        assert list(range(1, len(codes) + 1)) == codes
        assert key not in scored or scored[key].points == len(codes)


@given(instruments(), st.data())
def test_no_set_of_answers_is_longer_than_the_longest(content: InstrumentNew, drawn: st.DataObject) -> None:
    """Whatever is answered fits in the room that its envelope has, so that no envelope grows and none is refused."""
    questions = rules.questionnaire(content)
    longest = st.sampled_from(LONGEST)
    answers: dict[str, Answer] = {
        key: drawn.draw(st.sampled_from([*choices.codes]) if choices.codes else longest)
        for key, choices in questions.items()
    }
    sealed = msgspec.json.encode(rules.sealable(questions, answers))

    assert [] == rules.validate_answers(questions, answers)
    assert len(sealed) <= rules.largest_response(content)


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def can_have_been_sealed(questions: Questionnaire, answers: dict[str, int | str]) -> bool:
    """Said one by one: a code of the item, or a text of its length without control characters; no other item."""

    def fits(key: str, answer: int | str) -> bool:
        codes = questions[key].codes
        if codes is not None:
            return isinstance(answer, int) and 1 <= answer <= len(codes)
        return isinstance(answer, str) and len(answer) <= COMMENT_LENGTH and not CONTROL.search(answer)

    return all(key in questions and fits(key, answer) for key, answer in answers.items())


TEXTS = st.text(max_size=4) | st.sampled_from(
    ["", "\n", "\x7f", "a\0", "a\n", "\U0001f600" * COMMENT_LENGTH, *LONGEST, "x" * 9999]
)
ANYTHING = st.integers(-1, 12) | st.just(1 << 70) | st.booleans() | st.none() | st.floats(0, 3) | TEXTS | st.just([1])


@given(instruments(), st.data())
def test_what_was_sealed_is_read_and_nothing_else(content: InstrumentNew, drawn: st.DataObject) -> None:
    """The type by which envelopes are read takes exactly what the intake can have written."""
    questions = rules.questionnaire(content)
    kind, fields = rules.sealed_answers(questions), rules.sealed_fields(questions)
    names = st.sampled_from([*questions]) | st.sampled_from(["", "answer_0", "Pace"])
    written = msgspec.json.encode(drawn.draw(st.dictionaries(names, ANYTHING, max_size=4)))
    try:
        answers = msgspec.json.decode(written, type=dict[str, int | str])
        is_right = can_have_been_sealed(questions, answers)
    except msgspec.DecodeError:
        is_right = False
    try:
        read = msgspec.json.decode(written, type=kind)
    except msgspec.DecodeError:
        assert not is_right
    else:
        assert is_right
        assert {
            fields[key]: answers.get(key, msgspec.UNSET if choices.codes is None else rules.NOT_ANSWERED)
            for key, choices in questions.items()
        } == msgspec.structs.asdict(read)

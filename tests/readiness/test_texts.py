"""The texts of findings: two languages that say the same with the same parameters."""

import string
from collections.abc import Mapping

import pytest

from peil.readiness.mistake_texts import MISTAKES
from peil.readiness.rules import Found, told
from peil.readiness.texts import KINDS

LANGUAGES = {"nl", "en"}


def placeholders(text: str) -> list[str]:
    """The names in braces, in alphabetical order."""
    return sorted(name for _, name, _, _ in string.Formatter().parse(text) if name is not None)


@pytest.mark.parametrize("code", KINDS)
def test_a_finding_says_the_same_in_both_languages(code: str) -> None:
    """A title and an advice in each, never the same words; the title with the same parameters, the advice with none."""
    kind = KINDS[code]

    for text in (kind.title, kind.advice):
        assert LANGUAGES == text.keys()
        assert text["nl"] != text["en"]
    assert placeholders(kind.title["nl"]) == placeholders(kind.title["en"])
    assert [] == placeholders(kind.advice["nl"]) + placeholders(kind.advice["en"])


@pytest.mark.parametrize("code", KINDS)
@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_parameters_are_filled_in(code: str, language: str) -> None:
    """Every one of them is told."""
    params: Mapping[str, str] = {name: f"<{name}>" for name in placeholders(KINDS[code].title[language])}
    finding = told(Found(code, "/campaigns/1", params=params), language)

    assert all(value in finding.title for value in params.values())
    assert not {"{", "}"} & {*finding.title, *finding.advice}


def test_mistakes_are_named_in_both_languages() -> None:
    """Each in words of its own."""
    titles = [title for texts in MISTAKES.values() for title in texts.values()]

    assert [LANGUAGES] * len(MISTAKES) == [texts.keys() for texts in MISTAKES.values()]
    assert len(set(titles)) == len(titles)

"""The event catalogue has every event that the source can publish, and no other."""

import ast
from pathlib import Path

import pytest

from peil.webhooks.catalogue import EVENTS
from webhooks.publishing import Source, UnreadableError, published, sources


def source(text: str) -> Source:
    return Source(Path("made.py"), ast.parse(text))


def test_the_catalogue_is_exact() -> None:
    """In both directions: an integrator finds each event there, and waits for none that never comes."""
    assert sorted(published(sources())) == sorted(EVENTS)


def test_each_event_is_explained_in_both_languages() -> None:
    """In a sentence of its own."""
    meanings = [text for meaning in EVENTS.values() for text in meaning]

    assert [] == [text for text in meanings if not text.endswith(".") or not text[0].isupper()]
    assert len(meanings) == len(set(meanings))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("async def a(tx):\n await publish(tx, 'a.b', 's')", {"a.b"}),
        ("async def a(tx, x):\n await publish(tx, 'a.b' if x else 'a.c', 's')", {"a.b", "a.c"}),
        ("async def _a(tx, w):\n await publish(tx, f'a.{w}')\nasync def b(tx):\n await _a(tx, 'x')", {"a.x"}),
        ("async def a(tx):\n w = 'x'\n e = {'x': 'y'}.get(w, w)\n await outbox.publish(tx, f'a.{e}')", {"a.y"}),
    ],
    ids=["text", "choice", "caller", "assigned"],
)
def test_events_are_found_however_they_are_named(text: str, names: set[str]) -> None:
    """By a text, by one of two, by what a caller passes, by what is assigned."""
    assert names == published([source(text)])


def test_what_cannot_be_followed_is_no_event_that_is_missed() -> None:
    """It fails, so that somebody writes it plainly."""
    with pytest.raises(UnreadableError):
        published([source("async def a(tx):\n await publish(tx, made_up(), 's')")])

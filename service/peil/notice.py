"""Puts together what a person is told before answering: once for the API, the intake and every form."""

from collections.abc import Iterator
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta

from peil.notice_texts import LINES, TEXTS
from peil.structs import Texts, Value


class NoticeText(Value, frozen=True, kw_only=True):
    """One thing a person is told before answering, in Dutch and English."""

    code: str
    text: Annotated[Texts, Meta(description="In Dutch and English.")]


class Told(NamedTuple):
    """What the notice depends on beside the mode."""

    asks_comments: bool
    manifest_sha256: str | None
    """Of the public list of keys; None where the mode has none."""
    group: tuple[str, int] | None = None
    """The unit with which the answer is counted, and how many people are invited there; None: not known who reads."""


def notice_of(mode: Literal["blind", "handout", "split"], told: Told) -> list[NoticeText]:
    """What holds for somebody in a wave, in the order in which it is told; no legal advice."""
    unit, invited = told.group or ("", 0)
    return [
        NoticeText(code=code, text=_filled(code, unit=unit, invited=invited, manifest=told.manifest_sha256))
        for code in _codes(mode, told)
    ]


def inline_notice(vendor: str) -> Texts:
    """What is told besides where the form is drawn in a page of `vendor`."""
    return _filled("inline-form", vendor=vendor)


def comment_notice() -> Texts:
    """What is said at every comment: that it is no report."""
    return _filled("comment")


def _codes(mode: Literal["blind", "handout", "split"], told: Told) -> Iterator[str]:
    for code in LINES[mode]:
        if code == "reports-at" and told.group is None:
            yield "reports-with-group"
        elif code != "comments" or told.asks_comments:
            yield code


def _filled(code: str, **values: object) -> Texts:
    return {language: text.format(**values) for language, text in zip(("nl", "en"), TEXTS[code], strict=True)}

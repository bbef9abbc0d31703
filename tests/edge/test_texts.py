"""What findings and problems say to people: words and not the names of a schema, and a number with its own word."""

from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import msgspec
import pytest

from peil import problems
from peil.errors import Busy, Finding
from peil.finding_texts import FINDINGS, FORMATS
from peil.problem_texts import PROBLEMS

ROOT = Path(__file__).parent.parent.parent


def formats_in(part: Any) -> Iterator[str]:
    """The names of formats in a JSON schema, or in a document of many."""
    if isinstance(part, dict):
        if isinstance(part.get("format"), str) and "string" in str(part.get("type")):
            yield part["format"]
        for member in part.values():
            yield from formats_in(member)
    elif isinstance(part, list):
        for item in part:
            yield from formats_in(item)


@pytest.mark.parametrize("name", ["openapi/openapi.json", "schema/instrument-pack.json"])
def test_every_format_has_words(name: str) -> None:
    """Of all that the service describes, in both languages; the documents are tested equal to what it gives."""
    names = {*formats_in(msgspec.json.decode((ROOT / name).read_bytes()))}

    assert "date" in names
    assert set() == names - set(FORMATS)
    assert {("en", "nl")} == {tuple(sorted(words)) for words in FORMATS.values()}


SAID = {
    ("format", "date"): ("Dit is geen datum, zoals 2026-01-31.", "This is not a date, such as 2026-01-31."),
    ("format", "uuid"): (
        "Dit is geen id in de vorm van een UUID, zoals 0190f0c0-0000-7000-8000-000000000000.",
        "This is not an id in the form of a UUID, such as 0190f0c0-0000-7000-8000-000000000000.",
    ),
    ("too-short", 1): ("Minstens 1 teken.", "At least 1 character."),
    ("too-short", 2): ("Minstens 2 tekens.", "At least 2 characters."),
    ("too-long", 1): ("Hoogstens 1 teken.", "At most 1 character."),
    ("too-few-items", 1): ("Minstens 1 onderdeel.", "At least 1 item."),
    ("too-many-items", 100): ("Hoogstens 100 onderdelen.", "At most 100 items."),
}


@pytest.mark.parametrize(("code", "value"), SAID)
def test_a_finding_is_said_in_words(code: str, value: str | int) -> None:
    """A format by what it is, with an example; a limit with one of a thing or several."""
    found = Finding("", code, {"format" if code == "format" else "limit": value})

    assert SAID[code, value] == tuple(problems.finding(found, language).detail for language in ("nl", "en"))


def test_a_second_is_one() -> None:
    """As what is refused for a while says it; and where nothing is said, the text still stands."""
    told = [problems.problem(Busy(retry_after=wait), "nl", "urn:x").detail for wait in (1, 2)]

    assert [True, True] == ["over 1 seconde opnieuw" in told[0], "over 2 seconden opnieuw" in told[1]]
    assert "… seconds" in problems.text("busy", "en")[1]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_text_can_be_filled(language: str) -> None:
    """With nothing, with numbers and with words: two words always stand for a number, and none shows its bar."""
    texts = [one[language] for one in FINDINGS.values()] + [one.detail[language] for one in PROBLEMS.values()]
    names = {name for text in texts for _, name, _, _ in Formatter().parse(text) if name}

    for value in (None, 1, 2, 2.5, "woord"):
        said = {} if value is None else dict.fromkeys(names, value)
        assert not [one for one in texts if "|" in problems._fill({language: one}, language, said)]

"""Bodies: what is refused, what is said about it, and what is taken."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from peil.decoding import Decoder, decoder_for
from peil.errors import Finding, Invalid
from peil.findings import CODES
from peil.json_text import is_too_deep
from peil.structs import Name, Texts, Value


class Walk(Value, frozen=True, tag_field="kind", tag="walk"):
    metres: int


class Talk(Value, frozen=True, tag_field="kind", tag="talk"):
    subject: str


class Activity(Value, frozen=True, kw_only=True):
    name: Name
    starts_at: Annotated[datetime, Meta(tz=True)]
    owner: UUID
    titles: Texts = msgspec.field(default_factory=dict)
    day: date | None = None
    places: Annotated[int, Meta(ge=1, le=10)] = 1
    share: Annotated[float, Meta(gt=0, lt=1)] = 0.5
    what: Walk | Talk | None = None
    weeks: Annotated[list[Annotated[int, Meta(multiple_of=2)]], Meta(min_length=1, max_length=3)] = msgspec.field(
        default_factory=lambda: [2]
    )
    level: Literal["unit", "employer"] = "unit"
    tags: frozenset[str] = frozenset()


GOOD: dict[str, Any] = {
    "name": "Kick-off",
    "startsAt": "2026-11-16T09:00:00+01:00",
    "owner": "0190f0c0-0000-7000-8000-000000000000",
}


class Plain(Value, frozen=True, kw_only=True):
    text: str = ""
    other: str = ""
    number: int = 0
    inner: "Plain | None" = None


def found(body: bytes, shape: Any = Activity) -> list[tuple[str, str]]:
    """Pointer and code of every finding."""
    with pytest.raises(Invalid) as refused:
        decoder_for(shape).decode(body)
    return [(finding.pointer, finding.code) for finding in refused.value.findings]


def findings_of(body: bytes, shape: Any) -> Sequence[Finding] | None:
    """None if the body is taken."""
    try:
        decoder_for(shape).decode(body)
    except Invalid as refused:
        return refused.findings
    return None


def changed(**members: Any) -> bytes:
    return json.dumps({**GOOD, **members}).encode()


def test_a_right_body_becomes_its_type() -> None:
    """Members by their wire names, defaults where absent."""
    activity = decoder_for(Activity).decode(changed(what={"kind": "walk", "metres": 800}, day="2026-11-17"))

    assert (Walk(metres=800), date(2026, 11, 17), 1) == (activity.what, activity.day, activity.places)
    assert datetime(2026, 11, 16, 8, tzinfo=UTC) == activity.starts_at


def test_everything_wrong_is_found_at_once() -> None:
    """One finding for each rule that is broken, at its place; a key with a slash and a tilde is escaped."""
    body = {
        "name": "",
        "startsAt": "2026-11-16T09:00:00",
        "owner": "0190f0c0000070008000000000000000",
        "titles": {"nl": "", "NL": "Weg"},
        "day": "17-11-2026",
        "places": 11,
        "share": 1,
        "what": {"kind": "talk", "metres": 1},
        "weeks": [1, "2", 2, 4],
        "level": "team",
        "tags": ["a", "a"],
        "a/b~c": 1,
    }

    assert {
        ("/name", "too-short"),
        ("/startsAt", "format"),
        ("/owner", "format"),
        ("/titles/nl", "too-short"),
        ("/titles/NL", "pattern"),
        ("/day", "format"),
        ("/places", "too-large"),
        ("/share", "not-below"),
        ("/what/subject", "required"),
        ("/what/metres", "unknown-field"),
        ("/weeks", "too-many-items"),
        ("/weeks/0", "not-a-multiple"),
        ("/weeks/1", "type"),
        ("/level", "not-one-of"),
        ("/tags", "duplicate-item"),
        ("/a~1b~0c", "unknown-field"),
    } == set(found(json.dumps(body).encode()))


@pytest.mark.parametrize(
    ("members", "finding"),
    [
        ({"name": "n" * 201}, ("/name", "too-long")),
        ({"name": "a\nb"}, ("/name", "pattern")),
        ({"name": 1}, ("/name", "type")),
        ({"name": None}, ("/name", "type")),
        ({"places": "2"}, ("/places", "type")),
        ({"places": True}, ("/places", "type")),
        ({"places": 1.5}, ("/places", "type")),
        ({"places": 0}, ("/places", "too-small")),
        ({"share": 0}, ("/share", "not-above")),
        ({"weeks": []}, ("/weeks", "too-few-items")),
        ({"titles": {}}, ("/titles", "too-few-items")),
        ({"tags": ["a", "a"]}, ("/tags", "duplicate-item")),
        ({"startsAt": "2026-11-16 09:00:00Z"}, ("/startsAt", "format")),
        ({"startsAt": "2026-11-16T09:00:00"}, ("/startsAt", "format")),
        ({"startsAt": "2026-11-16T09:00:00+0100"}, ("/startsAt", "format")),
        ({"startsAt": "2026-12-31T23:59:60Z"}, ("/startsAt", "format")),
        ({"day": "0000-01-01"}, ("/day", "format")),
        ({"owner": "{0190f0c0-0000-7000-8000-000000000000}"}, ("/owner", "format")),
        ({"what": 1}, ("/what", "type")),
        ({"what": {"metres": 1}}, ("/what/kind", "required")),
        ({"what": {"kind": "run"}}, ("/what/kind", "not-one-of")),
        ({"what": {"kind": ["walk"]}}, ("/what/kind", "not-one-of")),
        ({"what": {"kind": "walk", "metres": "far"}}, ("/what/metres", "type")),
        ({"name": "a\0b", "level": "unit"}, ("/name", "nul-character")),
        ({"titles": {"nl": "\ud800"}}, ("/titles/nl", "lone-surrogate")),
    ],
)
def test_one_mistake_is_named_at_its_place(members: dict[str, Any], finding: tuple[str, str]) -> None:
    """The first thing said about a body with one mistake is that mistake."""
    assert finding == found(changed(**members))[0]


def test_a_type_says_what_was_expected() -> None:
    """All types that would have been right, null too."""
    findings = findings_of(changed(day=1, what=1), Activity) or ()

    assert [{"expected": "string, null"}, {"expected": "null, object"}] == [f.params for f in findings]


@pytest.mark.parametrize(
    ("body", "params"),
    [
        (b'{"name":\n  1 2}', {"line": 2, "column": 5}),
        (b"\xef\xbb\xbf{}", {"line": 1, "column": 1}),
        (b'{"name": "NaN", "share": NaN}', {"line": 1, "column": 26}),
        (b'[1, -Infinity, "Infinity"]', {"line": 1, "column": 5}),
        (b"{'name': 1}", {"line": 1, "column": 2}),
        (b'"a\x00"', {"line": 1, "column": 3}),
        (b"[01]", {"line": 1, "column": 3}),
        (b'{"a":1,}', {"line": 1, "column": 8}),
    ],
)
def test_what_is_no_json_is_shown_where(body: bytes, params: dict[str, int]) -> None:
    """One finding with line and column, counted from 1."""
    with pytest.raises(Invalid) as refused:
        decoder_for(Activity).decode(body)

    assert [("", "malformed", params)] == [(f.pointer, f.code, f.params) for f in refused.value.findings]


@pytest.mark.parametrize("body", [b"", b" ", b"\r\n"])
def test_where_nothing_came_it_says_so(body: bytes) -> None:
    """Somebody who forgot the body need not look for an error in it."""
    with pytest.raises(Invalid) as refused:
        decoder_for(Activity).decode(body)

    assert [("", "no-body")] == [(f.pointer, f.code) for f in refused.value.findings]


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (b'{"text":"\xff"}', ("", "invalid-utf8")),
        (b'{"text":"\xed\xa0\x80"}', ("", "invalid-utf8")),
        (b"[" * 65 + b"]" * 65, ("", "too-deep")),
        (b"[" * 100_000, ("", "too-deep")),
        (b'{"number":1e999}', ("/number", "number-out-of-range")),
        (b'{"inner":{"number":-1%s}}' % (b"0" * 5000), ("/inner/number", "number-out-of-range")),
    ],
)
def test_what_nothing_can_hold_is_refused(body: bytes, finding: tuple[str, str]) -> None:
    """Text that is no Unicode, nesting without end and numbers without end are findings, not failures."""
    assert [finding] == found(body, Plain)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        (b'{"number":1,"number":1}', "/number"),
        (b'{"inner":{"text":"a:b","text":"::"}}', "/inner/text"),
        (b'{"text":":","t\\u0065xt":"a"}', "/text"),
        # The escaped colon would make up for the one that is lost.
        (b'{"text":"a","text":"\\u003a"}', "/text"),
        (b'{"inner":{"text":"a"},"inner":null}', "/inner"),
    ],
)
def test_a_doubled_key_is_refused(body: bytes, pointer: str) -> None:
    """Whatever the colons in the text, and however the name is written."""
    assert [(pointer, "duplicate-key")] == found(body, Plain)


@pytest.mark.parametrize(
    "body",
    [
        b'{"text":"a:b","other":"::\\\\u0000:"}',
        b'{"text":"\\ud83d\\ude00","other":"\\u003a\\u0041"}',
        '{"text":"2026-11-16 09:00 Kick-off: é"}'.encode(),
    ],
)
def test_odd_but_right_text_is_taken(body: bytes) -> None:
    """A second look refuses nothing by itself: escapes, colons, pairs of surrogates, dates in a text."""
    expected = json.loads(body)["text"]

    assert expected == decoder_for(Plain).decode(body).text


@pytest.mark.parametrize(("written", "meant"), [("1.0", 1), ("1e1", 10), ("-0.0", 0), ("-0", 0), ("20e-1", 2)])
def test_an_integral_float_is_an_integer(written: str, meant: int) -> None:
    """JSON has one kind of number."""
    number = decoder_for(Plain).decode(f'{{"number":{written}}}'.encode()).number

    assert (meant, int) == (number, type(number))


def test_a_float_too_large_to_be_exact_is_no_integer() -> None:
    """Which integer was meant cannot be told from 1e30."""
    assert [("/number", "number-out-of-range")] == found(b'{"number":1e30}', Plain)


def test_findings_end_at_a_hundred() -> None:
    """A hundred, and one that says there are more."""
    findings = found(json.dumps({**GOOD, **{f"x{n}": n for n in range(150)}}).encode())

    assert (101, ("", "more-findings")) == (len(findings), findings[-1])
    assert "more-findings" not in {code for _, code in findings[:-1]}


def test_a_large_wrong_body_costs_no_more_than_a_small_one() -> None:
    """Members that come after the part that is looked at are not said to be missing."""
    findings = found(json.dumps({"weeks": [1] * 300_000, **GOOD}).encode())

    assert ["too-many-items"] + 99 * ["not-a-multiple"] + ["more-findings"] == [code for _, code in findings]


def test_a_mistake_behind_the_part_looked_at_is_found() -> None:
    """At least the first one."""
    numbered = {f"n{n}": n for n in range(5000)}

    assert [("/last", "type")] == found(json.dumps({**numbered, "last": "x"}).encode(), dict[str, int])


def test_a_type_that_cannot_be_strict_is_refused_at_import() -> None:
    """Naive datetimes and Structs that take unknown fields."""

    class Loose(msgspec.Struct):
        name: str

    with pytest.raises(TypeError, match="unknown fields"):
        Decoder(list[Loose])
    with pytest.raises(TypeError, match="tz=True"):
        Decoder(datetime | None)


texts = st.text(max_size=5) | st.sampled_from(["\ud800", "\0", ":", "2026-11-16 09:00:00", "a" * 32])
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=10,
)
activities = st.fixed_dictionaries(
    dict.fromkeys(GOOD, values),
    optional=dict.fromkeys(("titles", "day", "places", "share", "what", "weeks", "level", "tags", "x"), values),
)


@given(activities.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=40))
def test_any_body_is_taken_or_refused_with_known_findings(body: bytes) -> None:
    """Nothing but Invalid comes out, with findings that can be written as UTF-8."""
    findings = findings_of(body, Activity)
    msgspec.json.encode(findings)

    assert {finding.code for finding in findings or ()} <= CODES
    assert findings is None or findings


def _doubled(pairs: list[tuple[str, Any]]) -> bool:
    return len({name for name, _ in pairs}) < len(pairs)


@given(st.lists(st.tuples(st.sampled_from("ab:"), texts.filter(lambda text: "\0" not in text)), max_size=4))
def test_doubled_keys_are_found_exactly(pairs: list[tuple[str, str]]) -> None:
    """A map is refused for it if and only if a name comes twice."""
    members = ",".join(f"{json.dumps(name)}:{json.dumps(text)}" for name, text in pairs)
    findings = findings_of(f"{{{members}}}".encode(), dict[str, Any])

    assert _doubled(pairs) == ("duplicate-key" in {finding.code for finding in findings or ()})


def _depth(value: Any) -> int:
    if isinstance(value, list | dict):
        inner = value if isinstance(value, list) else value.values()
        return 1 + max(map(_depth, inner), default=0)
    return 0


@given(values, st.integers(min_value=0, max_value=70))
def test_depth_is_measured_as_it_is(value: Any, more: int) -> None:
    """Brackets in texts do not count."""
    body = b"[" * more + json.dumps([value, "[" * 80, '\\"[{' * 30]).encode() + b"]" * more

    assert (_depth(value) + 1 + more > 64 or 1 + more > 64) == is_too_deep(body)

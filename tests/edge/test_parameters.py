"""Queries, paths and patches become values as strictly as bodies do."""

from collections.abc import Sequence
from datetime import date, datetime
from enum import IntEnum
from typing import Annotated, Any, Literal
from uuid import UUID

import jsonschema_rs
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Meta

from peil.errors import Finding, Invalid, NotFound
from peil.findings import CODES
from peil.http.parameters import decode_path, decode_query
from peil.patching import merge_patch, patch_type
from peil.structs import Name, Slug, Text, Texts, Value


class Quarter(IntEnum):
    FIRST = 1
    SECOND = 2


class Asked(Value, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=200)] = 50
    cursor: str | None = None
    from_: date | None = msgspec.field(default=None, name="from")
    at: Annotated[datetime, Meta(tz=True)] | None = None
    unit: UUID | None = None
    all: bool = False
    share: float | None = None
    quarter: Quarter = Quarter.FIRST
    order: Literal["name", "score"] = "name"


def found(query: bytes) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as refused:
        decode_query(query, Asked)
    return [(finding.pointer, finding.code) for finding in refused.value.findings]


def findings_of(query: bytes) -> Sequence[Finding]:
    """Nothing if the query is taken."""
    try:
        decode_query(query, Asked)
    except Invalid as refused:
        return refused.findings
    return ()


def test_no_query_is_all_defaults() -> None:
    """What is not asked is as the Struct says."""
    assert Asked() == decode_query(b"", Asked)


def test_each_scalar_is_read_as_its_type() -> None:
    """Numbers, booleans, dates and ids from text; percent-encoding and plus are undone."""
    query = b"limit=10&cursor=a+b%C3%A9&from=2026-11-16&all=true&quarter=2&share=0.5&order=score"

    assert Asked(
        limit=10,
        cursor="a b\u00e9",
        from_=date(2026, 11, 16),
        all=True,
        quarter=Quarter.SECOND,
        share=0.5,
        order="score",
    ) == decode_query(query, Asked)


@pytest.mark.parametrize("written", [b"01", b"1.0", b"%201", b"1_0", b"+1", b"", b"1e1", b"-0", b"\xd9\xa1"])
def test_an_integer_has_one_spelling(written: bytes) -> None:
    """Digits without leading zero, point, space, underscore or plus; ASCII only."""
    assert [("/query/limit", "type")] == found(b"limit=" + written)


@pytest.mark.parametrize(
    ("query", "findings"),
    [
        (b"limit=201", [("/query/limit", "too-large")]),
        (b"limit=" + b"9" * 5000, [("/query/limit", "number-out-of-range"), ("/query/limit", "too-large")]),
        (b"all=1", [("/query/all", "type")]),
        (b"all=True", [("/query/all", "type")]),
        (b"all", [("/query/all", "type")]),
        (b"limit=1&limit=1", [("/query/limit", "duplicate-key")]),
        (b"limit=1&l%69mit=1", [("/query/limit", "duplicate-key")]),
        (b"limit=0&zz=1", [("/query/limit", "too-small"), ("/query/zz", "unknown-field")]),
        (b"limit=1&", [("/query/", "unknown-field")]),
        (b"cursor=%ff", [("/query/cursor", "invalid-utf8")]),
        (b"cursor=%ed%a0%80", [("/query/cursor", "invalid-utf8")]),
        (b"cursor=%zz", [("/query/cursor", "percent-encoding")]),
        (b"cursor=%00", [("/query/cursor", "nul-character")]),
        (b"at=2026-11-16T09:00:00", [("/query/at", "format")]),
        (b"unit=0190f0c0000070008000000000000000", [("/query/unit", "format")]),
        (b"from=2026-02-30", [("/query/from", "format")]),
        (b"quarter=3&order=x", [("/query/quarter", "not-one-of"), ("/query/order", "not-one-of")]),
        (b"share=NaN", [("/query/share", "type")]),
        (b"a%2Fb=1", [("/query/a~1b", "unknown-field")]),
    ],
)
def test_a_wrong_query_is_refused(query: bytes, findings: list[tuple[str, str]]) -> None:
    """All findings, at the key they are about."""
    assert findings == found(query)


def test_findings_of_a_query_end_at_a_hundred() -> None:
    """However often a key is repeated."""
    assert 101 == len(found(b"&".join([b"limit=1"] * 5000)))


@given(
    st.binary(max_size=30)
    | st.lists(st.sampled_from([b"limit", b"at", b"unit", b"=", b"&", b"%", b"1", b"%C3", b"true", b"+", b"%00"])).map(
        b"".join
    )
)
def test_any_query_is_taken_or_refused_with_known_findings(query: bytes) -> None:
    """Nothing but Invalid comes out."""
    findings = findings_of(query)
    msgspec.json.encode(findings)

    assert {finding.code for finding in findings} <= CODES


@pytest.mark.parametrize(
    ("raw", "shape", "value"),
    [
        ("0190f0c0-0000-7000-8000-000000000000", UUID, UUID("0190f0c0-0000-7000-8000-000000000000")),
        ("2026", int, 2026),
        ("2026-11-16", date, date(2026, 11, 16)),
        ("week-1", Slug, "week-1"),
    ],
)
def test_a_segment_becomes_its_type(raw: str, shape: Any, value: Any) -> None:
    """Ids, numbers, dates and slugs."""
    assert value == decode_path(raw, shape)


@pytest.mark.parametrize(
    ("raw", "shape"),
    [
        ("0190f0c0000070008000000000000000", UUID),
        ("x", UUID),
        ("02026", int),
        ("2026-11-16T00:00:00Z", date),
        ("Week", Slug),
        ("week\n", Slug),
        ('"', int),
        ("a\0", str),
    ],
)
def test_a_segment_of_another_type_does_not_exist(raw: str, shape: Any) -> None:
    """Not found, as if it never was."""
    with pytest.raises(NotFound):
        decode_path(raw, shape)


class Place(Value, frozen=True, tag_field="kind", tag="place"):
    room: Name
    seats: int


class Call(Value, frozen=True, tag_field="kind", tag="call"):
    link: Name


class MeetingNew(Value, frozen=True, kw_only=True):
    name: Name
    titles: Texts
    place: Place
    note: Text | None = None
    where: Place | Call | None = None


class Meeting(MeetingNew, frozen=True, kw_only=True):
    id: UUID


MEETING = Meeting(
    id=UUID("0190f0c0-0000-7000-8000-000000000000"),
    name="Retro",
    titles={"nl": "Terugblik", "en": "Retro"},
    place=Place(room="1.04", seats=8),
    note="Bring coffee",
)


def patched(body: bytes) -> MeetingNew:
    return merge_patch(MEETING, body, MeetingNew)


def test_an_empty_patch_changes_nothing() -> None:
    """The input as it is now, without what only the output has."""
    assert MeetingNew(name="Retro", titles=MEETING.titles, place=MEETING.place, note="Bring coffee") == patched(b"{}")


def test_a_patch_reaches_into_objects_and_null_takes_away() -> None:
    """Members of members are merged (RFC 7396); the rest stays."""
    body = b'{"titles":{"nl":null,"de":"R\\u00fcckblick"},"place":{"seats":9},"note":null}'

    assert MeetingNew(
        name="Retro", titles={"en": "Retro", "de": "R\u00fcckblick"}, place=Place(room="1.04", seats=9)
    ) == patched(body)


@pytest.mark.parametrize(
    ("body", "finding"),
    [
        (b'{"name":null}', ("/name", "required")),
        (b'{"titles":{"nl":null,"en":null}}', ("/titles", "too-few-items")),
        (b'{"place":{"seats":"9"}}', ("/place/seats", "type")),
        (b'{"id":"0190f0c0-0000-7000-8000-000000000001"}', ("/id", "unknown-field")),
        (b'{"":null}', ("/", "unknown-field")),
        (b'{"place":{"rooms":null}}', ("/place/rooms", "unknown-field")),
        (b'{"name":"a","name":"b"}', ("/name", "duplicate-key")),
        (b'{"name":"a\\u0000"}', ("/name", "nul-character")),
        (b"[]", ("", "type")),
        (b"{", ("", "malformed")),
    ],
)
def test_a_wrong_patch_is_refused(body: bytes, finding: tuple[str, str]) -> None:
    """As strictly as the whole would be."""
    with pytest.raises(Invalid) as refused:
        patched(body)
    first = refused.value.findings[0]

    assert finding == (first.pointer, first.code)


@pytest.mark.parametrize(
    ("patch", "valid"),
    [
        ({}, True),
        ({"note": None}, True),
        ({"name": None}, False),
        ({"titles": {"nl": None}}, True),
        ({"titles": {}}, True),
        ({"place": {"seats": 9}}, True),
        ({"place": {"kind": "place"}}, True),
        ({"where": {"kind": "call", "link": "x"}}, True),
        ({"name": ""}, False),
        ({"titles": {"NL": "x"}}, False),
        ({"place": {"rooms": "x"}}, False),
        ({"id": "x"}, False),
    ],
)
def test_the_type_of_a_patch_describes_patches(patch: dict[str, Any], valid: bool) -> None:
    """Everything may be absent or null, constraints stay, unknown members are refused."""
    kind = patch_type(MeetingNew)
    (schema,), parts = msgspec.json.schema_components((kind,), ref_template="#/$defs/{name}")

    assert ("MeetingNewPatch", valid) == (
        kind.__name__,
        jsonschema_rs.is_valid({**schema, "$defs": parts}, patch),
    )

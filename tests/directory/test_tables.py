"""Imports of a table: the same import, the same report, line by line, as of NDJSON."""

from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from directory.organisation import codes, found, outcomes, report_of
from peil.csv_lines import lines_of
from peil.csv_text import csv_table
from peil.directory.model import PersonNew
from peil.errors import Invalid
from peil.rest import CSV, Lines
from support.house import Employer, Persona

UNITS = "externalId,name,parentExternalId,validFrom\nroot,Voorbeeld BV,,\ncare,Zorg,root,2027-01-01\n"
PEOPLE = (
    "externalId;unitExternalId;displayName;manages;absent;active;email\r\n"
    '1;root;"Vries; A. de";root|care;;;a@voorbeeld.example\r\n'
    "2;root;;;TRUE;;\r\n"
    "3;;;;;false;\r\n"
)


async def send(hr: Persona, path: str, table: str | bytes, query: str = "") -> httpx.Response:
    content = table.encode() if isinstance(table, str) else table
    headers = {"content-type": "text/csv; charset=utf-8"}
    return await hr.request("POST", path + query, content=content, headers=headers)


async def report(hr: Persona, path: str, table: str | bytes, query: str = "") -> Any:
    return await hr.must(send(hr, path, table, query), 200)


async def test_units_and_people_come_from_tables(employer: Employer) -> None:
    """Behind commas or semicolons, with or without a mark; future-dated; lists, words and empty cells."""
    hr = await employer.client("hr")
    units = await report(hr, "/units/import", "\ufeff" + UNITS)
    people = await report(hr, "/people/import", PEOPLE)
    care = next(
        one for one in (await hr.must(hr.get("/units?on=2027-01-01"), 200))["items"] if one["externalId"] == "care"
    )
    one, two, three = (await hr.must(hr.get("/people"), 200))["items"]

    assert (True, [2, 3]) == (units["written"], [line["line"] for line in units["lines"]])
    assert ("2027-01-01", "root") == (care["validFrom"], care["parentExternalId"])
    assert ["created"] * 3 == outcomes(people)
    assert ("Vries; A. de", "a@voorbeeld.example") == (one["displayName"], one["email"])
    assert {("manager", "root"), ("manager", "care"), ("member", "root")} == {
        (membership["role"], membership["unitExternalId"]) for membership in one["memberships"]
    }
    assert ((False, True), (True, True), (False, False)) == tuple(
        (person["absent"], person["active"]) for person in (one, two, three)
    )


@pytest.mark.parametrize("told", ["sep=;", "SEP=;", '"sep=;"'])
async def test_a_table_may_say_how_it_is_separated(employer: Employer, told: str) -> None:
    """As Excel writes it, on a line of its own: the rows stand where they stand in the file."""
    hr = await employer.client("hr")
    await report(hr, "/units/import", UNITS)
    people = await report(hr, "/people/import", f"\ufeff{told}\r\n{PEOPLE}")
    tabs = await report(hr, "/people/import", "sep=\t\nexternalId\tunitExternalId\n4\troot\n")

    assert ([3, 4, 5], ["created"] * 3) == ([line["line"] for line in people["lines"]], outcomes(people))
    assert ["created"] == outcomes(tabs)


async def test_a_table_that_is_not_utf_8_is_refused(employer: Employer) -> None:
    """Nobody's name is written with signs in the place of letters, whoever reads the table."""
    table = "externalId,unitExternalId,displayName\n1,root,Zo\u00eb\n".encode("latin-1")
    body = Lines(table)
    body.media_type = CSV

    refused = await send(await employer.client("hr"), "/people/import", table)
    with pytest.raises(Invalid):
        lines_of(body, PersonNew)

    assert (400, "invalid-utf8") == (refused.status_code, refused.json()["errors"][0]["code"])


async def test_a_table_says_what_its_lines_would(employer: Employer) -> None:
    """The report is the same, tried and done; a full import takes tables as well."""
    hr = await employer.client("hr")
    lines = [{"externalId": "root", "name": "r"}, {"externalId": "a", "name": "a", "parentExternalId": "nowhere"}]
    table = csv_table(["externalId", "name", "parentExternalId"], [["root", "r", None], ["a", "a", "nowhere"]])
    as_lines = await report_of(hr, "/units/import", b"", *lines, dry_run=True)
    as_table = await report(hr, "/units/import", table, "?dryRun=true")
    await report(hr, "/units/import", UNITS)
    full = await report(hr, "/units/import", "externalId,name\nroot,r\n", "?full=true&dryRun=true")

    assert as_lines == as_table
    assert [[], ["unknown-unit"]] == codes(as_table)
    assert ["care"] == full["absent"]


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("externalId,name,validFrom,shoeSize\n1,a,,42\n", [(1, ["/shoeSize"])]),
        ("externalId,name,name\n1,a,b\n", [(1, ["/name"])]),
        ("name\na\n", [(2, ["/externalId"])]),
        ("externalId,name\n1,a,b\n", [(2, ["/3"])]),
        ('externalId,name\n1,"a\nb"\n2,c\n', [(2, ["/name"]), (4, [])]),
        ("externalId,name,validFrom\n1,a,soon\n", [(2, ["/validFrom"])]),
        ("externalId,name\n1,a\x00b\n", [(2, ["/name", "/name"])]),
        ("\n\nexternalId,name\n\n1,a\n,\n", [(5, [])]),
        ("externalId,name\n", []),
        ("\n", []),
    ],
    ids=["unknown", "twice", "no id", "too many", "lines", "no date", "NUL", "blank", "no rows", "nothing"],
)
async def test_whatever_is_wrong_stands_on_its_line(
    employer: Employer, table: str, expected: list[tuple[int, list[str]]]
) -> None:
    """Counted as an editor counts them; nothing is written where anything is wrong."""
    hr = await employer.client("hr")

    told = await report(hr, "/units/import", table)

    assert expected == [(line["line"], [one["pointer"] for one in line["errors"]]) for line in told["lines"]]
    assert any(pointers for _, pointers in expected) != told["written"]


async def test_what_is_no_table_is_refused(employer: Employer) -> None:
    """A cell that never ends, bytes that are no text, nothing at all, and another type."""
    hr = await employer.client("hr")
    endless = await send(hr, "/units/import", 'externalId,name\n1,"' + "x" * 200_000)
    bytes_ = await send(hr, "/units/import", b"externalId,name\n1,\xff\n")
    nothing = await send(hr, "/units/import", "")
    other = await hr.request("POST", "/units/import", content=b"x", headers={"content-type": "text/plain"})

    assert [400, 400, 400, 415] == [one.status_code for one in (endless, bytes_, nothing, other)]
    assert [("", "malformed")] == found(endless)
    assert [("", "required")] == found(nothing)
    assert "text/csv" in other.headers["accept"]


async def test_a_hundred_thousand_rows_are_all_written_or_none(employer: Employer) -> None:
    """One of them is wrong, the last; nobody is there afterwards, and the report says where it is."""
    hr = await employer.client("hr")
    await report(hr, "/units/import", UNITS)
    rows = [[f"{number}", "root", "\u202eנועה\u200f", f"{number}@x"] for number in range(99_999)]
    names = ["externalId", "unitExternalId", "displayName", "userName"]

    told = await report(hr, "/people/import", csv_table(names, [*rows, ["last", "root", "x", "0@x"]]))
    more = await send(hr, "/people/import", csv_table(names, [*rows, ["a", "root"], ["b", "root"]]))

    assert (False, 99_999, 1) == (told["written"], told["created"], told["refused"])
    assert (100_001, ["user-name-taken"]) == (told["lines"][-1]["line"], codes(told)[-1])
    assert [("", "too-many-items")] == found(more)
    assert [] == (await hr.must(hr.get("/people"), 200))["items"]


NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)


@example([("=1+1", "'-x", True), (" @a", "＝1", False)], ";")
@given(st.lists(st.tuples(NAMES, NAMES, st.booleans()), max_size=5), st.sampled_from([",", ";"]))
def test_what_is_written_is_read_again(rows: list[tuple[str, str, bool]], comma: str) -> None:
    """Also what would begin a formula: the apostrophe that a table puts before it is not part of the name."""
    names = ["externalId", "displayName", "absent"]
    body = Lines(csv_table(names, [[*row[:2], str(row[2]).lower()] for row in rows], comma=comma))
    body.media_type = CSV

    read = [msgspec.json.decode(line) for line in lines_of(body, PersonNew).splitlines() if line]

    assert [dict(zip(names, row, strict=True)) for row in rows] == read

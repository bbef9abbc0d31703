"""Imports: any order, all or nothing, and a report that names every line."""

import pytest

from directory.organisation import add_people, add_units, codes, outcomes, report_of, send_lines
from support.house import Employer, Persona

UNITS = (
    {"externalId": "team", "name": "Team", "parentExternalId": "north"},
    {"externalId": "north", "name": "North", "parentExternalId": "root"},
    {"externalId": "root", "name": "Root", "parentExternalId": None},
)


def person(external_id: str, unit: str | None = "team", **more: object) -> dict[str, object]:
    return {"externalId": external_id, "unitExternalId": unit, **more}


async def listed(hr: Persona, path: str) -> list[str]:
    return [item["externalId"] for item in (await hr.must(hr.get(path), 200))["items"]]


async def test_units_come_in_any_order(employer: Employer) -> None:
    """Children before parents; a second time nothing changes; a line that differs is an update."""
    hr = await employer.client("hr")

    first = await report_of(hr, "/units/import", *UNITS)
    second = await report_of(hr, "/units/import", *UNITS)
    third = await report_of(hr, "/units/import", UNITS[0] | {"name": "Ploeg"}, UNITS[1])

    assert (True, 3, ["created"] * 3) == (first["written"], first["created"], outcomes(first))
    assert ["unchanged"] * 3 == outcomes(second)
    assert ["updated", "unchanged"] == outcomes(third)
    assert ["north", "root", "team"] == await listed(hr, "/units")


async def test_a_dry_run_writes_nothing(employer: Employer) -> None:
    """It says what would happen."""
    hr = await employer.client("hr")

    report = await report_of(hr, "/units/import", *UNITS, dry_run=True)

    assert (True, False, ["created"] * 3) == (report["dryRun"], report["written"], outcomes(report))
    assert [] == await listed(hr, "/units")


async def test_one_refused_line_refuses_all(employer: Employer) -> None:
    """The others are told what would have happened to them."""
    hr = await employer.client("hr")

    report = await report_of(hr, "/units/import", *UNITS, {"externalId": "x", "name": ""})

    assert (False, 1, ["created"] * 3 + ["refused"]) == (
        report["written"],
        report["refused"],
        outcomes(report),
    )
    assert ("x", 4, "/name") == (
        report["lines"][3]["externalId"],
        report["lines"][3]["line"],
        report["lines"][3]["errors"][0]["pointer"],
    )
    assert [] == await listed(hr, "/units")


async def test_a_unit_under_one_that_is_refused_is_not_blamed(employer: Employer) -> None:
    """The unit above is in the import, though its line cannot be read."""
    hr = await employer.client("hr")

    report = await report_of(
        hr, "/units/import", UNITS[2], UNITS[1] | {"name": ""}, UNITS[0], UNITS[0] | {"externalId": "other"}
    )

    assert [[], ["too-short"], [], []] == codes(report)


async def test_whatever_is_wrong_with_a_tree_is_found_line_by_line(employer: Employer) -> None:
    """Cycle through three, self-parent, unknown parent, second root, an id that comes twice."""
    hr = await employer.client("hr")

    report = await report_of(
        hr,
        "/units/import",
        {"externalId": "root", "name": "Root"},
        {"externalId": "a", "name": "A", "parentExternalId": "c"},
        {"externalId": "b", "name": "B", "parentExternalId": "a"},
        {"externalId": "c", "name": "C", "parentExternalId": "b"},
        {"externalId": "d", "name": "D", "parentExternalId": "d"},
        {"externalId": "e", "name": "E", "parentExternalId": "nowhere"},
        {"externalId": "f", "name": "F"},
        {"externalId": "root", "name": "Again"},
        {"externalId": "g", "name": "G", "parentExternalId": "b"},
    )

    assert [
        [],
        *[["unit-cycle"]] * 3,
        ["own-parent"],
        ["unknown-unit"],
        ["second-root"],
        ["duplicate-line"],
        [],
    ] == codes(report)


async def test_a_cycle_with_units_that_are_there_already_is_found(employer: Employer) -> None:
    """The import and the directory are one tree."""
    hr = await employer.client("hr")
    await report_of(hr, "/units/import", *UNITS)

    report = await report_of(hr, "/units/import", {"externalId": "north", "name": "North", "parentExternalId": "team"})

    assert [["unit-cycle"]] == codes(report)


@pytest.mark.parametrize(
    ("line", "external_id", "expected"),
    [
        (b"{", None, ["malformed"]),
        (b"[]", None, ["type"]),
        (b'{"externalId": "a", "name": "\\u0000"}', "a", ["pattern"]),
        (b'{"externalId": "\\u0000", "name": "A"}', None, ["nul-character", "pattern"]),
        (b'{"externalId": "\\ud800", "name": "A"}', None, ["lone-surrogate"]),
        (b'{"externalId": "a", "name": "A", "extra": 1}', "a", ["unknown-field"]),
        (b'{"externalId": "a", "externalId": "b", "name": "A"}', "b", ["duplicate-key"]),
        (b'{"externalId": 1, "name": 2}', None, ["type", "type"]),
        (b"[" * 100_000, None, ["too-deep"]),
    ],
)
async def test_a_line_that_cannot_be_read_is_refused(
    employer: Employer, line: bytes, external_id: str | None, expected: list[str]
) -> None:
    """Its report has every finding, and the external id where that is legible."""
    hr = await employer.client("hr")

    report = await report_of(hr, "/units/import", line)

    assert ["refused"] == outcomes(report)
    assert external_id == report["lines"][0]["externalId"]
    assert set(expected) <= set(codes(report)[0])


async def test_what_is_no_text_is_no_import(employer: Employer) -> None:
    """One line of invalid UTF-8 refuses the request as a whole, as everywhere."""
    hr = await employer.client("hr")

    response = await send_lines(hr, "/units/import", UNITS[2], b'{"externalId": "\xff", "name": "A"}')

    assert (400, "invalid-utf8") == (response.status_code, response.json()["errors"][0]["code"])
    assert [] == await listed(hr, "/units")


@pytest.mark.parametrize("body", [b"\n\n", b"  \r\n"])
async def test_an_import_without_lines_does_nothing(employer: Employer, body: bytes) -> None:
    """Blank lines are no lines."""
    hr = await employer.client("hr")

    response = await send_lines(hr, "/people/import", body)

    assert (200, []) == (response.status_code, response.json()["lines"])


async def test_a_forgotten_body_is_no_import(employer: Employer) -> None:
    """A report that all went well would hide that nothing was sent."""
    hr = await employer.client("hr")

    response = await send_lines(hr, "/people/import", b"")

    assert (400, "required") == (response.status_code, response.json()["errors"][0]["code"])


async def test_blank_lines_count_in_line_numbers(employer: Employer) -> None:
    """An editor shows the same numbers."""
    hr = await employer.client("hr")

    report = await report_of(hr, "/units/import", b"", UNITS[2], b"\r", b"{")

    assert [2, 4] == [line["line"] for line in report["lines"]]


async def test_too_many_lines_are_refused(employer: Employer) -> None:
    """100,001 lines are more than an import takes."""
    hr = await employer.client("hr")

    response = await send_lines(hr, "/units/import", *([b"1"] * 100_001))

    assert (400, "too-many-items") == (response.status_code, response.json()["errors"][0]["code"])


async def test_a_report_of_many_findings_is_cut(employer: Employer) -> None:
    """Every refused line says so, but only the first 10,000 findings are spelled out."""
    hr = await employer.client("hr")
    line = person("a", manages=list(range(100)))

    report = await report_of(hr, "/people/import", *[line] * 102)

    assert [100, 100, 1, 1] == [len(errors) for errors in codes(report)[98:]]
    assert (["more-findings"], 102) == (codes(report)[-1], report["refused"])


async def test_texts_are_in_the_callers_language(employer: Employer) -> None:
    """A Dutch caller reads Dutch."""
    hr = await employer.client("hr")

    response = await hr.request(
        "POST",
        "/units/import",
        content=b'{"externalId": "a", "name": "A", "parentExternalId": "a"}',
        headers={"content-type": "application/x-ndjson", "accept-language": "nl"},
    )

    assert "Een afdeling kan niet onder zichzelf hangen." == response.json()["lines"][0]["errors"][0]["detail"]


async def test_people_are_created_moved_and_ended(employer: Employer) -> None:
    """A line says everything about its person; who is not in the import stays."""
    hr = await employer.client("hr")
    await report_of(hr, "/units/import", *UNITS)

    first = await report_of(hr, "/people/import", person("a", manages=["team"]), person("b"), person("c"), person("d"))
    second = await report_of(hr, "/people/import", person("a"), person("b", "north"), person("c", None, active=False))
    third = await report_of(hr, "/people/import", person("a"), person("b", "north"), person("c", None, active=False))
    people = (await hr.must(hr.get("/people"), 200))["items"]

    assert ["created"] * 4 == outcomes(first)
    assert ["updated"] * 3 == outcomes(second)
    assert ["unchanged"] * 3 == outcomes(third)
    assert [("a", "team", []), ("b", "north", []), ("c", None, []), ("d", "team", [])] == [
        (one["externalId"], one["unitExternalId"], one["manages"]) for one in people
    ]


async def test_people_who_do_not_fit_are_refused_line_by_line(employer: Employer) -> None:
    """Unknown unit, user name of somebody else in another case, no unit; managing one's own unit is fine."""
    hr = await employer.client("hr")
    await report_of(hr, "/units/import", *UNITS)
    await add_people(hr, ("there", "team"), userName="there@x")

    report = await report_of(
        hr,
        "/people/import",
        person("a", "nowhere"),
        person("b", userName="THERE@x"),
        person("c", None),
        person("d", manages=["team"]),
        person("d"),
    )

    assert [["unknown-unit"], ["user-name-taken"], ["unit-required"], [], ["duplicate-line"]] == codes(report)
    assert ["there"] == await listed(hr, "/people")


async def test_people_can_swap_user_names(employer: Employer) -> None:
    """Only what comes out has to be one person's."""
    hr = await employer.client("hr")
    await report_of(hr, "/units/import", *UNITS)
    await report_of(hr, "/people/import", person("a", userName="x"), person("b", userName="y"))

    report = await report_of(hr, "/people/import", person("a", userName="y"), person("b", userName="x"))

    assert (True, ["updated", "updated"]) == (report["written"], outcomes(report))


async def test_imports_stay_with_their_employer(employer: Employer, other_employer: Employer) -> None:
    """Units of another employer are unknown."""
    await add_units(await other_employer.client("hr"), ("root", None))
    hr = await employer.client("vendor_integration")

    report = await report_of(hr, "/people/import", person("a", "root"))

    assert [["unknown-unit"]] == codes(report)


async def test_who_may_only_read_imports_nothing(employer: Employer) -> None:
    """The administrator reads the directory; HR writes it."""
    administrator = await employer.client("administrator")

    response = await send_lines(administrator, "/units/import", *UNITS)

    assert 403 == response.status_code


async def test_a_large_import_is_told_once(employer: Employer) -> None:
    """20,000 people in one request, in more than one batch, with one event."""
    hr = await employer.client("hr")
    await report_of(hr, "/units/import", *UNITS)
    lines = [person(f"{number:05}", userName=f"{number}@x", manages=["team"]) for number in range(20_000)]

    report = await report_of(hr, "/people/import", *lines)
    again = await report_of(hr, "/people/import", *lines)
    async with employer.house.parts.database.transaction(employer.employer_id) as rows:
        events = await rows.many(
            str,
            "select type from peil.event where employer_id = $1 and type in ('directory.imported', 'person.created')",
            employer.employer_id,
        )

    assert (20_000, 20_000) == (report["created"], again["unchanged"])
    assert ["directory.imported"] * 2 == events

"""Full imports: what no line names ends, and more than a tenth of it not unless somebody confirms the number."""

from typing import Any

import msgspec
import pytest

from support.house import Employer, Persona

NDJSON = {"content-type": "application/x-ndjson"}


async def send(hr: Persona, path: str, lines: list[dict[str, Any]]) -> Any:
    content = b"\n".join(map(msgspec.json.encode, lines))
    return await hr.request("POST", path, content=content, headers=NDJSON)


def people(*numbers: int) -> list[dict[str, Any]]:
    return [{"externalId": f"p{number}", "unitExternalId": "root"} for number in numbers]


@pytest.fixture
async def hr(employer: Employer) -> Persona:
    """HR of an employer of fifty people in one unit, with an empty one beneath it."""
    hr = await employer.client("hr")
    units = [{"externalId": "root", "name": "r"}, {"externalId": "old", "name": "o", "parentExternalId": "root"}]
    await hr.must(send(hr, "/units/import", units), 200)
    await hr.must(send(hr, "/people/import", people(*range(50))), 200)
    return hr


async def active(hr: Persona) -> int:
    page = await hr.must(hr.get("/people?limit=200"), 200)
    return sum(one["active"] for one in page["items"])


async def test_a_full_import_says_who_is_absent_and_ends_them(hr: Persona) -> None:
    """A dry run tells and ends nobody; a tenth may go without a word, and their memberships end."""
    tried = await hr.must(send(hr, "/people/import?full=true&dryRun=true", people(*range(45))), 200)
    before = await active(hr)
    done = await hr.must(send(hr, "/people/import?full=true", people(*range(45))), 200)
    gone = next(one for one in (await hr.must(hr.get("/people?limit=200"), 200))["items"] if one["externalId"] == "p47")

    assert [f"p{number}" for number in range(45, 50)] == tried["absent"] == done["absent"]
    assert ([False, True], [50, 45]) == ([tried["written"], done["written"]], [before, await active(hr)])
    assert (False, None) == (gone["active"], gone["unitId"])


async def test_more_than_a_tenth_needs_a_confirmation(hr: Persona) -> None:
    """Of the number, and not of less; nothing is written without it, not even what was new."""
    lines = [*people(*range(40)), *people(99)]
    refused = await send(hr, "/people/import?full=true", lines)
    too_few = await send(hr, "/people/import?full=true&confirm=9", lines)
    before = await active(hr)
    done = await hr.must(send(hr, "/people/import?full=true&confirm=10", lines), 200)

    assert [(409, "too-many-disappear")] * 2 == [(one.status_code, one.json()["code"]) for one in (refused, too_few)]
    assert (50, 10, 41) == (before, len(done["absent"]), await active(hr))


async def test_a_refused_line_is_not_absent(hr: Persona) -> None:
    """Whoever has a line that cannot be read has not disappeared."""
    report = await hr.must(
        send(hr, "/people/import?full=true", [*people(*range(49)), {"externalId": "p49", "email": "x"}]), 200
    )

    assert ([], False, 50) == (report["absent"], report["written"], await active(hr))


async def test_units_that_are_absent_end(hr: Persona) -> None:
    """One that is empty; one with people or with units under it is still needed, and nothing is written."""
    root = {"externalId": "root", "name": "r"}
    needed = await send(hr, "/units/import?full=true", [{"externalId": "new", "name": "n", "parentExternalId": "root"}])
    done = await hr.must(send(hr, "/units/import?full=true", [root]), 200)
    left = (await hr.must(hr.get("/units"), 200))["items"]

    assert (409, "absent-unit-needed") == (needed.status_code, needed.json()["errors"][0]["code"])
    assert (["old"], ["root"]) == (done["absent"], [one["externalId"] for one in left])


async def test_without_full_nothing_is_absent(hr: Persona) -> None:
    """What no line names stays as it is."""
    report = await hr.must(send(hr, "/people/import", people(1)), 200)

    assert ([], 50) == (report["absent"], await active(hr))

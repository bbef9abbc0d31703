"""Units over HTTP: a tree that is built, moved and pruned one unit at a time."""

from datetime import timedelta

import pytest

from directory.organisation import add_people, add_units, found
from peil import clock
from support.house import Employer


async def test_hr_builds_a_tree(employer: Employer) -> None:
    """A unit is answered with its parent, and found again under its address."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None), ("team", "root"))

    seen = await hr.must(hr.get(f"/units/{units['team']['unitId']}"), 200)

    assert units["team"] == seen
    assert (units["root"]["unitId"], "root", None) == (
        seen["parentId"],
        seen["parentExternalId"],
        seen["validTo"],
    )


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ({"externalId": "a", "name": "A", "parentExternalId": "nowhere"}, "unknown-unit"),
        ({"externalId": "a", "name": "A", "parentExternalId": "a"}, "own-parent"),
        ({"externalId": "a", "name": "A"}, "second-root"),
    ],
)
async def test_a_unit_that_does_not_fit_the_tree_is_refused(
    employer: Employer, unit: dict[str, str], expected: str
) -> None:
    """The answer says at which field and why."""
    hr = await employer.client("hr")
    await add_units(hr, ("root", None))

    refused = await hr.post("/units", unit)

    assert (409, "directory-conflict") == (refused.status_code, refused.json()["code"])
    assert [("/parentExternalId", expected)] == found(refused)


async def test_an_external_id_is_one_units_only(employer: Employer) -> None:
    """A second unit with the same id is a conflict, not an update."""
    hr = await employer.client("hr")
    await add_units(hr, ("root", None), ("a", "root"))

    refused = await hr.post("/units", {"externalId": "a", "name": "B", "parentExternalId": "root"})

    assert (409, "external-id-taken") == (refused.status_code, refused.json()["code"])


@pytest.mark.parametrize("name", ["\0", "", "a\u0001b", "x" * 201])
async def test_names_that_cannot_be_stored_or_shown_are_refused(employer: Employer, name: str) -> None:
    """NUL and other control characters are bad input, not a failure."""
    hr = await employer.client("hr")

    refused = await hr.post("/units", {"externalId": "a", "name": name})

    assert 400 == refused.status_code


async def test_hr_moves_a_unit(employer: Employer) -> None:
    """A merge patch changes what it names; the cycle it would make is refused."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None), ("a", "root"), ("b", "a"), ("c", "b"))
    path = f"/units/{units['c']['unitId']}"
    etag = (await hr.get(path)).headers["etag"]

    moved = await hr.patch(path, {"parentExternalId": "root"}, etag)
    closed = await hr.patch(f"/units/{units['a']['unitId']}", {"parentExternalId": "b"}, "*")

    assert (200, "root", "c") == (
        moved.status_code,
        moved.json()["parentExternalId"],
        moved.json()["name"],
    )
    assert [("/parentExternalId", "unit-cycle")] == found(closed)


async def test_changes_need_the_version_that_was_seen(employer: Employer) -> None:
    """428 without If-Match, 412 with an old one, on PATCH and DELETE."""
    hr = await employer.client("hr")
    path = f"/units/{(await add_units(hr, ('root', None)))['root']['unitId']}"
    etag = (await hr.get(path)).headers["etag"]
    await hr.must(hr.patch(path, {"name": "Other"}, etag), 200)

    answers = [
        await hr.patch(path, {"name": "X"}),
        await hr.delete(path),
        await hr.patch(path, {"name": "X"}, etag),
        await hr.delete(path, etag),
    ]

    assert [428, 428, 412, 412] == [answer.status_code for answer in answers]


async def test_the_external_id_of_a_unit_stays(employer: Employer) -> None:
    """It is the HR system's key: another one is another unit."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None))

    refused = await hr.patch(f"/units/{units['root']['unitId']}", {"externalId": "other"}, "*")

    assert [("/externalId", "immutable")] == found(refused)


async def test_a_unit_in_use_is_not_deleted(employer: Employer) -> None:
    """Units under it and people in it are each named."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None), ("a", "root"))
    await add_people(hr, ("p", "root"))

    refused = await hr.delete(f"/units/{units['root']['unitId']}", "*")

    assert 409 == refused.status_code
    assert [("", "unit-has-children"), ("", "unit-has-members")] == found(refused)


async def test_a_deleted_unit_is_gone_and_can_begin_again(employer: Employer) -> None:
    """Its address is 404, its managers manage it no longer, and its external id gives the same unit."""
    hr = await employer.client("hr")
    units = await add_units(hr, ("root", None), ("a", "root"))
    people = await add_people(hr, ("p", "root"), manages=["a"])
    path = f"/units/{units['a']['unitId']}"

    deleted = await hr.delete(path, "*")
    gone = [(await hr.get(path)).status_code, (await hr.patch(path, {}, "*")).status_code]
    listed = await hr.must(hr.get("/units"), 200)
    manager = await hr.must(hr.get(f"/people/{people['p']['personId']}"), 200)
    await add_units(hr, ("a", "root"))
    again = await hr.must(hr.get(path), 200)

    assert (204, [404, 404]) == (deleted.status_code, gone)
    assert ["root"] == [unit["externalId"] for unit in listed["items"]]
    assert [] == manager["manages"]
    assert units["a"] == again


async def test_a_unit_of_the_future_that_is_deleted_never_was(employer: Employer) -> None:
    """It is in no list, also not in that of its first day."""
    hr = await employer.client("hr")
    await add_units(hr, ("root", None))
    soon = (clock.now() + timedelta(days=30)).date().isoformat()
    future = {"externalId": "a", "name": "A", "parentExternalId": "root", "validFrom": soon}
    unit = await hr.must(hr.post("/units", future))

    await hr.must(hr.delete(f"/units/{unit['unitId']}", "*"), 204)
    listed = await hr.must(hr.get(f"/units?on={soon}"), 200)

    assert ["root"] == [unit["externalId"] for unit in listed["items"]]


async def test_units_are_listed_by_day_and_page(employer: Employer) -> None:
    """A unit of the future is in the list of its first day, not in today's."""
    hr = await employer.client("hr")
    await add_units(hr, ("root", None), ("b", "root"), ("a", "root"))
    soon = (clock.now() + timedelta(days=30)).date().isoformat()
    future = {"externalId": "c", "name": "C", "parentExternalId": "root", "validFrom": soon}
    await hr.must(hr.post("/units", future))

    first = await hr.must(hr.get(f"/units?limit=3&on={soon}"), 200)
    second = await hr.must(hr.get(f"/units?limit=3&on={soon}&cursor={first['next']}"), 200)
    today = await hr.must(hr.get("/units"), 200)

    assert ["a", "b", "c"] == [unit["externalId"] for unit in first["items"]]
    assert (["root"], None) == ([unit["externalId"] for unit in second["items"]], second["next"])
    assert ["a", "b", "root"] == [unit["externalId"] for unit in today["items"]]


async def test_a_cursor_is_good_for_its_own_list(employer: Employer) -> None:
    """Neither for another day nor for people."""
    hr = await employer.client("hr")
    await add_units(hr, ("root", None), ("a", "root"))
    cursor = (await hr.must(hr.get("/units?limit=1"), 200))["next"]

    answers = [await hr.get(f"/units?on=2030-01-01&cursor={cursor}"), await hr.get(f"/people?cursor={cursor}")]

    assert [400, 400] == [answer.status_code for answer in answers]


async def test_another_employers_units_do_not_exist(employer: Employer, other_employer: Employer) -> None:
    """Not to get, change, delete or hang something under."""
    hr, other = await employer.client("hr"), await other_employer.client("hr")
    path = f"/units/{(await add_units(hr, ('root', None)))['root']['unitId']}"

    answers = [
        await other.get(path),
        await other.patch(path, {"name": "X"}, "*"),
        await other.delete(path, "*"),
        await other.post("/units", {"externalId": "a", "name": "A", "parentExternalId": "root"}),
    ]

    assert [404, 404, 404, 409] == [answer.status_code for answer in answers]


async def test_changes_are_recorded_and_told(employer: Employer) -> None:
    """Every change of a unit has an event with its address and nothing else."""
    hr = await employer.client("hr")
    unit_id = (await add_units(hr, ("root", None)))["root"]["unitId"]
    await hr.must(hr.patch(f"/units/{unit_id}", {"name": "B"}, "*"), 200)
    await hr.must(hr.delete(f"/units/{unit_id}", "*"), 204)

    async with employer.house.parts.database.transaction(employer.employer_id) as rows:
        subject = f"units/{unit_id}"
        of_employer = "where employer_id = $1 and subject = $2"
        events = await rows.many(
            str, f"select type from peil.event {of_employer} order by event_id", employer.employer_id, subject
        )
        audit = await rows.many(
            str, f"select event from peil.audit {of_employer} order by audit_id", employer.employer_id, subject
        )

    assert ["unit.created", "unit.deleted", "unit.updated"] == sorted(events)
    assert ["create_unit", "delete_unit", "update_unit"] == sorted(audit)

"""What changed in the directory since a moment, for whoever keeps one beside it."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from cases.measuring import advance, time_of
from scim.client import provisioner_of
from support.apis import Api, Rest, Speak
from support.personas import NDJSON, Cast, add_people

OLE = {"externalId": "ole", "unitExternalId": "field"}


@pytest.fixture
async def since(cast: Cast) -> str:
    """A moment after which nothing was written yet: everything there is was written an hour before."""
    await add_people(cast.hr, [OLE])
    await advance(cast, hours=1)
    return (await time_of(cast)).isoformat()


async def changed(api: Api, since: str) -> tuple[list[str], list[str]]:
    """External ids of units and of people, read two at a time."""
    return await everything(api.list_units, since), await everything(api.list_people, since)


async def everything(read: Any, since: str) -> list[str]:
    found, cursor = [], None
    while True:
        page = (await read(modifiedAfter=since, limit=2, **({"cursor": cursor} if cursor else {}))).must()
        found += [one["externalId"] for one in page["items"]]
        cursor = page["next"]
        if cursor is None:
            return found


async def id_of(cast: Cast, external_id: str) -> str:
    people = (await Rest(cast.hr).list_people(limit=200)).must()["items"]
    return str(next(one["personId"] for one in people if one["externalId"] == external_id))


async def test_nothing_has_changed_at_first(speak: Speak, cast: Cast, since: str) -> None:
    """Not by the same lines again either; and before that moment everything was new."""
    before = (datetime.fromisoformat(since) - timedelta(hours=2)).isoformat()
    await advance(cast, hours=1)
    await add_people(cast.hr, [OLE])

    assert ([], []) == await changed(speak(cast.hr), since)
    assert (4, 6) == tuple(map(len, await changed(speak(cast.hr), before)))


async def test_whatever_is_written_counts(speak: Speak, cast: Cast, since: str) -> None:
    """A name, a move, a new one; by an import, one by one and over SCIM; with when it was."""
    hr = Rest(cast.hr)
    await advance(cast, hours=1)
    now = await time_of(cast)
    (await hr.update_unit(cast.units["care"], {"name": "Zorg"}, if_match="*")).must()
    (await hr.update_person(await id_of(cast, "employee"), {"unitExternalId": "care"}, if_match="*")).must()
    await add_people(cast.hr, [OLE | {"displayName": "Ole"}, {"externalId": "nia", "unitExternalId": "care"}])
    idp = await provisioner_of(cast)
    manager = await id_of(cast, "manager")
    await idp.patch(f"/Users/{manager}", {"op": "add", "path": "userName", "value": "m@voorbeeld.example"})

    units, people = await changed(speak(cast.hr), since)
    told = (await speak(cast.hr).get_unit(cast.units["care"])).must(), (await hr.get_person(manager)).must()

    assert (["care"], ["employee", "manager", "nia", "ole"]) == (units, people)
    assert [now, now] == [datetime.fromisoformat(one["modifiedAt"]) for one in told]


async def test_who_and_what_has_ended_is_told(speak: Speak, cast: Cast, since: str) -> None:
    """A unit that ended stands in the list with its end, as somebody who left does and is erased."""
    hr = Rest(cast.hr)
    ended = (await hr.create_unit({"externalId": "kort", "name": "Kort", "parentExternalId": "root"})).must()
    await advance(cast, hours=1)
    (await hr.delete_unit(ended["unitId"], if_match="*")).must()
    ole = await id_of(cast, "ole")
    line = msgspec.json.encode({"externalId": "ole", "active": False})
    await cast.hr.must(cast.hr.request("POST", "/people/import?eraseAfter=1", content=line, headers=NDJSON), 200)

    units = (await speak(cast.hr).list_units(modifiedAfter=since)).must()["items"]
    left = (await speak(cast.hr).list_people(modifiedAfter=since)).must()["items"]
    await advance(cast, days=2)
    later = (await time_of(cast) - timedelta(hours=1)).isoformat()

    assert [("kort", (await time_of(cast)).date() - timedelta(days=2))] == [
        (one["externalId"], datetime.fromisoformat(one["validTo"]).date()) for one in units
    ]
    assert [("ole", False)] == [(one["externalId"], one["active"]) for one in left]
    assert ([], [f"erased-{ole}"]) == await changed(speak(cast.hr), later)
    assert "kort" not in [one["externalId"] for one in (await hr.list_units()).must()["items"]]


async def test_a_reader_sees_no_more_by_it(speak: Speak, cast: Cast, since: str) -> None:
    """Whoever reaches the own subtree, or the own person, is told what changed there."""
    await advance(cast, hours=1)
    await add_people(cast.hr, [OLE | {"displayName": "Ole"}, {"externalId": "nia", "unitExternalId": "care"}])

    assert ([], ["ole"]) == await changed(speak(cast.manager), since)
    assert ([], []) == await changed(speak(cast.employee), since)


@pytest.mark.parametrize("when", ["2026-11-29", "2026-11-29T10:00:00", "yesterday"])
async def test_a_moment_has_an_offset(speak: Speak, cast: Cast, when: str) -> None:
    """Else nobody knows when it was."""
    answers = [await read(modifiedAfter=when) for read in (speak(cast.hr).list_people, speak(cast.hr).list_units)]

    assert ["refused", "refused"] == [one.word for one in answers]

"""`meta.lastModified`, which says when a user was last changed, by whomever."""

from datetime import UTC, date, datetime

import pytest

from scim.client import Provisioner
from scim.test_leaving import advance, send
from scim.test_leaving_later import day, leaves, ole  # noqa: F401  # a fixture
from support.apis import Rest
from support.personas import Cast


async def modified(idp: Provisioner, person_id: str) -> datetime:
    user = await idp.must("GET", f"/Users/{person_id}")
    return datetime.fromisoformat(user["meta"]["lastModified"])


@pytest.mark.parametrize("known_to_scim", [True, False])
async def test_it_moves_when_hr_changes_the_person(
    cast: Cast,
    idp: Provisioner,
    ole: str,  # noqa: F811
    known_to_scim: bool,
) -> None:
    """Also of who came by HR, and of whom SCIM has said nothing."""
    if known_to_scim:
        await idp.patch(f"/Users/{ole}", {"op": "replace", "path": "displayName", "value": "O"})
    before = await modified(idp, ole)
    await advance(cast, 1)

    (await Rest(cast.hr).update_person(ole, {"displayName": "Ole O."}, if_match="*")).must()
    changed = await modified(idp, ole)
    await advance(cast, 2)

    assert before < changed == await modified(idp, ole)


async def test_it_moves_on_the_day_of_leaving(cast: Cast, idp: Provisioner, ole: str) -> None:  # noqa: F811
    """On which the user is not active any more."""
    await send(cast.hr, "/people/import", [leaves(10)])
    await advance(cast, 9)
    eve = await modified(idp, ole)
    await advance(cast, 10)
    gone: date = (await modified(idp, ole)).astimezone(UTC).date()

    assert eve.astimezone(UTC).date() < gone == day(10)

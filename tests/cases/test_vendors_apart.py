"""With whom else an employer works is none of a vendor's business: clients, SCIM connections and events of others."""

from typing import Any, NamedTuple

import pytest

from cases.test_events import read_feed
from support.apis import Rest, Speak
from support.house import House, Persona, Vendor
from support.personas import Cast

CLIENT = {"name": "koppeling", "roles": ["vendor_integration"]}


class Beside(NamedTuple):
    """Two vendors at one employer, what the other one made there, and what an administrator did."""

    mine: Vendor
    theirs: Vendor
    client_id: str
    connection_id: str
    standing: tuple[str, str]
    """The administrator's own client and connection."""

    @property
    def hidden(self) -> set[str]:
        """Subjects of events that are none of mine."""
        return {
            f"vendors/{self.theirs.vendor_id}",
            f"clients/{self.client_id}",
            f"scim-connections/{self.connection_id}",
        }


@pytest.fixture
async def beside(cast: Cast, house: House) -> Beside:
    mine, theirs = await house.vendor(), await house.vendor()
    administrator = Rest(cast.administrator)
    for vendor in (mine, theirs):
        (await administrator.create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()
    acting = Rest(await theirs.at(cast.employer_id))
    client, standing = [(await one.create_client(cast.employer_id, CLIENT)).must() for one in (acting, administrator)]
    connection, own = [(await one.create_scim_connection({"name": "x"})).must() for one in (acting, administrator)]
    (await administrator.confirm_scim_connection(connection["connectionId"], if_match="*")).must()
    await house.work()
    return Beside(
        mine, theirs, client["clientId"], connection["connectionId"], (standing["clientId"], own["connectionId"])
    )


async def seen_by(api: Any, cast: Cast) -> set[str]:
    """Ids of the clients and connections in its lists."""
    clients = (await api.list_clients(cast.employer_id, limit=100)).must()["items"]
    connections = (await api.list_scim_connections(limit=100)).must()["items"]
    return {one["clientId"] for one in clients} | {one["connectionId"] for one in connections}


async def test_what_another_vendor_made_does_not_exist(speak: Speak, cast: Cast, beside: Beside) -> None:
    """In no list, and by its id neither read nor changed; what nobody or the vendor itself made is there."""
    mine = speak(await beside.mine.at(cast.employer_id))
    own = (await mine.create_client(cast.employer_id, CLIENT)).must()["clientId"]

    refused = [
        await mine.get_client(cast.employer_id, beside.client_id),
        await mine.update_client(cast.employer_id, beside.client_id, {"name": "y"}, if_match="*"),
        await mine.create_client_secret(cast.employer_id, beside.client_id, {}),
        await mine.revoke_client(cast.employer_id, beside.client_id),
        await mine.get_scim_connection(beside.connection_id),
        await mine.get_scim_report(beside.connection_id),
        await mine.create_scim_secret(beside.connection_id, {}),
        await mine.revoke_scim_connection(beside.connection_id),
    ]
    seen = await seen_by(mine, cast)

    assert ["not-found"] * 8 == [one.word for one in refused]
    assert {own, *beside.standing} <= seen
    assert set() == seen & {beside.client_id, beside.connection_id}
    assert {own, beside.client_id, beside.connection_id, *beside.standing} <= await seen_by(
        speak(cast.administrator), cast
    )
    assert {beside.client_id, beside.connection_id} <= await seen_by(
        speak(await beside.theirs.at(cast.employer_id)), cast
    )


async def test_a_client_that_a_vendor_made_sees_no_more_than_it(speak: Speak, cast: Cast, beside: Beside) -> None:
    """It acts for the vendor, and its token says so."""
    made = (await Rest(await beside.mine.at(cast.employer_id)).create_client(cast.employer_id, CLIENT)).must()
    token = await cast.house.sign_in(made["clientId"], made["clientSecret"])

    seen = await seen_by(speak(Persona(cast.house.http, token, cast.employer_id)), cast)
    feed, _ = await read_feed(speak(Persona(cast.house.http, token, cast.employer_id)), limit=100)

    assert made["clientId"] in seen
    assert set() == seen & {beside.client_id, beside.connection_id}
    assert set() == {one["subject"] for one in feed} & beside.hidden


@pytest.mark.parametrize("over_all", [False, True], ids=["at the employer", "over all"])
async def test_events_about_another_vendor_are_not_told(
    speak: Speak, cast: Cast, beside: Beside, over_all: bool
) -> None:
    """Neither its link nor what it made, in the feed of the employer or in the vendor's; its own are, and the rest."""
    asking = await beside.mine.over_all() if over_all else await beside.mine.at(cast.employer_id)
    hr = (await Rest(cast.hr).create_unit({"externalId": "na", "name": "na", "parentExternalId": "root"})).must()
    (await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, beside.theirs.vendor_id)).must()
    own = (await Rest(await beside.mine.at(cast.employer_id)).create_client(cast.employer_id, CLIENT)).must()
    await cast.house.work()

    mine, _ = await read_feed(speak(asking), limit=3)
    everything, _ = await read_feed(speak(cast.administrator), limit=100)
    subjects = [one["subject"] for one in mine]

    told = {f"vendors/{beside.mine.vendor_id}", f"units/{hr['unitId']}", f"clients/{own['clientId']}"}
    assert told <= set(subjects)
    assert set() == set(subjects) & beside.hidden
    assert beside.hidden | told <= {one["subject"] for one in everything}
    expected = [one["id"] for one in everything if one["subject"] not in beside.hidden]
    # A vendor's own feed begins with its link.
    assert expected[len(expected) - len(mine) :] == [one["id"] for one in mine]

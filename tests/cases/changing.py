"""Two things of every list that tells what has changed, and how one of them does."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple

from cases.examples import BODIES, INSTRUMENT, PERMISSION
from cases.measuring import ask_freely, bring_to, consent, pass_gates, series_new, time_of, today_of, wave_new
from cases.programme import action_new, activity_new, communication_new, create_campaign, play_edition, risk_new
from support.apis import Rest
from support.house import Persona
from support.personas import Cast, add_crowd

LATE: dict[str, Any] = {"opensAt": "2031-01-06T09:00:00Z", "closesAt": "2031-01-07T09:00:00Z"}


class Made(NamedTuple):
    """What a list has, and how one of it changes."""

    asker: Persona
    key: str
    """The member that tells its items apart."""
    change: Callable[[], Awaitable[Any]]
    changed: object
    """Of the item that changes, what `key` says."""
    path: tuple[str, ...] = ()
    is_real: bool = False
    """True: the list goes by real time, not by the employer's clock."""


async def actions(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    _, one = [(await hr.create_action(await action_new(cast))).must()["actionId"] for _ in range(2)]
    return Made(cast.hr, "actionId", lambda: hr.update_action(one, {"title": "Anders"}, if_match="*"), one)


async def progress_checks(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    began = (await today_of(cast) - timedelta(days=31)).isoformat()
    for _ in range(2):
        (await hr.create_action(await action_new(cast, startsOn=began))).must()
    await cast.house.work()
    one = (await hr.list_progress_checks()).must()["items"][1]["progressCheckId"]
    return Made(
        cast.hr, "progressCheckId", lambda: hr.complete_progress_check(one, BODIES["complete_progress_check"]), one
    )


async def campaigns(cast: Cast) -> Made:
    _, one = [await create_campaign(cast) for _ in range(2)]
    return Made(
        cast.hr, "campaignId", lambda: Rest(cast.hr).update_campaign(one, {"name": "Anders"}, if_match="*"), one
    )


async def activities(cast: Cast) -> Made:
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    _, one = [(await hr.create_activity(campaign_id, activity_new())).must()["activityId"] for _ in range(2)]
    change = {"title": "Anders"}
    return Made(cast.hr, "activityId", lambda: hr.update_activity(one, change, if_match="*"), one, (campaign_id,))


async def communications(cast: Cast) -> Made:
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    made = [(await hr.create_communication(campaign_id, communication_new())).must() for _ in range(2)]
    one = made[1]["communicationId"]
    change = {"state": "sent"}
    return Made(
        cast.hr, "communicationId", lambda: hr.update_communication(one, change, if_match="*"), one, (campaign_id,)
    )


async def waves(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    _, one = [(await hr.plan_wave(await wave_new(cast, **LATE, name=name))).must()["waveId"] for name in "ab"]
    return Made(cast.hr, "waveId", lambda: hr.update_wave(one, {"name": "Anders"}, if_match="*"), one)


async def wave_series(cast: Cast) -> Made:
    hr = Rest((await ask_freely(cast)).hr)
    late = {"firstOn": (await today_of(cast) + timedelta(days=200)).isoformat()}
    _, one = [(await hr.plan_wave_series(await series_new(cast, **more))).must()["seriesId"] for more in ({}, late)]
    return Made(cast.hr, "seriesId", lambda: hr.cancel_wave_series(one), one)


async def risks(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    _, one = [(await hr.create_risk(risk_new())).must()["riskId"] for _ in range(2)]
    return Made(cast.hr, "riskId", lambda: hr.update_risk(one, {"severity": 5}, if_match="*"), one)


async def instruments(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    one = (await hr.create_instrument(INSTRUMENT)).must()["instrumentId"]
    change = {"title": {"nl": "Anders", "en": "Other"}}
    return Made(cast.hr, "instrumentId", lambda: hr.update_instrument(one, change, if_match="*"), one)


async def permissions(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    instrument_id = (await hr.create_instrument(INSTRUMENT)).must()["instrumentId"]
    made = [(await hr.record_permission(instrument_id, PERMISSION)).must() for _ in range(2)]
    one = made[1]["permissionId"]
    return Made(cast.hr, "permissionId", lambda: hr.revoke_permission(one), one, (instrument_id,))


async def consent_requests(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    new = BODIES["create_consent_request"]
    _, one = [
        (await hr.create_consent_request(new | {"mode": mode})).must()["consentRequestId"]
        for mode in ("split", "blind")
    ]
    return Made(cast.hr, "consentRequestId", lambda: hr.cancel_consent_request(one), one)


async def policies(cast: Cast) -> Made:
    return Made(cast.hr, "version", lambda: Rest(cast.hr).create_policy(BODIES["create_policy"]), 2)


async def preconditions(cast: Cast) -> Made:
    council, on = Rest(cast.works_council), await today_of(cast)
    _, one = [
        (await council.record_consent(consent(on, mode=mode))).must()["preconditionId"] for mode in ("split", "blind")
    ]
    return Made(cast.hr, "preconditionId", lambda: council.revoke_consent(one), one)


async def support_routes(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    new = BODIES["create_support_route"]
    _, one = [(await hr.create_support_route(new)).must()["supportRouteId"] for _ in range(2)]
    return Made(cast.hr, "supportRouteId", lambda: hr.update_support_route(one, {"name": "Anders"}, if_match="*"), one)


async def catalogue_entries(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    new = BODIES["create_catalogue_entry"]
    made = [(await hr.create_catalogue_entry(new | {"key": key})).must() for key in ("een", "twee")]
    one = made[1]["catalogueEntryId"]
    return Made(cast.hr, "catalogueEntryId", lambda: hr.update_catalogue_entry(one, {"marks": []}, if_match="*"), one)


async def employers(cast: Cast) -> Made:
    """Of all that there are, for the operator: its clock is moved."""
    to = (await time_of(cast) + timedelta(hours=1)).isoformat()
    return Made(
        cast.operator,
        "employerId",
        lambda: Rest(cast.hr).advance_test_clock(cast.employer_id, {"to": to}),
        cast.employer_id,
        is_real=True,
    )


async def messages(cast: Cast) -> Made:
    """Of a wave that is frozen when its letters are planned; of another one they stood before."""
    hr = Rest(cast.hr)
    await add_crowd(cast.hr, root=12, sales=14, field=14)
    (await hr.update_message_settings({"sentBy": "vendor", "answerPage": "https://a.example/x"}, if_match="*")).must()
    wave_id = await bring_to(cast, "planned", **LATE)
    await pass_gates(cast, hr, Rest(cast.works_council))

    async def freeze() -> Any:
        opened = await hr.open_wave(wave_id)
        await cast.house.work()
        return opened

    return Made(cast.hr, "waveId", freeze, wave_id, (wave_id,))


async def clients(cast: Cast) -> Made:
    api = Rest(cast.administrator)
    new = BODIES["create_client"]
    _, one = [(await api.create_client(cast.employer_id, new)).must()["clientId"] for _ in range(2)]
    path = (cast.employer_id,)
    return Made(
        cast.administrator, "clientId", lambda: api.revoke_client(cast.employer_id, one), one, path, is_real=True
    )


async def vendor_clients(cast: Cast) -> Made:
    vendor = await cast.house.vendor()
    asker = await vendor.itself()
    api, path = Rest(asker), (vendor.vendor_id,)
    one = (await api.create_vendor_client(*path, BODIES["create_vendor_client"])).must()["clientId"]
    return Made(
        asker, "clientId", lambda: api.update_vendor_client(*path, one, {"name": "x"}, if_match="*"), one, path, True
    )


async def issuers(cast: Cast) -> Made:
    api = Rest(cast.administrator)
    # Another employer has the address already.
    new = BODIES["create_issuer"] | {"audience": cast.employer_id}
    one = (await api.create_issuer(new)).must()["issuerId"]
    change = {"roleClaim": "groups"}
    return Made(cast.administrator, "issuerId", lambda: api.update_issuer(one, change, if_match="*"), one, is_real=True)


async def scim_connections(cast: Cast) -> Made:
    api = Rest(cast.administrator)
    _, one = [(await api.create_scim_connection({"name": "x"})).must()["connectionId"] for _ in range(2)]
    return Made(
        cast.administrator,
        "connectionId",
        lambda: api.update_scim_connection(one, {"name": "y"}, if_match="*"),
        one,
        is_real=True,
    )


async def vendors(cast: Cast) -> Made:
    one = (await cast.house.vendor()).vendor_id
    return Made(cast.operator, "vendorId", lambda: Rest(cast.operator).revoke_vendor(one), one, is_real=True)


async def vendor_employers(cast: Cast) -> Made:
    """The links of a vendor with two employers, of which one ends its own."""
    vendor = await cast.linked_vendor()
    itself = await vendor.itself()
    (await Rest(itself).create_employer({"name": "Tweede BV"})).must()
    return Made(
        itself,
        "employerId",
        lambda: Rest(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id),
        cast.employer_id,
        (vendor.vendor_id,),
        is_real=True,
    )


async def vendor_links(cast: Cast) -> Made:
    one = (await cast.linked_vendor()).vendor_id
    other = (await cast.house.vendor()).vendor_id
    api = Rest(cast.administrator)
    (await api.create_vendor_link(cast.employer_id, {"vendorId": other})).must()
    change = lambda: Rest(cast.operator).revoke_vendor(one)  # noqa: E731 - as everywhere here
    return Made(cast.administrator, "vendorId", change, one, (cast.employer_id,), is_real=True)


async def releases(cast: Cast) -> Made:
    """Two waves are released before, and one after."""
    campaign_id, *_ = await play_edition(cast)
    wave_id = await bring_to(cast, "open", campaignId=campaign_id)

    async def close() -> Any:
        closed = await Rest(cast.hr).close_wave(wave_id)
        await cast.house.work()
        return closed

    return Made(cast.hr, "waveId", close, wave_id)


async def units(cast: Cast) -> Made:
    one = cast.units["care"]
    return Made(cast.hr, "unitId", lambda: Rest(cast.hr).update_unit(one, {"name": "Zorg"}, if_match="*"), one)


async def people(cast: Cast) -> Made:
    hr = Rest(cast.hr)
    one = (await hr.create_person(BODIES["create_person"])).must()["personId"]
    return Made(cast.hr, "personId", lambda: hr.update_person(one, {"displayName": "x"}, if_match="*"), one)


MAKERS: dict[str, Callable[[Cast], Awaitable[Made]]] = {
    "list_actions": actions,
    "list_activities": activities,
    "list_campaigns": campaigns,
    "list_catalogue_entries": catalogue_entries,
    "list_clients": clients,
    "list_communications": communications,
    "list_consent_requests": consent_requests,
    "list_employers": employers,
    "list_instruments": instruments,
    "list_issuers": issuers,
    "list_messages": messages,
    "list_people": people,
    "list_permissions": permissions,
    "list_policies": policies,
    "list_preconditions": preconditions,
    "list_progress_checks": progress_checks,
    "list_releases": releases,
    "list_risks": risks,
    "list_scim_connections": scim_connections,
    "list_support_routes": support_routes,
    "list_units": units,
    "list_vendor_clients": vendor_clients,
    "list_vendor_employers": vendor_employers,
    "list_vendor_links": vendor_links,
    "list_vendors": vendors,
    "list_wave_series": wave_series,
    "list_waves": waves,
}
"""What there is to read in each list."""

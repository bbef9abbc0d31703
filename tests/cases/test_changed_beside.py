"""What changes in a list though nobody changes it there: by the worker, the calendar, and what it tells beside."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from cases.changing import LATE
from cases.examples import BODIES
from cases.measuring import advance, ask_freely, bring_to, instrument_of, pass_gates, series_new, time_of, today_of
from cases.programme import (
    action_new,
    block_of,
    communication_new,
    create_campaign,
    people_of,
    play_wave,
    risk_new,
)
from peil import clock
from support.apis import Rest, Speak
from support.personas import Cast, add_crowd

Read = Callable[..., Awaitable[Any]]


async def since_now(cast: Cast) -> str:
    """A moment by the employer's clock, after which nothing has been written yet."""
    await advance(cast, hours=1)
    moment = await time_of(cast)
    await advance(cast, hours=1)
    return moment.isoformat()


async def told(read: Read, key: str, *path: str, since: str) -> list[Any]:
    return [one[key] for one in (await read(*path, modifiedAfter=since, limit=50)).must()["items"]]


async def test_a_wave_that_opens_and_closes_by_itself_is_told(speak: Speak, cast: Cast) -> None:
    """Nobody did it but the worker; the series of which it is one is told with it."""
    await add_crowd((await ask_freely(cast)).hr, root=12, sales=14, field=14)
    hr, told_to = Rest(cast.hr), speak(cast.hr)
    await pass_gates(cast, hr, Rest(cast.works_council))
    series = (await hr.plan_wave_series(await series_new(cast, count=2))).must()
    wave_id = series["waves"][0]["waveId"]
    (await hr.open_wave(wave_id)).must()
    await cast.house.work()
    seen = []

    for moment in ("opensAt", "closesAt"):
        since = await since_now(cast)
        before = await told(told_to.list_waves, "waveId", since=since)
        to = datetime.fromisoformat(series["waves"][0][moment]) + timedelta(minutes=1)
        await advance(cast, seconds=(to - await time_of(cast)).total_seconds())
        waves = await told(told_to.list_waves, "waveId", since=since)
        seen.append((before, waves, await told(told_to.list_wave_series, "seriesId", since=since)))

    assert [([], [wave_id], [series["seriesId"]])] * 2 == seen
    assert "released" == (await hr.get_wave(wave_id)).must()["state"]


async def test_a_check_that_the_worker_makes_is_told_with_its_action(speak: Speak, cast: Cast) -> None:
    """A month after the action began; and a week later that it is overdue."""
    hr = speak(cast.hr)
    late = (await today_of(cast) + timedelta(days=60)).isoformat()
    new = [await action_new(cast, **more) for more in ({"startsOn": late}, {})]
    _, action_id = [(await Rest(cast.hr).create_action(one)).must()["actionId"] for one in new]
    since = await since_now(cast)
    await advance(cast, days=31)
    [made] = (await hr.list_progress_checks(modifiedAfter=since)).must()["items"]
    later = await since_now(cast)
    before = await told(hr.list_progress_checks, "progressCheckId", since=later)
    await advance(cast, days=7)
    [late] = (await hr.list_progress_checks(modifiedAfter=later)).must()["items"]

    assert [action_id] == await told(hr.list_actions, "actionId", since=since)
    assert ("due", [], "overdue") == (made["state"], before, late["state"])


async def test_a_check_is_told_when_its_action_is_over(speak: Speak, cast: Cast) -> None:
    """It is dropped, and nobody has touched the check."""
    hr, began = Rest(cast.hr), (await today_of(cast) - timedelta(days=31)).isoformat()
    action_id = (await hr.create_action(await action_new(cast, startsOn=began))).must()["actionId"]
    await cast.house.work()
    since = await since_now(cast)

    (await hr.update_action(action_id, {"state": "stopped"}, if_match="*")).must()

    checks = (await speak(cast.hr).list_progress_checks(modifiedAfter=since)).must()["items"]
    assert [(action_id, "dropped")] == [(one["actionId"], one["state"]) for one in checks]


async def test_a_release_tells_what_goes_by_figures(speak: Speak, cast: Cast) -> None:
    """The metric of an action has another value, and so has that of its check."""
    await add_crowd(cast.hr, root=12, sales=14, field=14, care=4)
    hr, told_to = Rest(cast.hr), speak(cast.hr)
    await pass_gates(cast, hr, Rest(cast.works_council))
    baseline = await play_wave(cast, "baseline")
    metric = {"waveId": baseline, "block": block_of(await instrument_of(cast)), "target": 90}
    began = (await today_of(cast) - timedelta(days=31)).isoformat()
    new = await action_new(cast, startsOn=began, metric=metric)
    action_id = (await hr.create_action(new)).must()["actionId"]
    await cast.house.work()
    since = await since_now(cast)
    before = await told(told_to.list_actions, "actionId", since=since)

    pulse = await play_wave(cast, "pulse")

    [action] = (await told_to.list_actions(modifiedAfter=since)).must()["items"]
    [check] = (await told_to.list_progress_checks(modifiedAfter=since)).must()["items"]
    assert [] == before
    assert (action_id, pulse) == (action["actionId"], action["metric"]["current"]["waveId"])
    assert (action_id, pulse) == (check["actionId"], check["reading"]["waveId"])


async def test_a_move_of_the_week_tells_the_communication(speak: Speak, cast: Cast) -> None:
    """What was before the week is in it."""
    hr, campaign_id = Rest(cast.hr), await create_campaign(cast)
    item = (await hr.create_communication(campaign_id, communication_new())).must()
    since = await since_now(cast)
    week = {"weekFrom": item["on"], "weekTo": item["on"]}

    (await hr.update_campaign(campaign_id, week, if_match="*")).must()

    [read] = (await speak(cast.hr).list_communications(campaign_id, modifiedAfter=since)).must()["items"]
    assert ("before", "during") == (item["stage"], read["stage"])


async def test_an_entry_of_the_catalogue_tells_the_risks(speak: Speak, cast: Cast) -> None:
    """What is statutory, the catalogue says."""
    hr = Rest(cast.hr)
    new = {"kind": "risk", "key": "eigen", "title": {"nl": "Eigen", "en": "Own"}, "marks": []}
    entry = (await hr.create_catalogue_entry(new)).must()["catalogueEntryId"]
    risk = (await hr.create_risk(risk_new(category="eigen"))).must()
    since = await since_now(cast)
    before = await told(speak(cast.hr).list_risks, "riskId", since=since)

    (await hr.update_catalogue_entry(entry, {"marks": ["statutory"]}, if_match="*")).must()

    [read] = (await speak(cast.hr).list_risks(modifiedAfter=since)).must()["items"]
    assert ([], False, True) == (before, risk["statutory"], read["statutory"])


async def test_a_consent_that_is_withdrawn_tells_its_request(speak: Speak, cast: Cast) -> None:
    """The council takes back what it gave, and the request says so."""
    council = Rest(cast.works_council)
    request = (await Rest(cast.hr).create_consent_request(BODIES["create_consent_request"])).must()["consentRequestId"]
    decision = {"decision": "consent", "validUntil": None}
    given = (await council.decide_consent_request(request, decision)).must()["preconditionId"]
    since = await since_now(cast)

    (await council.revoke_consent(given)).must()

    [read] = (await speak(cast.hr).list_consent_requests(modifiedAfter=since)).must()["items"]
    assert (request, "withdrawn") == (read["consentRequestId"], read["state"])


async def _delete_route(cast: Cast, route: str) -> None:
    (await Rest(cast.hr).delete_support_route(route, if_match="*")).must()


async def _set_texts(cast: Cast, _: str) -> None:
    (await Rest(cast.hr).update_message_settings({"senderName": "HR"}, if_match="*")).must()


async def _wait(cast: Cast, _: str) -> None:
    await advance(cast, days=10)


@pytest.mark.parametrize("change", [_delete_route, _set_texts, _wait])
async def test_letters_are_told_when_they_read_differently(
    speak: Speak, cast: Cast, change: Callable[[Cast, str], Awaitable[None]]
) -> None:
    """A support route in them is gone or has ended, or the employer has other texts."""
    await add_crowd(cast.hr, root=12, sales=14, field=14)
    hr, until = Rest(cast.hr), (await today_of(cast) + timedelta(days=9)).isoformat()
    route = (await hr.create_support_route(BODIES["create_support_route"] | {"validUntil": until})).must()
    (await hr.update_message_settings({"sentBy": "vendor", "answerPage": "https://a.example/x"}, if_match="*")).must()
    wave_id = await bring_to(cast, "ready", **LATE)
    since = await since_now(cast)
    before = await told(speak(cast.hr).list_messages, "waveId", wave_id, since=since)

    await change(cast, route["supportRouteId"])

    assert ([], {wave_id}) == (before, {*await told(speak(cast.hr).list_messages, "waveId", wave_id, since=since)})


async def test_a_membership_begins_and_ends_on_its_day(speak: Speak, cast: Cast) -> None:
    """A move that was said ahead is told on the day it happens."""
    hr, moved = Rest(cast.hr), (await people_of(cast))["ambassador"]
    on = (await today_of(cast) + timedelta(days=3)).isoformat()
    (await hr.update_person(moved, {"unitExternalId": "care", "from": on}, if_match="*")).must()
    since = await since_now(cast)
    before = await told(speak(cast.hr).list_people, "personId", since=since)

    await advance(cast, days=3)

    assert ([], [moved]) == (before, await told(speak(cast.hr).list_people, "personId", since=since))
    assert [] == await told(speak(cast.hr).list_people, "personId", since=await since_now(cast))


async def test_a_secret_that_ends_tells_its_client(speak: Speak, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it gets its end, and when that has come, at which nobody writes anything; of a SCIM connection too."""
    api, told_to, employer = Rest(cast.administrator), speak(cast.administrator), cast.employer_id
    client = (await api.create_client(employer, BODIES["create_client"])).must()["clientId"]
    connection = (await api.create_scim_connection({"name": "x"})).must()["connectionId"]

    async def both(since: str) -> tuple[list[Any], list[Any]]:
        return (
            await told(told_to.list_clients, "clientId", employer, since=since),
            await told(told_to.list_scim_connections, "connectionId", since=since),
        )

    since = clock.now().isoformat()
    before = await both(since)
    (await api.create_client_secret(employer, client, {"overlap": 60})).must()
    (await api.create_scim_secret(connection, {"overlap": 60})).must()
    cut = await both(since)
    later, real = clock.now().isoformat(), clock.now
    none = await both(later)
    monkeypatch.setattr(clock, "now", lambda: real() + timedelta(minutes=2))

    assert [([], []), ([client], [connection])] * 2 == [before, cut, none, await both(later)]


async def test_who_could_not_sign_in_tells_the_issuer(speak: Speak, cast: Cast) -> None:
    """Of sign-ins of nobody only the day is kept: whoever asks since that day is told."""
    api = speak(cast.administrator)
    [issuer] = (await api.list_issuers()).must()["items"]
    since = clock.now()
    before = await told(api.list_issuers, "issuerId", since=since.isoformat())

    await cast.employer.person("nobody").get("/waves")

    [read] = (await api.list_issuers(modifiedAfter=since.isoformat())).must()["items"]
    tomorrow = (since + timedelta(days=1)).isoformat()
    assert ([], 0, 1) == (before, issuer["notInDirectory"], read["notInDirectory"])
    assert [] == await told(api.list_issuers, "issuerId", since=tomorrow)


async def test_an_employer_is_new_to_the_vendor_that_it_lets_act(speak: Speak, cast: Cast) -> None:
    """It was there long before, and the vendor saw it not."""
    vendor = await cast.house.vendor()
    itself = speak(await vendor.itself())
    since = clock.now().isoformat()
    before = await told(itself.list_employers, "employerId", since=since)

    (await Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()

    assert ([], [cast.employer_id]) == (before, await told(itself.list_employers, "employerId", since=since))


async def test_no_vendor_is_told_that_an_employer_has_another(speak: Speak, cast: Cast) -> None:
    """Nor that it has that one no longer: the employer is what it was, also to an administrator."""
    mine, theirs = await cast.linked_vendor(), await cast.house.vendor()
    readers = [speak(one) for one in (await mine.itself(), await mine.at(cast.employer_id), cast.administrator)]
    since = clock.now().isoformat()
    administrator = Rest(cast.administrator)

    (await administrator.create_vendor_link(cast.employer_id, {"vendorId": theirs.vendor_id})).must()
    (await administrator.revoke_vendor_link(cast.employer_id, theirs.vendor_id)).must()

    assert [[]] * 3 == [await told(one.list_employers, "employerId", since=since) for one in readers]
    assert [theirs.vendor_id] == await told(administrator.list_vendor_links, "vendorId", cast.employer_id, since=since)


async def test_what_ends_with_a_vendor_is_told(speak: Speak, cast: Cast) -> None:
    """The operator ends the vendor: its link, and the client that it made at the employer."""
    vendor = await cast.linked_vendor()
    acting = Rest(await vendor.at(cast.employer_id))
    client = (await acting.create_client(cast.employer_id, BODIES["create_client"])).must()["clientId"]
    administrator, employer = speak(cast.administrator), cast.employer_id
    since = clock.now().isoformat()
    before = await told(administrator.list_vendor_links, "vendorId", employer, since=since)

    (await Rest(cast.operator).revoke_vendor(vendor.vendor_id)).must()

    links = (await administrator.list_vendor_links(employer, modifiedAfter=since)).must()["items"]
    assert ([], [(vendor.vendor_id, "ended")]) == (before, [(one["vendorId"], one["state"]) for one in links])
    assert [client] == await told(administrator.list_clients, "clientId", employer, since=since)

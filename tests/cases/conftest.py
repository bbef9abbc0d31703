"""What every case needs: both protocols, a cast, and one released wave for those who only read."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import msgspec
import pytest

from cases.commenting import WRITTEN, Told, moderate, tell
from cases.examples import BODIES
from cases.measuring import Round, ask_freely, instrument_of, pass_gates, play_round, series_new
from cases.programme import campaign_ids, play_wave
from peil.server import open_worker
from support.apis import Api, GraphQL, Rest, Speak, application_with_documents
from support.house import PUBLIC_URL, Employer, House, Persona
from support.personas import Cast, add_crowd, cast_of
from support.relay import SENDER, Postbox, open_relay


@pytest.fixture(scope="session")
async def documents_http(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """The API with the documents of the GraphQL client persisted."""
    transport = httpx.ASGITransport(app=application_with_documents(house.parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
        yield client


@pytest.fixture(params=["rest", "graphql"])
def speak(request: pytest.FixtureRequest, documents_http: httpx.AsyncClient) -> Speak:
    """Makes a persona speak REST or GraphQL: every case that asks for it runs in both."""

    def by_graphql(persona: Persona) -> Api:
        return GraphQL(Persona(documents_http, persona.token, persona.employer_id))

    return Rest if request.param == "rest" else by_graphql


@pytest.fixture
async def cast(employer: Employer) -> Cast:
    """A fresh employer with its organisation."""
    return await cast_of(employer)


@pytest.fixture(scope="session")
async def standing(house: House) -> Cast:
    """An employer that all tests share: for those who only look, or do not mind what others did."""
    return await ask_freely(await cast_of(await house.employer("Staand BV")))


@pytest.fixture(scope="session")
async def stranger(house: House) -> Cast:
    """Another employer."""
    return await cast_of(await house.employer("Vreemd BV"))


@pytest.fixture(scope="session")
async def released(house: House) -> Round:
    """An employer with a released wave after a released baseline, for those who only read."""
    cast = await cast_of(await house.employer("Gemeten BV"))
    await play_round(cast, kind="baseline")
    chosen = {"sentBy": "vendor", "answerPage": "https://intranet.example/peiling", "thanks": True}
    (await Rest(cast.hr).update_message_settings(chosen, if_match="*")).must()
    return await play_round(cast)


@pytest.fixture(scope="session")
async def scanned(house: House) -> Round:
    """An employer with a released scan: blocks, sensitive items and a choice; the root has every kind of figure."""
    cast = await cast_of(await house.employer("Doorgelicht BV"))
    scan = await instrument_of(cast, "stress-scan")
    return await play_round(cast, kind="survey", instrumentId=scan["instrumentId"])


@pytest.fixture(scope="session")
async def answered(house: House) -> tuple[Cast, dict[str, str]]:
    """An employer with a wave that asked `field` alone, then a baseline that `all` answered, then pulses.

    These `few` (fewer than half), `most` (fewer than 70 %) and `none` answered; a unit `late` was made after them.
    """
    cast = await cast_of(await house.employer("Gevraagd BV"))
    await add_crowd(cast.hr, root=12, sales=14, field=14)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    waves = {"field": await play_wave(cast, "pulse", unitIds=[cast.units["field"]])}
    for name, share in {"all": 1, "few": 0.4, "most": 0.6, "none": 0}.items():
        waves[name] = await play_wave(cast, "baseline" if name == "all" else "pulse", share=share)
    late = {"externalId": "late", "name": "late", "parentExternalId": "root"}
    cast.units["late"] = (await Rest(cast.hr).create_unit(late)).must()["unitId"]
    return cast, waves


@pytest.fixture(scope="session")
async def commented(house: House) -> Told:
    """An employer whose released wave has comments that may be read, for those who only read."""
    told = await tell(await cast_of(await house.employer("Gezegd BV")), WRITTEN)
    await moderate(told.cast, told.wave_id)
    return told


async def vendor_ids(cast: Cast) -> dict[str, str]:
    """Ids of the employer's vendor and of that one's own client, by names of their own."""
    vendor = await cast.linked_vendor()
    itself = Rest(await vendor.itself())
    own = await itself.get_vendor_client(vendor.vendor_id, vendor.client[0])
    endpoint = (await itself.create_vendor_webhook_endpoint(vendor.vendor_id, {"url": cast.house.receiver_url})).must()
    await itself.verify_vendor_webhook_endpoint(vendor.vendor_id, endpoint["endpointId"])
    await cast.house.work()
    event = (await itself.list_events(limit=1)).must()["items"][0]
    delivery = await itself.replay_vendor_delivery(vendor.vendor_id, endpoint["endpointId"], event["id"])
    return {
        "vendorId": vendor.vendor_id,
        "vendorClientId": vendor.client[0],
        "vendorSecretId": own.must()["secrets"][0]["secretId"],
        "vendorEndpointId": endpoint["endpointId"],
        "vendorWebhookSecretId": endpoint["secrets"][0]["secretId"],
        "vendorEventId": delivery.must()["eventId"],
    }


async def webhook_ids(cast: Cast) -> dict[str, str]:
    """Ids of an endpoint of the employer's, of its secret, and of an event that is to be delivered there."""
    administrator = Rest(cast.administrator)
    endpoint = (await administrator.create_webhook_endpoint({"url": cast.house.receiver_url})).must()
    (await administrator.verify_webhook_endpoint(endpoint["endpointId"])).must()
    await cast.house.work()
    event = (await administrator.list_events(limit=1)).must()["items"][0]
    delivery = await administrator.replay_delivery(endpoint["endpointId"], event["id"])
    return {
        "endpointId": endpoint["endpointId"],
        "webhookSecretId": endpoint["secrets"][0]["secretId"],
        "eventId": delivery.must()["eventId"],
    }


@pytest.fixture(scope="session")
async def foreign(released: Round, commented: Told) -> dict[str, str]:
    """An id of every kind of thing that another employer has, by its name in paths."""
    cast = released.cast
    hr, administrator = Rest(cast.hr), Rest(cast.administrator)
    created = await cast.administrator.must(
        cast.administrator.post(f"/employers/{cast.employer_id}/clients", {"name": "c", "roles": ["hr"]})
    )
    people = (await hr.list_people(limit=1)).must()["items"]
    preconditions = (await hr.list_preconditions(limit=1)).must()["items"]
    instruments = (await hr.list_instruments(limit=1)).must()["items"]
    permission = await hr.record_permission(instruments[0]["instrumentId"], BODIES["record_permission"])
    connection = (await administrator.create_scim_connection({"name": "c"})).must()
    issuers = (await administrator.list_issuers(limit=1)).must()["items"]
    routes = await hr.create_support_route({"kind": "reporting-route", "name": "x", "contact": "y"})
    messages = (await hr.list_messages(released.wave_id)).must()["items"]
    comments = (await Rest(commented.cast.hr).list_comments(commented.wave_id)).must()["items"]
    request = await hr.create_consent_request(BODIES["create_consent_request"])
    entry = await hr.create_catalogue_entry(BODIES["create_catalogue_entry"])
    return await campaign_ids(cast) | {
        "employerId": cast.employer_id,
        **await vendor_ids(cast),
        **await webhook_ids(cast),
        "clientId": created["clientId"],
        "secretId": created["secrets"][0]["secretId"],
        "issuerId": issuers[0]["issuerId"],
        "connectionId": connection["connectionId"],
        "unitId": cast.units["field"],
        "personId": people[0]["personId"],
        "preconditionId": preconditions[0]["preconditionId"],
        "consentRequestId": request.must()["consentRequestId"],
        "instrumentId": instruments[0]["instrumentId"],
        "permissionId": permission.must()["permissionId"],
        "supportRouteId": routes.must()["supportRouteId"],
        "catalogueEntryId": entry.must()["catalogueEntryId"],
        "waveId": released.wave_id,
        "kind": "score",
        "commentId": comments[0]["commentId"],
        "messageId": next(one["messageId"] for one in messages if one["kind"] == "thanks"),
        "seriesId": (await hr.plan_wave_series(await series_new(cast))).must()["seriesId"],
    }


@pytest.fixture
async def postbox(cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Postbox]:
    """A relay to which the worker sends."""
    async with open_relay(tmp_path) as opened:
        settings = msgspec.structs.replace(
            cast.house.settings, smtp_url=opened.url, smtp_from=SENDER, smtp_ca=opened.ca
        )
        async with open_worker(settings) as worker:
            monkeypatch.setattr(cast.house, "worker", worker)
            yield opened

"""Vendors: their own clients, the employers that let them act, and what they see over all of these."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import msgspec
import pytest

from cases.test_events import read_feed
from peil.campaigns.operations import running_campaigns
from peil.readiness import vendor_findings
from support.apis import Rest, Speak
from support.house import PUBLIC_URL, House, Persona, Vendor
from support.personas import Cast
from support.provider import NO_CLIENT


@pytest.fixture
async def vendor(house: House) -> Vendor:
    """A vendor that no employer knows yet."""
    return await house.vendor()


async def link(cast: Cast, vendor: Vendor) -> dict[str, Any]:
    """Has the employer's administrator let the vendor act."""
    made = await Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})
    body: dict[str, Any] = made.must()
    return body


async def ask(vendor: Vendor, *resources: str, language: str = "en", **form: str) -> tuple[int, str, str]:
    """Status, error and description of a request for a token; `resources` are paths of this service, or URLs."""
    named = [("resource", one if "://" in one else f"{PUBLIC_URL}/v1{one}") for one in resources]
    fields = [("grant_type", "client_credentials"), *named, *form.items()]
    response = await vendor.house.http.post(
        "/oauth/token",
        content=urlencode(fields),
        headers={"content-type": "application/x-www-form-urlencoded", "accept-language": language},
        auth=vendor.client,
    )
    body = response.json()
    return response.status_code, body.get("error", "ok"), body.get("error_description", "")


_NO_CLIENT = msgspec.json.decode(NO_CLIENT)["error_description"]


async def test_a_vendor_creates_an_employer_and_acts_for_it(speak: Speak, vendor: Vendor) -> None:
    """With a token for itself it creates one, with a token for that one it writes there; nobody has to confirm."""
    created = (await speak(await vendor.itself()).create_employer({"name": "Nieuw BV", "externalId": "4711"})).must()
    employer_id = created["employerId"]

    at_work = speak(await vendor.at(employer_id))
    unit = await at_work.create_unit({"externalId": "nl", "name": "Nieuw BV"})
    seen = (await speak(await vendor.over_all()).list_vendor_employers(vendor.vendor_id)).must()["items"]

    assert "ok" == unit.word
    assert [(employer_id, "Nieuw BV", "4711", "active")] == [
        (one["employerId"], one["employerName"], one["externalId"], one["state"]) for one in seen
    ]


async def test_a_retry_of_a_vendor_creates_no_second_employer(vendor: Vendor) -> None:
    """With the same Idempotency-Key it gets the first reply; what another vendor sends is another key."""
    new, key = {"name": "Nieuw BV"}, {"idempotency-key": str(uuid4())}
    other = await vendor.house.vendor()

    answers = [await (await one.itself()).post("/employers", new, headers=key) for one in (vendor, vendor, other)]

    first, again, foreign = [one.json()["employerId"] for one in answers]
    assert first == again != foreign


async def test_two_vendors_have_the_same_id_for_their_employers(speak: Speak, house: House, vendor: Vendor) -> None:
    """An external id is its maker's: twice by one vendor is a conflict, by another vendor it is not."""
    other, new = await house.vendor(), {"name": "Nieuw BV", "externalId": str(uuid4())}

    outcomes = [await speak(await one.itself()).create_employer(new) for one in (vendor, other, vendor)]

    assert ["ok", "ok", "refused"] == [one.word for one in outcomes]
    assert "external-id-taken" == outcomes[2].code


async def test_the_employer_decides_whether_a_vendor_acts(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """What the operator asks for waits for the administrator, who ends it again; tokens follow at once here."""
    operator, administrator = speak(cast.operator), speak(cast.administrator)
    resource = f"/employers/{cast.employer_id}"

    unknown = await ask(vendor, resource)
    asked = (await operator.create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()
    waiting = await ask(vendor, resource)
    itself = await speak(await vendor.itself()).confirm_vendor_link(cast.employer_id, vendor.vendor_id)
    confirmed = (await administrator.confirm_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    again = await administrator.confirm_vendor_link(cast.employer_id, vendor.vendor_id)
    acting = await vendor.at(cast.employer_id)
    before = await speak(acting).list_waves()
    ended = (await administrator.revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    after = await speak(acting).list_waves()
    over = await ask(vendor, resource)

    assert ["waiting", "active", "ended"] == [one["state"] for one in (asked, confirmed, ended)]
    assert (400, "invalid_target", "this client has nothing at that resource") == unknown
    assert (400, "invalid_target", "an administrator of the employer has not confirmed this vendor yet") == waiting
    assert (400, "invalid_target", "the employer or the vendor has ended what the vendor may do there") == over
    assert [("denied", "denied"), ("refused", "vendor-link-not-waiting")] == [
        (one.word, one.code) for one in (itself, again)
    ]
    assert ["ok", "unauthenticated"] == [before.word, after.word]


async def test_a_vendor_ends_what_it_does(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """By itself, also while it waits; then it does not even see what the employer is called."""
    await link(cast, vendor)
    itself = speak(await vendor.itself())

    ended = (await itself.revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    again = await itself.revoke_vendor_link(cast.employer_id, vendor.vendor_id)
    seen = (await itself.get_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    anew = await link(cast, vendor)

    assert ("ended", "ended", None) == (ended["state"], seen["state"], seen["employerName"])
    assert ("refused", "vendor-link-ended") == (again.word, again.code)
    assert ("active", None) == (anew["state"], anew["endedAt"])


async def test_what_a_vendor_made_ends_with_its_link(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """A client that it made for the employer gets no token any more, and does not come back with another link."""
    await link(cast, vendor)
    acting = speak(await vendor.at(cast.employer_id))
    made = (await acting.create_client(cast.employer_id, {"name": "x", "roles": ["vendor_integration"]})).must()
    own = await acting.create_client_secret(cast.employer_id, made["clientId"], {})
    standing = (
        await speak(cast.administrator).create_client(cast.employer_id, {"name": "y", "roles": ["vendor_integration"]})
    ).must()
    foreign = await acting.create_client_secret(cast.employer_id, standing["clientId"], {})
    proof = made["clientId"], made["clientSecret"]
    token = await cast.house.sign_in(*proof)

    (await speak(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    await link(cast, vendor)
    after = await speak(Persona(cast.house.http, token)).list_waves()
    refused = await cast.house.http.post("/oauth/token", data={"grant_type": "client_credentials"}, auth=proof)
    left = (await speak(cast.administrator).get_client(cast.employer_id, made["clientId"])).must()

    assert ["ok", "denied"] == [own.word, foreign.word], "a secret of a client that stays would stay known"
    assert [vendor.vendor_id, None] == [made["madeBy"], standing["madeBy"]]
    assert ["unauthenticated", 401, "revoked"] == [after.word, refused.status_code, left["state"]]


async def test_a_revoked_vendor_is_out_everywhere(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """Its tokens, its clients and its links; the employers' audit trails say so."""
    await link(cast, vendor)
    personas = [await vendor.over_all(), await vendor.itself(), await vendor.at(cast.employer_id)]
    operator = speak(cast.operator)

    revoked = (await operator.revoke_vendor(vendor.vendor_id)).must()
    words = [(await speak(one).list_employers()).word for one in personas]
    again = [
        await operator.revoke_vendor(vendor.vendor_id),
        await operator.create_vendor_client(vendor.vendor_id, {"name": "x"}),
        await operator.create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id}),
    ]
    seen = (await speak(cast.administrator).get_vendor_link(cast.employer_id, vendor.vendor_id)).must()
    await cast.house.work()
    trail = (await Rest(cast.works_council).list_audit(limit=200)).must()["items"]

    assert ("revoked", "ended") == (revoked["state"], seen["state"])
    assert ["unauthenticated"] * 3 == words
    assert ["vendor-revoked"] * 3 == [one.code for one in again]
    assert ["create_vendor_link", "revoke_vendor"] == [
        one["event"] for one in trail if one["subject"] == f"vendors/{vendor.vendor_id}"
    ]
    assert (401, "invalid_client", _NO_CLIENT) == await ask(vendor)


async def test_a_token_is_for_one_employer(speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor) -> None:
    """With a token for one, the other does not exist, though the vendor acts for both."""
    for one in (cast, stranger):
        await link(one, vendor)
    acting = speak(await vendor.at(cast.employer_id))

    units = (await acting.list_units()).must()["items"]
    employers = (await acting.list_employers()).must()["items"]
    theirs = [
        await acting.get_employer(stranger.employer_id),
        await acting.get_unit(stranger.units["field"]),
        await acting.list_vendor_links(stranger.employer_id),
    ]
    (await Rest(stranger.administrator).revoke_vendor_link(stranger.employer_id, vendor.vendor_id)).must()

    assert set(cast.units.values()) == {one["unitId"] for one in units}
    assert [cast.employer_id] == [one["employerId"] for one in employers]
    assert ["not-found"] * 3 == [one.word for one in theirs]


async def test_without_a_resource_a_vendor_only_reads(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """Its employers and nobody else's; what is the employer's own, or a write, says that a resource is needed."""
    await link(cast, vendor)
    api = speak(await vendor.over_all())

    employers = (await api.list_employers()).must()["items"]
    own = (await api.get_employer(cast.employer_id)).must()
    vendors = (await api.list_vendors()).must()["items"]
    needing = [
        await api.list_units(),
        await api.create_unit({"externalId": "x", "name": "x"}),
        await api.create_employer({"name": "Nieuw BV"}),
        await api.create_vendor_client(vendor.vendor_id, {"name": "x"}),
        await api.revoke_vendor_link(cast.employer_id, vendor.vendor_id),
    ]

    assert [own] == employers
    assert [vendor.vendor_id] == [one["vendorId"] for one in vendors]
    assert [("denied", "resource-needed")] * 5 == [(one.word, one.code) for one in needing]


async def test_a_vendor_knows_of_no_other(speak: Speak, cast: Cast, vendor: Vendor, house: House) -> None:
    """Neither of another vendor, nor of employers that do not let it act, nor of who else acts for its own."""
    other = await house.vendor()
    await link(cast, vendor)
    await link(cast, other)
    api, client_id = speak(await vendor.itself()), other.client[0]
    nothing = str(uuid4())

    answers = [
        await api.get_vendor(other.vendor_id),
        await api.list_vendor_employers(other.vendor_id),
        await api.list_vendor_findings(other.vendor_id),
        await api.list_vendor_clients(other.vendor_id),
        await api.get_vendor_client(vendor.vendor_id, client_id),
        await api.create_vendor_client_secret(vendor.vendor_id, client_id, {}),
        await api.get_vendor_link(cast.employer_id, other.vendor_id),
        await api.revoke_vendor_link(cast.employer_id, other.vendor_id),
        await api.get_vendor_link(nothing, vendor.vendor_id),
    ]
    links = (await api.list_vendor_links(cast.employer_id)).must()["items"]

    assert ["not-found"] * 9 == [one.word for one in answers]
    assert [vendor.vendor_id] == [one["vendorId"] for one in links]


async def test_a_vendor_rotates_its_own_secret(speak: Speak, vendor: Vendor) -> None:
    """With a token for itself: the new one, then the end of the old one."""
    api, client_id = speak(await vendor.itself()), vendor.client[0]
    before = (await api.get_vendor_client(vendor.vendor_id, client_id)).must()

    made = (await api.create_vendor_client_secret(vendor.vendor_id, client_id, {})).must()
    old = before["secrets"][0]["secretId"]
    left = (await api.revoke_vendor_client_secret(vendor.vendor_id, client_id, old)).must()
    renamed = (await api.update_vendor_client(vendor.vendor_id, client_id, {"name": "new"}, if_match="*")).must()
    refused = await ask(vendor)
    vendor.client = client_id, made["clientSecret"]
    (await api.revoke_vendor_client(vendor.vendor_id, client_id)).must()

    assert [made["secretId"]] == [one["secretId"] for one in left["secrets"]]
    assert "new" == renamed["name"]
    assert [(401, "invalid_client", _NO_CLIENT)] * 2 == [refused, await ask(vendor)]


_ELSEWHERE = "the resource has to be"


async def test_it_is_said_in_dutch_too(cast: Cast, house: House) -> None:
    """In the characters that RFC 6749 allows: a letter with a sign above it stands there without."""
    vendor, one = await cast.linked_vendor(), f"/employers/{cast.employer_id}"
    await Rest(cast.administrator).revoke_vendor_link(cast.employer_id, vendor.vendor_id)
    exchange = await house.http.post(
        "/oauth/token",
        data={"grant_type": "urn:ietf:params:oauth:grant-type:token-exchange", "resource": f"{PUBLIC_URL}/v1{one}"},
        headers={"accept-language": "nl"},
        auth=vendor.client,
    )

    said = [
        (await ask(vendor, *resources, language="nl", **form))[2]
        for resources, form in (
            ([one, one], {}),
            (["/employers"], {}),
            ([f"/employers/{uuid4()}"], {}),
            ([one], {}),
            ([], {"scope": "waves:write"}),
            ([], {"scope": "vendor-clients:write"}),
        )
    ]

    assert [
        "een token is voor een resource: vraag voor de andere nog een token",
        f"de resource moet {PUBLIC_URL}, {PUBLIC_URL}/v1/employers/{{employerId}} of "
        f"{PUBLIC_URL}/v1/vendors/{{vendorId}} zijn",
        "deze client heeft niets bij die resource",
        "de werkgever of de leverancier heeft beeindigd wat de leverancier daar mag",
        f"waves:write: noem de werkgever, resource={PUBLIC_URL}/v1/employers/{{employerId}}",
        f"vendor-clients:write: noem de leverancier zelf, resource={PUBLIC_URL}/v1/vendors/{{vendorId}}",
    ] == said
    assert f"bij deze grant is er geen andere resource dan {PUBLIC_URL}" == exchange.json()["error_description"]


@pytest.mark.parametrize(
    ("resources", "scope", "error", "description"),
    [
        (["/employers/{known}", "/employers/{other}"], "", "invalid_target", "a token is for one resource"),
        (["/employers/{unknown}"], "", "invalid_target", "this client has nothing at that resource"),
        (["/employers/{other}"], "", "invalid_target", "this client has nothing at that resource"),
        (["/vendors/{unknown}"], "", "invalid_target", "this client has nothing at that resource"),
        (["/employers/nobody"], "", "invalid_target", _ELSEWHERE),
        (["/employers/{known}/units"], "", "invalid_target", _ELSEWHERE),
        (["/employers"], "", "invalid_target", _ELSEWHERE),
        (["https://other.example/v1/employers/{known}"], "", "invalid_target", _ELSEWHERE),
        (
            [],
            "waves:write",
            "invalid_target",
            f"waves:write: name the employer, resource={PUBLIC_URL}/v1/employers/{{employerId}}",
        ),
        (
            [],
            "waves:read",
            "invalid_target",
            f"waves:read: name the employer, resource={PUBLIC_URL}/v1/employers/{{employerId}}",
        ),
        (
            [],
            "vendor-clients:write",
            "invalid_target",
            f"vendor-clients:write: name the vendor itself, resource={PUBLIC_URL}/v1/vendors/{{vendorId}}",
        ),
        (["/employers/{known}"], "vendors:read", "invalid_target", "vendors:read: name the vendor itself"),
        (["/employers/{known}"], "comments:read", "invalid_scope", "the client's roles do not give this scope"),
        (["/employers/{known}"], "waves:write", "ok", ""),
        (["/vendors/{own}"], "employers:write", "ok", ""),
        ([], "events:read", "ok", ""),
    ],
)
async def test_what_is_wrong_with_a_resource_is_said(
    standing: Cast, stranger: Cast, resources: list[str], scope: str, error: str, description: str
) -> None:
    """RFC 8707, section 2: what is not there and what is not the vendor's are answered alike."""
    vendor = await standing.linked_vendor()
    ids = {
        "known": standing.employer_id,
        "other": stranger.employer_id,
        "unknown": str(uuid4()),
        "own": vendor.vendor_id,
    }

    status, found, said = await ask(
        vendor, *[one.format(**ids) for one in resources], **({"scope": scope} if scope else {})
    )

    assert (200 if error == "ok" else 400, error) == (status, found)
    assert said.startswith(description)


async def test_an_employers_client_may_name_its_employer(house: House, standing: Cast, stranger: Cast) -> None:
    """And no other: the employer comes from our configuration."""
    made = await Rest(standing.administrator).create_client(standing.employer_id, {"name": "c", "roles": ["hr"]})
    client = made.must()["clientId"], made.must()["clientSecret"]
    form = {"grant_type": "client_credentials", "resource": f"{PUBLIC_URL}/v1/employers/"}

    answers = [
        await house.http.post("/oauth/token", data=form | {"resource": form["resource"] + one}, auth=client)
        for one in (standing.employer_id, stranger.employer_id)
    ]

    assert [200, 400] == [one.status_code for one in answers]
    assert "invalid_target" == answers[1].json()["error"]


async def test_the_metadata_of_a_resource_names_it(house: House, standing: Cast) -> None:
    """RFC 9728: at the path of the resource, whether or not there is such an employer; the forms are listed."""
    well_known = "/.well-known/oauth-protected-resource"
    paths = ["", f"/v1/employers/{standing.employer_id}", f"/v1/employers/{uuid4()}", f"/v1/vendors/{uuid4()}"]

    documents = [(await house.http.get(f"{well_known}{path}")).json() for path in paths]

    assert [f"{PUBLIC_URL}{path}" for path in paths] == [one["resource"] for one in documents]
    assert f"{PUBLIC_URL}/v1/employers/{{employerId}}" in documents[0]["resource_forms"]


async def test_one_feed_over_all_employers(speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor) -> None:
    """In one order, from when each lets the vendor act, and without those that do not any more."""
    for one in (cast, stranger):
        await cast.house.work()
        await link(one, vendor)
    api = speak(await vendor.over_all())
    await cast.house.work()
    first, cursor = await read_feed(api)
    for one in (cast, stranger, cast):
        (await Rest(one.hr).create_risk({"title": "x", "category": "workload", "severity": 4, "likelihood": 3})).must()
        await cast.house.work()

    told, cursor = await read_feed(api, cursor, limit=2)
    (await Rest(stranger.administrator).revoke_vendor_link(stranger.employer_id, vendor.vendor_id)).must()
    await cast.house.work()
    after, _ = await read_feed(api, cursor)
    whole, _ = await read_feed(api)

    employers = [f"/employers/{one.employer_id}" for one in (cast, stranger)]
    assert [(one, "nl.peil.vendor-link.created") for one in employers] == [
        (one["source"], one["type"]) for one in first
    ]
    assert [employers[0], employers[1], employers[0]] == [one["source"] for one in told]
    assert {"nl.peil.risk.created"} == {one["type"] for one in told}
    assert [] == after, "an employer that does not let it act tells it nothing, not even that"
    assert {employers[0]} == {one["source"] for one in whole}


async def test_a_cursor_is_good_for_its_feed_only(speak: Speak, cast: Cast, vendor: Vendor) -> None:
    """One of the vendor's feed is none of an employer's."""
    await link(cast, vendor)
    _, cursor = await read_feed(speak(await vendor.over_all()))

    refused = await speak(await vendor.at(cast.employer_id)).list_events(cursor=cursor)

    assert ("refused", [("/query/cursor", "cursor")]) == (refused.word, refused.findings)


async def test_what_campaigns_lack_over_all_employers(speak: Speak, cast: Cast, stranger: Cast, vendor: Vendor) -> None:
    """For each employer what its own readiness says of the campaigns that are not over."""
    for one in (cast, stranger):
        await link(one, vendor)
    hr = Rest(cast.hr)
    campaign_id = (await hr.create_campaign({"name": "Week", "year": 2030})).must()["campaignId"]
    (await hr.create_campaign({"name": "Week", "year": 2020})).must()

    told = (await speak(await vendor.over_all()).list_vendor_findings(vendor.vendor_id)).must()
    pages = [(await Rest(await vendor.over_all()).list_vendor_findings(vendor.vendor_id, limit=1)).must()]
    pages.append(
        (await Rest(await vendor.over_all()).list_vendor_findings(vendor.vendor_id, cursor=pages[0]["next"])).must()
    )
    own = (await Rest(await vendor.at(cast.employer_id)).get_readiness(campaign_id, language="en")).must()

    found = {one["employerId"]: one["campaigns"] for one in told["items"]}
    assert {cast.employer_id, stranger.employer_id} == found.keys()
    assert [own] == found[cast.employer_id]
    assert own["findings"]
    assert told["items"] == [one for page in pages for one in page["items"]]


async def test_only_what_a_page_shows_is_looked_at(
    cast: Cast, stranger: Cast, vendor: Vendor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not the employer after it, from which the page only hears that there is one."""
    for one in (cast, stranger):
        await link(one, vendor)
    looked_at = []

    async def noted(tx: Any) -> Any:
        looked_at.append(str(tx.employer_id))
        return await running_campaigns(tx)

    monkeypatch.setattr(vendor_findings, "running_campaigns", noted)
    told = (await Rest(await vendor.over_all()).list_vendor_findings(vendor.vendor_id, limit=1)).must()

    assert looked_at == [one["employerId"] for one in told["items"]]
    assert told["next"] is not None


async def test_each_employer_has_its_own_time(vendor: Vendor) -> None:
    """After one whose test clock is past its campaign comes one in real time, whose campaign is not over."""
    itself = Rest(await vendor.itself())
    late = {"sandbox": True, "testClock": "2031-06-01T09:00:00Z"}
    created = [(await itself.create_employer({"name": "x"} | more)).must()["employerId"] for more in (late, {})]
    for employer_id in created:
        (await Rest(await vendor.at(employer_id)).create_campaign({"name": "Week", "year": 2030})).must()

    told = (await Rest(await vendor.over_all()).list_vendor_findings(vendor.vendor_id)).must()["items"]

    assert [(created[0], 0), (created[1], 1)] == [(one["employerId"], len(one["campaigns"])) for one in told]

"""What must be there before schemathesis comes, so that every operation can succeed: made through HTTP."""

import json
import time
from datetime import date, datetime, timedelta
from typing import Any

import asyncpg
import msgspec

from contract.run import Known
from contract.uses import USES
from contract.vendors import BY_OPERATOR, BY_VENDOR, seed_vendors
from contract.webhooks import seed_vendor_webhooks, seed_webhooks
from peil import base64url
from peil.access import table
from peil.api import ENDPOINTS
from peil.keys.blind_signatures import blind, prepare, read_public_key
from peil.openapi.examples import EXAMPLES
from peil.openapi.words import camel
from peil.rest import path_names
from support.house import Employer, House, Persona

_EACH = 12
"""How many of everything that an operation uses up."""
_DIGEST = "0" * 64


async def seed(house: House) -> Known:
    """Two employers as peers, one for its clock, one whose policy stays the newest, and the operator."""
    names = ("Eerste BV", "Tweede BV", "Klok BV", "Open BV")
    first, second, clocked, opening = [await house.employer(name) for name in names]
    apart = await all_roles(clocked)
    seeded = await seed_employer(house, first, second)
    known = seeded.known
    others = seeded.others | {"advanceTestClock": apart, "updateFatigueBudget": apart}
    # A wave opens under the newest policy, for which there is a consent only where nobody makes another.
    others["openWave"] = await all_roles(opening)
    known["opening"] = await _planned(Persona(house.http, others["openWave"], str(opening.employer_id)))
    known["clocked"] = [str(clocked.employer_id)]
    cursors = await _cursors(house, seeded.usual, others, known)
    await _protect_clients(house)
    return Known(
        peers={"first": seeded.usual, "second": await all_roles(second)},
        others=others,
        dictionaries=known | cursors,
        parameters=USES | {name: {**USES.get(name, {}), "query.cursor": f"cursor-{name}"} for name in _LISTS},
        bodies=bodies_of(known),
    )


class Seeded(msgspec.Struct, frozen=True, kw_only=True):
    """One employer in which every operation can succeed."""

    employer: Employer
    usual: str
    """The token of who asks."""
    others: dict[str, str]
    """Per operation the token of who asks there instead."""
    known: dict[str, list[Any]]
    """What there is, by the names of `USES`."""


async def seed_employer(house: House, employer: Employer, *beside: Employer) -> Seeded:
    """Something of everything that an operation needs; `beside`: what else its vendor may act for."""
    usual = await all_roles(employer)
    known = await _seed_employer(house, Persona(house.http, usual, str(employer.employer_id)))
    known["employer"] = [str(employer.employer_id)]
    vendor = await employer.client("vendor_integration")
    known |= {name: await _issuers(vendor, name) for name in ("waiting-issuer", "old-issuer")}
    waiting = EXAMPLES["create_scim_connection"]["okta"]
    known["waiting-connection"] = [
        (await vendor.must(vendor.post("/scim-connections", waiting)))["connectionId"] for _ in range(_EACH)
    ]
    # Good for longer than the run takes.
    token = house.issuer.token("p0", aud=str(employer.employer_id), exp=int(time.time()) + 7200)
    known |= await _answer_tokens(house, Persona(house.http, usual), Persona(house.http, token), known)
    own = ("listMyWaves", "issueAnswerToken", "getOptOut", "createOptOut", "revokeOptOut")
    others = dict.fromkeys(own, token) | {"listRecipients": await client_in(employer, [table.DELIVERY])}
    audited = await vendor.must(Persona(house.http, usual).get("/audit"), 200)
    known["actor"] = [one["actorId"] for one in audited["items"][:1]]
    asking, vendors = await seed_vendors(house, [employer, *beside], _EACH)
    known |= vendors
    others |= dict.fromkeys(BY_VENDOR, str((await asking.itself()).token))
    others |= dict.fromkeys(BY_OPERATOR, str(employer.operator.token))
    known |= await seed_webhooks(house, Persona(house.http, usual))
    tokens, of_vendors = await seed_vendor_webhooks(house, employer, asking)
    others |= tokens
    known |= of_vendors
    others["createEmployer"] = str(employer.operator.token)
    return Seeded(employer=employer, usual=usual, others=others, known=known)


_LISTS = {
    camel(endpoint.name): endpoint
    for endpoint in ENDPOINTS
    if endpoint.query is not None and "cursor" in endpoint.query.__struct_fields__
}


async def _cursors(
    house: House, usual: str, others: dict[str, str], known: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    """The cursor after the first item of each list that has more than one, as its asker sees it."""
    cursors = {}
    for name, endpoint in _LISTS.items():
        caller = Persona(house.http, others.get(name, usual))
        chosen = {**USES["*"], **USES.get(name, {})}
        path = endpoint.path
        for parameter in path_names(endpoint.path):
            path = path.replace(f"{{{parameter}}}", known[chosen[f"path.{parameter}"]][0])
        first = await caller.must(caller.get(path, params={"limit": 1}), 200)
        cursor = first.get("cursor") or first.get("next")
        if cursor is not None:
            cursors[f"cursor-{name}"] = [cursor]
    return cursors


def bodies_of(known: dict[str, list[Any]]) -> dict[str, Any]:
    """A good body per operation whose example in the document cannot know what there is."""
    wave = {
        "name": "Nameting",
        "kind": "survey",
        "instrumentId": known["published"][0],
        "mode": "split",
        "languages": ["nl"],
        "opensAt": known["opens"][0],
        "closesAt": known["closes"][0],
        "unitIds": known["unit"],
    }
    dated = {"decidedOn": known["past"][0], "documentSha256": _DIGEST}
    return {
        "planWave": wave,
        "previewWave": wave | {"rate": 60},
        "extendWave": {"closesAt": known["extended"][0]},
        "planWaveSeries": _series(known["published"][0], known["first"][0], None),
        "previewWaveSeries": _series(known["published"][0], known["first"][0], None),
        "updateWave": {"closesAt": known["closes"][1], "unitIds": None},
        "submitResponse": {"code": known["code"][0], "answers": {}},
        "issueAnswerToken": {"keyId": known["answer-key"][0], "blindedMessage": known["blinded"][0]},
        "decideComments": {"decisions": [{"commentId": known["awaiting-comment"][0], "decision": "release"}]},
        "createUnit": {"externalId": "new", "name": "Nieuw", "parentExternalId": "root"},
        "updateUnit": {"name": "Anders"},
        "createPerson": {"externalId": "new", "unitExternalId": "care", "manages": ["care"]},
        "updatePerson": {"unitExternalId": "care", "from": None},
        "recordConsent": {"kind": "no-works-council", "policyVersion": 1, "mode": "split", **dated},
        "recordPrecondition": {"kind": "dpia", **dated},
        "createConsentRequest": {
            "policyVersion": 1,
            "mode": "split",
            "answerBy": known["coming"][0],
            "documentSha256": _DIGEST,
        },
        "createActivity": EXAMPLES["create_activity"]["kickOff"] | {"on": known["campaign-day"][0]},
        "createCommunication": EXAMPLES["create_communication"]["invitation"] | {"on": known["campaign-day"][0]},
        "createAction": EXAMPLES["create_action"]["mornings"]
        | {"startsOn": known["past"][0], "deadline": known["far"][0], "campaignId": known["campaign"][0]},
        "getGroupAggregate": {"unitIds": known["unit"][:1]},
        "createVendorLink": {"vendorId": known["new-vendor"][0]},
        "createVendorCampaigns": EXAMPLES["create_vendor_campaigns"]["named"] | {"employerIds": known["employer"][:1]},
        "decideConsentRequest": {"decision": "consent", "validUntil": known["coming"][0]},
        "advanceTestClock": {"to": known["later"][0]},
    }


def _series(instrument_id: str, first_on: str, unit_ids: list[str] | None) -> dict[str, Any]:
    return {
        **EXAMPLES["plan_wave_series"]["fortnightly"],
        "kind": "survey",
        "instrumentId": instrument_id,
        "firstOn": first_on,
        "unitIds": unit_ids,
    }


async def all_roles(employer: Employer) -> str:
    """The token of a client in every role that a client can have beside others."""
    return await client_in(
        employer,
        sorted(set(table.ROLES) - {"operator", "manager", "employee", "ambassador", table.DELIVERY, table.VENDOR}),
    )


async def client_in(employer: Employer, roles: list[str]) -> str:
    """The token of a client in these roles, which nobody revokes during the run."""
    administrator = await employer.client("administrator")
    created = await administrator.must(
        administrator.post(f"/employers/{employer.employer_id}/clients", {"name": "contract", "roles": roles})
    )
    return await employer.house.sign_in(created["clientId"], created["clientSecret"])


async def _seed_employer(house: House, caller: Persona) -> dict[str, list[Any]]:
    known = await _directory(caller)
    employer = await caller.must(caller.get(f"/employers/{caller.employer_id}"), 200)
    now = datetime.fromisoformat(employer["testClock"])
    day = now.date().isoformat()
    await caller.must(caller.patch("/fatigue-budget", {"waves": 1000, "items": 10_000, "days": 1}, "*"), 200)
    # There is a second page of everything that has pages.
    policies = [
        (await caller.must(caller.post("/policies", EXAMPLES["create_policy"]["stricter"])))["version"]
        for _ in range(_EACH)
    ]
    # An issuer with its audience is one employer's only.
    new = EXAMPLES["create_issuer"]["entra"]
    await caller.must(caller.post("/issuers", {**new, "audience": f"{new['audience']} of {caller.employer_id}"}))
    known |= await _consents(caller, policies, now)
    await _pass_gates(caller, policies[-1], day)
    known |= await _things(caller)
    known |= await _campaigns(house, caller, now.date())
    known |= await _waves(house, caller, known["published"][0], now)
    known |= await _comments(house, caller, now)
    first = (now + timedelta(days=200)).date().isoformat()
    for name in ("series", "old-series"):
        series = _series(known["published"][0], first, None)
        planned = [await caller.must(caller.post("/wave-series", series)) for _ in range(_EACH)]
        known[name] = [one["seriesId"] for one in planned]
    return known | {
        "any-version": ["*"],
        "policy": [1, policies[-1]],
        "coming": [(now + timedelta(days=days)).date().isoformat() for days in (1, 30)],
        "far": [(now + timedelta(days=days)).date().isoformat() for days in (400, 800)],
        "past": [day, "2020-02-29"],
        "later": [(now + timedelta(days=days)).isoformat() for days in range(1, 50)],
        "opens": [now.isoformat(), (now + timedelta(days=1)).isoformat()],
        "closes": [(now + timedelta(days=days)).isoformat() for days in (10, 20)],
        "mode": ["split"],
        "survey-kind": ["survey"],
        "chart": ["score", "participation", "heat"],
        "cadence": ["fortnightly", "monthly"],
        "first": [(now + timedelta(days=days)).date().isoformat() for days in (40, 80)],
        "from": ["09:00", "10:30"],
        "to": ["17:00", "16:45"],
        "two-days": [2, 3],
        "few": [1, 2, 3],
        "extended": [(now + timedelta(days=30, hours=hours)).isoformat() for hours in range(1, 40)],
        "zone": ["Europe/Amsterdam", "America/Paramaribo"],
        "language": ["nl"],
    }


async def _pass_gates(caller: Persona, policy: int, day: str) -> None:
    """What must be there before a wave opens under this policy."""
    dated = {"decidedOn": day, "documentSha256": _DIGEST}
    for kind, mode in (("no-works-council", "split"), ("works-council-consent", "handout")):
        await caller.must(caller.post("/consents", {"kind": kind, "policyVersion": policy, "mode": mode, **dated}))
    await caller.must(caller.post("/preconditions", {"kind": "dpia", **dated}))
    await caller.must(caller.post("/preconditions", {"kind": "participant-notice", "languages": ["nl"], **dated}))


async def _planned(caller: Persona) -> list[str]:
    """Waves that only wait to be opened."""
    await _directory(caller)
    employer = await caller.must(caller.get(f"/employers/{caller.employer_id}"), 200)
    now = datetime.fromisoformat(employer["testClock"])
    await caller.must(caller.patch("/fatigue-budget", {"waves": 1000, "items": 10_000, "days": 1}, "*"), 200)
    await _pass_gates(caller, 1, now.date().isoformat())
    plan = _plan(await _shipped(caller), now) | {"opensAt": (now + timedelta(days=1)).isoformat()}
    return [(await caller.must(caller.post("/waves", plan)))["waveId"] for _ in range(_EACH)]


async def _shipped(caller: Persona) -> str:
    """An instrument that came with Peil."""
    listed = await caller.must(caller.get("/instruments"), 200)
    return str(next(one["instrumentId"] for one in listed["items"] if one["key"] == "workload-recovery-focus"))


def _plan(instrument_id: str, now: datetime) -> dict[str, Any]:
    return {
        "name": "Meting",
        "kind": "survey",
        "instrumentId": instrument_id,
        "mode": "split",
        "languages": ["nl"],
        "closesAt": (now + timedelta(days=30)).isoformat(),
    }


async def _consents(caller: Persona, policies: list[int], now: datetime) -> dict[str, list[Any]]:
    """What is withdrawn, decided and cancelled: of each policy and mode the council is asked, and takes back, once."""
    day, due = now.date().isoformat(), (now + timedelta(days=30)).date().isoformat()
    consent = {"kind": "works-council-consent", "mode": "blind", "decidedOn": day, "documentSha256": _DIGEST}
    asked = {"answerBy": due, "documentSha256": _DIGEST}

    async def ids(path: str, member: str, among: list[int], **new: Any) -> list[str]:
        return [(await caller.must(caller.post(path, {"policyVersion": one, **new})))[member] for one in among]

    return {
        "consent": await ids("/consents", "preconditionId", policies, **consent),
        "undecided": await ids("/consent-requests", "consentRequestId", policies[:-1], mode="handout", **asked),
        "unwanted": await ids("/consent-requests", "consentRequestId", policies, mode="split", **asked),
    }


async def _issuers(vendor: Persona, audience: str) -> list[str]:
    new = EXAMPLES["create_issuer"]["entra"]
    return [
        (await vendor.must(vendor.post("/issuers", {**new, "audience": f"{audience}-{n} of {vendor.employer_id}"})))[
            "issuerId"
        ]
        for n in range(_EACH)
    ]


async def _directory(caller: Persona) -> dict[str, list[Any]]:
    units = [{"externalId": "root", "name": "Eerste BV"}]
    units += [{"externalId": name, "name": name, "parentExternalId": "root"} for name in ("care", "care-west")]
    units += [
        {"externalId": f"{name}-{n}", "name": f"{name} {n}", "parentExternalId": "care"}
        for name in ("leaf", "empty")
        for n in range(_EACH)
    ]
    await _import(caller, "units", units)
    await _import(
        caller, "people", [{"externalId": f"p{n}", "unitExternalId": ("care", "care-west")[n % 2]} for n in range(30)]
    )
    listed = await caller.must(caller.get("/units", params={"limit": 200}), 200)
    people = await caller.must(caller.get("/people"), 200)
    issuers = await caller.must(caller.get("/issuers"), 200)
    return {
        "unit": [unit["unitId"] for unit in listed["items"] if unit["externalId"] in ("root", "care", "care-west")],
        **{
            name: [unit["unitId"] for unit in listed["items"] if unit["externalId"].startswith(name)]
            for name in ("leaf", "empty")
        },
        "unit-name": ["root", "care", "care-west"],
        "person": [person["personId"] for person in people["items"]],
        "issuer": [issuer["issuerId"] for issuer in issuers["items"]],
    }


async def _import(caller: Persona, kind: str, lines: list[Any]) -> None:
    report = await caller.must(
        caller.request(
            "POST",
            f"/{kind}/import",
            content="\n".join(map(json.dumps, lines)),
            headers={"content-type": "application/x-ndjson"},
        ),
        200,
    )
    assert report["written"], report


async def _things(caller: Persona) -> dict[str, list[Any]]:
    draft = EXAMPLES["create_instrument"]["pulse"]
    route = EXAMPLES["create_support_route"]["adviser"]
    entry = EXAMPLES["create_catalogue_entry"]["activity"]
    risk = EXAMPLES["create_risk"]["workload"]
    client = EXAMPLES["create_client"]["suite"]
    clients = f"/employers/{caller.employer_id}/clients"
    shipped = await caller.must(caller.get("/instruments"), 200)
    licensed = f"/instruments/{shipped['items'][0]['instrumentId']}/permissions"
    permission = EXAMPLES["record_permission"]["letter"]
    return {
        **{
            name: [
                (await caller.must(caller.post("/instruments", {**draft, "key": f"{name}-{n}"})))["instrumentId"]
                for n in range(_EACH)
            ]
            for name in ("draft", "finished", "discarded")
        },
        **{
            name: [(await caller.must(caller.post("/support-routes", route)))["supportRouteId"] for _ in range(_EACH)]
            for name in ("support-route", "old-route")
        },
        **{
            name: [(await caller.must(caller.post(licensed, permission)))["permissionId"] for _ in range(_EACH)]
            for name in ("permission", "old-permission")
        },
        "catalogue-entry": [
            (await caller.must(caller.post("/catalogue-entries", {**entry, "key": f"own-{n}"})))["catalogueEntryId"]
            for n in range(_EACH)
        ],
        "risk": [(await caller.must(caller.post("/risks", risk)))["riskId"] for _ in range(_EACH)],
        "category": ["workload", "digital-overload"],
        **{
            name: [(await caller.must(caller.post(clients, client)))["clientId"] for _ in range(_EACH)]
            for name in ("client", "old-client", "client-to-rotate")
        },
        **await _secrets(caller, clients),
        **await _connections(caller),
        "published": [one["instrumentId"] for one in shipped["items"] if one["key"] == "workload-recovery-focus"],
    }


async def _secrets(caller: Persona, clients: str) -> dict[str, list[Any]]:
    """A client with two secrets, of which one can be ended."""
    made = await caller.must(caller.post(clients, EXAMPLES["create_client"]["suite"]))
    await caller.must(caller.post(f"{clients}/{made['clientId']}/secrets", {}))
    seen = await caller.must(caller.get(f"{clients}/{made['clientId']}"), 200)
    return {
        "client-of-secrets": [made["clientId"]],
        "client-secret": [secret["secretId"] for secret in seen["secrets"]],
    }


async def _connections(caller: Persona) -> dict[str, list[Any]]:
    """SCIM connections, and one with two secrets, of which one can be ended."""
    new = EXAMPLES["create_scim_connection"]["entra"]
    names = ("connection", "connection-to-rotate", "old-connection")
    made = await caller.must(caller.post("/scim-connections", new))
    await caller.must(caller.post(f"/scim-connections/{made['connectionId']}/secrets", {}))
    seen = await caller.must(caller.get(f"/scim-connections/{made['connectionId']}"), 200)
    return {
        **{
            name: [(await caller.must(caller.post("/scim-connections", new)))["connectionId"] for _ in range(_EACH)]
            for name in names
        },
        "connection-of-secrets": [made["connectionId"]],
        "scim-secret": [secret["secretId"] for secret in seen["secrets"]],
    }


async def _waves(house: House, caller: Persona, instrument_id: str, now: datetime) -> dict[str, list[Any]]:
    plan = _plan(instrument_id, now)

    async def waves(
        count: int, opens_at: datetime, *, opened: bool, kind: str = "survey", mode: str = "split"
    ) -> list[str]:
        new = {**plan, "kind": kind, "mode": mode, "opensAt": opens_at.isoformat()}
        if kind == "pulse":
            new["closesAt"] = (now + timedelta(days=6)).isoformat()
        planned = [(await caller.must(caller.post("/waves", new)))["waveId"] for _ in range(count)]
        for wave_id in planned if opened else []:
            await caller.must(caller.post(f"/waves/{wave_id}/open"), 202)
        return planned

    await caller.patch("/message-settings", EXAMPLES["update_message_settings"]["byPeil"], "*")
    soon, past = now + timedelta(days=1), now - timedelta(hours=1)
    known = {
        "planned": await waves(_EACH, soon, opened=False),
        "changed": await waves(_EACH, soon, opened=False),
        "cancelled": await waves(_EACH, soon, opened=False),
        "ready": await waves(4, soon, opened=True),
        "handout": await waves(2, soon, opened=True, mode="handout"),
        "open": await waves(_EACH, past, opened=True),
        "lasting": await waves(_EACH, past, opened=True),
        "asked": await waves(1, past, opened=True),
        "released": await waves(2, past, opened=True, kind="pulse"),
        "baseline": await waves(1, past - timedelta(hours=1), opened=True, kind="baseline"),
    }
    await house.work()
    known["code"] = await _codes(caller, known["asked"][0])
    messages = await caller.must(caller.get(f"/waves/{known['asked'][0]}/messages"), 200)
    known["message"] = [messages["items"][0]["messageId"]]
    released = [*known["baseline"], *known["released"]]
    for wave_id in released:
        for code in await _codes(caller, wave_id):
            await caller.must(house.anonymous.post(f"/waves/{wave_id}/responses", {"code": code, "answers": {}}))
        await caller.must(caller.post(f"/waves/{wave_id}/close"), 202)
    await house.work()
    states = [(await caller.must(caller.get(f"/waves/{one}"), 200))["state"] for one in released]
    assert ["released"] * len(released) == states
    return known


async def _answer_tokens(
    house: House, caller: Persona, person: Persona, known: dict[str, list[Any]]
) -> dict[str, list[Any]]:
    """A wave in blind mode that is ready, the key of the person's group, and one message blinded for it."""
    opens_at = datetime.fromisoformat(known["opens"][1])
    plan = _plan(known["published"][0], opens_at) | {"mode": "blind", "opensAt": known["opens"][1]}
    wave_id = (await caller.must(caller.post("/waves", plan)))["waveId"]
    await caller.must(caller.post(f"/waves/{wave_id}/open"), 202)
    await house.work()
    waves = (await person.must(person.get("/me/waves", params={"limit": 200}), 200))["items"]
    (mine,) = [wave for wave in waves if wave["waveId"] == wave_id]
    public_key = read_public_key(base64url.decode(mine["publicKey"]))
    blinded = blind(public_key, prepare(bytes(32)))
    return {"blind": [wave_id], "answer-key": [mine["keyId"]], "blinded": [base64url.encode(blinded.message)]}


async def _comments(house: House, caller: Persona, now: datetime) -> dict[str, list[Any]]:
    """Waves whose comments can be read, decided about, and of which moderation can be ended."""
    new = EXAMPLES["create_instrument"]["pulse"]
    asked = {key: new["items"][0][key] for key in ("version", "text", "sensitive", "repeatable")}
    items = [*new["items"], {"kind": "comment", "key": "words", **asked}]
    made = await caller.must(caller.post("/instruments", {**new, "key": "with-words", "items": items}))
    await caller.must(caller.post(f"/instruments/{made['instrumentId']}/publish"), 200)
    plan = _plan(made["instrumentId"], now) | {"opensAt": (now - timedelta(hours=1)).isoformat()}
    known: dict[str, list[Any]] = {"commented": [], "moderated": [], "ending": []}
    for name, count in (("commented", 1), ("moderated", 1), ("ending", _EACH)):
        known[name] = [(await caller.must(caller.post("/waves", plan)))["waveId"] for _ in range(count)]
        for wave_id in known[name]:
            await caller.must(caller.post(f"/waves/{wave_id}/open"), 202)
    await house.work()
    for wave_id in [*known["commented"], *known["moderated"]]:
        for code in await _codes(caller, wave_id):
            response = {"code": code, "answers": {"words": "Meer rust."}}
            await caller.must(house.anonymous.post(f"/waves/{wave_id}/responses", response))
    for wave_id in [*known["commented"], *known["moderated"], *known["ending"]]:
        await caller.must(caller.post(f"/waves/{wave_id}/close"), 202)
    await house.work()
    awaiting = {name: await _awaiting(caller, known[name][0]) for name in ("commented", "moderated")}
    path = f"/waves/{known['commented'][0]}/comment-moderation"
    decisions = [{"commentId": one, "decision": "release"} for one in awaiting["commented"]]
    await caller.must(caller.post(f"{path}/decisions", {"decisions": decisions}), 200)
    await caller.must(caller.post(f"{path}/end"), 202)
    await house.work()
    return known | {"comment": awaiting["commented"], "awaiting-comment": awaiting["moderated"]}


async def _awaiting(caller: Persona, wave_id: str) -> list[str]:
    found = await caller.must(caller.get(f"/waves/{wave_id}/comment-moderation/comments"), 200)
    return [one["commentId"] for one in found["items"]]


async def _codes(caller: Persona, wave_id: str) -> list[str]:
    drawn = await caller.post(f"/waves/{wave_id}/codes")
    assert drawn.status_code == 200, drawn.text
    return [json.loads(line)["code"] for line in drawn.text.splitlines()]


async def _protect_clients(house: House) -> None:
    """Keeps the clients of this run from being revoked: schemathesis would saw off the branch it sits on."""
    connection = await asyncpg.connect(house.settings.database_url_owner)
    try:
        await connection.execute(_PROTECT)
    finally:
        await connection.close()


_PROTECT = """
create function keep_row() returns trigger language plpgsql as 'begin return old; end';
create trigger keep_client
  before update on peil.client
  for each row
  when (old.name = 'contract')
  execute function keep_row();
create trigger keep_vendor
  before update on peil.vendor
  for each row
  when (old.name = 'contract' and new.state <> old.state)
  execute function keep_row();
"""


async def _campaigns(house: House, caller: Persona, today: date) -> dict[str, list[Any]]:
    """Campaigns with agenda and communication, risks, and actions that have been looked at."""
    year = today.year + 1
    edition = EXAMPLES["create_campaign"]["edition"] | {"year": year}
    campaigns = [(await caller.must(caller.post("/campaigns", edition)))["campaignId"] for _ in range(3)]
    day = f"{year}-11-09"
    known: dict[str, list[Any]] = {"campaign": campaigns, "campaign-day": [day, f"{year}-11-20"]}
    for kind, path, example in (
        ("activity", "activities", EXAMPLES["create_activity"]["kickOff"]),
        ("communication", "communications", EXAMPLES["create_communication"]["invitation"]),
    ):
        for name in (kind, f"old-{kind}"):
            known[name] = [
                (await caller.must(caller.post(f"/campaigns/{campaigns[0]}/{path}", example | {"on": day})))[
                    f"{kind}Id"
                ]
                for _ in range(_EACH)
            ]
    began, ends = today - timedelta(days=91), today + timedelta(days=400)
    action = EXAMPLES["create_action"]["mornings"] | {"startsOn": began.isoformat(), "deadline": ends.isoformat()}
    known["action"] = [(await caller.must(caller.post("/actions", action)))["actionId"] for _ in range(_EACH)]
    await house.work()
    checks = await caller.must(caller.get("/progress-checks", params={"limit": 200}), 200)
    known["progress-check"] = [check["progressCheckId"] for check in checks["items"]]
    return known | {
        "theme": ["psychological-safety", "resilience"],
        "activity-kind": ["kick-off", "retro"],
        "communication-kind": ["invitation", "success"],
        "measure": ["prioritising", "meeting-free-windows"],
    }

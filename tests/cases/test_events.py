"""Events and audit rows: one of each per change, in order, thin, and chained."""

import asyncio
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec

from cases.measuring import answer_all, bring_to, codes_of, pass_gates, wave_new
from support.apis import Api, Rest, Speak
from support.personas import Cast, add_crowd


async def read_feed(api: Api, cursor: str | None = None, **query: Any) -> tuple[list[dict[str, Any]], str]:
    """Everything there is, from a cursor on, and the cursor at the end."""
    items: list[dict[str, Any]] = []
    while True:
        feed = (await api.list_events(**query, **({"cursor": cursor} if cursor else {}))).must()
        items += feed["items"]
        cursor = feed["cursor"]
        if not feed["more"]:
            return items, str(feed["cursor"])


async def audit_of(cast: Cast, api: Api | None = None) -> list[dict[str, Any]]:
    """The audit trail as the works council reads it, once the worker has chained it."""
    await cast.house.work()
    council = api or Rest(cast.works_council)
    items: list[dict[str, Any]] = []
    cursor = None
    while True:
        page = (await council.list_audit(**({"cursor": cursor} if cursor else {}))).must()
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


async def test_the_feed_tells_what_happened_in_order(speak: Speak, cast: Cast) -> None:
    """With the state after it; the worker's deeds stand between the callers'."""
    await cast.house.work()
    _, start = await read_feed(speak(cast.administrator))
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "released", speak(cast.hr))
    await cast.house.work()

    items, _ = await read_feed(speak(cast.vendor), start, limit=2)

    told = [(one["type"], one["data"]["state"]) for one in items if one["subject"] == f"waves/{wave_id}"]
    assert [
        ("nl.peil.wave.planned", "planned"),
        ("nl.peil.wave.opening", "opening"),
        ("nl.peil.wave.ready", "ready"),
        ("nl.peil.wave.opened", "open"),
        ("nl.peil.wave.closing", "closing"),
        ("nl.peil.wave.released", "released"),
    ] == told
    assert len(items) == len({one["id"] for one in items})


async def test_events_are_thin(speak: Speak, cast: Cast) -> None:
    """CloudEvents with a subject and its state: no name, no number of people, no count."""
    await add_crowd(cast.hr, field=10)
    await bring_to(cast, "released")
    await cast.house.work()

    items, _ = await read_feed(speak(cast.administrator))

    assert {("specversion", "id", "source", "type", "subject", "time", "datacontenttype", "data")} == {
        tuple(one) for one in items
    }
    assert {("state",)} == {tuple(one["data"]) for one in items}
    assert {f"/employers/{cast.employer_id}"} == {one["source"] for one in items}
    assert not [one for one in items if isinstance(one["data"]["state"], int) or (one["data"]["state"] or "").isdigit()]


async def test_the_cursor_at_the_end_waits(speak: Speak, cast: Cast) -> None:
    """Polled again it gives nothing, and then what has come since, and that once."""
    api = speak(cast.administrator)
    await cast.house.work()
    _, end = await read_feed(api)
    nothing, still = await read_feed(api, end)
    created = (await speak(cast.hr).create_unit({"externalId": "x", "name": "X", "parentExternalId": "root"})).must()
    await cast.house.work()

    news, after = await read_feed(api, still)

    assert [] == nothing == (await read_feed(api, after))[0]
    assert [f"units/{created['unitId']}"] == [one["subject"] for one in news]


async def test_nothing_is_lost_under_concurrent_writers(speak: Speak, cast: Cast) -> None:
    """A reader who polls while many write sees each event once, in the order of the feed."""
    await cast.house.work()
    api, hr = speak(cast.administrator), speak(cast.hr)
    _, cursor = await read_feed(api)
    writers = asyncio.gather(
        *(
            hr.record_precondition({"kind": "dpia", "decidedOn": "2026-01-01", "documentSha256": f"{n:064x}"})
            for n in range(24)
        )
    )

    seen: list[str] = []
    while not writers.done():
        await cast.house.worker.do_due()
        news, cursor = await read_feed(api, cursor, limit=5)
        seen += [one["subject"] for one in news]
    await cast.house.work()
    seen += [one["subject"] for one in (await read_feed(api, cursor))[0]]

    written = [f"preconditions/{one.must()['preconditionId']}" for one in await writers]
    assert sorted(written) == sorted(seen)


async def test_the_feed_is_of_one_employer(speak: Speak, cast: Cast, stranger: Cast) -> None:
    """Nor does another's cursor open it."""
    await cast.house.work()
    items, cursor = await read_feed(speak(stranger.administrator))

    refused = await speak(cast.administrator).list_events(cursor=cursor)

    assert {f"/employers/{stranger.employer_id}"} == {one["source"] for one in items}
    assert [("/query/cursor", "cursor")] == refused.findings


async def test_every_change_leaves_one_audit_row(speak: Speak, cast: Cast) -> None:
    """Named after its operation, with who did it by id, and nobody's name."""
    hr, administrator = speak(cast.hr), speak(cast.administrator)
    before = len(await audit_of(cast))

    (await hr.create_unit({"externalId": "x", "name": "X", "parentExternalId": "root"})).must()
    client = (await administrator.create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    (await administrator.revoke_client(cast.employer_id, client["clientId"])).must()
    wave = (await hr.plan_wave(await wave_new(cast))).must()
    (await hr.cancel_wave(wave["waveId"])).must()
    await hr.cancel_wave(wave["waveId"])
    await hr.get_wave(wave["waveId"])

    rows = (await audit_of(cast))[before:]
    clients = {
        one["name"]: one["clientId"] for one in (await administrator.list_clients(cast.employer_id)).must()["items"]
    }
    assert ["create_unit", "create_client", "revoke_client", "plan_wave", "cancel_wave"] == [
        one["event"] for one in rows
    ]
    assert [clients["hr"], clients["administrator"]] == [rows[0]["actorId"], rows[1]["actorId"]]
    assert {"client"} == {one["actorKind"] for one in rows}
    assert f"waves/{wave['waveId']}" == rows[-1]["subject"]


async def test_answers_leave_no_trace(cast: Cast) -> None:
    """Not one audit row and not one event more for all who answered."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, "open")
    codes = await codes_of(cast, wave_id)
    await cast.house.work()
    before = await audit_of(cast), await read_feed(Rest(cast.administrator))

    await answer_all(cast, wave_id, codes)
    await cast.house.work()

    assert before == (await audit_of(cast), await read_feed(Rest(cast.administrator)))


async def test_the_works_council_can_check_the_trail(speak: Speak, cast: Cast) -> None:
    """With what it is shown: each hash covers its row and the hash before, so nothing can be changed or left out."""
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))

    rows = await audit_of(cast, speak(cast.works_council))

    previous = b""
    for place, row in enumerate(rows, 1):
        covered = {
            "audit_id": row["auditId"],
            "at": datetime.fromisoformat(row["at"]).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
            "actor_kind": row["actorKind"],
            "actor_id": row["actorId"],
            "event": row["event"],
            "subject": row["subject"],
        }
        previous = sha256(previous + msgspec.json.encode(covered)).digest()
        assert (place, previous.hex()) == (row["position"], row["hash"])
    assert len(rows) > 10

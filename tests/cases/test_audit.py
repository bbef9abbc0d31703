"""The audit trail: who may ask it what, taken away whole, and verified by somebody else's Python."""

import asyncio
import csv
import logging
import subprocess
import sys
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import msgspec
import pytest

from anonymity.asking import owner
from cases.measuring import advance, bring_to
from cases.test_events import audit_of
from cases.test_sign_in import backend, exchange
from peil.__main__ import main
from peil.checks import audit
from peil.embedded import Cluster
from peil.trail import operations, queries, verify_audit
from peil.trail.files import VERIFIER
from support.answering import obtain
from support.apis import Rest, Speak
from support.house import House, Persona
from support.personas import Cast, add_crowd, cast_of


@pytest.fixture(scope="module")
async def told(house: House) -> Cast:
    """An employer in which HR and the administrator have done a few things, all of them chained."""
    cast = await cast_of(await house.employer("Gecontroleerd BV"))
    hr = Rest(cast.hr)
    for name in ("een", "twee"):
        await advance(cast, hours=1)
        made = (await hr.create_unit({"externalId": name, "name": name, "parentExternalId": "root"})).must()
        (await hr.update_unit(made["unitId"], {"name": f"{name} anders"}, if_match="*")).must()
    await Rest(cast.administrator).create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})
    await cast.house.work()
    return cast


async def asked(api: Any, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.list_audit(**query)).must()["items"]
    return found


async def test_it_can_be_asked_by_kind_actor_and_resource(speak: Speak, told: Cast) -> None:
    """Each by itself and together; a kind of resource, or one with what belongs to it."""
    council = speak(told.works_council)
    everything = await audit_of(told, council)
    renamed = [one for one in everything if one["event"] == "update_unit"]
    unit = renamed[0]["subject"]

    assert renamed == await asked(council, event="update_unit")
    assert [one for one in everything if one["actorId"] == renamed[0]["actorId"]] == await asked(
        council, actor=renamed[0]["actorId"]
    )
    assert ["create_unit", "update_unit"] == [one["event"] for one in await asked(council, resource=unit)]
    assert [one for one in everything if one["subject"].startswith("units/")] == await asked(council, resource="units")
    assert [renamed[0]] == await asked(council, resource=unit, event="update_unit", actor=renamed[0]["actorId"])
    assert [] == await asked(council, resource=unit[:-1]) == await asked(council, actor=str(uuid4()))


async def test_it_can_be_asked_by_time(speak: Speak, told: Cast) -> None:
    """From a moment on, and until before another one; pages go on with the same filter, and with no other."""
    council = speak(told.works_council)
    everything = await audit_of(told, council)
    middle = everything[-1]["at"]

    before, after = await asked(council, to=middle, limit=100), await asked(council, limit=100, **{"from": middle})
    first = (await council.list_audit(limit=1, **{"from": middle})).must()
    second = (await council.list_audit(limit=1, cursor=first["next"], **{"from": middle})).must()
    other = await council.list_audit(limit=1, cursor=first["next"])

    assert everything == before + after
    assert min(len(before), len(after)) > 0
    assert after[:2] == first["items"] + second["items"]
    assert [("/query/cursor", "cursor")] == other.findings


@pytest.mark.parametrize(
    "query", [{"from": "2026-01-01"}, {"event": "Create Unit"}, {"resource": "units/%"}, {"actor": "hr"}]
)
async def test_a_filter_that_is_none_is_refused(speak: Speak, told: Cast, query: dict[str, str]) -> None:
    """A day is no moment, and nothing in it is a pattern."""
    refused = await speak(told.works_council).list_audit(**query)

    assert "refused" == refused.word


async def test_the_operator_sees_its_own_deeds(speak: Speak, told: Cast, stranger: Cast) -> None:
    """For all employers, by whichever of its clients, and nothing of what others did there; `actor` narrows it."""
    await stranger.house.work()
    chains = {cast.employer_id: await audit_of(cast) for cast in (told, stranger)}
    clients = {whose: chain[0]["actorId"] for whose, chain in chains.items()}
    mine = {whose: await asked(speak(told.operator), actor=actor, limit=100) for whose, actor in clients.items()}
    page = (await speak(stranger.operator).list_audit(limit=1, actor=clients[told.employer_id])).must()
    rest = await asked(speak(told.operator), limit=1, actor=clients[told.employer_id], cursor=page["next"])

    assert {whose: [one for one in chain if one["actorKind"] == "operator"] for whose, chain in chains.items()} == mine
    assert 2 == len(set(clients.values()))
    assert ["create_employer", "create_client"] == [one["event"] for one in mine[told.employer_id]]
    assert mine[told.employer_id] == page["items"] + rest
    assert [] == await asked(speak(told.operator), actor=chains[told.employer_id][-1]["actorId"])


async def export_of(persona: Persona, media_type: str = "application/x-ndjson", query: str = "") -> Any:
    response = await persona.get(f"/audit/export{query}", headers={"accept": media_type})
    assert response.status_code == 200, response.text
    return response


async def test_an_export_is_what_the_list_says(told: Cast) -> None:
    """As lines, as JSON and as a table in which no cell is a formula; with the same filters, and kept nowhere."""
    everything = await audit_of(told)

    lines = await export_of(told.works_council)
    whole = await export_of(told.works_council, "application/json")
    table = await export_of(told.works_council, "text/csv", "?separator=semicolon")
    part = await export_of(told.works_council, query="?event=update_unit")
    rows = list(csv.DictReader(StringIO(table.content.decode("utf-8-sig")), delimiter=";"))

    assert everything == [msgspec.json.decode(line) for line in lines.content.splitlines()] == whole.json()["entries"]
    written = [one | {"position": str(one["position"]), "at": moment(one["at"]), "vendorId": ""} for one in everything]
    assert written == [row | {"at": moment(row["at"])} for row in rows]
    assert 2 == len(part.content.splitlines())
    assert 'filename="peil-audit-' in table.headers["content-disposition"]
    assert "no-store" in lines.headers["cache-control"]


def moment(text: str) -> Any:
    return datetime.fromisoformat(text)


async def test_a_separator_is_of_a_table_only(told: Cast) -> None:
    """As in every other export."""
    refused = await told.works_council.get("/audit/export?separator=comma", headers={"accept": "application/x-ndjson"})

    assert [("/query/separator", "not-of-this-file")] == [
        (one["pointer"], one["code"]) for one in refused.json()["errors"]
    ]


async def test_an_export_has_its_limit(told: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not cut in silence: whoever asks for more is told to take a part."""
    monkeypatch.setattr(operations, "MAX_EXPORTED", 3)

    refused = await Rest(told.works_council).export_audit()

    assert [("/query/from", "too-many-items")] == refused.findings


@pytest.fixture
async def exported(told: Cast) -> list[bytes]:
    """The lines of an export of everything."""
    return (await export_of(told.works_council)).content.splitlines()  # type: ignore[no-any-return]  # of httpx


def verify(to: Path, *exports: list[bytes]) -> int:
    """The exit code of the program for these exports."""
    paths = [to / f"{place}.ndjson" for place in range(len(exports))]
    for path, lines in zip(paths, exports, strict=True):
        path.write_bytes(b"\n".join(lines))
    return verify_audit.main([*map(str, paths), "--language", "en"])


async def test_anybody_gets_the_verifier(told: Cast) -> None:
    """Without a sign-in."""
    served = await told.house.http.get("/verify_audit.py")

    assert (200, VERIFIER.read_bytes()) == (served.status_code, served.content)


def test_an_export_verifies_by_itself(exported: list[bytes], tmp_path: Path) -> None:
    """By the program in a bare Python away from everything; whole, and a part beside it."""
    (tmp_path / "all.ndjson").write_bytes(b"\n".join(exported))
    (tmp_path / "part.ndjson").write_bytes(b"\n".join(exported[4:]))
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())

    ran = subprocess.run(
        [sys.executable, "-I", "-S", "verify.py", "all.ndjson", "part.ndjson", "--language", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={},
    )

    last = msgspec.json.decode(exported[-1])
    assert (0, "") == (ran.returncode, ran.stderr)
    assert f"RIGHT: entries 1 to {len(exported)} of {last['employerId']}" in ran.stdout
    assert last["hash"] in ran.stdout
    assert 0 == verify(tmp_path, exported[4:])


def forged(lines: list[dict[str, Any]], what: str) -> list[dict[str, Any]]:
    place = len(lines) // 2
    if what == "left out":
        return lines[:place] + lines[place + 1 :]
    if what == "put in":
        return [*lines[:place], lines[place] | {"auditId": str(uuid4())}, *lines[place:]]
    if what == "swapped":
        first, second = lines[place], lines[place + 1]
        changed = [second | {"position": first["position"]}, first | {"position": second["position"]}]
        return [*lines[:place], *changed, *lines[place + 2 :]]
    changes = {
        "another actor": {"actorId": str(uuid4())},
        "another kind": {"actorKind": "worker"},
        "another deed": {"event": "delete_unit"},
        "another subject": {"subject": "units/0"},
        "another time": {"at": (moment(lines[place]["at"]) + timedelta(microseconds=1)).isoformat()},
        "another hash": {"hash": "0" * 64},
    }
    return [*lines[:place], lines[place] | changes[what], *lines[place + 1 :]]


@pytest.mark.parametrize(
    "what",
    [
        *("left out", "put in", "swapped", "another actor", "another kind", "another deed"),
        *("another subject", "another time", "another hash"),
    ],
)
def test_what_was_changed_is_found(
    exported: list[bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    """Whatever it is, at the entry where it was done."""
    lines = [msgspec.json.decode(line) for line in exported]

    assert 1 == verify(tmp_path, [msgspec.json.encode(line) for line in forged(lines, what)])
    assert str(lines[len(lines) // 2]["position"]) in capsys.readouterr().out


def test_a_chain_that_was_written_anew_differs_from_what_was_kept(exported: list[bytes], tmp_path: Path) -> None:
    """It is right by itself; beside an export of before it is not."""
    anew, before = [], b""
    for line in exported:
        entry = msgspec.json.decode(line) | {"actorId": str(uuid4())}
        before = verify_audit.link(before, entry)
        anew.append(msgspec.json.encode(entry | {"hash": before.hex()}))

    assert [0, 0, 1] == [verify(tmp_path, *given) for given in ([exported], [anew], [exported, anew])]


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"{}", b"{", b"\xff", b'{"position": 1}'])
def test_what_is_no_export_is_called_so(tmp_path: Path, body: bytes) -> None:
    """Neither right nor wrong."""
    assert 2 == verify(tmp_path, [body])


async def test_the_command_recomputes_what_is_in_the_database(
    told: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of every employer, with the last hash of each; what somebody changed beside the service is found."""
    monkeypatch.setattr(audit, "_AT_A_TIME", 4)
    everything = await audit_of(told)
    right = await audit.check_audit(told.house.settings)
    async with owner(told.house) as connection:
        await connection.execute(_SET_EVENT, told.employer.employer_id, 6, "x")
        wrong = [line for line in await audit.check_audit(told.house.settings) if told.employer_id in line.looked_at]
        await connection.execute(_SET_EVENT, told.employer.employer_id, 6, everything[5]["event"])
    (tmp_path / "all.ndjson").write_bytes((await export_of(told.works_council)).content)

    assert {("audit", "ok")} == {(line.name, line.verdict) for line in right}
    assert [f"{len(everything)} entries, the last hash {everything[-1]['hash']}"] == [
        line.looked_at.rpartition(": ")[2] for line in right if told.employer_id in line.looked_at
    ]
    assert [("wrong", ["entry 6, or what was before it, was changed"])] == [(one.verdict, one.found) for one in wrong]
    assert 0 == await asyncio.to_thread(main, ["check", "audit", str(tmp_path / "all.ndjson")])
    assert "RIGHT" in capsys.readouterr().out


_SET_EVENT = """
update peil.audit
set event = $3
where
  employer_id = $1
  and position = $2
"""


@pytest.mark.parametrize(
    ("first", "last", "rest", "found"),
    [
        (
            1,
            3,
            "entries",
            ["the creation of the employer, with which a trail begins, is missing", "entries 1 to 3 are missing"],
        ),
        (2, 3, "entries", ["entries 2 to 3 are missing"]),
        (1, 10_000, "no entries", ["the creation of the employer, with which a trail begins, is missing"]),
    ],
    ids=["the beginning", "the middle", "all of it"],
)
async def test_the_command_finds_what_was_deleted(
    told: Cast, first: int, last: int, rest: str, found: list[str]
) -> None:
    """Also the beginning, which a part of an export may lack, and a whole chain: the employer is still told of."""
    async with owner(told.house) as connection:
        deleted = await connection.fetch(_DELETE, told.employer.employer_id, first, last)
        wrong = [line for line in await audit.check_audit(told.house.settings) if told.employer_id in line.looked_at]
        for row in deleted:
            await connection.execute(_PUT_BACK, *row.values())
    right = [line for line in await audit.check_audit(told.house.settings) if told.employer_id in line.looked_at]

    assert [("wrong", found)] == [(line.verdict, line.found) for line in wrong]
    assert rest in wrong[0].looked_at
    assert ["ok"] == [line.verdict for line in right]


async def test_the_command_finds_a_beginning_that_was_written_anew(told: Cast) -> None:
    """After all was deleted the next deeds are chained from 1 on; who made the employer is not among them."""
    async with owner(told.house) as connection:
        deleted = await connection.fetch(_DELETE, told.employer.employer_id, 1, 10_000)
        (await Rest(told.hr).create_unit({"externalId": "na", "name": "na", "parentExternalId": "root"})).must()
        await told.house.work()
        (line,) = [line for line in await audit.check_audit(told.house.settings) if told.employer_id in line.looked_at]
        await connection.execute("delete from peil.audit where employer_id = $1", told.employer.employer_id)
        for row in deleted:
            await connection.execute(_PUT_BACK, *row.values())

    assert "1 entries" in line.looked_at
    assert ["the creation of the employer, with which a trail begins, is missing"] == line.found


_DELETE = """
delete from peil.audit
where
  employer_id = $1
  and position between $2 and $3
returning employer_id, audit_id, at, actor_kind, actor_id, event, subject, position, hash
"""

_PUT_BACK = """
insert into peil.audit (employer_id, audit_id, at, actor_kind, actor_id, event, subject, position, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def test_nobody_changes_or_deletes_what_was_chained(told: Cast) -> None:
    """Neither the API nor the worker may change what a row says, nor delete one; the API gives no place in a chain."""
    settings = told.house.settings
    refused = []
    for url, statement in (
        (settings.database_url_api, "update peil.audit set event = 'x'"),
        (settings.database_url_api, "update peil.audit set hash = ''"),
        (settings.database_url_api, "delete from peil.audit"),
        (settings.database_url_worker, "update peil.audit set actor_id = employer_id"),
        (settings.database_url_worker, "delete from peil.audit"),
        (settings.database_url_api, "insert into peil.audit (employer_id, position) values (null, 1)"),
        (settings.database_url_worker, "insert into peil.audit (employer_id, hash) values (null, '')"),
    ):
        connection = await asyncpg.connect(url)
        try:
            await connection.execute(statement)
        except asyncpg.InsufficientPrivilegeError:
            refused.append(statement)
        finally:
            await connection.close()

    assert 7 == len(refused)


_PLANT = """
insert into peil.audit (employer_id, audit_id, at, actor_kind, actor_id, event, subject, position, hash)
select
  $1,
  gen_random_uuid(),
  'epoch',
  'worker',
  $1,
  case when place % 1000 = 0 then 'plan_wave' else 'update_unit' end,
  'units/' || place,
  1000 + place,
  ''
from generate_series(1, 20000) as place
"""


@pytest.mark.parametrize(
    ("event", "resource", "index"),
    [
        ("null", "'units/700'", "audit_subject_idx"),
        ("'create_wave'", "null", "audit_event_idx"),
    ],
)
async def test_a_long_trail_is_not_read_whole(
    told: Cast, cluster: Cluster, migrated: str, event: str, resource: str, index: str
) -> None:
    """For a resource or an event that there is little of, an index leads there, also past row-level security."""
    employer_id = told.employer.employer_id
    connection = await asyncpg.connect(cluster.url(database=migrated))
    planted: Any = connection.transaction()
    await planted.start()
    try:
        await connection.execute(_PLANT, employer_id)
        await connection.execute("analyze peil.audit")
        await connection.execute("set local role peil_api")
        await connection.execute(f"set local app.employer_id = '{employer_id}'")
        await connection.execute("set local plan_cache_mode = force_custom_plan")
        await connection.execute(f"prepare asked as {queries._SELECT_AUDIT}")
        filters = f"0, 51, null, null, null, {event}, {resource}, '{employer_id}'"
        plan = "\n".join(row[0] for row in await connection.fetch(f"explain execute asked({filters})"))
    finally:
        await planted.rollback()
        await connection.close()

    assert index in plan


_TABLES = """
select format('%I.%I', schemaname, tablename) as name
from pg_catalog.pg_tables
where schemaname in ('peil', 'participation', 'intake', 'comment', 'release')
order by name
"""


async def digests(house: House) -> dict[str, str]:
    """What each table holds, as one hash."""
    async with owner(house) as connection:
        tables = [row["name"] for row in await connection.fetch(_TABLES)]
        return {
            table: await connection.fetchval(f"select md5(string_agg(t::text, ' ' order by t::text)) from {table} as t")
            for table in tables
        }


async def test_signing_in_and_asking_for_an_answer_token_leave_a_day_and_nothing_else(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    """Of an exchange at the token endpoint, a look at the own waves and the token: no row but the person's line in the
    ledger, which has a date; nothing in the log names the person, a path or the wave."""
    await add_crowd(cast.hr, field=30)
    wave_id = await bring_to(cast, "open", mode="blind")
    client = await backend(cast)
    await cast.house.work()
    id_token = cast.employer.person("field-1").token
    person_id = (await cast.hr.must(cast.employer.person("field-1").get("/people"), 200))["items"][0]["personId"]
    before = await digests(cast.house)

    with caplog.at_level(logging.DEBUG):
        signed_in = await exchange(cast.house, client, str(id_token))
        person = Persona(cast.house.http, signed_in.json()["access_token"])
        await person.must(person.get("/me/waves"), 200)
        await obtain(person, wave_id)
        await cast.house.work()
    after = await digests(cast.house)
    ours = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith(("httpx", "httpcore")))

    assert {"participation.invitation"} == {name for name in after if after[name] != before.get(name)}
    assert [] == [
        word for word in (person_id, "field-1", wave_id, "answer-token", client["clientId"]) if word in ours.lower()
    ]

"""What is done to vendors, to their own clients and to the operator's: who reads it, and that nobody can change it."""

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from anonymity.asking import owner
from cases.test_audit import export_of, forged, verify
from cases.test_operator_clients import Terminal
from peil.checks import audit
from peil.database import Rows
from peil.employers.vendors import operations
from peil.ids import NONE, ordered_id
from peil.jobs.chaining import chain_vendor_audit
from peil.trail.files import VERIFIER
from support.apis import Rest, Speak
from support.house import House, Persona, Vendor
from support.personas import Cast

DEEDS = [
    "create_vendor",
    "create_vendor_client",
    "create_vendor_client",
    "update_vendor_client",
    "create_vendor_client_secret",
    "revoke_vendor_client_secret",
    "revoke_vendor_client",
]


class Told(NamedTuple):
    """A vendor, what was done to it, and who did it."""

    vendor: Vendor
    operator: Persona
    operator_id: str
    made: str
    """The client that the vendor made itself."""

    @property
    def subjects(self) -> list[str]:
        return [f"vendors/{self.vendor.vendor_id}", f"clients/{self.vendor.client[0]}", *[f"clients/{self.made}"] * 5]


async def furnish(house: House) -> Told:
    """The operator makes a vendor with a client, which makes one itself and does everything with it."""
    operator = await house.operator()
    vendor_id = (await Rest(operator).create_vendor({"name": "HR Software"})).must()["vendorId"]
    client = (await Rest(operator).create_vendor_client(vendor_id, {"name": "eerste"})).must()
    vendor = Vendor(house, vendor_id, client["clientId"], client["clientSecret"])
    itself = Rest(await vendor.itself())
    made = (await itself.create_vendor_client(vendor_id, {"name": "tweede"})).must()["clientId"]
    (await itself.update_vendor_client(vendor_id, made, {"name": "anders"}, if_match="*")).must()
    secret = (await itself.create_vendor_client_secret(vendor_id, made, {})).must()["secretId"]
    (await itself.revoke_vendor_client_secret(vendor_id, made, secret)).must()
    (await itself.revoke_vendor_client(vendor_id, made)).must()
    await house.work()
    deeds = (await itself.list_audit()).must()["items"]
    return Told(vendor, operator, deeds[0]["actorId"], made)


@pytest.fixture(scope="module")
async def told(house: House) -> Told:
    return await furnish(house)


@pytest.fixture(scope="module")
async def other(house: House) -> Told:
    """Another vendor, to which another client of the operator did the same."""
    return await furnish(house)


async def asked(api: Any, **query: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await api.list_audit(**query)).must()["items"]
    return found


async def every(api: Any, **query: Any) -> list[dict[str, Any]]:
    """All pages."""
    items: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = (await api.list_audit(**query, **({"cursor": cursor} if cursor else {}))).must()
        items += page["items"]
        cursor = page["next"]
        if cursor is None:
            return items


@pytest.mark.parametrize("form", ["itself", "over_all"])
async def test_a_vendor_reads_what_was_done_to_it(speak: Speak, told: Told, form: str) -> None:
    """By the operator and by its own clients, under the names of the operations, with either of its own tokens."""
    api = speak(await getattr(told.vendor, form)())
    chain = await asked(api)

    assert list(zip(DEEDS, told.subjects, strict=True)) == [(one["event"], one["subject"]) for one in chain]
    assert [("operator", told.operator_id)] * 2 + [("client", told.vendor.client[0])] * 5 == [
        (one["actorKind"], one["actorId"]) for one in chain
    ]
    assert {(None, told.vendor.vendor_id)} == {(one["employerId"], one["vendorId"]) for one in chain}
    assert [*range(1, 8)] == [one["position"] for one in chain]
    assert chain == await every(api, limit=3)


async def test_a_vendor_filters_it(speak: Speak, told: Told) -> None:
    """As an employer does."""
    api = speak(await told.vendor.over_all())
    chain = await asked(api)
    middle = chain[3]["at"]

    assert chain[:2] == await asked(api, actor=told.operator_id)
    assert chain[1:3] == await asked(api, event="create_vendor_client")
    assert chain[1:] == await asked(api, resource="clients")
    assert chain[2:] == await asked(api, resource=f"clients/{told.made}")
    assert [chain[2]] == await asked(api, resource=f"clients/{told.made}", event="create_vendor_client")
    assert (chain[:3], chain[3:]) == (await asked(api, to=middle), await asked(api, **{"from": middle}))
    assert [] == await asked(api, resource=f"clients/{told.made[:-1]}") == await asked(api, actor=str(uuid4()))


async def test_no_filter_and_no_cursor_leads_to_another_vendor(speak: Speak, told: Told, other: Told) -> None:
    """Nor does a token for an employer lead to any of it, nor one for the vendor to an employer's trail."""
    api = speak(await told.vendor.over_all())
    theirs = await asked(speak(await other.vendor.over_all()))
    cursor = (await speak(await other.vendor.itself()).list_audit(limit=1)).must()["next"]
    found = [
        *await asked(api, actor=other.operator_id),
        *await asked(api, actor=other.vendor.client[0]),
        *await asked(api, resource=f"vendors/{other.vendor.vendor_id}"),
        *await asked(api, resource=f"clients/{other.made}"),
        *await asked(api, actor=str(NONE)),
    ]

    assert [] == found
    assert [("/query/cursor", "cursor")] == (await api.list_audit(limit=1, cursor=cursor)).findings
    assert set() == {one["auditId"] for one in theirs} & {one["auditId"] for one in await asked(api)}


async def test_with_a_token_for_an_employer_there_is_none(speak: Speak, cast: Cast) -> None:
    """There a vendor has the role `vendor_integration`, which reads no trail."""
    acting = await (await cast.linked_vendor()).at(cast.employer_id)

    assert "denied" == (await speak(acting).list_audit()).word


async def test_the_operator_reads_what_it_did_to_vendors(speak: Speak, told: Told, other: Told) -> None:
    """Whichever of its clients did it and whichever asks, and not what the vendors did."""

    async def of(one: Told, **query: Any) -> list[str]:
        return [entry["event"] for entry in await asked(speak(told.operator), actor=one.operator_id, **query)]

    by_vendor = await asked(speak(told.operator), actor=told.vendor.client[0])
    subject = f"vendors/{other.vendor.vendor_id}"
    seen = await asked(speak(told.operator), resource=subject)

    assert [DEEDS[:2]] * 2 == [await of(one) for one in (told, other)]
    assert [] == by_vendor
    assert [("create_vendor", other.vendor.vendor_id)] == [(one["event"], one["vendorId"]) for one in seen]


async def test_employers_and_vendors_come_in_one_order(speak: Speak, house: House) -> None:
    """As it was done, over all pages, each once."""
    operator = await house.operator()
    api = Rest(operator)
    for name in ("a", "b"):
        vendor = (await api.create_vendor({"name": name})).must()
        (await api.create_employer({"name": name})).must()
        (await api.create_vendor_client(vendor["vendorId"], {"name": name})).must()
    await house.work()
    recent = [
        one for one in await every(Rest(operator), limit=200) if one["subject"] == f"vendors/{vendor['vendorId']}"
    ]

    mine = await every(speak(operator), actor=recent[0]["actorId"], limit=2)

    assert ["create_vendor", "create_employer", "create_vendor_client"] * 2 == [one["event"] for one in mine]
    assert 6 == len({one["auditId"] for one in mine})


async def test_the_end_of_a_vendor_is_in_its_trail(speak: Speak, house: House, cast: Cast) -> None:
    """And, as before, in that of each employer, in that one's time; it is chained like all else."""
    vendor = await house.vendor()
    (await Rest(cast.administrator).create_vendor_link(cast.employer_id, {"vendorId": vendor.vendor_id})).must()
    (await Rest(cast.operator).revoke_vendor(vendor.vendor_id)).must()
    again = await speak(cast.operator).revoke_vendor(vendor.vendor_id)
    await house.work()

    seen = await asked(speak(cast.operator), resource=f"vendors/{vendor.vendor_id}")

    assert "vendor-revoked" == again.code
    assert [
        ("create_vendor", vendor.vendor_id, None),
        ("revoke_vendor", vendor.vendor_id, None),
        ("revoke_vendor", None, cast.employer_id),
    ] == [(one["event"], one["vendorId"], one["employerId"]) for one in seen]


async def test_a_change_that_fails_leaves_nothing(house: House, told: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is recorded in the transaction of the change."""
    vendor = await house.vendor()

    async def fail(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(operations, "end_links_of", fail)
    failed = await told.operator.post(f"/vendors/{vendor.vendor_id}/revoke")
    await house.work()
    seen = await asked(Rest(told.operator), resource=f"vendors/{vendor.vendor_id}")

    assert 500 == failed.status_code
    assert ["create_vendor"] == [one["event"] for one in seen]


@pytest.fixture
def terminal(house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(house, monkeypatch, capsys)


async def test_what_is_typed_is_recorded(speak: Speak, house: House, told: Told, terminal: Terminal) -> None:
    """On the machine nobody signs in: the actor is the operator, and none of its clients."""
    client = (await terminal.must("create", "beheer"))["clientId"]
    secret = (await terminal.must("rotate", client))["secretId"]
    await terminal.must("revoke", client, "--secret", secret)
    await terminal.must("revoke", client)
    refused = await terminal.type("revoke", client)
    await house.work()

    seen = await asked(speak(told.operator), resource=f"clients/{client}")
    vendors = await asked(speak(await told.vendor.over_all()), resource=f"clients/{client}")

    assert (1, "client-revoked") == refused
    names = ["create", "rotate", "revoke", "revoke"]
    assert [f"{name}_operator_client" for name in names] == [one["event"] for one in seen]
    assert {("operator", str(NONE), str(NONE), None)} == {
        (one["actorKind"], one["actorId"], one["vendorId"], one["employerId"]) for one in seen
    }
    assert [] == vendors


async def lines_of(persona: Persona, query: str = "") -> list[bytes]:
    lines: list[bytes] = (await export_of(persona, query=query)).content.splitlines()
    return lines


async def test_each_verifies_its_own_offline(house: House, told: Told, tmp_path: Path) -> None:
    """A vendor its chain, and the operator that of its own clients, by a bare Python away from everything."""
    chains = {
        told.vendor.vendor_id: await lines_of(await told.vendor.over_all()),
        # On its own machine the operator also helps employers, whose trails tell it.
        str(NONE): [
            line
            for line in await lines_of(told.operator, f"?actor={NONE}")
            if msgspec.json.decode(line)["employerId"] is None
        ],
    }
    (tmp_path / "verify.py").write_bytes(VERIFIER.read_bytes())
    for whose, lines in chains.items():
        (tmp_path / whose).write_bytes(b"\n".join(lines))

    ran = await asyncio.to_thread(
        subprocess.run,
        [sys.executable, "-I", "-S", "verify.py", *chains, "--language", "en"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
        env={},
    )

    assert (0, "") == (ran.returncode, ran.stderr)
    for whose, lines in chains.items():
        assert f"RIGHT: entries 1 to {len(lines)} of {whose}" in ran.stdout
    assert len(chains[str(NONE)]) > 1


async def test_the_export_is_the_chain(told: Told) -> None:
    """As the list says it, in each form."""
    itself = await told.vendor.itself()
    chain = await asked(Rest(itself))
    table = (await export_of(itself, "text/csv")).text.splitlines()

    assert chain == [msgspec.json.decode(line) for line in await lines_of(itself)]
    assert chain == (await export_of(itself, "application/json")).json()["entries"]
    assert chain[:2] == (await Rest(itself).export_audit(actor=told.operator_id)).must()["entries"]
    assert len(chain) + 1 == len(table)


@pytest.mark.parametrize("what", ["left out", "put in", "swapped", "another actor", "another deed", "another subject"])
async def test_what_was_changed_in_an_export_is_found(told: Told, tmp_path: Path, what: str) -> None:
    """As in an employer's."""
    lines = [msgspec.json.decode(line) for line in await lines_of(await told.vendor.over_all())]

    assert 1 == verify(tmp_path, [msgspec.json.encode(line) for line in forged(lines, what)])


_ROWS = """
select vendor_id, audit_id, at, actor_kind, actor_id, event, subject, position, hash
from peil.vendor_audit
where vendor_id = $1
order by position
"""

_PUT_BACK = """
insert into peil.vendor_audit (vendor_id, audit_id, at, actor_kind, actor_id, event, subject, position, hash)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""

_SWAP = """
with was as (
  select audit_id, position from peil.vendor_audit where vendor_id = $1 and position in (3, 4)
), gone as (
  update peil.vendor_audit as audit set position = -was.position from was
  where audit.vendor_id = $1 and audit.audit_id = was.audit_id
) select 1
"""

_BROKEN = "entry 4, or what was before it, was changed"


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["update peil.vendor_audit set event = 'x' where vendor_id = $1 and position = 4"], [_BROKEN]),
        (["update peil.vendor_audit set subject = 'x' where vendor_id = $1 and position = 4"], [_BROKEN]),
        (
            ["update peil.vendor_audit set at = at + interval '1 us' where vendor_id = $1 and position = 4"],
            [_BROKEN],
        ),
        (
            ["delete from peil.vendor_audit where vendor_id = $1 and position = 4"],
            ["entries 4 to 4 are missing"],
        ),
        (
            [_SWAP, "update peil.vendor_audit set position = 7 + position where vendor_id = $1 and position < 0"],
            [
                "entry 3, or what was before it, was changed",
                _BROKEN,
                "entry 5, or what was before it, was changed",
            ],
        ),
        (
            ["delete from peil.vendor_audit where vendor_id = $1"],
            ["the creation of the vendor, with which a trail begins, is missing"],
        ),
        (
            ["delete from peil.vendor_audit where vendor_id = $1 and position = 1"],
            ["the creation of the vendor, with which a trail begins, is missing", "entries 1 to 1 are missing"],
        ),
    ],
    ids=["a deed", "a subject", "a time", "deleted", "reordered", "all of it", "the beginning"],
)
async def test_the_command_finds_what_was_done_beside_the_service(
    told: Told, statements: list[str], found: list[str]
) -> None:
    """In the chain of the vendor concerned, and in no other."""
    settings, vendor_id = told.vendor.house.settings, UUID(told.vendor.vendor_id)
    async with owner(told.vendor.house) as connection:
        rows = await connection.fetch(_ROWS, vendor_id)
        for statement in statements:
            await connection.execute(statement, vendor_id)
        lines = await audit.check_audit(settings)
        await connection.execute("delete from peil.vendor_audit where vendor_id = $1", vendor_id)
        for row in rows:
            await connection.execute(_PUT_BACK, *row.values())
    after = await audit.check_audit(settings)

    assert {str(vendor_id): found} == {
        line.looked_at.split(":")[0].rpartition(" ")[2]: line.found for line in lines if line.verdict != "ok"
    }
    assert {"ok"} == {line.verdict for line in after}
    assert 1 == len([one for one in after if one.looked_at.startswith("audit trail of the operator: ")])


async def test_many_workers_make_one_chain(house: House, told: Told) -> None:
    """Each row gets one place, and no place is given twice, though they chain at once."""
    vendor = await house.vendor()
    itself = Rest(await vendor.itself())
    parts = house.worker.parts
    for _ in range(3):
        made = [itself.create_vendor_client(vendor.vendor_id, {"name": "x"}) for _ in range(5)]
        await asyncio.gather(*made, *(chain_vendor_audit(parts) for _ in range(6)))
    await asyncio.gather(*(chain_vendor_audit(parts) for _ in range(6)))

    chain = await asked(itself)

    assert [*range(1, 18)] == [one["position"] for one in chain]
    lines = [line for line in await audit.check_audit(house.settings) if vendor.vendor_id in line.looked_at]
    assert ["ok"] == [line.verdict for line in lines]


async def refused(url: str, *settings: str, statement: str) -> bool:
    """Whether the role of this URL may not run a statement, as somebody in whose transaction these are set."""
    connection = await asyncpg.connect(url)
    try:
        async with connection.transaction():
            for setting in settings:
                await connection.execute(setting)
            await connection.execute(statement)
    except asyncpg.InsufficientPrivilegeError:
        return True
    finally:
        await connection.close()
    return False


_COLUMNS = "vendor_id, audit_id, at, actor_kind, actor_id, event, subject"


async def test_nobody_but_the_worker_gives_a_place(told: Told) -> None:
    """And nobody at all changes what a row says, or deletes one."""
    chosen = told.vendor.house.settings
    api, worker, moderator = chosen.database_url_api, chosen.database_url_worker, chosen.database_url_moderator
    wanted = [
        (api, "update peil.vendor_audit set position = 1"),
        (api, "update peil.vendor_audit set event = 'x'"),
        (api, "delete from peil.vendor_audit"),
        (api, "insert into peil.vendor_audit (vendor_id, position) values (null, 1)"),
        (api, "insert into peil.vendor_audit (vendor_id, hash) values (null, '')"),
        (worker, "update peil.vendor_audit set actor_id = vendor_id"),
        (worker, "delete from peil.vendor_audit"),
        (worker, "insert into peil.vendor_audit (vendor_id) values (null)"),
        (moderator, "select event from peil.vendor_audit"),
        (chosen.database_url_intake, "select event from peil.vendor_audit"),
    ]

    assert [] == [statement for url, statement in wanted if not await refused(url, statement=statement)]


async def test_the_database_keeps_trails_apart_by_itself(told: Told, other: Told) -> None:
    """Whatever is asked, a vendor's transaction shows and writes its own trail, an employer's none, and that of the
    service what the operator did."""
    database = told.vendor.house.parts.database
    mine, theirs = UUID(told.vendor.vendor_id), UUID(other.vendor.vendor_id)

    async def shown(rows: Rows) -> set[tuple[UUID, str]]:
        found = await rows.connection.fetch("select vendor_id, actor_kind from peil.vendor_audit")
        return {(row["vendor_id"], row["actor_kind"]) for row in found}

    async with database.transaction(None, vendor_id=mine) as rows:
        of_vendor = await shown(rows)
    async with database.transaction(theirs) as rows:
        of_employer = await shown(rows)
    async with database.transaction(None, service=True) as rows:
        of_service = await shown(rows)
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        async with database.transaction(None, vendor_id=mine) as rows:
            await rows.execute(
                f"insert into peil.vendor_audit ({_COLUMNS}) values ($1, $2, 'epoch', 'client', $2, 'x', 'x')",
                theirs,
                ordered_id(),
            )

    assert {(mine, "client"), (mine, "operator")} == of_vendor
    assert set() == of_employer
    assert {"operator"} == {kind for _, kind in of_service}
    assert {mine, theirs, NONE} <= {whose for whose, _ in of_service}

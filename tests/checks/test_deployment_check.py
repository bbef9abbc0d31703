"""`peil check` says what is wrong with a deployment and what to do, and changes nothing."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID, uuid4

import asyncpg
import msgspec
import pytest

from anonymity.asking import ask
from cases.measuring import bring_to
from peil import bootstrap
from peil.__main__ import main
from peil.bootstrap import roles_sql
from peil.checks.deployment import check_deployment
from peil.checks.grants import granted, schema_sql
from peil.checks.keys import look_at_keys
from peil.checks.model import Line
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from peil.settings import Settings, SettingsError
from support.house import open_house
from support.personas import add_crowd, cast_of
from support.postgres import fresh_database

Fault = Callable[["Live"], Awaitable[Any]]


class Live:
    """A deployment with an open wave in each of two modes and one that was released: a copy of its own."""

    def __init__(self, settings: Settings, played: "Played", superuser: Any) -> None:
        self.settings = settings
        self.opened = played.opened
        self.blind = played.blind
        self.released = played.released
        self.superuser = superuser

    @property
    def unsealing(self) -> Path:
        assert self.settings.keys is not None
        return self.settings.keys / "unsealing"

    def key(self, wave_id: UUID) -> Path:
        return self.unsealing / f"{wave_id}.key"

    @property
    def issuing(self) -> Path:
        """Where the keys are that sign the answer tokens of the wave in blind mode."""
        return self.unsealing.parent / "issuing" / str(self.blind)

    @property
    def issuing_keys(self) -> list[Path]:
        return sorted(self.issuing.glob("*.key"))


_ADMIT = """
update intake.open_wave
set place = oid::text || '/' || 'intake.open_wave'::regclass::oid::text
from pg_database
where datname = current_database()
"""


class Played(NamedTuple):
    """What each test gets a copy of."""

    keys: Path
    opened: UUID
    blind: UUID
    released: UUID


@pytest.fixture(scope="session")
async def played(check_cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, issuer: DemoIssuer) -> Played:
    """The waves, played once in the database `played`."""
    await bootstrap.prepare(check_cluster, "played")
    keys = tmp_path_factory.mktemp("played") / "keys"
    async with open_house(check_cluster, "played", keys, issuer) as house:
        released = await ask(await house.employer("Af BV"), a=10, b=10)
        await released.advance(released.closes_at)
        await house.work()
        opened = await ask(await house.employer("Nu BV"), a=10, b=10)
        cast = await cast_of(await house.employer("Blind BV"))
        await add_crowd(cast.hr, root=10, field=10)
        blind = UUID(await bring_to(cast, "open", mode="blind"))
    return Played(keys, opened.wave_id, blind, released.wave_id)


@pytest.fixture
async def live(check_cluster: Cluster, played: Played, tmp_path: Path) -> AsyncIterator[Live]:
    async with fresh_database(check_cluster, "played") as name:
        keys = tmp_path / "keys"
        shutil.copytree(played.keys, keys)
        settings = bootstrap.cluster_settings(
            check_cluster, keys, database=name, environment="test", public_url="http://peil.test"
        )
        superuser = await asyncpg.connect(check_cluster.url(database=name))
        # What the worker does at its start: this copy is another database than the one that was played.
        await superuser.execute(_ADMIT)
        yield Live(settings, played, superuser)
        await superuser.execute("alter role peil_intake reset all")
        await superuser.execute(roles_sql())
        await superuser.close()


def told(lines: list[Line]) -> dict[str, Line]:
    """What is not ok, by name."""
    return {line.name: line for line in lines if line.verdict != "ok"}


async def test_all_is_well(live: Live) -> None:
    """A deployment in the middle of a wave, and in the grace after another one, has nothing to tell."""
    lines = await check_deployment(live.settings)

    assert {} == told(lines)
    assert {"migrations", "key-store", "keys-lost", "grants", "settings-intake", "closes-late"} <= {
        line.name for line in lines
    }


def sql(text: str) -> Fault:
    async def execute(live: Live) -> None:
        await live.superuser.execute(text)

    return execute


def on_disk(change: Callable[[Live], object]) -> Fault:
    async def work(live: Live) -> None:
        change(live)

    return work


def damage(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1] + b"\0\0")


ENDPOINT = (
    "insert into peil.webhook_endpoint (endpoint_id, employer_id, url, types, state, created_at) "
    "select '00000000-0000-0000-0000-000000000001', employer_id, 'https://x.example', array[]::text[], 'active', now() "
    "from peil.employer limit 1;"
)
DELIVERIES = ENDPOINT + (
    "insert into peil.delivery (employer_id, endpoint_id, event_id, subject, position, state, attempts, created_at, "
    "next_at) select employer_id, endpoint_id, event_id, 'waves/1', position, 'waiting', 0, now(), "
    "case when position = 1 then {} else '2001-01-01Z' end "
    "from peil.webhook_endpoint join peil.event using (employer_id) where position < 3;"
)


@pytest.mark.parametrize(
    ("fault", "name", "words"),
    [
        (on_disk(lambda live: live.key(live.opened).unlink()), "keys-lost", "(open)"),
        (on_disk(lambda live: damage(live.key(live.opened))), "keys-damaged", "is damaged"),
        (
            on_disk(lambda live: live.key(live.opened).write_bytes(live.key(live.released).read_bytes())),
            "keys-damaged",
            "is another one's",
        ),
        (
            on_disk(lambda live: (live.unsealing / f"{live.opened}.closed").touch(0o600)),
            "keys-reopened",
            "open for the database",
        ),
        (
            on_disk(lambda live: live.key(live.opened).rename(live.unsealing / f"{uuid4()}.key")),
            "keys-stale",
            "unknown to the database",
        ),
        (on_disk(lambda live: live.issuing_keys[0].unlink()), "issuing-lost", "(open): 1 of 2 keys"),
        (on_disk(lambda live: damage(live.issuing_keys[0])), "issuing-damaged", "is damaged"),
        (
            on_disk(lambda live: live.issuing_keys[0].write_bytes(live.issuing_keys[1].read_bytes())),
            "issuing-damaged",
            "is another one's",
        ),
        (on_disk(lambda live: live.issuing.with_name("notes").mkdir(0o750)), "issuing-damaged", "no wave's"),
        (
            on_disk(lambda live: shutil.copytree(live.issuing, live.issuing.with_name(str(uuid4())))),
            "issuing-stale",
            "unknown to the database",
        ),
        (
            on_disk(lambda live: shutil.copytree(live.issuing, live.issuing.with_name(str(live.released)))),
            "issuing-stale",
            "(released)",
        ),
        (on_disk(lambda live: live.key(live.opened).chmod(0o640)), "key-store", "open to others (640)"),
        (on_disk(lambda live: live.unsealing.chmod(0o750)), "key-store", "open to others (750)"),
        (sql("delete from peil.due where kind = 'destroy_key'"), "keys-stale", "(released, keys pending)"),
        (sql("update peil.due set at = '2001-01-01Z' where kind = 'destroy_key'"), "keys-stale", "keys pending"),
        (sql("update peil.due set at = '2001-01-01Z' where kind = 'close_wave'"), "jobs-late", "close_wave of"),
        (sql("update peil.due set attempts = 3, failure = 'Oops'"), "jobs-failing", "failed 3 times: Oops"),
        (
            sql("update peil.wave set opens_at = '2001-01-01Z', closes_at = '2001-01-02Z' where state = 'open'"),
            "closes-late",
            "is open, was to close at 2001-01-02",
        ),
        (
            sql("update peil.wave set state = 'unrecoverable', failure = 'key-missing' where state = 'open'"),
            "unrecoverable",
            "key-missing",
        ),
        (sql("update intake.open_wave set server_started_at = null"), "intake-waits", "is open on a server"),
        (sql("update intake.open_wave set place = '1/1'"), "intake-waits", "is open on a server"),
        (
            sql("update peil.client_secret set expires_at = now() + interval '29 days'"),
            "secrets-ending",
            "client ",
        ),
        (
            sql(
                "insert into peil.scim_connection (employer_id, connection_id, name, groups, group_names, tree, "
                "erase_after, erase_inactive_after, state, created_at) "
                "select employer_id, employer_id, 'x', 'all', '{}', 'scim', 1, 1, 'active', now() from peil.employer;"
                "insert into peil.scim_secret (employer_id, connection_id, secret_id, digest, created_at, expires_at) "
                "select employer_id, employer_id, n::uuid, n::bytea, now(), now() + days * interval '1 day' "
                "from peil.employer, (values ('00000000-0000-0000-0000-000000000001', 20), "
                "('00000000-0000-0000-0000-000000000002', 29)) as secret (n, days) limit 2"
            ),
            "secrets-ending",
            "connection ",
        ),
        (sql("update peil.event set position = null, at = '2001-01-01Z'"), "events-late", "the oldest of 2001"),
        (sql(DELIVERIES.format("'2001-01-01Z'::timestamptz")), "deliveries-late", "1 events of employer"),
        (
            sql(
                ENDPOINT
                + "update peil.webhook_endpoint set state = 'disabled', disabled_for = 'gone', disabled_at = now()"
            ),
            "webhooks-failing",
            "is disabled since",
        ),
        (
            sql(DELIVERIES.format("now()") + "update peil.delivery set attempts = 5"),
            "webhooks-failing",
            "tried 5 times",
        ),
        (sql("grant select on intake.open_wave to peil_api"), "grants", "peil_api has SELECT open_wave in intake"),
        (sql("grant update on peil.audit to public"), "grants", "peil_readonly has UPDATE audit in peil"),
        (sql("revoke select on peil.due from peil_worker"), "missing-grants", "peil_worker lacks SELECT due in peil"),
        (sql("alter table intake.sealed add created_at timestamptz"), "columns", "intake.sealed.created_at"),
        (sql("alter table peil.wave no force row level security"), "row-security", "not forced: peil.wave"),
        (sql("create publication watch for table intake.sealed"), "watchers", "publication watch"),
        (sql("alter role peil_intake set log_statement = 'mod'"), "settings-intake", "log_statement"),
        (
            sql("alter role peil_intake set log_min_duration_statement = 250"),
            "settings-intake",
            "log_min_duration_statement",
        ),
        (sql("alter role peil_intake reset log_min_error_statement"), "settings-intake", "log_min_error_statement"),
        (sql("alter role peil_intake set synchronous_commit = off"), "durability", "synchronous_commit = off"),
        (sql("delete from public._pogo_migration where migration_id like '0011%'"), "migrations", "0011_pre_people"),
    ],
)
async def test_a_fault_is_told(live: Live, fault: Fault, name: str, words: str) -> None:
    """Each is found by the line it belongs to, with words that name it and say what to do."""
    await fault(live)
    found = told(await check_deployment(live.settings))

    assert name in found
    assert words in "\n".join(found[name].found)
    assert found[name].to_do


async def test_an_event_that_waits_for_another_is_not_late(live: Live) -> None:
    """Only the oldest about a thing can be; and one that failed a few times is on its way."""
    await sql(DELIVERIES.format("now() + interval '1 day'") + "update peil.delivery set attempts = 4")(live)
    waiting = await live.superuser.fetchval("select count(*) from peil.delivery")

    assert 2 == waiting
    assert {} == told(await check_deployment(live.settings))


@pytest.mark.parametrize(
    ("role", "name"),
    [("alter role peil_api bypassrls", "roles"), ("grant peil_intake to peil_api", "roles")],
)
async def test_a_powerful_role_is_told(live: Live, role: str, name: str) -> None:
    """Roles belong to the whole server, so the fault is taken back at once."""
    await live.superuser.execute(role)
    try:
        found = told(await check_deployment(msgspec.structs.replace(live.settings, keys=None)))
    finally:
        await live.superuser.execute("alter role peil_api nobypassrls")
        await live.superuser.execute("revoke peil_intake from peil_api")

    assert ["peil_api"] == found[name].found


@pytest.mark.parametrize("table", ["intake.sealed", "participation.invitation", "comment.awaiting"])
async def test_a_stranger_who_may_read_behind_a_wall_is_told(live: Live, table: str) -> None:
    """A role that is not Peil's, also where it may read one column; the role is taken back at once."""
    schema = table.partition(".")[0]
    await live.superuser.execute("create role stranger")
    try:
        before = told(await check_deployment(msgspec.structs.replace(live.settings, keys=None)))
        await live.superuser.execute(f"grant usage on schema {schema} to stranger")
        await live.superuser.execute(f"grant select (wave_id) on {table} to stranger")
        found = told(await check_deployment(msgspec.structs.replace(live.settings, keys=None)))
    finally:
        await live.superuser.execute("drop owned by stranger")
        await live.superuser.execute("drop role stranger")

    assert "other-readers" not in before
    assert [f"stranger in {schema}"] == found["other-readers"].found


async def test_nothing_is_changed(live: Live) -> None:
    """The check's own connection cannot write, and the key store is as it was."""
    before = sorted((str(path), path.stat().st_mtime_ns) for path in live.unsealing.rglob("*.key"))
    first = await live.superuser.fetchval("select pg_snapshot_xmax(pg_current_snapshot())::text")
    await check_deployment(live.settings)
    last = await live.superuser.fetchval("select pg_snapshot_xmax(pg_current_snapshot())::text")
    after = sorted((str(path), path.stat().st_mtime_ns) for path in live.unsealing.rglob("*.key"))

    assert first == last
    assert before == after


async def test_what_is_not_given_is_said(live: Live) -> None:
    """Without the key store or a part's URL the rest is looked at, and what is missing is a warning."""
    given = msgspec.structs.replace(live.settings, keys=None, database_url_intake="")
    found = told(await check_deployment(given))

    assert {"key-store": "warning", "settings-intake": "warning"} == {
        name: line.verdict for name, line in found.items()
    }


def test_a_directory_that_is_none(tmp_path: Path) -> None:
    """A wrong path is said, and nothing is made there."""
    [line] = look_at_keys(tmp_path / "elsewhere", [], 0)

    assert "warning" == line.verdict
    assert not (tmp_path / "elsewhere").exists()


async def test_without_the_owner(live: Live) -> None:
    """Nothing can be looked at without the owner's URL."""
    with pytest.raises(SettingsError, match="PEIL_DATABASE_URL_OWNER"):
        await check_deployment(msgspec.structs.replace(live.settings, database_url_owner=""))


def test_grants_are_read_from_the_schema() -> None:
    """Schemas, tables and columns, also those whose name is a word of SQL."""
    found = granted(
        "GRANT USAGE ON SCHEMA peil TO peil_api;\n"
        "GRANT SELECT,INSERT ON TABLE peil.wave TO peil_api;\n"
        'GRANT SELECT(hash),UPDATE("position") ON TABLE peil.audit TO peil_api;\n'
    )

    assert {
        ("peil_api", "peil"): {
            "USAGE peil",
            "SELECT wave",
            "INSERT wave",
            "SELECT audit (hash)",
            "UPDATE audit (position)",
        }
    } == found
    assert len(granted(schema_sql())) > 10


Run = Callable[..., Awaitable[tuple[int, str, str]]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs `peil check` with these settings in the environment: its exit code and what it wrote."""

    async def check(settings: Settings, *words: str) -> tuple[int, str, str]:
        for name in Settings.__struct_fields__:
            monkeypatch.delenv(f"PEIL_{name.upper()}", raising=False)
            if str(getattr(settings, name)):
                monkeypatch.setenv(f"PEIL_{name.upper()}", str(getattr(settings, name)))
        code = await asyncio.to_thread(main, ["check", *words])
        written = capsys.readouterr()
        return code, written.out, written.err

    return check


async def test_the_command(live: Live, run: Run) -> None:
    """0 and a line each where all is well; 1 where something is wrong, also as JSON; 2 for wrong words or settings."""
    well, lines, _ = await run(live.settings)
    live.key(live.opened).unlink()
    wrong, told_text, _ = await run(live.settings)
    as_json, text, _ = await run(live.settings, "--json")
    unset, _, reasons = await run(msgspec.structs.replace(live.settings, database_url_owner=""))
    few, _, words = await run(live.settings, "anonymity", "--people", "20")

    assert (0, 1, 1, 2, 2) == (well, wrong, as_json, unset, few)
    assert "ok       keys of waves that take answers" in lines
    assert "WRONG    keys of waves that take answers" in told_text
    found = {line["name"]: line["verdict"] for line in msgspec.json.decode(text)["lines"]}
    assert ("wrong", "ok") == (found["keys-lost"], found["keys-damaged"])
    assert "PEIL_DATABASE_URL_OWNER" in reasons
    assert "at least 200" in words


async def test_the_anonymity_command(live: Live, run: Run, tmp_path: Path) -> None:
    """It writes the report and exits 0; where the check cannot be made it says why and exits 1."""
    report = tmp_path / "report.md"
    code, lines, errors = await run(live.settings, "anonymity", "--report", str(report))
    stopped, _, why = await run(live.settings, "anonymity", "--log", str(tmp_path / "none.log"))

    assert (0, "") == (code, errors), lines
    assert report.read_text().startswith("# Nothing was found that tells who answered what")
    assert "could not be told" in report.read_text()
    assert (1, True) == (stopped, "none.log cannot be read" in why)

"""Every SQL constant of the package, prepared against a migrated database, and what holds for all of them."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import asyncpg
import pytest

import peil
from peil.embedded import Cluster

_NAMED = re.compile(r"-- ([a-z_]+)\n")
_SQL = re.compile(r"\s*(select|insert into|update|delete from|with|lock)\b")
# The employer is a parameter of the condition, or a column of what is inserted. Whose a client or an endpoint is, is
# that or a vendor.
_EMPLOYER = re.compile(
    r"\bemployer_id = \$\d"
    r"|\bcoalesce\((\w+\.)?employer_id, (\w+\.)?vendor_id\) is not distinct from \$\d"
    r"|insert into [a-z_.]+ (as [a-z]+ )?\([^)]*\bemployer_id\b"
)
_FOLDER = Path(peil.__path__[0])

# Whose transactions run the statements of a module; of the rest it is the API or the worker.
_ROLES = {
    "peil.jobs": ("peil_worker",),
    "peil.worker": ("peil_worker",),
    "peil.comments": ("peil_moderator", "peil_worker"),
    # The write-ahead log is read where the owner is a superuser; elsewhere the check says that it may not.
    "peil.checks.anonymity.watching": ("peil_owner", "postgres"),
    "peil.checks": ("peil_owner",),
    "peil.responses": ("peil_intake", "peil_worker"),
    "peil.participation.redeeming_queries": ("peil_intake",),
}
_USUAL = ("peil_api", "peil_worker")

# Statements on a table of employers that do not name one, and why that is right.
_OF_NO_EMPLOYER = {
    "select_stored_client": "A client is known before its employer; the row says which employer it has.",
    "select_vendor_events": "A vendor that names no employer reads what is its own, of all that let it act.",
    "select_vendor_employers": "A vendor that names no employer sees to which it has a link.",
    "select_vendor_deliveries": "A vendor that names no employer reads what became of events at its own endpoint.",
    "select_vendor_delivery": "The same of one event.",
    "select_employer_of_vendor_event": "A vendor that names no employer; the row says which one is then entered.",
    "select_failed_vendor_events": "A vendor that names no employer; each is then entered by itself.",
    "select_vendor_events_to_replay": "A vendor that names no employer; each is then entered by itself.",
    "select_employers_with_waiting_deliveries": "A vendor that names no employer; each is then entered by itself.",
    "disable_webhook_endpoint_of_vendor": "A vendor's own endpoint has no employer.",
    "select_active_employers": "A vendor that names no employer; each is then entered by itself.",
    "select_active_among": "A vendor that names some employers; each is then entered by itself.",
    "revoke_clients_of_vendor": "A vendor's own clients have no employer.",
    "select_scim_secret": "A secret is known before its employer; the row says which employer it has.",
    "select_active_issuers": "An issuer is known before its employer; the audience tells which one it is.",
    "select_registered_elsewhere": "Asks whether another employer than this one has the issuer; only a tenant is read.",
    "select_origins": "A browser asks before anybody has signed in; only origins are read, of all employers.",
    "select_operator_audit": "The operator has no employer; a policy shows what operators did, and no more.",
    "select_open_wave": "The intake knows the wave from the path; the row says whose it is.",
    "select_manifest": "The intake knows the wave from the path; the manifest of its keys is public.",
    "select_open_wave_state": "Asked by the intake in the transaction that writes, for a wave it knows already.",
    "update_open_wave_servers": "The worker has looked at the database server, which has the waves of every employer.",
    "select_server": "Asks which database server it is, and names the intake's table, of which no row is read.",
    "select_open_waves_elsewhere": "The worker looks whether any employer's wave takes its answers elsewhere.",
    "select_admitted_waves": "The worker looks after the keys of every employer's waves, also after a restore.",
    "select_synthetic_state": "Asked as the owner by the check that has just planned this wave.",
    "select_synthetic_moderation": "Asked as the owner by the check that has just closed this wave.",
    "select_left_behind": "The check looks for its own synthetic employers, by the name that only they have.",
    "failing_jobs": "The operator's check is about all employers.",
    "late_jobs": "The operator's check is about all employers.",
    "late_closes": "The operator's check is about all employers.",
    "unrecoverable_waves": "The operator's check is about all employers.",
    "waves_elsewhere": "The operator's check is about all employers.",
    "ending_secrets": "The operator's check is about all employers.",
    "late_events": "The operator's check is about all employers.",
    "late_deliveries": "The operator's check is about all employers.",
    "failing_webhooks": "The operator's check is about all employers.",
    "select_audited_employers": "The operator's check is about all employers.",
    "select_audited_vendors": "The operator's clients have no employer.",
    "select_wave_keys": "The operator's check is about all employers.",
    "delete_assertions": "JWTs that are over go for the clients of all employers at once.",
    "delete_proofs": "Proofs of possession that are over go for all employers at once.",
    "delete_tokens": "Revoked tokens that are over go for all employers at once.",
    "select_revoked_token": "A token is looked at before its employer is known; its id is random.",
    "delete_replies": "Stored replies that are over go for all employers at once.",
}

# Statements that fit no schema of ours, and why.
_UNFIT = {
    "plant_draft": "Writes into a table that only a planted leak has.",
    "plant_hash": "Writes into a column that only a planted leak has.",
}

# Statements that give many rows in any order, and why.
_IN_ANY_ORDER = {
    "_SELECT_SEALED": "Counting does not depend on it, and to sort the answers would give them a place.",
}

# Statements that copy rows of a table in any order, and why.
_COPIED_IN_ANY_ORDER = {
    "plant_draft": "Copies one row, as a planted leak.",
}

# SQL outside a named constant, by module, and why.
_ELSEWHERE = {
    "peil.bootstrap": "Run once as a superuser of a cluster of our own, before there is a schema.",
    "peil.checks.anonymity.orders": "Asked of every table that there is, by its name in the catalogue.",
    "peil.checks.anonymity.removal": "Run on every table that there is, by its name in the catalogue.",
    "peil.embedded": "Run as a superuser of a cluster of our own.",
    "peil.migrations": "About migrations and the catalogue, as the owner.",
}


class Statement(NamedTuple):
    """A named SQL constant and where it is."""

    name: str
    module: str
    constant: str
    text: str


def _modules() -> list[str]:
    found = pkgutil.walk_packages(peil.__path__, "peil.")
    return sorted(module.name for module in found if not module.name.endswith("__main__"))


def _statements() -> Iterator[Statement]:
    for module in _modules():
        for constant, value in vars(importlib.import_module(module)).items():
            named = _NAMED.match(value) if isinstance(value, str) else None
            if named is not None:
                yield Statement(named[1], module, constant, value)


def _path(module: str) -> Path:
    path = _FOLDER.parent / module.replace(".", "/")
    return path.with_suffix(".py") if path.with_suffix(".py").is_file() else path / "__init__.py"


STATEMENTS = list(_statements())


def _by_name(statement: Statement) -> str:
    return f"{statement.module}:{statement.name}"


@pytest.fixture(scope="module")
async def connections(cluster: Cluster, migrated: str) -> AsyncIterator[dict[str, asyncpg.Connection]]:
    opened = {
        role: await asyncpg.connect(cluster.url(role, migrated))
        for role in ("peil_api", "peil_intake", "peil_worker", "peil_moderator", "peil_owner", "postgres")
    }
    yield opened
    for connection in opened.values():
        await connection.close()


@pytest.mark.parametrize("statement", STATEMENTS, ids=_by_name)
async def test_a_statement_can_be_run_by_its_role(
    connections: dict[str, asyncpg.Connection], statement: Statement
) -> None:
    """It fits the schema, and a role that runs its module has every privilege it needs."""
    roles = next((roles for prefix, roles in _ROLES.items() if statement.module.startswith(prefix)), _USUAL)
    refusals = [await _refusal(connections[role], statement.text) for role in roles]

    assert (None in refusals) is (statement.name not in _UNFIT), refusals


async def _refusal(connection: asyncpg.Connection, sql: str) -> str | None:
    """Why the role cannot run it: preparing knows tables and types, explaining also privileges."""
    try:
        if "\nnotify " in sql:
            # There is nothing to prepare; it is heard by nobody unless it is committed.
            await _try_utility(connection, sql)
            return None
        parameters = len((await connection.prepare(sql)).get_parameters())
        await connection.execute(f"prepare statement as {sql}")
        try:
            nulls = ", ".join(["null"] * parameters)
            await connection.execute(f"explain execute statement{f'({nulls})' if nulls else ''}")
        finally:
            await connection.execute("deallocate statement")
    except asyncpg.PostgresError as error:
        return str(error)
    return None


async def _try_utility(connection: asyncpg.Connection, sql: str) -> None:
    transaction = connection.transaction()
    await transaction.start()
    try:
        await connection.execute(sql)
    finally:
        await transaction.rollback()


def test_names_are_unique() -> None:
    """A name in a log or in pg_stat_activity leads to one statement."""
    named = Counter(statement.name for statement in STATEMENTS)

    assert [] == [name for name, count in named.items() if count > 1]


async def test_a_statement_names_the_employer(cluster: Cluster, migrated: str) -> None:
    """Every statement on a table with an employer says whose rows it means; row-level security says it again."""
    owner = await asyncpg.connect(cluster.url("peil_owner", migrated))
    tables = [
        f"{row['table_schema']}.{row['table_name']}"
        for row in await owner.fetch(
            "select table_schema, table_name from information_schema.columns where column_name = 'employer_id'"
        )
    ]
    await owner.close()
    nameless = {
        statement.name
        for statement in STATEMENTS
        if any(re.search(rf"\b{re.escape(table)}\b", statement.text) for table in tables)
        and not _EMPLOYER.search(statement.text)
    }

    assert _OF_NO_EMPLOYER.keys() == nameless


@pytest.mark.parametrize("module", _modules())
def test_rows_come_in_an_order(module: str) -> None:
    """A statement of which many rows are read has an `order by`."""
    known = {(statement.module, statement.constant): statement.text for statement in STATEMENTS}
    read = [
        argument.id
        for call in ast.walk(ast.parse(_path(module).read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("many", "cursor")
        for argument in call.args
        if isinstance(argument, ast.Name) and (module, argument.id) in known
    ]

    unordered = [name for name in read if "order by" not in known[module, name]]

    assert [name for name in read if name in _IN_ANY_ORDER] == unordered


def test_rows_are_copied_in_an_order() -> None:
    """Where rows of one table go into another, an `order by` keeps the order in which they lay from going along."""
    copying = re.compile(r"insert into .*^from [a-z_]+\.[a-z_]+", re.DOTALL | re.MULTILINE)

    unordered = [
        statement.name
        for statement in STATEMENTS
        if copying.search(statement.text) and not re.search(r"^order by ", statement.text, re.MULTILINE)
    ]

    assert sorted(_COPIED_IN_ANY_ORDER) == sorted(unordered)


@pytest.mark.parametrize("module", [name for name in _modules() if name not in _ELSEWHERE])
def test_sql_is_in_named_constants(module: str) -> None:
    """No statement is hidden in a call, where nothing prepares it and its log line has no name."""
    hidden = [
        node.value
        for node in ast.walk(ast.parse(_path(module).read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and _SQL.match(node.value)
        and re.search(r"\b(from|into|set|values)\b", node.value)
        # A part that several statements share is prepared in each of them.
        and not any(node.value in statement.text for statement in STATEMENTS)
    ]

    assert [] == hidden

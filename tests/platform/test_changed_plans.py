"""A question for what has changed stays quick where there is much: it goes by an index, not by all there is."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import pytest

from peil.actions import check_queries
from peil.actions import queries as action_queries
from peil.directory import people_queries
from peil.embedded import Cluster
from peil.ids import NONE
from peil.risks import queries as risk_queries

MANY = 50_000
EMPLOYER = UUID(int=7)
BEGAN = datetime(2100, 1, 1, tzinfo=UTC)
SINCE = BEGAN + timedelta(minutes=MANY - 50)
"""Fifty of each were written after this."""

_GENERIC = "select generic_plans from pg_prepared_statements where statement = $1"


class Asked(NamedTuple):
    """A question for a page of what has changed, and the indexes that answer it."""

    sql: str
    arguments: tuple[object, ...]
    indexes: set[str]


QUESTIONS = {
    "actions": Asked(
        action_queries._SELECT_MANY,
        (EMPLOYER, NONE, None, None, None, None, SINCE, 51),
        {"action_modified_idx", "progress_check_modified_idx"},
    ),
    "progress_checks": Asked(
        check_queries._SELECT_MANY,
        (EMPLOYER, None, None, None, None, BEGAN.date(), NONE, SINCE, 51),
        {"action_modified_idx", "progress_check_modified_idx"},
    ),
    "risks": Asked(risk_queries._SELECT_MANY, (EMPLOYER, NONE, None, SINCE, 51), {"risk_modified_idx"}),
    "people": Asked(
        people_queries._SELECT_PERSON_PAGE,
        (EMPLOYER, SINCE.date(), None, None, "", None, SINCE, SINCE.date(), 51),
        {"person_modified_idx"},
    ),
}

_FILL = (
    "insert into peil.employer (employer_id, name, language, sandbox, created_at, vendor_ids)"
    " values ($1, 'Groot BV', 'nl', false, $2, '{}')",
    "insert into peil.risk (employer_id, risk_id, title, category, severity, likelihood, state, identified_on,"
    " created_at, modified_at) select $1, gen_random_uuid(), 'x', 'workload', 1, 1, 'open', $2::timestamptz, $2,"
    f" $2::timestamptz + n * interval '1 minute' from generate_series(1, {MANY}) as n",
    "insert into peil.action (employer_id, action_id, title, level, owner, starts_on, deadline, state, history,"
    " created_at, modified_at) select $1, gen_random_uuid(), 'x', 'organisation', '{}', '2026-01-01', '2027-01-01',"
    " 'active', '[]', $2, $2::timestamptz + n * interval '1 minute'"
    f" from generate_series(1, {MANY}) as n",
    "insert into peil.progress_check (employer_id, progress_check_id, action_id, number, kind, due_on, modified_at)"
    " select $1, gen_random_uuid(), action_id, 1, '30-days', $2::timestamptz + interval '30 days', modified_at"
    " from peil.action where employer_id = $1",
    "insert into peil.person (employer_id, person_id, external_id, active, absent, modified_at)"
    " select $1, gen_random_uuid(), 'p' || n, true, false, $2::timestamptz + n * interval '1 minute'"
    f" from generate_series(1, {MANY}) as n",
)


@pytest.fixture(scope="module")
async def crowded(cluster: Cluster, migrated: str) -> AsyncIterator[asyncpg.Connection]:
    """An employer with much of everything, in a transaction that is never committed, as the API sees it."""
    connection = await asyncpg.connect(cluster.url("postgres", migrated))
    transaction = connection.transaction()
    await transaction.start()
    for sql in _FILL:
        await connection.execute(sql, EMPLOYER, BEGAN)
    await connection.execute(f"set local app.employer_id = '{EMPLOYER}'")
    yield connection
    await transaction.rollback()
    await connection.close()


@pytest.fixture(autouse=True)
async def known(crowded: asyncpg.Connection) -> None:
    """The server counts these rows: by itself it counts only what is committed, and could do so at any moment."""
    await crowded.execute("set local role none")
    await crowded.execute("analyze peil.risk, peil.action, peil.progress_check, peil.person")
    await crowded.execute("set local role peil_api")


def _indexes(plan: dict[str, Any]) -> set[str]:
    own = {plan["Index Name"]} if "Index Name" in plan else set()
    return own.union(*(_indexes(one) for one in plan.get("Plans", [])))


def _read(plan: dict[str, Any]) -> int:
    """How many rows the plan has looked at."""
    own = int(plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)) * int(plan["Actual Loops"])
    return own + sum(_read(one) for one in plan.get("Plans", []))


@pytest.mark.parametrize("name", QUESTIONS)
async def test_what_has_changed_is_found_by_an_index(crowded: asyncpg.Connection, name: str) -> None:
    """Of fifty thousand rows few more are looked at than were written since."""
    asked = QUESTIONS[name]
    told = await crowded.fetchval(f"explain (analyze, timing off, format json) {asked.sql}", *asked.arguments)
    [found] = json.loads(told)

    assert asked.indexes <= _indexes(found["Plan"])
    assert _read(found["Plan"]) < MANY / 50


@pytest.mark.parametrize("name", QUESTIONS)
async def test_a_plan_for_the_whole_list_is_not_kept(crowded: asyncpg.Connection, name: str) -> None:
    """However often a connection was asked for everything before, the server plans anew for what has changed."""
    asked = QUESTIONS[name]
    statement = await crowded.prepare(asked.sql)
    for _ in range(8):
        await statement.fetch(*(None if argument is SINCE else argument for argument in asked.arguments))
    await statement.fetch(*asked.arguments)

    kept = await crowded.fetchval(_GENERIC, asked.sql)

    assert 0 == kept

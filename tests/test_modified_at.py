"""What `modifiedAfter` rests on: that no list lacks it, and no statement writes a row without saying when."""

import json
import re
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from peil.embedded import Cluster
from test_sql import STATEMENTS, Statement

_DOCUMENT = Path(__file__).parents[1] / "openapi" / "openapi.json"
_PARAMETER = "modifiedAfter"

# Lists in which nothing is looked for by when it changed, and why. Every other list has the parameter.
WITHOUT = {
    "listEvents": "It is the list of changes itself: its cursor says where somebody was.",
    "listAudit": "Its rows never change, and `from` asks since when.",
    "listRecipients": "It says who is to be written to now, and its reader keeps no copy.",
    "listMyWaves": "What somebody can answer at this moment; when that changed could tell when somebody did.",
    "listActionDrafts": "Computed while it is asked for, out of one release that never changes.",
    "listVendorFindings": "Computed while it is asked for, out of everything that an employer has.",
    "listAggregates": "Of one release, which never changes: listReleases says that there is a new one.",
    "getBranch": "As listAggregates.",
    "getHeatTable": "As listAggregates.",
    "listChanges": "Between two releases, which never change.",
    "listWebhookEndpoints": "An employer has ten at most: to read them costs no more than to ask.",
    "listVendorWebhookEndpoints": "A vendor has one.",
    "listDeliveries": "What became of events, in the order of the feed; `state` asks for what failed or waits.",
    "listVendorDeliveries": "As listDeliveries.",
    "listVendorFailedDeliveries": "Computed while it is asked for, out of what failed at each employer.",
    "listAwaitingComments": "When a comment was written or decided on is told to nobody.",
    "listComments": "As listAwaitingComments; what is shown is shown at one moment, with its release.",
    "listCommentPlaces": "As listComments.",
}

# Statements that write a row and leave its moment, and why nobody misses that.
_UNSEEN = {
    "begin_terms": "When somebody is erased stands in no list.",
    "plan_erasure": "When somebody is erased stands in no list.",
    "clear_user_names": "The same transaction writes these people again, with the moment.",
    "erase_scim_users": "The person is erased with it, and tells it.",
    "move_vendor_feed": "How far a vendor's feed is stands in no list, and moves with every event.",
    "set_scim_unplaced": "On which day somebody lost the last unit stands in no list; the unit does, and tells it.",
    "update_vendors_of_employer": "Which vendors see an employer the list of links tells; no vendor learns of another.",
    "update_opted_out": "Known to the person alone: a moment would tell HR that somebody chose.",
}

# Tables whose rows are only ever added, and the column that says when.
_ADDED = {"peil.policy": "created_at", "release.release": "released_at"}

_UPDATES = re.compile(r"(?:^\s*update |do update )(.*?)(?=^where|^from|^returning|\Z)", re.DOTALL | re.MULTILINE)
_WRITES = re.compile(r"^\s*(insert into|update|merge into) ([a-z]+\.[a-z_]+)", re.MULTILINE)


def _lists() -> dict[str, set[str]]:
    """The operations that give a list, and the names of their parameters."""
    document = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
    found = {}
    for methods in document["paths"].values():
        for one in methods.values():
            names = {_resolved(document, parameter)["name"] for parameter in one.get("parameters", [])}
            if one["operationId"].startswith("list") or "cursor" in names:
                found[one["operationId"]] = names
    return found


def _resolved(document: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    return document["components"]["parameters"][part["$ref"].rpartition("/")[2]] if "$ref" in part else part


def test_every_list_can_be_asked_for_what_has_changed() -> None:
    """Or it stands among those of which that means nothing, with the reason."""
    without = {name for name, parameters in _lists().items() if _PARAMETER not in parameters}

    assert WITHOUT.keys() == without


def test_the_parameter_says_the_same_everywhere() -> None:
    """How to ask again so that nothing is missed is told once, in the same words for every list."""
    document = json.loads(_DOCUMENT.read_text(encoding="utf-8"))
    told = {
        _resolved(document, parameter)["description"]
        for methods in document["paths"].values()
        for one in methods.values()
        for parameter in one.get("parameters", [])
        if _resolved(document, parameter)["name"] == _PARAMETER
    }

    assert 1 == len(told)
    assert "five minutes" in told.pop()


def _says_when(statement: Statement) -> bool:
    """Whether all that a statement writes gets its moment, also where a row was there before."""
    text = statement.text
    updates = _UPDATES.findall(text)
    inserts = re.findall(r"insert into [a-z_.]+ (?:as [a-z]+ )?\(([^)]*)\)", text)
    return all("modified_at = " in one for one in updates) and all("modified_at" in one for one in inserts)


async def _dated(cluster: Cluster, migrated: str) -> set[str]:
    owner = await asyncpg.connect(cluster.url("peil_owner", migrated))
    try:
        found = await owner.fetch(
            "select table_schema, table_name from information_schema.columns where column_name = 'modified_at'"
        )
    finally:
        await owner.close()
    return {f"{row['table_schema']}.{row['table_name']}" for row in found}


async def test_whoever_writes_a_row_says_when(cluster: Cluster, migrated: str) -> None:
    """Each statement that writes a table with such a moment writes it too, also the worker's."""
    dated = await _dated(cluster, migrated)
    silent = {
        statement.name
        for statement in STATEMENTS
        if dated & {table for _, table in _WRITES.findall(statement.text)} and not _says_when(statement)
    }

    assert _UNSEEN.keys() == silent


def test_what_is_only_added_is_never_changed() -> None:
    """Else the moment at which it was added would not be that of its last change."""
    changing = [
        statement.name
        for statement in STATEMENTS
        if any(kind != "insert into" and table in _ADDED for kind, table in _WRITES.findall(statement.text))
        or (any(f"insert into {table} " in statement.text for table in _ADDED) and "do update" in statement.text)
    ]

    assert [] == changing


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("insert into peil.risk (risk_id, modified_at)\nvalues ($1, $2)", True),
        ("insert into peil.risk (risk_id)\nvalues ($1)", False),
        ("update peil.risk\nset\n  title = $1,\n  modified_at = $2\nwhere risk_id = $3", True),
        ("update peil.risk\nset title = $1\nwhere modified_at = $2", False),
        ("insert into peil.risk (a, modified_at)\nvalues ($1, $2)\non conflict (a)\ndo update set\n  a = $1", False),
    ],
)
def test_silence_is_heard(text: str, expected: bool) -> None:
    """The test of statements knows one that says when from one that only asks for it."""
    assert expected == _says_when(Statement("planted", "", "", text))

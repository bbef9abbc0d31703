"""The rules of the house that a program can check."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from peil.access import table
from peil.api import ENDPOINTS, FIELDS
from peil.operation import ANONYMOUS, OPERATIONS
from peil.problems import STATUS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "service" / "peil"

# A slice may use the models and operations of those before it. Instruments stand first, because creating an
# employer gives it the shipped ones (docs/decisions/0002).
SLICES = (
    "instruments",
    "employers",
    "consents",
    "access",
    "directory",
    "support_routes",
    "toolkit",
    "risks",
    "campaigns",
    "waves",
    "participation",
    "messages",
    "responses",
    "releases",
    "aggregates",
    "disclosure",
    "comments",
    "actions",
    "widgets",
    "readiness",
    "webhooks",
    "trail",
)
# What a kind of file may import of the package, by the last part of the module's name. `kernel` are the modules
# of the package itself that know no slice.
FRAMEWORKS = {
    "model": (),
    "rules": (),
    "queries": ("asyncpg",),
    "operations": (),
    "rest": ("litestar",),
    "graphql": ("strawberry", "litestar"),
}
ALLOWED_KINDS = {
    "model": {"model"},
    "rules": {"model", "rules"},
    "queries": {"model"},
    "operations": {"model", "rules", "queries", "operations"},
    "rest": {"model", "operations"},
    "graphql": {"model", "operations"},
}
# Files of a slice with a name of their own, and the kind whose rules they follow.
KIND_OF = {
    "groups": "rules",
    "population": "rules",
    "codes": "rules",
    "partition": "rules",
    "signals": "rules",
    "protection": "rules",
    "statistics": "rules",
    "counting": "rules",
    "cells": "rules",
    "control": "rules",
    "comparison": "rules",
    "significance": "rules",
    "shares": "rules",
    "effects": "rules",
    "permutation": "rules",
    "tendency": "rules",
    "trending": "rules",
    "trend_texts": "rules",
    "trend_model": "model",
    "trend_queries": "queries",
    "trends": "operations",
    "held": "operations",
    "drift": "rules",
    "item_changes": "rules",
    "note_texts": "rules",
    "change_model": "model",
    "shrinkage": "rules",
    "statistics_model": "model",
    "change_texts": "rules",
    "changes": "operations",
    "agenda": "rules",
    "manifests": "rules",
    "sealed_rows": "rules",
    "sealed_queries": "queries",
    "tree": "rules",
    "people_rules": "rules",
    "people_queries": "queries",
    "erasure_queries": "queries",
    "imports": "operations",
    "writing": "operations",
    "absent": "operations",
    "packs": "rules",
    "licensing_model": "model",
    "licensing_rules": "rules",
    "validity": "rules",
    "permissions": "operations",
    "permission_queries": "queries",
    "catalogue": "rules",
    "shelf": "operations",
    "item_model": "model",
    "explanations": "rules",
    "wording": "rules",
    "telling": "rules",
    "table_model": "model",
    "branches": "operations",
    "heat_tables": "operations",
    "overview": "operations",
    "unions": "rules",
    "summing": "rules",
    "grouping": "operations",
    "metrics": "operations",
    "metric_queries": "queries",
    "agenda_model": "model",
    "agenda_rules": "rules",
    "agenda_queries": "queries",
    "activities": "operations",
    "communications": "operations",
    "copying": "operations",
    "checks": "operations",
    "texts": "rules",
    "evaluation": "rules",
    "timeline": "rules",
    "evaluating": "operations",
    "letters": "rules",
    "mailing_queries": "queries",
    "tickets": "rules",
    "opting": "operations",
    "delivering": "operations",
    "forms": "rest",
    "scrubbing": "rules",
    "keeping": "operations",
    "series": "operations",
    "series_model": "model",
    "series_queries": "queries",
    "budget": "operations",
    "cadence": "rules",
    "repeating": "rules",
    "fatigue": "rules",
    "bands": "rules",
    "expectation": "rules",
    "reportability": "operations",
    "redeeming": "operations",
    "ledger_queries": "queries",
    "release_queries": "queries",
    "mistake_texts": "rules",
    "redeeming_queries": "queries",
    "taking": "operations",
    "drafts": "operations",
    "offers": "rules",
    "scorings": "rules",
    "export_model": "model",
    "export_texts": "rules",
    "method_texts": "rules",
    "exporting": "operations",
    "files": "operations",
    "tables": "rules",
    "workbook": "rules",
    "report_texts": "rules",
    "verify_release": "rules",
    "verify_audit": "rules",
    "colours": "operations",
    "colours_queries": "queries",
    "widget_model": "model",
    "guide": "rules",
    "places": "operations",
    "standing": "operations",
    "team": "operations",
    "exchange": "operations",
    "exchanging": "operations",
    "profiles": "rules",
    "refusals": "rules",
    "refusal_texts": "rules",
    "proving": "operations",
    "links": "operations",
    "targets": "operations",
    "vendor_clients": "operations",
    "operator_clients": "operations",
    "operator_rescues": "operations",
    "vendor_findings": "operations",
    "template_model": "model",
    "template_rules": "rules",
    "template_queries": "queries",
    "vendor_campaigns": "operations",
    "vendor_endpoints": "operations",
    "vendor_deliveries": "operations",
    "replay_queries": "queries",
    "signing": "rules",
    "endpoint": "rest",
    "recognising": "operations",
    "dpop": "rules",
    "revoking": "operations",
    "events": "model",
    "retrying": "rules",
    "sending": "operations",
    "sending_model": "model",
    "sending_queries": "queries",
    "sending_target_queries": "queries",
}
# What participation knows of codes and groups, and of nobody in them.
OF_GROUPS = ("peil.participation.codes", "peil.participation.redeeming")
ON_INTAKE = {"submit_response", "get_questionnaire", "get_key_manifest"}

UNRECORDED = {
    "check_issuer": "Asks the issuer, and changes nothing.",
    "preview_wave": "Changes nothing.",
    "preview_wave_series": "Changes nothing.",
    "try_out_instrument": "Changes nothing.",
    "list_action_drafts": "Changes nothing; drafts are for those who may make actions of them.",
    "issue_answer_token": "A line would say who may have answered, and when.",
    "create_opt_out": "Who wants no letters is nobody else's business; a line would name them to all who read it.",
    "revoke_opt_out": "The same.",
}
"""Operations with a scope to write that leave no line in an audit trail, and why."""

LARGEST_FILE = 380
# One file by its task: an auditor has to read it, and it has to run by itself.
ALONE = "disclosure/verify_release.py"
LONGEST_FUNCTION = 45


def sources() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def imports_of(tree: ast.Module) -> Iterator[str]:
    """Names of the modules a file imports, at its top or inside a function; not those for the type checker only."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)


def slice_files() -> Iterator[tuple[str, str, ast.Module]]:
    """Slice, kind of file, and its syntax tree."""
    for path, tree in sources():
        name = path.relative_to(PACKAGE).parts[0]
        if name in SLICES:
            yield name, KIND_OF.get(path.stem, path.stem), tree


def uses(tree: ast.Module) -> set[tuple[str, str]]:
    """(slice, kind) that a file imports from."""
    found = set()
    for module in imports_of(tree):
        package, *parts = module.split(".")
        is_of_a_slice = package == "peil" and len(parts) > 1 and parts[0] in SLICES
        # Also of a folder within a slice; a name that is imported from a file is none itself.
        if is_of_a_slice and PACKAGE.joinpath(*parts).with_suffix(".py").exists():
            found.add((parts[0], KIND_OF.get(parts[-1], parts[-1])))
    return found


def violations(name: str, kind: str, used: set[tuple[str, str]]) -> list[str]:
    """What a file of this slice and kind imports against the rules of the house."""
    wrong = []
    for other, other_kind in sorted(used):
        if kind in ALLOWED_KINDS and other_kind in FRAMEWORKS and other_kind not in ALLOWED_KINDS[kind]:
            wrong.append(f"{name}/{kind} uses {other}/{other_kind}")
        if other != name and other_kind == "queries" and (name, kind, other) not in SHARED_ROWS:
            wrong.append(f"{name} uses the queries of {other}")
        is_later = SLICES.index(other) > SLICES.index(name)
        if is_later and other_kind != "model" and (name, other, other_kind) not in LOOKING_AHEAD:
            wrong.append(f"{name} comes before {other} and uses its {other_kind}")
    return wrong


# Rows of a slice that another one's operations hand on without asking the database.
SHARED_ROWS: set[tuple[str, str, str]] = set()
# Pure rules of a later slice that an earlier one needs.
LOOKING_AHEAD = {("employers", "releases", "rules")}


def test_layers_look_downward_only() -> None:
    """Models know models, rules no I/O, queries no rules; nobody uses another slice's queries or a later slice."""
    wrong = [problem for name, kind, tree in slice_files() for problem in violations(name, kind, uses(tree))]

    assert [] == wrong


def test_the_layer_check_can_fail() -> None:
    """A model that uses operations, and a slice that uses another's queries, are found."""
    assert violations("waves", "model", {("waves", "operations")})
    assert violations("waves", "operations", {("employers", "queries")})
    assert violations("employers", "operations", {("waves", "operations")})


def test_jobs_join_slices_by_their_operations() -> None:
    """The worker's jobs use operations, models and pure rules of the slices, never their queries."""
    wrong = [
        f"{path.name}: {name}/{kind}"
        for path, tree in sources()
        if path.parent.name == "jobs"
        for name, kind in sorted(uses(tree))
        if kind in {"queries", "rest", "graphql"}
    ]

    assert [] == wrong


def test_persons_and_answers_never_meet() -> None:
    """`responses` knows no person: it imports neither the directory nor what participation knows of people."""
    wrong = []
    for path, tree in sources():
        if path.parent.name == "responses":
            wrong += [
                f"{path.name}: {module}"
                for module in imports_of(tree)
                if module.startswith(("peil.directory", "peil.access"))
                or (module.startswith("peil.participation") and not module.startswith(OF_GROUPS))
            ]

    assert [] == wrong


def test_only_the_worker_unseals() -> None:
    """Unsealing and disclosure control are reached from the worker's jobs only."""
    guarded = ("peil.releases.control", "Unsealer", "unseal", "peil.releases.operations")
    allowed = {"closing.py", "counting.py", "sealing.py", "unsealing.py"}
    wrong = [
        f"{path.parent.name}/{path.name}: {module}"
        for path, tree in sources()
        if path.name not in allowed and path.parent.name != "releases"
        for module in imports_of(tree)
        if any(name in module for name in guarded)
    ]

    assert [] == wrong


def test_frameworks_stay_at_the_edge() -> None:
    """Litestar and Strawberry are known to rest.py, graphql.py and the kernel's HTTP modules; SQL to queries."""
    wrong = []
    for name, kind, tree in slice_files():
        allowed = FRAMEWORKS.get(kind, ())
        wrong += [
            f"{name}/{kind}: {module}"
            for module in imports_of(tree)
            for framework in ("litestar", "strawberry", "asyncpg")
            if module.split(".")[0] == framework and framework not in allowed and kind != "oauth"
        ]

    assert [] == wrong


def test_nobody_imports_the_source_root() -> None:
    """`service/` is a source root; `import service` would make two packages of one."""
    wrong = [
        str(path)
        for folder in (ROOT / "service", ROOT / "tests")
        for path in folder.rglob("*.py")
        for module in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if module.split(".")[0] == "service"
    ]

    assert [] == wrong


def test_every_module_says_why_it_exists() -> None:
    """A docstring, its first sentence on the first line."""
    wrong = [
        str(path.relative_to(PACKAGE))
        for path, tree in sources()
        if not re.match(r"[A-Z`].*[.:]", (ast.get_docstring(tree) or "").split("\n")[0])
    ]

    assert [] == wrong


def test_files_and_functions_stay_readable() -> None:
    """A file is about 300 lines at most, a function about 30."""
    long_files = [
        str(path.relative_to(PACKAGE))
        for path, _ in sources()
        if len(path.read_text(encoding="utf-8").splitlines()) > LARGEST_FILE * (1 + path.match(ALONE))
    ]
    long_functions = [
        f"{path.relative_to(PACKAGE)}: {node.name}"
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.body[0].lineno - _docstring_lines(node) > LONGEST_FUNCTION
    ]

    assert ([], []) == (long_files, long_functions)


def _docstring_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return len((ast.get_docstring(node) or "").splitlines())


def test_sql_has_no_clock() -> None:
    """SQL never asks for the time: that would not be the employer's."""
    names = r"\b(now\(\)|current_timestamp|current_date|localtime|clock_timestamp|statement_timestamp)"
    clocks = re.compile(names, re.IGNORECASE)
    statements = [
        (path.name, node.value)
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("-- ")
    ]
    statements += [(path.name, path.read_text(encoding="utf-8")) for path in (ROOT / "migrations").glob("*.sql")]

    assert len(statements) > 60
    assert [] == [name for name, text in statements if clocks.search(text)]


def test_every_operation_has_a_scope_of_the_table() -> None:
    """Nobody can forget who may do something."""
    scopes = {operation.scope for operation in OPERATIONS.values()}

    assert set() == scopes - table.SCOPES - {ANONYMOUS}


@cache
def names_used() -> dict[str, set[str]]:
    """What each function and class at the top of a module names of the package, as `module:name` for both."""
    found = {}
    for path, tree in sources():
        module = ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts)
        known = {
            (name.asname or name.name): (f"{node.module}:{name.name}", f"{node.module}.{name.name}")
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and node.module and not node.level
            for name in node.names
        }
        tops = [node for node in tree.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)]
        known |= {node.name: (f"{module}:{node.name}", "") for node in tops}
        for top in tops:
            used = {known[node.id][0] for node in ast.walk(top) if isinstance(node, ast.Name) and node.id in known}
            used |= {
                f"{known[node.value.id][1]}:{node.attr}"
                for node in ast.walk(top)
                if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known
            }
            found[f"{module}:{top.name}"] = used
    return found


def silent(names: dict[str, str], used: dict[str, set[str]]) -> set[str]:
    """Operations (name to module) from which no way of names leads to the record of the audit trail."""

    def records(start: str) -> bool:
        seen, ahead = set(), [start]
        while ahead:
            one = ahead.pop()
            if one == "peil.audit:record":
                return True
            if one not in seen:
                seen.add(one)
                ahead += used.get(one, ())
        return False

    return {name for name, module in names.items() if not records(f"{module}:{name}")}


WRITING = {name: found.work.__module__ for name, found in OPERATIONS.items() if found.scope.endswith(":write")}
BY_COMMAND = dict.fromkeys(
    ("create_operator_client", "rotate_operator_client", "revoke_operator_client"),
    "peil.access.clients.operator_clients",
)


def test_what_writes_is_recorded() -> None:
    """Every operation that may write leads to the audit trail, also those of the command line; some must not."""
    assert UNRECORDED.keys() == silent(WRITING | BY_COMMAND, names_used())


@pytest.mark.parametrize("name", ["create_vendor", "revoke_vendor_client_secret", "rotate_operator_client"])
def test_the_look_for_silent_operations_can_fail(name: str) -> None:
    """One whose way to the record is cut is found."""
    module = (WRITING | BY_COMMAND)[name]
    used = {
        one: names - {"peil.audit:record"} if one.startswith(module) else names for one, names in names_used().items()
    }

    assert name in silent(WRITING | BY_COMMAND, used)


def test_an_operation_without_a_scope_does_not_start() -> None:
    """The check at start-up refuses a scope that the table does not have."""
    with pytest.raises(table.ScopeMissing):
        table.check_scopes({"read_minds": "minds:read"})


def test_every_operation_can_be_reached() -> None:
    """Every operation has a REST endpoint, except what serves loaders, the token endpoint and SCIM."""
    endpoints = {endpoint.name for endpoint in ENDPOINTS}
    elsewhere = {name for name in OPERATIONS if re.search(r"_by_(\w+_)?id\Z", name)} | {
        "issue_access_token",
        "issue_person_token",
        "revoke_access_token",
        "issue_widget_token",
        "prove_client",
        "choose_by_ticket",
        "read_ticket",
        "provision",
    }

    assert set(OPERATIONS) - elsewhere == endpoints - ON_INTAKE


def test_graphql_has_the_same_operations() -> None:
    """GraphQL has every operation but bulk imports and lists, files, codes, answer tokens, and those of the intake."""
    works = [field.work for field in FIELDS if not field.parent]
    fields = {getattr(work, "name", None) or getattr(work, "__name__", "") for work in works}
    codes = {"draw_codes", "draw_handout_codes", "issue_answer_token"}
    files = {"export_actions", "export_aggregates", "export_audit", "export_release", "get_chart", "get_chart_widget"}
    bulk = {"import_units", "import_people", "list_recipients", "create_vendor_campaigns"} | files | codes | ON_INTAKE

    assert {endpoint.name for endpoint in ENDPOINTS} - bulk == fields


def test_every_error_has_a_status() -> None:
    """No domain error is a 500 by accident."""
    assert {400, 401, 403, 404, 409, 412, 422, 428, 429, 500, 503} == set(STATUS.values())

"""The committed documents are the generated ones, and say of every operation what it is."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from openapi_spec_validator import validate

from peil import __main__ as command_line
from peil import migrations
from peil.access import table
from peil.api import ENDPOINTS
from peil.csv_lines import lines_of
from peil.decoding import decoder_for
from peil.embedded import Cluster
from peil.openapi.document import document
from peil.openapi.examples import EXAMPLES, LINES
from peil.openapi.responses import statuses_of
from peil.openapi.roles import roles_page
from peil.openapi.words import TAGS, camel
from peil.patching import patch_type
from peil.rest import CSV, JSON, MERGE_PATCH, Endpoint, Lines

_ROOT = Path(__file__).parents[2]
_DOCUMENT = document()


def _operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (method.upper(), path): operation
        for path, operations in _DOCUMENT["paths"].items()
        for method, operation in operations.items()
    }


def _objects(part: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every schema of an object within, with its place."""
    if isinstance(part, dict):
        if part.get("type") == "object":
            yield at, part
        for name, inner in part.items():
            yield from _objects(inner, f"{at}/{name}")
    elif isinstance(part, list):
        for place, inner in enumerate(part):
            yield from _objects(inner, f"{at}/{place}")


def test_the_openapi_document_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`openapi/openapi.json` is what `peil openapi` prints; `make generate` writes it."""
    command_line.main(["openapi"])

    assert (_ROOT / "openapi" / "openapi.json").read_text() == capsys.readouterr().out


async def test_the_database_schema_is_current(cluster: Cluster, migrated: str) -> None:
    """`schema/database.sql` is the dump of a migrated database; `make generate` writes it."""
    dumped = await migrations.dump_schema(cluster.url("peil_owner", migrated))

    assert (_ROOT / "schema" / "database.sql").read_text() == dumped


def test_the_schema_of_packs_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`schema/instrument-pack.json` is what `peil schema instrument-pack` prints; `make generate` writes it."""
    command_line.main(["schema", "instrument-pack"])

    assert (_ROOT / "schema" / "instrument-pack.json").read_text() == capsys.readouterr().out


def test_the_page_of_roles_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    """`docs/roles.md` is what `peil schema roles` prints; `make generate` writes it."""
    command_line.main(["schema", "roles"])

    assert (_ROOT / "docs" / "roles.md").read_text("utf-8") == capsys.readouterr().out


def test_a_scope_with_a_verb_of_its_own_is_not_said_to_read() -> None:
    """Its cells tell how far it reaches, and nothing of reading or writing."""
    rows = [line.split(" | ") for line in roles_page(ENDPOINTS).splitlines() if line.startswith("| `")]
    cells = {row[0].strip("| `"): {cell.strip("| ") for cell in row[1:]} - {"–"} for row in reversed(rows)}

    assert [{"E"}, {"E"}] == [cells["scim:provision"], cells["reminders:deliver"]]


def test_the_openapi_document_is_valid() -> None:
    """It is OpenAPI 3.1, by the validator of the specification."""
    validate(_DOCUMENT)

    assert _DOCUMENT["openapi"].startswith("3.1.")


def test_every_operation_is_in_the_document_once() -> None:
    """Registered endpoints and documented operations are the same, by method, path and operationId."""
    registered = sorted((e.method, e.path, camel(e.name)) for e in ENDPOINTS)
    documented = sorted((*place, operation["operationId"]) for place, operation in _operations().items())

    assert registered == documented


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_an_operation_is_described(endpoint: Endpoint) -> None:
    """It says what it does, who may, and which statuses it gives, of which none is `default`."""
    operation = _operations()[endpoint.method, endpoint.path]
    security = [{"client": [endpoint.scope]}, {"person": []}, {"dpop": []}]

    assert ([] if endpoint.on_intake else security) == operation["security"]
    assert operation["summary"]
    assert endpoint.on_intake or operation["description"].endswith(f"Needs the scope `{endpoint.scope}`.")
    assert [str(status) for status in statuses_of(endpoint)] == list(operation["responses"])


def test_every_tag_is_described() -> None:
    """`peil.openapi.words` has a sentence for each."""
    assert set() == {endpoint.tag for endpoint in ENDPOINTS} - TAGS.keys()


def test_no_object_takes_or_gives_unknown_properties() -> None:
    """Every object of the document forbids them, or says what a value of any name is (a map)."""
    open_objects = [
        at for at, schema in _objects(_DOCUMENT["components"]) if schema.get("additionalProperties", True) is True
    ]

    assert [] == open_objects


def test_every_moment_is_a_date_time() -> None:
    """A property that tells a moment by its name has the format, in what goes out too."""
    wrong = [
        f"{name}.{key}"
        for name, schema in _DOCUMENT["components"]["schemas"].items()
        for key, value in schema["properties"].items()
        if re.search(r"(?<!reported)(?<!shown)At\Z|\A(time|testClock)\Z", key)
        and "date-time" not in {value.get("format"), *(branch.get("format") for branch in value.get("anyOf", []))}
    ]

    assert [] == wrong


def test_patterns_are_of_ecma_262() -> None:
    """None ends as Python needs it; `$` means the end there."""
    assert r"(?![\\s\\S])" not in msgspec.json.encode(_DOCUMENT).decode()


@pytest.mark.parametrize("endpoint", [e for e in ENDPOINTS if e.consumes is not None], ids=lambda e: e.name)
def test_an_example_of_a_body_can_be_sent(endpoint: Endpoint) -> None:
    """Each operation with a body has one, and it is decoded as a request is."""
    if endpoint.consumes in (JSON, MERGE_PATCH):
        shape = endpoint.body if endpoint.consumes == JSON else patch_type(get_args(endpoint.body)[0])
        bodies = [msgspec.json.encode(body) for body in EXAMPLES[endpoint.name].values()]
    else:
        shape, example, table = LINES[endpoint.name]
        rows = Lines(table.encode())
        rows.media_type = CSV
        bodies = [*example.encode().splitlines(), *filter(None, lines_of(rows, shape).splitlines())]

    assert all(decoder_for(shape).decode(body) is not None for body in bodies)
    assert bodies


def test_a_link_leads_from_a_wave_to_what_can_be_done_with_it() -> None:
    """The answer of `plan_wave` names the wave for the operations on it, with its version where it changes."""
    links = _operations()["POST", "/waves"]["responses"]["201"]["links"]

    assert {"waveId": "$response.body#/waveId"} == links["openWave"]["parameters"]
    assert "$response.header.ETag" == links["updateWave"]["parameters"]["header.If-Match"]


def test_links_lead_from_a_campaign_to_an_action() -> None:
    """By the path where it is under the campaign, else by the body of what is new."""
    links = _operations()["POST", "/campaigns"]["responses"]["201"]["links"]

    assert {"campaignId": "$response.body#/campaignId"} == links["createActivity"]["parameters"]
    assert {"campaignId": "$response.body#/campaignId"} == links["createAction"]["requestBody"]
    assert {"campaignId": "$response.body#/campaignId"} == links["planWave"]["requestBody"]


def test_a_list_links_by_its_first_item() -> None:
    """OpenAPI has no link per item; the first one stands for all."""
    links = _operations()["GET", "/waves"]["responses"]["200"]["links"]

    assert {"waveId": "$response.body#/items/0/waveId"} == links["getWave"]["parameters"]


def test_each_way_to_say_who_asks_is_described() -> None:
    """As a client, as a person, and as either with a bound token (RFC 9449); no other is named or described."""
    named = {name for operation in _operations().values() for way in operation["security"] for name in way}

    assert {"client", "person", "dpop"} == named == set(_DOCUMENT["components"]["securitySchemes"])


def test_scopes_are_those_of_the_table() -> None:
    """The OAuth scheme lists every scope, and no other."""
    flows = _DOCUMENT["components"]["securitySchemes"]["client"]["flows"]

    assert set(table.SCOPES) == set(flows["clientCredentials"]["scopes"])

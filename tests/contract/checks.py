"""Loaded into schemathesis: NDJSON in both directions, and checks that its own do not make."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from zipfile import ZipFile

import requests
import schemathesis
from schemathesis.core.failures import Failure

from peil.findings import CODES

_NDJSON = "application/x-ndjson"
_TIMEOUT = 10


@schemathesis.serializer(_NDJSON, "text/csv")
def lines_of(_: Any, value: Any) -> bytes:
    """A body of one JSON value a line, of a table too; text is one already. No value is a blank line."""
    if isinstance(value, str):
        return value.encode(errors="replace") or b"\n"
    values = value if isinstance(value, list) else [value]
    return "".join(f"{json.dumps(item)}\n" for item in values).encode() or b"\n"


@schemathesis.deserializer(_NDJSON)
def values_of(_: Any, response: Any) -> Any:
    """The values of the lines of an answer."""
    return [json.loads(line) for line in response.content.splitlines()]


@schemathesis.deserializer("text/csv", "text/markdown")
def text_of(_: Any, response: Any) -> Any:
    """A table or a page is one text to a schema."""
    return response.text


@schemathesis.deserializer("application/zip", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
def names_of(_: Any, response: Any) -> Any:
    """An archive is the names of what is in it to a schema; one that cannot be read raises."""
    with ZipFile(BytesIO(response.content)) as archive:
        return "\n".join(archive.namelist())


_others = json.loads(Path("others.json").read_text())


@schemathesis.hook
def before_call(_: Any, case: Any, __: Any) -> None:
    """Asks as somebody else where the first peer may not: headers by operation in the configuration leak."""
    token = _others.get(case.operation.definition.raw["operationId"])
    if token is not None and case.headers.get("Authorization", "").startswith("Bearer ey"):
        case.headers["Authorization"] = f"Bearer {token}"


@schemathesis.check
def refusals_are_ruled(_: Any, response: Any, case: Any) -> None:
    """What fits the schema is refused with 400 for a rule that no schema says, never for what a schema could say."""
    if case.meta is None or not case.meta.generation.mode.is_positive or response.status_code != 400:
        return
    said = [error for error in response.json()["errors"] if _is_of_schema(case, error)]
    if said:
        raise Failure(
            operation=case.operation.label,
            title="Refused for what the schema allows",
            message="\n".join(f"{error['pointer']}: {error['code']} ({error['detail']})" for error in said[:5]),
        )


# Codes that rules share with the decoder; a schema cannot say them of anything but whole items.
_SHARED = {"duplicate-key", "duplicate-item"}


def _is_of_schema(case: Any, error: Any) -> bool:
    """Whether the schema of the request could have said it. Of a patch it cannot say what is left after merging."""
    if case.method == "PATCH" and error["code"] in ("too-few-items", "required"):
        return str(error["pointer"]).count("/") == 1 and error["code"] == "required"
    return error["code"] in CODES - _SHARED


@schemathesis.check
def created_can_be_read(_: Any, response: Any, case: Any) -> None:
    """What was created is at its Location, in the version that was told."""
    location = response.headers.get("location")
    if response.status_code != 201 or location is None or "idempotency-replayed" in response.headers:
        return
    read = _again("GET", response, location[0])
    if read.status_code != 200:
        raise Failure(
            operation=case.operation.label,
            title="Created, but not there",
            message=f"GET {location[0]} answered {read.status_code} after 201",
        )


@schemathesis.check
def deleted_is_gone(_: Any, response: Any, case: Any) -> None:
    """What was deleted is not found any more."""
    if case.method != "DELETE" or not 200 <= response.status_code < 300:
        return
    path = case.formatted_path
    read = _again("GET", response, None)
    if read.status_code != 404:
        raise Failure(
            operation=case.operation.label,
            title="Deleted, but still there",
            message=f"GET {path} answered {read.status_code} after {response.status_code}",
        )


def _again(method: str, response: Any, path: str | None) -> requests.Response:
    """Asks for `path`, or for the same path, as whoever asked for `response`."""
    before = response.request
    url = before.url if path is None else urljoin(before.url, path)
    token = before.headers.get("Authorization")
    headers = {} if token is None else {"Authorization": token}
    return requests.request(method, url, headers=headers, timeout=_TIMEOUT)

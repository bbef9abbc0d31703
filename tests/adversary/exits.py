"""Collects every answer the API gives about a wave or a unit, as its own OpenAPI document says it can be asked."""

import re
import struct
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import httpx
import msgspec

from adversary.stage import BLOCK, Staged
from peil.http.etag import etag_of
from support.house import Persona

_DOCUMENT: dict[str, Any] = msgspec.json.decode(Path("openapi/openapi.json").read_bytes())
_READING_POSTS = {"getGroupAggregate"}
_COMPRESSED = (b"PK", b"\x89PNG")
_THINGS = ("campaignId", "activityId", "communicationId", "actionId", "progressCheckId")
_UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)"

ELSEWHERE: dict[str, set[str]] = {
    "of one thing that has neither wave nor unit nor figure": {
        "getEmployer",
        "getPrecondition",
        "getConsentRequest",
        "listClients",
        "getClient",
        "getIssuer",
        "getScimConnection",
        "getScimReport",
        "getPerson",
        "getSupportRoute",
        "getCatalogueEntry",
        "getRisk",
        "getInstrument",
        "exportInstrument",
        "listPermissions",
        "getPermission",
        "getWaveSeries",
    },
    "who is in the directory and what was decided, which is there before anybody answers": {
        "listPeople",
        "listPreconditions",
    },
    "of vendors, who see no figures": {
        "getVendor",
        "getVendorLink",
        "listVendorLinks",
        "listVendorEmployers",
        "listVendorFindings",
        "getVendorClient",
        "listVendorClients",
        "getVendorWebhookEndpoint",
        "listVendorWebhookEndpoints",
        "listVendorDeliveries",
        "getVendorDelivery",
        "listVendorFailedDeliveries",
    },
    "where events go that `listEvents` tells, and whether they arrived": {
        "getWebhookEndpoint",
        "listDeliveries",
        "getDelivery",
    },
    "the same as `listAudit` tells, in a file with hashes over ids": {"exportAudit"},
    "who is written to while a wave is open, by the service that delivers": {"listRecipients"},
    "shipped with the service, in an order of their own at each employer": {
        "listInstruments",
        "listCatalogueEntries",
    },
}
"""What is read and not collected, and why."""


class Operation(NamedTuple):
    """What the document says of reading something.

    `query`: its keys, with all values where these are few; `kinds`: values of the part of the path of that name.
    """

    name: str
    method: str
    path: str
    query: Mapping[str, Sequence[str]]
    kinds: Sequence[str]
    accepts: Sequence[str]


class Ask(NamedTuple):
    """One request; `unit`: the name of the one that it is about, None: none in particular.

    `query`: the keys that name what it is about; `chosen`: one more, with its value.
    """

    operation: str
    method: str
    path: str
    query: tuple[str, ...]
    chosen: tuple[tuple[str, str], ...]
    kind: str
    accept: str
    unit: str | None


class Answer(NamedTuple):
    """All that comes back of one; ids, hashes and moments are masked, so that what is said remains."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


def reads() -> Iterator[Operation]:
    """Every operation that changes nothing."""
    for path, methods in _DOCUMENT["paths"].items():
        for method, said in methods.items():
            if method != "get" and said["operationId"] not in _READING_POSTS:
                continue
            parameters = {one["name"]: one for one in map(_resolved, said.get("parameters", []))}
            yield Operation(
                name=said["operationId"],
                method=method.upper(),
                path=path,
                query={name: one["schema"].get("enum", []) for name, one in parameters.items() if one["in"] == "query"},
                kinds=parameters["kind"]["schema"]["enum"] if "{kind}" in path else [""],
                accepts=[*said["responses"]["200"]["content"]],
            )


def is_collected(operation: Operation) -> bool:
    """Whether it can be asked by what there is one of, and is not said to be left out."""
    by_name = set(re.findall(r"{(\w+)}", operation.path)) <= {"waveId", "unitId", "kind", *_THINGS}
    return by_name and not any(operation.name in names for names in ELSEWHERE.values())


def asks(units: Sequence[str]) -> Iterator[Ask]:
    """All requests about the last wave and these units."""
    for operation in filter(is_collected, reads()):
        name, method, path, query, kinds, accepts = operation
        about_units = "{unitId}" in path or "unit" in query or name in _READING_POSTS
        # A chart is drawn in one way; whatever else has a choice is asked in every way.
        chosen = [] if kinds[0] else [((key, value),) for key, values in query.items() for value in values]
        for kind in kinds:
            keys = tuple(sorted(query.keys() & ({"unit", "wave", "block"} if kind == "trend" else {"unit", "wave"})))
            for accept in accepts:
                for more in [(), *chosen]:
                    for unit in units if about_units else [None]:
                        yield Ask(name, method, path, keys, more, kind, accept, unit)


async def answer(staged: Staged, viewer: Persona, ask: Ask) -> Answer:
    """What a viewer is answered, masked; it may be refused."""
    response, names = await respond(staged, viewer, ask), names_of(staged)
    headers = {header: _loosely(header, masked(value, names)) for header, value in response.headers.items()}
    if response.headers.get("etag") == etag_of(response.content):
        headers["etag"] = "of the body"
    if response.content.startswith(_COMPRESSED):
        # Ids compress as they happen to.
        del headers["content-length"]
    return Answer(response.status_code, tuple(sorted(headers.items())), masked(_readable(response.content), names))


async def respond(staged: Staged, viewer: Persona, ask: Ask) -> httpx.Response:
    """The answer as it is sent."""
    path, body = values_of_path(staged, ask), None
    if ask.method == "POST":
        body = path.pop()
    response = await viewer.request(
        ask.method,
        re.sub(r"{\w+}", lambda _: path.pop(0), ask.path),
        params=values_of_query(staged, ask),
        headers={"accept": ask.accept, "accept-language": "en"},
        **({} if body is None else {"json": body}),
    )
    assert response.status_code < 500, response.text
    assert response.status_code != 429, response.text
    return response


def values_of_path(staged: Staged, ask: Ask) -> list[Any]:
    """What stands in its path, and then in its body."""
    unit_id = staged.cast.units.get(ask.unit or "")
    values = {"waveId": staged.waves[-1], "unitId": unit_id, "kind": ask.kind, **staged.things}
    body = [{"unitIds": [unit_id]}] if ask.method == "POST" else []
    return [*(values[name] for name in re.findall(r"{(\w+)}", ask.path)), *body]


def values_of_query(staged: Staged, ask: Ask) -> dict[str, str]:
    """What is asked for in particular."""
    values = {"unit": staged.cast.units.get(ask.unit or "", ""), "wave": staged.waves[-1], "block": BLOCK}
    return {key: values[key] for key in ask.query} | dict(ask.chosen)


def names_of(staged: Staged) -> dict[str, str]:
    """A name for every id that is known."""
    units = {unit_id: f"<{name}>" for name, unit_id in staged.cast.units.items()}
    things = {thing_id: f"<{name}>" for name, thing_id in staged.things.items()}
    return units | things | {wave_id: f"<wave {place}>" for place, wave_id in enumerate(staged.waves)}


def masked(text: str, names: Mapping[str, str]) -> str:
    """Without what differs between any two employers: ids, hashes (of a picture's texts too), moments and cursors."""
    text = re.sub(_UUID, lambda found: names.get(found[0], "<id>"), text)
    text = re.sub(r"\b([0-9a-f]{64}|[tdp][0-9a-f]{12})\b", "<hash>", text)
    text = re.sub(r'(cursor=|"next":")[\w-]{30,}', r"\1<cursor>", text)
    return re.sub(_MOMENT, "<moment>", text)


def _loosely(header: str, value: str) -> str:
    """Of a tag only its form; of a limit nothing, for it counts requests."""
    if header.startswith("ratelimit"):
        return ""
    return re.sub(r"[\w-]", "x", value) if header == "etag" else value


def _readable(body: bytes) -> str:
    """As text: of an archive all that is in it, of a picture its size."""
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as archive:
            return "\n".join(f"{name}\n{archive.read(name).decode()}" for name in archive.namelist())
    if body.startswith(b"\x89PNG"):
        width, height = struct.unpack(">II", body[16:24])
        return f"{width} x {height}"
    return body.decode()


def _resolved(parameter: dict[str, Any]) -> dict[str, Any]:
    reference: str | None = parameter.get("$ref")
    return parameter if reference is None else _DOCUMENT["components"]["parameters"][reference.rpartition("/")[2]]

"""What the guides ask the service for is what the contract has: every curl, and every operation that is named."""

import json
import re
import shlex
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import jsonschema_rs
import pytest

_TOP = Path(__file__).parents[2]
_CONTRACT: dict[str, Any] = json.loads((_TOP / "openapi" / "openapi.json").read_text("utf-8"))
_GUIDES = [_TOP / "README.md", *sorted((_TOP / "docs").glob("*.md"))]
_FENCED = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_NAMED = re.compile(r"\b(GET|POST|PATCH|PUT|DELETE) (?:\{intake\})?((?:/v1)?/[a-z][\w/{}-]*)")
_HOSTS = ("$PEIL", "$INTAKE")
_NOT_IN_THE_CONTRACT = {
    "/oauth/token",
    "/oauth/revoke",
    "/.well-known/oauth-authorization-server",
    "/graphql",
    "/health/live",
    "/health/ready",
    "/schemas/instrument-pack",
}


class Asked(NamedTuple):
    """A request as a guide has it; `body` None: none, or none of JSON."""

    guide: str
    method: str
    path: str
    body: Any


def curls() -> Iterator[Asked]:
    """Every call of the guides with curl; those of the page on anonymity are run, by a test of the demo."""
    for guide in (guide for guide in _GUIDES if guide.name != "anonymity.md"):
        for block in _FENCED.findall(guide.read_text("utf-8")):
            for command in re.split(r"^(?=.*\bcurl )", block, flags=re.MULTILINE):
                if "curl " in command and any(f"{host}/" in command for host in _HOSTS):
                    yield _read(guide.name, command)


def _read(guide: str, command: str) -> Asked:
    """Method, path and body, as curl would have them."""
    line = command.replace("\\\n", " ").partition("curl ")[2]
    for end in ("<<", " | ", ")\n"):
        line = line.partition(end)[0]
    words = shlex.split(line.rstrip(" \n)"))
    url = next(word for word in words if word.startswith(_HOSTS))
    data = [following for word, following in pairwise(words) if word in ("-d", "--data-binary")]
    method = words[words.index("-X") + 1] if "-X" in words else "POST" if data else "GET"
    # What a shell puts together is run as it stands, by the test of the page.
    is_json = bool(data) and data[-1].startswith("{") and "$(" not in data[-1]
    path = urlsplit(re.sub(r"^\$\w+", "", url)).path
    return Asked(guide, method, path, json.loads(data[-1]) if is_json else None)


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """The operation of the contract at a path whose parameters have any name or value; None: there is none."""
    words = path.removeprefix("/v1").split("/")
    for template, methods in _CONTRACT["paths"].items():
        names = template.split("/")
        fits = len(words) == len(names) and all(
            name == word or (name.startswith("{") and word.startswith(("{", "$")))
            for name, word in zip(names, words, strict=True)
        )
        if fits and method.lower() in methods:
            return dict(methods[method.lower()])
    return None


def mistakes_in(asked: Asked) -> list[str]:
    """What the contract has against it; `…` and what a shell fills in stand for what would be right."""
    if asked.path in _NOT_IN_THE_CONTRACT:
        return []
    operation = operation_of(asked.method, asked.path)
    if operation is None:
        return [f"{asked.guide}: {asked.method} {asked.path} is not there"]
    if asked.body is None:
        return []
    [content] = [kind for name, kind in operation["requestBody"]["content"].items() if name.endswith("json")]
    schema = {**content["schema"], "components": _CONTRACT["components"]}
    errors = jsonschema_rs.validator_for(schema).iter_errors(asked.body)
    return [
        f"{asked.guide}: {asked.method} {asked.path}: {error.message}"
        for error in errors
        if not _is_left_out(asked.body, error.instance_path)
    ]


def _is_left_out(body: Any, path: list[str | int]) -> bool:
    for step in path:
        body = body[step]
    return isinstance(body, str) and (body == "…" or "$" in body)


@pytest.mark.parametrize("asked", list(curls()), ids=lambda asked: f"{asked.guide} {asked.method} {asked.path}")
def test_a_curl_is_in_the_contract(asked: Asked) -> None:
    """Its path, its method and its body."""
    assert [] == mistakes_in(asked)


def test_what_is_named_is_there() -> None:
    """`GET /waves/{waveId}/manifest` and the like, wherever a guide says them."""
    missing = [
        f"{guide.name}: {method} {path}"
        for guide in _GUIDES
        for method, path in _NAMED.findall(guide.read_text("utf-8"))
        if path not in _NOT_IN_THE_CONTRACT and operation_of(method, path.rstrip("/")) is None
    ]

    assert [] == missing


def test_a_wrong_guide_is_noticed() -> None:
    """A path that is not there, a field that is not known, a value that cannot be."""
    body = {"code": "7K2QF-0VXNA-93TRE-HM5DC", "answers": {}}
    path, wrong = "/v1/waves/$WAVE/responses", "/v1/waves/$WAVE/answers"

    assert [] == mistakes_in(Asked("a", "POST", path, body))
    assert [f"a: POST {wrong} is not there"] == mistakes_in(Asked("a", "POST", wrong, body))
    assert mistakes_in(Asked("a", "POST", path, body | {"name": "Jo"}))
    assert mistakes_in(Asked("a", "POST", path, body | {"answers": 1}))
    assert len(list(curls())) > 20


def test_the_first_answer_of_the_guide_is_whole() -> None:
    """It shows every member that a new client has by the contract, and no other."""
    guide = (_TOP / "docs" / "integrators.md").read_text("utf-8")
    answer = json.loads(guide.partition("```json\n")[2].partition("```")[0])

    assert set(_CONTRACT["components"]["schemas"]["ClientCreated"]["properties"]) == answer.keys()

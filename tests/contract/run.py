"""Runs schemathesis against a served application, with a configuration made from the endpoints."""

import asyncio
import json
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from schemathesis.config import SchemathesisWarning

from contract.toml import to_toml
from peil.openapi.document import document
from peil.openapi.words import camel
from peil.rest import Endpoint

SEED = int(os.environ.get("PEIL_CONTRACT_SEED", "20261123"))
PHASES = ("examples", "coverage", "fuzzing", "stateful")
_HERE = Path(__file__).parent
_PROGRAM = Path(sys.executable).parent / "schemathesis"

# Most of what is generated for a ruled operation breaks a rule. That only such an operation refuses what fits its
# schema, and only for a rule, is checked of every answer (`positive_data_acceptance`, `refusals_are_ruled`).
_ANSWERED = (SchemathesisWarning.VALIDATION_MISMATCH, SchemathesisWarning.LOW_VALID_RATE)

# What an operation changes or uses up (cancelled, revoked, deleted), or needs in a certain state, it takes from its
# own dictionary, or by a link from what was just made, not from whatever another operation showed: nothing would be
# left for the others.
_OWN_THINGS = {phase: {"extra-data-sources": {"responses": False}} for phase in ("examples", "coverage", "fuzzing")}

# A first page is asked for without a cursor.
_OFTEN = {"query.cursor": 0.7}


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What schemathesis is told of the database, so that every operation can succeed."""

    peers: dict[str, str]
    """The tokens, by name, of two who must not see each other's things; the first asks."""
    others: dict[str, str] = {}
    """Per operation the token of somebody else who asks there."""
    dictionaries: dict[str, list[Any]] = {}
    """Values by name."""
    parameters: dict[str, dict[str, str]] = {}
    """Per operation, or `*`, which parameter takes its values from which dictionary."""
    bodies: dict[str, Any] = {}
    """A body that is good here, in the place of the example in the document, which cannot know an id."""

    def uses(self, name: str) -> dict[str, str]:
        """Dictionaries by parameter, of one operation."""
        chosen = {**self.parameters.get("*", {}), **self.parameters.get(name, {})}
        return {parameter: used for parameter, used in chosen.items() if used in self.dictionaries}


async def run_schemathesis(
    url: str,
    directory: Path,
    endpoints: Sequence[Endpoint],
    known: Known,
    *,
    max_examples: int,
    phases: Sequence[str] = PHASES,
    stateful_rounds: int = 0,
) -> tuple[int, str]:
    """Exit code and output of a run: every operation and check in these phases, then more rounds of the last phase."""
    _prepare(url, directory, endpoints, known, max_examples)
    whole = await _schemathesis(directory, SEED, "--phases", ",".join(phases))
    # A stateful suite ends as soon as a replay goes another way, as it must where things are used up.
    seeds = range(SEED + 1, SEED + 1 + stateful_rounds)
    rounds = [await _schemathesis(directory, seed, "--phases", "stateful") for seed in seeds]
    return max(code for code, _ in (whole, *rounds)), "\n".join(output for _, output in (whole, *rounds))


async def _schemathesis(directory: Path, seed: int, *options: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        _PROGRAM,
        *("--config-file", "schemathesis.toml", "run", "openapi.json", "--seed", str(seed), *options),
        cwd=directory,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path), "COLUMNS": "160"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


def _prepare(url: str, directory: Path, endpoints: Sequence[Endpoint], known: Known, max_examples: int) -> None:
    """Writes the document, who asks, and the configuration."""
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "openapi.json").write_text(json.dumps(_with_known(document(endpoints), known)))
    (directory / "others.json").write_text(json.dumps(known.others))
    identities = [
        {"name": name, "fixedHeaders": [{"name": "Authorization", "value": f"Bearer {token}"}]}
        for name, token in known.peers.items()
    ]
    (directory / "identities.json").write_text(json.dumps({"auth": identities}))
    configuration = {
        "base-url": f"{url}/v1",
        "hooks": str(_HERE / "checks.py"),
        "workers": 1,
        "color": False,
        "continue-on-failure": True,
        "request-timeout": 10,
        "cache": {"enabled": False},
        "warnings": {"fail-on": [kind.value for kind in SchemathesisWarning if kind not in _ANSWERED]},
        "generation": {"mode": "all", "max-examples": max_examples, "no-shrink": True, "database": "none"},
        "phases": {"stateful": {"generation": {"max-examples": 25 * max_examples}}},
        "auth": {"wfc": {"path": "identities.json", "peers": list(known.peers), "user": next(iter(known.peers))}},
        "checks": _checks(None),
        "dictionaries": {name: {"values": values} for name, values in known.dictionaries.items()},
        "operations": [_operation(endpoint, known) for endpoint in endpoints],
    }
    (directory / "schemathesis.toml").write_text(to_toml(configuration))


def _with_known(described: dict[str, Any], known: Known) -> dict[str, Any]:
    """The document with examples of ids and bodies that are good here; nothing else of it changes."""
    for operation in (operation for path in described["paths"].values() for operation in path.values()):
        name = operation["operationId"]
        uses = known.uses(name)
        for parameter in operation["parameters"]:
            used = uses.get(f"path.{parameter.get('name')}")
            if used is not None:
                parameter["examples"] = {
                    str(number): {"value": value} for number, value in enumerate(known.dictionaries[used][:2])
                }
        if name in known.bodies:
            (content,) = operation["requestBody"]["content"].values()
            content["examples"] = {"known": {"value": known.bodies[name]}}
    return described


def _operation(endpoint: Endpoint, known: Known) -> dict[str, Any]:
    name = camel(endpoint.name)
    uses_own = "{" in endpoint.path and (endpoint.method != "GET" or endpoint.conflicts)
    return {
        "include-operation-id": name,
        **({"phases": _OWN_THINGS} if uses_own else {}),
        "checks": _checks(endpoint),
        "parameters": {
            parameter: {"dictionary": used, "probability": _probability(parameter)}
            for parameter, used in known.uses(name).items()
            if _has(endpoint, parameter)
        },
    }


def _probability(parameter: str) -> float:
    return 1.0 if parameter.startswith("path") else _OFTEN.get(parameter, 0.9)


def _has(endpoint: Endpoint, parameter: str) -> bool:
    location, _, name = parameter.partition(".")
    if location == "path":
        return f"{{{name}}}" in endpoint.path
    return location != "header" or endpoint.needs_match or endpoint.heeds_match


def _checks(endpoint: Endpoint | None) -> dict[str, Mapping[str, Sequence[str]]]:
    """What counts as an answer: never a 5xx, and beyond the usual only what the endpoint says of itself."""
    ruled = ["400"] if endpoint is not None and endpoint.is_ruled else []
    stale = ["412"] if endpoint is not None and (endpoint.needs_match or endpoint.heeds_match) else []
    missing = ["428"] if endpoint is not None and endpoint.needs_match else []
    creates = endpoint is not None and not endpoint.on_intake and endpoint.operation.creates
    reused = ["422"] if creates else []
    accepted = ["2xx", "3xx", "401", "403", "404", "409", *ruled, *stale, *reused]
    rejected = ["400", "401", "403", "404", "405", "406", "409", "415", *stale, *missing, *reused]
    return {
        "positive_data_acceptance": {"expected-statuses": accepted},
        "negative_data_rejection": {"expected-statuses": rejected},
        "missing_required_header": {"expected-statuses": ["400", "401", "403", "406", "415", *missing]},
    }

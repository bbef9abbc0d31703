"""Reads the compose file as `docker compose` does, as far as ours goes."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

TOP = Path(__file__).parent.parent.parent
DEPLOY = TOP / "deploy"
_REQUIRED = re.compile(r"\$\{(\w+):\?[^}]+\}")

PARTS = ("migrate", "api", "intake", "worker")


def read() -> dict[str, Any]:
    """The file, with its variables as they stand there."""
    return msgspec.yaml.decode((DEPLOY / "compose.yaml").read_bytes(), type=dict[str, Any])


def service(name: str) -> dict[str, Any]:
    found = read()["services"][name]
    assert isinstance(found, dict)
    return found


def required_variables() -> set[str]:
    """The variables without which the file cannot be used."""
    return set(_REQUIRED.findall((DEPLOY / "compose.yaml").read_text()))


def environment(name: str, values: Mapping[str, str]) -> dict[str, str]:
    """A service's environment with the values filled in. Raises KeyError for one that is missing or empty."""
    given: dict[str, str] = service(name).get("environment", {})
    return {key: _REQUIRED.sub(lambda found: _required(values, found[1]), text) for key, text in given.items()}


def _required(values: Mapping[str, str], name: str) -> str:
    if not values.get(name):
        raise KeyError(name)
    return values[name]

"""The compose file sets what the program knows, keeps the keys apart and comes without a secret."""

import re

import pytest

from peil.settings import PREFIX, Settings
from support import compose


@pytest.mark.parametrize("part", compose.PARTS)
def test_settings_are_known(part: str) -> None:
    """Every PEIL_* that a service gets is a setting; an unknown one would stop it."""
    names = [name for name in compose.service(part)["environment"] if name.startswith(PREFIX)]

    assert names
    assert set() == {name.removeprefix(PREFIX).lower() for name in names} - set(Settings.__struct_fields__)


@pytest.mark.parametrize("part", compose.PARTS)
def test_each_part_has_one_role(part: str) -> None:
    """A part holds the URL of its own database role and no other's password."""
    role = {"migrate": "owner"}.get(part, part)
    given = compose.service(part)["environment"]
    urls = {name: text for name, text in given.items() if "DATABASE_URL" in name}
    passwords = {found for text in given.values() for found in re.findall(r"\$\{(\w+_PASSWORD)", text)}

    roles = {role, "moderator"} if role == "api" else {role}

    assert {f"PEIL_DATABASE_URL_{one.upper()}" for one in roles} == set(urls)
    assert {f"{one.upper()}_PASSWORD" for one in roles} == passwords
    assert all(urls[f"PEIL_DATABASE_URL_{one.upper()}"].startswith(f"postgresql://peil_{one}:") for one in roles)


def test_the_worker_signs_by_the_secret_of_the_api() -> None:
    """The secrets of webhooks that the API shows are derived again by the worker, from the same one."""
    given = [compose.service(part)["environment"] for part in ("api", "worker")]
    names = ("PEIL_SECRET", "PEIL_PUBLIC_URL")

    assert [given[0][name] for name in names] == [given[1].get(name) for name in names]


def test_only_the_worker_reaches_unsealing_keys() -> None:
    """The API signs with what the worker makes, and cannot change it; the unsealing keys are out of its reach."""
    mounted = {
        name: [volume.partition(":")[2] for volume in compose.service(name).get("volumes", [])]
        for name in compose.PARTS
    }

    assert {
        "migrate": [],
        "api": ["/var/lib/peil/keys/signing", "/var/lib/peil/keys/issuing:ro"],
        "intake": [],
        "worker": ["/var/lib/peil/keys/unsealing", "/var/lib/peil/keys/issuing"],
    } == mounted


def test_nothing_secret_has_a_default() -> None:
    """Every variable is required, and the example names them all without a value."""
    text = (compose.DEPLOY / "compose.yaml").read_text()
    example = (compose.DEPLOY / ".env.example").read_text()
    lines = [line for line in example.splitlines() if line and not line.startswith("#")]

    assert text.count("${") == len(re.findall(r"\$\{\w+:\?", text))
    assert {f"{name}=" for name in compose.required_variables()} == set(lines)


@pytest.mark.parametrize("part", compose.PARTS)
def test_containers_are_bare(part: str) -> None:
    """No part can write outside its volumes, gain a capability or become another user."""
    found = compose.service(part)

    assert found["read_only"] is True
    assert ["ALL"] == found["cap_drop"]
    assert ["no-new-privileges:true"] == found["security_opt"]


def test_only_loopback_is_published() -> None:
    """What is reached from elsewhere is reached through the proxy, and the database not at all."""
    services = compose.read()["services"]
    published = {name: each["ports"] for name, each in services.items() if "ports" in each}

    assert {"api", "intake"} == set(published)
    assert all(port.startswith("127.0.0.1:") for ports in published.values() for port in ports)
    assert ["inside"] == services["database"]["networks"]

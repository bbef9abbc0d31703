"""Settings that cannot be used are refused before anything is started, with every reason."""

import os
import subprocess
import sys
from base64 import b64encode
from itertools import chain, combinations

import pytest

from peil import settings
from peil.settings import SettingsError


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"PEIL_PROCESSES": "0"}, "PEIL_PROCESSES"),
        ({"PEIL_PROCESSES": "many"}, "PEIL_PROCESSES"),
        ({"PEIL_PROCESESS": "2"}, "PEIL_PROCESESS is not a setting"),
        ({"PEIL_SERVER": "gunicorn"}, "PEIL_SERVER"),
    ],
)
def test_what_is_no_setting_is_refused(given: dict[str, str], reason: str) -> None:
    """By the name of the variable."""
    with pytest.raises(SettingsError, match=reason):
        settings.read(given)


@pytest.mark.parametrize(("parts", "is_refused"), [({"api", "intake", "worker"}, True), ({"intake"}, False)])
def test_several_processes_are_for_a_part_alone(parts: set[str], is_refused: bool) -> None:
    """With the worker in the same process there is one."""
    url = {"PEIL_DATABASE_URL_INTAKE": "postgresql://x"}
    chosen = settings.read({"PEIL_PROCESSES": "2", "PEIL_ENVIRONMENT": "test", **url})

    try:
        settings.check(chosen, parts)
        reasons = ""
    except SettingsError as error:
        reasons = str(error)

    assert is_refused == ("PEIL_PROCESSES" in reasons)


WORKER = {
    "PEIL_ENVIRONMENT": "test",
    "PEIL_DATABASE_URL_WORKER": "postgresql://x",
    "PEIL_KEYS": "/keys",
    "PEIL_SECRET": b64encode(bytes(range(32))).decode(),
    "PEIL_PUBLIC_URL": "https://peil.example",
}


@pytest.mark.parametrize("missing", ["PEIL_SECRET", "PEIL_PUBLIC_URL", None])
def test_the_worker_signs_what_it_pushes(missing: str | None) -> None:
    """Without the secret from which those of webhooks are derived, or the public URL, it does not start."""
    chosen = settings.read({name: value for name, value in WORKER.items() if name != missing})
    try:
        settings.check(chosen, {"worker"})
        reasons = []
    except SettingsError as error:
        reasons = [line.split(" ")[0] for line in str(error).splitlines()]

    assert ([] if missing is None else [missing]) == reasons


PARTS = ("api", "intake", "worker")


@pytest.mark.parametrize(
    "parts",
    [set(some) for some in chain.from_iterable(combinations(PARTS, count) for count in (1, 2, 3))],
    ids=lambda parts: "-".join(sorted(parts)),
)
def test_production_never_asks_itself(parts: set[str]) -> None:
    """What lets a test's issuers live on this machine is refused for every part, also where nothing else is wrong."""
    with pytest.raises(SettingsError, match="PEIL_ALLOW_LOOPBACK is for tests only"):
        settings.check(settings.read({"PEIL_ALLOW_LOOPBACK": "true"}), parts)


@pytest.mark.parametrize("command", [("serve",), ("worker",)], ids=str)
def test_production_does_not_start_with_it(command: tuple[str, ...]) -> None:
    """The process says why and ends; production is what it is where nothing says otherwise."""
    given = {"PEIL_ALLOW_LOOPBACK": "true", "PYTHONPATH": os.pathsep.join(sys.path), "PATH": os.environ["PATH"]}
    ended = subprocess.run([sys.executable, "-m", "peil", *command], env=given, capture_output=True, timeout=60)

    assert 0 != ended.returncode
    assert b"PEIL_ALLOW_LOOPBACK is for tests only" in ended.stderr + ended.stdout
    assert b"Traceback" not in ended.stderr

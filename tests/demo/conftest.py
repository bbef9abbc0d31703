"""Fixtures of the demo's tests: a demo that serves on, which they share, and others that they start themselves."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from demo.running import Served, Start, in_bash, serve_demo, start_demo


@contextmanager
def _directory() -> Iterator[Path]:
    """Where a demo makes what it makes; PostgreSQL's own user can reach it, unlike pytest's."""
    path = Path(tempfile.mkdtemp(prefix="peil-test-"))
    path.chmod(0o711)
    yield path
    shutil.rmtree(path)


@pytest.fixture
def directory() -> Iterator[Path]:
    with _directory() as path:
        yield path


@pytest.fixture
def start(directory: Path) -> Iterator[Start]:
    """Starts the demo; ends it where a test did not."""
    started: list[subprocess.Popen[str]] = []

    def start_one(*options: str) -> subprocess.Popen[str]:
        started.append(start_demo(directory, *options))
        return started[-1]

    yield start_one
    for process in started:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with _directory() as path, serve_demo(path, tmp_path_factory.mktemp("home")) as demo:
        yield demo


@pytest.fixture(scope="session")
def replies(served: Served) -> list[Any]:
    """What the lines that it prints are answered; whoever moves its clock afterwards asks for them first."""
    return [json.loads(in_bash(served, line)) for line in served.lines if line.startswith(("as_hr ", "as_vendor "))]

"""The demo as its tests run it: in a process of its own, with its output line by line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from peil.demo import answers

SOURCE = Path(answers.__file__).parents[2]
Start = Callable[..., "subprocess.Popen[str]"]


class Served(NamedTuple):
    """A demo that has told its story and serves on; `file`: what a shell reads to know where everything is."""

    lines: list[str]
    file: str
    home: Path


def start_demo(directory: Path, *options: str) -> "subprocess.Popen[str]":
    """Starts the demo in 80 characters; what it makes, it makes in `directory`."""
    return subprocess.Popen(
        [sys.executable, "-m", "peil", "demo", *options],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "COLUMNS": "80", "TMPDIR": str(directory)},
        cwd=directory,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def serve_demo(directory: Path, home: Path) -> Iterator[Served]:
    """A demo that serves on; in the end SIGTERM stops it with 0, and it leaves nothing and said nothing is wrong."""
    process = start_demo(directory, "--port", "0")
    try:
        lines: list[str] = []
        for line in process.stdout or ():
            lines.append(line.rstrip("\n"))
            if line.endswith("serves until Ctrl-C.\n"):
                break
        yield Served(lines, next(line for line in lines if line.startswith(". ")), home)
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=60)
    assert (0, "", []) == (process.returncode, errors, list(directory.iterdir()))


def in_bash(served: Served, script: str) -> str:
    """What a shell that has read the demo's file prints, errors among the rest; it must end with 0."""
    told = subprocess.run(
        [str(shutil.which("bash")), "-c", f"{served.file}\n{script}"],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "HOME": str(served.home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=300,
    )
    assert told.returncode == 0, told.stdout
    return told.stdout

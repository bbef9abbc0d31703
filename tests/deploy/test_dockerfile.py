"""The image is built from what is pinned, holds what the package needs and does not run as root."""

import fnmatch
import re
import tomllib
from typing import Any

from support.compose import DEPLOY, TOP


def instructions() -> list[str]:
    """The Dockerfile's instructions, each on one line."""
    text = re.sub(r"^\s*#.*\n", "", (DEPLOY / "Dockerfile").read_text(), flags=re.MULTILINE)
    return [re.sub(r"\s+", " ", line) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def project() -> dict[str, Any]:
    return tomllib.loads((TOP / "pyproject.toml").read_text())


def copied() -> list[str]:
    """What the image takes from the checkout."""
    words = [line.split()[1:-1] for line in instructions() if line.startswith("COPY") and "--from" not in line]
    return [word for source in words for word in source]


def test_every_installation_is_pinned() -> None:
    """pip takes what a hash names or what was built here, and nothing else."""
    runs = " && ".join(line for line in instructions() if line.startswith("RUN"))
    installs = [part for part in runs.split("&&") if " install " in part and "pip" in part]

    assert 3 == len(installs)
    assert all("--require-hashes" in part or "--no-index" in part for part in installs)


def test_everything_copied_is_there_and_sent() -> None:
    """The build finds each path in the checkout, and .dockerignore lets it through."""
    allowed = [
        line.removeprefix("!")
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text().splitlines()
        if line.startswith("!")
    ]
    missing = [path for path in copied() if not (TOP / path).exists()]

    assert [] == missing
    assert sorted(copied()) == sorted(allowed)


def test_the_package_is_copied_whole() -> None:
    """What pyproject.toml puts into the wheel is in the build."""
    wheel = project()["tool"]["hatch"]["build"]["targets"]["wheel"]
    wanted = [*wheel["packages"], *wheel["force-include"], *project()["project"]["license-files"]]
    found = [any(fnmatch.fnmatch(path, f"{each}*") for each in copied()) for path in wanted]

    assert [True] * len(wanted) == found


def test_the_image_starts_the_program_as_nobody() -> None:
    """The entry point is the package's command, under a user id that is not root's."""
    (entry,) = project()["project"]["scripts"]
    last = instructions()[instructions().index("FROM python:3.13-slim") + 1 :]
    users = [line.split()[1] for line in last if line.startswith("USER")]

    assert f'ENTRYPOINT ["{entry}"]' == last[-1]
    assert ["10001"] == users


def test_the_key_store_is_made_for_its_owner() -> None:
    """All compartments are there, closed to others: volumes mounted over them take that over."""
    (made,) = [line for line in instructions() if "install --directory" in line]

    assert "--owner peil --group peil --mode 0700" in made
    assert {"signing", "unsealing", "issuing"} == set(re.findall(r"/var/lib/peil/keys/(\w+)", made))

"""Validators from elsewhere accept the compose file and the Dockerfile."""

import subprocess
from pathlib import Path

import pytest

from support.compose import DEPLOY, TOP

pytestmark = [pytest.mark.external, pytest.mark.needs("node")]

DCLINT = TOP / "node_modules" / ".bin" / "dclint"
HADOLINT = TOP / ".external" / "bin" / "hadolint"


def judge(*command: str | Path) -> tuple[int, str]:
    """A validator's exit code and what it says."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, (done.stdout + done.stderr).strip()


def test_the_compose_file_follows_its_specification() -> None:
    """dclint checks the schema of the Compose Specification, and more; only its tastes may differ."""
    assert (0, "") == judge(DCLINT, "--quiet", DEPLOY / "compose.yaml")


def test_the_validator_sees_a_wrong_key(tmp_path: Path) -> None:
    """A key that Compose does not know fails."""
    wrong = tmp_path / "compose.yaml"
    wrong.write_text((DEPLOY / "compose.yaml").read_text().replace("cap_drop:", "cap_drops:"))
    code, said = judge(DCLINT, "--quiet", wrong)

    assert 1 == code
    assert "cap_drops" in said or "additional" in said


def test_the_dockerfile_has_no_finding() -> None:
    """hadolint finds nothing in the instructions, nor ShellCheck in what they run."""
    assert (0, "") == judge(HADOLINT, DEPLOY / "Dockerfile")


def test_the_linter_sees_a_wrong_instruction(tmp_path: Path) -> None:
    """An instruction that does not exist fails."""
    wrong = tmp_path / "Dockerfile"
    wrong.write_text((DEPLOY / "Dockerfile").read_text().replace("ENTRYPOINT", "ENTRYPONT"))

    assert 1 == judge(HADOLINT, wrong)[0]

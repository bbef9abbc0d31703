"""The built package works away from the checkout: it carries its migrations, questionnaires and data."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.compose import TOP

CARRIED = {".csv", ".graphql", ".html", ".json", ".md", ".sql"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's content, as an installation lays it out."""
    directory = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(directory), cwd=TOP)
    (wheel,) = directory.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(directory / "site")
    return directory / "site"


def run(*command: str, cwd: Path, path: Path | None = None) -> str:
    env = os.environ | ({"PYTHONPATH": str(path)} if path else {})
    return subprocess.run(command, cwd=cwd, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout


def test_the_wheel_carries_all_files(unpacked: Path) -> None:
    """Nothing of the package stays behind, and the migrations, roles and schema come with it."""
    source = TOP / "service"
    wanted = {str(path.relative_to(source)) for path in source.rglob("*") if path.suffix in {".py"} | CARRIED} | {
        f"peil/_migrations/{path.name}" for path in (TOP / "migrations").glob("*.sql")
    }
    found = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*")}

    assert set() == (wanted | {"peil/_schema/roles.sql", "peil/_schema/database.sql"}) - found


def test_the_wheel_runs(unpacked: Path, tmp_path: Path) -> None:
    """The command describes itself and prints the API that the checkout prints."""
    code = "import peil; print(peil.__path__[0])"

    assert str(unpacked / "peil") == run(sys.executable, "-c", code, cwd=tmp_path, path=unpacked).strip()
    assert run(sys.executable, "-m", "peil", "--help", cwd=tmp_path, path=unpacked).startswith("usage: peil")


def test_the_wheel_prints_the_api(unpacked: Path, tmp_path: Path) -> None:
    """The OpenAPI document of the package is the committed one."""
    printed = run(sys.executable, "-m", "peil", "openapi", cwd=tmp_path, path=unpacked)

    assert (TOP / "openapi" / "openapi.json").read_text() == printed


def test_the_wheel_finds_its_migrations(unpacked: Path, tmp_path: Path) -> None:
    """An installed package reads its own migrations and roles."""
    code = "from peil import bootstrap, migrations; bootstrap.roles_sql(); print(migrations.get_directory())"

    assert (
        str(unpacked / "peil" / "_migrations") == run(sys.executable, "-c", code, cwd=tmp_path, path=unpacked).strip()
    )

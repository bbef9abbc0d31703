"""A test that needs packages of apt fails without them, unless somebody has said that they may be missing."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
HOOKS = """
import pytest
from support.packages import refuse_skips, skip_what_lacks

def pytest_runtest_setup(item):
    skip_what_lacks(item)

@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item):
    report = yield
    refuse_skips(item, report)
    return report
"""
CASES = """
import pytest

@pytest.mark.external
@pytest.mark.needs("no-such-program")
def test_with_a_program():
    raise FileNotFoundError

@pytest.mark.external
def test_that_leaves_itself_out():
    pytest.skip("no time")

def test_of_another_kind():
    pytest.skip("no time")
"""


@pytest.mark.parametrize(("allowed", "ends"), [("", "2 failed, 1 skipped"), ("1", "3 skipped")])
def test_a_skip_fails_unless_it_is_allowed(tmp_path: Path, allowed: str, ends: str) -> None:
    """In a run of its own, with the hooks of this suite."""
    (tmp_path / "conftest.py").write_text(HOOKS)
    (tmp_path / "test_cases.py").write_text(CASES)
    markers = ["-o", "markers=external\nneeds"]
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--rootdir", tmp_path, *markers, tmp_path],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(TESTS), "PEIL_NO_APT": allowed},
        capture_output=True,
        check=False,
    )

    assert ends in ran.stdout.decode()

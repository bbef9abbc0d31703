"""What tests need of apt and npm: missing, it fails them, unless PEIL_NO_APT=1 says that it may be missing."""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

NO_APT = "PEIL_NO_APT"
_LEMONLDAP = Path(__file__).parents[2] / ".external" / "lemonldap"


def may_be_missing() -> bool:
    """Whether somebody who cannot install packages runs the tests, and knows that some are left out."""
    return os.environ.get(NO_APT) == "1"


def missing(names: Iterable[str]) -> list[str]:
    """Of these programs, and `lemonldap`, those that are not there."""
    return [name for name in names if not (_LEMONLDAP.is_dir() if name == "lemonldap" else shutil.which(name))]


def skip_what_lacks(item: pytest.Item) -> None:
    """Skips a test whose programs (`@pytest.mark.needs`) are missing where that is allowed; else it fails by itself."""
    lacking = missing(name for mark in item.iter_markers("needs") for name in mark.args)
    if lacking and may_be_missing():
        pytest.skip(f"{NO_APT}=1 and not installed: {', '.join(lacking)}")


def refuse_skips(item: pytest.Item, report: pytest.TestReport) -> None:
    """Lets a skipped test that needs packages fail: a check that leaves itself out is none."""
    if report.skipped and item.get_closest_marker("external") and not may_be_missing():
        report.outcome = "failed"
        report.longrepr = f"skipped, which only {NO_APT}=1 allows: {report.longrepr}"

"""Settings that cannot be used are refused before anything is started, with every reason."""

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

"""The people of the demo say why they could not take part."""

import subprocess
import sys

from demo.running import SOURCE, Served, in_bash
from peil.demo.crowd import Taking
from peil.demo.stage import listening
from peil.structs import encode


def test_a_service_that_is_away_is_told() -> None:
    """Nobody listens: the crowd ends with 1 and the reason."""
    with listening(0) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        person = encode(Taking(sign_in="a", code=None, answers={}))
        crowd = [sys.executable, "-m", "peil.demo.crowd", url, url, "a-wave"]
        told = subprocess.run(crowd, input=person, capture_output=True, cwd=SOURCE, timeout=60, check=False)

    assert (1, b"") == (told.returncode, told.stderr)
    assert b"Connection refused" in told.stdout


def test_whoever_is_not_invited_takes_no_part(served: Served) -> None:
    """Somebody signs in for a wave that does not ask them: the crowd ends with 1 and says so."""
    person = '{"sign_in": "\'$(sign_in synthetic-sponsor)\'", "code": null, "answers": {}}'
    program = f"{sys.executable} -m peil.demo.crowd $SERVICE $INTAKE 00000000-0000-4000-8000-000000000000"
    printed = in_bash(served, f"echo '{person}' | {program} || echo $?")

    assert "somebody is not invited\n1\n" == printed

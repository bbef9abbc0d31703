"""What is left for whoever watches: an open wave to take part in, and a shell that knows where everything is."""

import sys
from datetime import datetime, timedelta
from pathlib import Path
from shlex import quote

from peil.demo.answers import ROOT, Edition
from peil.demo.cast import Client
from peil.demo.measuring import at, open_wave, take_part, wait_for
from peil.demo.preparing import Prepared
from peil.demo.setting import Employer, Tell
from peil.demo.stage import Stage
from peil.demo.told import Ended, LeftOpen
from peil.embedded_host import program
from peil.settings import PREFIX

_READ_TOKEN = 'import json,sys; print(json.load(sys.stdin)["access_token"])'  # noqa: S105  # a program that reads one
_UNIT = f"{ROOT}-netherlands"
_ANSWERED = 60
"""How many have answered when the visitor comes."""
_ROLES = ("owner", "api", "intake", "worker", "moderator")
_OTHERS = ("environment", "public_url", "intake_url", "keys", "secret", "allow_loopback")
_SET = (*(f"database_url_{role}" for role in _ROLES), *_OTHERS)
"""The settings with which `peil check` looks at the demo."""


async def plan_survey(employer: Employer, prepared: Prepared, tell: Tell) -> str:
    """A survey after the last progress check; planned early, so that its keys are there when it opens."""
    first = prepared.phase("check-90-days").from_
    new = {
        "name": "Survey in the spring",
        "kind": "survey",
        "instrumentId": prepared.instruments[2016],
        "mode": "blind",
        "languages": ["nl", "en"],
        "opensAt": at(first, 10).isoformat(),
        "closesAt": at(first + timedelta(days=14), 17).isoformat(),
    }
    planned = await employer.hr.post("/waves", new)
    tell("HR", "plans a survey in the spring", f"from {first:%-d %B %Y}")
    return str(planned["waveId"])


async def leave_open(stage: Stage, employer: Employer, wave_id: str, edition: Edition, tell: Tell) -> LeftOpen:
    """Opens the survey and has some answer; everybody else still can, and so can the visitor."""
    letters = {"sentBy": "vendor", "answerPage": "https://intranet.example/survey", "reminderDays": [3]}
    await employer.hr.patch("/message-settings", letters)
    tell("HR", "says how people are invited", "a link with the list of keys")
    wave = await open_wave(employer, wave_id, tell)
    await employer.go_to(datetime.fromisoformat(wave["opensAt"]))
    await wait_for(employer.hr, wave_id, "open")
    first = dict(list(edition.answers.items())[:_ANSWERED])
    await take_part(stage, employer, wave_id, first, {}, tell)
    person = next(one for one in edition.people if one.unit == _UNIT and one.external_id not in first)
    return LeftOpen(wave_id=wave_id, person=person.external_id, unit="Netherlands")


def write_shell_file(stage: Stage, ended: Ended) -> Path:
    """A file for a shell: where everything is, `peil` with these settings, `as_…` to ask the service as somebody."""
    values = {name: getattr(stage.settings, name) for name in _SET}
    variables = {
        "SERVICE": stage.url,
        "INTAKE": stage.intake_url,
        "OWNER": stage.settings.database_url_owner,
        "API_DATABASE": stage.settings.database_url_api,
        "INTAKE_DATABASE": stage.settings.database_url_intake,
        "DATABASE_DIRECTORY": str(stage.directory / "cluster"),
        "LOGS": str(stage.directory),
        "EMPLOYER": ended.employer_id,
        "WAVE": ended.left_open.wave_id,
        "PERSON": ended.left_open.person,
    }
    clients = {"hr": ended.hr, "council": ended.council, "vendor": ended.vendor}
    lines = [
        *(f"export {PREFIX}{name.upper()}={quote(_text(value))}" for name, value in values.items()),
        *(f"{name}={quote(value)}" for name, value in variables.items()),
        f"export PSQL_PAGER=cat PATH={quote(str(program('psql').parent))}:$PATH",
        f'peil() {{ {quote(sys.executable)} -m peil "$@"; }}',
        # Not `path`: that is PATH to zsh.
        '_ask() { _token=$1 _at=$2; shift 2; curl -s -H "authorization: Bearer $_token" "$@" "$SERVICE$_at"; }',
        f'sign_in() {{ curl -s {quote(stage.issuer.url)}/sign-in/"$EMPLOYER/${{1:-$PERSON}}"; }}',
        'as_person() { _ask "$(sign_in)" "$@"; }',
        *(f'as_{who}() {{ _ask "$({_token(stage, client)})" "$@"; }}' for who, client in clients.items()),
    ]
    path = stage.directory / "demo.sh"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def _token(stage: Stage, client: Client) -> str:
    """Prints an access token of an OAuth client."""
    ask = f"curl -s -u {client.client_id}:{client.secret} -d grant_type=client_credentials {stage.url}/oauth/token"
    return f"{ask} | {quote(sys.executable)} -c {quote(_READ_TOKEN)}"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

"""The form on a terminal: `peil answer` asks the questions of the person's wave one by one."""

import asyncio
import getpass
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple
from uuid import UUID

from peil.answering.asking import ask, tell
from peil.answering.carried import link_to, token_in
from peil.answering.client import Respondent
from peil.answering.intake import AnswerError, AnswerToken, Code, Intake
from peil.answering.words import WORDS

_CODE = re.compile(r"[0-9A-Za-z]{20}", re.ASCII)
_SEPARATORS = re.compile(r"[\s-]")

Way = Literal["sign-in", "carry", "code", "carried"]


class Wanted(NamedTuple):
    """What somebody wants to do: answer signed in, take the answer token elsewhere, or answer with what they have.

    `url`: the API's, and where nobody signs in the intake's. `wave_id` None: the first that is open, or the link's.
    `manifest_sha256`: of the list of keys as the invitation announced it; None: it did not.
    """

    url: str
    way: Way
    wave_id: UUID | None
    manifest_sha256: str | None
    language: str
    folder: Path


def answer(wanted: Wanted) -> int:
    """Asks and sends; what is secret is typed unseen, or is the first line of the input. 1 where it fails."""
    deeds = {"sign-in": _answer_signed_in, "carry": _carry, "code": _answer_with_code, "carried": _answer_carried}
    try:
        sys.stdout.write(f"{asyncio.run(deeds[wanted.way](wanted))}\n")
    except AnswerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


async def _answer_signed_in(wanted: Wanted) -> str:
    respondent = _respondent(wanted)
    wave = await _chosen(respondent, wanted, "open")
    questionnaire = await respondent.get_questionnaire(wave)
    tell(questionnaire, wave["reportingGroup"], wanted.language)
    token = await respondent.obtain_token(wave, wanted.manifest_sha256)
    return await respondent.submit(wave, token, ask(questionnaire, wanted.language), questionnaire["contentHash"])


async def _carry(wanted: Wanted) -> str:
    respondent = _respondent(wanted)
    wave = await _chosen(respondent, wanted, "ready", "open")
    token = await respondent.obtain_token(wave, wanted.manifest_sha256)
    sys.stderr.write(f"{WORDS[wanted.language]['carryHint']}\n")
    return link_to(wave["intakeUrl"], UUID(wave["waveId"]), token)


async def _answer_with_code(wanted: Wanted) -> str:
    words = WORDS[wanted.language]
    if wanted.wave_id is None:
        raise AnswerError(words["wave-needed"])
    code = _SEPARATORS.sub("", _read_unseen(words["code"]))
    if not _CODE.fullmatch(code):
        raise AnswerError(words["codeWrong"])
    return await _answer_at(Intake(wanted.url, wanted.wave_id, wanted.language), Code(code), wanted.language)


async def _answer_carried(wanted: Wanted) -> str:
    words = WORDS[wanted.language]
    found = token_in(_read_unseen(words["link"]))
    if found is None or wanted.wave_id not in (None, found[0]):
        raise AnswerError(words["pasteWrong"])
    wave_id, token = found
    return await _answer_at(Intake(wanted.url, wave_id, wanted.language), token, wanted.language)


async def _answer_at(intake: Intake, right: AnswerToken | Code, language: str) -> str:
    questionnaire = await intake.get_questionnaire()
    tell(questionnaire, None, language)
    return await intake.submit(right, ask(questionnaire, language), questionnaire["contentHash"])


async def _chosen(respondent: Respondent, wanted: Wanted, *states: str) -> Mapping[str, Any]:
    """The wave that is wanted, in blind mode and in one of these states. Raises AnswerError where there is none."""
    for wave in await respondent.list_waves():
        is_wanted = wanted.wave_id is None or UUID(wave["waveId"]) == wanted.wave_id
        if is_wanted and wave["mode"] == "blind" and wave["state"] in states:
            return wave
    raise AnswerError(WORDS[wanted.language]["no-wave"])


def _respondent(wanted: Wanted) -> Respondent:
    return Respondent(wanted.url, _read_unseen("Access token"), wanted.folder, wanted.language)


def _read_unseen(prompt: str) -> str:
    return getpass.getpass(f"{prompt}: ").strip() if sys.stdin.isatty() else sys.stdin.readline().strip()

"""The form on a terminal: `peil answer` asks the questions of the person's wave one by one."""

import asyncio
import getpass
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from peil.answering.client import AnswerError, Respondent

_TRAFFIC_LIGHT = {"nl": ("rood", "oranje", "groen"), "en": ("red", "amber", "green")}
_YES_NO = {"nl": ("nee", "ja"), "en": ("no", "yes")}
_SKIP = {"nl": "leeg: liever geen antwoord", "en": "empty: prefer not to say"}


def answer(api_url: str, wave_id: str | None, language: str, folder: Path) -> int:
    """Asks and sends; the access token is typed unseen, or is the first line of the input. 1 where it fails."""
    token = getpass.getpass("Access token: ") if sys.stdin.isatty() else sys.stdin.readline().strip()
    try:
        return asyncio.run(_answer(Respondent(api_url.rstrip("/"), token, folder), wave_id, language))
    except AnswerError as error:
        sys.stderr.write(f"{error}\n")
        return 1


async def _answer(respondent: Respondent, wave_id: str | None, language: str) -> int:
    waves = [wave for wave in await respondent.list_waves() if wave["mode"] == "blind" and wave["state"] == "open"]
    wave = next((wave for wave in waves if wave_id in (None, wave["waveId"])), None)
    if wave is None:
        raise AnswerError("there is no open wave in blind mode for you")
    questionnaire = await respondent.get_questionnaire(wave)
    sys.stdout.write("\n".join(line["text"] for line in wave["notice"]) + "\n")
    token = await respondent.obtain_token(wave)
    asked = language if language in questionnaire["languages"] else questionnaire["languages"][0]
    answers = {item["key"]: _ask(item, asked, language) for item in questionnaire["items"]}
    sys.stdout.write(f"{await respondent.submit(wave, token, answers)}\n")
    return 0


def _ask(item: Mapping[str, Any], asked: str, own: str) -> int | str | None:
    """The answer to one item; None: prefers not to say. Asks until it is one."""
    choices = choices_of(item, asked, own)
    sys.stdout.write(f"\n{item['text'][asked]}\n")
    for number, (_, label) in enumerate(choices, 1):
        sys.stdout.write(f"  {number}  {label}\n")
    while True:
        sys.stdout.write(f"({_SKIP[own]}) > ")
        sys.stdout.flush()
        typed = sys.stdin.readline().strip()
        if not typed:
            return None
        if not choices:
            return typed
        if typed.isdecimal() and 1 <= int(typed) <= len(choices):
            return choices[int(typed) - 1][0]


def choices_of(item: Mapping[str, Any], asked: str, own: str) -> list[tuple[int | str, str]]:
    """The answers to an item with their labels; a comment has none."""
    match item["kind"]:
        case "rated":
            labels = [label[asked] for label in item["labels"]]
            points = item["points"]
            if len(labels) != points:
                labels = [labels[0], *[""] * (points - 2), labels[1]]
            return [(point, label) for point, label in enumerate(labels, 1)]
        case "traffic-light":
            return list(zip(_TRAFFIC_LIGHT["en"], _TRAFFIC_LIGHT[own], strict=True))
        case "yes-no":
            return list(zip(_YES_NO["en"], _YES_NO[own], strict=True))
        case "single-choice":
            return [(option["key"], option["label"][asked]) for option in item["options"]]
        case _:
            return []

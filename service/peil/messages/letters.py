"""Writes a message in a language: the employer's words or the shipped ones, and after them what must be said."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

from peil.messages.model import Facts, Letter, MessageKind, MessageSettings
from peil.messages.rules import PLACEHOLDERS
from peil.messages.texts import ACCESS, AT, DAYS, FRAMES, LABELS, MONTHS, OPENINGS, ROUTES, SUBJECTS

OPT_OUT = "{optOut}"
"""Stands in a letter where the recipient's own address goes."""
_PLACEHOLDER = re.compile(f"{{({'|'.join(sorted(PLACEHOLDERS))})}}")


def languages_of(kind: MessageKind, settings: MessageSettings) -> list[str]:
    """The languages in which there is a message of this kind: the shipped ones and the employer's own."""
    return sorted({*FRAMES, *(text.language for text in settings.texts if text.kind == kind)})


def language_for(wanted: str | None, known: list[str], employer_language: str) -> str:
    """The best of `known` for somebody: the language itself, the one it is a variety of, or the employer's."""
    for language in (wanted or employer_language, (wanted or "").partition("-")[0]):
        if language in known:
            return language
    return employer_language


def write(kind: MessageKind, language: str, settings: MessageSettings, facts: Facts) -> Letter:
    """The letter. Of a language without a frame of its own, what must be said is said in the employer's."""
    base = language.partition("-")[0]
    frame = base if base in FRAMES else facts.employer_language
    own = next((text for text in settings.texts if (text.kind, text.language) == (kind, language)), None)
    said = {
        "employer": facts.employer,
        "wave": facts.wave,
        "minutes": str(facts.minutes),
        "closes": _moment(facts.closes_at, facts.zone, frame),
    }
    subject = SUBJECTS[frame][kind] if own is None else own.subject
    opening = OPENINGS[frame][kind] if own is None else own.opening
    parts = [_filled(opening, said), *_middle(kind, frame, settings, facts, said), *_end(frame, facts, said)]
    return Letter(language=language, subject=_filled(subject, said), body="\n\n".join(parts) + "\n")


def link_to(answer_page: str, facts: Facts) -> str:
    """Where an invitation leads: the wave, and the manifest that the page must find again; nothing about a person."""
    manifest = f"&manifest={facts.manifest_sha256}" if facts.manifest_sha256 else ""
    return f"{answer_page}#wave={facts.wave_id}{manifest}"


def _middle(kind: MessageKind, frame: str, settings: MessageSettings, facts: Facts, said: dict[str, str]) -> list[str]:
    words = FRAMES[frame]
    if kind == "cancellation":
        return []
    if kind == "thanks":
        return [_list(words["next"], [words["results"], _filled(words["follow"], said)])]
    link = (
        [] if settings.answer_page is None else [f"{ACCESS[frame][facts.mode]}\n{link_to(settings.answer_page, facts)}"]
    )
    minutes = words["minute" if facts.minutes == 1 else "minutes"]
    known = [_filled(minutes, said), words["voluntary"], LABELS[frame][facts.mode], words["final"]]
    return [*link, _list(words["know"], known)]


def _end(frame: str, facts: Facts, said: dict[str, str]) -> list[str]:
    words = FRAMES[frame]
    routes = [f"{ROUTES[frame][kind]}: {name}, {contact}" for kind, name, contact in facts.routes]
    return [
        *([_list(words["routes"], routes)] if routes else []),
        "\n".join([_filled(words["sent"], said), words["opt-out"], words["stays"]]),
    ]


def _list(title: str, lines: list[str]) -> str:
    return "\n".join([f"{title}:", *(f"- {line}" for line in lines)])


def _filled(text: str, said: dict[str, str]) -> str:
    # In one pass and without format(): a name with braces in it is only a name.
    return _PLACEHOLDER.sub(lambda found: said[found[1]], text)


def _moment(at: datetime, zone: str, language: str) -> str:
    local = at.astimezone(ZoneInfo(zone))
    return AT[language].format(
        day=DAYS[language][local.weekday()],
        date=local.day,
        month=MONTHS[language][local.month - 1],
        year=local.year,
        time=f"{local:%H.%M}" if language == "nl" else f"{local:%H:%M}",
    )

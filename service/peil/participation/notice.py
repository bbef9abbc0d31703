"""What a person is told before answering: true of the mode, in plain words, no legal advice."""

from peil.notice_texts import LINES, TEXTS
from peil.participation.model import InvitedTo, NoticeLine


def notice_of(wave: InvitedTo, inline_form_by: str | None, language: str) -> list[NoticeLine]:
    """What holds for somebody in this wave, in Dutch (`nl`) or English.

    `inline_form_by`: whose page may draw the form in itself; None: nobody's.
    """
    values = {
        "unit": wave.unit_name,
        "invited": wave.invited,
        "manifest": wave.manifest_sha256 or "",
        "vendor": inline_form_by or "",
    }
    place = 0 if language == "nl" else 1
    lines = [*LINES[wave.mode], *(["inline-form"] if inline_form_by else [])]
    return [NoticeLine(code=code, text=TEXTS[code][place].format(**values)) for code in lines]

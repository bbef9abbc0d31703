"""An answer token as the text that carries it to another device: the form's link, as `token.js` makes and reads it."""

import re
from urllib.parse import parse_qs, urlencode
from uuid import UUID

from peil.answering.intake import AnswerToken

_TOKEN = re.compile(r"([0-9a-f-]{36})\.([\w-]{86})\.([\w-]{342})", re.ASCII)


def link_to(intake_url: str, wave_id: UUID, token: AnswerToken) -> str:
    """A link that opens the form with this token; browsers send nothing of what follows the `#`."""
    return f"{intake_url}/answer#{urlencode({'wave': str(wave_id), 'token': '.'.join(token)})}"


def token_in(link: str) -> tuple[UUID, AnswerToken] | None:
    """The wave and the token in such a link, whatever it points to; None where it holds none."""
    said = parse_qs(link.strip().rpartition("#")[2])
    token = _TOKEN.fullmatch(said.get("token", [""])[0])
    try:
        wave_id = UUID(said.get("wave", [""])[0])
    except ValueError:
        return None
    return None if token is None else (wave_id, AnswerToken(*token.groups()))

"""What holds of a response beside its answers: which token each mode asks for, and which questionnaire it answers."""

from collections.abc import Iterator
from typing import Literal

from peil.errors import Finding
from peil.responses.model import ResponseNew


def token_findings(mode: Literal["blind", "handout", "split"], response: ResponseNew) -> Iterator[Finding]:
    """What is missing for this mode, and what is only for another. Codes: needed-in-this-mode, not-in-this-mode."""
    of_blind = {"/keyId": response.key_id, "/message": response.message, "/signature": response.signature}
    of_codes = {"/code": response.code}
    wanted, others = (of_blind, of_codes) if mode == "blind" else (of_codes, of_blind)
    yield from (
        Finding(pointer, "needed-in-this-mode", {"mode": mode}) for pointer, value in wanted.items() if value is None
    )
    yield from (
        Finding(pointer, "not-in-this-mode", {"mode": mode}) for pointer, value in others.items() if value is not None
    )


def version_findings(content_hash: str, response: ResponseNew) -> Iterator[Finding]:
    """Whether it says that it answers another questionnaire than the wave asks. Code: another-questionnaire."""
    if response.content_hash not in (None, content_hash):
        yield Finding("/contentHash", "another-questionnaire")

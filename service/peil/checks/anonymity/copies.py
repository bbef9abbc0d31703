"""Looks for copies: the hash of a token, a token itself or an answer in any table where it does not belong."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from peil.checks.anonymity import orders
from peil.checks.anonymity.synthetic import Asked
from peil.waves.model import WaveMode

_REDEEM: Mapping[WaveMode, Collection[str]] = {
    "blind": ("intake.sealed",),
    "handout": ("intake.sealed", "participation.code"),
    "split": ("intake.sealed", "participation.code"),
}
"""Where the hash of a token stands until the close, since a token counts once."""

_KEEP_COMMENTS = ("comment.awaiting", "comment.released")
"""Where comments stand after the close, for their moderator and then for readers."""


async def copies(owner: Any, asked: Asked, sent: Sequence[bytes]) -> list[str]:
    """Which table holds the hashes of how many tokens, and how many samples of what was `sent`."""
    hashes = [token.token_hash.hex() for token in asked.tokens.values()]
    samples = [sample.decode() for sample in sent]
    found = []
    for table in await orders.tables_of_employers(owner):
        text = await orders.text_of(owner, table, asked.employer_id)
        if table not in _REDEEM[asked.mode] and (number := sum(one in text for one in hashes)):
            found.append(f"{table}: the hashes of {number} tokens")
        if table not in _KEEP_COMMENTS and (number := sum(one in text for one in samples)):
            found.append(f"{table}: {number} of {len(samples)} samples of what was sent")
    return found

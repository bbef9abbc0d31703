"""What the intake may look up to redeem a token or a code: the reporting group behind it, never a person."""

from collections.abc import Collection, Mapping
from uuid import UUID

from peil.database import Rows
from peil.participation import redeeming_queries


async def find_public_key(rows: Rows, employer_id: UUID, wave_id: UUID, key_id: UUID) -> bytes | None:
    """The key that signs a group's answer tokens; None where the wave has no such key."""
    return await redeeming_queries.select_public_key(rows, employer_id, wave_id, key_id)


async def find_codes(rows: Rows, employer_id: UUID, wave_id: UUID, hashes: Collection[bytes]) -> Mapping[bytes, UUID]:
    """The reporting group of each code that was drawn for the wave, by the code's hash."""
    found = await redeeming_queries.select_codes(rows, employer_id, wave_id, list(hashes))
    return {code.token_hash: code.key_id for code in found}

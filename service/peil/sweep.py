"""Forgets what counts only for a while, of every employer at once."""

from datetime import datetime

from peil.database import Rows


async def forget(rows: Rows, now: datetime) -> None:
    """Deletes what is over: replies to retries, JWTs used or revoked, proofs of possession."""
    await rows.execute(_DELETE_REPLIES, now)
    await rows.execute(_DELETE_ASSERTIONS, now)
    await rows.execute(_DELETE_PROOFS, now)
    await rows.execute(_DELETE_TOKENS, now)


_DELETE_REPLIES = """-- delete_replies
delete from peil.idempotency
where expires_at < $1
"""

_DELETE_TOKENS = """-- delete_tokens
delete from peil.revoked_token
where expires_at < $1
"""

_DELETE_PROOFS = """-- delete_proofs
delete from peil.used_proof
where expires_at < $1
"""

_DELETE_ASSERTIONS = """-- delete_assertions
delete from peil.used_assertion
where expires_at < $1
"""

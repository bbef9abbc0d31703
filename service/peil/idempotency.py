"""Retries that are safe: the key, the effect and the reply are written in one transaction."""

from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import msgspec

from peil import clock
from peil.errors import Conflict, KeyReused
from peil.ids import NONE
from peil.structs import encode

if TYPE_CHECKING:
    from peil.operation import Operation, Transaction

_KEPT = timedelta(hours=24)


class _Kept(msgspec.Struct, frozen=True):
    fingerprint: bytes
    reply: bytes | None


async def once(tx: "Transaction", operation: "Operation[Any, Any]", args: Any, kwargs: Any) -> Any:
    """Does the operation, or gives the reply of the first time this actor used the key for it.

    Raises Conflict `in-flight` while the first try is still running, KeyReused for another input, and
    Conflict `secret-already-shown` where the first reply showed a secret.
    """
    employer_id = tx.actor.employer_id or NONE
    key = sha256(encode([tx.actor.kind, tx.actor.id, operation.name, tx.call.idempotency_key])).digest()
    # A token that may see less is not shown what one that may see more was answered.
    fingerprint = sha256(encode([operation.name, args, kwargs, sorted(tx.actor.reaches.items())])).digest()
    if not await tx.value(_LOCK, int.from_bytes(key[:8], signed=True)):
        raise Conflict("in-flight")
    is_of_none = tx.actor.employer_id is None
    if is_of_none:
        # The operator's and a vendor's keys stand under no employer; their work enters one.
        await tx.enter(NONE)
    kept = await tx.one(_Kept, _SELECT, employer_id, key, clock.now())
    if kept is None:
        result = await operation.work(tx, *args, **kwargs)
        reply = None if operation.secret else msgspec.json.encode(result)
        if is_of_none:
            await tx.enter(NONE)
        await tx.execute(_DELETE, employer_id, key)
        await tx.execute(_INSERT, employer_id, key, fingerprint, reply, clock.now() + _KEPT)
        return result
    if kept.fingerprint != fingerprint:
        raise KeyReused
    if kept.reply is None:
        raise Conflict("secret-already-shown")
    tx.call.replayed = True
    return msgspec.json.decode(kept.reply, type=operation.result_type)


_LOCK = """-- lock_idempotency_key
select pg_try_advisory_xact_lock($1)
"""

_SELECT = """-- select_idempotency
select
  fingerprint,
  reply
from peil.idempotency
where
  employer_id = $1
  and key_digest = $2
  and expires_at > $3
"""

_DELETE = """-- delete_idempotency
delete from peil.idempotency
where
  employer_id = $1
  and key_digest = $2
"""

_INSERT = """-- insert_idempotency
insert into peil.idempotency (employer_id, key_digest, fingerprint, reply, expires_at)
values ($1, $2, $3, $4, $5)
"""

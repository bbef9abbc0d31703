"""Who did what: one row per change, in the transaction of the change."""

from collections.abc import Iterable
from uuid import UUID

from peil import clock, schedule
from peil.ids import ordered_id
from peil.operation import Transaction


async def record(
    tx: Transaction,
    subject: str,
    *,
    employer_id: UUID | None = None,
    vendor_id: UUID | None = None,
    event: str | None = None,
) -> None:
    """Records that the actor did the operation of this transaction to `subject` (`kind/id`).

    It goes into the trail of the actor's employer. Where that is not the one concerned, or there is none, the trail
    is named: an employer's, or a vendor's (NONE: of the operator's own matters). `event` names the act where an
    operation is many, as a request of SCIM is. Raises Denied where no trail is named.
    """
    if vendor_id is not None:
        # In real time: a transaction may be in the time of an employer that it has entered.
        await tx.execute(_INSERT_OF_VENDOR, vendor_id, ordered_id(), clock.now(), *_deed(tx, event), subject)
        await schedule.wake(tx)
        return
    owner = employer_id or tx.employer_id
    await tx.execute(_INSERT, owner, ordered_id(), tx.now, *_deed(tx, event), subject)
    await schedule.due(tx, "chain_audit", at=tx.now, employer_id=owner)


async def record_each(tx: Transaction, subjects: Iterable[str]) -> None:
    """Records the same of several subjects of the actor's employer at once."""
    rows = [(tx.employer_id, ordered_id(), tx.now, *_deed(tx), subject) for subject in subjects]
    if rows:
        await tx.execute_each(_INSERT, rows)
        await schedule.due(tx, "chain_audit", at=tx.now)


def _deed(tx: Transaction, event: str | None = None) -> tuple[str, UUID, str]:
    return tx.actor.kind, tx.actor.id, event or tx.name


_INSERT = """-- insert_audit
insert into peil.audit (employer_id, audit_id, at, actor_kind, actor_id, event, subject)
values ($1, $2, $3, $4, $5, $6, $7)
"""

_INSERT_OF_VENDOR = """-- insert_vendor_audit
insert into peil.vendor_audit (vendor_id, audit_id, at, actor_kind, actor_id, event, subject)
values ($1, $2, $3, $4, $5, $6, $7)
"""

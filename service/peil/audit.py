"""Who did what: one row per change, in the transaction of the change."""

from uuid import UUID

from peil import schedule
from peil.ids import ordered_id
from peil.operation import Transaction


async def record(tx: Transaction, subject: str, *, employer_id: UUID | None = None, event: str | None = None) -> None:
    """Records that the actor did the operation of this transaction to `subject` (`kind/id`).

    `event` names the act where an operation is many, as a request of SCIM is.
    `employer_id` names the employer where the actor is the operator's, who has none.
    """
    owner = employer_id or tx.employer_id
    await tx.execute(_INSERT, owner, ordered_id(), tx.now, tx.actor.kind, tx.actor.id, event or tx.name, subject)
    await schedule.due(tx, "chain_audit", at=tx.now, employer_id=owner)


_INSERT = """-- insert_audit
insert into peil.audit (employer_id, audit_id, at, actor_kind, actor_id, event, subject)
values ($1, $2, $3, $4, $5, $6, $7)
"""

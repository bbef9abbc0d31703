"""What is due when, by the employer's clock: the worker's queue."""

from datetime import datetime
from uuid import UUID

from peil.errors import PeilError
from peil.ids import NONE
from peil.operation import Transaction

CHANNEL = "peil_due"


class NotYet(PeilError):
    """A job is due by the employer's clock and waits for real time: nothing was done, and it stays on the list."""

    code = "internal"


async def due(
    tx: Transaction, kind: str, subject: UUID = NONE, *, at: datetime, employer_id: UUID | None = None
) -> None:
    """Has the worker do job `kind` to `subject` not before `at`; an earlier moment already set stands."""
    await tx.execute(_INSERT, employer_id or tx.employer_id, kind, subject, at)
    await wake(tx)


async def wake(tx: Transaction) -> None:
    """Has the worker look for work as soon as this is committed."""
    await tx.execute(_NOTIFY)


_INSERT = """-- insert_due
insert into peil.due (employer_id, kind, subject, at, attempts)
values ($1, $2, $3, $4, 0)
on conflict (employer_id, kind, subject)
do update set at = excluded.at
where excluded.at < peil.due.at
"""

_NOTIFY = """-- notify_due
notify peil_due
"""

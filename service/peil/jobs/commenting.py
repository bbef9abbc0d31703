"""Releases the comments of a wave when moderation ends or its days are over, and deletes them after their term."""

from uuid import UUID

from peil.comments import keeping
from peil.operation import Transaction
from peil.worker import WorkerParts


async def release_comments(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """Makes the one comment release of a wave; what is undecided is destroyed."""
    await keeping.release_comments(tx, wave_id)


async def delete_comments(tx: Transaction, _: WorkerParts, wave_id: UUID) -> None:
    """Deletes the released comments of a wave."""
    await keeping.delete_comments(tx, wave_id)

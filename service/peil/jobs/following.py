"""Follows actions up: makes their progress checks when they are due, and says which were not done in time."""

from uuid import UUID

from peil.actions import checks
from peil.operation import Transaction
from peil.worker import WorkerParts


async def generate_progress_checks(tx: Transaction, _: WorkerParts, action_id: UUID) -> None:
    """Makes the checks of one action that are due by now."""
    await checks.generate_checks(tx, action_id)


async def report_overdue_check(tx: Transaction, _: WorkerParts, progress_check_id: UUID) -> None:
    """Publishes that a check was not done within its grace."""
    await checks.report_overdue(tx, progress_check_id)

"""The table of contents: every job of the worker, one line each."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from peil.actions.checks import generate_checks, report_overdue
from peil.comments.keeping import delete_comments, release_comments
from peil.directory.scim.erasing import end_unit, erase_people, publish_leaving
from peil.directory.scim.operations import announce_end
from peil.jobs.asking import extend_wave, measure_participation
from peil.jobs.chaining import chain_audit, chain_vendor_audit
from peil.jobs.closing import close_wave, destroy_key, discard_wave, release_wave
from peil.jobs.delivering import deliver_events, forget_deliveries
from peil.jobs.messaging import forget_addressees, publish_message, send_message
from peil.jobs.opening import begin_wave, create_keys, freeze_wave
from peil.jobs.ordering import order_events
from peil.operation import Transaction
from peil.worker import Chore, Job, WorkerParts


def _alone(deed: Callable[[Transaction, UUID], Awaitable[None]]) -> Job:
    """A job that needs nothing beside its transaction: what a slice's own operation does."""

    async def job(tx: Transaction, _: WorkerParts, subject: UUID) -> None:
        await deed(tx, subject)

    return job


JOBS: dict[str, Job] = {
    "create_keys": create_keys,
    "freeze_wave": freeze_wave,
    "begin_wave": begin_wave,
    "extend_wave": extend_wave,
    "measure_participation": measure_participation,
    "close_wave": close_wave,
    "release_wave": release_wave,
    "destroy_key": destroy_key,
    "discard_wave": discard_wave,
    "release_comments": _alone(release_comments),
    "delete_comments": _alone(delete_comments),
    "generate_progress_checks": _alone(generate_checks),
    "report_overdue_check": _alone(report_overdue),
    "publish_leaving": _alone(publish_leaving),
    "erase_people": _alone(erase_people),
    "end_unit": _alone(end_unit),
    "announce_scim_end": _alone(announce_end),
    "publish_message": publish_message,
    "send_message": send_message,
    "forget_addressees": forget_addressees,
    "order_events": order_events,
    "deliver_events": deliver_events,
    "forget_deliveries": forget_deliveries,
    "chain_audit": chain_audit,
}

SLOW = frozenset({"send_message"})
"""Jobs that wait for somebody else's machine: no other job waits for them."""

ABREAST = frozenset({"deliver_events"})
"""Jobs that go side by side, since each waits for another machine, and one that is slow must not delay the next."""

CHORES: tuple[Chore, ...] = (chain_vendor_audit,)
"""What concerns no employer."""

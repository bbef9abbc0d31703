"""The table of contents: every job of the worker, one line each."""

from peil.jobs.asking import extend_wave, measure_participation
from peil.jobs.closing import close_wave, destroy_key, discard_wave, release_wave
from peil.jobs.commenting import delete_comments, release_comments
from peil.jobs.following import generate_progress_checks, report_overdue_check
from peil.jobs.messaging import forget_addressees, publish_message, send_message
from peil.jobs.opening import begin_wave, create_keys, freeze_wave
from peil.jobs.ordering import chain_audit, order_events
from peil.worker import Job

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
    "release_comments": release_comments,
    "delete_comments": delete_comments,
    "generate_progress_checks": generate_progress_checks,
    "report_overdue_check": report_overdue_check,
    "publish_message": publish_message,
    "send_message": send_message,
    "forget_addressees": forget_addressees,
    "order_events": order_events,
    "chain_audit": chain_audit,
}

SLOW = frozenset({"send_message"})
"""Jobs that wait for somebody else's machine: no other job waits for them."""

"""What is due to which endpoint, and what becomes of it; what goes over the network happens between the two."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from random import random
from uuid import UUID

from peil import clock
from peil.audit import record
from peil.operation import Transaction
from peil.outbox import publish_of_endpoint
from peil.schedule import NotYet, due
from peil.webhooks import retrying
from peil.webhooks import sending_queries as queries
from peil.webhooks import sending_target_queries as targets
from peil.webhooks.sending_model import Batch, Disabled, Sent, Target

AT_ONCE = 8
"""Deliveries that are under way to one endpoint, each about something else."""
LEASE = timedelta(seconds=20)
"""How long nobody else takes in hand what was claimed, in real time: four times what a request may take."""
_UNTIL_AGREED = timedelta(minutes=5)
_EACH_DAY = timedelta(days=1)
_FORGOTTEN_AT_ONCE = 5_000


async def fan_out(tx: Transaction, after: int) -> None:
    """Has the employer's events behind place `after` delivered, to its endpoints and to those of its vendors."""
    for endpoint_id in await queries.insert_deliveries(tx, tx.employer_id, after, clock.now(), tx.now):
        await due(tx, "deliver_events", endpoint_id, at=tx.now)


async def claim(tx: Transaction, endpoint_id: UUID) -> Batch | None:
    """Takes in hand what may go to the endpoint now; None: nothing may, and it is on the list for when something does.

    It is on the list as well for the case that nobody comes back to record what was claimed. Raises NotYet.
    """
    target = await targets.select_target(tx, tx.employer_id, endpoint_id)
    if target is None:
        await targets.delete_waiting(tx, tx.employer_id, endpoint_id)
        return None
    if target.state == "disabled" or not target.may_act:
        await _fail_waiting(tx, target, target.disabled_for or "link-ended")
        return None
    if target.state == "waiting":
        # Whoever activates it puts it on the list; this is for the case that it was on its way just then.
        if await queries.select_next(tx, tx.employer_id, endpoint_id, tx.now, LEASE) is not None:
            await due(tx, "deliver_events", endpoint_id, at=tx.now + _UNTIL_AGREED)
        return None
    return await _claim(tx, target)


async def _claim(tx: Transaction, target: Target) -> Batch | None:
    real = clock.now()
    impatience = retrying.IMPATIENCE if tx.actor.sandbox else None
    claimed = await queries.claim_deliveries(
        tx, tx.employer_id, target.endpoint_id, tx.now, real, impatience, LEASE, AT_ONCE
    )
    is_soon = await look_again(tx, target.endpoint_id)
    if not claimed:
        if is_soon:
            raise NotYet
        return None
    secret_ids = await targets.select_secrets(tx, tx.employer_id, target.endpoint_id, real)
    if not secret_ids:
        # The API leaves no endpoint without one. Nothing goes unsigned, and the job fails where the operator sees it.
        raise RuntimeError("an endpoint has no secret")
    return Batch(target=target, claimed_at=real, secret_ids=secret_ids, claimed=claimed)


async def settle(tx: Transaction, batch: Batch, sent: Sequence[Sent]) -> None:
    """Records what became of a batch, and has the endpoint looked at when something may go again."""
    target = batch.target
    ends = [_end(tx.now, one) for one in sent]
    await queries.record_attempts(tx, tx.employer_id, batch, ends)
    disabled_for = await _reason_to_disable(tx, target, sent)
    if disabled_for is not None:
        await _disable(tx, target, disabled_for)
    elif any(state != "waiting" for _, state, _ in ends):
        await _forget_in_time(tx)
    await look_again(tx, target.endpoint_id)


async def look_again(tx: Transaction, endpoint_id: UUID) -> bool:
    """Puts the endpoint on the list for the moment at which something may go to it.

    True: that is soon, in a sandbox, whose clock may never come there: so each look asks how much real time has passed.
    """
    at = await queries.select_next(tx, tx.employer_id, endpoint_id, tx.now, LEASE)
    if at is None:
        return False
    is_soon = tx.actor.sandbox and at - tx.now <= retrying.IMPATIENCE
    await due(tx, "deliver_events", endpoint_id, at=min(at, tx.now) if is_soon else at)
    return is_soon


async def forget(tx: Transaction) -> None:
    """Deletes what is told no more, and looks again each day as long as there is anything.

    A sandbox goes by the time of the event, since only that is by its clock.
    """
    in_sandbox = tx.actor.sandbox
    before = (tx.now if in_sandbox else clock.now()) - retrying.KEPT
    gone = await targets.forget_deliveries(
        tx, tx.employer_id, by_event=in_sandbox, before=before, limit=_FORGOTTEN_AT_ONCE
    )
    if gone == _FORGOTTEN_AT_ONCE:
        await due(tx, "forget_deliveries", at=tx.now)
    elif await targets.has_ended(tx, tx.employer_id):
        await due(tx, "forget_deliveries", at=tx.now + _EACH_DAY)


def _end(now: datetime, sent: Sent) -> tuple[Sent, str, datetime | None]:
    if sent.outcome == "delivered":
        return sent, "delivered", None
    attempts = sent.delivery.attempts + 1
    again = retrying.next_attempt(attempts, now, random(), sent.retry_after)  # noqa: S311  # spreads, and guards nothing
    if sent.outcome == "gone" or again is None:
        return sent, "failed", None
    return sent, "waiting", again


async def _reason_to_disable(tx: Transaction, target: Target, sent: Sequence[Sent]) -> Disabled | None:
    if any(one.outcome == "gone" for one in sent):
        return "gone"
    since = clock.now() - retrying.FAILING
    # Real days: a year that a sandbox passes in a minute says nothing about its receiver.
    if not any(one.outcome != "delivered" and one.delivery.created_at <= since for one in sent):
        return None
    vendor_id = target.own_vendor_id
    if vendor_id is not None:
        # Shows what the endpoint took of the vendor's other employers, which counts as well.
        await tx.connection.execute(f"set local app.vendor_id = '{UUID(int=vendor_id.int)}'")
    return None if await targets.is_taking(tx, tx.employer_id, target, since) else "failing"


async def _disable(tx: Transaction, target: Target, disabled_for: Disabled) -> None:
    is_news = await targets.disable_endpoint(tx, tx.employer_id, target.endpoint_id, clock.now(), disabled_for)
    await _fail_waiting(tx, target, disabled_for)
    if is_news and target.own_vendor_id is None:
        await record(tx, f"webhook-endpoints/{target.endpoint_id}", event="disable_webhook_endpoint")
        await publish_of_endpoint(tx, "webhook-endpoint.disabled", target.endpoint_id, target.made_by, "disabled")


async def _fail_waiting(tx: Transaction, target: Target, disabled_for: Disabled) -> None:
    await targets.fail_waiting(tx, tx.employer_id, target.endpoint_id, retrying.outcome_for(disabled_for))
    await _forget_in_time(tx)


async def _forget_in_time(tx: Transaction) -> None:
    await due(tx, "forget_deliveries", at=tx.now + retrying.KEPT)

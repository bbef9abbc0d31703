"""Pushes events to endpoints: what is due is claimed, then sent without a transaction, then recorded.

After a crash in between it is sent again, with the same id: at least once.
"""

import asyncio
from datetime import datetime
from uuid import UUID

from peil import clock
from peil.operation import Transaction
from peil.outbound import TIMEOUT, Outbound, Reply, Unreachable
from peil.structs import encode
from peil.webhooks import sending
from peil.webhooks.events import event_of
from peil.webhooks.retrying import outcome_of, wait_of
from peil.webhooks.sending_model import Batch, Claimed, Outcome, Sent
from peil.webhooks.signing import secret_of, sign, stamp
from peil.worker import Errand, Settling, WorkerParts

_LARGEST_ANSWER = 65_536
"""Bytes; what a receiver says beside its status is read by nobody."""


async def deliver_events(tx: Transaction, parts: WorkerParts, endpoint_id: UUID) -> Errand | None:
    """Sends what may go to an endpoint now, each about something else at the same time."""
    batch = await sending.claim(tx, endpoint_id)
    if batch is None:
        return None
    secrets = [secret_of(parts.settings.secret_bytes, secret_id) for secret_id in batch.secret_ids]

    async def send() -> Settling:
        posting = _Posting(parts.outbound, batch, secrets)
        sent = await asyncio.gather(*(posting.post(delivery) for delivery in batch.claimed))
        return lambda settling: sending.settle(settling, batch, [one for one in sent if one is not None])

    return send


async def forget_deliveries(tx: Transaction, _: WorkerParts, __: UUID) -> None:
    """Deletes what became of deliveries once nobody has to be told any more."""
    await sending.forget(tx)


class _Posting:
    """One endpoint, and by which secrets is signed what goes there."""

    def __init__(self, outbound: Outbound, batch: Batch, secrets: list[str]) -> None:
        self._outbound = outbound
        self._batch = batch
        self._secrets = secrets

    async def post(self, delivery: Claimed) -> Sent | None:
        """What the attempt came to; None: it came too late to be sure that nobody else makes it, and was not made."""
        began, at = clock.elapsed(), clock.now()
        if (at - self._batch.claimed_at).total_seconds() > TIMEOUT:
            return None
        reply, outcome = await self._ask(delivery, at)
        return Sent(
            delivery=delivery,
            outcome=outcome,
            status=None if reply is None else reply.status,
            milliseconds=round((clock.elapsed() - began) * 1000),
            retry_after=None if reply is None else wait_of(reply.headers.get("retry-after"), clock.now()),
        )

    async def _ask(self, delivery: Claimed, at: datetime) -> tuple[Reply | None, Outcome]:
        body = encode(event_of(delivery))
        webhook_id = str(delivery.event_id)
        headers = {
            "content-type": "application/cloudevents+json",
            "webhook-id": webhook_id,
            "webhook-timestamp": stamp(at),
            "webhook-signature": sign(self._secrets, webhook_id, at, body),
        }
        try:
            reply = await self._outbound.ask(
                "POST", self._batch.target.url, headers=headers, body=body, max_bytes=_LARGEST_ANSWER
            )
        except Unreachable as failure:
            return None, failure.reason
        return reply, outcome_of(reply.status)

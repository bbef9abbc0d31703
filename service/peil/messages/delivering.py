"""What the worker does about messages: plans them, says that one is due, and remembers how far it got."""

from datetime import datetime, timedelta
from uuid import UUID

from peil.database import Rows
from peil.employers.operations import get_thresholds
from peil.ids import NONE, silent_id
from peil.messages import letters, mailing_queries, queries, rules
from peil.messages.model import Addressed, Audience, Batch, MessageKind, MessageSettings, PlannedMessage, Sender
from peil.messages.operations import BEGINNING, facts_of, find_settings, recipients_of
from peil.operation import Transaction
from peil.outbox import publish
from peil.schedule import due
from peil.settings import Settings
from peil.waves.model import Wave
from peil.waves.operations import find_wave

_KEPT = timedelta(days=7)
_LATER = timedelta(minutes=1)


async def plan_messages(tx: Transaction, installed: Settings, wave: Wave) -> None:
    """Plans what the people of a wave that was just frozen are written until it closes."""
    settings = await find_settings(tx)
    if settings is None:
        return
    sent_by = _sender(installed, settings)
    for kind, audience, at in rules.plan(wave, settings, sent_by):
        await _plan(tx, wave.wave_id, kind, audience, sent_by, at=at)


async def plan_farewell(tx: Transaction, installed: Settings, wave_id: UUID, kind: MessageKind) -> None:
    """Plans the last message, thanks or a cancellation, and keeps for a week to whom it goes.

    Called in the transaction in which the ledger of invited people goes; all are kept, and nothing else of them.
    """
    settings = await find_settings(tx)
    planned = await queries.select_messages(tx, tx.employer_id, wave_id, (BEGINNING, NONE), None, 1)
    if settings is None or not rules.is_farewell_due(kind, settings, planned, tx.now):
        return
    message_id = await _plan(tx, wave_id, kind, "everybody", _sender(installed, settings), at=tx.now)
    await mailing_queries.insert_addressees(tx, tx.employer_id, wave_id, message_id)
    await due(tx, "forget_addressees", message_id, at=tx.now + _KEPT)


async def publish_message(tx: Transaction, message_id: UUID) -> None:
    """Says that a message is due; what Peil sends itself begins to go out."""
    message, wave = await _message(tx, message_id)
    if wave.state == "ready":
        # What is due at the same moment is done by name, and begin_wave comes before this; unless that failed, or
        # another worker is still at it. Nobody is invited to a door that is closed.
        await due(tx, "publish_message", message_id, at=tx.now + _LATER)
    elif rules.is_wanted(message.kind, wave.state):
        await publish(tx, f"wave.{message.kind}-due", f"messages/{message_id}", message.sent_by)
        if message.sent_by == "peil":
            targeted = await _targeted(tx, message, wave)
            await mailing_queries.insert_mailing(tx, tx.employer_id, message_id, targeted, NONE)
            await due(tx, "send_message", message_id, at=tx.now)


async def next_batch(tx: Transaction, message_id: UUID, limit: int) -> Batch | None:
    """The next people to write to; None where nobody is left, or nobody is to be written to any more."""
    message, wave = await _message(tx, message_id)
    mailing = await mailing_queries.select_mailing(tx, tx.employer_id, message_id)
    settings = await find_settings(tx)
    if mailing is None or settings is None or not rules.is_wanted(message.kind, wave.state):
        return None
    # A relay that was away for a day must not have the last one reminded alone.
    still = set(await _targeted(tx, message, wave)) if mailing.targeted else set()
    targeted = [key_id for key_id in mailing.targeted if key_id in still]
    found = await recipients_of(tx, message, targeted, mailing.after, limit, with_address=True)
    if not found:
        return None
    facts = await facts_of(tx, wave)
    known = letters.languages_of(message.kind, settings)
    written = {language: letters.write(message.kind, language, settings, facts) for language in known}
    return Batch(
        sender_name=settings.sender_name or facts.employer,
        after=mailing.after,
        people=[
            Addressed(
                person_id=one.person_id,
                email=one.email,
                letter=written[letters.language_for(one.language, known, facts.employer_language)],
            )
            for one in found
            if one.email is not None
        ],
    )


async def move_on(rows: Rows, employer_id: UUID, message_id: UUID, after: UUID) -> None:
    """Remembers up to whom a message went, in a transaction of its own: before somebody is written to."""
    await mailing_queries.update_after(rows, employer_id, message_id, after)


async def end_mailing(tx: Transaction, message_id: UUID) -> None:
    """Forgets what was kept for a message that went out, or need not go out any more."""
    await mailing_queries.delete_mailing(tx, tx.employer_id, message_id)
    await forget_addressees(tx, message_id)


async def forget_addressees(tx: Transaction, message_id: UUID) -> None:
    """Forgets to whom a last message goes."""
    await mailing_queries.delete_addressees(tx, tx.employer_id, message_id)


async def _plan(
    tx: Transaction, wave_id: UUID, kind: MessageKind, audience: Audience, sent_by: Sender, *, at: datetime
) -> UUID:
    message_id = silent_id()
    await queries.insert_message(tx, tx.employer_id, message_id, wave_id, kind, audience, sent_by, at, tx.now)
    await due(tx, "publish_message", message_id, at=at)
    return message_id


async def _targeted(tx: Transaction, message: PlannedMessage, wave: Wave) -> list[UUID]:
    if message.audience == "everybody":
        return []
    policy = await get_thresholds(tx, wave.policy_version)
    left = await mailing_queries.count_left(tx, tx.employer_id, message.wave_id)
    return rules.targeted_groups(left, policy.thresholds.k_n)


async def _message(tx: Transaction, message_id: UUID) -> tuple[PlannedMessage, Wave]:
    message = await queries.select_message(tx, tx.employer_id, message_id)
    wave = None if message is None else await find_wave(tx, message.wave_id)
    if message is None or wave is None:
        raise RuntimeError("a job refers to a message that exists")
    return message, wave


def _sender(installed: Settings, settings: MessageSettings) -> Sender:
    # Without a relay whoever delivers for the employer has to do it.
    return "peil" if settings.sent_by == "peil" and installed.smtp_url else "vendor"

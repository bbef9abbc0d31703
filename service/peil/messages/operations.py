"""What can be done with messages: set how people are written to, read what they are written, fetch to whom."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

import msgspec

from peil.audit import record
from peil.employers.operations import own_employer
from peil.errors import NotFound
from peil.ids import NONE
from peil.instruments.operations import find_instrument
from peil.messages import letters, mailing_queries, queries, rules
from peil.messages.model import (
    Facts,
    Message,
    MessageSettings,
    MessageSettingsNew,
    PlannedMessage,
    Recipient,
    StoredRecipient,
)
from peil.messages.tickets import seal_ticket
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch
from peil.settings import Settings
from peil.support_routes.operations import are_routes_changed, standing_support_routes
from peil.waves.model import Wave
from peil.waves.operations import find_wave, get_wave, is_wave_changed

OPT_OUT_PATH = "/opt-out/"
BEGINNING = datetime(1, 1, 1, tzinfo=UTC)


@operation("messages:read")
async def get_message_settings(tx: Transaction) -> MessageSettings:
    """How the employer's people are written to; until it is set they are not."""
    return await find_settings(tx) or rules.NOTHING_SET


@operation("messages:write")
async def update_message_settings(tx: Transaction, patch: Patch[MessageSettingsNew]) -> MessageSettings:
    """Sets how the employer's people are written to; waves that are frozen from then on go by it."""
    current = await get_message_settings.within(tx)
    tx.must_match(current)
    new = patch.apply(current)
    rules.check_settings(new, insecure=tx.parts.settings.allow_loopback)
    await queries.upsert_settings(tx, tx.employer_id, new, tx.now)
    await record(tx, f"employers/{tx.employer_id}")
    await publish(tx, "message-settings.updated", f"employers/{tx.employer_id}")
    return await get_message_settings.within(tx)


@operation("messages:read")
async def list_messages(tx: Transaction, wave_id: UUID, query: ChangedPageQuery) -> Page[Message]:
    """What everybody invited to a wave is written, and when; planned when its population is frozen."""
    wave = await get_wave.within(tx, wave_id)
    bound = (tx.employer_id, wave_id, "messages", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, tuple[datetime, UUID], *bound) if query.cursor else (BEGINNING, NONE)
    since = await _since(tx, wave_id, query.modified_after)
    planned = await queries.select_messages(tx, tx.employer_id, wave_id, after, since, query.limit + 1)
    facts, settings = await facts_of(tx, wave), await get_message_settings.within(tx)
    return page(
        [_written(message, settings, facts) for message in planned],
        query.limit,
        lambda message: tx.parts.cursors.seal((message.due_at, message.message_id), *bound),
    )


@operation("reminders:deliver")
async def list_recipients(tx: Transaction, message_id: UUID) -> list[Recipient]:
    """Everybody who is to get a message that the vendor delivers, now that it is due.

    Always the whole population but for those who want no messages; never who has answered.
    """
    message = await queries.select_message(tx, tx.employer_id, message_id)
    wave = None if message is None else await find_wave(tx, message.wave_id)
    if message is None or wave is None:
        raise NotFound
    rules.check_delivery(message, wave.state, tx.now)
    employer = await own_employer(tx)
    known = letters.languages_of(message.kind, await find_settings(tx) or rules.NOTHING_SET)
    return [
        Recipient(
            external_id=one.external_id,
            email=one.email,
            language=letters.language_for(one.language, known, employer.language),
            opt_out_url=opt_out_url(tx.parts.settings, tx.employer_id, one.person_id),
        )
        for one in await recipients_of(tx, message, [], NONE, None, with_address=False)
    ]


def as_lines(recipients: list[Recipient]) -> bytes:
    """The list as NDJSON."""
    return msgspec.json.Encoder().encode_lines(recipients)


async def find_settings(tx: Transaction) -> MessageSettings | None:
    """How the employer's people are written to; None where it was never set, and they are not."""
    return await queries.select_settings(tx, tx.employer_id)


async def facts_of(tx: Transaction, wave: Wave) -> Facts:
    """What every letter about a wave says."""
    employer = await own_employer(tx)
    instrument = await find_instrument(tx, wave.instrument_id)
    if instrument is None:
        raise RuntimeError("a wave refers to an instrument that exists")
    return Facts(
        employer=employer.name,
        employer_language=employer.language,
        wave=wave.name,
        wave_id=wave.wave_id,
        mode=wave.mode,
        closes_at=wave.closes_at,
        zone=wave.zone,
        minutes=instrument.estimated_minutes,
        manifest_sha256=await queries.select_manifest(tx, tx.employer_id, wave.wave_id),
        routes=[(one.kind, one.name, one.contact) for one in await standing_support_routes(tx)],
    )


async def recipients_of(
    tx: Transaction,
    message: PlannedMessage,
    targeted: Sequence[UUID],
    after: UUID,
    limit: int | None,
    *,
    with_address: bool,
) -> list[StoredRecipient]:
    """People to write to, by id after `after`; of the `targeted` groups only those without an answer token."""
    if message.kind in rules.AFTERWARDS:
        return await mailing_queries.select_addressees(
            tx, tx.employer_id, message.message_id, after, limit, with_address=with_address
        )
    return await mailing_queries.select_invited(
        tx, tx.employer_id, message.wave_id, after, targeted, limit, with_address=with_address
    )


def opt_out_url(settings: Settings, employer_id: UUID, person_id: UUID) -> str:
    """Where somebody says, without a sign-in, that no more messages are wanted."""
    return f"{settings.public_url}{OPT_OUT_PATH}{seal_ticket(settings.secret_bytes, employer_id, person_id)}"


async def _since(tx: Transaction, wave_id: UUID, since: datetime | None) -> datetime | None:
    """None where every letter may read differently since: texts, wave and support routes stand in all of them."""
    if since is None or (
        await queries.are_settings_changed(tx, tx.employer_id, since)
        or await is_wave_changed(tx, wave_id, since)
        or await are_routes_changed(tx, since)
    ):
        return None
    return since


def _written(message: PlannedMessage, settings: MessageSettings, facts: Facts) -> Message:
    return Message(
        message_id=message.message_id,
        wave_id=message.wave_id,
        kind=message.kind,
        audience=message.audience,
        sent_by=message.sent_by,
        due_at=message.due_at,
        letters=[
            letters.write(message.kind, language, settings, facts)
            for language in letters.languages_of(message.kind, settings)
        ],
    )

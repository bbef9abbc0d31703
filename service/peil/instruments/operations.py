"""What can be done with instruments: drafts change, published versions never do."""

from collections.abc import Collection, Sequence
from uuid import UUID

import msgspec

from peil.actor import Reach
from peil.audit import record
from peil.errors import Conflict, Finding, Invalid, NotFound
from peil.ids import NONE, ordered_id
from peil.instruments import licensing_rules, packs, permission_queries, queries, rules, validity
from peil.instruments.model import (
    Instrument,
    InstrumentContent,
    InstrumentNew,
    InstrumentPack,
    InstrumentState,
    TryOut,
    TryOutNew,
    Validation,
)
from peil.instruments.queries import StoredInstrument
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import ChangedPageQuery, Page, page
from peil.patching import Patch


@operation("instruments:write", creates=True)
async def create_instrument(tx: Transaction, new: InstrumentNew) -> Instrument:
    """Creates a draft: version 1 of its key, or the next one. Texts may still be missing."""
    _refuse(validity.validate_draft(new))
    newest = await queries.select_newest(tx, tx.employer_id, new.key)
    if newest is not None:
        licensing_rules.check_changeable(newest.content)
    return await _created(tx, new, newest, "created")


@operation("instruments:write", creates=True)
async def import_instrument(tx: Transaction, pack: InstrumentPack) -> Instrument:
    """Makes a draft of a pack, with its terms: version 1 of its key, or the next one."""
    new = pack.instrument
    _refuse(packs.pack_findings(pack))
    newest = await queries.select_newest(tx, tx.employer_id, new.key)
    return await _created(tx, new, newest, "imported")


@operation("instruments:read")
async def export_instrument(tx: Transaction, instrument_id: UUID) -> InstrumentPack:
    """One version of an instrument as a pack, for another service or employer to import."""
    return packs.pack_of(await get_instrument.within(tx, instrument_id))


@operation("instruments:read")
async def validate_instrument(tx: Transaction, new: InstrumentNew) -> Validation:
    """Says what keeps a questionnaire from being published, and how long it takes, without keeping it."""
    _refuse(validity.validate(new))
    return Validation(estimated_minutes=rules.estimate_minutes(new), content_hash=rules.content_hash(new), key=new.key)


@operation("instruments:read")
async def get_instrument(tx: Transaction, instrument_id: UUID) -> Instrument:
    """One version of an instrument; for an employee one that is being asked."""
    stored = await queries.select_instrument(tx, tx.employer_id, instrument_id, only_asked=_sees_asked_only(tx))
    if stored is None:
        raise NotFound
    return _seen(stored)


@operation("instruments:read")
async def list_instruments(tx: Transaction, query: ChangedPageQuery) -> Page[Instrument]:
    """All versions of all instruments, in the order they were created; an employee sees what is being asked."""
    bound = (tx.employer_id, "instruments", query.modified_after)
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_instruments(
        tx,
        tx.employer_id,
        after,
        query.limit + 1,
        only_asked=_sees_asked_only(tx),
        since=query.modified_after,
    )
    return page(
        [_seen(stored) for stored in found],
        query.limit,
        lambda item: tx.parts.cursors.seal(item.instrument_id, *bound),
    )


@operation("instruments:read")
async def list_instruments_by_id(tx: Transaction, instrument_ids: list[UUID]) -> Sequence[Instrument | Exception]:
    """These instruments in the order of their ids, for the loaders of GraphQL; NotFound where there is none."""
    found = await queries.select_instruments_by_id(tx, tx.employer_id, instrument_ids, only_asked=_sees_asked_only(tx))
    by_id = {stored.instrument_id: stored for stored in found}
    return [_seen(by_id[one]) if one in by_id else NotFound() for one in instrument_ids]


@operation("instruments:write")
async def update_instrument(tx: Transaction, instrument_id: UUID, patch: Patch[InstrumentNew]) -> Instrument:
    """Changes a draft; texts may still be missing. What its holder wants unchanged cannot be."""
    stored = await _draft(tx, instrument_id)
    new = patch.apply(stored.content)
    licensing_rules.check_changeable(stored.content)
    if new.key != stored.content.key:
        raise Invalid(Finding("/key", "key-is-fixed"))
    _refuse(validity.validate_draft(new))
    changed = msgspec.structs.replace(stored, content=_content(new), content_hash=rules.content_hash(new))
    await queries.update_content(tx, tx.employer_id, instrument_id, changed.content, changed.content_hash, tx.now)
    await record(tx, f"instruments/{instrument_id}")
    return _seen(changed)


@operation("instruments:write")
async def publish_instrument(tx: Transaction, instrument_id: UUID) -> Instrument:
    """Makes a draft a version that never changes and that waves may ask; every text is there by then."""
    stored = await queries.lock_instrument(tx, tx.employer_id, instrument_id)
    if stored is None:
        raise NotFound
    if stored.state == "published":
        raise Conflict("instrument-published")
    findings = validity.validate(stored.content)
    if findings:
        raise Conflict("instrument-incomplete", *findings)
    await queries.publish_instrument(tx, tx.employer_id, instrument_id, tx.now)
    await record(tx, f"instruments/{instrument_id}")
    await publish(tx, "instrument.published", f"instruments/{instrument_id}", "published")
    return _seen(await _found(tx, instrument_id))


@operation("instruments:write")
async def delete_instrument(tx: Transaction, instrument_id: UUID) -> None:
    """Deletes a draft, and the permissions that were recorded for it."""
    await _draft(tx, instrument_id)
    await permission_queries.delete_permissions(tx, tx.employer_id, instrument_id)
    await queries.delete_instrument(tx, tx.employer_id, instrument_id)
    await record(tx, f"instruments/{instrument_id}")
    await publish(tx, "instrument.deleted", f"instruments/{instrument_id}")


# Who may change instruments may try them: a score of one's own answers is no business of anybody who is asked.
@operation("instruments:write")
async def try_out_instrument(tx: Transaction, instrument_id: UUID, new: TryOutNew) -> TryOut:
    """Says what would be counted of one set of answers, checked as the intake checks them, and keeps nothing."""
    stored = await _found(tx, instrument_id)
    questions = rules.questionnaire(stored.content)
    _refuse(rules.validate_answers(questions, new.answers))
    return TryOut(
        instrument_id=instrument_id,
        content_hash=stored.content_hash,
        answered=[key for key in questions if new.answers.get(key) is not None],
        blocks=rules.try_out(stored.content, new.answers),
    )


async def import_shipped_packs(tx: Transaction, employer_id: UUID) -> None:
    """Gives a new employer the shipped questionnaires, published and ready to be asked."""
    for pack in packs.list_shipped_packs():
        stored = msgspec.structs.replace(_stored(pack, 1, "published"), published_at=tx.now)
        await queries.insert_instrument(tx, employer_id, stored, tx.now)


async def find_shipped(tx: Transaction, key: str) -> UUID | None:
    """The id of a questionnaire that came with Peil, as it came: later versions are the employer's own."""
    return await queries.select_first(tx, tx.employer_id, key)


async def find_instrument(tx: Transaction, instrument_id: UUID) -> Instrument | None:
    """One version of an instrument for another operation; None where there is none."""
    stored = await queries.select_instrument(tx, tx.employer_id, instrument_id)
    return None if stored is None else _seen(stored)


async def find_instruments(tx: Transaction, instrument_ids: Collection[UUID]) -> dict[UUID, Instrument]:
    """Versions of instruments for another operation, by id, as far as there are any."""
    found = await queries.select_instruments_by_id(tx, tx.employer_id, list(instrument_ids), only_asked=False)
    return {stored.instrument_id: _seen(stored) for stored in found}


async def find_published(tx: Transaction, keys: Collection[str]) -> dict[str, Instrument]:
    """The newest published version of each of these keys, for another operation, as far as there is one."""
    found = await queries.select_published(tx, tx.employer_id, sorted(keys))
    return {stored.content.key: _seen(stored) for stored in found}


def _sees_asked_only(tx: Transaction) -> bool:
    """Drafts and what nobody is asked now are no business of an employee's."""
    return tx.reach < Reach.EMPLOYER


def _refuse(findings: list[Finding]) -> None:
    if findings:
        raise Invalid(*findings)


async def _created(tx: Transaction, new: InstrumentNew, newest: StoredInstrument | None, event: str) -> Instrument:
    stored = _stored(new, 1 if newest is None else newest.version + 1, "draft")
    await queries.insert_instrument(tx, tx.employer_id, stored, tx.now)
    await record(tx, f"instruments/{stored.instrument_id}")
    await publish(tx, f"instrument.{event}", f"instruments/{stored.instrument_id}", "draft")
    return _seen(stored)


async def _found(tx: Transaction, instrument_id: UUID) -> StoredInstrument:
    stored = await queries.select_instrument(tx, tx.employer_id, instrument_id)
    if stored is None:
        raise NotFound
    return stored


async def _draft(tx: Transaction, instrument_id: UUID) -> StoredInstrument:
    stored = await queries.lock_instrument(tx, tx.employer_id, instrument_id)
    if stored is None:
        raise NotFound
    tx.must_match(_seen(stored))
    if stored.state == "published":
        raise Conflict("instrument-published")
    return stored


def _content(new: InstrumentContent) -> InstrumentContent:
    return msgspec.convert(new, InstrumentContent, from_attributes=True)


def _stored(new: InstrumentContent, version: int, state: InstrumentState) -> StoredInstrument:
    return StoredInstrument(
        instrument_id=ordered_id(),
        version=version,
        state=state,
        content=_content(new),
        content_hash=rules.content_hash(new),
        published_at=None,
    )


def _seen(stored: StoredInstrument) -> Instrument:
    content = {name: getattr(stored.content, name) for name in InstrumentContent.__struct_fields__}
    return Instrument(
        **content,
        instrument_id=stored.instrument_id,
        version=stored.version,
        state=stored.state,
        completeness=validity.completeness(stored.content),
        estimated_minutes=rules.estimate_minutes(stored.content),
        content_hash=stored.content_hash,
        published_at=stored.published_at,
    )

"""The worker's side: comments come in at the close, are released once, and end after their term."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import timedelta
from uuid import UUID

from peil.audit import record
from peil.comments import queries, release_queries, rules
from peil.comments.model import StoredModeration, Written
from peil.comments.scrubbing import scrub, words_of
from peil.directory.operations import list_names
from peil.ids import NONE, silent_id
from peil.operation import Transaction
from peil.outbox import publish
from peil.releases.model import CommentAtoms
from peil.schedule import due

_MODERATION = timedelta(days=30)
_KEPT = timedelta(days=730)
"""24 months."""


async def await_moderation(
    tx: Transaction, wave_id: UUID, written: Sequence[Written], atoms: CommentAtoms, threshold: int, release_hash: bytes
) -> None:
    """Puts the comments of a wave before the moderator, in the transaction of its release.

    What has no unit to be shown at goes nowhere. A row and an event come also where nobody wrote anything.
    """
    names = words_of(await list_names(tx))
    # In a thread: where one process does everything, the others go on being served.
    comments = await asyncio.to_thread(shuffled, _scrubbed(written, atoms, names))
    until = tx.now + _MODERATION
    await queries.insert_moderation(
        tx,
        tx.employer_id,
        StoredModeration(
            wave_id=wave_id,
            state="awaiting",
            until=until.date(),
            threshold=threshold,
            unit_ids=atoms.units,
            release_hash=release_hash,
        ),
    )
    await queries.insert_awaiting(tx, tx.employer_id, wave_id, comments)
    await publish(tx, "comments.awaiting", f"comments/{wave_id}", "awaiting")
    await due(tx, "release_comments", wave_id, at=until)


def shuffled(written: Iterable[Written]) -> list[tuple[UUID, Written]]:
    """Each comment with an id, in the order of the ids: these are drawn by a CSPRNG, so every order is as likely."""
    return sorted(((silent_id(), comment) for comment in written), key=lambda pair: pair[0])


def _scrubbed(written: Iterable[Written], atoms: CommentAtoms, names: frozenset[str]) -> Iterable[Written]:
    for comment in written:
        home = atoms.homes.get(comment.unit_id)
        text = scrub(comment.text, names) if home is not None else ""
        if home is not None and text:
            yield Written(home, comment.item, text)


async def release_comments(tx: Transaction, wave_id: UUID) -> None:
    """Makes the one comment release of a wave from what was decided; what was not is destroyed unseen."""
    moderation = await queries.lock_moderation(tx, tx.employer_id, wave_id)
    if moderation is None or moderation.state == "released":
        return
    comments = rules.released(await queries.select_awaiting(tx, tx.employer_id, wave_id, NONE, None))
    await release_queries.lock_comment_chain(tx, tx.employer_id)
    last = await release_queries.select_last(tx, tx.employer_id)
    signed = rules.manifest(moderation, comments, None if last is None else last.manifest_hash.hex())
    await release_queries.insert_release(tx, tx.employer_id, 1 if last is None else last.position + 1, signed)
    await release_queries.insert_released(tx, tx.employer_id, wave_id, comments)
    await queries.delete_awaiting(tx, tx.employer_id, wave_id)
    await queries.update_moderation(tx, tx.employer_id, wave_id, "released")
    await record(tx, f"comments/{wave_id}")
    await publish(tx, "comments.released", f"comments/{wave_id}", "released")
    await due(tx, "delete_comments", wave_id, at=tx.now + _KEPT)


async def delete_comments(tx: Transaction, wave_id: UUID) -> None:
    """Deletes the released comments of a wave at the end of their term; the manifest stays."""
    await release_queries.delete_released(tx, tx.employer_id, wave_id)
    await record(tx, f"comments/{wave_id}")
    await publish(tx, "comments.changed", f"comments/{wave_id}", "released")

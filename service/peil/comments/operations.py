"""What can be done with comments: the moderator decides and withdraws, others read what was released."""

from uuid import UUID

from peil.aggregates.operations import find_released
from peil.audit import record
from peil.comments import queries, release_queries, rules
from peil.comments.model import (
    AwaitingComment,
    Comment,
    CommentDecisions,
    CommentManifest,
    CommentModeration,
    CommentPageQuery,
    CommentPlace,
    StoredModeration,
)
from peil.errors import Conflict, NotFound
from peil.ids import NONE
from peil.operation import Transaction, operation
from peil.outbox import publish
from peil.paging import Page, PageQuery, page
from peil.schedule import due


@operation("comment-moderation:read", behind_wall=True)
async def get_comment_moderation(tx: Transaction, wave_id: UUID) -> CommentModeration:
    """How far the comments of a wave are, and how many are undecided."""
    return await _standing(tx, await _moderation(tx, wave_id))


@operation("comment-moderation:read", behind_wall=True)
async def list_awaiting_comments(tx: Transaction, wave_id: UUID, query: PageQuery) -> Page[AwaitingComment]:
    """What awaits moderation, decided or not, in the order that was drawn; nobody else ever sees it."""
    await _moderation(tx, wave_id)
    bound = (tx.employer_id, wave_id, "awaiting-comments")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await queries.select_awaiting(tx, tx.employer_id, wave_id, after, query.limit + 1)
    return page(found, query.limit, lambda comment: tx.parts.cursors.seal(comment.comment_id, *bound))


@operation("comment-moderation:write", behind_wall=True)
async def decide_comments(tx: Transaction, wave_id: UUID, new: CommentDecisions) -> CommentModeration:
    """Decides about comments: release, redact (leave words out) or withhold. All of these decisions hold, or none.

    What was decided can be decided again until moderation ends. Nothing can be read before the release.
    """
    moderation = await _locked(tx, wave_id)
    comment_ids = [decision.comment_id for decision in new.decisions]
    awaiting = await queries.select_awaiting_texts(tx, tx.employer_id, wave_id, comment_ids)
    rules.check_decisions(new.decisions, awaiting)
    await queries.update_decisions(tx, tx.employer_id, wave_id, new.decisions)
    await record(tx, f"comments/{wave_id}")
    return await _standing(tx, moderation)


@operation("comment-moderation:write", behind_wall=True)
async def end_comment_moderation(tx: Transaction, wave_id: UUID) -> CommentModeration:
    """Ends moderation where everything is decided: the worker then makes the one release of these comments."""
    await _locked(tx, wave_id)
    if await queries.count_undecided(tx, tx.employer_id, wave_id):
        raise Conflict("comments-undecided")
    await queries.update_moderation(tx, tx.employer_id, wave_id, "ended")
    await due(tx, "release_comments", wave_id, at=tx.now)
    await record(tx, f"comments/{wave_id}")
    return await _standing(tx, await _moderation(tx, wave_id))


@operation("comment-moderation:write", behind_wall=True)
async def withdraw_comment(tx: Transaction, wave_id: UUID, comment_id: UUID) -> None:
    """Deletes a released comment for good."""
    if not await release_queries.delete_comment(tx, tx.employer_id, wave_id, comment_id):
        raise NotFound
    await record(tx, f"comments/{wave_id}")
    await publish(tx, "comments.changed", f"comments/{wave_id}", "released")


@operation("comments:read", behind_wall=True)
async def list_comments(tx: Transaction, wave_id: UUID, query: CommentPageQuery) -> Page[Comment]:
    """The released comments of a wave that are shown at units the caller may see, in the order that was drawn."""
    wave = await find_released(tx, wave_id)
    moderation = await queries.select_moderation(tx, tx.employer_id, wave_id)
    if query.unit is not None and not wave.sees(tx.actor, tx.reach, query.unit):
        raise NotFound
    units = [unit_id for unit_id in _shown(moderation) if wave.sees(tx.actor, tx.reach, unit_id)]
    if query.unit is not None:
        units = [unit_id for unit_id in units if unit_id == query.unit]
    bound = (tx.employer_id, wave_id, query.unit, "comments")
    after = tx.parts.cursors.open(query.cursor, UUID, *bound) if query.cursor else NONE
    found = await release_queries.select_released(tx, tx.employer_id, wave_id, units, after, query.limit + 1)
    return page(found, query.limit, lambda comment: tx.parts.cursors.seal(comment.comment_id, *bound))


@operation("comments:read", behind_wall=True)
async def list_comment_places(tx: Transaction, wave_id: UUID, query: PageQuery) -> Page[CommentPlace]:
    """Where comments are shown of the units the caller may see, in the order of the tree; those of few move up."""
    wave = await find_released(tx, wave_id)
    shown = _shown(await queries.select_moderation(tx, tx.employer_id, wave_id))
    bound = (tx.employer_id, wave_id, "comment-places")
    after = tx.parts.cursors.open(query.cursor, int, *bound) if query.cursor else -1
    seen = [at for at, unit_id in enumerate(wave.order) if at > after and wave.sees(tx.actor, tx.reach, unit_id)]
    return page(
        rules.places_of(wave.parents, shown, [wave.order[at] for at in seen[: query.limit + 1]]),
        query.limit,
        lambda place: tx.parts.cursors.seal(wave.position(place.unit_id), *bound),
    )


@operation("comments:read", behind_wall=True)
async def get_comment_release(tx: Transaction, wave_id: UUID) -> CommentManifest:
    """What the one comment release of a wave held, as hashes chained to the one before."""
    await find_released(tx, wave_id)
    _shown(await queries.select_moderation(tx, tx.employer_id, wave_id))
    found = await release_queries.select_manifest(tx, tx.employer_id, wave_id)
    if found is None:
        raise Conflict("comments-not-released")
    return found


def _shown(moderation: StoredModeration | None) -> list[UUID]:
    """Where a wave shows comments. Raises Conflict until they are released."""
    if moderation is None:
        raise Conflict("comments-not-asked")
    if moderation.state != "released":
        raise Conflict("comments-not-released")
    return moderation.unit_ids


async def _moderation(tx: Transaction, wave_id: UUID) -> StoredModeration:
    found = await queries.select_moderation(tx, tx.employer_id, wave_id)
    if found is None:
        raise NotFound
    return found


async def _locked(tx: Transaction, wave_id: UUID) -> StoredModeration:
    """A moderation in which decisions can still be made. Raises NotFound, Conflict."""
    found = await queries.lock_moderation(tx, tx.employer_id, wave_id)
    if found is None:
        raise NotFound
    rules.require_awaiting(found)
    return found


async def _standing(tx: Transaction, moderation: StoredModeration) -> CommentModeration:
    return CommentModeration(
        wave_id=moderation.wave_id,
        state=moderation.state,
        until=moderation.until,
        undecided=await queries.count_undecided(tx, tx.employer_id, moderation.wave_id),
    )

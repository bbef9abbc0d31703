"""What the moderator may do: leave words out, decide until moderation ends, and end it when all is decided."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import sha256
from uuid import UUID

import msgspec

from peil.comments.model import (
    METHOD,
    AwaitingComment,
    Comment,
    CommentDecision,
    CommentManifest,
    CommentPlace,
    StoredModeration,
)
from peil.errors import Conflict, Finding, Invalid
from peil.structs import encode

GAP = "[…]"


def check_decisions(decisions: Sequence[CommentDecision], awaiting: Mapping[UUID, str]) -> None:
    """Every decision is about a comment that awaits one, and only removes. Raises Invalid with all findings."""
    findings = []
    seen: set[UUID] = set()
    for place, decision in enumerate(decisions):
        at = f"/decisions/{place}"
        text = awaiting.get(decision.comment_id)
        if decision.comment_id in seen:
            findings.append(Finding(f"{at}/commentId", "duplicate-item"))
        elif text is None:
            findings.append(Finding(f"{at}/commentId", "unknown-comment"))
        seen.add(decision.comment_id)
        if (decision.decision == "redact") != (decision.text is not None):
            findings.append(Finding(f"{at}/text", "text-for-redact-only"))
        elif text is not None and decision.text is not None and not only_removes(text, decision.text):
            findings.append(Finding(f"{at}/text", "redaction-adds"))
    if findings:
        raise Invalid(*findings)


def only_removes(text: str, redacted: str) -> bool:
    """Whether `redacted` has the words of `text` in their order, with a gap sign in the place of every word left out.

    So nobody can make a comment say the opposite unseen. It leaves something out, and something is left of it.
    """
    words = text.split()
    runs = [run.split() for run in redacted.split(GAP)]
    if len(runs) < 2 or not any(runs):
        return False
    first, *middle, last = runs
    if words[: len(first)] != first:
        return False
    at = len(first)
    for run in middle:
        found = _find(words, run, at)
        if found is None:
            return False
        at = found + len(run)
    return at + len(last) < len(words) and words[len(words) - len(last) :] == last


def _find(words: Sequence[str], run: Sequence[str], start: int) -> int | None:
    """Where `run` stands in `words` from `start` on, earliest first; None: nowhere."""
    places = range(start, len(words) - len(run) + 1)
    return next((place for place in places if words[place : place + len(run)] == run), None)


def require_awaiting(moderation: StoredModeration) -> None:
    """Refuses what comes after the end. Raises Conflict `moderation-ended`."""
    if moderation.state != "awaiting":
        raise Conflict("moderation-ended")


def released(awaiting: Iterable[AwaitingComment]) -> list[Comment]:
    """What may be read of comments; what is undecided may not."""
    texts = {"release": lambda comment: comment.text, "redact": lambda comment: comment.redacted}
    return [
        Comment(
            comment_id=comment.comment_id,
            unit_id=comment.unit_id,
            item=comment.item,
            text=texts[comment.decision](comment),
        )
        for comment in awaiting
        if comment.decision in texts
    ]


def places_of(
    parents: Mapping[UUID, UUID | None], shown: Collection[UUID], units: Sequence[UUID]
) -> list[CommentPlace]:
    """Where these units' comments are, in their order; `parents` of every unit (None: the top), `shown`: the atoms."""
    holds: set[UUID] = set()
    for unit_id in shown:
        at = parents[unit_id]
        while at is not None and at not in holds:
            holds.add(at)
            at = parents[at]
    return [
        CommentPlace(unit_id=unit_id, shown_at=_nearest(parents, shown, unit_id), shown_beneath=unit_id in holds)
        for unit_id in units
    ]


def _nearest(parents: Mapping[UUID, UUID | None], shown: Collection[UUID], unit_id: UUID) -> UUID | None:
    at: UUID | None = unit_id
    while at is not None and at not in shown:
        at = parents[at]
    return at


def manifest(moderation: StoredModeration, comments: Sequence[Comment], previous: str | None) -> CommentManifest:
    """`previous`: the hash of the employer's comment release before this one; None: this is the first.

    The hash is the SHA-256 of the manifest's own canonical JSON with an empty `hash`.
    """
    unsigned = CommentManifest(
        wave_id=moderation.wave_id,
        figures=moderation.release_hash.hex(),
        k_c=moderation.threshold,
        method=METHOD,
        units=moderation.unit_ids,
        comments=[sha256(encode(comment)).hexdigest() for comment in comments],
        previous=previous,
        hash="",
    )
    return msgspec.structs.replace(unsigned, hash=sha256(encode(unsigned)).hexdigest())

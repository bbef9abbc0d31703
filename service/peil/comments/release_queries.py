"""SQL of comment releases and of the comments in them."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from peil.comments.model import Comment, CommentManifest
from peil.database import Rows


class Last(msgspec.Struct, frozen=True, kw_only=True):
    """The end of the employer's chain of comment releases."""

    position: int
    manifest_hash: bytes


_LOCK_COMMENT_CHAIN = """-- lock_comment_chain
select pg_advisory_xact_lock(hashtextextended('comment-release' || $1::text, 0))
"""


async def lock_comment_chain(rows: Rows, employer_id: UUID) -> None:
    """Lets one comment release of an employer be added at a time."""
    await rows.value(_LOCK_COMMENT_CHAIN, str(employer_id))


_SELECT_LAST = """-- select_last_comment_release
select
  position,
  manifest_hash
from comment.release
where employer_id = $1
order by position desc
limit 1
"""


async def select_last(rows: Rows, employer_id: UUID) -> Last | None:
    return await rows.one(Last, _SELECT_LAST, employer_id)


_INSERT_RELEASE = """-- insert_comment_release
insert into comment.release (employer_id, wave_id, position, manifest, manifest_hash, previous_hash)
values ($1, $2, $3, $4, $5, $6)
"""


async def insert_release(rows: Rows, employer_id: UUID, position: int, manifest: CommentManifest) -> None:
    previous = None if manifest.previous is None else bytes.fromhex(manifest.previous)
    await rows.execute(
        _INSERT_RELEASE, employer_id, manifest.wave_id, position, manifest, bytes.fromhex(manifest.hash), previous
    )


_SELECT_MANIFEST = """-- select_comment_manifest
select manifest
from comment.release
where
  employer_id = $1
  and wave_id = $2
"""


class _Manifest(msgspec.Struct, frozen=True):
    manifest: CommentManifest


async def select_manifest(rows: Rows, employer_id: UUID, wave_id: UUID) -> CommentManifest | None:
    found = await rows.one(_Manifest, _SELECT_MANIFEST, employer_id, wave_id)
    return None if found is None else found.manifest


_INSERT_RELEASED = """-- insert_released
insert into comment.released (employer_id, wave_id, comment_id, unit_id, item, text)
select
  $1,
  $2,
  released.comment_id,
  released.unit_id,
  released.item,
  released.text
from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[]) as released (comment_id, unit_id, item, text)
"""


async def insert_released(rows: Rows, employer_id: UUID, wave_id: UUID, comments: Sequence[Comment]) -> None:
    await rows.execute(
        _INSERT_RELEASED,
        employer_id,
        wave_id,
        [comment.comment_id for comment in comments],
        [comment.unit_id for comment in comments],
        [comment.item for comment in comments],
        [comment.text for comment in comments],
    )


_SELECT_RELEASED = """-- select_released
select
  comment_id,
  unit_id,
  item,
  text
from comment.released
where
  employer_id = $1
  and wave_id = $2
  and unit_id = any($3::uuid[])
  and comment_id > $4
order by comment_id
limit $5
"""


async def select_released(
    rows: Rows, employer_id: UUID, wave_id: UUID, unit_ids: Sequence[UUID], after: UUID, limit: int
) -> list[Comment]:
    """What is shown at these units, in the order that was drawn, after an id."""
    return await rows.many(Comment, _SELECT_RELEASED, employer_id, wave_id, list(unit_ids), after, limit)


_DELETE_COMMENT = """-- delete_released_comment
delete from comment.released
where
  employer_id = $1
  and wave_id = $2
  and comment_id = $3
"""


async def delete_comment(rows: Rows, employer_id: UUID, wave_id: UUID, comment_id: UUID) -> bool:
    """Whether there was one."""
    return await rows.execute(_DELETE_COMMENT, employer_id, wave_id, comment_id) > 0


_DELETE_RELEASED = """-- delete_released
delete from comment.released
where
  employer_id = $1
  and wave_id = $2
"""


async def delete_released(rows: Rows, employer_id: UUID, wave_id: UUID) -> None:
    await rows.execute(_DELETE_RELEASED, employer_id, wave_id)

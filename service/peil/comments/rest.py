"""Comments over REST."""

from uuid import UUID

from peil.comments import operations
from peil.comments.model import (
    AwaitingComment,
    Comment,
    CommentDecisions,
    CommentManifest,
    CommentModeration,
    CommentPageQuery,
    CommentPlace,
)
from peil.operation import Call
from peil.paging import Page, PageQuery
from peil.rest import Router

comments = Router("Comments")


@comments.get("/waves/{waveId}/comment-moderation")
async def get_comment_moderation(call: Call, wave_id: UUID) -> CommentModeration:
    return await operations.get_comment_moderation(call, wave_id)


@comments.get("/waves/{waveId}/comment-moderation/comments")
async def list_awaiting_comments(call: Call, wave_id: UUID, query: PageQuery) -> Page[AwaitingComment]:
    return await operations.list_awaiting_comments(call, wave_id, query)


@comments.post("/waves/{waveId}/comment-moderation/decisions", status=200, ruled=True)
async def decide_comments(call: Call, wave_id: UUID, body: CommentDecisions) -> CommentModeration:
    return await operations.decide_comments(call, wave_id, body)


@comments.post("/waves/{waveId}/comment-moderation/end", status=202)
async def end_comment_moderation(call: Call, wave_id: UUID) -> CommentModeration:
    return await operations.end_comment_moderation(call, wave_id)


@comments.get("/waves/{waveId}/comments", conflicts=True)
async def list_comments(call: Call, wave_id: UUID, query: CommentPageQuery) -> Page[Comment]:
    return await operations.list_comments(call, wave_id, query)


@comments.get("/waves/{waveId}/comment-places", conflicts=True)
async def list_comment_places(call: Call, wave_id: UUID, query: PageQuery) -> Page[CommentPlace]:
    return await operations.list_comment_places(call, wave_id, query)


@comments.get("/waves/{waveId}/comment-release", conflicts=True)
async def get_comment_release(call: Call, wave_id: UUID) -> CommentManifest:
    return await operations.get_comment_release(call, wave_id)


@comments.post("/waves/{waveId}/comments/{commentId}/withdraw", status=204, conflicts=False)
async def withdraw_comment(call: Call, wave_id: UUID, comment_id: UUID) -> None:
    await operations.withdraw_comment(call, wave_id, comment_id)

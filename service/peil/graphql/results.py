"""What a field answers in place of a thing: members of its result that say denied, not found, refused."""

import logging
import traceback
from collections.abc import Awaitable, Sequence
from typing import Any, Generic, TypeVar
from uuid import uuid4

from graphql import GraphQLError

from peil import errors, problems
from peil.structs import Value

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Finding(Value, frozen=True, kw_only=True):
    """One thing that is wrong in the arguments."""

    pointer: str
    code: str
    detail: str


class Denied(Value, frozen=True, kw_only=True):
    """The caller is known and may not do this."""

    code: str
    title: str
    detail: str


class NotFound(Value, frozen=True, kw_only=True):
    """There is no such thing here; another employer's things do not exist either."""

    code: str
    title: str
    detail: str


class Refused(Value, frozen=True, kw_only=True):
    """The input is wrong, or the state of the thing forbids it; `code` says which."""

    code: str
    title: str
    detail: str
    findings: list[Finding]


class Done(Value, frozen=True, kw_only=True):
    """It is done, and there is nothing to show for it."""

    done: bool


class Listing(Value, Generic[T], frozen=True, kw_only=True):
    """All there is: a list that is short by nature, so it has no pages."""

    items: list[T]


async def answer(work: Awaitable[T], language: str, body: str) -> T | Denied | NotFound | Refused:
    """What `work` gives, or the member that says in `language` why it gives nothing.

    `body` is the pointer of the argument that stands for the body in REST. Raises what is no domain error.
    """
    try:
        return await work
    except errors.PeilError as error:
        return _member(error, language, body)


def _member(error: errors.PeilError, language: str, body: str) -> Denied | NotFound | Refused:
    problem = problems.problem(error, language, "")
    told = {"code": problem.code, "title": problem.title, "detail": problem.detail}
    if isinstance(error, errors.Denied | errors.Unauthenticated):
        return Denied(**told)
    if isinstance(error, errors.NotFound):
        return NotFound(**told)
    findings = [
        Finding(pointer=_argument(found.pointer, body), code=found.code, detail=found.detail)
        for found in problem.errors
    ]
    return Refused(**told, findings=findings)


_PAGING = {"/query/cursor": "/after", "/query/limit": "/first"}


def _argument(pointer: str, body: str) -> str:
    """The place among a field's arguments of what an operation points at in REST's body or query."""
    if pointer.startswith("/query/"):
        return _PAGING.get(pointer, pointer.removeprefix("/query"))
    return body + pointer


def mask(found: Sequence[GraphQLError], language: str) -> list[GraphQLError]:
    """The errors as a caller may see them: what nobody foresaw is `internal`, with an id from the log."""
    return [_masked(error, error.original_error, language) for error in found]


def _masked(error: GraphQLError, cause: BaseException | None, language: str) -> GraphQLError:
    if cause is None or isinstance(cause, GraphQLError):
        return error
    instance = uuid4().urn
    # The error's own text may quote arguments or rows; the trace says where it was.
    trace = "".join(traceback.format_tb(cause.__traceback__))
    _log.error("a GraphQL field failed with %s, %s\n%s", type(cause).__qualname__, instance, trace)
    _, detail = problems.text(errors.PeilError.code, language)
    told: dict[str, Any] = {"code": errors.PeilError.code, "instance": instance}
    return GraphQLError(detail, error.nodes, path=error.path, extensions=told)

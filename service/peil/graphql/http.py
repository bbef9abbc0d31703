"""GraphQL over HTTP (the GraphQL Foundation's draft): one operation a request, and no mutation by GET."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import nullcontext
from typing import Any

import msgspec
from graphql import GraphQLError
from litestar import Request, get, post
from litestar.handlers import HTTPRouteHandler
from litestar.response.base import ASGIResponse
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types.execution import ExecutionResult, PreExecutionError
from strawberry.types.graphql import OperationType

from peil import problems, telemetry
from peil.decoding import decoder_for
from peil.errors import Invalid
from peil.graphql.fields import Context
from peil.graphql.limits import Limits, refusal
from peil.graphql.schema import Schema
from peil.http.negotiation import preferred
from peil.http.parameters import decode_query
from peil.http.routing import Route
from peil.structs import Value

PATH = "/graphql"
JSON = "application/json"
RESPONSE = "application/graphql-response+json"

ROUTES = (
    Route(method="GET", path_template=PATH, produces=(JSON, RESPONSE)),
    Route(
        method="POST",
        path_template=PATH,
        consumes=(JSON,),
        produces=(JSON, RESPONSE),
        max_body=Limits().characters,
    ),
)
"""What the edge checks; the handlers count on it."""

_SAFE = {OperationType.QUERY}
_ALL = set(OperationType)

ContextOf = Callable[[Request[Any, Any, Any]], Awaitable[Context]]


class Asked(Value, frozen=True, kw_only=True):
    """The parameters of a request. Extensions are taken, as the draft has it, and none is known."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


class AskedByGet(Value, frozen=True, kw_only=True):
    """The same in a query string, where maps are JSON in text."""

    query: str | None = None
    document_id: str | None = None
    operation_name: str | None = None
    variables: str | None = None
    extensions: str | None = None


class Answer(msgspec.Struct, frozen=True):
    """A GraphQL response, and its status when it has the media type made for it."""

    body: dict[str, Any]
    status: int = 200
    is_well_formed: bool = True
    """False: the request was none of GraphQL, which has its status whatever the media type."""
    headers: dict[str, str] = {}


def create_handlers(
    schema: Schema, context_of: ContextOf, documents: Mapping[str, str] | None = None
) -> list[HTTPRouteHandler]:
    """The handlers of /graphql.

    `context_of` says who asks; what it raises is no answer of GraphQL. `documents` are the persisted ones by
    `sha256:` and the SHA-256 of their text in hexadecimal; anybody may send their ids.
    """
    known = documents or {}
    decode = decoder_for(Asked).decode

    async def respond(request: Request[Any, Any, Any], ask: Callable[[], Asked], *, is_safe: bool) -> ASGIResponse:
        context = await context_of(request)
        # Who is a person may be about to answer: nothing keeps the moment beside a trace of theirs.
        is_person = context.call.actor.person_id is not None
        with nullcontext() if is_person else telemetry.request_span(request.method, PATH, request.headers):
            try:
                answer = await _run(schema, known, context, ask(), is_safe=is_safe)
            except Invalid as error:
                answer = _malformed(error, context.call.language)
        return _response(answer, _media_type(request.headers.get("accept", "")))

    @get(PATH, include_in_schema=False)
    async def query_graphql(request: Request[Any, Any, Any]) -> ASGIResponse:
        return await respond(request, lambda: _from_query(request.scope["query_string"]), is_safe=True)

    @post(PATH, include_in_schema=False, status_code=200)
    async def post_graphql(request: Request[Any, Any, Any]) -> ASGIResponse:
        scope: Any = request.scope
        return await respond(request, lambda: decode(scope["peil.body"]), is_safe=False)

    return [query_graphql, post_graphql]


def _from_query(query_string: bytes) -> Asked:
    """The parameters of a GET request. Raises Invalid, also for unknown ones: the draft reserves them."""
    given = decode_query(query_string, AskedByGet)
    maps = decoder_for(dict[str, Any])
    return Asked(
        query=given.query,
        document_id=given.document_id,
        operation_name=given.operation_name,
        variables=maps.decode(given.variables.encode()) if given.variables else None,
        extensions=maps.decode(given.extensions.encode()) if given.extensions else None,
    )


async def _run(
    schema: Schema, documents: Mapping[str, str], context: Context, asked: Asked, *, is_safe: bool
) -> Answer:
    if bool(asked.query) is bool(asked.document_id):
        return _refused(400, "document-required", "Give one of 'query' and 'documentId'.", is_well_formed=False)
    if asked.query and not context.free_documents:
        return _refused(403, "free-document-denied", "This caller may send ids of persisted documents only.")
    text = asked.query or documents.get(asked.document_id or "")
    if text is None:
        return _refused(400, "unknown-document", "There is no persisted document with this id.")
    try:
        result = await schema.execute(
            text,
            variable_values=asked.variables,
            context_value=context,
            operation_name=asked.operation_name or None,
            allowed_operation_types=_SAFE if is_safe else _ALL,
        )
    except CannotGetOperationTypeError:
        return _refused(400, "unknown-operation", "Name one operation of the document in 'operationName'.")
    except InvalidOperationTypeError:
        refused = _refused(405, "method-not-allowed", "GET runs queries only; send it by POST.", is_well_formed=False)
        return msgspec.structs.replace(refused, headers={"allow": "POST"})
    return _answer(result)


def _answer(result: ExecutionResult) -> Answer:
    body: dict[str, Any] = {}
    if result.errors:
        body["errors"] = [error.formatted for error in result.errors]
    if not isinstance(result, PreExecutionError):
        return Answer({"data": result.data, **body})
    # What we did not foresee before the execution is no fault of the document.
    is_ours = any((error.extensions or {}).get("code") == "internal" for error in result.errors or ())
    return Answer(body, 500 if is_ours else 400, is_well_formed=not is_ours)


def _refused(status: int, code: str, message: str, *, is_well_formed: bool = True) -> Answer:
    return Answer({"errors": [refusal(code, message).formatted]}, status, is_well_formed and status == 400)


def _malformed(error: Invalid, language: str) -> Answer:
    errors = [
        GraphQLError(found.detail, extensions={"code": found.code, "pointer": found.pointer}).formatted
        for found in problems.problem(error, language, "").errors
    ]
    return Answer({"errors": errors}, 400, is_well_formed=False)


def _media_type(accept: str) -> str:
    """What the caller likes best. Who only says "anything" is old: the draft's own type has to be named."""
    if RESPONSE not in accept.lower():
        return JSON
    return preferred(accept, (RESPONSE, JSON)) or JSON


def _response(answer: Answer, media_type: str) -> ASGIResponse:
    # With application/json a status other than 200 could be from anybody on the way.
    status = 200 if media_type == JSON and answer.is_well_formed else answer.status
    return ASGIResponse(
        body=msgspec.json.encode(answer.body),
        status_code=status,
        headers=answer.headers,
        media_type=f"{media_type}; charset=utf-8",
    )

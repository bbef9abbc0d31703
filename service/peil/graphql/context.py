"""Who asks over GraphQL, and what documents they may send."""

from typing import Any

from litestar import Request

from peil import problems
from peil.errors import Unauthenticated
from peil.graphql.fields import Context
from peil.operation import Call
from peil.parts import Parts
from peil.rest_handlers import headers_of, presented

DEVELOPER = "developer:read"


async def context_of(parts: Parts, request: Request[Any, Any, Any]) -> Context:
    """The context of one request. Raises Unauthenticated for nobody.

    Free documents and introspection are for those who build something; others send ids of persisted ones.
    """
    headers = headers_of(request.scope)
    actor = await parts.authentication.actor(presented(request.scope, headers, parts.settings.public_url))
    if actor.kind == "nobody":
        raise Unauthenticated
    call = Call(actor, parts, language=problems.language_of(headers.get("accept-language"), actor.language))
    is_developer = DEVELOPER in actor.reaches
    return Context(call, introspection=is_developer, free_documents=is_developer)

"""Joins everything: the parts of an API process, and the ASGI application made of them."""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

from litestar import Litestar

from peil import health, pages, problems, settings
from peil.access import oauth, table
from peil.access.authentication import Authentication
from peil.access.issuers.keys import IssuerKeys
from peil.access.origins import CrossOrigin, preflight
from peil.access.tokens import TokenKeys
from peil.aggregates.charts.drawings import Drawings
from peil.aggregates.shelf import Shelf
from peil.api import ENDPOINTS, FIELDS
from peil.database import Database
from peil.directory.scim import endpoint as scim
from peil.disclosure.files import VERIFIER as RELEASE_VERIFIER
from peil.graphql import http as graphql_http
from peil.graphql.context import context_of
from peil.graphql.documents import read_documents
from peil.graphql.schema import create_schema
from peil.http.edge import Edge
from peil.http.routing import Answer, Route, Scope
from peil.keys.issuing_keys import IssuingDirectory
from peil.keys.signing_keys import SigningDirectory
from peil.messages import forms
from peil.openapi import published
from peil.operation import OPERATIONS
from peil.outbound import Outbound
from peil.paging import Cursors
from peil.parts import Parts
from peil.rest import Endpoint
from peil.rest_handlers import answer_of, route_handler
from peil.settings import Settings
from peil.trail.files import VERIFIER as AUDIT_VERIFIER
from peil.verifiers import handler_of, route_of
from peil.widgets.oauth import TOKEN_EXCHANGE, exchange_token

_MODERATION_POOL = 2
_VERIFIERS = (RELEASE_VERIFIER, AUDIT_VERIFIER)
_GRANTS = {"client_credentials": oauth.client_credentials, TOKEN_EXCHANGE: exchange_token}
"""Every way to a token, by the name that OAuth has for it."""


@asynccontextmanager
async def open_parts(chosen: Settings) -> AsyncIterator[Parts]:
    """The parts of an API process, opened; closes them in the end. Raises SettingsError."""
    settings.check(chosen, {"api"})
    if chosen.keys is None:
        raise settings.SettingsError("PEIL_KEYS is missing")
    database = Database(chosen.database_url_api, size=chosen.pool_size, name="peil-api")
    outbound = Outbound(allow_loopback=chosen.allow_loopback)
    token_keys = TokenKeys(SigningDirectory(chosen.keys).read, chosen.public_url)
    moderation = Database(chosen.database_url_moderator, size=_MODERATION_POOL, name="peil-moderator")
    await database.open()
    await database.require_guarded()
    await moderation.open()
    await moderation.require_guarded()
    drawings = Drawings()
    try:
        yield Parts(
            settings=chosen,
            database=database,
            moderation=moderation,
            authentication=Authentication(database, token_keys, IssuerKeys(outbound)),
            token_keys=token_keys,
            issuing=IssuingDirectory(chosen.keys),
            outbound=outbound,
            cursors=Cursors(chosen.secret_bytes),
            shelf=Shelf(),
            drawings=drawings,
        )
    finally:
        drawings.close()
        await outbound.close()
        await moderation.close()
        await database.close()


def create_app(parts: Parts) -> CrossOrigin:
    """The API as an ASGI application. An operation whose scope is not in the access table does not start."""
    table.check_scopes({name: operation.scope for name, operation in OPERATIONS.items()})
    answers = [(endpoint, answer_of(endpoint, parts)) for endpoint in ENDPOINTS if not endpoint.on_intake]
    application = Litestar(
        route_handlers=[
            *(route_handler(endpoint, answer) for endpoint, answer in answers),
            *oauth.handlers(parts, _GRANTS),
            *graphql_http.create_handlers(create_schema(FIELDS), partial(context_of, parts), read_documents()),
            *health.handlers(parts.database),
            *pages.handlers(),
            *published.handlers(),
            *forms.handlers(parts),
            *map(handler_of, _VERIFIERS),
            *scim.handlers(parts),
        ],
        openapi_config=None,
        logging_config=None,
        exception_handlers={Exception: _raise, 500: _raise},
    )
    routes = [
        # What may lie ready in memory is answered without the framework, which would take longer than the answer.
        *(edge_route(endpoint, answer if endpoint.operation.shelved else None) for endpoint, answer in answers),
        *oauth.ROUTES,
        *graphql_http.ROUTES,
        *health.ROUTES,
        *pages.ROUTES,
        *published.ROUTES,
        *forms.ROUTES,
        *map(route_of, _VERIFIERS),
        *scim.ROUTES,
    ]
    render = partial(problems.render, public_url=parts.settings.public_url)
    edge = Edge(application, routes, render, preflight=preflight)
    return CrossOrigin(edge, parts.authentication.origins.knows)


def edge_route(endpoint: Endpoint, answer: Callable[[Scope], Awaitable[Answer]] | None = None) -> Route:
    """An endpoint as the edge sees it, and what answers it, if it is asked."""
    return Route(
        method=endpoint.method,
        path_template=endpoint.template,
        consumes=endpoint.accepts,
        produces=(endpoint.produces, *endpoint.also) if endpoint.status != 204 else (),
        max_body=endpoint.max_body,
        answer=answer,
    )


def _raise(_: Any, error: Exception) -> Any:
    # The edge turns every error into its answer; Litestar would write one of its own.
    raise error


logging.getLogger("litestar").setLevel(logging.WARNING)

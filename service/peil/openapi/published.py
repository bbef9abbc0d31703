"""JSON Schemas for those who make files for Peil: printed into `schema/`, and served without a sign-in."""

from typing import Any

import msgspec
from litestar import Request, get
from litestar.response.base import ASGIResponse

from peil.errors import NotFound
from peil.http.routing import Route
from peil.instruments.model import InstrumentPack
from peil.openapi.schemas import REFERENCE, Schemas

SCHEMA_JSON = "application/schema+json"

PUBLISHED: dict[str, Any] = {"instrument-pack": InstrumentPack}

ROUTES = (Route(method="GET", path_template="/schemas/{name}", produces=(SCHEMA_JSON,)),)


def published_schema(name: str) -> str:
    """The schema of this name as text, by JSON Schema 2020-12; it stands alone. Raises NotFound."""
    if name not in PUBLISHED:
        raise NotFound
    shape = PUBLISHED[name]
    schemas = Schemas([shape])
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schemas.of(shape),
        "$defs": schemas.components,
    }
    text = msgspec.json.format(msgspec.json.encode(whole), indent=2).decode() + "\n"
    return text.replace(REFERENCE.format(name=""), "#/$defs/")


def handlers() -> list[Any]:
    """The Litestar handler that serves them."""

    @get("/schemas/{name:str}")
    async def get_schema(request: Request[Any, Any, Any]) -> ASGIResponse:
        name = request.scope["peil.path"]["name"]  # type: ignore[typeddict-item]  # the edge put it there
        return ASGIResponse(
            body=published_schema(name).encode(),
            status_code=200,
            media_type=SCHEMA_JSON,
            headers={"cache-control": "public, max-age=3600"},
        )

    return [get_schema]

"""The programs that verify offline what this service published, each by itself: nobody needs a sign-in to check."""

from pathlib import Path
from typing import Any

from litestar import Request, get
from litestar.response.base import ASGIResponse

from peil.http.routing import Route

PYTHON = "text/x-python"


def route_of(program: Path) -> Route:
    """Where a program is served: under its own name."""
    return Route(method="GET", path_template=f"/{program.name}", produces=(PYTHON,))


def handler_of(program: Path) -> Any:
    """The Litestar handler that gives a program."""

    body = program.read_bytes()

    @get(f"/{program.name}")
    async def get_verifier(request: Request[Any, Any, Any]) -> ASGIResponse:
        return ASGIResponse(
            body=body,
            status_code=200,
            media_type=PYTHON,
            headers={
                "cache-control": "public, max-age=3600",
                "content-disposition": f'attachment; filename="{program.name}"',
            },
        )

    return get_verifier

"""Pages for people: what each error means (the `type` of every problem document leads here), and how a page looks."""

from html import escape
from typing import Any

from litestar import Request, get
from litestar.response.base import ASGIResponse

from peil import problems
from peil.errors import NotFound
from peil.http.routing import Route
from peil.problem_texts import PROBLEMS
from peil.rest_handlers import headers_of

HTML = "text/html"

ROUTES = (
    Route(method="GET", path_template="/problems", produces=(HTML,)),
    Route(method="GET", path_template="/problems/{code}", produces=(HTML,)),
)

_PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title} · Peil</title>
<h1>{title}</h1>
{body}
"""


def handlers() -> list[Any]:
    """Litestar handlers of the pages."""

    @get("/problems")
    async def list_problems(request: Request[Any, Any, Any]) -> ASGIResponse:
        language = problems.language_of(headers_of(request.scope).get("accept-language"))
        entries = "".join(
            f'<li><a href="/problems/{code}"><code>{code}</code></a> {escape(text.title[language])}</li>\n'
            for code, text in sorted(PROBLEMS.items())
        )
        title = {"nl": "Foutmeldingen", "en": "Errors"}[language]
        return page_of(language, title, f"<ul>\n{entries}</ul>")

    @get("/problems/{code:str}")
    async def get_problem(request: Request[Any, Any, Any]) -> ASGIResponse:
        code = request.scope["peil.path"]["code"]  # type: ignore[typeddict-item]  # the edge put it there
        if code not in PROBLEMS:
            raise NotFound
        language = problems.language_of(headers_of(request.scope).get("accept-language"))
        title, detail = problems.text(code, language)
        return page_of(language, title, f"<p>{escape(detail)}</p>\n<p><code>{code}</code></p>")

    return [list_problems, get_problem]


def page_of(language: str, title: str, body: str, *, kept: bool = True) -> ASGIResponse:
    """A page with this title over `body`, which is HTML; `kept`: it is the same for everybody."""
    return ASGIResponse(
        body=_PAGE.format(language=language, title=escape(title), body=body).encode(),
        status_code=200,
        media_type=f"{HTML}; charset=utf-8",
        headers={"content-language": language, "cache-control": "public, max-age=3600" if kept else "no-store"},
    )

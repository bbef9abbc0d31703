"""The page behind an opt-out link: a mail program posts to it (RFC 8058), a person sees a button."""

from html import escape
from typing import Any

from litestar import Request, get, post
from litestar.response.base import ASGIResponse

from peil import problems
from peil.actor import NOBODY
from peil.http.routing import Route
from peil.messages import opting
from peil.messages.operations import OPT_OUT_PATH
from peil.operation import Call
from peil.pages import HTML, page_of
from peil.parts import Parts
from peil.rest_handlers import headers_of

FORM = ("application/x-www-form-urlencoded", "multipart/form-data")
_TICKET = OPT_OUT_PATH + "{ticket}"

# A mail program posts without an Accept that could be relied on.
ROUTES = (
    Route(method="GET", path_template=_TICKET, produces=(HTML,)),
    Route(method="POST", path_template=_TICKET, consumes=FORM, produces=(), max_body=16_384),
    Route(method="POST", path_template=_TICKET + "/revoke", consumes=FORM, produces=(), max_body=16_384),
)

_WORDS = {
    "nl": {
        "title": "Berichten van Peil",
        "wanted": "U krijgt berichten over metingen van het werk.",
        "unwanted": "U krijgt geen berichten meer. U blijft uitgenodigd en kunt gewoon meedoen.",
        "stop": "Stuur mij geen berichten meer",
        "go-on": "Stuur mij weer berichten",
    },
    "en": {
        "title": "Messages from Peil",
        "wanted": "You receive messages about surveys at work.",
        "unwanted": "You receive no messages any more. You stay invited and can still take part.",
        "stop": "Send me no more messages",
        "go-on": "Send me messages again",
    },
}


def handlers(parts: Parts) -> list[Any]:
    """Litestar handlers of the opt-out link; reading the page changes nothing, for mail scanners open every link."""

    @get(OPT_OUT_PATH + "{ticket:str}")
    async def show(request: Request[Any, Any, Any]) -> ASGIResponse:
        ticket = _ticket(request)
        chosen = await opting.read_ticket(Call(NOBODY, parts), ticket)
        return _page(request, ticket, opted_out=chosen.opted_out)

    @post(OPT_OUT_PATH + "{ticket:str}", status_code=200)
    async def opt_out(request: Request[Any, Any, Any]) -> ASGIResponse:
        ticket = _ticket(request)
        await opting.choose_by_ticket(Call(NOBODY, parts), ticket, opted_out=True)
        return _page(request, ticket, opted_out=True)

    @post(OPT_OUT_PATH + "{ticket:str}/revoke", status_code=200)
    async def opt_in(request: Request[Any, Any, Any]) -> ASGIResponse:
        ticket = _ticket(request)
        await opting.choose_by_ticket(Call(NOBODY, parts), ticket, opted_out=False)
        return _page(request, ticket, opted_out=False)

    return [show, opt_out, opt_in]


def _ticket(request: Request[Any, Any, Any]) -> str:
    ticket: str = request.scope["peil.path"]["ticket"]  # type: ignore[typeddict-item]  # the edge put it there
    return ticket


def _page(request: Request[Any, Any, Any], ticket: str, *, opted_out: bool) -> ASGIResponse:
    language = problems.language_of(headers_of(request.scope).get("accept-language"))
    words = _WORDS[language]
    action = OPT_OUT_PATH + escape(ticket) + ("/revoke" if opted_out else "")
    button = words["go-on" if opted_out else "stop"]
    body = (
        f"<p>{escape(words['unwanted' if opted_out else 'wanted'])}</p>\n"
        f'<form method="post" action="{action}"><button>{escape(button)}</button></form>'
    )
    return page_of(language, words["title"], body, kept=False)

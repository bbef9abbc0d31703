"""The files of the form and of the module that embeds it: read once, served by the intake to any page."""

from importlib.resources import files
from typing import NamedTuple

import msgspec

from peil.answering.words import WORDS
from peil.http.etag import etag_of
from peil.http.http_problem import Headers
from peil.http.routing import Route

MODULE = "/peil.js"
DOCUMENT = "/answer"

_TYPES = {"html": "text/html", "js": "text/javascript", "mjs": "text/javascript", "css": "text/css"}
# The form takes nothing from elsewhere and talks to nobody but the intake; any page may frame it, since there is
# nothing in it that acts for a person who is signed in.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
    " frame-ancestors *; require-trusted-types-for 'script'; trusted-types 'none'"
)


class Page(NamedTuple):
    """A file as it is served."""

    media_type: str
    body: bytes
    etag: str


def _read_pages() -> dict[str, Page]:
    """Every file by its path: `/peil.js`, `/answer`, and the rest beneath `/answer/`; the words are a module too."""
    pages = {}
    for file in files("peil.answering").joinpath("files").iterdir():
        named = {"peil.js": MODULE, "answer.html": DOCUMENT}
        body = file.read_bytes()
        pages[named.get(file.name, f"{DOCUMENT}/{file.name}")] = Page(
            _TYPES[file.name.rsplit(".", 1)[-1]], body, etag_of(body)
        )
    # Not every browser that people have can import JSON. The order of the words is that in which choices are shown.
    words = b"export default " + msgspec.json.encode(WORDS) + b";\n"
    return pages | {f"{DOCUMENT}/texts.js": Page(_TYPES["js"], words, etag_of(words))}


PAGES = _read_pages()

ROUTES = tuple(
    Route(method="GET", path_template=path, produces=(page.media_type,)) for path, page in sorted(PAGES.items())
)


def headers_of(page: Page) -> Headers:
    """What a page says of itself: how long it holds, and what it may do. Another may import it, but not its cookies."""
    said = {
        "content-type": f"{page.media_type}; charset=utf-8",
        "etag": page.etag,
        "cache-control": "public, no-cache",
        "cross-origin-resource-policy": "cross-origin",
        "content-security-policy": _POLICY,
    }
    return [(name.encode(), value.encode()) for name, value in said.items()]

"""Pages of lists: sealed cursors that are good for one employer, one list, one filter and one version only."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Annotated, Any, Generic, TypeVar, cast

import msgspec
from msgspec import Meta
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from peil.errors import Finding, Invalid
from peil.structs import Moment, Value, encode

T = TypeVar("T")
U = TypeVar("U")

_VERSION = "1"


Cursor = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=600,
        pattern=r"^[A-Za-z0-9_-]+(?![\s\S])",
        description="`next` of the page before; none: the first page.",
    ),
]


class PageQuery(Value, frozen=True, kw_only=True):
    """Which page of a list: how many, and where the page before ended."""

    limit: Annotated[int, Meta(ge=1, le=200, description="Items per page.")] = 50
    cursor: Cursor | None = None


class ChangedPageQuery(PageQuery, frozen=True, kw_only=True):
    """Which page of a list, and whether of all of it or of what has changed since a moment."""

    modified_after: Annotated[
        Moment | None,
        Meta(
            description="Only what was made or changed after this, by the employer's clock; employers, vendors, their "
            "links, clients, issuers and SCIM connections by real time. Ask again from five minutes before the last "
            "time you began to ask: what was written at the same time can come later, and some comes twice. What was "
            "deleted is in no list; the feed tells it. None: everything."
        ),
    ] = None


class Page(Value, Generic[T], frozen=True, kw_only=True, dict=True):
    """Some items of a list in its total order."""

    items: list[T]
    next: Annotated[str | None, Meta(description="Cursor of the next page; null: this is the last.")]


class Cursors:
    """Seals and opens cursors under the service's secret (XChaCha20-Poly1305), bound to what they are for."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret
        self._box = Aead(secret)

    def seal(self, place: Any, *bound_to: object) -> str:
        """An opaque text for `place`, the sort key of an item; it opens only with the same `bound_to`."""
        text, bound = msgspec.json.encode(place), _aad(bound_to)
        # The nonce is a keyed hash of everything, so that the same place has the same cursor and a page its ETag.
        nonce = blake2b(text + b"\0" + bound, digest_size=Aead.NONCE_SIZE, key=self._secret).digest()
        sealed = self._box.encrypt(text, bound, nonce)
        return urlsafe_b64encode(sealed).rstrip(b"=").decode()

    def open(self, cursor: str, kind: Any, *bound_to: object, at: str = "/query/cursor") -> Any:
        """The sort key in `cursor`, as `kind`; it stood `at` this place of the request.

        Raises Invalid for a cursor of another list or of nobody's making.
        """
        try:
            sealed = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            return msgspec.json.decode(self._box.decrypt(sealed, _aad(bound_to)), type=kind)
        except (CryptoError, ValueError, msgspec.DecodeError, msgspec.ValidationError):
            raise Invalid(Finding(at, "cursor")) from None


def _aad(bound_to: Sequence[object]) -> bytes:
    return encode([_VERSION, *bound_to])


def page(items: list[T], limit: int, cursor_of: Callable[[T], str]) -> Page[T]:
    """Cuts a list that was read with one item more than `limit` into a page."""
    is_last = len(items) <= limit
    cut = Page(items=items[:limit], next=None if is_last else cursor_of(items[limit - 1]))
    # GraphQL's connections need a cursor per item; it is not on the wire of REST.
    msgspec.structs.force_setattr(cut, "cursor_of", cursor_of)
    return cut


def mapped(cut: Page[T], into: Callable[[T], U]) -> Page[U]:
    """The same page with each item turned `into` something else, under the same cursors."""
    items = [into(item) for item in cut.items]
    origin = {id(made): item for made, item in zip(items, cut.items, strict=True)}
    result = Page(items=items, next=cut.next)
    cursor_of = cast("Any", cut).cursor_of
    msgspec.structs.force_setattr(result, "cursor_of", lambda made: cursor_of(origin[id(made)]))
    return result

"""The public keys of employers' issuers: found, fetched, renewed and kept here."""

import asyncio
import logging
from typing import Any, Literal, NamedTuple
from urllib.parse import urlsplit

import msgspec
from joserfc.jwk import Key

from peil import clock
from peil.access.public_keys import usable
from peil.errors import Busy, Unauthenticated
from peil.outbound import Outbound, Unreachable

_FRESH = 600.0
_AGAIN = 30.0
_UNSEEN = 3600.0
_MAX_DOCUMENT = 65_536
_MOST_KEYS = 100
_log = logging.getLogger(__name__)

Trouble = Literal["unreachable", "not-a-document", "issuer-differs", "no-usable-keys"]


class Source(NamedTuple):
    """Where the keys of an issuer are; `jwks_url` None: where its discovery document says."""

    issuer: str
    jwks_url: str | None


class Found(NamedTuple):
    """What was found there now: keys by kid, or what the trouble is."""

    jwks_url: str | None
    keys: dict[str, Key]
    trouble: Trouble | None


class _Kept(msgspec.Struct):
    keys: dict[str, Key]
    fetched_at: float | None
    """None: never yet."""
    tried_at: float


class IssuerKeys:
    """Public keys by source: kept ten minutes, asked again for an unknown kid at most every 30 s.

    All who need the same set wait for one fetch; for a known kid nobody waits, unless nobody has looked for an hour. A
    set that cannot be fetched leaves the known keys in use, and one bad key does not spoil the others.
    """

    def __init__(self, outbound: Outbound) -> None:
        self._outbound = outbound
        self._kept: dict[Source, _Kept] = {}
        self._fetching: dict[Source, asyncio.Task[_Kept]] = {}

    async def key(self, source: Source, kid: str) -> Key:
        """The key `kid`. Raises Unauthenticated where the issuer does not publish it, Busy where nobody knows."""
        kept = self._kept.get(source)
        if kept is None or kept.fetched_at is None or kid not in kept.keys or _is_over(kept.tried_at, _UNSEEN):
            kept = await self._refreshed(source, kept)
        elif _is_over(kept.fetched_at, _FRESH):
            self._refreshing(source, kept)
        if kept.fetched_at is None:
            raise Busy(int(_AGAIN))
        if kid not in kept.keys:
            raise Unauthenticated("kid")
        return kept.keys[kid]

    async def look(self, source: Source) -> Found:
        """What is there now, whatever is kept."""
        try:
            url = source.jwks_url or await self._discover(source.issuer)
        except _TroubleError as error:
            return Found(None, {}, error.trouble)
        try:
            document = await self._document(url)
        except _TroubleError as error:
            return Found(url, {}, error.trouble)
        entries = document.get("keys")
        keys = _import(entries) if isinstance(entries, list) else {}
        return Found(url, keys, None if keys else "no-usable-keys")

    async def _refreshed(self, source: Source, kept: _Kept | None) -> _Kept:
        fetching = self._refreshing(source, kept)
        if isinstance(fetching, _Kept):
            return fetching
        # Who goes away must not take the keys from the others who wait.
        return await asyncio.shield(fetching)

    def _refreshing(self, source: Source, kept: _Kept | None) -> asyncio.Task[_Kept] | _Kept:
        """The one fetch that is under way; or what is kept, where somebody asked a moment ago."""
        fetching = self._fetching.get(source)
        if fetching is None:
            if kept is not None and not _is_over(kept.tried_at, _AGAIN):
                return kept
            fetching = asyncio.create_task(self._fetch(source, kept))
            self._fetching[source] = fetching
            fetching.add_done_callback(lambda _: self._fetching.pop(source))
        return fetching

    async def _fetch(self, source: Source, kept: _Kept | None) -> _Kept:
        kept = kept or _Kept(keys={}, fetched_at=None, tried_at=0.0)
        kept.tried_at = clock.elapsed()
        self._kept[source] = kept
        found = await self.look(source)
        if found.trouble is None:
            kept.keys, kept.fetched_at = found.keys, kept.tried_at
        else:
            _log.warning("the keys of the issuer at %s: %s", urlsplit(source.issuer).hostname, found.trouble)
        return kept

    async def _discover(self, issuer: str) -> str:
        """Where the keys are (OpenID Connect Discovery 1.0, section 4), if the document is this issuer's own."""
        document = await self._document(f"{issuer.removesuffix('/')}/.well-known/openid-configuration")
        if document.get("issuer") != issuer:
            raise _TroubleError("issuer-differs")
        url = document.get("jwks_uri")
        if not isinstance(url, str):
            raise _TroubleError("not-a-document")
        return url

    async def _document(self, url: str) -> dict[str, Any]:
        try:
            document = msgspec.json.decode(await self._outbound.fetch(url, max_bytes=_MAX_DOCUMENT))
        except Unreachable:
            raise _TroubleError("unreachable") from None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise _TroubleError("not-a-document") from None
        if not isinstance(document, dict):
            raise _TroubleError("not-a-document")
        return document


class _TroubleError(Exception):
    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble)
        self.trouble = trouble


def _is_over(since: float, seconds: float) -> bool:
    return clock.elapsed() - since > seconds


def _import(entries: list[Any]) -> dict[str, Key]:
    keys = {}
    for entry in entries[:_MOST_KEYS]:
        if not isinstance(entry, dict) or not isinstance(entry.get("kid"), str):
            continue
        key = usable(entry)
        if key is not None:
            keys[entry["kid"]] = key
    return keys

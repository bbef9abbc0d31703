"""Planted faults: the service as it would be if an exit looked at how many answered in a small unit."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from adversary.stage import ANSWERING, LEAVES, Staged
from support.house import PUBLIC_URL, Persona

Headers = dict[bytes, bytes]
# What becomes of the status, the headers and the body of an answer about a unit in which so many answered.
Leak = Callable[[int, Headers, bytes, int], tuple[int, Headers, bytes]]


def in_a_header(status: int, headers: Headers, body: bytes, n: int) -> tuple[int, Headers, bytes]:
    return status, headers | {b"x-answered": str(n).encode()}, body


def in_the_size(status: int, headers: Headers, body: bytes, n: int) -> tuple[int, Headers, bytes]:
    padded = body + b" " * n
    return status, headers | {b"content-length": str(len(padded)).encode()}, padded


def in_the_tag(status: int, headers: Headers, body: bytes, n: int) -> tuple[int, Headers, bytes]:
    return status, headers | {b"etag": b'"' + b"x" * n + b'"'}, body


def in_the_status(status: int, headers: Headers, body: bytes, n: int) -> tuple[int, Headers, bytes]:
    return status if n else 404, headers, body


def in_the_words(status: int, headers: Headers, body: bytes, n: int) -> tuple[int, Headers, bytes]:
    return status, headers, body.replace(b"o", b"0") if n else body


LEAKS: list[Leak] = [in_a_header, in_the_size, in_the_tag, in_the_status, in_the_words]


@asynccontextmanager
async def leaking(staged: Staged, number: int, leak: Leak) -> AsyncIterator[Persona]:
    """HR of the first employer (0) or the second, before a service that leaks."""
    answered = {staged.cast.units[leaf].encode(): ANSWERING[number][leaf] for leaf in LEAVES}

    async def application(scope: Any, receive: Any, send: Any) -> None:
        asked = [scope["path"].encode(), scope["query_string"]]
        sent: list[dict[str, Any]] = []

        async def heard() -> Any:
            message = await receive()
            asked.append(message.get("body", b""))
            return message

        async def kept(message: dict[str, Any]) -> None:
            sent.append(message)

        await staged.cast.house.application(scope, heard, kept)
        start = sent[0]
        status, headers, body = start["status"], dict(start["headers"]), b"".join(m.get("body", b"") for m in sent)
        for unit_id, n in answered.items():
            if any(unit_id in part for part in asked):
                status, headers, body = leak(status, headers, body, n)
        await send({**start, "status": status, "headers": list(headers.items())})
        await send({"type": "http.response.body", "body": body})

    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=PUBLIC_URL) as http:
        yield Persona(http, staged.cast.hr.token)

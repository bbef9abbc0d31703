"""A receiver of webhooks, which agrees to be sent events as it is told to, or does not."""

import asyncio
from typing import Any


class Receiver:
    """Answers OPTIONS with this status and this header, and takes everything else."""

    def __init__(self, status: int = 200, allowed: str | None = "*", **headers: str) -> None:
        self.status = status
        self.headers = headers | ({} if allowed is None else {"WebHook-Allowed-Origin": allowed})
        self.asked: list[tuple[str, dict[str, str]]] = []
        """Methods and headers of what came."""
        self.answers = asyncio.Event()
        """Unset while it lets everybody wait."""
        self.answers.set()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        headers = {name.decode(): value.decode() for name, value in scope["headers"]}
        self.asked.append((scope["method"], headers))
        await self.answers.wait()
        is_handshake = scope["method"] == "OPTIONS"
        said = [(name.encode(), value.encode()) for name, value in self.headers.items()] if is_handshake else []
        await send({"type": "http.response.start", "status": self.status if is_handshake else 204, "headers": said})
        await send({"type": "http.response.body", "body": b""})

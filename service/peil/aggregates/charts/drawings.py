"""Pictures that were drawn once, ready to be sent; and the one thread that draws, with a queue that ends."""

import asyncio
from collections import Counter, OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from uuid import UUID

from peil.errors import Busy

_MOST_BYTES = 32 * 1024 * 1024
MOST_WAITING = 32
# A page of one employer may ask for all its charts at once, and yet leaves room for the others.
MOST_OF_ONE = 12


class Drawings:
    """By ETag, which is a hash of all that a picture is drawn from: nothing here is ever stale.

    Who may see a picture was decided when its chart was made; here is only what was asked for by its content.
    The least recently sent go when there are too many bytes.
    """

    def __init__(self, most_bytes: int = _MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0
        self._underway: dict[str, asyncio.Future[bytes]] = {}
        self._waiting: Counter[UUID] = Counter()
        # The renderer has one thread of its own, so a second one here would only wait.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="charts")

    async def get(self, employer_id: UUID, etag: str, draw: Callable[[], bytes]) -> bytes:
        """The picture with this ETag, drawn in the thread if it was not. Raises Busy where too many wait."""
        known = self._kept.get(etag)
        if known is not None:
            self._kept.move_to_end(etag)
            return known
        underway = self._underway.get(etag)
        if underway is None:
            if len(self._underway) >= MOST_WAITING or self._waiting[employer_id] >= MOST_OF_ONE:
                raise Busy(retry_after=2)
            underway = asyncio.get_running_loop().run_in_executor(self._thread, draw)
            self._underway[etag] = underway
            self._waiting[employer_id] += 1
            underway.add_done_callback(partial(self._finish, employer_id, etag))
        # Others may wait for the same picture when this caller goes away.
        return await asyncio.shield(underway)

    def close(self) -> None:
        """Draws nothing any more; what is being drawn is let go."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    def _finish(self, employer_id: UUID, etag: str, drawn: asyncio.Future[bytes]) -> None:
        del self._underway[etag]
        self._waiting[employer_id] -= 1
        if not self._waiting[employer_id]:
            del self._waiting[employer_id]
        if drawn.cancelled() or drawn.exception() is not None or len(drawn.result()) > self._most_bytes:
            return
        self._kept[etag] = drawn.result()
        self._bytes += len(drawn.result())
        while self._bytes > self._most_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._bytes -= len(oldest)

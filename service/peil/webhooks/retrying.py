"""When a delivery is tried again, and what an answer means."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from peil.webhooks.sending_model import Disabled, Outcome

PAUSES = (
    timedelta(seconds=5),
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""After each failure; after one more it has failed for good."""
SPREAD = 0.2
"""The share by which a pause is longer or shorter, so that what failed together does not come back together."""
LONGEST_WAIT = timedelta(days=1)
FAILING = timedelta(days=3)
"""An endpoint that has taken nothing for so long, while it was tried, is disabled."""
IMPATIENCE = max(PAUSES[:3]) * (1 + SPREAD)
"""In a sandbox a pause up to this one also ends when as much real time has passed.

Its clock may stand still: who mends a receiver there need not move it to see the first three retries. The later ones
wait for the clock, so that nobody has to wait for days.
"""
KEPT = timedelta(days=30)
"""How long is told what became of a delivery."""

_GONE = 410
_WORDS: Mapping[Disabled, Outcome] = {
    "gone": "endpoint-gone",
    "failing": "endpoint-failing",
    "link-ended": "link-ended",
}


def outcome_of(status: int) -> Outcome:
    """What a status means: only 2xx is a receipt, and nobody is followed elsewhere."""
    if 200 <= status < 300:
        return "delivered"
    if status == _GONE:
        return "gone"
    return "redirected" if 300 <= status < 400 else "refused"


def outcome_for(disabled_for: Disabled) -> Outcome:
    """What becomes of a delivery that waits when its endpoint is disabled."""
    return _WORDS[disabled_for]


def next_attempt(attempts: int, now: datetime, chance: float, retry_after: timedelta | None) -> datetime | None:
    """When a delivery that failed so often is tried again (None: never); `chance` from 0 to 1 spreads the pauses."""
    if attempts > len(PAUSES):
        return None
    pause = PAUSES[attempts - 1] * (1 - SPREAD + 2 * SPREAD * chance)
    return now + max(pause, retry_after or pause)


def wait_of(header: str | None, at: datetime) -> timedelta | None:
    """What a Retry-After asks for (RFC 9110, section 10.2.3), at most a day; None: nothing that can be read."""
    if header is None:
        return None
    text = header.strip()
    try:
        if text.isascii() and text.isdigit():
            # More digits than a day has seconds are more than a day.
            wait = timedelta(seconds=int(text)) if len(text) < 7 else LONGEST_WAIT
        else:
            until = parsedate_to_datetime(text)
            wait = (until if until.tzinfo else until.replace(tzinfo=UTC)) - at
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(wait, timedelta()), LONGEST_WAIT)

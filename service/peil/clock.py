"""The only clock of the house; SQL never asks for the time."""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """Real time in UTC. What an employer plans goes by `Transaction.now`, which a test clock may move."""
    return datetime.now(UTC)


def elapsed() -> float:
    """Seconds since some moment, however the time of day is set: for how long something has been remembered."""
    return time.monotonic()

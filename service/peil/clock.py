"""The only clock of the house; SQL never asks for the time."""

from datetime import UTC, datetime


def now() -> datetime:
    """Real time in UTC. What an employer plans goes by `Transaction.now`, which a test clock may move."""
    return datetime.now(UTC)

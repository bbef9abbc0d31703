"""What a check says: what was looked at, what was found there and what to do about it."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from peil.structs import Value

Verdict = Literal["ok", "warning", "wrong"]


class CheckError(Exception):
    """A check could not be made; the message says at what it stopped."""


class Line(Value, frozen=True, kw_only=True):
    """One thing that was looked at; `name` is for machines and stays, the rest is for people."""

    name: str
    looked_at: str
    verdict: Verdict
    found: list[str]
    to_do: str | None
    """None: there is nothing to do."""


class WaveKeys(Value, frozen=True, kw_only=True):
    """A wave as far as its keys are concerned: `keys` as the wave says, `admitted` and `public_key` as the intake."""

    wave_id: UUID
    state: str
    keys: str
    admitted: str | None
    """None: the intake was never told of it."""
    public_key: bytes | None
    """None: the intake was never told of it."""
    late: float | None
    """For how many seconds the destruction of the key has been due, negative before; None: it is not planned."""
    issuing_ids: list[UUID]
    """Of the keys that sign its answer tokens; none in another mode than blind."""
    issuing_keys: list[bytes]
    """The public half of each."""


def judge(name: str, looked_at: str, found: Sequence[str], to_do: str, verdict: Verdict = "wrong") -> Line:
    """`ok` where nothing was found, `verdict` otherwise."""
    if not found:
        return Line(name=name, looked_at=looked_at, verdict="ok", found=[], to_do=None)
    return Line(name=name, looked_at=looked_at, verdict=verdict, found=list(found), to_do=to_do)


def measure(name: str, looked_at: str, strongest: float, limit: float, to_do: str) -> Line:
    """`ok` where the strongest rank correlation that was found lies below the limit."""
    found = [f"strongest rank correlation {strongest:+.3f}, of at most {limit} allowed"]
    is_linked = abs(strongest) >= limit
    verdict: Verdict = "wrong" if is_linked else "ok"
    return Line(name=name, looked_at=looked_at, verdict=verdict, found=found, to_do=to_do if is_linked else None)


def unseen(name: str, looked_at: str, why: str, to_do: str) -> Line:
    """What could not be looked at: a warning, since nobody knows what is there."""
    return Line(name=name, looked_at=looked_at, verdict="warning", found=[f"not looked at: {why}"], to_do=to_do)


def has_failed(lines: Sequence[Line]) -> bool:
    """Whether anything is wrong; warnings are not."""
    return any(line.verdict == "wrong" for line in lines)

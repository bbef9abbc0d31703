"""What can go wrong, in the words of the domain; knows no HTTP (`problems.py` does)."""

from collections.abc import Collection, Iterator, Sequence

import msgspec


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong: where (a JSON pointer into the input), which rule (a stable code), what it says.

    `params` fill the placeholders of the code's text in the caller's language.
    """

    pointer: str
    code: str
    params: dict[str, str | int | float] = {}


def unknown_items(
    given: Sequence[object], known: Collection[object], at: str, code: str, member: str = ""
) -> Iterator[Finding]:
    """A finding of this code for each item of the list `at` that is not known; `member`: where in the item it is."""
    return (Finding(f"{at}/{place}{member}", code) for place, one in enumerate(given) if one not in known)


def repeated_items(given: Sequence[object], at: str) -> Iterator[Finding]:
    """A finding `duplicate-item` for each item of the list `at` that stands before it already."""
    seen = set[object]()
    for place, one in enumerate(given):
        if one in seen:
            yield Finding(f"{at}/{place}", "duplicate-item")
        seen.add(one)


class PeilError(Exception):
    """The root of all domain errors; `code` is stable and part of the contract."""

    code: str = "internal"

    def __init__(self, *findings: Finding, **params: str | int) -> None:
        super().__init__(self.code)
        self.findings: Sequence[Finding] = findings
        self.params = params


class Invalid(PeilError):
    """The input is malformed or breaks a rule that does not depend on the state of anything."""

    code = "invalid-input"


class NotFound(PeilError):
    """There is no such thing here; another employer's things do not exist either."""

    code = "not-found"


class Conflict(PeilError):
    """The state of the thing forbids it. `code` says which rule; subclasses are not needed for each."""

    code = "conflict"

    def __init__(self, code: str, *findings: Finding, **params: str | int) -> None:
        self.code = code
        super().__init__(*findings, **params)


class Unauthenticated(PeilError):
    """Nobody is known to ask: no token, or one that is not valid."""

    code = "unauthenticated"

    def __init__(self, reason: str | None = None) -> None:
        super().__init__()
        self.reason = reason


class ProofRefused(Unauthenticated):
    """The proof that the key of a bound token is held (RFC 9449) is missing or wrong; the finding says what."""

    code = "dpop-proof"

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.findings = (Finding("/header/DPoP", code),)


class Denied(PeilError):
    """Somebody known asks for what their roles do not allow."""

    code = "denied"

    def __init__(self, code: str = "denied", *findings: Finding, **params: str | int) -> None:
        self.code = code
        super().__init__(*findings, **params)


class MatchRequired(PeilError):
    """A change to a shared thing must say which version of it was seen (If-Match)."""

    code = "match-required"


class Stale(PeilError):
    """The thing has changed since the caller saw it."""

    code = "stale"


class KeyReused(PeilError):
    """An idempotency key came back with a different request."""

    code = "idempotency-key-reused"


class TooMany(PeilError):
    """The caller asks more often than its limit; `retry_after` in seconds."""

    code = "rate-limited"

    def __init__(self, retry_after: int) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after


class Busy(PeilError):
    """The service cannot take more at this moment; nothing was done. `retry_after` in seconds."""

    code = "busy"

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after

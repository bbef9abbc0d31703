"""Errors as callers see them: RFC 9457 problem documents and GraphQL results; the only place that knows both."""

from functools import lru_cache
from typing import Annotated, Any

from msgspec import Meta

from peil.errors import (
    Busy,
    Conflict,
    Denied,
    Finding,
    Invalid,
    KeyReused,
    MatchRequired,
    NotFound,
    PeilError,
    ProofRefused,
    Stale,
    TooMany,
    Unauthenticated,
)
from peil.finding_texts import FINDINGS, FORMATS
from peil.http.http_problem import HttpProblem
from peil.plain_text import plain
from peil.problem_texts import PROBLEMS
from peil.request_problem_texts import Text
from peil.scim_problem_texts import REQUEST, SCIM_PROBLEMS
from peil.structs import Value, encode

MEDIA_TYPE = "application/problem+json"
_NEEDED = {"nl": "; nodig is de scope `{scope}`", "en": "; it takes the scope `{scope}`"}
LANGUAGES = ("en", "nl")

STATUS: dict[type[PeilError], int] = {
    Invalid: 400,
    Unauthenticated: 401,
    Denied: 403,
    NotFound: 404,
    Conflict: 409,
    Stale: 412,
    KeyReused: 422,
    MatchRequired: 428,
    TooMany: 429,
    PeilError: 500,
    Busy: 503,
}

# What happens before the token endpoint is reached, in the words of RFC 6749, section 5.2; all else is invalid_request.
_OAUTH = {500: "server_error", 503: "temporarily_unavailable"}


# The proof is good, but not for this token.
_OF_TOKEN = {"dpop-needed", "dpop-not-bound", "dpop-other-key"}
_METADATA = "/.well-known/oauth-protected-resource"
_ALGORITHMS = "RS256 PS256 ES256 ES384 EdDSA"

# RFC 7644, sections 3.12 and 8.1.
_SCIM = "application/scim+json"
_SCIM_ERROR = "urn:ietf:params:scim:api:messages:2.0:Error"
# No access token opens SCIM, bound to a key or not, so no challenge leads to where they are issued.
_SCIM_CHALLENGE = 'Bearer realm="peil-scim"'


# Another token of the same caller may be let in.
_NARROW = ("denied", "resource-needed")


class ProblemFinding(Value, frozen=True, kw_only=True):
    """One thing that is wrong with the input."""

    pointer: Annotated[str, Meta(description="JSON pointer into the body, or /query/name, /header/name.")]
    code: Annotated[str, Meta(description="Stable; `detail` says it in words.")]
    detail: str


class Problem(Value, frozen=True, kw_only=True):
    """An error, as RFC 9457 describes it."""

    type: Annotated[str, Meta(description="A page of this service that explains the error.")]
    title: str
    status: Annotated[int, Meta(ge=400, le=599)]
    detail: str
    instance: Annotated[str, Meta(description="urn:uuid of this request; name it when you ask for help.")]
    code: Annotated[str, Meta(description="Stable; all are explained at `/problems`.")]
    errors: list[ProblemFinding]


def language_of(accept_language: str | None, default: str = "en") -> str:
    """The language to answer in: the first supported one by quality (RFC 9110, section 12.5.4)."""
    return _preferred(accept_language[:500], default) if accept_language else default


@lru_cache(maxsize=1024)
def _preferred(accept_language: str, default: str) -> str:
    best, best_quality = default, 0.0
    for part in accept_language.split(","):
        tag, _, parameters = part.strip().partition(";")
        primary = tag.split("-")[0].lower()
        quality = _quality(parameters)
        if primary in LANGUAGES and quality > best_quality:
            best, best_quality = primary, quality
    return best


def _quality(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip() != "q":
        return 1.0
    try:
        return max(0.0, min(1.0, float(value)))
    except ValueError:
        return 0.0


def status_of(error: PeilError) -> int:
    """The HTTP status of a domain error; what is not in the table is a 500."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)


def problem(error: PeilError, language: str, request_id: str, *, status: int | None = None) -> Problem:
    """The problem document of `error`, with all its findings, in `language`."""
    title, detail = text(error.code, language, dict(error.params))
    return Problem(
        type=f"/problems/{error.code}",
        title=title,
        status=status or status_of(error),
        detail=detail,
        instance=request_id,
        code=error.code,
        errors=[finding(found, language) for found in error.findings],
    )


def finding(found: Finding, language: str) -> ProblemFinding:
    """A finding with its text."""
    said = dict(found.params)
    if said.get("format") in FORMATS:
        said["format"] = FORMATS[str(said["format"])][language]
    return ProblemFinding(pointer=found.pointer, code=found.code, detail=_fill(FINDINGS[found.code], language, said))


def text(code: str, language: str, params: dict[str, str | int] | None = None) -> tuple[str, str]:
    """Title and detail of an error code in `language`."""
    known, said = PROBLEMS[code], params or {}
    needed = _NEEDED[language].format_map(said) if "scope" in said else ""
    return known.title[language], _fill(known.detail, language, {**said, "needed": needed})


def _fill(template: Text, language: str, params: Any) -> str:
    return template[language].format_map(_Said(params))


class _Said(dict[str, Any]):
    """What fills the placeholders of a text; nothing is said where a text is only explained."""

    def __getitem__(self, name: str) -> "_Filling":
        return _Filling(self.get(name, "…"))


class _Filling:
    """A value in a text: itself, or of two words the one that goes with it as a number."""

    __slots__ = ("_value",)

    def __init__(self, value: Any) -> None:
        self._value = value

    def __format__(self, words: str) -> str:
        one, _, more = words.partition("|")
        if more:
            return one if self._value == 1 else more
        return format(self._value, words)


def headers_of(error: PeilError, metadata_url: str = "") -> dict[str, str]:
    """Headers that belong to an error beside the document."""
    if isinstance(error, (Busy, TooMany)):
        return {"retry-after": str(error.retry_after)}
    if isinstance(error, Unauthenticated):
        return {"www-authenticate": _challenges(error, metadata_url + _METADATA)}
    if isinstance(error, Denied):
        needed = f', scope="{error.params["scope"]}"' if "scope" in error.params else ""
        told = f'Bearer resource_metadata="{metadata_url}{_METADATA}", error="insufficient_scope"{needed}'
        return {"www-authenticate": told} if error.code in _NARROW else {}
    return {}


def _challenges(error: Unauthenticated, metadata: str) -> str:
    """How to sign in (RFC 6750, section 3; RFC 9449, section 7.1), what was wrong, and where to read on (RFC 9728)."""
    told = f'resource_metadata="{metadata}"'
    if isinstance(error, ProofRefused):
        (found,) = error.findings
        fault = "invalid_token" if found.code in _OF_TOKEN else "invalid_dpop_proof"
        return f'DPoP {told}, error="{fault}", algs="{_ALGORITHMS}"'
    fault = ', error="invalid_token"' if error.reason else ""
    return f'Bearer {told}{fault}, DPoP {told}, algs="{_ALGORITHMS}"'


def render(scope: Any, error: Exception, public_url: str = "") -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of the answer to a request that failed; what nobody planned for is `internal`."""
    language = scope.get("peil.language") or language_of(_header(scope, b"accept-language"))
    if isinstance(error, HttpProblem):
        known, status = PeilError(**error.params), error.status
        known.code = error.code
    else:
        known = error if isinstance(error, PeilError) else PeilError()
        status = status_of(known)
    headers = headers_of(known, public_url)
    style = _style(scope)
    if style == "oauth":
        said = plain(text(known.code, language)[0])
        body = encode({"error": _OAUTH.get(status, "invalid_request"), "error_description": said})
        headers |= {"content-type": "application/json", "content-language": language}
    elif style == "scim":
        detail = _scim_detail(known, language, scope["peil.request_id"] if status >= 500 else None)
        body = encode({"schemas": [_SCIM_ERROR], "status": str(status), "detail": detail})
        challenge = {"www-authenticate": _SCIM_CHALLENGE} if "www-authenticate" in headers else {}
        headers |= {"content-type": _SCIM, "content-language": language, **challenge}
    else:
        body = encode(problem(known, language, scope["peil.request_id"], status=status))
        headers |= {"content-type": MEDIA_TYPE, "content-language": language}
    return status, [(name.encode(), value.encode()) for name, value in headers.items()], body


def _scim_detail(error: PeilError, language: str, request_id: str | None) -> str:
    """All there is to say of an error: SCIM's own have one text, and nothing beside it (RFC 7644, section 3.12).

    The number of the request is told where the log has it, which is of failures.
    """
    own = SCIM_PROBLEMS.get(error.code)
    said = own[language] if own else text(error.code, language, dict(error.params))[1]
    found = [finding(one, language).detail for one in error.findings]
    number = [_fill(REQUEST, language, {"request_id": request_id})] if request_id else []
    return " ".join((said, *found, *number))


def _style(scope: Any) -> str:
    """In whose words an error is told: those of the route, or of the specification whose paths begin so."""
    route = scope.get("peil.route")
    if route is None:
        return "scim" if scope["path"].startswith("/scim/") else "problem"
    return str(route.errors)


def _header(scope: Any, name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in scope["headers"] if key == name), None)

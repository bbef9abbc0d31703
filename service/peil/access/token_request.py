"""What a client sends to the OAuth endpoints, read: its form, how it proves itself, and which key it holds."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple
from urllib.parse import parse_qsl

from authlib.oauth2.rfc6749.util import extract_basic_authorization

from peil import clock, problems
from peil.access import dpop
from peil.access.clients.model import AssertionProof, Proof, PublicProof, SecretProof
from peil.access.clients.targets import InvalidTarget, Target, target_of
from peil.access.dpop import HeldKey, Shown
from peil.access.oauth_texts import Told, told
from peil.actor import NOBODY
from peil.errors import ProofRefused
from peil.operation import Call
from peil.parts import Parts
from peil.plain_text import plain

TOKEN_PATH = "/oauth/token"  # noqa: S105  # a path
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_ASSERTION_FORM = frozenset({"client_assertion", "client_assertion_type"})
# RFC 7617, section 2. The decoder would skip what is no Base64, such as the comma that joins two headers.
_BASIC = re.compile(r"basic +[A-Za-z0-9+/]+={0,2}", re.IGNORECASE)

OAuthCode = Literal[
    "invalid_request",
    "invalid_client",
    "invalid_grant",
    "invalid_scope",
    "unsupported_grant_type",
    # RFC 8707, section 2; RFC 9396, section 5; RFC 9449, section 5.
    "invalid_target",
    "invalid_authorization_details",
    "invalid_dpop_proof",
]


class OAuthRefused(Exception):
    """A refusal in the words of OAuth (RFC 6749, section 5.2), and what to tell of it."""

    def __init__(self, code: OAuthCode, told: Told, status: int = 400) -> None:
        super().__init__(code)
        self.code = code
        self.told = told
        self.status = status


class TokenRequest(NamedTuple):
    """What a grant goes by. `origin` None: no page of a browser asks. `held` None: the token is bound to no key."""

    parts: Parts
    form: Mapping[str, str]
    target: Target
    proof: Proof
    origin: str | None
    held: HeldKey | None

    @property
    def nobody(self) -> Call:
        """The call of whoever has proven nothing yet."""
        return Call(NOBODY, self.parts)


def read(parts: Parts, headers: Mapping[str, str], body: bytes, held: HeldKey | None) -> TokenRequest:
    """The request, with how its client proves itself: in one way only (RFC 6749, section 2.3). Raises OAuthRefused."""
    authorization, origin = headers.get("authorization"), headers.get("origin")
    proof: Proof | None = None if authorization is None else _basic(authorization)
    form, resources = _form(body)
    try:
        target = target_of(resources, parts.settings.public_url)
    except InvalidTarget as error:
        raise no_target(error) from None
    if not _ASSERTION_FORM.isdisjoint(form):
        if proof is not None:
            raise OAuthRefused("invalid_request", told("proven-twice"))
        proof = _assertion(form)
    if proof is None:
        if "client_id" not in form:
            raise no_client(None)
        proof = PublicProof(form["client_id"], origin)
    return TokenRequest(parts, form, target, proof, origin, held)


def held_key(parts: Parts, headers: Mapping[str, str]) -> HeldKey | None:
    """The key that a request for a token shows to be held; None: it shows none. Raises OAuthRefused."""
    if "dpop" not in headers:
        return None
    try:
        shown = Shown("POST", f"{parts.settings.public_url}{TOKEN_PATH}", headers["dpop"])
        return dpop.check(shown, clock.now(), None)
    except ProofRefused as error:
        raise no_proof(error) from None


def no_client(proof: Proof | None) -> OAuthRefused:
    """The refusal of whoever is no client, or has not proven to be it."""
    # A browser that is asked for a password would ask the person who looks at the page.
    return OAuthRefused("invalid_client", told("no-client"), 400 if isinstance(proof, PublicProof) else 401)


def no_target(error: InvalidTarget) -> OAuthRefused:
    """The refusal of a resource."""
    return OAuthRefused("invalid_target", told(error.code, **error.params))


def no_proof(error: ProofRefused) -> OAuthRefused:
    """The refusal of a proof that a key is held."""
    (found,) = error.findings
    return OAuthRefused("invalid_dpop_proof", lambda language: plain(problems.finding(found, language).detail))


def _basic(authorization: str) -> SecretProof:
    if _BASIC.fullmatch(authorization) is None:
        raise no_client(None)
    try:
        client_id, secret = extract_basic_authorization({"Authorization": authorization})
    except ValueError:
        # It is no Base64, or not of UTF-8.
        raise no_client(None) from None
    if not client_id or not secret:
        raise no_client(None)
    return SecretProof(client_id, secret)


def _assertion(form: Mapping[str, str]) -> AssertionProof:
    """RFC 7521, section 4.2; the client that an assertion names must be the one of the form, where that has one."""
    if form.get("client_assertion_type") != ASSERTION_TYPE or "client_assertion" not in form:
        raise OAuthRefused("invalid_request", told("assertion-type", type=ASSERTION_TYPE))
    return AssertionProof(form["client_assertion"], form.get("client_id"))


def _form(body: bytes) -> tuple[dict[str, str], list[str]]:
    """The form of RFC 6749, section 4.4.2, and its resources.

    No other field may come twice, and unknown ones are ignored (section 3.2).
    """
    try:
        fields = parse_qsl(body.decode(), keep_blank_values=True, strict_parsing=bool(body), max_num_fields=50)
    except ValueError:
        raise OAuthRefused("invalid_request", told("no-form")) from None
    resources = [value for name, value in fields if name == "resource" and value]
    others = [(name, value) for name, value in fields if name != "resource"]
    form = dict(others)
    if len(form) < len(others):
        raise OAuthRefused("invalid_request", told("field-twice"))
    return {name: value for name, value in form.items() if value}, resources

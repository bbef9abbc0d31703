"""The shapes of tokens, and of the pages that may use them."""

from typing import Annotated, Literal

from msgspec import Meta

from peil.structs import Value

Origin = Annotated[
    str,
    Meta(
        max_length=300,
        pattern=r"^https?://[a-z0-9.-]+(:[0-9]{1,5})?(?![\s\S])",
        description="An origin as browsers send it: https, host and port; http only for a loopback test.",
    ),
]


class TokenResponse(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.1."""

    access_token: str
    token_type: Literal["Bearer"]
    expires_in: Annotated[int, Meta(description="Seconds.")]
    scope: Annotated[str, Meta(description="Granted scopes, separated by spaces.")]


class ExchangedToken(TokenResponse, frozen=True, kw_only=True, rename=None):
    """RFC 8693, section 2.2.1."""

    issued_token_type: Literal["urn:ietf:params:oauth:token-type:access_token"]


class OAuthError(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.2."""

    error: str
    error_description: str

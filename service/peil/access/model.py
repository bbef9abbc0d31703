"""The shapes of tokens, and of the pages that may use them."""

from typing import Annotated, Any, Literal, NamedTuple
from uuid import UUID

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


TokenType = Literal["Bearer", "DPoP"]


class Holder(NamedTuple):
    """To whom a token is given: the client, by which secret or key it has proven itself, and what binds the token.

    `credential` None: it is public. `key` None: whoever has the token can use it.
    """

    client_id: UUID
    credential: str | None
    key: str | None

    @property
    def token_type(self) -> TokenType:
        """How the token is sent (RFC 9449, section 5)."""
        return "Bearer" if self.key is None else "DPoP"

    def claims(self) -> dict[str, Any]:
        """What a token says of it beside the client."""
        own = {"credential": self.credential, "cnf": None if self.key is None else {"jkt": self.key}}
        return {name: value for name, value in own.items() if value is not None}


class TokenResponse(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.1."""

    access_token: str
    token_type: TokenType
    expires_in: Annotated[int, Meta(description="Seconds.")]
    scope: Annotated[str, Meta(description="Granted scopes, separated by spaces.")]


class ExchangedToken(TokenResponse, frozen=True, kw_only=True, rename=None):
    """RFC 8693, section 2.2.1."""

    issued_token_type: Literal["urn:ietf:params:oauth:token-type:access_token"]


class OAuthError(Value, frozen=True, kw_only=True, rename=None):
    """RFC 6749, section 5.2."""

    error: str
    error_description: str

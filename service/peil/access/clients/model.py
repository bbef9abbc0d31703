"""The shapes of clients, of their secrets and keys, and of how they prove who they are."""

from datetime import datetime
from typing import Annotated, Literal, NamedTuple
from uuid import UUID

from msgspec import Meta

from peil.access.model import Holder, Origin
from peil.structs import Name, Value

ClientRole = Literal[
    "administrator",
    "hr",
    "board",
    "works_council",
    "prevention_officer",
    "confidential_adviser",
    "occupational_health",
    "vendor_integration",
    "message_delivery",
]
ClientState = Literal["active", "revoked"]
KeyAlgorithm = Literal["RS256", "PS256", "ES256", "ES384", "EdDSA"]
KeyMember = Annotated[str, Meta(min_length=1, max_length=1400, pattern=r"^[A-Za-z0-9_-]+(?![\s\S])")]


class ClientKey(Value, frozen=True, kw_only=True):
    """A public key with which a client signs its assertions, as RFC 7517 writes it; a private member is refused."""

    kid: Annotated[Name, Meta(description="What the header of an assertion calls it.")]
    kty: Literal["RSA", "EC", "OKP"]
    alg: Annotated[KeyAlgorithm, Meta(description="The one algorithm that its signatures are verified with.")]
    use: Literal["sig"] = "sig"
    n: Annotated[KeyMember | None, Meta(description="RSA: the modulus, of 2048 bits at least.")] = None
    e: Annotated[KeyMember | None, Meta(description="RSA: the exponent.")] = None
    crv: Annotated[Literal["P-256", "P-384", "Ed25519"] | None, Meta(description="EC and OKP: the curve.")] = None
    x: Annotated[KeyMember | None, Meta(description="EC and OKP.")] = None
    y: Annotated[KeyMember | None, Meta(description="EC.")] = None


Keys = Annotated[
    list[ClientKey],
    Meta(
        max_length=5,
        description="With these it proves itself by private_key_jwt (RFC 7523) and has no secret. "
        "Two during a rotation: the new one beside the old.",
    ),
]
Origins = Annotated[
    list[Origin],
    Meta(max_length=20, description="Where the pages are that show its widgets; a public client has one at least."),
]

DpopBound = Annotated[
    bool,
    Meta(
        description="true: it gets tokens bound to a key that it proves to hold (DPoP, RFC 9449), and no others; "
        "those it had of another kind stop working within a minute."
    ),
]


class ClientNew(Value, frozen=True, kw_only=True):
    """A client to create: what it is called, which roles it acts in, and where its widgets are shown.

    A public client is a page without a back end: it has no secret and no role, and turns the token of whoever is
    signed in there into one for a widget.
    """

    name: Name
    roles: Annotated[list[ClientRole], Meta(max_length=8, description="At least one; of a public client none.")] = []
    origins: Origins = []
    public: Annotated[bool, Meta(description="true: it runs in a browser, where nothing can be kept secret.")] = False
    keys: Keys = []
    dpop_bound: DpopBound = False


class VendorClientNew(Value, frozen=True, kw_only=True):
    """A client of a vendor's own: it acts for whichever employer it names, if that lets the vendor act."""

    name: Name
    keys: Keys = []
    dpop_bound: DpopBound = False


class ClientChange(Value, frozen=True, kw_only=True):
    """What can be changed of a client; for other roles another client is made."""

    name: Name
    origins: Origins = []
    keys: Keys = []
    dpop_bound: DpopBound = False


class ClientSecret(Value, frozen=True, kw_only=True):
    """That a client has a secret, and until when; not the secret."""

    secret_id: UUID
    created_at: datetime
    expires_at: Annotated[datetime | None, Meta(description="When it stops working; null: a later one was not made.")]


class Client(Value, frozen=True, kw_only=True):
    """An OAuth client of an employer, or a vendor's own."""

    client_id: UUID
    made_by: Annotated[UUID | None, Meta(description="The vendor that made it, with whose link it ends; null: none.")]
    name: str
    roles: list[str]
    origins: list[str]
    public: bool
    keys: list[ClientKey]
    dpop_bound: Annotated[bool, Meta(description="Whether it gets tokens bound to a key (DPoP) only.")]
    secrets: Annotated[list[ClientSecret], Meta(description="Those that work, the oldest first: two in a rotation.")]
    state: ClientState
    created_at: datetime


class ClientCreated(Client, frozen=True, kw_only=True):
    """A new client with its secret, which is shown this once."""

    client_secret: Annotated[
        str | None,
        Meta(description="Shown once; only its hash is kept. null: it is public, or has keys of its own."),
    ]


Overlap = Annotated[
    int, Meta(ge=0, le=7_776_000, description="Seconds the old secret still works: time to hand out the new one.")
]


class ClientSecretNew(Value, frozen=True, kw_only=True):
    """A further secret, and how long the one before it goes on working."""

    overlap: Overlap = 604_800


class ClientSecretCreated(ClientSecret, frozen=True, kw_only=True):
    """A new secret of a client, shown this once."""

    client_secret: Annotated[str, Meta(description="Shown once; only its hash is kept.")]


class SecretProof(NamedTuple):
    """`client_secret_basic` (RFC 6749, section 2.3.1)."""

    client_id: str
    secret: str


class AssertionProof(NamedTuple):
    """`private_key_jwt` (RFC 7523, section 2.2): a JWT of the client's. `client_id` None: it alone says whose."""

    assertion: str
    client_id: str | None = None


class PublicProof(NamedTuple):
    """No proof: a page in a browser, where it is. `origin` None: it does not say."""

    client_id: str
    origin: str | None


Proof = SecretProof | AssertionProof | PublicProof


class ProvenClient(Value, frozen=True, kw_only=True):
    """A client that has said who it is, as far as that can be proven: a public one only where its page is."""

    client_id: UUID
    employer_id: Annotated[UUID | None, Meta(description="null: the operator's, or a vendor's own.")]
    origins: list[str]
    public: bool
    credential: Annotated[str | None, Meta(description="By which secret or key it has proven itself; null: by none.")]
    key: Annotated[str | None, Meta(description="The thumbprint of the key that it has shown to hold; null: of none.")]

    @property
    def holder(self) -> Holder:
        """Who gets a token that is asked for now."""
        return Holder(self.client_id, self.credential, self.key)

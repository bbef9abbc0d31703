"""The shapes everything is made of: frozen Structs and the constrained types that REST, GraphQL and SQL share."""

from datetime import datetime
from typing import Annotated, Any, ClassVar

import msgspec
from msgspec import Meta

# No control characters but tab and newline: NUL cannot be stored, the others cannot be shown.
_PRINTABLE = r"^[^\x00-\x08\x0b-\x1f\x7f]*(?![\s\S])"
_ONE_LINE = r"^[^\x00-\x1f\x7f]*(?![\s\S])"


class Value(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True, omit_defaults=False):
    """A domain value, a row and a REST body: one immutable Struct, camelCase on the wire."""

    # One sentence per field for the OpenAPI document and the GraphQL schema, where the name does not say it.
    __field_docs__: ClassVar[dict[str, str]] = {}


Name = Annotated[str, Meta(min_length=1, max_length=200, pattern=_ONE_LINE, description="One line of text.")]
Text = Annotated[str, Meta(min_length=1, max_length=4000, pattern=_PRINTABLE, description="Text, may span lines.")]
ExternalId = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=200,
        pattern=_ONE_LINE,
        description="The caller's own id, never changed by Peil.",
    ),
]
Slug = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[a-z][a-z0-9-]*(?![\s\S])")]
Language = Annotated[
    str,
    Meta(
        min_length=2,
        max_length=35,
        pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*(?![\s\S])",
        description="A BCP 47 language tag.",
    ),
]
Texts = Annotated[
    dict[Language, Text],
    Meta(min_length=1, max_length=30, description="One text per language, by BCP 47 tag."),
]
Moment = Annotated[datetime, Meta(tz=True, description="RFC 3339, with offset.")]
Zone = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=64,
        pattern=r"^[A-Za-z][A-Za-z0-9_+/-]*(?![\s\S])",
        description="An IANA time zone, such as Europe/Amsterdam.",
    ),
]
Email = Annotated[
    str,
    Meta(
        min_length=3,
        max_length=254,
        pattern=r"^[^@\s\x00-\x1f\x7f]{1,64}@[^@\s\x00-\x1f\x7f]+(?![\s\S])",
        description="An e-mail address.",
    ),
]
WallTime = Annotated[
    str,
    Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](?![\s\S])", description="What the clock on the wall says: 09:30."),
]
Colour = Annotated[
    str, Meta(pattern=r"^#[0-9a-f]{6}(?![\s\S])", description="Red, green and blue in lower-case hexadecimal: #1d5f8a.")
]
Sha256 = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}(?![\s\S])", description="SHA-256 in lower-case hexadecimal.")]


def encode(value: Any) -> bytes:
    """Canonical JSON of `value`: field order of the Struct, no spaces, keys of maps sorted."""
    return msgspec.json.encode(value, order="deterministic")

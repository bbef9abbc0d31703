"""The shapes of what a holder of rights asks of those who use a wording, and of an employer's permission to do so."""

from datetime import date, datetime
from typing import Annotated, ClassVar, Literal
from uuid import UUID

from msgspec import Meta

from peil.structs import Language, Name, Sha256, Slug, Text, Value

SensitivityClass = Annotated[
    Literal["M", "S"],
    Meta(title="SensitivityClass", description="M: each item says whether it is sensitive; S: every one of them is."),
]
TranslationState = Annotated[
    Literal["original", "official", "reviewed", "unreviewed"],
    Meta(title="TranslationState", description="`official`: the holder's own; `reviewed`: somebody else checked it."),
]


class Translation(Value, frozen=True, kw_only=True):
    """What is known of the wording in one language."""

    language: Language
    state: TranslationState


class Norm(Value, frozen=True, kw_only=True):
    """What a block scored elsewhere."""

    population: Name
    year: Annotated[int, Meta(ge=1900, le=2200)]
    source: Text
    mean: Annotated[float, Meta(ge=0, le=100)]
    respondents: Annotated[int, Meta(ge=1, le=100_000_000)] | None

    __field_docs__: ClassVar[dict[str, str]] = {
        "population": "Who was asked, as the source says it.",
        "year": "When they were asked.",
        "mean": "From 0 to 100, where 100 is the best, as blocks are scored here.",
        "respondents": "null: the source does not say.",
    }


class ScaleTerms(Value, frozen=True, kw_only=True):
    """What the holder says of one block."""

    block: Slug
    minimum_items: Annotated[int, Meta(ge=1, le=200)]
    norms: Annotated[list[Norm], Meta(max_length=20)]

    __field_docs__: ClassVar[dict[str, str]] = {
        "minimum_items": "With fewer items the block is not the holder's scale any more.",
    }


class Terms(Value, frozen=True, kw_only=True):
    """On what conditions the holder lets the wording be used; the licence says by what name and whose it is."""

    permission_needed: bool
    number: Name | None
    valid_until: date | None
    commercial_use: bool
    modification_allowed: bool
    sensitivity_class: SensitivityClass
    translations: Annotated[list[Translation], Meta(max_length=30)]
    scales: Annotated[list[ScaleTerms], Meta(max_length=100)]

    __field_docs__: ClassVar[dict[str, str]] = {
        "permission_needed": "True: a wave opens only while a permission is recorded that holds.",
        "number": "The holder's number of this edition or licence; null: it has none.",
        "valid_until": "First day the terms no longer hold, and no wave opens; null: no end.",
        "commercial_use": "Whether it may be used for money; recorded, and not judged here.",
        "modification_allowed": "False: nothing of it can be changed once it is here.",
        "translations": "One for each language of the instrument.",
        "scales": "What there is to say of blocks; a block may be left out.",
    }


class PermissionNew(Value, frozen=True, kw_only=True):
    """A holder's permission to ask one version of an instrument, as the employer has it on paper."""

    reference: Name
    holder: Name
    number: Name | None = None
    valid_from: date
    valid_until: date | None = None
    commercial_use: bool
    modification_allowed: bool
    attribution: Text | None = None
    document_sha256: Sha256

    __field_docs__: ClassVar[dict[str, str]] = {
        "reference": "The licence or the letter that gives it.",
        "number": "The holder's number of it; null: it has none.",
        "valid_from": "First day it holds.",
        "valid_until": "First day it no longer holds; null: no end.",
        "attribution": "The line that the holder asks for; null: none.",
        "document_sha256": "SHA-256 of the document that gives it.",
    }


class Permission(Value, frozen=True, kw_only=True):
    """A recorded permission; it never changes, but it can be revoked."""

    permission_id: UUID
    instrument_id: UUID
    reference: str
    holder: str
    number: str | None
    valid_from: date
    valid_until: date | None
    commercial_use: bool
    modification_allowed: bool
    attribution: str | None
    document_sha256: str
    recorded_at: datetime
    revoked_at: datetime | None

    __field_docs__: ClassVar[dict[str, str]] = {
        **PermissionNew.__field_docs__,
        "revoked_at": "null: it was not revoked.",
    }

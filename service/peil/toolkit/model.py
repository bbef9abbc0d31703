"""The shapes of the catalogue: themes, goals, KPIs, activities, communication, measures and risks as data."""

from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta

from peil.paging import ChangedPageQuery
from peil.structs import Slug, Texts, Value

EntryKind = Literal["theme", "goal", "kpi", "activity", "communication", "measure", "risk"]
Mark = Literal[
    "kick-off",
    "recovery",
    "check-in",
    "evaluation",
    "invitation",
    "manager-message",
    "shared-outcomes",
    "statutory",
    "organisation",
    "team",
    "individual",
]
# The title is what GraphQL calls the enum.
_Marks = list[Annotated[Mark, Meta(title="CatalogueMark")]]
Marks = Annotated[
    _Marks,
    Meta(max_length=8, description="What readiness and other rules look for, so that own entries count as well."),
]


class CatalogueEntryNew(Value, frozen=True, kw_only=True):
    """Something to choose from: a theme, a kind of activity, a category of risk."""

    kind: EntryKind
    key: Annotated[Slug, Meta(description="Names it among those of its kind; campaigns and risks refer to it.")]
    title: Annotated[Texts, Meta(description="What it is called, in nl or en at least.")]
    description: Annotated[Texts | None, Meta(description="What it is; null: the title says it.")] = None
    marks: Marks = []


class CatalogueEntry(Value, frozen=True, kw_only=True):
    """An entry of the catalogue, shipped with Peil or the employer's own."""

    catalogue_entry_id: UUID
    kind: EntryKind
    key: str
    title: Texts
    description: Texts | None
    marks: _Marks
    shipped: Annotated[bool, Meta(description="Comes with Peil and is the same for every employer.")]


class EntryQuery(ChangedPageQuery, frozen=True, kw_only=True):
    """Which entries: those of a kind."""

    kind: Annotated[EntryKind | None, Meta(description="One kind; none: all.")] = None

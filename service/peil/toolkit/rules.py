"""Decisions about the catalogue: which marks fit a kind, which keys are free, and how own entries join shipped ones."""

from collections.abc import Iterable, Mapping, Sequence

from peil.errors import Conflict, Finding, Invalid, repeated_items
from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew, EntryKind, Mark

MARKS_OF: Mapping[EntryKind, frozenset[Mark]] = {
    "theme": frozenset(),
    "goal": frozenset(),
    "kpi": frozenset(),
    "activity": frozenset({"kick-off", "recovery", "check-in", "evaluation"}),
    "communication": frozenset({"invitation", "manager-message", "shared-outcomes"}),
    "measure": frozenset({"organisation", "team", "individual"}),
    "risk": frozenset({"statutory"}),
}
_LANGUAGES = frozenset({"nl", "en"})

Place = tuple[str, str]
"""Kind and key, by which the catalogue is ordered."""


def place_of(entry: CatalogueEntry) -> Place:
    """Where an entry stands in the catalogue."""
    return entry.kind, entry.key


def entry_findings(new: CatalogueEntryNew) -> list[Finding]:
    """What is wrong with an entry by itself. Codes: title-language, mark-not-of-kind, duplicate-item."""
    findings = []
    if _LANGUAGES.isdisjoint(new.title):
        findings.append(Finding("/title", "title-language"))
    for place, mark in enumerate(new.marks):
        if mark not in MARKS_OF[new.kind]:
            findings.append(Finding(f"/marks/{place}", "mark-not-of-kind", {"mark": mark, "kind": new.kind}))
    return [*findings, *repeated_items(new.marks, "/marks")]


def check_new(new: CatalogueEntryNew, shipped: Iterable[CatalogueEntry]) -> None:
    """An entry that can be added beside the shipped ones. Raises Invalid with all findings, Conflict `key-taken`."""
    findings = entry_findings(new)
    if findings:
        raise Invalid(*findings)
    if (new.kind, new.key) in map(place_of, shipped):
        raise Conflict("key-taken")


def check_changed(current: CatalogueEntry, new: CatalogueEntryNew) -> None:
    """Campaigns refer to kind and key, so these stay. Raises Invalid with all findings."""
    findings = entry_findings(new)
    if new.kind != current.kind:
        findings.append(Finding("/kind", "immutable"))
    if new.key != current.key:
        findings.append(Finding("/key", "immutable"))
    if findings:
        raise Invalid(*findings)


def joined(shipped: Iterable[CatalogueEntry], own: Sequence[CatalogueEntry]) -> list[CatalogueEntry]:
    """One catalogue of both, by kind and key.

    An own entry stands for a shipped one that a later version of Peil gave the same key: what the employer
    refers to by it keeps its meaning.
    """
    by_place = {place_of(entry): entry for entry in (*shipped, *own)}
    return [by_place[place] for place in sorted(by_place)]

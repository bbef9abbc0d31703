"""The shipped catalogue: complete, in both languages, and with marks that suit each kind."""

import re
from collections import Counter
from typing import get_args
from uuid import UUID

import pytest

from peil.toolkit import catalogue, rules
from peil.toolkit.model import CatalogueEntry, CatalogueEntryNew, EntryKind, Mark

SHIPPED = catalogue.list_shipped()

PROGRAMME = {
    "theme": "psychological-safety work-life-balance hybrid-and-remote-work digital-balance-and-focus "
    "prevention-of-psa leading-with-attention prevention resilience connection",
    "goal": "lower-workload prevent-absence job-satisfaction sustainable-employability healthy-culture",
    "kpi": "engagement workload absence productivity participation recovery job-satisfaction autonomy "
    "social-support work-life-balance psychological-safety predictability resilience feedback",
    "activity": "kick-off micro-intervention workshop webinar national-webinar team-check-in open-consultation-hour "
    "walking-meeting breathing-break focus-block fixed-break-rhythm closing-check-in retro weekly-mini-retro "
    "energy-management setting-priorities setting-boundaries focus digital-balance realistic-planning "
    "toolbox-meeting leadership-conversation manager-training microlearning-digital-balance "
    "microlearning-digital-hygiene microlearning-prioritising psa-risk-update work-process-check "
    "information-and-instruction",
    "communication": "core-announcement invitation manager-letter ambassador-briefing personal-invitation "
    "experience-story success shared-follow-up ambassador-kit questions-and-answers video-message reminder thanks",
    "measure": "prioritising staffing meeting-free-windows availability breaks task-division coaching "
    "workplace-training",
    "risk": "workload bullying sexual-harassment discrimination aggression-and-violence work-life-imbalance "
    "unwanted-behaviour digital-overload lack-of-control lack-of-social-support",
}
"""What the design's programme names, by kind."""

STATUTORY = {"workload", "bullying", "sexual-harassment", "discrimination", "aggression-and-violence"}


def marked(mark: Mark) -> set[str]:
    return {entry.key for entry in SHIPPED if mark in entry.marks}


def test_keys_are_unique_in_their_kind() -> None:
    """So are the ids, which are made from kind and key."""
    places = Counter(map(rules.place_of, SHIPPED))
    ids = {entry.catalogue_entry_id for entry in SHIPPED}

    assert [] == [place for place, count in places.items() if count > 1]
    assert len(SHIPPED) == len(ids)


@pytest.mark.parametrize("kind", get_args(EntryKind))
def test_everything_in_the_programme_is_there(kind: EntryKind) -> None:
    """Whatever it names can be chosen by a new employer at once."""
    shipped = {entry.key for entry in SHIPPED if entry.kind == kind}

    assert set() == set(PROGRAMME[kind].split()) - shipped


@pytest.mark.parametrize("entry", SHIPPED, ids=lambda entry: f"{entry.kind}-{entry.key}")
def test_an_entry_is_told_in_both_languages(entry: CatalogueEntry) -> None:
    """A title, and a description of one sentence, in Dutch and in English."""
    assert {"nl", "en"} == entry.title.keys()
    assert entry.description is not None
    assert {"nl", "en"} == entry.description.keys()
    assert [] == [text for text in entry.description.values() if not re.fullmatch(r"[A-Z][^\n]{20,158}\.", text)]
    assert entry.description["nl"] != entry.description["en"]


def test_no_entry_has_what_an_employer_may_not_have() -> None:
    """The rules for own entries hold for the shipped ones: marks suit the kind, each once."""
    wrong = [
        (entry.key, finding)
        for entry in SHIPPED
        for finding in rules.entry_findings(
            CatalogueEntryNew(kind=entry.kind, key=entry.key, title=entry.title, marks=entry.marks)
        )
    ]

    assert [] == wrong


def test_every_mark_is_on_something() -> None:
    """What a rule looks for can be found without adding an entry, and belongs to exactly one kind."""
    of_kinds = Counter(mark for marks in rules.MARKS_OF.values() for mark in marks)

    assert [] == [mark for mark in get_args(Mark) if not marked(mark)]
    assert dict.fromkeys(get_args(Mark), 1) == of_kinds


def test_each_measure_acts_on_one_level() -> None:
    """Else nobody could tell whether only individuals are asked to change."""
    assert {1} == {len(entry.marks) for entry in SHIPPED if entry.kind == "measure"}


def test_the_statutory_risks_are_those_of_the_law() -> None:
    """The five of the Working Conditions Act, article 1(3)(e), which their descriptions cite in both languages."""
    cited = {
        entry.key
        for entry in SHIPPED
        if entry.description is not None
        and "(Arbowet, artikel 1, lid 3, onder e)" in entry.description["nl"]
        and "(Working Conditions Act, article 1(3)(e))" in entry.description["en"]
    }

    assert STATUTORY == marked("statutory") == cited


def test_ids_never_change() -> None:
    """The same for every employer and in every version: what was kept elsewhere still finds the entry."""
    ids = {rules.place_of(entry): entry.catalogue_entry_id for entry in SHIPPED}

    assert UUID("e600bca6-4066-5906-bb73-859ad2ae07a5") == ids["activity", "kick-off"]
    assert UUID("07bf463e-2a7c-5a0b-a2b9-ba4516d944cc") == ids["risk", "workload"]


def test_an_own_entry_stands_for_a_later_shipped_one() -> None:
    """An employer that used a key before Peil shipped it keeps its own meaning, and the key is there once."""
    shipped = SHIPPED[0]
    own = CatalogueEntry(
        catalogue_entry_id=UUID(int=1),
        kind=shipped.kind,
        key=shipped.key,
        title={"nl": "Van onszelf"},
        description=None,
        marks=[],
        shipped=False,
    )

    assert [own, *SHIPPED[1:]] == rules.joined(SHIPPED, [own])

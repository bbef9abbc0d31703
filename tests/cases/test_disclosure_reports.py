"""The disclosure report of a wave: what the works council and an auditor read, and what it must not tell."""

import re

import msgspec
import pytest
from msgspec.structs import replace

from cases.commenting import Told
from cases.measuring import Round, bring_to
from peil.disclosure.files import as_page
from peil.disclosure.model import DisclosureReport
from peil.disclosure.report_texts import sections
from peil.rest import MARKDOWN
from support.apis import Rest, Speak


@pytest.mark.parametrize("viewer", ["hr", "board", "works_council", "prevention_officer"])
async def test_who_checks_reads_the_same_report(speak: Speak, released: Round, viewer: str) -> None:
    """Word for word."""
    councils = (await speak(released.cast.works_council).get_disclosure_report(released.wave_id, language="nl")).must()

    found = (await speak(getattr(released.cast, viewer)).get_disclosure_report(released.wave_id, language="nl")).must()

    assert councils == found


async def test_where_figures_are_told_is_counted(speak: Speak, released: Round) -> None:
    """`care` is protected with its four people, who are in the group of the root; all others see their own."""
    report = (await speak(released.cast.works_council).get_disclosure_report(released.wave_id)).must()

    response = report["figures"][0]
    atoms = [one["response"]["respondents"] for one in released.aggregates.values() if "respondents" in one["response"]]
    assert (3, 0, 1, 7) == tuple(response[key] for key in ("published", "partial", "protected", "least"))
    assert (3, max(atoms)) == (response["atoms"], response["people"])
    assert {"own": report["invited"], "parent": 0, "higher": 0, "nowhere": 0} == response["seen"]
    least = {"mean": 7, "bands": 15, "distribution": 30}
    assert [
        (block["key"], kind, people)
        for block in released.aggregates["root"]["blocks"]
        for kind, people in least.items()
    ] == [(figure["key"], figure["figures"], figure["least"]) for figure in report["figures"][1:]]


async def test_choices_and_sensitive_items_are_in_the_report(speak: Speak, scanned: Round) -> None:
    """By what was asked, with the least number that holds for them; the root alone is large enough."""
    report = (await speak(scanned.cast.works_council).get_disclosure_report(scanned.wave_id, language="en")).must()

    told = [one for one in report["figures"] if one["figures"] in ("distribution", "sensitive")]
    assert ("distribution", "What costs you most energy at work right now?", 30, 1, 1) == tuple(
        told[-4][name] for name in ("figures", "title", "least", "published", "atoms")
    )
    assert ["stress-tension", "stress-worry", "stress-sleep"] == [one["key"] for one in told[-3:]]
    assert {("sensitive", 30, 1)} == {(one["figures"], one["least"], one["published"]) for one in told[-3:]}


async def test_no_number_of_a_protected_unit_is_in_the_report(speak: Speak, released: Round) -> None:
    """The smallest group is at least the least; nothing has a name or an id of a unit."""
    report = (await speak(released.cast.works_council).get_disclosure_report(released.wave_id)).must()

    text = msgspec.json.encode(report).decode()
    assert all(figure["smallest"] is None or figure["smallest"] >= figure["least"] for figure in report["figures"])
    assert [] == [unit_id for unit_id in released.cast.units.values() if unit_id in text]


async def test_what_had_been_recorded_is_in_the_report(speak: Speak, released: Round) -> None:
    """The council's consent to these thresholds and this mode, the DPIA and the notice, and the release."""
    api = speak(released.cast.works_council)
    report = (await api.get_disclosure_report(released.wave_id)).must()
    wave, release = (await api.get_wave(released.wave_id)).must(), (await api.get_release(released.wave_id)).must()

    kinds = {gate["kind"] for gate in report["preconditions"]}
    assert {"works-council-consent", "dpia", "participant-notice"} == kinds
    assert (wave["keys"], wave["policyVersion"]) == (report["keys"], report["policyVersion"])
    manifest = release["manifest"]
    assert (manifest["hash"], manifest["previous"], manifest["thresholds"]) == (
        report["manifest"],
        report["previous"],
        report["thresholds"],
    )


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("nl", "# Verslag van bescherming: Puls", "Alle antwoorden zijn geteld."),
        ("en", "# Disclosure report: Puls", "All answers were counted."),
    ],
)
async def test_the_report_is_a_page_to_file(released: Round, language: str, title: str, said: str) -> None:
    """As Markdown, with every section and the hash of the manifest."""
    path, headers = f"/waves/{released.wave_id}/disclosure-report", {"accept-language": language}
    page = await released.cast.works_council.get(path, headers=headers | {"accept": MARKDOWN})
    report = (await released.cast.works_council.get(path, headers=headers)).json()

    lines = page.text.splitlines()
    assert MARKDOWN == page.headers["content-type"].partition(";")[0]
    assert title == lines[0]
    assert [f"## {section['title']}" for section in report["sections"]] == [
        line for line in lines if line.startswith("## ")
    ]
    assert f"- {said}" in lines
    assert report["manifest"] in page.text


async def test_where_comments_are_shown_is_in_the_report(speak: Speak, commented: Told) -> None:
    """As for figures: the groups whose texts stand together, all of ten people or more, and who is shown further up."""
    cast, wave_id = commented.cast, commented.wave_id
    report = (await speak(cast.works_council).get_disclosure_report(wave_id, language="en")).must()
    manifest = (await Rest(cast.works_council).get_comment_release(wave_id)).must()

    shown = report["figures"][-1]
    assert ("comments", None, 10, len(manifest["units"])) == tuple(
        shown[name] for name in ("figures", "key", "least", "atoms")
    )
    assert (report["figures"][0]["people"], 4) == (
        shown["people"],
        shown["published"] + shown["partial"] + shown["protected"],
    )
    assert shown["smallest"] >= shown["least"]
    assert report["invited"] == sum(shown["seen"].values())
    [told] = [section for section in report["sections"] if section["title"] == "Where figures are told"]
    assert ["Open comments", "texts, after moderation"] == told["table"]["rows"][-1][:2]
    assert "destroyed unread" in told["lines"][-1]


async def test_a_wave_without_comments_tells_nothing_of_them(speak: Speak, released: Round) -> None:
    """Whether its questionnaire asks any is the questionnaire's to tell."""
    report = (await speak(released.cast.works_council).get_disclosure_report(released.wave_id)).must()

    assert "comments" not in {figure["figures"] for figure in report["figures"]}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_where_figures_are_told_is_a_table(released: Round, language: str) -> None:
    """A line per kind of figure with its numbers, which any reader of Markdown lays out; a bar in a title is text."""
    path, headers = f"/waves/{released.wave_id}/disclosure-report", {"accept-language": language}
    body = (await released.cast.works_council.get(path, headers=headers)).json()
    figures = [body["figures"][0] | {"title": "Rust | *en* ruimte", "smallest": None}, *body["figures"][1:]]
    report = msgspec.convert(body | {"figures": figures}, DisclosureReport)

    page = as_page(replace(report, sections=sections(report, language)), language).decode()

    lines = [line for line in page.splitlines() if line.startswith("| ")]
    [row] = [line for line in lines if "Rust" in line]
    seen = figures[0]["seen"]
    numbers = [figures[0][name] for name in ("least", "published", "partial", "protected", "atoms")]
    people = [seen[name] for name in ("own", "parent", "higher", "nowhere")]
    assert len(figures) + 2 == len(lines)
    assert "| --- | --- |" + " ---: |" * 10 == lines[1]
    assert row.startswith("| Rust \\| \\*en\\* ruimte | ")
    assert row.endswith("".join(f" {cell} |" for cell in [*numbers, "–", *people]))
    assert {12} == {len(re.split(r"(?<!\\)\|", line)) - 2 for line in lines}


async def test_days_are_those_of_the_waves_wall(released: Round) -> None:
    """What opens at midnight in Amsterdam opens that day, whatever day it is in Greenwich."""
    path = f"/waves/{released.wave_id}/disclosure-report"
    body = (await released.cast.works_council.get(path, headers={"accept-language": "nl"})).json()
    report = msgspec.convert(body | {"opensAt": "2026-11-23T23:00:00Z"}, DisclosureReport)

    assert "Europe/Amsterdam" == report.zone
    assert "van 24 november 2026 tot" in sections(report, "nl")[0].lines[0]


@pytest.mark.parametrize("left_out", ["answers-surplus", "answers-unreadable"])
async def test_what_was_left_out_is_told_without_whose(released: Round, left_out: str) -> None:
    """In words of its own, with no number and no name."""
    path = f"/waves/{released.wave_id}/disclosure-report"
    body = (await released.cast.works_council.get(path, headers={"accept-language": "en"})).json()
    report = msgspec.convert(body | {"leftOut": left_out}, DisclosureReport)

    told = {section.title: section.lines for section in sections(report, "en")}

    [line] = told["What does not count"]
    assert "All answers" not in line
    assert not any(character.isdigit() for character in line)


async def test_a_wave_that_is_not_released_has_no_report(speak: Speak, released: Round) -> None:
    """409, as for its figures."""
    planned = await bring_to(released.cast, "planned")

    outcome = await speak(released.cast.works_council).get_disclosure_report(planned)

    assert ("refused", "not-released") == (outcome.word, outcome.code)

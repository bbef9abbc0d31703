"""Codes and people: whatever stands in a body as a code, the same body says in the caller's language."""

from collections.abc import Iterator
from typing import Any

import pytest

from cases.measuring import Round
from peil.aggregates.explanations import TEXTS
from support.apis import Rest, Speak
from support.house import Persona
from support.personas import Cast

_CLEAR = {"published", "measured", "compared"}
"""Statuses of what is told in full."""
_SENTENCES = {"cell": "text", "change": "changeText"}
"""Where a sentence on a cell stands, beside it."""


def unsaid(body: Any, said: frozenset[str] = frozenset(), sentence: str | None = None) -> Iterator[str]:
    """The codes in a body that neither its explanations or notes nor a sentence beside the cell put into words."""
    if isinstance(body, list):
        for one in body:
            yield from unsaid(one, said)
    elif isinstance(body, dict):
        told = [*body.get("explanations", []), *body.get("notes", [])]
        said |= {one["code"] for one in told if one["text"]}
        yield from (code for code in _codes(body, sentence) if code not in said)
        for key, one in body.items():
            if key not in ("explanations", "notes"):
                yield from unsaid(one, said, body.get(_SENTENCES.get(key, "")))


def _codes(cell: dict[str, Any], sentence: str | None) -> Iterator[str]:
    yield from cell.get("warnings", [])
    if cell.get("coverage", "all") != "all":
        yield cell["coverage"]
    if cell.get("everybodyAsked") is False:
        yield "not-everybody-asked"
    status = cell.get("status")
    if sentence:
        return
    if status == "protected" and cell["reportedAt"] is None:
        yield "protected-everywhere"
    elif status is not None and status not in _CLEAR:
        yield status


async def bodies(hr: Any, viewer: Persona, wave_id: str, unit_id: str, language: str) -> dict[str, Any]:
    """Every body that tells of a unit at a wave."""
    at, told = (wave_id, unit_id), {"wave": wave_id, "unit": unit_id, "language": language}
    exported = await viewer.must(
        viewer.get(f"/waves/{wave_id}/export", headers={"accept": "application/json", "accept-language": language}), 200
    )
    return {
        "aggregate": (await hr.get_aggregate(*at, language=language)).must(),
        "branch": (await hr.get_branch(*at, language=language)).must(),
        "heat": (await hr.get_heat_table(wave_id, language=language)).must(),
        "overview": (await hr.get_wave_overview(wave_id, language=language)).must(),
        "change": (await hr.get_change(*at, to="previous", language=language)).must(),
        "trend": (await hr.get_trend(*at, language=language)).must(),
        "team widget": (await hr.get_team_widget(**told)).must(),
        "aggregate widget": (await hr.get_aggregate_widget(**told)).must(),
        "trend widget": (await hr.get_trend_widget(**told)).must(),
        "participation widget": (await hr.get_participation_widget(**told)).must(),
        "export": exported,
    }


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("wave", "warning"), [("few", "not-representative"), ("most", "low-response"), ("none", None)])
async def test_every_code_stands_in_words_beside_it(
    answered: tuple[Cast, dict[str, str]], wave: str, warning: str | None, language: str
) -> None:
    """Warnings, coverages and statuses, of a wave that few answered, of one that most did, and of one that none did."""
    cast, waves = answered
    found = await bodies(Rest(cast.hr), cast.hr, waves[wave], cast.units["root"], language)

    assert {name: [] for name in found} == {name: sorted(set(unsaid(body))) for name, body in found.items()}
    assert all(
        warning is None or warning in set(unsaid({**found[name], "explanations": []}))
        for name in ("aggregate", "team widget", "participation widget")
    )
    assert all(
        TEXTS[one["code"]][language] == one["text"] for body in found.values() for one in body.get("explanations", [])
    )


@pytest.mark.parametrize("unit", ["root", "field", "care"])
async def test_every_code_of_a_protected_unit_stands_in_words(released: Round, unit: str) -> None:
    """Also of the units beneath it that are partial, and of those above."""
    cast = released.cast
    found = await bodies(Rest(cast.hr), cast.hr, released.wave_id, cast.units[unit], "nl")

    assert {name: [] for name in found} == {name: sorted(set(unsaid(body))) for name, body in found.items()}


async def test_every_code_of_a_scan_stands_in_words(speak: Speak, scanned: Round) -> None:
    """Of bands, distributions and sensitive items, which are protected where means are not."""
    cast = scanned.cast
    hr, at = speak(cast.hr), (scanned.wave_id, cast.units["field"])
    alone = (await hr.get_aggregate(*at, language="nl")).must()
    group = (await hr.get_group_aggregate(scanned.wave_id, {"unitIds": [cast.units["field"]]}, language="nl")).must()

    assert [[], []] == [sorted(set(unsaid(body))) for body in (alone, group)]
    assert "protected" in set(unsaid({**alone, "explanations": []}))

"""What is asked wrongly of a release: each answer is the error that is meant for it, over REST and GraphQL alike.

Groups that cut an atom are in `test_groups.py`, sizes of charts in `test_charts.py`; most reads of a wave that is not
released, and of a unit of another edition, are tried beside the read.
"""

import pytest

from cases.measuring import Round, wave_new
from peil.rest import PNG, SVG, VEGALITE, XLSX
from support.apis import Rest, Speak
from support.personas import Cast

KINDS = ["score", "change", "trend", "distribution", "heat", "participation"]


@pytest.mark.parametrize("read", ["get_change", "get_trend"])
async def test_a_unit_of_another_edition_is_not_in_the_wave(
    speak: Speak, answered: tuple[Cast, dict[str, str]], read: str
) -> None:
    """It was made after the wave, so no read of that wave has it; in its own tree it is there."""
    cast, waves = answered
    api = speak(cast.hr)

    late = await api.call(read, waves["none"], cast.units["late"])
    there = await api.call(read, waves["none"], cast.units["field"])

    assert ("not-found", "ok") == (late.word, there.word)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_unit_of_another_edition_has_no_chart(answered: tuple[Cast, dict[str, str]], kind: str) -> None:
    """Whatever is to be drawn."""
    cast, waves = answered
    query = "?block=workload" if kind == "trend" else ""

    answer = await cast.hr.get(f"/waves/{waves['none']}/aggregates/{cast.units['late']}/charts/{kind}{query}")

    assert (404, "not-found") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("accept", [SVG, PNG, VEGALITE])
async def test_a_wave_that_is_not_released_has_no_chart(standing: Cast, accept: str) -> None:
    """409 in every form, as for its figures."""
    planned = (await Rest(standing.hr).plan_wave(await wave_new(standing))).must()["waveId"]
    path = f"/waves/{planned}/aggregates/{standing.units['root']}/charts/score"

    answer = await standing.hr.get(path, headers={"accept": accept})

    assert (409, "not-released") == (answer.status_code, answer.json()["code"])


@pytest.mark.parametrize("widget", ["get_team_widget", "get_aggregate_widget", "get_trend_widget"])
async def test_a_wave_that_is_not_released_has_no_widget(speak: Speak, standing: Cast, widget: str) -> None:
    """Where a page names one; without a name it shows the newest release."""
    planned = (await Rest(standing.hr).plan_wave(await wave_new(standing))).must()["waveId"]

    named = await speak(standing.employee).call(widget, wave=planned)

    assert ("refused", "not-released") == (named.word, named.code)


@pytest.mark.parametrize("locale", ["tlh", "xx-XX", "*", "nl;q=nothing", ",;,", "fr-CH, tlh;q=0.9"])
async def test_an_unknown_locale_is_answered_in_the_callers_own(speak: Speak, released: Round, locale: str) -> None:
    """Nobody is refused for the language of a browser (RFC 9110, section 12.5.4): figures and texts are there."""
    api, at = speak(released.cast.hr), (released.wave_id, released.cast.units["root"])
    usual = (await api.get_aggregate(*at)).must()

    told = (await api.get_aggregate(*at, language=locale)).must()

    assert usual == told


@pytest.mark.parametrize("path", ["aggregates/{unit}", "changes/{unit}", "trends/{unit}", "overview", "export"])
async def test_a_locale_is_no_key_of_a_query(released: Round, path: str) -> None:
    """A language in the query would be ignored in silence; it is an unknown key."""
    answer = await released.cast.hr.get(
        f"/waves/{released.wave_id}/{path.format(unit=released.cast.units['root'])}?language=nl"
    )

    assert (400, [("/query/language", "unknown-field")]) == (
        answer.status_code,
        [(one["pointer"], one["code"]) for one in answer.json()["errors"]],
    )


@pytest.mark.parametrize(
    ("languages", "finding"),
    [
        (["nl", "fr"], ("/languages/1", "language-not-in-instrument")),
        (["tlh"], ("/languages/0", "language-not-in-instrument")),
        (["Klingon!"], ("/languages/0", "pattern")),
    ],
)
async def test_a_language_without_texts_is_not_asked_in(
    speak: Speak, standing: Cast, languages: list[str], finding: tuple[str, str]
) -> None:
    """A wave cannot be planned in a language that its questionnaire has no texts in, nor in one that is none."""
    refused = await speak(standing.hr).plan_wave(await wave_new(standing, languages=languages))

    assert ("invalid-input", [finding]) == (refused.code, refused.findings)


async def test_an_export_against_a_wave_that_is_none_says_so(released: Round) -> None:
    """For each form the same finding."""
    for accept in (XLSX, "text/csv", "application/x-ndjson", "application/json"):
        answer = await released.cast.hr.get(
            f"/waves/{released.wave_id}/export?against={released.cast.units['root']}", headers={"accept": accept}
        )

        assert (400, "unknown-wave") == (answer.status_code, answer.json()["errors"][0]["code"])

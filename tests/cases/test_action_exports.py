"""The plan of action as a workbook, a table and lines: what the reads say, with names beside the ids."""

import csv
import json
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from cases.measuring import today_of
from cases.programme import action_new, people_of, play_edition, play_wave, risk_new
from peil.rest import CSV, JSON, NDJSON, XLSX
from support.apis import Rest
from support.house import House, Persona
from support.personas import Cast, add_people, cast_of
from support.statements import count_statements

TYPES = [JSON, NDJSON, CSV, XLSX]
HOSTILE = '=HYPERLINK("http://x","y")'


async def export(persona: Persona, media_type: str = JSON, language: str = "en", query: str = "") -> httpx.Response:
    """The file, in a language."""
    headers = {"accept": media_type, "accept-language": language}
    response = await persona.get(f"/actions/export{query}", headers=headers)
    assert response.status_code == 200, response.text
    return response


async def told(persona: Persona, query: str = "") -> list[dict[str, Any]]:
    """The actions of the export as data."""
    actions: list[dict[str, Any]] = (await export(persona, query=query)).json()["actions"]
    return actions


def rows_of(response: httpx.Response, delimiter: str = ",") -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def sheet_of(response: httpx.Response, name: str, head: int) -> list[dict[str, Any]]:
    """The lines of a sheet by the names in row `head`."""
    rows = list(load_workbook(BytesIO(response.content))[name].iter_rows(min_row=head, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


@pytest.fixture(scope="session")
async def planned(house: House) -> tuple[Cast, dict[str, str]]:
    """A released edition with three actions: of `field` with a metric and a risk, of `care`, and of everyone."""
    cast = await cast_of(await house.employer("Aanpak BV"))
    campaign_id, baseline, _ = await play_edition(cast)
    hr, began = Rest(cast.hr), await today_of(cast) - timedelta(days=31)
    [block, *_] = (await hr.get_aggregate(baseline, cast.units["field"])).must()["blocks"]
    risk_id = (await hr.create_risk(risk_new(rieVersion="2026-1"))).must()["riskId"]
    metric = {"waveId": baseline, "block": block["key"], "target": 100}
    person_id = (await people_of(cast))["employee"]
    (await hr.update_person(person_id, {"displayName": "Cleo de Wit"}, if_match="*")).must()
    asked = {
        "field": {
            "unitId": cast.units["field"],
            "metric": metric,
            "riskId": risk_id,
            "campaignId": campaign_id,
            "startsOn": began.isoformat(),
            "measure": "prioritising",
        },
        "care": {"title": HOSTILE, "unitId": cast.units["care"], "owner": {"personId": person_id}},
        "everyone": {"state": "active"},
    }
    made = {
        name: (await hr.create_action(await action_new(cast, **changed))).must()["actionId"]
        for name, changed in asked.items()
    }
    await house.work()
    return cast, made


@pytest.mark.parametrize("media_type", TYPES)
async def test_a_plan_is_a_file_that_is_not_sent_twice(planned: tuple[Cast, dict[str, str]], media_type: str) -> None:
    """Of the type that was asked for, with the day in its name; the same bytes each time, and 304 for who has them."""
    cast, _ = planned
    first, again = [await export(cast.hr, media_type) for _ in range(2)]
    headers = {"accept": media_type, "accept-language": "en", "if-none-match": first.headers["etag"]}
    known = await cast.hr.get("/actions/export", headers=headers)

    ending = {JSON: "json", NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}[media_type]
    name = f'attachment; filename="peil-plan-of-action-{await today_of(cast)}.{ending}"'
    assert (media_type, name) == (
        first.headers["content-type"].partition(";")[0],
        first.headers["content-disposition"],
    )
    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    assert (304, b"") == (known.status_code, known.content)
    assert "private, no-cache" == first.headers["cache-control"]


async def test_every_form_reaches_as_far_as_the_list(planned: tuple[Cast, dict[str, str]]) -> None:
    """What is for everyone and for the caller's units; another employer's plan is empty."""
    cast, made = planned
    for persona in (cast.hr, cast.manager, cast.employee, cast.works_council):
        seen = [one["actionId"] for one in (await Rest(persona).list_actions(limit=200)).must()["items"]]
        lines = [json.loads(line)["actionId"] for line in (await export(persona, NDJSON)).text.splitlines()]
        table = [row["actionId"] for row in rows_of(await export(persona, CSV))]
        sheet = sheet_of(await export(persona, XLSX), "Plan of action", 2)

        assert seen == [one["actionId"] for one in await told(persona)] == lines == table
        assert len(seen) == len(sheet)
    assert made["care"] not in {one["actionId"] for one in await told(cast.manager)}
    assert len(made) == len(await told(cast.hr))


async def test_a_stranger_has_an_empty_plan(planned: tuple[Cast, dict[str, str]], cast: Cast) -> None:
    """Nothing of another employer; the empty workbook opens."""
    response = await export(cast.hr, XLSX)

    assert [] == await told(cast.hr)
    assert [] == [row for row in sheet_of(response, "Plan of action", 2) if any(row.values())]


async def test_a_plan_is_filtered_as_the_list_is(planned: tuple[Cast, dict[str, str]]) -> None:
    """By campaign, unit and state."""
    cast, made = planned
    field = (await told(cast.hr))[0]
    queries = [f"?campaign={field['campaignId']}", f"?unit={cast.units['care']}", "?state=active"]
    found = [[one["actionId"] for one in await told(cast.hr, query)] for query in queries]
    listed = [(await cast.hr.get(f"/actions{query}")).json()["items"] for query in queries]

    assert [[made["field"]], [made["care"]], [made["everyone"]]] == found
    assert found == [[one["actionId"] for one in items] for items in listed]


async def test_a_plan_says_what_an_rie_needs(planned: tuple[Cast, dict[str, str]]) -> None:
    """Measure, level, unit, risk, owner, term, state, and the metric with names, as the reads have them."""
    cast, made = planned
    action = (await Rest(cast.hr).get_action(made["field"])).must()
    [shown] = [one for one in await told(cast.hr) if one["actionId"] == made["field"]]
    [row] = [row for row in rows_of(await export(cast.hr, CSV, "nl")) if row["actionId"] == made["field"]]

    same = ("title", "level", "unitId", "riskId", "startsOn", "deadline", "state", "history", "measure")
    assert {name: action[name] for name in same} == {name: shown[name] for name in same}
    assert action["metric"].items() <= shown["metric"].items()
    assert ("told", "2026-1", 4, 3) == (
        shown["metric"]["currentStanding"],
        *(shown["risk"][name] for name in ("rieVersion", "severity", "likelihood")),
    )
    names = {unit["unitId"]: unit["name"] for unit in (await cast.hr.get("/units?limit=200")).json()["items"]}
    assert names[cast.units["field"]] == shown["unit"] == shown["metric"]["unit"] == row["Voor"] == row["Cijfer van"]
    assert ("Te veel werk", "HR", "bij de bron: de organisatie", "gepland", "van de hele groep") == tuple(
        row[name] for name in ("Risico uit de RI&E", "Wie ervoor zorgt", "Waar het aangrijpt", "Stand", "Wat er staat")
    )
    assert f"{action['metric']['startValue']:.2f}" == row["Begin (0–100)"]
    assert f"{action['metric']['current']['value']:.2f}" == row["Nu (0–100)"]


async def test_checks_are_told_before_their_day(planned: tuple[Cast, dict[str, str]]) -> None:
    """The one of 30 days is due, those of 60 and 90 are to come, each with its day."""
    cast, made = planned
    began = await today_of(cast) - timedelta(days=31)
    [shown] = [one for one in await told(cast.hr) if one["actionId"] == made["field"]]
    lines = sheet_of(await export(cast.hr, XLSX, "nl"), "Voortgang", 1)

    days = [(began + timedelta(days=number)).isoformat() for number in (30, 60, 90)]
    assert list(zip(("30-days", "60-days", "90-days"), days, ("due", "planned", "planned"), strict=True)) == [
        (check["kind"], check["dueOn"], check["state"]) for check in shown["checks"]
    ]
    assert ["te bekijken", "komt nog", "komt nog"] == [
        line["Uitkomst"] for line in lines if line["Maatregel"] == "Vergadervrije ochtenden"
    ][:3]
    assert isinstance(lines[0]["Dag"], datetime)
    assert date.fromisoformat(days[0]) == lines[0]["Dag"].date()


async def test_a_result_stands_in_the_plan(cast: Cast) -> None:
    """With what was seen, in data, table and workbook; of an action that is over nothing is to come."""
    hr, began = Rest(cast.hr), await today_of(cast) - timedelta(days=31)
    action_id = (await hr.create_action(await action_new(cast, startsOn=began.isoformat()))).must()["actionId"]
    await cast.house.work()
    [check] = (await hr.list_progress_checks()).must()["items"]
    await cast.hr.must(
        cast.hr.post(f"/progress-checks/{check['progressCheckId']}/complete", {"result": "working", "note": "Rust."}),
        200,
    )
    (await hr.update_action(action_id, {"state": "active"}, if_match="*")).must()
    (await hr.update_action(action_id, {"state": "stopped"}, if_match="*")).must()

    [shown] = await told(cast.hr)
    [row] = rows_of(await export(cast.hr, CSV))

    assert [("30-days", "working", "Rust.")] == [(one["kind"], one["result"], one["note"]) for one in shown["checks"]]
    assert ("working", "Rust.", "", "stopped") == (
        row["30 days: result"],
        row["30 days: seen or agreed"],
        row["60 days: day"],
        row["State"],
    )


async def test_what_is_protected_has_no_figure_and_says_so(cast: Cast) -> None:
    """A unit that shrank: the start stands, there is no value now, in words and as a code."""
    _, baseline, _ = await play_edition(cast)
    hr, unit_id = Rest(cast.hr), cast.units["field"]
    [block, *_] = (await hr.get_aggregate(baseline, unit_id)).must()["blocks"]
    metric = {"waveId": baseline, "block": block["key"], "target": 100}
    (await hr.create_action(await action_new(cast, unitId=unit_id, metric=metric))).must()
    await add_people(cast.hr, [{"externalId": f"field-{place}", "active": False} for place in range(10)])
    pulse = await play_wave(cast, "pulse")

    [shown] = await told(cast.hr)
    [row] = rows_of(await export(cast.hr, CSV, "nl"))

    assert ({"waveId": pulse, "value": None}, "protected") == (
        shown["metric"]["current"],
        shown["metric"]["currentStanding"],
    )
    assert block["cell"]["mean"] == shown["metric"]["startValue"]
    assert ("", "beschermd") == (row["Nu (0–100)"], row["Wat er staat"])


async def test_no_text_is_a_formula(planned: tuple[Cast, dict[str, str]]) -> None:
    """Whatever a measure is called: an apostrophe in a table, a text in a workbook."""
    cast, made = planned
    [row] = [row for row in rows_of(await export(cast.hr, CSV)) if row["actionId"] == made["care"]]
    book = load_workbook(BytesIO((await export(cast.hr, XLSX)).content))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value == HOSTILE]

    assert f"'{HOSTILE}" == row["Measure"]
    assert {"s"} == {cell.data_type for cell in cells}


async def test_an_owner_has_a_name_for_who_sees_the_directory(planned: tuple[Cast, dict[str, str]]) -> None:
    """HR reads who it is; the works council and a prevention officer's client read that it is somebody."""
    cast, made = planned
    personas = cast.hr, cast.works_council, await cast.employer.client("prevention_officer")
    owners = [
        next(one["owner"] for one in await told(persona) if one["actionId"] == made["care"]) for persona in personas
    ]
    rows = [
        next(row for row in rows_of(await export(persona, CSV)) if row["actionId"] == made["care"])
        for persona in personas
    ]

    assert ["Cleo de Wit", None, None] == [owner["name"] for owner in owners]
    assert ["Cleo de Wit", *["somebody of the staff"] * 2] == [row["Owner"] for row in rows]


async def test_a_semicolon_has_a_decimal_comma(planned: tuple[Cast, dict[str, str]]) -> None:
    """As a spreadsheet set to Dutch opens it."""
    cast, made = planned
    response = await export(cast.hr, CSV, "nl", "?separator=semicolon")
    [row] = [row for row in rows_of(response, ";") if row["actionId"] == made["field"]]

    assert "100,00" == row["Doel (0–100)"]


async def test_a_longer_plan_takes_no_more_statements(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many for six actions with a metric as for two."""
    _, baseline, _ = await play_edition(cast)
    hr = Rest(cast.hr)
    [block, *_] = (await hr.get_aggregate(baseline, cast.units["root"])).must()["blocks"]
    new = await action_new(cast, metric={"waveId": baseline, "block": block["key"], "target": 100})
    counted, statements = [], count_statements(monkeypatch)
    for more in (2, 4):
        for _ in range(more):
            (await hr.create_action(new)).must()
        statements.clear()
        await export(cast.hr)
        counted.append(list(statements))

    assert "-- select_names_of_things" in counted[0]
    assert counted[0] == counted[1]

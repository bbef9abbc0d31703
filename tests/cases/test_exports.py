"""Exports of a released wave: the figures of the other reads as a workbook, a table and lines."""

import csv
import json
import re
from datetime import UTC, datetime
from io import BytesIO, StringIO
from typing import Any
from uuid import UUID
from warnings import catch_warnings, simplefilter
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest
from msgspec.structs import replace
from openpyxl import load_workbook

from cases.measuring import Round, bring_to, play_round
from cases.test_aggregates import SEEN
from peil.aggregates.exports import operations, workbook
from peil.aggregates.exports.files import file_of, stem_of
from peil.aggregates.exports.model import AggregateExport, ExportedWave, ExportQuery
from peil.aggregates.model import NOTICE
from peil.aggregates.telling import Estimates
from peil.rest import CSV, JSON, NDJSON, XLSX
from support.apis import Rest
from support.house import Persona
from support.personas import Cast, add_people

TYPES = [JSON, NDJSON, CSV, XLSX]
SHEETS = {
    "nl": ["Overzicht", "Afdelingen", "Vragen", "Verandering", "Uitleg"],
    "en": ["Overview", "Units", "Questions", "Change", "Method"],
}


async def export(
    persona: Persona, wave_id: str, media_type: str, language: str = "en", query: str = ""
) -> httpx.Response:
    """The file, in a language."""
    headers = {"accept": media_type, "accept-language": language}
    response = await persona.get(f"/waves/{wave_id}/export{query}", headers=headers)
    assert response.status_code == 200, response.text
    return response


def book_of(response: httpx.Response) -> Any:
    with catch_warnings():
        # What makes data bars begin at nought; the reader of the tests does not draw them.
        simplefilter("ignore", UserWarning)
        return load_workbook(BytesIO(response.content))


def rows_of(response: httpx.Response, delimiter: str = ",") -> list[dict[str, str]]:
    """The lines of a table by the names in its first."""
    return list(csv.DictReader(StringIO(response.content.decode("utf-8-sig"), newline=""), delimiter=delimiter))


def column(sheet: Any, name: str, head: int) -> list[Any]:
    """What stands under a name; `head` is the row of the names."""
    place = next(cell.column for cell in sheet[head] if cell.value == name)
    return [sheet.cell(row, place).value for row in range(head + 1, sheet.max_row + 1)]


HOSTILE = ['=HYPERLINK("http://x","y")', "+1", "-1", "@sum(a1)", " =1", "\t=1", "\r=1", "\uff1d1", "a\x00b\x1b\u2028c"]


def told_with(response: httpx.Response, name: str) -> AggregateExport:
    """An export in which every unit, block and wave is called this."""
    export = msgspec.json.decode(response.content, type=AggregateExport)
    units = [
        replace(unit, name=name, blocks=[replace(block, title=name) for block in unit.blocks]) for unit in export.units
    ]
    return replace(export, units=units, wave=replace(export.wave, name=name))


@pytest.mark.parametrize("media_type", TYPES)
async def test_an_export_is_a_file_with_a_plain_name(released: Round, media_type: str) -> None:
    """Of the type that was asked for; the name has the wave and the day it closed."""
    response = await export(released.cast.hr, released.wave_id, media_type)

    assert media_type == response.headers["content-type"].partition(";")[0]
    ending = {JSON: "json", NDJSON: "ndjson", CSV: "csv", XLSX: "xlsx"}[media_type]
    assert response.headers["content-disposition"].startswith('attachment; filename="peil-puls-20')
    assert response.headers["content-disposition"].endswith(f'.{ending}"')


@pytest.mark.parametrize("media_type", TYPES)
async def test_an_export_has_a_tag_and_is_not_sent_twice(released: Round, media_type: str) -> None:
    """The same bytes each time, and 304 for who has them; the caller may keep it and asks again."""
    first = await export(released.cast.hr, released.wave_id, media_type)
    again = await export(released.cast.hr, released.wave_id, media_type)

    known = await released.cast.hr.get(
        f"/waves/{released.wave_id}/export",
        headers={"accept": media_type, "accept-language": "en", "if-none-match": first.headers["etag"]},
    )

    assert (first.content, first.headers["etag"]) == (again.content, again.headers["etag"])
    assert (304, b"") == (known.status_code, known.content)
    assert "private, no-cache" == first.headers["cache-control"]


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_an_export_reaches_as_far_as_the_reads(released: Round, viewer: str) -> None:
    """In every form, the units of the list and no other name."""
    persona, wave_id = getattr(released.cast, viewer), released.wave_id
    seen = [name for name in released.aggregates if name in SEEN[viewer]]

    data = (await export(persona, wave_id, JSON)).json()
    lines = [json.loads(line) for line in (await export(persona, wave_id, NDJSON)).text.splitlines()]
    table = rows_of(await export(persona, wave_id, CSV))
    sheet = book_of(await export(persona, wave_id, XLSX))["Units"]

    assert seen == [unit["name"] for unit in data["units"]] == [line["name"] for line in lines]
    assert seen == list(dict.fromkeys(row["Unit"] for row in table)) == column(sheet, "Unit", 2)


async def test_an_export_has_the_figures_of_the_reads(released: Round) -> None:
    """Response, cells and changes are those of aggregates and changes, unit by unit."""
    data = (await export(released.cast.hr, released.wave_id, JSON, "nl")).json()
    reads = (await released.cast.hr.get(f"/waves/{released.wave_id}/changes", headers={"accept-language": "nl"})).json()

    told = {unit["name"]: unit for unit in data["units"]}
    assert {name: one["response"] for name, one in released.aggregates.items()} == {
        name: unit["response"] for name, unit in told.items()
    }
    for change in reads["items"]:
        name = change["name"]
        assert [block["cell"] for block in released.aggregates[name]["blocks"]] == [
            block["cell"] for block in told[name]["blocks"]
        ]
        assert [block["cell"] for block in change["blocks"]] == [block["change"] for block in told[name]["blocks"]]
    assert reads["items"][0]["against"] == data["against"]["waveId"]


async def test_beside_each_difference_stands_which_change_could_be_seen(released: Round) -> None:
    """In the table, and on both sheets of the workbook that tell differences."""
    data = (await export(released.cast.hr, released.wave_id, JSON)).json()
    table = rows_of(await export(released.cast.hr, released.wave_id, CSV))
    book = book_of(await export(released.cast.hr, released.wave_id, XLSX))

    changes = [[block["change"] for block in unit["blocks"]] for unit in data["units"]]
    least = [[one.get("minimalDetectableChange") for one in unit] for unit in changes]
    told = [one for unit in least for one in unit if one is not None]
    assert told == [float(row["Seen from"]) for row in table if row["Seen from"]]
    assert told == [one for one in column(book["Change"], "Seen from", 1) if one is not None]
    head = next(row for row in range(1, 40) if book["Overview"].cell(row, 8).value == "Seen from")
    assert least[0] == column(book["Overview"], "Seen from", head)[: len(least[0])]


async def test_lines_are_the_units_of_the_json(released: Round) -> None:
    """Each stands alone, with the id of its wave."""
    data = (await export(released.cast.hr, released.wave_id, JSON)).json()
    lines = (await export(released.cast.hr, released.wave_id, NDJSON)).text.splitlines()

    assert data["units"] == [json.loads(line) for line in lines]
    assert {data["notice"]} == {json.loads(line)["notice"] for line in lines}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_a_workbook_has_five_sheets_that_hold_still(released: Round, language: str) -> None:
    """Names in the caller's language; heads stay in sight, are printed on each page, and can be filtered by."""
    book = book_of(await export(released.cast.hr, released.wave_id, XLSX, language))
    units, change = book[SHEETS[language][1]], book[SHEETS[language][3]]

    assert SHEETS[language] == book.sheetnames
    assert ("B3", "C2") == (units.freeze_panes, change.freeze_panes)
    assert ("$1:$2", "$1:$1") == (units.print_title_rows, change.print_title_rows)
    assert all(sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0 for sheet in book)
    assert units.auto_filter.ref.startswith("A2:")
    assert all(NOTICE[language] in sheet.oddFooter.left.text for sheet in book)


async def test_a_workbook_is_as_old_as_its_release(released: Round) -> None:
    """It has no moment of its own, so that its bytes are the same whenever it is asked for."""
    data = (await export(released.cast.hr, released.wave_id, JSON)).json()["wave"]
    book = book_of(await export(released.cast.hr, released.wave_id, XLSX))

    local = datetime.fromisoformat(data["releasedAt"]).astimezone(ZoneInfo(data["zone"])).replace(tzinfo=None)
    assert local.replace(microsecond=0) == book.properties.created == book.properties.modified


async def test_figures_in_a_workbook_are_numbers(released: Round) -> None:
    """Means, counts and rates can be reckoned with; the format is the reader's; dates are dates."""
    book = book_of(await export(released.cast.hr, released.wave_id, XLSX))
    units, root = book["Units"], released.aggregates["root"]

    row = {cell.value: units.cell(3, cell.column) for cell in units[2][:8]}
    assert root["response"]["respondents"] == row["Answered"].value
    assert ("0%", root["response"]["rate"] / 100) == (row["Response"].number_format, row["Response"].value)
    assert ("0.0", root["blocks"][0]["cell"]["mean"]) == (row["Score"].number_format, row["Score"].value)
    assert isinstance(book["Overview"]["B3"].value, datetime)
    texts = {cell.value for line in book["Change"].iter_rows(min_row=2) for cell in line if isinstance(cell.value, str)}
    assert not [text for text in texts if text.replace(".", "").replace("-", "").isdigit()]


async def test_an_export_has_every_kind_of_figure_of_the_reads(scanned: Round) -> None:
    """Items with bands and distributions, choices and sensitive items, unit by unit."""
    data = (await export(scanned.cast.hr, scanned.wave_id, JSON, "nl")).json()

    assert {
        name: ([block["items"] for block in one["blocks"]], one["choices"], one["sensitive"])
        for name, one in scanned.aggregates.items()
    } == {
        unit["name"]: ([block["items"] for block in unit["blocks"]], unit["choices"], unit["sensitive"])
        for unit in data["units"]
    }


def labelled(labels: list[str], counts: list[Any]) -> str:
    """How many gave each answer, in one cell."""
    return "; ".join(f"{label}: {people}" for label, people in zip(labels, counts, strict=True))


def told_as(found: dict[str, int]) -> str:
    """A range; a number where it is none."""
    low, high = found["low"], found["high"]
    return str(low) if low == high else f"{low}–{high}"


async def test_a_table_has_a_line_per_figure(scanned: Round) -> None:
    """By the key of its item, which no language changes; what is protected has no numbers."""
    rows = rows_of(await export(scanned.cast.hr, scanned.wave_id, CSV))
    root = (await export(scanned.cast.hr, scanned.wave_id, JSON)).json()["units"][0]
    item, choice, ranges = root["blocks"][0]["items"][0], root["choices"][0], root["sensitive"][0]

    told = {(row["Unit"], row["itemKey"], row["Kind of figure"]): row for row in rows}
    of_item = [told["root", item["key"], kind] for kind in ("mean", "three bands", "distribution")]
    assert f"{item['mean']:.2f}" == of_item[0]["Score"]
    assert [item["bands"][band] for band in ("unfavourable", "neutral", "favourable")] == [
        int(of_item[1][name]) for name in ("Unfavourable", "Neutral", "Favourable")
    ]
    assert labelled(item["labels"], item["distribution"]["counts"]) == of_item[2]["Answers"]
    assert (
        labelled(choice["labels"], choice["distribution"]["counts"]) == told["root", choice["key"], "Choice"]["Answers"]
    )
    assert (
        labelled(ranges["labels"], [told_as(one) for one in ranges["counts"]["counts"]])
        == (told["root", ranges["key"], "Sensitive question"]["Answers"])
    )
    assert ("protected", "", "") == tuple(
        told["sales", choice["key"], "Choice"][name] for name in ("What is told", "People", "Answers")
    )
    assert ("sales", item["key"], "distribution") not in told


async def test_a_workbook_tells_of_questions_what_is_told(scanned: Round) -> None:
    """Shares are numbers to reckon with; a unit of which nothing is told has no line."""
    sheet = book_of(await export(scanned.cast.hr, scanned.wave_id, XLSX))["Questions"]
    root = scanned.aggregates["root"]
    items = [item for block in root["blocks"] for item in block["items"]]

    first = {cell.value: sheet.cell(2, cell.column) for cell in sheet[1]}
    bands = items[0]["bands"]
    assert ("root", items[0]["mean"]) == (first["Unit"].value, first["Score"].value)
    assert ("0%", bands["favourable"] / bands["n"]) == (first["Favourable"].number_format, first["Favourable"].value)
    units = column(sheet, "Unit", 1)
    assert len(items) + len(root["choices"]) + len(root["sensitive"]) == units.count("root")
    assert (len(items), 0) == (units.count("sales"), units.count("care"))


@pytest.mark.parametrize("sheet", ["Questions", "Change"])
async def test_a_sheet_that_is_full_says_so(released: Round, monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    """A spreadsheet has an end; what comes after it is not left out without a word."""
    told = msgspec.json.decode((await export(released.cast.hr, released.wave_id, JSON)).content, type=AggregateExport)
    monkeypatch.setattr(workbook, "_MOST_LINES", 2)

    with catch_warnings():
        simplefilter("ignore", UserWarning)
        book = load_workbook(BytesIO(file_of(told, XLSX, "en", ExportQuery()).body))

    assert ["root", "root", "A sheet holds no more lines; everything is in the CSV."] == column(book[sheet], "Unit", 1)


async def test_a_protected_unit_stands_in_the_workbook_in_words(released: Round) -> None:
    """Where it is looked at, and no number; the tree is told by indents and can be folded."""
    units = book_of(await export(released.cast.hr, released.wave_id, XLSX))["Units"]
    names = column(units, "Unit", 2)
    care, field = names.index("care") + 3, names.index("field") + 3

    told = [cell.value for cell in units[care] if cell.value is not None]
    blocks = len(released.aggregates["care"]["blocks"])
    assert ["care", "protected", "root", *["protected"] * blocks] == [value for value in told if value]
    assert (0, 1, 2) == tuple(units.cell(row, 1).alignment.indent for row in (3, care, field))
    assert (0, 1, 2) == tuple(units.row_dimensions[row].outlineLevel for row in (3, care, field))


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_name_is_a_formula_in_a_workbook(released: Round, name: str) -> None:
    """It stays the text that it is, wherever it stands, and nothing is a formula or a link."""
    told = told_with(await export(released.cast.hr, released.wave_id, JSON), name)

    with catch_warnings():
        simplefilter("ignore", UserWarning)
        book = load_workbook(BytesIO(file_of(told, XLSX, "en", ExportQuery()).body))

    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert {"s", "n", "d"} == {cell.data_type for cell in cells}
    assert [] == [cell.coordinate for cell in cells if cell.hyperlink is not None]
    assert "s" == book["Units"]["A3"].data_type


@pytest.mark.parametrize("name", HOSTILE)
async def test_no_name_is_a_formula_in_a_table(released: Round, name: str) -> None:
    """One that would begin a formula has an apostrophe in front; all else of it but control characters is there."""
    told = told_with(await export(released.cast.hr, released.wave_id, JSON), name)

    table = file_of(told, CSV, "en", ExportQuery()).body.decode("utf-8-sig")

    cells = [cell for line in csv.reader(StringIO(table, newline="")) for cell in line]
    texts = [cell for cell in cells if cell and not cell.lstrip("-").replace(".", "").isdigit()]
    assert [] == [text for text in texts if text.lstrip().startswith(tuple("=+-@\uff1d"))]
    assert [] == [text for text in texts if re.search(r"[\x00-\x1f\u2028]", text)]
    assert re.sub(r"[\x00-\x1f\u2028]", " ", name) in {text.removeprefix("'") for text in texts}


def test_a_file_is_named_in_plain_letters() -> None:
    """Whatever a wave is called, no quote, path or letter that a disk or a header cannot keep."""
    wave = ExportedWave(
        wave_id=UUID(int=1),
        name='../Één "puls"\r\nX: y; ' + "z" * 100,
        kind="pulse",
        opens_at=datetime(2026, 11, 1, tzinfo=UTC),
        closes_at=datetime(2026, 11, 2, 23, 30, tzinfo=UTC),
        released_at=datetime(2026, 11, 3, tzinfo=UTC),
        zone="Europe/Amsterdam",
    )

    assert "peil-een-puls-x-y-" + "z" * 46 + "-2026-11-03" == stem_of(wave)
    assert "peil-wave-2026-11-03" == stem_of(replace(wave, name="日本"))


async def test_a_table_for_dutch_spreadsheets(released: Round) -> None:
    """Semicolons with a decimal comma where they are asked for; else RFC 4180; both begin with a mark."""
    hr, wave_id = released.cast.hr, released.wave_id
    dutch = await export(hr, wave_id, CSV, "nl", "?separator=semicolon")
    plain = await export(hr, wave_id, CSV)

    assert b"\xef\xbb\xbf" == dutch.content[:3] == plain.content[:3]
    assert plain.content.endswith(b"\r\n")
    scores = [row["Score"] for row in rows_of(dutch, ";")], [row["Score"] for row in rows_of(plain)]
    assert [score.replace(",", ".") for score in scores[0]] == scores[1]
    assert [f"{block['cell']['mean']:.2f}" for block in released.aggregates["root"]["blocks"]] == scores[1][:3]


async def test_pulses_without_a_baseline_are_compared_with_the_one_before(
    answered: tuple[Cast, dict[str, str]],
) -> None:
    """The baseline where there is one, the wave before where it is asked for or there is no other."""
    hr, waves = answered[0].hr, answered[1]
    told = [
        (await export(hr, waves[name], JSON, query=query)).json()["against"]
        for name, query in (("few", ""), ("most", "?to=baseline"), ("most", "?to=previous"), ("all", ""))
    ]
    reads = [
        (await Rest(hr).get_change(waves[name], answered[0].units["root"], to=to)).must()["against"]
        for name, to in (("few", "baseline"), ("most", "baseline"), ("most", "previous"), ("all", "previous"))
    ]

    assert reads == [one["waveId"] for one in told]
    assert [waves["all"], waves["all"], waves["few"], waves["field"]] == reads


async def test_an_export_says_which_earlier_wave_there_is_not(released: Round) -> None:
    """Where it was named, as changes do; two names for one are a finding."""
    hr = released.cast.hr
    first = (await hr.get("/waves")).json()["items"][0]["waveId"]
    at = f"/waves/{first}/export"
    refused = [await hr.get(f"{at}?to={to}", headers={"accept": JSON}) for to in ("baseline", "previous")]
    both = await hr.get(f"/waves/{released.wave_id}/export?to=baseline&against={first}", headers={"accept": JSON})

    assert ["no-baseline", "no-previous"] == [one.json()["code"] for one in refused]
    assert ["against-or-to"] == [one["code"] for one in both.json()["errors"]]


async def test_an_estimate_stands_beside_each_score(released: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the data, in the table and in the workbook; nothing where there is none."""
    hr, wave_id = released.cast.hr, released.wave_id
    first = released.aggregates["root"]["blocks"][0]["key"]
    places = {name: UUID(released.cast.units[name]) for name in ("root", "field")}
    estimates = {first: {places["root"]: 61.25, places["field"]: 58.5}}

    async def found(*_: object) -> Estimates:
        return estimates

    monkeypatch.setattr(operations, "find_estimates", found)
    data = (await export(hr, wave_id, JSON)).json()["units"]
    rows = [row for row in rows_of(await export(hr, wave_id, CSV)) if row["key"] == first and not row["itemKey"]]
    sheet = book_of(await export(hr, wave_id, XLSX))["Units"]

    told = [estimates[first].get(UUID(unit["unitId"])) for unit in data]
    assert {None, 61.25, 58.5} == set(told)
    assert told == [unit["blocks"][0]["estimate"] for unit in data]
    assert {None} == {block["estimate"] for unit in data for block in unit["blocks"][1:]}
    assert told == [float(row["Estimated"]) if row["Estimated"] else None for row in rows]
    assert told == column(sheet, "Estimated", 2)


@pytest.mark.parametrize("path", ["/waves/{wave}/export", "/actions/export"])
@pytest.mark.parametrize("media_type", [XLSX, JSON, NDJSON])
async def test_a_separator_is_of_a_table_only(released: Round, media_type: str, path: str) -> None:
    """Where it would mean nothing it is refused, and not ignored."""
    at = f"{path.format(wave=released.wave_id)}?separator=semicolon"
    refused = await released.cast.hr.get(at, headers={"accept": media_type})

    assert [("/query/separator", "not-of-this-file")] == [
        (one["pointer"], one["code"]) for one in refused.json()["errors"]
    ]


async def test_a_program_finds_the_same_codes_in_every_language(released: Round) -> None:
    """Under names that do not change, with those of the data."""
    hr, wave_id = released.cast.hr, released.wave_id
    names = ("waveId", "statusCode", "warningCodes", "changeCode", "figuresCode", "everybodyAsked")
    dutch, english = [
        [tuple(row[name] for name in names) for row in rows_of(await export(hr, wave_id, CSV, language))]
        for language in ("nl", "en")
    ]
    units = (await export(hr, wave_id, JSON)).json()["units"]
    cells = [(block["cell"], block["change"]) for unit in units for block in unit["blocks"]]

    assert dutch == english
    assert {wave_id} == {row[0] for row in english}
    rows = [row for row in rows_of(await export(hr, wave_id, CSV)) if not row["itemKey"]]
    assert [
        (cell["status"], ";".join(cell.get("warnings", [])), change.get("label") or change.get("reason") or "protected")
        for cell, change in cells
    ] == [(row["statusCode"], row["warningCodes"], row["changeCode"]) for row in rows]
    assert {"mean"} == {row["figuresCode"] for row in rows}
    assert [str(unit["everybodyAsked"]).lower() for unit in units for _ in unit["blocks"]] == [
        row["everybodyAsked"] for row in rows
    ]


async def test_a_wave_without_a_baseline_is_exported_alone(released: Round) -> None:
    """The first wave has nothing to compare with; the sheet says so."""
    hr = released.cast.hr
    first = (await hr.get("/waves")).json()["items"][0]["waveId"]

    data = (await export(hr, first, JSON)).json()
    book = book_of(await export(hr, first, XLSX))

    assert data["against"] is None
    assert {None} == {block["change"] for unit in data["units"] for block in unit["blocks"]}
    assert "no baseline, and no earlier wave that asked the same" == book["Change"]["A1"].value


async def test_a_wave_that_is_not_released_is_not_exported(released: Round) -> None:
    """409 for one that is planned; an earlier wave that is none is a finding."""
    hr = released.cast.hr
    planned = await bring_to(released.cast, "planned")

    refused = await hr.get(f"/waves/{planned}/export", headers={"accept": XLSX})
    wrong = await hr.get(f"/waves/{released.wave_id}/export?against={released.wave_id}")

    assert (409, "not-released") == (refused.status_code, refused.json()["code"])
    assert (400, "not-earlier") == (wrong.status_code, wrong.json()["errors"][0]["code"])


async def test_a_type_that_is_not_given_is_refused(released: Round) -> None:
    """406 for an old spreadsheet."""
    refused = await released.cast.hr.get(
        f"/waves/{released.wave_id}/export", headers={"accept": "application/vnd.ms-excel"}
    )

    assert (406, "not-acceptable") == (refused.status_code, refused.json()["code"])


async def test_who_sees_no_unit_of_the_wave_gets_no_file(cast: Cast) -> None:
    """Whoever works in a unit that was made after the wave began, in every format."""
    played = await play_round(cast)
    await cast.hr.must(
        cast.hr.post("/units", {"externalId": "new", "name": "Nieuw", "parentExternalId": "root"}),
    )
    await add_people(cast.hr, [{"externalId": "newcomer", "unitExternalId": "new"}])
    newcomer = cast.employer.person("newcomer")

    statuses = [
        (await newcomer.get(f"/waves/{played.wave_id}/export", headers={"accept": media_type})).status_code
        for media_type in TYPES
    ]

    assert [404] * len(TYPES) == statuses

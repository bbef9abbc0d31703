"""Many units in one answer: the wave at a glance, a unit with those beneath it, and the heat table."""

from typing import Any
from uuid import uuid4

import pytest

from cases.measuring import Round, bring_to, pass_gates, play_round
from cases.programme import play_wave
from cases.test_aggregates import ALL, SEEN
from peil.aggregates.explanations import TEXTS
from peil.aggregates.model import NOTICE
from peil.aggregates.shelf import Shelf
from support.apis import Rest, Speak
from support.personas import Cast, add_crowd, add_people
from support.statements import count_statements


def paths_of(released: Round, unit: str = "root") -> list[str]:
    """What is answered from ready bytes."""
    wave, unit_id = f"/waves/{released.wave_id}", released.cast.units[unit]
    return [
        f"{wave}/overview",
        f"{wave}/aggregates/{unit_id}",
        f"{wave}/branches/{unit_id}",
        f"{wave}/heat-table?unit={unit_id}&limit=2",
    ]


def as_heat(cell: dict[str, Any]) -> dict[str, Any]:
    """A cell of an aggregate as the heat table has it, but for the estimate."""
    kept = {"published": ("n", "mean", "warnings"), "partial": ("n", "mean", "warnings", "reportedAt")}
    return {"status": cell["status"]} | {name: cell[name] for name in kept.get(cell["status"], ("reportedAt",))}


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_the_overview_is_the_same_for_everybody(speak: Speak, released: Round, viewer: str) -> None:
    """What the top unit says, and how many units have figures, whoever asks."""
    root = released.aggregates["root"]

    seen = (await speak(getattr(released.cast, viewer)).get_wave_overview(released.wave_id)).must()

    assert (root["unitId"], root["name"], root["response"]) == (seen["unitId"], seen["name"], seen["response"])
    assert [(one["key"], one["title"], one["cell"]) for one in root["blocks"]] == [
        (one["key"], one["title"], one["cell"]) for one in seen["blocks"]
    ]
    counts = {one["figures"]: (one["published"], one["partial"], one["protected"]) for one in seen["classes"]}
    assert ((3, 0, 1), (3, 0, 1)) == (counts["response"], counts["mean"])


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_a_branch_has_the_children_in_reach(speak: Speak, released: Round, viewer: str) -> None:
    """The unit and, beneath it, what the caller may see of those directly beneath, each as it is alone."""
    api = speak(getattr(released.cast, viewer))

    branch = (await api.get_branch(released.wave_id, released.cast.units["root"])).must()

    seen = [name for name in released.aggregates if name in {"sales", "care"} & SEEN[viewer]]
    assert ("root", seen) == (branch["unit"]["name"], [child["name"] for child in branch["children"]])
    for one in (branch["unit"], *branch["children"]):
        alone = released.aggregates[one["name"]]
        assert (alone["unitId"], alone["response"]) == (one["unitId"], one["response"])
        names = ("key", "title", "cell", "rate", "estimate")
        assert [{name: block[name] for name in names} for block in alone["blocks"]] == one["blocks"]


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_the_heat_table_has_what_is_in_reach(speak: Speak, released: Round, viewer: str) -> None:
    """A row per unit in the order of the tree, a cell per block with what the aggregate says."""
    table = (await speak(getattr(released.cast, viewer)).get_heat_table(released.wave_id)).must()

    assert [name for name in released.aggregates if name in SEEN[viewer]] == [row["name"] for row in table["rows"]]
    for row in table["rows"]:
        alone = released.aggregates[row["name"]]
        assert [(column["block"], column["title"]) for column in table["columns"]] == [
            (block["key"], block["title"]) for block in alone["blocks"]
        ]
        without = [{name: value for name, value in cell.items() if name != "estimate"} for cell in row["cells"]]
        assert [as_heat(block["cell"]) for block in alone["blocks"]] == without


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_what_is_out_of_reach_does_not_exist(speak: Speak, released: Round, viewer: str) -> None:
    """Neither does a unit that nobody knows; what is in reach does."""
    api = speak(getattr(released.cast, viewer))
    units = [*released.cast.units.items(), ("nothing", str(uuid4()))]

    branches = {name: (await api.get_branch(released.wave_id, unit_id)).word for name, unit_id in units}
    tables = {name: (await api.get_heat_table(released.wave_id, unit=unit_id)).word for name, unit_id in units}

    assert {name: "ok" if name in SEEN[viewer] else "not-found" for name in [*ALL, "nothing"]} == branches == tables


async def test_a_manager_sees_the_subtree_and_the_way_up(speak: Speak, cast: Cast) -> None:
    """Who leads `field` and works in `care` sees both, and what is above them, in each answer."""
    await add_people(cast.hr, [{"externalId": "lead", "unitExternalId": "care", "manages": ["field"]}])
    played = await play_round(cast)
    lead, board = (speak(cast.employer.person(name)) for name in ("lead", "board"))
    root = cast.units["root"]

    rows = [{row["name"] for row in (await one.get_heat_table(played.wave_id)).must()["rows"]} for one in (lead, board)]
    children = [
        {child["name"] for child in (await one.get_branch(played.wave_id, root)).must()["children"]}
        for one in (lead, board)
    ]

    assert [ALL, {"root"}] == rows
    assert [{"sales", "care"}, set()] == children


async def test_protected_units_beneath_the_same_one_are_alike(speak: Speak, cast: Cast) -> None:
    """Four people or nobody at all: their bodies have another id and name, and nothing else."""
    await cast.hr.must(cast.hr.post("/units", {"externalId": "desk", "name": "desk", "parentExternalId": "root"}))
    played = await play_round(cast)
    hr = speak(cast.hr)
    root = cast.units["root"]

    children = (await hr.get_branch(played.wave_id, root)).must()["children"]
    rows = (await hr.get_heat_table(played.wave_id)).must()["rows"]

    for units in (children, rows):
        care, desk = (next(one for one in units if one["name"] == name) for name in ("care", "desk"))
        assert care | {"unitId": None, "name": None} == desk | {"unitId": None, "name": None}
    assert [{"status": "protected", "reportedAt": root}] * len(desk["cells"]) == desk["cells"]


async def test_the_heat_table_of_a_subtree(speak: Speak, released: Round) -> None:
    """Only the unit and what is beneath it."""
    table = (await speak(released.cast.hr).get_heat_table(released.wave_id, unit=released.cast.units["sales"])).must()

    assert ["sales", "field"] == [row["name"] for row in table["rows"]]


async def test_the_heat_table_by_item(speak: Speak, released: Round) -> None:
    """A column per item with its question, under its block; a cell has the mean that the aggregate has."""
    table = (await speak(released.cast.hr).get_heat_table(released.wave_id, level="items")).must()

    root = released.aggregates["root"]
    items = [(block["key"], item["key"], item["text"]) for block in root["blocks"] for item in block["items"]]
    assert items == [(column["block"], column["item"], column["title"]) for column in table["columns"]]
    for row in table["rows"]:
        alone = [item["mean"] for block in released.aggregates[row["name"]]["blocks"] for item in block["items"]]
        assert alone == [cell.get("mean") for cell in row["cells"]]


@pytest.mark.parametrize("level", ["blocks", "items"])
async def test_pages_make_up_the_table(speak: Speak, released: Round, level: str) -> None:
    """Each row once, in the same order, with the same columns; a cursor is for one table only."""
    hr = speak(released.cast.hr)
    whole = (await hr.get_heat_table(released.wave_id, level=level)).must()
    first = (await hr.get_heat_table(released.wave_id, level=level, limit=3)).must()
    last = first["next"]
    second = (await hr.get_heat_table(released.wave_id, level=level, limit=3, cursor=last)).must()
    other = {"blocks": "items", "items": "blocks"}[level]
    refused = [
        await hr.get_heat_table(released.wave_id, level=other, cursor=last),
        await hr.get_heat_table(released.wave_id, level=level, unit=released.cast.units["root"], cursor=last),
        await hr.get_branch(released.wave_id, released.cast.units["root"], cursor=last),
    ]

    assert whole["rows"] == [*first["rows"], *second["rows"]]
    assert (whole["columns"], None) == (second["columns"], second["next"])
    assert [[("/query/cursor", "cursor")]] * 3 == [one.findings for one in refused]


async def test_children_come_in_pages(speak: Speak, released: Round) -> None:
    """One after the other, each with the whole of the unit above them."""
    hr = speak(released.cast.hr)
    root = released.cast.units["root"]

    first = (await hr.get_branch(released.wave_id, root, limit=1)).must()
    second = (await hr.get_branch(released.wave_id, root, limit=1, cursor=first["next"])).must()

    names = [name for name in released.aggregates if name in {"sales", "care"}]
    assert names == [one["name"] for one in (*first["children"], *second["children"])]
    assert first["unit"] == second["unit"]
    assert second["next"] is None


async def test_the_next_page_of_the_table_is_linked(released: Round) -> None:
    """As of any list, also where it comes from memory."""
    path = f"/waves/{released.wave_id}/heat-table?limit=3"

    answers = [await released.cast.hr.get(path) for _ in range(2)]

    for answer in answers:
        assert f"limit=3&cursor={answer.json()['next']}" in answer.headers["link"]


async def test_an_estimate_stands_beside_the_mean(speak: Speak, cast: Cast) -> None:
    """Of units of the same level that have figures of their own: nearer to each other than their means are."""
    hr = speak(cast.hr)
    await add_crowd(cast.hr, root=12, sales=40, care=12)
    await pass_gates(cast, Rest(cast.hr), Rest(cast.works_council))
    wave_id = await play_wave(cast, "pulse")

    table = (await hr.get_heat_table(wave_id)).must()
    sales = (await hr.get_aggregate(wave_id, cast.units["sales"])).must()

    cells = {row["name"]: row["cells"] for row in table["rows"]}
    apart = [
        [abs(one[told] - other[told]) for one, other in zip(cells["sales"], cells["care"], strict=True)]
        for told in ("mean", "estimate")
    ]
    assert all(estimate < mean for mean, estimate in zip(*apart, strict=True))
    assert [block["estimate"] for block in sales["blocks"]] == [cell["estimate"] for cell in cells["sales"]]
    # The only one of its level, and one without figures.
    assert {None} == {cell["estimate"] for cell in cells["root"]}
    assert {"protected"} == {cell["status"] for cell in cells["field"]}


@pytest.mark.parametrize("language", ["nl", "en"])
async def test_texts_are_in_the_callers_language(speak: Speak, released: Round, language: str) -> None:
    """The notice, the titles, and what the codes mean."""
    hr = speak(released.cast.hr)

    seen = (await hr.get_wave_overview(released.wave_id, language=language)).must()
    table = (await hr.get_heat_table(released.wave_id, language=language)).must()

    assert (NOTICE[language], NOTICE[language]) == (seen["notice"], table["notice"])
    assert [{"code": "protected", "text": TEXTS["protected"][language]}] == table["explanations"]
    assert [block["title"] for block in seen["blocks"]] == [column["title"] for column in table["columns"]]


@pytest.mark.parametrize("state", ["planned", "open", "cancelled"])
async def test_there_is_nothing_before_the_release(speak: Speak, cast: Cast, state: str) -> None:
    """A wave that is not released says so, a cancelled one that it never will be, and an unknown one does not exist."""
    await add_crowd(cast.hr, field=10)
    wave_id = await bring_to(cast, state)
    hr, root = speak(cast.hr), cast.units["root"]

    outcomes = [
        (
            await hr.get_wave_overview(one),
            await hr.get_branch(one, root),
            await hr.get_heat_table(one),
            await hr.get_group_aggregate(one, {"unitIds": [root]}),
        )
        for one in (wave_id, str(uuid4()))
    ]

    code = "wave-cancelled" if state == "cancelled" else "not-released"
    assert [[code] * 4, ["not-found"] * 4] == [[one.code for one in asked] for asked in outcomes]


async def test_a_unit_of_another_edition_is_not_in_the_wave(
    speak: Speak, answered: tuple[Cast, dict[str, str]]
) -> None:
    """It was made after the wave: there is no branch of it, no table, no aggregate."""
    cast, waves = answered
    hr, late = speak(cast.hr), cast.units["late"]

    words = [
        (await hr.get_aggregate(waves["all"], late)).word,
        (await hr.get_branch(waves["all"], late)).word,
        (await hr.get_heat_table(waves["all"], unit=late)).word,
    ]

    assert ["not-found"] * 3 == words


async def test_what_was_read_once_needs_no_database(released: Round, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every one is answered from bytes in the process, for whoever sees the same, and still not out of reach."""
    paths = paths_of(released)
    readers = (released.cast.employee, released.cast.hr)
    before = [await reader.get(path) for reader in readers for path in paths]

    async def away(*_: object, **__: object) -> None:
        raise AssertionError("the database was asked")

    monkeypatch.setattr(type(released.cast.house.parts.database), "run", away)
    after = [await reader.get(path) for reader in (released.cast.ambassador, released.cast.board) for path in paths]

    assert [(one.status_code, one.content) for one in before] == [(one.status_code, one.content) for one in after]
    monkeypatch.undo()
    hidden = [await released.cast.employee.get(path) for path in paths_of(released, "care")[1:]]
    assert [404] * 3 == [one.status_code for one in hidden]


async def test_each_language_has_its_own_etag(released: Round) -> None:
    """It stays; who has it is told so, to GET and HEAD; in another language, or an unknown one, it does not fit."""
    for path in paths_of(released):
        hr = released.cast.hr
        dutch, english, again, german = [
            await hr.get(path, headers={"accept-language": language}) for language in ("nl", "en", "nl", "de")
        ]
        etag = dutch.headers["etag"]
        known = [
            await hr.request(method, path, headers={"accept-language": language, "if-none-match": etag})
            for method in ("GET", "HEAD")
            for language in ("nl", "en")
        ]
        head = await hr.request("HEAD", path, headers={"accept-language": "nl"})

        assert dutch.headers["etag"] == again.headers["etag"] != english.headers["etag"]
        # A language that Peil does not speak: that of the caller, as where none is asked for.
        assert (await hr.get(path)).headers["etag"] == german.headers["etag"]
        assert [304, 200, 304, 200] == [one.status_code for one in known]
        assert (b"", dutch.headers["etag"]) == (head.content, head.headers["etag"])
        assert "private, no-cache" == dutch.headers["cache-control"]


async def test_an_etag_tells_nothing_of_somebody_elses_reach(released: Round) -> None:
    """Who may not see a unit gets 404, whatever version is named."""
    path = paths_of(released, "care")[1]
    etag = (await released.cast.hr.get(path)).headers["etag"]

    hidden = [
        await released.cast.employee.get(path, headers={"if-none-match": tag}) for tag in (etag, "*", '"another"')
    ]

    assert [404] * 3 == [one.status_code for one in hidden]


async def test_bad_queries_are_refused(speak: Speak, released: Round) -> None:
    """Another level, and a limit out of bounds; over REST also a language in the query, which is said in a header."""
    hr = speak(released.cast.hr)

    outcomes = [
        await hr.get_heat_table(released.wave_id, level="people"),
        await hr.get_heat_table(released.wave_id, limit=0),
    ]
    unknown = await released.cast.hr.get(f"/waves/{released.wave_id}/overview?language=tlh")

    assert ["refused"] * 2 == [one.word for one in outcomes]
    assert (400, "/query/language") == (unknown.status_code, unknown.json()["errors"][0]["pointer"])


async def test_statements_do_not_depend_on_the_number_of_units(
    released: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One unit or all of them: as many statements, in every answer."""
    hr = Rest(released.cast.hr)
    units = released.cast.units
    statements = count_statements(monkeypatch)
    # As if nothing had been read.
    monkeypatch.setattr(Shelf, "find", lambda *_: None)
    monkeypatch.setattr(Shelf, "find_ready", lambda *_: None)
    counted = []
    for unit, group in (("field", ["field"]), ("root", ["root"]), ("root", ["sales", "field"])):
        for asked in (
            hr.get_heat_table(released.wave_id, unit=units[unit]),
            hr.get_branch(released.wave_id, units[unit]),
            hr.get_group_aggregate(released.wave_id, {"unitIds": [units[one] for one in group]}),
        ):
            (await asked).must()
        counted.append(list(statements))
        statements.clear()

    assert counted[0] == counted[1] == counted[2]

"""What every exit of the service gives away: nothing but what a release says, and the same to everybody."""

import re
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from random import Random
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec
import pytest

from adversary.exits import (
    ELSEWHERE,
    Answer,
    Ask,
    answer,
    asks,
    is_collected,
    masked,
    names_of,
    reads,
    respond,
    values_of_path,
    values_of_query,
)
from adversary.inside import INSIDE, Inside, forget
from adversary.leaking import LEAKS, Leak, leaking
from adversary.stage import (
    ANSWERING,
    LEAVES,
    Staged,
    metric_of,
    open_scan,
    play_again,
    questions,
    reorganise,
    send,
    sheet,
    stage,
)
from cases.measuring import advance
from cases.programme import action_new
from support.apis import FIELDS, GraphQL, Rest, application_with_documents
from support.house import PUBLIC_URL, House, Persona

UNITS = ("root", "sales", "field", *LEAVES)
# Charts with a row for each unit beneath that the viewer may see.
_BY_REACH = ("heat", "participation")
_LEAKING = {"getAggregate", "getTeamWidget", "getGroupAggregate"}
Answers = dict[tuple[str, Ask], Answer]


class Collected(NamedTuple):
    """The two employers, and all that each viewer was answered."""

    staged: list[Staged]
    answers: list[Answers]


@pytest.fixture(scope="module")
async def collected(house: House) -> Collected:
    staged = [await stage(house, number) for number in (0, 1)]
    return Collected(staged, [await collect(one) for one in staged])


@pytest.fixture(scope="module")
async def documents(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """The API with a document of each operation persisted."""
    transport = httpx.ASGITransport(app=application_with_documents(house.parts))
    async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as client:
        yield client


async def collect(staged: Staged) -> Answers:
    return {
        (name, ask): await answer(staged, viewer, ask)
        for name, viewer in staged.viewers.items()
        for ask in asks(UNITS)
        if _is_worth_it(name, ask)
    }


def _is_worth_it(viewer: str, ask: Ask) -> bool:
    """Not everybody needs to draw and download the same, nor to draw it all."""
    if viewer == "page":
        return ask.path.startswith("/widgets/") and "json" in ask.accept and ask.unit == "leaf-a"
    if ask.accept == "image/png":
        return (viewer, ask.operation, ask.kind) == ("hr", "getChart", "score") and ask.unit in LEAVES
    if ask.accept == "image/svg+xml":
        return (viewer, ask.operation) == ("hr", "getChart") and ask.unit in ("root", "leaf-a", "leaf-b")
    return viewer == "hr" or "json" in ask.accept


def test_no_operation_is_forgotten() -> None:
    """Whatever reads is collected, or named with the reason why it is not."""
    apart = {operation.name for operation in reads() if not is_collected(operation)}

    assert set().union(*ELSEWHERE.values()) == apart


def test_small_units_are_answered_alike(collected: Collected) -> None:
    """Of none, of one to three, or of six who answered: the same status, headers, size and words but for the name."""
    for answers in collected.answers:
        about = {asked.operation for _, asked in answers if asked.unit in LEAVES}

        assert [] == unlike(answers)
        assert len(about) > 15


def test_nothing_tells_who_of_an_atom_gave_which_answer(collected: Collected) -> None:
    """At two employers other people of the atom answered, and others gave the same answers: all is the same."""
    first, second = collected.answers

    assert [] == [asked for asked in first if first[asked] != second[asked]]
    assert sum(told.status == 200 for told in first.values()) > 300


def test_all_viewers_are_told_the_same(collected: Collected) -> None:
    """Whoever may see something of a unit sees of it what HR sees."""
    for answers in collected.answers:
        different = [
            (viewer, ask)
            for (viewer, ask), told in answers.items()
            if told.status == 200 and ask.kind not in _BY_REACH and "json" in ask.accept
            for seen in [answers["hr", ask]]
            if seen.status == 200 and not set(told_apart(told.body)) <= set(told_apart(seen.body))
        ]

        assert [] == different


async def test_graphql_tells_no_more(collected: Collected, documents: httpx.AsyncClient) -> None:
    """There too small units are answered alike, and the two employers are."""
    first, second = [await by_graphql(staged, documents) for staged in collected.staged]

    assert [] == unlike(first)
    assert [] == [asked for asked in first if first[asked] != second[asked]]
    assert len({asked.operation for _, asked in first if asked.unit in LEAVES}) > 10


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.__name__)
async def test_an_exit_that_counts_is_found(collected: Collected, leak: Leak) -> None:
    """Neither comparison is blind: to a header, a size, a tag, a status or words that tell how many answered."""
    answers: list[Answers] = []
    for number, staged in enumerate(collected.staged):
        async with leaking(staged, number, leak) as viewer:
            some = [ask for ask in asks(LEAVES) if ask.operation in _LEAKING]
            answers.append({("hr", ask): await answer(staged, viewer, ask) for ask in some})

    assert _LEAKING == {ask.operation for _, ask in unlike(answers[0])}
    assert any(answers[0][asked] != answers[1][asked] for asked in answers[0])


@pytest.mark.parametrize("fault", INSIDE, ids=lambda fault: fault.plant.__name__)
async def test_an_operation_that_counts_is_found(
    collected: Collected, house: House, fault: Inside, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a leak is planted in the making of a figure, a refusal, tag, size, order, picture or file."""
    fault.plant(
        monkeypatch,
        {
            UUID(one.cast.units[leaf]): n
            for one, by_leaf in zip(collected.staged, ANSWERING, strict=True)
            for leaf, n in by_leaf.items()
        },
    )
    some = [
        ask
        for ask in asks(("root", *LEAVES))
        if ask.operation == fault.operation and ask.kind in ("", "score") and not ask.accept.startswith("image/")
    ]
    forget(house)
    first, second = [
        {("hr", ask): await answer(staged, staged.cast.hr, ask) for ask in some} for staged in collected.staged
    ]
    forget(house)

    assert unlike(first) or unfounded(first) or [asked for asked in first if first[asked] != second[asked]]


async def test_what_is_refused_of_small_units_is_refused_alike(collected: Collected) -> None:
    """A measure that is to raise the figure of a unit without one: in the same words, however few answered."""
    for staged in collected.staged:
        hr, metric = staged.cast.hr, metric_of(staged.waves[0])
        new = [await action_new(staged.cast, unitId=staged.cast.units[leaf], level="team", **metric) for leaf in LEAVES]
        refused = [await hr.post("/actions", one) for one in new]
        words = {masked(one.text, names_of(staged)) for one in refused}

        assert {400} == {one.status_code for one in refused}
        assert 1 == len(words)
        assert "unit-protected" in words.pop()


async def test_what_was_made_of_the_waves_was_collected(collected: Collected) -> None:
    """A campaign that was judged, and measures with a figure then and now."""
    told = {
        ask.operation: said.body
        for (name, ask), said in collected.answers[0].items()
        if name == "hr" and not ask.chosen
    }

    assert {"met", "not-met"} <= set(re.findall(r'"verdict":"([\w-]+)"', told["getEvaluation"]))
    assert re.search(r'"startValue":[\d.]+', told["getAction"])
    for operation, name in (("getAction", "current"), ("getProgressCheck", "reading")):
        assert re.search(rf'"{name}":{{"waveId":"<wave 1>","value":[\d.]+', told[operation])


def test_a_tag_is_of_the_body(collected: Collected) -> None:
    """A hash of nothing else, but for pictures, whose tags are there before they are drawn."""
    assert [] == [asked for answers in collected.answers for asked in unfounded(answers)]


async def test_one_answer_more_changes_nothing_while_a_wave_is_open(collected: Collected) -> None:
    """Neither a byte nor a tag, whoever looks."""
    cast = collected.staged[0].cast
    wave_id, codes = await open_scan(cast, "survey")
    staged = collected.staged[0]._replace(waves=[wave_id])
    before = await _all_said(staged)
    await send(cast, wave_id, codes["of-leaf-a"], sheet(Random(1), await questions(cast, wave_id)))
    after = await _all_said(staged)
    await advance(cast, days=1)
    closed = await _all_said(staged)

    assert before == after
    assert after != closed


def unfounded(answers: Answers) -> list[tuple[str, Ask]]:
    """Where the tag is a hash of more than what was answered."""
    return [
        (viewer, ask)
        for (viewer, ask), told in answers.items()
        if ask.operation not in ("getChart", "getChartWidget")
        and dict(told.headers).get("etag", "of the body") != "of the body"
    ]


async def test_a_reorganisation_rewrites_nothing(collected: Collected, house: House) -> None:
    """Teams move, one goes up in another, people change teams, and a wave follows: what was told before stays so.

    Every answer about the wave before is what it was, in words, size and tag; and each figure that stands beside a new
    one, in a change or a trend, is the one of its own release.
    """
    staged, old = collected.staged[1], collected.answers[1]
    hr, units = Rest(staged.cast.hr), staged.cast.units
    await reorganise(staged.cast)
    forget(house)
    some = [ask for ask in asks(UNITS) if "{waveId}" in ask.path and not ask.accept.startswith("image/")]
    again = {("hr", ask): await answer(staged, staged.cast.hr, ask) for ask in some}
    new = await play_again(staged.cast)
    after = {("hr", ask): await answer(staged, staged.cast.hr, ask) for ask in some}
    figures = {wave: await means_of(hr, wave) for wave in (*staged.waves, new)}
    changes = (await hr.list_changes(new, against=staged.waves[-1])).must()["items"]
    compared = [
        (unit["unitId"], block["key"], block["cell"])
        for unit in changes
        for block in unit["blocks"]
        if block["cell"]["status"] == "compared"
    ]
    trend = (await hr.get_trend(new, units["field"])).must()["blocks"]

    assert [] == [asked for asked in again if again[asked] != old[asked]]
    assert [] == [asked for asked in again if after[asked] != old[asked]]
    assert {units["root"], units["field"]} == {unit_id for unit_id, _, _ in compared}
    for unit_id, key, cell in compared:
        sides = [(cell[side]["n"], cell[side]["mean"]) for side in ("before", "after")]
        assert [figures[wave][unit_id, key] for wave in (staged.waves[-1], new)] == sides
    for block in trend:
        told = [(point["cell"]["n"], point["cell"]["mean"]) for point in block["points"]]
        assert [figures[wave][units["field"], block["key"]] for wave in (*staged.waves, new)] == told


async def means_of(hr: Rest, wave_id: str) -> dict[tuple[str, str], tuple[int, float]]:
    """By unit and block, of how many and what."""
    page = (await hr.list_aggregates(wave_id, limit=200)).must()["items"]
    return {
        (unit["unitId"], block["key"]): (block["cell"]["n"], block["cell"]["mean"])
        for unit in page
        for block in unit["blocks"]
        if "mean" in block["cell"]
    }


async def by_graphql(staged: Staged, documents: httpx.AsyncClient) -> Answers:
    """What HR is answered there."""
    hr = GraphQL(Persona(documents, staged.cast.hr.token))
    found: Answers = {}
    for ask in asks(LEAVES):
        name = re.sub(r"([A-Z])", lambda upper: f"_{upper[1].lower()}", ask.operation)
        if name in FIELDS and not ask.kind and ask.accept == "application/json":
            said = await hr.call(name, *values_of_path(staged, ask), **values_of_query(staged, ask))
            body = masked(msgspec.json.encode((said.code, said.findings, said.body)).decode(), names_of(staged))
            found["hr", ask] = Answer(200 if said.word == "ok" else 400, (("etag", str(len(said.etag or ""))),), body)
    return found


async def _all_said(staged: Staged) -> dict[tuple[str, Ask], tuple[int, str | None, str]]:
    found = {}
    for name in ("hr", "works council", "of leaf-a"):
        for ask in asks(("root", "leaf-a")):
            if "json" in ask.accept:
                said = await respond(staged, staged.viewers[name], ask)
                found[name, ask] = said.status_code, said.headers.get("etag"), masked(said.text, {})
    return found


def unlike(answers: Answers) -> list[tuple[str, Ask]]:
    """What was asked of each of the small units, or of all units, and answered otherwise of one of them."""
    said: dict[tuple[str, Ask], set[object]] = defaultdict(set)
    for (viewer, ask), told in answers.items():
        if viewer not in ("hr", "works council") or ask.operation == "getReportability":
            # Others do not see all of the units; and that tells before anybody answers what invitations allow.
            continue
        if ask.unit in LEAVES:
            headers = tuple((header, value.replace(ask.unit, "leaf")) for header, value in told.headers)
            said[viewer, ask._replace(unit=None)].add((told.status, headers, told.body.replace(ask.unit, "leaf")))
        elif ask.unit is None and told.status == 200 and "json" in ask.accept:
            of_leaves = [(leaf, part) for leaf, part in of_units(told.body) if leaf in _MASKED]
            for leaf in _MASKED if of_leaves else ():
                parts = tuple(part.replace(leaf.strip("<>"), "leaf") for of, part in of_leaves if of == leaf)
                said[viewer, ask].add(parts)
    return [asked for asked, different in said.items() if len(different) > 1]


_MASKED = [f"<{leaf}>" for leaf in LEAVES]
_MEASURES = re.compile(r'"actions":{[^{}]*},')
_LISTS = ("items", "entries", "actions")


def told_apart(body: str) -> Iterator[tuple[str, str]]:
    """What is told: of a list, which is by reach, each thing; and without how many measures one sees."""
    for line in body.splitlines():
        value = msgspec.json.decode(line)
        listed = next((value[name] for name in _LISTS if name in value), None) if isinstance(value, dict) else None
        for thing in listed if isinstance(listed, list) else [value]:
            yield from of_units(_MEASURES.sub("", msgspec.json.encode(thing).decode()))


def of_units(body: str) -> list[tuple[str, str]]:
    """All parts of an answer, of a line or more, that are about a unit; one that is about none is a part by itself."""
    parts = [part for line in body.splitlines() for part in _of_units(msgspec.json.decode(line))]
    return parts or [("", body)]


def _of_units(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        # What lists units beneath is not one of them.
        if "unitId" in value:
            yield value["unitId"], msgspec.json.encode(value).decode()
        for member in value.values():
            yield from _of_units(member)
    elif isinstance(value, list):
        for member in value:
            yield from _of_units(member)

"""Charts over REST: who sees which, in which form, and that a picture is drawn only for who does not have it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest

from cases.measuring import Round, play_round
from cases.test_aggregates import ALL, SEEN
from peil.aggregates.charts.drawings import Drawings
from peil.aggregates.charts.model import KINDS
from peil.rest import PNG, SVG, VEGALITE
from support.apis import Rest
from support.house import House, Persona
from support.personas import Cast, cast_of


async def ask(
    who: Persona, played: Round, unit: str, kind: str, accept: str = VEGALITE, **query: Any
) -> httpx.Response:
    """A chart of a unit; of a trend the first block."""
    if kind == "trend":
        query.setdefault("block", played.aggregates["root"]["blocks"][0]["key"])
    unit_id = played.cast.units.get(unit, unit)
    headers = {"accept": accept, "accept-language": query.pop("language", "nl")}
    path = f"/waves/{played.wave_id}/aggregates/{unit_id}/charts/{kind}"
    return await who.get(path, params=query, headers=headers)


def findings(answer: httpx.Response) -> list[tuple[str, str]]:
    return [(one["pointer"], one["code"]) for one in answer.json()["errors"]]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("accept", "begins"), [(SVG, b"<svg "), (PNG, b"\x89PNG"), (VEGALITE, b'{"$schema"')])
async def test_a_chart_comes_as_was_asked(released: Round, kind: str, accept: str, begins: bytes) -> None:
    """As SVG, as PNG or as its specification; the answer says which, and that it may be kept and asked for again."""
    answer = await ask(released.cast.hr, released, "root", kind, accept)

    assert (200, accept) == (answer.status_code, answer.headers["content-type"].partition(";")[0])
    assert begins in answer.content[:400]
    assert "private, no-cache" == answer.headers["cache-control"]
    assert "Accept" in answer.headers["vary"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("viewer", sorted(SEEN))
async def test_what_is_out_of_reach_does_not_exist(released: Round, viewer: str) -> None:
    """The reach is that of aggregates; nobody's unit is not there either."""
    who = getattr(released.cast, viewer)

    statuses = {name: (await ask(who, released, name, "score")).status_code for name in [*ALL, str(uuid4())]}

    assert {name: 200 if name in SEEN[viewer] else 404 for name in statuses} == statuses


async def test_another_employer_and_nobody_see_nothing(released: Round, stranger: Cast) -> None:
    """Not even that there is such a wave."""
    assert 404 == (await ask(stranger.hr, released, "root", "score")).status_code
    assert 401 == (await ask(released.cast.house.anonymous, released, "root", "score")).status_code


@pytest.mark.parametrize("kind", ["heat", "participation"])
async def test_a_chart_of_units_has_those_in_reach(released: Round, kind: str) -> None:
    """HR sees both units under the top one; the employee only the one that the own unit is in."""
    names = {
        viewer: [
            row["label"]
            for row in (await ask(getattr(released.cast, viewer), released, "root", kind)).json()["data"]["values"]
        ]
        for viewer in ("hr", "employee")
    }

    assert {"root", "sales", "care"} == set(names["hr"])
    assert ["root", "sales"] == names["employee"]


@pytest.fixture(scope="module")
async def wide(house: House) -> Round:
    """A released wave of an employer with 43 units under the top one."""
    cast = await cast_of(await house.employer("Breed BV"))
    for number in range(41):
        new = {"externalId": f"u{number}", "name": f"unit {number}", "parentExternalId": "root"}
        cast.units[new["name"]] = (await Rest(cast.hr).create_unit(new)).must()["unitId"]
    return await play_round(cast)


@pytest.mark.parametrize("kind", ["heat", "participation"])
@pytest.mark.parametrize(
    ("language", "more"), [("nl", "En nog 3 onderdelen."), ("en", "And 3 more units.")], ids=["nl", "en"]
)
async def test_a_picture_has_forty_units_and_says_how_many_it_leaves_out(
    wide: Round, kind: str, language: str, more: str
) -> None:
    """In the order of the tree; a reader of fewer is not told of others."""
    drawn = (await ask(wide.cast.hr, wide, "root", kind, language=language)).json()
    few = (await ask(wide.cast.employee, wide, "root", kind, language=language)).json()

    listed = (await Rest(wide.cast.hr).get_branch(wide.wave_id, wide.cast.units["root"], limit=200)).must()
    names = [one["name"] for one in listed["children"]]
    assert 43 == len(names)
    assert ["root", *names[:40]] == [row["label"] for row in drawn["data"]["values"]]
    assert more in drawn["layer"][-1]["mark"]["text"]
    assert ["root", "sales"] == [row["label"] for row in few["data"]["values"]]
    assert not any(more.split()[0] in line for line in few["layer"][-1]["mark"]["text"])


@pytest.mark.parametrize("accept", [SVG, PNG])
async def test_who_has_it_does_not_have_it_drawn(released: Round, accept: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """304 before anything is drawn; HEAD says the same of the picture as GET."""
    hr = released.cast.hr
    first = await ask(hr, released, "root", "score", accept)

    async def never(*_: object) -> bytes:
        raise AssertionError("a picture was drawn")

    path = str(first.request.url).partition("/v1")[2]
    head = await hr.request("HEAD", path, headers={"accept": accept, "accept-language": "nl"})
    monkeypatch.setattr(Drawings, "get", never)
    headers = {"accept": accept, "accept-language": "nl", "if-none-match": first.headers["etag"]}
    again = await hr.get(path, headers=headers)

    assert (200, first.headers["etag"], b"") == (head.status_code, head.headers["etag"], head.content)
    assert first.headers["content-length"] == head.headers["content-length"]
    assert (304, first.headers["etag"], b"") == (again.status_code, again.headers["etag"], again.content)


async def test_every_form_and_language_has_an_etag_of_its_own(released: Round) -> None:
    """What differs in bytes differs in its tag."""
    asked = [(accept, language) for accept in (SVG, PNG, VEGALITE) for language in ("nl", "en")]

    tags = {
        (await ask(released.cast.hr, released, "root", "score", accept, language=language)).headers["etag"]
        for accept, language in asked
    }

    assert len(asked) == len(tags)


@pytest.mark.parametrize(
    ("kind", "query", "expected"),
    [
        ("pie", {}, [("/path/kind", "not-one-of")]),
        (
            "score",
            {"width": 1_000_000, "theme": "sepia"},
            [("/query/theme", "not-one-of"), ("/query/width", "too-large")],
        ),
        ("score", {"scale": 0}, [("/query/scale", "too-small")]),
        ("score", {"height": 3}, [("/query/height", "unknown-field")]),
        ("score", {"block": "nothing"}, [("/query/block", "unknown-block")]),
        ("trend", {"block": "nothing"}, [("/query/block", "unknown-block")]),
        (
            "heat",
            {"over": "all", "block": "y"},
            [("/query/block", "not-of-this-chart"), ("/query/over", "not-of-this-chart")],
        ),
        ("distribution", {"item": "nothing"}, [("/query/item", "unknown-item")]),
        ("distribution", {"item": "a", "block": "b"}, [("/query/block", "block-or-item")]),
        ("change", {"over": "all"}, [("/query/over", "not-of-this-chart")]),
    ],
)
async def test_what_cannot_be_drawn_is_refused(
    released: Round, kind: str, query: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    """With everything that is wrong, each in its place."""
    answer = await ask(released.cast.hr, released, "root", kind, **query)

    assert (400, expected) == (answer.status_code, sorted(findings(answer)))


async def test_one_item_is_told_as_far_as_may_be(released: Round) -> None:
    """By answer where there are thirty, in bands where there are fewer, and not at all where it is protected."""
    item = next(iter(released.aggregates["root"]["blocks"][0]["cell"]["items"]))
    specs = {
        unit: (await ask(released.cast.hr, released, unit, "distribution", item=item)).json()
        for unit in ("root", "field", "care")
    }

    told = [row["remark"].split(" van ") for row in specs["root"]["data"]["values"]]
    assert 5 == len(told)
    assert {str(sum(int(count) for count, _ in told))} == {n for _, n in told}
    assert [True] == [row["hatched"] is not None for row in specs["care"]["data"]["values"]]
    assert 1 == len(specs["field"]["data"]["values"])


async def test_a_trend_needs_a_block(released: Round) -> None:
    """One picture is of one."""
    path = f"/waves/{released.wave_id}/aggregates/{released.cast.units['root']}/charts/trend"

    answer = await released.cast.hr.get(path)

    assert (400, [("/query/block", "required")]) == (answer.status_code, findings(answer))


async def test_a_picture_of_too_many_pixels_is_refused(released: Round) -> None:
    """A PNG of it; what is drawn by lines has no pixels."""
    hr, size = released.cast.hr, {"width": 1600, "scale": 4}

    png, svg = [await ask(hr, released, "root", "score", accept, **size) for accept in (PNG, SVG)]

    assert (400, [("/query/scale", "too-many-pixels")]) == (png.status_code, findings(png))
    assert 200 == svg.status_code


async def test_another_form_is_not_given(released: Round) -> None:
    """406, and what there is."""
    answer = await ask(released.cast.hr, released, "root", "score", "image/gif")

    assert 406 == answer.status_code
    assert all(form in answer.json()["detail"] for form in (SVG, PNG, VEGALITE))


@pytest.mark.parametrize("kind", KINDS)
async def test_protected_is_drawn_as_such(released: Round, kind: str) -> None:
    """A unit that is too small has a picture without a figure, in which it says where to look."""
    spec = (await ask(released.cast.hr, released, "care", kind)).json()

    if kind != "heat":
        assert all(row["hatched"] == "Beschermd: zie root" for row in spec["data"]["values"])
    assert "Beschermd: zie root" in spec["description"]
    assert not any(character.isdigit() for character in "".join(_figures(spec)))


def _figures(spec: dict[str, Any]) -> list[str]:
    rows = [row for rows in (spec["data"]["values"], *spec["datasets"].values()) for row in rows]
    return [
        str(row[name]) for row in rows for name in ("figure", "remark", "score", "rate") if row.get(name) is not None
    ]


async def test_a_chart_is_in_the_employers_colour(released: Round) -> None:
    """From the moment it is set, and another ETag with it."""
    hr = released.cast.hr
    before = await ask(hr, released, "root", "score")
    await hr.must(hr.patch("/colours", {"accent": "#0b6e4f"}, "*"), 200)
    after = await ask(hr, released, "root", "score")
    await hr.must(hr.patch("/colours", {"accent": None}, "*"), 200)

    assert "#0b6e4f" not in before.text
    assert "#0b6e4f" in after.text
    assert before.headers["etag"] != after.headers["etag"]

"""The form's files, as the intake serves them, and what people are told who may look on."""

import json
import re
from pathlib import Path
from typing import get_args
from uuid import UUID

import pytest

from anonymity.asking import owner
from cases.examples import INSTRUMENT
from cases.measuring import advance, bring_to
from peil.answering.pages import DOCUMENT, MODULE, PAGES
from peil.answering.words import WORDS
from peil.notice import Told, notice_of
from peil.notice_texts import LINES, TEXTS
from peil.support_routes.model import SupportRouteKind
from peil.waves.model import WaveMode
from support.answering import wave_of
from support.apis import Rest
from support.house import House
from support.personas import add_crowd, cast_of

PACKAGE = Path(__file__).parents[2] / "service" / "peil"
MODES: tuple[WaveMode, ...] = get_args(WaveMode)


@pytest.mark.parametrize("path", sorted(PAGES))
async def test_a_file_is_served_to_any_page(house: House, path: str) -> None:
    """With a strong ETag that is worth a 304, a strict policy, and no cookie."""
    answer = await house.http.get(path, headers={"origin": "https://intranet.example"})
    again = await house.http.get(path, headers={"if-none-match": answer.headers["etag"]})

    assert (200, 304, PAGES[path].body) == (answer.status_code, again.status_code, answer.content)
    assert ("*", "nosniff", "no-referrer") == tuple(
        answer.headers[name] for name in ("access-control-allow-origin", "x-content-type-options", "referrer-policy")
    )
    policy = answer.headers["content-security-policy"]
    assert {"default-src 'none'", "script-src 'self'", "connect-src 'self'"} <= set(policy.split("; "))
    assert "set-cookie" not in answer.headers


async def test_nothing_else_lies_beside_them(house: House) -> None:
    """No listing, no other file of the package, no way up."""
    for path in (f"{DOCUMENT}/", f"{DOCUMENT}/pages.py", f"{DOCUMENT}/../pages.py", f"{DOCUMENT}/%2e%2e/pages.py"):
        assert 404 == (await house.http.get(path)).status_code


async def test_the_files_are_no_part_of_the_api(house: House) -> None:
    """They stand outside /v1 and in no contract."""
    document = json.dumps(list(PAGES))

    assert MODULE in document
    assert 405 == (await house.http.post(MODULE)).status_code


def test_the_files_take_nothing_from_elsewhere() -> None:
    """No address of another host in what a browser runs, and no markup made of text."""
    wrong = [
        (path, found)
        for path, page in PAGES.items()
        if "qrcode" not in path
        for found in re.findall(r"innerHTML|outerHTML|insertAdjacent|eval\(|https?://[\w.]+", page.body.decode())
    ]

    assert {"https://answers.example", "https://peil.example", "http://www.w3.org"} >= {found for _, found in wrong}


def test_every_line_of_the_notice_has_a_text() -> None:
    """In both languages, in every mode; the stand-ins and what is said elsewhere too."""
    codes = {code for lines in LINES.values() for code in lines}

    assert codes | {"reports-with-group", "inline-form", "comment"} == TEXTS.keys()
    assert all(all(text) for text in TEXTS.values())


def test_a_wave_without_comments_says_nothing_of_them() -> None:
    """Who reads what is written is told only where something can be written, in every mode."""
    told = {
        asks: [any(line.code == "comments" for line in notice_of(mode, Told(asks, None))) for mode in MODES]
        for asks in (True, False)
    }

    assert {True: [True] * 3, False: [False] * 3} == told


def test_the_notice_promises_no_more_than_remains() -> None:
    """That nobody can match two calls is said of what is kept, since the same notice tells who could look on."""
    promised = TEXTS["anonymous-blind"]

    assert {"anonymous-blind", "remains"} <= set(LINES["blind"])
    assert [True, True] == [
        kept in text
        for kept, text in zip(
            ("Uit wat Peil bewaart kan niemand", "From what Peil keeps nobody"), promised, strict=True
        )
    ]


def test_not_a_report_channel_is_written_once() -> None:
    """The sentence stands in one table; neither the form nor another text says it again."""
    sources = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.js"), *PACKAGE.rglob("*.json")]

    assert ["notice_texts.py"] == [one.name for one in sources if "not a report channel:" in one.read_text()]


def test_the_words_have_the_same_codes_in_both_languages() -> None:
    """The form looks them up by code, in the browser and on the terminal."""
    dutch, english = WORDS["nl"], WORDS["en"]

    assert list(dutch) == list(english)
    assert [list(dutch[code]) for code in ("traffic", "yesno", "kinds")] == [
        list(english[code]) for code in ("traffic", "yesno", "kinds")
    ]
    assert list(get_args(SupportRouteKind)) == list(dutch["kinds"])


async def test_the_support_routes_come_with_every_wave(house: House) -> None:
    """Whatever the mode and without a comment, as they stood when the wave was frozen."""
    cast = await cast_of(await house.employer("Steun BV"))
    await add_crowd(cast.hr, root=8)
    before = {"kind": "confidential-adviser", "name": "Noor", "contact": "020 555 01 23"}
    await cast.hr.must(cast.hr.post("/support-routes", before))
    wave_id = await bring_to(cast, "open")
    await cast.hr.must(cast.hr.post("/support-routes", before | {"name": "Later"}))

    asked = await house.anonymous.must(house.anonymous.get(f"/waves/{wave_id}/questionnaire"), 200)

    assert None is asked["commentNotice"]
    assert [before | {"explanation": None, "validUntil": None}] == [
        {name: value for name, value in route.items() if name != "supportRouteId"} for route in asked["supportRoutes"]
    ]


@pytest.mark.parametrize("line", ["© Voorbeeld BV", None])
async def test_the_line_of_the_holder_comes_with_the_questionnaire(house: House, line: str | None) -> None:
    """To be shown beside the items; null where none is asked for."""
    cast = await cast_of(await house.employer("Herkomst BV"))
    await add_crowd(cast.hr, root=8)
    new = INSTRUMENT | {"key": "of-a-holder", "licence": INSTRUMENT["licence"] | {"attribution": line}}
    instrument = (await Rest(cast.hr).create_instrument(new)).must()["instrumentId"]
    (await Rest(cast.hr).publish_instrument(instrument)).must()
    wave_id = await bring_to(cast, "open", instrumentId=instrument)

    asked = await house.anonymous.must(house.anonymous.get(f"/waves/{wave_id}/questionnaire"), 200)

    assert line == asked["attribution"]


async def test_a_wave_that_is_over_names_no_adviser(house: House) -> None:
    """What it named is gone from the database when it is released."""
    cast = await cast_of(await house.employer("Voorbij BV"))
    await add_crowd(cast.hr, root=8)
    route = {"kind": "confidential-adviser", "name": "Noor", "contact": "020 555 01 23"}
    await cast.hr.must(cast.hr.post("/support-routes", route))
    wave_id = await bring_to(cast, "open")
    select = "select support_routes::text like '%Noor%' from intake.open_wave where wave_id = $1"
    async with owner(house) as connection:
        named = await connection.fetchval(select, UUID(wave_id))
        await advance(cast, days=2)
        still_named = await connection.fetchval(select, UUID(wave_id))

    assert (True, False) == (named, still_named)


async def test_the_api_and_the_intake_tell_the_same(house: House) -> None:
    """The intake does not know who reads; but for the name of the group it is the same notice."""
    cast = await cast_of(await house.employer("Zelfde BV"))
    await add_crowd(cast.hr, root=8)
    wave_id = await bring_to(cast, "open", mode="blind")
    wave = await wave_of(cast.employer.person("root-0"), wave_id)

    asked = await house.anonymous.must(house.anonymous.get(f"/waves/{wave_id}/questionnaire"), 200)

    of_intake = {line["code"]: line["text"]["nl"] for line in asked["notice"]}
    of_api = {line["code"]: line["text"] for line in wave["notice"]}
    assert wave["manifestSha256"] in of_intake["one-key"]
    assert {"reports-at"} == of_api.keys() - of_intake.keys()
    assert {code: text for code, text in of_intake.items() if code in of_api} == {
        code: text for code, text in of_api.items() if code in of_intake
    }
    assert {"reports-with-group"} == of_intake.keys() - of_api.keys()


async def test_whose_page_can_look_on_is_told_apart(house: House) -> None:
    """Where the issuer allows the form inline, for pages that draw it so; nowhere else is it true."""
    told = []
    for name, issuer in (("Inline BV", {"inlineFormBy": "Intranet van Bakker"}), ("Frame BV", {})):
        cast = await cast_of(await house.employer(name, **issuer))  # type: ignore[arg-type]  # no `sandbox` in it
        await add_crowd(cast.hr, root=8, field=8)
        wave = await wave_of(cast.employer.person("field-0"), await bring_to(cast, "open", mode="blind"))
        assert "inline-form" not in {line["code"] for line in wave["notice"]}
        told.append((wave["inlineFormBy"], wave["inlineNotice"]))

    (allowed, said), refused = told
    assert "Intranet van Bakker" == allowed
    assert ["Intranet van Bakker" in said[language] for language in ("nl", "en")] == [True, True]
    assert (None, None) == refused

"""The form's files, as the intake serves them, and what people are told who may look on."""

import json
import re

import pytest

from cases.measuring import bring_to
from peil.answering.pages import DOCUMENT, MODULE, PAGES
from peil.notice_texts import LINES, TEXTS
from support.answering import wave_of
from support.house import House
from support.personas import add_crowd, cast_of


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
    """In both languages, in every mode; the form's stand-ins too."""
    codes = {code for lines in LINES.values() for code in lines} | {"reports-with-group", "inline-form"}

    assert codes == TEXTS.keys()
    assert all(all(text) for text in TEXTS.values())


async def test_the_notice_names_whose_page_can_look_on(house: House) -> None:
    """Where the issuer allows the form inline; elsewhere nobody can."""
    told = []
    for name, issuer in (("Inline BV", {"inlineFormBy": "Intranet van Bakker"}), ("Frame BV", {})):
        cast = await cast_of(await house.employer(name, **issuer))  # type: ignore[arg-type]  # no `sandbox` in it
        await add_crowd(cast.hr, root=8, field=8)
        wave = await wave_of(cast.employer.person("field-0"), await bring_to(cast, "open", mode="blind"))
        told.append((wave["inlineFormBy"], [one["text"] for one in wave["notice"] if one["code"] == "inline-form"]))

    (allowed, (line,)), refused = told
    assert "Intranet van Bakker" == allowed
    assert "Intranet van Bakker" in line
    assert (None, []) == refused

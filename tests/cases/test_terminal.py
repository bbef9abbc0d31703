"""`peil answer` on a terminal: signed in, with a code, and with a token that came from another device."""

import asyncio
import io
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import pytest

from cases.measuring import advance, codes_of
from peil.__main__ import main
from peil.answering.asking import choices_of
from peil.answering.words import WORDS
from peil.app import create_app
from peil.server import open_intake
from support.house import House, Persona, serving
from support.personas import Cast, add_crowd, cast_of
from support.questions import open_survey

ANSWERS = ["4", "8", "2", "1", "", "Rust"]
"""One line for each question of the survey: the choice by its number, nothing, or words."""


class Served(NamedTuple):
    """The service on two ports, and an employer whose people are asked."""

    api: str
    intake: str
    cast: Cast
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    async def answer(self, *arguments: str, typed: list[str]) -> tuple[int, str, str]:
        """Runs the command with these lines as its input; its status, output and errors."""
        self.monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in typed)))
        status = await asyncio.to_thread(main, ["answer", *arguments])
        said = self.capsys.readouterr()
        return status, said.out, said.err


@pytest.fixture(scope="module")
async def cast(house: House) -> Cast:
    cast = await cast_of(await house.employer("Terminal BV"))
    await add_crowd(cast.hr, root=12)
    adviser = {"kind": "confidential-adviser", "name": "Noor", "contact": "020 555 01 23"}
    await cast.hr.must(cast.hr.post("/support-routes", adviser))
    return cast


@pytest.fixture(scope="module")
async def asked(cast: Cast) -> str:
    return await open_survey(cast)


@pytest.fixture
async def served(
    house: House, cast: Cast, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> AsyncIterator[Served]:
    async with open_intake(house.settings) as intake, serving(intake) as intake_url:
        settings = msgspec.structs.replace(house.settings, intake_url=intake_url)
        async with serving(create_app(msgspec.structs.replace(house.parts, settings=settings))) as api_url:
            yield Served(api_url, intake_url, cast, monkeypatch, capsys)


def token_of(person: Persona) -> str:
    assert person.token is not None
    return person.token


def kept_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def test_a_person_answers_on_a_terminal(served: Served, asked: str, tmp_path: Path) -> None:
    """Told first: what holds, the own group, where to turn to; at the comment again that it is no report."""
    token = token_of(served.cast.employer.person("root-0"))

    status, said, _ = await served.answer(
        served.api, "--wave", asked, "--folder", str(tmp_path), typed=[token, *ANSWERS]
    )

    before, at_comment = said.split("Wat zou helpen?")
    assert (0, "recorded") == (status, said.splitlines()[-1].rpartition(" ")[2])
    for told in ("Anoniem", "vrijwillig", "Noor (vertrouwenspersoon): 020 555 01 23"):
        assert told in before
    assert re.search(r"Uw groep: \w+, \d+ mensen", before)
    assert "© Peil, 2026" in before
    assert "geen melding" in at_comment
    assert "Noor" in at_comment
    assert "{" not in said
    assert [] == kept_in(tmp_path)


async def test_another_list_of_keys_than_the_invitation_has_is_refused(
    served: Served, asked: str, tmp_path: Path
) -> None:
    """By its SHA-256, before anything is asked or signed."""
    token = token_of(served.cast.employer.person("root-1"))
    announced = ("--wave", asked, "--manifest", "0" * 64, "--folder", str(tmp_path))

    status, said, wrong = await served.answer(served.api, *announced, typed=[token, *ANSWERS])

    assert (1, f"{WORDS['nl']['wrong-manifest']}\n") == (status, wrong)
    assert "Wat zou helpen?" not in said


async def test_a_token_is_carried_to_another_terminal(served: Served, asked: str, tmp_path: Path) -> None:
    """As the link of the form; whoever has it answers once, without any sign-in."""
    token = token_of(served.cast.employer.person("root-2"))
    carry = ("--carry", "--wave", asked, "--folder", str(tmp_path))
    _, link, warning = await served.answer(served.api, *carry, typed=[token])

    results = [
        (await served.answer(served.intake, "--carried", "--language", "en", typed=[link.strip(), *ANSWERS]))[1]
        for _ in range(2)
    ]

    assert link.startswith(f"{served.intake}/answer#wave={UUID(asked)}&token=")
    assert "geen nieuw" in warning
    assert ["recorded", "already-recorded"] == [said.split()[-1] for said in results]


@pytest.mark.parametrize("typed", ["", "https://elders.example/#token=x", "https://elders.example/answer#wave=1"])
async def test_what_carries_no_token_is_refused(served: Served, typed: str) -> None:
    """In the form's own words."""
    status, _, wrong = await served.answer(served.intake, "--carried", typed=[typed])

    assert (1, "Dit is geen koppeling met een antwoordbewijs voor deze ronde.\n") == (status, wrong)


async def test_a_code_is_answered_on_a_terminal(house: House, served: Served) -> None:
    """Without any sign-in, told that it is confidential; what is no code is refused before anything is asked."""
    cast = await cast_of(await house.employer("Code BV"))
    await add_crowd(cast.hr, root=8)
    wave_id = await open_survey(cast, "split")
    code, *_ = await codes_of(cast, wave_id)
    await advance(cast, hours=2)

    short = await served.answer(served.intake, "--code", "--wave", wave_id, typed=["kort"])
    status, said, _ = await served.answer(served.intake, "--code", "--wave", wave_id, typed=[code.lower(), *ANSWERS])

    assert (1, True) == (short[0], "geen hele code" in short[2])
    assert (0, "recorded") == (status, said.split()[-1])
    assert "Vertrouwelijk, niet anoniem" in said


def test_a_terminal_shows_what_can_be_answered() -> None:
    """By number, in the order of the form; the ends of a scale have its two labels."""
    labels = [{"nl": "nooit"}, {"nl": "altijd"}]
    options = [{"key": "home", "label": {"nl": "Thuis"}}]
    expected: list[tuple[dict[str, Any], list[tuple[Any, str]]]] = [
        ({"kind": "rated", "points": 3, "labels": labels}, [(1, "nooit"), (2, ""), (3, "altijd")]),
        ({"kind": "traffic-light"}, [("red", "Rood"), ("amber", "Oranje"), ("green", "Groen")]),
        ({"kind": "yes-no"}, [("yes", "Ja"), ("no", "Nee")]),
        ({"kind": "single-choice", "options": options}, [("home", "Thuis")]),
        ({"kind": "comment"}, []),
    ]

    assert [choices for _, choices in expected] == [choices_of(item, "nl", "nl") for item, _ in expected]

"""The client for programs and terminals answers a wave in blind mode."""

import stat
from pathlib import Path

import httpx
import pytest

from cases.measuring import Round, bring_to
from peil.answering.client import Respondent
from peil.answering.intake import AnswerError
from support.house import PUBLIC_URL, House
from support.personas import add_crowd, cast_of


@pytest.fixture(scope="module")
async def asked(house: House) -> Round:
    cast = await cast_of(await house.employer("Terminal BV"))
    await add_crowd(cast.hr, root=8, field=8)
    return Round(cast, await bring_to(cast, "open", mode="blind"), {})


class Heard(httpx.ASGITransport):
    """The service, and what it was asked."""

    def __init__(self, house: House) -> None:
        super().__init__(app=house.application)
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        return await super().handle_async_request(request)


def kept_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def respondent(asked: Round, name: str, folder: Path, transport: httpx.AsyncBaseTransport | None = None) -> Respondent:
    """Somebody of the employer with a folder of their own."""
    token = asked.cast.employer.person(name).token
    assert token is not None
    return Respondent(PUBLIC_URL, token, folder, transport=transport or Heard(asked.cast.house))


async def test_a_program_answers_once(asked: Round, tmp_path: Path) -> None:
    """The access token goes to the API only, and nothing is left behind."""
    heard = Heard(asked.cast.house)
    person = respondent(asked, "field-0", tmp_path, heard)
    (wave,) = await person.list_waves()
    keys = [item["key"] for item in (await person.get_questionnaire(wave))["items"]]

    token = await person.obtain_token(wave)
    results = [await person.submit(wave, token, {keys[0]: 3}) for _ in range(2)]

    assert ["recorded", "already-recorded"] == results
    assert [] == kept_in(tmp_path)
    at_intake = ("/questionnaire", "/manifest", "/responses")
    assert {True} == {
        one.url.path.endswith(at_intake) is not ("authorization" in one.headers) for one in heard.requests
    }


async def test_what_was_blinded_survives_the_program(asked: Round, tmp_path: Path) -> None:
    """It is kept for its owner alone before anybody is asked, and another program makes the same token of it."""
    (wave,) = await respondent(asked, "field-1", tmp_path).list_waves()

    first = await respondent(asked, "field-1", tmp_path).obtain_token(wave)
    (kept,) = kept_in(tmp_path)
    second = await respondent(asked, "field-1", tmp_path).obtain_token(wave)

    assert first == second
    assert 0o600 == stat.S_IMODE(kept.stat().st_mode)


async def test_colleagues_share_a_folder(asked: Round, tmp_path: Path) -> None:
    """What one of a group keeps is not used for the other, and is still there for the one."""
    first, second = (respondent(asked, name, tmp_path) for name in ("field-5", "field-6"))
    (wave,) = await first.list_waves()
    begun = await first.obtain_token(wave)

    other = await second.obtain_token(wave)
    results = [await second.submit(wave, other, {}), await first.submit(wave, await first.obtain_token(wave), {})]

    assert begun != other
    assert ["recorded", "recorded"] == results
    assert [] == kept_in(tmp_path)


async def test_another_manifest_than_the_invitation_announced_is_refused(asked: Round, tmp_path: Path) -> None:
    """What the link said counts for more than what the API says now; nothing is blinded or signed."""
    heard = Heard(asked.cast.house)
    person = respondent(asked, "field-4", tmp_path, heard)
    (wave,) = await person.list_waves()

    with pytest.raises(AnswerError, match="another than was announced"):
        await person.obtain_token(wave, "0" * 64)
    kept = kept_in(tmp_path)
    token = await person.obtain_token(wave, wave["manifestSha256"])

    assert [] == kept
    assert wave["keyId"] == token.key_id
    assert 1 == sum(one.url.path.endswith("/answer-tokens") for one in heard.requests)


async def test_what_is_kept_goes_when_the_wave_is_closed(house: House, tmp_path: Path) -> None:
    """The token can open nothing any more, and would say that somebody never answered."""
    cast = await cast_of(await house.employer("Voorbij BV"))
    await add_crowd(cast.hr, root=8)
    closing = Round(cast, await bring_to(cast, "open", mode="blind"), {})
    person = respondent(closing, "root-0", tmp_path)
    (wave,) = await person.list_waves()
    token = await person.obtain_token(wave)
    before = len(kept_in(tmp_path))
    await cast.hr.must(cast.hr.post(f"/waves/{closing.wave_id}/close"), 202)
    await house.work()

    with pytest.raises(AnswerError) as refused:
        await person.submit(wave, token, {})

    assert "wave-closed" == refused.value.code
    assert (1, []) == (before, kept_in(tmp_path))


async def test_a_lost_token_is_not_replaced(asked: Round, tmp_path: Path) -> None:
    """The service's own words say so."""
    (wave,) = await respondent(asked, "field-2", tmp_path).list_waves()
    await respondent(asked, "field-2", tmp_path / "lost").obtain_token(wave)

    with pytest.raises(AnswerError, match="answer token"):
        await respondent(asked, "field-2", tmp_path / "another").obtain_token(wave)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"manifestSha256": "0" * 64}, "another than was announced"),
        ({"publicKey": "AAAA"}, "not in the announced list"),
    ],
)
async def test_another_key_than_was_announced_is_refused(
    asked: Round, tmp_path: Path, changed: dict[str, str], reason: str
) -> None:
    """Before anything is blinded: a key of one's own would give the person away."""
    person = respondent(asked, "field-3", tmp_path)
    (wave,) = await person.list_waves()

    with pytest.raises(AnswerError, match=reason):
        await person.obtain_token(wave | changed)

    assert [] == kept_in(tmp_path)

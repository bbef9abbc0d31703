"""Every attack at every door: one flaw is enough, the answer says no more than that, and nothing of it is logged."""

import logging

import pytest

from tokens.doors import NAMES, UNAUTHENTICATED, Door, Refusal, good
from tokens.forging import ATTACKS

TOO_LARGE = Refusal(413, None, "invalid_request")
LARGEST_FORM = 32_768
# A form is limited as a whole, and an assertion that fits may say more than it has to.
HARMLESS = {("too-long", "assertion")}


@pytest.mark.parametrize("name", NAMES)
async def test_a_good_token_opens(doors: dict[str, Door], name: str) -> None:
    """So that what the same tool makes of it below says something."""
    _, answer = await doors[name].try_with(good)

    assert 200 == answer.status_code, answer.text
    assert set(NAMES) == set(doors)


@pytest.mark.parametrize(
    ("attack", "name"), [(attack, name) for attack in ATTACKS for name in NAMES if (attack, name) not in HARMLESS]
)
async def test_a_bad_token_does_not(
    doors: dict[str, Door], attack: str, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The one answer of this door, with its challenge; no failure of ours, and no word of the token in the log."""
    caplog.set_level(logging.DEBUG, logger="peil")
    door = doors[name]
    token, answer = await door.try_with(ATTACKS[attack])
    body = answer.json()
    is_form = door.refusal is not UNAUTHENTICATED

    assert (TOO_LARGE if is_form and len(token) > LARGEST_FORM else door.refusal) == (
        answer.status_code,
        answer.headers.get("www-authenticate"),
        body.get("code") or body.get("error"),
    )
    assert [] == [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert [] == [part for part in token.split(".") if len(part) > 7 and part in caplog.text + answer.text]

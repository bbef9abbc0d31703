"""What the OAuth endpoints say when they refuse: in the caller's language, in the characters that OAuth allows."""

import re
from typing import Any

import pytest

from cases.showing import EXCHANGE
from cases.test_access import new_client
from peil.access import oauth_texts
from peil.access.issuers import refusal_texts
from peil.plain_text import plain
from peil.problem_texts import PROBLEMS
from support.house import House
from support.personas import Cast

# RFC 6749, section 5.2.
SAYABLE = re.compile(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+")
TOKEN, REVOKE = "/oauth/token", "/oauth/revoke"
FORM = "application/x-www-form-urlencoded"
OWN = "grant_type=client_credentials"
NO_CLIENT = ("deze client is er niet, of bewijst zich niet", "no such client, or not proven as it must")

REFUSED: list[tuple[str, str, bool, str, tuple[str, str]]] = [
    (TOKEN, "%", True, "invalid_request", ("de body is geen formulier", "the body is no form")),
    (TOKEN, f"{OWN}&{OWN}", True, "invalid_request", ("een veld staat er twee keer", "a field comes twice")),
    (TOKEN, "scope=x", True, "invalid_request", ("grant_type ontbreekt", "grant_type is missing")),
    (REVOKE, "scope=x", True, "invalid_request", ("token ontbreekt", "token is missing")),
    (TOKEN, "grant_type=x", True, "unsupported_grant_type", ("grant_type is geen van die", "grant_type is none of")),
    (TOKEN, OWN, False, "invalid_client", NO_CLIENT),
    (TOKEN, f"{OWN}&client_id=x", False, "invalid_client", NO_CLIENT),
    (REVOKE, "token=x", False, "invalid_client", NO_CLIENT),
    (
        TOKEN,
        f"{OWN}&client_assertion=x",
        True,
        "invalid_request",
        ("een client bewijst zich op een manier", "a client proves itself in one way"),
    ),
    (
        TOKEN,
        f"{OWN}&client_assertion=x",
        False,
        "invalid_request",
        ("client_assertion vraagt client_assertion_type urn", "client_assertion needs client_assertion_type urn"),
    ),
    (
        TOKEN,
        f"{OWN}&scope=comments:write",
        True,
        "invalid_scope",
        ("de rollen van de client geven deze scope niet", "the client's roles do not give this scope"),
    ),
    (
        TOKEN,
        f"{OWN}&resource=https://elsewhere.example",
        True,
        "invalid_target",
        ("de resource moet http", "the resource has to be http"),
    ),
    (
        TOKEN,
        f"grant_type={EXCHANGE}",
        True,
        "invalid_request",
        ("subject_token, subject_token_type ontbreekt.", "subject_token, subject_token_type is missing."),
    ),
    (
        TOKEN,
        f"grant_type={EXCHANGE}&subject_token=x&subject_token_type=x",
        True,
        "invalid_request",
        ("U krijgt een access token voor een access token", "An access token is given for an access token"),
    ),
    (
        TOKEN,
        f"grant_type={EXCHANGE}&subject_token=x&subject_token_type=urn:ietf:params:oauth:token-type:jwt"
        "&authorization_details=[]",
        True,
        "invalid_authorization_details",
        ("Minstens 1 onderdeel.", "At least 1 item."),
    ),
]


@pytest.mark.parametrize(
    ("path", "form", "by_a_client", "error", "says"), REFUSED, ids=[f"{one[3]}-{one[1][:40]}" for one in REFUSED]
)
async def test_a_refusal_is_told_in_the_callers_language(
    house: House, standing: Cast, path: str, form: str, by_a_client: bool, error: str, says: tuple[str, str]
) -> None:
    """In Dutch and English, and in English where no language is asked for; the answer names the language."""
    client = await new_client(standing, "hr")
    auth: Any = (client["clientId"], client["clientSecret"]) if by_a_client else None

    answers = [
        await house.http.post(
            path,
            content=form,
            auth=auth,
            headers={"content-type": FORM} | ({"accept-language": asked} if asked else {}),
        )
        for asked in ("nl-NL, en;q=0.5", "en", None)
    ]

    told = [one.json()["error_description"] for one in answers]
    assert {error} == {one.json()["error"] for one in answers}
    assert ["nl", "en", "en"] == [one.headers["content-language"] for one in answers]
    assert [True] * 3 == [text.startswith(start) for text, start in zip(told, (*says, says[1]), strict=True)]
    assert all(SAYABLE.fullmatch(text) for text in told)
    assert all("Accept-Language" in one.headers["vary"] for one in answers)


async def test_another_clients_token_is_not_revoked_in_either_language(house: House, standing: Cast) -> None:
    """What to do is said: the client that it was given to can."""
    mine, other = await new_client(standing, "hr"), await new_client(standing, "hr")
    token = await house.sign_in(mine["clientId"], mine["clientSecret"])

    said = [
        (
            await house.http.post(
                REVOKE,
                data={"token": token},
                auth=(other["clientId"], other["clientSecret"]),
                headers={"accept-language": language},
            )
        ).json()
        for language in ("nl", "en")
    ]

    assert ["invalid_grant"] * 2 == [one["error"] for one in said]
    assert [
        "het token is aan een andere client gegeven: laat die het intrekken",
        "the token was given to another client: have that one revoke it",
    ] == [one["error_description"] for one in said]


async def test_what_the_edge_refuses_is_told_in_the_callers_language(house: House) -> None:
    """Before the endpoint is reached, too: another media type, and a body that is too long."""
    sent: list[dict[str, Any]] = [{"json": {}}, {"data": {"scope": "x" * 40_000}}]
    answers = [
        await house.http.post(TOKEN, headers={"accept-language": language}, **one)
        for one in sent
        for language in ("nl", "en")
    ]

    told = [one.json()["error_description"] for one in answers]
    assert ["nl", "en"] * 2 == [one.headers["content-language"] for one in answers]
    assert 4 == len(set(told))
    assert all(SAYABLE.fullmatch(text) for text in told)


def test_every_text_can_be_said() -> None:
    """In both languages, with the same things filled in, in the characters of RFC 6749, and no letter lost."""
    texts = [*oauth_texts._TEXTS.values(), *refusal_texts._TEXTS.values()]
    titles = [(one.title["nl"], one.title["en"]) for one in PROBLEMS.values()]
    said = [plain(text) for pair in (*texts, *titles) for text in pair]

    assert [] == [text for text in said if not SAYABLE.fullmatch(text) or "?" in text]
    assert [] == [pair for pair in (*texts, *titles) if pair[0] == pair[1]]
    assert [] == [pair for pair in texts if _holes(pair[0]) != _holes(pair[1])]


def _holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))

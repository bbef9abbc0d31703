"""LemonLDAP::NG signs an employer's people in, whose ID and access tokens look much alike."""

from collections.abc import AsyncIterator

import pytest

from cases.test_sign_in import backend, exchange
from external.lemonldap import API, PAGE, open_lemonldap, tokens_of
from peil.access.tokens import unverified
from support.apis import Rest
from support.house import House, Persona
from support.personas import Cast, add_people, cast_of

pytestmark = [pytest.mark.external, pytest.mark.needs("lemonldap", "plackup", "setpriv")]


@pytest.fixture(scope="module")
async def provider(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    async with open_lemonldap(tmp_path_factory.mktemp("lemonldap")) as url:
        yield url


@pytest.fixture
async def cast(house: House, provider: str) -> AsyncIterator[Cast]:
    """An employer whose people it signs in: of the demo accounts, HR knows two, by their login."""
    cast = await cast_of(await house.employer())
    people = [{"externalId": f"p-{name}", "userName": name, "unitExternalId": "root"} for name in ("dwho", "rtyler")]
    await add_people(cast.hr, people)
    new = {"issuer": provider, "audience": API, "directoryAttribute": "userName", "roleClaim": "groups"}
    made = (await Rest(cast.administrator).create_issuer(new | {"roleMapping": {"timelords": "board"}})).must()
    yield cast
    await Rest(cast.administrator).revoke_issuer(made["issuerId"])
    cast.house.parts.authentication.forget()


async def words(cast: Cast, token: str) -> list[str]:
    """What becomes of somebody who asks for what everybody sees, and for what the board sees."""
    person = Rest(Persona(cast.house.http, token))
    return [(await person.list_waves()).word, (await person.list_employers()).word]


async def test_its_keys_are_found(cast: Cast) -> None:
    """By discovery."""
    [_, issuer] = (await Rest(cast.administrator).list_issuers()).must()["items"]

    told = (await Rest(cast.administrator).check_issuer(issuer["issuerId"])).must()

    assert ("ok", [{"kid": "signing", "kty": "RSA"}]) == (told["outcome"], told["keys"])


@pytest.mark.parametrize(("name", "sees"), [("dwho", ["ok", "ok"]), ("rtyler", ["ok", "denied"])])
async def test_its_access_tokens_sign_people_in(cast: Cast, provider: str, name: str, sees: list[str]) -> None:
    """By a code with PKCE, used and exchanged: everybody is an employee, and groups give roles."""
    token = (await tokens_of(provider, name))["access_token"]

    issued = (await exchange(cast.house, await backend(cast), token)).json()

    assert [sees, sees] == [await words(cast, one) for one in (token, issued["access_token"])]


async def test_its_id_tokens_are_only_exchanged(cast: Cast, provider: str) -> None:
    """They have the audience and the type of its access tokens, and are for the page all the same."""
    tokens = await tokens_of(provider, "rtyler")
    issued = (await exchange(cast.house, await backend(cast), tokens["id_token"])).json()

    seen = [await words(cast, token) for token in (tokens["id_token"], issued["access_token"])]

    heads = [
        (unverified(tokens[kind], 0)["typ"], unverified(tokens[kind], 1)["aud"])
        for kind in ("access_token", "id_token")
    ]
    assert [("JWT", [PAGE, API])] * 2 == heads
    assert [["unauthenticated"] * 2, ["ok", "denied"]] == seen


async def test_who_is_not_in_the_directory_is_told_so(cast: Cast, provider: str) -> None:
    """An account of the provider that HR does not know."""
    token = (await tokens_of(provider, "msmith"))["access_token"]

    told = await Rest(Persona(cast.house.http, token)).list_waves()
    said = (await exchange(cast.house, await backend(cast), token)).json()["error_description"]

    assert ("denied", "person-not-in-directory") == (told.word, told.code)
    assert said.startswith("Nobody in the directory has as userName what the claim sub of the token says.")

"""Issuers that lie, stall or lead elsewhere: refused where that can be known, and else a trouble of their own only."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import msgspec
import pytest

from cases.test_providers import header_of
from cases.test_sign_in import claims_of, registered
from peil.app import create_app
from support.apis import Rest, Speak
from support.house import PUBLIC_URL, Persona, serving
from support.misbehaving import MISBEHAVING, answering
from support.personas import Cast
from support.provider import Provider

OWN_NETWORK = [
    "localhost",
    "login.localhost",
    "intranet",
    "login.local",
    "login.internal",
    "127.0.0.1",
    "127.1",
    "2130706433",
    "0177.0.0.1",
    "0x7f000001",
    "10.0.0.1",
    "012.0.0.1",
    "172.16.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "0xa9fea9fe",
    "100.64.0.1",
    "224.0.0.1",
    "0.0.0.0",  # noqa: S104  # nobody listens there
    "256.256.256.256",
]
# Keys take long to make.
_GOOD, _BAD = Provider(), Provider()
NEW = {"issuer": "https://login.example", "audience": "peil", "directoryAttribute": "userName"}


@pytest.fixture(scope="session")
async def production(standing: Cast) -> AsyncIterator[Rest]:
    """The administrator of a service that asks nobody on its own machine."""
    settings = msgspec.structs.replace(standing.house.settings, allow_loopback=False)
    application = create_app(msgspec.structs.replace(standing.house.parts, settings=settings))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=PUBLIC_URL) as http:
        yield Rest(Persona(http, standing.administrator.token))


@pytest.mark.parametrize("member", ["issuer", "jwksUrl"])
@pytest.mark.parametrize("host", OWN_NETWORK)
async def test_what_is_not_on_the_internet_is_not_registered(production: Rest, host: str, member: str) -> None:
    """However its address is spelt, and said of the member that names it."""
    refused = await production.create_issuer(NEW | {member: f"https://{host}/keys"})
    both = await production.create_issuer(NEW | {member: f"http://{host}:8080/keys"})

    assert ("refused", [(f"/{member}", "not-public")]) == (refused.word, refused.findings)
    assert [(f"/{member}", "not-https"), (f"/{member}", "not-public")] == both.findings


@pytest.mark.parametrize("host", [one for one in OWN_NETWORK if not one.startswith(("127", "2130", "0177", "0x7f"))])
async def test_a_test_may_ask_its_own_machine_only(speak: Speak, standing: Cast, host: str) -> None:
    """What is allowed for tests opens no other network, and no line that anybody can write on."""
    api = speak(standing.administrator)
    if host == "localhost":
        return
    answers = [await api.create_issuer(NEW | {"issuer": f"{scheme}://{host}"}) for scheme in ("https", "http")]

    assert [("/issuer", "not-public")] == answers[0].findings
    assert [("/issuer", "not-https"), ("/issuer", "not-public")] == answers[1].findings


async def test_the_keys_do_not_move_inside_later(speak: Speak, cast: Cast) -> None:
    """A change is looked at as a registration is; said in the caller's language."""
    api = speak(cast.administrator)
    issuer_id = (await api.create_issuer(NEW | {"audience": cast.employer_id})).must()["issuerId"]
    moved = await api.update_issuer(issuer_id, {"jwksUrl": "https://192.168.0.1/keys"}, if_match="*", language="nl")
    kept = (await api.get_issuer(issuer_id)).must()

    assert [("/jwksUrl", "not-public")] == moved.findings
    assert "openbare internet" in str(moved.body)
    assert kept["jwksUrl"] is None


@asynccontextmanager
async def broken(cast: Cast, name: str) -> AsyncIterator[tuple[Provider, str]]:
    """An issuer that misbehaves so, with its id."""
    async with answering(MISBEHAVING[name]) as url:
        _BAD.live_at(url)
        new = NEW | {"issuer": _BAD.url, "directoryAttribute": "externalId"}
        yield _BAD, (await Rest(cast.administrator).create_issuer(new)).must()["issuerId"]


def bearer(provider: Provider, **claims: Any) -> dict[str, str]:
    return {"authorization": f"Bearer {provider.sign(header_of(), claims_of(provider, **claims))}"}


@pytest.mark.parametrize("name", MISBEHAVING)
async def test_a_broken_issuer_is_its_own_trouble(
    cast: Cast, stranger: Cast, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While forty of its people wait for it, those of another issuer sign in; they are told to come again.

    The check says what is wrong, and nobody is taken for a forger whose keys nobody could see.
    """
    monkeypatch.setattr("peil.outbound.TIMEOUT", 2.0)
    http = cast.house.http
    async with broken(cast, name) as (bad, issuer_id), registered(stranger, _GOOD) as (good, _):
        waiting = [
            asyncio.create_task(http.get("/v1/waves", headers=bearer(bad, jti=str(number)))) for number in range(40)
        ]
        await asyncio.sleep(0)
        began = time.monotonic()
        others = [await http.get("/v1/waves", headers=bearer(good, jti=str(number))) for number in range(5)]
        took = time.monotonic() - began
        told = await asyncio.gather(*waiting)
        checked = (await Rest(cast.administrator).check_issuer(issuer_id)).must()

    assert [200] * 5 == [one.status_code for one in others]
    assert took < 1.8
    assert {(503, "30")} == {(one.status_code, one.headers["retry-after"]) for one in told}
    assert "unreachable" == checked["outcome"]


async def test_who_has_a_known_key_waits_for_nobody(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a slow issuer is asked again for keys that are known, its people sign in; what it then says counts."""
    monkeypatch.setattr("peil.access.issuers.keys._FRESH", -1.0)
    monkeypatch.setattr("peil.access.issuers.keys._AGAIN", -1.0)
    http, made = cast.house.http, Provider()
    async with registered(cast, made) as (slow, _):
        first = await http.get("/v1/waves", headers=bearer(slow, jti="0"))
        made.answers.clear()
        try:
            known = [
                await asyncio.wait_for(http.get("/v1/waves", headers=bearer(slow, jti=jti)), timeout=2) for jti in "12"
            ]
            made.published = [made.public("ec")]
        finally:
            made.answers.set()
        word = 200
        for number in range(200):
            await asyncio.sleep(0.02)
            word = (await http.get("/v1/waves", headers=bearer(slow, jti=f"later-{number}"))).status_code
            if word != 200:
                break

    assert [200] * 3 == [one.status_code for one in (first, *known)]
    assert 401 == word


async def test_keys_that_nobody_looked_for_are_looked_for_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """After an hour without anybody a key that the issuer has taken away signs nobody in, not even once."""
    monkeypatch.setattr("peil.access.issuers.keys._AGAIN", -1.0)
    http, made = cast.house.http, Provider()
    async with registered(cast, made) as (provider, _):
        before = (await http.get("/v1/waves", headers=bearer(provider, jti="0"))).status_code
        made.published = [made.public("ec")]
        monkeypatch.setattr("peil.access.issuers.keys._UNSEEN", -1.0)
        after = (await http.get("/v1/waves", headers=bearer(provider, jti="1"))).status_code

    assert (200, 401) == (before, after)


async def test_an_issuer_that_is_gone_is_its_own_trouble(cast: Cast) -> None:
    """Nobody listens there any more."""
    async with serving(Provider()) as url:
        gone = Provider()
        gone.live_at(url)
        new = NEW | {"issuer": gone.url, "directoryAttribute": "externalId"}
        (await Rest(cast.administrator).create_issuer(new)).must()
    told = await cast.house.http.get("/v1/waves", headers=bearer(gone))

    assert (503, "30") == (told.status_code, told.headers["retry-after"])


@pytest.mark.parametrize(
    "keys",
    [
        "https://[",
        "https://a:99999999/",
        "http://127.0.0.1/\0",
        "http://127.0.0.1/\n",
        "https://169.254.169.254/latest/meta-data",
        "https://2852039166/",
        "https://[::ffff:10.0.0.1]/",
        "//127.0.0.1/keys",
        "",
        "x" * 5000,
    ],
    ids=lambda url: repr(url[:30]),
)
async def test_a_discovery_document_leads_nowhere_else(speak: Speak, cast: Cast, keys: str) -> None:
    """Whatever it calls the place of its keys."""
    made = Provider()
    made.discovery = {"jwks_uri": keys}
    async with registered(cast, made) as (provider, issuer_id):
        checked = (await speak(cast.administrator).check_issuer(issuer_id)).must()
        told = await cast.house.http.get("/v1/waves", headers=bearer(provider))

    assert ("unreachable", 503) == (checked["outcome"], told.status_code)


@pytest.mark.parametrize(
    ("published", "outcome"),
    [
        ([{"kty": "RSA", "kid": "big", "n": "A" * 5_000_000, "e": "AQAB"}], "unreachable"),
        ([{"kty": "RSA", "kid": "rsa", "n": "A" * 40_000, "e": "AQAB"}], "no-usable-keys"),
        ([{"kty": "RSA", "kid": "rsa", "n": "AQAB", "e": "A" * 40_000}], "no-usable-keys"),
        ([{"kty": "EC", "kid": "rsa", "crv": "P-256", "x": "AA", "y": "AA"}], "no-usable-keys"),
        ([{"kty": "OKP", "kid": "rsa", "crv": "Ed25519", "x": ""}], "no-usable-keys"),
        ([{"kty": ["RSA"], "kid": {"rsa": 1}}], "no-usable-keys"),
        ([[[[]]]] * 1000, "no-usable-keys"),
        ({"rsa": {}}, "no-usable-keys"),
        (7, "no-usable-keys"),
    ],
    ids=["5 MB", "long n", "long e", "off the curve", "empty", "odd types", "lists", "object", "number"],
)
async def test_keys_that_are_none_do_no_harm(speak: Speak, cast: Cast, published: Any, outcome: str) -> None:
    """Too many bytes are not read to their end, and what is no key is none."""
    made = Provider()
    made.published = published
    async with registered(cast, made) as (provider, issuer_id):
        began = time.monotonic()
        checked = (await speak(cast.administrator).check_issuer(issuer_id)).must()
        told = await cast.house.http.get("/v1/waves", headers=bearer(provider))
        took = time.monotonic() - began

    assert (outcome, 503) == (checked["outcome"], told.status_code)
    assert took < 3

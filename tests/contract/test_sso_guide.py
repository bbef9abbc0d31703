"""An administrator follows the page on sign-in to the letter: its requests, and tokens exactly as it shows them."""

import asyncio
import json
import re
import time
from asyncio.subprocess import PIPE
from collections.abc import AsyncIterator
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from cases.test_sign_in import backend
from support.apis import Rest
from support.house import House, Persona, serving
from support.personas import Cast, add_people, cast_of
from support.provider import Provider

_PAGE = (Path(__file__).parents[2] / "docs" / "sso.md").read_text("utf-8")
_FENCE = re.compile(r"^( *)```(\w+)\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
# What an administrator fills in for each product: the issuer's address, here that of one that stands in for it.
PRODUCTS = {
    "Entra ID": "https://login.microsoftonline.com/DIRECTORY-ID/v2.0",
    "Okta": "https://YOUR-DOMAIN.okta.com/oauth2/default",
    "Keycloak": "https://KEYCLOAK.voorbeeld.example/realms/REALM",
}
_IDENTITY = {"Entra ID": "oid", "Okta": "uid", "Keycloak": "sub"}


def fences(section: str, language: str) -> list[str]:
    """The blocks of one language in a section of the page, in order."""
    [text] = [part for part in re.split(r"^## ", _PAGE, flags=re.MULTILINE) if part.startswith(f"{section}\n")]
    return [dedent(indent + body) for indent, kind, body in _FENCE.findall(text) if kind == language]


class Following:
    """Somebody with a shell, who fills in what the page leaves open."""

    def __init__(self, url: str, issuer: str, provider: Provider, **known: str) -> None:
        self.known = known | {"PEIL": url}
        self._issuer, self._provider = issuer, provider

    async def does(self, block: str) -> Any:
        """What a block of the page answers; of several requests, what each does."""
        script = block.replace(self._issuer, self._provider.url)
        shell = await asyncio.create_subprocess_exec(
            "bash",
            "-euo",
            "pipefail",
            "-c",
            script,
            env={"PATH": "/usr/bin:/bin"} | self.known,
            stdout=PIPE,
            stderr=PIPE,
        )
        out, err = await shell.communicate()
        assert (0, b"") == (shell.returncode, err), f"{script}\n{err.decode()}"
        return json.loads(out)

    def token(self, product: str, **changed: Any) -> str:
        """A token as the page shows it, as old as it would be now."""
        header, claims = map(json.loads, re.split(r"\n(?=\{)", fences(product, "json")[0].strip()))
        ages = int(time.time()) - claims["iat"]
        times = {name: claims[name] + ages for name in ("iat", "nbf", "exp", "auth_time") if name in claims}
        assert self._issuer == claims["iss"]
        given = claims | {"iss": self._provider.url} | times | changed
        said = {name: value for name, value in given.items() if value is not None}
        return self._provider.sign(header | {"kid": "rsa"}, said)


@pytest.fixture(scope="module")
async def peil(house: House) -> AsyncIterator[str]:
    """The service at an address that a shell can reach."""
    async with serving(house.application) as url:
        yield url


@pytest.fixture
async def cast(house: House) -> Cast:
    """The administrator's employer."""
    return await cast_of(await house.employer())


@pytest.fixture(params=PRODUCTS)
async def product(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def following(peil: str, product: str, cast: Cast) -> AsyncIterator[Following]:
    """The administrator, with a client of the employer's, and with the person of the page's token in the directory."""
    provider, client = Provider(), await backend(cast)
    async with serving(provider) as url:
        provider.live_at(url)
        here = Following(peil, PRODUCTS[product], provider, token=str(cast.administrator.token))
        here.known |= {"CLIENT_ID": client["clientId"], "CLIENT_SECRET": client["clientSecret"]}
        claims = json.loads(re.split(r"\n(?=\{)", fences(product, "json")[0].strip())[1])
        await add_people(cast.hr, [{"externalId": claims[_IDENTITY[product]], "unitExternalId": "root"}])
        here.known["person"] = here.token(product)
        yield here


async def test_the_page_leads_to_somebody_who_is_signed_in(following: Following, product: str, cast: Cast) -> None:
    """Registered, checked, used, exchanged, mapped anew and revoked, each by the request on the page."""
    [register] = fences(product, "sh")
    check, ask, change, last = fences("Does it work?", "sh")
    [exchange] = fences("Exchange", "sh")
    promised, issued = json.loads(fences("Does it work?", "json")[0]), json.loads(fences("Exchange", "json")[0])
    confirm, revoke = last.splitlines()

    made = await following.does(register)
    following.known |= {"ISSUER": made["issuerId"], "SEEN": "*"}
    checked, asked, exchanged = [await following.does(block) for block in (check, ask, exchange)]
    scopes = (await Rest(Persona(cast.house.http, following.known["person"])).list_consent_requests()).word
    changed, early, ended = [await following.does(block) for block in (change, confirm, revoke)]
    after = await following.does(ask)

    assert ("active", set(promised)) == (made["state"], set(checked))
    assert (promised["outcome"], promised["detail"]) == (checked["outcome"], checked["detail"])
    assert ([], "ok") == (asked["items"], scopes)
    varying = ("access_token", "expires_in")
    assert {**issued, **{name: exchanged[name] for name in varying}} == exchanged
    assert made["roleMapping"] | {"Peil Directie": "board"} == changed["roleMapping"]
    assert ("issuer-not-waiting", "revoked", "unauthenticated") == (early["code"], ended["state"], after["code"])


async def test_what_a_vendor_registered_is_confirmed(following: Following, product: str, cast: Cast) -> None:
    """By the request of the page, which only an administrator can make; before that the exchange says so."""
    following.known["token"] = str(cast.vendor.token)
    made = await following.does(fences(product, "sh")[0])
    seen = await Rest(cast.administrator).get_issuer(made["issuerId"])
    following.known |= {"ISSUER": made["issuerId"], "SEEN": str(seen.etag)}
    confirm = fences("Does it work?", "sh")[3].splitlines()[0]
    ask, exchange = fences("Does it work?", "sh")[1], fences("Exchange", "sh")[0]

    by_vendor, early, told = [await following.does(block) for block in (confirm, ask, exchange)]
    following.known["token"] = str(cast.administrator.token)
    confirmed, late = [await following.does(block) for block in (confirm, ask)]

    assert ("inactive", "denied", "unauthenticated") == (made["state"], by_vendor["code"], early["code"])
    assert f"POST /v1/issuers/{made['issuerId']}/confirm" in told["error_description"]
    assert ("active", []) == (confirmed["state"], late["items"])


# What the table of answers says of a token that is otherwise; for each product that has it.
WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    (
        "Entra ID",
        {"iss": "https://sts.windows.net/DIRECTORY-ID/"},
        "unauthenticated",
        "has no issuer `https://sts.windows.net",
    ),
    ("Entra ID", {"aud": "api://APPLICATION-ID"}, "unauthenticated", "does not name `APPLICATION-ID`"),
    ("Entra ID", {"oid": None}, "unauthenticated", "has no claim oid"),
    ("Entra ID", {"scp": None, "nonce": "n"}, "unauthenticated", ""),
    ("Okta", {"aud": "api://default"}, "unauthenticated", "does not name `https://peil.voorbeeld.example`"),
    ("Okta", {"uid": "00u9"}, "person-not-in-directory", "Nobody in the directory has as externalId"),
    ("Keycloak", {"aud": "account"}, "unauthenticated", "does not name `peil`"),
    ("Keycloak", {"typ": "ID"}, "unauthenticated", ""),
    ("Keycloak", {"sub": None}, "unauthenticated", "has no claim sub"),
]


@pytest.mark.parametrize(
    ("product", "changed", "code", "says"),
    WRONG,
    indirect=["product"],
    ids=[f"{one[0]} {next(iter(one[1]))}" for one in WRONG],
)
async def test_a_step_left_out_is_told(
    following: Following, product: str, changed: dict[str, Any], code: str, says: str
) -> None:
    """The token of whoever left out a step of the page: its table of answers says why not, and the exchange more."""
    made = await following.does(fences(product, "sh")[0])
    whole = following.token(product, **changed)
    following.known |= {"ISSUER": made["issuerId"], "person": whole}

    asked = await following.does(fences("Does it work?", "sh")[1])
    exchanged = await following.does(fences("Exchange", "sh")[0])

    assert code == asked["code"]
    assert code in _PAGE
    assert says in exchanged.get("error_description", "")
    assert bool(says) == ("error" in exchanged)


def test_every_request_of_the_page_is_run() -> None:
    """None stands outside the sections that the tests above follow."""
    followed = [*PRODUCTS, "Does it work?", "Exchange"]

    assert _PAGE.count("```sh") == sum(len(fences(section, "sh")) for section in followed)
    assert _PAGE.count("curl ") == sum(block.count("curl ") for section in followed for block in fences(section, "sh"))

"""Pages of a registered origin may talk to the API with a person's token, and no others (CORS)."""

from typing import Any

import httpx
import pytest

from support.house import House, Persona
from support.personas import Cast, cast_of

OWN = "https://intranet.voorbeeld.example"
NEIGHBOURS = "https://portaal.buren.example"


@pytest.fixture(scope="module")
async def cast(house: House) -> Cast:
    """An employer with an intranet, and a neighbour with another."""
    await house.employer("Buren BV", origins=[NEIGHBOURS])
    return await cast_of(await house.employer("Voorbeeld BV", origins=[OWN]))


def allowed(response: httpx.Response) -> str | None:
    value: str | None = response.headers.get("access-control-allow-origin")
    return value


async def ask(person: Persona, origin: str) -> httpx.Response:
    return await person.get("/me/waves", headers={"origin": origin})


async def test_a_page_of_the_employer_reads_the_answer(cast: Cast) -> None:
    """With its headers, and never with a cookie."""
    response = await ask(cast.employee, OWN)

    assert (200, OWN) == (response.status_code, allowed(response))
    assert {"etag", "www-authenticate"} <= {*response.headers["access-control-expose-headers"].split(", ")}
    assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    ("origin", "readable"),
    [(NEIGHBOURS, NEIGHBOURS), ("https://elders.example", None), ("null", None), (f"{OWN}.elders.example", None)],
)
async def test_a_page_of_others_uses_no_token(cast: Cast, origin: str, readable: str | None) -> None:
    """Not even one of another employer, which the browser would let read the refusal."""
    response = await ask(cast.employee, origin)

    assert (403, "foreign-origin", readable) == (response.status_code, response.json()["code"], allowed(response))


@pytest.mark.parametrize(("origin", "answer"), [(OWN, OWN), (NEIGHBOURS, NEIGHBOURS), ("https://elders.example", None)])
async def test_a_preflight_knows_every_registered_origin(cast: Cast, origin: str, answer: str | None) -> None:
    """It carries no token, so it cannot tell whose page it is."""
    headers = {"origin": origin, "access-control-request-method": "POST"}
    response = await cast.house.http.request("OPTIONS", "/v1/issuers", headers=headers)

    assert (204, answer) == (response.status_code, allowed(response))
    assert "authorization" in response.headers["access-control-allow-headers"]
    assert "POST" in response.headers["access-control-allow-methods"]


async def test_no_page_uses_a_clients_token(cast: Cast) -> None:
    """A client's secret belongs on no page."""
    response = await cast.hr.get("/units", headers={"origin": OWN})

    assert (403, "foreign-origin") == (response.status_code, response.json()["code"])


async def test_a_revoked_issuer_has_no_pages(house: House) -> None:
    """Its origins are forgotten with it."""
    gone = "https://weg.example"
    employer = await house.employer("Weg BV", origins=[gone])
    administrator = await employer.client("administrator")
    (issuer,) = (await administrator.must(administrator.get("/issuers"), 200))["items"]
    headers = {"origin": gone, "access-control-request-method": "GET"}

    before = await house.http.request("OPTIONS", "/v1/issuers", headers=headers)
    await administrator.must(administrator.post(f"/issuers/{issuer['issuerId']}/revoke"), 200)
    after = await house.http.request("OPTIONS", "/v1/issuers", headers=headers)

    assert (gone, None) == (allowed(before), allowed(after))


@pytest.mark.parametrize("origin", ["https://a.example/", "https://a.example/path", "*", "null", "HTTPS://A.EXAMPLE"])
async def test_an_origin_is_written_as_browsers_send_it(cast: Cast, origin: str) -> None:
    """Else it would never match."""
    body: dict[str, Any] = {
        "issuer": "https://login.example",
        "audience": "peil",
        "jwksUrl": "https://login.example/keys",
        "identityClaim": "oid",
        "directoryAttribute": "externalId",
        "origins": [origin],
    }
    response = await cast.administrator.post("/issuers", body)

    assert (400, ["/origins/0"]) == (response.status_code, [one["pointer"] for one in response.json()["errors"]])

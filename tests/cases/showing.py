"""An intranet of an employer: its public client, and widget tokens made for it."""

import json
from typing import Any

import httpx

from support.apis import Rest
from support.house import PUBLIC_URL, House, Persona
from support.personas import Cast

ORIGIN = "https://intranet.gemeten.example"
OTHER = "https://portaal.gemeten.example"
EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange"
ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token"
VIEWS = ("team", "aggregate", "trend", "participation", "agenda", "actions", "support-routes", "waves")


async def public_client(cast: Cast, *origins: str) -> str:
    """The id of a client that runs in a browser."""
    new = {"name": "intranet", "public": True, "origins": list(origins or (ORIGIN,))}
    created = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()
    return str(created["clientId"])


async def backend(cast: Cast, role: str = "hr") -> dict[str, Any]:
    """A client of a server that shows widgets on its pages, with its secret."""
    new = {"name": "backend", "roles": [role], "origins": [ORIGIN]}
    created: dict[str, Any] = (await Rest(cast.administrator).create_client(cast.employer_id, new)).must()
    return created


def form_of(subject: str | None, **details: Any) -> dict[str, str]:
    """What is posted to have a token exchanged."""
    asked = {"type": "peil_widget", "views": ["team"]} | details
    return {
        "grant_type": EXCHANGE,
        "subject_token": str(subject),
        "subject_token_type": ACCESS_TOKEN,
        "authorization_details": json.dumps([asked]),
    }


async def ask_in_browser(
    house: House, client_id: str, subject: str | None, page: str | None = ORIGIN, **details: Any
) -> httpx.Response:
    """A page asks by itself, for whoever is signed in there."""
    headers = {} if page is None else {"origin": page}
    form = form_of(subject, **details) | {"client_id": client_id}
    return await house.http.post("/oauth/token", data=form, headers=headers)


async def ask_by_server(house: House, client: dict[str, Any], subject: str, **details: Any) -> httpx.Response:
    """A server asks, with its secret."""
    proof = (client["clientId"], client["clientSecret"])
    return await house.http.post("/oauth/token", data=form_of(subject, **details), auth=proof)


def at(house: House, token: str, origin: str | None = ORIGIN) -> Persona:
    """A page that has this token, on an origin."""
    headers = {} if origin is None else {"origin": origin}
    transport = httpx.ASGITransport(app=house.application)
    return Persona(httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL, headers=headers), token)


async def page_of(cast: Cast, subject: str, **details: Any) -> Persona:
    """A page of the intranet with the widget token of whoever is signed in there."""
    response = await ask_in_browser(cast.house, await public_client(cast), subject, **details)
    assert response.status_code == 200, response.text
    return at(cast.house, response.json()["access_token"])

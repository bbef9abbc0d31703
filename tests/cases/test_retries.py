"""Retries are safe: one key, one effect, one reply."""

from typing import Any

import httpx
import pytest

from support.apis import Rest
from support.house import Persona
from support.personas import Cast, at_once


async def retry(persona: Persona, path: str, body: Any, key: str) -> httpx.Response:
    return await persona.post(path, body, headers={"idempotency-key": key})


@pytest.mark.parametrize("persona", ["hr", "operator"])
async def test_a_retry_gives_the_first_reply(cast: Cast, persona: str) -> None:
    """Nothing happens twice, and the reply says that it is one from before."""
    path, body = {
        "hr": ("/units", {"externalId": "once", "name": "Once", "parentExternalId": "root"}),
        "operator": ("/employers", {"name": "Eenmaal BV"}),
    }[persona]
    who = cast.in_role(persona)

    first, second = [await retry(who, path, body, f"key-{cast.employer_id}") for _ in range(2)]

    assert (201, 201) == (first.status_code, second.status_code), first.text
    assert first.content == second.content
    assert first.headers["location"] == second.headers["location"]
    assert (None, "true") == tuple(one.headers.get("idempotency-replayed") for one in (first, second))


async def test_a_key_is_for_one_request(cast: Cast) -> None:
    """With another body it is 422; of another caller or for another operation it is another key."""
    unit = {"externalId": "once", "name": "Once", "parentExternalId": "root"}
    first = await retry(cast.hr, "/units", unit, "key")

    other_body = await retry(cast.hr, "/units", unit | {"name": "Twice"}, "key")
    other_route = await retry(cast.hr, "/people", {"externalId": "p", "unitExternalId": "field"}, "key")
    other_caller = await retry(cast.vendor, "/units", unit, "key")

    assert (201, 422, 201, 409) == tuple(one.status_code for one in (first, other_body, other_route, other_caller))
    assert ("idempotency-key-reused", "external-id-taken") == (other_body.json()["code"], other_caller.json()["code"])


async def test_a_body_may_be_spelt_differently(cast: Cast) -> None:
    """Whitespace and the order of members are not the request."""
    texts = [
        b'{"externalId": "once", "name": "Once", "parentExternalId": "root"}',
        b'{"name":"Once","parentExternalId":"root","externalId":"once"}',
    ]
    headers = {"idempotency-key": "spelling", "content-type": "application/json"}

    answers = [await cast.hr.request("POST", "/units", content=text, headers=headers) for text in texts]

    assert [201, 201] == [one.status_code for one in answers]
    assert answers[0].content == answers[1].content


async def test_two_at_once_do_it_once(cast: Cast) -> None:
    """The other waits for nothing: it is told that the first is under way, or gets its reply."""
    body = {"kind": "dpia", "decidedOn": "2026-01-01", "documentSha256": "0" * 64}

    answers = await at_once(*(retry(cast.hr, "/preconditions", body, "at-once") for _ in range(5)))

    made = (await Rest(cast.hr).list_preconditions()).must()["items"]
    assert 1 == len(made)
    assert {201, 409} >= {one.status_code for one in answers}
    assert {"in-flight"} >= {one.json()["code"] for one in answers if one.status_code == 409}


async def test_a_failed_try_keeps_no_key(cast: Cast) -> None:
    """What was refused can be put right and sent again under the same key."""
    body = {"externalId": "p", "unitExternalId": "late"}
    refused = await retry(cast.hr, "/people", body, "again")
    await cast.hr.post("/units", {"externalId": "late", "name": "Late", "parentExternalId": "root"})

    assert (409, 201) == (refused.status_code, (await retry(cast.hr, "/people", body, "again")).status_code)


@pytest.mark.parametrize("persona", ["administrator", "operator"])
async def test_replies_with_secrets_are_not_kept(cast: Cast, persona: str) -> None:
    """The retry is refused, makes no second client, and the secret stands in no row."""
    asker, employer_id = cast.in_role(persona), cast.employer_id
    if persona == "operator":
        # Who has had an administrator gets no client from the operator.
        employer_id = (await Rest(asker).create_employer({"name": "Nieuw BV"})).must()["employerId"]
    path, body = f"/employers/{employer_id}/clients", {"name": "kept", "roles": ["vendor_integration"]}
    before = len((await Rest(asker).list_clients(employer_id)).must()["items"])

    first, second = [await retry(asker, path, body, "secret") for _ in range(2)]

    after = len((await Rest(asker).list_clients(employer_id)).must()["items"])
    assert (201, 409, "secret-already-shown") == (first.status_code, second.status_code, second.json()["code"])
    assert before + 1 == after


async def test_rights_are_checked_again_on_a_replay(cast: Cast) -> None:
    """Who may no longer do it does not get the reply of the time when they might."""
    created = (await Rest(cast.administrator).create_client(cast.employer_id, {"name": "c", "roles": ["hr"]})).must()
    client = created["clientId"], created["clientSecret"]
    body = {"externalId": "once", "name": "Once", "parentExternalId": "root"}
    able = Persona(cast.house.http, await cast.house.sign_in(*client))
    unable = Persona(cast.house.http, await cast.house.sign_in(*client, "directory:read"))

    answers = [await retry(who, "/units", body, "key") for who in (able, unable)]
    (await Rest(cast.administrator).revoke_client(cast.employer_id, client[0])).must()
    answers.append(await retry(able, "/units", body, "key"))

    assert [201, 403, 401] == [one.status_code for one in answers]


@pytest.mark.parametrize("key", ["", " ", "x" * 201, "é", "a b"])
async def test_a_key_that_cannot_be_kept_is_refused(standing: Cast, key: str) -> None:
    """Rather than taken for another."""
    response = await standing.hr.post(
        "/preconditions", {"kind": "dpia"}, headers={"idempotency-key": key.encode("latin-1")}
    )

    assert 400 == response.status_code
    assert "/header/Idempotency-Key" in [one["pointer"] for one in response.json()["errors"]]

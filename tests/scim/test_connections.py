"""Connections and their secrets: who may make them, and that a secret is good for one employer and for SCIM alone."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from peil import clock
from scim.client import CORE_GROUP, CORE_USER, Provisioner, outcome, provisioner_of
from support.apis import Rest
from support.house import Employer, Persona
from support.personas import Cast, cast_of


async def tried(idp: Provisioner, secret: str) -> int:
    return (await Provisioner(idp.http, secret, idp.connection).request("GET", "/Users?count=0")).status_code


async def test_a_secret_is_replaced_with_an_overlap(cast: Cast, idp: Provisioner) -> None:
    """Two work while the one takes the place of the other, no third is made, and one can be ended at once."""
    api = Rest(cast.administrator)
    made = (await api.create_scim_secret(idp.connection_id, {"overlap": 3600})).must()
    both = [await tried(idp, str(idp.secret)), await tried(idp, made["secret"])]
    third = await api.create_scim_secret(idp.connection_id, {})
    old, new = (await api.get_scim_connection(idp.connection_id)).must()["secrets"]

    ended = await api.revoke_scim_secret(idp.connection_id, old["secretId"])
    last = await api.revoke_scim_secret(idp.connection_id, new["secretId"])

    assert ([200, 200], [401, 200]) == (both, [await tried(idp, str(idp.secret)), await tried(idp, made["secret"])])
    assert ("secrets-overlap", "ok", "last-secret") == (third.code, ended.word, last.code)


async def test_a_secret_is_good_for_scim_alone(cast: Cast, idp: Provisioner) -> None:
    """It is no access token and no client's secret; and no access token is a secret of SCIM."""
    persona = Persona(cast.house.http, idp.secret)
    tokens = [str(one.token) for one in (cast.administrator, cast.hr, cast.vendor, cast.employee)]

    over_rest = (await persona.get("/people")).status_code
    over_graphql = await cast.house.http.post(
        "/graphql", json={"query": "{ __typename }"}, headers={"authorization": f"Bearer {idp.secret}"}
    )
    for_token = await cast.house.http.post(
        "/oauth/token", data={"grant_type": "client_credentials"}, auth=(idp.connection_id, str(idp.secret))
    )

    assert [401, 401, 401] == [over_rest, over_graphql.status_code, for_token.status_code]
    assert [401] * len(tokens) == [await tried(idp, one) for one in tokens]


async def test_only_a_hash_is_kept(cast: Cast, idp: Provisioner) -> None:
    """The secret is in no row, and is not shown again."""
    seen = (await Rest(cast.administrator).get_scim_connection(idp.connection_id)).must()

    async with cast.house.parts.database.transaction(cast.employer.employer_id) as rows:
        found = await rows.value(
            "select count(*) from peil.scim_secret as t where t::text like '%' || $1 || '%'", idp.secret
        )

    assert str(idp.secret).startswith("peil_scim_")
    assert (0, False) == (found, str(idp.secret) in str(seen))


async def test_what_is_over_or_revoked_proves_nothing(
    cast: Cast, idp: Provisioner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A secret after its end, and every secret of a connection that was revoked; nobody without one."""
    other = await provisioner_of(cast)
    (await Rest(cast.administrator).revoke_scim_connection(other.connection_id)).must()
    again = await Rest(cast.administrator).revoke_scim_connection(other.connection_id)
    nobody = await Provisioner(idp.http, None, {}).request("GET", "/Users")
    before = await tried(idp, str(idp.secret))
    now = clock.now()
    monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=366))

    assert (200, 401, 401) == (before, await tried(idp, str(idp.secret)), await tried(other, str(other.secret)))
    assert ("scim-connection-revoked", 401, "401") == (again.code, nobody.status_code, nobody.json()["status"])
    assert "Bearer" in nobody.headers["www-authenticate"]


async def test_the_end_of_a_secret_is_announced(cast: Cast, idp: Provisioner, monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty days before, in the feed and in the report, unless another one has taken its place."""
    api = Rest(cast.administrator)
    replaced = await provisioner_of(cast)
    (
        await api.create_scim_secret(replaced.connection_id, {"expiresAt": (clock.now() + timedelta(700)).isoformat()})
    ).must()

    async def ending(idp: Provisioner, days: int) -> list[str]:
        now = clock.now() + timedelta(days=days)
        with monkeypatch.context() as patch:
            patch.setattr(clock, "now", lambda: now)
            report = (await api.get_scim_report(idp.connection_id)).must()
        return [one["secretId"] for one in report["ending"]]

    async def told(days: int) -> list[str]:
        to = (clock.now() + timedelta(days=days)).isoformat()
        (await api.advance_test_clock(cast.employer_id, {"to": to})).must()
        await cast.house.work()
        events = (await api.list_events(limit=200)).must()["items"]
        return [one["subject"] for one in events if one["type"].endswith("scim-secret.expiring")]

    [secret] = (await api.get_scim_connection(idp.connection_id)).must()["secrets"]
    assert ([], [f"scim-connections/{idp.connection_id}"]) == (await told(334), await told(336))
    assert ([], [secret["secretId"]], []) == (
        await ending(idp, 334),
        await ending(idp, 336),
        await ending(replaced, 336),
    )


async def test_what_a_revoked_secret_cut_short_goes_on(cast: Cast, idp: Provisioner) -> None:
    """The old secret has its own end again, and that is announced, also where the day of it had passed meanwhile."""
    api = Rest(cast.administrator)
    end = (clock.now() + timedelta(days=40)).isoformat()
    made = (await api.create_scim_connection({"name": "x"})).must()
    connection_id = made["connectionId"]
    first = (await api.create_scim_secret(connection_id, {"overlap": 0, "expiresAt": end})).must()
    second = (await api.create_scim_secret(connection_id, {"overlap": 3600})).must()
    # Its announcement falls due, and finds that another one has taken its place.
    (await api.advance_test_clock(cast.employer_id, {"to": (clock.now() + timedelta(days=20)).isoformat()})).must()
    await cast.house.work()

    async def told() -> list[str]:
        await cast.house.work()
        events = (await api.list_events(limit=200)).must()["items"]
        return [one["subject"] for one in events if one["type"].endswith("scim-secret.expiring")]

    before = await told()
    [left] = (await api.revoke_scim_secret(connection_id, second["secretId"])).must()["secrets"]

    assert (first["secretId"], first["expiresAt"]) == (left["secretId"], left["expiresAt"])
    assert ([], [f"scim-connections/{connection_id}"]) == (before, await told())


async def test_the_end_of_the_old_secret_leaves_the_new_one(cast: Cast, idp: Provisioner) -> None:
    """And one that was cut short twice has the end that it had first."""
    api = Rest(cast.administrator)
    [first] = (await api.get_scim_connection(idp.connection_id)).must()["secrets"]
    for _ in range(2):
        made = (await api.create_scim_secret(idp.connection_id, {"overlap": 3600})).must()
        [left] = (await api.revoke_scim_secret(idp.connection_id, made["secretId"])).must()["secrets"]
        assert first == left
    made = (await api.create_scim_secret(idp.connection_id, {"overlap": 3600})).must()

    [left] = (await api.revoke_scim_secret(idp.connection_id, first["secretId"])).must()["secrets"]

    assert (made["secretId"], made["expiresAt"]) == (left["secretId"], left["expiresAt"])


async def test_a_vendors_connection_waits_for_an_administrator(cast: Cast) -> None:
    """Until then its secret opens nothing; the vendor cannot confirm it."""
    made = await cast.vendor.must(cast.vendor.post("/scim-connections", {"name": "Vendor"}))
    idp = Provisioner(cast.house.http, made["secret"], made)

    waiting = await tried(idp, made["secret"])
    own = await Rest(cast.vendor).confirm_scim_connection(made["connectionId"])
    (await Rest(cast.administrator).confirm_scim_connection(made["connectionId"])).must()
    twice = await Rest(cast.administrator).confirm_scim_connection(made["connectionId"])

    assert ("inactive", 401, "denied", "scim-connection-not-waiting") == (made["state"], waiting, own.code, twice.code)
    assert 200 == await tried(idp, made["secret"])


@pytest.mark.parametrize(
    ("new", "pointer"),
    [
        ({"groups": "prefix"}, "/groupPrefix"),
        ({"groupPrefix": "x"}, "/groupPrefix"),
        ({"groups": "named"}, "/groupNames"),
        ({"groups": "named", "groupNames": ["a", "a"]}, "/groupNames/1"),
        ({"tree": "department"}, "/groups"),
        ({"eraseAfter": -1}, "/eraseAfter"),
    ],
)
async def test_settings_have_to_fit(cast: Cast, new: dict[str, Any], pointer: str) -> None:
    """With where it is wrong."""
    refused = await Rest(cast.administrator).create_scim_connection({"name": "x"} | new)

    assert [pointer] == [at for at, _ in refused.findings]


async def test_another_employer_does_not_exist(idp: Provisioner, other_employer: Employer) -> None:
    """Its users and groups are 404 in every way there is to name them, in no list, and nobody's manager or member."""
    other = await cast_of(other_employer)
    theirs = await provisioner_of(other)
    user, group = (await theirs.create_user("nia@voorbeeld.example"))["id"], (await theirs.create_group("Daar"))["id"]
    own = (await idp.create_group("Hier"))["id"]
    patch = {"op": "replace", "path": "displayName", "value": "x"}

    named = [
        await idp.request(method, f"/{kind}/{one}", body)
        for kind, one, more in (("Users", user, {"userName": "x"}), ("Groups", group, {"displayName": "x"}))
        for method, body in (("GET", None), ("DELETE", None), ("PUT", more))
    ]
    named += [await idp.patch(f"/Users/{user}", patch), await idp.patch(f"/Groups/{group}", patch)]
    member = await idp.patch(f"/Groups/{own}", {"op": "add", "path": "members", "value": [{"value": user}]})
    lists = [
        await idp.must("GET", f'/{kind}?filter=id eq "{one}"') for kind, one in (("Users", user), ("Groups", group))
    ]
    report = await other.administrator.get(f"/scim-connections/{idp.connection_id}/report")

    assert [404] * 8 == [one.status_code for one in named]
    assert ((400, "invalidValue"), [0, 0], 404) == (
        outcome(member),
        [one["totalResults"] for one in lists],
        report.status_code,
    )
    assert "nia@voorbeeld.example" == (await theirs.must("GET", f"/Users/{user}"))["userName"]
    # The same user name is free here.
    assert (await idp.create_user("nia@voorbeeld.example"))["id"] != user


async def test_the_employer_comes_from_the_secret_alone(cast: Cast, idp: Provisioner, other_employer: Employer) -> None:
    """Whatever a header, a query or a body says."""
    foreign = str(other_employer.employer_id)
    headers = {"x_employer": foreign, "resource": foreign}

    made = await idp.must(
        "POST",
        f"/Users?employerId={foreign}",
        {"schemas": [CORE_USER], "userName": "o@x.example", "employerId": foreign},
        **headers,
    )
    await idp.must("POST", "/Groups", {"schemas": [CORE_GROUP], "displayName": "Ons", "tenant": foreign})

    assert 200 == (await cast.hr.get(f"/people/{made['id']}")).status_code
    assert b"Ons" not in (await (await other_employer.client("hr")).get("/units")).content
    assert msgspec.json.decode((await cast.hr.get("/units")).content)["items"]

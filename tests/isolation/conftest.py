"""Two employers who have each done a bit of everything."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest

from anonymity.asking import Asked, ask, owner
from cases.commenting import ASKING
from cases.examples import BODIES
from contract.seeds import Seeded, seed_employer
from isolation.sweeping import FOREIGN_KEY, FOREIGN_NAME, FREE_NAME, Pair
from peil import bootstrap, clock
from peil.demo.issuer import DemoIssuer
from peil.embedded import Cluster
from support.apis import application_with_documents
from support.house import PUBLIC_URL, Employer, House, Persona, open_house


@pytest.fixture(scope="session")
async def neighbours(house: House) -> tuple[Employer, Employer]:
    """Each has a wave that was released and one that is open with answers in it."""
    first, second = await house.employer("Een BV"), await house.employer("Twee BV")
    for employer in (first, second):
        await furnish(employer)
    return first, second


async def furnish(employer: Employer) -> Asked:
    """Leaves rows of the employer in as many tables as there are."""
    hr = await employer.client("hr")
    await hr.must(hr.patch("/message-settings", BODIES["update_message_settings"], "*"), 200)
    await hr.must(hr.patch("/colours", BODIES["update_colours"], "*"), 200)
    asked = await ask(employer, a=8, b=8)
    for person in asked.codes:
        await asked.submit(person)
    await asked.advance(asked.closes_at)
    await employer.house.work()
    again = {"key": uuid4().hex}
    headers = {"idempotency-key": again["key"]}
    await hr.must(
        hr.post("/units", {"externalId": "late", "name": "late", "parentExternalId": "root"}, headers=headers)
    )
    request = {"policyVersion": 1, "mode": "split", "documentSha256": "0" * 64, "answerBy": "2999-01-01"}
    await hr.must(hr.post("/consent-requests", request))
    await hr.must(hr.post("/catalogue-entries", BODIES["create_catalogue_entry"]))
    [instrument] = (await hr.must(hr.get("/instruments?limit=1"), 200))["items"]
    permissions = f"/instruments/{instrument['instrumentId']}/permissions"
    await hr.must(hr.post(permissions, BODIES["record_permission"]))
    await hr.must(hr.post("/risks", BODIES["create_risk"]))
    campaign = await hr.must(hr.post("/campaigns", BODIES["create_campaign"]))
    for kind, new in (("activities", "create_activity"), ("communications", "create_communication")):
        await hr.must(hr.post(f"/campaigns/{campaign['campaignId']}/{kind}", BODIES[new]))
    await hr.must(
        hr.post(
            "/actions", BODIES["create_action"] | {"startsOn": (clock.now() - timedelta(days=40)).date().isoformat()}
        )
    )
    await hr.must(hr.patch("/fatigue-budget", BODIES["update_fatigue_budget"], "*"), 200)
    await plan_series(employer)
    await keep_figure(employer, asked.wave_id)
    await employer.house.work()
    await _write_comments(asked)
    return asked


async def _write_comments(asked: Asked) -> None:
    """Leaves one wave with comments that were released and one with comments that await moderation."""
    hr, house = asked.hr, asked.employer.house
    adviser = await asked.employer.client("confidential_adviser")
    instrument = (await hr.must(hr.post("/instruments", ASKING)))["instrumentId"]
    await hr.must(hr.post(f"/instruments/{instrument}/publish"), 200)
    opened = {"opensAt": asked.closes_at.isoformat(), "closesAt": (asked.closes_at + timedelta(days=2)).isoformat()}
    wave = {"name": "x", "kind": "pulse", "instrumentId": instrument, "mode": "split", "languages": ["nl"], **opened}
    for is_released in (True, False):
        wave_id = (await hr.must(hr.post("/waves", wave)))["waveId"]
        await hr.must(hr.post(f"/waves/{wave_id}/open"), 202)
        await house.work()
        drawn = await hr.post(f"/waves/{wave_id}/codes")
        for line in drawn.text.splitlines():
            response = {"code": json.loads(line)["code"], "answers": {"words": "Meer rust."}}
            await hr.must(house.anonymous.post(f"/waves/{wave_id}/responses", response))
        await hr.must(hr.post(f"/waves/{wave_id}/close"), 202)
        await house.work()
        path = f"/waves/{wave_id}/comment-moderation"
        if is_released:
            found = await adviser.must(adviser.get(f"{path}/comments"), 200)
            decisions = [{"commentId": one["commentId"], "decision": "release"} for one in found["items"]]
            await adviser.must(adviser.post(f"{path}/decisions", {"decisions": decisions}), 200)
            await adviser.must(adviser.post(f"{path}/end"), 202)
            await house.work()


async def plan_series(employer: Employer) -> None:
    """A series of one wave, half a year from now."""
    hr = await employer.client("hr")
    page = await hr.must(hr.get("/instruments?limit=200"), 200)
    new = {
        "instrumentId": next(one["instrumentId"] for one in page["items"] if one["kind"] == "pulse"),
        "firstOn": (clock.now() + timedelta(days=180)).date().isoformat(),
        "count": 1,
    }
    await hr.must(hr.post("/wave-series", BODIES["plan_wave_series"] | new))


async def keep_figure(employer: Employer, wave_id: UUID) -> None:
    """A figure of participation as the worker keeps it, for which there are too few people here."""
    async with employer.house.worker.parts.database.transaction(employer.employer_id) as rows:
        await rows.execute(
            "insert into participation.figure (employer_id, wave_id, unit_id, invited, band, measured_on, answered)"
            " values ($1, $2, $2, 30, 'below-30', $3, 7)",
            employer.employer_id,
            wave_id,
            clock.now().date(),
        )


async def count(house: House, table: str, employer: Employer) -> int:
    async with owner(house) as connection:
        query = f"select count(*) from {table} where employer_id = $1"
        return int(await connection.fetchval(query, employer.employer_id))


async def tables(connection: Any) -> list[str]:
    """Every table of employers, parts of tables left out."""
    rows = await connection.fetch(
        """
        select oid::regclass::text as name
        from pg_catalog.pg_class
        where
          relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
          and relkind in ('r', 'p')
          and not relispartition
          and exists (
            select from pg_catalog.pg_attribute where attrelid = pg_class.oid and attname = 'employer_id'
          )
        order by 1
        """
    )
    return [row["name"] for row in rows]


@pytest.fixture(scope="session")
async def pair(cluster: Cluster, issuer: DemoIssuer, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    """Their walls may be taken down, so nobody else lives here."""
    name = f"peil_pair_{uuid4().hex}"
    await bootstrap.prepare(cluster, name)
    async with open_house(cluster, name, tmp_path_factory.mktemp("pair") / "keys", issuer) as house:
        mine, theirs = [await _seeded(house, one) for one in ("Eerste BV", "Tweede BV")]
        hr = Persona(house.http, theirs.usual)
        for name in (FOREIGN_NAME, FREE_NAME):
            await hr.must(hr.post("/units", {"externalId": name, "name": name, "parentExternalId": "root"}))
        route = BODIES["create_support_route"]
        await hr.must(hr.post("/support-routes", route, headers={"idempotency-key": FOREIGN_KEY}))
        transport = httpx.ASGITransport(app=application_with_documents(house.parts))
        async with httpx.AsyncClient(transport=transport, base_url=PUBLIC_URL) as graphql:
            yield Pair(house, graphql, mine, theirs)


async def _seeded(house: House, name: str) -> Seeded:
    seeded = await seed_employer(house, await house.employer(name))
    return msgspec.structs.replace(seeded, usual=house.lasting(seeded.usual))

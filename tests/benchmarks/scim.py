"""SCIM bulk requests, beside bare inserts of as many people by COPY into a staging table and INSERT … SELECT."""

import statistics
import time
from uuid import UUID, uuid4

import asyncpg

from benchmarks.report import Finding, Pair
from scim.client import BULK, CORE_USER, ENTERPRISE, Provisioner
from support.house import House

_PEOPLE = 3000
_AT_A_TIME = 1000
_WANTED = 150
"""People a second, on two cores."""

_STAGE = "create temporary table staging (person_id uuid, user_name text, display_name text, email text) on commit drop"
_INSERT = """
insert into peil.person (
  employer_id, person_id, external_id, user_name, display_name, email, absent, active, modified_at
)
select $1, person_id, person_id::text, user_name, display_name, email, false, true, now()
from staging
"""


async def measure(house: House, url_of_database: str, repeats: int) -> Finding:
    """Each pair provisions 3,000 people of an employer: names, an address, a department, a cost centre."""
    employer = await house.employer("Bulk BV")
    administrator = await employer.client("administrator")
    made = await administrator.must(administrator.post("/scim-connections", {"name": "bench"}))
    idp = Provisioner(house.http, made["secret"], made)
    pairs = [
        Pair(
            ours=_PEOPLE / await _provision(idp, repeat),
            bare=_PEOPLE / await _copy(url_of_database, employer.employer_id, repeat),
        )
        for repeat in range(repeats)
    ]
    return Finding(
        path="SCIM bulk",
        load=f"{_AT_A_TIME:,} a request",
        compared_with="COPY into staging + INSERT … SELECT",
        # What is wanted is a rate and not a share of what the bare inserts do.
        target=_WANTED / statistics.median(pair.bare for pair in pairs),
        pairs=pairs,
        more={"people": _PEOPLE, "wanted_a_second": _WANTED},
        remark=f"{_WANTED} people/s wanted",
    )


async def _provision(idp: Provisioner, repeat: int) -> float:
    """Seconds for all of them, in one request after the other; each has to be made."""
    requests = [
        {
            "schemas": [BULK],
            "Operations": [_operation(f"u{repeat}-{first + number}") for number in range(_AT_A_TIME)],
        }
        for first in range(0, _PEOPLE, _AT_A_TIME)
    ]
    start = time.perf_counter()
    for request in requests:
        done = await idp.must("POST", "/Bulk", request)
        assert {"201"} == {one["status"] for one in done["Operations"]}
    return time.perf_counter() - start


def _operation(name: str) -> dict[str, object]:
    address = f"{name}@voorbeeld.example"
    user = {
        "schemas": [CORE_USER, ENTERPRISE],
        "userName": address,
        "externalId": name,
        "displayName": name,
        "active": True,
        "emails": [{"value": address, "type": "work"}],
        ENTERPRISE: {"department": "Zorg", "costCenter": "4711"},
    }
    return {"method": "POST", "path": "/Users", "bulkId": name, "data": user}


async def _copy(url: str, employer_id: UUID, repeat: int) -> float:
    """Seconds to have as many rows in the table, durably, as its owner."""
    rows = [(uuid4(), f"b{repeat}-{n}@voorbeeld.example", f"b{n}", f"b{n}@voorbeeld.example") for n in range(_PEOPLE)]
    connection = await asyncpg.connect(url)
    try:
        start = time.perf_counter()
        async with connection.transaction():
            await connection.execute(_STAGE)
            await connection.copy_records_to_table("staging", records=rows)
            await connection.execute(_INSERT, employer_id)
        return time.perf_counter() - start
    finally:
        await connection.close()

"""Row-level security alone keeps a vendor from another vendor's rows, and from employers that did not let it in.

The application takes the vendor for another one, in every scope, and for somebody of that one's employer; what the
database is told stays as the token says: this vendor, and no employer.
"""

from typing import Any
from uuid import UUID

import msgspec
import pytest

from anonymity.asking import owner
from isolation.sweeping import OPERATIONS, Pair
from isolation.test_walls import (
    Mistaken,
    given_away,
    rows_of,
    them,
    without_application_checks,
    without_row_security,
)
from peil.database import Rows
from peil.jobs.chaining import chain_vendor_audit
from support.house import Persona

OF_VENDORS = """
select format('%s', oid::regclass) as name
from pg_catalog.pg_class
where
  relnamespace::regnamespace::text = 'peil'
  and relkind in ('r', 'p')
  and exists (select from pg_catalog.pg_attribute where attrelid = pg_class.oid and attname = 'vendor_id')
order by name
"""


@pytest.fixture
async def chained(pair: Pair) -> Pair:
    """Both, with trails that can be read."""
    await chain_vendor_audit(pair.house.worker.parts)
    return pair


def their_vendor(pair: Pair) -> Mistaken:
    return them(pair)._replace(vendor_id=UUID(pair.theirs.known["vendor"][0]))


def my_vendor(pair: Pair) -> UUID:
    return UUID(pair.mine.known["vendor"][0])


def token_of(pair: Pair) -> str:
    """Of the vendor of mine, for itself."""
    return pair.mine.others["getVendor"]


async def rows_of_vendor(pair: Pair, vendor_id: UUID) -> dict[str, str]:
    """All rows of a vendor, table by table."""
    async with owner(pair.house) as connection:
        names = [row["name"] for row in await connection.fetch(OF_VENDORS)]
        rows = "coalesce(string_agg(t::text, '' order by t::text), '')"
        return {
            name: await connection.fetchval(f"select {rows} from {name} as t where vendor_id = $1", vendor_id)
            for name in names
        }


async def test_row_security_alone_keeps_vendors_apart(chained: Pair) -> None:
    """A vendor that is mistaken for another finds and changes nothing of that one's, nor of its employer's.

    No operation answers it otherwise than where there is neither.
    """
    theirs = their_vendor(chained)
    before = await rows_of(chained, chained.theirs), await rows_of_vendor(chained, UUID(str(theirs.vendor_id)))

    assert set() == await given_away(chained, theirs, token_of(chained))
    assert before == (
        await rows_of(chained, chained.theirs),
        await rows_of_vendor(chained, UUID(str(theirs.vendor_id))),
    )


async def test_without_it_a_mistaken_vendor_reads_nearly_everything(chained: Pair) -> None:
    """Else the test above would show nothing: also the trail, the clients and the employers of the other vendor."""
    theirs = their_vendor(chained)
    async with without_row_security(chained.house):
        open_ = await given_away(chained, theirs, token_of(chained))

    # What an employer has of others is asked of the employer, which a vendor's own token names none of.
    assert {"list_audit", "export_audit", "list_vendor_clients", "get_vendor", "list_vendor_employers"} <= open_
    assert len(open_) > 0.8 * len(OPERATIONS)


async def test_a_mistaken_vendor_still_reads_its_own(chained: Pair) -> None:
    """Nor would it show anything if the database answered nobody."""
    itself = their_vendor(chained)._replace(vendor_id=my_vendor(chained))
    asking = Persona(chained.house.http, token_of(chained))
    with without_application_checks(chained.house, token_of(chained), itself):
        trail: Any = await asking.must(asking.get("/audit"), 200)

    assert {str(my_vendor(chained))} == {one["vendorId"] for one in trail["items"]}
    assert msgspec.json.encode(chained.theirs.known["vendor"][0]) not in msgspec.json.encode(trail)


async def test_a_vendors_transaction_shows_no_row_of_others(chained: Pair) -> None:
    """Of each table that names vendors: its own rows, and the employers that let it in, whatever is asked for."""
    mine = my_vendor(chained)

    async def shown(rows: Rows, name: str) -> set[UUID | None]:
        return {row[0] for row in await rows.connection.fetch(f"select distinct vendor_id from {name}")}

    async with owner(chained.house) as connection:
        names = [row["name"] for row in await connection.fetch(OF_VENDORS)]
        letting_in = await connection.fetch(
            "select employer_id from peil.vendor_link where vendor_id = $1 and state = 'active'", mine
        )
    async with chained.house.parts.database.transaction(None, vendor_id=mine) as rows:
        found = {name: await shown(rows, name) for name in names if name != "peil.employer"}
        employers = await rows.connection.fetch("select employer_id from peil.employer")

    assert {"peil.vendor", "peil.vendor_audit", "peil.vendor_event", "peil.vendor_link", "peil.client"} <= set(names)
    assert {} == {name: ids for name, ids in found.items() if not ids <= {mine}}
    assert {row[0] for row in letting_in} == {row[0] for row in employers}
    assert chained.theirs.employer.employer_id not in {row[0] for row in employers}

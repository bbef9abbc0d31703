"""The database's own catalogue: what every table must have for employers to stay apart."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from anonymity.asking import owner
from peil import clock
from peil.checks import catalogue
from peil.database import CONSTRAINTS
from support.house import House

MIGRATIONS = Path(__file__).parent.parent.parent / "migrations"

PRE_TENANT = {
    "peil.employer",
    "peil.client",
    "peil.client_secret",
    "peil.used_assertion",
    "peil.used_proof",
    "peil.revoked_token",
    "peil.scim_secret",
    "peil.issuer",
    "peil.vendor",
    "peil.vendor_link",
    "peil.vendor_audit",
    "peil.webhook_endpoint",
    "peil.webhook_secret",
    "intake.open_wave",
}
"""Read before an employer is known, or of none: their keys need not begin with it, and their policy is of their own."""

OWN_EMPLOYER = "(employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid)"
SERVICE = "(current_setting('app.service'::text, true) = 'on'::text)"
WORKER = "(CURRENT_USER = 'peil_worker'::name)"
NOBODYS = "(vendor_id = '00000000-0000-0000-0000-000000000000'::uuid)"
OPERATOR = "(employer_id = '00000000-0000-0000-0000-000000000000'::uuid)"
VENDOR = "(NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid"
OWN_VENDOR = f"(vendor_id = {VENDOR})"
OF_A_VENDOR = f"((employer_id IS NULL) AND {OWN_VENDOR})"
BY_OPERATOR = "(actor_kind = 'operator'::text)"
WIDER = {
    "peil.employer": f"({OWN_EMPLOYER} OR ({VENDOR} = ANY (vendor_ids)) OR {SERVICE})",
    "peil.vendor": f"(vendor_id = COALESCE({VENDOR}, vendor_id))",
    "peil.vendor_link": f"({OWN_EMPLOYER} OR {OWN_VENDOR} OR {SERVICE})",
    "peil.vendor_event": f"({OWN_EMPLOYER} OR {OWN_VENDOR})",
    "peil.webhook_endpoint": (
        f"({OWN_EMPLOYER} OR ((employer_id IS NULL) AND ({OWN_VENDOR} OR {WORKER} OR {SERVICE})))"
    ),
    "peil.webhook_secret": f"({OWN_EMPLOYER} OR ((employer_id IS NULL) AND ({OWN_VENDOR} OR {WORKER})))",
    "peil.delivery": f"({OWN_EMPLOYER} OR {OWN_VENDOR})",
    "peil.delivery_attempt": f"({OWN_EMPLOYER} OR {OWN_VENDOR})",
    "peil.client": f"({OWN_EMPLOYER} OR {OF_A_VENDOR} OR {SERVICE})",
    "peil.client_secret": f"({OWN_EMPLOYER} OR {OF_A_VENDOR} OR {SERVICE})",
    "peil.used_assertion": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.used_proof": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.revoked_token": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.scim_secret": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.issuer": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.audit": f"({OWN_EMPLOYER} OR ({SERVICE} AND {BY_OPERATOR}))",
    "peil.vendor_audit": f"({OWN_VENDOR} OR ({SERVICE} AND ({WORKER} OR {BY_OPERATOR} OR {NOBODYS})))",
    "peil.due": f"({OWN_EMPLOYER} OR ({WORKER} AND {SERVICE}))",
    "peil.idempotency": f"({OWN_EMPLOYER} OR ({SERVICE} AND ({WORKER} OR {OPERATOR})))",
    "intake.open_wave": f"((CURRENT_USER = 'peil_intake'::name) OR ({WORKER} AND {SERVICE}) OR {OWN_EMPLOYER})",
}
"""Policies that show more than one employer's rows, word for word; all others show that employer's only."""

CHECKED = {
    "peil.employer": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.vendor": f"({SERVICE} OR {WORKER})",
    "peil.vendor_link": f"({OWN_EMPLOYER} OR {SERVICE})",
    "peil.vendor_event": OWN_EMPLOYER,
    "peil.delivery": OWN_EMPLOYER,
    "peil.delivery_attempt": OWN_EMPLOYER,
}
"""What is seen and not written: a vendor by anybody but the operator and the worker that keeps its feed, and what a
vendor sees of an employer, unless it has entered it."""

INTERNAL = {
    "audit_position_key": "the one job that chains counts on from the last",
    "vendor_audit_position_key": "the one job that chains holds the rows and counts on from the last",
    "event_position_key": "the one job that orders counts on from the last",
    "moderation_state_check": "written as constants",
    "awaiting_decision_check": "a Literal decides",
    "awaiting_redacted_check": "check_decisions decides",
    "release_position_key": "positions are given under the lock of the chain",
    "written_part_check": "a Literal decides",
    "scim_connection_groups_check": "a Literal decides",
    "scim_connection_tree_check": "a Literal decides",
    "scim_connection_state_check": "a Literal decides",
    "scim_secret_digest_key": "256 random bits",
    "written_piece_check": "they are counted",
    "aggregate_position_key": "places in a tree that was frozen",
    "wave_unit_position_key": "places in a tree that is being frozen",
    "reporting_group_unit_key": "groups are formed one per unit",
    "audit_chain_check": "both are written by one statement",
    "vendor_audit_chain_check": "both are written by one statement",
    "release_chain_check": "both come from the last release",
    "invitation_issued_check": "both are written by one statement",
    "client_employer_key": "the id of a client is its own already",
    "client_state_check": "written as constants",
    "client_public_check": "client_findings decides",
    "issuer_state_check": "written as constants",
    "vendor_state_check": "written as constants",
    "vendor_link_state_check": "written as constants",
    "vendor_link_confirmed_check": "both are written by one statement",
    "vendor_link_ended_check": "both are written by one statement",
    "webhook_endpoint_employer_key": "the id of an endpoint is its own already",
    "webhook_endpoint_state_check": "written as constants",
    "webhook_endpoint_owner_check": "an employer's or a vendor's operation decides",
    "webhook_endpoint_disabled_check": "all three are written by one statement",
    "webhook_endpoint_reason_check": "written as constants",
    "delivery_state_check": "written as constants",
    "delivery_next_check": "both are written by one statement",
    "instrument_state_check": "written as constants",
    "instrument_published_check": "written by one statement",
    "permission_period_check": "check_permission decides",
    "open_wave_state_check": "written as constants",
    "open_wave_fault_check": "a Literal decides",
    "wave_state_check": "a Literal decides",
    "activity_time_check": "check_activity decides",
    "activity_variant_check": "a Literal decides",
    "communication_state_check": "a Literal decides",
    "action_level_check": "a Literal decides",
    "action_state_check": "a Literal decides",
    "action_term_check": "check_action decides",
    "progress_check_number_key": "the one job that makes them looks at those there are",
    "progress_check_kind_check": "written as constants",
    "progress_check_result_check": "a Literal decides",
    "progress_check_completed_check": "both are written by one statement",
    "colours_accent_check": "the pattern of the body decides",
    "message_settings_sent_by_check": "a Literal decides",
    "message_settings_answer_page_check": "check_settings decides",
    "message_kind_check": "a Literal decides",
    "message_audience_check": "a Literal decides",
    "message_sent_by_check": "a Literal decides",
    "message_due_key": "what is planned has one moment each, and is planned once",
    "fatigue_budget_positive_check": "the bounds of the body decide",
    "figure_band_check": "a Literal decides",
    "wave_mode_check": "a Literal decides",
    "wave_kind_check": "a Literal decides",
    "wave_keys_check": "written as constants",
    "wave_window_check": "the rules of planning decide",
    "wave_invited_check": "follows the state",
    "employer_clock_check": "only a sandbox is given a clock",
    "issuer_attribute_check": "a Literal decides",
    "issuer_profile_check": "a Literal decides",
    "unknown_sign_in_count_check": "it begins at one and grows",
    "membership_role_check": "written as constants",
    "membership_period_check": "the rules of the directory decide",
    "risk_severity_check": "the model's bounds decide",
    "risk_likelihood_check": "the model's bounds decide",
    "risk_state_check": "a Literal decides",
    "unit_period_check": "the rules of the directory decide",
    "unit_own_parent_check": "the rules of the tree decide",
    "precondition_kind_check": "a Literal decides",
    "precondition_consent_check": "two bodies with different fields decide",
    "consent_request_mode_check": "a Literal decides",
    "consent_request_state_check": "written as constants",
    "consent_request_decided_check": "written by one statement",
    "consent_request_consented_check": "written by one statement",
    "precondition_term_check": "the rules of preconditions decide",
}
"""Constraints that no caller can break, because something decides before; breaking one is a defect, a 500."""

BY_THE_ID_ALONE = {
    "client_secret_client_fkey": "client_secret_employer_fkey",
    "used_assertion_client_fkey": "used_assertion_employer_fkey",
    "webhook_secret_endpoint_fkey": "webhook_secret_employer_fkey",
}
"""Foreign keys without an employer, for clients of the operator and endpoints of a vendor; beside each stands one with
it, for all others."""
TO_VENDORS = {
    "client_vendor_fkey",
    "employer_vendor_fkey",
    "vendor_link_vendor_fkey",
    "webhook_endpoint_vendor_fkey",
}
"""To what is no employer's."""

SPANNING = {
    "client_pkey": "who asks for a token says no employer; 122 random bits",
    "client_secret_pkey": "of a client",
    "used_assertion_pkey": "of a client",
    "used_proof_pkey": "a hash over a proof and its key, which nobody makes twice",
    "revoked_token_pkey": "a hash of 128 random bits",
    "vendor_pkey": "made here, and never chosen",
    "vendor_audit_pkey": "of a vendor, with an id made here",
    "vendor_audit_position_key": "of a vendor; the worker alone gives positions",
    "webhook_endpoint_pkey": "made here, and never chosen",
    "webhook_endpoint_vendor_key": "a vendor's own, of which no employer knows",
    "webhook_secret_pkey": "made here, and never chosen",
    "issuer_pkey": "made here, and never chosen",
    "issuer_active_key": "an issuer with its audience and tenant is one employer's only: api.md, Access",
    "employer_external_id_key": "of those who create employers",
    "open_wave_pkey": "who answers says no employer; 122 random bits",
}
"""Unique over all employers, and why: whoever breaks such a one learns that somebody else has the value."""

CASCADING = {"on delete delivery_attempt_delivery_fkey": "attempts go with their delivery, which has the same employer"}
"""Foreign keys that delete, and why: the employer is in the key on both sides."""

_OURS = "('peil', 'participation', 'intake', 'comment', 'release')"

KEYS = f"""
select
  conrelid::regclass::text as table,
  conname as name,
  (select attname from pg_catalog.pg_attribute where attrelid = conrelid and attnum = conkey[1]) as first,
  (select attname from pg_catalog.pg_attribute where attrelid = confrelid and attnum = confkey[1]) as referred
from pg_catalog.pg_constraint as con
join pg_catalog.pg_class as class on class.oid = con.conrelid
where
  connamespace::regnamespace::text in {_OURS}
  and contype in ('p', 'u', 'f', 'x')
  and not class.relispartition
union all
select
  indrelid::regclass::text,
  indexrelid::regclass::text,
  (select attname from pg_catalog.pg_attribute where attrelid = indrelid and attnum = indkey[0]),
  null
from pg_catalog.pg_index
join pg_catalog.pg_class as class on class.oid = indrelid
where
  indisunique
  and class.relnamespace::regnamespace::text in {_OURS}
  and not class.relispartition
order by 1, 2
"""

UNCOMMENTED = f"""
select class.oid::regclass::text || coalesce('.' || attname, '') as name
from pg_catalog.pg_class as class
left join pg_catalog.pg_attribute on attrelid = class.oid and attnum > 0 and not attisdropped and not relispartition
where
  relnamespace::regnamespace::text in {_OURS}
  and relkind in ('r', 'p')
  and (
    coalesce(obj_description(class.oid, 'pg_class'), '') = ''
    or (attname is not null and coalesce(col_description(class.oid, attnum), '') = '')
  )
"""

UNSAFE = """
select 'view ' || oid::regclass::text as name
from pg_catalog.pg_class
where
  relkind = 'v'
  and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
  and not coalesce('security_invoker=true' = any(reloptions) or 'security_invoker=on' = any(reloptions), false)
union all
select 'materialised view ' || oid::regclass::text
from pg_catalog.pg_class
where relkind = 'm'
union all
select 'security definer ' || oid::regprocedure::text
from pg_catalog.pg_proc
where prosecdef and pronamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
union all
select 'on delete ' || conname
from pg_catalog.pg_constraint
where contype = 'f' and (confdeltype <> 'a' or confupdtype <> 'a')
union all
select 'inherits ' || inhrelid::regclass::text
from pg_catalog.pg_inherits
join pg_catalog.pg_class on oid = inhrelid
where not relispartition
union all
-- What counts for all employers together tells each how much the others do.
select 'sequence ' || oid::regclass::text
from pg_catalog.pg_class
where relkind = 'S' and relnamespace::regnamespace::text not in ('pg_catalog', 'information_schema')
union all
-- Row-level security looks at no TRUNCATE and no foreign key, and a trigger sees every row.
select lower(privilege_type) || ' on ' || class.oid::regclass::text || ' for ' || coalesce(rolname, 'public')
from pg_catalog.pg_class as class
cross join aclexplode(relacl) as granted
left join pg_catalog.pg_roles as role on role.oid = grantee
where
  relnamespace::regnamespace::text in ('peil', 'participation', 'intake', 'comment', 'release')
  and grantee <> relowner
  and (privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE') or grantee = 0)
"""

CROSSING = f"""
select conname as name
from pg_catalog.pg_constraint
where
  contype = 'f'
  and connamespace::regnamespace::text in {_OURS}
  and conparentid = 0
  and not exists (
    select
    from unnest(conkey, confkey) as pair (own, referred)
    join pg_catalog.pg_attribute as mine
      on mine.attrelid = conrelid and mine.attnum = pair.own and mine.attname = 'employer_id'
    join pg_catalog.pg_attribute as theirs
      on theirs.attrelid = confrelid and theirs.attnum = pair.referred and theirs.attname = 'employer_id'
  )
order by 1
"""

UNIQUE = f"""
select relname as name
from pg_catalog.pg_index
join pg_catalog.pg_class as class on class.oid = indexrelid
where
  indisunique
  and class.relnamespace::regnamespace::text in {_OURS}
  and not class.relispartition
  and not exists (
    select
    from unnest(indkey::int2[]) as place
    join pg_catalog.pg_attribute on attrelid = indrelid and attnum = place and attname = 'employer_id'
  )
order by 1
"""

NAMES = f"""
select
  conname as name,
  contype::text as kind,
  relname as table
from pg_catalog.pg_constraint
join pg_catalog.pg_class as class on class.oid = conrelid
where connamespace::regnamespace::text in {_OURS} and not relispartition and contype <> 'n'
union all
select
  unique_index.relname,
  'u',
  class.relname
from pg_catalog.pg_index
join pg_catalog.pg_class as unique_index on unique_index.oid = indexrelid
join pg_catalog.pg_class as class on class.oid = indrelid
where
  indisunique
  and class.relnamespace::regnamespace::text in {_OURS}
  and not class.relispartition
  and not exists (select from pg_catalog.pg_constraint where conindid = indexrelid)
order by 1
"""


def _besides(query: str, known: Iterable[str]) -> str:
    listed = ", ".join(f"'{name}'" for name in sorted(known))
    return f"select name from ({query}) as found where name not in ({listed})"


UNSAFE_BUT_KNOWN = _besides(UNSAFE, CASCADING)
CROSSING_BUT_KNOWN = _besides(CROSSING, BY_THE_ID_ALONE.keys() | TO_VENDORS)
UNIQUE_BUT_KNOWN = _besides(UNIQUE, SPANNING)


async def names(house: House, query: str) -> list[str]:
    async with owner(house) as connection:
        return [row["name"] for row in await connection.fetch(query)]


@pytest.mark.parametrize("query", [UNCOMMENTED, UNSAFE_BUT_KNOWN], ids=["comment", "unsafe"])
async def test_no_table_lacks_what_it_must_have(house: House, query: str) -> None:
    """Comments. No unsafe view or function, no cascade but one."""
    assert [] == await names(house, query)


async def test_every_table_is_guarded(house: House) -> None:
    """Row-level security is enabled and forced, with a policy: what `peil check` looks for."""
    async with owner(house) as connection:
        assert [] == await catalogue.unguarded(connection)


async def test_policies_say_what_they_should(house: House) -> None:
    """One policy per table, for every command: the employer's own rows, or word for word what stands above."""
    async with owner(house) as connection:
        rows = await connection.fetch(
            "select schemaname || '.' || tablename as table, qual, with_check, cmd, permissive from pg_policies"
        )
    found = {row["table"]: row["qual"] for row in rows}

    assert len(found) == len(rows)
    # With no check of its own a policy decides by the same words what may be written.
    assert {("ALL", "PERMISSIVE")} == {(row["cmd"], row["permissive"]) for row in rows}
    assert CHECKED == {row["table"]: row["with_check"] for row in rows if row["with_check"] is not None}
    assert {table: WIDER.get(table, OWN_EMPLOYER) for table in found} == found


async def test_the_employer_comes_first(house: House) -> None:
    """In every primary key, unique constraint, unique index and foreign key, on both sides."""
    async with owner(house) as connection:
        rows = await connection.fetch(KEYS)
    found = [
        row["name"]
        for row in rows
        if row["table"] not in PRE_TENANT
        and (row["first"] != "employer_id" or row["referred"] not in (None, "employer_id"))
    ]

    assert [] == found
    assert len(rows) > 50


async def test_no_row_leads_to_another_employers(house: House) -> None:
    """A foreign key looks past row-level security: it takes the employer along, on both sides in the same place."""
    found = set(await names(house, CROSSING))
    async with owner(house) as connection:
        companions = await connection.fetch("select conname as name from pg_constraint where contype = 'f'")

    assert BY_THE_ID_ALONE.keys() | TO_VENDORS == found
    assert set(BY_THE_ID_ALONE.values()) <= {row["name"] for row in companions}


async def test_what_is_unique_over_all_employers_is_known(house: House) -> None:
    """All else is unique within one, so that nobody hears what others have."""
    assert sorted(SPANNING) == await names(house, UNIQUE)


async def test_a_secret_stays_with_its_employers_client(house: House) -> None:
    """Whoever writes it, past every other check."""
    mine, theirs = await house.employer("Eigen BV"), await house.employer("Vreemd BV")
    administrator = await theirs.client("administrator")
    created = await administrator.must(
        administrator.post(f"/employers/{theirs.employer_id}/clients", {"name": "x", "roles": ["hr"]})
    )
    async with owner(house) as connection:
        with pytest.raises(asyncpg.ForeignKeyViolationError, match="client_secret_employer_fkey"):
            await connection.execute(
                "insert into peil.client_secret (employer_id, client_id, secret_id, digest, created_at)"
                " values ($1, $2, $3, $4, $5)",
                *(mine.employer_id, created["clientId"], uuid4(), bytes(32), clock.now()),
            )


async def test_constraints_have_names(house: House) -> None:
    """Each is called after its table and kind, and was named by its author, not by PostgreSQL."""
    ends = {"p": "_pkey", "u": "_key", "f": "_fkey", "c": "_check"}
    async with owner(house) as connection:
        rows = await connection.fetch(NAMES)
    odd = [
        row["name"]
        for row in rows
        if not (row["name"].startswith(f"{row['table']}_") and row["name"].endswith(ends[row["kind"]]))
    ]

    assert [] == odd
    assert [] == [line for path in sorted(MIGRATIONS.glob("*.sql")) for line in unnamed(path.read_text())]


def unnamed(sql: str) -> list[str]:
    """Lines that make a constraint and give it no name."""
    clause = re.compile(
        r"^\s*(?!constraint\b).*\b(primary key|unique|check|foreign key)\s*\(|^\s+\w+ \w+.*\breferences\b"
    )
    makers = re.findall(r"^(?:create|alter) table .*?;$", sql, re.MULTILINE | re.DOTALL)
    return [
        line
        for maker in makers
        for line in maker.splitlines()
        if clause.search(line) and not line.strip().startswith("constraint ") and "add constraint" not in line
    ]


@pytest.mark.parametrize(
    "line", ["  name text primary key (name)", "  unique (a, b)", "  check (a > b)", "  a uuid references peil.b (a)"]
)
def test_a_nameless_constraint_is_found(line: str) -> None:
    """The search above can fail."""
    assert [line] == unnamed(f"create table peil.a (\n{line}\n);\n")


async def test_constraints_are_mapped(house: House) -> None:
    """What a caller can break means a conflict; of the rest it is known what decides before."""
    async with owner(house) as connection:
        rows = await connection.fetch(NAMES)
    known = {row["name"] for row in rows}
    guards = {row["name"] for row in rows if row["kind"] in "uc"}

    assert guards <= CONSTRAINTS.keys() | INTERNAL.keys()
    assert CONSTRAINTS.keys() | INTERNAL.keys() <= known
    assert set() == CONSTRAINTS.keys() & INTERNAL.keys()


@pytest.mark.parametrize(
    ("plant", "query", "finding"),
    [
        ("alter table peil.wave add extra int", UNCOMMENTED, "peil.wave.extra"),
        ("create view peil.all_waves as select 1 as one", UNSAFE_BUT_KNOWN, "view peil.all_waves"),
        ("create materialized view peil.copied as select 1 as one", UNSAFE_BUT_KNOWN, "materialised view peil.copied"),
        (
            "create function peil.peek() returns int language sql security definer return 1",
            UNSAFE_BUT_KNOWN,
            "security definer peil.peek()",
        ),
        (
            "alter table peil.wave add constraint wave_extra_fkey foreign key (employer_id) "
            "references peil.employer (employer_id) on delete set null",
            UNSAFE_BUT_KNOWN,
            "on delete wave_extra_fkey",
        ),
        ("create sequence release.number", UNSAFE_BUT_KNOWN, "sequence release.number"),
        ("grant truncate on peil.unit to peil_api", UNSAFE_BUT_KNOWN, "truncate on peil.unit for peil_api"),
        ("grant references on peil.unit to peil_api", UNSAFE_BUT_KNOWN, "references on peil.unit for peil_api"),
        ("grant select on peil.unit to public", UNSAFE_BUT_KNOWN, "select on peil.unit for public"),
        (
            "alter table peil.wave add constraint wave_extra_fkey foreign key (wave_id) "
            "references intake.open_wave (wave_id) not valid",
            CROSSING_BUT_KNOWN,
            "wave_extra_fkey",
        ),
        ("create unique index unit_name_key on peil.unit (name, unit_id)", UNIQUE_BUT_KNOWN, "unit_name_key"),
    ],
)
async def test_a_planted_fault_is_found(house: House, plant: str, query: str, finding: str) -> None:
    """Each of the searches above finds what it is for."""
    async with owner(house) as connection:
        transaction: Any = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(plant)
            found = [row["name"] for row in await connection.fetch(query)]
        finally:
            await transaction.rollback()

    assert [finding] == found


@pytest.mark.parametrize(
    ("plant", "findings"),
    [
        ("alter table peil.unit disable row level security", ["not forced: peil.unit"]),
        ("alter table intake.sealed_0 no force row level security", ["not forced: intake.sealed_0"]),
        (
            "create table release.extra (employer_id uuid)",
            ["no policy: release.extra", "not forced: release.extra"],
        ),
        ("drop policy tenant on peil.wave", ["no policy: peil.wave"]),
        ("create view peil.all_waves as select 1 as one", ["view as its owner: peil.all_waves"]),
        ("create materialized view peil.copied as select 1 as one", ["materialised view: peil.copied"]),
        (
            "create function peil.peek() returns int language sql security definer return 1",
            ["security definer: peil.peek()"],
        ),
    ],
)
async def test_an_unguarded_table_is_found(house: House, plant: str, findings: list[str]) -> None:
    """What goes round row-level security is found, whichever way it goes."""
    async with owner(house) as connection:
        transaction: Any = connection.transaction()
        await transaction.start()
        try:
            await connection.execute(plant)
            found = await catalogue.unguarded(connection)
        finally:
            await transaction.rollback()

    assert findings == found

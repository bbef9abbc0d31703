"""Leaks that are planted on a throw-away server, each as a careless developer or operator would bring it in."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from peil.checks.site import Wrap
from peil.checks.synthetic import Asked

AfterAsking = Callable[[Any, Asked], Awaitable[None]]
"""Done as the owner of the tables once everybody has a code, before the first one answers."""


class Leak(msgspec.Struct, frozen=True, kw_only=True):
    """One leak, how it is planted, and the lines of the check that must say so."""

    name: str
    words: str
    found_by: tuple[str, ...]
    sql: str = ""
    """Run on the migrated database, as a superuser."""
    settings: Mapping[str, str] = {}
    """Of the server."""
    wrap: Wrap | None = None
    """Around the intake."""
    after_asking: AfterAsking | None = None


def log_bodies(application: Any) -> Any:
    """The intake with a well-meant debugging aid before it: it logs whatever is sent."""
    log = logging.getLogger("planted")

    async def talkative(scope: Any, receive: Any, send: Any) -> None:
        async def heard() -> Any:
            message = await receive()
            log.debug("got %s", message.get("body"))
            return message

        await application(scope, heard, send)

    return talkative


# The trigger touches one more invitation with each answer, in the transaction of the answer, as a service would
# that ticks off in its ledger who has answered.
_TICK_OFF = """
create function intake.tick_off() returns trigger language plpgsql security definer as $plant$
begin
  update participation.invitation
  set key_id = key_id
  where
    employer_id = new.employer_id
    and person_id = (
      select person_id
      from participation.invitation
      where employer_id = new.employer_id
      order by person_id
      offset (select count(*) from intake.sealed where employer_id = new.employer_id)
      limit 1
    );
  return new;
end
$plant$;
create trigger tick_off before insert on intake.sealed for each row execute function intake.tick_off();
"""

_ONE_HEAP = """
alter table intake.sealed rename to parts;
alter table intake.parts rename constraint sealed_pkey to parts_pkey;
create table intake.sealed (like intake.parts, constraint sealed_pkey primary key (employer_id, wave_id, token_hash));
alter table intake.sealed owner to peil_owner;
alter table intake.sealed enable row level security;
alter table intake.sealed force row level security;
create policy tenant on intake.sealed
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
grant insert, select (employer_id, wave_id, key_id, token_hash) on intake.sealed to peil_intake;
grant select, delete on intake.sealed to peil_worker;
grant select on intake.sealed to peil_backup;
drop table intake.parts;
"""


# The table of codes is refilled person by person, as it would be had nobody thought of the order.
async def write_codes_by_person(owner: Any, asked: Asked) -> None:
    """Puts the codes where their owners stand in the directory."""
    rows = {row["token_hash"]: row["key_id"] for row in await owner.fetch(_SELECT_CODES, asked.employer_id)}
    await owner.execute(_DELETE_CODES, asked.employer_id)
    for token in asked.tokens.values():
        await owner.execute(_INSERT_CODE, asked.employer_id, asked.wave_id, token.token_hash, rows[token.token_hash])


_SELECT_CODES = """-- select_codes_to_plant
select
  token_hash,
  key_id
from participation.code
where employer_id = $1
order by token_hash
"""

_DELETE_CODES = """-- delete_codes_to_plant
delete from participation.code
where employer_id = $1
"""

_INSERT_CODE = """-- plant_code
insert into participation.code (employer_id, wave_id, token_hash, key_id)
values ($1, $2, $3, $4)
"""

_OF_EVERY_PART = ("settings-api", "settings-intake", "settings-owner", "settings-worker")

LEAKS = (
    Leak(
        name="created_at",
        words="a column that says when each answer came",
        sql="alter table intake.sealed add created_at timestamptz",
        found_by=("columns",),
    ),
    Leak(
        name="one-transaction",
        words="the ledger of people is ticked off in the transaction that writes the answer",
        sql=_TICK_OFF,
        found_by=("shared-transaction", "watchers"),
    ),
    Leak(
        name="one-heap",
        words="answers stand in one table in the order in which they came",
        sql=_ONE_HEAP,
        found_by=("arrival-in-dump", "arrival-on-disk", "ledger-beside-answers"),
    ),
    Leak(
        name="codes-unshuffled",
        words="codes are written in the order of the people they are for",
        after_asking=write_codes_by_person,
        found_by=("codes-beside-ledger", "transactions"),
    ),
    Leak(
        name="body-logging",
        words="the service logs what it is sent",
        wrap=log_bodies,
        found_by=("texts",),
    ),
    Leak(
        name="grant-too-many",
        words="the API may read who has answered",
        sql="grant usage on schema intake to peil_api; grant select (token_hash) on intake.sealed to peil_api",
        found_by=("grants",),
    ),
    Leak(
        name="track_commit_timestamp",
        words="PostgreSQL keeps the time of every transaction",
        settings={"track_commit_timestamp": "on"},
        found_by=_OF_EVERY_PART,
    ),
    Leak(
        name="statement-logging",
        words="PostgreSQL logs every statement with its parameters",
        settings={"log_statement": "all"},
        found_by=_OF_EVERY_PART,
    ),
)

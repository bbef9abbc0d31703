"""Every leak that the check must find, and by which of its lines; a check that finds one less is broken."""

from peil.checks.anonymity import planting
from peil.checks.anonymity.planting import Leak
from peil.waves.model import WaveMode

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

_SPENT = """
create table participation.spent (employer_id uuid, token_hash bytea);
alter table participation.spent owner to peil_owner;
create function intake.spend() returns trigger language plpgsql security definer as $plant$
begin
  insert into participation.spent values (new.employer_id, new.token_hash);
  return new;
end
$plant$;
create trigger spend before insert on intake.sealed for each row execute function intake.spend();
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

_DRAFTS = """
create table intake.draft (employer_id uuid, draft text);
alter table intake.draft owner to peil_owner;
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
        name="spent-tokens",
        words="spent tokens are listed in the transaction that writes the answer",
        sql=_SPENT,
        found_by=("copies", "shared-transaction", "watchers"),
    ),
    Leak(
        name="hash-in-ledger",
        words="the ledger of people notes the hash of each token",
        sql="alter table participation.invitation add token_hash bytea",
        after_asking=planting.note_hash_in_ledger,
        found_by=("copies",),
    ),
    Leak(
        name="ledger-by-issue",
        words="the ledger of people is written in the order in which tokens were issued, and nothing else with it",
        modes=("blind",),
        after_asking=planting.write_ledger_by_issue,
        found_by=("transactions",),
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
        modes=("handout", "split"),
        after_asking=planting.write_codes_by_person,
        found_by=("codes-beside-ledger", "transactions"),
    ),
    Leak(
        name="comments-unshuffled",
        words="comments are kept in the order in which they come out of the envelopes",
        after_closing=planting.keep_comments_unshuffled,
        found_by=("comments-in-order", "comments-together"),
    ),
    Leak(
        name="drafts",
        words="the service keeps drafts of what people write",
        sql=_DRAFTS,
        wrap=planting.keep_drafts,
        found_by=("copies", "shared-transaction", "wal"),
    ),
    Leak(
        name="body-logging",
        words="the service logs what it is sent",
        wrap=planting.log_bodies,
        found_by=("texts",),
    ),
    Leak(
        name="access-log",
        words="the service logs that it was sent something",
        wrap=planting.log_requests,
        found_by=("log-lines",),
    ),
    Leak(
        name="tracing",
        words="the service traces each answer",
        wrap=planting.trace_requests,
        found_by=("spans",),
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


def leaks_of(mode: WaveMode) -> list[Leak]:
    """Those that can be made where people answer in this mode."""
    return [leak for leak in LEAKS if mode in leak.modes]

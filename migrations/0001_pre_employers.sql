-- employers, clients, issuers, audit, events and what is due
-- depends:

-- migrate: apply

create schema peil;

comment on schema peil is 'Ordinary tables: who the employers are, their people, questionnaires and waves.';

grant usage on schema peil to peil_api, peil_worker, peil_readonly;

grant usage on schema peil to peil_backup;

create table peil.employer (
  employer_id uuid not null,
  name text not null,
  language text not null,
  sandbox boolean not null,
  clock_at timestamptz,
  external_id text,
  created_at timestamptz not null,
  constraint employer_pkey primary key (employer_id),
  constraint employer_external_id_key unique (external_id),
  constraint employer_clock_check check (sandbox or clock_at is null)
);

comment on table peil.employer is 'The tenant: every other row belongs to exactly one employer.';
comment on column peil.employer.employer_id is 'Version 7 UUID, made by the application.';
comment on column peil.employer.name is 'Name as the employer writes it.';
comment on column peil.employer.language is 'BCP 47 tag of the language used where a caller states none.';
comment on column peil.employer.sandbox is 'True for an employer of an integrator''s tests, whose clock can be moved.';
comment on column peil.employer.clock_at is 'The time it is for this sandbox employer; null: real time.';
comment on column peil.employer.external_id is 'The operator''s own id; null: none.';
comment on column peil.employer.created_at is 'When it was created, in real time.';

create table peil.client (
  client_id uuid not null,
  employer_id uuid,
  name text not null,
  roles text[] not null,
  secret_digest bytea not null,
  state text not null,
  created_at timestamptz not null,
  constraint client_pkey primary key (client_id),
  constraint client_state_check check (state in ('active', 'revoked')),
  constraint client_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

create index client_employer_idx on peil.client (employer_id, client_id);

comment on table peil.client is 'OAuth clients; read before an employer is known, therefore under a policy of their own.';
comment on column peil.client.client_id is 'Version 7 UUID; the OAuth client_id.';
comment on column peil.client.employer_id is 'The employer it acts for; null: a client of the operator.';
comment on column peil.client.name is 'What the administrator calls it.';
comment on column peil.client.roles is 'Roles of the access table that it holds.';
comment on column peil.client.secret_digest is 'SHA-256 of the secret, which is random and 256 bits long.';
comment on column peil.client.state is 'active or revoked; a revoked client gets no token.';
comment on column peil.client.created_at is 'When it was created, in real time.';

create table peil.issuer (
  issuer_id uuid not null,
  employer_id uuid not null,
  issuer text not null,
  audience text not null,
  jwks_url text not null,
  algorithms text[] not null,
  identity_claim text not null,
  directory_attribute text not null,
  role_claim text,
  role_mapping jsonb not null,
  state text not null,
  created_at timestamptz not null,
  constraint issuer_pkey primary key (issuer_id),
  constraint issuer_state_check check (state in ('inactive', 'active', 'revoked')),
  constraint issuer_attribute_check check (directory_attribute in ('external_id', 'user_name')),
  constraint issuer_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

-- What nobody has confirmed, or somebody has revoked, keeps no other employer from its own issuer.
create unique index issuer_active_key on peil.issuer (issuer, audience) where state = 'active';

create index issuer_employer_idx on peil.issuer (employer_id, issuer_id);

comment on table peil.issuer is 'OIDC issuers of employers; read before an employer is known, therefore under a policy of their own.';
comment on column peil.issuer.issuer_id is 'Version 7 UUID.';
comment on column peil.issuer.employer_id is 'The employer whose people it signs in.';
comment on column peil.issuer.issuer is 'The iss claim, exactly.';
comment on column peil.issuer.audience is 'The aud value that its tokens for Peil carry.';
comment on column peil.issuer.jwks_url is 'Where its public keys are fetched.';
comment on column peil.issuer.algorithms is 'JWS algorithms that are accepted from it.';
comment on column peil.issuer.identity_claim is 'The immutable claim that names the person.';
comment on column peil.issuer.directory_attribute is 'The attribute of the directory that the identity claim equals.';
comment on column peil.issuer.role_claim is 'The claim that lists roles or groups; null: everybody is just an employee.';
comment on column peil.issuer.role_mapping is 'Values of the role claim to roles of the access table.';
comment on column peil.issuer.state is 'inactive until an administrator confirms it, active, or revoked; only an active one signs anybody in.';
comment on column peil.issuer.created_at is 'When it was registered, in real time.';

create table peil.audit (
  employer_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid not null,
  event text not null,
  subject text not null,
  position bigint,
  hash bytea,
  constraint audit_pkey primary key (employer_id, audit_id),
  constraint audit_position_key unique (employer_id, position),
  constraint audit_chain_check check ((position is null) = (hash is null)),
  constraint audit_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.audit is 'Who did what: one row per change, in the transaction of the change. Never anything near an answer.';
comment on column peil.audit.employer_id is 'The employer concerned.';
comment on column peil.audit.audit_id is 'Version 7 UUID.';
comment on column peil.audit.at is 'When, by the employer''s clock.';
comment on column peil.audit.actor_kind is 'client, person or worker.';
comment on column peil.audit.actor_id is 'Opaque id of the client or person; the zero UUID for the worker.';
comment on column peil.audit.event is 'Name of the operation.';
comment on column peil.audit.subject is 'What it was done to: kind/id.';
comment on column peil.audit.position is 'Place in the employer''s chain; null until the worker has chained it.';
comment on column peil.audit.hash is 'SHA-256 over the previous hash and this row; null until the worker has chained it.';

create table peil.event (
  employer_id uuid not null,
  event_id uuid not null,
  at timestamptz not null,
  type text not null,
  subject text not null,
  state text,
  position bigint,
  constraint event_pkey primary key (employer_id, event_id),
  constraint event_position_key unique (employer_id, position),
  constraint event_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.event is 'The outbox: thin events (ids and state, never a count), written in the transaction of their cause.';
comment on column peil.event.employer_id is 'The employer concerned.';
comment on column peil.event.event_id is 'Version 7 UUID; the CloudEvents id.';
comment on column peil.event.at is 'When, by the employer''s clock.';
comment on column peil.event.type is 'Name in the event catalogue, such as wave.opened.';
comment on column peil.event.subject is 'What it is about: kind/id.';
comment on column peil.event.state is 'State of the subject after the event; null: it has none.';
comment on column peil.event.position is 'Place in the employer''s feed; null until the worker has put it in order.';

create table peil.due (
  employer_id uuid not null,
  kind text not null,
  subject uuid not null,
  at timestamptz not null,
  attempts integer not null,
  failure text,
  constraint due_pkey primary key (employer_id, kind, subject),
  constraint due_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

create index due_at_idx on peil.due (at, employer_id);

comment on table peil.due is 'What the worker has to do and when, by the employer''s clock; a row goes in the transaction that did it.';
comment on column peil.due.employer_id is 'The employer concerned.';
comment on column peil.due.kind is 'Name of the job.';
comment on column peil.due.subject is 'What to do it to; the zero UUID where the job is about the employer.';
comment on column peil.due.at is 'Not before this moment of the employer''s clock.';
comment on column peil.due.attempts is 'How often it failed.';
comment on column peil.due.failure is 'Name of the last error, never its text; null: none.';

create table peil.idempotency (
  employer_id uuid not null,
  key_digest bytea not null,
  fingerprint bytea not null,
  reply bytea,
  expires_at timestamptz not null,
  constraint idempotency_pkey primary key (employer_id, key_digest)
);

create index idempotency_expires_idx on peil.idempotency (expires_at);

comment on table peil.idempotency is 'Idempotency keys of the last 24 hours, written in the transaction of their effect.';
comment on column peil.idempotency.employer_id is 'The employer concerned; the zero UUID for operations of the operator.';
comment on column peil.idempotency.key_digest is 'SHA-256 over actor, operation and key.';
comment on column peil.idempotency.fingerprint is 'SHA-256 over operation and canonical input.';
comment on column peil.idempotency.reply is 'The reply as JSON; null: it showed a secret and is not kept.';
comment on column peil.idempotency.expires_at is 'When it is forgotten, in real time.';

alter table peil.employer enable row level security;
alter table peil.employer force row level security;
alter table peil.client enable row level security;
alter table peil.client force row level security;
alter table peil.issuer enable row level security;
alter table peil.issuer force row level security;
alter table peil.audit enable row level security;
alter table peil.audit force row level security;
alter table peil.event enable row level security;
alter table peil.event force row level security;
alter table peil.due enable row level security;
alter table peil.due force row level security;
alter table peil.idempotency enable row level security;
alter table peil.idempotency force row level security;

create policy tenant on peil.employer
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
create policy tenant on peil.client
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
create policy tenant on peil.issuer
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
create policy tenant on peil.audit
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.event
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.due
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (current_user = 'peil_worker' and current_setting('app.service', true) = 'on')
  );
create policy tenant on peil.idempotency
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (
      current_setting('app.service', true) = 'on'
      and (current_user = 'peil_worker' or employer_id = '00000000-0000-0000-0000-000000000000')
    )
  );

grant select, insert, update on peil.employer to peil_api;
grant select, insert, update on peil.client to peil_api;
grant select, insert on peil.issuer to peil_api;
grant update (state) on peil.issuer to peil_api;
grant select, insert on peil.audit to peil_api;
grant select, insert on peil.event to peil_api;
grant select, insert on peil.due to peil_api;
grant update (at) on peil.due to peil_api;
grant select, insert on peil.idempotency to peil_api;
grant delete on peil.idempotency to peil_api;

grant select on peil.employer to peil_worker;
grant select, insert on peil.audit to peil_worker;
grant update (position, hash) on peil.audit to peil_worker;
grant select, insert on peil.event to peil_worker;
grant update (position) on peil.event to peil_worker;
grant select, insert, update, delete on peil.due to peil_worker;
grant select, delete on peil.idempotency to peil_worker;

grant select on peil.employer, peil.audit, peil.event, peil.due to peil_readonly;
grant select on all tables in schema peil to peil_backup;
-- What the runner of migrations keeps for itself is part of a backup too: pg_dump reads every table or none.
grant select on public._pogo_migration, public._pogo_version to peil_backup;

-- migrate: rollback

drop schema peil cascade;

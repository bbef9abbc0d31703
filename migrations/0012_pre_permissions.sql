-- permissions to ask instruments that are somebody else's
-- depends: 0011_pre_people

-- migrate: apply

create table peil.permission (
  employer_id uuid not null,
  permission_id uuid not null,
  instrument_id uuid not null,
  reference text not null,
  holder text not null,
  number text,
  valid_from date not null,
  valid_until date,
  commercial_use boolean not null,
  modification_allowed boolean not null,
  attribution text,
  document_digest text not null,
  recorded_at timestamptz not null,
  revoked_at timestamptz,
  constraint permission_pkey primary key (employer_id, permission_id),
  constraint permission_instrument_fkey foreign key (employer_id, instrument_id)
    references peil.instrument (employer_id, instrument_id),
  constraint permission_period_check check (valid_until > valid_from)
);

create index permission_instrument_idx on peil.permission (employer_id, instrument_id, permission_id);

comment on table peil.permission is 'What holders of rights allow an employer: without it a wave that needs one does not open.';
comment on column peil.permission.employer_id is 'The employer.';
comment on column peil.permission.permission_id is 'Version 7 UUID.';
comment on column peil.permission.instrument_id is 'The one version of an instrument that may be asked.';
comment on column peil.permission.reference is 'The licence or the letter that gives it.';
comment on column peil.permission.holder is 'Who gives it.';
comment on column peil.permission.number is 'The holder''s number of it; null: it has none.';
comment on column peil.permission.valid_from is 'First day it holds.';
comment on column peil.permission.valid_until is 'First day it no longer holds; null: no end.';
comment on column peil.permission.commercial_use is 'Whether it covers use for money.';
comment on column peil.permission.modification_allowed is 'Whether it covers changed wording.';
comment on column peil.permission.attribution is 'The line that the holder asks for; null: none.';
comment on column peil.permission.document_digest is 'SHA-256 of the document that gives it, in hexadecimal.';
comment on column peil.permission.recorded_at is 'When it was recorded, by the employer''s clock.';
comment on column peil.permission.revoked_at is 'When it was revoked, by the employer''s clock; null: it was not.';

alter table peil.permission enable row level security;
alter table peil.permission force row level security;

create policy tenant on peil.permission
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

-- A permission goes with the draft it was for.
grant select, insert, delete on peil.permission to peil_api;
grant update (revoked_at) on peil.permission to peil_api;
grant select on peil.permission to peil_worker;
grant select on peil.permission to peil_backup;

-- migrate: rollback

drop table peil.permission;

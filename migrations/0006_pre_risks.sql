-- the register of psychosocial risks
-- depends: 0005_pre_toolkit

-- migrate: apply

create table peil.risk (
  employer_id uuid not null,
  risk_id uuid not null,
  title text not null,
  category text not null,
  description text,
  severity smallint not null,
  likelihood smallint not null,
  unit_ids uuid[],
  state text not null,
  rie_version text,
  identified_on date not null,
  created_at timestamptz not null,
  constraint risk_pkey primary key (employer_id, risk_id),
  constraint risk_severity_check check (severity between 1 and 5),
  constraint risk_likelihood_check check (likelihood between 1 and 5),
  constraint risk_state_check check (state in ('open', 'controlled', 'closed')),
  constraint risk_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.risk is 'Psychosocial risks in the employer''s RI&E; none is about a person, none is deleted.';
comment on column peil.risk.employer_id is 'The employer.';
comment on column peil.risk.risk_id is 'Version 7 UUID.';
comment on column peil.risk.title is 'What the risk is called.';
comment on column peil.risk.category is 'Key of an entry of kind risk in the catalogue, shipped or own.';
comment on column peil.risk.description is 'Where and how it shows; null: the title says it.';
comment on column peil.risk.severity is 'How bad it is where it happens, from 1 to 5.';
comment on column peil.risk.likelihood is 'How likely it is to happen, from 1 to 5.';
comment on column peil.risk.unit_ids is 'Units it is about, which may have ended since; null: the whole employer.';
comment on column peil.risk.state is 'open, controlled or closed.';
comment on column peil.risk.rie_version is 'Which version of the RI&E it stands in; null: in none yet.';
comment on column peil.risk.identified_on is 'The day on which it was found.';
comment on column peil.risk.created_at is 'When it was added, by the employer''s clock.';

alter table peil.risk enable row level security;
alter table peil.risk force row level security;

create policy tenant on peil.risk
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.risk to peil_api;
grant select on peil.risk to peil_worker, peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.risk;

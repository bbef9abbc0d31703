-- sealed answers and releases
-- depends: 0002_pre_measuring

-- migrate: apply

create schema intake;

comment on schema intake is 'Sealed answers. Knows reporting groups, never persons; the API has no privilege here.';

grant usage on schema intake to peil_intake, peil_worker, peil_backup;

create table intake.open_wave (
  wave_id uuid not null,
  employer_id uuid not null,
  state text not null,
  mode text not null,
  public_key bytea not null,
  questionnaire jsonb not null,
  closes_at timestamptz,
  constraint open_wave_pkey primary key (wave_id),
  constraint open_wave_state_check check (state in ('ready', 'open', 'closing', 'closed', 'cancelled'))
);

comment on table intake.open_wave is 'What the intake must know of a wave before it knows an employer; under a policy of its own.';
comment on column intake.open_wave.wave_id is 'The wave, version 4 UUID.';
comment on column intake.open_wave.employer_id is 'The employer.';
comment on column intake.open_wave.state is 'ready (not yet), open, closing, closed or cancelled; only open takes answers.';
comment on column intake.open_wave.mode is 'blind, handout or split.';
comment on column intake.open_wave.public_key is 'X25519 public key to which answers are sealed.';
comment on column intake.open_wave.closes_at is 'No answer counts from this moment of real time; null: a sandbox, whose clock only the worker knows.';
comment on column intake.open_wave.questionnaire is 'The published questionnaire that is asked.';

create table intake.sealed (
  employer_id uuid not null,
  wave_id uuid not null,
  key_id uuid not null,
  token_hash bytea not null,
  envelope bytea not null,
  constraint sealed_pkey primary key (employer_id, wave_id, token_hash)
) partition by range (token_hash);

-- One heap would keep the order of arrival, and a plain dump would show it: two dumped tables could be zipped
-- together. Sixteen parts by hash scatter it (rank correlation 1/16) at no cost to an insert that can be measured.
-- Nobody has a privilege on a part itself, and without a policy of its own it shows nothing.
do $parts$
declare
  digits text[] := regexp_split_to_array('0123456789abcdef', '');
  part text;
begin
  for place in 1..16 loop
    part := 'intake.sealed_' || digits[place];
    execute format(
      'create table %s partition of intake.sealed for values from (%s) to (%s)',
      part,
      case place when 1 then 'minvalue' else quote_literal('\x' || digits[place] || '0') end,
      case place when 16 then 'maxvalue' else quote_literal('\x' || digits[place + 1] || '0') end
    );
    execute format('comment on table %s is %L', part, 'Sealed responses whose hash starts with ' || digits[place] || '.');
    execute format('alter table %s enable row level security', part);
    execute format('alter table %s force row level security', part);
  end loop;
end
$parts$;

comment on table intake.sealed is 'One row per accepted response, padded and encrypted to the wave''s public key. Nothing else, on purpose.';
comment on column intake.sealed.employer_id is 'The employer.';
comment on column intake.sealed.wave_id is 'The wave.';
comment on column intake.sealed.key_id is 'The reporting group, at least k_N invited people.';
comment on column intake.sealed.token_hash is 'SHA-256 of the answer token or code that was redeemed.';
comment on column intake.sealed.envelope is 'The answers, of one fixed size per wave.';

alter table intake.open_wave enable row level security;
alter table intake.open_wave force row level security;
alter table intake.sealed enable row level security;
alter table intake.sealed force row level security;

create policy tenant on intake.open_wave
  using (
    current_user = 'peil_intake'
    or (current_user = 'peil_worker' and current_setting('app.service', true) = 'on')
    or employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
  );
create policy tenant on intake.sealed
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on intake.open_wave to peil_intake;
grant insert on intake.sealed to peil_intake;
grant select (employer_id, wave_id, key_id, token_hash) on intake.sealed to peil_intake;

grant select, insert, update, delete on intake.open_wave to peil_worker;
grant select, delete on intake.sealed to peil_worker;

create schema release;

comment on schema release is 'Everything anybody reads after a wave has closed. Rows are only ever added.';

grant usage on schema release to peil_api, peil_worker, peil_readonly, peil_backup;

create table release.release (
  employer_id uuid not null,
  wave_id uuid not null,
  position integer not null,
  manifest jsonb not null,
  manifest_hash bytea not null,
  previous_hash bytea,
  released_at timestamptz not null,
  constraint release_pkey primary key (employer_id, wave_id),
  constraint release_position_key unique (employer_id, position),
  constraint release_wave_fkey foreign key (employer_id, wave_id) references peil.wave (employer_id, wave_id),
  constraint release_chain_check check ((position = 1) = (previous_hash is null))
);

comment on table release.release is 'The one immutable publication of a closed wave, chained to the employer''s previous one.';
comment on column release.release.employer_id is 'The employer.';
comment on column release.release.wave_id is 'The wave.';
comment on column release.release.position is 'Place in the employer''s chain, from 1.';
comment on column release.release.manifest is 'What was published and under which policy, as JSON.';
comment on column release.release.manifest_hash is 'SHA-256 of the canonical manifest.';
comment on column release.release.previous_hash is 'Manifest hash of the previous release; null: the first.';
comment on column release.release.released_at is 'When, by the employer''s clock.';

create table release.aggregate (
  employer_id uuid not null,
  wave_id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  name text not null,
  position integer not null,
  content jsonb not null,
  constraint aggregate_pkey primary key (employer_id, wave_id, unit_id),
  constraint aggregate_position_key unique (employer_id, wave_id, position),
  constraint aggregate_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id)
);

comment on table release.aggregate is 'What a release says about one unit.';
comment on column release.aggregate.employer_id is 'The employer.';
comment on column release.aggregate.wave_id is 'The wave.';
comment on column release.aggregate.unit_id is 'The unit.';
comment on column release.aggregate.parent_id is 'The unit above in the wave''s snapshot; null: the top.';
comment on column release.aggregate.name is 'Its name in the snapshot.';
comment on column release.aggregate.position is 'Depth-first place in the tree.';
comment on column release.aggregate.content is 'Protected cells as JSON; the only numbers that exist after a close.';

create table release.atom (
  employer_id uuid not null,
  wave_id uuid not null,
  block text not null,
  unit_id uuid not null,
  content jsonb not null,
  constraint atom_pkey primary key (employer_id, wave_id, block, unit_id),
  constraint atom_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id)
);

comment on table release.atom is 'Protected statistics of the smallest groups a release refers to; all others are their sums.';
comment on column release.atom.employer_id is 'The employer.';
comment on column release.atom.wave_id is 'The wave.';
comment on column release.atom.block is 'The block, or * for all respondents.';
comment on column release.atom.unit_id is 'The published unit whose residual the atom is.';
comment on column release.atom.content is 'Respondents and protected statistics, as JSON.';

alter table release.release enable row level security;
alter table release.release force row level security;
alter table release.aggregate enable row level security;
alter table release.aggregate force row level security;
alter table release.atom enable row level security;
alter table release.atom force row level security;

create policy tenant on release.release
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on release.aggregate
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on release.atom
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on release.release, release.aggregate, release.atom to peil_api;
grant select, insert on release.release, release.aggregate, release.atom to peil_worker;
grant select on release.release, release.aggregate to peil_readonly;
grant select on all tables in schema intake to peil_backup;
grant select on all tables in schema release to peil_backup;

-- migrate: rollback

drop schema release cascade;
drop schema intake cascade;

-- directory, policies and gates, instruments, waves, participation
-- depends: 0001_pre_employers

-- migrate: apply

create table peil.unit (
  employer_id uuid not null,
  unit_id uuid not null,
  external_id text not null,
  parent_id uuid,
  name text not null,
  valid_from date not null,
  valid_to date,
  constraint unit_pkey primary key (employer_id, unit_id),
  constraint unit_external_id_key unique (employer_id, external_id),
  constraint unit_parent_fkey foreign key (employer_id, parent_id) references peil.unit (employer_id, unit_id)
    deferrable initially deferred,
  constraint unit_period_check check (valid_to is null or valid_to >= valid_from),
  constraint unit_own_parent_check check (parent_id <> unit_id)
);

create index unit_parent_idx on peil.unit (employer_id, parent_id);

comment on table peil.unit is 'Nodes of the employer''s organisation tree.';
comment on column peil.unit.employer_id is 'The employer.';
comment on column peil.unit.unit_id is 'Version 7 UUID.';
comment on column peil.unit.external_id is 'The HR system''s id.';
comment on column peil.unit.parent_id is 'The unit above; null: the root.';
comment on column peil.unit.name is 'Name as people know it.';
comment on column peil.unit.valid_from is 'First day it exists.';
comment on column peil.unit.valid_to is 'First day it exists no longer; null: no end known.';

create table peil.person (
  employer_id uuid not null,
  person_id uuid not null,
  external_id text not null,
  user_name text,
  display_name text,
  active boolean not null,
  constraint person_pkey primary key (employer_id, person_id),
  constraint person_external_id_key unique (employer_id, external_id),
  constraint person_user_name_key unique (employer_id, user_name)
);

comment on table peil.person is 'People of the directory. Never beside an answer.';
comment on column peil.person.employer_id is 'The employer.';
comment on column peil.person.person_id is 'Version 4 UUID: it tells no time.';
comment on column peil.person.external_id is 'The HR system''s id, immutable.';
comment on column peil.person.user_name is 'Immutable name at the identity provider; null: not known.';
comment on column peil.person.display_name is 'How the person is called in lists of the directory; null: not given.';
comment on column peil.person.active is 'False after leaving; such a person is not invited and cannot sign in.';

create table peil.membership (
  employer_id uuid not null,
  person_id uuid not null,
  unit_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_to date,
  constraint membership_pkey primary key (employer_id, person_id, unit_id, role, valid_from),
  constraint membership_person_fkey foreign key (employer_id, person_id) references peil.person (employer_id, person_id),
  constraint membership_unit_fkey foreign key (employer_id, unit_id) references peil.unit (employer_id, unit_id),
  constraint membership_role_check check (role in ('member', 'manager')),
  constraint membership_period_check check (valid_to is null or valid_to > valid_from)
);

create index membership_unit_idx on peil.membership (employer_id, unit_id);

comment on table peil.membership is 'Who belongs to which unit, or manages it, from when to when.';
comment on column peil.membership.employer_id is 'The employer.';
comment on column peil.membership.person_id is 'The person.';
comment on column peil.membership.unit_id is 'The unit.';
comment on column peil.membership.role is 'member (of the main job) or manager (of the unit; gives reach over its subtree).';
comment on column peil.membership.valid_from is 'First day.';
comment on column peil.membership.valid_to is 'First day no longer; null: no end known.';

create table peil.policy (
  employer_id uuid not null,
  version integer not null,
  thresholds jsonb not null,
  created_at timestamptz not null,
  constraint policy_pkey primary key (employer_id, version),
  constraint policy_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.policy is 'Thresholds of disclosure control by version; they only ratchet up.';
comment on column peil.policy.employer_id is 'The employer.';
comment on column peil.policy.version is '1, 2, 3 …';
comment on column peil.policy.thresholds is 'The thresholds of the design, as JSON.';
comment on column peil.policy.created_at is 'When it was set, by the employer''s clock.';

create table peil.precondition (
  employer_id uuid not null,
  precondition_id uuid not null,
  kind text not null,
  decided_on date not null,
  valid_until date,
  document_digest text not null,
  policy_version integer,
  mode text,
  languages text[] not null,
  entered_by text not null,
  withdrawn_at timestamptz,
  created_at timestamptz not null,
  constraint precondition_pkey primary key (employer_id, precondition_id),
  constraint precondition_kind_check check (
    kind in ('works-council-consent', 'no-works-council', 'dpia', 'participant-notice')
  ),
  constraint precondition_consent_check check (
    (kind in ('works-council-consent', 'no-works-council')) = (policy_version is not null and mode is not null)
  ),
  constraint precondition_term_check check (valid_until is null or valid_until > decided_on),
  constraint precondition_policy_fkey foreign key (employer_id, policy_version)
    references peil.policy (employer_id, version)
);

comment on table peil.precondition is 'What must be recorded before a wave may open.';
comment on column peil.precondition.employer_id is 'The employer.';
comment on column peil.precondition.precondition_id is 'Version 7 UUID.';
comment on column peil.precondition.kind is 'works-council-consent, no-works-council, dpia or participant-notice.';
comment on column peil.precondition.decided_on is 'Date of the decision or document.';
comment on column peil.precondition.valid_until is 'First day it no longer counts; null: no end.';
comment on column peil.precondition.document_digest is 'SHA-256 of the document, in hexadecimal.';
comment on column peil.precondition.policy_version is 'The policy consented to; null where the kind is no consent.';
comment on column peil.precondition.mode is 'The mode consented to; null where the kind is no consent.';
comment on column peil.precondition.languages is 'Languages of a participant notice; empty for other kinds.';
comment on column peil.precondition.entered_by is 'works-council, or employer where HR entered it from a document.';
comment on column peil.precondition.withdrawn_at is 'When it was withdrawn, by the employer''s clock; null: it stands.';
comment on column peil.precondition.created_at is 'When it was recorded, by the employer''s clock.';

create table peil.instrument (
  employer_id uuid not null,
  instrument_id uuid not null,
  key text not null,
  version integer not null,
  state text not null,
  content jsonb not null,
  content_hash text not null,
  created_at timestamptz not null,
  published_at timestamptz,
  constraint instrument_pkey primary key (employer_id, instrument_id),
  constraint instrument_version_key unique (employer_id, key, version),
  constraint instrument_state_check check (state in ('draft', 'published')),
  constraint instrument_published_check check ((state = 'published') = (published_at is not null)),
  constraint instrument_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.instrument is 'Questionnaires by key and version; a published version never changes.';
comment on column peil.instrument.employer_id is 'The employer.';
comment on column peil.instrument.instrument_id is 'Version 7 UUID of this version.';
comment on column peil.instrument.key is 'Name that all versions share.';
comment on column peil.instrument.version is '1, 2, 3 …';
comment on column peil.instrument.state is 'draft or published.';
comment on column peil.instrument.content is 'Items, blocks, texts and licence, as JSON.';
comment on column peil.instrument.content_hash is 'SHA-256 of the content, in hexadecimal.';
comment on column peil.instrument.created_at is 'When it was created, by the employer''s clock.';
comment on column peil.instrument.published_at is 'When it was published, by the employer''s clock; null: a draft.';

create table peil.wave (
  employer_id uuid not null,
  wave_id uuid not null,
  name text not null,
  kind text not null,
  instrument_id uuid not null,
  mode text not null,
  languages text[] not null,
  opens_at timestamptz not null,
  closes_at timestamptz not null,
  zone text not null,
  unit_ids uuid[],
  policy_version integer not null,
  state text not null,
  invited integer,
  codes_drawn boolean not null,
  keys text not null,
  failure text,
  created_at timestamptz not null,
  constraint wave_pkey primary key (employer_id, wave_id),
  constraint wave_instrument_fkey foreign key (employer_id, instrument_id)
    references peil.instrument (employer_id, instrument_id),
  constraint wave_policy_fkey foreign key (employer_id, policy_version) references peil.policy (employer_id, version),
  constraint wave_window_check check (closes_at > opens_at),
  constraint wave_mode_check check (mode in ('blind', 'handout', 'split')),
  constraint wave_kind_check check (kind in ('baseline', 'pulse', 'post', 'survey', 'traffic-light')),
  constraint wave_state_check check (
    state in (
      'planned', 'opening', 'ready', 'open', 'closing', 'released', 'cancelled', 'unrecoverable'
    )
  ),
  constraint wave_keys_check check (keys in ('none', 'present', 'pending', 'destroyed')),
  constraint wave_invited_check check ((state in ('planned', 'opening')) <= (invited is null))
);

create index wave_opens_idx on peil.wave (employer_id, opens_at, wave_id);

comment on table peil.wave is 'One time of asking.';
comment on column peil.wave.employer_id is 'The employer.';
comment on column peil.wave.wave_id is 'Version 4 UUID: it stands near answers and tells no time.';
comment on column peil.wave.name is 'What HR calls it.';
comment on column peil.wave.kind is 'baseline, pulse, post, survey or traffic-light.';
comment on column peil.wave.instrument_id is 'The published instrument version that is asked.';
comment on column peil.wave.mode is 'How answers are kept apart from persons: blind, handout or split.';
comment on column peil.wave.languages is 'Languages it is asked in.';
comment on column peil.wave.opens_at is 'Answers count from this moment of the employer''s clock.';
comment on column peil.wave.closes_at is 'Answers count until before this moment of the employer''s clock.';
comment on column peil.wave.zone is 'IANA zone of the window, for people.';
comment on column peil.wave.unit_ids is 'Units whose subtrees are asked; null: everyone.';
comment on column peil.wave.policy_version is 'Thresholds that hold for it, frozen when it opens.';
comment on column peil.wave.state is 'planned, opening, ready, open, closing, released, cancelled, or unrecoverable (its key is lost).';
comment on column peil.wave.invited is 'People in the snapshot; null: not frozen yet.';
comment on column peil.wave.codes_drawn is 'True once the codes of split mode were handed to the vendor.';
comment on column peil.wave.keys is 'The unsealing key: none (not made), present, pending destruction, or destroyed.';
comment on column peil.wave.failure is 'Code of why the last opening did not succeed; null: nothing failed.';
comment on column peil.wave.created_at is 'When it was planned, by the employer''s clock.';

create table peil.wave_unit (
  employer_id uuid not null,
  wave_id uuid not null,
  unit_id uuid not null,
  parent_id uuid,
  name text not null,
  position integer not null,
  group_unit_id uuid,
  constraint wave_unit_pkey primary key (employer_id, wave_id, unit_id),
  constraint wave_unit_wave_fkey foreign key (employer_id, wave_id) references peil.wave (employer_id, wave_id),
  constraint wave_unit_position_key unique (employer_id, wave_id, position)
);

comment on table peil.wave_unit is 'The organisation tree as it stood when the wave opened.';
comment on column peil.wave_unit.employer_id is 'The employer.';
comment on column peil.wave_unit.wave_id is 'The wave.';
comment on column peil.wave_unit.unit_id is 'The unit.';
comment on column peil.wave_unit.parent_id is 'The unit above, within the snapshot; null: the top.';
comment on column peil.wave_unit.name is 'Its name then.';
comment on column peil.wave_unit.position is 'Depth-first place in the tree, siblings by name.';
comment on column peil.wave_unit.group_unit_id is 'Where its own people report; null: it has none of its own.';

create schema participation;

comment on schema participation is 'Who may answer. Knows persons, never answers.';

grant usage on schema participation to peil_api, peil_worker, peil_intake, peil_backup;

create table participation.reporting_group (
  employer_id uuid not null,
  wave_id uuid not null,
  key_id uuid not null,
  unit_id uuid not null,
  invited integer not null,
  constraint reporting_group_pkey primary key (employer_id, wave_id, key_id),
  constraint reporting_group_unit_key unique (employer_id, wave_id, unit_id),
  constraint reporting_group_wave_fkey foreign key (employer_id, wave_id) references peil.wave (employer_id, wave_id)
);

comment on table participation.reporting_group is 'Invited people who share one key or one pile of codes.';
comment on column participation.reporting_group.employer_id is 'The employer.';
comment on column participation.reporting_group.wave_id is 'The wave.';
comment on column participation.reporting_group.key_id is 'Version 4 UUID of the key or pile.';
comment on column participation.reporting_group.unit_id is 'The unit at which the group reports.';
comment on column participation.reporting_group.invited is 'People in the group; at least k_N.';

create table participation.invitation (
  employer_id uuid not null,
  wave_id uuid not null,
  person_id uuid not null,
  key_id uuid not null,
  constraint invitation_pkey primary key (employer_id, wave_id, person_id),
  constraint invitation_group_fkey foreign key (employer_id, wave_id, key_id)
    references participation.reporting_group (employer_id, wave_id, key_id)
);

create index invitation_key_idx on participation.invitation (employer_id, wave_id, key_id);

comment on table participation.invitation is 'The ledger of invited people; shrinks to counts when the wave closes.';
comment on column participation.invitation.employer_id is 'The employer.';
comment on column participation.invitation.wave_id is 'The wave.';
comment on column participation.invitation.person_id is 'The invited person.';
comment on column participation.invitation.key_id is 'The reporting group.';

create table participation.code (
  employer_id uuid not null,
  wave_id uuid not null,
  token_hash bytea not null,
  key_id uuid not null,
  constraint code_pkey primary key (employer_id, wave_id, token_hash),
  constraint code_group_fkey foreign key (employer_id, wave_id, key_id)
    references participation.reporting_group (employer_id, wave_id, key_id)
);

comment on table participation.code is 'One-time codes of split mode, as hashes, with the reporting group; never with a person.';
comment on column participation.code.employer_id is 'The employer.';
comment on column participation.code.wave_id is 'The wave.';
comment on column participation.code.token_hash is 'SHA-256 of the code; rows are written in the order of this hash.';
comment on column participation.code.key_id is 'The reporting group.';

alter table peil.unit enable row level security;
alter table peil.unit force row level security;
alter table peil.person enable row level security;
alter table peil.person force row level security;
alter table peil.membership enable row level security;
alter table peil.membership force row level security;
alter table peil.policy enable row level security;
alter table peil.policy force row level security;
alter table peil.precondition enable row level security;
alter table peil.precondition force row level security;
alter table peil.instrument enable row level security;
alter table peil.instrument force row level security;
alter table peil.wave enable row level security;
alter table peil.wave force row level security;
alter table peil.wave_unit enable row level security;
alter table peil.wave_unit force row level security;
alter table participation.reporting_group enable row level security;
alter table participation.reporting_group force row level security;
alter table participation.invitation enable row level security;
alter table participation.invitation force row level security;
alter table participation.code enable row level security;
alter table participation.code force row level security;

create policy tenant on peil.unit
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.person
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.membership
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.policy
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.precondition
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.instrument
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.wave
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.wave_unit
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.reporting_group
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.invitation
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.code
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.unit to peil_api;
grant select, insert, update on peil.person to peil_api;
grant select, insert, update, delete on peil.membership to peil_api;
grant select, insert on peil.policy to peil_api;
grant select, insert on peil.precondition to peil_api;
grant update (withdrawn_at) on peil.precondition to peil_api;
grant select, insert, update, delete on peil.instrument to peil_api;
grant select, insert, update on peil.wave to peil_api;
grant select on peil.wave_unit to peil_api;
grant select on participation.reporting_group to peil_api;
grant select on participation.invitation to peil_api;
grant insert, delete on participation.code to peil_api;
grant select (employer_id, wave_id) on participation.code to peil_api;

grant select on peil.unit, peil.person, peil.membership, peil.policy, peil.precondition to peil_worker;
grant select on peil.instrument to peil_worker;
grant select, update on peil.wave to peil_worker;
grant select, insert, delete on peil.wave_unit to peil_worker;
grant select, insert, delete on participation.reporting_group to peil_worker;
grant select, insert, delete on participation.invitation to peil_worker;
grant select, delete on participation.code to peil_worker;

grant select on participation.code to peil_intake;

grant select on peil.wave, peil.instrument, peil.policy, peil.unit to peil_readonly;
grant select on all tables in schema peil to peil_backup;
grant select on all tables in schema participation to peil_backup;

-- migrate: rollback

drop schema participation cascade;
drop table peil.wave_unit, peil.wave, peil.instrument, peil.precondition, peil.policy, peil.membership, peil.person, peil.unit;

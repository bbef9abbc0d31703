-- actions of the plan of action and their progress checks
-- depends: 0009_pre_campaigns

-- migrate: apply

create table peil.action (
  employer_id uuid not null,
  action_id uuid not null,
  campaign_id uuid,
  risk_id uuid,
  title text not null,
  description text,
  level text not null,
  measure text,
  unit_id uuid,
  owner jsonb not null,
  starts_on date not null,
  deadline date not null,
  metric jsonb,
  state text not null,
  history jsonb not null,
  created_at timestamptz not null,
  constraint action_pkey primary key (employer_id, action_id),
  constraint action_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint action_campaign_fkey foreign key (employer_id, campaign_id) references peil.campaign (employer_id, campaign_id),
  constraint action_risk_fkey foreign key (employer_id, risk_id) references peil.risk (employer_id, risk_id),
  constraint action_unit_fkey foreign key (employer_id, unit_id) references peil.unit (employer_id, unit_id),
  constraint action_level_check check (level in ('organisation', 'team', 'individual')),
  constraint action_state_check check (state in ('planned', 'active', 'done', 'stopped')),
  constraint action_term_check check (deadline > starts_on)
);

comment on table peil.action is 'Measures of the plan of action.';
comment on column peil.action.employer_id is 'The employer.';
comment on column peil.action.action_id is 'Version 7 UUID.';
comment on column peil.action.campaign_id is 'The campaign it came of; null: none.';
comment on column peil.action.risk_id is 'The PSA risk it is against; null: none named.';
comment on column peil.action.title is 'What will be done.';
comment on column peil.action.description is 'How, and why; null: nothing more to say.';
comment on column peil.action.level is 'organisation, team or individual: where it acts.';
comment on column peil.action.measure is 'Key of a catalogue entry; null: of no kind.';
comment on column peil.action.unit_id is 'The unit it is for, with its subtree; null: the whole employer.';
comment on column peil.action.owner is 'A person or a role, as JSON.';
comment on column peil.action.starts_on is 'First day; the progress checks count from it.';
comment on column peil.action.deadline is 'When it is to be done.';
comment on column peil.action.metric is 'Block, unit and release it is measured by, start value and target, as JSON; null: none.';
comment on column peil.action.state is 'planned, active, done or stopped.';
comment on column peil.action.history is 'Every state with the day it began, as JSON.';
comment on column peil.action.created_at is 'When it was created, by the employer''s clock.';

create index action_campaign_idx on peil.action (employer_id, campaign_id);

create table peil.progress_check (
  employer_id uuid not null,
  progress_check_id uuid not null,
  action_id uuid not null,
  number integer not null,
  kind text not null,
  due_on date not null,
  result text,
  note text,
  reading jsonb,
  completed_on date,
  constraint progress_check_pkey primary key (employer_id, progress_check_id),
  constraint progress_check_number_key unique (employer_id, action_id, number),
  constraint progress_check_action_fkey foreign key (employer_id, action_id) references peil.action (employer_id, action_id),
  constraint progress_check_kind_check check (kind in ('30-days', '60-days', '90-days', 'quarter')),
  constraint progress_check_result_check check (result in ('working', 'not-working', 'changed')),
  constraint progress_check_completed_check check ((completed_on is null) = (result is null))
);

comment on table peil.progress_check is 'Moments at which it is asked whether an action works.';
comment on column peil.progress_check.employer_id is 'The employer.';
comment on column peil.progress_check.progress_check_id is 'Version 7 UUID.';
comment on column peil.progress_check.action_id is 'The action.';
comment on column peil.progress_check.number is '1, 2, 3 … of its action.';
comment on column peil.progress_check.kind is '30-days, 60-days, 90-days or quarter.';
comment on column peil.progress_check.due_on is 'The day.';
comment on column peil.progress_check.result is 'working, not-working or changed; null: not done yet.';
comment on column peil.progress_check.note is 'What was seen; null: nothing was noted.';
comment on column peil.progress_check.reading is 'What the metric said when it was done, as JSON; null: not done yet, or nothing was measured.';
comment on column peil.progress_check.completed_on is 'When it was done, by the employer''s clock; null: not done yet.';

create index progress_check_day_idx on peil.progress_check (employer_id, due_on, progress_check_id);

alter table peil.action enable row level security;
alter table peil.action force row level security;
alter table peil.progress_check enable row level security;
alter table peil.progress_check force row level security;

create policy tenant on peil.action
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.progress_check
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.action to peil_api;
grant select on peil.progress_check to peil_api;
grant update (result, note, reading, completed_on) on peil.progress_check to peil_api;
grant select on peil.action to peil_worker;
grant select, insert on peil.progress_check to peil_worker;
grant select on peil.action, peil.progress_check to peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.progress_check, peil.action;

-- campaigns, their agenda and communication, and the waves that belong to them
-- depends: 0008_pre_consents

-- migrate: apply

create table peil.campaign (
  employer_id uuid not null,
  campaign_id uuid not null,
  name text not null,
  year integer not null,
  week_from date,
  week_to date,
  provisional boolean not null,
  zone text not null,
  dates jsonb not null,
  goals jsonb not null,
  themes text[] not null,
  criteria jsonb not null,
  core_team jsonb not null,
  sponsor_id uuid,
  core_message jsonb,
  copied_from_id uuid,
  created_at timestamptz not null,
  constraint campaign_pkey primary key (employer_id, campaign_id),
  constraint campaign_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint campaign_copied_from_fkey foreign key (employer_id, copied_from_id)
    references peil.campaign (employer_id, campaign_id)
);

comment on table peil.campaign is 'Editions of a programme week.';
comment on column peil.campaign.employer_id is 'The employer.';
comment on column peil.campaign.campaign_id is 'Version 7 UUID.';
comment on column peil.campaign.name is 'What HR calls it.';
comment on column peil.campaign.year is 'The year of its week.';
comment on column peil.campaign.week_from is 'First day of the week, as chosen; null: the Monday that falls on 10-16 November.';
comment on column peil.campaign.week_to is 'Last day of the week, as chosen; null: five days in all.';
comment on column peil.campaign.provisional is 'True: the dates may still change.';
comment on column peil.campaign.zone is 'IANA zone of its agenda.';
comment on column peil.campaign.dates is 'Chosen dates of its phases, as JSON; a null in it: computed from the week.';
comment on column peil.campaign.goals is 'Goals with KPI, metric, target and risk, as JSON.';
comment on column peil.campaign.themes is 'Keys of catalogue entries.';
comment on column peil.campaign.criteria is 'What makes it a success, as JSON.';
comment on column peil.campaign.core_team is 'People, positions and parts, as JSON.';
comment on column peil.campaign.sponsor_id is 'Who of the board or management backs it; null: nobody yet.';
comment on column peil.campaign.core_message is 'Why, what we want and what we expect, a text per language; null: not written yet.';
comment on column peil.campaign.copied_from_id is 'The edition it was copied from; null: not copied.';
comment on column peil.campaign.created_at is 'When it was created, by the employer''s clock.';

create table peil.activity (
  employer_id uuid not null,
  activity_id uuid not null,
  campaign_id uuid not null,
  kind text not null,
  title text not null,
  day date not null,
  begins text not null,
  ends text not null,
  unit_ids uuid[],
  variant text not null,
  host text,
  attended integer,
  constraint activity_pkey primary key (employer_id, activity_id),
  constraint activity_campaign_fkey foreign key (employer_id, campaign_id) references peil.campaign (employer_id, campaign_id),
  constraint activity_time_check check (ends > begins),
  constraint activity_variant_check check (variant in ('live', 'online', 'hybrid'))
);

comment on table peil.activity is 'The agenda of campaigns.';
comment on column peil.activity.employer_id is 'The employer.';
comment on column peil.activity.activity_id is 'Version 7 UUID.';
comment on column peil.activity.campaign_id is 'The campaign.';
comment on column peil.activity.kind is 'Key of a catalogue entry.';
comment on column peil.activity.title is 'What people read.';
comment on column peil.activity.day is 'The day.';
comment on column peil.activity.begins is 'Wall time in the zone of the campaign, as HH:MM.';
comment on column peil.activity.ends is 'Wall time, later than begins.';
comment on column peil.activity.unit_ids is 'Units whose subtrees it is for; null: everyone.';
comment on column peil.activity.variant is 'live, online or hybrid.';
comment on column peil.activity.host is 'Who leads it; null: not known yet.';
comment on column peil.activity.attended is 'How many came, never who; null: not counted.';

create index activity_day_idx on peil.activity (employer_id, campaign_id, day, activity_id);

create table peil.communication (
  employer_id uuid not null,
  communication_id uuid not null,
  campaign_id uuid not null,
  kind text not null,
  title text not null,
  channel text not null,
  day date not null,
  owner jsonb,
  state text not null,
  reach integer,
  constraint communication_pkey primary key (employer_id, communication_id),
  constraint communication_campaign_fkey foreign key (employer_id, campaign_id)
    references peil.campaign (employer_id, campaign_id),
  constraint communication_state_check check (state in ('planned', 'sent'))
);

comment on table peil.communication is 'What is told about campaigns.';
comment on column peil.communication.employer_id is 'The employer.';
comment on column peil.communication.communication_id is 'Version 7 UUID.';
comment on column peil.communication.campaign_id is 'The campaign.';
comment on column peil.communication.kind is 'Key of a catalogue entry.';
comment on column peil.communication.title is 'What it is called in the plan.';
comment on column peil.communication.channel is 'Where it is told, such as intranet.';
comment on column peil.communication.day is 'The day.';
comment on column peil.communication.owner is 'A person or a role, as JSON; null: nobody yet.';
comment on column peil.communication.state is 'planned or sent.';
comment on column peil.communication.reach is 'How many it reached, never who; null: not counted.';

create index communication_day_idx on peil.communication (employer_id, campaign_id, day, communication_id);

alter table peil.wave add column campaign_id uuid;
alter table peil.wave
  add constraint wave_campaign_fkey foreign key (employer_id, campaign_id) references peil.campaign (employer_id, campaign_id);

comment on column peil.wave.campaign_id is 'The campaign it belongs to; null: it stands alone.';

create index wave_campaign_idx on peil.wave (employer_id, campaign_id);

alter table peil.campaign enable row level security;
alter table peil.campaign force row level security;
alter table peil.activity enable row level security;
alter table peil.activity force row level security;
alter table peil.communication enable row level security;
alter table peil.communication force row level security;

create policy tenant on peil.campaign
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.activity
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.communication
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.campaign to peil_api;
grant select, insert, update, delete on peil.activity, peil.communication to peil_api;
grant select on peil.campaign, peil.activity, peil.communication to peil_worker, peil_readonly, peil_backup;

-- migrate: rollback

alter table peil.wave drop column campaign_id;
drop table peil.communication, peil.activity, peil.campaign;

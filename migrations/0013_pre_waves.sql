-- series of waves, who is left out, the fatigue budget, and participation while a wave is open
-- depends: 0012_pre_permissions

-- migrate: apply

create table peil.wave_series (
  employer_id uuid not null,
  series_id uuid not null,
  plan jsonb not null,
  created_at timestamptz not null,
  cancelled_at timestamptz,
  constraint wave_series_pkey primary key (employer_id, series_id),
  constraint wave_series_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.wave_series is 'Waves that were planned together, in a cadence; each of them is an ordinary wave.';
comment on column peil.wave_series.employer_id is 'The employer.';
comment on column peil.wave_series.series_id is 'Version 4 UUID: it stands near answers and tells no time.';
comment on column peil.wave_series.plan is 'What is asked, of whom and in which cadence, as JSON.';
comment on column peil.wave_series.created_at is 'When it was planned, by the employer''s clock.';
comment on column peil.wave_series.cancelled_at is 'When what was not open yet was cancelled, by the employer''s clock; null: it goes on.';

create table peil.fatigue_budget (
  employer_id uuid not null,
  waves integer not null,
  items integer not null,
  days integer not null,
  constraint fatigue_budget_pkey primary key (employer_id),
  constraint fatigue_budget_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint fatigue_budget_positive_check check (waves > 0 and items > 0 and days > 0)
);

comment on table peil.fatigue_budget is 'How much a person may be asked; no row: the default.';
comment on column peil.fatigue_budget.employer_id is 'The employer.';
comment on column peil.fatigue_budget.waves is 'The most waves in a period.';
comment on column peil.fatigue_budget.items is 'The most items in a period.';
comment on column peil.fatigue_budget.days is 'The length of a period.';

alter table peil.wave add column series_id uuid;
alter table peil.wave add column employment_types text[];
alter table peil.wave add column excluded jsonb;
alter table peil.wave
  add constraint wave_series_fkey foreign key (employer_id, series_id)
    references peil.wave_series (employer_id, series_id);

create index wave_series_idx on peil.wave (employer_id, series_id);

comment on column peil.wave.series_id is 'The series it was planned in; null: it was planned alone.';
comment on column peil.wave.employment_types is 'Kinds of employment that are asked; null: all.';
comment on column peil.wave.excluded is 'How many were left out and why, as JSON, where that gives nobody away; null: not frozen yet.';

create table participation.figure (
  employer_id uuid not null,
  wave_id uuid not null,
  unit_id uuid not null,
  invited integer not null,
  band text not null,
  measured_on date not null,
  answered integer not null,
  constraint figure_pkey primary key (employer_id, wave_id, unit_id),
  constraint figure_wave_fkey foreign key (employer_id, wave_id) references peil.wave (employer_id, wave_id),
  constraint figure_band_check check (band in ('below-30', '30-to-50', '50-to-70', '70-or-more'))
);

comment on table participation.figure is 'Participation while a wave is open, in bands; deleted when it closes.';
comment on column participation.figure.employer_id is 'The employer.';
comment on column participation.figure.wave_id is 'The wave.';
comment on column participation.figure.unit_id is 'The root, or a unit of which at least 30 people were invited.';
comment on column participation.figure.invited is 'People invited in the unit and beneath it.';
comment on column participation.figure.band is 'Which part of them answered: below-30, 30-to-50, 50-to-70 or 70-or-more per cent.';
comment on column participation.figure.measured_on is 'The day the figure was taken, by the employer''s clock.';
comment on column participation.figure.answered is 'How many had answered then. For the worker only: the next figure waits for k_N more.';

alter table peil.wave_series enable row level security;
alter table peil.wave_series force row level security;
alter table peil.fatigue_budget enable row level security;
alter table peil.fatigue_budget force row level security;
alter table participation.figure enable row level security;
alter table participation.figure force row level security;

create policy tenant on peil.wave_series
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.fatigue_budget
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.figure
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert on peil.wave_series to peil_api;
grant update (cancelled_at) on peil.wave_series to peil_api;
grant select, insert, update on peil.fatigue_budget to peil_api;
-- Not how many answered: the API tells bands and knows no more.
grant select (employer_id, wave_id, unit_id, invited, band, measured_on) on participation.figure to peil_api;
grant select, insert, update, delete on participation.figure to peil_worker;
grant select on peil.wave_series, peil.fatigue_budget, participation.figure to peil_backup;

-- migrate: rollback

drop table participation.figure;
alter table peil.wave drop constraint wave_series_fkey;
alter table peil.wave drop column series_id, drop column employment_types, drop column excluded;
drop table peil.fatigue_budget, peil.wave_series;

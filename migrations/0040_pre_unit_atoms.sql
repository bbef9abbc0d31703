-- the atoms of a release, a row per unit: a seventh as many rows to write in the transaction that closes a wave
-- depends: 0038_pre_people_and_audit

-- migrate: apply

create table release.unit_atoms (
  employer_id uuid not null,
  wave_id uuid not null,
  unit_id uuid not null,
  content jsonb not null,
  constraint unit_atoms_pkey primary key (employer_id, wave_id, unit_id),
  constraint unit_atoms_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id)
);

comment on table release.unit_atoms is 'Protected statistics of the smallest groups a release refers to; all others are their sums.';
comment on column release.unit_atoms.employer_id is 'The employer.';
comment on column release.unit_atoms.wave_id is 'The wave.';
comment on column release.unit_atoms.unit_id is 'The published unit whose residuals the atoms are.';
comment on column release.unit_atoms.content is 'As JSON, by kind of figure (each has atoms of its own, those of a coarser one being sums of a finer one''s) and by block, item or * for all respondents: respondents and protected statistics.';

alter table release.unit_atoms enable row level security;
alter table release.unit_atoms force row level security;

create policy tenant on release.unit_atoms
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on release.unit_atoms to peil_api, peil_backup;
grant select, insert on release.unit_atoms to peil_worker;

insert into release.unit_atoms (employer_id, wave_id, unit_id, content)
select
  employer_id,
  wave_id,
  unit_id,
  jsonb_object_agg(figures, atoms)
from (
  select
    employer_id,
    wave_id,
    unit_id,
    figures,
    jsonb_object_agg(block, content) as atoms
  from release.atom
  group by
    employer_id,
    wave_id,
    unit_id,
    figures
) as atom
group by
  employer_id,
  wave_id,
  unit_id;

-- migrate: rollback

drop table release.unit_atoms;

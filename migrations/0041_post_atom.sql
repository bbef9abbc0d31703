-- what the old program released meanwhile moves as well, and its table goes
-- depends: 0040_pre_unit_atoms

-- migrate: apply

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
  unit_id
on conflict do nothing;

drop table release.atom;

-- migrate: rollback

create table release.atom (
  employer_id uuid not null,
  wave_id uuid not null,
  block text not null,
  unit_id uuid not null,
  content jsonb not null,
  figures text not null,
  constraint atom_pkey primary key (employer_id, wave_id, block, figures, unit_id),
  constraint atom_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id),
  constraint atom_figures_check check (figures in ('response', 'mean', 'bands', 'distribution', 'sensitive', 'comments'))
);

comment on table release.atom is 'Protected statistics of the smallest groups a release refers to; all others are their sums.';
comment on column release.atom.employer_id is 'The employer.';
comment on column release.atom.wave_id is 'The wave.';
comment on column release.atom.block is 'The block, the item that is a choice or sensitive, or * for all respondents.';
comment on column release.atom.unit_id is 'The published unit whose residual the atom is.';
comment on column release.atom.content is 'Respondents and protected statistics, as JSON.';
comment on column release.atom.figures is 'Which kind of figure: each has atoms of its own, those of a coarser one being sums of a finer one''s.';

alter table release.atom enable row level security;
alter table release.atom force row level security;

create policy tenant on release.atom
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on release.atom to peil_api, peil_backup;
grant select, insert on release.atom to peil_worker;

insert into release.atom (employer_id, wave_id, block, unit_id, content, figures)
select
  unit.employer_id,
  unit.wave_id,
  atom.key,
  unit.unit_id,
  atom.value,
  kind.key
from release.unit_atoms as unit
cross join jsonb_each(unit.content) as kind
cross join jsonb_each(kind.value) as atom;

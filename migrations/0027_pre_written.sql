-- a release as it was hashed, and where comments are shown
-- depends: 0026_pre_atom_figures

-- migrate: apply

create table release.written (
  employer_id uuid not null,
  wave_id uuid not null,
  part text not null,
  piece integer not null,
  bytes bytea not null,
  constraint written_pkey primary key (employer_id, wave_id, part, piece),
  constraint written_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id),
  constraint written_part_check check (part in ('manifest', 'content', 'tree')),
  constraint written_piece_check check (piece >= 1)
);

comment on table release.written is 'A release byte for byte as it was hashed: no later version of Peil need write it in the same way again.';
comment on column release.written.employer_id is 'The employer.';
comment on column release.written.wave_id is 'The wave.';
comment on column release.written.part is 'manifest (with its hash), content (all figures and atoms) or tree (the organisation, and the people invited per reporting group).';
comment on column release.written.piece is 'Place of the piece in its part, from 1.';
comment on column release.written.bytes is 'Some of the canonical JSON of the part; the pieces one after another are all of it.';

alter table release.written enable row level security;
alter table release.written force row level security;

create policy tenant on release.written
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on release.written to peil_api;
grant select, insert on release.written to peil_worker;
grant select on release.written to peil_readonly, peil_backup;

alter table release.atom drop constraint atom_figures_check;
alter table release.atom
  add constraint atom_figures_check check (figures in ('response', 'mean', 'bands', 'distribution', 'sensitive', 'comments'));

-- migrate: rollback

delete from release.atom where figures = 'comments';
alter table release.atom drop constraint atom_figures_check;
alter table release.atom
  add constraint atom_figures_check check (figures in ('response', 'mean', 'bands', 'distribution', 'sensitive'));
drop table release.written;

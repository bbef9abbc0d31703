-- atoms of every kind of figure
-- depends: 0025_pre_widgets

-- migrate: apply

alter table release.atom add column figures text not null default 'mean';
update release.atom set figures = 'response' where block = '*';
alter table release.atom alter column figures drop default;
alter table release.atom drop constraint atom_pkey;
alter table release.atom add constraint atom_pkey primary key (employer_id, wave_id, block, figures, unit_id);
alter table release.atom
  add constraint atom_figures_check check (figures in ('response', 'mean', 'bands', 'distribution', 'sensitive'));

comment on column release.atom.block is 'The block, the item that is a choice or sensitive, or * for all respondents.';
comment on column release.atom.figures is 'Which kind of figure: each has atoms of its own, those of a coarser one being sums of a finer one''s.';

-- migrate: rollback

delete from release.atom where figures not in ('response', 'mean');
alter table release.atom drop constraint atom_pkey;
alter table release.atom drop constraint atom_figures_check;
alter table release.atom drop column figures;
alter table release.atom add constraint atom_pkey primary key (employer_id, wave_id, block, unit_id);
comment on column release.atom.block is 'The block, or * for all respondents.';

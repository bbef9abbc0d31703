-- what a comparison of two releases needs of their blocks
-- depends: 0006_pre_risks

-- migrate: apply

create table release.block (
  employer_id uuid not null,
  wave_id uuid not null,
  block text not null,
  fingerprint text not null,
  spread jsonb,
  constraint block_pkey primary key (employer_id, wave_id, block),
  constraint block_release_fkey foreign key (employer_id, wave_id) references release.release (employer_id, wave_id)
);

comment on table release.block is 'What a release says of a block in the whole wave.';
comment on column release.block.employer_id is 'The employer.';
comment on column release.block.wave_id is 'The wave.';
comment on column release.block.block is 'The key of the block.';
comment on column release.block.fingerprint is 'SHA-256 of its items, their versions and scoring, in hexadecimal; blocks with an equal one can be compared.';
comment on column release.block.spread is 'Pooled standard deviation and its degrees of freedom, as JSON; null: no atom was large enough to tell it.';

create index block_fingerprint_idx on release.block (employer_id, block, fingerprint);

alter table release.aggregate add column whole boolean not null default true;
alter table release.aggregate alter column whole drop default;

comment on column release.aggregate.whole is 'True: everybody of the unit and beneath was asked; false: the wave asked some of its units only.';

alter table release.block enable row level security;
alter table release.block force row level security;

create policy tenant on release.block
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on release.block to peil_api;
grant select, insert on release.block to peil_worker;
grant select on release.block to peil_readonly, peil_backup;

-- migrate: rollback

alter table release.aggregate drop column whole;
drop table release.block;

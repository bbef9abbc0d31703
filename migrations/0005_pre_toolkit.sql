-- the entries that employers add to the catalogue
-- depends: 0004_pre_support_routes

-- migrate: apply

-- Kind and key are compared byte by byte, as the shipped entries are that stand in the same list.
create table peil.catalogue_entry (
  employer_id uuid not null,
  catalogue_entry_id uuid not null,
  kind text collate "C" not null,
  key text collate "C" not null,
  title jsonb not null,
  description jsonb,
  marks text[] not null,
  constraint catalogue_entry_pkey primary key (employer_id, catalogue_entry_id),
  constraint catalogue_entry_key_key unique (employer_id, kind, key),
  constraint catalogue_entry_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.catalogue_entry is 'What an employer adds to the catalogue; what is shipped stands in the package.';
comment on column peil.catalogue_entry.employer_id is 'The employer.';
comment on column peil.catalogue_entry.catalogue_entry_id is 'Version 7 UUID.';
comment on column peil.catalogue_entry.kind is 'Such as theme, activity or risk.';
comment on column peil.catalogue_entry.key is 'By which others refer to it; never changes.';
comment on column peil.catalogue_entry.title is 'What it is called, a text per language.';
comment on column peil.catalogue_entry.description is 'What it is, a text per language; null: the title says it.';
comment on column peil.catalogue_entry.marks is 'What rules look for, such as recovery or statutory.';

alter table peil.catalogue_entry enable row level security;
alter table peil.catalogue_entry force row level security;

create policy tenant on peil.catalogue_entry
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.catalogue_entry to peil_api;
grant select on peil.catalogue_entry to peil_worker, peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.catalogue_entry;

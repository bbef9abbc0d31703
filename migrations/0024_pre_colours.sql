-- the colour in which an employer's charts are drawn
-- depends: 0023_pre_ledger_room

-- migrate: apply

create table peil.colours (
  employer_id uuid not null,
  accent text,
  constraint colours_pkey primary key (employer_id),
  constraint colours_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint colours_accent_check check (accent ~ '^#[0-9a-f]{6}$')
);

comment on table peil.colours is 'The colour in which an employer''s charts are drawn; without a row it is Peil''s own.';
comment on column peil.colours.employer_id is 'The employer.';
comment on column peil.colours.accent is 'As it was given, #rrggbb in lower case; where it would not be seen a darker or lighter one is drawn. Null: Peil''s own.';

alter table peil.colours enable row level security;
alter table peil.colours force row level security;

create policy tenant on peil.colours
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.colours to peil_api;
grant select on peil.colours to peil_backup;

-- migrate: rollback

drop table peil.colours;

-- connections of identity providers that provision people and units over SCIM 2.0
-- depends: 0030_pre_issuer_profiles

-- migrate: apply

create table peil.scim_connection (
  employer_id uuid not null,
  connection_id uuid not null,
  name text not null,
  groups text not null,
  group_prefix text,
  group_names text[] not null,
  tree text not null,
  erase_after integer not null,
  state text not null,
  confirmed_removals integer,
  confirmed_on date,
  created_at timestamptz not null,
  constraint scim_connection_pkey primary key (employer_id, connection_id),
  constraint scim_connection_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint scim_connection_groups_check check (groups in ('all', 'prefix', 'named', 'none')),
  constraint scim_connection_tree_check check (tree in ('scim', 'import', 'department')),
  constraint scim_connection_state_check check (state in ('inactive', 'active', 'revoked'))
);

comment on table peil.scim_connection is 'Systems that provision people and units over SCIM 2.0, and what of theirs is applied.';
comment on column peil.scim_connection.employer_id is 'The employer.';
comment on column peil.scim_connection.connection_id is 'Version 7 UUID.';
comment on column peil.scim_connection.name is 'What the employer calls it.';
comment on column peil.scim_connection.groups is 'Which groups are units: all, those with a prefix, those named, or none.';
comment on column peil.scim_connection.group_prefix is 'How the names of groups that are units begin; null: they are not told by a prefix.';
comment on column peil.scim_connection.group_names is 'The names of groups that are units, where they are told by name.';
comment on column peil.scim_connection.tree is 'Where the tree comes from: the SCIM extension, the import of units, or the department of each person.';
comment on column peil.scim_connection.erase_after is 'Days between the deletion of a user and the erasure of name, address and ids.';
comment on column peil.scim_connection.state is 'inactive: waits for an administrator; revoked: for ever.';
comment on column peil.scim_connection.confirmed_removals is 'How many people an administrator lets disappear on confirmed_on; null: nothing was confirmed.';
comment on column peil.scim_connection.confirmed_on is 'The one day of confirmed_removals; null: nothing was confirmed.';
comment on column peil.scim_connection.created_at is 'When it was made, in real time.';

create table peil.scim_secret (
  employer_id uuid not null,
  connection_id uuid not null,
  secret_id uuid not null,
  digest bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  constraint scim_secret_pkey primary key (employer_id, connection_id, secret_id),
  constraint scim_secret_digest_key unique (employer_id, digest),
  constraint scim_secret_connection_fkey foreign key (employer_id, connection_id) references peil.scim_connection (employer_id, connection_id)
);

comment on table peil.scim_secret is 'Secrets of connections, two while one takes the place of the other; read before an employer is known.';
comment on column peil.scim_secret.employer_id is 'The employer: the secret alone says which.';
comment on column peil.scim_secret.connection_id is 'The connection.';
comment on column peil.scim_secret.secret_id is 'Version 7 UUID.';
comment on column peil.scim_secret.digest is 'SHA-256 of the secret, which is random and 256 bits long.';
comment on column peil.scim_secret.created_at is 'When it was made, in real time.';
comment on column peil.scim_secret.expires_at is 'From when it proves nothing, in real time.';

create table peil.scim_user (
  employer_id uuid not null,
  person_id uuid not null,
  external_id text,
  active boolean,
  absent boolean,
  department text,
  cost_center text,
  manager_id uuid,
  came_on date,
  left_on date,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  deleted_at timestamptz,
  erase_at timestamptz,
  constraint scim_user_pkey primary key (employer_id, person_id),
  constraint scim_user_person_fkey foreign key (employer_id, person_id) references peil.person (employer_id, person_id)
);

create index scim_user_external_id_idx on peil.scim_user (employer_id, external_id);
create index scim_user_left_on_idx on peil.scim_user (employer_id, left_on);

comment on table peil.scim_user is 'What SCIM says of a person beside what the directory keeps.';
comment on column peil.scim_user.employer_id is 'The employer.';
comment on column peil.scim_user.person_id is 'The person, whose id is that of the SCIM resource.';
comment on column peil.scim_user.external_id is 'The id of the provisioning system; null: not said.';
comment on column peil.scim_user.active is 'As it was said; null: not said, which means active.';
comment on column peil.scim_user.absent is 'As it was said; null: not said, which means not absent.';
comment on column peil.scim_user.department is 'As it was said; null: not said.';
comment on column peil.scim_user.cost_center is 'As it was said; null: not said.';
comment on column peil.scim_user.manager_id is 'The person who manages this one; gives no right. null: not said.';
comment on column peil.scim_user.came_on is 'The day SCIM made the person; null: the person was there before.';
comment on column peil.scim_user.left_on is 'The day SCIM ended the memberships; null: it did not, or began them again.';
comment on column peil.scim_user.created_at is 'When SCIM first said something of the person.';
comment on column peil.scim_user.modified_at is 'When it last did.';
comment on column peil.scim_user.erase_at is 'When what names the person is erased; null: nothing is to be.';
comment on column peil.scim_user.deleted_at is 'When the user was deleted, from when there is none; null: there is one.';

create table peil.scim_group (
  employer_id uuid not null,
  unit_id uuid not null,
  external_id text,
  manager_id uuid,
  valid_from date,
  valid_to date,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  constraint scim_group_pkey primary key (employer_id, unit_id),
  constraint scim_group_unit_fkey foreign key (employer_id, unit_id) references peil.unit (employer_id, unit_id)
);

create index scim_group_external_id_idx on peil.scim_group (employer_id, external_id);

comment on table peil.scim_group is 'What SCIM says of a unit beside what the directory keeps.';
comment on column peil.scim_group.employer_id is 'The employer.';
comment on column peil.scim_group.unit_id is 'The unit, whose id is that of the SCIM resource.';
comment on column peil.scim_group.external_id is 'The id of the provisioning system; null: not said.';
comment on column peil.scim_group.manager_id is 'The person SCIM made manager of the unit; null: nobody.';
comment on column peil.scim_group.valid_from is 'First day as it was said; null: not said.';
comment on column peil.scim_group.valid_to is 'The day on which the unit is to end; null: no end was said.';
comment on column peil.scim_group.created_at is 'When SCIM first said something of the unit.';
comment on column peil.scim_group.modified_at is 'When it last did.';

create table peil.scim_member (
  employer_id uuid not null,
  unit_id uuid not null,
  person_id uuid not null,
  place integer not null,
  constraint scim_member_pkey primary key (employer_id, unit_id, person_id),
  constraint scim_member_group_fkey foreign key (employer_id, unit_id) references peil.scim_group (employer_id, unit_id),
  constraint scim_member_user_fkey foreign key (employer_id, person_id) references peil.scim_user (employer_id, person_id)
);

create index scim_member_person_idx on peil.scim_member (employer_id, person_id);

comment on table peil.scim_member is 'Groups of a person as the provisioning system has them; the membership of the directory follows from the last.';
comment on column peil.scim_member.employer_id is 'The employer.';
comment on column peil.scim_member.unit_id is 'The unit.';
comment on column peil.scim_member.person_id is 'The person.';
comment on column peil.scim_member.place is 'Counts up within the person: the highest was said last, and is the unit of the main job.';

create table peil.scim_finding (
  employer_id uuid not null,
  connection_id uuid not null,
  code text not null,
  attribute text not null,
  times integer not null,
  subject text,
  first_at timestamptz not null,
  last_at timestamptz not null,
  constraint scim_finding_pkey primary key (employer_id, connection_id, code, attribute),
  constraint scim_finding_connection_fkey foreign key (employer_id, connection_id) references peil.scim_connection (employer_id, connection_id)
);

comment on table peil.scim_finding is 'What a connection said that was not applied, counted; never a value.';
comment on column peil.scim_finding.employer_id is 'The employer.';
comment on column peil.scim_finding.connection_id is 'The connection.';
comment on column peil.scim_finding.code is 'Why it was not applied.';
comment on column peil.scim_finding.attribute is 'The attribute it is about; empty: none in particular.';
comment on column peil.scim_finding.times is 'How often.';
comment on column peil.scim_finding.subject is 'What it was about the last time (kind/id); null: something that was not made.';
comment on column peil.scim_finding.first_at is 'The first time.';
comment on column peil.scim_finding.last_at is 'The last time.';

create index person_user_name_idx on peil.person (employer_id, lower(user_name));
create index person_email_idx on peil.person (employer_id, lower(email));

comment on column peil.audit.actor_kind is 'client, person, provisioning (a SCIM connection) or worker.';
comment on column peil.person.external_id is 'The HR system''s id, immutable; erased- and the own id once the person is erased.';

alter table peil.scim_connection enable row level security;
alter table peil.scim_connection force row level security;
alter table peil.scim_secret enable row level security;
alter table peil.scim_secret force row level security;
alter table peil.scim_user enable row level security;
alter table peil.scim_user force row level security;
alter table peil.scim_group enable row level security;
alter table peil.scim_group force row level security;
alter table peil.scim_member enable row level security;
alter table peil.scim_member force row level security;
alter table peil.scim_finding enable row level security;
alter table peil.scim_finding force row level security;

create policy tenant on peil.scim_connection
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.scim_secret
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
create policy tenant on peil.scim_user
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.scim_group
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.scim_member
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.scim_finding
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.scim_connection to peil_api;
grant select, insert on peil.scim_secret to peil_api;
grant update (expires_at) on peil.scim_secret to peil_api;
grant select, insert, update on peil.scim_user, peil.scim_group to peil_api;
grant select, insert, delete on peil.scim_member to peil_api;
grant select, insert, update on peil.scim_finding to peil_api;
grant select on peil.scim_connection, peil.scim_secret to peil_worker;
grant select, update on peil.scim_user to peil_worker;
grant select on peil.scim_group to peil_worker;
grant select, delete on peil.scim_member to peil_worker;
grant update (external_id, user_name, display_name, email, language, employment_type, absent)
  on peil.person to peil_worker;
grant update (valid_to) on peil.unit to peil_worker;
grant update (valid_to), delete on peil.membership to peil_worker;
grant select
  on peil.scim_connection, peil.scim_secret, peil.scim_user, peil.scim_group, peil.scim_member, peil.scim_finding
  to peil_backup;

-- migrate: rollback

revoke update (valid_to), delete on peil.membership from peil_worker;
revoke update (valid_to) on peil.unit from peil_worker;
revoke update (external_id, user_name, display_name, email, language, employment_type, absent)
  on peil.person from peil_worker;
comment on column peil.person.external_id is 'The HR system''s id, immutable.';
comment on column peil.audit.actor_kind is 'client, person or worker.';
drop index peil.person_email_idx;
drop index peil.person_user_name_idx;
drop table peil.scim_finding;
drop table peil.scim_member;
drop table peil.scim_group;
drop table peil.scim_user;
drop table peil.scim_secret;
drop table peil.scim_connection;

-- vendors with clients of their own, and the employers that let them act
-- depends: 0032_pre_whole

-- migrate: apply

create table peil.vendor (
  vendor_id uuid not null,
  name text not null,
  state text not null,
  created_at timestamptz not null,
  constraint vendor_pkey primary key (vendor_id),
  constraint vendor_state_check check (state in ('active', 'revoked'))
);

comment on table peil.vendor is 'Companies whose products embed Peil for many employers; read before an employer is known.';
comment on column peil.vendor.vendor_id is 'Version 7 UUID.';
comment on column peil.vendor.name is 'Name as the operator writes it.';
comment on column peil.vendor.state is 'active or revoked; clients of a revoked one get no token.';
comment on column peil.vendor.created_at is 'When it was created, in real time.';

create table peil.vendor_link (
  employer_id uuid not null,
  vendor_id uuid not null,
  state text not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  ended_at timestamptz,
  constraint vendor_link_pkey primary key (employer_id, vendor_id),
  constraint vendor_link_state_check check (state in ('waiting', 'active', 'ended')),
  constraint vendor_link_confirmed_check check (state <> 'active' or confirmed_at is not null),
  constraint vendor_link_ended_check check ((state = 'ended') = (ended_at is not null)),
  constraint vendor_link_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint vendor_link_vendor_fkey foreign key (vendor_id) references peil.vendor (vendor_id)
);

create index vendor_link_vendor_idx on peil.vendor_link (vendor_id, employer_id);

comment on table peil.vendor_link is 'Which vendor may act for which employer; one row for the two, also after it has ended.';
comment on column peil.vendor_link.employer_id is 'The employer.';
comment on column peil.vendor_link.vendor_id is 'The vendor.';
comment on column peil.vendor_link.state is 'waiting until an administrator of the employer confirms it, active, or ended; only an active one gives tokens.';
comment on column peil.vendor_link.created_at is 'When it was asked for, the last time, in real time.';
comment on column peil.vendor_link.confirmed_at is 'When it became active, in real time; null: it waits, or ended before it was confirmed.';
comment on column peil.vendor_link.ended_at is 'When it ended, in real time; null: it has not.';

alter table peil.employer add column vendor_id uuid;
alter table peil.employer add column vendor_ids uuid[] not null default '{}';
alter table peil.employer alter column vendor_ids drop default;
alter table peil.employer
add constraint employer_vendor_fkey foreign key (vendor_id) references peil.vendor (vendor_id);
alter table peil.employer drop constraint employer_external_id_key;
create unique index employer_external_id_key
on peil.employer (external_id, coalesce(vendor_id, '00000000-0000-0000-0000-000000000000'));

comment on column peil.employer.external_id is 'The id that whoever created it has for it, the operator or the vendor; null: none.';
comment on column peil.employer.vendor_id is 'The vendor that created it; null: the operator did.';
comment on column peil.employer.vendor_ids is 'The vendors with an active link: these see that it is there.';

alter table peil.client add column vendor_id uuid;
alter table peil.client
add constraint client_vendor_fkey foreign key (vendor_id) references peil.vendor (vendor_id);
create index client_vendor_idx on peil.client (vendor_id, client_id);
alter table peil.client_secret add column vendor_id uuid;

comment on column peil.client.employer_id is 'The employer it acts for; null: it is the operator''s, or a vendor''s own.';
comment on column peil.client.vendor_id is 'Of a vendor''s own client the vendor; of an employer''s the vendor that made it, with whose link it ends; null: none.';
comment on column peil.client_secret.employer_id is 'The employer of the client; null: it is the operator''s or a vendor''s.';
comment on column peil.client_secret.vendor_id is 'The vendor of the client, as it stands there; null: none.';
comment on column peil.used_assertion.employer_id is 'The employer of the client; null: it is the operator''s or a vendor''s.';

alter table peil.vendor enable row level security;
alter table peil.vendor force row level security;
alter table peil.vendor_link enable row level security;
alter table peil.vendor_link force row level security;

-- A vendor sees itself. To an employer that is to choose one, who the vendors are is no secret.
create policy tenant on peil.vendor
  using (vendor_id = coalesce(nullif(current_setting('app.vendor_id', true), '')::uuid, vendor_id));
-- A vendor sees its links, and writes one only where it has entered the employer.
create policy tenant on peil.vendor_link
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  )
  with check (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );

drop policy tenant on peil.employer;
create policy tenant on peil.employer
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or nullif(current_setting('app.vendor_id', true), '')::uuid = any(vendor_ids)
    or current_setting('app.service', true) = 'on'
  )
  with check (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
drop policy tenant on peil.client;
create policy tenant on peil.client
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (employer_id is null and vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid)
    or current_setting('app.service', true) = 'on'
  );
drop policy tenant on peil.client_secret;
create policy tenant on peil.client_secret
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (employer_id is null and vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid)
    or current_setting('app.service', true) = 'on'
  );

grant select, insert on peil.vendor to peil_api;
grant update (state) on peil.vendor to peil_api;
grant select, insert on peil.vendor_link to peil_api;
grant update (state, created_at, confirmed_at, ended_at) on peil.vendor_link to peil_api;
grant select on peil.vendor, peil.vendor_link to peil_readonly, peil_backup;

-- migrate: rollback

drop policy tenant on peil.client_secret;
delete from peil.used_assertion
where client_id in (select client_id from peil.client where vendor_id is not null);
delete from peil.client_secret
where client_id in (select client_id from peil.client where vendor_id is not null);
drop policy tenant on peil.client;
delete from peil.client
where vendor_id is not null;
alter table peil.client_secret drop column vendor_id;
create policy tenant on peil.client_secret
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
drop index peil.client_vendor_idx;
alter table peil.client drop column vendor_id;
create policy tenant on peil.client
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
drop policy tenant on peil.employer;
drop index peil.employer_external_id_key;
update peil.employer
set external_id = null
where vendor_id is not null;
alter table peil.employer drop column vendor_id;
alter table peil.employer drop column vendor_ids;
alter table peil.employer add constraint employer_external_id_key unique (external_id);
create policy tenant on peil.employer
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
comment on column peil.employer.external_id is 'The operator''s own id; null: none.';
comment on column peil.client.employer_id is 'The employer it acts for; null: a client of the operator.';
comment on column peil.client_secret.employer_id is 'The employer of the client; null: it is the operator''s.';
comment on column peil.used_assertion.employer_id is 'The employer of the client; null: it is the operator''s.';
drop table peil.vendor_link;
drop table peil.vendor;

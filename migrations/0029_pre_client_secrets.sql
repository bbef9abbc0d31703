-- secrets of clients that overlap, and clients that prove themselves with keys of their own
-- depends: 0028_pre_group_key

-- migrate: apply

create table peil.client_secret (
  employer_id uuid,
  client_id uuid not null,
  secret_id uuid not null,
  digest bytea not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  constraint client_secret_pkey primary key (client_id, secret_id),
  constraint client_secret_client_fkey foreign key (client_id) references peil.client (client_id)
);

comment on table peil.client_secret is 'Secrets of clients, two while one takes the place of the other; read before an employer is known, like their clients.';
comment on column peil.client_secret.employer_id is 'The employer of the client; null: it is the operator''s.';
comment on column peil.client_secret.client_id is 'The client.';
comment on column peil.client_secret.secret_id is 'Version 7 UUID.';
comment on column peil.client_secret.digest is 'SHA-256 of the secret, which is random and 256 bits long.';
comment on column peil.client_secret.created_at is 'When it was made, in real time.';
comment on column peil.client_secret.expires_at is 'From when it proves nothing, in real time; null: as long as the client is active.';

create table peil.used_assertion (
  employer_id uuid,
  client_id uuid not null,
  jti_digest bytea not null,
  expires_at timestamptz not null,
  constraint used_assertion_pkey primary key (client_id, jti_digest),
  constraint used_assertion_client_fkey foreign key (client_id) references peil.client (client_id)
);

create index used_assertion_expires_idx on peil.used_assertion (expires_at);

comment on table peil.used_assertion is 'JWTs by which clients have proven themselves and which are not over yet: each counts once.';
comment on column peil.used_assertion.employer_id is 'The employer of the client; null: it is the operator''s.';
comment on column peil.used_assertion.client_id is 'The client.';
comment on column peil.used_assertion.jti_digest is 'SHA-256 of the jti.';
comment on column peil.used_assertion.expires_at is 'From when the JWT itself is refused, in real time; then it is forgotten.';

alter table peil.client add column public boolean not null default false;
alter table peil.client add column keys jsonb not null default '[]';

insert into peil.client_secret (employer_id, client_id, secret_id, digest, created_at)
select
  employer_id,
  client_id,
  gen_random_uuid(),
  secret_digest,
  created_at
from peil.client
where secret_digest is not null;
update peil.client
set public = secret_digest is null;

alter table peil.client alter column public drop default;
alter table peil.client alter column keys drop default;
alter table peil.client drop constraint client_public_check;
alter table peil.client drop column secret_digest;
alter table peil.client
add constraint client_public_check check (not public or (roles = '{}' and origins <> '{}' and keys = '[]'));

comment on column peil.client.public is 'True: it runs in a browser and has neither a secret nor a key nor a role.';
comment on column peil.client.keys is 'Public keys of its assertions, as RFC 7517 writes them; empty: it proves itself by a secret, or not at all.';

alter table peil.client_secret enable row level security;
alter table peil.client_secret force row level security;
alter table peil.used_assertion enable row level security;
alter table peil.used_assertion force row level security;

create policy tenant on peil.client_secret
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );
create policy tenant on peil.used_assertion
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );

grant select, insert on peil.client_secret to peil_api;
grant update (expires_at) on peil.client_secret to peil_api;
grant select, insert on peil.used_assertion to peil_api;
grant select, delete on peil.used_assertion to peil_worker;
grant select on peil.client_secret, peil.used_assertion to peil_backup;

-- migrate: rollback

drop table peil.used_assertion;
alter table peil.client add column secret_digest bytea;
update peil.client
set secret_digest = (
  select secret.digest
  from peil.client_secret as secret
  where secret.client_id = client.client_id
  order by secret.secret_id desc
  limit 1
);
delete from peil.client
where
  secret_digest is null
  and not public;
drop table peil.client_secret;
alter table peil.client drop constraint client_public_check;
alter table peil.client drop column public;
alter table peil.client drop column keys;
alter table peil.client
add constraint client_public_check check (secret_digest is not null or (roles = '{}' and origins <> '{}'));
comment on column peil.client.secret_digest is 'SHA-256 of the secret, which is random and 256 bits long; null: a public client, which runs in a browser and has neither a secret nor a role.';

-- tokens that are bound to a key, and clients that take no others
-- depends: 0034_pre_vendor_feed

-- migrate: apply

create table peil.used_proof (
  employer_id uuid,
  proof_digest bytea not null,
  expires_at timestamptz not null,
  constraint used_proof_pkey primary key (proof_digest)
);

create index used_proof_expires_idx on peil.used_proof (expires_at);

comment on table peil.used_proof is 'JWTs by which whoever sends a bound token has proven to hold its key (DPoP): each counts once.';
comment on column peil.used_proof.employer_id is 'The employer of the client or the person; null: it is the operator''s, or a vendor''s own.';
comment on column peil.used_proof.proof_digest is 'SHA-256 of the thumbprint of the key and the jti; it names neither a token nor a person.';
comment on column peil.used_proof.expires_at is 'From when it is forgotten, in real time: the end of the ten minutes after which the JWT itself is refused, so that nothing tells when a request came.';

alter table peil.client add column dpop_bound boolean not null default false;
alter table peil.client alter column dpop_bound drop default;

comment on column peil.client.dpop_bound is 'True: it gets tokens for a key that it proves to hold, and no others.';

alter table peil.used_proof enable row level security;
alter table peil.used_proof force row level security;

create policy tenant on peil.used_proof
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );

grant select, insert on peil.used_proof to peil_api;
grant select, delete on peil.used_proof to peil_worker;
grant select on peil.used_proof to peil_backup;

-- migrate: rollback

drop table peil.used_proof;
alter table peil.client drop column dpop_bound;

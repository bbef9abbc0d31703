-- tokens that end before their time, because who has them signs off
-- depends: 0035_pre_dpop

-- migrate: apply

create table peil.revoked_token (
  employer_id uuid,
  jti_digest bytea not null,
  expires_at timestamptz not null,
  constraint revoked_token_pkey primary key (jti_digest)
);

create index revoked_token_expires_idx on peil.revoked_token (expires_at);

comment on table peil.revoked_token is 'Access tokens of ours that their client has ended before their time; looked at whenever a process looks a token up.';
comment on column peil.revoked_token.employer_id is 'The employer of the client; null: it is the operator''s, or a vendor''s own.';
comment on column peil.revoked_token.jti_digest is 'SHA-256 of the jti, which is random; it names no person.';
comment on column peil.revoked_token.expires_at is 'From when the token itself is refused, in real time; then it is forgotten.';

alter table peil.revoked_token enable row level security;
alter table peil.revoked_token force row level security;

create policy tenant on peil.revoked_token
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or current_setting('app.service', true) = 'on'
  );

grant select, insert on peil.revoked_token to peil_api;
grant select, delete on peil.revoked_token to peil_worker;
grant select on peil.revoked_token to peil_backup;

-- migrate: rollback

drop table peil.revoked_token;

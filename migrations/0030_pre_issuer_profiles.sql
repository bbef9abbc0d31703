-- issuers by product and tenant, whose keys can be found by discovery; how often nobody of the directory signed in
-- depends: 0029_pre_client_secrets

-- migrate: apply

alter table peil.issuer add column profile text not null default 'generic';
alter table peil.issuer alter column profile drop default;
alter table peil.issuer add column tenant jsonb;
alter table peil.issuer alter column jwks_url drop not null;
alter table peil.issuer
add constraint issuer_profile_check check (profile in ('generic', 'entra', 'okta', 'keycloak', 'google'));

comment on column peil.issuer.profile is 'The product that issues the tokens: generic, entra, okta, keycloak or google.';
comment on column peil.issuer.tenant is 'Claim and value by which a token is this employer''s and not another''s of the same issuer and audience; null: all are.';
comment on column peil.issuer.jwks_url is 'Where its public keys are fetched; null: where its discovery document says.';

drop index peil.issuer_active_key;
create unique index issuer_active_key on peil.issuer (issuer, audience, coalesce(tenant ->> 'value', ''))
where state = 'active';

grant update (
  profile, jwks_url, algorithms, identity_claim, directory_attribute, role_claim, role_mapping, origins, inline_form_by
) on peil.issuer to peil_api;

create table peil.unknown_sign_in (
  employer_id uuid not null,
  issuer_id uuid not null,
  "on" date not null,
  count integer not null,
  constraint unknown_sign_in_pkey primary key (employer_id, issuer_id, "on"),
  constraint unknown_sign_in_count_check check (count > 0),
  constraint unknown_sign_in_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.unknown_sign_in is 'How often somebody signed in with a good token whom the directory does not know; never who.';
comment on column peil.unknown_sign_in.employer_id is 'The employer.';
comment on column peil.unknown_sign_in.issuer_id is 'The issuer of the token.';
comment on column peil.unknown_sign_in."on" is 'The day, in real time.';
comment on column peil.unknown_sign_in.count is 'How often.';

alter table peil.unknown_sign_in enable row level security;
alter table peil.unknown_sign_in force row level security;

create policy tenant on peil.unknown_sign_in
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, delete on peil.unknown_sign_in to peil_api;
grant update (count) on peil.unknown_sign_in to peil_api;
grant select on peil.unknown_sign_in to peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.unknown_sign_in;
revoke update (
  profile, jwks_url, algorithms, identity_claim, directory_attribute, role_claim, role_mapping, origins, inline_form_by
) on peil.issuer from peil_api;
delete from peil.issuer
where
  jwks_url is null
  or tenant is not null;
drop index peil.issuer_active_key;
create unique index issuer_active_key on peil.issuer (issuer, audience) where state = 'active';
alter table peil.issuer alter column jwks_url set not null;
alter table peil.issuer drop constraint issuer_profile_check;
alter table peil.issuer drop column tenant;
alter table peil.issuer drop column profile;
comment on column peil.issuer.jwks_url is 'Where its public keys are fetched.';

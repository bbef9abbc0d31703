-- clients that run in a browser, and where the pages are that show a client's widgets
-- depends: 0024_pre_colours

-- migrate: apply

alter table peil.client add column origins text[] not null default '{}';
alter table peil.client alter column origins drop default;
alter table peil.client alter column secret_digest drop not null;
alter table peil.client
add constraint client_public_check check (secret_digest is not null or (roles = '{}' and origins <> '{}'));

comment on column peil.client.origins is 'Where the pages are that may use the widget tokens it has made, as browsers write origins; empty: none.';
comment on column peil.client.secret_digest is 'SHA-256 of the secret, which is random and 256 bits long; null: a public client, which runs in a browser and has neither a secret nor a role.';

-- migrate: rollback

delete from peil.client
where secret_digest is null;
alter table peil.client drop constraint client_public_check;
alter table peil.client alter column secret_digest set not null;
alter table peil.client drop column origins;
comment on column peil.client.secret_digest is 'SHA-256 of the secret, which is random and 256 bits long.';

-- a secret of one employer cannot stand under a client of another's, whoever writes it: a foreign key looks past row-level security
-- depends: 0036_pre_revoked_token

-- migrate: apply

alter table peil.client add constraint client_employer_key unique (employer_id, client_id);
-- The same columns in the same order.
drop index peil.client_employer_idx;

-- Of the operator's clients, which have no employer, the key on the client alone says enough.
alter table peil.client_secret
  add constraint client_secret_employer_fkey foreign key (employer_id, client_id)
  references peil.client (employer_id, client_id);

alter table peil.used_assertion
  add constraint used_assertion_employer_fkey foreign key (employer_id, client_id)
  references peil.client (employer_id, client_id);

-- migrate: rollback

alter table peil.used_assertion drop constraint used_assertion_employer_fkey;
alter table peil.client_secret drop constraint client_secret_employer_fkey;
create index client_employer_idx on peil.client (employer_id, client_id);
alter table peil.client drop constraint client_employer_key;

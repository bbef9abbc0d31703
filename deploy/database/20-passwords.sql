-- Gives the roles that serve a password, and the database to its owner; run once by psql, after roles.sql.
-- The passwords come from the environment; one that is missing stops the server's first start.
\set ON_ERROR_STOP on
\getenv owner OWNER_PASSWORD
\getenv api API_PASSWORD
\getenv intake INTAKE_PASSWORD
\getenv worker WORKER_PASSWORD
\getenv moderator MODERATOR_PASSWORD

alter role peil_owner
  password :'owner';
alter role peil_api
  password :'api';
alter role peil_intake
  password :'intake';
alter role peil_worker
  password :'worker';
alter role peil_moderator
  password :'moderator';

alter database :DBNAME
  owner to peil_owner;

-- on which database server a wave takes answers
-- depends: 0017_pre_origins

-- migrate: apply

alter table intake.open_wave add column server_started_at timestamptz;

comment on column intake.open_wave.server_started_at is 'The database server on which answers are taken, by pg_postmaster_start_time(): the one on which the worker has closed again what the key store knows to be closed. A standby that takes over has another moment, and so has a restored database; null: none yet.';

-- migrate: rollback

alter table intake.open_wave drop column server_started_at;

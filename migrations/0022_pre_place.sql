-- in which database of that server a wave takes answers
-- depends: 0021_pre_key_faults

-- migrate: apply

alter table intake.open_wave add column place text;

comment on column intake.open_wave.place is 'The database on that server in which answers are taken: the oids of the database and of this table. One that was restored beside it or in its stead has others; null: none yet.';

-- migrate: rollback

alter table intake.open_wave drop column place;

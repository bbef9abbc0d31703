-- a token's line is written among others of its group, found without reading the whole group
-- depends: 0018_pre_server

-- migrate: apply

create index invitation_group_idx on participation.invitation (employer_id, wave_id, key_id, person_id);
drop index participation.invitation_key_idx;

-- migrate: rollback

create index invitation_key_idx on participation.invitation (employer_id, wave_id, key_id);
drop index participation.invitation_group_idx;

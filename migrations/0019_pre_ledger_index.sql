-- a token's line is written among those of others who have one, found without reading the whole group
-- depends: 0018_pre_server

-- migrate: apply

create index invitation_issued_idx on participation.invitation (employer_id, wave_id, key_id, person_id)
  where issued_on is not null;

-- migrate: rollback

drop index participation.invitation_issued_idx;

-- a user name is one person's only, whatever its case, as SCIM compares it
-- depends: 0043_pre_vendors_end

-- migrate: apply

-- Where two people have the same one in another case this stops, and names it: who of them has it is HR's to say.
alter table peil.person drop constraint person_user_name_key;
drop index peil.person_user_name_idx;
create unique index person_user_name_key on peil.person (employer_id, lower(user_name));

comment on column peil.person.user_name is 'Immutable name at the identity provider, in whatever case; null: not known.';

-- migrate: rollback

comment on column peil.person.user_name is 'Immutable name at the identity provider; null: not known.';
drop index peil.person_user_name_key;
create index person_user_name_idx on peil.person (employer_id, lower(user_name));
alter table peil.person add constraint person_user_name_key unique (employer_id, user_name);

-- what messages and populations need to know of people
-- depends: 0010_pre_actions

-- migrate: apply

alter table peil.person add column email text;
alter table peil.person add column language text;
alter table peil.person add column employment_type text;
alter table peil.person add column absent boolean not null default false;

comment on column peil.person.email is 'Where messages go; null: nowhere.';
comment on column peil.person.language is 'BCP 47 tag of the language of messages; null: the employer''s.';
comment on column peil.person.employment_type is 'In the employer''s own words; null: not known.';
comment on column peil.person.absent is 'True: away for long, and therefore not invited to a wave. Never why.';

-- migrate: rollback

alter table peil.person drop column email, drop column language, drop column employment_type, drop column absent;

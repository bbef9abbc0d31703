-- whoever had left already is erased too; the program that wrote the rest has ended
-- depends: 0038_pre_people_and_audit

-- migrate: apply

update peil.person as person
set erase_at = scim.erase_at
from peil.scim_user as scim
where
  scim.employer_id = person.employer_id
  and scim.person_id = person.person_id
  and scim.deleted_at is not null
  and not person.active
  and person.erase_at is null
  and person.external_id <> 'erased-' || person.person_id::text;

delete from peil.due where kind = 'erase_person';

-- The job begins with giving whoever left without a term the whole of it.
insert into peil.due as due (employer_id, kind, subject, at, attempts)
select
  employer_id,
  'erase_people',
  '00000000-0000-0000-0000-000000000000',
  'epoch',
  0
from peil.person
where not active
group by employer_id
on conflict (employer_id, kind, subject)
do update set at = least(due.at, excluded.at);

alter table peil.unit alter column modified_at drop default;
alter table peil.person alter column modified_at drop default;
alter table peil.scim_connection alter column erase_inactive_after drop default;
alter table peil.scim_user drop column erase_at;

-- migrate: rollback

alter table peil.scim_user add column erase_at timestamptz;
comment on column peil.scim_user.erase_at is 'When what names the person is erased; null: nothing is to be.';
alter table peil.scim_connection alter column erase_inactive_after set default 365;
alter table peil.person alter column modified_at set default 'epoch';
alter table peil.unit alter column modified_at set default 'epoch';

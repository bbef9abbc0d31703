-- the day on which somebody is to leave is kept with the person, whatever becomes of the memberships
-- depends: 0049_pre_user_names

-- migrate: apply

alter table peil.person add column leaves_on date;
alter table peil.person add column switched_off boolean not null default false;

comment on column peil.person.leaves_on is 'The first day on which who was active until then is not; a day that is over says nothing more; null: no such day was said.';
comment on column peil.person.switched_off is 'True: has left before the day in leaves_on, which holds again for who comes back before it.';
comment on column peil.person.active is 'False: has left, or leaves on the day in leaves_on.';

-- Until now only the memberships said so, the last of which ends on that day.
update peil.person as person
set leaves_on = (
  select max(membership.valid_to)
  from peil.membership as membership
  where
    membership.employer_id = person.employer_id
    and membership.person_id = person.person_id
    and membership.role = 'member'
)
where not person.active;

grant update (leaves_on, switched_off) on peil.person to peil_worker;

-- migrate: rollback

revoke update (leaves_on, switched_off) on peil.person from peil_worker;
comment on column peil.person.active is 'False after leaving; such a person is not invited and cannot sign in.';
alter table peil.person drop column switched_off;
alter table peil.person drop column leaves_on;

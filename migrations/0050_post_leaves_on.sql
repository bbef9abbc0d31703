-- whoever was given a day to leave by the program that wrote none has it too; that program has ended
-- depends: 0050_pre_leaves_on

-- migrate: apply

update peil.person as person
set leaves_on = (
  select max(membership.valid_to)
  from peil.membership as membership
  where
    membership.employer_id = person.employer_id
    and membership.person_id = person.person_id
    and membership.role = 'member'
)
where
  not person.active
  and person.leaves_on is null;

-- migrate: rollback

-- The memberships say it too.
select 1;

-- whoever loses the last unit through SCIM counts among those who disappear
-- depends: 0043_pre_vendors_end

-- migrate: apply

alter table peil.scim_user add column unplaced_on date;

comment on column peil.scim_user.unplaced_on is 'The last day on which SCIM took away the last unit of the person; null: it never did.';
comment on column peil.scim_user.left_on is 'The day SCIM switched the person off; null: it did not, or switched the person on again.';

-- migrate: rollback

comment on column peil.scim_user.left_on is 'The day SCIM ended the memberships; null: it did not, or began them again.';
alter table peil.scim_user drop column unplaced_on;

-- an index that cannot be mistaken for the primary key while a wave is opened
-- depends: 0027_pre_written

-- migrate: apply

-- Each invitation looks up its group by the primary key. Before there are statistics, two indexes that begin with the
-- same two columns cost the planner the same, and it chose the other: all groups read for each person, a minute for
-- 80,000 people.

alter table participation.reporting_group
  drop constraint reporting_group_unit_key,
  add constraint reporting_group_unit_key unique (employer_id, unit_id, wave_id);

-- migrate: rollback

alter table participation.reporting_group
  drop constraint reporting_group_unit_key,
  add constraint reporting_group_unit_key unique (employer_id, wave_id, unit_id);

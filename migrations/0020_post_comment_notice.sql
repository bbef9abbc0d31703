-- the program that wrote it has ended
-- depends: 0020_pre_support_routes

-- migrate: apply

update intake.open_wave
set support_routes = comment_notice -> 'supportRoutes'
where comment_notice is not null;

alter table intake.open_wave
  alter column support_routes drop default,
  drop column comment_notice;

-- migrate: rollback

alter table intake.open_wave
  alter column support_routes set default '[]',
  add column comment_notice jsonb;

comment on column intake.open_wave.comment_notice is 'What is said where comments are asked, with the support routes of that day; null: none are asked.';

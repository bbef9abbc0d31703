-- support routes with every wave, whether or not it asks for comments
-- depends: 0019_pre_ledger_index

-- migrate: apply

alter table intake.open_wave add column support_routes jsonb not null default '[]';

comment on column intake.open_wave.support_routes is 'Where people can turn to, as it stood when the wave was frozen; an array, empty where the employer had named nothing.';

update intake.open_wave
set support_routes = comment_notice -> 'supportRoutes'
where comment_notice is not null;

-- migrate: rollback

alter table intake.open_wave drop column support_routes;

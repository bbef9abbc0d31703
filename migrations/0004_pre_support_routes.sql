-- support routes
-- depends: 0003_pre_answers

-- migrate: apply

create table peil.support_route (
  employer_id uuid not null,
  support_route_id uuid not null,
  kind text not null,
  name text not null,
  contact text not null,
  explanation jsonb,
  valid_until date,
  constraint support_route_pkey primary key (employer_id, support_route_id),
  constraint support_route_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

comment on table peil.support_route is 'Where an employee can turn to.';
comment on column peil.support_route.employer_id is 'The employer.';
comment on column peil.support_route.support_route_id is 'Version 7 UUID.';
comment on column peil.support_route.kind is 'Such as confidential-adviser or reporting-route.';
comment on column peil.support_route.name is 'Who or what it is.';
comment on column peil.support_route.contact is 'How to reach it.';
comment on column peil.support_route.explanation is 'What it is for, a text per language; null: nothing more to say.';
comment on column peil.support_route.valid_until is 'First day it is no more; null: no end known.';

alter table peil.support_route enable row level security;
alter table peil.support_route force row level security;

create policy tenant on peil.support_route
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update, delete on peil.support_route to peil_api;
grant select on peil.support_route to peil_worker, peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.support_route;

-- who keeps a directory beside this one asks what has changed; who has left is erased; the operator reads its own deeds
-- depends: 0037_pre_clients_stay_apart

-- migrate: apply

-- The program that runs until then writes no such moment.
alter table peil.unit add column modified_at timestamptz not null default 'epoch';
alter table peil.person add column modified_at timestamptz not null default 'epoch';
alter table peil.person add column erase_at timestamptz;

comment on column peil.unit.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.person.modified_at is 'When the person or a membership was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.person.erase_at is 'When what names the person is erased; null: is active, or is erased already.';

create index person_erase_at_idx on peil.person (employer_id, erase_at) where erase_at is not null;

alter table peil.scim_connection add column erase_inactive_after integer not null default 365;

comment on column peil.scim_connection.erase_inactive_after is 'Days between a user being switched off and the erasure of what names the person.';

grant update (modified_at, erase_at) on peil.person to peil_worker;
grant update (modified_at) on peil.unit to peil_worker;

-- What an employer sees of it stays; the operator sees what operators did, for whichever employer.
drop policy tenant on peil.audit;
create policy tenant on peil.audit
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (current_setting('app.service', true) = 'on' and actor_kind = 'operator')
  );

create index audit_actor_idx on peil.audit (actor_id, audit_id);

-- Nobody who writes a row gives it a place in the chain, but the worker, afterwards.
revoke insert on peil.audit from peil_api, peil_moderator, peil_worker;
grant insert (employer_id, audit_id, at, actor_kind, actor_id, event, subject)
  on peil.audit
  to peil_api, peil_moderator, peil_worker;

comment on column peil.audit.actor_kind is 'client, operator (a client of the operator), person, provisioning (a SCIM connection) or worker.';

-- migrate: rollback

comment on column peil.audit.actor_kind is 'client, person, provisioning (a SCIM connection) or worker.';
revoke insert (employer_id, audit_id, at, actor_kind, actor_id, event, subject)
  on peil.audit
  from peil_api, peil_moderator, peil_worker;
grant insert on peil.audit to peil_api, peil_moderator, peil_worker;
drop index peil.audit_actor_idx;
drop policy tenant on peil.audit;
create policy tenant on peil.audit
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
revoke update (modified_at) on peil.unit from peil_worker;
revoke update (modified_at, erase_at) on peil.person from peil_worker;
alter table peil.scim_connection drop column erase_inactive_after;
alter table peil.person drop column erase_at, drop column modified_at;
alter table peil.unit drop column modified_at;

-- who withdraws a consent
-- depends: 0004_pre_support_routes

-- migrate: apply

alter table peil.precondition add column withdrawn_by text;

comment on column peil.precondition.withdrawn_by is 'works-council, or employer where HR took its own entry back; null: it stands.';

-- Until now it was not kept who withdrew an entry of the employer; what the council entered only the council could.
update peil.precondition
set withdrawn_by = entered_by
where withdrawn_at is not null;

grant update (withdrawn_by) on peil.precondition to peil_api;

-- migrate: rollback

alter table peil.precondition drop column withdrawn_by;

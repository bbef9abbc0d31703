-- the trails of vendors that are there already begin too; the program that wrote none of it has ended
-- depends: 0045_pre_vendor_trail

-- migrate: apply

-- Vendors and the operator's clients were always made by the operator, at a moment that is kept; by which of its
-- clients is not. Their ids are of version 7 and of that moment as well.
insert into peil.vendor_audit (vendor_id, audit_id, at, actor_kind, actor_id, event, subject)
select
  vendor_id,
  vendor_id,
  created_at,
  'operator',
  '00000000-0000-0000-0000-000000000000',
  'create_vendor',
  'vendors/' || vendor_id
from peil.vendor as vendor
where
  not exists (
    select
    from peil.vendor_audit as audit
    where
      audit.vendor_id = vendor.vendor_id
      and audit.event = 'create_vendor'
  );

insert into peil.vendor_audit (vendor_id, audit_id, at, actor_kind, actor_id, event, subject)
select
  '00000000-0000-0000-0000-000000000000',
  client_id,
  created_at,
  'operator',
  '00000000-0000-0000-0000-000000000000',
  'create_operator_client',
  'clients/' || client_id
from peil.client as client
where
  employer_id is null
  and vendor_id is null
  and not exists (
    select
    from peil.vendor_audit as audit
    where
      audit.vendor_id = '00000000-0000-0000-0000-000000000000'
      and audit.event = 'create_operator_client'
      and audit.subject = 'clients/' || client.client_id
  );

-- Copies of what is another vendor's.
delete from peil.vendor_event as event
where
  (starts_with(subject, 'vendors/') and subject <> 'vendors/' || vendor_id)
  or exists (
    select
    from peil.client as client
    where
      client.employer_id = event.employer_id
      and client.vendor_id <> event.vendor_id
      and event.subject = 'clients/' || client.client_id
  )
  or exists (
    select
    from peil.scim_connection as connection
    where
      connection.employer_id = event.employer_id
      and connection.made_by <> event.vendor_id
      and event.subject = 'scim-connections/' || connection.connection_id
  );

-- migrate: rollback

-- What was deleted was for nobody; what was added is true as well without this migration.
select 1;

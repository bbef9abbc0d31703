-- an audit trail of vendors and of the operator's own matters; audit trails are asked by resource and by event
-- depends: 0043_pre_vendors_end

-- migrate: apply

create table peil.vendor_audit (
  vendor_id uuid not null,
  audit_id uuid not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id uuid not null,
  event text not null,
  subject text not null,
  position bigint,
  hash bytea,
  constraint vendor_audit_pkey primary key (vendor_id, audit_id),
  constraint vendor_audit_position_key unique (vendor_id, position),
  constraint vendor_audit_chain_check check ((position is null) = (hash is null))
);

comment on table peil.vendor_audit is 'Who did what to a vendor, to its own clients or to the operator''s: one row per change, in the transaction of the change. No employer is concerned.';
comment on column peil.vendor_audit.vendor_id is 'The vendor concerned; the zero UUID: none, it is the operator''s own matter.';
comment on column peil.vendor_audit.audit_id is 'Version 7 UUID.';
comment on column peil.vendor_audit.at is 'When, in real time.';
comment on column peil.vendor_audit.actor_kind is 'client (one of the vendor''s own) or operator.';
comment on column peil.vendor_audit.actor_id is 'Opaque id of the client; the zero UUID for the operator on its own machine, where nobody signs in.';
comment on column peil.vendor_audit.event is 'Name of the operation.';
comment on column peil.vendor_audit.subject is 'What it was done to: kind/id.';
comment on column peil.vendor_audit.position is 'Place in the chain of this vendor, or of the operator; null until the worker has chained it.';
comment on column peil.vendor_audit.hash is 'SHA-256 over the previous hash and this row; null until the worker has chained it.';

-- What the worker looks for each second, and finds empty.
create index vendor_audit_unchained_idx on peil.vendor_audit (vendor_id) where position is null;
create index vendor_audit_operator_idx
on peil.vendor_audit (audit_id)
where actor_kind = 'operator' or vendor_id = '00000000-0000-0000-0000-000000000000';

alter table peil.vendor_audit enable row level security;
alter table peil.vendor_audit force row level security;

-- A vendor sees its own trail whole; the operator what it did, and its own matters; the worker what it chains.
create policy tenant on peil.vendor_audit
  using (
    vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
    or (
      current_setting('app.service', true) = 'on'
      and (
        current_user = 'peil_worker'
        or actor_kind = 'operator'
        or vendor_id = '00000000-0000-0000-0000-000000000000'
      )
    )
  );

grant select on peil.vendor_audit to peil_api, peil_worker, peil_readonly, peil_backup;
grant insert (vendor_id, audit_id, at, actor_kind, actor_id, event, subject) on peil.vendor_audit to peil_api;
grant update (position, hash) on peil.vendor_audit to peil_worker;

comment on column peil.audit.actor_id is 'Opaque id of the client, person or connection; the zero UUID for the worker.';

-- By resource `waves/1` are meant that one and what belongs to it: a range of texts, byte by byte.
create index audit_subject_idx on peil.audit (employer_id, subject collate "C");
create index audit_event_idx on peil.audit (employer_id, event);
-- What the operator did, whichever of its clients it was.
create index audit_operator_idx on peil.audit (audit_id) where actor_kind = 'operator';

-- The feed of a vendor leaves out what another one made at the employer.
grant select (employer_id, client_id, vendor_id) on peil.client to peil_worker;

-- migrate: rollback

revoke select (employer_id, client_id, vendor_id) on peil.client from peil_worker;
drop index peil.audit_operator_idx;
drop index peil.audit_event_idx;
drop index peil.audit_subject_idx;
comment on column peil.audit.actor_id is 'Opaque id of the client or person; the zero UUID for the worker.';
drop table peil.vendor_audit;

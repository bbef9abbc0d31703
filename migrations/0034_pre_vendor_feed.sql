-- one feed for a vendor over all its employers
-- depends: 0033_pre_vendors

-- migrate: apply

alter table peil.vendor add column position bigint not null default 0;
alter table peil.vendor alter column position drop default;

comment on column peil.vendor.position is 'Place of the last event in its feed; who adds to the feed holds the row, so that readers never miss one.';

create table peil.vendor_event (
  employer_id uuid not null,
  vendor_id uuid not null,
  event_id uuid not null,
  position bigint not null,
  at timestamptz not null,
  type text not null,
  subject text not null,
  state text,
  constraint vendor_event_pkey primary key (employer_id, vendor_id, event_id),
  constraint vendor_event_employer_fkey foreign key (employer_id) references peil.employer (employer_id)
);

create index vendor_event_position_idx on peil.vendor_event (vendor_id, position);

comment on table peil.vendor_event is 'Events of all employers of a vendor in one order, copied when they get their place in the employer''s feed.';
comment on column peil.vendor_event.employer_id is 'The employer concerned.';
comment on column peil.vendor_event.vendor_id is 'The vendor, whose link was active then.';
comment on column peil.vendor_event.event_id is 'The CloudEvents id.';
comment on column peil.vendor_event.position is 'Place in the vendor''s feed.';
comment on column peil.vendor_event.at is 'When, by the employer''s clock.';
comment on column peil.vendor_event.type is 'Name in the event catalogue.';
comment on column peil.vendor_event.subject is 'What it is about: kind/id.';
comment on column peil.vendor_event.state is 'State of the subject after the event; null: it has none.';

alter table peil.vendor_event enable row level security;
alter table peil.vendor_event force row level security;

create policy tenant on peil.vendor_event
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
  )
  with check (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select on peil.vendor_event to peil_api;
grant select, insert on peil.vendor_event to peil_worker;
grant select on peil.vendor_link, peil.vendor to peil_worker;
grant update (position) on peil.vendor to peil_worker;
grant select on peil.vendor_event to peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.vendor_event;
revoke select on peil.vendor_link, peil.vendor from peil_worker;
revoke update (position) on peil.vendor from peil_worker;
alter table peil.vendor drop column position;

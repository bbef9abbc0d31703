-- where events are pushed to, by employer and by vendor, and what became of each delivery
-- depends: 0043_pre_vendors_end

-- migrate: apply

alter table peil.event add column made_by uuid;

comment on column peil.event.made_by is 'The vendor that made the webhook endpoint which it is about, and which alone of all vendors hears of it; null: none, or it is about something else.';

create table peil.webhook_endpoint (
  endpoint_id uuid not null,
  employer_id uuid,
  vendor_id uuid,
  url text not null,
  types text[] not null,
  state text not null,
  disabled_for text,
  created_at timestamptz not null,
  verified_at timestamptz,
  disabled_at timestamptz,
  constraint webhook_endpoint_pkey primary key (endpoint_id),
  constraint webhook_endpoint_employer_key unique (employer_id, endpoint_id),
  constraint webhook_endpoint_state_check check (state in ('waiting', 'active', 'disabled')),
  constraint webhook_endpoint_owner_check check (employer_id is not null or vendor_id is not null),
  constraint webhook_endpoint_disabled_check check (
    (state = 'disabled') = (disabled_at is not null) and (state = 'disabled') = (disabled_for is not null)
  ),
  constraint webhook_endpoint_reason_check check (disabled_for in ('gone', 'failing', 'link-ended')),
  constraint webhook_endpoint_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint webhook_endpoint_vendor_fkey foreign key (vendor_id) references peil.vendor (vendor_id)
);

create unique index webhook_endpoint_vendor_key on peil.webhook_endpoint (vendor_id) where employer_id is null;

comment on table peil.webhook_endpoint is 'Where events are pushed to: of an employer, or the one of a vendor for all employers that let it act.';
comment on column peil.webhook_endpoint.endpoint_id is 'Version 7 UUID.';
comment on column peil.webhook_endpoint.employer_id is 'The employer whose events go there; null: it is a vendor''s own.';
comment on column peil.webhook_endpoint.vendor_id is 'Of a vendor''s own endpoint the vendor; of an employer''s the vendor that made it, with whose link it ends; null: none.';
comment on column peil.webhook_endpoint.url is 'https, on the internet.';
comment on column peil.webhook_endpoint.types is 'Names of the event catalogue that go there; empty: all.';
comment on column peil.webhook_endpoint.state is 'waiting until the receiver has agreed, active, or disabled until it agrees again.';
comment on column peil.webhook_endpoint.disabled_for is 'gone: it answered 410; failing: nothing was taken for days; link-ended: the vendor that made it may act no more; null: it is not disabled.';
comment on column peil.webhook_endpoint.created_at is 'When it was created, in real time.';
comment on column peil.webhook_endpoint.verified_at is 'When the receiver last agreed, in real time; null: it never has.';
comment on column peil.webhook_endpoint.disabled_at is 'When it was disabled, in real time; null: it is not.';

create table peil.webhook_secret (
  secret_id uuid not null,
  endpoint_id uuid not null,
  employer_id uuid,
  vendor_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz,
  constraint webhook_secret_pkey primary key (secret_id),
  constraint webhook_secret_endpoint_fkey foreign key (endpoint_id)
  references peil.webhook_endpoint (endpoint_id),
  -- Of a vendor's own endpoint, which has no employer, the key on the endpoint alone says enough.
  constraint webhook_secret_employer_fkey foreign key (employer_id, endpoint_id)
  references peil.webhook_endpoint (employer_id, endpoint_id)
);

create index webhook_secret_endpoint_idx on peil.webhook_secret (endpoint_id, secret_id);

comment on table peil.webhook_secret is 'By which secrets deliveries are signed: the secret itself is derived from its id and the service''s secret, and stands nowhere.';
comment on column peil.webhook_secret.secret_id is 'Version 4 UUID.';
comment on column peil.webhook_secret.endpoint_id is 'The endpoint.';
comment on column peil.webhook_secret.employer_id is 'The employer of the endpoint; null: it is a vendor''s own.';
comment on column peil.webhook_secret.vendor_id is 'The vendor of the endpoint, as it stands there; null: none.';
comment on column peil.webhook_secret.created_at is 'When it was made, in real time.';
comment on column peil.webhook_secret.expires_at is 'When it signs no more, in real time; null: no end is set.';

create table peil.delivery (
  employer_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  vendor_id uuid,
  subject text not null,
  position bigint not null,
  state text not null,
  attempts integer not null,
  created_at timestamptz not null,
  next_at timestamptz,
  last_at timestamptz,
  outcome text,
  status integer,
  constraint delivery_pkey primary key (employer_id, endpoint_id, event_id),
  constraint delivery_state_check check (state in ('waiting', 'delivered', 'failed')),
  constraint delivery_next_check check ((state = 'waiting') = (next_at is not null)),
  constraint delivery_event_fkey foreign key (employer_id, event_id) references peil.event (employer_id, event_id)
);

create index delivery_waiting_idx
on peil.delivery (employer_id, endpoint_id, position)
where state = 'waiting';
create index delivery_subject_idx
on peil.delivery (employer_id, endpoint_id, subject, position)
where state = 'waiting';
create index delivery_endpoint_idx on peil.delivery (employer_id, endpoint_id, position);
create index delivery_failed_idx on peil.delivery (employer_id, position) where state = 'failed';
create index delivery_vendor_idx on peil.delivery (vendor_id, employer_id, position);

comment on table peil.delivery is 'What became of each event at each endpoint: one row for the two, kept for 30 days after it ended.';
comment on column peil.delivery.employer_id is 'The employer concerned.';
comment on column peil.delivery.endpoint_id is 'The endpoint, of the employer or of a vendor.';
comment on column peil.delivery.event_id is 'The event; also the webhook-id that is the same in every attempt.';
comment on column peil.delivery.vendor_id is 'The vendor whose own endpoint it is; null: it is the employer''s.';
comment on column peil.delivery.subject is 'What the event is about: of one subject the next goes when the one before has ended.';
comment on column peil.delivery.position is 'Place of the event in the employer''s feed.';
comment on column peil.delivery.state is 'waiting for its next attempt, delivered, or failed for good until it is replayed.';
comment on column peil.delivery.attempts is 'How often it was tried since it was created or replayed.';
comment on column peil.delivery.created_at is 'When it was created or last replayed, in real time.';
comment on column peil.delivery.next_at is 'When it is tried next, by the employer''s clock; null: it has ended.';
comment on column peil.delivery.last_at is 'When the last attempt began, in real time; null: not yet.';
comment on column peil.delivery.outcome is 'What the last attempt came to, in one word; null: there was none, or it is under way.';
comment on column peil.delivery.status is 'The HTTP status of the last answer; null: there was none.';

create table peil.delivery_attempt (
  employer_id uuid not null,
  endpoint_id uuid not null,
  event_id uuid not null,
  attempt_id uuid not null,
  vendor_id uuid,
  at timestamptz not null,
  outcome text not null,
  status integer,
  milliseconds integer not null,
  constraint delivery_attempt_pkey primary key (employer_id, endpoint_id, event_id, attempt_id),
  constraint delivery_attempt_delivery_fkey foreign key (employer_id, endpoint_id, event_id)
  references peil.delivery (employer_id, endpoint_id, event_id) on delete cascade
);

comment on table peil.delivery_attempt is 'Every attempt to deliver an event: when, and what it came to. Never what the receiver answered.';
comment on column peil.delivery_attempt.employer_id is 'The employer concerned.';
comment on column peil.delivery_attempt.endpoint_id is 'The endpoint.';
comment on column peil.delivery_attempt.event_id is 'The event.';
comment on column peil.delivery_attempt.attempt_id is 'Version 7 UUID.';
comment on column peil.delivery_attempt.vendor_id is 'As in the delivery.';
comment on column peil.delivery_attempt.at is 'When, in real time.';
comment on column peil.delivery_attempt.outcome is 'What it came to, in one word.';
comment on column peil.delivery_attempt.status is 'The HTTP status of the answer; null: there was none.';
comment on column peil.delivery_attempt.milliseconds is 'How long it took.';

alter table peil.webhook_endpoint enable row level security;
alter table peil.webhook_endpoint force row level security;
alter table peil.webhook_secret enable row level security;
alter table peil.webhook_secret force row level security;
alter table peil.delivery enable row level security;
alter table peil.delivery force row level security;
alter table peil.delivery_attempt enable row level security;
alter table peil.delivery_attempt force row level security;

-- A vendor's own endpoint belongs to no employer: the worker, which enters one employer at a time, delivers there too.
create policy tenant on peil.webhook_endpoint
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (
      employer_id is null
      and (
        vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
        or current_user = 'peil_worker'
        or current_setting('app.service', true) = 'on'
      )
    )
  );
create policy tenant on peil.webhook_secret
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or (
      employer_id is null
      and (vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid or current_user = 'peil_worker')
    )
  );
create policy tenant on peil.delivery
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
  )
  with check (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.delivery_attempt
  using (
    employer_id = nullif(current_setting('app.employer_id', true), '')::uuid
    or vendor_id = nullif(current_setting('app.vendor_id', true), '')::uuid
  )
  with check (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, delete on peil.webhook_endpoint to peil_api;
grant update (url, types, state, verified_at, disabled_at, disabled_for) on peil.webhook_endpoint to peil_api;
grant select, insert, delete on peil.webhook_secret to peil_api;
grant update (expires_at) on peil.webhook_secret to peil_api;
grant select, insert on peil.delivery to peil_api;
grant update (state, attempts, created_at, next_at, outcome, status) on peil.delivery to peil_api;
grant select on peil.delivery_attempt to peil_api;
grant select on peil.webhook_endpoint, peil.webhook_secret to peil_worker;
grant update (state, disabled_at, disabled_for) on peil.webhook_endpoint to peil_worker;
grant select, insert, update, delete on peil.delivery to peil_worker;
grant select, insert on peil.delivery_attempt to peil_worker;
grant select
  on peil.webhook_endpoint, peil.webhook_secret, peil.delivery, peil.delivery_attempt
  to peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.delivery_attempt;
drop table peil.delivery;
drop table peil.webhook_secret;
drop table peil.webhook_endpoint;
alter table peil.event drop column made_by;

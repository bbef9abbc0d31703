-- who keeps a copy of a list asks what has changed
-- depends: 0043_pre_vendors_end

-- migrate: apply

-- The program that runs until then writes no such moment.
alter table peil.action add column modified_at timestamptz not null default 'epoch';
alter table peil.activity add column modified_at timestamptz not null default 'epoch';
alter table peil.campaign add column modified_at timestamptz not null default 'epoch';
alter table peil.catalogue_entry add column modified_at timestamptz not null default 'epoch';
alter table peil.client add column modified_at timestamptz not null default 'epoch';
alter table peil.client_secret add column modified_at timestamptz not null default 'epoch';
alter table peil.communication add column modified_at timestamptz not null default 'epoch';
alter table peil.consent_request add column modified_at timestamptz not null default 'epoch';
alter table peil.employer add column modified_at timestamptz not null default 'epoch';
alter table peil.instrument add column modified_at timestamptz not null default 'epoch';
alter table peil.issuer add column modified_at timestamptz not null default 'epoch';
alter table peil.message add column modified_at timestamptz not null default 'epoch';
alter table peil.message_settings add column modified_at timestamptz not null default 'epoch';
alter table peil.permission add column modified_at timestamptz not null default 'epoch';
alter table peil.precondition add column modified_at timestamptz not null default 'epoch';
alter table peil.progress_check add column modified_at timestamptz not null default 'epoch';
alter table peil.risk add column modified_at timestamptz not null default 'epoch';
alter table peil.scim_connection add column modified_at timestamptz not null default 'epoch';
alter table peil.scim_secret add column modified_at timestamptz not null default 'epoch';
alter table peil.support_route add column modified_at timestamptz not null default 'epoch';
alter table peil.vendor add column modified_at timestamptz not null default 'epoch';
alter table peil.vendor_link add column modified_at timestamptz not null default 'epoch';
alter table peil.wave add column modified_at timestamptz not null default 'epoch';
alter table peil.wave_series add column modified_at timestamptz not null default 'epoch';

comment on column peil.action.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.activity.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.campaign.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.catalogue_entry.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.client.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.client_secret.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.communication.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.consent_request.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.employer.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.instrument.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.issuer.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.message.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.message_settings.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.permission.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.precondition.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.progress_check.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.risk.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.scim_connection.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.scim_secret.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.support_route.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.vendor.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.vendor_link.modified_at is 'When it was last written, by real time; the epoch: before this was kept.';
comment on column peil.wave.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';
comment on column peil.wave_series.modified_at is 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

-- A vendor's own clients have no employer, and are few.
create index action_modified_idx on peil.action (employer_id, modified_at);
create index activity_modified_idx on peil.activity (employer_id, modified_at);
create index campaign_modified_idx on peil.campaign (employer_id, modified_at);
create index catalogue_entry_modified_idx on peil.catalogue_entry (employer_id, modified_at);
create index client_modified_idx on peil.client (employer_id, modified_at);
create index communication_modified_idx on peil.communication (employer_id, modified_at);
create index consent_request_modified_idx on peil.consent_request (employer_id, modified_at);
create index employer_modified_idx on peil.employer (modified_at);
create index instrument_modified_idx on peil.instrument (employer_id, modified_at);
create index issuer_modified_idx on peil.issuer (employer_id, modified_at);
create index message_modified_idx on peil.message (employer_id, modified_at);
create index permission_modified_idx on peil.permission (employer_id, modified_at);
create index person_modified_idx on peil.person (employer_id, modified_at);
create index precondition_modified_idx on peil.precondition (employer_id, modified_at);
create index progress_check_modified_idx on peil.progress_check (employer_id, modified_at);
create index risk_modified_idx on peil.risk (employer_id, modified_at);
create index scim_connection_modified_idx on peil.scim_connection (employer_id, modified_at);
create index support_route_modified_idx on peil.support_route (employer_id, modified_at);
create index unit_modified_idx on peil.unit (employer_id, modified_at);
create index vendor_modified_idx on peil.vendor (modified_at);
create index vendor_link_modified_idx on peil.vendor_link (employer_id, modified_at);
create index wave_modified_idx on peil.wave (employer_id, modified_at);
create index wave_series_modified_idx on peil.wave_series (employer_id, modified_at);
create index vendor_link_of_vendor_modified_idx on peil.vendor_link (vendor_id, modified_at);

-- What stands in letters and is there no longer has no row that could say so.
create index audit_route_gone_idx on peil.audit (employer_id, at) where event = 'delete_support_route';

grant update (modified_at) on peil.client_secret to peil_api;
grant update (modified_at) on peil.consent_request to peil_api;
grant update (modified_at) on peil.issuer to peil_api;
grant update (modified_at) on peil.permission to peil_api;
grant update (modified_at) on peil.precondition to peil_api;
grant update (modified_at) on peil.progress_check to peil_api;
grant update (modified_at) on peil.scim_secret to peil_api;
grant update (modified_at) on peil.vendor to peil_api;
grant update (modified_at) on peil.vendor_link to peil_api;
grant update (modified_at) on peil.wave_series to peil_api;
grant update (modified_at) on peil.progress_check to peil_worker;

-- migrate: rollback

revoke update (modified_at) on peil.progress_check from peil_worker;
revoke update (modified_at) on peil.wave_series from peil_api;
revoke update (modified_at) on peil.vendor_link from peil_api;
revoke update (modified_at) on peil.vendor from peil_api;
revoke update (modified_at) on peil.scim_secret from peil_api;
revoke update (modified_at) on peil.progress_check from peil_api;
revoke update (modified_at) on peil.precondition from peil_api;
revoke update (modified_at) on peil.permission from peil_api;
revoke update (modified_at) on peil.issuer from peil_api;
revoke update (modified_at) on peil.consent_request from peil_api;
revoke update (modified_at) on peil.client_secret from peil_api;
drop index peil.audit_route_gone_idx;
drop index peil.unit_modified_idx;
drop index peil.person_modified_idx;
alter table peil.wave_series drop column modified_at;
alter table peil.wave drop column modified_at;
alter table peil.vendor_link drop column modified_at;
alter table peil.vendor drop column modified_at;
alter table peil.support_route drop column modified_at;
alter table peil.scim_secret drop column modified_at;
alter table peil.scim_connection drop column modified_at;
alter table peil.risk drop column modified_at;
alter table peil.progress_check drop column modified_at;
alter table peil.precondition drop column modified_at;
alter table peil.permission drop column modified_at;
alter table peil.message_settings drop column modified_at;
alter table peil.message drop column modified_at;
alter table peil.issuer drop column modified_at;
alter table peil.instrument drop column modified_at;
alter table peil.employer drop column modified_at;
alter table peil.consent_request drop column modified_at;
alter table peil.communication drop column modified_at;
alter table peil.client_secret drop column modified_at;
alter table peil.client drop column modified_at;
alter table peil.catalogue_entry drop column modified_at;
alter table peil.campaign drop column modified_at;
alter table peil.activity drop column modified_at;
alter table peil.action drop column modified_at;

-- what a vendor made of SCIM ends with its link, and nobody but the operator writes a vendor
-- depends: 0040_pre_unit_atoms

-- migrate: apply

alter table peil.scim_connection add column made_by uuid;
alter table peil.scim_secret add column made_by uuid;
alter table peil.scim_secret add column cut_from timestamptz;

comment on column peil.scim_connection.made_by is 'The vendor that made it; null: none did, or it was made before this was kept.';
comment on column peil.scim_secret.made_by is 'The vendor that made it, with whose link it ends; null: none did, or it was made before this was kept.';
comment on column peil.scim_secret.cut_from is 'When it was to end before another secret took its place; null: none has.';

grant update (cut_from) on peil.scim_secret to peil_api;

-- Of the columns peil_api updates the state alone, and peil_worker the position in the feed alone.
drop policy tenant on peil.vendor;
create policy tenant on peil.vendor
  using (vendor_id = coalesce(nullif(current_setting('app.vendor_id', true), '')::uuid, vendor_id))
  with check (current_setting('app.service', true) = 'on' or current_user = 'peil_worker');

-- migrate: rollback

drop policy tenant on peil.vendor;
create policy tenant on peil.vendor
  using (vendor_id = coalesce(nullif(current_setting('app.vendor_id', true), '')::uuid, vendor_id));
revoke update (cut_from) on peil.scim_secret from peil_api;
alter table peil.scim_secret drop column cut_from;
alter table peil.scim_secret drop column made_by;
alter table peil.scim_connection drop column made_by;

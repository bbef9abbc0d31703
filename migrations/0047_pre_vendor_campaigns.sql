-- which campaign a vendor made at an employer from which of its templates
-- depends: 0043_pre_vendors_end

-- migrate: apply

create table peil.vendor_campaign (
  employer_id uuid not null,
  vendor_id uuid not null,
  template_key text not null,
  year integer not null,
  campaign_id uuid not null,
  constraint vendor_campaign_pkey primary key (employer_id, vendor_id, template_key, year),
  constraint vendor_campaign_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint vendor_campaign_campaign_fkey foreign key (employer_id, campaign_id)
    references peil.campaign (employer_id, campaign_id)
);

comment on table peil.vendor_campaign is 'Campaigns that vendors made from a template, so that a repeated request makes no second one.';
comment on column peil.vendor_campaign.employer_id is 'The employer.';
comment on column peil.vendor_campaign.vendor_id is 'The vendor, whose link was active then.';
comment on column peil.vendor_campaign.template_key is 'What the vendor calls its template.';
comment on column peil.vendor_campaign.year is 'The year that the vendor asked for; the campaign may have moved since.';
comment on column peil.vendor_campaign.campaign_id is 'The campaign.';

alter table peil.vendor_campaign enable row level security;
alter table peil.vendor_campaign force row level security;

create policy tenant on peil.vendor_campaign
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert on peil.vendor_campaign to peil_api;
grant select on peil.vendor_campaign to peil_readonly, peil_backup;

-- migrate: rollback

drop table peil.vendor_campaign;

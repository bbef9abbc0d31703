-- invitations, reminders and thanks, who wants none, and codes that are handed out
-- depends: 0014_pre_answer_tokens

-- migrate: apply

alter table peil.person add column opted_out boolean not null default false;

comment on column peil.person.opted_out is 'True: wants no messages. Still invited; known to the person alone.';

create table peil.message_settings (
  employer_id uuid not null,
  sent_by text not null,
  answer_page text,
  sender_name text,
  reminder_days smallint[] not null,
  thanks boolean not null,
  texts jsonb not null,
  constraint message_settings_pkey primary key (employer_id),
  constraint message_settings_employer_fkey foreign key (employer_id) references peil.employer (employer_id),
  constraint message_settings_sent_by_check check (sent_by in ('peil', 'vendor')),
  constraint message_settings_answer_page_check check (sent_by = 'vendor' or answer_page is not null)
);

comment on table peil.message_settings is 'How an employer''s people are written to; without a row they are not.';
comment on column peil.message_settings.employer_id is 'The employer.';
comment on column peil.message_settings.sent_by is 'peil: through the operator''s relay; vendor: by whoever delivers for the employer.';
comment on column peil.message_settings.answer_page is 'Where an invitation leads, https and without a fragment; null: the vendor knows.';
comment on column peil.message_settings.sender_name is 'Who it is said to be from; null: the employer''s name.';
comment on column peil.message_settings.reminder_days is 'Days after the opening on which is reminded, ascending.';
comment on column peil.message_settings.thanks is 'True: everybody is thanked once there are outcomes.';
comment on column peil.message_settings.texts is 'Own subjects and openings by kind and language; what is not in it is as shipped.';

create table peil.message (
  employer_id uuid not null,
  message_id uuid not null,
  wave_id uuid not null,
  kind text not null,
  audience text not null,
  sent_by text not null,
  due_at timestamptz not null,
  constraint message_pkey primary key (employer_id, message_id),
  constraint message_due_key unique (employer_id, wave_id, kind, due_at),
  constraint message_wave_fkey foreign key (employer_id, wave_id) references peil.wave (employer_id, wave_id),
  constraint message_kind_check check (kind in ('invitation', 'reminder', 'thanks', 'cancellation')),
  constraint message_audience_check check (audience in ('everybody', 'without-token')),
  constraint message_sent_by_check check (sent_by in ('peil', 'vendor'))
);

comment on table peil.message is 'What the people of a wave are written, and when. Not to how many, and not how far it is: both would tell.';
comment on column peil.message.employer_id is 'The employer.';
comment on column peil.message.message_id is 'Version 4 UUID.';
comment on column peil.message.wave_id is 'The wave.';
comment on column peil.message.kind is 'invitation, reminder, thanks or cancellation.';
comment on column peil.message.audience is 'everybody invited, or without-token: those without an answer token, where at least k_N of their group are left.';
comment on column peil.message.sent_by is 'peil or vendor, as it was set when this was planned.';
comment on column peil.message.due_at is 'Not before this moment of the employer''s clock.';

create table participation.mailing (
  employer_id uuid not null,
  message_id uuid not null,
  targeted uuid[] not null,
  after uuid not null,
  constraint mailing_pkey primary key (employer_id, message_id),
  constraint mailing_message_fkey foreign key (employer_id, message_id) references peil.message (employer_id, message_id)
);

comment on table participation.mailing is 'How far the worker is with a message; a row as long as it sends, and no row per person.';
comment on column participation.mailing.employer_id is 'The employer.';
comment on column participation.mailing.message_id is 'The message.';
comment on column participation.mailing.targeted is 'Groups of which only those without an answer token are written to, chosen once; all others whole.';
comment on column participation.mailing.after is 'People up to this id, in its order, are not written to again.';

create table participation.addressee (
  employer_id uuid not null,
  message_id uuid not null,
  person_id uuid not null,
  constraint addressee_pkey primary key (employer_id, message_id, person_id),
  constraint addressee_message_fkey foreign key (employer_id, message_id)
    references peil.message (employer_id, message_id)
);

comment on table participation.addressee is 'Everybody who was invited, kept for a week after the ledger is gone, so that they can be thanked.';
comment on column participation.addressee.employer_id is 'The employer.';
comment on column participation.addressee.message_id is 'The message that is still to be delivered.';
comment on column participation.addressee.person_id is 'Somebody who was invited, whether they answered or not.';

comment on column peil.wave.codes_drawn is 'True once the codes of split or handout mode were given out.';
comment on table participation.code is 'One-time codes of split and handout mode, as hashes, with the reporting group; never with a person.';

alter table peil.message_settings enable row level security;
alter table peil.message_settings force row level security;
alter table peil.message enable row level security;
alter table peil.message force row level security;
alter table participation.mailing enable row level security;
alter table participation.mailing force row level security;
alter table participation.addressee enable row level security;
alter table participation.addressee force row level security;

create policy tenant on peil.message_settings
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on peil.message
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.mailing
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on participation.addressee
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert, update on peil.message_settings to peil_api;
grant select on peil.message_settings to peil_worker;
grant select on peil.message to peil_api;
grant select, insert on peil.message to peil_worker;
grant select, insert, update, delete on participation.mailing to peil_worker;
grant select on participation.addressee to peil_api;
grant select, insert, delete on participation.addressee to peil_worker;
grant select on peil.message_settings, peil.message, participation.mailing, participation.addressee to peil_backup;

-- migrate: rollback

drop table participation.addressee, participation.mailing, peil.message, peil.message_settings;

alter table peil.person drop column opted_out;

comment on column peil.wave.codes_drawn is 'True once the codes of split mode were handed to the vendor.';
comment on table participation.code is 'One-time codes of split mode, as hashes, with the reporting group; never with a person.';

-- requests for consent, and who withdraws one
-- depends: 0007_pre_change

-- migrate: apply

alter table peil.precondition add column withdrawn_by text;

comment on column peil.precondition.withdrawn_by is 'works-council, or employer where HR took its own entry back; null: it stands.';

-- Until now it was not kept who withdrew an entry of the employer; what the council entered only the council could.
update peil.precondition
set withdrawn_by = entered_by
where withdrawn_at is not null;

grant update (withdrawn_by) on peil.precondition to peil_api;

create table peil.consent_request (
  employer_id uuid not null,
  consent_request_id uuid not null,
  policy_version integer not null,
  mode text not null,
  document_digest text not null,
  answer_by date not null,
  note text,
  requested_on date not null,
  state text not null,
  decided_on date,
  decision_note text,
  precondition_id uuid,
  created_at timestamptz not null,
  constraint consent_request_pkey primary key (employer_id, consent_request_id),
  constraint consent_request_policy_fkey foreign key (employer_id, policy_version)
    references peil.policy (employer_id, version),
  constraint consent_request_precondition_fkey foreign key (employer_id, precondition_id)
    references peil.precondition (employer_id, precondition_id),
  constraint consent_request_mode_check check (mode in ('blind', 'handout', 'split')),
  constraint consent_request_state_check check (state in ('requested', 'consented', 'refused', 'cancelled')),
  constraint consent_request_decided_check check ((state in ('consented', 'refused')) = (decided_on is not null)),
  constraint consent_request_consented_check check ((state = 'consented') = (precondition_id is not null))
);

-- The council is asked one thing once at a time.
create unique index consent_request_pending_key on peil.consent_request (employer_id, policy_version, mode)
  where state = 'requested';

comment on table peil.consent_request is 'What the works council was asked, and what it decided.';
comment on column peil.consent_request.employer_id is 'The employer.';
comment on column peil.consent_request.consent_request_id is 'Version 7 UUID.';
comment on column peil.consent_request.policy_version is 'The policy that consent is asked to.';
comment on column peil.consent_request.mode is 'The mode that consent is asked to.';
comment on column peil.consent_request.document_digest is 'SHA-256 of the document put before the council, in hexadecimal.';
comment on column peil.consent_request.answer_by is 'Last day of the term; a decision after it counts as well.';
comment on column peil.consent_request.note is 'What the employer adds; null: nothing.';
comment on column peil.consent_request.requested_on is 'The day it was asked, by the employer''s clock.';
comment on column peil.consent_request.state is 'requested, consented, refused or cancelled; that a consent was withdrawn is said by the precondition.';
comment on column peil.consent_request.decided_on is 'The day the council decided, by the employer''s clock; null: it did not.';
comment on column peil.consent_request.decision_note is 'What the council adds, such as its reasons; null: nothing.';
comment on column peil.consent_request.precondition_id is 'The consent that came of it; null: none did.';
comment on column peil.consent_request.created_at is 'When it was made, by the employer''s clock.';

alter table peil.consent_request enable row level security;
alter table peil.consent_request force row level security;

create policy tenant on peil.consent_request
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

grant select, insert on peil.consent_request to peil_api;
grant update (state, decided_on, decision_note, precondition_id) on peil.consent_request to peil_api;
grant select on peil.consent_request to peil_backup;

-- migrate: rollback

drop table peil.consent_request;

alter table peil.precondition drop column withdrawn_by;

-- comments: awaiting moderation, and released
-- depends: 0015_pre_messages

-- migrate: apply

alter table intake.open_wave add column comment_notice jsonb;

comment on column intake.open_wave.comment_notice is 'What is said where comments are asked, with the support routes of that day; null: none are asked.';

grant select on peil.support_route to peil_worker;

create schema comment;

comment on schema comment is 'What people wrote. The API''s own role has no privilege here; the moderator''s and the worker''s have.';

grant usage on schema comment to peil_moderator, peil_worker, peil_backup;

create table comment.moderation (
  employer_id uuid not null,
  wave_id uuid not null,
  state text not null,
  until date not null,
  threshold integer not null,
  unit_ids uuid[] not null,
  release_hash bytea not null,
  constraint moderation_pkey primary key (employer_id, wave_id),
  constraint moderation_release_fkey foreign key (employer_id, wave_id)
    references release.release (employer_id, wave_id),
  constraint moderation_state_check check (state in ('awaiting', 'ended', 'released'))
);

comment on table comment.moderation is 'How far the comments of a wave are; a wave that asked for none has no row.';
comment on column comment.moderation.employer_id is 'The employer.';
comment on column comment.moderation.wave_id is 'The wave.';
comment on column comment.moderation.state is 'awaiting (the moderator decides), ended (nothing changes any more) or released.';
comment on column comment.moderation.until is 'The day on which what is undecided is destroyed: 30 days after the wave was released.';
comment on column comment.moderation.threshold is 'k_C of the wave''s policy.';
comment on column comment.moderation.unit_ids is 'Units that show comments, chosen before anybody read one.';
comment on column comment.moderation.release_hash is 'Manifest hash of the wave''s figures.';

create table comment.awaiting (
  employer_id uuid not null,
  wave_id uuid not null,
  comment_id uuid not null,
  unit_id uuid not null,
  item text not null,
  text text not null,
  decision text,
  redacted text,
  constraint awaiting_pkey primary key (employer_id, wave_id, comment_id),
  constraint awaiting_moderation_fkey foreign key (employer_id, wave_id)
    references comment.moderation (employer_id, wave_id),
  constraint awaiting_decision_check check (decision in ('release', 'redact', 'withhold')),
  constraint awaiting_redacted_check check ((decision is not distinct from 'redact') = (redacted is not null))
);

comment on table comment.awaiting is 'Comments that only the moderator sees, shuffled and scrubbed; gone after 30 days at most. Nothing else, on purpose.';
comment on column comment.awaiting.employer_id is 'The employer.';
comment on column comment.awaiting.wave_id is 'The wave.';
comment on column comment.awaiting.comment_id is 'Version 4 UUID, drawn at the close; its order is the only one there is.';
comment on column comment.awaiting.unit_id is 'Where it will be shown: at least k_C respondents stand behind it.';
comment on column comment.awaiting.item is 'The question it answers.';
comment on column comment.awaiting.text is 'What was written, without names of the directory, addresses, numbers and links.';
comment on column comment.awaiting.decision is 'release, redact or withhold; null: not decided.';
comment on column comment.awaiting.redacted is 'What the moderator left of it; null: not redacted.';

create table comment.release (
  employer_id uuid not null,
  wave_id uuid not null,
  position integer not null,
  manifest jsonb not null,
  manifest_hash bytea not null,
  previous_hash bytea,
  constraint release_pkey primary key (employer_id, wave_id),
  constraint release_position_key unique (employer_id, position),
  constraint release_moderation_fkey foreign key (employer_id, wave_id)
    references comment.moderation (employer_id, wave_id),
  constraint release_chain_check check ((position = 1) = (previous_hash is null))
);

comment on table comment.release is 'The one release of the comments of a wave, chained to the employer''s previous one.';
comment on column comment.release.employer_id is 'The employer.';
comment on column comment.release.wave_id is 'The wave.';
comment on column comment.release.position is 'Place in the employer''s chain of comment releases, from 1.';
comment on column comment.release.manifest is 'Where comments are shown, and the hash of each, as JSON.';
comment on column comment.release.manifest_hash is 'SHA-256 of the canonical manifest.';
comment on column comment.release.previous_hash is 'Manifest hash of the comment release before; null: the first.';

create table comment.released (
  employer_id uuid not null,
  wave_id uuid not null,
  comment_id uuid not null,
  unit_id uuid not null,
  item text not null,
  text text not null,
  constraint released_pkey primary key (employer_id, wave_id, comment_id),
  constraint released_release_fkey foreign key (employer_id, wave_id)
    references comment.release (employer_id, wave_id)
);

comment on table comment.released is 'Comments that may be read, for 24 months or until the moderator withdraws one.';
comment on column comment.released.employer_id is 'The employer.';
comment on column comment.released.wave_id is 'The wave.';
comment on column comment.released.comment_id is 'The id it had while it was awaiting; its order is the order in which comments are shown.';
comment on column comment.released.unit_id is 'Where it is shown.';
comment on column comment.released.item is 'The question it answers.';
comment on column comment.released.text is 'What may be read.';

alter table comment.moderation enable row level security;
alter table comment.moderation force row level security;
alter table comment.awaiting enable row level security;
alter table comment.awaiting force row level security;
alter table comment.release enable row level security;
alter table comment.release force row level security;
alter table comment.released enable row level security;
alter table comment.released force row level security;

create policy tenant on comment.moderation
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on comment.awaiting
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on comment.release
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);
create policy tenant on comment.released
  using (employer_id = nullif(current_setting('app.employer_id', true), '')::uuid);

-- The moderator decides and withdraws; only the worker writes what is awaiting and what is released.
grant select on all tables in schema comment to peil_moderator, peil_backup;
grant update (state) on comment.moderation to peil_moderator;
grant update (decision, redacted) on comment.awaiting to peil_moderator;
grant delete on comment.released to peil_moderator;

grant select, insert on comment.moderation, comment.release to peil_worker;
grant update (state) on comment.moderation to peil_worker;
grant select, insert, delete on comment.awaiting, comment.released to peil_worker;

-- What an operation needs besides: the employer's clock, who may see which unit, the audit trail, the events.
grant usage on schema peil, release to peil_moderator;
grant select (employer_id, clock_at) on peil.employer to peil_moderator;
grant select (employer_id, wave_id, instrument_id, state) on peil.wave to peil_moderator;
grant select (employer_id, instrument_id, content) on peil.instrument to peil_moderator;
grant select (employer_id, wave_id, unit_id, parent_id, position) on release.aggregate to peil_moderator;
grant insert on peil.audit, peil.event to peil_moderator;
grant select, insert on peil.due to peil_moderator;
grant update (at) on peil.due to peil_moderator;

-- migrate: rollback

drop schema comment cascade;

revoke all on all tables in schema peil from peil_moderator;
revoke all on all tables in schema release from peil_moderator;
revoke usage on schema peil, release from peil_moderator;
revoke select on peil.support_route from peil_worker;

alter table intake.open_wave drop column comment_notice;

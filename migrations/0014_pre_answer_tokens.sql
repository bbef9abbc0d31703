-- answer tokens of blind mode: the groups' public keys, the manifest, and who was issued one
-- depends: 0013_pre_waves

-- migrate: apply

alter table peil.wave add column manifest_sha256 text;

comment on column peil.wave.manifest_sha256 is 'SHA-256 of the manifest of its keys, in hexadecimal; null: not frozen yet, or no keys in this mode.';

alter table participation.reporting_group add column public_key bytea;

comment on column participation.reporting_group.public_key is 'SubjectPublicKeyInfo of the key that signs the group''s answer tokens; null: no keys in this mode.';

alter table participation.invitation add column issued_on date;
alter table participation.invitation add column blinded_digest bytea;
alter table participation.invitation
  add constraint invitation_issued_check check ((issued_on is null) = (blinded_digest is null));

comment on column participation.invitation.issued_on is 'The day an answer token was issued, never the time; null: none was. Says nothing of an answer.';
comment on column participation.invitation.blinded_digest is 'SHA-256 of what was signed blindly, so that a retry gets the same and nobody gets two; null: none was.';

alter table intake.open_wave add column manifest bytea;

comment on column intake.open_wave.manifest is 'The public manifest of the keys, byte by byte as it is served; null: no keys in this mode.';

grant update (issued_on, blinded_digest) on participation.invitation to peil_api;
grant select (employer_id, wave_id, key_id, public_key) on participation.reporting_group to peil_intake;

-- migrate: rollback

alter table intake.open_wave drop column manifest;
alter table participation.invitation drop constraint invitation_issued_check;
alter table participation.invitation drop column issued_on, drop column blinded_digest;
revoke select (employer_id, wave_id, key_id, public_key) on participation.reporting_group from peil_intake;
alter table participation.reporting_group drop column public_key;
alter table peil.wave drop column manifest_sha256;

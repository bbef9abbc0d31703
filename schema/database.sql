--
-- PostgreSQL database dump
--

SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: comment; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA comment;

--
-- Name: SCHEMA comment; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA comment IS 'What people wrote. The API''s own role has no privilege here; the moderator''s and the worker''s have.';

--
-- Name: intake; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA intake;

--
-- Name: SCHEMA intake; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA intake IS 'Sealed answers. Knows reporting groups, never persons; the API has no privilege here.';

--
-- Name: participation; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA participation;

--
-- Name: SCHEMA participation; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA participation IS 'Who may answer. Knows persons, never answers.';

--
-- Name: peil; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA peil;

--
-- Name: SCHEMA peil; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA peil IS 'Ordinary tables: who the employers are, their people, questionnaires and waves.';

--
-- Name: release; Type: SCHEMA; Schema: -; Owner: -
--

CREATE SCHEMA release;

--
-- Name: SCHEMA release; Type: COMMENT; Schema: -; Owner: -
--

COMMENT ON SCHEMA release IS 'Everything anybody reads after a wave has closed. Rows are only ever added.';

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: awaiting; Type: TABLE; Schema: comment; Owner: -
--

CREATE TABLE comment.awaiting (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    comment_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    item text NOT NULL,
    text text NOT NULL,
    decision text,
    redacted text,
    CONSTRAINT awaiting_decision_check CHECK ((decision = ANY (ARRAY['release'::text, 'redact'::text, 'withhold'::text]))),
    CONSTRAINT awaiting_redacted_check CHECK (((NOT (decision IS DISTINCT FROM 'redact'::text)) = (redacted IS NOT NULL)))
);

ALTER TABLE ONLY comment.awaiting FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE awaiting; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON TABLE comment.awaiting IS 'Comments that only the moderator sees, shuffled and scrubbed; gone after 30 days at most. Nothing else, on purpose.';

--
-- Name: COLUMN awaiting.employer_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.employer_id IS 'The employer.';

--
-- Name: COLUMN awaiting.wave_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.wave_id IS 'The wave.';

--
-- Name: COLUMN awaiting.comment_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.comment_id IS 'Version 4 UUID, drawn at the close; its order is the only one there is.';

--
-- Name: COLUMN awaiting.unit_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.unit_id IS 'Where it will be shown: at least k_C respondents stand behind it.';

--
-- Name: COLUMN awaiting.item; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.item IS 'The question it answers.';

--
-- Name: COLUMN awaiting.text; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.text IS 'What was written, without names of the directory, addresses, numbers and links.';

--
-- Name: COLUMN awaiting.decision; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.decision IS 'release, redact or withhold; null: not decided.';

--
-- Name: COLUMN awaiting.redacted; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.awaiting.redacted IS 'What the moderator left of it; null: not redacted.';

--
-- Name: moderation; Type: TABLE; Schema: comment; Owner: -
--

CREATE TABLE comment.moderation (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    state text NOT NULL,
    until date NOT NULL,
    threshold integer NOT NULL,
    unit_ids uuid[] NOT NULL,
    release_hash bytea NOT NULL,
    CONSTRAINT moderation_state_check CHECK ((state = ANY (ARRAY['awaiting'::text, 'ended'::text, 'released'::text])))
);

ALTER TABLE ONLY comment.moderation FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE moderation; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON TABLE comment.moderation IS 'How far the comments of a wave are; a wave that asked for none has no row.';

--
-- Name: COLUMN moderation.employer_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.employer_id IS 'The employer.';

--
-- Name: COLUMN moderation.wave_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.wave_id IS 'The wave.';

--
-- Name: COLUMN moderation.state; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.state IS 'awaiting (the moderator decides), ended (nothing changes any more) or released.';

--
-- Name: COLUMN moderation.until; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.until IS 'The day on which what is undecided is destroyed: 30 days after the wave was released.';

--
-- Name: COLUMN moderation.threshold; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.threshold IS 'k_C of the wave''s policy.';

--
-- Name: COLUMN moderation.unit_ids; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.unit_ids IS 'Units that show comments, chosen before anybody read one.';

--
-- Name: COLUMN moderation.release_hash; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.moderation.release_hash IS 'Manifest hash of the wave''s figures.';

--
-- Name: release; Type: TABLE; Schema: comment; Owner: -
--

CREATE TABLE comment.release (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    "position" integer NOT NULL,
    manifest jsonb NOT NULL,
    manifest_hash bytea NOT NULL,
    previous_hash bytea,
    CONSTRAINT release_chain_check CHECK ((("position" = 1) = (previous_hash IS NULL)))
);

ALTER TABLE ONLY comment.release FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE release; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON TABLE comment.release IS 'The one release of the comments of a wave, chained to the employer''s previous one.';

--
-- Name: COLUMN release.employer_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release.employer_id IS 'The employer.';

--
-- Name: COLUMN release.wave_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release.wave_id IS 'The wave.';

--
-- Name: COLUMN release."position"; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release."position" IS 'Place in the employer''s chain of comment releases, from 1.';

--
-- Name: COLUMN release.manifest; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release.manifest IS 'Where comments are shown, and the hash of each, as JSON.';

--
-- Name: COLUMN release.manifest_hash; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release.manifest_hash IS 'SHA-256 of the canonical manifest.';

--
-- Name: COLUMN release.previous_hash; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.release.previous_hash IS 'Manifest hash of the comment release before; null: the first.';

--
-- Name: released; Type: TABLE; Schema: comment; Owner: -
--

CREATE TABLE comment.released (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    comment_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    item text NOT NULL,
    text text NOT NULL
);

ALTER TABLE ONLY comment.released FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE released; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON TABLE comment.released IS 'Comments that may be read, for 24 months or until the moderator withdraws one.';

--
-- Name: COLUMN released.employer_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.employer_id IS 'The employer.';

--
-- Name: COLUMN released.wave_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.wave_id IS 'The wave.';

--
-- Name: COLUMN released.comment_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.comment_id IS 'The id it had while it was awaiting; its order is the order in which comments are shown.';

--
-- Name: COLUMN released.unit_id; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.unit_id IS 'Where it is shown.';

--
-- Name: COLUMN released.item; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.item IS 'The question it answers.';

--
-- Name: COLUMN released.text; Type: COMMENT; Schema: comment; Owner: -
--

COMMENT ON COLUMN comment.released.text IS 'What may be read.';

--
-- Name: open_wave; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.open_wave (
    wave_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    state text NOT NULL,
    mode text NOT NULL,
    public_key bytea NOT NULL,
    questionnaire jsonb NOT NULL,
    closes_at timestamp with time zone,
    manifest bytea,
    server_started_at timestamp with time zone,
    support_routes jsonb NOT NULL,
    fault text,
    place text,
    CONSTRAINT open_wave_fault_check CHECK ((fault = ANY (ARRAY['key-missing'::text, 'key-damaged'::text, 'issuing-keys-missing'::text]))),
    CONSTRAINT open_wave_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'open'::text, 'unrecoverable'::text, 'closing'::text, 'closed'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY intake.open_wave FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE open_wave; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.open_wave IS 'What the intake must know of a wave before it knows an employer; under a policy of its own.';

--
-- Name: COLUMN open_wave.wave_id; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.wave_id IS 'The wave, version 4 UUID.';

--
-- Name: COLUMN open_wave.employer_id; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.employer_id IS 'The employer.';

--
-- Name: COLUMN open_wave.state; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.state IS 'ready (not yet), open, unrecoverable (its key is lost), closing, closed or cancelled; only open takes answers.';

--
-- Name: COLUMN open_wave.mode; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.mode IS 'blind, handout or split.';

--
-- Name: COLUMN open_wave.public_key; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.public_key IS 'X25519 public key to which answers are sealed.';

--
-- Name: COLUMN open_wave.questionnaire; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.questionnaire IS 'The published questionnaire that is asked.';

--
-- Name: COLUMN open_wave.closes_at; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.closes_at IS 'No answer counts from this moment of real time; null: a sandbox, whose clock only the worker knows.';

--
-- Name: COLUMN open_wave.manifest; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.manifest IS 'The public manifest of the keys, byte by byte as it is served; null: no keys in this mode.';

--
-- Name: COLUMN open_wave.server_started_at; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.server_started_at IS 'The database server on which answers are taken, by pg_postmaster_start_time(): the one on which the worker has closed again what the key store knows to be closed. A standby that takes over has another moment, and so has a restored database; null: none yet.';

--
-- Name: COLUMN open_wave.support_routes; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.support_routes IS 'Where people can turn to, as it stood when the wave was frozen; an array, empty where the employer had named nothing.';

--
-- Name: COLUMN open_wave.fault; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.fault IS 'What is wrong with its keys, as the worker saw it last; null: nothing.';

--
-- Name: COLUMN open_wave.place; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.open_wave.place IS 'The database on that server in which answers are taken: the oids of the database and of this table. One that was restored beside it or in its stead has others; null: none yet.';

--
-- Name: sealed; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    key_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    envelope bytea NOT NULL
)
PARTITION BY RANGE (token_hash);

ALTER TABLE ONLY intake.sealed FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed IS 'One row per accepted response, padded and encrypted to the wave''s public key. Nothing else, on purpose.';

--
-- Name: COLUMN sealed.employer_id; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.sealed.employer_id IS 'The employer.';

--
-- Name: COLUMN sealed.wave_id; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.sealed.wave_id IS 'The wave.';

--
-- Name: COLUMN sealed.key_id; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.sealed.key_id IS 'The reporting group, at least k_N invited people.';

--
-- Name: COLUMN sealed.token_hash; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.sealed.token_hash IS 'SHA-256 of the answer token or code that was redeemed.';

--
-- Name: COLUMN sealed.envelope; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON COLUMN intake.sealed.envelope IS 'The answers, of one fixed size per wave.';

--
-- Name: sealed_0; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_0 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_0 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_0; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_0 IS 'Sealed responses whose hash starts with 0.';

--
-- Name: sealed_1; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_1 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_1 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_1; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_1 IS 'Sealed responses whose hash starts with 1.';

--
-- Name: sealed_2; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_2 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_2 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_2; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_2 IS 'Sealed responses whose hash starts with 2.';

--
-- Name: sealed_3; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_3 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_3 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_3; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_3 IS 'Sealed responses whose hash starts with 3.';

--
-- Name: sealed_4; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_4 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_4 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_4; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_4 IS 'Sealed responses whose hash starts with 4.';

--
-- Name: sealed_5; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_5 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_5 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_5; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_5 IS 'Sealed responses whose hash starts with 5.';

--
-- Name: sealed_6; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_6 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_6 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_6; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_6 IS 'Sealed responses whose hash starts with 6.';

--
-- Name: sealed_7; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_7 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_7 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_7; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_7 IS 'Sealed responses whose hash starts with 7.';

--
-- Name: sealed_8; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_8 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_8 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_8; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_8 IS 'Sealed responses whose hash starts with 8.';

--
-- Name: sealed_9; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_9 (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_9 FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_9; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_9 IS 'Sealed responses whose hash starts with 9.';

--
-- Name: sealed_a; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_a (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_a FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_a; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_a IS 'Sealed responses whose hash starts with a.';

--
-- Name: sealed_b; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_b (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_b FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_b; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_b IS 'Sealed responses whose hash starts with b.';

--
-- Name: sealed_c; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_c (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_c FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_c; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_c IS 'Sealed responses whose hash starts with c.';

--
-- Name: sealed_d; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_d (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_d FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_d; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_d IS 'Sealed responses whose hash starts with d.';

--
-- Name: sealed_e; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_e (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_e FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_e; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_e IS 'Sealed responses whose hash starts with e.';

--
-- Name: sealed_f; Type: TABLE; Schema: intake; Owner: -
--

CREATE TABLE intake.sealed_f (
    employer_id uuid CONSTRAINT sealed_employer_id_not_null NOT NULL,
    wave_id uuid CONSTRAINT sealed_wave_id_not_null NOT NULL,
    key_id uuid CONSTRAINT sealed_key_id_not_null NOT NULL,
    token_hash bytea CONSTRAINT sealed_token_hash_not_null NOT NULL,
    envelope bytea CONSTRAINT sealed_envelope_not_null NOT NULL
);

ALTER TABLE ONLY intake.sealed_f FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE sealed_f; Type: COMMENT; Schema: intake; Owner: -
--

COMMENT ON TABLE intake.sealed_f IS 'Sealed responses whose hash starts with f.';

--
-- Name: addressee; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.addressee (
    employer_id uuid NOT NULL,
    message_id uuid NOT NULL,
    person_id uuid NOT NULL
);

ALTER TABLE ONLY participation.addressee FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE addressee; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.addressee IS 'Everybody who was invited, kept for a week after the ledger is gone, so that they can be thanked.';

--
-- Name: COLUMN addressee.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.addressee.employer_id IS 'The employer.';

--
-- Name: COLUMN addressee.message_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.addressee.message_id IS 'The message that is still to be delivered.';

--
-- Name: COLUMN addressee.person_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.addressee.person_id IS 'Somebody who was invited, whether they answered or not.';

--
-- Name: code; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.code (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    token_hash bytea NOT NULL,
    key_id uuid NOT NULL
);

ALTER TABLE ONLY participation.code FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE code; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.code IS 'One-time codes of split and handout mode, as hashes, with the reporting group; never with a person.';

--
-- Name: COLUMN code.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.code.employer_id IS 'The employer.';

--
-- Name: COLUMN code.wave_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.code.wave_id IS 'The wave.';

--
-- Name: COLUMN code.token_hash; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.code.token_hash IS 'SHA-256 of the code; rows are written in the order of this hash.';

--
-- Name: COLUMN code.key_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.code.key_id IS 'The reporting group.';

--
-- Name: figure; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.figure (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    invited integer NOT NULL,
    band text NOT NULL,
    measured_on date NOT NULL,
    answered integer NOT NULL,
    CONSTRAINT figure_band_check CHECK ((band = ANY (ARRAY['below-30'::text, '30-to-50'::text, '50-to-70'::text, '70-or-more'::text])))
);

ALTER TABLE ONLY participation.figure FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE figure; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.figure IS 'Participation while a wave is open, in bands; deleted when it closes.';

--
-- Name: COLUMN figure.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.employer_id IS 'The employer.';

--
-- Name: COLUMN figure.wave_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.wave_id IS 'The wave.';

--
-- Name: COLUMN figure.unit_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.unit_id IS 'The root, or a unit of which at least 30 people were invited.';

--
-- Name: COLUMN figure.invited; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.invited IS 'People invited in the unit and beneath it.';

--
-- Name: COLUMN figure.band; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.band IS 'Which part of them answered: below-30, 30-to-50, 50-to-70 or 70-or-more per cent.';

--
-- Name: COLUMN figure.measured_on; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.measured_on IS 'The day the figure was taken, by the employer''s clock.';

--
-- Name: COLUMN figure.answered; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.figure.answered IS 'How many had answered then. For the worker only: the next figure waits for k_N more.';

--
-- Name: invitation; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.invitation (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    person_id uuid NOT NULL,
    key_id uuid NOT NULL,
    issued_on date,
    blinded_digest bytea,
    CONSTRAINT invitation_issued_check CHECK (((issued_on IS NULL) = (blinded_digest IS NULL)))
)
WITH (fillfactor='35');

ALTER TABLE ONLY participation.invitation FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE invitation; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.invitation IS 'The ledger of invited people; shrinks to counts when the wave closes.';

--
-- Name: COLUMN invitation.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.employer_id IS 'The employer.';

--
-- Name: COLUMN invitation.wave_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.wave_id IS 'The wave.';

--
-- Name: COLUMN invitation.person_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.person_id IS 'The invited person.';

--
-- Name: COLUMN invitation.key_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.key_id IS 'The reporting group.';

--
-- Name: COLUMN invitation.issued_on; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.issued_on IS 'The day an answer token was issued, never the time; null: none was. Says nothing of an answer.';

--
-- Name: COLUMN invitation.blinded_digest; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.invitation.blinded_digest IS 'SHA-256 of what was signed blindly, so that a retry gets the same and nobody gets two; null: none was.';

--
-- Name: mailing; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.mailing (
    employer_id uuid NOT NULL,
    message_id uuid NOT NULL,
    targeted uuid[] NOT NULL,
    after uuid NOT NULL
);

ALTER TABLE ONLY participation.mailing FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE mailing; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.mailing IS 'How far the worker is with a message; a row as long as it sends, and no row per person.';

--
-- Name: COLUMN mailing.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.mailing.employer_id IS 'The employer.';

--
-- Name: COLUMN mailing.message_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.mailing.message_id IS 'The message.';

--
-- Name: COLUMN mailing.targeted; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.mailing.targeted IS 'Groups of which only those without an answer token are written to, chosen once; all others whole.';

--
-- Name: COLUMN mailing.after; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.mailing.after IS 'People up to this id, in its order, are not written to again.';

--
-- Name: reporting_group; Type: TABLE; Schema: participation; Owner: -
--

CREATE TABLE participation.reporting_group (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    key_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    invited integer NOT NULL,
    public_key bytea
);

ALTER TABLE ONLY participation.reporting_group FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE reporting_group; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON TABLE participation.reporting_group IS 'Invited people who share one key or one pile of codes.';

--
-- Name: COLUMN reporting_group.employer_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.employer_id IS 'The employer.';

--
-- Name: COLUMN reporting_group.wave_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.wave_id IS 'The wave.';

--
-- Name: COLUMN reporting_group.key_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.key_id IS 'Version 4 UUID of the key or pile.';

--
-- Name: COLUMN reporting_group.unit_id; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.unit_id IS 'The unit at which the group reports.';

--
-- Name: COLUMN reporting_group.invited; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.invited IS 'People in the group; at least k_N.';

--
-- Name: COLUMN reporting_group.public_key; Type: COMMENT; Schema: participation; Owner: -
--

COMMENT ON COLUMN participation.reporting_group.public_key IS 'SubjectPublicKeyInfo of the key that signs the group''s answer tokens; null: no keys in this mode.';

--
-- Name: action; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.action (
    employer_id uuid NOT NULL,
    action_id uuid NOT NULL,
    campaign_id uuid,
    risk_id uuid,
    title text NOT NULL,
    description text,
    level text NOT NULL,
    measure text,
    unit_id uuid,
    owner jsonb NOT NULL,
    starts_on date NOT NULL,
    deadline date NOT NULL,
    metric jsonb,
    state text NOT NULL,
    history jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT action_level_check CHECK ((level = ANY (ARRAY['organisation'::text, 'team'::text, 'individual'::text]))),
    CONSTRAINT action_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'active'::text, 'done'::text, 'stopped'::text]))),
    CONSTRAINT action_term_check CHECK ((deadline > starts_on))
);

ALTER TABLE ONLY peil.action FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE action; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.action IS 'Measures of the plan of action.';

--
-- Name: COLUMN action.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.employer_id IS 'The employer.';

--
-- Name: COLUMN action.action_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.action_id IS 'Version 7 UUID.';

--
-- Name: COLUMN action.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.campaign_id IS 'The campaign it came of; null: none.';

--
-- Name: COLUMN action.risk_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.risk_id IS 'The PSA risk it is against; null: none named.';

--
-- Name: COLUMN action.title; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.title IS 'What will be done.';

--
-- Name: COLUMN action.description; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.description IS 'How, and why; null: nothing more to say.';

--
-- Name: COLUMN action.level; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.level IS 'organisation, team or individual: where it acts.';

--
-- Name: COLUMN action.measure; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.measure IS 'Key of a catalogue entry; null: of no kind.';

--
-- Name: COLUMN action.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.unit_id IS 'The unit it is for, with its subtree; null: the whole employer.';

--
-- Name: COLUMN action.owner; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.owner IS 'A person or a role, as JSON.';

--
-- Name: COLUMN action.starts_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.starts_on IS 'First day; the progress checks count from it.';

--
-- Name: COLUMN action.deadline; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.deadline IS 'When it is to be done.';

--
-- Name: COLUMN action.metric; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.metric IS 'Block, unit and release it is measured by, start value and target, as JSON; null: none.';

--
-- Name: COLUMN action.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.state IS 'planned, active, done or stopped.';

--
-- Name: COLUMN action.history; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.history IS 'Every state with the day it began, as JSON.';

--
-- Name: COLUMN action.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.created_at IS 'When it was created, by the employer''s clock.';

--
-- Name: COLUMN action.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.action.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: activity; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.activity (
    employer_id uuid NOT NULL,
    activity_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    day date NOT NULL,
    begins text NOT NULL,
    ends text NOT NULL,
    unit_ids uuid[],
    variant text NOT NULL,
    host text,
    attended integer,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT activity_time_check CHECK ((ends > begins)),
    CONSTRAINT activity_variant_check CHECK ((variant = ANY (ARRAY['live'::text, 'online'::text, 'hybrid'::text])))
);

ALTER TABLE ONLY peil.activity FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE activity; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.activity IS 'The agenda of campaigns.';

--
-- Name: COLUMN activity.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.employer_id IS 'The employer.';

--
-- Name: COLUMN activity.activity_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.activity_id IS 'Version 7 UUID.';

--
-- Name: COLUMN activity.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.campaign_id IS 'The campaign.';

--
-- Name: COLUMN activity.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.kind IS 'Key of a catalogue entry.';

--
-- Name: COLUMN activity.title; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.title IS 'What people read.';

--
-- Name: COLUMN activity.day; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.day IS 'The day.';

--
-- Name: COLUMN activity.begins; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.begins IS 'Wall time in the zone of the campaign, as HH:MM.';

--
-- Name: COLUMN activity.ends; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.ends IS 'Wall time, later than begins.';

--
-- Name: COLUMN activity.unit_ids; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.unit_ids IS 'Units whose subtrees it is for; null: everyone.';

--
-- Name: COLUMN activity.variant; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.variant IS 'live, online or hybrid.';

--
-- Name: COLUMN activity.host; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.host IS 'Who leads it; null: not known yet.';

--
-- Name: COLUMN activity.attended; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.attended IS 'How many came, never who; null: not counted.';

--
-- Name: COLUMN activity.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.activity.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: audit; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.audit (
    employer_id uuid NOT NULL,
    audit_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    "position" bigint,
    hash bytea,
    CONSTRAINT audit_chain_check CHECK ((("position" IS NULL) = (hash IS NULL)))
);

ALTER TABLE ONLY peil.audit FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE audit; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.audit IS 'Who did what: one row per change, in the transaction of the change. Never anything near an answer.';

--
-- Name: COLUMN audit.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN audit.audit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.audit_id IS 'Version 7 UUID.';

--
-- Name: COLUMN audit.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.at IS 'When, by the employer''s clock.';

--
-- Name: COLUMN audit.actor_kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.actor_kind IS 'client, operator (a client of the operator), person, provisioning (a SCIM connection) or worker.';

--
-- Name: COLUMN audit.actor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.actor_id IS 'Opaque id of the client, person or connection; the zero UUID for the worker.';

--
-- Name: COLUMN audit.event; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.event IS 'Name of the operation.';

--
-- Name: COLUMN audit.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.subject IS 'What it was done to: kind/id.';

--
-- Name: COLUMN audit."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit."position" IS 'Place in the employer''s chain; null until the worker has chained it.';

--
-- Name: COLUMN audit.hash; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.audit.hash IS 'SHA-256 over the previous hash and this row; null until the worker has chained it.';

--
-- Name: campaign; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.campaign (
    employer_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    name text NOT NULL,
    year integer NOT NULL,
    week_from date,
    week_to date,
    provisional boolean NOT NULL,
    zone text NOT NULL,
    dates jsonb NOT NULL,
    goals jsonb NOT NULL,
    themes text[] NOT NULL,
    criteria jsonb NOT NULL,
    core_team jsonb NOT NULL,
    sponsor_id uuid,
    core_message jsonb,
    copied_from_id uuid,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.campaign FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE campaign; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.campaign IS 'Editions of a programme week.';

--
-- Name: COLUMN campaign.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.employer_id IS 'The employer.';

--
-- Name: COLUMN campaign.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.campaign_id IS 'Version 7 UUID.';

--
-- Name: COLUMN campaign.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.name IS 'What HR calls it.';

--
-- Name: COLUMN campaign.year; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.year IS 'The year of its week.';

--
-- Name: COLUMN campaign.week_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.week_from IS 'First day of the week, as chosen; null: the Monday that falls on 10-16 November.';

--
-- Name: COLUMN campaign.week_to; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.week_to IS 'Last day of the week, as chosen; null: five days in all.';

--
-- Name: COLUMN campaign.provisional; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.provisional IS 'True: the dates may still change.';

--
-- Name: COLUMN campaign.zone; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.zone IS 'IANA zone of its agenda.';

--
-- Name: COLUMN campaign.dates; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.dates IS 'Chosen dates of its phases, as JSON; a null in it: computed from the week.';

--
-- Name: COLUMN campaign.goals; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.goals IS 'Goals with KPI, metric, target and risk, as JSON.';

--
-- Name: COLUMN campaign.themes; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.themes IS 'Keys of catalogue entries.';

--
-- Name: COLUMN campaign.criteria; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.criteria IS 'What makes it a success, as JSON.';

--
-- Name: COLUMN campaign.core_team; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.core_team IS 'People, positions and parts, as JSON.';

--
-- Name: COLUMN campaign.sponsor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.sponsor_id IS 'Who of the board or management backs it; null: nobody yet.';

--
-- Name: COLUMN campaign.core_message; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.core_message IS 'Why, what we want and what we expect, a text per language; null: not written yet.';

--
-- Name: COLUMN campaign.copied_from_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.copied_from_id IS 'The edition it was copied from; null: not copied.';

--
-- Name: COLUMN campaign.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.created_at IS 'When it was created, by the employer''s clock.';

--
-- Name: COLUMN campaign.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.campaign.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: catalogue_entry; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.catalogue_entry (
    employer_id uuid NOT NULL,
    catalogue_entry_id uuid NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    key text NOT NULL COLLATE pg_catalog."C",
    title jsonb NOT NULL,
    description jsonb,
    marks text[] NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.catalogue_entry FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE catalogue_entry; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.catalogue_entry IS 'What an employer adds to the catalogue; what is shipped stands in the package.';

--
-- Name: COLUMN catalogue_entry.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.employer_id IS 'The employer.';

--
-- Name: COLUMN catalogue_entry.catalogue_entry_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.catalogue_entry_id IS 'Version 7 UUID.';

--
-- Name: COLUMN catalogue_entry.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.kind IS 'Such as theme, activity or risk.';

--
-- Name: COLUMN catalogue_entry.key; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.key IS 'By which others refer to it; never changes.';

--
-- Name: COLUMN catalogue_entry.title; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.title IS 'What it is called, a text per language.';

--
-- Name: COLUMN catalogue_entry.description; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.description IS 'What it is, a text per language; null: the title says it.';

--
-- Name: COLUMN catalogue_entry.marks; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.marks IS 'What rules look for, such as recovery or statutory.';

--
-- Name: COLUMN catalogue_entry.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.catalogue_entry.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: client; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.client (
    client_id uuid NOT NULL,
    employer_id uuid,
    name text NOT NULL,
    roles text[] NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origins text[] NOT NULL,
    public boolean NOT NULL,
    keys jsonb NOT NULL,
    vendor_id uuid,
    dpop_bound boolean NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT client_public_check CHECK (((NOT public) OR ((roles = '{}'::text[]) AND (origins <> '{}'::text[]) AND (keys = '[]'::jsonb)))),
    CONSTRAINT client_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
);

ALTER TABLE ONLY peil.client FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE client; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.client IS 'OAuth clients; read before an employer is known, therefore under a policy of their own.';

--
-- Name: COLUMN client.client_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.client_id IS 'Version 7 UUID; the OAuth client_id.';

--
-- Name: COLUMN client.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.employer_id IS 'The employer it acts for; null: it is the operator''s, or a vendor''s own.';

--
-- Name: COLUMN client.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.name IS 'What the administrator calls it.';

--
-- Name: COLUMN client.roles; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.roles IS 'Roles of the access table that it holds.';

--
-- Name: COLUMN client.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.state IS 'active or revoked; a revoked client gets no token.';

--
-- Name: COLUMN client.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.created_at IS 'When it was created, in real time.';

--
-- Name: COLUMN client.origins; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.origins IS 'Where the pages are that may use the widget tokens it has made, as browsers write origins; empty: none.';

--
-- Name: COLUMN client.public; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.public IS 'True: it runs in a browser and has neither a secret nor a key nor a role.';

--
-- Name: COLUMN client.keys; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.keys IS 'Public keys of its assertions, as RFC 7517 writes them; empty: it proves itself by a secret, or not at all.';

--
-- Name: COLUMN client.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.vendor_id IS 'Of a vendor''s own client the vendor; of an employer''s the vendor that made it, with whose link it ends; null: none.';

--
-- Name: COLUMN client.dpop_bound; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.dpop_bound IS 'True: it gets tokens for a key that it proves to hold, and no others.';

--
-- Name: COLUMN client.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: client_secret; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.client_secret (
    employer_id uuid,
    client_id uuid NOT NULL,
    secret_id uuid NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    vendor_id uuid,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.client_secret FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE client_secret; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.client_secret IS 'Secrets of clients, two while one takes the place of the other; read before an employer is known, like their clients.';

--
-- Name: COLUMN client_secret.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.employer_id IS 'The employer of the client; null: it is the operator''s or a vendor''s.';

--
-- Name: COLUMN client_secret.client_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.client_id IS 'The client.';

--
-- Name: COLUMN client_secret.secret_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.secret_id IS 'Version 7 UUID.';

--
-- Name: COLUMN client_secret.digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.digest IS 'SHA-256 of the secret, which is random and 256 bits long.';

--
-- Name: COLUMN client_secret.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.created_at IS 'When it was made, in real time.';

--
-- Name: COLUMN client_secret.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.expires_at IS 'From when it proves nothing, in real time; null: as long as the client is active.';

--
-- Name: COLUMN client_secret.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.vendor_id IS 'The vendor of the client, as it stands there; null: none.';

--
-- Name: COLUMN client_secret.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.client_secret.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: colours; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.colours (
    employer_id uuid NOT NULL,
    accent text,
    CONSTRAINT colours_accent_check CHECK ((accent ~ '^#[0-9a-f]{6}$'::text))
);

ALTER TABLE ONLY peil.colours FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE colours; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.colours IS 'The colour in which an employer''s charts are drawn; without a row it is Peil''s own.';

--
-- Name: COLUMN colours.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.colours.employer_id IS 'The employer.';

--
-- Name: COLUMN colours.accent; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.colours.accent IS 'As it was given, #rrggbb in lower case; where it would not be seen a darker or lighter one is drawn. Null: Peil''s own.';

--
-- Name: communication; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.communication (
    employer_id uuid NOT NULL,
    communication_id uuid NOT NULL,
    campaign_id uuid NOT NULL,
    kind text NOT NULL,
    title text NOT NULL,
    channel text NOT NULL,
    day date NOT NULL,
    owner jsonb,
    state text NOT NULL,
    reach integer,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT communication_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'sent'::text])))
);

ALTER TABLE ONLY peil.communication FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE communication; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.communication IS 'What is told about campaigns.';

--
-- Name: COLUMN communication.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.employer_id IS 'The employer.';

--
-- Name: COLUMN communication.communication_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.communication_id IS 'Version 7 UUID.';

--
-- Name: COLUMN communication.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.campaign_id IS 'The campaign.';

--
-- Name: COLUMN communication.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.kind IS 'Key of a catalogue entry.';

--
-- Name: COLUMN communication.title; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.title IS 'What it is called in the plan.';

--
-- Name: COLUMN communication.channel; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.channel IS 'Where it is told, such as intranet.';

--
-- Name: COLUMN communication.day; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.day IS 'The day.';

--
-- Name: COLUMN communication.owner; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.owner IS 'A person or a role, as JSON; null: nobody yet.';

--
-- Name: COLUMN communication.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.state IS 'planned or sent.';

--
-- Name: COLUMN communication.reach; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.reach IS 'How many it reached, never who; null: not counted.';

--
-- Name: COLUMN communication.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.communication.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: consent_request; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.consent_request (
    employer_id uuid NOT NULL,
    consent_request_id uuid NOT NULL,
    policy_version integer NOT NULL,
    mode text NOT NULL,
    document_digest text NOT NULL,
    answer_by date NOT NULL,
    note text,
    requested_on date NOT NULL,
    state text NOT NULL,
    decided_on date,
    decision_note text,
    precondition_id uuid,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT consent_request_consented_check CHECK (((state = 'consented'::text) = (precondition_id IS NOT NULL))),
    CONSTRAINT consent_request_decided_check CHECK (((state = ANY (ARRAY['consented'::text, 'refused'::text])) = (decided_on IS NOT NULL))),
    CONSTRAINT consent_request_mode_check CHECK ((mode = ANY (ARRAY['blind'::text, 'handout'::text, 'split'::text]))),
    CONSTRAINT consent_request_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'consented'::text, 'refused'::text, 'cancelled'::text])))
);

ALTER TABLE ONLY peil.consent_request FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE consent_request; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.consent_request IS 'What the works council was asked, and what it decided.';

--
-- Name: COLUMN consent_request.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.employer_id IS 'The employer.';

--
-- Name: COLUMN consent_request.consent_request_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.consent_request_id IS 'Version 7 UUID.';

--
-- Name: COLUMN consent_request.policy_version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.policy_version IS 'The policy that consent is asked to.';

--
-- Name: COLUMN consent_request.mode; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.mode IS 'The mode that consent is asked to.';

--
-- Name: COLUMN consent_request.document_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.document_digest IS 'SHA-256 of the document put before the council, in hexadecimal.';

--
-- Name: COLUMN consent_request.answer_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.answer_by IS 'Last day of the term; a decision after it counts as well.';

--
-- Name: COLUMN consent_request.note; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.note IS 'What the employer adds; null: nothing.';

--
-- Name: COLUMN consent_request.requested_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.requested_on IS 'The day it was asked, by the employer''s clock.';

--
-- Name: COLUMN consent_request.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.state IS 'requested, consented, refused or cancelled; that a consent was withdrawn is said by the precondition.';

--
-- Name: COLUMN consent_request.decided_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.decided_on IS 'The day the council decided, by the employer''s clock; null: it did not.';

--
-- Name: COLUMN consent_request.decision_note; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.decision_note IS 'What the council adds, such as its reasons; null: nothing.';

--
-- Name: COLUMN consent_request.precondition_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.precondition_id IS 'The consent that came of it; null: none did.';

--
-- Name: COLUMN consent_request.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.created_at IS 'When it was made, by the employer''s clock.';

--
-- Name: COLUMN consent_request.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.consent_request.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: delivery; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.delivery (
    employer_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    vendor_id uuid,
    subject text NOT NULL,
    "position" bigint NOT NULL,
    state text NOT NULL,
    attempts integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    next_at timestamp with time zone,
    last_at timestamp with time zone,
    outcome text,
    status integer,
    CONSTRAINT delivery_next_check CHECK (((state = 'waiting'::text) = (next_at IS NOT NULL))),
    CONSTRAINT delivery_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'delivered'::text, 'failed'::text])))
);

ALTER TABLE ONLY peil.delivery FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE delivery; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.delivery IS 'What became of each event at each endpoint: one row for the two, kept for 30 days after it ended.';

--
-- Name: COLUMN delivery.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN delivery.endpoint_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.endpoint_id IS 'The endpoint, of the employer or of a vendor.';

--
-- Name: COLUMN delivery.event_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.event_id IS 'The event; also the webhook-id that is the same in every attempt.';

--
-- Name: COLUMN delivery.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.vendor_id IS 'The vendor whose own endpoint it is; null: it is the employer''s.';

--
-- Name: COLUMN delivery.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.subject IS 'What the event is about: of one subject the next goes when the one before has ended.';

--
-- Name: COLUMN delivery."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery."position" IS 'Place of the event in the employer''s feed.';

--
-- Name: COLUMN delivery.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.state IS 'waiting for its next attempt, delivered, or failed for good until it is replayed.';

--
-- Name: COLUMN delivery.attempts; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.attempts IS 'How often it was tried since it was created or replayed.';

--
-- Name: COLUMN delivery.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.created_at IS 'When it was created or last replayed, in real time.';

--
-- Name: COLUMN delivery.next_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.next_at IS 'When it is tried next, by the employer''s clock; null: it has ended.';

--
-- Name: COLUMN delivery.last_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.last_at IS 'When the last attempt began, in real time; null: not yet.';

--
-- Name: COLUMN delivery.outcome; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.outcome IS 'What the last attempt came to, in one word; null: there was none, or it is under way.';

--
-- Name: COLUMN delivery.status; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery.status IS 'The HTTP status of the last answer; null: there was none.';

--
-- Name: delivery_attempt; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.delivery_attempt (
    employer_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    event_id uuid NOT NULL,
    attempt_id uuid NOT NULL,
    vendor_id uuid,
    at timestamp with time zone NOT NULL,
    outcome text NOT NULL,
    status integer,
    milliseconds integer NOT NULL
);

ALTER TABLE ONLY peil.delivery_attempt FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE delivery_attempt; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.delivery_attempt IS 'Every attempt to deliver an event: when, and what it came to. Never what the receiver answered.';

--
-- Name: COLUMN delivery_attempt.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN delivery_attempt.endpoint_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.endpoint_id IS 'The endpoint.';

--
-- Name: COLUMN delivery_attempt.event_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.event_id IS 'The event.';

--
-- Name: COLUMN delivery_attempt.attempt_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.attempt_id IS 'Version 7 UUID.';

--
-- Name: COLUMN delivery_attempt.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.vendor_id IS 'As in the delivery.';

--
-- Name: COLUMN delivery_attempt.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.at IS 'When, in real time.';

--
-- Name: COLUMN delivery_attempt.outcome; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.outcome IS 'What it came to, in one word.';

--
-- Name: COLUMN delivery_attempt.status; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.status IS 'The HTTP status of the answer; null: there was none.';

--
-- Name: COLUMN delivery_attempt.milliseconds; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.delivery_attempt.milliseconds IS 'How long it took.';

--
-- Name: due; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.due (
    employer_id uuid NOT NULL,
    kind text NOT NULL,
    subject uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    attempts integer NOT NULL,
    failure text
);

ALTER TABLE ONLY peil.due FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE due; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.due IS 'What the worker has to do and when, by the employer''s clock; a row goes in the transaction that did it.';

--
-- Name: COLUMN due.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN due.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.kind IS 'Name of the job.';

--
-- Name: COLUMN due.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.subject IS 'What to do it to; the zero UUID where the job is about the employer.';

--
-- Name: COLUMN due.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.at IS 'Not before this moment of the employer''s clock.';

--
-- Name: COLUMN due.attempts; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.attempts IS 'How often it failed.';

--
-- Name: COLUMN due.failure; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.due.failure IS 'Name of the last error, never its text; null: none.';

--
-- Name: employer; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.employer (
    employer_id uuid NOT NULL,
    name text NOT NULL,
    language text NOT NULL,
    sandbox boolean NOT NULL,
    clock_at timestamp with time zone,
    external_id text,
    created_at timestamp with time zone NOT NULL,
    vendor_id uuid,
    vendor_ids uuid[] NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT employer_clock_check CHECK ((sandbox OR (clock_at IS NULL)))
);

ALTER TABLE ONLY peil.employer FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE employer; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.employer IS 'The tenant: every other row belongs to exactly one employer.';

--
-- Name: COLUMN employer.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.employer_id IS 'Version 7 UUID, made by the application.';

--
-- Name: COLUMN employer.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.name IS 'Name as the employer writes it.';

--
-- Name: COLUMN employer.language; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.language IS 'BCP 47 tag of the language used where a caller states none.';

--
-- Name: COLUMN employer.sandbox; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.sandbox IS 'True for an employer of an integrator''s tests, whose clock can be moved.';

--
-- Name: COLUMN employer.clock_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.clock_at IS 'The time it is for this sandbox employer; null: real time.';

--
-- Name: COLUMN employer.external_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.external_id IS 'The id that whoever created it has for it, the operator or the vendor; null: none.';

--
-- Name: COLUMN employer.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.created_at IS 'When it was created, in real time.';

--
-- Name: COLUMN employer.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.vendor_id IS 'The vendor that created it; null: the operator did.';

--
-- Name: COLUMN employer.vendor_ids; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.vendor_ids IS 'The vendors with an active link: these see that it is there.';

--
-- Name: COLUMN employer.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.employer.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: event; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.event (
    employer_id uuid NOT NULL,
    event_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    state text,
    "position" bigint,
    made_by uuid
);

ALTER TABLE ONLY peil.event FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE event; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.event IS 'The outbox: thin events (ids and state, never a count), written in the transaction of their cause.';

--
-- Name: COLUMN event.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN event.event_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.event_id IS 'Version 7 UUID; the CloudEvents id.';

--
-- Name: COLUMN event.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.at IS 'When, by the employer''s clock.';

--
-- Name: COLUMN event.type; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.type IS 'Name in the event catalogue, such as wave.opened.';

--
-- Name: COLUMN event.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.subject IS 'What it is about: kind/id.';

--
-- Name: COLUMN event.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.state IS 'State of the subject after the event; null: it has none.';

--
-- Name: COLUMN event."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event."position" IS 'Place in the employer''s feed; null until the worker has put it in order.';

--
-- Name: COLUMN event.made_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.event.made_by IS 'The vendor that made the webhook endpoint which it is about, and which alone of all vendors hears of it; null: none, or it is about something else.';

--
-- Name: fatigue_budget; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.fatigue_budget (
    employer_id uuid NOT NULL,
    waves integer NOT NULL,
    items integer NOT NULL,
    days integer NOT NULL,
    CONSTRAINT fatigue_budget_positive_check CHECK (((waves > 0) AND (items > 0) AND (days > 0)))
);

ALTER TABLE ONLY peil.fatigue_budget FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE fatigue_budget; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.fatigue_budget IS 'How much a person may be asked; no row: the default.';

--
-- Name: COLUMN fatigue_budget.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.fatigue_budget.employer_id IS 'The employer.';

--
-- Name: COLUMN fatigue_budget.waves; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.fatigue_budget.waves IS 'The most waves in a period.';

--
-- Name: COLUMN fatigue_budget.items; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.fatigue_budget.items IS 'The most items in a period.';

--
-- Name: COLUMN fatigue_budget.days; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.fatigue_budget.days IS 'The length of a period.';

--
-- Name: idempotency; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.idempotency (
    employer_id uuid NOT NULL,
    key_digest bytea NOT NULL,
    fingerprint bytea NOT NULL,
    reply bytea,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.idempotency FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE idempotency; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.idempotency IS 'Idempotency keys of the last 24 hours, written in the transaction of their effect.';

--
-- Name: COLUMN idempotency.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.idempotency.employer_id IS 'The employer concerned; the zero UUID for operations of the operator.';

--
-- Name: COLUMN idempotency.key_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.idempotency.key_digest IS 'SHA-256 over actor, operation and key.';

--
-- Name: COLUMN idempotency.fingerprint; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.idempotency.fingerprint IS 'SHA-256 over operation and canonical input.';

--
-- Name: COLUMN idempotency.reply; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.idempotency.reply IS 'The reply as JSON; null: it showed a secret and is not kept.';

--
-- Name: COLUMN idempotency.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.idempotency.expires_at IS 'When it is forgotten, in real time.';

--
-- Name: instrument; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.instrument (
    employer_id uuid NOT NULL,
    instrument_id uuid NOT NULL,
    key text NOT NULL,
    version integer NOT NULL,
    state text NOT NULL,
    content jsonb NOT NULL,
    content_hash text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    published_at timestamp with time zone,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT instrument_published_check CHECK (((state = 'published'::text) = (published_at IS NOT NULL))),
    CONSTRAINT instrument_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
);

ALTER TABLE ONLY peil.instrument FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE instrument; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.instrument IS 'Questionnaires by key and version; a published version never changes.';

--
-- Name: COLUMN instrument.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.employer_id IS 'The employer.';

--
-- Name: COLUMN instrument.instrument_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.instrument_id IS 'Version 7 UUID of this version.';

--
-- Name: COLUMN instrument.key; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.key IS 'Name that all versions share.';

--
-- Name: COLUMN instrument.version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.version IS '1, 2, 3 …';

--
-- Name: COLUMN instrument.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.state IS 'draft or published.';

--
-- Name: COLUMN instrument.content; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.content IS 'Items, blocks, texts and licence, as JSON.';

--
-- Name: COLUMN instrument.content_hash; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.content_hash IS 'SHA-256 of the content, in hexadecimal.';

--
-- Name: COLUMN instrument.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.created_at IS 'When it was created, by the employer''s clock.';

--
-- Name: COLUMN instrument.published_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.published_at IS 'When it was published, by the employer''s clock; null: a draft.';

--
-- Name: COLUMN instrument.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.instrument.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: issuer; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.issuer (
    issuer_id uuid NOT NULL,
    employer_id uuid NOT NULL,
    issuer text NOT NULL,
    audience text NOT NULL,
    jwks_url text,
    algorithms text[] NOT NULL,
    identity_claim text NOT NULL,
    directory_attribute text NOT NULL,
    role_claim text,
    role_mapping jsonb NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    origins text[] DEFAULT '{}'::text[] NOT NULL,
    inline_form_by text,
    profile text NOT NULL,
    tenant jsonb,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT issuer_attribute_check CHECK ((directory_attribute = ANY (ARRAY['external_id'::text, 'user_name'::text]))),
    CONSTRAINT issuer_profile_check CHECK ((profile = ANY (ARRAY['generic'::text, 'entra'::text, 'okta'::text, 'keycloak'::text, 'google'::text]))),
    CONSTRAINT issuer_state_check CHECK ((state = ANY (ARRAY['inactive'::text, 'active'::text, 'revoked'::text])))
);

ALTER TABLE ONLY peil.issuer FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE issuer; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.issuer IS 'OIDC issuers of employers; read before an employer is known, therefore under a policy of their own.';

--
-- Name: COLUMN issuer.issuer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.issuer_id IS 'Version 7 UUID.';

--
-- Name: COLUMN issuer.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.employer_id IS 'The employer whose people it signs in.';

--
-- Name: COLUMN issuer.issuer; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.issuer IS 'The iss claim, exactly.';

--
-- Name: COLUMN issuer.audience; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.audience IS 'The aud value that its tokens for Peil carry.';

--
-- Name: COLUMN issuer.jwks_url; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.jwks_url IS 'Where its public keys are fetched; null: where its discovery document says.';

--
-- Name: COLUMN issuer.algorithms; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.algorithms IS 'JWS algorithms that are accepted from it.';

--
-- Name: COLUMN issuer.identity_claim; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.identity_claim IS 'The immutable claim that names the person.';

--
-- Name: COLUMN issuer.directory_attribute; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.directory_attribute IS 'The attribute of the directory that the identity claim equals.';

--
-- Name: COLUMN issuer.role_claim; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.role_claim IS 'The claim that lists roles or groups; null: everybody is just an employee.';

--
-- Name: COLUMN issuer.role_mapping; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.role_mapping IS 'Values of the role claim to roles of the access table.';

--
-- Name: COLUMN issuer.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.state IS 'inactive until an administrator confirms it, active, or revoked; only an active one signs anybody in.';

--
-- Name: COLUMN issuer.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.created_at IS 'When it was registered, in real time.';

--
-- Name: COLUMN issuer.origins; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.origins IS 'Origins whose pages may use its tokens in a browser; empty: no page may.';

--
-- Name: COLUMN issuer.inline_form_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.inline_form_by IS 'Whose page may draw the form of a wave in itself, as the notice names it; null: nobody''s.';

--
-- Name: COLUMN issuer.profile; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.profile IS 'The product that issues the tokens: generic, entra, okta, keycloak or google.';

--
-- Name: COLUMN issuer.tenant; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.tenant IS 'Claim and value by which a token is this employer''s and not another''s of the same issuer and audience; null: all are.';

--
-- Name: COLUMN issuer.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.issuer.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: membership; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.membership (
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    role text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    CONSTRAINT membership_period_check CHECK (((valid_to IS NULL) OR (valid_to > valid_from))),
    CONSTRAINT membership_role_check CHECK ((role = ANY (ARRAY['member'::text, 'manager'::text])))
);

ALTER TABLE ONLY peil.membership FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE membership; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.membership IS 'Who belongs to which unit, or manages it, from when to when.';

--
-- Name: COLUMN membership.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.employer_id IS 'The employer.';

--
-- Name: COLUMN membership.person_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.person_id IS 'The person.';

--
-- Name: COLUMN membership.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.unit_id IS 'The unit.';

--
-- Name: COLUMN membership.role; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.role IS 'member (of the main job) or manager (of the unit; gives reach over its subtree).';

--
-- Name: COLUMN membership.valid_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.valid_from IS 'First day.';

--
-- Name: COLUMN membership.valid_to; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.membership.valid_to IS 'First day no longer; null: no end known.';

--
-- Name: message; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.message (
    employer_id uuid NOT NULL,
    message_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    kind text NOT NULL,
    audience text NOT NULL,
    sent_by text NOT NULL,
    due_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT message_audience_check CHECK ((audience = ANY (ARRAY['everybody'::text, 'without-token'::text]))),
    CONSTRAINT message_kind_check CHECK ((kind = ANY (ARRAY['invitation'::text, 'reminder'::text, 'thanks'::text, 'cancellation'::text]))),
    CONSTRAINT message_sent_by_check CHECK ((sent_by = ANY (ARRAY['peil'::text, 'vendor'::text])))
);

ALTER TABLE ONLY peil.message FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE message; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.message IS 'What the people of a wave are written, and when. Not to how many, and not how far it is: both would tell.';

--
-- Name: COLUMN message.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.employer_id IS 'The employer.';

--
-- Name: COLUMN message.message_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.message_id IS 'Version 4 UUID.';

--
-- Name: COLUMN message.wave_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.wave_id IS 'The wave.';

--
-- Name: COLUMN message.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.kind IS 'invitation, reminder, thanks or cancellation.';

--
-- Name: COLUMN message.audience; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.audience IS 'everybody invited, or without-token: those without an answer token, where at least k_N of their group are left.';

--
-- Name: COLUMN message.sent_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.sent_by IS 'peil or vendor, as it was set when this was planned.';

--
-- Name: COLUMN message.due_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.due_at IS 'Not before this moment of the employer''s clock.';

--
-- Name: COLUMN message.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: message_settings; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.message_settings (
    employer_id uuid NOT NULL,
    sent_by text NOT NULL,
    answer_page text,
    sender_name text,
    reminder_days smallint[] NOT NULL,
    thanks boolean NOT NULL,
    texts jsonb NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT message_settings_answer_page_check CHECK (((sent_by = 'vendor'::text) OR (answer_page IS NOT NULL))),
    CONSTRAINT message_settings_sent_by_check CHECK ((sent_by = ANY (ARRAY['peil'::text, 'vendor'::text])))
);

ALTER TABLE ONLY peil.message_settings FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE message_settings; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.message_settings IS 'How an employer''s people are written to; without a row they are not.';

--
-- Name: COLUMN message_settings.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.employer_id IS 'The employer.';

--
-- Name: COLUMN message_settings.sent_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.sent_by IS 'peil: through the operator''s relay; vendor: by whoever delivers for the employer.';

--
-- Name: COLUMN message_settings.answer_page; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.answer_page IS 'Where an invitation leads, https and without a fragment; null: the vendor knows.';

--
-- Name: COLUMN message_settings.sender_name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.sender_name IS 'Who it is said to be from; null: the employer''s name.';

--
-- Name: COLUMN message_settings.reminder_days; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.reminder_days IS 'Days after the opening on which is reminded, ascending.';

--
-- Name: COLUMN message_settings.thanks; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.thanks IS 'True: everybody is thanked once there are outcomes.';

--
-- Name: COLUMN message_settings.texts; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.texts IS 'Own subjects and openings by kind and language; what is not in it is as shipped.';

--
-- Name: COLUMN message_settings.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.message_settings.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: permission; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.permission (
    employer_id uuid NOT NULL,
    permission_id uuid NOT NULL,
    instrument_id uuid NOT NULL,
    reference text NOT NULL,
    holder text NOT NULL,
    number text,
    valid_from date NOT NULL,
    valid_until date,
    commercial_use boolean NOT NULL,
    modification_allowed boolean NOT NULL,
    attribution text,
    document_digest text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT permission_period_check CHECK ((valid_until > valid_from))
);

ALTER TABLE ONLY peil.permission FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE permission; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.permission IS 'What holders of rights allow an employer: without it a wave that needs one does not open.';

--
-- Name: COLUMN permission.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.employer_id IS 'The employer.';

--
-- Name: COLUMN permission.permission_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.permission_id IS 'Version 7 UUID.';

--
-- Name: COLUMN permission.instrument_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.instrument_id IS 'The one version of an instrument that may be asked.';

--
-- Name: COLUMN permission.reference; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.reference IS 'The licence or the letter that gives it.';

--
-- Name: COLUMN permission.holder; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.holder IS 'Who gives it.';

--
-- Name: COLUMN permission.number; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.number IS 'The holder''s number of it; null: it has none.';

--
-- Name: COLUMN permission.valid_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.valid_from IS 'First day it holds.';

--
-- Name: COLUMN permission.valid_until; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.valid_until IS 'First day it no longer holds; null: no end.';

--
-- Name: COLUMN permission.commercial_use; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.commercial_use IS 'Whether it covers use for money.';

--
-- Name: COLUMN permission.modification_allowed; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.modification_allowed IS 'Whether it covers changed wording.';

--
-- Name: COLUMN permission.attribution; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.attribution IS 'The line that the holder asks for; null: none.';

--
-- Name: COLUMN permission.document_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.document_digest IS 'SHA-256 of the document that gives it, in hexadecimal.';

--
-- Name: COLUMN permission.recorded_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.recorded_at IS 'When it was recorded, by the employer''s clock.';

--
-- Name: COLUMN permission.revoked_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.revoked_at IS 'When it was revoked, by the employer''s clock; null: it was not.';

--
-- Name: COLUMN permission.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.permission.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: person; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.person (
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    external_id text NOT NULL,
    user_name text,
    display_name text,
    active boolean NOT NULL,
    email text,
    language text,
    employment_type text,
    absent boolean DEFAULT false NOT NULL,
    opted_out boolean DEFAULT false NOT NULL,
    modified_at timestamp with time zone NOT NULL,
    erase_at timestamp with time zone,
    leaves_on date,
    switched_off boolean DEFAULT false NOT NULL
);

ALTER TABLE ONLY peil.person FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE person; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.person IS 'People of the directory. Never beside an answer.';

--
-- Name: COLUMN person.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.employer_id IS 'The employer.';

--
-- Name: COLUMN person.person_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.person_id IS 'Version 4 UUID: it tells no time.';

--
-- Name: COLUMN person.external_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.external_id IS 'The HR system''s id, immutable; erased- and the own id once the person is erased.';

--
-- Name: COLUMN person.user_name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.user_name IS 'Immutable name at the identity provider, in whatever case; null: not known.';

--
-- Name: COLUMN person.display_name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.display_name IS 'How the person is called in lists of the directory; null: not given.';

--
-- Name: COLUMN person.active; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.active IS 'False: has left, or leaves on the day in leaves_on.';

--
-- Name: COLUMN person.email; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.email IS 'Where messages go; null: nowhere.';

--
-- Name: COLUMN person.language; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.language IS 'BCP 47 tag of the language of messages; null: the employer''s.';

--
-- Name: COLUMN person.employment_type; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.employment_type IS 'In the employer''s own words; null: not known.';

--
-- Name: COLUMN person.absent; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.absent IS 'True: away for long, and therefore not invited to a wave. Never why.';

--
-- Name: COLUMN person.opted_out; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.opted_out IS 'True: wants no messages. Still invited; known to the person alone.';

--
-- Name: COLUMN person.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.modified_at IS 'When the person or a membership was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: COLUMN person.erase_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.erase_at IS 'When what names the person is erased; null: is active, or is erased already.';

--
-- Name: COLUMN person.leaves_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.leaves_on IS 'The first day on which who was active until then is not; a day that is over says nothing more; null: no such day was said.';

--
-- Name: COLUMN person.switched_off; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.person.switched_off IS 'True: has left before the day in leaves_on, which holds again for who comes back before it.';

--
-- Name: policy; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.policy (
    employer_id uuid NOT NULL,
    version integer NOT NULL,
    thresholds jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.policy FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE policy; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.policy IS 'Thresholds of disclosure control by version; they only ratchet up.';

--
-- Name: COLUMN policy.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.policy.employer_id IS 'The employer.';

--
-- Name: COLUMN policy.version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.policy.version IS '1, 2, 3 …';

--
-- Name: COLUMN policy.thresholds; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.policy.thresholds IS 'The thresholds of the design, as JSON.';

--
-- Name: COLUMN policy.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.policy.created_at IS 'When it was set, by the employer''s clock.';

--
-- Name: precondition; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.precondition (
    employer_id uuid NOT NULL,
    precondition_id uuid NOT NULL,
    kind text NOT NULL,
    decided_on date NOT NULL,
    valid_until date,
    document_digest text NOT NULL,
    policy_version integer,
    mode text,
    languages text[] NOT NULL,
    entered_by text NOT NULL,
    withdrawn_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    withdrawn_by text,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT precondition_consent_check CHECK (((kind = ANY (ARRAY['works-council-consent'::text, 'no-works-council'::text])) = ((policy_version IS NOT NULL) AND (mode IS NOT NULL)))),
    CONSTRAINT precondition_kind_check CHECK ((kind = ANY (ARRAY['works-council-consent'::text, 'no-works-council'::text, 'dpia'::text, 'participant-notice'::text]))),
    CONSTRAINT precondition_term_check CHECK (((valid_until IS NULL) OR (valid_until > decided_on)))
);

ALTER TABLE ONLY peil.precondition FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE precondition; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.precondition IS 'What must be recorded before a wave may open.';

--
-- Name: COLUMN precondition.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.employer_id IS 'The employer.';

--
-- Name: COLUMN precondition.precondition_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.precondition_id IS 'Version 7 UUID.';

--
-- Name: COLUMN precondition.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.kind IS 'works-council-consent, no-works-council, dpia or participant-notice.';

--
-- Name: COLUMN precondition.decided_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.decided_on IS 'Date of the decision or document.';

--
-- Name: COLUMN precondition.valid_until; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.valid_until IS 'First day it no longer counts; null: no end.';

--
-- Name: COLUMN precondition.document_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.document_digest IS 'SHA-256 of the document, in hexadecimal.';

--
-- Name: COLUMN precondition.policy_version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.policy_version IS 'The policy consented to; null where the kind is no consent.';

--
-- Name: COLUMN precondition.mode; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.mode IS 'The mode consented to; null where the kind is no consent.';

--
-- Name: COLUMN precondition.languages; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.languages IS 'Languages of a participant notice; empty for other kinds.';

--
-- Name: COLUMN precondition.entered_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.entered_by IS 'works-council, or employer where HR entered it from a document.';

--
-- Name: COLUMN precondition.withdrawn_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.withdrawn_at IS 'When it was withdrawn, by the employer''s clock; null: it stands.';

--
-- Name: COLUMN precondition.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.created_at IS 'When it was recorded, by the employer''s clock.';

--
-- Name: COLUMN precondition.withdrawn_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.withdrawn_by IS 'works-council, or employer where HR took its own entry back; null: it stands.';

--
-- Name: COLUMN precondition.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.precondition.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: progress_check; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.progress_check (
    employer_id uuid NOT NULL,
    progress_check_id uuid NOT NULL,
    action_id uuid NOT NULL,
    number integer NOT NULL,
    kind text NOT NULL,
    due_on date NOT NULL,
    result text,
    note text,
    reading jsonb,
    completed_on date,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT progress_check_completed_check CHECK (((completed_on IS NULL) = (result IS NULL))),
    CONSTRAINT progress_check_kind_check CHECK ((kind = ANY (ARRAY['30-days'::text, '60-days'::text, '90-days'::text, 'quarter'::text]))),
    CONSTRAINT progress_check_result_check CHECK ((result = ANY (ARRAY['working'::text, 'not-working'::text, 'changed'::text])))
);

ALTER TABLE ONLY peil.progress_check FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE progress_check; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.progress_check IS 'Moments at which it is asked whether an action works.';

--
-- Name: COLUMN progress_check.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.employer_id IS 'The employer.';

--
-- Name: COLUMN progress_check.progress_check_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.progress_check_id IS 'Version 7 UUID.';

--
-- Name: COLUMN progress_check.action_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.action_id IS 'The action.';

--
-- Name: COLUMN progress_check.number; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.number IS '1, 2, 3 … of its action.';

--
-- Name: COLUMN progress_check.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.kind IS '30-days, 60-days, 90-days or quarter.';

--
-- Name: COLUMN progress_check.due_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.due_on IS 'The day.';

--
-- Name: COLUMN progress_check.result; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.result IS 'working, not-working or changed; null: not done yet.';

--
-- Name: COLUMN progress_check.note; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.note IS 'What was seen; null: nothing was noted.';

--
-- Name: COLUMN progress_check.reading; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.reading IS 'What the metric said when it was done, as JSON; null: not done yet, or nothing was measured.';

--
-- Name: COLUMN progress_check.completed_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.completed_on IS 'When it was done, by the employer''s clock; null: not done yet.';

--
-- Name: COLUMN progress_check.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.progress_check.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: revoked_token; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.revoked_token (
    employer_id uuid,
    jti_digest bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.revoked_token FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE revoked_token; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.revoked_token IS 'Access tokens of ours that their client has ended before their time; looked at whenever a process looks a token up.';

--
-- Name: COLUMN revoked_token.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.revoked_token.employer_id IS 'The employer of the client; null: it is the operator''s, or a vendor''s own.';

--
-- Name: COLUMN revoked_token.jti_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.revoked_token.jti_digest IS 'SHA-256 of the jti, which is random; it names no person.';

--
-- Name: COLUMN revoked_token.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.revoked_token.expires_at IS 'From when the token itself is refused, in real time; then it is forgotten.';

--
-- Name: risk; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.risk (
    employer_id uuid NOT NULL,
    risk_id uuid NOT NULL,
    title text NOT NULL,
    category text NOT NULL,
    description text,
    severity smallint NOT NULL,
    likelihood smallint NOT NULL,
    unit_ids uuid[],
    state text NOT NULL,
    rie_version text,
    identified_on date NOT NULL,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT risk_likelihood_check CHECK (((likelihood >= 1) AND (likelihood <= 5))),
    CONSTRAINT risk_severity_check CHECK (((severity >= 1) AND (severity <= 5))),
    CONSTRAINT risk_state_check CHECK ((state = ANY (ARRAY['open'::text, 'controlled'::text, 'closed'::text])))
);

ALTER TABLE ONLY peil.risk FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE risk; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.risk IS 'Psychosocial risks in the employer''s RI&E; none is about a person, none is deleted.';

--
-- Name: COLUMN risk.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.employer_id IS 'The employer.';

--
-- Name: COLUMN risk.risk_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.risk_id IS 'Version 7 UUID.';

--
-- Name: COLUMN risk.title; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.title IS 'What the risk is called.';

--
-- Name: COLUMN risk.category; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.category IS 'Key of an entry of kind risk in the catalogue, shipped or own.';

--
-- Name: COLUMN risk.description; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.description IS 'Where and how it shows; null: the title says it.';

--
-- Name: COLUMN risk.severity; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.severity IS 'How bad it is where it happens, from 1 to 5.';

--
-- Name: COLUMN risk.likelihood; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.likelihood IS 'How likely it is to happen, from 1 to 5.';

--
-- Name: COLUMN risk.unit_ids; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.unit_ids IS 'Units it is about, which may have ended since; null: the whole employer.';

--
-- Name: COLUMN risk.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.state IS 'open, controlled or closed.';

--
-- Name: COLUMN risk.rie_version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.rie_version IS 'Which version of the RI&E it stands in; null: in none yet.';

--
-- Name: COLUMN risk.identified_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.identified_on IS 'The day on which it was found.';

--
-- Name: COLUMN risk.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.created_at IS 'When it was added, by the employer''s clock.';

--
-- Name: COLUMN risk.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.risk.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: scim_connection; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_connection (
    employer_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    name text NOT NULL,
    groups text NOT NULL,
    group_prefix text,
    group_names text[] NOT NULL,
    tree text NOT NULL,
    erase_after integer NOT NULL,
    state text NOT NULL,
    confirmed_removals integer,
    confirmed_on date,
    created_at timestamp with time zone NOT NULL,
    erase_inactive_after integer NOT NULL,
    made_by uuid,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT scim_connection_groups_check CHECK ((groups = ANY (ARRAY['all'::text, 'prefix'::text, 'named'::text, 'none'::text]))),
    CONSTRAINT scim_connection_state_check CHECK ((state = ANY (ARRAY['inactive'::text, 'active'::text, 'revoked'::text]))),
    CONSTRAINT scim_connection_tree_check CHECK ((tree = ANY (ARRAY['scim'::text, 'import'::text, 'department'::text])))
);

ALTER TABLE ONLY peil.scim_connection FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_connection; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_connection IS 'Systems that provision people and units over SCIM 2.0, and what of theirs is applied.';

--
-- Name: COLUMN scim_connection.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.employer_id IS 'The employer.';

--
-- Name: COLUMN scim_connection.connection_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.connection_id IS 'Version 7 UUID.';

--
-- Name: COLUMN scim_connection.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.name IS 'What the employer calls it.';

--
-- Name: COLUMN scim_connection.groups; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.groups IS 'Which groups are units: all, those with a prefix, those named, or none.';

--
-- Name: COLUMN scim_connection.group_prefix; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.group_prefix IS 'How the names of groups that are units begin; null: they are not told by a prefix.';

--
-- Name: COLUMN scim_connection.group_names; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.group_names IS 'The names of groups that are units, where they are told by name.';

--
-- Name: COLUMN scim_connection.tree; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.tree IS 'Where the tree comes from: the SCIM extension, the import of units, or the department of each person.';

--
-- Name: COLUMN scim_connection.erase_after; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.erase_after IS 'Days between the deletion of a user and the erasure of name, address and ids.';

--
-- Name: COLUMN scim_connection.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.state IS 'inactive: waits for an administrator; revoked: for ever.';

--
-- Name: COLUMN scim_connection.confirmed_removals; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.confirmed_removals IS 'How many people an administrator lets disappear on confirmed_on; null: nothing was confirmed.';

--
-- Name: COLUMN scim_connection.confirmed_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.confirmed_on IS 'The one day of confirmed_removals; null: nothing was confirmed.';

--
-- Name: COLUMN scim_connection.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.created_at IS 'When it was made, in real time.';

--
-- Name: COLUMN scim_connection.erase_inactive_after; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.erase_inactive_after IS 'Days between a user being switched off and the erasure of what names the person.';

--
-- Name: COLUMN scim_connection.made_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.made_by IS 'The vendor that made it; null: none did, or it was made before this was kept.';

--
-- Name: COLUMN scim_connection.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_connection.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: scim_finding; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_finding (
    employer_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    code text NOT NULL,
    attribute text NOT NULL,
    times integer NOT NULL,
    subject text,
    first_at timestamp with time zone NOT NULL,
    last_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.scim_finding FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_finding; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_finding IS 'What a connection said that was not applied, counted; never a value.';

--
-- Name: COLUMN scim_finding.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.employer_id IS 'The employer.';

--
-- Name: COLUMN scim_finding.connection_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.connection_id IS 'The connection.';

--
-- Name: COLUMN scim_finding.code; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.code IS 'Why it was not applied.';

--
-- Name: COLUMN scim_finding.attribute; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.attribute IS 'The attribute it is about; empty: none in particular.';

--
-- Name: COLUMN scim_finding.times; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.times IS 'How often.';

--
-- Name: COLUMN scim_finding.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.subject IS 'What it was about the last time (kind/id); null: something that was not made.';

--
-- Name: COLUMN scim_finding.first_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.first_at IS 'The first time.';

--
-- Name: COLUMN scim_finding.last_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_finding.last_at IS 'The last time.';

--
-- Name: scim_group; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_group (
    employer_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    external_id text,
    manager_id uuid,
    valid_from date,
    valid_to date,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.scim_group FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_group; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_group IS 'What SCIM says of a unit beside what the directory keeps.';

--
-- Name: COLUMN scim_group.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.employer_id IS 'The employer.';

--
-- Name: COLUMN scim_group.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.unit_id IS 'The unit, whose id is that of the SCIM resource.';

--
-- Name: COLUMN scim_group.external_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.external_id IS 'The id of the provisioning system; null: not said.';

--
-- Name: COLUMN scim_group.manager_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.manager_id IS 'The person SCIM made manager of the unit; null: nobody.';

--
-- Name: COLUMN scim_group.valid_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.valid_from IS 'First day as it was said; null: not said.';

--
-- Name: COLUMN scim_group.valid_to; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.valid_to IS 'The day on which the unit is to end; null: no end was said.';

--
-- Name: COLUMN scim_group.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.created_at IS 'When SCIM first said something of the unit.';

--
-- Name: COLUMN scim_group.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_group.modified_at IS 'When it last did.';

--
-- Name: scim_member; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_member (
    employer_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    person_id uuid NOT NULL,
    place integer NOT NULL
);

ALTER TABLE ONLY peil.scim_member FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_member; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_member IS 'Groups of a person as the provisioning system has them; the membership of the directory follows from the last.';

--
-- Name: COLUMN scim_member.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_member.employer_id IS 'The employer.';

--
-- Name: COLUMN scim_member.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_member.unit_id IS 'The unit.';

--
-- Name: COLUMN scim_member.person_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_member.person_id IS 'The person.';

--
-- Name: COLUMN scim_member.place; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_member.place IS 'Counts up within the person: the highest was said last, and is the unit of the main job.';

--
-- Name: scim_secret; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_secret (
    employer_id uuid NOT NULL,
    connection_id uuid NOT NULL,
    secret_id uuid NOT NULL,
    digest bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    made_by uuid,
    cut_from timestamp with time zone,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.scim_secret FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_secret; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_secret IS 'Secrets of connections, two while one takes the place of the other; read before an employer is known.';

--
-- Name: COLUMN scim_secret.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.employer_id IS 'The employer: the secret alone says which.';

--
-- Name: COLUMN scim_secret.connection_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.connection_id IS 'The connection.';

--
-- Name: COLUMN scim_secret.secret_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.secret_id IS 'Version 7 UUID.';

--
-- Name: COLUMN scim_secret.digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.digest IS 'SHA-256 of the secret, which is random and 256 bits long.';

--
-- Name: COLUMN scim_secret.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.created_at IS 'When it was made, in real time.';

--
-- Name: COLUMN scim_secret.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.expires_at IS 'From when it proves nothing, in real time.';

--
-- Name: COLUMN scim_secret.made_by; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.made_by IS 'The vendor that made it, with whose link it ends; null: none did, or it was made before this was kept.';

--
-- Name: COLUMN scim_secret.cut_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.cut_from IS 'When it was to end before another secret took its place; null: none has.';

--
-- Name: COLUMN scim_secret.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_secret.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: scim_user; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.scim_user (
    employer_id uuid NOT NULL,
    person_id uuid NOT NULL,
    external_id text,
    active boolean,
    absent boolean,
    department text,
    cost_center text,
    manager_id uuid,
    came_on date,
    left_on date,
    created_at timestamp with time zone NOT NULL,
    modified_at timestamp with time zone NOT NULL,
    deleted_at timestamp with time zone,
    unplaced_on date
);

ALTER TABLE ONLY peil.scim_user FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE scim_user; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.scim_user IS 'What SCIM says of a person beside what the directory keeps.';

--
-- Name: COLUMN scim_user.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.employer_id IS 'The employer.';

--
-- Name: COLUMN scim_user.person_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.person_id IS 'The person, whose id is that of the SCIM resource.';

--
-- Name: COLUMN scim_user.external_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.external_id IS 'The id of the provisioning system; null: not said.';

--
-- Name: COLUMN scim_user.active; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.active IS 'As it was said; null: not said, which means active.';

--
-- Name: COLUMN scim_user.absent; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.absent IS 'As it was said; null: not said, which means not absent.';

--
-- Name: COLUMN scim_user.department; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.department IS 'As it was said; null: not said.';

--
-- Name: COLUMN scim_user.cost_center; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.cost_center IS 'As it was said; null: not said.';

--
-- Name: COLUMN scim_user.manager_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.manager_id IS 'The person who manages this one; gives no right. null: not said.';

--
-- Name: COLUMN scim_user.came_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.came_on IS 'The day SCIM made the person; null: the person was there before.';

--
-- Name: COLUMN scim_user.left_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.left_on IS 'The day SCIM switched the person off; null: it did not, or switched the person on again.';

--
-- Name: COLUMN scim_user.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.created_at IS 'When SCIM first said something of the person.';

--
-- Name: COLUMN scim_user.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.modified_at IS 'When it last did.';

--
-- Name: COLUMN scim_user.deleted_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.deleted_at IS 'When the user was deleted, from when there is none; null: there is one.';

--
-- Name: COLUMN scim_user.unplaced_on; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.scim_user.unplaced_on IS 'The last day on which SCIM took away the last unit of the person; null: it never did.';

--
-- Name: support_route; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.support_route (
    employer_id uuid NOT NULL,
    support_route_id uuid NOT NULL,
    kind text NOT NULL,
    name text NOT NULL,
    contact text NOT NULL,
    explanation jsonb,
    valid_until date,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.support_route FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE support_route; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.support_route IS 'Where an employee can turn to.';

--
-- Name: COLUMN support_route.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.employer_id IS 'The employer.';

--
-- Name: COLUMN support_route.support_route_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.support_route_id IS 'Version 7 UUID.';

--
-- Name: COLUMN support_route.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.kind IS 'Such as confidential-adviser or reporting-route.';

--
-- Name: COLUMN support_route.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.name IS 'Who or what it is.';

--
-- Name: COLUMN support_route.contact; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.contact IS 'How to reach it.';

--
-- Name: COLUMN support_route.explanation; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.explanation IS 'What it is for, a text per language; null: nothing more to say.';

--
-- Name: COLUMN support_route.valid_until; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.valid_until IS 'First day it is no more; null: no end known.';

--
-- Name: COLUMN support_route.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.support_route.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: unit; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.unit (
    employer_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    external_id text NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    valid_from date NOT NULL,
    valid_to date,
    modified_at timestamp with time zone NOT NULL,
    CONSTRAINT unit_own_parent_check CHECK ((parent_id <> unit_id)),
    CONSTRAINT unit_period_check CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))
);

ALTER TABLE ONLY peil.unit FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE unit; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.unit IS 'Nodes of the employer''s organisation tree.';

--
-- Name: COLUMN unit.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.employer_id IS 'The employer.';

--
-- Name: COLUMN unit.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.unit_id IS 'Version 7 UUID.';

--
-- Name: COLUMN unit.external_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.external_id IS 'The HR system''s id.';

--
-- Name: COLUMN unit.parent_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.parent_id IS 'The unit above; null: the root.';

--
-- Name: COLUMN unit.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.name IS 'Name as people know it.';

--
-- Name: COLUMN unit.valid_from; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.valid_from IS 'First day it exists.';

--
-- Name: COLUMN unit.valid_to; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.valid_to IS 'First day it exists no longer; null: no end known.';

--
-- Name: COLUMN unit.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unit.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: unknown_sign_in; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.unknown_sign_in (
    employer_id uuid NOT NULL,
    issuer_id uuid NOT NULL,
    "on" date NOT NULL,
    count integer NOT NULL,
    CONSTRAINT unknown_sign_in_count_check CHECK ((count > 0))
);

ALTER TABLE ONLY peil.unknown_sign_in FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE unknown_sign_in; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.unknown_sign_in IS 'How often somebody signed in with a good token whom the directory does not know; never who.';

--
-- Name: COLUMN unknown_sign_in.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unknown_sign_in.employer_id IS 'The employer.';

--
-- Name: COLUMN unknown_sign_in.issuer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unknown_sign_in.issuer_id IS 'The issuer of the token.';

--
-- Name: COLUMN unknown_sign_in."on"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unknown_sign_in."on" IS 'The day, in real time.';

--
-- Name: COLUMN unknown_sign_in.count; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.unknown_sign_in.count IS 'How often.';

--
-- Name: used_assertion; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.used_assertion (
    employer_id uuid,
    client_id uuid NOT NULL,
    jti_digest bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.used_assertion FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE used_assertion; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.used_assertion IS 'JWTs by which clients have proven themselves and which are not over yet: each counts once.';

--
-- Name: COLUMN used_assertion.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_assertion.employer_id IS 'The employer of the client; null: it is the operator''s or a vendor''s.';

--
-- Name: COLUMN used_assertion.client_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_assertion.client_id IS 'The client.';

--
-- Name: COLUMN used_assertion.jti_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_assertion.jti_digest IS 'SHA-256 of the jti.';

--
-- Name: COLUMN used_assertion.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_assertion.expires_at IS 'From when the JWT itself is refused, in real time; then it is forgotten.';

--
-- Name: used_proof; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.used_proof (
    employer_id uuid,
    proof_digest bytea NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.used_proof FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE used_proof; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.used_proof IS 'JWTs by which whoever sends a bound token has proven to hold its key (DPoP): each counts once.';

--
-- Name: COLUMN used_proof.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_proof.employer_id IS 'The employer of the client or the person; null: it is the operator''s, or a vendor''s own.';

--
-- Name: COLUMN used_proof.proof_digest; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_proof.proof_digest IS 'SHA-256 of the thumbprint of the key and the jti; it names neither a token nor a person.';

--
-- Name: COLUMN used_proof.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.used_proof.expires_at IS 'From when it is forgotten, in real time: the end of the ten minutes after which the JWT itself is refused, so that nothing tells when a request came.';

--
-- Name: vendor; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.vendor (
    vendor_id uuid NOT NULL,
    name text NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    "position" bigint NOT NULL,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT vendor_state_check CHECK ((state = ANY (ARRAY['active'::text, 'revoked'::text])))
);

ALTER TABLE ONLY peil.vendor FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE vendor; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.vendor IS 'Companies whose products embed Peil for many employers; read before an employer is known.';

--
-- Name: COLUMN vendor.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor.vendor_id IS 'Version 7 UUID.';

--
-- Name: COLUMN vendor.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor.name IS 'Name as the operator writes it.';

--
-- Name: COLUMN vendor.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor.state IS 'active or revoked; clients of a revoked one get no token.';

--
-- Name: COLUMN vendor.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor.created_at IS 'When it was created, in real time.';

--
-- Name: COLUMN vendor."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor."position" IS 'Place of the last event in its feed; who adds to the feed holds the row, so that readers never miss one.';

--
-- Name: COLUMN vendor.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: vendor_audit; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.vendor_audit (
    vendor_id uuid NOT NULL,
    audit_id uuid NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_kind text NOT NULL,
    actor_id uuid NOT NULL,
    event text NOT NULL,
    subject text NOT NULL,
    "position" bigint,
    hash bytea,
    CONSTRAINT vendor_audit_chain_check CHECK ((("position" IS NULL) = (hash IS NULL)))
);

ALTER TABLE ONLY peil.vendor_audit FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE vendor_audit; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.vendor_audit IS 'Who did what to a vendor, to its own clients or to the operator''s: one row per change, in the transaction of the change. No employer is concerned.';

--
-- Name: COLUMN vendor_audit.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.vendor_id IS 'The vendor concerned; the zero UUID: none, it is the operator''s own matter.';

--
-- Name: COLUMN vendor_audit.audit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.audit_id IS 'Version 7 UUID.';

--
-- Name: COLUMN vendor_audit.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.at IS 'When, in real time.';

--
-- Name: COLUMN vendor_audit.actor_kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.actor_kind IS 'client (one of the vendor''s own) or operator.';

--
-- Name: COLUMN vendor_audit.actor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.actor_id IS 'Opaque id of the client; the zero UUID for the operator on its own machine, where nobody signs in.';

--
-- Name: COLUMN vendor_audit.event; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.event IS 'Name of the operation.';

--
-- Name: COLUMN vendor_audit.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.subject IS 'What it was done to: kind/id.';

--
-- Name: COLUMN vendor_audit."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit."position" IS 'Place in the chain of this vendor, or of the operator; null until the worker has chained it.';

--
-- Name: COLUMN vendor_audit.hash; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_audit.hash IS 'SHA-256 over the previous hash and this row; null until the worker has chained it.';

--
-- Name: vendor_campaign; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.vendor_campaign (
    employer_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    template_key text NOT NULL,
    year integer NOT NULL,
    campaign_id uuid NOT NULL
);

ALTER TABLE ONLY peil.vendor_campaign FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE vendor_campaign; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.vendor_campaign IS 'Campaigns that vendors made from a template, so that a repeated request makes no second one.';

--
-- Name: COLUMN vendor_campaign.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_campaign.employer_id IS 'The employer.';

--
-- Name: COLUMN vendor_campaign.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_campaign.vendor_id IS 'The vendor, whose link was active then.';

--
-- Name: COLUMN vendor_campaign.template_key; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_campaign.template_key IS 'What the vendor calls its template.';

--
-- Name: COLUMN vendor_campaign.year; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_campaign.year IS 'The year that the vendor asked for; the campaign may have moved since.';

--
-- Name: COLUMN vendor_campaign.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_campaign.campaign_id IS 'The campaign.';

--
-- Name: vendor_event; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.vendor_event (
    employer_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    event_id uuid NOT NULL,
    "position" bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    type text NOT NULL,
    subject text NOT NULL,
    state text
);

ALTER TABLE ONLY peil.vendor_event FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE vendor_event; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.vendor_event IS 'Events of all employers of a vendor in one order, copied when they get their place in the employer''s feed.';

--
-- Name: COLUMN vendor_event.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.employer_id IS 'The employer concerned.';

--
-- Name: COLUMN vendor_event.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.vendor_id IS 'The vendor, whose link was active then.';

--
-- Name: COLUMN vendor_event.event_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.event_id IS 'The CloudEvents id.';

--
-- Name: COLUMN vendor_event."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event."position" IS 'Place in the vendor''s feed.';

--
-- Name: COLUMN vendor_event.at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.at IS 'When, by the employer''s clock.';

--
-- Name: COLUMN vendor_event.type; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.type IS 'Name in the event catalogue.';

--
-- Name: COLUMN vendor_event.subject; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.subject IS 'What it is about: kind/id.';

--
-- Name: COLUMN vendor_event.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_event.state IS 'State of the subject after the event; null: it has none.';

--
-- Name: vendor_link; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.vendor_link (
    employer_id uuid NOT NULL,
    vendor_id uuid NOT NULL,
    state text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    confirmed_at timestamp with time zone,
    ended_at timestamp with time zone,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT vendor_link_confirmed_check CHECK (((state <> 'active'::text) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT vendor_link_ended_check CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL))),
    CONSTRAINT vendor_link_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'ended'::text])))
);

ALTER TABLE ONLY peil.vendor_link FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE vendor_link; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.vendor_link IS 'Which vendor may act for which employer; one row for the two, also after it has ended.';

--
-- Name: COLUMN vendor_link.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.employer_id IS 'The employer.';

--
-- Name: COLUMN vendor_link.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.vendor_id IS 'The vendor.';

--
-- Name: COLUMN vendor_link.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.state IS 'waiting until an administrator of the employer confirms it, active, or ended; only an active one gives tokens.';

--
-- Name: COLUMN vendor_link.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.created_at IS 'When it was asked for, the last time, in real time.';

--
-- Name: COLUMN vendor_link.confirmed_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.confirmed_at IS 'When it became active, in real time; null: it waits, or ended before it was confirmed.';

--
-- Name: COLUMN vendor_link.ended_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.ended_at IS 'When it ended, in real time; null: it has not.';

--
-- Name: COLUMN vendor_link.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.vendor_link.modified_at IS 'When it was last written, by real time; the epoch: before this was kept.';

--
-- Name: wave; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.wave (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    instrument_id uuid NOT NULL,
    mode text NOT NULL,
    languages text[] NOT NULL,
    opens_at timestamp with time zone NOT NULL,
    closes_at timestamp with time zone NOT NULL,
    zone text NOT NULL,
    unit_ids uuid[],
    policy_version integer NOT NULL,
    state text NOT NULL,
    invited integer,
    codes_drawn boolean NOT NULL,
    keys text NOT NULL,
    failure text,
    created_at timestamp with time zone NOT NULL,
    campaign_id uuid,
    series_id uuid,
    employment_types text[],
    excluded jsonb,
    manifest_sha256 text,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL,
    CONSTRAINT wave_invited_check CHECK (((state = ANY (ARRAY['planned'::text, 'opening'::text])) <= (invited IS NULL))),
    CONSTRAINT wave_keys_check CHECK ((keys = ANY (ARRAY['none'::text, 'present'::text, 'pending'::text, 'destroyed'::text]))),
    CONSTRAINT wave_kind_check CHECK ((kind = ANY (ARRAY['baseline'::text, 'pulse'::text, 'post'::text, 'survey'::text, 'traffic-light'::text]))),
    CONSTRAINT wave_mode_check CHECK ((mode = ANY (ARRAY['blind'::text, 'handout'::text, 'split'::text]))),
    CONSTRAINT wave_state_check CHECK ((state = ANY (ARRAY['planned'::text, 'opening'::text, 'ready'::text, 'open'::text, 'closing'::text, 'released'::text, 'cancelled'::text, 'unrecoverable'::text]))),
    CONSTRAINT wave_window_check CHECK ((closes_at > opens_at))
);

ALTER TABLE ONLY peil.wave FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE wave; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.wave IS 'One time of asking.';

--
-- Name: COLUMN wave.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.employer_id IS 'The employer.';

--
-- Name: COLUMN wave.wave_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.wave_id IS 'Version 4 UUID: it stands near answers and tells no time.';

--
-- Name: COLUMN wave.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.name IS 'What HR calls it.';

--
-- Name: COLUMN wave.kind; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.kind IS 'baseline, pulse, post, survey or traffic-light.';

--
-- Name: COLUMN wave.instrument_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.instrument_id IS 'The published instrument version that is asked.';

--
-- Name: COLUMN wave.mode; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.mode IS 'How answers are kept apart from persons: blind, handout or split.';

--
-- Name: COLUMN wave.languages; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.languages IS 'Languages it is asked in.';

--
-- Name: COLUMN wave.opens_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.opens_at IS 'Answers count from this moment of the employer''s clock.';

--
-- Name: COLUMN wave.closes_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.closes_at IS 'Answers count until before this moment of the employer''s clock.';

--
-- Name: COLUMN wave.zone; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.zone IS 'IANA zone of the window, for people.';

--
-- Name: COLUMN wave.unit_ids; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.unit_ids IS 'Units whose subtrees are asked; null: everyone.';

--
-- Name: COLUMN wave.policy_version; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.policy_version IS 'Thresholds that hold for it, frozen when it opens.';

--
-- Name: COLUMN wave.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.state IS 'planned, opening, ready, open, closing, released, cancelled, or unrecoverable (its key is lost).';

--
-- Name: COLUMN wave.invited; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.invited IS 'People in the snapshot; null: not frozen yet.';

--
-- Name: COLUMN wave.codes_drawn; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.codes_drawn IS 'True once the codes of split or handout mode were given out.';

--
-- Name: COLUMN wave.keys; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.keys IS 'The unsealing key: none (not made), present, pending destruction, or destroyed.';

--
-- Name: COLUMN wave.failure; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.failure IS 'Code of why the last opening did not succeed; null: nothing failed.';

--
-- Name: COLUMN wave.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.created_at IS 'When it was planned, by the employer''s clock.';

--
-- Name: COLUMN wave.campaign_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.campaign_id IS 'The campaign it belongs to; null: it stands alone.';

--
-- Name: COLUMN wave.series_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.series_id IS 'The series it was planned in; null: it was planned alone.';

--
-- Name: COLUMN wave.employment_types; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.employment_types IS 'Kinds of employment that are asked; null: all.';

--
-- Name: COLUMN wave.excluded; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.excluded IS 'How many were left out and why, as JSON, where that gives nobody away; null: not frozen yet.';

--
-- Name: COLUMN wave.manifest_sha256; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.manifest_sha256 IS 'SHA-256 of the manifest of its keys, in hexadecimal; null: not frozen yet, or no keys in this mode.';

--
-- Name: COLUMN wave.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: wave_series; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.wave_series (
    employer_id uuid NOT NULL,
    series_id uuid NOT NULL,
    plan jsonb NOT NULL,
    created_at timestamp with time zone NOT NULL,
    cancelled_at timestamp with time zone,
    modified_at timestamp with time zone DEFAULT '1970-01-01 00:00:00+00'::timestamp with time zone NOT NULL
);

ALTER TABLE ONLY peil.wave_series FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE wave_series; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.wave_series IS 'Waves that were planned together, in a cadence; each of them is an ordinary wave.';

--
-- Name: COLUMN wave_series.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.employer_id IS 'The employer.';

--
-- Name: COLUMN wave_series.series_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.series_id IS 'Version 4 UUID: it stands near answers and tells no time.';

--
-- Name: COLUMN wave_series.plan; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.plan IS 'What is asked, of whom and in which cadence, as JSON.';

--
-- Name: COLUMN wave_series.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.created_at IS 'When it was planned, by the employer''s clock.';

--
-- Name: COLUMN wave_series.cancelled_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.cancelled_at IS 'When what was not open yet was cancelled, by the employer''s clock; null: it goes on.';

--
-- Name: COLUMN wave_series.modified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_series.modified_at IS 'When it was last written, by the employer''s clock; the epoch: before this was kept.';

--
-- Name: wave_unit; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.wave_unit (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    "position" integer NOT NULL,
    group_unit_id uuid
);

ALTER TABLE ONLY peil.wave_unit FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE wave_unit; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.wave_unit IS 'The organisation tree as it stood when the wave opened.';

--
-- Name: COLUMN wave_unit.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.employer_id IS 'The employer.';

--
-- Name: COLUMN wave_unit.wave_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.wave_id IS 'The wave.';

--
-- Name: COLUMN wave_unit.unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.unit_id IS 'The unit.';

--
-- Name: COLUMN wave_unit.parent_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.parent_id IS 'The unit above, within the snapshot; null: the top.';

--
-- Name: COLUMN wave_unit.name; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.name IS 'Its name then.';

--
-- Name: COLUMN wave_unit."position"; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit."position" IS 'Depth-first place in the tree, siblings by name.';

--
-- Name: COLUMN wave_unit.group_unit_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.wave_unit.group_unit_id IS 'Where its own people report; null: it has none of its own.';

--
-- Name: webhook_endpoint; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.webhook_endpoint (
    endpoint_id uuid NOT NULL,
    employer_id uuid,
    vendor_id uuid,
    url text NOT NULL,
    types text[] NOT NULL,
    state text NOT NULL,
    disabled_for text,
    created_at timestamp with time zone NOT NULL,
    verified_at timestamp with time zone,
    disabled_at timestamp with time zone,
    CONSTRAINT webhook_endpoint_disabled_check CHECK ((((state = 'disabled'::text) = (disabled_at IS NOT NULL)) AND ((state = 'disabled'::text) = (disabled_for IS NOT NULL)))),
    CONSTRAINT webhook_endpoint_owner_check CHECK (((employer_id IS NOT NULL) OR (vendor_id IS NOT NULL))),
    CONSTRAINT webhook_endpoint_reason_check CHECK ((disabled_for = ANY (ARRAY['gone'::text, 'failing'::text, 'link-ended'::text]))),
    CONSTRAINT webhook_endpoint_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'active'::text, 'disabled'::text])))
);

ALTER TABLE ONLY peil.webhook_endpoint FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE webhook_endpoint; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.webhook_endpoint IS 'Where events are pushed to: of an employer, or the one of a vendor for all employers that let it act.';

--
-- Name: COLUMN webhook_endpoint.endpoint_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.endpoint_id IS 'Version 7 UUID.';

--
-- Name: COLUMN webhook_endpoint.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.employer_id IS 'The employer whose events go there; null: it is a vendor''s own.';

--
-- Name: COLUMN webhook_endpoint.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.vendor_id IS 'Of a vendor''s own endpoint the vendor; of an employer''s the vendor that made it, with whose link it ends; null: none.';

--
-- Name: COLUMN webhook_endpoint.url; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.url IS 'https, on the internet.';

--
-- Name: COLUMN webhook_endpoint.types; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.types IS 'Names of the event catalogue that go there; empty: all.';

--
-- Name: COLUMN webhook_endpoint.state; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.state IS 'waiting until the receiver has agreed, active, or disabled until it agrees again.';

--
-- Name: COLUMN webhook_endpoint.disabled_for; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.disabled_for IS 'gone: it answered 410; failing: nothing was taken for days; link-ended: the vendor that made it may act no more; null: it is not disabled.';

--
-- Name: COLUMN webhook_endpoint.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.created_at IS 'When it was created, in real time.';

--
-- Name: COLUMN webhook_endpoint.verified_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.verified_at IS 'When the receiver last agreed, in real time; null: it never has.';

--
-- Name: COLUMN webhook_endpoint.disabled_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_endpoint.disabled_at IS 'When it was disabled, in real time; null: it is not.';

--
-- Name: webhook_secret; Type: TABLE; Schema: peil; Owner: -
--

CREATE TABLE peil.webhook_secret (
    secret_id uuid NOT NULL,
    endpoint_id uuid NOT NULL,
    employer_id uuid,
    vendor_id uuid,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone
);

ALTER TABLE ONLY peil.webhook_secret FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE webhook_secret; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON TABLE peil.webhook_secret IS 'By which secrets deliveries are signed: the secret itself is derived from its id and the service''s secret, and stands nowhere.';

--
-- Name: COLUMN webhook_secret.secret_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.secret_id IS 'Version 4 UUID.';

--
-- Name: COLUMN webhook_secret.endpoint_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.endpoint_id IS 'The endpoint.';

--
-- Name: COLUMN webhook_secret.employer_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.employer_id IS 'The employer of the endpoint; null: it is a vendor''s own.';

--
-- Name: COLUMN webhook_secret.vendor_id; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.vendor_id IS 'The vendor of the endpoint, as it stands there; null: none.';

--
-- Name: COLUMN webhook_secret.created_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.created_at IS 'When it was made, in real time.';

--
-- Name: COLUMN webhook_secret.expires_at; Type: COMMENT; Schema: peil; Owner: -
--

COMMENT ON COLUMN peil.webhook_secret.expires_at IS 'When it signs no more, in real time; null: no end is set.';

--
-- Name: aggregate; Type: TABLE; Schema: release; Owner: -
--

CREATE TABLE release.aggregate (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    parent_id uuid,
    name text NOT NULL,
    "position" integer NOT NULL,
    content jsonb NOT NULL,
    whole boolean NOT NULL
);

ALTER TABLE ONLY release.aggregate FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE aggregate; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON TABLE release.aggregate IS 'What a release says about one unit.';

--
-- Name: COLUMN aggregate.employer_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.employer_id IS 'The employer.';

--
-- Name: COLUMN aggregate.wave_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.wave_id IS 'The wave.';

--
-- Name: COLUMN aggregate.unit_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.unit_id IS 'The unit.';

--
-- Name: COLUMN aggregate.parent_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.parent_id IS 'The unit above in the wave''s snapshot; null: the top.';

--
-- Name: COLUMN aggregate.name; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.name IS 'Its name in the snapshot.';

--
-- Name: COLUMN aggregate."position"; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate."position" IS 'Depth-first place in the tree.';

--
-- Name: COLUMN aggregate.content; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.content IS 'Protected cells as JSON; the only numbers that exist after a close.';

--
-- Name: COLUMN aggregate.whole; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.aggregate.whole IS 'True: everybody of the unit and beneath was asked; false: the wave asked some of its units only.';

--
-- Name: block; Type: TABLE; Schema: release; Owner: -
--

CREATE TABLE release.block (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    block text NOT NULL,
    fingerprint text NOT NULL,
    spread jsonb
);

ALTER TABLE ONLY release.block FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE block; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON TABLE release.block IS 'What a release says of a block in the whole wave.';

--
-- Name: COLUMN block.employer_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.block.employer_id IS 'The employer.';

--
-- Name: COLUMN block.wave_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.block.wave_id IS 'The wave.';

--
-- Name: COLUMN block.block; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.block.block IS 'The key of the block.';

--
-- Name: COLUMN block.fingerprint; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.block.fingerprint IS 'SHA-256 of its items, their versions and scoring, in hexadecimal; blocks with an equal one can be compared.';

--
-- Name: COLUMN block.spread; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.block.spread IS 'Pooled standard deviation and its degrees of freedom, as JSON; null: no atom was large enough to tell it.';

--
-- Name: release; Type: TABLE; Schema: release; Owner: -
--

CREATE TABLE release.release (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    "position" integer NOT NULL,
    manifest jsonb NOT NULL,
    manifest_hash bytea NOT NULL,
    previous_hash bytea,
    released_at timestamp with time zone NOT NULL,
    CONSTRAINT release_chain_check CHECK ((("position" = 1) = (previous_hash IS NULL)))
);

ALTER TABLE ONLY release.release FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE release; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON TABLE release.release IS 'The one immutable publication of a closed wave, chained to the employer''s previous one.';

--
-- Name: COLUMN release.employer_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.employer_id IS 'The employer.';

--
-- Name: COLUMN release.wave_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.wave_id IS 'The wave.';

--
-- Name: COLUMN release."position"; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release."position" IS 'Place in the employer''s chain, from 1.';

--
-- Name: COLUMN release.manifest; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.manifest IS 'What was published and under which policy, as JSON.';

--
-- Name: COLUMN release.manifest_hash; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.manifest_hash IS 'SHA-256 of the canonical manifest.';

--
-- Name: COLUMN release.previous_hash; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.previous_hash IS 'Manifest hash of the previous release; null: the first.';

--
-- Name: COLUMN release.released_at; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.release.released_at IS 'When, by the employer''s clock.';

--
-- Name: unit_atoms; Type: TABLE; Schema: release; Owner: -
--

CREATE TABLE release.unit_atoms (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    content jsonb NOT NULL
);

ALTER TABLE ONLY release.unit_atoms FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE unit_atoms; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON TABLE release.unit_atoms IS 'Protected statistics of the smallest groups a release refers to; all others are their sums.';

--
-- Name: COLUMN unit_atoms.employer_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.unit_atoms.employer_id IS 'The employer.';

--
-- Name: COLUMN unit_atoms.wave_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.unit_atoms.wave_id IS 'The wave.';

--
-- Name: COLUMN unit_atoms.unit_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.unit_atoms.unit_id IS 'The published unit whose residuals the atoms are.';

--
-- Name: COLUMN unit_atoms.content; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.unit_atoms.content IS 'As JSON, by kind of figure (each has atoms of its own, those of a coarser one being sums of a finer one''s) and by block, item or * for all respondents: respondents and protected statistics.';

--
-- Name: written; Type: TABLE; Schema: release; Owner: -
--

CREATE TABLE release.written (
    employer_id uuid NOT NULL,
    wave_id uuid NOT NULL,
    part text NOT NULL,
    piece integer NOT NULL,
    bytes bytea NOT NULL,
    CONSTRAINT written_part_check CHECK ((part = ANY (ARRAY['manifest'::text, 'content'::text, 'tree'::text]))),
    CONSTRAINT written_piece_check CHECK ((piece >= 1))
);

ALTER TABLE ONLY release.written FORCE ROW LEVEL SECURITY;

--
-- Name: TABLE written; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON TABLE release.written IS 'A release byte for byte as it was hashed: no later version of Peil need write it in the same way again.';

--
-- Name: COLUMN written.employer_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.written.employer_id IS 'The employer.';

--
-- Name: COLUMN written.wave_id; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.written.wave_id IS 'The wave.';

--
-- Name: COLUMN written.part; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.written.part IS 'manifest (with its hash), content (all figures and atoms) or tree (the organisation, and the people invited per reporting group).';

--
-- Name: COLUMN written.piece; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.written.piece IS 'Place of the piece in its part, from 1.';

--
-- Name: COLUMN written.bytes; Type: COMMENT; Schema: release; Owner: -
--

COMMENT ON COLUMN release.written.bytes IS 'Some of the canonical JSON of the part; the pieces one after another are all of it.';

--
-- Name: sealed_0; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_0 FOR VALUES FROM (MINVALUE) TO ('\x10');

--
-- Name: sealed_1; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_1 FOR VALUES FROM ('\x10') TO ('\x20');

--
-- Name: sealed_2; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_2 FOR VALUES FROM ('\x20') TO ('\x30');

--
-- Name: sealed_3; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_3 FOR VALUES FROM ('\x30') TO ('\x40');

--
-- Name: sealed_4; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_4 FOR VALUES FROM ('\x40') TO ('\x50');

--
-- Name: sealed_5; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_5 FOR VALUES FROM ('\x50') TO ('\x60');

--
-- Name: sealed_6; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_6 FOR VALUES FROM ('\x60') TO ('\x70');

--
-- Name: sealed_7; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_7 FOR VALUES FROM ('\x70') TO ('\x80');

--
-- Name: sealed_8; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_8 FOR VALUES FROM ('\x80') TO ('\x90');

--
-- Name: sealed_9; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_9 FOR VALUES FROM ('\x90') TO ('\xa0');

--
-- Name: sealed_a; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_a FOR VALUES FROM ('\xa0') TO ('\xb0');

--
-- Name: sealed_b; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_b FOR VALUES FROM ('\xb0') TO ('\xc0');

--
-- Name: sealed_c; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_c FOR VALUES FROM ('\xc0') TO ('\xd0');

--
-- Name: sealed_d; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_d FOR VALUES FROM ('\xd0') TO ('\xe0');

--
-- Name: sealed_e; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_e FOR VALUES FROM ('\xe0') TO ('\xf0');

--
-- Name: sealed_f; Type: TABLE ATTACH; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed ATTACH PARTITION intake.sealed_f FOR VALUES FROM ('\xf0') TO (MAXVALUE);

--
-- Name: awaiting awaiting_pkey; Type: CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.awaiting
    ADD CONSTRAINT awaiting_pkey PRIMARY KEY (employer_id, wave_id, comment_id);

--
-- Name: moderation moderation_pkey; Type: CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.moderation
    ADD CONSTRAINT moderation_pkey PRIMARY KEY (employer_id, wave_id);

--
-- Name: release release_pkey; Type: CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (employer_id, wave_id);

--
-- Name: release release_position_key; Type: CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.release
    ADD CONSTRAINT release_position_key UNIQUE (employer_id, "position");

--
-- Name: released released_pkey; Type: CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.released
    ADD CONSTRAINT released_pkey PRIMARY KEY (employer_id, wave_id, comment_id);

--
-- Name: open_wave open_wave_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.open_wave
    ADD CONSTRAINT open_wave_pkey PRIMARY KEY (wave_id);

--
-- Name: sealed sealed_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed
    ADD CONSTRAINT sealed_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_0 sealed_0_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_0
    ADD CONSTRAINT sealed_0_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_1 sealed_1_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_1
    ADD CONSTRAINT sealed_1_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_2 sealed_2_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_2
    ADD CONSTRAINT sealed_2_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_3 sealed_3_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_3
    ADD CONSTRAINT sealed_3_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_4 sealed_4_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_4
    ADD CONSTRAINT sealed_4_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_5 sealed_5_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_5
    ADD CONSTRAINT sealed_5_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_6 sealed_6_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_6
    ADD CONSTRAINT sealed_6_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_7 sealed_7_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_7
    ADD CONSTRAINT sealed_7_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_8 sealed_8_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_8
    ADD CONSTRAINT sealed_8_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_9 sealed_9_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_9
    ADD CONSTRAINT sealed_9_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_a sealed_a_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_a
    ADD CONSTRAINT sealed_a_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_b sealed_b_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_b
    ADD CONSTRAINT sealed_b_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_c sealed_c_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_c
    ADD CONSTRAINT sealed_c_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_d sealed_d_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_d
    ADD CONSTRAINT sealed_d_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_e sealed_e_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_e
    ADD CONSTRAINT sealed_e_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: sealed_f sealed_f_pkey; Type: CONSTRAINT; Schema: intake; Owner: -
--

ALTER TABLE ONLY intake.sealed_f
    ADD CONSTRAINT sealed_f_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: addressee addressee_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.addressee
    ADD CONSTRAINT addressee_pkey PRIMARY KEY (employer_id, message_id, person_id);

--
-- Name: code code_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.code
    ADD CONSTRAINT code_pkey PRIMARY KEY (employer_id, wave_id, token_hash);

--
-- Name: figure figure_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.figure
    ADD CONSTRAINT figure_pkey PRIMARY KEY (employer_id, wave_id, unit_id);

--
-- Name: invitation invitation_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (employer_id, wave_id, person_id);

--
-- Name: mailing mailing_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.mailing
    ADD CONSTRAINT mailing_pkey PRIMARY KEY (employer_id, message_id);

--
-- Name: reporting_group reporting_group_pkey; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.reporting_group
    ADD CONSTRAINT reporting_group_pkey PRIMARY KEY (employer_id, wave_id, key_id);

--
-- Name: reporting_group reporting_group_unit_key; Type: CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.reporting_group
    ADD CONSTRAINT reporting_group_unit_key UNIQUE (employer_id, unit_id, wave_id);

--
-- Name: action action_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.action
    ADD CONSTRAINT action_pkey PRIMARY KEY (employer_id, action_id);

--
-- Name: activity activity_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.activity
    ADD CONSTRAINT activity_pkey PRIMARY KEY (employer_id, activity_id);

--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (employer_id, audit_id);

--
-- Name: audit audit_position_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.audit
    ADD CONSTRAINT audit_position_key UNIQUE (employer_id, "position");

--
-- Name: campaign campaign_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.campaign
    ADD CONSTRAINT campaign_pkey PRIMARY KEY (employer_id, campaign_id);

--
-- Name: catalogue_entry catalogue_entry_key_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.catalogue_entry
    ADD CONSTRAINT catalogue_entry_key_key UNIQUE (employer_id, kind, key);

--
-- Name: catalogue_entry catalogue_entry_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.catalogue_entry
    ADD CONSTRAINT catalogue_entry_pkey PRIMARY KEY (employer_id, catalogue_entry_id);

--
-- Name: client client_employer_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client
    ADD CONSTRAINT client_employer_key UNIQUE (employer_id, client_id);

--
-- Name: client client_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client
    ADD CONSTRAINT client_pkey PRIMARY KEY (client_id);

--
-- Name: client_secret client_secret_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client_secret
    ADD CONSTRAINT client_secret_pkey PRIMARY KEY (client_id, secret_id);

--
-- Name: colours colours_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.colours
    ADD CONSTRAINT colours_pkey PRIMARY KEY (employer_id);

--
-- Name: communication communication_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.communication
    ADD CONSTRAINT communication_pkey PRIMARY KEY (employer_id, communication_id);

--
-- Name: consent_request consent_request_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.consent_request
    ADD CONSTRAINT consent_request_pkey PRIMARY KEY (employer_id, consent_request_id);

--
-- Name: delivery_attempt delivery_attempt_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.delivery_attempt
    ADD CONSTRAINT delivery_attempt_pkey PRIMARY KEY (employer_id, endpoint_id, event_id, attempt_id);

--
-- Name: delivery delivery_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.delivery
    ADD CONSTRAINT delivery_pkey PRIMARY KEY (employer_id, endpoint_id, event_id);

--
-- Name: due due_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.due
    ADD CONSTRAINT due_pkey PRIMARY KEY (employer_id, kind, subject);

--
-- Name: employer employer_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.employer
    ADD CONSTRAINT employer_pkey PRIMARY KEY (employer_id);

--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (employer_id, event_id);

--
-- Name: event event_position_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.event
    ADD CONSTRAINT event_position_key UNIQUE (employer_id, "position");

--
-- Name: fatigue_budget fatigue_budget_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.fatigue_budget
    ADD CONSTRAINT fatigue_budget_pkey PRIMARY KEY (employer_id);

--
-- Name: idempotency idempotency_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.idempotency
    ADD CONSTRAINT idempotency_pkey PRIMARY KEY (employer_id, key_digest);

--
-- Name: instrument instrument_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.instrument
    ADD CONSTRAINT instrument_pkey PRIMARY KEY (employer_id, instrument_id);

--
-- Name: instrument instrument_version_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.instrument
    ADD CONSTRAINT instrument_version_key UNIQUE (employer_id, key, version);

--
-- Name: issuer issuer_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.issuer
    ADD CONSTRAINT issuer_pkey PRIMARY KEY (issuer_id);

--
-- Name: membership membership_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.membership
    ADD CONSTRAINT membership_pkey PRIMARY KEY (employer_id, person_id, unit_id, role, valid_from);

--
-- Name: message message_due_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.message
    ADD CONSTRAINT message_due_key UNIQUE (employer_id, wave_id, kind, due_at);

--
-- Name: message message_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (employer_id, message_id);

--
-- Name: message_settings message_settings_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.message_settings
    ADD CONSTRAINT message_settings_pkey PRIMARY KEY (employer_id);

--
-- Name: permission permission_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.permission
    ADD CONSTRAINT permission_pkey PRIMARY KEY (employer_id, permission_id);

--
-- Name: person person_external_id_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.person
    ADD CONSTRAINT person_external_id_key UNIQUE (employer_id, external_id);

--
-- Name: person person_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.person
    ADD CONSTRAINT person_pkey PRIMARY KEY (employer_id, person_id);

--
-- Name: policy policy_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.policy
    ADD CONSTRAINT policy_pkey PRIMARY KEY (employer_id, version);

--
-- Name: precondition precondition_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.precondition
    ADD CONSTRAINT precondition_pkey PRIMARY KEY (employer_id, precondition_id);

--
-- Name: progress_check progress_check_number_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.progress_check
    ADD CONSTRAINT progress_check_number_key UNIQUE (employer_id, action_id, number);

--
-- Name: progress_check progress_check_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.progress_check
    ADD CONSTRAINT progress_check_pkey PRIMARY KEY (employer_id, progress_check_id);

--
-- Name: revoked_token revoked_token_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.revoked_token
    ADD CONSTRAINT revoked_token_pkey PRIMARY KEY (jti_digest);

--
-- Name: risk risk_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.risk
    ADD CONSTRAINT risk_pkey PRIMARY KEY (employer_id, risk_id);

--
-- Name: scim_connection scim_connection_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_connection
    ADD CONSTRAINT scim_connection_pkey PRIMARY KEY (employer_id, connection_id);

--
-- Name: scim_finding scim_finding_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_finding
    ADD CONSTRAINT scim_finding_pkey PRIMARY KEY (employer_id, connection_id, code, attribute);

--
-- Name: scim_group scim_group_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_group
    ADD CONSTRAINT scim_group_pkey PRIMARY KEY (employer_id, unit_id);

--
-- Name: scim_member scim_member_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_member
    ADD CONSTRAINT scim_member_pkey PRIMARY KEY (employer_id, unit_id, person_id);

--
-- Name: scim_secret scim_secret_digest_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_secret
    ADD CONSTRAINT scim_secret_digest_key UNIQUE (employer_id, digest);

--
-- Name: scim_secret scim_secret_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_secret
    ADD CONSTRAINT scim_secret_pkey PRIMARY KEY (employer_id, connection_id, secret_id);

--
-- Name: scim_user scim_user_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_user
    ADD CONSTRAINT scim_user_pkey PRIMARY KEY (employer_id, person_id);

--
-- Name: support_route support_route_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.support_route
    ADD CONSTRAINT support_route_pkey PRIMARY KEY (employer_id, support_route_id);

--
-- Name: unit unit_external_id_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.unit
    ADD CONSTRAINT unit_external_id_key UNIQUE (employer_id, external_id);

--
-- Name: unit unit_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.unit
    ADD CONSTRAINT unit_pkey PRIMARY KEY (employer_id, unit_id);

--
-- Name: unknown_sign_in unknown_sign_in_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.unknown_sign_in
    ADD CONSTRAINT unknown_sign_in_pkey PRIMARY KEY (employer_id, issuer_id, "on");

--
-- Name: used_assertion used_assertion_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.used_assertion
    ADD CONSTRAINT used_assertion_pkey PRIMARY KEY (client_id, jti_digest);

--
-- Name: used_proof used_proof_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.used_proof
    ADD CONSTRAINT used_proof_pkey PRIMARY KEY (proof_digest);

--
-- Name: vendor_audit vendor_audit_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_audit
    ADD CONSTRAINT vendor_audit_pkey PRIMARY KEY (vendor_id, audit_id);

--
-- Name: vendor_audit vendor_audit_position_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_audit
    ADD CONSTRAINT vendor_audit_position_key UNIQUE (vendor_id, "position");

--
-- Name: vendor_campaign vendor_campaign_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_campaign
    ADD CONSTRAINT vendor_campaign_pkey PRIMARY KEY (employer_id, vendor_id, template_key, year);

--
-- Name: vendor_event vendor_event_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_event
    ADD CONSTRAINT vendor_event_pkey PRIMARY KEY (employer_id, vendor_id, event_id);

--
-- Name: vendor_link vendor_link_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_link
    ADD CONSTRAINT vendor_link_pkey PRIMARY KEY (employer_id, vendor_id);

--
-- Name: vendor vendor_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor
    ADD CONSTRAINT vendor_pkey PRIMARY KEY (vendor_id);

--
-- Name: wave wave_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave
    ADD CONSTRAINT wave_pkey PRIMARY KEY (employer_id, wave_id);

--
-- Name: wave_series wave_series_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave_series
    ADD CONSTRAINT wave_series_pkey PRIMARY KEY (employer_id, series_id);

--
-- Name: wave_unit wave_unit_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave_unit
    ADD CONSTRAINT wave_unit_pkey PRIMARY KEY (employer_id, wave_id, unit_id);

--
-- Name: wave_unit wave_unit_position_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave_unit
    ADD CONSTRAINT wave_unit_position_key UNIQUE (employer_id, wave_id, "position");

--
-- Name: webhook_endpoint webhook_endpoint_employer_key; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_employer_key UNIQUE (employer_id, endpoint_id);

--
-- Name: webhook_endpoint webhook_endpoint_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_pkey PRIMARY KEY (endpoint_id);

--
-- Name: webhook_secret webhook_secret_pkey; Type: CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_secret
    ADD CONSTRAINT webhook_secret_pkey PRIMARY KEY (secret_id);

--
-- Name: aggregate aggregate_pkey; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.aggregate
    ADD CONSTRAINT aggregate_pkey PRIMARY KEY (employer_id, wave_id, unit_id);

--
-- Name: aggregate aggregate_position_key; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.aggregate
    ADD CONSTRAINT aggregate_position_key UNIQUE (employer_id, wave_id, "position");

--
-- Name: block block_pkey; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.block
    ADD CONSTRAINT block_pkey PRIMARY KEY (employer_id, wave_id, block);

--
-- Name: release release_pkey; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.release
    ADD CONSTRAINT release_pkey PRIMARY KEY (employer_id, wave_id);

--
-- Name: release release_position_key; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.release
    ADD CONSTRAINT release_position_key UNIQUE (employer_id, "position");

--
-- Name: unit_atoms unit_atoms_pkey; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.unit_atoms
    ADD CONSTRAINT unit_atoms_pkey PRIMARY KEY (employer_id, wave_id, unit_id);

--
-- Name: written written_pkey; Type: CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.written
    ADD CONSTRAINT written_pkey PRIMARY KEY (employer_id, wave_id, part, piece);

--
-- Name: invitation_issued_idx; Type: INDEX; Schema: participation; Owner: -
--

CREATE INDEX invitation_issued_idx ON participation.invitation USING btree (employer_id, wave_id, key_id, person_id) WHERE (issued_on IS NOT NULL);

--
-- Name: invitation_key_idx; Type: INDEX; Schema: participation; Owner: -
--

CREATE INDEX invitation_key_idx ON participation.invitation USING btree (employer_id, wave_id, key_id);

--
-- Name: action_campaign_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX action_campaign_idx ON peil.action USING btree (employer_id, campaign_id);

--
-- Name: action_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX action_modified_idx ON peil.action USING btree (employer_id, modified_at);

--
-- Name: activity_day_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX activity_day_idx ON peil.activity USING btree (employer_id, campaign_id, day, activity_id);

--
-- Name: activity_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX activity_modified_idx ON peil.activity USING btree (employer_id, modified_at);

--
-- Name: audit_actor_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX audit_actor_idx ON peil.audit USING btree (actor_id, audit_id);

--
-- Name: audit_event_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX audit_event_idx ON peil.audit USING btree (employer_id, event);

--
-- Name: audit_operator_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX audit_operator_idx ON peil.audit USING btree (audit_id) WHERE (actor_kind = 'operator'::text);

--
-- Name: audit_route_gone_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX audit_route_gone_idx ON peil.audit USING btree (employer_id, at) WHERE (event = 'delete_support_route'::text);

--
-- Name: audit_subject_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX audit_subject_idx ON peil.audit USING btree (employer_id, subject COLLATE "C");

--
-- Name: campaign_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX campaign_modified_idx ON peil.campaign USING btree (employer_id, modified_at);

--
-- Name: catalogue_entry_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX catalogue_entry_modified_idx ON peil.catalogue_entry USING btree (employer_id, modified_at);

--
-- Name: client_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX client_modified_idx ON peil.client USING btree (employer_id, modified_at);

--
-- Name: client_vendor_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX client_vendor_idx ON peil.client USING btree (vendor_id, client_id);

--
-- Name: communication_day_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX communication_day_idx ON peil.communication USING btree (employer_id, campaign_id, day, communication_id);

--
-- Name: communication_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX communication_modified_idx ON peil.communication USING btree (employer_id, modified_at);

--
-- Name: consent_request_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX consent_request_modified_idx ON peil.consent_request USING btree (employer_id, modified_at);

--
-- Name: consent_request_pending_key; Type: INDEX; Schema: peil; Owner: -
--

CREATE UNIQUE INDEX consent_request_pending_key ON peil.consent_request USING btree (employer_id, policy_version, mode) WHERE (state = 'requested'::text);

--
-- Name: delivery_endpoint_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX delivery_endpoint_idx ON peil.delivery USING btree (employer_id, endpoint_id, "position");

--
-- Name: delivery_failed_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX delivery_failed_idx ON peil.delivery USING btree (employer_id, "position") WHERE (state = 'failed'::text);

--
-- Name: delivery_subject_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX delivery_subject_idx ON peil.delivery USING btree (employer_id, endpoint_id, subject, "position") WHERE (state = 'waiting'::text);

--
-- Name: delivery_vendor_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX delivery_vendor_idx ON peil.delivery USING btree (vendor_id, employer_id, "position");

--
-- Name: delivery_waiting_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX delivery_waiting_idx ON peil.delivery USING btree (employer_id, endpoint_id, "position") WHERE (state = 'waiting'::text);

--
-- Name: due_at_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX due_at_idx ON peil.due USING btree (at, employer_id);

--
-- Name: employer_external_id_key; Type: INDEX; Schema: peil; Owner: -
--

CREATE UNIQUE INDEX employer_external_id_key ON peil.employer USING btree (external_id, COALESCE(vendor_id, '00000000-0000-0000-0000-000000000000'::uuid));

--
-- Name: employer_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX employer_modified_idx ON peil.employer USING btree (modified_at);

--
-- Name: idempotency_expires_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX idempotency_expires_idx ON peil.idempotency USING btree (expires_at);

--
-- Name: instrument_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX instrument_modified_idx ON peil.instrument USING btree (employer_id, modified_at);

--
-- Name: issuer_active_key; Type: INDEX; Schema: peil; Owner: -
--

CREATE UNIQUE INDEX issuer_active_key ON peil.issuer USING btree (issuer, audience, COALESCE((tenant ->> 'value'::text), ''::text)) WHERE (state = 'active'::text);

--
-- Name: issuer_employer_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX issuer_employer_idx ON peil.issuer USING btree (employer_id, issuer_id);

--
-- Name: issuer_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX issuer_modified_idx ON peil.issuer USING btree (employer_id, modified_at);

--
-- Name: membership_unit_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX membership_unit_idx ON peil.membership USING btree (employer_id, unit_id);

--
-- Name: message_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX message_modified_idx ON peil.message USING btree (employer_id, modified_at);

--
-- Name: permission_instrument_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX permission_instrument_idx ON peil.permission USING btree (employer_id, instrument_id, permission_id);

--
-- Name: permission_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX permission_modified_idx ON peil.permission USING btree (employer_id, modified_at);

--
-- Name: person_email_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX person_email_idx ON peil.person USING btree (employer_id, lower(email));

--
-- Name: person_erase_at_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX person_erase_at_idx ON peil.person USING btree (employer_id, erase_at) WHERE (erase_at IS NOT NULL);

--
-- Name: person_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX person_modified_idx ON peil.person USING btree (employer_id, modified_at);

--
-- Name: person_user_name_key; Type: INDEX; Schema: peil; Owner: -
--

CREATE UNIQUE INDEX person_user_name_key ON peil.person USING btree (employer_id, lower(user_name));

--
-- Name: precondition_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX precondition_modified_idx ON peil.precondition USING btree (employer_id, modified_at);

--
-- Name: progress_check_day_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX progress_check_day_idx ON peil.progress_check USING btree (employer_id, due_on, progress_check_id);

--
-- Name: progress_check_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX progress_check_modified_idx ON peil.progress_check USING btree (employer_id, modified_at);

--
-- Name: revoked_token_expires_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX revoked_token_expires_idx ON peil.revoked_token USING btree (expires_at);

--
-- Name: risk_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX risk_modified_idx ON peil.risk USING btree (employer_id, modified_at);

--
-- Name: scim_connection_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX scim_connection_modified_idx ON peil.scim_connection USING btree (employer_id, modified_at);

--
-- Name: scim_group_external_id_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX scim_group_external_id_idx ON peil.scim_group USING btree (employer_id, external_id);

--
-- Name: scim_member_person_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX scim_member_person_idx ON peil.scim_member USING btree (employer_id, person_id);

--
-- Name: scim_user_external_id_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX scim_user_external_id_idx ON peil.scim_user USING btree (employer_id, external_id);

--
-- Name: scim_user_left_on_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX scim_user_left_on_idx ON peil.scim_user USING btree (employer_id, left_on);

--
-- Name: support_route_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX support_route_modified_idx ON peil.support_route USING btree (employer_id, modified_at);

--
-- Name: unit_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX unit_modified_idx ON peil.unit USING btree (employer_id, modified_at);

--
-- Name: unit_parent_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX unit_parent_idx ON peil.unit USING btree (employer_id, parent_id);

--
-- Name: used_assertion_expires_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX used_assertion_expires_idx ON peil.used_assertion USING btree (expires_at);

--
-- Name: used_proof_expires_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX used_proof_expires_idx ON peil.used_proof USING btree (expires_at);

--
-- Name: vendor_audit_operator_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_audit_operator_idx ON peil.vendor_audit USING btree (audit_id) WHERE ((actor_kind = 'operator'::text) OR (vendor_id = '00000000-0000-0000-0000-000000000000'::uuid));

--
-- Name: vendor_audit_unchained_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_audit_unchained_idx ON peil.vendor_audit USING btree (vendor_id) WHERE ("position" IS NULL);

--
-- Name: vendor_event_position_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_event_position_idx ON peil.vendor_event USING btree (vendor_id, "position");

--
-- Name: vendor_link_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_link_modified_idx ON peil.vendor_link USING btree (employer_id, modified_at);

--
-- Name: vendor_link_of_vendor_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_link_of_vendor_modified_idx ON peil.vendor_link USING btree (vendor_id, modified_at);

--
-- Name: vendor_link_vendor_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_link_vendor_idx ON peil.vendor_link USING btree (vendor_id, employer_id);

--
-- Name: vendor_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX vendor_modified_idx ON peil.vendor USING btree (modified_at);

--
-- Name: wave_campaign_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX wave_campaign_idx ON peil.wave USING btree (employer_id, campaign_id);

--
-- Name: wave_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX wave_modified_idx ON peil.wave USING btree (employer_id, modified_at);

--
-- Name: wave_opens_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX wave_opens_idx ON peil.wave USING btree (employer_id, opens_at, wave_id);

--
-- Name: wave_series_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX wave_series_idx ON peil.wave USING btree (employer_id, series_id);

--
-- Name: wave_series_modified_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX wave_series_modified_idx ON peil.wave_series USING btree (employer_id, modified_at);

--
-- Name: webhook_endpoint_vendor_key; Type: INDEX; Schema: peil; Owner: -
--

CREATE UNIQUE INDEX webhook_endpoint_vendor_key ON peil.webhook_endpoint USING btree (vendor_id) WHERE (employer_id IS NULL);

--
-- Name: webhook_secret_endpoint_idx; Type: INDEX; Schema: peil; Owner: -
--

CREATE INDEX webhook_secret_endpoint_idx ON peil.webhook_secret USING btree (endpoint_id, secret_id);

--
-- Name: block_fingerprint_idx; Type: INDEX; Schema: release; Owner: -
--

CREATE INDEX block_fingerprint_idx ON release.block USING btree (employer_id, block, fingerprint);

--
-- Name: sealed_0_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_0_pkey;

--
-- Name: sealed_1_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_1_pkey;

--
-- Name: sealed_2_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_2_pkey;

--
-- Name: sealed_3_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_3_pkey;

--
-- Name: sealed_4_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_4_pkey;

--
-- Name: sealed_5_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_5_pkey;

--
-- Name: sealed_6_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_6_pkey;

--
-- Name: sealed_7_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_7_pkey;

--
-- Name: sealed_8_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_8_pkey;

--
-- Name: sealed_9_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_9_pkey;

--
-- Name: sealed_a_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_a_pkey;

--
-- Name: sealed_b_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_b_pkey;

--
-- Name: sealed_c_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_c_pkey;

--
-- Name: sealed_d_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_d_pkey;

--
-- Name: sealed_e_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_e_pkey;

--
-- Name: sealed_f_pkey; Type: INDEX ATTACH; Schema: intake; Owner: -
--

ALTER INDEX intake.sealed_pkey ATTACH PARTITION intake.sealed_f_pkey;

--
-- Name: awaiting awaiting_moderation_fkey; Type: FK CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.awaiting
    ADD CONSTRAINT awaiting_moderation_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES comment.moderation(employer_id, wave_id);

--
-- Name: moderation moderation_release_fkey; Type: FK CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.moderation
    ADD CONSTRAINT moderation_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES release.release(employer_id, wave_id);

--
-- Name: release release_moderation_fkey; Type: FK CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.release
    ADD CONSTRAINT release_moderation_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES comment.moderation(employer_id, wave_id);

--
-- Name: released released_release_fkey; Type: FK CONSTRAINT; Schema: comment; Owner: -
--

ALTER TABLE ONLY comment.released
    ADD CONSTRAINT released_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES comment.release(employer_id, wave_id);

--
-- Name: addressee addressee_message_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.addressee
    ADD CONSTRAINT addressee_message_fkey FOREIGN KEY (employer_id, message_id) REFERENCES peil.message(employer_id, message_id);

--
-- Name: code code_group_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.code
    ADD CONSTRAINT code_group_fkey FOREIGN KEY (employer_id, wave_id, key_id) REFERENCES participation.reporting_group(employer_id, wave_id, key_id);

--
-- Name: figure figure_wave_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.figure
    ADD CONSTRAINT figure_wave_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES peil.wave(employer_id, wave_id);

--
-- Name: invitation invitation_group_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.invitation
    ADD CONSTRAINT invitation_group_fkey FOREIGN KEY (employer_id, wave_id, key_id) REFERENCES participation.reporting_group(employer_id, wave_id, key_id);

--
-- Name: mailing mailing_message_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.mailing
    ADD CONSTRAINT mailing_message_fkey FOREIGN KEY (employer_id, message_id) REFERENCES peil.message(employer_id, message_id);

--
-- Name: reporting_group reporting_group_wave_fkey; Type: FK CONSTRAINT; Schema: participation; Owner: -
--

ALTER TABLE ONLY participation.reporting_group
    ADD CONSTRAINT reporting_group_wave_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES peil.wave(employer_id, wave_id);

--
-- Name: action action_campaign_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.action
    ADD CONSTRAINT action_campaign_fkey FOREIGN KEY (employer_id, campaign_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: action action_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.action
    ADD CONSTRAINT action_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: action action_risk_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.action
    ADD CONSTRAINT action_risk_fkey FOREIGN KEY (employer_id, risk_id) REFERENCES peil.risk(employer_id, risk_id);

--
-- Name: action action_unit_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.action
    ADD CONSTRAINT action_unit_fkey FOREIGN KEY (employer_id, unit_id) REFERENCES peil.unit(employer_id, unit_id);

--
-- Name: activity activity_campaign_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.activity
    ADD CONSTRAINT activity_campaign_fkey FOREIGN KEY (employer_id, campaign_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: audit audit_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.audit
    ADD CONSTRAINT audit_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: campaign campaign_copied_from_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.campaign
    ADD CONSTRAINT campaign_copied_from_fkey FOREIGN KEY (employer_id, copied_from_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: campaign campaign_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.campaign
    ADD CONSTRAINT campaign_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: catalogue_entry catalogue_entry_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.catalogue_entry
    ADD CONSTRAINT catalogue_entry_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: client client_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client
    ADD CONSTRAINT client_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: client_secret client_secret_client_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client_secret
    ADD CONSTRAINT client_secret_client_fkey FOREIGN KEY (client_id) REFERENCES peil.client(client_id);

--
-- Name: client_secret client_secret_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client_secret
    ADD CONSTRAINT client_secret_employer_fkey FOREIGN KEY (employer_id, client_id) REFERENCES peil.client(employer_id, client_id);

--
-- Name: client client_vendor_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.client
    ADD CONSTRAINT client_vendor_fkey FOREIGN KEY (vendor_id) REFERENCES peil.vendor(vendor_id);

--
-- Name: colours colours_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.colours
    ADD CONSTRAINT colours_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: communication communication_campaign_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.communication
    ADD CONSTRAINT communication_campaign_fkey FOREIGN KEY (employer_id, campaign_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: consent_request consent_request_policy_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.consent_request
    ADD CONSTRAINT consent_request_policy_fkey FOREIGN KEY (employer_id, policy_version) REFERENCES peil.policy(employer_id, version);

--
-- Name: consent_request consent_request_precondition_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.consent_request
    ADD CONSTRAINT consent_request_precondition_fkey FOREIGN KEY (employer_id, precondition_id) REFERENCES peil.precondition(employer_id, precondition_id);

--
-- Name: delivery_attempt delivery_attempt_delivery_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.delivery_attempt
    ADD CONSTRAINT delivery_attempt_delivery_fkey FOREIGN KEY (employer_id, endpoint_id, event_id) REFERENCES peil.delivery(employer_id, endpoint_id, event_id) ON DELETE CASCADE;

--
-- Name: delivery delivery_event_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.delivery
    ADD CONSTRAINT delivery_event_fkey FOREIGN KEY (employer_id, event_id) REFERENCES peil.event(employer_id, event_id);

--
-- Name: due due_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.due
    ADD CONSTRAINT due_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: employer employer_vendor_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.employer
    ADD CONSTRAINT employer_vendor_fkey FOREIGN KEY (vendor_id) REFERENCES peil.vendor(vendor_id);

--
-- Name: event event_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.event
    ADD CONSTRAINT event_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: fatigue_budget fatigue_budget_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.fatigue_budget
    ADD CONSTRAINT fatigue_budget_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: instrument instrument_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.instrument
    ADD CONSTRAINT instrument_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: issuer issuer_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.issuer
    ADD CONSTRAINT issuer_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: membership membership_person_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.membership
    ADD CONSTRAINT membership_person_fkey FOREIGN KEY (employer_id, person_id) REFERENCES peil.person(employer_id, person_id);

--
-- Name: membership membership_unit_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.membership
    ADD CONSTRAINT membership_unit_fkey FOREIGN KEY (employer_id, unit_id) REFERENCES peil.unit(employer_id, unit_id);

--
-- Name: message_settings message_settings_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.message_settings
    ADD CONSTRAINT message_settings_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: message message_wave_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.message
    ADD CONSTRAINT message_wave_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES peil.wave(employer_id, wave_id);

--
-- Name: permission permission_instrument_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.permission
    ADD CONSTRAINT permission_instrument_fkey FOREIGN KEY (employer_id, instrument_id) REFERENCES peil.instrument(employer_id, instrument_id);

--
-- Name: policy policy_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.policy
    ADD CONSTRAINT policy_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: precondition precondition_policy_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.precondition
    ADD CONSTRAINT precondition_policy_fkey FOREIGN KEY (employer_id, policy_version) REFERENCES peil.policy(employer_id, version);

--
-- Name: progress_check progress_check_action_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.progress_check
    ADD CONSTRAINT progress_check_action_fkey FOREIGN KEY (employer_id, action_id) REFERENCES peil.action(employer_id, action_id);

--
-- Name: risk risk_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.risk
    ADD CONSTRAINT risk_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: scim_connection scim_connection_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_connection
    ADD CONSTRAINT scim_connection_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: scim_finding scim_finding_connection_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_finding
    ADD CONSTRAINT scim_finding_connection_fkey FOREIGN KEY (employer_id, connection_id) REFERENCES peil.scim_connection(employer_id, connection_id);

--
-- Name: scim_group scim_group_unit_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_group
    ADD CONSTRAINT scim_group_unit_fkey FOREIGN KEY (employer_id, unit_id) REFERENCES peil.unit(employer_id, unit_id);

--
-- Name: scim_member scim_member_group_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_member
    ADD CONSTRAINT scim_member_group_fkey FOREIGN KEY (employer_id, unit_id) REFERENCES peil.scim_group(employer_id, unit_id);

--
-- Name: scim_member scim_member_user_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_member
    ADD CONSTRAINT scim_member_user_fkey FOREIGN KEY (employer_id, person_id) REFERENCES peil.scim_user(employer_id, person_id);

--
-- Name: scim_secret scim_secret_connection_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_secret
    ADD CONSTRAINT scim_secret_connection_fkey FOREIGN KEY (employer_id, connection_id) REFERENCES peil.scim_connection(employer_id, connection_id);

--
-- Name: scim_user scim_user_person_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.scim_user
    ADD CONSTRAINT scim_user_person_fkey FOREIGN KEY (employer_id, person_id) REFERENCES peil.person(employer_id, person_id);

--
-- Name: support_route support_route_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.support_route
    ADD CONSTRAINT support_route_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: unit unit_parent_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.unit
    ADD CONSTRAINT unit_parent_fkey FOREIGN KEY (employer_id, parent_id) REFERENCES peil.unit(employer_id, unit_id) DEFERRABLE INITIALLY DEFERRED;

--
-- Name: unknown_sign_in unknown_sign_in_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.unknown_sign_in
    ADD CONSTRAINT unknown_sign_in_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: used_assertion used_assertion_client_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.used_assertion
    ADD CONSTRAINT used_assertion_client_fkey FOREIGN KEY (client_id) REFERENCES peil.client(client_id);

--
-- Name: used_assertion used_assertion_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.used_assertion
    ADD CONSTRAINT used_assertion_employer_fkey FOREIGN KEY (employer_id, client_id) REFERENCES peil.client(employer_id, client_id);

--
-- Name: vendor_campaign vendor_campaign_campaign_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_campaign
    ADD CONSTRAINT vendor_campaign_campaign_fkey FOREIGN KEY (employer_id, campaign_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: vendor_campaign vendor_campaign_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_campaign
    ADD CONSTRAINT vendor_campaign_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: vendor_event vendor_event_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_event
    ADD CONSTRAINT vendor_event_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: vendor_link vendor_link_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_link
    ADD CONSTRAINT vendor_link_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: vendor_link vendor_link_vendor_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.vendor_link
    ADD CONSTRAINT vendor_link_vendor_fkey FOREIGN KEY (vendor_id) REFERENCES peil.vendor(vendor_id);

--
-- Name: wave wave_campaign_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave
    ADD CONSTRAINT wave_campaign_fkey FOREIGN KEY (employer_id, campaign_id) REFERENCES peil.campaign(employer_id, campaign_id);

--
-- Name: wave wave_instrument_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave
    ADD CONSTRAINT wave_instrument_fkey FOREIGN KEY (employer_id, instrument_id) REFERENCES peil.instrument(employer_id, instrument_id);

--
-- Name: wave wave_policy_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave
    ADD CONSTRAINT wave_policy_fkey FOREIGN KEY (employer_id, policy_version) REFERENCES peil.policy(employer_id, version);

--
-- Name: wave_series wave_series_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave_series
    ADD CONSTRAINT wave_series_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: wave wave_series_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave
    ADD CONSTRAINT wave_series_fkey FOREIGN KEY (employer_id, series_id) REFERENCES peil.wave_series(employer_id, series_id);

--
-- Name: wave_unit wave_unit_wave_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.wave_unit
    ADD CONSTRAINT wave_unit_wave_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES peil.wave(employer_id, wave_id);

--
-- Name: webhook_endpoint webhook_endpoint_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_employer_fkey FOREIGN KEY (employer_id) REFERENCES peil.employer(employer_id);

--
-- Name: webhook_endpoint webhook_endpoint_vendor_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_endpoint
    ADD CONSTRAINT webhook_endpoint_vendor_fkey FOREIGN KEY (vendor_id) REFERENCES peil.vendor(vendor_id);

--
-- Name: webhook_secret webhook_secret_employer_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_secret
    ADD CONSTRAINT webhook_secret_employer_fkey FOREIGN KEY (employer_id, endpoint_id) REFERENCES peil.webhook_endpoint(employer_id, endpoint_id);

--
-- Name: webhook_secret webhook_secret_endpoint_fkey; Type: FK CONSTRAINT; Schema: peil; Owner: -
--

ALTER TABLE ONLY peil.webhook_secret
    ADD CONSTRAINT webhook_secret_endpoint_fkey FOREIGN KEY (endpoint_id) REFERENCES peil.webhook_endpoint(endpoint_id);

--
-- Name: aggregate aggregate_release_fkey; Type: FK CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.aggregate
    ADD CONSTRAINT aggregate_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES release.release(employer_id, wave_id);

--
-- Name: block block_release_fkey; Type: FK CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.block
    ADD CONSTRAINT block_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES release.release(employer_id, wave_id);

--
-- Name: release release_wave_fkey; Type: FK CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.release
    ADD CONSTRAINT release_wave_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES peil.wave(employer_id, wave_id);

--
-- Name: unit_atoms unit_atoms_release_fkey; Type: FK CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.unit_atoms
    ADD CONSTRAINT unit_atoms_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES release.release(employer_id, wave_id);

--
-- Name: written written_release_fkey; Type: FK CONSTRAINT; Schema: release; Owner: -
--

ALTER TABLE ONLY release.written
    ADD CONSTRAINT written_release_fkey FOREIGN KEY (employer_id, wave_id) REFERENCES release.release(employer_id, wave_id);

--
-- Name: awaiting; Type: ROW SECURITY; Schema: comment; Owner: -
--

ALTER TABLE comment.awaiting ENABLE ROW LEVEL SECURITY;

--
-- Name: moderation; Type: ROW SECURITY; Schema: comment; Owner: -
--

ALTER TABLE comment.moderation ENABLE ROW LEVEL SECURITY;

--
-- Name: release; Type: ROW SECURITY; Schema: comment; Owner: -
--

ALTER TABLE comment.release ENABLE ROW LEVEL SECURITY;

--
-- Name: released; Type: ROW SECURITY; Schema: comment; Owner: -
--

ALTER TABLE comment.released ENABLE ROW LEVEL SECURITY;

--
-- Name: awaiting tenant; Type: POLICY; Schema: comment; Owner: -
--

CREATE POLICY tenant ON comment.awaiting USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: moderation tenant; Type: POLICY; Schema: comment; Owner: -
--

CREATE POLICY tenant ON comment.moderation USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: release tenant; Type: POLICY; Schema: comment; Owner: -
--

CREATE POLICY tenant ON comment.release USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: released tenant; Type: POLICY; Schema: comment; Owner: -
--

CREATE POLICY tenant ON comment.released USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: open_wave; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.open_wave ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_0; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_0 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_1; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_1 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_2; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_2 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_3; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_3 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_4; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_4 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_5; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_5 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_6; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_6 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_7; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_7 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_8; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_8 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_9; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_9 ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_a; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_a ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_b; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_b ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_c; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_c ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_d; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_d ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_e; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_e ENABLE ROW LEVEL SECURITY;

--
-- Name: sealed_f; Type: ROW SECURITY; Schema: intake; Owner: -
--

ALTER TABLE intake.sealed_f ENABLE ROW LEVEL SECURITY;

--
-- Name: open_wave tenant; Type: POLICY; Schema: intake; Owner: -
--

CREATE POLICY tenant ON intake.open_wave USING (((CURRENT_USER = 'peil_intake'::name) OR ((CURRENT_USER = 'peil_worker'::name) AND (current_setting('app.service'::text, true) = 'on'::text)) OR (employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid)));

--
-- Name: sealed tenant; Type: POLICY; Schema: intake; Owner: -
--

CREATE POLICY tenant ON intake.sealed USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: addressee; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.addressee ENABLE ROW LEVEL SECURITY;

--
-- Name: code; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.code ENABLE ROW LEVEL SECURITY;

--
-- Name: figure; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.figure ENABLE ROW LEVEL SECURITY;

--
-- Name: invitation; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.invitation ENABLE ROW LEVEL SECURITY;

--
-- Name: mailing; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.mailing ENABLE ROW LEVEL SECURITY;

--
-- Name: reporting_group; Type: ROW SECURITY; Schema: participation; Owner: -
--

ALTER TABLE participation.reporting_group ENABLE ROW LEVEL SECURITY;

--
-- Name: addressee tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.addressee USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: code tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.code USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: figure tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.figure USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: invitation tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.invitation USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: mailing tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.mailing USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: reporting_group tenant; Type: POLICY; Schema: participation; Owner: -
--

CREATE POLICY tenant ON participation.reporting_group USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: action; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.action ENABLE ROW LEVEL SECURITY;

--
-- Name: activity; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.activity ENABLE ROW LEVEL SECURITY;

--
-- Name: audit; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.audit ENABLE ROW LEVEL SECURITY;

--
-- Name: campaign; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.campaign ENABLE ROW LEVEL SECURITY;

--
-- Name: catalogue_entry; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.catalogue_entry ENABLE ROW LEVEL SECURITY;

--
-- Name: client; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.client ENABLE ROW LEVEL SECURITY;

--
-- Name: client_secret; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.client_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: colours; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.colours ENABLE ROW LEVEL SECURITY;

--
-- Name: communication; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.communication ENABLE ROW LEVEL SECURITY;

--
-- Name: consent_request; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.consent_request ENABLE ROW LEVEL SECURITY;

--
-- Name: delivery; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.delivery ENABLE ROW LEVEL SECURITY;

--
-- Name: delivery_attempt; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.delivery_attempt ENABLE ROW LEVEL SECURITY;

--
-- Name: due; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.due ENABLE ROW LEVEL SECURITY;

--
-- Name: employer; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.employer ENABLE ROW LEVEL SECURITY;

--
-- Name: event; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.event ENABLE ROW LEVEL SECURITY;

--
-- Name: fatigue_budget; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.fatigue_budget ENABLE ROW LEVEL SECURITY;

--
-- Name: idempotency; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.idempotency ENABLE ROW LEVEL SECURITY;

--
-- Name: instrument; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.instrument ENABLE ROW LEVEL SECURITY;

--
-- Name: issuer; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.issuer ENABLE ROW LEVEL SECURITY;

--
-- Name: membership; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.membership ENABLE ROW LEVEL SECURITY;

--
-- Name: message; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.message ENABLE ROW LEVEL SECURITY;

--
-- Name: message_settings; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.message_settings ENABLE ROW LEVEL SECURITY;

--
-- Name: permission; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.permission ENABLE ROW LEVEL SECURITY;

--
-- Name: person; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.person ENABLE ROW LEVEL SECURITY;

--
-- Name: policy; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.policy ENABLE ROW LEVEL SECURITY;

--
-- Name: precondition; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.precondition ENABLE ROW LEVEL SECURITY;

--
-- Name: progress_check; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.progress_check ENABLE ROW LEVEL SECURITY;

--
-- Name: revoked_token; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.revoked_token ENABLE ROW LEVEL SECURITY;

--
-- Name: risk; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.risk ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_connection; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_connection ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_finding; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_finding ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_group; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_group ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_member; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_member ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_secret; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: scim_user; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.scim_user ENABLE ROW LEVEL SECURITY;

--
-- Name: support_route; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.support_route ENABLE ROW LEVEL SECURITY;

--
-- Name: action tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.action USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: activity tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.activity USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: audit tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.audit USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((current_setting('app.service'::text, true) = 'on'::text) AND (actor_kind = 'operator'::text))));

--
-- Name: campaign tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.campaign USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: catalogue_entry tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.catalogue_entry USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: client tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.client USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((employer_id IS NULL) AND (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid)) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: client_secret tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.client_secret USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((employer_id IS NULL) AND (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid)) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: colours tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.colours USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: communication tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.communication USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: consent_request tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.consent_request USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: delivery tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.delivery USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid))) WITH CHECK ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: delivery_attempt tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.delivery_attempt USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid))) WITH CHECK ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: due tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.due USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((CURRENT_USER = 'peil_worker'::name) AND (current_setting('app.service'::text, true) = 'on'::text))));

--
-- Name: employer tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.employer USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid = ANY (vendor_ids)) OR (current_setting('app.service'::text, true) = 'on'::text))) WITH CHECK (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: event tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.event USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: fatigue_budget tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.fatigue_budget USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: idempotency tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.idempotency USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((current_setting('app.service'::text, true) = 'on'::text) AND ((CURRENT_USER = 'peil_worker'::name) OR (employer_id = '00000000-0000-0000-0000-000000000000'::uuid)))));

--
-- Name: instrument tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.instrument USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: issuer tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.issuer USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: membership tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.membership USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: message tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.message USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: message_settings tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.message_settings USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: permission tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.permission USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: person tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.person USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: policy tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.policy USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: precondition tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.precondition USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: progress_check tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.progress_check USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: revoked_token tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.revoked_token USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: risk tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.risk USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: scim_connection tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_connection USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: scim_finding tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_finding USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: scim_group tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_group USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: scim_member tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_member USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: scim_secret tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_secret USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: scim_user tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.scim_user USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: support_route tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.support_route USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: unit tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.unit USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: unknown_sign_in tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.unknown_sign_in USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: used_assertion tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.used_assertion USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: used_proof tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.used_proof USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: vendor tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.vendor USING ((vendor_id = COALESCE((NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid, vendor_id))) WITH CHECK (((current_setting('app.service'::text, true) = 'on'::text) OR (CURRENT_USER = 'peil_worker'::name)));

--
-- Name: vendor_audit tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.vendor_audit USING (((vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid) OR ((current_setting('app.service'::text, true) = 'on'::text) AND ((CURRENT_USER = 'peil_worker'::name) OR (actor_kind = 'operator'::text) OR (vendor_id = '00000000-0000-0000-0000-000000000000'::uuid)))));

--
-- Name: vendor_campaign tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.vendor_campaign USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: vendor_event tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.vendor_event USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid))) WITH CHECK ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: vendor_link tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.vendor_link USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text))) WITH CHECK (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR (current_setting('app.service'::text, true) = 'on'::text)));

--
-- Name: wave tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.wave USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: wave_series tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.wave_series USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: wave_unit tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.wave_unit USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: webhook_endpoint tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.webhook_endpoint USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((employer_id IS NULL) AND ((vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid) OR (CURRENT_USER = 'peil_worker'::name) OR (current_setting('app.service'::text, true) = 'on'::text)))));

--
-- Name: webhook_secret tenant; Type: POLICY; Schema: peil; Owner: -
--

CREATE POLICY tenant ON peil.webhook_secret USING (((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid) OR ((employer_id IS NULL) AND ((vendor_id = (NULLIF(current_setting('app.vendor_id'::text, true), ''::text))::uuid) OR (CURRENT_USER = 'peil_worker'::name)))));

--
-- Name: unit; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.unit ENABLE ROW LEVEL SECURITY;

--
-- Name: unknown_sign_in; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.unknown_sign_in ENABLE ROW LEVEL SECURITY;

--
-- Name: used_assertion; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.used_assertion ENABLE ROW LEVEL SECURITY;

--
-- Name: used_proof; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.used_proof ENABLE ROW LEVEL SECURITY;

--
-- Name: vendor; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.vendor ENABLE ROW LEVEL SECURITY;

--
-- Name: vendor_audit; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.vendor_audit ENABLE ROW LEVEL SECURITY;

--
-- Name: vendor_campaign; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.vendor_campaign ENABLE ROW LEVEL SECURITY;

--
-- Name: vendor_event; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.vendor_event ENABLE ROW LEVEL SECURITY;

--
-- Name: vendor_link; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.vendor_link ENABLE ROW LEVEL SECURITY;

--
-- Name: wave; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.wave ENABLE ROW LEVEL SECURITY;

--
-- Name: wave_series; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.wave_series ENABLE ROW LEVEL SECURITY;

--
-- Name: wave_unit; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.wave_unit ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_endpoint; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.webhook_endpoint ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_secret; Type: ROW SECURITY; Schema: peil; Owner: -
--

ALTER TABLE peil.webhook_secret ENABLE ROW LEVEL SECURITY;

--
-- Name: aggregate; Type: ROW SECURITY; Schema: release; Owner: -
--

ALTER TABLE release.aggregate ENABLE ROW LEVEL SECURITY;

--
-- Name: block; Type: ROW SECURITY; Schema: release; Owner: -
--

ALTER TABLE release.block ENABLE ROW LEVEL SECURITY;

--
-- Name: release; Type: ROW SECURITY; Schema: release; Owner: -
--

ALTER TABLE release.release ENABLE ROW LEVEL SECURITY;

--
-- Name: aggregate tenant; Type: POLICY; Schema: release; Owner: -
--

CREATE POLICY tenant ON release.aggregate USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: block tenant; Type: POLICY; Schema: release; Owner: -
--

CREATE POLICY tenant ON release.block USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: release tenant; Type: POLICY; Schema: release; Owner: -
--

CREATE POLICY tenant ON release.release USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: unit_atoms tenant; Type: POLICY; Schema: release; Owner: -
--

CREATE POLICY tenant ON release.unit_atoms USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: written tenant; Type: POLICY; Schema: release; Owner: -
--

CREATE POLICY tenant ON release.written USING ((employer_id = (NULLIF(current_setting('app.employer_id'::text, true), ''::text))::uuid));

--
-- Name: unit_atoms; Type: ROW SECURITY; Schema: release; Owner: -
--

ALTER TABLE release.unit_atoms ENABLE ROW LEVEL SECURITY;

--
-- Name: written; Type: ROW SECURITY; Schema: release; Owner: -
--

ALTER TABLE release.written ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA comment; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA comment TO peil_moderator;
GRANT USAGE ON SCHEMA comment TO peil_worker;
GRANT USAGE ON SCHEMA comment TO peil_backup;

--
-- Name: SCHEMA intake; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA intake TO peil_intake;
GRANT USAGE ON SCHEMA intake TO peil_worker;
GRANT USAGE ON SCHEMA intake TO peil_backup;

--
-- Name: SCHEMA participation; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA participation TO peil_api;
GRANT USAGE ON SCHEMA participation TO peil_worker;
GRANT USAGE ON SCHEMA participation TO peil_intake;
GRANT USAGE ON SCHEMA participation TO peil_backup;

--
-- Name: SCHEMA peil; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA peil TO peil_api;
GRANT USAGE ON SCHEMA peil TO peil_worker;
GRANT USAGE ON SCHEMA peil TO peil_readonly;
GRANT USAGE ON SCHEMA peil TO peil_backup;
GRANT USAGE ON SCHEMA peil TO peil_moderator;

--
-- Name: SCHEMA release; Type: ACL; Schema: -; Owner: -
--

GRANT USAGE ON SCHEMA release TO peil_api;
GRANT USAGE ON SCHEMA release TO peil_worker;
GRANT USAGE ON SCHEMA release TO peil_readonly;
GRANT USAGE ON SCHEMA release TO peil_backup;
GRANT USAGE ON SCHEMA release TO peil_moderator;

--
-- Name: TABLE awaiting; Type: ACL; Schema: comment; Owner: -
--

GRANT SELECT ON TABLE comment.awaiting TO peil_moderator;
GRANT SELECT ON TABLE comment.awaiting TO peil_backup;
GRANT SELECT,INSERT,DELETE ON TABLE comment.awaiting TO peil_worker;

--
-- Name: COLUMN awaiting.decision; Type: ACL; Schema: comment; Owner: -
--

GRANT UPDATE(decision) ON TABLE comment.awaiting TO peil_moderator;

--
-- Name: COLUMN awaiting.redacted; Type: ACL; Schema: comment; Owner: -
--

GRANT UPDATE(redacted) ON TABLE comment.awaiting TO peil_moderator;

--
-- Name: TABLE moderation; Type: ACL; Schema: comment; Owner: -
--

GRANT SELECT ON TABLE comment.moderation TO peil_moderator;
GRANT SELECT ON TABLE comment.moderation TO peil_backup;
GRANT SELECT,INSERT ON TABLE comment.moderation TO peil_worker;

--
-- Name: COLUMN moderation.state; Type: ACL; Schema: comment; Owner: -
--

GRANT UPDATE(state) ON TABLE comment.moderation TO peil_moderator;
GRANT UPDATE(state) ON TABLE comment.moderation TO peil_worker;

--
-- Name: TABLE release; Type: ACL; Schema: comment; Owner: -
--

GRANT SELECT ON TABLE comment.release TO peil_moderator;
GRANT SELECT ON TABLE comment.release TO peil_backup;
GRANT SELECT,INSERT ON TABLE comment.release TO peil_worker;

--
-- Name: TABLE released; Type: ACL; Schema: comment; Owner: -
--

GRANT SELECT,DELETE ON TABLE comment.released TO peil_moderator;
GRANT SELECT ON TABLE comment.released TO peil_backup;
GRANT SELECT,INSERT,DELETE ON TABLE comment.released TO peil_worker;

--
-- Name: TABLE open_wave; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.open_wave TO peil_intake;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE intake.open_wave TO peil_worker;
GRANT SELECT ON TABLE intake.open_wave TO peil_backup;

--
-- Name: TABLE sealed; Type: ACL; Schema: intake; Owner: -
--

GRANT INSERT ON TABLE intake.sealed TO peil_intake;
GRANT SELECT,DELETE ON TABLE intake.sealed TO peil_worker;
GRANT SELECT ON TABLE intake.sealed TO peil_backup;

--
-- Name: COLUMN sealed.employer_id; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT(employer_id) ON TABLE intake.sealed TO peil_intake;

--
-- Name: COLUMN sealed.wave_id; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT(wave_id) ON TABLE intake.sealed TO peil_intake;

--
-- Name: COLUMN sealed.key_id; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT(key_id) ON TABLE intake.sealed TO peil_intake;

--
-- Name: COLUMN sealed.token_hash; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT(token_hash) ON TABLE intake.sealed TO peil_intake;

--
-- Name: TABLE sealed_0; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_0 TO peil_backup;

--
-- Name: TABLE sealed_1; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_1 TO peil_backup;

--
-- Name: TABLE sealed_2; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_2 TO peil_backup;

--
-- Name: TABLE sealed_3; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_3 TO peil_backup;

--
-- Name: TABLE sealed_4; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_4 TO peil_backup;

--
-- Name: TABLE sealed_5; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_5 TO peil_backup;

--
-- Name: TABLE sealed_6; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_6 TO peil_backup;

--
-- Name: TABLE sealed_7; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_7 TO peil_backup;

--
-- Name: TABLE sealed_8; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_8 TO peil_backup;

--
-- Name: TABLE sealed_9; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_9 TO peil_backup;

--
-- Name: TABLE sealed_a; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_a TO peil_backup;

--
-- Name: TABLE sealed_b; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_b TO peil_backup;

--
-- Name: TABLE sealed_c; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_c TO peil_backup;

--
-- Name: TABLE sealed_d; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_d TO peil_backup;

--
-- Name: TABLE sealed_e; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_e TO peil_backup;

--
-- Name: TABLE sealed_f; Type: ACL; Schema: intake; Owner: -
--

GRANT SELECT ON TABLE intake.sealed_f TO peil_backup;

--
-- Name: TABLE addressee; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT ON TABLE participation.addressee TO peil_api;
GRANT SELECT,INSERT,DELETE ON TABLE participation.addressee TO peil_worker;
GRANT SELECT ON TABLE participation.addressee TO peil_backup;

--
-- Name: TABLE code; Type: ACL; Schema: participation; Owner: -
--

GRANT INSERT,DELETE ON TABLE participation.code TO peil_api;
GRANT SELECT,DELETE ON TABLE participation.code TO peil_worker;
GRANT SELECT ON TABLE participation.code TO peil_intake;
GRANT SELECT ON TABLE participation.code TO peil_backup;

--
-- Name: COLUMN code.employer_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(employer_id) ON TABLE participation.code TO peil_api;

--
-- Name: COLUMN code.wave_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(wave_id) ON TABLE participation.code TO peil_api;

--
-- Name: TABLE figure; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE participation.figure TO peil_worker;
GRANT SELECT ON TABLE participation.figure TO peil_backup;

--
-- Name: COLUMN figure.employer_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(employer_id) ON TABLE participation.figure TO peil_api;

--
-- Name: COLUMN figure.wave_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(wave_id) ON TABLE participation.figure TO peil_api;

--
-- Name: COLUMN figure.unit_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(unit_id) ON TABLE participation.figure TO peil_api;

--
-- Name: COLUMN figure.invited; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(invited) ON TABLE participation.figure TO peil_api;

--
-- Name: COLUMN figure.band; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(band) ON TABLE participation.figure TO peil_api;

--
-- Name: COLUMN figure.measured_on; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(measured_on) ON TABLE participation.figure TO peil_api;

--
-- Name: TABLE invitation; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT ON TABLE participation.invitation TO peil_api;
GRANT SELECT,INSERT,DELETE ON TABLE participation.invitation TO peil_worker;
GRANT SELECT ON TABLE participation.invitation TO peil_backup;

--
-- Name: COLUMN invitation.issued_on; Type: ACL; Schema: participation; Owner: -
--

GRANT UPDATE(issued_on) ON TABLE participation.invitation TO peil_api;

--
-- Name: COLUMN invitation.blinded_digest; Type: ACL; Schema: participation; Owner: -
--

GRANT UPDATE(blinded_digest) ON TABLE participation.invitation TO peil_api;

--
-- Name: TABLE mailing; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE participation.mailing TO peil_worker;
GRANT SELECT ON TABLE participation.mailing TO peil_backup;

--
-- Name: TABLE reporting_group; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT ON TABLE participation.reporting_group TO peil_api;
GRANT SELECT,INSERT,DELETE ON TABLE participation.reporting_group TO peil_worker;
GRANT SELECT ON TABLE participation.reporting_group TO peil_backup;

--
-- Name: COLUMN reporting_group.employer_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(employer_id) ON TABLE participation.reporting_group TO peil_intake;

--
-- Name: COLUMN reporting_group.wave_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(wave_id) ON TABLE participation.reporting_group TO peil_intake;

--
-- Name: COLUMN reporting_group.key_id; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(key_id) ON TABLE participation.reporting_group TO peil_intake;

--
-- Name: COLUMN reporting_group.public_key; Type: ACL; Schema: participation; Owner: -
--

GRANT SELECT(public_key) ON TABLE participation.reporting_group TO peil_intake;

--
-- Name: TABLE action; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.action TO peil_api;
GRANT SELECT ON TABLE peil.action TO peil_worker;
GRANT SELECT ON TABLE peil.action TO peil_readonly;
GRANT SELECT ON TABLE peil.action TO peil_backup;

--
-- Name: TABLE activity; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.activity TO peil_api;
GRANT SELECT ON TABLE peil.activity TO peil_worker;
GRANT SELECT ON TABLE peil.activity TO peil_readonly;
GRANT SELECT ON TABLE peil.activity TO peil_backup;

--
-- Name: TABLE audit; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.audit TO peil_api;
GRANT SELECT ON TABLE peil.audit TO peil_worker;
GRANT SELECT ON TABLE peil.audit TO peil_readonly;
GRANT SELECT ON TABLE peil.audit TO peil_backup;

--
-- Name: COLUMN audit.employer_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(employer_id) ON TABLE peil.audit TO peil_api;
GRANT INSERT(employer_id) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(employer_id) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.audit_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(audit_id) ON TABLE peil.audit TO peil_api;
GRANT INSERT(audit_id) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(audit_id) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.at; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(at) ON TABLE peil.audit TO peil_api;
GRANT INSERT(at) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(at) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.actor_kind; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(actor_kind) ON TABLE peil.audit TO peil_api;
GRANT INSERT(actor_kind) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(actor_kind) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.actor_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(actor_id) ON TABLE peil.audit TO peil_api;
GRANT INSERT(actor_id) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(actor_id) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.event; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(event) ON TABLE peil.audit TO peil_api;
GRANT INSERT(event) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(event) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.subject; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(subject) ON TABLE peil.audit TO peil_api;
GRANT INSERT(subject) ON TABLE peil.audit TO peil_moderator;
GRANT INSERT(subject) ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit."position"; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE("position") ON TABLE peil.audit TO peil_worker;

--
-- Name: COLUMN audit.hash; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(hash) ON TABLE peil.audit TO peil_worker;

--
-- Name: TABLE campaign; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.campaign TO peil_api;
GRANT SELECT ON TABLE peil.campaign TO peil_worker;
GRANT SELECT ON TABLE peil.campaign TO peil_readonly;
GRANT SELECT ON TABLE peil.campaign TO peil_backup;

--
-- Name: TABLE catalogue_entry; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.catalogue_entry TO peil_api;
GRANT SELECT ON TABLE peil.catalogue_entry TO peil_worker;
GRANT SELECT ON TABLE peil.catalogue_entry TO peil_readonly;
GRANT SELECT ON TABLE peil.catalogue_entry TO peil_backup;

--
-- Name: TABLE client; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.client TO peil_api;
GRANT SELECT ON TABLE peil.client TO peil_backup;

--
-- Name: COLUMN client.client_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(client_id) ON TABLE peil.client TO peil_worker;

--
-- Name: COLUMN client.employer_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(employer_id) ON TABLE peil.client TO peil_worker;

--
-- Name: COLUMN client.vendor_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(vendor_id) ON TABLE peil.client TO peil_worker;

--
-- Name: TABLE client_secret; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.client_secret TO peil_api;
GRANT SELECT ON TABLE peil.client_secret TO peil_backup;

--
-- Name: COLUMN client_secret.expires_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(expires_at) ON TABLE peil.client_secret TO peil_api;

--
-- Name: COLUMN client_secret.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.client_secret TO peil_api;

--
-- Name: TABLE colours; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.colours TO peil_api;
GRANT SELECT ON TABLE peil.colours TO peil_backup;

--
-- Name: TABLE communication; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.communication TO peil_api;
GRANT SELECT ON TABLE peil.communication TO peil_worker;
GRANT SELECT ON TABLE peil.communication TO peil_readonly;
GRANT SELECT ON TABLE peil.communication TO peil_backup;

--
-- Name: TABLE consent_request; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.consent_request TO peil_api;
GRANT SELECT ON TABLE peil.consent_request TO peil_backup;

--
-- Name: COLUMN consent_request.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.consent_request TO peil_api;

--
-- Name: COLUMN consent_request.decided_on; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(decided_on) ON TABLE peil.consent_request TO peil_api;

--
-- Name: COLUMN consent_request.decision_note; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(decision_note) ON TABLE peil.consent_request TO peil_api;

--
-- Name: COLUMN consent_request.precondition_id; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(precondition_id) ON TABLE peil.consent_request TO peil_api;

--
-- Name: COLUMN consent_request.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.consent_request TO peil_api;

--
-- Name: TABLE delivery; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.delivery TO peil_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.delivery TO peil_worker;
GRANT SELECT ON TABLE peil.delivery TO peil_readonly;
GRANT SELECT ON TABLE peil.delivery TO peil_backup;

--
-- Name: COLUMN delivery.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.delivery TO peil_api;

--
-- Name: COLUMN delivery.attempts; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(attempts) ON TABLE peil.delivery TO peil_api;

--
-- Name: COLUMN delivery.created_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(created_at) ON TABLE peil.delivery TO peil_api;

--
-- Name: COLUMN delivery.next_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(next_at) ON TABLE peil.delivery TO peil_api;

--
-- Name: COLUMN delivery.outcome; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(outcome) ON TABLE peil.delivery TO peil_api;

--
-- Name: COLUMN delivery.status; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(status) ON TABLE peil.delivery TO peil_api;

--
-- Name: TABLE delivery_attempt; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.delivery_attempt TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.delivery_attempt TO peil_worker;
GRANT SELECT ON TABLE peil.delivery_attempt TO peil_readonly;
GRANT SELECT ON TABLE peil.delivery_attempt TO peil_backup;

--
-- Name: TABLE due; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.due TO peil_api;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.due TO peil_worker;
GRANT SELECT ON TABLE peil.due TO peil_readonly;
GRANT SELECT ON TABLE peil.due TO peil_backup;
GRANT SELECT,INSERT ON TABLE peil.due TO peil_moderator;

--
-- Name: COLUMN due.at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(at) ON TABLE peil.due TO peil_api;
GRANT UPDATE(at) ON TABLE peil.due TO peil_moderator;

--
-- Name: TABLE employer; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.employer TO peil_api;
GRANT SELECT ON TABLE peil.employer TO peil_worker;
GRANT SELECT ON TABLE peil.employer TO peil_readonly;
GRANT SELECT ON TABLE peil.employer TO peil_backup;

--
-- Name: COLUMN employer.employer_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(employer_id) ON TABLE peil.employer TO peil_moderator;

--
-- Name: COLUMN employer.clock_at; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(clock_at) ON TABLE peil.employer TO peil_moderator;

--
-- Name: TABLE event; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.event TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.event TO peil_worker;
GRANT SELECT ON TABLE peil.event TO peil_readonly;
GRANT SELECT ON TABLE peil.event TO peil_backup;
GRANT INSERT ON TABLE peil.event TO peil_moderator;

--
-- Name: COLUMN event."position"; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE("position") ON TABLE peil.event TO peil_worker;

--
-- Name: TABLE fatigue_budget; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.fatigue_budget TO peil_api;
GRANT SELECT ON TABLE peil.fatigue_budget TO peil_backup;

--
-- Name: TABLE idempotency; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.idempotency TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.idempotency TO peil_worker;
GRANT SELECT ON TABLE peil.idempotency TO peil_backup;

--
-- Name: TABLE instrument; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.instrument TO peil_api;
GRANT SELECT ON TABLE peil.instrument TO peil_worker;
GRANT SELECT ON TABLE peil.instrument TO peil_readonly;
GRANT SELECT ON TABLE peil.instrument TO peil_backup;

--
-- Name: COLUMN instrument.employer_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(employer_id) ON TABLE peil.instrument TO peil_moderator;

--
-- Name: COLUMN instrument.instrument_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(instrument_id) ON TABLE peil.instrument TO peil_moderator;

--
-- Name: COLUMN instrument.content; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(content) ON TABLE peil.instrument TO peil_moderator;

--
-- Name: TABLE issuer; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.issuer TO peil_api;
GRANT SELECT ON TABLE peil.issuer TO peil_backup;

--
-- Name: COLUMN issuer.jwks_url; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(jwks_url) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.algorithms; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(algorithms) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.identity_claim; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(identity_claim) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.directory_attribute; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(directory_attribute) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.role_claim; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(role_claim) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.role_mapping; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(role_mapping) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.origins; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(origins) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.inline_form_by; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(inline_form_by) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.profile; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(profile) ON TABLE peil.issuer TO peil_api;

--
-- Name: COLUMN issuer.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.issuer TO peil_api;

--
-- Name: TABLE membership; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.membership TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.membership TO peil_worker;
GRANT SELECT ON TABLE peil.membership TO peil_backup;

--
-- Name: COLUMN membership.valid_to; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(valid_to) ON TABLE peil.membership TO peil_worker;

--
-- Name: TABLE message; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.message TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.message TO peil_worker;
GRANT SELECT ON TABLE peil.message TO peil_backup;

--
-- Name: TABLE message_settings; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.message_settings TO peil_api;
GRANT SELECT ON TABLE peil.message_settings TO peil_worker;
GRANT SELECT ON TABLE peil.message_settings TO peil_backup;

--
-- Name: TABLE permission; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.permission TO peil_api;
GRANT SELECT ON TABLE peil.permission TO peil_worker;
GRANT SELECT ON TABLE peil.permission TO peil_backup;

--
-- Name: COLUMN permission.revoked_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(revoked_at) ON TABLE peil.permission TO peil_api;

--
-- Name: COLUMN permission.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.permission TO peil_api;

--
-- Name: TABLE person; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.person TO peil_api;
GRANT SELECT ON TABLE peil.person TO peil_worker;
GRANT SELECT ON TABLE peil.person TO peil_backup;

--
-- Name: COLUMN person.external_id; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(external_id) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.user_name; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(user_name) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.display_name; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(display_name) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.email; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(email) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.language; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(language) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.employment_type; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(employment_type) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.absent; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(absent) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.erase_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(erase_at) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.leaves_on; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(leaves_on) ON TABLE peil.person TO peil_worker;

--
-- Name: COLUMN person.switched_off; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(switched_off) ON TABLE peil.person TO peil_worker;

--
-- Name: TABLE policy; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.policy TO peil_api;
GRANT SELECT ON TABLE peil.policy TO peil_worker;
GRANT SELECT ON TABLE peil.policy TO peil_readonly;
GRANT SELECT ON TABLE peil.policy TO peil_backup;

--
-- Name: TABLE precondition; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.precondition TO peil_api;
GRANT SELECT ON TABLE peil.precondition TO peil_worker;
GRANT SELECT ON TABLE peil.precondition TO peil_backup;

--
-- Name: COLUMN precondition.withdrawn_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(withdrawn_at) ON TABLE peil.precondition TO peil_api;

--
-- Name: COLUMN precondition.withdrawn_by; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(withdrawn_by) ON TABLE peil.precondition TO peil_api;

--
-- Name: COLUMN precondition.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.precondition TO peil_api;

--
-- Name: TABLE progress_check; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.progress_check TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.progress_check TO peil_worker;
GRANT SELECT ON TABLE peil.progress_check TO peil_readonly;
GRANT SELECT ON TABLE peil.progress_check TO peil_backup;

--
-- Name: COLUMN progress_check.result; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(result) ON TABLE peil.progress_check TO peil_api;

--
-- Name: COLUMN progress_check.note; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(note) ON TABLE peil.progress_check TO peil_api;

--
-- Name: COLUMN progress_check.reading; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(reading) ON TABLE peil.progress_check TO peil_api;

--
-- Name: COLUMN progress_check.completed_on; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(completed_on) ON TABLE peil.progress_check TO peil_api;

--
-- Name: COLUMN progress_check.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.progress_check TO peil_api;
GRANT UPDATE(modified_at) ON TABLE peil.progress_check TO peil_worker;

--
-- Name: TABLE revoked_token; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.revoked_token TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.revoked_token TO peil_worker;
GRANT SELECT ON TABLE peil.revoked_token TO peil_backup;

--
-- Name: TABLE risk; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.risk TO peil_api;
GRANT SELECT ON TABLE peil.risk TO peil_worker;
GRANT SELECT ON TABLE peil.risk TO peil_readonly;
GRANT SELECT ON TABLE peil.risk TO peil_backup;

--
-- Name: TABLE scim_connection; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.scim_connection TO peil_api;
GRANT SELECT ON TABLE peil.scim_connection TO peil_worker;
GRANT SELECT ON TABLE peil.scim_connection TO peil_backup;

--
-- Name: TABLE scim_finding; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.scim_finding TO peil_api;
GRANT SELECT ON TABLE peil.scim_finding TO peil_backup;

--
-- Name: TABLE scim_group; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.scim_group TO peil_api;
GRANT SELECT ON TABLE peil.scim_group TO peil_worker;
GRANT SELECT ON TABLE peil.scim_group TO peil_backup;

--
-- Name: TABLE scim_member; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.scim_member TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.scim_member TO peil_worker;
GRANT SELECT ON TABLE peil.scim_member TO peil_backup;

--
-- Name: TABLE scim_secret; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.scim_secret TO peil_api;
GRANT SELECT ON TABLE peil.scim_secret TO peil_worker;
GRANT SELECT ON TABLE peil.scim_secret TO peil_backup;

--
-- Name: COLUMN scim_secret.expires_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(expires_at) ON TABLE peil.scim_secret TO peil_api;

--
-- Name: COLUMN scim_secret.cut_from; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(cut_from) ON TABLE peil.scim_secret TO peil_api;

--
-- Name: COLUMN scim_secret.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.scim_secret TO peil_api;

--
-- Name: TABLE scim_user; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.scim_user TO peil_api;
GRANT SELECT,UPDATE ON TABLE peil.scim_user TO peil_worker;
GRANT SELECT ON TABLE peil.scim_user TO peil_backup;

--
-- Name: TABLE support_route; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE peil.support_route TO peil_api;
GRANT SELECT ON TABLE peil.support_route TO peil_worker;
GRANT SELECT ON TABLE peil.support_route TO peil_readonly;
GRANT SELECT ON TABLE peil.support_route TO peil_backup;

--
-- Name: TABLE unit; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.unit TO peil_api;
GRANT SELECT ON TABLE peil.unit TO peil_worker;
GRANT SELECT ON TABLE peil.unit TO peil_readonly;
GRANT SELECT ON TABLE peil.unit TO peil_backup;

--
-- Name: COLUMN unit.valid_to; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(valid_to) ON TABLE peil.unit TO peil_worker;

--
-- Name: COLUMN unit.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.unit TO peil_worker;

--
-- Name: TABLE unknown_sign_in; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.unknown_sign_in TO peil_api;
GRANT SELECT ON TABLE peil.unknown_sign_in TO peil_readonly;
GRANT SELECT ON TABLE peil.unknown_sign_in TO peil_backup;

--
-- Name: COLUMN unknown_sign_in.count; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(count) ON TABLE peil.unknown_sign_in TO peil_api;

--
-- Name: TABLE used_assertion; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.used_assertion TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.used_assertion TO peil_worker;
GRANT SELECT ON TABLE peil.used_assertion TO peil_backup;

--
-- Name: TABLE used_proof; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.used_proof TO peil_api;
GRANT SELECT,DELETE ON TABLE peil.used_proof TO peil_worker;
GRANT SELECT ON TABLE peil.used_proof TO peil_backup;

--
-- Name: TABLE vendor; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.vendor TO peil_api;
GRANT SELECT ON TABLE peil.vendor TO peil_readonly;
GRANT SELECT ON TABLE peil.vendor TO peil_backup;
GRANT SELECT ON TABLE peil.vendor TO peil_worker;

--
-- Name: COLUMN vendor.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.vendor TO peil_api;

--
-- Name: COLUMN vendor."position"; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE("position") ON TABLE peil.vendor TO peil_worker;

--
-- Name: COLUMN vendor.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.vendor TO peil_api;

--
-- Name: TABLE vendor_audit; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.vendor_audit TO peil_api;
GRANT SELECT ON TABLE peil.vendor_audit TO peil_worker;
GRANT SELECT ON TABLE peil.vendor_audit TO peil_readonly;
GRANT SELECT ON TABLE peil.vendor_audit TO peil_backup;

--
-- Name: COLUMN vendor_audit.vendor_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(vendor_id) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.audit_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(audit_id) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.at; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(at) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.actor_kind; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(actor_kind) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.actor_id; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(actor_id) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.event; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(event) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit.subject; Type: ACL; Schema: peil; Owner: -
--

GRANT INSERT(subject) ON TABLE peil.vendor_audit TO peil_api;

--
-- Name: COLUMN vendor_audit."position"; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE("position") ON TABLE peil.vendor_audit TO peil_worker;

--
-- Name: COLUMN vendor_audit.hash; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(hash) ON TABLE peil.vendor_audit TO peil_worker;

--
-- Name: TABLE vendor_campaign; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.vendor_campaign TO peil_api;
GRANT SELECT ON TABLE peil.vendor_campaign TO peil_readonly;
GRANT SELECT ON TABLE peil.vendor_campaign TO peil_backup;

--
-- Name: TABLE vendor_event; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.vendor_event TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.vendor_event TO peil_worker;
GRANT SELECT ON TABLE peil.vendor_event TO peil_readonly;
GRANT SELECT ON TABLE peil.vendor_event TO peil_backup;

--
-- Name: TABLE vendor_link; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.vendor_link TO peil_api;
GRANT SELECT ON TABLE peil.vendor_link TO peil_readonly;
GRANT SELECT ON TABLE peil.vendor_link TO peil_backup;
GRANT SELECT ON TABLE peil.vendor_link TO peil_worker;

--
-- Name: COLUMN vendor_link.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.vendor_link TO peil_api;

--
-- Name: COLUMN vendor_link.created_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(created_at) ON TABLE peil.vendor_link TO peil_api;

--
-- Name: COLUMN vendor_link.confirmed_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(confirmed_at) ON TABLE peil.vendor_link TO peil_api;

--
-- Name: COLUMN vendor_link.ended_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(ended_at) ON TABLE peil.vendor_link TO peil_api;

--
-- Name: COLUMN vendor_link.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.vendor_link TO peil_api;

--
-- Name: TABLE wave; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,UPDATE ON TABLE peil.wave TO peil_api;
GRANT SELECT,UPDATE ON TABLE peil.wave TO peil_worker;
GRANT SELECT ON TABLE peil.wave TO peil_readonly;
GRANT SELECT ON TABLE peil.wave TO peil_backup;

--
-- Name: COLUMN wave.employer_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(employer_id) ON TABLE peil.wave TO peil_moderator;

--
-- Name: COLUMN wave.wave_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(wave_id) ON TABLE peil.wave TO peil_moderator;

--
-- Name: COLUMN wave.instrument_id; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(instrument_id) ON TABLE peil.wave TO peil_moderator;

--
-- Name: COLUMN wave.state; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT(state) ON TABLE peil.wave TO peil_moderator;

--
-- Name: TABLE wave_series; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT ON TABLE peil.wave_series TO peil_api;
GRANT SELECT ON TABLE peil.wave_series TO peil_backup;

--
-- Name: COLUMN wave_series.cancelled_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(cancelled_at) ON TABLE peil.wave_series TO peil_api;

--
-- Name: COLUMN wave_series.modified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(modified_at) ON TABLE peil.wave_series TO peil_api;

--
-- Name: TABLE wave_unit; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT ON TABLE peil.wave_unit TO peil_api;
GRANT SELECT,INSERT ON TABLE peil.wave_unit TO peil_worker;
GRANT SELECT ON TABLE peil.wave_unit TO peil_backup;

--
-- Name: TABLE webhook_endpoint; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.webhook_endpoint TO peil_api;
GRANT SELECT ON TABLE peil.webhook_endpoint TO peil_worker;
GRANT SELECT ON TABLE peil.webhook_endpoint TO peil_readonly;
GRANT SELECT ON TABLE peil.webhook_endpoint TO peil_backup;

--
-- Name: COLUMN webhook_endpoint.url; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(url) ON TABLE peil.webhook_endpoint TO peil_api;

--
-- Name: COLUMN webhook_endpoint.types; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(types) ON TABLE peil.webhook_endpoint TO peil_api;

--
-- Name: COLUMN webhook_endpoint.state; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(state) ON TABLE peil.webhook_endpoint TO peil_api;
GRANT UPDATE(state) ON TABLE peil.webhook_endpoint TO peil_worker;

--
-- Name: COLUMN webhook_endpoint.disabled_for; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(disabled_for) ON TABLE peil.webhook_endpoint TO peil_api;
GRANT UPDATE(disabled_for) ON TABLE peil.webhook_endpoint TO peil_worker;

--
-- Name: COLUMN webhook_endpoint.verified_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(verified_at) ON TABLE peil.webhook_endpoint TO peil_api;

--
-- Name: COLUMN webhook_endpoint.disabled_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(disabled_at) ON TABLE peil.webhook_endpoint TO peil_api;
GRANT UPDATE(disabled_at) ON TABLE peil.webhook_endpoint TO peil_worker;

--
-- Name: TABLE webhook_secret; Type: ACL; Schema: peil; Owner: -
--

GRANT SELECT,INSERT,DELETE ON TABLE peil.webhook_secret TO peil_api;
GRANT SELECT ON TABLE peil.webhook_secret TO peil_worker;
GRANT SELECT ON TABLE peil.webhook_secret TO peil_readonly;
GRANT SELECT ON TABLE peil.webhook_secret TO peil_backup;

--
-- Name: COLUMN webhook_secret.expires_at; Type: ACL; Schema: peil; Owner: -
--

GRANT UPDATE(expires_at) ON TABLE peil.webhook_secret TO peil_api;

--
-- Name: TABLE aggregate; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT ON TABLE release.aggregate TO peil_api;
GRANT SELECT,INSERT ON TABLE release.aggregate TO peil_worker;
GRANT SELECT ON TABLE release.aggregate TO peil_readonly;
GRANT SELECT ON TABLE release.aggregate TO peil_backup;

--
-- Name: COLUMN aggregate.employer_id; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT(employer_id) ON TABLE release.aggregate TO peil_moderator;

--
-- Name: COLUMN aggregate.wave_id; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT(wave_id) ON TABLE release.aggregate TO peil_moderator;

--
-- Name: COLUMN aggregate.unit_id; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT(unit_id) ON TABLE release.aggregate TO peil_moderator;

--
-- Name: COLUMN aggregate.parent_id; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT(parent_id) ON TABLE release.aggregate TO peil_moderator;

--
-- Name: COLUMN aggregate."position"; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT("position") ON TABLE release.aggregate TO peil_moderator;

--
-- Name: COLUMN aggregate.whole; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT(whole) ON TABLE release.aggregate TO peil_moderator;

--
-- Name: TABLE block; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT ON TABLE release.block TO peil_api;
GRANT SELECT,INSERT ON TABLE release.block TO peil_worker;
GRANT SELECT ON TABLE release.block TO peil_readonly;
GRANT SELECT ON TABLE release.block TO peil_backup;

--
-- Name: TABLE release; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT ON TABLE release.release TO peil_api;
GRANT SELECT,INSERT ON TABLE release.release TO peil_worker;
GRANT SELECT ON TABLE release.release TO peil_readonly;
GRANT SELECT ON TABLE release.release TO peil_backup;

--
-- Name: TABLE unit_atoms; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT ON TABLE release.unit_atoms TO peil_api;
GRANT SELECT ON TABLE release.unit_atoms TO peil_backup;
GRANT SELECT,INSERT ON TABLE release.unit_atoms TO peil_worker;

--
-- Name: TABLE written; Type: ACL; Schema: release; Owner: -
--

GRANT SELECT ON TABLE release.written TO peil_api;
GRANT SELECT,INSERT ON TABLE release.written TO peil_worker;
GRANT SELECT ON TABLE release.written TO peil_readonly;
GRANT SELECT ON TABLE release.written TO peil_backup;

--
-- PostgreSQL database dump complete
--

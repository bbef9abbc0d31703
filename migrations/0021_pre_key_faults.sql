-- waves whose keys are lost while they are under way
-- depends: 0020_pre_support_routes

-- migrate: apply

alter table intake.open_wave add column fault text;
alter table intake.open_wave drop constraint open_wave_state_check;
alter table intake.open_wave
  add constraint open_wave_state_check check (
    state in ('ready', 'open', 'unrecoverable', 'closing', 'closed', 'cancelled')
  ),
  add constraint open_wave_fault_check check (fault in ('key-missing', 'key-damaged', 'issuing-keys-missing'));

comment on column intake.open_wave.state is 'ready (not yet), open, unrecoverable (its key is lost), closing, closed or cancelled; only open takes answers.';
comment on column intake.open_wave.fault is 'What is wrong with its keys, as the worker saw it last; null: nothing.';

-- The tree of a wave is never deleted.
revoke delete on peil.wave_unit from peil_worker;

-- migrate: rollback

grant delete on peil.wave_unit to peil_worker;

update intake.open_wave set state = 'open' where state = 'unrecoverable';
alter table intake.open_wave drop constraint open_wave_fault_check, drop constraint open_wave_state_check;
alter table intake.open_wave
  add constraint open_wave_state_check check (state in ('ready', 'open', 'closing', 'closed', 'cancelled'));
alter table intake.open_wave drop column fault;

comment on column intake.open_wave.state is 'ready (not yet), open, closing, closed or cancelled; only open takes answers.';

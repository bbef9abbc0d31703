-- The database roles of Peil; run once per cluster by a superuser, safe to run again.
-- Passwords are not set here: the operator sets them, or the server authenticates by other means.
do $roles$
declare
  wanted record;
begin
  for wanted in
    select name, attributes
    from (values
      ('peil_owner', 'login bypassrls'),
      ('peil_backup', 'login bypassrls'),
      ('peil_api', 'login'),
      ('peil_intake', 'login'),
      ('peil_worker', 'login'),
      ('peil_moderator', 'login'),
      ('peil_readonly', 'login')
    ) as roles (name, attributes)
  loop
    if not exists (select from pg_roles where rolname = wanted.name) then
      execute format('create role %I %s', wanted.name, wanted.attributes);
    end if;
  end loop;
end
$roles$;

-- A batch of answers that meets the close of its wave fails, and the statement of a failure would be logged, with the
-- wave in it and the time. An intake that hangs in a transaction would keep every wave of others from closing.
alter role peil_intake set log_min_error_statement = panic;
alter role peil_intake set idle_in_transaction_session_timeout = '10s';

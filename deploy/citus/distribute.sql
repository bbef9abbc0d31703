-- Spreads Peil over the machines of a Citus cluster by employer; run on the coordinator, as the owner, in the
-- migrated database, after `create extension citus` and again after every migration that makes a table.
--
-- A table whose every unique constraint contains employer_id lives with its employer. One without is read
-- before an employer is known (clients, issuers, keys of open waves): every machine gets a copy, and so it
-- does of the employers, to which those refer. Citus wants what a foreign key refers to first.
do $distribute$
declare
  next_table record;
begin
  loop
    with tables as (
      select
        pg_class.oid,
        pg_class.oid::regclass::text as name,
        pg_class.oid = 'peil.employer'::regclass
          or exists (
            select
            from pg_index
            where indrelid = pg_class.oid
              and indisunique
              and not exists (
                select
                from pg_attribute
                where attrelid = pg_class.oid
                  and attname = 'employer_id'
                  and attnum = any (indkey)
              )
          ) as is_reference
      from pg_class
      where relkind in ('r', 'p')
        and not relispartition
        and relnamespace in ('peil'::regnamespace, 'participation'::regnamespace, 'intake'::regnamespace,
          'comment'::regnamespace, 'release'::regnamespace)
    ),
    left_over as (
      select oid, name, is_reference
      from tables
      where oid not in (select logicalrelid from pg_dist_partition)
    )
    select name, is_reference
    into next_table
    from left_over
    where not exists (
      select
      from pg_constraint
      where contype = 'f'
        and conrelid = left_over.oid
        and confrelid <> left_over.oid
        and confrelid in (select oid from left_over)
    )
    order by name
    limit 1;

    exit when not found;

    if next_table.is_reference then
      perform create_reference_table(next_table.name::regclass);
    else
      perform create_distributed_table(next_table.name::regclass, 'employer_id');
    end if;
  end loop;
end
$distribute$;

\set n :n + 1
\set id :client_id * 1000000 + :n
begin;
update bench.token set spent = true where id = :id and not spent;
insert into bench.response (id, envelope) values (:id, decode(repeat('ab', :size), 'hex'));
commit;

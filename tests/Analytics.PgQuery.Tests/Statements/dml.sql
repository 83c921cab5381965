insert into t values (1, 2)

insert into t default values

insert into t (a, b) values (1, default), (2, 'x') returning *

insert into s.t as x (a, b[1], c.d) select 1, 2, 3

insert into t overriding system value values (1)

insert into t (a) overriding user value select 1

insert into t values (1) on conflict do nothing

insert into t values (1) on conflict (id) where active do update set a = excluded.a, b = t.b + 1 where t.a <> excluded.a

insert into t values (1) on conflict (lower(a) collate "C" text_ops, b) do nothing

insert into t values (1) on conflict on constraint t_pkey do update set (a, b) = (1, 2), (c, d) = row(1, default)

with x as (select 1) insert into t select * from x returning a as b, old.a, new.b

insert into t values (1) returning with (old as o, new as n) o.a, n.a

update t set a = 1

update t set a = default, b[1] = 2, c.d = 3 where id = 1 returning a, b as c

update only t as x set (a, b) = (select 1, 2), (c) = row(3) from u join v using (id) where x.id = u.id

update t set a = 1 where current of cur

with x as (select 1 as id) update t set a = 2 from x where x.id = t.id

delete from t

delete from only t as x using u, v where x.id = u.id returning x.*

delete from t where current of cur

with x as (select 1) delete from t using x returning *

merge into t using s on t.id = s.id when matched then update set a = s.a when not matched then insert (id, a) values (s.id, s.a)

merge into only t as x using (select 1 as id) s on x.id = s.id when matched and x.a > 1 then delete when matched then do nothing when not matched by source and x.b then update set a = 0 when not matched by target then insert default values returning merge_action(), x.*

with s as (select 1 as id) merge into t using s on true when not matched then insert overriding system value values (1) 

truncate t

truncate table only a, b restart identity cascade

copy t from stdin

copy t (a, b) to stdout with (format csv, header, delimiter ';', null '', force_quote *)

copy (select * from t) to '/dev/null' csv

copy t from program 'cat' where a > 1

copy t from stdin with (on_error ignore, log_verbosity verbose, header match)

lock table a, b in access exclusive mode nowait

call p(1, a => 2)

do $$ begin null; end $$

do language plpgsql $$begin end$$

prepare q (int, text) as select $1, $2

execute q(1, 'a')

deallocate prepare q

deallocate all

declare c insensitive scroll cursor with hold for select 1

fetch forward 5 from c

move absolute -1 in c

close all

explain select 1

explain (analyze, buffers off, format json, costs false) select * from t

explain analyze verbose update t set a = 1

select

select 1

select 1, 'two', 3.0, null, true, -5, +6

select * from orders

select o.* from orders o

select o.id as order_id, o.total total, o."when" from shop.orders as o

select distinct customer_id from orders

select distinct on (customer_id) * from orders order by customer_id, ordered_at desc

select all id from orders

select count(*) from orders

select count(distinct customer_id), sum(total) filter (where paid) from orders

select customer_id, sum(total) from orders group by customer_id having sum(total) > 100

select a, b, sum(c) from t group by rollup (a, b)

select a, b, sum(c), grouping(a, b) from t group by cube (a, b)

select a, b, sum(c) from t group by grouping sets ((a, b), (a), ())

select a, sum(c) from t group by distinct rollup (a), cube (b)

select * from a join b on a.id = b.a_id

select * from a join b using (id) left join c using (id, kind) as j

select * from a natural join b natural left join c

select * from a cross join b, c full outer join d on true

select * from a right join (b inner join c on b.x = c.x) on a.x = b.x

select * from a, lateral (select * from b where b.a_id = a.id) x

select * from a left join lateral f(a.id) as f(x, y) on true

select * from generate_series(1, 10) with ordinality as g(i, n)

select * from rows from (f(1), g(2) as (a int, b text)) with ordinality as r

select * from json_to_record('{"a":1}') as x(a int, b text)

select * from unnest(array[1, 2], array['a', 'b']) as u(n, t)

select * from orders tablesample system (5) repeatable (42)

select * from only parent

select * from parent *

table orders

table only orders

values (1, 'a'), (2, 'b')

values (default, 1)

select 1 union select 2

select 1 union all select 2 intersect select 3 except select 4

(select 1 order by 1 limit 1) union all (select 2 offset 1)

select * from (select 1 union select 2) as x(n) where n > 1

select * from orders order by total desc nulls last, id asc nulls first

select * from orders order by total using <

select * from orders limit 10 offset 20

select * from orders limit all

select * from orders order by total fetch first 5 rows with ties

select * from orders offset 3 rows fetch next row only

select * from orders for update of orders nowait

select * from orders for share skip locked

with x as (select 1 as n) select * from x

with x(n) as (select 1), y as (select n + 1 as m from x) select * from x, y

with recursive t(n) as (values (1) union all select n + 1 from t where n < 100) select sum(n) from t

with x as materialized (select 1), y as not materialized (select 2) select * from x, y

with recursive t as (select 1 as id union all select id + 1 from t) search depth first by id set path cycle id set is_cycle to true default false using cycle_path select * from t

with recursive t as (select 1 as id union all select id + 1 from t) search breadth first by id set ordercol select * from t

with gone as (delete from a returning *) insert into b select * from gone

with a as (with b as (select 1) select * from b) select * from a

select row_number() over () from t

select rank() over (partition by a order by b desc) from t

select sum(a) over w, avg(a) over (w rows between 1 preceding and 1 following) from t window w as (partition by b order by c)

select lag(a, 1, 0) over (order by b range between unbounded preceding and current row exclude current row) from t

select sum(x) over (order by d range between '1 day' preceding and '2 days' following) from t

select max(x) over (order by d groups between 1 preceding and unbounded following exclude ties) from t

select array_agg(x order by y desc, z) from t

select string_agg(distinct name, ', ' order by name) filter (where name is not null) from t

select percentile_cont(0.5) within group (order by x) from t

select mode() within group (order by x desc) filter (where x > 0) from t

select case when a > 1 then 'x' when a is null then 'y' else 'z' end from t

select case a when 1 then 'one' end from t

select coalesce(a, b, 0), nullif(a, b), greatest(1, 2), least(a, b) from t

select a::int, cast(b as numeric(10, 2)), 'x'::text::varchar(3), int '5', date '2024-02-29' from t

select a between 1 and 2, b not between symmetric 5 and 1 from t

select a in (1, 2, 3), b not in (select c from d) from t

select exists (select 1), not exists (select 2)

select a = any (array[1, 2]), b > all (select c from d), e = some ('{1,2}') from t

select a like 'x%' escape '!', b not like 'y', c ilike 'z', d not ilike 'w', e similar to 'v', f not similar to 'u' escape '#' from t

select a is null, b is not null, c isnull, d notnull, e is true, f is not false, g is unknown from t

select a is distinct from b, c is not distinct from d from t

select not a and b or c from t

select a + b * c - d / e % f ^ g, -h, @ i, |/ j from t

select a || b, a -> 'x' ->> 'y', a #> '{p,q}', a @> b, a ? 'k', a && b from t

select a operator(pg_catalog.+) b, operator(pg_catalog.-) c from t

select a collate "de_DE" < b from t

select a at time zone 'UTC', b at local from t

select array[1, 2, 3], array[[1, 2], [3, 4]], array(select x from t), array[]::int[]

select a[1], a[1:2], a[:2], a[1:], a[:], (f(x))[1].y from t

select (a).b, (a).*, (f(x)).c from t

select row(1, 2), (1, 2), row(), (a, b) = (c, d) from t

select (a, b) in (select c, d from e), (a, b) overlaps (c, d) from t

select f(), f(1), f(a => 1, b := 2), f(variadic array[1]), s.f(distinct a), g(all b) from t

select current_date, current_time(3), current_timestamp, localtime, localtimestamp(0), current_user, session_user, user, current_catalog, current_schema, current_role

select extract(year from d), extract('epoch' from e), date_part('day', f) from t

select substring(a from 2 for 3), substring(a for 2), substring(a similar 'x' escape '#'), substring(a, 1) from t

select trim(a), trim(both 'x' from a), trim(leading from a), trim(trailing 'y' from a, b) from t

select position('a' in b), overlay(a placing b from 1 for 2), normalize(a, nfkc), a is nfc normalized from t

select interval '1 day', interval '1-2' year to month, interval(3) '1.5' , interval '1' second(2)

select b'1010', x'1F', 0x1F, 0b101, 0o17, 1_000_000, 1.5e-3, .5, 5.

select e'a\nb\x41\u00e9', u&'\0061', u&'!0061' uescape '!', $$it's$$, $tag$a $$ b$tag$, n'x'

select 'a'

select "Quoted", "with ""quotes""", u&"\0061", größe, 名前 from "Täble"

select $1, $2::int, f($3)

select t from t

select t.*::text, (t).x from t

select a as "select", b as from_, c value from t

select 1 as select

select xmlelement(name foo, xmlattributes(a as b), 'c', d), xmlforest(a, b as c), xmlconcat(a, b), xmlpi(name p, 'x'), xmlroot(x, version '1.0', standalone yes), xmlparse(document '<a/>'), xmlserialize(content x as text indent), x is document, xmlexists('/a' passing by ref x) from t

select * from xmltable(xmlnamespaces('http://x' as x), '/a/b' passing doc columns id int path '@id', n for ordinality, t text default 'none' not null) as x

select bit(3) '101', bit varying '1', char 'x', character varying(3) 'abc', national character 'n', dec(3) '1', float(24) '1', real '2', time with time zone '10:00+00'

select treat(a as b), collation for (a), merge_action() from t

select into x from y

select a into temp table x from y

select a into unlogged x from y

select -1, - 1, -a, - -1, +-+1, 1 - -1, -2 ^ 2, -(1)

select 1 where true group by () having true window w as () order by 1 limit 1 for update

select /* a /* nested */ comment */ 1 -- end

select 'unterminated -- no', '/* neither */'

select 1;;; select 2;

select 'a'
  'b'

select f(a order by b) over w from t window w as (order by c)

select first_value(a) over (order by b) from t

select json_object('a' value 1, 'b': 2 absent on null with unique keys returning jsonb)

select json_object('a', 1), json_object()

select json_array(1, 2 null on null returning text), json_array(select x from t), json_array()

select json_objectagg(k: v absent on null with unique), json_arrayagg(x order by y null on null returning jsonb) filter (where z) from t

select json_objectagg(k value v) over (partition by p) from t

select json('{"a":1}' with unique keys), json_scalar(1), json_serialize(x returning text) from t

select x is json, x is json object with unique keys, x is not json array, x is json scalar, x is json value from t

select json_exists(x, '$.a' passing 1 as a error on error), json_value(x, '$.a' returning int default 0 on empty null on error), json_query(x, '$.a' with conditional wrapper keep quotes empty array on empty) from t

select json_query(x format json, 'strict $.*' returning jsonb with unconditional array wrapper omit quotes on scalar string error on empty error on error) from t

select * from json_table(x, '$.a[*]' as root passing 1 as p columns (n for ordinality, a int path '$.a' default 1 on empty error on error, b text format json path '$.b' with wrapper, c bool exists path '$.c' false on error, nested path '$.d[*]' as d columns (e int))) as jt

select * from json_table(x, '$' columns (a int) error on error) jt

select '{"a":1}'::jsonb ->> 'a', '[1]'::json -> 0, j['a']['b'], j #>> array['a'] from t

select jsonb_path_query(j, '$.a ? (@ > 1)'), j @? '$.a', j @@ '$.a > 1' from t

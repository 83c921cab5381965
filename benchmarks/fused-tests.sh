#!/usr/bin/env bash
# How long twelve data tests of a table take, against one sequential scan of it by psql on the same server: as `select count(*)` runs it, and
# one that reads all columns. Beside it the same tests one by one (-p:FuseTests=false). The time of the tests is from the start of the first
# to the end of the last, as run_results.json has it; rendering is in it. The table is a source: nothing else is done meanwhile. Needs psql
# and node; the server is the private one that the SDK starts.
#
#   benchmarks/fused-tests.sh [rows] [runs]
set -euo pipefail
rows=${1:-1000000}
runs=${2:-5}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
chmod 755 "$work" # the server may run as another user
stop() {
    [ -f "$work/obj/postgres/data/postmaster.pid" ] && kill "$(head -1 "$work/obj/postgres/data/postmaster.pid")" 2> /dev/null
    sleep 1
    rm -rf "$work"
}
trap stop EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1

mkdir -p "$work/models"
cd "$work"
cat > dbt_project.yml <<'YAML'
name: fused
profile: fused
YAML
cat > profiles.yml <<'YAML'
fused:
  outputs:
    dev: { type: postgres, host: embedded, dbname: bench, schema: bench, threads: 4 }
YAML
cp "$root/samples/nuget.config" "$root/global.json" .
sed -i "s#\.\./artifacts#$root/artifacts#g" nuget.config
cat > fused.sqlproj <<'XML'
<Project Sdk="Analytics.Sdk">
  <ItemGroup>
    <PackageReference Include="Analytics.Utils" Version="0.1.0" />
  </ItemGroup>
</Project>
XML
echo "select 1 as id" > models/one.sql
cat > models/sources.yml <<'YAML'
sources:
  - name: public
    tables:
      - name: orders
        data_tests:
          - dbt_utils.expression_is_true: { arguments: { expression: "shipped_on >= ordered_on" } }
        columns:
          - { name: order_id, data_tests: [not_null] }
          - { name: customer_id, data_tests: [not_null] }
          - { name: ordered_on, data_tests: [not_null] }
          - { name: status, data_tests: [not_null, accepted_values: { arguments: { values: [new, paid, shipped, returned] } }] }
          - { name: country, data_tests: [not_null] }
          - { name: amount, data_tests: [not_null, dbt_utils.accepted_range: { arguments: { min_value: 0 } }] }
          - { name: quantity, data_tests: [not_null, dbt_utils.accepted_range: { arguments: { min_value: 1, max_value: 100 } }] }
          - { name: store_id, data_tests: [relationships_to_known: { arguments: { most: 500 } }] }
YAML
mkdir macros
cat > macros/known.sql <<'SQL'
{% test relationships_to_known(model, column_name, most) %}
select {{ column_name }} from {{ model }} where {{ column_name }} not between 1 and {{ most }}
{% endtest %}
SQL

dotnet publish -nologo -p:Select=one > log 2>&1 || { tail -20 log >&2; exit 1; }
psql=$(sed -n 's/.*Query it: psql "\(.*\)"/\1/p' log | tail -1)
psql -qX "$psql" -v ON_ERROR_STOP=1 <<SQL
create table public.orders as
select n::bigint as order_id, n % 50000 as customer_id, n % 500 + 1 as store_id, date '2024-01-01' + n % 700 as ordered_on,
    date '2024-01-03' + n % 700 as shipped_on, (array['new', 'paid', 'shipped', 'returned'])[1 + n % 4] as status,
    (array['DE', 'FR', 'NL', 'BE', 'AT'])[1 + n % 5] as country, n % 90 + 1 as quantity, (n % 100000)::float8 / 100 as amount,
    md5(n::text) as note
from generate_series(1, $rows) n;
vacuum analyze public.orders;
SQL

median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
scan() { # scan <query>: milliseconds, as psql tells them
    psql -qXAt "$psql" -c '\timing on' -c "$1" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
}
tests() { # tests <property>: milliseconds from the first test's start to the last one's end
    dotnet publish -nologo --no-build -p:Select=source:public "$@" > log 2>&1 || { tail -20 log >&2; exit 1; }
    node -e "
        const results = JSON.parse(require('fs').readFileSync('bin/Debug/publish/run_results.json')).results;
        if (results.length !== 12 || results.some(r => r.status !== 'pass')) throw new Error(JSON.stringify(results.map(r => [r.unique_id, r.status])));
        const times = results.flatMap(r => r.timing.filter(t => t.name === 'execute'));
        console.log(Math.max(...times.map(t => Date.parse(t.completed_at))) - Math.min(...times.map(t => Date.parse(t.started_at))));"
}

for ((run = 0; run < runs; run++)); do
    scan 'select count(*) from public.orders' >> times.count
    scan 'select count(*) from public.orders o where o is null' >> times.columns
    tests >> times.fused
    tests -p:FuseTests=false >> times.alone
done
count=$(median < times.count)
columns=$(median < times.columns)
echo "12 tests, $rows rows, $runs runs"
echo "  psql, count(*)               median $count ms"
echo "  psql, all columns            median $columns ms"
for way in fused alone; do
    own=$(median < times.$way)
    awk -v way="$way" -v a="$own" -v b="$count" -v c="$columns" \
        'BEGIN {printf "  tests, %-8s              median %d ms   ratio to count(*) %.2f, to all columns %.2f\n", way == "fused" ? "one scan" : "one by one", a, a / b, a / c}'
done

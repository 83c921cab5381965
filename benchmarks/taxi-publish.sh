#!/usr/bin/env bash
# How long a full publish of the sample takes (every relation built anew, every test run, all of it swapped in), against one psql session
# that runs the same SQL on the same server: each model's and test's compiled SQL, the seed's rows, the indexes. Landing the trips is no part
# of either. Needs psql and node; the server is the private one that the SDK starts.
#
#   benchmarks/taxi-publish.sh [runs]
set -euo pipefail
runs=${1:-3}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
chmod 755 "$work" # the server may run as another user
stop() {
    [ -f "$work/samples/obj/postgres/data/postmaster.pid" ] && kill "$(head -1 "$work/samples/obj/postgres/data/postmaster.pid")" 2> /dev/null
    sleep 1
    rm -rf "$work"
}
trap stop EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1

mkdir "$work/samples"
cp "$root/global.json" "$work"
ln -s "$root/artifacts" "$work/artifacts"
cd "$work/samples"
(cd "$root/samples" && tar -c --exclude=bin --exclude=obj .) | tar -x
dotnet publish -nologo > log 2>&1 || { tail -20 log >&2; exit 1; }
psql=$(sed -n 's/.*Query it: psql "\(.*\)"/\1/p' log | tail -1)

# From now on without the landing.
sed -i '/<AnalyticsPrePublish/,/\/>/d' Analytics.sqlproj
publish() { dotnet publish -nologo --no-build -p:FullRefresh=true -p:Force=true; }
publish > log 2>&1 || { tail -20 log >&2; exit 1; }

psql -qXAt "$psql" -c "select indexdef from pg_indexes where schemaname not in ('pg_catalog', 'bronze') and schemaname not like '%__state'" > indexes.txt
cat > plain.js <<'JS'
const fs = require('fs');
const results = JSON.parse(fs.readFileSync('bin/Debug/publish/run_results.json')).results;
const nodes = JSON.parse(fs.readFileSync('bin/Debug/publish/manifest.json')).nodes;
const schemas = new Set(results.filter(r => r.relation_name).map(r => r.relation_name.split('.')[1]));
const plain = sql => [...schemas].reduce((text, schema) => text.replaceAll(`${schema}.`, '"plain".'), sql);
const indexes = fs.readFileSync('indexes.txt', 'utf8').split('\n').filter(Boolean);
const bare = [...schemas].map(schema => schema.replaceAll('"', ''));
for (const { unique_id: id, compiled_code: sql, relation_name: name } of results) {
    const node = nodes[id];
    if (!node || node.resource_type === 'unit_test') continue;
    if (node.resource_type === 'test') {
        console.log(`select count(*) from (\n${plain(sql)}\n) t;`);
        continue;
    }
    const relation = plain(name);
    const kind = node.resource_type === 'model' && node.config.materialized === 'view' ? 'view' : 'table';
    if (node.resource_type === 'seed') {
        console.log(`create table ${relation} (like ${name});`);
        console.log(`\\copy ${relation.split('.').slice(1).join('.')} from '${node.original_file_path}' with (format csv, header)`);
    } else if (node.resource_type === 'snapshot') {
        console.log(`create table ${relation} as select q.*, md5(q::text || now()::text) as dbt_scd_id, now() as dbt_updated_at,`);
        console.log(`now() as dbt_valid_from, null::timestamptz as dbt_valid_to from (\n${plain(sql)}\n) q;`);
    } else {
        console.log(`create ${kind} ${relation} as (\n${plain(sql)}\n);`);
    }
    for (const index of indexes) {
        const at = bare.find(schema => index.includes(` ON ${schema}.${node.alias ?? node.name} `));
        if (at) console.log(index.replace(` ON ${at}.`, ' ON plain.') + ';');
    }
}
JS
node plain.js > plain.sql

milliseconds() { # milliseconds <command...>: wall time; a failure ends the benchmark
    local start end
    start=$(date +%s%N)
    "$@" > log 2>&1 || { tail -20 log >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
reported() { sed -n "s/.*Published to target.*(\([0-9]*\)\.\([0-9]*\) s).*/\1\2/p" log | tail -1 | awk '{print $1 * 10}'; }

for ((run = 0; run < runs; run++)); do
    psql -qX "$psql" -v ON_ERROR_STOP=1 -c 'set client_min_messages = error' -c 'drop schema if exists plain cascade' -c 'create schema plain' > /dev/null 2>&1
    milliseconds psql -qX "$psql" -v ON_ERROR_STOP=1 -f plain.sql >> times.psql
    milliseconds publish >> times.process
    reported >> times.publish
done
one=$(median < times.psql)
own=$(median < times.publish)
whole=$(median < times.process)
echo "the sample, $(grep -c '^select count' plain.sql) tests, $runs runs"
echo "  psql, one session            median $one ms"
echo "  publish, as it reports       median $own ms   ratio $(awk -v a="$own" -v b="$one" 'BEGIN {printf "%.2f", a / b}')"
echo "  publish, the whole process   median $whole ms   ratio $(awk -v a="$whole" -v b="$one" 'BEGIN {printf "%.2f", a / b}')"

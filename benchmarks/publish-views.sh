#!/usr/bin/env bash
# How long a publish of N small views takes, against one psql session that runs the same CREATE VIEW statements on the same
# server. Prints both, and the ratio: of the publish as it reports its time, and of the whole `dotnet publish` process.
# Then what a publish takes when nothing changed. Needs psql; the server is the private one that the SDK starts.
#
#   benchmarks/publish-views.sh [views] [runs]
set -euo pipefail
views=${1:-1000}
runs=${2:-3}
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
name: views
profile: views
YAML
cat > profiles.yml <<'YAML'
views:
  outputs:
    dev: { type: postgres, host: embedded, dbname: bench, schema: bench, threads: 4 }
YAML
cp "$root/samples/nuget.config" "$root/global.json" .
sed -i "s#\.\./artifacts#$root/artifacts#g" nuget.config
echo '<Project Sdk="Analytics.Sdk" />' > views.sqlproj

# A tenth reads nothing; each of the others reads the one before it in its chain of ten.
for ((i = 0; i < views; i++)); do
    if ((i % 10 == 0)); then from="(values (1, 'a'), (2, 'b')) t(id, name)"; else from="{{ ref('v_$((i - 1))') }}"; fi
    echo "select id, name, id * $i as amount from $from where id > 0" > "models/v_$i.sql"
done

milliseconds() { # milliseconds <command...>: wall time; a failure ends the benchmark
    local start end
    start=$(date +%s%N)
    "$@" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
reported() { sed -n "s/.*Published to target.*(\([0-9]*\)\.\([0-9]*\) s).*/\1\2/p" "$work/log" | tail -1 | awk '{print $1 * 10}'; }

dotnet publish -nologo > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
psql=$(sed -n 's/.*Query it: psql "\(.*\)"/\1/p' "$work/log" | tail -1)
echo "drop schema if exists plain cascade; create schema plain;" > setup.sql
for ((i = 0; i < views; i++)); do
    if ((i % 10 == 0)); then from="(values (1, 'a'), (2, 'b')) t(id, name)"; else from="plain.v_$((i - 1))"; fi
    echo "create view plain.v_$i as select id, name, id * $i as amount from $from where id > 0;"
done > plain.sql

for ((run = 0; run < runs; run++)); do
    psql -qX "$psql" -c 'set client_min_messages = error' -f setup.sql > /dev/null 2>&1
    milliseconds psql -qX "$psql" -f plain.sql >> times.psql
    milliseconds dotnet publish -nologo --no-build -p:Force=true >> times.process
    reported >> times.publish
    milliseconds dotnet publish -nologo --no-build >> times.unchanged
done
one=$(median < times.psql)
own=$(median < times.publish)
whole=$(median < times.process)
echo "$views views, $runs runs"
echo "  psql, one session            median $one ms"
echo "  publish, as it reports       median $own ms   ratio $(awk -v a="$own" -v b="$one" 'BEGIN {printf "%.2f", a / b}')"
echo "  publish, the whole process   median $whole ms   ratio $(awk -v a="$whole" -v b="$one" 'BEGIN {printf "%.2f", a / b}')"
echo "  nothing changed, process     median $(median < times.unchanged) ms"

#!/usr/bin/env bash
# How long a generated project of N models takes to build: cold, again with nothing changed, and after one model was
# edited. Each figure is a whole `dotnet build --no-restore` process; an empty class library built in the same run says
# how much of it is the .NET SDK itself.
#
#   benchmarks/build-scale.sh [models] [runs]
set -euo pipefail
models=${1:-1000}
runs=${2:-3}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_TELEMETRY_OPTOUT=1

project() { # project <folder> <models>: a quarter stages, half joins that call a macro with a loop, a quarter marts
    local folder=$1 count=$2
    mkdir -p "$folder/models/staging" "$folder/models/intermediate" "$folder/models/marts" "$folder/macros"
    cat > "$folder/dbt_project.yml" <<'YAML'
name: scale
version: "1.0"
profile: scale
models:
  scale:
    staging: { +materialized: view, +tags: [nightly] }
    intermediate: { +materialized: view }
    marts: { +materialized: table, +schema: gold }
YAML
    cat > "$folder/profiles.yml" <<'YAML'
scale:
  target: dev
  outputs:
    dev: { type: postgres, host: localhost, user: analytics, password: none, dbname: warehouse, schema: analytics, threads: 4 }
YAML
    cat > "$folder/macros/sums.sql" <<'SQL'
{% macro sums(columns, prefix='total') %}
  {%- for column in columns -%}
    {%- if column is string -%}
      sum({{ column }}) as {{ prefix }}_{{ column | lower }}{% if not loop.last %}, {% endif %}
    {%- endif -%}
  {%- endfor -%}
{% endmacro %}
SQL
    awk -v n="$count" -v folder="$folder" 'BEGIN {
        stages = int(n / 4); joins = int(n / 2); marts = n - stages - joins
        sources = folder "/models/staging/sources.yml"
        print "sources:\n  - name: raw\n    schema: raw\n    tables:" > sources
        for (i = 0; i < stages; i++) print "      - name: t" i >> sources
        for (i = 0; i < n; i++) {
            if (i < stages) {
                name = "stg_" i; layer = "staging"
                sql = "with source as (\n    select * from {{ source(\x27raw\x27, \x27t" i "\x27) }}\n),\nrenamed as (\n    select\n        id,\n        customer_id,\n        status,\n        cast(amount as numeric(12, 2)) as amount,\n        {{ dbt.date_trunc(\x27day\x27, \x27created_at\x27) }} as created_day\n    from source\n)\nselect * from renamed where status <> \x27void\x27\n"
            } else if (i < stages + joins) {
                name = "int_" (i - stages); layer = "intermediate"; a = (i * 7) % stages; b = (i * 13 + 1) % stages
                sql = "{% set columns = [\x27amount\x27, \x27tax\x27, \x27tip\x27, \x27fee\x27] %}\nselect\n    a.customer_id,\n    a.created_day,\n    {{ sums(columns) }}\nfrom {{ ref(\x27stg_" a "\x27) }} as a\njoin {{ ref(\x27stg_" b "\x27) }} as b on a.id = b.id\nwhere a.created_day >= \x27{{ var(\x27start\x27, \x272020-01-01\x27) }}\x27\ngroup by 1, 2\n"
            } else {
                k = i - stages - joins; name = "fct_" k; layer = "marts"
                sql = "{{ config(materialized=\x27table\x27, tags=[\x27mart\x27]) }}\nselect\n    m.customer_id,\n    {% for part in [\x27day\x27, \x27week\x27, \x27month\x27] -%}\n    date_trunc(\x27{{ part }}\x27, m.created_day) as {{ part }}{{ \x27,\x27 }}\n    {% endfor -%}\n    sum(m.total_amount) as total\nfrom {{ ref(\x27int_" ((k * 3) % joins) "\x27) }} as m\nleft join {{ ref(\x27int_" ((k * 5 + 2) % joins) "\x27) }} as o on o.customer_id = m.customer_id\ngroup by 1, 2, 3, 4\n"
            }
            file = folder "/models/" layer "/" name ".sql"
            printf "%s", sql > file
            close(file)
            yml = folder "/models/" layer "/models_" int(i / 50) ".yml"
            if (!(yml in started)) { print "models:" > yml; started[yml] = 1 }
            print "  - name: " name "\n    description: Generated model number " i ".\n    columns:\n      - name: customer_id\n        description: Who bought.\n        data_tests: [not_null]" >> yml
            if (i % 4 == 0) print "      - name: created_day\n        data_tests:\n          - accepted_values: { arguments: { values: [1, 2] } }" >> yml
        }
    }'
    cp "$root/samples/nuget.config" "$folder/nuget.config"
    sed -i "s#\.\./artifacts#$root/artifacts#g" "$folder/nuget.config"
    cp "$root/global.json" "$folder/global.json"
    echo '<Project Sdk="Analytics.Sdk" />' > "$folder/scale.sqlproj"
}

milliseconds() { # milliseconds <command...>: wall time; a failure ends the benchmark
    local start end
    start=$(date +%s%N)
    "$@" > "$work/log" 2>&1 || { tail -20 "$work/log" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}
median() { sort -n "$1" | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
range() { sort -n "$1" | awk 'NR == 1 {low = $1} {high = $1} END {print low "-" high}'; }
build() { dotnet build "$1" --no-restore -nologo -v:q; }
report() { printf '  %-28s median %6s ms   range %s\n' "$1" "$(median "$work/$2")" "$(range "$work/$2")"; }

mkdir "$work/empty"
cat > "$work/empty/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
</Project>
PROJECT
project "$work/scale" "$models"
(cd "$work/scale" && dotnet restore -nologo -v:q)
build "$work/empty/empty.csproj" > /dev/null 2>&1 || dotnet build "$work/empty/empty.csproj" -nologo -v:q > /dev/null

cd "$work/scale"
for run in $(seq "$runs"); do
    rm -rf bin target
    find obj -mindepth 1 -maxdepth 1 ! -name 'project.assets.json' ! -name '*.nuget.*' ! -name 'project.nuget.cache' -exec rm -rf {} +
    milliseconds build scale.sqlproj >> "$work/cold"
    milliseconds build scale.sqlproj >> "$work/unchanged"
    echo "-- edited $run" >> models/marts/fct_0.sql
    milliseconds build scale.sqlproj >> "$work/edited"
    milliseconds build "$work/empty/empty.csproj" >> "$work/floor"
done
echo "$models models, $runs runs each"
report "empty class library" floor
report "cold" cold
report "nothing changed" unchanged
report "one model edited" edited

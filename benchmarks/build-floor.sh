#!/usr/bin/env bash
# How much an up-to-date build of the sample costs above the same build of an empty class library, and a publish of
# unchanged models above its own data work. The two are run in turn in one session, so that a machine that is busy is
# busy for both; the figures to quote are the medians and their difference.
#
#   benchmarks/build-floor.sh [runs]
set -euo pipefail
runs=${1:-9}
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

mkdir "$work/empty"
cat > "$work/empty/empty.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
  </PropertyGroup>
</Project>
PROJECT

milliseconds() { # milliseconds <command...>: wall time; a failure ends the benchmark
    local start end
    start=$(date +%s%N)
    "$@" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
    end=$(date +%s%N)
    echo $(((end - start) / 1000000))
}
median() { sort -n "$1" | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
range() { sort -n "$1" | awk 'NR == 1 {low = $1} {high = $1} END {print low "-" high}'; }

# The sample alone, without the program that lands its data: that is another project's build.
empty() { dotnet build "$work/empty/empty.csproj" --no-restore -nologo -v:q; }
sample() { dotnet build "$root/samples/Analytics.sqlproj" --no-restore -nologo -v:q -p:BuildProjectReferences=false; }

dotnet build "$work/empty/empty.csproj" -nologo -v:q > /dev/null
dotnet build "$root" -nologo -v:q > /dev/null
for _ in $(seq "$runs"); do
    milliseconds empty >> "$work/empty.ms"
    milliseconds sample >> "$work/sample.ms"
done
echo "up-to-date build, $runs runs each, ms"
echo "  empty class library   median $(median "$work/empty.ms")  range $(range "$work/empty.ms")"
echo "  sample                median $(median "$work/sample.ms")  range $(range "$work/sample.ms")"
echo "  difference of medians $(($(median "$work/sample.ms") - $(median "$work/empty.ms")))"

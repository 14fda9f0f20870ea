#!/usr/bin/env bash
# All faults in full: some ten minutes on two cores; --no-build takes what is built. Prints what was sent, acknowledged, found, lost and counted twice.
# Needs root for disks of its own, strace, slowhttptest and e2fsprogs; ./test.sh installs them.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 COLLECTOR_FAULTS=full COLLECTOR_FAULTS_TABLE
COLLECTOR_FAULTS_TABLE=$(mktemp)
log=$(mktemp)
trap 'rm -f "$log" "$COLLECTOR_FAULTS_TABLE"' EXIT

[ "${1:-}" = --no-build ] || dotnet build tests/Collector.Tests -c Release --nologo --verbosity quiet || exit 1
dotnet test tests/Collector.Tests -c Release --no-build --nologo --filter FullyQualifiedName~Collector.Tests.Faults > "$log" 2>&1
result=$?
echo "| fault | sent | acknowledged | found | lost | counted twice | seconds | |"
echo "|---|---:|---:|---:|---:|---:|---:|---|"
cat "$COLLECTOR_FAULTS_TABLE"
[ "$result" = 0 ] || cat "$log"
tail -1 "$log"
exit "$result"

#!/usr/bin/env bash
# Passes all tests on a machine with the .NET SDK 10 and Node.js 20, and installs what else they need. The last line counts.
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 SCARF_ANALYTICS=false CI=true
# The processes of tests live for seconds: code that first observes itself would not live to gain from it.
export DOTNET_TieredPGO=0
log=$(mktemp)
passed=0
failed=0

# One thing that must succeed; its output shows only when it does not.
must() {
  local what=$1
  shift
  local since=$SECONDS
  printf '%s … ' "$what"
  if "$@" > "$log" 2>&1; then
    passed=$((passed + 1))
    echo "ok ($((SECONDS - since)) s)"
  else
    failed=$((failed + 1))
    echo "FAILED ($((SECONDS - since)) s)"
    cat "$log"
  fi
}

# Tests, whose own counts are added up; a run that breaks off counts as a failure.
tests() {
  local what=$1
  shift
  local since=$SECONDS
  printf '%s … ' "$what"
  local ok=0
  "$@" > "$log" 2>&1 || ok=1
  local counts
  counts=$(sed -nE -e 's/.*Failed: +([0-9]+), Passed: +([0-9]+),.*/\2 \1/p' -e 's/^([0-9]+) passed, ([0-9]+) failed$/\1 \2/p' "$log" | tail -1)
  read -r good bad <<< "${counts:-0 0}"
  if [ "$ok" = 1 ] && [ "$bad" = 0 ] || [ "$good" = 0 ]; then bad=$((bad + 1)); fi
  passed=$((passed + good))
  failed=$((failed + bad))
  echo "$good passed, $bad failed ($((SECONDS - since)) s)"
  if [ "$bad" != 0 ]; then cat "$log"; fi
}

# What is known of vulnerable packages. Where no source of advisories answers, nothing was looked up, and nothing has passed.
advisories() {
  local since=$SECONDS
  printf 'no %s package is known to be vulnerable … ' "$1"
  node .ci/advisories.mjs "$1" > "$log" 2>&1
  case $? in
    0) passed=$((passed + 1)) && echo "ok ($((SECONDS - since)) s)" ;;
    3) echo "no advisory source answers here ($((SECONDS - since)) s)" ;;
    *) failed=$((failed + 1)) && echo "FAILED ($((SECONDS - since)) s)" && cat "$log" ;;
  esac
}

install_tools() {
  local tool lacking=() root=()
  for tool in chromium firefox-esr WebKitWebDriver xvfb-run xauth dbus-daemon strace slowhttptest /sbin/mkfs.ext4 /usr/sbin/nginx /usr/sbin/haproxy prometheus promtool php mariadbd soffice systemd-analyze /usr/lib/postgresql/15/bin/postgres pgrep runuser; do command -v "$tool" > /dev/null || lacking+=("$tool"); done
  [ "${#lacking[@]}" = 0 ] && return
  [ "$(id -u)" = 0 ] || root=(sudo)
  "${root[@]}" apt-get update && "${root[@]}" apt-get install -y --no-install-recommends \
    chromium firefox-esr webkit2gtk-driver xvfb xauth dbus fonts-dejavu-core strace slowhttptest e2fsprogs nginx-light haproxy prometheus php-cli php-mysql mariadb-server-core libreoffice-calc-nogui systemd postgresql-15 procps util-linux
}

# Only its files: as a package it would bring a web server along.
unpack_wordpress() {
  local folder=tests/Collector.BrowserTests/obj/wordpress
  [ -d "$folder/usr" ] && return
  mkdir -p "$folder" && (cd "$folder" && apt-get download wordpress && dpkg-deb --extract wordpress_*.deb .)
}

# What is stored, told over HTTP and figured out. All else has to do with files, with servers of its own, or with no database.
on_postgres() {
  local about filter=
  for about in Storage Ingest Insights Sites Surveys Operations Web Webhooks Transfer; do filter+="|FullyQualifiedName~Collector.Tests.$about."; done
  COLLECTOR_TESTS_POSTGRES=$1 dotnet test tests/Collector.Tests --no-build -c Release --nologo --filter "(${filter#|})&Database!=Own"
}

start=$SECONDS
must  "tools from Debian are there"     install_tools
must  "WordPress is there"              unpack_wordpress
must  "PostgreSQL 18 is there"          npm ci --prefix tests/Collector.Tests/Support/postgres-18 --ignore-scripts --no-audit --no-fund
must  "API linters are there"           npm ci --prefix tests/Collector.Tests/Web/lint --ignore-scripts --no-audit --no-fund
must  "deployment schemas are there"    npm ci --prefix tests/Collector.Tests/Operations/deploy --ignore-scripts --no-audit --no-fund
must  "the client's tools are there"    npm ci --prefix src/client-js --ignore-scripts --no-audit --no-fund
must  "packages are as locked"          dotnet restore --locked-mode
advisories npm
advisories nuget
must  "it builds without a warning"     dotnet build --no-restore -c Release
# The build holds the rules of style; this is about blanks and lines, and takes seconds for it.
must  "it is formatted"                 dotnet format whitespace --folder . --verify-no-changes --exclude widget-js samples
must  "the widget's types and style"    npm run --silent --prefix widget-js check
must  "the dashboard's types"           npm run --silent --prefix src/Collector/Dashboard/Script check
must  "the client's types and style"    npm run --silent --prefix src/client-js check
tests "the widget"                      npm run --silent --prefix widget-js test
tests "the TypeScript client"           npm run --silent --prefix src/client-js test
tests "the collector"                   dotnet test tests/Collector.Tests --no-build -c Release --nologo --filter "Release!=Built"
tests "what is released"                dotnet test tests/Collector.Tests --no-build -c Release --nologo --filter "Release=Built"
# One after the other: at once on two cores, each waits for the other until answers are late.
tests "… on PostgreSQL 15"              on_postgres 15
tests "… on PostgreSQL 18"              on_postgres 18
tests "in three browsers"               dotnet test tests/Collector.BrowserTests --no-build -c Release --nologo --logger "trx;LogFileName=results.trx"
node tests/Collector.BrowserTests/matrix.mjs tests/Collector.BrowserTests/TestResults/results.trx

rm -f "$log"
echo "took $((SECONDS - start)) s"
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]

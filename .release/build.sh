#!/usr/bin/env bash
# Builds all that a release holds, of the commit that is checked out: .release/build.sh [FOLDER [RUNTIME…]]
# Two builds of one commit differ in debug symbols and their number alone: the generator of .NET's logging puts its classes in any order, and Razor writes where a view lies.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-artifacts}")
[ $# -gt 0 ] && shift
runtimes=("$@")
[ ${#runtimes[@]} -gt 0 ] || runtimes=(linux-x64 linux-arm64 win-x64 osx-arm64)

version=$(sed -nE 's|.*<Version>(.*)</Version>.*|\1|p' Directory.Build.props)
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Inside the repository: paths within it are written into what is built as if it were at the root of a disk, others as they are.
work=obj/release
properties=(-p:ContinuousIntegrationBuild=true -p:RestoreLockedMode=true -v:quiet)
rm -rf "$folder" "$work"
mkdir -p "$folder" "$work"

# One file for each system, with .NET inside.
for runtime in "${runtimes[@]}"; do
  # The analyzer of single files would bring a package that the lock file cannot know.
  dotnet publish src/Collector -c Release -r "$runtime" --self-contained -o "$work/$runtime" --artifacts-path "$work/of-$runtime" "${properties[@]}" \
    -p:PublishSingleFile=true -p:IncludeNativeLibrariesForSelfExtract=true -p:EnableSingleFileAnalyzer=false -p:DebugType=embedded
  program=collector
  [ "$runtime" = win-x64 ] && program=collector.exe
  mkdir "$work/$runtime.files"
  cp "$work/$runtime/${program/collector/Collector}" "$work/$runtime.files/$program"
  cp LICENSE README.md "$work/$runtime.files"
  [[ $runtime != linux-* ]] || cp samples/deploy/collector.service "$work/$runtime.files"
  tar --create --sort=name --format=ustar --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --directory "$work/$runtime.files" . | gzip -9n > "$folder/collector-$version-$runtime.tar.gz"
done

# The tool and the .NET client. Without a runtime the tool is one package, for all of them.
dotnet restore Collector.sln --artifacts-path "$work/packages" "${properties[@]}"
dotnet pack src/Collector -c Release --no-restore --artifacts-path "$work/packages" -o "$folder" "${properties[@]}" -p:RuntimeIdentifiers=
dotnet pack src/Collector.Client -c Release --no-restore --artifacts-path "$work/packages" -o "$folder" "${properties[@]}"

# The widget and the TypeScript client.
for package in widget-js src/client-js; do
  npm ci --prefix "$package" --ignore-scripts --no-audit --no-fund > "$work/npm.log"
  (cd "$package" && npm pack --silent --pack-destination "$folder" > /dev/null)
done

# What is inside, what changed, and that nothing was exchanged on the way.
node .release/sbom.mjs "$version" "$SOURCE_DATE_EPOCH" > "$folder/collector-$version.cdx.json"
awk -v version="$version" '/^## /{ shown = index($0, version) || (index($0, "Unreleased") && !found); if (shown) found = 1; next } shown' CHANGELOG.md > "$folder/RELEASE-NOTES.md"
(cd "$folder" && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
ls -l "$folder"

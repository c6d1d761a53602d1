#!/usr/bin/env bash
# Fetches one version of pev2 from the npm registry, checks it and replaces the files beside this script.
#   ./update.sh 1.21.0
set -euo pipefail

version=${1:?usage: update.sh VERSION}
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cd "$work"
expected=$(npm view "pev2@$version" dist.integrity 2>/dev/null)
archive=$(npm pack --silent "pev2@$version" 2>/dev/null)
actual="sha512-$(openssl dgst -sha512 -binary "$archive" | base64 -w0)"
[[ "$actual" == "$expected" ]] || { echo "pev2 $version: the archive is $actual, the registry says $expected" >&2; exit 1; }
tar xzf "$archive"
grep -q '^Permission to use, copy, modify, and distribute this software' package/LICENSE ||
  { echo "pev2 $version: LICENSE is not the PostgreSQL licence any more" >&2; exit 1; }
for external in $(grep -oE '(import|@import|url\() *["'"'"']?https?://[^"'"'"')]+' package/dist/pev2.css || true); do
  echo "pev2 $version: its style sheet asks the network for $external" >&2
  exit 1
done

install -m 644 package/LICENSE package/dist/pev2.umd.js package/dist/pev2.css "$here"
cd "$here"
echo "$version" > VERSION
sha256sum LICENSE VERSION pev2.css pev2.umd.js > SHA256SUMS

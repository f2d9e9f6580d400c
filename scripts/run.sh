#!/bin/sh
# scripts/run.sh COMMAND...: runs a command in the project's folder with the project's Node first on the PATH
# and the dependencies of package-lock.json installed.
set -eu

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
runtime=$(scripts/runtime.sh)
PATH=$runtime:$root/node_modules/.bin:$PATH
export PATH

# `npm ci` begins by removing node_modules, the stamp with it: an interrupted install is done again.
stamp=node_modules/.propusk-installed
wanted=$(cat package-lock.json .npmrc | cksum)
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
  printf 'propusk: installing dependencies (npm ci)\n' >&2
  npm ci --no-audit --no-fund --loglevel=error </dev/null >&2 || {
    printf 'propusk: npm ci failed; see the message above\n' >&2
    exit 1
  }
  printf '%s\n' "$wanted" >"$stamp"
fi

exec "$@"

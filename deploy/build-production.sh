#!/bin/sh
# Builds Patchgate and leaves in TARGET what it runs on: compiled files, and no dependency that only builds or tests.
# usage: build-production.sh TARGET
set -eu
[ $# -eq 1 ] || { echo 'usage: build-production.sh TARGET' >&2; exit 2; }
mkdir -p "$1"
target=$(cd "$1" && pwd)
[ -z "$(ls -A "$target")" ] || { echo "build-production.sh: $target is not empty" >&2; exit 1; }
cd "$(dirname "$0")/.."

# As scripts/install.mjs does it: pnpm refuses this setting of a machine, and nothing here is compiled to machine code.
unset npm_config_nodedir NPM_CONFIG_NODEDIR || true
export CI=1
pnpm() { npm exec --yes -- pnpm@12.21.0 "$@"; }

pnpm install --frozen-lockfile --prefer-offline
node -e "import('./scripts/build.mjs').then(({ build }) => build(console.log))"

# Every manifest, because the lockfile is about all of them.
cp package.json pnpm-lock.yaml pnpm-workspace.yaml "$target/"
for manifest in packages/*/package.json apps/*/package.json migrations/package.json; do
  mkdir -p "$target/${manifest%/*}"
  cp "$manifest" "$target/$manifest"
done
for built in packages/*/dist migrations/dist apps/server/dist apps/web/dist apps/agent/dist; do
  cp -R "$built" "$target/$built"
done
mkdir -p "$target/deploy/agent"
cp deploy/agent/install.sh "$target/deploy/agent/"

# Without the optional ones: the embedded PostgreSQL and the Node of a clone have no place beside those of a machine.
cd "$target"
pnpm install --prod --no-optional --frozen-lockfile --prefer-offline --filter '@patchgate/server...'

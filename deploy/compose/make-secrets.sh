#!/bin/sh
# Makes the secrets of docker-compose.yml: random passwords, each in a file. What is there is left as it is.
# usage: make-secrets.sh [DIRECTORY]
set -eu
directory=${1:-$(dirname "$0")/secrets}
umask 077
mkdir -p "$directory"

random() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

put() {
  file=$directory/$1
  if [ -e "$file" ]; then return 0; fi
  printf '%s\n' "$2" >"$file.new"
  # Each container reads its own as another user; on this machine the mode of the directory keeps others out.
  chmod 0444 "$file.new"
  mv "$file.new" "$file"
  printf 'made %s\n' "$file"
}

put postgres_password "$(random)"
put database_url "postgres://patchgate_app:$(random)@postgres:5432/patchgate"
put migration_database_url "postgres://patchgate_migrator:$(random)@postgres:5432/patchgate"

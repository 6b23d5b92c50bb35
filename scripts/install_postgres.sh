#!/usr/bin/env bash
# Puts PostgreSQL on a Debian machine for the tests marked `postgres`, which start a throwaway server themselves.
#   bash scripts/install_postgres.sh              install, if it is not there yet (needs root)
#   bash scripts/install_postgres.sh --start DIR  besides, start a server that keeps its data in DIR; prints its address,
#                                                 to be put in SCORECARD_TEST_POSTGRES
#   bash scripts/install_postgres.sh --stop DIR   stop that server
set -euo pipefail

programs() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

# The server refuses to run as root.
as_postgres() {
  if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi
}

install() {
  [ -n "$(programs)" ] && return
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
}

start() {
  local folder=$1 bin
  bin=$(programs)
  mkdir -p "$folder"
  [ "$(id -u)" = 0 ] && chown postgres "$folder"
  as_postgres "$bin/initdb" --pgdata="$folder/data" --auth=trust --username=scorecard --encoding=UTF8 --no-sync >/dev/null
  as_postgres "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait --silent \
    --options="-c listen_addresses='' -c unix_socket_directories='$folder' -c fsync=off" start >/dev/null
  echo "postgresql://scorecard@/postgres?host=$folder"
}

stop() {
  as_postgres "$(programs)/pg_ctl" --pgdata="$1/data" --mode=immediate stop
}

case "${1:-}" in
  --start) install && start "$(realpath -m "${2:?where to keep its data}")" ;;
  --stop) stop "$(realpath -m "${2:?where it keeps its data}")" ;;
  *) install ;;
esac

# PostgreSQL over a folder, with the variables of its image:
#
# `prepare POSTGRES DATA PORT`: makes a database where there is none, or sets the
# password of the one that is there; then becomes `serve`, without the password.
# `serve POSTGRES DATA PORT`: serves until it is asked to end.
#
# POSTGRES is the folder with bin, DATA is kept, TMPDIR is this run's own.
set -eu
umask 077
mode=$1 bin=$2/bin folder=$3 port=$4
data=$folder/pgdata

fail() {
  echo "callboard: $1" >&2
  exit 1
}

# Runs a statement without a server; one that fails is not logged, since it may hold the password.
alone() {
  printf '%s\n' "$2" |
    "$bin/postgres" --single -D "$1" -c exit_on_error=on -c log_checkpoints=off \
      -c log_min_error_statement=panic postgres >/dev/null
}

# A text between two quotes of a kind, as SQL has it.
quote() {
  case $1 in *"
"*) fail 'a name and a password have one line' ;; esac
  printf "%s%s%s" "$2" "$(printf %s "$1" | sed "s/$2/$2$2/g")" "$2"
}

# At another place, and then renamed: one that is there is whole.
make() {
  rm -rf "$folder/new"
  printf '%s\n' "$POSTGRES_PASSWORD" >"$TMPDIR/password"
  "$bin/initdb" --pgdata="$folder/new" --username="$user" --pwfile="$TMPDIR/password" \
    --auth=scram-sha-256 --encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 \
    --wal-segsize=4 >"$TMPDIR/initdb.log" 2>&1 ||
    fail "cannot make a database: $(tail -n 3 "$TMPDIR/initdb.log")"
  rm "$TMPDIR/password"
  [ "$database" = postgres ] ||
    alone "$folder/new" "CREATE DATABASE $(quote "$database" '"')"
  mv "$folder/new" "$data"
}

prepare() {
  [ -n "${POSTGRES_PASSWORD:-}" ] || fail 'POSTGRES_PASSWORD is not set'
  user=${POSTGRES_USER:-postgres}
  database=${POSTGRES_DB:-$user}
  rm -f "$data/postmaster.pid" # of a run that was killed: what it names is another process by now
  if [ -e "$data" ]; then
    alone "$data" "ALTER ROLE $(quote "$user" '"') PASSWORD $(quote "$POSTGRES_PASSWORD" "'")"
  else
    make
  fi
  unset POSTGRES_PASSWORD
}

# Small: it serves one app. It ends at once when it is asked to, no matter who is connected.
serve() {
  trap 'kill -INT $server 2>/dev/null' TERM
  "$bin/postgres" -D "$data" -p "$port" -h 127.0.0.1 -k '' \
    -c shared_buffers=8MB -c max_connections=50 -c io_method=sync \
    -c min_wal_size=16MB -c max_wal_size=64MB -c log_checkpoints=off &
  server=$!
  code=0
  wait $server || code=$?
  # A signal ends the waiting, not yet what is waited for.
  while kill -0 $server 2>/dev/null; do
    code=0
    wait $server || code=$?
  done
  exit $code
}

if [ "$mode" = prepare ]; then
  prepare
  shift
  exec sh "$0" serve "$@"
fi
serve

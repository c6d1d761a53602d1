#!/usr/bin/env bash
# Records the plans that the tests of dev.spanwise.analyzer.plan read; see README.md.
# usage: record.sh <bin directory of PostgreSQL 13 to 18> [<psql>]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
bin=$1
psql=${2:-$(command -v psql)}
major=$("$bin/postgres" --version | sed -E 's/.* ([0-9]+)\..*/\1/')
out=$here/../resources/dev/spanwise/analyzer/plan/recorded
temporary=$(mktemp -d)
chmod 755 "$temporary"
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')

as_server() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then (cd "$temporary" && setpriv --reuid=postgres --regid=postgres --clear-groups "$@"); else "$@"; fi
}
stop() {
  as_server "$bin/pg_ctl" -D "$temporary/data" -m immediate -w stop >/dev/null 2>&1 || true
  rm -rf "$temporary"
}
trap stop EXIT

mkdir "$temporary/data" "$temporary/socket"
if [ "$(id -u)" = 0 ]; then chown postgres "$temporary/data" "$temporary/socket"; fi
as_server "$bin/initdb" -D "$temporary/data" -U postgres -A trust -E UTF8 --locale=C >/dev/null
as_server "$bin/pg_ctl" -D "$temporary/data" -w -l "$temporary/data/log" start >/dev/null -o "-p $port -k $temporary/socket \
  -c listen_addresses=127.0.0.1 -c fsync=off -c autovacuum=off -c jit=off -c max_parallel_workers=8 -c TimeZone=UTC"

export PGHOST=127.0.0.1 PGPORT=$port PGUSER=postgres PGDATABASE=postgres PGOPTIONS='-c client_min_messages=warning'
"$psql" -X -q -c 'CREATE DATABASE loaded'
PGDATABASE=loaded "$psql" -X -q -v ON_ERROR_STOP=1 -f "$here/schema.sql"

# EXPLAIN prints one format, so each format is a run of its own, in a copy of the same files: rolled-back writes
# leave pages and visibility behind that the planner sees.
record() { # <format> <explain options> <settings> <statement>
  {
    echo "BEGIN;"
    # Settings are separated by semicolons.
    tr ';' '\n' <<<"$3" | sed -E '/^ *$/d; s/^ */SET LOCAL /; s/$/;/'
    echo "EXPLAIN ($2, FORMAT $1) $4"
    echo "ROLLBACK;"
  } | "$psql" -X -q -A -t -v ON_ERROR_STOP=1
}

mkdir -p "$out"
for format in text json; do
  echo "recording $major $format" >&2
  PGDATABASE=postgres "$psql" -X -q -c "CREATE DATABASE $format TEMPLATE loaded"
  export PGDATABASE=$format
  name=""
  while IFS= read -r line; do
    if [[ $line =~ ^--\ case:\ ([^|]*[^ |])\ *\|\ *([0-9]+)\ *\|\ *([^|]*[^ |])\ *\|\ *(.*)$ ]]; then
      name=${BASH_REMATCH[1]} first=${BASH_REMATCH[2]} options=${BASH_REMATCH[3]} settings=${BASH_REMATCH[4]}
    elif [[ -n $line && $line != --* ]] && ((major >= first)); then
      echo "== $name"
      record "$format" "$options" "$settings" "$line"
    fi
  done <"$here/cases.sql" >"$out/$major.$format"

  echo "== auto-explain" >>"$out/$major.$format"
  # psql prints the log message that the server sends on standard error.
  "$psql" -X -q -v VERBOSITY=terse 2>&1 >/dev/null <<SQL | sed -E '1s/^LOG:  duration: [0-9.]+ ms  plan:$//; 1{/^$/d}' >>"$out/$major.$format"
LOAD 'auto_explain';
PREPARE bought(text, int) AS SELECT count(*)
FROM purchase -- Seq Scan on decoy  (cost=0.00..1.00 rows=1 width=4)
WHERE status = \$1 AND amount < \$2 AND tags[1] <> 'two
lines';
SET plan_cache_mode = force_generic_plan;
SET auto_explain.log_analyze = on;
SET auto_explain.log_buffers = on;
SET auto_explain.log_verbose = on;
SET auto_explain.log_settings = on;
SET auto_explain.log_format = $format;
$( ((major >= 14)) && echo "SET compute_query_id = on;" )
SET client_min_messages = log;
SET auto_explain.log_min_duration = 0;
EXECUTE bought('it''s', NULL);
SQL
done

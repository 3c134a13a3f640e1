#!/usr/bin/env bash
# Measures kubetriage where there is much of one thing: small files, empty files, ill pods, events, rules.
#
#   benches/limits.sh [TIMES]      default 1; 0.1 for a first look. Needs 5 GB and a million inodes on disk at 1
#
# Every input is made below target/limits and stays there for the next run.
set -euo pipefail
cd "$(dirname "$0")/.."

times=${1:-1}
work=target/limits-$times
mkdir -p "$work"
cargo build --release --quiet -p kubetriage-cli
tool=$PWD/target/release/kubetriage
[ -x /usr/bin/time ] || { echo "needs GNU time as /usr/bin/time" >&2; exit 1; }

number() { # OF: that many, times the factor
  awk -v of="$1" -v times="$times" 'BEGIN { printf "%d", of * times }'
}

row() { # WHAT COMMAND…
  local what=$1 told
  shift
  # A report with errors ends with a status of its own.
  told=$({ /usr/bin/time -f '%e s | %U + %S s | %M' "$@" 2>&1 >/dev/null || true; } | tail -1)
  printf '| %s | %s MiB |\n' "$what" "$(awk -F ' [|] ' '{ printf "%s | %s | %d", $1, $2, $3 / 1024 }' <<<"$told")"
}

files() { # FOLDER COUNT LINES: so many files of so many log lines each
  [ -d "$1" ] || awk -v dir="$1" -v count="$2" -v lines="$3" 'BEGIN {
    for (i = 0; i < count; i++) {
      if (i % 1000 == 0) { folder = sprintf("%s/pods/%05d", dir, i / 1000); system("mkdir -p " folder) }
      file = sprintf("%s/web-%06d.log", folder, i)
      printf "" > file
      for (k = 0; k < lines; k++)
        printf "I1120 10:%02d:%02d.000000       1 controller.go:1] \"Reconciled\" pod=\"shop/web-%d\"\n", i % 60, k, i > file
      close(file)
    }
  }'
}

pods() { # FILE COUNT: a list of pods that crash or wait for images
  [ -f "$1" ] || awk -v count="$2" 'BEGIN {
    print "{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"PodList\",\n  \"items\": ["
    for (i = 0; i < count; i++) {
      why = i % 2 ? "ImagePullBackOff" : "CrashLoopBackOff"
      printf "%s    {\n      \"apiVersion\": \"v1\",\n      \"kind\": \"Pod\",\n", i ? ",\n" : ""
      printf "      \"metadata\": {\"name\": \"web-5d4f8c7b9d-%06d\", \"namespace\": \"shop-%d\"},\n", i, i % 20
      printf "      \"spec\": {\"containers\": [{\"name\": \"web\", \"image\": \"contoso.azurecr.io/web:v%d\"}]},\n", i % 7
      printf "      \"status\": {\"phase\": \"Pending\", \"containerStatuses\": [{\"name\": \"web\", \"ready\": false,"
      printf " \"restartCount\": 9, \"state\": {\"waiting\": {\"reason\": \"%s\"}}}]}\n    }", why
    }
    print "\n  ]\n}"
  }' >"$1"
}

table() { # FILE COUNT: the same as a table
  [ -f "$1" ] || awk -v count="$2" 'BEGIN {
    print "NAMESPACE   NAME                    READY   STATUS             RESTARTS   AGE"
    for (i = 0; i < count; i++)
      printf "shop-%02d     web-5d4f8c7b9d-%06d   0/1     %-18s 9          2d19h\n", i % 20, i, i % 2 ? "ImagePullBackOff" : "CrashLoopBackOff"
  }' >"$1"
}

events() { # FILE COUNT: one in ten is a warning
  [ -f "$1" ] || awk -v count="$2" 'BEGIN {
    split("Scheduled Pulled Created Started", reasons, " ")
    print "{\n  \"apiVersion\": \"v1\",\n  \"items\": ["
    for (i = 0; i < count; i++) {
      warns = i % 10 == 9
      printf "%s    {\n      \"apiVersion\": \"v1\",\n      \"kind\": \"Event\",\n", i ? ",\n" : ""
      printf "      \"metadata\": {\"name\": \"web-%06d.%d\", \"namespace\": \"shop\"},\n", i / 5, i
      printf "      \"involvedObject\": {\"kind\": \"Pod\", \"name\": \"web-%06d\", \"namespace\": \"shop\"},\n", i / 5
      printf "      \"type\": \"%s\",\n      \"reason\": \"%s\",\n", warns ? "Warning" : "Normal", warns ? "Unhealthy" : reasons[i % 4 + 1]
      printf "      \"message\": \"%s\",\n", warns ? "Readiness probe failed: HTTP probe failed with statuscode: 503" : "Step done for container web"
      printf "      \"source\": {\"component\": \"kubelet\", \"host\": \"aks-pool1-%d\"},\n      \"count\": 1,\n", i % 9
      printf "      \"lastTimestamp\": \"2026-11-20T%02d:%02d:%02dZ\"\n    }", i / 3600 % 24, i / 60 % 60, i % 60
    }
    print "\n  ],\n  \"kind\": \"List\"\n}"
  }' >"$1"
}

rules() { # FOLDER COUNT: rules of a team, each for a sentence of its own
  [ -d "$1" ] || { mkdir -p "$1/team" && awk -v dir="$1/team" -v count="$2" 'BEGIN {
    verbs = split("attach mount rotate renew evict drain cordon resolve encode flush compact elect restore throttle admit bind release migrate publish", verb, " ")
    nouns = split("volume webhook lease quota gateway sidecar tunnel peer shard broker topic cursor ledger journal bucket subnet vault", noun, " ")
    for (i = 0; i < count; i++) {
      said = sprintf("cannot %s the %s: %s %d is gone", verb[i % verbs + 1], noun[i % nouns + 1], noun[i * 7 % nouns + 1], i)
      file = sprintf("%s/rule-%04d.yaml", dir, i)
      printf "schema: 1\nid: team/rule-%04d\nseverity: warning\ntags: [team]\nlook_for: {said: {in: log, where: {message: {has: \"%s\"}}}}\n", i, said > file
      printf "fire_when: said\nsay:\n  title: A program cannot go on\n  cause: Its log says so.\n" > file
      printf "  fix: [{title: Look at it, recommended: true, steps: [Read the log around the line.]}]\n  verify: [The line no longer comes.]\n" > file
      printf "collect: {log: kubectl logs -n NAMESPACE POD}\nprove:\n" > file
      printf "  - {name: fires, files: {web.log: \"2026-11-20T10:00:00Z ERROR %s\\n\"}, expect: confirmed}\n", said > file
      printf "  - {name: clear, files: {web.log: \"2026-11-20T10:00:00Z ERROR cannot connect to server\\n\"}, expect: clear}\n" > file
      close(file)
    }
  }'; }
}

echo "| what | wall clock | processor | peak memory |"
echo "|---|---|---|---|"
files "$work/small" "$(number 100000)" 4
row "$(number 100000) small logs" "$tool" analyze "$work/small"
row "find, xargs cat" sh -c "find '$work/small/' -type f | xargs cat"
files "$work/empty" "$(number 1000000)" 0
row "$(number 1000000) empty files" "$tool" analyze "$work/empty"
for count in 10000 100000; do
  pods "$work/pods-$count.json" "$(number "$count")"
  row "$(number "$count") ill pods, JSON" "$tool" analyze "$work/pods-$count.json"
  table "$work/pods-$count.txt" "$(number "$count")"
  row "$(number "$count") ill pods, table" "$tool" analyze "$work/pods-$count.txt"
  events "$work/events-$count.json" "$(number "$count")"
  row "$(number "$count") events, JSON" "$tool" analyze "$work/events-$count.json"
done
logs=target/compare/bundle-1024/pods
if [ -d "$logs" ]; then # made by benches/compare.sh
  for count in 100 1000; do
    rules "$work/rules-$count" "$count"
    row "0.9 GiB of logs, $count rules more" "$tool" analyze "$logs" --rules "$work/rules-$count"
  done
fi

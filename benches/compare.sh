#!/usr/bin/env bash
# Measures kubetriage beside the tools that only read or unpack the same bytes, in one run on one machine.
#
#   benches/compare.sh [MEBIBYTES]      default 1024; needs about three times that on disk
#
# ripgrep, gzip and unzip are used where they are there. Every command runs three times after a warm-up; the
# median of the wall-clock and of the processor seconds is printed, and the peak memory of kubetriage.
set -euo pipefail
cd "$(dirname "$0")/.."

mib=${1:-1024}
work=target/compare
bundle=$work/bundle-$mib
mkdir -p "$work"

cargo build --release --quiet -p kubetriage-cli
tool=target/release/kubetriage
if [ ! -d "$bundle" ]; then
  cargo run --release --quiet -p kubetriage-testkit --example generate_bundle -- "$bundle" "$mib"
fi
cargo run --release --quiet -p kubetriage --example log_literals >"$work/all-literals"
head -150 "$work/all-literals" >"$work/literals"

measured() { # COMMAND…: medians of three runs, wall-clock seconds and processor seconds
  "$@" >/dev/null 2>&1 || true
  for _ in 1 2 3; do
    /usr/bin/time -o "$work/time" -f '%e %U %S' "$@" >/dev/null 2>&1 || true
    tail -1 "$work/time" | awk '{print $1, $2 + $3}'
  done | sort -n | sed -n 2p
}

row() { # WHAT COMMAND…
  local what=$1 wall cpu
  shift
  read -r wall cpu < <(measured "$@")
  printf '| %-34s | %8.2f s | %8.2f s |\n' "$what" "$wall" "$cpu"
}

peak() { # WHAT PATH
  local kib
  kib=$(/usr/bin/time -f %M "$tool" analyze "$2" 2>&1 >/dev/null | tail -1)
  printf '| %-34s | %6s MiB | |\n' "peak memory, $1" "$((kib / 1024))"
}

[ -x /usr/bin/time ] || { echo "needs GNU time as /usr/bin/time" >&2; exit 1; }
echo "| $mib MiB | wall clock | processor |"
echo "|---|---|---|"
row "kubetriage analyze, folder" "$tool" analyze "$bundle"
row "kubetriage analyze, its logs" "$tool" analyze "$bundle/pods"
row "kubetriage analyze, its list" "$tool" analyze "$bundle/cluster-resources"
row "kubetriage analyze, its table" "$tool" analyze "$bundle/get-pods-shop.txt"
if command -v rg >/dev/null; then
  row "rg -c -F -f 150 literals" rg --no-mmap -uu -c -F -f "$work/literals" "$bundle"
fi
row "grep -c -F -f 150 literals" grep -r -c -F -f "$work/literals" "$bundle"
row "cat" sh -c "find '$bundle' -type f -exec cat {} +"
if command -v gzip >/dev/null; then
  [ -f "$bundle.tar.gz" ] || tar -C "$work" -czf "$bundle.tar.gz" "bundle-$mib"
  row "kubetriage analyze, .tar.gz" "$tool" analyze "$bundle.tar.gz"
  row "gzip -dc" gzip -dc "$bundle.tar.gz"
fi
if command -v zip >/dev/null && command -v unzip >/dev/null; then
  [ -f "$bundle.zip" ] || (cd "$work" && zip -qr "bundle-$mib.zip" "bundle-$mib")
  row "kubetriage analyze, .zip" "$tool" analyze "$bundle.zip"
  row "unzip -p" unzip -p "$bundle.zip"
fi
row "kubetriage analyze, 43 KiB" "$tool" analyze testdata/bundles/agent-403
peak "folder" "$bundle"
[ -f "$bundle.tar.gz" ] && peak ".tar.gz" "$bundle.tar.gz"

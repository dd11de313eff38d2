#!/usr/bin/env bash
# Builds the operator and measures it; `bench/run.sh --help` lists the options, docs/benchmarks.md the figures.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
: "${JAVA_HOME:?must name a JDK of 25 or newer, which also runs the operator}"
log=$root/bench/target/build.log
mkdir -p "$(dirname "$log")"
echo "Building (the first time takes a few minutes) ..." >&2
if ! (cd "$root" && mvn -q -B -ntp -pl bench -am -DskipTests -Dspotless.check.skip package) >"$log" 2>&1; then
  cat "$log" >&2
  echo "bench/run.sh: the build failed; the lines above are in $log." >&2
  exit 1
fi
for argument in "$@"; do
  [ "$argument" = --baseline ] || [ "$argument" = --ordinary ] || continue
  if ! command -v go >/dev/null; then
    version=$(awk '$1 == "go" { print $2; exit }' "$root/bench/baseline/go.mod")
    echo "bench/run.sh: $argument needs Go $version or newer (https://go.dev/dl/)." >&2
    exit 1
  fi
  echo "Building bench/baseline (the first time takes a few minutes) ..." >&2
  go -C "$root/bench/baseline" build -trimpath -o "$root/bench/target/baseline"
done
exec "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseParallelGC -Xmx2g \
  -Dacktask.repository="$root" \
  -Dacktask.operator.jar="$root/operator/target/acktask-operator.jar" \
  -Dacktask.e2e.output="$root/bench/target/bench" \
  -jar "$root/bench/target/acktask-bench.jar" "$@"

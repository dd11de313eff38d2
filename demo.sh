#!/usr/bin/env bash
# The whole system on one machine. The build takes a few minutes the first time, and the run about half
# a minute. See usage below, and
# examples/01-first-task/README.md for the objects that it creates.
set -euo pipefail
cd "$(dirname "$0")"

usage() {
  cat <<'USAGE'
Usage: ./demo.sh [--cluster]

Builds the operator and runs it against a simulated Alibaba Cloud: six scripted tasks, mirrored as
AckTask objects while they move. Five objects are created by the demo; the sixth appears by itself,
by an AckTaskDiscovery. Needs a JDK (21 or newer) and Maven, which downloads libraries the first
time. The run itself needs no network.

  --cluster   use the current kube context instead of the embedded Kubernetes API. Everything
              happens in the namespace acktask-demo; the demo deletes what it created. Not for a
              cluster where the operator runs already.
  -h, --help  show this

Exit codes: 0 every task ended as its script says; 1 one did not, or something is missing;
2 wrong usage. Output to a terminal is redrawn in place; NO_COLOR=1 turns colours off.
USAGE
}

cluster=()
for argument in "$@"; do
  case $argument in
    --cluster) cluster=(--cluster) ;;
    -h | --help) usage && exit 0 ;;
    *) echo "demo.sh: unknown option '$argument' (try --help)" >&2 && exit 2 ;;
  esac
done

# Whether $1 is the home of a JDK, not only a JRE, of version 21 or newer.
is_jdk() {
  [ -x "$1/bin/javac" ] || return 1
  local version
  version=$("$1/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p')
  [ "${version:-0}" -ge 21 ]
}

# Prints the home of a JDK: JAVA_HOME, the one on the PATH, then where systems keep theirs.
find_jdk() {
  local home javac
  if javac=$(command -v javac); then
    # Follows the links that package managers put on the PATH.
    while [ -L "$javac" ]; do
      home=$(readlink "$javac")
      case $home in /*) javac=$home ;; *) javac=$(dirname "$javac")/$home ;; esac
    done
    javac=$(dirname "$(dirname "$javac")")
  fi
  for home in "${JAVA_HOME:-}" "${javac:-}" \
    "$(/usr/libexec/java_home -v 21+ 2>/dev/null || true)" \
    /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*; do
    if [ -n "$home" ] && is_jdk "$home"; then
      printf '%s\n' "$home"
      return
    fi
  done
  return 1
}

if ! JAVA_HOME=$(find_jdk); then
  echo "demo.sh: no JDK of version 21 or newer found; install one, or set JAVA_HOME to it." >&2
  exit 1
fi
export JAVA_HOME
if ! command -v mvn >/dev/null; then
  echo "demo.sh: mvn is not on the PATH; install Maven 3.8.6 or newer." >&2
  exit 1
fi

# In the background, so that a signal to this script alone ends the build as well.
mkdir -p demo/target
log=demo/target/build.log
echo "Building with $JAVA_HOME (the first time takes a few minutes) ..."
mvn -q -B -ntp -pl demo -am -Dmaven.test.skip -Dspotless.check.skip package >"$log" 2>&1 &
build=$!
trap 'kill "$build" 2>/dev/null; exit 130' INT
trap 'kill "$build" 2>/dev/null; exit 143' TERM
if ! wait "$build"; then
  cat "$log" >&2
  echo "demo.sh: the build failed; the lines above are in $log." >&2
  exit 1
fi
trap - INT TERM

width=()
if [ -t 1 ] && [ "${TERM:-dumb}" != dumb ]; then
  width=(--width "$(tput cols 2>/dev/null || echo 80)")
fi
# Instead of this script, so that signals reach it.
exec "$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar demo/target/acktask-demo.jar \
  ${cluster[@]+"${cluster[@]}"} ${width[@]+"${width[@]}"}

#!/usr/bin/env bash
# Runs the mutation tests of the code that decides; fails when fewer than 90 % of the mutants are noticed.
# PIT loads the classes into Maven's own JVM, where the toolchain does not reach: on an older JDK it
# would report that no mutant was killed and succeed.
set -euo pipefail
cd "$(dirname "$0")/.."
java="${JAVA_HOME:?must name a JDK of 21 or newer}/bin/java"
if [ ! -x "$java" ]; then
  echo "JAVA_HOME=$JAVA_HOME holds no bin/java; it must name a JDK of 21 or newer" >&2
  exit 1
fi
version="$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java.specification.version = //p')"
if [ "${version%%.*}" -lt 21 ]; then
  echo "JAVA_HOME=$JAVA_HOME is JDK $version; the mutation tests need 21 or newer" >&2
  exit 1
fi
mvn -B -ntp -Pmutation -Dspotless.check.skip=true -pl simulator,operator process-test-classes "$@"
echo "report: operator/target/pit-reports/index.html"

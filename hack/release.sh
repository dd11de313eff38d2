#!/usr/bin/env bash
# Builds everything that a release consists of from the current commit into dist/: the same bytes wherever and whenever.
#
#   hack/release.sh VERSION            for example 0.1.0
#   hack/release.sh --check VERSION    builds twice and compares
#
# What is not committed is not in it. Settings: DIST=folder; BASE=image that the operator's image stands on (scratch needs
# no network and does not run); MVN_FLAGS=more options for Maven (not -o: it leaves the SBOM out). docs/release.md tells what to do with it.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
say() { echo "release: $*"; }
check=
[ "${1:-}" != --check ] || { check=yes; shift; }
[ $# = 1 ] || usage
version=$1
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || { echo "release: \"$version\" is not a version such as 0.1.0" >&2; exit 2; }
git rev-parse --verify --quiet HEAD >/dev/null || { echo "release: this is not a clone with a commit" >&2; exit 1; }
for tool in mvn tar gzip sha256sum; do command -v $tool >/dev/null || { echo "release: $tool is not installed" >&2; exit 1; }; done

# A folder as an archive that says nothing of who packed it, and when: pack FILE FOLDER NAME [tar option…]
pack() {
  local file=$1 folder=$2 name=$3
  shift 3
  tar --sort=name --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX "$@" -C "$folder" -cf - "$name" |
    gzip -9 -n >"$file"
}

build() { # FOLDER
  local out=$1 work name=acktask-operator-$version
  work=$(mktemp -d)
  mkdir "$work/source"
  git archive HEAD | tar -x -C "$work/source"
  local before
  before=$(sed -n 's/^  <version>\(.*\)<\/version>$/\1/p' "$work/source/pom.xml")
  find "$work/source" -name pom.xml -exec sed -i "s/<version>$before</<version>$version</" {} +
  local chart=$work/source/helm/acktask-operator
  local chartVersion
  chartVersion=$(sed -n 's/^version: //p' "$chart/Chart.yaml")
  sed -i "s/^\(version\|appVersion\): .*/\1: $version/" "$chart/Chart.yaml"
  rm -rf "$out"
  mkdir -p "$out"

  say "jars and SBOM"
  (cd "$work/source" && mvn -B -ntp -q ${MVN_FLAGS:-} -DskipTests -Dspotless.check.skip=true -pl simulator,operator package)
  local operator=$work/source/operator
  mkdir "$work/$name"
  cp -r "$operator/target/acktask-operator.jar" "$operator/target/lib" "$operator/jvm.options" "$work/source/LICENSE" "$work/$name/"
  pack "$out/$name.tar.gz" "$work" "$name"
  cp "$operator/target/acktask-operator.cdx.json" "$out/$name.cdx.json"

  local platform
  for platform in amd64 arm64; do
    say "image for $platform"
    (cd "$work/source" && mvn -B -ntp -q ${MVN_FLAGS:-} -pl operator jib:buildTar -Djib.from.platforms=linux/$platform \
      -Djib.outputPaths.tar="$work/image.tar" ${BASE:+-Dacktask.image.base=$BASE})
    mv "$work/image.tar" "$out/$name-image-$platform.tar"
  done

  say "chart and manifests"
  mkdir "$work/chart"
  mv "$chart" "$work/chart/acktask-operator"
  pack "$out/$name.tgz" "$work/chart" acktask-operator --exclude=acktask-operator/ci --exclude=acktask-operator/files/rules/tests
  cat "$work"/source/crds/*.yaml >"$out/crds.yaml"
  sed -e "s/acktask-operator-$chartVersion\$/acktask-operator-$version/" -e "s/\(version: \)\"$chartVersion\"/\1\"$version\"/" \
    -e "s/\(image: \"[^\"]*\):$chartVersion\"/\1:$version\"/" "$work/source/deploy/install.yaml" >"$out/install.yaml"

  (cd "$out" && sha256sum -- * >"$work/sums" && mv "$work/sums" SHA256SUMS)
  rm -rf "$work"
}

dist=${DIST:-dist}
build "$dist"
if [ -n "$check" ]; then
  say "once more, to compare"
  second=$(mktemp -d)
  build "$second"
  diff "$dist/SHA256SUMS" "$second/SHA256SUMS" || { echo "release: two builds of one commit differ" >&2; exit 1; }
  rm -rf "$second"
  say "two builds are the same"
fi
say "$(git rev-parse --short HEAD) as $version is in $dist:"
cat "$dist/SHA256SUMS"

#!/usr/bin/env bash
# Builds everything that a release consists of from the current commit into dist/: the same bytes wherever and whenever.
#
#   hack/release.sh VERSION            for example 0.1.0
#   hack/release.sh --check VERSION    builds twice and compares
#
# What is not committed is not in it. Settings: IMAGE=repository of the image, for the chart and install.yaml; DIST=folder;
# BASE=image that the images stand on (scratch needs no network and does not run); MVN_FLAGS=more options for
# Maven (not -o: it leaves the SBOM out); DOWNLOADS=URL of the folder that the kubectl plugin is downloaded from, for its
# manifest. docs/release.md tells what to do with it.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
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

# The image is more than the libraries that Maven knows: adds the base image, by digest, and its JRE to an SBOM.
# with_base SBOM IMAGE.tar REFERENCE
with_base() {
  local sbom=$1 image=$2 reference=$3 digest repository tag= name java components
  digest=${reference##*@sha256:}
  [ "$digest" != "$reference" ] || { echo "release: the base image $reference has no digest" >&2; exit 1; }
  repository=${reference%@*}
  case ${repository##*/} in *:*) tag=${repository##*:} repository=${repository%:*} ;; esac
  name=${repository##*/}
  case $repository in */*) ;; *) repository=docker.io/library/$repository ;; esac
  local purl="pkg:oci/$name@sha256%3A$digest?repository_url=$repository${tag:+&tag=$tag}"
  components="{\"type\": \"container\", \"bom-ref\": \"$purl\", \"name\": \"$name\", \"version\": \"sha256:$digest\", \"purl\": \"$purl\","
  components+=" \"hashes\": [{\"alg\": \"SHA-256\", \"content\": \"$digest\"}]},"
  java=$(tar -xOf "$image" config.json | grep -o '"JAVA_VERSION=[^"]*"' | tr -d '"' || true)
  java=${java#JAVA_VERSION=}
  java=${java#jdk-}
  [ -z "$java" ] || components+=" {\"type\": \"platform\", \"bom-ref\": \"pkg:generic/eclipse-temurin@$java\", \"name\": \"eclipse-temurin\",\
 \"version\": \"$java\", \"purl\": \"pkg:generic/eclipse-temurin@$java\"},"
  # Right after the opening bracket of the list at the top level; its first entry is always there to follow.
  COMPONENTS=$components awk '!done && match($0, /^  "components" *: *\[/) {
      print substr($0, 1, RLENGTH) " " ENVIRON["COMPONENTS"]; $0 = substr($0, RLENGTH + 1); done = 1
    } { print }' "$sbom" >"$sbom.new"
  mv "$sbom.new" "$sbom"
  grep -qF "$purl" "$sbom" || { echo "release: the SBOM has no list of components" >&2; exit 1; }
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
  [ -z "${IMAGE:-}" ] || sed -i "s|^  repository: \"\"|  repository: $IMAGE|" "$chart/values.yaml"
  # What Artifact Hub scans.
  [ -z "${IMAGE:-}" ] || sed -i "s#^annotations:#&\\n  artifacthub.io/images: |\\n    - name: acktask-operator\\n      image: $IMAGE:$version\\n    - name: acktask-simulator\\n      image: ${IMAGE%/*}/acktask-simulator:$version#" "$chart/Chart.yaml"
  rm -rf "$out"
  mkdir -p "$out"

  say "jars and SBOM"
  (cd "$work/source" && mvn -B -ntp -q ${MVN_FLAGS:-} -DskipTests -Dspotless.check.skip=true -pl simulator,operator package)
  local operator=$work/source/operator
  mkdir "$work/$name"
  cp -r "$operator/target/acktask-operator.jar" "$operator/target/lib" "$operator/jvm.options" "$work/source/LICENSE" "$work/$name/"
  pack "$out/$name.tar.gz" "$work" "$name"

  # Images on no base are for tests, and their SBOM is that of the pinned base: it is what the release stands on.
  local base=${BASE:-scratch}
  [ "$base" != scratch ] || base=$(sed -n 's|.*<acktask.image.base>\(.*\)</acktask.image.base>.*|\1|p' "$work/source/pom.xml")
  local module image platform
  for module in operator simulator; do
    image=acktask-$module-$version
    for platform in amd64 arm64; do
      say "image of the $module for $platform"
      (cd "$work/source" && mvn -B -ntp -q ${MVN_FLAGS:-} -pl "$module" jib:buildTar -Djib.from.platforms=linux/$platform \
        -Djib.outputPaths.tar="$work/image.tar" ${BASE:+-Dacktask.image.base=$BASE})
      mv "$work/image.tar" "$out/$image-image-$platform.tar"
    done
    cp "$work/source/$module/target/acktask-$module.cdx.json" "$out/$image.cdx.json"
    with_base "$out/$image.cdx.json" "$out/$image-image-amd64.tar" "$base"
  done

  say "chart and manifests"
  mkdir "$work/chart"
  mv "$chart" "$work/chart/acktask-operator"
  pack "$out/$name.tgz" "$work/chart" acktask-operator --exclude=acktask-operator/ci --exclude=acktask-operator/files/rules/tests
  local crd
  for crd in "$work"/source/crds/*.yaml; do
    echo ---
    cat "$crd"
  done >"$out/crds.yaml"
  sed -e "s/acktask-operator-$chartVersion\$/acktask-operator-$version/" -e "s|\(app.kubernetes.io/version: \)$chartVersion\$|\1$version|" \
    ${IMAGE:+-e "s|image: \"IMAGE\"|image: \"$IMAGE:$version\"|"} "$work/source/deploy/install.yaml" >"$out/install.yaml"

  say "plugin of kubectl"
  local plugin=kubectl-acktask-$version
  mkdir "$work/$plugin"
  cp "$work/source/LICENSE" "$work/$plugin/"
  sed "s/^VERSION=.*/VERSION=$version/" "$work/source/kubectl-plugin/kubectl-acktask" >"$work/$plugin/kubectl-acktask"
  chmod +x "$work/$plugin/kubectl-acktask"
  pack "$out/$plugin.tar.gz" "$work" "$plugin"
  local sum
  sum=$(sha256sum "$out/$plugin.tar.gz")
  sed -e 1d -e "s/VERSION/$version/" -e "s/SHA256/${sum%% *}/" \
    -e "s|DOWNLOADS|${DOWNLOADS:-https://github.com/acktask/acktask-operator/releases/download/v$version}|" \
    "$work/source/kubectl-plugin/acktask.yaml" >"$out/acktask.yaml"

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

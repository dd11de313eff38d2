#!/usr/bin/env bash
# Provides the helm command of the version that go.mod pins, for tests.
#
#   build.sh          takes $HELM when it is a helm of version 4, else the cache, else builds it with Go
#                     into the cache
#   build.sh FOLDER   the same with FOLDER as the cache, whatever $HELM says
#
# The last line on stdout is the path of helm; everything else goes to stderr.
# Exit status 69 (EX_UNAVAILABLE) means that there is no Go that could build it.
set -euo pipefail

readonly name=helm
caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../go-binaries.sh

version=$(pinned helm.sh/helm/v4)
readonly version
readonly product="Helm $version"
readonly cost="about 5 minutes on two cores, once; needs up to 2 GB of disk for Go's caches"
readonly alternative="set HELM to the path of a helm of version 4"

compile_binary() {
  compile "$1" "$2" . helm.sh/helm/v4/cmd/helm "-X helm.sh/helm/v4/internal/version.version=$version"
}

if (($# > 1)); then
  say "usage: build.sh [FOLDER]"
  exit 64
elif (($# == 1)); then
  folder=$1
  [[ $folder == /* ]] || folder=$caller_folder/$folder
else
  if [[ -n ${HELM:-} ]]; then
    [[ $HELM == /* ]] || HELM=$caller_folder/$HELM
    if [[ $("$HELM" version --template='{{.Version}}' 2>/dev/null) == v4.* ]]; then
      printf '%s\n' "$HELM"
      exit
    fi
    say "HELM=$HELM is not a helm of version 4, so it is ignored."
  fi
  folder=$(cache_folder helm "$version")
fi

provide "$folder" helm
printf '%s\n' "$folder/helm"

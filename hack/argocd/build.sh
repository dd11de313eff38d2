#!/usr/bin/env bash
# Provides the argocd command of the version that go.mod pins, for tests of the health checks.
#
#   build.sh          takes $ARGOCD when it is an argocd of version 2 or 3, else the cache, else builds it
#                     with Go into the cache
#   build.sh FOLDER   the same with FOLDER as the cache, whatever $ARGOCD says
#
# The last line on stdout is the path of argocd; everything else goes to stderr.
# Exit status 69 (EX_UNAVAILABLE) means that there is no Go that could build it.
set -euo pipefail

readonly name=argocd
caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../go-binaries.sh

version=$(pinned github.com/argoproj/argo-cd/v2)
readonly version
readonly product="Argo CD $version"
readonly cost="about 4 minutes on two cores, once; needs up to 3 GB of disk for Go's caches"
readonly alternative="set ARGOCD to the path of an argocd of version 2 or 3"

compile_binary() {
  compile "$1" "$2" . github.com/argoproj/argo-cd/v2/cmd "-X github.com/argoproj/argo-cd/v2/common.version=${version#v}"
}

if (($# > 1)); then
  say "usage: build.sh [FOLDER]"
  exit 64
elif (($# == 1)); then
  folder=$1
  [[ $folder == /* ]] || folder=$caller_folder/$folder
else
  if [[ -n ${ARGOCD:-} ]]; then
    [[ $ARGOCD == /* ]] || ARGOCD=$caller_folder/$ARGOCD
    if [[ $("$ARGOCD" version --client --short 2>/dev/null) == "argocd: v"[23].* ]]; then
      printf '%s\n' "$ARGOCD"
      exit
    fi
    say "ARGOCD=$ARGOCD is not an argocd of version 2 or 3, so it is ignored."
  fi
  folder=$(cache_folder argocd "$version")
fi

provide "$folder" argocd
printf '%s\n' "$folder/argocd"

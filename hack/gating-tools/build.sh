#!/usr/bin/env bash
# Provides what gates on AckTasks, for tests: kustomize-controller of Flux with its CRDs and those of its
# sources, and the command kstatus of this folder.
#
#   build.sh          takes the cache, else builds them with Go into the cache
#   build.sh FOLDER   the same with FOLDER as the cache
#
# The last line on stdout is the folder that holds them; everything else goes to stderr.
# Exit status 69 (EX_UNAVAILABLE) means that there is no Go that could build them.
set -euo pipefail

readonly BINARIES=(kustomize-controller kstatus)
readonly name=gating-tools
caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../go-binaries.sh

controller=$(pinned github.com/fluxcd/kustomize-controller)
# The cache of another kstatus or another CRD is another one.
version=$controller-$(cat kstatus/go.mod kstatus/main.go crds/go.mod | cksum | cut -d' ' -f1)
readonly controller version
readonly product="kustomize-controller $controller, with its CRDs and kstatus,"
readonly cost="about 4 minutes on two cores, once; needs up to 3 GB of disk for Go's caches"

compile_binary() {
  case $2 in
    kstatus) compile "$1" kstatus kstatus . "" ;;
    *) compile "$1" "$2" . github.com/fluxcd/kustomize-controller "" ;;
  esac
}

# crds_of MODULE_FOLDER MODULE FOLDER: copies them out of the module, so that this repository has no copy.
crds_of() {
  local source
  go -C "$1" mod download "$2" >&2
  source=$(go -C "$1" list -m -f '{{.Dir}}' "$2")
  cp "$source"/config/crd/bases/*.yaml "$3"
}

# provide_crds FOLDER: all at once, so that a part is never taken for the whole.
provide_crds() {
  [[ ! -d $1/crds ]] || return 0
  require_go
  local part
  part=$(mktemp -d "$1/.crds.XXXXXX")
  export GOWORK=off
  crds_of . github.com/fluxcd/kustomize-controller "$part"
  crds_of crds github.com/fluxcd/source-controller "$part"
  chmod -R u=rwX,go=rX "$part"
  if [[ -d $1/crds ]]; then
    rm -rf "$part" # another build was faster
  else
    mv "$part" "$1/crds"
  fi
}

if (($# > 1)); then
  say "usage: build.sh [FOLDER]"
  exit 64
elif (($# == 1)); then
  folder=$1
  [[ $folder == /* ]] || folder=$caller_folder/$folder
else
  folder=$(cache_folder gating-tools "$version")
fi
readonly alternative="copy $folder from a machine with Go"

provide "$folder" "${BINARIES[@]}"
provide_crds "$folder"
printf '%s\n' "$folder"

#!/usr/bin/env bash
# Provides kube-apiserver, kube-controller-manager, kubectl and etcd for tests.
#
#   build.sh          takes $KUBEBUILDER_ASSETS when it holds them, else the cache, else builds
#                     them with Go into the cache
#   build.sh FOLDER   the same with FOLDER as the cache, whatever $KUBEBUILDER_ASSETS says
#
# The last line on stdout is the folder that holds the binaries; everything else goes to stderr.
# Exit status 69 (EX_UNAVAILABLE) means that there is no Go that could build them.
set -euo pipefail

readonly BINARIES=(etcd kube-apiserver kube-controller-manager kubectl)
readonly name=control-plane
caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"
. ../go-binaries.sh

version=$(pinned k8s.io/kubernetes)
readonly version
readonly product="Kubernetes $version"
readonly cost="about 6 minutes on two cores, once; needs up to 5 GB of disk for Go's caches"
readonly alternative="set KUBEBUILDER_ASSETS to a folder that holds kube-apiserver, kubectl and etcd"

compile_binary() {
  local folder=$1 binary=$2 numbers
  if [[ $binary == etcd ]]; then
    compile "$folder" "$binary" etcd . ""
    return
  fi
  IFS=. read -r -a numbers <<<"${version#v}"
  local stamp=k8s.io/component-base/version
  compile "$folder" "$binary" . "k8s.io/kubernetes/cmd/$binary" \
    "-X $stamp.gitVersion=$version -X $stamp.gitMajor=${numbers[0]} -X $stamp.gitMinor=${numbers[1]}"
}

if (($# > 1)); then
  say "usage: build.sh [FOLDER]"
  exit 64
elif (($# == 1)); then
  folder=$1
  [[ $folder == /* ]] || folder=$caller_folder/$folder
else
  if [[ -n ${KUBEBUILDER_ASSETS:-} ]]; then
    # Envtest's bundles come without a controller manager; most tests do without it.
    if holds "$KUBEBUILDER_ASSETS" etcd kube-apiserver kubectl; then
      printf '%s\n' "$KUBEBUILDER_ASSETS"
      exit
    fi
    say "KUBEBUILDER_ASSETS=$KUBEBUILDER_ASSETS lacks etcd, kube-apiserver or kubectl, so it is ignored."
  fi
  folder=$(cache_folder control-plane "$version")
fi

provide "$folder" "${BINARIES[@]}"
printf '%s\n' "$folder"

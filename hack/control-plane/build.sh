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

readonly EX_UNAVAILABLE=69
readonly BINARIES=(etcd kube-apiserver kube-controller-manager kubectl)
readonly HEARTBEAT_SECONDS=15
caller_folder=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

# go.mod is the only place that names the version.
version=$(sed -n 's|^require k8s\.io/kubernetes \(v[0-9.]*\).*|\1|p' go.mod)
readonly version

say() {
  printf 'control-plane: %s\n' "$*" >&2
}

# holds FOLDER BINARY...
holds() {
  local folder=$1 binary
  shift
  for binary in "$@"; do
    [[ -x $folder/$binary ]] || return 1
  done
}

require_go() {
  if ! command -v go >/dev/null; then
    say "Go is not installed, so the Kubernetes $version binaries cannot be built."
  elif ! go version >/dev/null; then
    # The go command has just said why: too old, and not allowed to fetch a newer toolchain.
    say "$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || echo 'This Go') is too old."
  else
    return 0
  fi
  say "Install Go $(awk '$1 == "go" { print $2; exit }' go.mod) or newer (https://go.dev/dl/)," \
    "or set KUBEBUILDER_ASSETS to a folder that holds kube-apiserver, kubectl and etcd."
  exit "$EX_UNAVAILABLE"
}

compiler=
partial=
cleanup() {
  [[ -z $compiler ]] || kill "$compiler" 2>/dev/null || true
  [[ -z $partial ]] || rm -f "$partial"
}
trap cleanup EXIT
trap 'exit 130' INT TERM

# compile FOLDER BINARY: builds under a temporary name first, so that no half-written binary is
# ever taken for a whole one, not even when two builds run at once.
compile() {
  local folder=$1 binary=$2
  local package=k8s.io/kubernetes/cmd/$binary module=.
  local flags="-s -w"
  if [[ $binary == etcd ]]; then
    package=. module=etcd
  else
    local stamp=k8s.io/component-base/version
    flags+=" -X $stamp.gitVersion=$version -X $stamp.gitMajor=${numbers[0]} -X $stamp.gitMinor=${numbers[1]}"
  fi
  partial=$folder/.$binary.$$
  go -C "$module" build -trimpath -ldflags "$flags" -o "$partial" "$package" >&2 &
  compiler=$!
  local ticks=0
  while kill -0 "$compiler" 2>/dev/null; do
    sleep 1
    ticks=$((ticks + 1))
    ((ticks % HEARTBEAT_SECONDS != 0)) || say "      $binary ... ${SECONDS}s so far"
  done
  if ! wait "$compiler"; then
    say "Building $binary failed; what the go command said is above."
    exit 1
  fi
  compiler=
  mv -f "$partial" "$folder/$binary"
  partial=
}

build_missing() {
  local folder=$1 binary number=0
  say "building Kubernetes $version into $folder"
  say "about 6 minutes on two cores, once; needs up to 5 GB of disk for Go's caches"
  for binary in "${BINARIES[@]}"; do
    number=$((number + 1))
    if holds "$folder" "$binary"; then
      say "[$number/${#BINARIES[@]}] $binary is there"
      continue
    fi
    say "[$number/${#BINARIES[@]}] $binary"
    compile "$folder" "$binary"
    say "[$number/${#BINARIES[@]}] $binary built, ${SECONDS}s in all"
  done
}

IFS=. read -r -a numbers <<<"${version#v}"
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
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/acktask-operator/control-plane/$version
fi

if ! holds "$folder" "${BINARIES[@]}"; then
  require_go
  mkdir -p "$folder"
  # Without CGO no C compiler is needed and the binaries run anywhere.
  export CGO_ENABLED=0 GOWORK=off
  # The lock spares a second builder the work; where there is no flock, both build and the last
  # rename wins.
  if command -v flock >/dev/null; then
    exec 9>"$folder/.lock"
    if ! flock --nonblock 9; then
      say "another build is under way in $folder; waiting for it"
      flock 9
    fi
  fi
  holds "$folder" "${BINARIES[@]}" || build_missing "$folder"
fi
printf '%s\n' "$folder"

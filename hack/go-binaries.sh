# Sourced by the build.sh of a folder that pins Go programs for tests. Builds them once into a folder.
#
# The caller sets `name` (prefix of all messages), `product` (what is built, with its version), `cost`
# (what a build takes) and `alternative` (what to do without Go), and defines `compile_binary FOLDER BINARY`,
# which calls `compile`. Messages go to stderr: the last line on stdout belongs to the caller.
# Exit status 69 (EX_UNAVAILABLE) means that there is no Go that could build the programs.
readonly EX_UNAVAILABLE=69
readonly HEARTBEAT_SECONDS=15

say() {
  printf '%s: %s\n' "$name" "$*" >&2
}

# holds FOLDER BINARY...
holds() {
  local folder=$1 binary
  shift
  for binary in "$@"; do
    [[ -x $folder/$binary ]] || return 1
  done
}

# The default folder of a version.
cache_folder() {
  printf '%s\n' "${XDG_CACHE_HOME:-$HOME/.cache}/acktask-operator/$1/$2"
}

# pinned MODULE: its version in go.mod, the only place that names it.
pinned() {
  awk -v module="$1" '$1 == module { print $2; exit } $1 == "require" && $2 == module { print $3; exit }' go.mod
}

require_go() {
  if ! command -v go >/dev/null; then
    say "Go is not installed, so $product cannot be built."
  elif ! go version >/dev/null; then
    # The go command has just said why: too old, and not allowed to fetch a newer toolchain.
    say "$(GOTOOLCHAIN=local go env GOVERSION 2>/dev/null || echo 'This Go') is too old."
  else
    return 0
  fi
  say "Install Go $(awk '$1 == "go" { print $2; exit }' go.mod) or newer (https://go.dev/dl/), or $alternative."
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

# compile FOLDER BINARY MODULE PACKAGE LDFLAGS: builds under a temporary name first, so that a half-written
# binary is never taken for a whole one, even when two builds run at once.
compile() {
  local folder=$1 binary=$2 module=$3 package=$4 flags=$5
  partial=$folder/.$binary.$$
  go -C "$module" build -trimpath -ldflags "-s -w $flags" -o "$partial" "$package" >&2 &
  compiler=$!
  local ticks=0
  while kill -0 "$compiler" 2>/dev/null; do
    sleep 1
    ticks=$((ticks + 1))
    ((ticks % HEARTBEAT_SECONDS != 0)) || say "      $binary ... ${SECONDS}s so far"
  done
  if ! wait "$compiler"; then
    say "Building $binary failed; the output of the go command is above."
    exit 1
  fi
  compiler=
  mv -f "$partial" "$folder/$binary"
  partial=
}

# build_missing FOLDER BINARY...
build_missing() {
  local folder=$1 binary number=0
  shift
  say "building $product into $folder"
  say "$cost"
  for binary in "$@"; do
    number=$((number + 1))
    if holds "$folder" "$binary"; then
      say "[$number/$#] $binary is there"
      continue
    fi
    say "[$number/$#] $binary"
    compile_binary "$folder" "$binary"
    say "[$number/$#] $binary built, ${SECONDS}s in all"
  done
}

# provide FOLDER BINARY...: builds what is not there yet.
provide() {
  local folder=$1
  shift
  if holds "$folder" "$@"; then
    return 0
  fi
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
  holds "$folder" "$@" || build_missing "$folder" "$@"
}

#!/usr/bin/env bash
# Makes the pictures of docs/images: recordings of a terminal as SVG, the HTML report as PNG. See usage below.
set -euo pipefail
cd "$(dirname "$0")/../.."

usage() {
  cat <<'USAGE'
Usage: hack/images/build.sh [demo|status|report]...

Makes the pictures of docs/images that are named, or all of them:

  demo    docs/images/demo.svg     ./demo.sh, recorded while it runs
  status  docs/images/status.svg   kubectl acktask status, for the object of a test
  report  docs/images/report.png   kubectl acktask report --format html, in Chromium

Needs what ./demo.sh needs, python3 with venv, node with npm, jq and Chromium. The recorder (asciinema) and the converter
(svg-term) are installed into hack/images/target, in fixed versions.
USAGE
}

for argument in "$@"; do
  case $argument in
    -h | --help) usage && exit 0 ;;
    demo | status | report) ;;
    *) echo "build.sh: unknown picture '$argument' (try --help)" >&2 && exit 2 ;;
  esac
done
[ $# -gt 0 ] || set -- demo status report

tools=hack/images/target
out=docs/images
mkdir -p "$tools" "$out"
export TERM=xterm-256color LC_ALL=C.UTF-8
# The times of the objects in the tests of the plugin are close to this one.
export ACKTASK_NOW=2026-03-05T02:30:00Z

install_recorder() {
  [ -x "$tools/venv/bin/asciinema" ] || {
    echo "Installing asciinema ..." >&2
    python3 -m venv "$tools/venv"
    "$tools/venv/bin/pip" -q install --disable-pip-version-check asciinema==2.4.0
  }
  [ -x "$tools/node_modules/.bin/svg-term" ] || {
    echo "Installing svg-term ..." >&2
    npm --prefix "$tools" --no-save --no-audit --no-fund --loglevel=error install svg-term-cli@2.1.1 >&2
  }
}

# record NAME COLUMNS ROWS TYPED COMMAND [still]: a recording of COMMAND in docs/images/NAME.svg, after TYPED at a prompt; only its
# end with "still".
record() {
  local name=$1 columns=$2 rows=$3 typed=$4 command=$5
  shift 5
  install_recorder
  TYPED=$typed COMMAND=$command "$tools/venv/bin/asciinema" rec --quiet --overwrite --cols "$columns" --rows "$rows" --idle-time-limit 2 \
    --command "sh -c 'printf \"\\033[1m\$ %s\\033[0m\\n\" \"\$TYPED\"; eval \"\$COMMAND\"; sleep 2'" "$tools/$name.cast"
  # The JDK of this machine is nothing to show.
  sed -i 's#Building with [^ ]* (#Building with /opt/jdk (#' "$tools/$name.cast"
  local at=()
  [ "${1:-}" != still ] || at=(--at "$(tail -n 1 "$tools/$name.cast" | jq '.[0] * 1000 | ceil')")
  "$tools/node_modules/.bin/svg-term" --in "$tools/$name.cast" --out "$out/$name.svg" --window --no-cursor ${at[@]+"${at[@]}"}
}

# Answers the plugin with the object of a test.
stand_in() {
  fake=$(mktemp -d)
  trap 'rm -rf "$fake"' EXIT
  cp "e2e/src/test/resources/plugin/objects/$1.json" "$fake/get.1"
  export FAKE=$fake
  PATH=$PWD/e2e/src/test/resources/plugin/bin:$PWD/kubectl-plugin:$PATH
}

demo() {
  ./demo.sh --help >/dev/null
  record demo 112 30 ./demo.sh ./demo.sh
}

status() {
  stand_in running
  record status 144 25 'kubectl acktask status upgrade-web-pool --namespace shop' \
    'kubectl-acktask status upgrade-web-pool --namespace shop 2>/dev/null' still
}

report() {
  stand_in failed
  local page
  page=$(mktemp --suffix .html)
  kubectl-acktask report upgrade-batch-pool --namespace shop --format html >"$page"
  chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --window-size=1000,1022 \
    --screenshot="$PWD/$out/report.png" "file://$page" 2>/dev/null
  rm -f "$page"
}

for picture in "$@"; do
  "$picture"
  echo "$picture: done"
done
ls -l "$out"

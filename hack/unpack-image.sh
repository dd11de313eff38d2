#!/usr/bin/env bash
# Lays out the files of an image of hack/release.sh in a folder, as a container sees them, for scanners.
#
#   hack/unpack-image.sh IMAGE.tar FOLDER      FOLDER must not exist
#
# Layers apply in order. Whiteouts are refused: neither the base nor the operator's layers have any, and a scanner must not
# report a file that a later layer removed.
set -euo pipefail
[ $# = 2 ] || { sed -n '2,4s/^# \{0,1\}//p' "$0" >&2; exit 2; }
tar=$1 folder=$2
mkdir "$folder"
# "Layers" is the only list of the manifest whose entries are layers; jib writes the manifest on one line.
layers=$(tar -xOf "$tar" manifest.json | sed -n 's/.*"Layers":\[\([^]]*\)\].*/\1/p' | tr -d '"' | tr ',' '\n')
[ -n "$layers" ] || { echo "unpack-image: $tar lists no layers" >&2; exit 1; }
while IFS= read -r layer; do
  if tar -xOf "$tar" "$layer" | tar -tz --warning=no-unknown-keyword | grep -q '\(^\|/\)\.wh\.'; then
    echo "unpack-image: layer $layer removes files of the layers below" >&2
    exit 1
  fi
  tar -xOf "$tar" "$layer" | tar -xz --no-same-owner --warning=no-unknown-keyword -C "$folder"
done <<<"$layers"

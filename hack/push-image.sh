#!/usr/bin/env bash
# Pushes an image of a release for both platforms from the files that hack/release.sh compared; builds nothing.
#
#   hack/push-image.sh IMAGE VERSION [FOLDER [NAME]]   IMAGE is a repository, FOLDER (dist) holds the release, NAME is
#                                                      acktask-operator or acktask-simulator
#
# Needs crane (hack/crane), logged in. Prints the digest of the index that both platforms share. The registry must report the
# digests that the files have. The index gets its tag last, so that no tag ever names half a release.
set -euo pipefail
[ $# -ge 2 ] && [ $# -le 4 ] || { sed -n '2,5s/^# \{0,1\}//p' "$0" >&2; exit 2; }
image=$1 version=$2 folder=${3:-dist} name=${4:-acktask-operator}
parts=()
for platform in amd64 arm64; do
  file=$folder/$name-$version-image-$platform.tar
  digest=$(crane digest --tarball "$file")
  crane push "$file" "$image:$version-$platform" >&2
  pushed=$(crane digest "$image:$version-$platform")
  [ "$pushed" = "$digest" ] || { echo "push-image: the registry has $pushed for $platform, the file is $digest" >&2; exit 1; }
  parts+=(--manifest "$image@$digest")
done
crane index append "${parts[@]}" --tag "$image:$version" >&2
crane digest "$image:$version"

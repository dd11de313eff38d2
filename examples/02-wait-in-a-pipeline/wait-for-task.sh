#!/usr/bin/env bash
# Waits until an AckTask has its verdict, then prints it. See usage below.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: wait-for-task.sh NAME [TIMEOUT [KUBECTL-OPTION...]]

Waits for the AckTask NAME, at most TIMEOUT (2h unless given), and ends at once with its verdict:

  0   the task succeeded
  1   it failed, was canceled, or cannot be mirrored without manual action
  2   no verdict: the timeout has passed, the object does not exist, or the cluster does not answer
  64  wrong usage

For example: wait-for-task.sh upgrade-shop-pool-1-34 90m --namespace shop
USAGE
}

case ${1:-} in
  '') usage >&2 && exit 64 ;;
  -h | --help) usage && exit 0 ;;
  -*) echo "wait-for-task.sh: the first argument is the name of an AckTask, not '$1'" >&2 && exit 64 ;;
esac
name=$1
timeout=${2:-2h}
shift $(($# > 1 ? 2 : 1))

# Settled becomes True on success and on failure. A wait for Succeeded alone would time out on a failed task.
kubectl wait "acktask/$name" --for=condition=Settled --timeout="$timeout" "$@" >&2 || exit 2

# One read, so that phase, reason and message belong together. A verdict on a finished task is final.
verdict=$(kubectl get "acktask/$name" "$@" --output=jsonpath='{.status.phase} {.status.reason}: {.status.message}') ||
  exit 2
echo "acktask/$name: $verdict"
case $verdict in
  'Succeeded '*) exit 0 ;;
  'Failed '* | 'Canceled '* | 'Stalled '*) exit 1 ;;
  *) exit 2 ;; # The object was replaced in between.
esac

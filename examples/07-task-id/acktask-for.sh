#!/usr/bin/env bash
# Creates an AckTask from the answer of the call that started the task. See usage below.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: acktask-for.sh NAME < ANSWER

Reads what `aliyun cs ...` printed for the call that started a task, and prints an AckTask with that
name. For example:

  aliyun cs POST /api/v2/clusters/CLUSTER/upgrade --header "Content-Type=application/json" \
    --body '{"next_version": "1.34.1-aliyun.1"}' |
    acktask-for.sh upgrade-cluster-1-34 | kubectl apply -f -

Needs jq. Exits 1 when the answer names no task, 64 on wrong usage.
USAGE
}

case ${1:-} in
  '' | -h | --help) usage && exit $(($# > 0 ? 0 : 64)) ;;
esac

# Most calls return task_id, a few taskId. clusterId is a safeguard: a task of another cluster is rejected.
jq --slurp --arg name "$1" '
  (if length == 1 and (.[0] | type) == "object" then .[0] else {} end) as $answer
  | ($answer.task_id // $answer.taskId // "") as $task
  | if ($task | type) != "string" or $task == ""
    then error("the answer names no task: did the call fail, or does it start none?")
    else {
      apiVersion: "acktask.dev/v1alpha1",
      kind: "AckTask",
      metadata: {name: $name},
      spec: ({taskId: $task} + (if ($answer.cluster_id // "") == "" then {} else {clusterId: $answer.cluster_id} end))
    } end
' || exit 1

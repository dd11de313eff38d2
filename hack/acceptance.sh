#!/usr/bin/env bash
# Installs the chart into the cluster of the current kube context and watches it at work, about three minutes: two
# replicas in a namespace of the restricted standard, five scripted tasks of the simulator to all their outcomes while
# the leader's pod is deleted and the release is upgraded, then the uninstall. Leaves nothing behind but the CRDs.
#
#   IMAGE=registry.example.com/acktask-operator:0.1.0 SIMULATOR_IMAGE=registry.example.com/acktask-simulator:0.1.0 hack/acceptance.sh
#
# Both images must be there for the nodes. Needs kubectl and helm, and the rights of a cluster administrator. KEEP=1
# leaves the namespace and the release for a look. DISRUPT='command' is run by the shell while the tasks run, after the
# upgrade: one that kills the API server, say. The operator must sit that out without a restart and without a new leader.
set -euo pipefail
cd "$(dirname "$0")/.."
: "${IMAGE:?names the image of the operator, as repository:tag}"
: "${SIMULATOR_IMAGE:?names the image of the simulator, as repository:tag}"
namespace=${NAMESPACE:-acktask-acceptance}
release=acktask-acceptance
began=$SECONDS

say() { printf '%4d s  %s\n' $((SECONDS - began)) "$*"; }
die() { say "FAILED: $*" >&2; exit 1; }
k() { kubectl --namespace "$namespace" "$@"; }

finish() {
  local code=$?
  if [ $code != 0 ]; then
    k get pods,acktasks -o wide >&2 || true
    k logs --selector app.kubernetes.io/name=acktask-operator --prefix --tail=40 >&2 || true
  fi
  if [ -z "${KEEP:-}" ]; then
    helm uninstall "$release" --namespace "$namespace" >/dev/null 2>&1 || true
    kubectl delete namespace "$namespace" --wait=false >/dev/null 2>&1 || true
  fi
  exit $code
}

for tool in kubectl helm; do command -v $tool >/dev/null || { echo "$tool is not installed" >&2; exit 1; }; done
kubectl get namespace "$namespace" >/dev/null 2>&1 && { echo "The namespace $namespace is there already: NAMESPACE=… takes another." >&2; exit 1; }
trap finish EXIT

kubectl create namespace "$namespace" >/dev/null
kubectl label namespace "$namespace" pod-security.kubernetes.io/{enforce,warn}=restricted >/dev/null
k create configmap scripts --from-file=simulator/scripts >/dev/null
k create secret generic acktask-credentials \
  --from-literal=accessKeyId=simulatorAccessKeyId --from-literal=accessKeySecret=simulatorAccessKeySecret >/dev/null
k apply -f - >/dev/null <<YAML
apiVersion: v1
kind: Pod
metadata:
  name: simulator
  labels: {app: simulator}
spec:
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: simulator
      image: $SIMULATOR_IMAGE
      args: [--bind=0.0.0.0, --port=8080, --scripts=/scripts, --speed=10]
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      readinessProbe: {tcpSocket: {port: 8080}, periodSeconds: 1}
      volumeMounts: [{name: scripts, mountPath: /scripts}, {name: tmp, mountPath: /tmp}]
  volumes: [{name: scripts, configMap: {name: scripts}}, {name: tmp, emptyDir: {}}]
---
apiVersion: v1
kind: Service
metadata:
  name: simulator
spec:
  selector: {app: simulator}
  ports: [{port: 8080}]
YAML
k wait pod/simulator --for=condition=Ready --timeout=120s >/dev/null
say "a cloud plays five tasks"

values=(--namespace "$namespace" --set region=cn-hangzhou --set credentials.existingSecret=acktask-credentials
  --set "image.repository=${IMAGE%:*}" --set-string "image.tag=${IMAGE##*:}"
  --set "watchNamespaces={$namespace}" --set replicaCount=2 --set podDisruptionBudget.enabled=true --set topologySpread.enabled=true
  --set "config.endpointPublic=http://simulator.$namespace.svc:8080" --set config.allowPlaintextEndpoint=true
  --set config.defaultPollInterval=2s --set config.minPollInterval=1s --set config.requestsPerMinute=6000
  --set-json 'networkPolicy.extraEgress=[{"ports":[{"port":8080}]}]'
  --set rbac.aggregateToView=false --set rbac.aggregateToEdit=false)
helm install "$release" helm/acktask-operator "${values[@]}" --wait --timeout 3m >/dev/null
deployment=$(k get deployment --selector app.kubernetes.io/instance="$release" -o name)
[ "$(k get "$deployment" -o jsonpath='{.status.readyReplicas}')" = 2 ] || die "two replicas are not ready"
say "two replicas are ready"

k apply -f examples/01-first-task >/dev/null
k wait acktask/upgrade-cluster --for=jsonpath='{.status.phase}'=Running --timeout=60s >/dev/null
say "the tasks run"

lease() { k get lease -o "jsonpath={.items[0].spec.$1}"; }
leader() { lease holderIdentity | sed 's/_.*//'; }
restarts() { k get pods --selector app.kubernetes.io/instance="$release" -o 'jsonpath={.items[*].status.containerStatuses[*].restartCount}'; }
await() { # WHAT IS WRONG WITHOUT IT, COMMAND…
  local end=$((SECONDS + 60)) wrong=$1
  shift
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $end ] || die "$wrong"
    sleep 0.2
  done
}

first=$(leader)
[ -n "$first" ] || die "nobody leads"
k delete pod "$first" --wait=false >/dev/null
took_over() { second=$(leader) && [ -n "$second" ] && [ "$second" != "$first" ]; }
await "nobody took over from $first" took_over
say "$second took over from $first, which was deleted"
k rollout status "$deployment" --timeout=120s >/dev/null

helm upgrade "$release" helm/acktask-operator "${values[@]}" --set commonLabels.round=two --wait --timeout 3m >/dev/null
k rollout status "$deployment" --timeout=120s >/dev/null
say "the release was upgraded"

if [ -n "${DISRUPT:-}" ]; then
  # The pod that led before the upgrade may still be about to go.
  leads() { third=$(leader) && [ "$(k get pod "$third" -o 'jsonpath={.status.phase}{.metadata.deletionTimestamp}')" = Running ]; }
  await "nobody leads after the upgrade" leads
  holder=$(lease holderIdentity)
  bash -c "$DISRUPT"
  say "the cluster was disrupted while $third led"
  await "the API server does not answer" kubectl get --raw /readyz --request-timeout=2s
  say "the API server answers"
  renewed=$(lease renewTime)
  is_renewed() { now=$(lease renewTime) && [ "$now" != "$renewed" ]; }
  await "nobody renews the Lease" is_renewed
  [ "$(lease holderIdentity)" = "$holder" ] || die "$(leader) took over from $third"
  [[ $(restarts) =~ ^(0 ?)+$ ]] || die "a replica was restarted"
  say "no replica was restarted, and $third still leads"
fi
k wait acktask/upgrade-cluster --for=jsonpath='{.status.phase}'=Running --timeout=1s >/dev/null ||
  die "the longest task ended before all this did; nothing was shown by it"

k wait acktasks --all --for=condition=Settled --timeout=300s >/dev/null
k get acktasks
seen=$(k get acktasks -o jsonpath='{range .items[*]}{.metadata.name}={.status.reason}{"\n"}{end}')
expected='install-metrics=TaskSucceeded
roll-out-kubelet=TaskCanceled
scale-out-web=ResultsFailed
upgrade-cluster=TaskSucceeded
upgrade-shop-pool=TaskFailed'
[ "$seen" = "$expected" ] || die "expected:
$expected
but saw:
$seen"
[[ $(restarts) =~ ^(0 ?)+$ ]] || die "a replica was restarted"
say "every task ended as its script says"

uids=$(k get acktasks -o jsonpath='{.items[*].metadata.uid}')
helm uninstall "$release" --namespace "$namespace" --wait >/dev/null
[ "$(k get acktasks -o jsonpath='{.items[*].metadata.uid}')" = "$uids" ] || die "the uninstall touched the AckTasks"
say "uninstalled: the CRDs and the objects are still there"

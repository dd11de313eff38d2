{{- define "acktask.name" -}}
{{ .Values.nameOverride | default .Chart.Name | trunc 63 | trimAll "-." }}
{{- end }}

{{- /* The name of everything that the chart installs. A Service allows no dot and starts with a letter; suffixes are added.
       A name that would be too long ends in a hash. */ -}}
{{- define "acktask.fullname" -}}
{{- $name := include "acktask.name" . -}}
{{- $full := .Values.fullnameOverride -}}
{{- if not $full -}}
{{- $full = ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- end -}}
{{- $full = $full | replace "." "-" -}}
{{- if not (regexMatch "^[a-z]" $full) -}}
{{- $full = printf "acktask-%s" $full -}}
{{- end -}}
{{- if gt (len $full) 52 -}}
{{- $full = printf "%s-%s" ($full | trunc 43 | trimAll "-") ($full | sha256sum | trunc 8) -}}
{{- end -}}
{{ $full }}
{{- end }}

{{- define "acktask.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ .Values.serviceAccount.name | default (include "acktask.fullname" .) }}
{{- else -}}
{{ required "Set serviceAccount.name to the ServiceAccount that is there, or serviceAccount.create=true." .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{- /* Of Deployment and Service; it never changes in the life of a release. */ -}}
{{- define "acktask.selector" -}}
app.kubernetes.io/name: {{ include "acktask.name" . | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- /* Labels that every object has. */ -}}
{{- define "acktask.labels" -}}
{{ include "acktask.labelsWith" (dict "root" .) }}
{{- end }}

{{- /* All labels of one object as one map: written one after the other, two sources of a key would make it invalid.
       Of equal keys those that the object works by count ("own", the selector), then "more", the values for this object,
       then commonLabels, then what only describes it. */ -}}
{{- define "acktask.labelsWith" -}}
{{- $root := .root -}}
{{- $fixed := dict "app.kubernetes.io/managed-by" $root.Release.Service -}}
{{- $described := dict
  "app.kubernetes.io/version" $root.Chart.AppVersion
  "app.kubernetes.io/component" "operator"
  "app.kubernetes.io/part-of" "acktask"
  "helm.sh/chart" (printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-") -}}
{{- $selector := include "acktask.selector" $root | fromYaml -}}
{{- toYaml (merge (dict) (.own | default dict) $selector $fixed (.more | default dict) ($root.Values.commonLabels | default dict) $described) -}}
{{- end }}

{{- define "acktask.usesRrsa" -}}
{{- if and .Values.rrsa.enabled .Values.rrsa.roleName }}true{{ end -}}
{{- end }}

{{- /* The operator's own identity, where the chart provides it. */ -}}
{{- define "acktask.usesIdentity" -}}
{{- if or (include "acktask.usesRrsa" .) .Values.credentials.existingSecret }}true{{ end -}}
{{- end }}

{{- /* The right to ClusterAckConnections is one in the whole cluster. */ -}}
{{- define "acktask.usesClusterConnections" -}}
{{- $cluster := toString .Values.connections.cluster -}}
{{- if and .Values.connections.enabled (or (eq $cluster "true") (and (eq $cluster "auto") (not (include "acktask.watchNamespaces" . | fromYamlArray)))) }}true{{ end -}}
{{- end }}

{{- /* Of the built-in connection. That of a rehearsal exists nowhere: what was rehearsed is never taken for a task of an account. */ -}}
{{- define "acktask.region" -}}
{{ ternary "rehearsal" .Values.region .Values.simulator.enabled }}
{{- end }}

{{- define "acktask.discovers" -}}
{{- if or .Values.discovery.enabled .Values.simulator.enabled }}true{{ end -}}
{{- end }}

{{- /* A list; empty for all of them. In a rehearsal only that of the release: an invented cloud knows no real task, and an
       operator that asks it would report them as not found. */ -}}
{{- define "acktask.watchNamespaces" -}}
{{- $names := .Values.watchNamespaces -}}
{{- if and .Values.simulator.enabled (not $names) }}{{ $names = list .Release.Namespace }}{{ end -}}
{{- toYaml $names -}}
{{- end }}

{{- /* Helm refuses to install an object of a kind that the API server does not serve yet; the first install brings the CRD. */ -}}
{{- define "acktask.servesDiscoveries" -}}
{{- if or (not .Values.crds.enabled) (.Capabilities.APIVersions.Has "acktask.dev/v1alpha1/AckTaskDiscovery") }}true{{ end -}}
{{- end }}

{{- /* Fails with a message for every combination of values that cannot work. */ -}}
{{- define "acktask.check" -}}
{{- if not (or (include "acktask.region" .) .Values.connections.enabled) -}}
{{ fail "Set the region of your tasks, --set region=cn-hangzhou, or set connections.enabled=true: otherwise no task can be polled." }}
{{- end -}}
{{- if and (include "acktask.usesRrsa" .) .Values.credentials.existingSecret -}}
{{ fail "rrsa.roleName and credentials.existingSecret are both set, but the operator uses one identity: leave one of them out." }}
{{- end -}}
{{- if and .Values.region (not (or (include "acktask.usesIdentity" .) .Values.extraEnv .Values.extraEnvFrom .Values.extraVolumes)) -}}
{{ fail "Set the credentials of the operator: on ACK --set rrsa.roleName=ROLE, elsewhere --set credentials.existingSecret=SECRET. Only without region the operator needs none: each connection then has its own (docs/connections.md)." }}
{{- end -}}
{{- if and .Values.serviceMonitor.enabled .Values.podMonitor.enabled -}}
{{ fail "serviceMonitor.enabled and podMonitor.enabled are both set, so each pod would be scraped twice: leave one of them out." }}
{{- end -}}
{{- if not (has (include "acktask.caBundleSource" .) (list "" "pem" "configMap" "secret" "simulator")) -}}
{{ fail "Set one of caBundle.pem, caBundle.configMap.name and caBundle.secret.name." }}
{{- end -}}
{{- if and .Values.proxy.existingSecret (or .Values.proxy.https .Values.proxy.http) -}}
{{ fail "proxy.existingSecret and proxy.https or proxy.http are both set: leave one of them out." }}
{{- end -}}
{{- with .Values.connections.secrets -}}
{{- if and .allNamespaces (or .own .namespaces) -}}
{{ fail "connections.secrets.allNamespaces includes connections.secrets.own and connections.secrets.namespaces: leave one of them out." }}
{{- end -}}
{{- if and .allNamespaces $.Values.watchNamespaces -}}
{{ fail "connections.secrets.allNamespaces is a right in namespaces that are not in watchNamespaces: set connections.secrets.namespaces instead." }}
{{- end -}}
{{- end -}}
{{- range .Values.discovery.objects -}}
{{- $namespace := .namespace | default $.Release.Namespace -}}
{{- if not (include "acktask.discovers" $) -}}
{{ fail "discovery.objects has AckTaskDiscoveries, but the operator has no right to them: set discovery.enabled=true." }}
{{- end -}}
{{- $watched := include "acktask.watchNamespaces" $ | fromYamlArray -}}
{{- if and $watched (not (has $namespace $watched)) -}}
{{ fail (printf "discovery.objects has %s in the namespace %s, which is not in watchNamespaces: set its namespace to one of these." .name $namespace) }}
{{- end -}}
{{- end -}}
{{- if and .Values.simulator.enabled (ne (join "," (include "acktask.watchNamespaces" . | fromYamlArray)) .Release.Namespace) -}}
{{ fail (printf "A rehearsal watches the namespace %s of its release alone, because it would report the real tasks of others as not found: leave watchNamespaces out." .Release.Namespace) }}
{{- end -}}
{{- if and (gt (int .Values.replicaCount) 1) (not .Values.leaderElection.enabled) -}}
{{ fail "Several replicas need leaderElection.enabled=true, otherwise each task is polled several times." }}
{{- end -}}
{{- end }}

{{- /* Of the operator in a namespace: what its requests to the API server need. */ -}}
{{- define "acktask.rules" -}}
# The informer lists and watches; get reads an object again after a conflict; delete is for objects whose author set
# ttlSecondsAfterFinished{{ if include "acktask.discovers" . }}, and makes room for the tasks of a discovery{{ end }}. Never {{ if not (include "acktask.discovers" .) }}create or {{ end }}update: the objects belong to their authors.
- apiGroups: [acktask.dev]
  resources: [acktasks]
  verbs: [get, list, watch, delete]
# Written with a PUT that names uid and resourceVersion, therefore update and not patch.
- apiGroups: [acktask.dev]
  resources: [acktasks/status]
  verbs: [update]
# Created once under a name derived from the content, therefore no patch.
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
# As for AckTasks, and never deleted. A gate creates nothing.
- apiGroups: [acktask.dev]
  resources: [acktaskgates]
  verbs: [get, list, watch]
- apiGroups: [acktask.dev]
  resources: [acktaskgates/status]
  verbs: [update]
{{- if include "acktask.discovers" . }}
# For tasks that a discovery finds; patch adds the label of ACK's maintenance, which may be known later.
- apiGroups: [acktask.dev]
  resources: [acktasks]
  verbs: [create, patch]
- apiGroups: [acktask.dev]
  resources: [acktaskdiscoveries]
  verbs: [get, list, watch]
- apiGroups: [acktask.dev]
  resources: [acktaskdiscoveries/status]
  verbs: [update]
{{- end }}
{{- if .Values.connections.enabled }}
# As for AckTasks, and never deleted.
- apiGroups: [acktask.dev]
  resources: [ackconnections]
  verbs: [get, list, watch]
- apiGroups: [acktask.dev]
  resources: [ackconnections/status]
  verbs: [update]
{{- end }}
{{- end }}

{{- /* Of a binding to the operator: "kind" and "name" of the role. */ -}}
{{- define "acktask.binds" -}}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: {{ .kind }}
  name: {{ .name }}
subjects:
  - kind: ServiceAccount
    name: {{ include "acktask.serviceAccountName" .root }}
    namespace: {{ .root.Release.Namespace }}
{{- end }}

{{- /* Credentials of a ServiceMonitor endpoint; nothing where the metrics need none. */ -}}
{{- define "acktask.metricsToken" -}}
{{- with .Values.metrics.authentication }}
{{- if .enabled }}
{{- if .tokenSecret.name }}
authorization:
  type: Bearer
  credentials:
    name: {{ .tokenSecret.name }}
    key: {{ .tokenSecret.key }}
{{- else }}
bearerTokenFile: /var/run/secrets/kubernetes.io/serviceaccount/token
{{- end }}
{{- end }}
{{- end }}
{{- end }}

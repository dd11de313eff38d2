{{- define "acktask.image" -}}
{{- $repository := required "Set the image of the operator: --set image.repository=REGISTRY/NAME. There is no default: docs/install.md says where to get or how to build it." .Values.image.repository -}}
{{- if .Values.image.digest -}}
{{ $repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ $repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- /* One variable of the operator; nothing where the value is empty. Numbers would turn into 4.194304e+06. */ -}}
{{- define "acktask.variable" -}}
{{- $value := .value -}}
{{- if kindIs "slice" $value }}{{ $value = join "," $value }}{{ end -}}
{{- if kindIs "float64" $value }}{{ $value = int64 $value }}{{ end -}}
{{- if ne (toString $value) "" }}
- name: ACKTASK_{{ .name }}
  value: {{ toString $value | quote }}
{{- end }}
{{- end }}

{{- /* As Go programs of a cluster know them; the kubelet puts the API server's address in place. */ -}}
{{- define "acktask.proxyEnv" -}}
{{- with .Values.proxy }}
{{- range $name, $url := dict "HTTPS_PROXY" .https "HTTP_PROXY" .http }}
{{- if $url }}
- name: {{ $name }}
  value: {{ $url | quote }}
{{- end }}
{{- end }}
{{- if .existingSecret }}
{{- range $name, $key := dict "HTTPS_PROXY" "httpsProxy" "HTTP_PROXY" "httpProxy" }}
- name: {{ $name }}
  valueFrom:
    secretKeyRef: {name: {{ $.Values.proxy.existingSecret | quote }}, key: {{ $key }}, optional: true}
{{- end }}
{{- end }}
{{- if or .https .http .existingSecret }}
{{- $direct := .noProxy }}
{{- if not .apiServer }}{{ $direct = prepend $direct "$(KUBERNETES_SERVICE_HOST)" }}{{ end }}
{{- with $direct }}
- name: NO_PROXY
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* All variables. Of two of one name the one in extraEnv counts: a list with both cannot be applied by the server. */ -}}
{{- define "acktask.env" -}}
{{- $extra := .Values.extraEnv | default list -}}
{{- $names := dict -}}
{{- range $extra }}{{ $_ := set $names (toString .name) true }}{{ end -}}
{{- $all := list -}}
{{- range include "acktask.ownEnv" . | fromYamlArray -}}
{{- if not (hasKey $names .name) }}{{ $all = append $all . }}{{ end -}}
{{- end -}}
{{- toYaml (concat $all $extra) -}}
{{- end }}

{{- define "acktask.ownEnv" -}}
{{- include "acktask.variable" (dict "name" "DEFAULT_REGION" "value" (include "acktask.region" .)) }}
{{- include "acktask.variable" (dict "name" "DEFAULT_NETWORK" "value" (ternary "VPC" .Values.network .Values.simulator.enabled)) }}
{{- include "acktask.variable" (dict "name" "WATCH_NAMESPACES" "value" (include "acktask.watchNamespaces" . | fromYamlArray)) }}
{{- include "acktask.variable" (dict "name" "WATCH_LABEL_SELECTOR" "value" .Values.watchLabelSelector) }}
{{- $rehearsal := .Values.simulator.enabled | ternary (include "acktask.simulatorConfig" . | fromYaml) (dict) }}
{{- range $name, $value := merge (dict) $rehearsal .Values.config }}
{{- include "acktask.variable" (dict "name" (snakecase $name | upper) "value" $value) }}
{{- end }}
{{- include "acktask.variable" (dict "name" "METRICS_AUTHENTICATION" "value" .Values.metrics.authentication.enabled) }}
{{- include "acktask.variable" (dict "name" "LEADER_ELECTION" "value" .Values.leaderElection.enabled) }}
{{- if .Values.leaderElection.enabled }}
{{- include "acktask.variable" (dict "name" "LEASE_NAME" "value" (include "acktask.fullname" .)) }}
{{- end }}
{{- include "acktask.fileEnv" . }}
{{- if .Values.simulator.enabled }}
{{ include "acktask.simulatorKeyEnv" . }}
{{- end }}
{{- include "acktask.proxyEnv" . }}
{{- with .Values.jvm.options }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "acktask.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
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

{{- define "acktask.env" -}}
{{- include "acktask.variable" (dict "name" "DEFAULT_REGION" "value" .Values.region) }}
{{- include "acktask.variable" (dict "name" "DEFAULT_NETWORK" "value" .Values.network) }}
{{- include "acktask.variable" (dict "name" "WATCH_NAMESPACES" "value" .Values.watchNamespaces) }}
{{- range $name, $value := .Values.config }}
{{- include "acktask.variable" (dict "name" (snakecase $name | upper) "value" $value) }}
{{- end }}
{{- include "acktask.variable" (dict "name" "LEADER_ELECTION" "value" .Values.leaderElection.enabled) }}
{{- if .Values.leaderElection.enabled }}
{{- include "acktask.variable" (dict "name" "LEASE_NAME" "value" (include "acktask.fullname" .)) }}
{{- end }}
{{- with .Values.credentials.existingSecret }}
- name: ALIBABA_CLOUD_ACCESS_KEY_ID
  valueFrom:
    secretKeyRef: {name: {{ . | quote }}, key: accessKeyId}
- name: ALIBABA_CLOUD_ACCESS_KEY_SECRET
  valueFrom:
    secretKeyRef: {name: {{ . | quote }}, key: accessKeySecret}
- name: ALIBABA_CLOUD_SECURITY_TOKEN
  valueFrom:
    secretKeyRef: {name: {{ . | quote }}, key: securityToken, optional: true}
{{- end }}
{{- with .Values.jvm.options }}
- name: JDK_JAVA_OPTIONS
  value: {{ . | quote }}
{{- end }}
{{- with .Values.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

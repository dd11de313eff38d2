{{- /* The simulated cloud of a rehearsal: docs/rehearsal.md. */ -}}

{{- define "acktask.simulatorName" -}}
{{ printf "%s-simulator" (include "acktask.fullname" .) }}
{{- end }}

{{- /* As pods know it, and its certificate. */ -}}
{{- define "acktask.simulatorHost" -}}
{{ printf "%s.%s.svc" (include "acktask.simulatorName" .) .Release.Namespace }}
{{- end }}

{{- /* Never the labels of the operator, or its Service and its NetworkPolicy would include these pods. */ -}}
{{- define "acktask.simulatorSelector" -}}
app.kubernetes.io/name: {{ printf "%s-simulator" (include "acktask.name" . | trunc 53 | trimAll "-.") | quote }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}

{{- define "acktask.simulatorLabels" -}}
{{- $own := merge (dict "app.kubernetes.io/component" "simulator") (include "acktask.simulatorSelector" . | fromYaml) -}}
{{ include "acktask.labelsWith" (dict "root" . "own" $own) }}
{{- end }}

{{- /* Of the job that waits for the simulator: not its selector, so that no Service includes it. */ -}}
{{- define "acktask.awaitLabels" -}}
{{- $own := dict "app.kubernetes.io/component" "simulator-await" "app.kubernetes.io/name" (printf "%s-await" (include "acktask.name" . | trunc 53 | trimAll "-.")) -}}
{{ include "acktask.labelsWith" (dict "root" . "own" $own) }}
{{- end }}

{{- /* Beside the operator's image in its registry, unless the values say otherwise. */ -}}
{{- define "acktask.simulatorImage" -}}
{{- $image := .Values.simulator.image -}}
{{- $repository := $image.repository | default (regexReplaceAll "[^/]*$" .Values.image.repository "acktask-simulator") -}}
{{- if $image.digest -}}
{{ $repository }}@{{ $image.digest }}
{{- else -}}
{{ $repository }}:{{ $image.tag | default .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end }}

{{- /* What a container of it has in common: no right, no writable file, no environment of a Service. */ -}}
{{- define "acktask.simulatorContainer" -}}
image: {{ include "acktask.simulatorImage" . | quote }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
securityContext:
  {{- toYaml .Values.securityContext | nindent 2 }}
env:
  - name: JDK_JAVA_OPTIONS
    value: -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError
resources:
  {{- toYaml .Values.simulator.resources | nindent 2 }}
{{- end }}

{{- define "acktask.simulatorPod" -}}
serviceAccountName: {{ include "acktask.simulatorName" . }}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* The scripts as files: those of the values, or the five of the chart. */ -}}
{{- define "acktask.simulatorScripts" -}}
{{- $scripts := dict -}}
{{- if .Values.simulator.scripts -}}
{{- range $name, $script := .Values.simulator.scripts -}}
{{- $_ := set $scripts (printf "%s.yaml" $name) (toYaml $script) -}}
{{- end -}}
{{- else -}}
{{- range $path, $content := .Files.Glob "files/rehearsal/*.yaml" -}}
{{- $_ := set $scripts (base $path) (toString $content) -}}
{{- end -}}
{{- end -}}
{{- toYaml $scripts -}}
{{- end }}

{{- /* Data of the Secret with the certificate. A release keeps it: another one would need other pods. */ -}}
{{- define "acktask.simulatorTls" -}}
{{- $name := printf "%s-tls" (include "acktask.simulatorName" .) -}}
{{- $host := include "acktask.simulatorHost" . -}}
{{- $known := dict -}}
{{- if .Release.IsUpgrade -}}
{{- $known = get (lookup "v1" "Secret" .Release.Namespace $name | default dict) "data" | default dict -}}
{{- end -}}
{{- if and (hasKey $known "ca.crt") (hasKey $known "tls.crt") (hasKey $known "tls.key") -}}
{{- toYaml (pick $known "ca.crt" "tls.crt" "tls.key") -}}
{{- else -}}
{{- /* The key of the authority goes nowhere, so nothing else can be issued with it. */ -}}
{{- $authority := genCA "acktask rehearsal" 3650 -}}
{{- $certificate := genSignedCert $host nil (list $host (printf "%s.cluster.local" $host)) 3650 $authority -}}
{{- toYaml (dict "ca.crt" ($authority.Cert | b64enc) "tls.crt" ($certificate.Cert | b64enc) "tls.key" ($certificate.Key | b64enc)) -}}
{{- end -}}
{{- end }}

{{- /* Settings of the operator in a rehearsal, by the names of config: no request leaves the cluster. */ -}}
{{- define "acktask.simulatorConfig" -}}
{{- $url := printf "https://%s" (include "acktask.simulatorHost" .) -}}
endpointPublic: {{ $url }}
endpointVpc: {{ $url }}
stsEndpointPublic: {{ $url }}
stsEndpointVpc: {{ $url }}
{{- end }}

{{- /* The only key that the simulator accepts. It is no secret: it opens nothing else. */ -}}
{{- define "acktask.simulatorKeyEnv" -}}
- name: ALIBABA_CLOUD_ACCESS_KEY_ID
  value: simulatorAccessKeyId
- name: ALIBABA_CLOUD_ACCESS_KEY_SECRET
  value: simulatorAccessKeySecret
{{- end }}

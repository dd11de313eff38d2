{{- /* What the operator reads from files: the access key and additional authorities. */ -}}

{{- /* Where the additional authorities come from: pem, configMap, secret, simulator, or nothing. */ -}}
{{- define "acktask.caBundleSource" -}}
{{- if .Values.simulator.enabled }}simulator{{ end -}}
{{- with .Values.caBundle -}}
{{- if .pem }}pem{{ end -}}
{{- if .configMap.name }}configMap{{ end -}}
{{- if .secret.name }}secret{{ end -}}
{{- end -}}
{{- end }}

{{- define "acktask.caBundleName" -}}
{{ printf "%s-ca" (include "acktask.fullname" .) }}
{{- end }}

{{- define "acktask.fileEnv" -}}
{{- if .Values.credentials.existingSecret }}
- name: ACKTASK_CREDENTIALS_DIR
  value: /etc/acktask/credentials
{{- end }}
{{- if include "acktask.caBundleSource" . }}
- name: ACKTASK_CA_BUNDLE
  value: /etc/acktask/ca/ca.crt
{{- end }}
{{- end }}

{{- define "acktask.fileMounts" -}}
{{- /* Whole directories: a subPath would never be updated. */ -}}
{{- if .Values.credentials.existingSecret }}
- name: credentials
  mountPath: /etc/acktask/credentials
  readOnly: true
{{- end }}
{{- if include "acktask.caBundleSource" . }}
- name: ca
  mountPath: /etc/acktask/ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "acktask.fileVolumes" -}}
{{- with .Values.credentials.existingSecret }}
- name: credentials
  secret:
    secretName: {{ . | quote }}
{{- end }}
{{- $source := include "acktask.caBundleSource" . }}
{{- if eq $source "simulator" }}
- name: ca
  secret:
    secretName: {{ include "acktask.simulatorName" . }}-tls
    items:
      - {key: ca.crt, path: ca.crt}
{{- else if eq $source "secret" }}
- name: ca
  secret:
    secretName: {{ .Values.caBundle.secret.name | quote }}
    items:
      - key: {{ .Values.caBundle.secret.key | quote }}
        path: ca.crt
{{- else if $source }}
- name: ca
  configMap:
    name: {{ .Values.caBundle.configMap.name | default (include "acktask.caBundleName" .) | quote }}
    items:
      - key: {{ ternary "ca.crt" .Values.caBundle.configMap.key (eq $source "pem") | quote }}
        path: ca.crt
{{- end }}
{{- end }}

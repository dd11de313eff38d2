{{- /* The rule file with the values of each alert. It stays a plain rule file: of its expressions only the list of external
       labels, which begins each list of labels, and the number before "# threshold" are replaced. */ -}}
{{- define "acktask.alerts" -}}
{{- $values := .Values.prometheusRule -}}
{{- $groups := list -}}
{{- range (.Files.Get "files/rules/acktask.rules.yaml" | fromYaml).groups -}}
{{- $rules := list -}}
{{- range .rules -}}
{{- $alert := index ($values.alerts | default dict) .alert | default dict -}}
{{- if ne (toString $alert.enabled) "false" -}}
{{- $rules = append $rules (include "acktask.alert" (dict "rule" . "alert" $alert "root" $) | fromYaml) -}}
{{- end -}}
{{- end -}}
{{- if $rules -}}
{{- $groups = append $groups (merge (dict "rules" $rules) (omit . "rules")) -}}
{{- end -}}
{{- end -}}
{{- toYaml (dict "groups" $groups) -}}
{{- end }}

{{- /* One rule with its values. */ -}}
{{- define "acktask.alert" -}}
{{- $alert := .alert -}}
{{- $expr := regexReplaceAll "\\b(by|on) \\(cluster\\b" .rule.expr (printf "${1} (%s" (join ", " .root.Values.prometheusRule.externalLabels)) -}}
{{- if hasKey $alert "threshold" -}}
{{- $threshold := $alert.threshold -}}
{{- if eq (floor $threshold) (float64 $threshold) }}{{ $threshold = int64 $threshold }}{{ end -}}
{{- $expr = regexReplaceAll "[0-9.]+ # threshold" $expr (printf "%v # threshold" $threshold) -}}
{{- end -}}
{{- $labels := merge (dict) ($alert.labels | default dict) (dict "severity" ($alert.severity | default .rule.labels.severity)) .rule.labels -}}
{{- $runbook := printf "%s/runbooks.md#%s" .root.Values.docsUrl (lower .rule.alert) -}}
{{- $annotations := merge (dict "runbook_url" ($alert.runbookUrl | default $runbook)) .rule.annotations -}}
{{- $changed := dict "expr" $expr "for" ($alert.for | default .rule.for) "labels" $labels "annotations" $annotations -}}
{{- toYaml (merge $changed .rule) -}}
{{- end }}

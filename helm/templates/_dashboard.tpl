{{/* Address of Flink's REST interface: the chart's own Service, or the one the operator makes. */}}
{{- define "longtail.flinkRest" -}}
{{- if eq .Values.flink.mode "standalone" -}}
http://{{ include "longtail.component" (dict "root" . "component" "jobmanager") }}:8081
{{- else -}}
http://{{ include "longtail.component" (dict "root" . "component" "flink") }}-rest:8081
{{- end -}}
{{- end -}}

{{- define "longtail.dashboardSettings" -}}
{{- include "longtail.kafkaSettings" . }}
flink-rest: {{ include "longtail.flinkRest" . }}
dashboard-port: "8080"
dashboard-host: 0.0.0.0
{{- if .Values.dashboard.token.existingSecret }}
dashboard-token-file: {{ printf "/etc/longtail/token/%s" .Values.dashboard.token.key }}
{{- end }}
{{- with .Values.dashboard.settings }}
{{ toYaml . }}
{{- end }}
{{- end -}}

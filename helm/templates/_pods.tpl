{{/* Pod fields that all components share. Takes (dict "root" $ "component" NAME). */}}
{{- define "longtail.podDefaults" -}}
serviceAccountName: {{ include "longtail.serviceAccount" . }}
automountServiceAccountToken: {{ default false .needsKubernetes }}
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .root.Values.podSecurity.runAsUser }}
  runAsGroup: {{ .root.Values.podSecurity.runAsGroup }}
  fsGroup: {{ .root.Values.podSecurity.runAsGroup }}
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile:
    type: RuntimeDefault
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "longtail.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
privileged: false
capabilities:
  drop: [ALL]
{{- end -}}

{{/* One service account for both Flink processes, one for each other component. */}}
{{- define "longtail.serviceAccount" -}}
{{- $account := ternary "flink" .component (has .component (list "jobmanager" "taskmanager")) -}}
{{- include "longtail.component" (dict "root" .root "component" $account) -}}
{{- end -}}

{{/* Where a pod may go. Takes the component's values. */}}
{{- define "longtail.scheduling" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* The environment variable of a setting: "--some-name" is LONGTAIL_SOME_NAME. */}}
{{- define "longtail.variable" -}}
LONGTAIL_{{ . | upper | replace "-" "_" }}
{{- end -}}

{{/* Settings as a ConfigMap's data or an environment's entries: (dict "settings" MAP). */}}
{{- define "longtail.settingsData" -}}
{{- range $name, $value := .settings }}
{{ include "longtail.variable" $name }}: {{ $value | toString | quote }}
{{- end }}
{{- end -}}

{{/* Settings of every program that speaks Kafka. */}}
{{- define "longtail.kafkaSettings" -}}
bootstrap-servers: {{ .Values.kafka.bootstrapServers | quote }}
{{- if .Values.kafka.client.existingSecret }}
kafka-config: {{ printf "/etc/longtail/kafka/%s" .Values.kafka.client.key }}
{{- end }}
{{- end -}}

{{- define "longtail.kafkaMount" -}}
{{- if .Values.kafka.client.existingSecret }}
- name: kafka-client
  mountPath: /etc/longtail/kafka
  readOnly: true
{{- end }}
{{- end -}}

{{- define "longtail.kafkaVolume" -}}
{{- if .Values.kafka.client.existingSecret }}
- name: kafka-client
  secret:
    secretName: {{ .Values.kafka.client.existingSecret }}
    defaultMode: 0440
{{- end }}
{{- end -}}

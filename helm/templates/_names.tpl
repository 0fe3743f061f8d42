{{- define "longtail.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 36 | trimSuffix "-" -}}
{{- end -}}

{{/* Prefix of all object names: short enough that "-taskmanager-0" and a Job's hash still fit into 63 characters. */}}
{{- define "longtail.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 36 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "longtail.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 36 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 36 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* Name of a component's objects. Takes (dict "root" $ "component" NAME). */}}
{{- define "longtail.component" -}}
{{- printf "%s-%s" (include "longtail.fullname" .root) .component -}}
{{- end -}}

{{/* Labels that never change and select a component's pods. */}}
{{- define "longtail.selectorLabels" -}}
app.kubernetes.io/name: {{ include "longtail.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "longtail.labels" -}}
{{ include "longtail.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Labels of pods: without the chart's version, which would restart all pods at every release. */}}
{{- define "longtail.podLabels" -}}
{{ include "longtail.selectorLabels" . }}
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "longtail.image" -}}
{{- printf "%s:%s" .image.repository (default .root.Chart.AppVersion .image.tag) -}}
{{- end -}}

{{/* Label by which other pods are let through to the queryable-state proxies and to Flink's REST port. */}}
{{- define "longtail.clientLabel" -}}
longtail.dev/queryable-state-client
{{- end -}}

{{/* A rule's peer: pods of one component of this release. */}}
{{- define "longtail.peer" -}}
- podSelector:
    matchLabels:
      {{- include "longtail.selectorLabels" . | nindent 6 }}
{{- end -}}

{{/* Any pod of the namespace that carries the documented label of queryable-state clients. */}}
{{- define "longtail.clientPeer" -}}
- podSelector:
    matchLabels:
      {{ include "longtail.clientLabel" . }}: "true"
{{- end -}}

{{/* A policy's head, up to its rules. */}}
{{- define "longtail.policyHead" -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "longtail.component" . }}
  labels:
    {{- include "longtail.labels" . | nindent 4 }}
{{- end -}}

{{- define "longtail.policySelector" -}}
podSelector:
  matchLabels:
    {{- include "longtail.selectorLabels" . | nindent 4 }}
policyTypes: [Ingress, Egress]
{{- end -}}

{{- define "longtail.tcpPorts" -}}
{{- range . }}
- protocol: TCP
  port: {{ . }}
{{- end }}
{{- end -}}

{{/* Names must be resolved by everyone. */}}
{{- define "longtail.dnsEgress" -}}
- ports:
    - protocol: UDP
      port: 53
    - protocol: TCP
      port: 53
{{- end -}}

{{- define "longtail.kafkaEgress" -}}
{{- $ports := list -}}
{{- range splitList "," .Values.kafka.bootstrapServers -}}
{{- $ports = append $ports (int (regexFind "[0-9]+$" (trim .))) -}}
{{- end -}}
{{- range .Values.networkPolicy.kafkaPorts -}}
{{- $ports = append $ports (int .) -}}
{{- end -}}
- ports:
    {{- include "longtail.tcpPorts" (uniq $ports) | nindent 4 }}
  {{- with .Values.networkPolicy.kafkaPeers }}
  to:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "longtail.metricsIngress" -}}
- ports:
    - protocol: TCP
      port: 9249
  from:
    {{- if .Values.networkPolicy.metricsPeers }}
    {{- toYaml .Values.networkPolicy.metricsPeers | nindent 4 }}
    {{- else }}
    - namespaceSelector: {}
    {{- end }}
{{- end -}}

{{- define "longtail.storageEgress" -}}
{{- if eq .Values.storage.kind "s3" }}
- ports:
    {{- include "longtail.tcpPorts" .Values.networkPolicy.objectStorePorts | nindent 4 }}
{{- end }}
{{- end -}}

{{- define "longtail.apiServerEgress" -}}
{{- if eq .Values.flink.mode "operator" }}
- ports:
    {{- include "longtail.tcpPorts" .Values.networkPolicy.apiServerPorts | nindent 4 }}
{{- end }}
{{- end -}}

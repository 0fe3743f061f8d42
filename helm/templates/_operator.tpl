{{/*
Flink's options that only the operator's way of running needs: metadata of high availability in ConfigMaps, from which last-state upgrades and a new
JobManager recover. The operator sets addresses, ports of the processes and memory itself.
*/}}
{{- define "longtail.operatorOptions" -}}
{{- $state := printf "%s/%s" (include "longtail.storageRoot" .) .Values.experiment.name }}
high-availability.type: kubernetes
high-availability.storageDir: {{ $state }}-ha
execution.checkpointing.dir: {{ $state }}
execution.checkpointing.savepoint-dir: {{ $state }}-savepoints
taskmanager.memory.managed.fraction: {{ divf .Values.flink.taskManager.managedPercent 100 | quote }}
taskmanager.memory.network.min: {{ printf "%dm" (int .Values.flink.taskManager.networkMiB) }}
taskmanager.memory.network.max: {{ printf "%dm" (int .Values.flink.taskManager.networkMiB) }}
taskmanager.rpc.port: "6122"
taskmanager.data.port: "6121"
{{- /* The job is on the class path as in standalone mode; the jar that Flink wants to be named has the same classes, which must not be loaded twice. */}}
classloader.resolve-order: parent-first
{{- if .Values.flink.operator.autoscaler.enabled }}
job.autoscaler.enabled: "true"
job.autoscaler.vertex.exclude.ids: {{ include "longtail.sequencerVertex" . | quote }}
pipeline.max-parallelism: "128"
{{- end }}
{{- end -}}

{{/* A pod template of the operator: what Flink's own pods must have beyond what the operator fills in. */}}
{{- define "longtail.operatorPodTemplate" -}}
apiVersion: v1
kind: Pod
metadata:
  labels:
    {{- include "longtail.podLabels" . | nindent 4 }}
  annotations:
    longtail.dev/settings: {{ include "longtail.jobSettings" .root | sha256sum | trunc 16 }}
    {{- with .root.Values.rolloutRevision }}
    longtail.dev/rollout-revision: {{ . | quote }}
    {{- end }}
spec:
  {{- include "longtail.podDefaults" (merge (dict "needsKubernetes" true) .) | nindent 2 }}
  containers:
    # The operator knows Flink's container by this name.
    - name: flink-main-container
      envFrom:
        {{- include "longtail.flinkEnvironmentFrom" .root | nindent 8 }}
      ports:
        - name: metrics
          containerPort: 9249
        {{- if eq .component "taskmanager" }}
        - name: state-server
          containerPort: 9067
        - name: state-proxy
          containerPort: 9069
        {{- end }}
      securityContext:
        {{- include "longtail.containerSecurity" .root | nindent 8 }}
      volumeMounts:
        {{- include "longtail.flinkMounts" . | nindent 8 }}
  volumes:
    {{- include "longtail.flinkVolumes" . | nindent 4 }}
  {{- include "longtail.scheduling" (ternary .root.Values.flink.jobManager .root.Values.flink.taskManager (eq .component "jobmanager")) | nindent 2 }}
{{- end -}}

{{/* A CPU quantity as the number of cores that a FlinkDeployment wants. */}}
{{- define "longtail.cores" -}}
{{- $cpu := toString . -}}
{{- if hasSuffix "m" $cpu -}}
{{- divf (float64 (trimSuffix "m" $cpu)) 1000 -}}
{{- else -}}
{{- $cpu -}}
{{- end -}}
{{- end -}}

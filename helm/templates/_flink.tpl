{{/* Root of checkpoints and savepoints, without a slash at the end. */}}
{{- define "longtail.storageRoot" -}}
{{- if eq .Values.storage.kind "s3" -}}
{{- .Values.storage.s3.uri | trimSuffix "/" -}}
{{- else -}}
file:///var/lib/longtail/storage
{{- end -}}
{{- end -}}

{{/* Flink's options that do not depend on who starts the processes. State backend, checkpoints and restarts are the job's own business. */}}
{{- define "longtail.flinkOptions" -}}
taskmanager.numberOfTaskSlots: {{ .Values.flink.taskManager.slots | quote }}
state.backend.rocksdb.localdir: /var/lib/longtail/state
{{- /* Older ones are the way back when the newest is damaged. A job cannot ask for them itself. */}}
execution.checkpointing.num-retained: "3"
queryable-state.enable: "true"
queryable-state.proxy.ports: "9069"
queryable-state.server.ports: "9067"
{{- /* Of a block of few trials a dozen buffers hold some seventy records, behind which a barrier would wait. Buffers start with 1 KiB otherwise. */}}
taskmanager.memory.starting-segment-size: 32kb
taskmanager.network.memory.buffer-debloat.enabled: "true"
taskmanager.network.memory.buffer-debloat.target: 50ms
metrics.reporter.prometheus.factory.class: org.apache.flink.metrics.prometheus.PrometheusReporterFactory
metrics.reporter.prometheus.port: "9249"
metrics.internal.query-service.port: "6126"
rest.port: "8081"
web.submit.enable: "false"
web.cancel.enable: "false"
{{- /* A JobManager or TaskManager that was replaced is missed after 15 s, not after Flink's 50: until then tasks of a lost attempt go on
working beside the new one, and its slots stay taken. Five heartbeats may be lost; a full collection of these heaps takes far less than 15 s. */}}
heartbeat.interval: 3s
heartbeat.timeout: 15s
{{- /* A TaskManager whose JobManager is being replaced looks for the new one every second, not every 10: nothing is counted until it is found. */}}
cluster.registration.error-delay: 1s
{{- if eq .Values.storage.kind "s3" }}
{{- with .Values.storage.s3.endpoint }}
s3.endpoint: {{ . }}
{{- end }}
{{- if .Values.storage.s3.pathStyleAccess }}
s3.path.style.access: "true"
{{- end }}
{{- end }}
{{- end -}}

{{/* Flink's options of the processes that this chart starts itself. */}}
{{- define "longtail.standaloneOptions" -}}
{{- $tm := include "longtail.taskManagerMemory" . | fromJson }}
{{- $jm := include "longtail.jobManagerMemory" . | fromJson }}
jobmanager.rpc.address: {{ include "longtail.component" (dict "root" . "component" "jobmanager") }}
jobmanager.rpc.port: "6123"
jobmanager.bind-host: 0.0.0.0
blob.server.port: "6124"
rest.address: {{ include "longtail.component" (dict "root" . "component" "jobmanager") }}
rest.bind-address: 0.0.0.0
taskmanager.bind-host: 0.0.0.0
taskmanager.rpc.port: "6122"
taskmanager.data.port: "6121"
io.tmp.dirs: /tmp
jobmanager.memory.heap.size: {{ printf "%dm" (int $jm.heap) }}
jobmanager.memory.off-heap.size: {{ printf "%dm" (int $jm.offHeap) }}
jobmanager.memory.jvm-metaspace.size: {{ printf "%dm" (int $jm.metaspace) }}
jobmanager.memory.jvm-overhead.min: {{ printf "%dm" (int $jm.overhead) }}
jobmanager.memory.jvm-overhead.max: {{ printf "%dm" (int $jm.overhead) }}
taskmanager.cpu.cores: {{ printf "%.1f" (float64 .Values.flink.taskManager.slots) | quote }}
taskmanager.memory.framework.heap.size: 128m
taskmanager.memory.framework.off-heap.size: 128m
taskmanager.memory.task.heap.size: {{ printf "%dm" (int $tm.taskHeap) }}
taskmanager.memory.task.off-heap.size: 0m
taskmanager.memory.network.min: {{ printf "%dm" (int $tm.network) }}
taskmanager.memory.network.max: {{ printf "%dm" (int $tm.network) }}
taskmanager.memory.managed.size: {{ printf "%dm" (int $tm.managed) }}
taskmanager.memory.jvm-metaspace.size: {{ printf "%dm" (int $tm.metaspace) }}
taskmanager.memory.jvm-overhead.min: {{ printf "%dm" (int $tm.overhead) }}
taskmanager.memory.jvm-overhead.max: {{ printf "%dm" (int $tm.overhead) }}
{{- end -}}

{{/* All options as one map, those of the values last. Takes the root; "standalone" or "operator" decides. */}}
{{- define "longtail.flinkConfiguration" -}}
{{- $options := include "longtail.flinkOptions" . | fromYaml -}}
{{- if eq .Values.flink.mode "standalone" -}}
{{- $options = merge (include "longtail.standaloneOptions" . | fromYaml) $options -}}
{{- else -}}
{{- $options = merge (include "longtail.operatorOptions" . | fromYaml) $options -}}
{{- end -}}
{{- range $name, $value := .Values.flink.configuration -}}
{{- $_ := set $options $name ($value | toString) -}}
{{- end -}}
{{- toYaml $options -}}
{{- end -}}

{{/* Settings of the job's main class, which runs in the JobManager. */}}
{{- define "longtail.jobSettings" -}}
{{- include "longtail.kafkaSettings" . }}
experiment: {{ .Values.experiment.name | quote }}
parallelism: {{ .Values.flink.parallelism }}
checkpoint-dir: {{ include "longtail.storageRoot" . }}
checkpoint-interval: {{ int .Values.flink.checkpointIntervalMs }}
{{- if eq .Values.flink.mode "operator" }}
restore: high-availability
{{- else }}
restore: {{ default "newest" .Values.flink.restoreFrom }}
{{- end }}
{{- with .Values.flink.settings }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "longtail.flinkEnvironment" -}}
- name: POD_IP
  valueFrom:
    fieldRef:
      fieldPath: status.podIP
{{- end -}}

{{- define "longtail.flinkEnvironmentFrom" -}}
- configMapRef:
    name: {{ include "longtail.component" (dict "root" . "component" "job-settings") }}
{{- if and (eq .Values.storage.kind "s3") .Values.storage.s3.credentialsSecret }}
- secretRef:
    name: {{ .Values.storage.s3.credentialsSecret }}
{{- end }}
{{- end -}}

{{/* Takes (dict "root" $ "component" NAME): only TaskManagers have working state. */}}
{{- define "longtail.flinkMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if eq .component "taskmanager" }}
- name: state
  mountPath: /var/lib/longtail/state
{{- end }}
{{- if eq .root.Values.storage.kind "volume" }}
- name: storage
  mountPath: /var/lib/longtail/storage
{{- end }}
{{- include "longtail.kafkaMount" .root }}
{{- end -}}

{{/* Volumes of a Flink pod. RocksDB's working files lie on the node, or on a volume of their own that lives as long as the pod. */}}
{{- define "longtail.flinkVolumes" -}}
{{- $local := .root.Values.flink.taskManager.localState }}
- name: tmp
  emptyDir:
    sizeLimit: 2Gi
{{- if eq .component "taskmanager" }}
- name: state
{{- if $local.storageClass }}
  ephemeral:
    volumeClaimTemplate:
      spec:
        accessModes: [ReadWriteOnce]
        storageClassName: {{ $local.storageClass }}
        resources:
          requests:
            storage: {{ $local.size }}
{{- else }}
  emptyDir:
    sizeLimit: {{ $local.size }}
{{- end }}
{{- end }}
{{- if eq .root.Values.storage.kind "volume" }}
- name: storage
  persistentVolumeClaim:
    claimName: {{ default (include "longtail.component" (dict "root" .root "component" "storage")) .root.Values.storage.volume.existingClaim }}
{{- end }}
{{- include "longtail.kafkaVolume" .root }}
{{- end -}}

{{/* Annotations that restart pods when what they read at start has changed. */}}
{{- define "longtail.flinkAnnotations" -}}
longtail.dev/configuration: {{ printf "%s%s%s" (include "longtail.flinkConfiguration" .) (include "longtail.jobSettings" .) (.Files.Get "files/log4j2.properties") | sha256sum | trunc 16 }}
{{- with .Values.rolloutRevision }}
longtail.dev/rollout-revision: {{ . | quote }}
{{- end }}
{{- end -}}

{{/* The class whose main builds the job. */}}
{{- define "longtail.jobMainClass" -}}
dev.longtail.aggregator.application.ApplicationJob
{{- end -}}

{{/* Flink's id of the sequencer's vertex, which must stay alone: the hash of its uid, "sequencer". */}}
{{- define "longtail.sequencerVertex" -}}
5f57a30a9aa37d27603685a59e9c9c3d
{{- end -}}

{{/*
How a TaskManager's memory is divided, MiB, as Flink derives it from the size of the process: overhead is a tenth within 192..1024, metaspace 256,
framework 128 on and 128 off the heap; the rest after network buffers and managed memory is the tasks' heap. The processes are started without
Flink's shell scripts, so the numbers are worked out here, once, for the JVM's flags, Flink's configuration and the container's limit.
*/}}
{{- define "longtail.taskManagerMemory" -}}
{{- $tm := .Values.flink.taskManager -}}
{{- $total := int $tm.memoryMiB -}}
{{- $overhead := min 1024 (max 192 (div $total 10)) -}}
{{- $flink := sub $total (add $overhead 256) -}}
{{- $managed := div (mul $flink (int $tm.managedPercent)) 100 -}}
{{- $network := int $tm.networkMiB -}}
{{- $taskHeap := sub $flink (add $managed $network 256) -}}
{{- dict "total" $total "overhead" $overhead "managed" $managed "network" $network "taskHeap" $taskHeap "heap" (add $taskHeap 128) "direct" (add $network 128) "metaspace" 256 | toJson -}}
{{- end -}}

{{/* The same for the JobManager: 128 off the heap, the rest of Flink's memory is heap. */}}
{{- define "longtail.jobManagerMemory" -}}
{{- $total := int .Values.flink.jobManager.memoryMiB -}}
{{- $overhead := min 1024 (max 192 (div $total 10)) -}}
{{- dict "total" $total "overhead" $overhead "heap" (sub $total (add $overhead 256 128)) "offHeap" 128 "metaspace" 256 | toJson -}}
{{- end -}}

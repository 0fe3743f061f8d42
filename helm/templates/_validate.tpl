{{/* Finds every mistake that the schema cannot see and fails once with all of them. */}}
{{- define "longtail.validate" -}}
{{- $errors := list -}}
{{- $v := .Values -}}

{{- if not $v.experiment.name -}}
{{- $errors = append $errors "experiment.name: expected the experiment's name, found nothing" -}}
{{- end -}}
{{- if not $v.kafka.bootstrapServers -}}
{{- $errors = append $errors "kafka.bootstrapServers: expected host:port[,host:port...], found nothing" -}}
{{- end -}}

{{- if and (ne $v.kafka.topics.mode "none") (or (lt (int $v.experiment.trainSize) 1) (lt (int $v.experiment.testSize) 1)) -}}
{{- $errors = append $errors (printf "experiment.trainSize, experiment.testSize: expected both from 1, found %d and %d; they size the messages of the topics that kafka.topics.mode=%s creates" (int $v.experiment.trainSize) (int $v.experiment.testSize) $v.kafka.topics.mode) -}}
{{- end -}}
{{- if and (eq $v.kafka.topics.mode "strimzi") (not $v.kafka.topics.strimzi.cluster) -}}
{{- $errors = append $errors "kafka.topics.strimzi.cluster: expected the name of the Kafka cluster, found nothing, while kafka.topics.mode=strimzi" -}}
{{- end -}}
{{- if gt (int $v.kafka.topics.minInsyncReplicas) (int $v.kafka.topics.replicationFactor) -}}
{{- $errors = append $errors (printf "kafka.topics.minInsyncReplicas: expected at most replicationFactor=%d, found %d; nothing could be written" (int $v.kafka.topics.replicationFactor) (int $v.kafka.topics.minInsyncReplicas)) -}}
{{- end -}}

{{- if and (eq $v.storage.kind "s3") (not (hasPrefix "s3://" $v.storage.s3.uri)) -}}
{{- $errors = append $errors (printf "storage.s3.uri: expected s3://bucket/path, found '%s', while storage.kind=s3" $v.storage.s3.uri) -}}
{{- end -}}

{{- $slots := mul (int $v.flink.taskManager.replicas) (int $v.flink.taskManager.slots) -}}
{{- if and (eq $v.flink.mode "standalone") (lt (int $slots) (int $v.flink.parallelism)) -}}
{{- $errors = append $errors (printf "flink.parallelism: expected at most flink.taskManager.replicas x slots = %d, found %d" (int $slots) (int $v.flink.parallelism)) -}}
{{- end -}}
{{- $taskHeap := int (get (include "longtail.taskManagerMemory" . | fromJson) "taskHeap") -}}
{{- if lt $taskHeap 128 -}}
{{- $errors = append $errors (printf "flink.taskManager.memoryMiB: expected at least 128 MiB of heap for tasks, found %d MiB left of %d; raise it, or lower managedPercent or networkMiB" $taskHeap (int $v.flink.taskManager.memoryMiB)) -}}
{{- end -}}
{{- if and $v.flink.operator.autoscaler.enabled (ne $v.flink.mode "operator") -}}
{{- $errors = append $errors "flink.operator.autoscaler.enabled: expected false, found true, while flink.mode=standalone: the autoscaler is the operator's" -}}
{{- end -}}

{{- if and (eq $v.flink.restoreFrom "anew") (eq $v.flink.mode "operator") -}}
{{- $errors = append $errors "flink.restoreFrom: expected a path, found 'anew', while flink.mode=operator: set flink.operator.upgradeMode=stateless for one upgrade" -}}
{{- end -}}

{{- range $name := keys $v.flink.configuration | sortAlpha -}}
{{- if hasPrefix "env.java.opts" $name -}}
{{- $errors = append $errors (printf "flink.configuration.%s: expected nothing, as the image's processes do not read it, found '%v'; the build's -Djob.jvm.args gives them flags" $name (get $v.flink.configuration $name)) -}}
{{- end -}}
{{- end -}}

{{- range $path, $settings := dict "flink.configuration" $v.flink.configuration "flink.settings" $v.flink.settings "trainers.settings" $v.trainers.settings "dashboard.settings" $v.dashboard.settings -}}
{{- range $name := keys $settings | sortAlpha -}}
{{- if regexMatch "(?i)(password|passwd|secret|credential|token$|jaas|(access|api|account|service)[.-]?key)" $name -}}
{{- $errors = append $errors (printf "%s.%s: expected no secret, as these values stand in a ConfigMap for all to read; put it into a Secret and name that by kafka.client.existingSecret, storage.s3.credentialsSecret or dashboard.token.existingSecret" $path $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if $v.trainers.enabled -}}
{{- if gt (int $v.trainers.parallelism) (int $v.trainers.workers) -}}
{{- $errors = append $errors (printf "trainers.parallelism: expected at most trainers.workers=%d, found %d" (int $v.trainers.workers) (int $v.trainers.parallelism)) -}}
{{- end -}}
{{- if and $v.trainers.data.existingClaim $v.trainers.data.fetch.image -}}
{{- $errors = append $errors "trainers.data: expected existingClaim or fetch.image, found both" -}}
{{- end -}}
{{- end -}}

{{- if and $v.dashboard.enabled $v.dashboard.ingress.enabled -}}
{{- if not $v.dashboard.ingress.host -}}
{{- $errors = append $errors "dashboard.ingress.host: expected a host name, found nothing, while dashboard.ingress.enabled=true" -}}
{{- end -}}
{{- if not $v.dashboard.token.existingSecret -}}
{{- $errors = append $errors "dashboard.token.existingSecret: expected a Secret with the token, found nothing, while dashboard.ingress.enabled=true: the page would be open to everyone" -}}
{{- end -}}
{{- end -}}

{{- $kafka := list "bootstrap-servers" "kafka-config" -}}
{{- $owned := dict "flink" (concat $kafka (list "experiment" "parallelism" "checkpoint-dir" "checkpoint-interval" "restore")) "trainers" (concat $kafka (list "experiment" "trials" "worker")) "dashboard" (concat $kafka (list "flink-rest" "dashboard-host" "dashboard-port" "dashboard-token-file")) -}}
{{- range $part, $names := $owned -}}
{{- range $name := $names -}}
{{- if hasKey (get $v $part).settings $name -}}
{{- $errors = append $errors (printf "%s.settings.%s: expected nothing, as other values of the chart say it, found '%v'" $part $name (get (get $v $part).settings $name)) -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- if $errors -}}
{{- fail (printf "\n\n%d mistake(s) in the values:\n- %s\n" (len $errors) (join "\n- " $errors)) -}}
{{- end -}}
{{- end -}}

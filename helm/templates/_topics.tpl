{{/*
max.message.bytes that lets every record of the experiment through, as ExperimentTopics.maxMessageBytes works it out:
three bit vectors of a trial, or five bytes per label in the description, plus 256 KiB, and at least 1 MiB.
*/}}
{{- define "longtail.maxMessageBytes" -}}
{{- $n := int64 .Values.experiment.trainSize -}}
{{- $tests := int64 .Values.experiment.testSize -}}
{{- $trial := add (mul 2 (div (add $n 7) 8)) (div (add $tests 7) 8) -}}
{{- $description := mul 5 (add $n $tests) -}}
{{- max 1048576 (add 262144 (max $trial $description)) -}}
{{- end -}}

{{/* Suffixes of the topics that keep the newest record per key, and of those that keep all. */}}
{{- define "longtail.topicList" -}}
compacted: [experiment, examples, estimates, history, pairs, job]
kept: [trials, convergence, rejected]
{{- end -}}

{{- define "longtail.topicSettings" -}}
{{- include "longtail.kafkaSettings" . }}
experiment: {{ .Values.experiment.name | quote }}
train-size: {{ int .Values.experiment.trainSize }}
test-size: {{ int .Values.experiment.testSize }}
trial-partitions: {{ .Values.kafka.topics.trialPartitions }}
replication-factor: {{ .Values.kafka.topics.replicationFactor }}
min-insync-replicas: {{ .Values.kafka.topics.minInsyncReplicas }}
{{- end -}}

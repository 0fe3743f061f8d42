{{/*
max.message.bytes that lets every record of the experiment through, as ExperimentTopics.maxMessageBytes works it out:
three bit vectors of a trial, or five bytes per label in the description, plus 256 KiB, and at least 1 MiB.
*/}}
{{- define "longtail.maxMessageBytes" -}}
{{- $n := int64 .Values.experiment.trainSize -}}
{{- $tests := int64 .Values.experiment.testSize -}}
{{- $trial := add (mul 2 (div (add $n 7) 8)) (div (add $tests 7) 8) -}}
{{- $description := mul 5 (add $n $tests) -}}
{{- min 2147483647 (max 1048576 (add 262144 (max $trial $description))) -}}
{{- end -}}

{{/* All topics by suffix: who writes them, and whether they keep the newest record per key or everything. As TopicPlan has them. */}}
{{- define "longtail.topicList" -}}
experiment: {written: input, keeps: newest}
examples: {written: input, keeps: newest}
trials: {written: input, keeps: everything}
estimates: {written: output, keeps: newest}
history: {written: output, keeps: newest}
pairs: {written: output, keeps: newest}
convergence: {written: output, keeps: everything}
rejected: {written: output, keeps: everything}
job: {written: output, keeps: newest}
{{- end -}}

{{- define "longtail.topicSettings" -}}
{{- include "longtail.kafkaSettings" . }}
experiment: {{ .Values.experiment.name | quote }}
train-size: {{ int .Values.experiment.trainSize }}
test-size: {{ int .Values.experiment.testSize }}
partitions: {{ .Values.kafka.topics.trialPartitions }}
replication-factor: {{ .Values.kafka.topics.replicationFactor }}
min-insync-replicas: {{ .Values.kafka.topics.minInsyncReplicas }}
{{- end -}}

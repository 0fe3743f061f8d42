{{- define "longtail.trainerSettings" -}}
{{- include "longtail.kafkaSettings" . }}
experiment: {{ .Values.experiment.name | quote }}
trials: {{ .Values.trainers.trials | quote }}
{{- if and (or .Values.trainers.data.existingClaim .Values.trainers.data.fetch.image) (not (hasKey .Values.trainers.settings "data")) }}
data: /data
{{- end }}
{{- with .Values.trainers.settings }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The pod of a trainer, the same for both kinds of workload but for where its index comes from: (dict "root" $ "component" "trainer" "indexField" PATH "restartPolicy" POLICY). */}}
{{- define "longtail.trainerPod" -}}
{{- $root := .root -}}
{{- $data := $root.Values.trainers.data -}}
{{- include "longtail.podDefaults" . }}
restartPolicy: {{ .restartPolicy }}
terminationGracePeriodSeconds: {{ $root.Values.trainers.terminationGracePeriodSeconds }}
{{- if $data.fetch.image }}
initContainers:
  - name: fetch-data
    image: {{ $data.fetch.image }}
    command:
      {{- toYaml $data.fetch.command | nindent 6 }}
    {{- with $data.fetch.existingSecret }}
    envFrom:
      - secretRef:
          name: {{ . }}
    {{- end }}
    resources:
      requests:
        cpu: 100m
        memory: 256Mi
      limits:
        memory: 512Mi
    securityContext:
      {{- include "longtail.containerSecurity" $root | nindent 6 }}
    volumeMounts:
      - name: data
        mountPath: /data
      - name: scratch
        mountPath: /tmp
{{- end }}
containers:
  - name: trainer
    image: {{ include "longtail.image" (dict "root" $root "image" $root.Values.trainers.image) }}
    imagePullPolicy: {{ $root.Values.trainers.image.pullPolicy }}
    args: [train]
    env:
      - name: WORKER_INDEX
        valueFrom:
          fieldRef:
            fieldPath: {{ .indexField }}
      - name: LONGTAIL_WORKER
        value: $(WORKER_INDEX)/{{ $root.Values.trainers.workers }}
      - name: JAVA_TOOL_OPTIONS
        value: -XX:MaxRAMPercentage=50 -XX:+ExitOnOutOfMemoryError -Dorg.bytedeco.javacpp.cachedir=/tmp/javacpp
      - name: DJL_CACHE_DIR
        value: /tmp/djl
    envFrom:
      - configMapRef:
          name: {{ include "longtail.component" (dict "root" $root "component" "trainer-settings") }}
    resources:
      {{- toYaml $root.Values.trainers.resources | nindent 6 }}
    securityContext:
      {{- include "longtail.containerSecurity" $root | nindent 6 }}
    volumeMounts:
      - name: scratch
        mountPath: /tmp
      {{- if or $data.existingClaim $data.fetch.image }}
      - name: data
        mountPath: /data
        readOnly: true
      {{- end }}
      {{- include "longtail.kafkaMount" $root | nindent 6 }}
volumes:
  - name: scratch
    emptyDir:
      sizeLimit: {{ $root.Values.trainers.scratchSize }}
  {{- if $data.existingClaim }}
  - name: data
    persistentVolumeClaim:
      claimName: {{ $data.existingClaim }}
      readOnly: true
  {{- else if $data.fetch.image }}
  - name: data
    emptyDir:
      sizeLimit: {{ $data.fetch.size }}
  {{- end }}
  {{- include "longtail.kafkaVolume" $root | nindent 2 }}
{{- include "longtail.scheduling" $root.Values.trainers }}
{{- end -}}

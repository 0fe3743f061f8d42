#!/bin/bash
# A TaskManager of Flink's native Kubernetes mode: kubernetes-taskmanager.sh [-D OPTION=VALUE...]
set -euo pipefail
export FLINK_CONF_DIR="${FLINK_CONF_DIR:-/opt/flink/conf}"
exec flink-process.sh TM org.apache.flink.kubernetes.taskmanager.KubernetesTaskExecutorRunner --configDir "$FLINK_CONF_DIR" "$@"

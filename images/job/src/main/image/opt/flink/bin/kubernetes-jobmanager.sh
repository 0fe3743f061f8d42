#!/bin/bash
# The JobManager of Flink's native Kubernetes mode: kubernetes-jobmanager.sh kubernetes-application [-D OPTION=VALUE...]
set -euo pipefail
if [ "${1:-}" != kubernetes-application ]; then
    echo "kubernetes-jobmanager.sh: expected kubernetes-application, found '${1:-}': this image runs one job, and no session cluster" >&2
    exit 2
fi
shift
exec flink-process.sh JM dev.longtail.image.job.KubernetesJobManager "$@"

#!/bin/bash
# Flink's client for Kubernetes starts this in its pods (kubernetes.entry.path), with "bash -c '...'" and one of the two commands of /opt/flink/bin in it.
set -euo pipefail
export PATH="/opt/flink/bin:$PATH"
exec "$@"

#!/bin/bash
# Runs a process of Flink with the memory that its configuration gives it: flink-process.sh JM|TM CLASS [ARGUMENT...]
set -euo pipefail
component=$1
main=$2
shift 2
# Flink's entry point for Kubernetes reads the variable.
export FLINK_CONF_DIR="${FLINK_CONF_DIR:-/opt/flink/conf}"
classpath=@/app/jib-classpath-file

# Flink's own arithmetic answers in marked lines between those of its log: flags of the JVM, then the options that they were derived from.
sizes=$(java -Xmx128m -XX:TieredStopAtLevel=1 -cp "$classpath" \
    org.apache.flink.runtime.util.bash.BashJavaUtils "GET_${component}_RESOURCE_PARAMS" --configDir "$FLINK_CONF_DIR" "$@" \
    | sed -n 's/^BASH_JAVA_UTILS_EXEC_RESULT://p')
mapfile -t lines <<< "$sizes"
if [ "${#lines[@]}" -ne 2 ]; then
    echo "flink-process.sh: expected two lines from BashJavaUtils, JVM flags and options, found ${#lines[@]}: $sizes" >&2
    exit 1
fi
read -r -a flags <<< "${lines[0]}"
read -r -a options <<< "${lines[1]}"
if [ "$component" = TM ]; then
    # Whoever asked Kubernetes for the TaskManager has said them already.
    options=()
fi
# In Kubernetes a process that is out of memory ends and is started anew.
exec java "${flags[@]}" -XX:+ExitOnOutOfMemoryError "-Dlog4j.configurationFile=file:$FLINK_CONF_DIR/log4j-console.properties" \
    -cp "$classpath" "$main" "${options[@]}" "$@"

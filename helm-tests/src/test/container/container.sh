#!/bin/sh
# A container without a container runtime: the command sees ROOT as "/", read-only, with volumes at their places and with this machine's own
# directories instead of a base image.
#   unshare --user --map-root-user --mount sh container.sh ROOT JAVA_HOME [VOLUME:PLACE]... -- COMMAND [ARGUMENT]...
set -eu
root=$1
java=$2
shift 2

mount --rbind "$root" "$root"
for dir in /usr /bin /sbin /lib /lib64 /etc /proc /sys /dev "$java"; do
    if [ -d "$dir" ]; then
        mkdir -p "$root$dir"
        mount --rbind "$dir" "$root$dir"
    fi
done
while [ "$1" != -- ]; do
    place=$root${1#*:}
    mkdir -p "$place"
    mount --bind "${1%%:*}" "$place"
    shift
done
shift
mount -o remount,bind,ro "$root"
exec chroot "$root" "$@"

#!/bin/sh
# Executes a command where everything sent to a loopback address takes a slow link.
#
#   unshare --net --pid --fork --kill-child --mount-proc sh slow_network.sh \
#       DELAY_MILLIS JITTER_MILLIS LOSS RATE COMMAND...
#
# Takes root, iproute2, Python 3 and /dev/net/tun. Namespaces end with the command, and the link with them.
set -e
delay=$1 jitter=$2 loss=$3 rate=$4
shift 4
here=$(dirname "$0")

# What finds no slow way must not find a fast one.
echo 1 > /proc/sys/net/ipv6/conf/all/disable_ipv6

ip tuntap add dev slow mode tun
"${TEST_PYTHON:-python3}" "$here/slow_link.py" slow "$delay" "$jitter" "$loss" &
ip link set lo up
ip link set slow mtu 1500 up
tc qdisc add dev slow root tbf rate "$rate" burst 64kb latency 400ms

# Loopback addresses may go over this interface and come back from it.
echo 1 > /proc/sys/net/ipv4/conf/slow/route_localnet
echo 1 > /proc/sys/net/ipv4/conf/slow/accept_local
echo 0 > /proc/sys/net/ipv4/conf/all/rp_filter
echo 0 > /proc/sys/net/ipv4/conf/slow/rp_filter

# What is sent here asks table 100 first; what comes out of the link finds its receiver as ever.
ip route add 127.0.0.0/8 dev slow src 127.0.0.1 table 100
ip rule add pref 1 iif lo to 127.0.0.0/8 lookup 100
ip rule add pref 2 lookup local
ip rule del pref 0

exec "$@"

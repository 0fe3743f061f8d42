"""A slow link: every packet that goes into a TUN interface comes out of it again, later.

Usage: slow_link.py INTERFACE DELAY_MILLIS JITTER_MILLIS LOSS

Each packet waits DELAY_MILLIS give or take up to JITTER_MILLIS, so that some overtake others; of all
the share LOSS never comes out. For kernels that have no netem. Standard library only.
"""

import fcntl
import heapq
import os
import random
import select
import struct
import sys
import time

# linux/if_tun.h: packets of the internet layer, without a header of the driver's own.
TUNSETIFF = 0x400454CA
IFF_TUN = 0x0001
IFF_NO_PI = 0x1000

LARGEST_PACKET = 65536
SEED = 9


def attach(interface):
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH", interface.encode(), IFF_TUN | IFF_NO_PI))
    return device


def relay(device, delay, jitter, loss):
    chance = random.Random(SEED)
    waiting = []
    count = 0
    while True:
        pause = max(0.0, waiting[0][0] - time.monotonic()) if waiting else None
        if select.select([device], [], [], pause)[0]:
            packet = os.read(device, LARGEST_PACKET)
            count += 1
            if chance.random() >= loss:
                due = time.monotonic() + delay + chance.uniform(-jitter, jitter)
                heapq.heappush(waiting, (due, count, packet))
        while waiting and waiting[0][0] <= time.monotonic():
            os.write(device, heapq.heappop(waiting)[2])


if __name__ == "__main__":
    name, *figures = sys.argv[1:]
    delay_millis, jitter_millis, share = map(float, figures)
    relay(attach(name), delay_millis / 1e3, jitter_millis / 1e3, share)

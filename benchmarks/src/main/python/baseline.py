"""The published formula in NumPy, everything in memory: the yardstick of 'longtail bench'.

usage: baseline.py TRAIN TEST TRIALS all|same-class|none CLASSES

Memorization and influence as differences of masked means (Feldman & Zhang 2020, Algorithm 1), the
influences as two matrix products in float32. Random trials stand ready as the formula wants them;
only the formula is timed. Prints one line of JSON: seconds, peakMemoryBytes, numpy.
"""

import json
import resource
import sys
import time

import numpy as np


def influence(test_correct, included):
    left_out = 1 - included
    correct = test_correct.T
    with_example = correct @ included / np.maximum(included.sum(axis=0, keepdims=True), 1e-10)
    without = correct @ left_out / np.maximum(left_out.sum(axis=0, keepdims=True), 1e-10)
    return with_example - without


def memorization(train_correct, included):
    left_out = 1 - included
    with_example = (train_correct * included).sum(axis=0) / np.maximum(included.sum(axis=0), 1e-10)
    without = (train_correct * left_out).sum(axis=0) / np.maximum(left_out.sum(axis=0), 1e-10)
    return with_example - without


def bits(random, trials, examples, share):
    values = np.empty((trials, examples), np.float32)
    for row in values:
        np.less(random.random(examples, np.float32), share, out=row)
    return values


def main():
    train, test, trials = (int(argument) for argument in sys.argv[1:4])
    pairs, classes = sys.argv[4], int(sys.argv[5])
    random = np.random.default_rng(1)
    included = bits(random, trials, train, 0.7)
    train_correct = bits(random, trials, train, 0.6)
    test_correct = bits(random, trials, test if pairs != "none" else 0, 0.8)
    begin = time.perf_counter()
    checksum = float(memorization(train_correct, included).sum())
    if pairs == "all":
        checksum += float(influence(test_correct, included)[0, 0])
    elif pairs == "same-class":
        for label in range(classes):
            checksum += float(
                influence(test_correct[:, label::classes], included[:, label::classes])[0, 0]
            )
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    result = {"seconds": seconds, "peakMemoryBytes": peak, "numpy": np.__version__}
    print(json.dumps(result | {"checksum": checksum}))


if __name__ == "__main__":
    main()

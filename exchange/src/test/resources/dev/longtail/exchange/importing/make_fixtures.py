"""Writes the NumPy files beside it; they were made with NumPy 2.4.6: python3 make_fixtures.py"""
import numpy as np

rng = np.random.default_rng(5)
trials, train, test, included = 9, 21, 13, 14
mask = np.stack([rng.permutation(train) < included for _ in range(trials)])
train_correct = rng.random((trials, train)) < 0.6
test_correct = rng.random((trials, test)) < 0.6
arrays = dict(mask=mask, train_correct=train_correct, test_correct=test_correct)
np.savez_compressed("trials.npz", **arrays)
np.savez(
    "trials_packed.npz",
    **{k: np.packbits(v, axis=1, bitorder="little") for k, v in arrays.items()},
)

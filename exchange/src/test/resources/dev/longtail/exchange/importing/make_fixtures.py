"""Writes the NumPy files beside it; they were made with NumPy 2.4.6: python3 make_fixtures.py"""
from pathlib import Path

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

# Released runs: <subset ratio>/<run>/aux_arrays.npz, and in plain.npz what is in them in the examples' own order.
train, test = 12, 7
for ratio, save in ((0.5, np.savez), (0.75, np.savez_compressed)):
    runs = []
    for run in range(4):
        subset = rng.permutation(train)[: int(ratio * train)]
        mask = np.isin(np.arange(train), subset)
        train_correct, test_correct = rng.random(train) < 0.6, rng.random(test) < 0.6
        index_train, index_removed = rng.permutation(np.flatnonzero(mask)), rng.permutation(np.flatnonzero(~mask))
        index_test = rng.permutation(test)
        directory = Path("heldout") / str(ratio) / str(run)
        directory.mkdir(parents=True)
        save(
            directory / "aux_arrays.npz",
            correctness_train=train_correct[index_train],
            correctness_removed=train_correct[index_removed],
            correctness_test=test_correct[index_test],
            index_train=index_train,
            index_removed=index_removed,
            index_test=index_test,
            subsample_idx=subset,
        )
        runs.append((mask, train_correct, test_correct))
    np.savez_compressed(
        f"heldout/{ratio}/plain.npz",
        **{name: np.array(rows) for name, rows in zip(("mask", "train_correct", "test_correct"), zip(*runs))},
    )

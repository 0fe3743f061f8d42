"""Holds every exported format against the paper's formula, as a notebook reads and computes them.

python3 check_exports.py DIRECTORY with the exports named after their formats; example 0 is never included, example 1
always; labels are the index modulo 3.
"""
import csv
import sys
from pathlib import Path

import numpy as np

directory = Path(sys.argv[1])
masks = {file.stem: np.load(file) for file in (directory / "masks").glob("*.npy")}
assert not masks.pop("converged_only")
assert sorted(masks) == ["masks", "test_correct", "train_correct"], masks.keys()
assert all(array.dtype == bool for array in masks.values())
mask, train_correct, test_correct = masks["masks"], masks["train_correct"], masks["test_correct"]
(t, n), n_test = mask.shape, test_correct.shape[1]

included, excluded = mask.sum(axis=0), (~mask).sum(axis=0)
with np.errstate(invalid="ignore"):
    mem = (mask & train_correct).sum(axis=0) / included - (~mask & train_correct).sum(axis=0) / excluded
    infl = (mask.T.astype(int) @ test_correct / included[:, None]) - (~mask).T.astype(int) @ test_correct / excluded[:, None]
    cscore = (~mask & train_correct).sum(axis=0) / excluded
assert np.isnan(mem[:2]).all() and not np.isnan(mem[2:]).any()
high = (mem[:, None] >= 0.25) & (infl >= 0.15)


def check(name, array, expected, dtype, resolution=1e-12):
    assert array.dtype == dtype, f"{name}: {array.dtype}"
    assert array.shape == expected.shape, f"{name}: {array.shape}"
    np.testing.assert_allclose(array, expected, atol=resolution, err_msg=name)


def exported(name, arrays):
    archive = np.load(directory / f"{name}.npz")
    assert sorted(archive.files) == sorted([*arrays, "trials", "converged_only"]), f"{name}: {archive.files}"
    assert archive["trials"] == t and archive["trials"].dtype == np.int64
    assert not archive["converged_only"] and archive["converged_only"].dtype == bool
    return archive


labels, test_labels = np.arange(n) % 3, np.arange(n_test) % 3

reference = exported("reference", ["memorization", "influence"])
check("memorization", reference["memorization"], mem, np.float32, 1e-7)
check("influence", reference["influence"], infl.T, np.float32, 1e-7)

pairs = exported("pairs", ["tr_idx", "tt_idx", "infl", "mem"])
check("tr_idx", pairs["tr_idx"], np.nonzero(high)[0], np.int64)
check("tt_idx", pairs["tt_idx"], np.nonzero(high)[1], np.int64)
check("infl", pairs["infl"], infl[high], np.float64)
check("mem", pairs["mem"], mem[np.nonzero(high)[0]], np.float64)
assert len(pairs["infl"]) > 0

of_class = [f"{name}{label}" for label in range(3) for name in ("tr_classidx_", "tt_classidx_", "infl_matrix_class")]
per_class = exported("per-class", ["tr_labels", "tt_labels", "tr_mem", *of_class])
check("tr_labels", per_class["tr_labels"], labels, np.int64)
check("tt_labels", per_class["tt_labels"], test_labels, np.int64)
check("tr_mem", per_class["tr_mem"], mem, np.float64)
for label in range(3):
    train, test = np.flatnonzero(labels == label), np.flatnonzero(test_labels == label)
    check("tr_classidx", per_class[f"tr_classidx_{label}"], train, np.int64)
    check("tt_classidx", per_class[f"tt_classidx_{label}"], test, np.int64)
    check("infl_matrix", per_class[f"infl_matrix_class{label}"], infl[np.ix_(train, test)], np.float64)

index = exported("index", ["tr_filenames", "tr_labels", "tt_filenames", "tt_labels", "tr_mem"])
check("tr_labels", index["tr_labels"], labels, np.int64)
check("tt_labels", index["tt_labels"], test_labels, np.int64)
check("tr_mem", index["tr_mem"], mem, np.float64)
for split, size in (("tr", n), ("tt", n_test)):
    names = index[f"{split}_filenames"]
    assert names.dtype.kind == "U"
    assert names.tolist() == ["" if i == 1 else f"{'train' if split == 'tr' else 'test'}{i}.png" for i in range(size)]

scores = exported("cscore", ["labels", "scores"])
check("labels", scores["labels"], labels, np.int64)
check("scores", scores["scores"], cscore, np.float64)


def rows(name):
    with open(directory / "csv" / name, newline="") as file:
        return list(csv.DictReader(file))


def numbers(table, column):
    return np.array([float(row[column] or "nan") for row in table])


table = rows("memorization.csv")
assert all(row["converged_only"] == "false" for row in table)
for column, expected in (("train", np.arange(n)), ("label", labels), ("memorization", mem), ("included", included),
                         ("excluded", excluded), ("c_score", cscore), ("trials", np.full(n, t))):
    check(column, numbers(table, column), expected.astype(float), np.float64)
table = rows("pairs.csv")
assert all(row["converged_only"] == "false" for row in table)
for column, expected in (("train", np.nonzero(high)[0]), ("test", np.nonzero(high)[1]), ("influence", infl[high]),
                         ("memorization", mem[np.nonzero(high)[0]]), ("trials", np.full(high.sum(), t))):
    check(column, numbers(table, column), expected.astype(float), np.float64)
q1, q0 = (numbers(table, f"{side}_correct") / numbers(table, side) for side in ("included", "excluded"))
check("standard_error", numbers(table, "standard_error"),
      np.sqrt(q1 * (1 - q1) / numbers(table, "included") + q0 * (1 - q0) / numbers(table, "excluded")), np.float64)

print(f"NumPy {np.__version__} agrees about {t} trials, {n} x {n_test} examples, {high.sum()} pairs")

"""Writes the NumPy files beside it; they were made with NumPy 2.4.6: python3 make_fixtures.py"""
import numpy as np

np.savez(
    "stored.npz",
    mask=np.array([[1, 0, 1], [0, 1, 1]], dtype=bool),
    idx=np.array([3, -1, 2**40]),
    small=np.array([7, -7], dtype=np.int32),
    f=np.array([0.5, np.nan, -1]),
    f4=np.array([[1.5, 2], [3, 4]], dtype=np.float32),
    u=np.array([[5, 255]], dtype=np.uint8),
    one=np.int64(42),
)
np.savez_compressed(
    "compressed.npz",
    mask=np.array([[1, 0, 1], [0, 1, 1]], dtype=bool),
    big=np.array([1, 0], dtype=">i8"),
    fortran=np.asfortranarray([[1, 2], [3, 4]]),
    obj=np.array([None, 1], dtype=object),
    txt=np.array(["a", "bc"]),
)

"""Writes the records beside it with another Avro implementation, as examples/publish_trials.py does.

They were made with fastavro 1.12.2 and NumPy 2.4.6 from the root of the sources:

    python3 schemas/src/test/resources/dev/longtail/schemas/foreign/make_fixtures.py
"""
import sys
from pathlib import Path
from unittest import mock

import numpy as np

sys.modules["confluent_kafka"] = mock.MagicMock()
sys.modules["confluent_kafka.admin"] = mock.MagicMock()
sys.path.insert(0, "examples")
import publish_trials  # noqa: E402

here = Path(__file__).parent
pack = lambda bits: np.packbits(np.array(bits, dtype=bool), bitorder="little").tobytes()

(here / "Trial.bin").write_bytes(publish_trials.encode("Trial", {
    "experiment": "from-python",
    "id": "17",
    "seed": -(2**40),
    "mask": pack([1, 0, 1, 1, 0, 0, 0, 0, 1, 1]),
    "trainCorrect": pack([1, 1, 1, 0, 0, 0, 0, 1, 0, 1]),
    "testCorrect": pack([0, 1, 1]),
    "includedAccuracy": 0.6,
    "converged": False,
    "startedAt": 1_700_000_000_123,
    "worker": "Zürich",
}))
(here / "Experiment.bin").write_bytes(publish_trials.encode("Experiment", {
    "name": "from-python",
    "createdAt": 1_700_000_000_123,
    "trainSize": 10,
    "testSize": 3,
    "sampler": {"kind": "FIXED_SIZE", "subsetSize": 5},
    "classNames": ["cat", "dog"],
    "trainLabels": [0, 1] * 5,
    "testLabels": [1, 0, -1],
    "dataFingerprint": "",
    "settings": {"epochs": "10"},
}))

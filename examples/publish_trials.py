#!/usr/bin/env python3
"""Publishes trained models as trials: python3 publish_trials.py HOST:PORT EXPERIMENT FILE.npz

FILE has the boolean arrays mask [t, n], train_correct [t, n] and test_correct [t, n'].
Needs: pip install numpy fastavro confluent-kafka
"""
import io
import json
import sys
import time
from pathlib import Path

import fastavro
import numpy as np
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, NewTopic

SCHEMAS = Path(__file__).parent.parent / "schemas/src/main/avro"


def encoder(record_name):
    """Avro single-object encoding: marker C3 01, fingerprint of the schema, record."""
    schema = json.loads((SCHEMAS / f"{record_name}.avsc").read_text())
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    header = b"\xc3\x01" + bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))
    parsed = fastavro.parse_schema(schema)

    def encode(record):
        out = io.BytesIO(header)
        out.seek(len(header))
        fastavro.schemaless_writer(out, parsed, record)
        return out.getvalue()

    return encode


def records(name, mask, train_correct, test_correct):
    """Yields (topic, key, value): what the experiment is, then its trials."""
    description = {
        "name": name, "createdAt": int(time.time() * 1000), "dataFingerprint": "",
        "trainSize": mask.shape[1], "testSize": test_correct.shape[1],
        "sampler": {"kind": "ARBITRARY"},  # or FIXED_SIZE with subsetSize, which is then checked
    }
    yield f"{name}.experiment", name, encoder("Experiment")(description)
    encode = encoder("Trial")
    pack = lambda bits: np.packbits(bits, bitorder="little").tobytes()
    for k in range(len(mask)):
        trial = {"experiment": name, "id": str(k), "mask": pack(mask[k]),
                 "trainCorrect": pack(train_correct[k]), "testCorrect": pack(test_correct[k])}
        yield f"{name}.trials", str(k), encode(trial)


def main(servers, name, file):
    largest = str(8 << 20)
    compacted = {"cleanup.policy": "compact", "max.message.bytes": largest}
    for_ever = {"retention.ms": "-1", "max.message.bytes": largest}
    admin = AdminClient({"bootstrap.servers": servers})
    created = admin.create_topics([
        NewTopic(f"{name}.experiment", 1, config=compacted, replication_factor=1),
        NewTopic(f"{name}.examples", 1, config=compacted, replication_factor=1),
        NewTopic(f"{name}.trials", 4, config=for_ever, replication_factor=1)])
    for topic in created.values():
        topic.result()
    producer = Producer({"bootstrap.servers": servers, "enable.idempotence": True,
                         "compression.type": "zstd", "message.max.bytes": int(largest)})
    arrays = np.load(file)
    for topic, key, value in records(name, *(arrays[a] for a in ("mask", "train_correct", "test_correct"))):
        producer.produce(topic, key=key, value=value)
        producer.poll(0)
    producer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])

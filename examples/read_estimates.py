#!/usr/bin/env python3
"""Prints the most memorized examples: python3 read_estimates.py HOST:PORT EXPERIMENT [COUNT]

Needs: pip install fastavro confluent-kafka
"""
import io
import json
import math
import sys
from pathlib import Path

import fastavro
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition

SCHEMAS = Path(__file__).parent.parent / "schemas/src/main/avro"


def decoder(record_name):
    """Decodes Avro single-object encoding; refuses records of another schema."""
    schema = json.loads((SCHEMAS / f"{record_name}.avsc").read_text())
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    header = b"\xc3\x01" + bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))
    parsed = fastavro.parse_schema(schema)

    def decode(value):
        if value[:10] != header:
            raise ValueError(f"not a {record_name} of this version: header {value[:10].hex()}")
        return fastavro.schemaless_reader(io.BytesIO(value[10:]), parsed, parsed)

    return decode


def newest_blocks(servers, topic):
    """The newest value of each group of training examples: higher attempt, then higher block."""
    decode, newest, done = decoder("MemorizationBlock"), {}, set()
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "read-estimates",
                         "enable.auto.commit": False, "enable.partition.eof": True})
    partitions = consumer.list_topics(topic).topics[topic].partitions
    consumer.assign([TopicPartition(topic, p, OFFSET_BEGINNING) for p in partitions])
    while len(done) < len(partitions):
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            if message.error().code() != KafkaError._PARTITION_EOF:
                raise RuntimeError(message.error())
            done.add(message.partition())
            continue
        block = decode(message.value())
        age = lambda b: (b["attempt"], b["block"])
        if message.key() not in newest or age(block) >= age(newest[message.key()]):
            newest[message.key()] = block
    return newest.values()


def main(servers, name, count="10"):
    rows = [(memorization, error, example, block["trials"])
            for block in newest_blocks(servers, f"{name}.estimates")
            for memorization, error, example in zip(
                block["memorization"], block["standardError"], block["examples"])
            if not math.isnan(memorization)]
    for memorization, error, example, trials in sorted(rows, reverse=True)[:int(count)]:
        print(f"train {example}: memorization {memorization:.3f} ± {error:.3f} ({trials} trials)")


if __name__ == "__main__":
    main(*sys.argv[1:])

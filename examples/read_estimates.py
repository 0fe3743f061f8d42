"""Prints the most memorized examples: python3 read_estimates.py HOST:PORT EXPERIMENT [COUNT]"""
import io, json, math, sys
from operator import itemgetter
from pathlib import Path
import fastavro
from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, KafkaException, TopicPartition

RELEASED = Path(__file__).parent.parent / "schemas/src/main/resources/dev/longtail/schemas/released"

def header(schema):
    """What a value begins with: the marker C3 01 and the schema's fingerprint."""
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    return b"\xc3\x01" + bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))

def values(servers, topic):  # all that the topic holds now
    consumer = Consumer({"bootstrap.servers": servers, "group.id": "none", "enable.partition.eof": True})
    partitions = consumer.list_topics(topic, timeout=30).topics[topic].partitions
    consumer.assign([TopicPartition(topic, partition, OFFSET_BEGINNING) for partition in partitions])
    while partitions:
        message = consumer.poll(1)
        if message is None: continue
        if message.error() is None: yield message.value()
        elif message.error().code() == KafkaError._PARTITION_EOF: del partitions[message.partition()]
        else: raise KafkaException(message.error())

def main(servers, name, count="10"):
    released = map(json.loads, map(Path.read_text, RELEASED.glob("MemorizationBlock/*.avsc")))
    versions, groups, rows = {header(schema): schema for schema in released}, {}, []
    for value in values(servers, f"{name}.estimates"):
        schema = versions[value[:10]]  # a KeyError tells that the job is newer than these schemas
        block = fastavro.schemaless_reader(io.BytesIO(value[10:]), schema, schema)
        groups[block["group"]] = max(block, groups.get(block["group"], block), key=itemgetter("attempt", "block"))
    for block in groups.values():
        columns = block["memorization"], block["standardError"], block["examples"]
        rows += [(*row, block["trials"]) for row in zip(*columns) if not math.isnan(row[0])]
    for memorization, error, example, trials in sorted(rows, reverse=True)[:int(count)]:
        print(f"train {example}: memorization {memorization:.3f} ± {error:.3f} ({trials} trials)")
    if not rows: sys.exit(f"there are no estimates of {name} at {servers} yet")

main(*sys.argv[1:])

"""Publishes trained models as trials: python3 publish_trials.py HOST:PORT EXPERIMENT FILE.npz
FILE has the arrays mask [t, n], train_correct [t, n], test_correct [t, n']; needs numpy, fastavro, confluent-kafka."""
import datetime, io, json, sys
from pathlib import Path
import fastavro, numpy
from confluent_kafka import KafkaException, Producer, admin
RELEASED = Path(__file__).parent.parent / "schemas/src/main/resources/dev/longtail/schemas/released"

def encode(record_name, record):
    """Avro single-object encoding: the marker C3 01, the schema's fingerprint, the record."""
    schema = json.loads((RELEASED / record_name / "1.avsc").read_text())
    canonical = fastavro.schema.to_parsing_canonical_form(schema)
    header = b"\xc3\x01" + bytes.fromhex(fastavro.schema.fingerprint(canonical, "CRC-64-AVRO"))
    fastavro.schemaless_writer(encoded := io.BytesIO(), schema, record)
    return header + encoded.getvalue()

def delivered(error, message):
    if error: raise KafkaException(error)

def main(servers, name, file):
    mask, train, test = (numpy.load(file)[array] for array in ("mask", "train_correct", "test_correct"))
    topics = [admin.NewTopic(f"{name}.experiment", 1, 1, config={"cleanup.policy": "compact"}),
              admin.NewTopic(f"{name}.trials", 4, 1, config={"retention.ms": "-1", "max.message.bytes": "8000000"})]
    client = admin.AdminClient({"bootstrap.servers": servers})
    missing = [topic for topic in topics if topic.topic not in client.list_topics(timeout=30).topics]
    for created in client.create_topics(missing).values() if missing else (): created.result()
    producer = Producer({"bootstrap.servers": servers, "message.max.bytes": 8000000})
    sizes = set(mask.sum(axis=1).tolist())
    sampler = {"kind": "FIXED_SIZE", "subsetSize": sizes.pop()} if len(sizes) == 1 else {"kind": "ARBITRARY"}
    experiment = {"name": name, "createdAt": datetime.datetime.now(datetime.timezone.utc), "dataFingerprint": "",
                  "trainSize": train.shape[1], "testSize": test.shape[1], "sampler": sampler}
    producer.produce(f"{name}.experiment", encode("Experiment", experiment), name, on_delivery=delivered)
    for k, rows in enumerate(zip(mask, train, test)):
        bits = [numpy.packbits(row, bitorder="little").tobytes() for row in rows]
        trial = dict(zip(("mask", "trainCorrect", "testCorrect"), bits), experiment=name, id=str(k))
        producer.produce(f"{name}.trials", encode("Trial", trial), trial["id"], on_delivery=delivered)
        producer.poll(0)
    producer.flush()

if __name__ == "__main__": main(*sys.argv[1:])

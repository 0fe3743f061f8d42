"""The part of fastavro that the examples use, made of Apache's own Python implementation (package avro).

Debian packages that one and not fastavro, so that a machine without Python's package index can still run the examples.
"""
import json
from types import SimpleNamespace

import avro.io
import avro.schema


def schemaless_writer(out, schema, record):
    # The package demands fields that have defaults.
    complete = {field["name"]: record.get(field["name"], field.get("default")) for field in schema["fields"]}
    avro.io.DatumWriter(avro.schema.parse(json.dumps(schema))).write(complete, avro.io.BinaryEncoder(out))


def schemaless_reader(encoded, writer_schema, reader_schema):
    schemas = [avro.schema.parse(json.dumps(schema)) for schema in (writer_schema, reader_schema)]
    return avro.io.DatumReader(*schemas).read(avro.io.BinaryDecoder(encoded))


def to_parsing_canonical_form(schema):
    # The package keeps braces around a primitive type with a logical type; the specification's rule PRIMITIVES does not.
    return avro.schema.parse(json.dumps(schema)).canonical_form.replace('{"type":"long"}', '"long"')


def fingerprint(canonical_form, algorithm):
    """CRC-64-AVRO as in the specification, little-endian."""
    empty = crc = 0xC15D213AA4D7A795
    for byte in canonical_form.encode():
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (empty if crc & 1 else 0)
    return crc.to_bytes(8, "little").hex()


schema = SimpleNamespace(to_parsing_canonical_form=to_parsing_canonical_form, fingerprint=fingerprint)

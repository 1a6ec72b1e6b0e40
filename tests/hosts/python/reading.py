"""The typed payload as a reading of its text: any record of the interface, by the names of its fields."""

import json
import struct

from wasmtime.component import Record

# The fields that are JSON text, not strings.
FREE_FORM = ("data", "document-metadata", "error")


def check(event):
    """Raises unless the payload is the one of the event's kind, and holds what its text holds."""
    if event.payload.tag != event.kind:
        raise ValueError(f"the kind is {event.kind}, the payload {event.payload.tag}")
    if getattr(event, "metadata-authenticated") != getattr(event.delivery, "metadata-authenticated"):
        raise ValueError("metadata-authenticated is not as in the delivery")
    body = parsed(event.raw)
    payload = event.payload.payload
    reading = Reading(parsed(payload)) if isinstance(payload, str) else of_record(payload)
    lost = [name for name, value in body.items() if value is not None and name not in reading]
    if lost:
        raise ValueError(f"the typed payload has lost {lost[0]}")
    reading.within(body, "")


class Digits(str):
    """A number of JSON as it was written, which Python would make an int or a float of."""


def parsed(text):
    return json.loads(text, parse_int=Digits, parse_float=Digits)


class Reading(dict):
    """What was read: the body may hold more, which stays in the raw text."""

    def within(self, found, path):
        for name, read in self.items():
            compare(read, found.get(name), f"{path}/{name}")


def compare(read, found, path):
    if isinstance(read, Reading) and isinstance(found, dict):
        read.within(found, path)
    elif isinstance(read, list) and isinstance(found, list) and len(read) == len(found):
        for index, (one, other) in enumerate(zip(read, found)):
            compare(one, other, f"{path}/{index}")
    elif not same(read, found):
        raise ValueError(f"the typed payload has {read!r} at {path}, the body {found!r}")


def same(read, found):
    """A float is the nearest double of the digits, bit by bit, since -0 is not 0; an integer is what they say."""
    if isinstance(found, Digits):
        if isinstance(read, float):
            return struct.pack("<d", read) == struct.pack("<d", float(found))
        if type(read) is int:
            return read == int(found)
    return type(read) is type(found) and read == found


def of_record(record):
    fields = dict(record.__dict__)
    reading = Reading(parsed(fields.pop("unknown-fields", "{}")))
    for name, value in fields.items():
        if value is not None:
            free_form = name in FREE_FORM
            reading[name.replace("-", "_")] = parsed(value) if free_form else of_value(value)
    return reading


def of_value(value):
    if isinstance(value, list):
        return [of_value(item) for item in value]
    return of_record(value) if isinstance(value, Record) else value

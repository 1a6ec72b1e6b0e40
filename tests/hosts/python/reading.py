"""The typed payload as a reading of its text: any record of the interface, by the names of its fields."""

import json

from wasmtime.component import Record

# The fields that are JSON text, not strings.
FREE_FORM = ("data", "document-metadata", "error")


def check(event):
    """Raises unless the payload is the one of the event's kind, and holds what its text holds."""
    if event.payload.tag != event.kind:
        raise ValueError(f"the kind is {event.kind}, the payload {event.payload.tag}")
    if getattr(event, "metadata-authenticated") != getattr(event.delivery, "metadata-authenticated"):
        raise ValueError("metadata-authenticated is not as in the delivery")
    body = json.loads(event.raw)
    payload = event.payload.payload
    reading = Reading(json.loads(payload)) if isinstance(payload, str) else of_record(payload)
    lost = [name for name, value in body.items() if value is not None and name not in reading]
    if lost:
        raise ValueError(f"the typed payload has lost {lost[0]}")
    reading.within(body, "")


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
    elif read != found:
        raise ValueError(f"the typed payload has {read!r} at {path}, the body {found!r}")


def of_record(record):
    fields = dict(record.__dict__)
    reading = Reading(json.loads(fields.pop("unknown-fields", "{}")))
    for name, value in fields.items():
        if value is not None:
            free_form = name in FREE_FORM
            reading[name.replace("-", "_")] = json.loads(value) if free_form else of_value(value)
    return reading


def of_value(value):
    if isinstance(value, list):
        return [of_value(item) for item in value]
    return of_record(value) if isinstance(value, Record) else value

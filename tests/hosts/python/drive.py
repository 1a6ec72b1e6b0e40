"""The cases on wasmtime for Python: `python drive.py FILE...` prints one result a line.

DOCUTRAY_WEBHOOK_COMPONENT is the component.
"""

import base64
import json
import os
import sys

from component import Interface, Refusal
from reading import check

NO_BREAKS = str.maketrans("\r\n", "  ")


def main():
    sys.set_int_max_str_digits(0)  # JSON sets no limit, and there are cases with 10,000 digits
    interface = Interface(os.environ["DOCUTRAY_WEBHOOK_COMPONENT"])
    verifiers = {}
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8") as file:
            for case in json.load(file):
                sys.stdout.buffer.write(result(interface, verifiers, case).encode() + b"\n")


def result(interface, verifiers, case):
    """Cases of one configuration share a verifier, so that a delivery which breaks it for the next is seen."""
    key = json.dumps(case["config"], sort_keys=True)
    try:
        if key not in verifiers:
            verifiers[key] = interface.verifier(**config(**case["config"]))
        return verdict(interface, verifiers[key], case)
    except Refusal as refusal:
        return refused(interface, refusal.record)
    except Exception as crash:  # whatever it is, the suite has to hear of it
        return json.dumps({"crash": f"{type(crash).__name__}: {crash}"})


def config(secrets=None, urls=None, tolerance=None, max_body=None):
    return {
        "secrets": secrets or [],
        # A list is the case `registered` of `metadata`, and `None` is `body-only`.
        "metadata": urls or None,
        # The interface's largest value is beyond the limit too.
        "tolerance": None if tolerance is None else min(tolerance, 2**32 - 1),
        "max-body": max_body,
    }


def verdict(interface, verifier, case):
    headers = [(name, value.encode()) for name, value in case["headers"]]
    if case["call"] == "authorize":
        return json.dumps({"delivery": delivery(interface.authorize(verifier, headers, case["now"]))})
    body = base64.b64decode(case.get("body_base64") or "")
    if case["call"] == "verify":
        return event(interface.verify(verifier, headers, body, case["now"]))
    body_check = interface.begin(verifier, headers, case["now"])
    for chunk in pieces(body, case.get("chunks") or []):
        interface.update(body_check, chunk)
    return event(interface.finish(body_check))


def pieces(body, sizes):
    """The sizes that the case names, then the rest."""
    start = 0
    for size in sizes:
        yield body[start : start + size]
        start += size
    yield body[start:]


def event(record):
    check(record)
    found = {
        "type": getattr(record, "kind-name"),
        "name": record.name,
        "id": record.id,
        "key": record.key,
        "metadata_authenticated": getattr(record, "metadata-authenticated"),
        "delivery": delivery(record.delivery),
    }
    # The text is copied, since Python's numbers and strings differ from those of other hosts.
    payload = record.raw.translate(NO_BREAKS)
    return f'{{"event": {json.dumps(found)[:-1]}, "payload": {payload}}}}}'


def delivery(record):
    return {
        "request_id": getattr(record, "request-id"),
        "timestamp": record.timestamp,
        "event": record.event,
        "metadata_authenticated": getattr(record, "metadata-authenticated"),
    }


# The entries of `config` that the cases name as Rust does.
OPTIONS = {"metadata": "urls", "max-body": "max_body"}


def refused(interface, record):
    """The result for an error. The component's answer must have the same code and status."""
    code = getattr(record, "code-name")
    told = interface.answer("refused", record)
    if (told.status, told.code) != (record.status, code):
        return json.dumps({"crash": f"{code} is answered {told.__dict__}"})
    is_config = record.code == "invalid-config"
    error = {
        "code": code,
        "field": OPTIONS.get(record.field, record.field) if is_config else record.field,
        "status": record.status,
        "message": record.message,
    }
    return json.dumps({"error": error})


main()

"""Step 6: every field of every event, missing, null, of another type, and repeated."""

from form import Delivery, accept, refuse
from payloads import EVENTS, body, record

STRING = {"a number": "7", "an object": "{}", "a boolean": "true"}
OBJECT = {"a string": '"{}"', "an array": "[]", "a number": "1"}
ARRAY = {"a string": '"invoice"', "an object": "{}"}
# `error` may be a string or an object.
EITHER = {"a number": "500", "an array": '["failed"]', "a boolean": "false"}

OTHER_TYPES = {
    "document_metadata": OBJECT,
    "data": OBJECT,
    "document_type": OBJECT,
    "identification": OBJECT,
    "validation": OBJECT,
    "document_type_code_options": ARRAY,
    "alternatives": ARRAY,
    "error": EITHER,
}


def cases():
    for event in EVENTS:
        for name, text, required in record(event):
            yield from faults(event, name, text, required)


def faults(event, name, text, required):
    def malformed(what, whole):
        return refuse(f"{event} with {name} {what}", "malformed_payload", name, Delivery(event=event, body=whole))

    if required:
        yield malformed("missing", body(event, leave_out=(name,)))
        yield malformed("null", body(event, **{name: "null"}))
    for what, wrong in OTHER_TYPES.get(name, STRING).items():
        yield malformed(f"as {what}", body(event, **{name: wrong}))
    once = body(event, **{name: text})
    yield malformed("twice", body(event, **{name: text}, then=f'"{name}":{text}'))
    if not required:
        yield malformed("null and there again", body(event, **{name: "null"}, then=f'"{name}":{text}'))
        yield accept(f"{event} with {name} once", Delivery(event=event, body=once))

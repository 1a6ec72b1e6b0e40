"""All nine events and UNKNOWN, with only the required fields, with all fields, and with null in optional fields."""

from form import EVENT, GOOD, NOW, OTHER_REQUEST_ID, Delivery, accept, changed, delivery
from payloads import EVENTS, body, record


def cases():
    for event in EVENTS:
        optional = [name for name, _, required in record(event) if not required]
        yield accept(f"{event} with its required fields", delivery(event))
        yield accept(f"{event} with every optional field", delivery(event, optional=True))
        yield accept(f"{event} with null in every optional field", delivery(event, **dict.fromkeys(optional, "null")))
        # With one or two optional fields, the event without one exists already, here or in `payload_fields`.
        for name in optional if len(optional) > 2 else ():
            whole = body(event, optional=True, leave_out=(name,))
            yield accept(f"{event} without {name}", Delivery(event=event, body=whole))
    yield from unknown()


def unknown():
    for event, what in {
        "CONVERSION_ARCHIVED": "a name that Docutray may add",
        "UNKNOWN": "the name UNKNOWN itself",
        "A": "a name of one letter",
        "CONVERSION_STARTED_V2": "a longer name that begins like a known one",
        "CONVERSION": "only the name of a family",
        "STEP__STARTED": "a known name with one underscore more",
    }.items():
        yield accept(f"UNKNOWN for {what}", Delivery(event=event, body=b'{"archive_id":"arc_1","size":12}'))
    new = Delivery(event="WORKFLOW_PAUSED")
    yield accept("UNKNOWN with an empty object", new.but(body=b"{}"))
    yield accept(
        "UNKNOWN with a field of every JSON type", new.but(body=b'{"a":null,"b":[true,false],"c":1.0,"d":"x","e":{}}')
    )
    yield accept("UNKNOWN does not look at status", new.but(body=b'{"conversion_id":7,"status":"WHATEVER"}'))
    yield accept(
        "UNKNOWN does not look at ids of several families",
        new.but(body=b'{"conversion_id":"c","step_execution_id":"s"}'),
    )
    yield accept("UNKNOWN does not look at doubled fields", new.but(body=b'{"status":"a","status":"b"}'))
    yield accept("UNKNOWN with the payload of a known event", new.but(body=GOOD.body))
    first = new.but(body=b'{"workflow_id":"w_1"}')
    retry = first.but(request_id=OTHER_REQUEST_ID, timestamp=str(NOW + 30))
    yield accept("UNKNOWN, the first try", first)
    yield accept("UNKNOWN, a retry with another request id and time: the same key", retry, now=NOW + 30)
    yield accept("UNKNOWN under another name with the same body: another key", first.but(event="WORKFLOW_ENDED"))
    yield accept("UNKNOWN with one space more in its body: another key", first.but(body=first.body + b" "))
    yield accept("UNKNOWN, streamed: the same key", first, call="stream", chunks=[5])
    for event in ("CONVERSION_COMPLETED", "STEP_FAILED"):
        trimmed = delivery(event)
        yield accept(
            f"{event} with blanks around its name", trimmed, headers=changed(trimmed.headers(), EVENT, f" {event}\t")
        )

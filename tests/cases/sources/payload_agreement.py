"""Step 6: first checks that id and status agree with the event, then the fields in the record's order."""

from form import Delivery, accept, delivery, refuse
from payloads import EVENTS, FAMILIES, ID, id_key


def cases():
    yield from ids()
    yield from status()
    yield from before_the_shape()
    yield from shape_in_order()


def mismatch(name, field, sent):
    return refuse(name, "event_mismatch", field, sent)


def malformed(name, field, sent):
    return refuse(name, "malformed_payload", field, sent)


def ids():
    for event in EVENTS:
        own = id_key(event)
        for family, other in FAMILIES.items():
            if other == own:
                continue
            instead = delivery(event, leave_out=(own,), **{other: ID[family]})
            yield mismatch(f"{event} with {other} in place of its id", own, instead)
            beside = delivery(event, **{other: ID[family]})
            yield accept(f"{event} with {other} beside its id", beside)
    event, own, other = "CONVERSION_STARTED", "conversion_id", "step_execution_id"
    yield mismatch(
        "the own id null and another there", own, delivery(event, conversion_id="null", step_execution_id='"s"')
    )
    yield malformed("the own id null and there again", own, delivery(event, conversion_id="null", then=f'"{own}":"c"'))
    yield malformed("the own id missing and another null", own, delivery(event, leave_out=(own,), **{other: "null"}))
    yield malformed("the own id null and another null", own, delivery(event, conversion_id="null", **{other: "null"}))
    for what, text in {"a number": "7", "an empty string": '""', "false": "false", "an object": "{}"}.items():
        yield mismatch(
            f"the own id missing and another there as {what}", own, delivery(event, leave_out=(own,), **{other: text})
        )
    both = {"identification_id": '"i"', "step_execution_id": '"s"'}
    yield mismatch("the own id missing and both others there", own, delivery(event, leave_out=(own,), **both))
    yield accept("both other ids beside the own", delivery(event, **both))
    yield accept("another id beside the own, of any type", delivery(event, **{other: "[7]"}))
    yield accept("another id beside the own, twice", delivery(event, then=f'"{other}":1,"{other}":2'))
    yield malformed(
        "the own id of another type and another there", own, delivery(event, conversion_id="7", **{other: '"s"'})
    )
    yield malformed("the own id empty and another there", own, delivery(event, conversion_id='""', **{other: '"s"'}))
    yield mismatch(
        "another id in place of the own, its name with escapes",
        own,
        delivery(event, leave_out=(own,), then='"step\\u005fexecution_id":"s"'),
    )
    yield accept(
        "the own id with escapes in its name", delivery(event, leave_out=(own,), then='"conversion\\u005fid":"conv_1"')
    )
    yield malformed(
        "an id inside data is no id",
        own,
        delivery("CONVERSION_COMPLETED", leave_out=(own,), data='{"conversion_id":"c"}'),
    )
    yield malformed(
        "another id inside data is no other id",
        own,
        delivery("CONVERSION_COMPLETED", leave_out=(own,), data='{"step_execution_id":"s"}'),
    )
    yield malformed(
        "the own id in other letter case is another field", own, delivery(event, leave_out=(own,), Conversion_Id='"c"')
    )


def status():
    event = "CONVERSION_COMPLETED"
    yield malformed(
        "a status twice, both of another event", "status", delivery(event, status='"ERROR"', then='"status":"ERROR"')
    )
    yield malformed("a status twice, one of another event", "status", delivery(event, then='"status":"ERROR"'))
    yield malformed(
        "a status twice, once with escapes in its name", "status", delivery(event, then='"st\\u0061tus":"SUCCESS"')
    )
    yield malformed(
        "a status null and there again", "status", delivery(event, status="null", then='"status":"SUCCESS"')
    )
    yield accept(
        "a status with escapes in its name", delivery(event, leave_out=("status",), then='"st\\u0061tus":"SUCCESS"')
    )
    yield mismatch(
        "a status of another event with escapes in its name",
        "status",
        delivery(event, leave_out=("status",), then='"st\\u0061tus":"ERROR"'),
    )
    yield accept("a status inside data is no status", delivery(event, data='{"status":"ERROR"}'))
    yield accept("a Status in other letter case is another field", delivery(event, Status='"ERROR"'))


def before_the_shape():
    event = "IDENTIFICATION_COMPLETED"
    rest = ("request_timestamp", "response_timestamp", "document_type", "alternatives")
    yield mismatch(
        "a status of another event and everything else missing",
        "status",
        delivery(event, leave_out=rest, status='"ERROR"'),
    )
    yield mismatch(
        "a status of another event and a field twice",
        "status",
        delivery(event, status='"ERROR"', then='"alternatives":[]'),
    )
    yield mismatch(
        "a status of another event and the own id missing",
        "status",
        delivery(event, status='"ERROR"', leave_out=("identification_id",)),
    )
    yield mismatch(
        "a status of another event and the own id of another type",
        "status",
        delivery(event, status='"ERROR"', identification_id="1"),
    )
    other = Delivery(event=event, body=b'{"conversion_id":"c"}')
    yield mismatch("another id in place of the own and everything else missing", "identification_id", other)
    other = delivery(event, leave_out=("identification_id",), conversion_id='"c"', status='"ERROR"')
    yield mismatch("another id in place of the own and a status of another event", "identification_id", other)
    other = delivery(event, leave_out=("identification_id",), conversion_id='"c"', status="7")
    yield mismatch("another id in place of the own and a status of another type", "identification_id", other)


def shape_in_order():
    """With several faults, the error names the field that is first in the record, whatever the body's order."""
    order = {
        "CONVERSION_COMPLETED": [
            "conversion_id",
            "status",
            "request_timestamp",
            "response_timestamp",
            "original_filename",
            "document_metadata",
            "document_type_code",
            "data",
        ],
        "CONVERSION_FAILED": ["response_timestamp", "document_metadata", "document_type_code", "error"],
        "IDENTIFICATION_COMPLETED": [
            "response_timestamp",
            "original_filename",
            "document_metadata",
            "document_type_code_options",
            "document_type",
            "alternatives",
        ],
        "IDENTIFICATION_FAILED": ["identification_id", "status", "document_type_code_options", "error"],
        "STEP_STARTED": [
            "step_execution_id",
            "status",
            "request_timestamp",
            "document_metadata",
            "step_id",
            "step_name",
        ],
        "STEP_COMPLETED": [
            "response_timestamp",
            "document_metadata",
            "step_id",
            "step_name",
            "data",
            "identification",
            "validation",
        ],
    }
    for event, names in order.items():
        for first, second in zip(names, names[1:]):
            both = delivery(event, leave_out=(first, second), then=f'"{second}":7,"{first}":7')
            yield malformed(f"{event} with {second} and {first} wrong", first, both)
    event = "CONVERSION_COMPLETED"
    yield malformed(
        "a field twice and one before it missing",
        "request_timestamp",
        delivery(event, leave_out=("request_timestamp",), then='"data":{}'),
    )
    yield malformed(
        "a field twice and one after it missing",
        "status",
        delivery(event, leave_out=("data",), then='"status":"SUCCESS"'),
    )
    escaped = delivery(event, leave_out=("data",), then='"d\\u0061ta":{"total":1}')
    yield accept("a field with escapes in its name", escaped)
    yield malformed("a field twice, once with escapes in its name", "data", delivery(event, then='"d\\u0061ta":{}'))
    yield malformed("nothing but an empty object", "conversion_id", Delivery(event=event, body=b"{}"))
    event = "IDENTIFICATION_COMPLETED"
    both = '[{"code":1},{"code":"c"}]'
    yield malformed("two alternatives wrong", "alternatives[0].code", delivery(event, alternatives=both))
    event = "STEP_COMPLETED"
    both = '{"warnings":7,"errors":{"count":0,"messages":7}}'
    yield malformed("errors and warnings wrong", "validation.errors.messages", delivery(event, validation=both))

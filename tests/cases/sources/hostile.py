"""Bad input in bulk. After each such case follows a valid delivery, which the same verifier must still accept."""

from form import EVENT, GOOD, REQUEST_ID, SIGNATURE, Delivery, accept, changed, delivery, get, refuse

SENT = GOOD.headers()
LEVELS = 100_000


def cases():
    for number, hostile in enumerate(bulk(), 1):
        yield hostile
        yield accept(f"a good delivery after bulk {number}", GOOD.but(request_id=f"{REQUEST_ID[:-2]}{number:02}"))


def bulk():
    yield from large_headers()
    yield from many_headers()
    yield from deep()
    yield from large_payloads()


def large_headers():
    megabyte = "0" * 1_000_000
    yield refuse(
        "a signature of 1 MB", "malformed_header", SIGNATURE, headers=changed(SENT, SIGNATURE, "sha256=" + megabyte)
    )
    yield accept("another header of 1 MB is ignored", headers=[("X-Trace", megabyte)] + SENT)
    yield refuse("an event of 10,000 letters", "malformed_header", EVENT, headers=changed(SENT, EVENT, "E" * 10_000))
    yield refuse(
        "a name of 10,000 letters is another header",
        "missing_header",
        EVENT,
        headers=SENT[:-1] + [(EVENT + "x" * 10_000, GOOD.event)],
    )
    joined = ",".join([get(SENT, SIGNATURE)] * 100)
    yield refuse("a signature joined of 100", "duplicate_header", SIGNATURE, headers=changed(SENT, SIGNATURE, joined))


def many_headers():
    blanks = changed(SENT, EVENT, " \t" * 5_000 + GOOD.event + " " * 10_000)
    yield accept("an event with 20,000 blanks around", headers=blanks)
    yield accept("1,000 other headers are ignored", headers=[(f"X-Other-{n}", "") for n in range(1_000)] + SENT)
    yield refuse("a header 1,000 times", "duplicate_header", EVENT, headers=SENT + [(EVENT, GOOD.event)] * 1_000)


def deep():
    new = Delivery(event="CONVERSION_ARCHIVED")
    closed = b'{"x":' + b"[" * LEVELS + b"]" * LEVELS + b"}"
    yield malformed("100,000 levels of arrays in an unknown event", new.but(body=closed))
    yield malformed(
        "5,000 levels of objects in data", delivery("CONVERSION_COMPLETED", data='{"a":' * 5_000 + "{}" + "}" * 5_000)
    )
    yield malformed("10,000 arrays that are never closed", new.but(body=b"[" * 10_000))
    yield malformed("5,000 objects in arrays that are never closed", new.but(body=b'[{"":' * 5_000))
    yield malformed(
        "10,000 levels in a field that is checked",
        delivery("IDENTIFICATION_COMPLETED", alternatives="[" * 10_000 + "]" * 10_000),
    )


def large_payloads():
    text = "[" * 10_000
    yield accept("10,000 brackets in a string", delivery("CONVERSION_STARTED", then=f'"x":"{text}"'))
    yield accept("a number of 10,000 digits", delivery("CONVERSION_STARTED", then='"x":' + "9" * 10_000))
    yield accept("a fraction of 10,000 digits", delivery("CONVERSION_STARTED", then=f'"x":0.{"3" * 10_000}'))
    yield accept(
        "2,000 unknown fields", delivery("CONVERSION_STARTED", then=",".join(f'"f{n}":{n}' for n in range(2_000)))
    )
    yield accept(
        "an unknown field 2,000 times", delivery("CONVERSION_STARTED", then=",".join(f'"f":{n}' for n in range(2_000)))
    )
    yield accept("a name of 10,000 letters", delivery("CONVERSION_STARTED", then=f'"{"n" * 10_000}":1'))
    yield accept(
        "2,000 escapes in a string", delivery("CONVERSION_STARTED", original_filename='"' + "\\u00f1" * 2_000 + '"')
    )
    yield refuse(
        "a known field 2,000 times",
        "malformed_payload",
        "status",
        delivery("CONVERSION_STARTED", then=",".join(['"status":"PROCESSING"'] * 2_000)),
    )
    many = ",".join(['{"code":"c","name":"n","confidence":0}'] * 300)
    yield refuse(
        "a fault in the last of 301 alternatives",
        "malformed_payload",
        "alternatives[300].name",
        delivery("IDENTIFICATION_COMPLETED", alternatives=f'[{many},{{"code":"c"}}]'),
    )
    yield malformed("4,096 bytes of every value", Delivery(body=bytes(range(256)) * 16))
    yield malformed("10,000 NULs", Delivery(body=b"\0" * 10_000))
    yield malformed("10,000 line feeds", Delivery(body=b"\n" * 10_000))


def malformed(name, sent):
    return refuse(name, "malformed_payload", None, sent)

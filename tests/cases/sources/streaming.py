"""begin, update, finish: a body in pieces gets the same verdict as a whole one."""

from form import (
    AUTH_SIGNATURE,
    BODY_ONLY,
    EVENT,
    GOOD,
    HEADERS,
    NOW,
    OLD_SECRET,
    SECRET,
    SIGNATURE,
    TIMESTAMP,
    WRONG_SECRET,
    changed,
    config,
    delivery,
    without,
)
from form import accept as accept_call
from form import refuse as refuse_call
from payloads import EVENTS

SENT = GOOD.headers()
SIZE = len(GOOD.body)


def accept(name, sent=GOOD, **how):
    return accept_call(name, sent, call="stream", **how)


def refuse(name, code, field=None, sent=GOOD, **how):
    return refuse_call(name, code, field, sent, call="stream", **how)


def cases():
    for event in EVENTS:
        yield accept(f"{event} in two pieces", delivery(event, optional=True), chunks=[100])
    yield accept("an unknown event", delivery("CONVERSION_ARCHIVED", b'{"a":1}'), chunks=[1, 1])
    yield from pieces()
    yield from begin()
    yield from update()
    yield from finish()


def pieces():
    yield accept("in one piece")
    yield accept("byte by byte", chunks=[1] * SIZE)
    for size in (2, 3, 7, 63, 64, 65, 128):
        yield accept(f"in pieces of {size}", chunks=[size] * (SIZE // size))
    yield accept("all but the last byte first", chunks=[SIZE - 1])
    yield accept("the first byte alone", chunks=[1])
    yield accept("with empty pieces before, between and after", chunks=[0, 0, 5, 0, SIZE - 5, 0])
    accent = GOOD.body.index("é".encode())
    yield accept("a piece that ends in the middle of a character", chunks=[accent + 1])
    escape = delivery("CONVERSION_COMPLETED", data='{"emoji":"\\ud83d\\ude00"}')
    yield accept("a piece that ends in the middle of an escape", escape, chunks=[escape.body.index(b"\\ude00") + 3])
    yield accept("a piece that ends in the middle of a number", chunks=[GOOD.body.index(b"1250") + 2])
    yield accept("a large body in pieces of 64 KiB", large(), chunks=[65_536])
    yield accept(
        "under the old of two secrets", GOOD.but(secret=OLD_SECRET), config=config([SECRET, OLD_SECRET]), chunks=[9]
    )
    yield accept("body only, without the metadata's signature", headers=without(SENT, AUTH_SIGNATURE), config=BODY_ONLY)


def large():
    return delivery("CONVERSION_COMPLETED", data='{"text":"' + "x" * 66_000 + '"}')


def begin():
    """Steps 1 to 3 run before any of the body is read, so the body does not matter."""
    for header in HEADERS:
        yield refuse(f"{header} missing", "missing_header", header, headers=without(SENT, header), body=b"")
    yield refuse("a header malformed", "malformed_header", EVENT, headers=changed(SENT, EVENT, "event"))
    yield refuse("a header twice", "duplicate_header", EVENT, headers=SENT + [(EVENT, GOOD.event)])
    yield refuse("a wrong secret", "auth_signature_mismatch", AUTH_SIGNATURE, GOOD.but(secret=WRONG_SECRET))
    yield refuse("too old", "timestamp_too_old", TIMESTAMP, now=NOW + 301)
    yield refuse("too new", "timestamp_too_new", TIMESTAMP, now=NOW - 301)
    yield refuse(
        "a wrong secret and too large",
        "auth_signature_mismatch",
        AUTH_SIGNATURE,
        GOOD.but(secret=WRONG_SECRET),
        config=config(max_body=1),
    )


def update():
    limit = config(max_body=SIZE - 1)
    yield accept("exactly the limit, byte by byte", chunks=[1] * SIZE, config=config(max_body=SIZE))
    yield refuse("too large with the first piece", "body_too_large", config=config(max_body=9), chunks=[10])
    yield refuse("too large with the last byte", "body_too_large", config=limit, chunks=[SIZE - 1])
    yield refuse("too large midway", "body_too_large", config=config(max_body=100), chunks=[60, 60, 10])
    yield refuse(
        "too large, and more comes after", "body_too_large", config=config(max_body=10), chunks=[11] + [1] * 20
    )
    yield refuse("too large, and an empty piece comes after", "body_too_large", config=limit, chunks=[SIZE, 0])
    yield refuse("too large and wrongly signed", "body_too_large", body=b"x" * SIZE, config=limit, chunks=[50])


def finish():
    def mismatch(name, **how):
        return refuse(name, "signature_mismatch", SIGNATURE, **how)

    yield mismatch("a byte changed in the last piece", body=GOOD.body[:-1] + b" ", chunks=[SIZE - 1])
    yield mismatch("a byte changed in the first piece", body=b" " + GOOD.body[1:], chunks=[1])
    yield mismatch("cut short", body=GOOD.body[:-1], chunks=[10])
    yield mismatch("no body at all", body=b"")
    yield mismatch("two pieces exchanged", body=GOOD.body[50:] + GOOD.body[:50], chunks=[SIZE - 50])
    both = config([SECRET, OLD_SECRET])
    headers = changed(SENT, SIGNATURE, dict(GOOD.but(secret=OLD_SECRET).headers())["X-Docutray-Signature"])
    yield mismatch("the body under another secret than its metadata", headers=headers, config=both)
    yield mismatch("body only, a wrong secret", sent=GOOD.but(secret=WRONG_SECRET), config=BODY_ONLY, chunks=[4])
    marked = GOOD.but(body=b"\xef\xbb\xbf" + GOOD.body)
    yield refuse("a signed byte order mark before the object", "malformed_payload", sent=marked)
    yield refuse("a signed byte order mark in pieces", "malformed_payload", sent=marked, chunks=[1, 1])
    yield refuse("a signed empty body", "malformed_payload", sent=GOOD.but(body=b""))
    yield refuse("a signed body that is not an object", "malformed_payload", sent=GOOD.but(body=b"[1,2]"), chunks=[2])
    cut = GOOD.but(body=b'{"conversion_id":"\xe2\x82')
    yield refuse("a signed body that ends in the middle of a character", "malformed_payload", sent=cut, chunks=[19])
    yield refuse(
        "a field missing",
        "malformed_payload",
        "data",
        delivery("CONVERSION_COMPLETED", leave_out=("data",)),
        chunks=[8],
    )
    started = delivery("CONVERSION_STARTED").but(event="CONVERSION_FAILED")
    yield refuse("a status of another event", "event_mismatch", "status", started, chunks=[8])

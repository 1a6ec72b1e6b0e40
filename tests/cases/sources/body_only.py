"""Without a registered URL only the body is verified, and the event says so. Cases show the attacks that this leaves open."""

from form import (
    AUTH_SIGNATURE,
    BODY_ONLY,
    EVENT,
    GOOD,
    NOW,
    OLD_SECRET,
    OTHER_REQUEST_ID,
    REQUEST,
    SECRET,
    SIGNATURE,
    TIMESTAMP,
    WRONG_SECRET,
    accept,
    changed,
    config,
    delivery,
    get,
    refuse,
    without,
)
from sign import body_signature

SENT = GOOD.headers()
BARE = without(SENT, AUTH_SIGNATURE)
EIGHT_SECRETS = [f"whsec_{n:032x}" for n in range(1, 9)]


def cases():
    yield accept("the metadata's signature is not demanded", headers=BARE, config=BODY_ONLY)
    right = delivery("STEP_STARTED")
    yield accept("a right metadata signature does not authenticate it", right, config=BODY_ONLY)
    wrong = changed(SENT, AUTH_SIGNATURE, "sha256=" + "0" * 64)
    yield accept("a wrong metadata signature is not looked at", headers=wrong, config=BODY_ONLY)
    yield accept("an unknown event", delivery("CONVERSION_ARCHIVED", b"{}"), config=BODY_ONLY)
    yield accept("a stream", headers=BARE, config=BODY_ONLY, call="stream", chunks=[10, 20])
    yield from demanded()
    yield from left_open()
    yield from secrets()


def demanded():
    """Every header that is present must occur once and match its grammar. All but the metadata's signature are required."""
    for header in (SIGNATURE, TIMESTAMP, REQUEST, EVENT):
        yield refuse(f"{header} missing", "missing_header", header, headers=without(BARE, header), config=BODY_ONLY)
    for what, code, value in (
        ("malformed", "malformed_header", "sha256=12"),
        ("empty", "malformed_header", ""),
        ("joined", "duplicate_header", f"{get(SENT, AUTH_SIGNATURE)}, {get(SENT, AUTH_SIGNATURE)}"),
    ):
        headers = changed(SENT, AUTH_SIGNATURE, value)
        yield refuse(f"{AUTH_SIGNATURE} {what}", code, AUTH_SIGNATURE, headers=headers, config=BODY_ONLY)
    twice = SENT + [(AUTH_SIGNATURE, get(SENT, AUTH_SIGNATURE))]
    yield refuse(f"{AUTH_SIGNATURE} twice", "duplicate_header", AUTH_SIGNATURE, headers=twice, config=BODY_ONLY)
    malformed = changed(BARE, EVENT, "conversion_completed")
    yield refuse(f"{EVENT} malformed", "malformed_header", EVENT, headers=malformed, config=BODY_ONLY)
    both = without(changed(SENT, AUTH_SIGNATURE, "x"), TIMESTAMP)
    yield refuse(
        "the metadata's signature keeps its place in the order",
        "malformed_header",
        AUTH_SIGNATURE,
        headers=both,
        config=BODY_ONLY,
    )
    late = {"headers": BARE, "config": BODY_ONLY}
    yield refuse("too old", "timestamp_too_old", TIMESTAMP, now=NOW + 301, **late)
    yield refuse("too new", "timestamp_too_new", TIMESTAMP, now=NOW - 301, **late)
    yield refuse("another body", "signature_mismatch", SIGNATURE, body=GOOD.body + b" ", **late)
    yield refuse("a signed body that is not an object", "malformed_payload", sent=GOOD.but(body=b"[]"), config=BODY_ONLY)
    failed = changed(BARE, EVENT, "CONVERSION_FAILED")
    yield refuse("an event whose status is another", "event_mismatch", "status", headers=failed, config=BODY_ONLY)


def left_open():
    """Why a URL should be configured: these attacks pass unnoticed."""
    yield accept(
        "LEFT OPEN: a captured body with a fresh timestamp",
        headers=changed(BARE, TIMESTAMP, str(NOW + 86_400)),
        now=NOW + 86_400,
        config=BODY_ONLY,
    )
    yield accept(
        "LEFT OPEN: a captured body with another request id",
        headers=changed(BARE, REQUEST, OTHER_REQUEST_ID),
        config=BODY_ONLY,
    )
    yield accept(
        "LEFT OPEN: a captured body under an unknown event",
        headers=changed(BARE, EVENT, "CONVERSION_ARCHIVED"),
        config=BODY_ONLY,
    )
    yield accept("LEFT OPEN: a delivery for another URL", GOOD.but(url="https://example.org/other"), config=BODY_ONLY)


def secrets():
    """Any of the secrets may have signed the body."""
    for number in (1, 8):
        signed = GOOD.but(secret=EIGHT_SECRETS[number - 1])
        for call in ("verify", "stream"):
            yield accept(f"secret {number} of eight, {call}", signed, config=config(EIGHT_SECRETS, urls=()), call=call)
    both = config([SECRET, OLD_SECRET], urls=())
    headers = changed(GOOD.headers(), SIGNATURE, body_signature(OLD_SECRET, GOOD.body))
    yield accept("the body under the old secret, its metadata under the new", headers=headers, config=both)
    wrong = {"sent": GOOD.but(secret=WRONG_SECRET), "config": config(EIGHT_SECRETS, urls=())}
    for call in ("verify", "stream"):
        yield refuse(f"none of eight secrets, {call}", "signature_mismatch", SIGNATURE, call=call, **wrong)

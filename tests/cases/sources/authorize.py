"""Steps 1 to 3 alone, for authorizers that never see the body."""

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
    URL,
    WRONG_SECRET,
    Delivery,
    changed,
    config,
    get,
    without,
)
from form import accept as accept_call
from form import refuse as refuse_call
from payloads import EVENTS

SENT = GOOD.headers()
BARE = without(SENT, SIGNATURE)


def accept(name, sent=GOOD, **how):
    return accept_call(name, sent, call="authorize", **{"body": b""} | how)


def refuse(name, code, field, sent=GOOD, **how):
    return refuse_call(name, code, field, sent, call="authorize", **{"body": b""} | how)


def cases():
    for event in EVENTS:
        yield accept(f"{event}, with the body's signature", Delivery(event=event))
    yield accept("an unknown event", Delivery(event="CONVERSION_ARCHIVED"))
    yield from body_signature()
    yield from headers()
    yield from steps()
    yield from body_only()


def body_signature():
    """The body's signature is neither required nor checked. If it is present, it must occur once and match its grammar."""
    yield accept("without the body's signature", headers=BARE)
    yield accept("with a wrong body signature", headers=changed(SENT, SIGNATURE, "sha256=" + "0" * 64))
    yield accept("whatever the body's size is", body=GOOD.body, config=config(max_body=1))
    for what, code, value in (
        ("malformed", "malformed_header", "sha256=zz"),
        ("empty", "malformed_header", ""),
        ("joined", "duplicate_header", f"{get(SENT, SIGNATURE)},{get(SENT, SIGNATURE)}"),
    ):
        yield refuse(f"with a body signature {what}", code, SIGNATURE, headers=changed(SENT, SIGNATURE, value))
    twice = SENT + [(SIGNATURE, get(SENT, SIGNATURE))]
    yield refuse("with the body's signature twice", "duplicate_header", SIGNATURE, headers=twice)


def headers():
    for header in (AUTH_SIGNATURE, TIMESTAMP, REQUEST, EVENT):
        yield refuse(f"{header} missing", "missing_header", header, headers=without(BARE, header))
        yield refuse(f"{header} malformed", "malformed_header", header, headers=changed(BARE, header, "?"))
        twice = BARE + [(header, get(BARE, header))]
        yield refuse(f"{header} twice", "duplicate_header", header, headers=twice)
    yield refuse("no header at all", "missing_header", AUTH_SIGNATURE, headers=[])


def steps():
    def mismatch(name, sent=GOOD, **how):
        return refuse(name, "auth_signature_mismatch", AUTH_SIGNATURE, sent, **how)

    yield accept("just old enough", now=NOW + 300)
    yield accept("just new enough", now=NOW - 300)
    yield refuse("too old", "timestamp_too_old", TIMESTAMP, now=NOW + 301)
    yield refuse("too new", "timestamp_too_new", TIMESTAMP, now=NOW - 301)
    yield mismatch("a wrong secret", GOOD.but(secret=WRONG_SECRET))
    yield mismatch("another URL", GOOD.but(url=URL + "/"))
    yield mismatch("another request id", headers=changed(BARE, REQUEST, OTHER_REQUEST_ID))
    yield mismatch(
        "a fresh timestamp on captured headers", headers=changed(BARE, TIMESTAMP, str(NOW + 400)), now=NOW + 400
    )
    yield mismatch("another event", headers=changed(BARE, EVENT, "STEP_FAILED"))
    yield mismatch("a wrong signature is judged before the freshness", GOOD.but(secret=WRONG_SECRET), now=0)
    both = config([SECRET, OLD_SECRET], [URL + "/first", URL])
    yield accept("the old of two secrets and the second of two URLs", GOOD.but(secret=OLD_SECRET), config=both)


def body_only():
    """Only grammar and freshness are checked. The delivery says that it is not authenticated."""
    yield accept("body only", config=BODY_ONLY)
    neither = without(SENT, SIGNATURE, AUTH_SIGNATURE)
    yield accept("body only, without either signature", headers=neither, config=BODY_ONLY)
    yield accept("body only, signed with any secret", GOOD.but(secret=WRONG_SECRET), config=BODY_ONLY)
    yield refuse("body only, too old", "timestamp_too_old", TIMESTAMP, now=NOW + 301, config=BODY_ONLY)
    malformed = changed(SENT, AUTH_SIGNATURE, "sha256=")
    yield refuse(
        f"body only, {AUTH_SIGNATURE} malformed",
        "malformed_header",
        AUTH_SIGNATURE,
        headers=malformed,
        config=BODY_ONLY,
    )
    yield refuse(f"body only, {EVENT} missing", "missing_header", EVENT, headers=without(SENT, EVENT), config=BODY_ONLY)

"""Attacks on two signatures with the same key: replays, splices of two deliveries, and auth strings as bodies."""

from form import (
    AUTH_SIGNATURE,
    EVENT,
    GOOD,
    NOW,
    OTHER_REQUEST_ID,
    REQUEST,
    SECRET,
    SIGNATURE,
    TIMESTAMP,
    URL,
    Delivery,
    accept,
    changed,
    config,
    delivery,
    get,
    refuse,
)
from payloads import EVENTS, FAMILIES, STAGES, id_key
from sign import auth_string, body_signature


def cases():
    yield from replays()
    yield from splices()
    yield from auth_strings()


def replays():
    """A captured delivery, parts of whose metadata are replaced."""
    sent = GOOD.headers()
    later = NOW + 3_600

    def caught(name, headers):
        return refuse(name, "auth_signature_mismatch", AUTH_SIGNATURE, headers=headers, now=later)

    fresh = changed(sent, TIMESTAMP, str(later))
    yield caught("a captured body replayed with a fresh timestamp", fresh)
    yield caught(
        "a captured body replayed with a fresh timestamp and request id", changed(fresh, REQUEST, OTHER_REQUEST_ID)
    )
    yield caught(
        "a captured body replayed with a fresh timestamp and event", changed(fresh, EVENT, "CONVERSION_STARTED")
    )
    yield refuse("a captured delivery replayed unchanged, too late", "timestamp_too_old", TIMESTAMP, now=later)
    yield accept("LEFT TO IDEMPOTENCY: a captured delivery replayed unchanged, in time", now=NOW + 299)
    elsewhere = GOOD.but(url="https://example.org/another-receiver")
    yield refuse(
        "a delivery for another receiver with the same secret", "auth_signature_mismatch", AUTH_SIGNATURE, elsewhere
    )


def spliced(headers_of: Delivery, body_of: Delivery):
    """The metadata of one delivery and the body of another from the same time, each with its valid signature."""
    headers = changed(headers_of.headers(), SIGNATURE, get(body_of.headers(), SIGNATURE))
    return {"headers": headers, "body": body_of.body}


def splices():
    for event in EVENTS:
        family, stage = event.rsplit("_", 1)
        for other in FAMILIES:
            if other != family:
                parts = spliced(delivery(event), delivery(f"{other}_{stage}"))
                name = f"the headers of {event} on the body of {other}_{stage}"
                yield refuse(name, "event_mismatch", id_key(event), **parts)
        for other in STAGES:
            if other != stage:
                parts = spliced(delivery(event), delivery(f"{family}_{other}"))
                name = f"the headers of {event} on the body of {family}_{other}"
                yield refuse(name, "event_mismatch", "status", **parts)
    one = GOOD.but(request_id=OTHER_REQUEST_ID)
    other = delivery("CONVERSION_COMPLETED", conversion_id='"conv_02"', data='{"total":1}')
    yield accept(
        "LEFT OPEN: two deliveries of one event and one moment spliced, which nobody can tell",
        one,
        **spliced(one, other),
    )
    new = Delivery(event="CONVERSION_ARCHIVED", body=b'{"archive_id":"arc_1"}')
    yield refuse(
        "the headers of CONVERSION_COMPLETED on the body of an unknown event",
        "malformed_payload",
        "conversion_id",
        **spliced(GOOD, new),
    )
    yield accept(
        "LEFT OPEN: the headers of an unknown event on the body of CONVERSION_COMPLETED", new, **spliced(new, GOOD)
    )
    copy = new.but(request_id=OTHER_REQUEST_ID, body=b'{"archive_id":"arc_2"}')
    yield accept("an unknown event, whose key is that of its body", new)
    yield accept(
        "LEFT OPEN: an unknown event spliced with another's headers, which counts as the one whose body it carries",
        copy,
        **spliced(copy, new),
    )
    stream = {"call": "stream", "chunks": [30]}
    parts = spliced(GOOD, delivery("STEP_COMPLETED"))
    yield refuse("another family's body, streamed", "event_mismatch", "conversion_id", **parts, **stream)
    one_time = spliced(GOOD.but(timestamp=str(NOW - 301)), delivery("CONVERSION_STARTED"))
    yield refuse("headers that are too old on a body of now", "timestamp_too_old", TIMESTAMP, **one_time)


def auth_strings():
    """Either signature can be sent in place of the other. Only the grammars of what they sign keep them apart."""
    string = auth_string(GOOD.request_id, GOOD.timestamp, URL, GOOD.event)
    as_body = changed(GOOD.headers(), SIGNATURE, GOOD.auth_signature())
    for call in ("verify", "stream"):
        yield refuse(f"an auth string as body, {call}", "malformed_payload", headers=as_body, body=string, call=call)
    unknown = Delivery(event="CONVERSION_ARCHIVED")
    string = auth_string(unknown.request_id, unknown.timestamp, URL, unknown.event)
    yield refuse(
        "an auth string as body of an unknown event",
        "malformed_payload",
        sent=unknown,
        headers=changed(unknown.headers(), SIGNATURE, unknown.auth_signature()),
        body=string,
    )
    yield refuse(
        "an auth string as body, body only",
        "malformed_payload",
        headers=as_body,
        body=auth_string(GOOD.request_id, GOOD.timestamp, URL, GOOD.event),
        config=config(urls=()),
    )
    yield from bodies_as_auth_strings()


def bodies_as_auth_strings():
    """A signed body, split at its bars into headers. The signature matches these headers, but their grammar refuses them."""
    body = f'{{"note":"|{NOW}|{URL}|A"}}'.encode()
    headers = [
        ("X-Docutray-Signature", body_signature(SECRET, body)),
        ("X-Docutray-Auth-Signature", body_signature(SECRET, body)),
        ("X-Docutray-Timestamp", str(NOW)),
        ("X-Docutray-Request-Id", '{"note":"'),
        ("X-Docutray-Event", 'A"}'),
    ]
    for call in ("verify", "authorize"):
        yield refuse(
            f"a body that looks like an auth string, {call}",
            "malformed_header",
            REQUEST,
            headers=headers,
            body=body,
            call=call,
        )
    longer = GOOD.but(url=URL + "|CONVERSION_COMPLETED", event="STEP_FAILED")
    cut = changed(longer.headers(), EVENT, "CONVERSION_COMPLETED|STEP_FAILED")
    yield refuse(
        "a longer URL whose end is offered as part of the event", "malformed_header", EVENT, longer, headers=cut
    )
    moved = GOOD.but(url=f"{NOW}|{URL}")
    cut = changed(moved.headers(), REQUEST, f"{GOOD.request_id}|{GOOD.timestamp}")
    yield refuse(
        "a longer URL whose beginning is offered as the timestamp", "malformed_header", REQUEST, moved, headers=cut
    )

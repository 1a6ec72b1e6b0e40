"""Step 2: the metadata's MAC, over request id, timestamp, registered URL and event."""

import hashlib

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
    WRONG_SECRET,
    accept,
    changed,
    config,
    get,
    refuse,
)
from sign import auth_string, body_signature

SENT = GOOD.headers()


def cases():
    yield from altered()
    yield from forged()
    yield from urls()
    yield from order()


def mismatch(name, **how):
    return refuse(name, "auth_signature_mismatch", AUTH_SIGNATURE, **how)


def altered():
    """Each signed part, and the signature itself, changed in transit."""
    yield mismatch("another request id", headers=changed(SENT, REQUEST, OTHER_REQUEST_ID))
    yield mismatch("another timestamp", headers=changed(SENT, TIMESTAMP, str(NOW + 1)))
    yield mismatch("another event", headers=changed(SENT, EVENT, "CONVERSION_FAILED"))
    yield mismatch("another event, an unknown one", headers=changed(SENT, EVENT, "CONVERSION_ARCHIVED"))
    digits = get(SENT, AUTH_SIGNATURE).removeprefix("sha256=")
    for what, text in {
        "its first digit changed": flipped(digits[0]) + digits[1:],
        "its middle digit changed": digits[:31] + flipped(digits[31]) + digits[32:],
        "its last digit changed": digits[:-1] + flipped(digits[-1]),
        "its digits reversed": digits[::-1],
        "its halves exchanged": digits[32:] + digits[:32],
        "only zeros": "0" * 64,
        "only the letter f": "f" * 64,
    }.items():
        yield mismatch(f"a signature with {what}", headers=changed(SENT, AUTH_SIGNATURE, f"sha256={text}"))


def flipped(digit):
    return f"{int(digit, 16) ^ 1:x}"


def forged():
    """A signature over something else."""
    body, auth = get(SENT, SIGNATURE), get(SENT, AUTH_SIGNATURE)
    yield mismatch("the body's signature in its place", headers=changed(SENT, AUTH_SIGNATURE, body))
    exchanged = changed(changed(SENT, AUTH_SIGNATURE, body), SIGNATURE, auth)
    yield mismatch("the two signatures exchanged", headers=exchanged)
    yield mismatch("signed with a wrong secret", sent=GOOD.but(secret=WRONG_SECRET))
    text = auth_string(GOOD.request_id, GOOD.timestamp, URL, GOOD.event)
    for what, message in {
        "with colons for bars": text.replace(b"|", b":"),
        "with a bar more at its end": text + b"|",
        "with a line feed at its end": text + b"\n",
        "without the URL": auth_string(GOOD.request_id, GOOD.timestamp, "", GOOD.event),
        "with the timestamp first": auth_string(GOOD.timestamp, GOOD.request_id, URL, GOOD.event),
        "with the body after": text + b"|" + GOOD.body,
        "of nothing": b"",
    }.items():
        yield mismatch(f"signed {what}", headers=changed(SENT, AUTH_SIGNATURE, body_signature(SECRET, message)))
    plain = "sha256=" + hashlib.sha256(text).hexdigest()
    yield mismatch("a hash without a key", headers=changed(SENT, AUTH_SIGNATURE, plain))


def urls():
    """The registered URL is compared exactly as it is written."""
    for what, url in {
        "with a slash at its end": URL + "/",
        "without TLS": "http://example.com/hooks",
        "with its host in upper case": "https://EXAMPLE.com/hooks",
        "with its path in upper case": "https://example.com/Hooks",
        "with its default port": "https://example.com:443/hooks",
        "with a query": URL + "?source=docutray",
        "with an empty query": URL + "?",
        "with a fragment": URL + "#top",
        "with an escaped letter": "https://example.com/%68ooks",
        "with a dot at the host's end": "https://example.com./hooks",
        "with another host": "https://example.org/hooks",
        "of only the host": "https://example.com",
    }.items():
        yield mismatch(f"a registered URL {what} is another URL", config=config(urls=[url]))
        yield accept(f"a registered URL {what} is taken as it is", GOOD.but(url=url), config=config(urls=[url]))
    for what, url in {
        "with a bar": URL + "?pair=a|b",
        "with a comma": URL + "?pair=a,b",
        "with letters of other scripts": "https://ejemplo.example/señal/漢字",
        "of 2,000 characters": URL + "?" + "x" * (2000 - len(URL) - 1),
        "of a host of one letter": "http://a",
    }.items():
        yield accept(f"a registered URL {what} is taken as it is", GOOD.but(url=url), config=config(urls=[url]))


def order():
    """Step 2 comes before all later steps."""
    wrong = changed(SENT, AUTH_SIGNATURE, "sha256=" + "0" * 64)
    yield mismatch("judged before the freshness", headers=wrong, now=NOW + 10_000)
    yield mismatch("judged before the body's size", headers=wrong, config=config(max_body=1))
    yield mismatch("judged before the body's signature", headers=wrong, body=b"{}")
    yield mismatch("judged before the payload", sent=GOOD.but(body=b"[]", secret=WRONG_SECRET))

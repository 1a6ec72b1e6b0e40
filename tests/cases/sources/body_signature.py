"""Step 5: the body's MAC, over the exact bytes."""

import base64
import gzip
import hashlib
import hmac

from form import GOOD, OLD_SECRET, SECRET, SIGNATURE, WRONG_SECRET, Delivery, accept, changed, config, get, refuse
from sign import body_signature

SENT = GOOD.headers()
BODY = GOOD.body


def cases():
    for what, body in altered().items():
        yield mismatch(f"a body {what}", body=body)
    yield from decoded_first()
    for what, signature in forged().items():
        yield mismatch(f"a signature {what}", headers=changed(SENT, SIGNATURE, signature))
    both = config(secrets=[SECRET, OLD_SECRET])
    for one, other, what in ((SECRET, OLD_SECRET, "the new"), (OLD_SECRET, SECRET, "the old")):
        headers = changed(GOOD.but(secret=other).headers(), SIGNATURE, body_signature(one, BODY))
        yield mismatch(f"signed under {what} secret and its metadata under the other", headers=headers, config=both)
    yield mismatch("judged before the payload", body=b"no JSON at all")


def mismatch(name, **how):
    return refuse(name, "signature_mismatch", SIGNATURE, **how)


def altered():
    return {
        "with another amount": BODY.replace(b"1250.50", b"9250.50"),
        "with its first byte changed": b"[" + BODY[1:],
        "with its last byte changed": BODY[:-1] + b"]",
        "with a bit of its middle changed": BODY[:40] + bytes([BODY[40] ^ 1]) + BODY[41:],
        "with a line feed after": BODY + b"\n",
        "with a line feed before": b"\n" + BODY,
        "with a NUL after": BODY + b"\0",
        "without its last byte": BODY[:-1],
        "without its first byte": BODY[1:],
        "twice": BODY + BODY,
        "of no bytes": b"",
        "written again with spaces": BODY.replace(b":", b": ").replace(b",", b", "),
        "written again without a trailing zero": BODY.replace(b"1250.50", b"1250.5"),
        "written again in ASCII": BODY.replace("é".encode(), b"\\u00e9"),
        "in another Unicode form": BODY.replace("é".encode(), "e\u0301".encode()),
        "in Latin-1": BODY.replace("é".encode(), b"\xe9"),
        "in base64": base64.b64encode(BODY),
        "compressed": gzip.compress(BODY, mtime=0),
        "with a field more": BODY[:-1] + b',"injected":true}',
        "of another delivery": b'{"conversion_id":"conv_2"}',
    }


def decoded_first():
    """Bodies that a library accepts if it decodes the body to text before it computes the MAC."""
    for what, bytes_ in {
        "a lone byte": b"\xff",
        "a cut sequence": b"\xe2\x82",
        "an overlong slash": b"\xc0\xaf",
        "a surrogate in UTF-8": b"\xed\xa0\x80",
        "Latin-1": b"\xe9",
    }.items():
        decoded = bytes_.decode("utf-8", "replace").encode()
        signed = Delivery(event="CONVERSION_ARCHIVED", body=b'{"name":"' + decoded + b'"}')
        yield mismatch(f"{what} where U+FFFD was signed", sent=signed, body=signed.body.replace(decoded, bytes_))
    mark = "\ufeff".encode()
    yield mismatch("a byte order mark that decoding removes", body=mark + BODY)
    signed = Delivery(event="CONVERSION_ARCHIVED", body='{"name":"\ufffd"}'.encode())
    yield accept("U+FFFD where U+FFFD was signed", signed)


def forged():
    digits = get(SENT, SIGNATURE).removeprefix("sha256=")
    key = SECRET.removeprefix("whsec_")
    others = {
        "with its first digit changed": f"{int(digits[0], 16) ^ 8:x}" + digits[1:],
        "with its last digit changed": digits[:-1] + f"{int(digits[-1], 16) ^ 1:x}",
        "with its bytes reversed": bytes.fromhex(digits)[::-1].hex(),
        "of only zeros": "0" * 64,
        "of only the letter f": "f" * 64,
        "that is a hash without a key": hashlib.sha256(BODY).hexdigest(),
        "that is a hash of secret and body": hashlib.sha256(SECRET.encode() + BODY).hexdigest(),
        "of the first half of SHA-512": hmac.new(SECRET.encode(), BODY, hashlib.sha512).hexdigest()[:64],
        "of the signature itself": hmac.new(SECRET.encode(), digits.encode(), hashlib.sha256).hexdigest(),
        "of the body in hex": hmac.new(SECRET.encode(), BODY.hex().encode(), hashlib.sha256).hexdigest(),
        "with the secret's hex as bytes": hmac.new(bytes.fromhex(key), BODY, hashlib.sha256).hexdigest(),
        "with the secret without its prefix": hmac.new(key.encode(), BODY, hashlib.sha256).hexdigest(),
        "with the secret in base64": hmac.new(base64.b64decode(key), BODY, hashlib.sha256).hexdigest(),
    }
    signatures = {what: f"sha256={text}" for what, text in others.items()}
    return signatures | {
        "of an empty body": body_signature(SECRET, b""),
        "with a wrong secret": body_signature(WRONG_SECRET, BODY),
        "with an empty secret": body_signature("", BODY),
        "that is the metadata's": GOOD.auth_signature(),
    }

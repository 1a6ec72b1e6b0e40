"""MACs from other projects (`../vectors`), as the signatures of bodies.

Their messages are not JSON objects: with a right MAC the payload is refused, with a wrong one the signature is.
Only keys that are UTF-8 can be secrets, and only whole tags are signatures.
"""

import json

from form import AUTH_SIGNATURE, SIGNATURE, Delivery, changed, config, refuse, without
from sign import HERE

VECTORS = HERE.parent / "vectors"


def cases():
    for vector in load("rfc4231_hmac_sha256"):
        if len(vector["mac"]) == 64:
            yield from verdict(f"RFC 4231, {vector['name']}", vector["key"], vector["data"], vector["mac"], True)
    for group in load("wycheproof_hmac_sha256")["testGroups"]:
        if group["tagSize"] == 256:
            for test in group["tests"]:
                name = f"Wycheproof {test['tcId']}, {test['comment'] or 'any message'}"
                yield from verdict(name, test["key"], test["msg"], test["tag"], test["result"] == "valid")


def load(name):
    return json.loads((VECTORS / f"{name}.json").read_text())


def verdict(name, key, message, tag, valid):
    try:
        secret = bytes.fromhex(key).decode()
    except UnicodeDecodeError:
        return
    sent = Delivery(body=bytes.fromhex(message))
    headers = changed(without(sent.headers(), AUTH_SIGNATURE), SIGNATURE, f"sha256={tag}")
    code, field = ("malformed_payload", None) if valid else ("signature_mismatch", SIGNATURE)
    yield refuse(name, code, field, sent, headers=headers, config=config([secret], urls=()))

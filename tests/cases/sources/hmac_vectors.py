"""MACs from other projects (`../vectors`), as the signatures of bodies.

Only keys that are UTF-8 can be secrets. A truncated tag is no signature, be it right or wrong. Most messages are not JSON
objects: with a right MAC the payload is refused. Octokit's messages are objects, so they are accepted as an unknown event.
"""

import json

from form import AUTH_SIGNATURE, SIGNATURE, Delivery, accept, changed, config, refuse, without
from sign import HERE

VECTORS = HERE.parent / "vectors"


def cases():
    for vector in load("rfc4231_hmac_sha256"):
        yield from verdict(f"RFC 4231, {vector['name']}", vector["key"], vector["data"], vector["mac"], True)
    for vector in load("peers_hmac_sha256"):
        name = f"{vector['source']}, {vector['name']}"
        yield from verdict(name, vector["key"], vector["data"], vector["mac"], True)
    for group in load("wycheproof_hmac_sha256")["testGroups"]:
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
    body = bytes.fromhex(message)
    sent = Delivery(event="FOREIGN", body=body) if body.startswith(b"{") else Delivery(body=body)
    headers = changed(without(sent.headers(), AUTH_SIGNATURE), SIGNATURE, f"sha256={tag}")
    how = {"headers": headers, "config": config([secret], urls=())}
    if len(tag) < 64:
        yield refuse(name, "malformed_header", SIGNATURE, sent, **how)
    elif not valid:
        yield refuse(name, "signature_mismatch", SIGNATURE, sent, **how)
    elif body.startswith(b"{"):
        yield accept(name, sent, **how)
    else:
        yield refuse(name, "malformed_payload", None, sent, **how)

"""The form of a case: a delivery as Docutray signs it, its changes in transit, and the expected verdict."""

import base64
import hashlib
import importlib
import json
import pkgutil
from dataclasses import dataclass, replace

import payloads
import sources
from sign import auth_signature, body_signature

NOW = 1_705_314_600  # 2024-01-15T10:30:00Z
URL = "https://example.com/hooks"
SECRET = "whsec_5f2b8c1d9e4a7063b1c2d3e4f5a60718"
OLD_SECRET = "whsec_0a1b2c3d4e5f60718293a4b5c6d7e8f9"
WRONG_SECRET = "whsec_deadbeefdeadbeefdeadbeefdeadbeef"
REQUEST_ID = "8f14e45f-ceea-467f-a83c-0a1b2c3d4e5f"
OTHER_REQUEST_ID = "c9f0f895-fb98-4b91-9d14-1f2e3d4c5b6a"

SIGNATURE = "x-docutray-signature"
AUTH_SIGNATURE = "x-docutray-auth-signature"
TIMESTAMP = "x-docutray-timestamp"
REQUEST = "x-docutray-request-id"
EVENT = "x-docutray-event"
HEADERS = (SIGNATURE, AUTH_SIGNATURE, TIMESTAMP, REQUEST, EVENT)

STATUS = {
    "missing_header": 400,
    "duplicate_header": 400,
    "malformed_header": 400,
    "auth_signature_mismatch": 401,
    "timestamp_too_old": 401,
    "timestamp_too_new": 401,
    "body_too_large": 413,
    "signature_mismatch": 401,
    "malformed_payload": 400,
    "event_mismatch": 400,
    "invalid_config": 500,
}

Headers = list[tuple[str, str]]


@dataclass(frozen=True)
class Delivery:
    """A delivery as Docutray sends it. `but` changes it before signing; to change it in transit, change headers or body."""

    event: str = "CONVERSION_COMPLETED"
    body: bytes = payloads.body("CONVERSION_COMPLETED")
    request_id: str = REQUEST_ID
    timestamp: str = str(NOW)
    url: str = URL
    secret: str = SECRET

    def but(self, **changes) -> "Delivery":
        return replace(self, **changes)

    def headers(self) -> Headers:
        return [
            ("X-Docutray-Signature", body_signature(self.secret, self.body)),
            ("X-Docutray-Auth-Signature", self.auth_signature()),
            ("X-Docutray-Timestamp", self.timestamp),
            ("X-Docutray-Request-Id", self.request_id),
            ("X-Docutray-Event", self.event),
        ]

    def auth_signature(self) -> str:
        return auth_signature(self.secret, self.request_id, self.timestamp, self.url, self.event)


GOOD = Delivery()


def delivery(event: str, body: bytes | None = None, **members) -> Delivery:
    """Returns a delivery of that event, with this body, or with its usual payload and these members."""
    return Delivery(event=event, body=payloads.body(event, **members) if body is None else body)


def config(secrets=(SECRET,), urls=(URL,), **limits) -> dict:
    return {"secrets": list(secrets), "urls": list(urls), **limits}


BODY_ONLY = config(urls=())


def get(headers: Headers, name: str) -> str:
    return next(value for key, value in headers if key.lower() == name)


def changed(headers: Headers, name: str, value: str) -> Headers:
    return [(key, value if key.lower() == name else old) for key, old in headers]


def without(headers: Headers, *names: str) -> Headers:
    return [(key, value) for key, value in headers if key.lower() not in names]


def accept(name: str, sent: Delivery = GOOD, **how) -> dict:
    """A case whose delivery passes, changed or not. The expected payload is the body's whole JSON value."""
    built = case(name, sent, **how)
    authenticated = bool(built["config"]["urls"])
    claims = built["headers"]
    event = get(claims, EVENT).strip(" \t")
    request_id = get(claims, REQUEST).strip(" \t")
    proven = {
        "request_id": request_id,
        "timestamp": int(get(claims, TIMESTAMP)),
        "event": event,
        "metadata_authenticated": authenticated,
    }
    if built["call"] == "authorize":
        return built | {"expect": {"delivery": proven}}
    body = how.get("body", sent.body)
    payload = payloads.parse(body)
    known = event in payloads.EVENTS
    id_ = payload[payloads.id_key(event)] if known else None
    return built | {
        "expect": {
            "event": {
                "type": event if known else "UNKNOWN",
                "name": event,
                "id": id_,
                "key": f"{event}:{id_ if known else hashlib.sha256(body).hexdigest()}",
                "metadata_authenticated": authenticated,
                "delivery": proven,
                "payload": payload,
            }
        }
    }


def refuse(name: str, code: str, field: str | None = None, sent: Delivery = GOOD, **how) -> dict:
    """A case whose delivery, changed or not, is refused with that code and that field."""
    error = {"code": code, "field": field, "status": STATUS[code]}
    return case(name, sent, **how) | {"expect": {"error": error}}


def case(name, sent, *, headers=None, body=None, config=config(), now=NOW, call="verify", chunks=None) -> dict:
    built = {
        "name": name,
        "config": config,
        "now": now,
        "call": call,
        "headers": sent.headers() if headers is None else headers,
        "body_base64": base64.b64encode(sent.body if body is None else body).decode(),
    }
    return built if chunks is None else built | {"chunks": chunks}


def case_files() -> dict[str, str]:
    """Returns the text of every case file by its name. Each case's name begins with its file's name."""
    files, names = {}, set()
    for module in sorted(module.name for module in pkgutil.iter_modules(sources.__path__)):
        cases = list(importlib.import_module(f"sources.{module}").cases())
        for built in cases:
            built["name"] = f"{module}: {built['name']}"
            if built["name"] in names:
                raise ValueError(f"two cases have the name {built['name']!r}")
            names.add(built["name"])
        files[f"{module}.json"] = "[\n" + ",\n".join(map(lines, cases)) + "\n]\n"
    return files


def lines(built: dict) -> str:
    """Writes one case, with a line for each of its parts and for each header."""
    parts = [f"{json.dumps(key)}: {indented(key, value)}" for key, value in built.items()]
    return "{" + ",\n ".join(parts) + "}"


def indented(key: str, value) -> str:
    if key != "headers" or not value:
        return payloads.text(value)
    return "[\n  " + ",\n  ".join(json.dumps(header) for header in value) + "]"

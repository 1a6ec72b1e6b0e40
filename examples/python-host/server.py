"""Receives Docutray's webhooks with the component in Wasmtime for Python: `python server.py docutray_webhook.wasm`."""

import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record, Variant

INTERFACE = "docutray:webhook/verifier@0.1.0"
# Bytes go to the component one by one, about a million a second: no more than this for one delivery.
MAX_BODY = 1024 * 1024


class Refused(Exception):
    """What the interface returns as `error`."""

    def __init__(self, error):
        super().__init__(error.message)
        self.status = error.status
        self.code = error.code.replace("-", "_")


class Verifier:
    """The resource `verifier`, in an instance of its own: the component imports nothing."""

    def __init__(self, path, **config):
        self._store = Store(Engine())
        component = Component.from_file(self._store.engine, path)
        self._instance = Linker(self._store.engine).instantiate(self._store, component)
        record = Record()
        record.__dict__.update(config, **{"tolerance": None, "max-body": MAX_BODY})
        self._verifier = self._call("[constructor]verifier", record)

    def verify(self, headers, body):
        return self._call("[method]verifier.verify", self._verifier, headers, body, int(time.time()))

    def _call(self, name, *arguments):
        interface = self._instance.get_export_index(self._store, INTERFACE)
        index = self._instance.get_export_index(self._store, name, interface)
        result = self._instance.get_func(self._store, index)(self._store, *arguments)
        # A `result` of two records comes with the name of its case, any other bare.
        if isinstance(result, Variant) and result.tag == "ok":
            return result.payload
        if isinstance(result, (Variant, Record)):
            raise Refused(getattr(result, "payload", result))
        return result


class Receiver(BaseHTTPRequestHandler):
    timeout = 30  # seconds, for a sender that stops in the middle

    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not length.isdecimal():
            self.refuse(411)
            return
        headers = [(name, value.encode("latin-1")) for name, value in self.headers.items()]
        body = self.rfile.read(min(int(length), MAX_BODY + 1))
        try:
            event = verifier.verify(headers, body)
        except Refused as refused:
            self.refuse(refused.status, code=refused.code, detail=str(refused))
            return
        # Put the event into a queue here, once for each `key`: Docutray waits 30 seconds at most, and sends again.
        kind = event.kind.upper().replace("-", "_")
        self.answer(200, "application/json", {"type": kind, "id": event.id, "key": event.key})

    def do_GET(self):
        self.refuse(405)

    do_DELETE = do_PATCH = do_PUT = do_GET

    def refuse(self, status, **members):
        self.answer(status, "application/problem+json", {"status": status, **members})

    def answer(self, status, content_type, content):
        self.send_response(status)
        self.send_header("content-type", content_type)
        if status == 405:
            self.send_header("allow", "POST")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())


secrets = [os.environ.get("DOCUTRAY_SECRET"), os.environ.get("DOCUTRAY_SECRET_OLD")]
verifier = Verifier(
    sys.argv[1],
    secrets=[secret for secret in secrets if secret],
    # An empty list would leave the headers unproven; an empty URL is refused.
    urls=[os.environ.get("DOCUTRAY_URL", "")],
)
# One thread: an instance takes one call at a time.
server = HTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()

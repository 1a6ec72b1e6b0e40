"""Receives Docutray's webhooks with the component in Wasmtime for Python: `python server.py docutray_webhook.wasm`."""

import os
import sys
from http.server import ThreadingHTTPServer

from receiver import Receiver, Slots
from verifier import Component, Refused

# The number of requests at once. Each has its own thread and instance.
SLOTS = 16
# How many seconds a request may take to arrive. Docutray waits 30 for an answer.
DEADLINE = 25


class Server(Slots, ThreadingHTTPServer):
    """Handles each request in its own thread, but at most as many as there are slots."""


def main():
    secrets = [os.environ.get("DOCUTRAY_WEBHOOK_SECRET"), os.environ.get("DOCUTRAY_WEBHOOK_SECRET_OLD")]
    try:
        component = Component(
            sys.argv[1],
            secrets=[secret for secret in secrets if secret],
            url=os.environ.get("DOCUTRAY_WEBHOOK_URL"),
        )
    except Refused as refused:
        sys.exit(str(refused))
    server = Server(
        ("127.0.0.1", int(os.environ.get("PORT") or "8080")),
        Receiver,
        component=component,
        slots=SLOTS,
        deadline=int(os.environ.get("DOCUTRAY_WEBHOOK_BODY_DEADLINE") or DEADLINE),
    )
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main()

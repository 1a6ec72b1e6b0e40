"""Receives Docutray's webhooks with the component in Wasmtime for Python: `python server.py docutray_webhook.wasm`."""

import os
import sys
from http.server import ThreadingHTTPServer

from receiver import Receiver, Slots
from verifier import Component, Refused

# Requests at once, each with a thread and an instance of its own.
SLOTS = 16
# Seconds for a request to arrive: Docutray takes no answer after 30.
DEADLINE = 25


class Server(Slots, ThreadingHTTPServer):
    """A thread for each request, and no more of them than there are slots."""


def main():
    secrets = [os.environ.get("DOCUTRAY_SECRET"), os.environ.get("DOCUTRAY_SECRET_OLD")]
    try:
        component = Component(
            sys.argv[1],
            secrets=[secret for secret in secrets if secret],
            url=os.environ.get("DOCUTRAY_URL"),
        )
    except Refused as refused:
        sys.exit(str(refused))
    server = Server(
        ("127.0.0.1", int(os.environ.get("PORT") or "8080")),
        Receiver,
        component=component,
        slots=SLOTS,
        deadline=int(os.environ.get("DOCUTRAY_BODY_DEADLINE") or DEADLINE),
    )
    print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


main()

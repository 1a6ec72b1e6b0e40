"""A receiver's test in another language: the emulator's API over HTTP, with nothing but Python.

EMULATOR is what `docutray-webhook emulate` prints, such as http://127.0.0.1:4040.
"""

import json
import os
import threading
import unittest
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer

EMULATOR = os.environ["EMULATOR"]


def call(method, path, body=None):
    # Every write has this header, also one without a body.
    headers = {"Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(EMULATOR + path, data, headers, method=method)
    with urllib.request.urlopen(request) as response:
        return json.loads(response.read() or "null")


class Receiver(BaseHTTPRequestHandler):
    """In place of your server. It fails once."""

    answers = [500, 200]
    events = []

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.events.append(self.headers["X-Docutray-Event"])
        self.send_response(self.answers.pop(0))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class Retries(unittest.TestCase):
    def test_a_retry_comes_after_30_seconds(self):
        with HTTPServer(("127.0.0.1", 0), Receiver) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            url = f"http://127.0.0.1:{server.server_port}/hooks"
            call("POST", "/api/webhooks", {"url": url, "events": ["STEP_COMPLETED"]})
            call("POST", "/api/events", {"event": "STEP_COMPLETED"})
            call("GET", "/api/deliveries?state=waiting&wait=10s")
            call("POST", "/api/clock", {"advance": 30})
            delivery = call("GET", "/api/deliveries/latest")
            server.shutdown()
        self.assertEqual(delivery["state"], "delivered")
        self.assertEqual([attempt["answer"]["status"] for attempt in delivery["attempts"]], [500, 200])
        self.assertEqual(Receiver.events, ["STEP_COMPLETED", "STEP_COMPLETED"])


if __name__ == "__main__":
    unittest.main()

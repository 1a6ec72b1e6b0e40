"""Receives a request: checks its headers first, then its body as it arrives, all before one deadline."""

import io
import json
import threading
import time
from http.server import BaseHTTPRequestHandler

from wasmtime import Trap, WasmtimeError

from verifier import Refused

CHUNK = 64 * 1024
# How much of the rest of a body is still read after the answer, in bytes and in seconds. If a connection closes with an
# unread body, the answer may get lost.
DRAIN, DRAIN_TIME = 1024 * 1024, 2


class Incomplete(Exception):
    """The body ended early."""


class Receiver(BaseHTTPRequestHandler):
    """Handles one request on a connection, which HTTP/1.0 then closes."""

    def setup(self):
        super().setup()
        self.source = Timed(self.connection, time.monotonic() + self.server.deadline)
        self.rfile = io.BufferedReader(self.source)

    def receive(self):
        try:
            self.answer(self.server.component.instance())
        except (Trap, WasmtimeError) as trap:
            self.log_error("the component has trapped: %s", trap)
            self.respond(self.server.component.unavailable)

    def answer(self, instance):
        try:
            event = self.verify(instance)
        except Refused as refused:
            self.refuse(instance, refused.record)
        except TimeoutError:
            self.respond(instance.answer("body-timeout"))
        except (Incomplete, ConnectionError):
            self.respond(instance.answer("incomplete-body"))
        else:
            # Put the event into a queue here, once for each `key`. Docutray waits at most 30 seconds, and retries.
            content = {"type": getattr(event, "kind-name"), "id": event.id, "key": event.key}
            self.send(200, [("content-type", "application/json")], json.dumps(content))

    do_DELETE = do_GET = do_HEAD = do_OPTIONS = do_PATCH = do_POST = do_PUT = receive

    def verify(self, instance):
        headers = [(name, value.encode("latin-1")) for name, value in self.headers.items()]
        instance.admit(self.command, headers)
        # The headers must pass before any of the body is read.
        instance.begin(headers, int(time.time()))
        left = self.length()
        instance.expect_length(left)
        while left > 0:
            chunk = self.rfile.read1(min(left, CHUNK))
            if not chunk:
                raise Incomplete
            left -= len(chunk)
            instance.update(chunk)
        return instance.finish()

    def length(self):
        """Returns the body's length, which is required: `http.server` does not decode chunked bodies."""
        lengths = self.headers.get_all("content-length", [])
        if len(lengths) != 1 or "transfer-encoding" in self.headers:
            raise Incomplete
        length = lengths[0].strip()
        if not (length.isascii() and length.isdecimal() and len(length) < 16):
            raise Incomplete
        return int(length)

    def refuse(self, instance, record):
        """Answers the sender. Logs more for the operator."""
        if not hasattr(record, "message"):
            self.respond(record)  # `admit` has returned the answer
            return
        self.log_error("a delivery was refused: %s", record.message)
        self.respond(instance.answer("refused", record))

    def respond(self, response):
        self.send(response.status, response.headers, response.body)
        self.drain()

    def send(self, status, headers, body):
        # Writing the answer gets its own time, because the sender may have used up the request's.
        self.connection.settimeout(DRAIN_TIME)
        content = body.encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def drain(self):
        self.source.deadline = min(self.source.deadline, time.monotonic() + DRAIN_TIME)
        left = DRAIN
        try:
            while left > 0 and (chunk := self.rfile.read1(CHUNK)):
                left -= len(chunk)
        except OSError:
            pass  # the sender has disconnected or is too slow


class Timed(io.RawIOBase):
    """Reads a connection until a deadline. A socket's timeout would start again with each byte."""

    def __init__(self, connection, deadline):
        self._connection = connection
        self.deadline = deadline

    def readable(self):
        return True

    def readinto(self, buffer):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the deadline has passed")
        self._connection.settimeout(left)
        return self._connection.recv_into(buffer)


class Slots:
    """Limits the number of requests that a server holds at once. If no slot is free, the sender is told to retry."""

    daemon_threads = True

    def __init__(self, *arguments, component, slots, deadline):
        self.component, self.deadline = component, deadline
        self._slots = threading.BoundedSemaphore(slots)
        super().__init__(*arguments)

    def process_request(self, request, client_address):
        if not self._slots.acquire(blocking=False):
            self._send_away(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            # There is no thread, for example because the system has no more, so nothing else gives the slot back.
            self._slots.release()
            raise

    def process_request_thread(self, request, client_address):
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._slots.release()

    def _send_away(self, request):
        answer = self.component.overloaded
        fields = [*answer.headers, ("content-length", str(len(answer.body.encode()))), ("connection", "close")]
        head = "".join(f"{name}: {value}\r\n" for name, value in fields)
        try:
            # This thread accepts the connections, so it must not wait.
            request.setblocking(False)
            request.send(f"HTTP/1.0 {answer.status} Service Unavailable\r\n{head}\r\n{answer.body}".encode())
        except OSError:
            pass
        self.shutdown_request(request)

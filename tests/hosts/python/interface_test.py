"""What the interface does beyond the cases, in wasmtime for Python: `python interface_test.py`.

DOCUTRAY_WEBHOOK_COMPONENT is the component.
"""

import hmac
import os
import unittest

from component import Interface, Refusal

SECRET = "whsec_of_the_tests"
URL = "https://example.com/hooks"
ID = "550e8400-e29b-41d4-a716-446655440000"
NOW = 1_750_000_000
BODY = b"{}"


def config(**changes):
    return {"secrets": [SECRET], "metadata": [URL], "tolerance": None, "max-body": None} | changes


def headers(body, event="BATCH_ARCHIVED"):
    def sign(text):
        return b"sha256=" + hmac.digest(SECRET.encode(), text, "sha256").hex().encode()

    return [
        ("X-Docutray-Signature", sign(body)),
        ("X-Docutray-Auth-Signature", sign(f"{ID}|{NOW}|{URL}|{event}".encode())),
        ("X-Docutray-Timestamp", str(NOW).encode()),
        ("X-Docutray-Request-Id", ID.encode()),
        ("X-Docutray-Event", event.encode()),
    ]


class InterfaceTest(unittest.TestCase):
    def setUp(self):
        self.interface = Interface(os.environ["DOCUTRAY_WEBHOOK_COMPONENT"])
        self.verifier = self.interface.verifier(**config())

    def check(self, body):
        check = self.interface.begin(self.verifier, headers(body), NOW)
        self.interface.expect_length(check, len(body))
        self.interface.update(check, body)
        return check

    def refused(self, function, *arguments):
        with self.assertRaises(Refusal) as raised:
            function(*arguments)
        return raised.exception.record

    def test_a_check_that_was_taken_is_an_error_and_ends_no_instance(self):
        interface = self.interface
        other = self.check(BODY)
        taken = self.check(BODY)
        self.assertEqual(getattr(interface.finish(taken), "kind-name"), "UNKNOWN")
        for function, *more in [
            (interface.finish,),
            (interface.settle_stream,),
            (interface.update, BODY),
            (interface.expect_length, 1),
        ]:
            with self.assertRaises(Exception) as raised:
                function(taken, *more)
            self.assertNotIsInstance(raised.exception, Refusal)
        for check in [other, self.check(BODY)]:
            self.assertEqual(getattr(interface.finish(check), "kind-name"), "UNKNOWN")
        event = interface.verify(self.verifier, headers(BODY), BODY, NOW)
        self.assertEqual(getattr(event, "kind-name"), "UNKNOWN")

    def test_settle_gives_an_authentic_body_back_that_does_not_fit(self):
        body = b"[1]"
        for rejection in [
            self.refused(self.interface.settle, self.verifier, headers(body), body, NOW),
            self.refused(self.interface.settle_stream, self.check(body)),
        ]:
            self.assertEqual(getattr(rejection.error, "code-name"), "malformed_payload")
            self.assertEqual(rejection.unfit.body, body)
            self.assertEqual(getattr(rejection.unfit.delivery, "request-id"), ID)
        rejection = self.refused(self.interface.settle, self.verifier, headers(BODY), body, NOW)
        self.assertEqual(getattr(rejection.error, "code-name"), "signature_mismatch")
        self.assertIsNone(rejection.unfit)

    def test_a_length_beyond_the_limit_is_refused_before_the_body(self):
        check = self.interface.begin(self.verifier, headers(BODY), NOW)
        error = self.refused(self.interface.expect_length, check, 2**24 + 1)
        self.assertEqual(getattr(error, "code-name"), "body_too_large")

    def test_an_answer_comes_by_the_outcome_s_name(self):
        json = [("content-type", b"application/json")]
        self.assertIsNone(self.interface.admit("POST", json))
        refused = self.refused(self.interface.admit, "POST", [*json, ("content-encoding", b"gzip")])
        self.assertEqual((refused.status, refused.code), (415, "unsupported_content_encoding"))
        refused = self.refused(self.interface.admit, "GET", json)
        self.assertEqual(refused.status, 405)
        self.assertIn(("allow", "POST"), refused.headers)
        kept = self.interface.answer("kept", "event-mismatch")
        self.assertEqual((kept.status, kept.verdict, kept.code), (200, "kept", "event_mismatch"))
        busy = self.interface.answer("busy", 7)
        self.assertEqual((busy.status, busy.headers[-1]), (503, ("retry-after", "7")))

    def test_body_only_is_none_and_no_list(self):
        without = {name: value for name, value in config().items() if name != "metadata"}
        with self.assertRaises(Exception):
            self.interface.verifier(**without)
        error = self.refused(lambda: self.interface.verifier(**config(metadata=[])))
        self.assertEqual((getattr(error, "code-name"), error.field), ("invalid_config", "metadata"))
        body_only = self.interface.verifier(**config(metadata=None))
        event = self.interface.verify(body_only, headers(BODY), BODY, NOW)
        self.assertFalse(getattr(event, "metadata-authenticated"))


unittest.main()

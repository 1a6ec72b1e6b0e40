"""`python -m unittest` runs these tests."""

import unittest

from receiver import Slots


class WithoutThreads:
    """Stands for a server on a system that starts no more threads."""

    def process_request(self, request, client_address):
        raise RuntimeError("can't start new thread")


class Server(Slots, WithoutThreads):
    pass


class SlotsTest(unittest.TestCase):
    def test_a_slot_is_given_back_if_no_thread_can_be_started(self):
        server = Server(component=None, slots=1, deadline=25)
        for _ in range(3):
            # Without a slot, the request would be sent away instead.
            with self.assertRaisesRegex(RuntimeError, "new thread"):
                server.process_request(None, None)


if __name__ == "__main__":
    unittest.main()

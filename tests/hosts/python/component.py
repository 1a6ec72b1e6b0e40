"""The component's interface on one instance, whose errors are raised."""

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record, Variant

VERIFIER = "docutray:webhook/verifier@0.1.0"
ANSWERS = "docutray:webhook/answers@0.1.0"


class Refusal(Exception):
    """The record that a function of the interface returns as its error."""

    def __init__(self, record):
        super().__init__(repr(record.__dict__))
        self.record = record


class Interface:
    """Whatever a call does to the instance, the next ones see."""

    def __init__(self, path):
        self._store = Store(Engine())
        component = Component.from_file(self._store.engine, path)
        self._instance = Linker(self._store.engine).instantiate(self._store, component)

    def verifier(self, **config):
        return self._call("[constructor]verifier", record(config))

    def verify(self, verifier, headers, body, now):
        return self._call("[method]verifier.verify", verifier, headers, body, now)

    def settle(self, verifier, headers, body, now):
        return self._call("[method]verifier.settle", verifier, headers, body, now)

    def authorize(self, verifier, headers, now):
        return self._call("[method]verifier.authorize", verifier, headers, now)

    def begin(self, verifier, headers, now):
        return self._call("[method]verifier.begin", verifier, headers, now)

    def expect_length(self, check, length):
        return self._call("[method]body-check.expect-length", check, length)

    def update(self, check, chunk):
        return self._call("[method]body-check.update", check, chunk)

    def finish(self, check):
        return self._call("[static]body-check.finish", check)

    def settle_stream(self, check):
        return self._call("[static]body-check.settle", check)

    def drop(self, resource):
        resource.drop(self._store)

    def admit(self, method, headers):
        return self._call("admit", method, headers, of=ANSWERS)

    def answer(self, outcome, payload=None):
        return self._function("answer", ANSWERS)(self._store, Variant(outcome, payload))

    def _function(self, name, interface):
        exports = self._instance.get_export_index(self._store, interface)
        index = self._instance.get_export_index(self._store, name, exports)
        return self._instance.get_func(self._store, index)

    def _call(self, name, *arguments, of=VERIFIER):
        result = self._function(name, of)(self._store, *arguments)
        # A result whose two types are two classes comes bare, one of two records with the name of its case.
        if isinstance(result, Variant):
            if result.tag == "ok":
                return result.payload
            raise Refusal(result.payload)
        if isinstance(result, Record):
            raise Refusal(result)
        return result


def record(fields):
    made = Record()
    made.__dict__.update(fields)
    return made

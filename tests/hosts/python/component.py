"""The component's interface on one instance, whose errors are raised."""

from wasmtime import Engine, Store
from wasmtime.component import Component, Linker, Record, Variant

INTERFACE = "docutray:webhook/verifier@0.1.0"


class Refusal(Exception):
    """The interface's `error`."""

    def __init__(self, record):
        super().__init__(record.message)
        self.code = record.code
        self.field = record.field
        self.status = record.status
        self.message = record.message


class Interface:
    """Whatever a call does to the instance, the next ones see."""

    def __init__(self, path):
        self._store = Store(Engine())
        component = Component.from_file(self._store.engine, path)
        self._instance = Linker(self._store.engine).instantiate(self._store, component)
        self._exports = self._instance.get_export_index(self._store, INTERFACE)

    def verifier(self, **config):
        return self._call("[constructor]verifier", record(config))

    def verify(self, verifier, headers, body, now):
        return self._call("[method]verifier.verify", verifier, headers, body, now)

    def authorize(self, verifier, headers, now):
        return self._call("[method]verifier.authorize", verifier, headers, now)

    def begin(self, verifier, headers, now):
        return self._call("[method]verifier.begin", verifier, headers, now)

    def update(self, check, chunk):
        return self._call("[method]body-check.update", check, chunk)

    def finish(self, check):
        return self._call("[static]body-check.finish", check)

    def _call(self, name, *arguments):
        index = self._instance.get_export_index(self._store, name, self._exports)
        function = self._instance.get_func(self._store, index)
        result = function(self._store, *arguments)
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

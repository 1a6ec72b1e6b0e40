"""Calls the component's interface. Wasmtime for Python generates no types, so functions are found by their names in the WIT."""

from wasmtime import Engine, Store
from wasmtime.component import Component as Compiled, Linker, Record, Variant

VERIFIER = "docutray:webhook/verifier@0.1.0"
ANSWERS = "docutray:webhook/answers@0.1.0"
# In bytes. Bytes are passed to the component one by one, about a million a second, so a delivery may not be larger.
MAX_BODY = 1024 * 1024
# How many bytes an instance may hold: 16 times the largest body, as the interface documents.
MEMORY = 16 * MAX_BODY


class Refused(Exception):
    """An error of the interface: `error` of the verifier, or the `response` of `answers.admit`."""

    def __init__(self, record):
        super().__init__(getattr(record, "message", record.status))
        self.record = record


class Component:
    """The component, compiled once, and the configuration of its verifiers."""

    def __init__(self, path, *, secrets, url):
        self._engine = Engine()
        self._compiled = Compiled.from_file(self._engine, path)
        self._config = Record()
        self._config.__dict__.update(
            {"secrets": secrets, "metadata": registered(url), "tolerance": None, "max-body": MAX_BODY}
        )
        # A wrong configuration ends the server here, with the reason.
        instance = self.instance()
        # Needed when no instance can be called: after a trap, or if no thread is free.
        self.overloaded = instance.answer("overloaded")
        self.unavailable = instance.answer("verifier-unavailable")

    def instance(self):
        return Instance(self._engine, self._compiled, self._config)


def registered(url):
    """Returns the metadata option for the registered URL. A missing setting becomes an empty URL, which is refused. It must not
    become `None`, which is the case `body-only` for Wasmtime for Python and silently turns the check of the metadata off."""
    return [url or ""]


class Instance:
    """An instance for one request. It runs one call at a time, and a trap ends only this instance."""

    def __init__(self, engine, compiled, config):
        self._store = Store(engine)
        self._store.set_limits(memory_size=MEMORY)
        self._instance = Linker(engine).instantiate(self._store, compiled)
        self._verifier = self._call("[constructor]verifier", config)
        self._check = None

    def admit(self, method, headers):
        self._call("admit", method, headers, of=ANSWERS)

    def begin(self, headers, now):
        self._check = self._call("[method]verifier.begin", self._verifier, headers, now)

    def expect_length(self, length):
        self._call("[method]body-check.expect-length", self._check, length)

    def update(self, chunk):
        self._call("[method]body-check.update", self._check, chunk)

    def finish(self):
        return self._call("[static]body-check.finish", self._check)

    def answer(self, outcome, payload=None):
        return self._function("answer", ANSWERS)(self._store, Variant(outcome, payload))

    def _function(self, name, interface):
        exports = self._instance.get_export_index(self._store, interface)
        index = self._instance.get_export_index(self._store, name, exports)
        return self._instance.get_func(self._store, index)

    def _call(self, name, *arguments, of=VERIFIER):
        result = self._function(name, of)(self._store, *arguments)
        # A `result` of two records is wrapped in a Variant, any other result is not.
        if isinstance(result, Variant) and result.tag == "ok":
            return result.payload
        if isinstance(result, (Variant, Record)):
            raise Refused(getattr(result, "payload", result))
        return result

"""The component's interface. Wasmtime for Python has no generated types: functions are found by their names in the WIT."""

from wasmtime import Engine, Store
from wasmtime.component import Component as Compiled, Linker, Record, Variant

VERIFIER = "docutray:webhook/verifier@0.1.0"
ANSWERS = "docutray:webhook/answers@0.1.0"
# Bytes go to the component one by one, about a million a second: no more than this for one delivery.
MAX_BODY = 1024 * 1024
# Bytes that an instance may hold: the 16 bodies that the interface asks for.
MEMORY = 16 * MAX_BODY


class Refused(Exception):
    """What the interface returns as its error: `error` of the verifier, or the `response` of `answers.admit`."""

    def __init__(self, record):
        super().__init__(getattr(record, "message", record.status))
        self.record = record


class Component:
    """The component, compiled once, and what its verifiers are made from."""

    def __init__(self, path, *, secrets, url):
        self._engine = Engine()
        self._compiled = Compiled.from_file(self._engine, path)
        self._config = Record()
        self._config.__dict__.update(
            {"secrets": secrets, "metadata": registered(url), "tolerance": None, "max-body": MAX_BODY}
        )
        # A configuration that cannot work ends the server here, with what is wrong.
        instance = self.instance()
        # An instance that has trapped answers nothing more, and where there is no thread there is no instance.
        self.overloaded = instance.answer("overloaded")
        self.unavailable = instance.answer("verifier-unavailable")

    def instance(self):
        return Instance(self._engine, self._compiled, self._config)


def registered(url):
    """The metadata's check with the URL that is registered. A setting that is missing is an empty URL, which is refused:
    `None` itself is the case `body-only` to Wasmtime for Python, and would give up the check without a word."""
    return [url or ""]


class Instance:
    """An instance for one request: it takes one call at a time, and what traps in it is gone with it."""

    def __init__(self, engine, compiled, config):
        self._store = Store(engine)
        self._store.set_limits(memory_size=MEMORY)
        self._instance = Linker(engine).instantiate(self._store, compiled)
        self._verifier = self._call("[constructor]verifier", config)
        self._check = None

    def admit(self, method, content_type, content_encoding):
        self._call("admit", method, content_type, content_encoding, of=ANSWERS)

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
        # A `result` of two records comes with the name of its case, any other bare.
        if isinstance(result, Variant) and result.tag == "ok":
            return result.payload
        if isinstance(result, (Variant, Record)):
            raise Refused(getattr(result, "payload", result))
        return result

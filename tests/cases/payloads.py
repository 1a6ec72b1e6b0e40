"""The payloads of the nine events as JSON text, and JSON that keeps a number's digits."""

import json

FAMILIES = {"CONVERSION": "conversion_id", "IDENTIFICATION": "identification_id", "STEP": "step_execution_id"}
STAGES = ("STARTED", "COMPLETED", "FAILED")
EVENTS = tuple(f"{family}_{stage}" for family in FAMILIES for stage in STAGES)

DATA = '{"invoice_number":"F-2024-000117","total":1250.50,"lines":[{"description":"Café molido","amount":12}]}'
METADATA = '{"batch":"enero","customer":{"id":42}}'
DOCUMENT_TYPE = '{"code":"invoice","name":"Factura electrónica","confidence":0.97}'
ALTERNATIVES = (
    '[{"code":"credit_note","name":"Nota de crédito","confidence":0.02},'
    '{"code":"receipt","name":"Boleta","confidence":0.01}]'
)
IDENTIFICATION = '{"document_type":"invoice","confidence":0.97}'
VALIDATION = '{"errors":{"count":1,"messages":["total: does not add up"]},"warnings":{"count":0,"messages":[]}}'

ID = {
    "CONVERSION": '"conv_01hm6w2k9x"',
    "IDENTIFICATION": '"ident_01hm6w3p4q"',
    "STEP": '"exec_01hm6w4z7t"',
}
STATUS = (
    {
        "CONVERSION_COMPLETED": '"SUCCESS"',
        "IDENTIFICATION_COMPLETED": '"SUCCESS"',
        "STEP_COMPLETED": '"completed"',
    }
    | {f"{family}_STARTED": '"PROCESSING"' for family in FAMILIES}
    | {f"{family}_FAILED": '"ERROR"' for family in FAMILIES}
)

# In the order in which the fields of a record are checked: name, JSON text, whether it is required.
OWN_FIELDS = {
    "CONVERSION": [("document_type_code", '"invoice"', True)],
    "IDENTIFICATION": [("document_type_code_options", '["invoice","receipt"]', False)],
    "STEP": [("step_id", '"step_extract"', True), ("step_name", '"Extracción de datos"', True)],
}
RESULT_FIELDS = {
    "CONVERSION_COMPLETED": [("data", DATA, True)],
    "IDENTIFICATION_COMPLETED": [("document_type", DOCUMENT_TYPE, True), ("alternatives", ALTERNATIVES, True)],
    "STEP_COMPLETED": [
        ("data", DATA, True),
        ("identification", IDENTIFICATION, False),
        ("validation", VALIDATION, False),
    ],
} | {f"{family}_FAILED": [("error", '"The document could not be read"', False)] for family in FAMILIES}


def id_key(event: str) -> str:
    return FAMILIES[event.rsplit("_", 1)[0]]


def record(event: str) -> list[tuple[str, str, bool]]:
    """Returns every field of the event: name, JSON text, whether it is required."""
    family, stage = event.rsplit("_", 1)
    fields = [
        (FAMILIES[family], ID[family], True),
        ("status", STATUS[event], True),
        ("request_timestamp", '"2024-01-15T10:29:41.250Z"', True),
    ]
    if stage != "STARTED":
        fields.append(("response_timestamp", '"2024-01-15T10:30:00.000Z"', True))
    if family != "STEP":
        fields.append(("original_filename", '"factura-enero-ñ.pdf"', False))
    fields.append(("document_metadata", METADATA, False))
    return fields + OWN_FIELDS[family] + RESULT_FIELDS.get(event, [])


def body(event: str, *, optional=False, leave_out=(), then="", **members: str) -> bytes:
    """Returns the event's body with its required fields, or with all fields if `optional`. `members` replace or add fields as
    JSON text. `then` adds further members, for repeated names and for names that are not Python identifiers."""
    fields = {name: text for name, text, required in record(event) if required or optional}
    fields = {name: text for name, text in (fields | members).items() if name not in leave_out}
    return object_text(fields.items(), then).encode()


def object_text(members, then: str = "") -> str:
    texts = [f'"{name}":{text}' for name, text in members]
    return "{" + ",".join(texts + ([then] if then else [])) + "}"


class Number(str):
    """A JSON number with its original digits."""


def parse(body: bytes):
    """Returns the JSON value of a valid body. The last value of a repeated name counts, as in every host's parser."""
    return json.loads(body.decode(), parse_int=Number, parse_float=Number, parse_constant=refuse_constant)


def refuse_constant(name: str):
    raise ValueError(f"{name} is not JSON")


def text(value) -> str:
    """Returns JSON on one line, in ASCII, with the original digits of numbers."""
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {text(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(text, value)) + "]"
    return json.dumps(value)

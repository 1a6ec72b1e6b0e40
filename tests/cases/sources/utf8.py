"""Step 6: a signed body must be UTF-8 (RFC 3629), wherever the fault is. The MAC covers exactly these bytes."""

from form import GOOD, Delivery, accept, delivery, refuse

# Both ends of each row of well-formed sequences in the Unicode Standard, table 3-7.
WELL_FORMED = ["c280", "dfbf", "e0a080", "e0bfbf", "e18080", "ecbfbf", "ed8080", "ed9fbf", "ee8080", "efbfbf",
               "f0908080", "f0bfbfbf", "f1808080", "f3bfbfbf", "f4808080", "f48fbfbf"]  # fmt: skip
ILL_FORMED = {
    "a lone continuation byte": "80",
    "the last continuation byte on its own": "bf",
    "two lone continuation bytes": "80bf",
    "an overlong NUL in two bytes": "c080",
    "an overlong slash in two bytes": "c0af",
    "the last overlong sequence of two bytes": "c1bf",
    "an overlong NUL in three bytes": "e08080",
    "the last overlong sequence of three bytes": "e09fbf",
    "an overlong NUL in four bytes": "f0808080",
    "the last overlong sequence of four bytes": "f08fbfbf",
    "the first high surrogate": "eda080",
    "the last high surrogate": "edafbf",
    "the first low surrogate": "edb080",
    "the last low surrogate": "edbfbf",
    "a pair of surrogates, as CESU-8 has it": "eda0bdedb880",
    "the first number after the last character": "f4908080",
    "a lead byte beyond Unicode": "f5808080",
    "a sequence of five bytes": "f888808080",
    "a sequence of six bytes": "fc8480808080",
    "the byte fe": "fe",
    "the byte ff": "ff",
    "two bytes cut to one": "c3",
    "three bytes cut to one": "e2",
    "three bytes cut to two": "e282",
    "four bytes cut to one": "f0",
    "four bytes cut to three": "f09f98",
    "a lead byte and another": "c3c3a9",
    "Latin-1": "e9",
    "Windows-1252": "9394",
}


def cases():
    for sequence in WELL_FORMED:
        character = bytes.fromhex(sequence).decode()
        yield accept(
            f"the sequence {sequence} in data", delivery("CONVERSION_COMPLETED", data=f'{{"x":"{character}"}}')
        )
    for what, sequence in ILL_FORMED.items():
        yield malformed(f"{what} in data", in_data(bytes.fromhex(sequence)))
    for where, sent in {
        "a known string": bent("CONVERSION_STARTED", original_filename='"@"'),
        "the id": bent("STEP_STARTED", step_execution_id='"@"'),
        "the status": bent("STEP_STARTED", status='"@"'),
        "a name in data": bent("CONVERSION_COMPLETED", data='{"@":1}'),
        "an unknown field": bent("STEP_FAILED", then='"x":"@"'),
        "an unknown field's name": bent("STEP_FAILED", then='"@":1'),
        "a number": bent("CONVERSION_COMPLETED", data='{"x":1@}'),
        "an escape": bent("CONVERSION_COMPLETED", data='{"x":"\\u00@"}'),
    }.items():
        yield malformed(f"the byte ff in {where}", sent)
    new = Delivery(event="CONVERSION_ARCHIVED")
    yield malformed("the byte ff in an unknown event", new.but(body=b'{"x":"\xff"}'))
    yield malformed("the byte ff before the object", GOOD.but(body=b"\xff" + GOOD.body))
    yield malformed("the byte ff after the object", GOOD.but(body=GOOD.body + b"\xff"))
    yield malformed("a cut sequence at the body's end", GOOD.but(body=GOOD.body + b"\xe2\x82"))
    yield malformed("judged before the status", bent("STEP_STARTED", status='"ERROR"', then='"x":"@"'))


def malformed(name, sent):
    return refuse(name, "malformed_payload", None, sent)


def in_data(sequence):
    return bent("CONVERSION_COMPLETED", sequence, data='{"x":"@"}')


def bent(event, sequence=b"\xff", **members):
    """Returns the event with the sequence in place of the @."""
    sent = delivery(event, **members)
    return sent.but(body=sent.body.replace(b"@", sequence))

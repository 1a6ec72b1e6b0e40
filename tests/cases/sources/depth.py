"""Step 6: at most 128 levels are allowed. The payload's own object is the first."""

from form import Delivery, accept, delivery, refuse

DEEPEST = 128


def nested(levels, kind):
    """Returns JSON of that many levels: objects, arrays, or both in turn."""
    opening = {"objects": ['{"a":'], "arrays": ["["], "both": ['{"a":', "["]}[kind]
    open_ = [opening[level % len(opening)] for level in range(levels)]
    # The innermost level is empty, but counts.
    innermost = "{" if open_[-1].startswith("{") else "["
    close = ["}" if text.startswith("{") else "]" for text in reversed(open_)]
    return "".join(open_[:-1]) + innermost + "".join(close)


def cases():
    for kind in ("objects", "arrays", "both"):
        for where, event, level, members in (
            ("data of a conversion", "CONVERSION_COMPLETED", 2, lambda text: {"data": f'{{"x":{text}}}'}),
            ("data of a step", "STEP_COMPLETED", 2, lambda text: {"data": f'{{"x":{text}}}'}),
            ("document_metadata", "CONVERSION_STARTED", 2, lambda text: {"document_metadata": f'{{"x":{text}}}'}),
            ("error", "STEP_FAILED", 2, lambda text: {"error": f'{{"x":{text}}}'}),
            ("an unknown field", "STEP_STARTED", 1, lambda text: {"extra": text}),
            ("an unknown field of document_type", "IDENTIFICATION_COMPLETED", 2, within_document_type),
            ("an unknown field of identification", "STEP_COMPLETED", 2, within_identification),
            ("an unknown field of identification.document_type", "STEP_COMPLETED", 3, within_step_document_type),
            ("an unknown field of validation.errors", "STEP_COMPLETED", 3, within_errors),
            ("an unknown field of an alternative", "IDENTIFICATION_COMPLETED", 3, within_alternative),
        ):
            yield from edge(f"{kind} in {where}", lambda n: delivery(event, **members(nested(n - level, kind))))
        yield from edge(f"{kind} in an unknown event", lambda n: unknown(f'{{"x":{nested(n - 1, kind)}}}'))
    yield from what_counts()


def within_document_type(text):
    return {"document_type": f'{{"code":"c","name":"n","confidence":1,"x":{text}}}'}


def within_alternative(text):
    return {"alternatives": f'[{{"code":"c","name":"n","confidence":1,"x":{text}}}]'}


def within_identification(text):
    return {"identification": f'{{"document_type":"c","confidence":1,"x":{text}}}'}


def within_step_document_type(text):
    within = within_document_type(text)["document_type"]
    return {"identification": f'{{"document_type":{within},"confidence":1}}'}


def within_errors(text):
    none = '"count":0,"messages":[]'
    return {"validation": f'{{"warnings":{{{none}}},"errors":{{{none},"x":{text}}}}}'}


def unknown(text):
    return Delivery(event="CONVERSION_ARCHIVED", body=text.encode())


def edge(what, sent):
    yield accept(f"128 levels of {what}", sent(DEEPEST))
    yield refuse(f"129 levels of {what}", "malformed_payload", None, sent(DEEPEST + 1))


def what_counts():
    def data(text):
        return delivery("CONVERSION_COMPLETED", data=text)

    yield accept("brackets in a string are no levels", data('{"x":"' + "[{" * 200 + '"}'))
    yield accept("brackets after an escaped quotation mark are no levels", data('{"x":"\\"' + "[" * 200 + '"}'))
    yield refuse(
        "brackets after an escaped backslash are levels",
        "malformed_payload",
        None,
        data('{"x":["\\\\",' + nested(126, "arrays") + "]}"),
    )
    yield accept("siblings are no levels", data('{"x":[' + ",".join(["[]", "{}"] * 200) + "]}"))
    yield accept("scalars are no levels", data('{"x":' + nested(126, "arrays").replace("[]", "[1]") + "}"))
    both = nested(DEEPEST - 3, "arrays")
    yield accept("deep twice, one after the other", data(f'{{"x":{both},"y":{both}}}'))
    early = delivery("CONVERSION_COMPLETED", status='"ERROR"', extra=nested(DEEPEST, "arrays"))
    yield refuse("judged before the status", "malformed_payload", None, early)
    early = delivery("CONVERSION_COMPLETED", leave_out=("conversion_id",), extra=nested(DEEPEST, "arrays"))
    yield refuse("judged before the shape", "malformed_payload", None, early)
    odd = delivery("CONVERSION_COMPLETED", data=nested(DEEPEST, "arrays"))
    yield refuse("judged before a known field's type", "malformed_payload", None, odd)
    open_ = unknown('{"x":' + "[" * 200)
    yield refuse("deep and never closed", "malformed_payload", None, open_)

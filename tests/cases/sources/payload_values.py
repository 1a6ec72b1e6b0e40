"""Step 6: the allowed values of known fields, and the paths of faults inside them."""

from form import accept, delivery, refuse
from payloads import ALTERNATIVES, DOCUMENT_TYPE, EVENTS, FAMILIES, STATUS, VALIDATION, id_key

MORE = '{"code":"","name":"","confidence":0.5,"pages":[1,2],"pages":null,"sub":{"code":7},"\\ud800":1}'
LONE = '"factura \\ud83d.pdf"'


def cases():
    yield from ids()
    yield from statuses()
    yield from strings()
    yield from free_form()
    yield from errors()
    yield from options()
    yield from document_types()
    yield from step_results()


def malformed(name, path, event, **members):
    return refuse(name, "malformed_payload", path, delivery(event, **members))


def ids():
    for family in FAMILIES:
        event = f"{family}_STARTED"
        own = id_key(event)
        yield malformed(f"an empty {own}", own, event, **{own: '""'})
        yield malformed(f"a lone surrogate in {own}", own, event, **{own: '"a\\udc00"'})
        yield accept(
            f"a {own} with a colon, a space and letters of other scripts", delivery(event, **{own: '"a:b ñ漢😀"'})
        )
        yield accept(f"a {own} of one space", delivery(event, **{own: '" "'}))
        yield accept(f"a {own} of 1,000 characters", delivery(event, **{own: f'"{"i" * 1000}"'}))
        yield accept(f"a {own} with escapes", delivery(event, **{own: '"a\\u0062\\"\\\\\\/\\n"'}))
        yield accept(f"a {own} with a pair of surrogates", delivery(event, **{own: '"\\uD83D\\ude00"'}))
        yield accept(f"a {own} with a NUL", delivery(event, **{own: '"a\\u0000b"'}))
        yield accept(f"a {own} with a line separator", delivery(event, **{own: '"a\u2028b"'}))
        # Text decoders remove it if they take it for the body's own byte order mark.
        yield accept(f"a {own} that begins with a byte order mark", delivery(event, **{own: '"\ufeffa"'}))
        yield accept(f"a {own} that is a byte order mark, with escapes", delivery(event, **{own: '"\\ufeff"'}))


def statuses():
    """Each event accepts only its own statuses, in exactly this case."""
    words = {
        "STARTED": ["PROCESSING"],
        "COMPLETED": ["SUCCESS", "completed"],
        "FAILED": ["ERROR", "FAILED", "failed", "error"],
    }
    every = [word for stage in words.values() for word in stage]
    strangers = [
        "processing",
        "Processing",
        "success",
        "Success",
        "COMPLETED",
        "Completed",
        "Error",
        "Failed",
        "",
        "PENDING",
    ]
    for event in EVENTS:
        own = words[event.rsplit("_", 1)[1]]
        for word in own:
            if f'"{word}"' == STATUS[event]:
                continue  # the status of the event's valid deliveries, which `events` has
            yield accept(f"{event} with the status {word}", delivery(event, status=f'"{word}"'))
        for word in [word for word in every if word not in own] + strangers:
            other = delivery(event, status=f'"{word}"')
            yield refuse(f"{event} with the status {word or 'of no letters'}", "event_mismatch", "status", other)
    for word, what in (
        (" SUCCESS", "a space before"),
        ("SUCCESS\\n", "a line feed after"),
        ("SUCCESS\\u0000", "a NUL after"),
        ("ＳＵＣＣＥＳＳ", "fullwidth letters"),
    ):
        other = delivery("CONVERSION_COMPLETED", status=f'"{word}"')
        yield refuse(f"a status with {what}", "event_mismatch", "status", other)
    # Not a valid string, so it cannot be another event's status: it is checked as a field.
    yield malformed("a status with a lone surrogate", "status", "CONVERSION_COMPLETED", status=LONE)
    yield accept("a status written with escapes", delivery("CONVERSION_COMPLETED", status='"\\u0053UCCES\\u0053"'))


def strings():
    for event, name in (
        ("CONVERSION_STARTED", "request_timestamp"),
        ("CONVERSION_STARTED", "original_filename"),
        ("CONVERSION_STARTED", "document_type_code"),
        ("CONVERSION_COMPLETED", "response_timestamp"),
        ("IDENTIFICATION_STARTED", "original_filename"),
        ("STEP_STARTED", "step_id"),
        ("STEP_STARTED", "step_name"),
    ):
        yield accept(f"{event} with an empty {name}", delivery(event, **{name: '""'}))
        yield malformed(f"{event} with a lone surrogate in {name}", name, event, **{name: LONE})
        yield accept(f"{event} with a pair of surrogates in {name}", delivery(event, **{name: '"\\ud83d\\ude00"'}))
    yield malformed("surrogates in the wrong order", "step_name", "STEP_STARTED", step_name='"\\ude00\\ud83d"')
    yield malformed("two high surrogates", "step_name", "STEP_STARTED", step_name='"\\ud83d\\ud83d\\ude00"')
    for what, text in {
        "in capital letters": "\\uD83D",
        "the last": "\\udfff",
        "before a letter": "\\ud83dA",
        "before a letter that is escaped": "\\ud83d\\u0041",
        "before a short escape": "\\ud83d\\n",
        "before an escaped backslash": "\\ud83d\\\\ude00",
        "before a character beyond the BMP": "\\ud83d😀",
        "after a pair": "\\ud83d\\ude00\\ude00",
    }.items():
        yield malformed(f"a lone surrogate {what}", "step_name", "STEP_STARTED", step_name=f'"{text}"')
    yield accept("a time that is kept as it is", delivery("STEP_STARTED", request_timestamp='"yesterday, 30:99"'))
    yield accept(
        "a time with another offset", delivery("STEP_STARTED", request_timestamp='"2024-01-15T07:30:00-03:00"')
    )
    yield accept("a NUL in a known string", delivery("CONVERSION_STARTED", original_filename='"a\\u0000b"'))
    yield accept("markup in a known string", delivery("STEP_STARTED", step_name='"<script>alert(1)</script>"'))


def free_form():
    for event, name in (
        ("CONVERSION_COMPLETED", "data"),
        ("STEP_COMPLETED", "data"),
        ("CONVERSION_STARTED", "document_metadata"),
    ):
        yield accept(f"{event} with an empty {name}", delivery(event, **{name: "{}"}))
        yield accept(f"{event} with a lone surrogate kept in {name}", delivery(event, **{name: '{"name":"\\ud83d"}'}))
        yield accept(
            f"{event} with a lone surrogate kept as a name in {name}", delivery(event, **{name: '{"\\udfff":1}'})
        )
        yield accept(f"{event} with a name twice in {name}", delivery(event, **{name: '{"a":1,"a":{"b":2}}'}))
        yield accept(f"{event} with an empty name in {name}", delivery(event, **{name: '{"":0}'}))
        yield accept(f"{event} with null in {name}", delivery(event, **{name: '{"a":null,"b":[null]}'}))
        yield accept(
            f"{event} with names of JavaScript's objects in {name}",
            delivery(
                event, **{name: '{"__proto__":{"admin":true},"constructor":1,"toString":"x","hasOwnProperty":null}'}
            ),
        )
        yield accept(
            f"{event} with numbers of any size in {name}",
            delivery(
                event, **{name: '{"n":[12345678901234567890123,-0,0.1000000000000000055,1E+2,1e400,-1e400,1e-400]}'}
            ),
        )
        yield accept(
            f"{event} with names of known fields in {name}",
            delivery(event, **{name: '{"status":1,"data":[],"conversion_id":null}'}),
        )


def errors():
    """`error` of a failed event: a string, an object, null, or absent."""
    for family in FAMILIES:
        event = f"{family}_FAILED"
        for what, text in {
            "string": '"The file is encrypted"',
            "empty string": '""',
            "object": '{"code":"E_TIMEOUT","detail":{"after_s":30},"message":"Tiempo agotado"}',
            "empty object": "{}",
            "object with a lone surrogate": '{"message":"\\ud800"}',
        }.items():
            yield accept(f"{event} with an error that is a string or an object: {what}", delivery(event, error=text))
        # A string is checked like other known strings; an object is free-form.
        yield malformed(f"{event} with a lone surrogate in an error that is a string", "error", event, error=LONE)


def options():
    event, name = "IDENTIFICATION_STARTED", "document_type_code_options"
    yield accept("no options at all", delivery(event, **{name: "[]"}))
    yield accept("an empty option", delivery(event, **{name: '[""]'}))
    for what, text, index in (
        ("a number first", '[1,"a"]', 0),
        ("null second", '["a",null]', 1),
        ("an array third", '["a","b",["c"]]', 2),
        ("a lone surrogate third", '["a","b","\\ud800",7]', 2),
    ):
        yield malformed(f"options with {what}", f"{name}[{index}]", event, **{name: text})


def document_type_faults():
    """Objects that are not document types, each with the field at fault."""
    return {
        "code missing": ("code", '{"name":"n","confidence":1}'),
        "name missing": ("name", '{"code":"c","confidence":1}'),
        "confidence missing": ("confidence", '{"code":"c","name":"n"}'),
        "code null": ("code", '{"code":null,"name":"n","confidence":1}'),
        "name as a number": ("name", '{"code":"c","name":1,"confidence":1}'),
        "name with a lone surrogate": ("name", '{"code":"c","name":"\\udead","confidence":1}'),
        "confidence as a string": ("confidence", '{"code":"c","name":"n","confidence":"0.9"}'),
        "confidence null": ("confidence", '{"code":"c","name":"n","confidence":null}'),
        "code twice": ("code", '{"code":"c","name":"n","confidence":1,"code":"c"}'),
        "confidence twice": ("confidence", '{"code":"c","name":"n","confidence":1,"confidence":0}'),
        "code twice, once with escapes in its name": (
            "code",
            '{"code":"c","name":"n","confidence":1,"c\\u006fde":"c"}',
        ),
        "two faults, the first named": ("code", '{"confidence":"x","name":7}'),
    }


def document_types():
    event = "IDENTIFICATION_COMPLETED"
    for what, (field, text) in document_type_faults().items():
        yield malformed(f"document_type with {what}", f"document_type.{field}", event, document_type=text)
        good_first = f'[{{"code":"a","name":"b","confidence":0}},{text}]'
        yield malformed(
            f"the second alternative with {what}", f"alternatives[1].{field}", event, alternatives=good_first
        )
    for what, text in {"null": "null", "a string": '"invoice"', "an array": '["invoice","Factura",1]'}.items():
        yield malformed(f"an alternative that is {what}", "alternatives[0]", event, alternatives=f"[{text}]")
    yield malformed("the third alternative wrong", "alternatives[2]", event, alternatives=ALTERNATIVES[:-1] + ",7]")
    yield malformed(
        "the alternative after the tenth",
        "alternatives[11].code",
        event,
        alternatives=f"[{(DOCUMENT_TYPE + ',') * 11}{{}}]",
    )
    yield accept("no alternatives", delivery(event, alternatives="[]"))
    escaped = '{"c\\u006fde":"c","n\\u0061me":"n","confidence":1}'
    yield accept("document_type with escapes in the names of its fields", delivery(event, document_type=escaped))
    yield accept("document_type with unknown fields", delivery(event, document_type=MORE))
    yield accept("an alternative with unknown fields", delivery(event, alternatives=f"[{MORE}]"))


def step_results():
    event = "STEP_COMPLETED"
    for what, field, text in (
        ("document_type missing", "document_type", '{"confidence":1}'),
        ("confidence missing", "confidence", '{"document_type":"invoice"}'),
        ("confidence missing beside an object", "confidence", f'{{"document_type":{DOCUMENT_TYPE}}}'),
        ("document_type null", "document_type", '{"document_type":null,"confidence":1}'),
        ("document_type as a number", "document_type", '{"document_type":7,"confidence":1}'),
        ("document_type as an array", "document_type", f'{{"document_type":[{DOCUMENT_TYPE}],"confidence":1}}'),
        ("document_type true", "document_type", '{"document_type":true,"confidence":1}'),
        ("a lone surrogate in document_type", "document_type", f'{{"document_type":{LONE},"confidence":1}}'),
        ("document_type twice", "document_type", '{"document_type":"a","document_type":"a","confidence":1}'),
        (
            "document_type in both forms",
            "document_type",
            f'{{"document_type":"invoice","document_type":{DOCUMENT_TYPE},"confidence":1}}',
        ),
    ):
        yield malformed(f"identification with {what}", f"identification.{field}", event, identification=text)
    for what, (field, text) in document_type_faults().items():
        found = f'{{"document_type":{text},"confidence":1}}'
        path = f"identification.document_type.{field}"
        yield malformed(f"identification, its document_type with {what}", path, event, identification=found)
    for what, text in {
        "the API's object": DOCUMENT_TYPE,
        "an object with unknown fields": MORE,
        "an empty string": '""',
        "a string with escapes": '"f\\u0061ctura \\ud83d\\ude00"',
    }.items():
        found = f'{{"document_type":{text},"confidence":1}}'
        yield accept(f"identification whose document_type is {what}", delivery(event, identification=found))
    none = '{"count":0,"messages":[]}'
    for part in ("errors", "warnings"):
        other = "warnings" if part == "errors" else "errors"

        def validation(text):
            return f'{{"{other}":{none},"{part}":{text}}}'

        yield malformed(f"validation without {part}", f"validation.{part}", event, validation=f'{{"{other}":{none}}}')
        for what, text in {"null": "null", "an array": "[]"}.items():
            yield malformed(
                f"validation with {part} as {what}", f"validation.{part}", event, validation=validation(text)
            )
        twice = f'{{"errors":{none},"warnings":{none},"{part}":{none}}}'
        yield malformed(f"validation with {part} twice", f"validation.{part}", event, validation=twice)
        for what, path, text in (
            ("count missing", "count", '{"messages":[]}'),
            ("messages missing", "messages", '{"count":0}'),
            ("count twice", "count", '{"count":0,"count":0,"messages":[]}'),
            ("messages as a string", "messages", '{"count":0,"messages":""}'),
            ("messages null", "messages", '{"count":0,"messages":null}'),
            ("a message that is a number", "messages[0]", '{"count":0,"messages":[3]}'),
            ("a message with a lone surrogate", "messages[1]", '{"count":2,"messages":["a","\\udbff"]}'),
        ):
            yield malformed(f"{part} with {what}", f"validation.{part}.{path}", event, validation=validation(text))
        for count in (
            "null",
            '"1"',
            "-1",
            "-0",
            "-0.0",
            "0.0",
            "1.0",
            "1.5",
            "0e0",
            "1e0",
            "1E+1",
            "10e-1",
            "1e400",
            "18446744073709551616",
            "99999999999999999999",
            "1" + "0" * 400,
            "true",
            "[]",
            "{}",
        ):
            text = validation(f'{{"count":{count},"messages":[]}}')
            shown = count if len(count) < 30 else f"of {len(count)} digits"
            yield malformed(f"{part} with the count {shown}", f"validation.{part}.count", event, validation=text)
        # From 2^53 on, JavaScript reads the nearest double and typed hosts the integer.
        for count in ("0", "7", "4294967296", "9007199254740991", "9007199254740993", "18446744073709551615"):
            text = validation(f'{{"count":{count},"messages":[]}}')
            yield accept(f"{part} with the count {count}", delivery(event, validation=text))
    yield accept(
        "a count that its messages do not have",
        delivery(event, validation=f'{{"errors":{{"count":9,"messages":[""]}},"warnings":{none}}}'),
    )
    more = VALIDATION[:-1] + ',"infos":{"count":-1},"infos":[]}'
    yield accept("validation with unknown fields", delivery(event, validation=more))
    more = '{"document_type":"invoice","confidence":1,"model":"v2","model":"v3"}'
    yield accept("identification with unknown fields", delivery(event, identification=more))

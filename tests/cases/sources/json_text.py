"""Step 6: a signed body must be one JSON object by RFC 8259, without extensions. Its errors name no field."""

import re

from form import GOOD, Delivery, accept, delivery, refuse
from payloads import body as body_of

BODY = GOOD.body
TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|[^{}\[\],:"]+')
NEW = Delivery(event="CONVERSION_ARCHIVED")


def cases():
    yield from around()
    yield from no_object()
    yield from no_json()
    yield from lexical()
    yield from long_strings()


def malformed(name, body, sent=GOOD):
    return refuse(name, "malformed_payload", None, sent.but(body=body))


def around():
    for what, space in {
        "spaces": "  ",
        "tabs": "\t",
        "line feeds": "\n\n",
        "carriage returns": "\r",
        "all of it": " \t\r\n",
    }.items():
        text = space.encode()
        yield accept(f"{what} around the object", GOOD.but(body=text + BODY + text))
        yield accept(f"{what} between all tokens", NEW.but(body=spaced(b'{"a":[1,2,{}],"b":null}', space)))
        for event, absent in (
            ("CONVERSION_COMPLETED", {"original_filename": "null"}),
            ("IDENTIFICATION_COMPLETED", {"document_metadata": "null"}),
            ("STEP_COMPLETED", {}),
            ("STEP_FAILED", {"error": '{"code":7}'}),
        ):
            whole = body_of(event, optional=True, **absent)
            sent = Delivery(event=event, body=spaced(whole, space))
            yield accept(f"{what} between all tokens of a {event}", sent)
    for what, space in {
        "a form feed": "\f",
        "a vertical tab": "\v",
        "a NUL": "\0",
        "a no-break space": "\xa0",
        "a next-line character": "\x85",
        "a line separator": "\u2028",
        "a byte order mark": "\ufeff",
    }.items():
        text = space.encode()
        yield malformed(f"{what} before the object", text + BODY)
        yield malformed(f"{what} after the object", BODY + text)
        yield malformed(f"{what} between two tokens", b'{"a":' + text + b"1}", NEW)


def spaced(body, space):
    return TOKEN.sub(lambda token: f"{space}{token[0]}{space}", body.decode()).encode()


def no_object():
    for what, text in {
        "an array": "[1,2]",
        "an array of the object": f"[{BODY.decode()}]",
        "a string": '"conversion_id"',
        "a string that holds the object": '"{\\"conversion_id\\":\\"c\\"}"',
        "a number": "1705314600",
        "true": "true",
        "false": "false",
        "null": "null",
    }.items():
        yield malformed(f"{what} in place of the object", text.encode())
        yield malformed(f"{what} in place of an unknown event's object", text.encode(), NEW)


def no_json():
    form = b"conversion_id=conv_1&status=SUCCESS"
    for what, body in {
        "no body": b"",
        "a body of spaces": b"   ",
        "a body of one line feed": b"\n",
        "only an opening brace": b"{",
        "only a closing brace": b"}",
        "the object without its last brace": BODY[:-1],
        "half the object": BODY[: len(BODY) // 2],
        "the object twice": BODY + BODY,
        "the object on two lines": BODY + b"\n" + BODY,
        "a brace more": BODY + b"}",
        "a comma after the object": BODY + b",",
        "a word after the object": BODY + b" ok",
        "a guard before the object": b")]}'," + BODY,
        "a call around the object": b"callback(" + BODY + b")",
        "a form": form,
        "markup": b"<conversion><id>conv_1</id></conversion>",
        "a line of YAML": b"conversion_id: conv_1",
    }.items():
        yield malformed(what, body)
        if body != b"{":  # `json_test_suite` has it
            yield malformed(f"{what}, of an unknown event", body, NEW)
    for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        yield malformed(f"the object in {encoding}", BODY.decode().encode(encoding))
        yield malformed(f"the object in {encoding} with its mark", ("\ufeff" + BODY.decode()).encode(encoding))


def lexical():
    """Texts that lenient parsers accept, in the free-form part of a known event and in an unknown event."""
    for what, text in {
        "a comment of one line": "1//c\n",
        "a comment": "/*c*/1",
        "a hash comment": "1#c\n",
        "NaN": "NaN",
        "Infinity": "Infinity",
        "minus Infinity": "-Infinity",
        "undefined": "undefined",
        "True": "True",
        "NULL": "NULL",
        "a word cut short": "tru",
        "single quotes": "'a'",
        "a name without quotes": "{a:1}",
        "a trailing comma in an object": '{"a":1,}',
        "a trailing comma in an array": "[1,]",
        "a leading comma": "[,1]",
        "two commas": "[1,,2]",
        "no comma": "[1 2]",
        "no colon": '{"a" 1}',
        "two colons": '{"a"::1}',
        "no value": '{"a":}',
        "a name that is a number": "{1:1}",
        "brackets that do not match": "[1}",
        "a plus sign": "+1",
        "a leading zero": "01",
        "a minus sign and a leading zero": "-01",
        "only a minus sign": "-",
        "no digit before the dot": ".5",
        "no digit after the dot": "1.",
        "no digit in the exponent": "1e",
        "a sign alone in the exponent": "1e+",
        "hex": "0x1F",
        "an underscore in a number": "1_000",
        "a line feed in a string": '"a\nb"',
        "a tab in a string": '"a\tb"',
        "a NUL in a string": '"a\0b"',
        "the last control character in a string": '"a\x1fb"',
        "an undefined escape": '"\\x41"',
        "an escaped single quote": '"\\\'"',
        "an escape in octal": '"\\0"',
        "a Unicode escape cut short": '"\\u12"',
        "a Unicode escape with a letter": '"\\u12g4"',
        "a Unicode escape with a capital U": '"\\U0041"',
        "a Unicode escape in braces": '"\\u{41}"',
        "a string that never ends": '"a',
        "a backslash at the end": '"a\\',
    }.items():
        yield malformed(f"{what} in data", delivery("CONVERSION_COMPLETED", data=f'{{"x":{text}}}').body)
        yield malformed(f"{what} in an unknown field", delivery("CONVERSION_COMPLETED", then=f'"x":{text}').body)
        yield malformed(f"{what} in an unknown event", f'{{"x":{text}}}'.encode(), NEW)
    for what, text in {
        "every short escape": '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
        "Unicode escapes in both letter cases": '"\\u00e9\\u00E9"',
        "an escaped NUL": '"\\u0000"',
        "DEL": '"\x7f"',
        "line separators": '"\u2028\u2029"',
        "a byte order mark in a string": '"\ufeff"',
        "noncharacters of Unicode": '"\ufffe\uffff\U0010ffff"',
        "numbers of every form": "[0,-0,0.0,-0.0,1.50,1e5,1E-5,1e+05,-1.25e-3,9007199254740993]",
    }.items():
        yield accept(f"{what} in data", delivery("CONVERSION_COMPLETED", data=f'{{"x":{text}}}'))
        yield accept(f"{what} in an unknown event", NEW.but(body=f'{{"x":{text}}}'.encode()))


def long_strings():
    """Scanners check many bytes of a string at once. Quotes, escapes and invalid characters may be anywhere among them."""
    letters = "abcdefghij" * 7
    places = range(len(letters) + 1)
    for what, inserted in {
        "an escaped quote": '\\"',
        "an escaped backslash": "\\\\",
        "a character of two bytes": "\xe9",
        "a delete character": "\x7f",
    }.items():
        texts = [f'"{letters[:place]}{inserted}{letters[place:]}"' for place in places]
        body = f'{{"a":[{",".join(texts)}]}}'.encode()
        yield accept(f"{what} at each place of a long string", NEW.but(body=body))
    for place in (15, 16, 17, 31, 32, 33, 48, 70):
        for what, inserted in {
            "a line feed": "\n",
            "a control character": "\x1f",
            "an undefined escape": "\\x",
            "a quote": '"',
        }.items():
            body = f'{{"a":"{letters[:place]}{inserted}{letters[place:]}"}}'.encode()
            yield malformed(f"{what} after {place} characters of a string", body, NEW)

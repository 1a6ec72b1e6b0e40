"""Step 1: each of the five headers is present once and matches its grammar. They are checked in the table's order."""

from form import (
    AUTH_SIGNATURE,
    EVENT,
    GOOD,
    HEADERS,
    REQUEST,
    SIGNATURE,
    TIMESTAMP,
    accept,
    changed,
    get,
    refuse,
    without,
)

SENT = GOOD.headers()
WIRE = {name.lower(): name for name, _ in SENT}


def cases():
    yield from names()
    for header in HEADERS:
        yield refuse(f"{header} missing", "missing_header", header, headers=without(SENT, header))
        yield from repeated(header)
        yield from white_space(header)
        yield from not_ascii(header)
    yield from order()


def names():
    yield accept("names in lower case", headers=[(name.lower(), value) for name, value in SENT])
    yield accept("names in upper case", headers=[(name.upper(), value) for name, value in SENT])
    yield accept("names in mixed case", headers=[(name.swapcase(), value) for name, value in SENT])
    yield accept("headers in reverse order", headers=SENT[::-1])
    others = [("Content-Type", "application/json"), ("User-Agent", "Docutray-Webhook/1.0"), ("Accept", "a/b, c/d")]
    yield accept("other headers are ignored", headers=others + SENT)
    yield accept("another header twice is ignored", headers=SENT + [("X-Trace", "1"), ("X-Trace", "2")])
    yield accept("another header of Docutray is ignored", headers=SENT + [("X-Docutray-Attempt", "1, 2")])
    yield accept("another header in other letters is ignored", headers=SENT + [("X-Nota", "¿qué tal? 漢字")])
    yield refuse("no header at all", "missing_header", SIGNATURE, headers=[])
    for header, name, what in (
        (EVENT, "X_Docutray_Event", "underscores"),
        (EVENT, "HTTP_X_DOCUTRAY_EVENT", "the form of CGI"),
        (TIMESTAMP, "X-Docutray-Timestamps", "a letter more"),
        (TIMESTAMP, "X-Docutray-Timestam", "a letter less"),
        (SIGNATURE, "X-Docutray-ſignature", "a long s that folds to an s"),
        (SIGNATURE, "X-DOCUTRAY-SİGNATURE", "a dotted capital I"),
    ):
        headers = [(name if old.lower() == header else old, value) for old, value in SENT]
        yield refuse(f"a name with {what} is another header", "missing_header", header, headers=headers)


def repeated(header):
    value = get(SENT, header)
    own = [(WIRE[header], value)]
    yield refuse(f"{header} twice with one value", "duplicate_header", header, headers=SENT + own)
    yield refuse(f"{header} twice with two values", "duplicate_header", header, headers=[(WIRE[header], "x")] + SENT)
    yield refuse(f"{header} twice, once empty", "duplicate_header", header, headers=SENT + [(WIRE[header], "")])
    yield refuse(f"{header} in two spellings", "duplicate_header", header, headers=SENT + [(header.upper(), value)])
    for joined, what in ((f"{value}, {value}", "joined"), (f"{value},", "with a comma after"), (",", "of one comma")):
        yield refuse(f"{header} {what}", "duplicate_header", header, headers=changed(SENT, header, joined))


def white_space(header):
    value = get(SENT, header)

    def sent(text):
        return {"headers": changed(SENT, header, text)}

    yield accept(f"{header} with spaces around", **sent(f"  {value} "))
    yield accept(f"{header} with tabs around", **sent(f"\t{value}\t"))
    yield refuse(f"{header} empty", "malformed_header", header, **sent(""))
    yield refuse(f"{header} of only blanks", "malformed_header", header, **sent(" \t "))
    for character, what in {
        "\n": "line feed",
        "\r": "carriage return",
        "\v": "vertical tab",
        "\f": "form feed",
        "\0": "NUL",
        "\xa0": "no-break space",
        "\u2003": "em space",
        "\ufeff": "byte order mark",
    }.items():
        yield refuse(f"{header} with a {what} after", "malformed_header", header, **sent(value + character))
    yield refuse(f"{header} with a no-break space before", "malformed_header", header, **sent("\xa0" + value))
    middle = len(value) // 2
    for character, what in ((" ", "space"), ("\t", "tab"), ("\0", "NUL")):
        inside = value[:middle] + character + value[middle:]
        yield refuse(f"{header} with a {what} inside", "malformed_header", header, **sent(inside))


def not_ascii(header):
    value = get(SENT, header)
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in value)
    for text, what in (
        (wide, "in fullwidth characters"),
        (value + "é", "with an é after"),
        (value + "😀", "with a character beyond the BMP after"),
        (f"{value}，{value}", "joined by a fullwidth comma"),
    ):
        yield refuse(f"{header} {what}", "malformed_header", header, headers=changed(SENT, header, text))


def order():
    """With several faults, the error names the first header in the table's order, and that header's first fault."""
    for first, second in zip(HEADERS, HEADERS[1:]):
        yield refuse(f"{first} and {second} missing", "missing_header", first, headers=without(SENT, first, second))
        malformed = changed(SENT, first, "nothing good")
        yield refuse(
            f"{first} malformed and {second} missing", "malformed_header", first, headers=without(malformed, second)
        )
        twice = [(WIRE[second], get(SENT, second))]
        yield refuse(
            f"{first} missing and {second} twice", "missing_header", first, headers=without(SENT, first) + twice
        )
        joined = changed(changed(SENT, first, "a,b"), second, "")
        yield refuse(f"{first} joined and {second} empty", "duplicate_header", first, headers=joined)
    yield refuse(
        "twice is judged before the grammar",
        "duplicate_header",
        EVENT,
        headers=changed(SENT, EVENT, "lower") + [(EVENT, "no")],
    )
    yield refuse(
        "a comma is judged before the grammar", "duplicate_header", TIMESTAMP, headers=changed(SENT, TIMESTAMP, "\0,é")
    )
    yield refuse(
        "a header out of its grammar is judged before the metadata's signature",
        "malformed_header",
        EVENT,
        headers=changed(changed(SENT, AUTH_SIGNATURE, "sha256=" + "0" * 64), EVENT, "conversion_completed"),
    )
    yield refuse(
        "a missing header is judged before the freshness",
        "missing_header",
        REQUEST,
        headers=without(SENT, REQUEST),
        now=0,
    )

"""Step 1: the grammar of each header's value, with both ends of each limit."""

import base64

from form import (
    AUTH_SIGNATURE,
    EVENT,
    GOOD,
    NOW,
    REQUEST,
    SIGNATURE,
    TIMESTAMP,
    Delivery,
    accept,
    changed,
    get,
    refuse,
)

SENT = GOOD.headers()


def cases():
    for header in (SIGNATURE, AUTH_SIGNATURE):
        yield from signature(header)
    yield from timestamp()
    yield from request_id()
    yield from event()


def malformed(header, values):
    for what, value in values.items():
        yield refuse(f"{header} {what}", "malformed_header", header, headers=changed(SENT, header, value))


def signature(header):
    value = get(SENT, header)
    digits = value.removeprefix("sha256=")
    yield accept(f"{header} in upper-case hex", headers=changed(SENT, header, "sha256=" + digits.upper()))
    mixed = "".join(c.upper() if i % 2 else c for i, c in enumerate(digits))
    yield accept(f"{header} in hex of both cases", headers=changed(SENT, header, "sha256=" + mixed))
    yield from malformed(
        header,
        {
            "without its prefix": digits,
            "of only the prefix": "sha256=",
            "with the prefix in upper case": "SHA256=" + digits,
            "with the prefix in mixed case": "Sha256=" + digits,
            "with the prefix twice": "sha256=" + value,
            "with a colon for the equals sign": "sha256:" + digits,
            "with a space after the equals sign": "sha256= " + digits,
            "with a space before the equals sign": "sha256 =" + digits,
            "named sha1": "sha1=" + digits,
            "named sha512": "sha512=" + digits,
            "with the version of another scheme": "v1=" + digits,
            "with 63 digits": value[:-1],
            "with 65 digits": value + "0",
            "with 62 digits": value[:-2],
            "with 66 digits": value + "00",
            "with 128 digits": value + digits,
            "with a letter that is not a hex digit": value[:-1] + "g",
            "with 0x before the digits": "sha256=0x" + digits[2:],
            "in base64": "sha256=" + base64.b64encode(bytes.fromhex(digits)).decode(),
            "in quotes": f'"{value}"',
            "with a parameter after": value + ";v=1",
            "after a line feed": "sha256=\n" + digits,
        },
    )


def timestamp():
    for what, text, now in (
        ("of one digit", "0", 0),
        ("of one digit that is not zero", "9", 9),
        ("of 12 digits", "999999999999", 999_999_999_999),
        ("with a leading zero", f"0{NOW}", NOW),
        ("with leading zeros up to 12 digits", f"00{NOW}", NOW),
        ("of 12 zeros", "0" * 12, 0),
    ):
        yield accept(f"{TIMESTAMP} {what}", GOOD.but(timestamp=text), now=now)
    zeros = changed(SENT, TIMESTAMP, f"00{NOW}")
    yield refuse(
        f"{TIMESTAMP} with leading zeros that were not signed", "auth_signature_mismatch", AUTH_SIGNATURE, headers=zeros
    )
    for what, text in {
        "of 13 digits": "1705314600000",
        "of 13 digits by leading zeros": f"000{NOW}",
        "of 20 digits": "18446744073709551616",
        "with a plus sign": f"+{NOW}",
        "with a minus sign": f"-{NOW}",
        "with a minus sign before zero": "-0",
        "with a fraction": f"{NOW}.0",
        "with a dot at its end": f"{NOW}.",
        "with an exponent": "1e9",
        "in hex": "0x65a5",
        "in octal": "0o17",
        "with letters after": f"{NOW}abc",
        "with letters before": f"t={NOW}",
        "with underscores": "1_705_314_600",
        "of a big integer of JavaScript": f"{NOW}n",
        "with no number": "NaN",
        "without end": "Infinity",
        "in the form of ISO 8601": "2024-01-15T10:30:00.000Z",
        "in the form of HTTP": "Mon 15 Jan 2024 10:30:00 GMT",
        "in Arabic-Indic digits": "١٧٠٥٣١٤٦٠٠",
        "with one fullwidth digit": f"{str(NOW)[:-1]}０",
        "with a superscript digit": f"{str(NOW)[:-1]}²",
        "with a bar": f"{NOW}|x",
    }.items():
        yield refuse(f"{TIMESTAMP} {what}", "malformed_header", TIMESTAMP, GOOD.but(timestamp=text))


def request_id():
    own = GOOD.request_id
    for what, text in {
        "in upper case": own.upper(),
        "in mixed case": own[:18].upper() + own[18:],
        "of zeros": "00000000-0000-0000-0000-000000000000",
        "of version 7": "018d0c5a-7c20-7a3b-9c4d-5e6f708192a3",
        "of no known version": "ffffffff-ffff-ffff-ffff-ffffffffffff",
    }.items():
        yield accept(f"{REQUEST} {what}", GOOD.but(request_id=text))
    yield refuse(
        f"{REQUEST} in other letter case than was signed",
        "auth_signature_mismatch",
        AUTH_SIGNATURE,
        headers=changed(SENT, REQUEST, own.upper()),
    )
    bare = own.replace("-", "")
    for what, text in {
        "without dashes": bare,
        "in braces": f"{{{own}}}",
        "as a URN": f"urn:uuid:{own}",
        "one digit short": own[:-1],
        "one digit long": own + "0",
        "with a letter that is not a hex digit": own[:-1] + "g",
        "with its first dash one place early": f"{bare[:7]}-{bare[7:12]}-{bare[12:16]}-{bare[16:20]}-{bare[20:]}",
        "with its last dash one place late": f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:21]}-{bare[21:]}",
        "with a dash at its end": f"{bare[:8]}-{bare[8:12]}-{bare[12:16]}-{bare[16:]}-",
        "with underscores": own.replace("-", "_"),
        "with a Unicode hyphen": own.replace("-", "\u2010"),
        "with a bar in it": own[:8] + "|" + own[9:],
        "that is a number": "12345",
        "that is a word": "null",
    }.items():
        yield refuse(f"{REQUEST} {what}", "malformed_header", REQUEST, GOOD.but(request_id=text))


def event():
    longest = "E" + "X" * 63
    for what, name in {
        "of 64 characters": longest,
        "with digits": "V2_EVENT_3",
        "with an underscore last": "EVENT_",
    }.items():
        yield accept(f"{EVENT} {what}", Delivery(event=name, body=b"{}"))
    for what, name in {
        "of 65 characters": longest + "X",
        "in lower case": "conversion_completed",
        "in mixed case": "Conversion_Completed",
        "with one small letter": "CONVERSION_COMPLETEd",
        "with a digit first": "2_CONVERSION",
        "with an underscore first": "_CONVERSION",
        "with hyphens": "CONVERSION-COMPLETED",
        "with a dot": "CONVERSION.COMPLETED",
        "with a bar": "CONVERSION|COMPLETED",
        "with an accent": "CONVERSIÓN_COMPLETED",
        "with a dotless i": "CONVERSıON_COMPLETED",
        "with a slash": "CONVERSION/COMPLETED",
    }.items():
        yield refuse(f"{EVENT} {what}", "malformed_header", EVENT, Delivery(event=name, body=GOOD.body))

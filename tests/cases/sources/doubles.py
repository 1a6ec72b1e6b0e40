"""Step 6: a typed number is the nearest double of its text, ties to even (IEEE 754), to the last bit on every host.

The nearest double is found here with exact fractions, and the expected payload has its shortest digits. An
alternative's `code` is the text of its confidence, so that a reader sees both. A text whose nearest double is an
infinity is refused.
"""

import math
import random
import re
import struct
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal
from fractions import Fraction

from form import Delivery, accept, delivery, refuse
from payloads import Number

LARGEST = Fraction(2**1024 - 2**971)
# From here on the nearest double is infinite: halfway between the largest double and 2**1024, where a tie rounds up.
BEYOND = Fraction(2**1024 - 2**970)
SMALLEST = Fraction(1, 2**1074)
SMALLEST_NORMAL = Fraction(1, 2**1022)

NUMBER = re.compile(r"(-?)(\d+)(?:\.(\d*))?(?:[eE]([+-]?\d+))?")
EXACT = Context(prec=2_000, Emax=MAX_EMAX, Emin=MIN_EMIN)
# Only `getrandbits` is used, since its results are the same in every version of Python.
BITS = random.Random("docutray-webhook").getrandbits


def cases():
    yield from finite()
    yield from infinite()
    yield from in_free_form_parts()


def finite():
    for what, texts in {
        "shortest digits": [repr(random_double()) for _ in range(64)],
        "17 digits": [f"{random_double():.17g}" for _ in range(64)],
        "17 digits, between 0 and 1": [f"{BITS(53) / 2**53:.17g}" for _ in range(64)],
        "every digit": [decimal(Fraction(random_double())) for _ in range(6)],
        "digits, fractions and exponents": [random_text() for _ in range(96)],
        "mantissas of 400 digits": [random_text(400) for _ in range(8)],
        "digits of subnormal doubles": [f"{BITS(52) * float(SMALLEST):.17g}" for _ in range(32)],
    }.items():
        yield nearest(f"random {what}", texts)
    for what, texts in {
        "as people write them": ["1", "1.0", "97", "0.97", "0.5", "1E+2", "12.5e-1", "0.12345678901234567890123"],
        "halfway between two doubles": [decimal(middle) for middle in middles()],
        "just below and just above halfway": [text for middle in middles() for text in beside(middle)],
        "around the smallest doubles": around_the_smallest(),
        "around the largest double": around_the_largest(),
        "integers that no double holds": integers(),
        "zero in many forms": ["0", "0.0", "0e0", "0E+5", "0e-5", "0." + "0" * 400, "0e99999", "0e-" + "9" * 20],
        "too small for a double, so zero": ["1e-324", "1e-400", "1e-99999", "0." + "0" * 400 + "1", "9e-" + "9" * 20],
        "an exponent of 20 digits after zero": ["0e" + "9" * 20, "0.00e+" + "9" * 20],
        "exponents with leading zeros": ["1e0005", "1e+000000000000000000005", "1E-000308", "17976931348623157e000292"],
        "exponents that the mantissa cancels": taken_back(),
        "digits that parsers have failed on": known_trouble(),
    }.items():
        yield nearest(what, [sign + text for text in texts for sign in ("", "-")])


def nearest(what, texts):
    items = [f'{{"code":"{text}","name":"n","confidence":{text}}}' for text in texts]
    built = accept(f"a confidence: {what}", delivery("IDENTIFICATION_COMPLETED", alternatives=f"[{','.join(items)}]"))
    return with_doubles(built)


def infinite():
    """One case for each text, since the first fault in a body would hide the others."""
    for what, text in {
        "halfway from the largest double to the next": str(BEYOND.numerator),
        "1.7976931348623159e308": "1.7976931348623159e308",
        "1.79769313486231589e308": "1.79769313486231589e308",
        "1.8e308": "1.8e308",
        "1e309": "1e309",
        "1e400": "1e400",
        "an exponent of 20 digits": "1e" + "9" * 20,
        "310 digits": "1" + "0" * 309,
        "400 digits": "7" * 400,
        "400 zeros after the dot and the exponent 710": "0." + "0" * 400 + "1e710",
    }.items():
        for name, signed in ((what, text), (f"minus {what}", f"-{text}")):
            members = {"document_type": found(signed)}
            yield not_finite(name, signed, "document_type.confidence", "IDENTIFICATION_COMPLETED", **members)
    yield from elsewhere()


def elsewhere():
    for text in ("1.7976931348623158e308", "-0.30000000000000004440892098500626"):
        alternatives = f"[{found('1')},{found(text)}]"
        sent = delivery("IDENTIFICATION_COMPLETED", alternatives=alternatives, document_type=found(text))
        yield with_doubles(accept(f"a confidence: {text} of the document type and an alternative", sent))
        sent = delivery("STEP_COMPLETED", identification=of_a_step(text))
        yield with_doubles(accept(f"a confidence: {text} of a step", sent))
    for text in ("1.79769313486231589e308", "-1e309"):
        members = {"alternatives": f"[{found('1')},{found(text)}]"}
        path = "alternatives[1].confidence"
        yield not_finite(f"{text} of an alternative", text, path, "IDENTIFICATION_COMPLETED", **members)
        members = {"identification": of_a_step(text)}
        yield not_finite(f"{text} of a step", text, "identification.confidence", "STEP_COMPLETED", **members)


def of_a_step(confidence):
    return f'{{"document_type":"c","confidence":{confidence}}}'


def found(confidence):
    return f'{{"code":"c","name":"n","confidence":{confidence}}}'


def not_finite(what, text, path, event, **members):
    if nearest_double(text) is not None:
        raise ValueError(f"{text} is finite")
    return refuse(f"a confidence that is not finite: {what}", "malformed_payload", path, delivery(event, **members))


def in_free_form_parts():
    """Free-form numbers may have any size. A host reads them as the nearest double or an infinity."""
    texts = around_the_smallest() + around_the_largest() + integers() + taken_back() + known_trouble()
    texts += [decimal(middle) for middle in middles()] + ["1.79769313486231589e308", "1e309", "-1e" + "9" * 20]
    numbers = f"[{','.join(texts)}]"
    for where, sent in {
        "data": delivery("CONVERSION_COMPLETED", data=f'{{"n":{numbers}}}'),
        "document_metadata": delivery("STEP_STARTED", document_metadata=f'{{"n":{numbers}}}'),
        "error": delivery("STEP_FAILED", error=f'{{"n":{numbers}}}'),
        "an unknown field": delivery("CONVERSION_STARTED", then=f'"n":{numbers}'),
        "an unknown event": Delivery(event="CONVERSION_ARCHIVED", body=f'{{"n":{numbers}}}'.encode()),
    }.items():
        yield with_doubles(accept(f"numbers of any size in {where}", sent))


def with_doubles(built):
    """Returns the case with the digits of the nearest doubles in its expected payload. An infinity keeps the body's digits."""
    event = built["expect"]["event"]
    event["payload"] = mapped(event["payload"])
    return built


def mapped(value):
    if isinstance(value, Number):
        double = nearest_double(value)
        return value if double is None else Number(repr(double))
    if isinstance(value, dict):
        return {name: mapped(item) for name, item in value.items()}
    return [mapped(item) for item in value] if isinstance(value, list) else value


def nearest_double(text):
    """Returns the exact nearest double, or None if it is infinite. Checks it against Python's own."""
    sign, whole, fraction, exponent = NUMBER.fullmatch(text).groups()
    mantissa = int(whole + (fraction or ""))
    exponent = int(exponent or 0) - len(fraction or "")
    # Numbers this small or large need no fraction, which would have as many digits as the exponent says.
    place = len(str(mantissa)) + exponent
    if mantissa == 0 or place < -400:
        double = 0.0
    elif place > 400:
        double = math.inf
    else:
        double = rounded(mantissa * Fraction(10) ** exponent)
    double = math.copysign(double, -1 if sign else 1)
    if bits(double) != bits(float(text)):
        raise ValueError(f"{text}: exact arithmetic says {double!r}, Python {float(text)!r}")
    return double if math.isfinite(double) else None


def rounded(value):
    """Returns the nearest double of a positive fraction. Of two equally near ones, it is the one whose last bit is 0."""
    if value >= BEYOND:
        return math.inf
    power = value.numerator.bit_length() - value.denominator.bit_length()
    if Fraction(2) ** power > value:
        power -= 1
    last_bit = max(power - 52, -1074)
    return math.ldexp(round(value / Fraction(2) ** last_bit), last_bit)


def bits(double):
    return struct.unpack("<Q", struct.pack("<d", double))[0]


def from_bits(number):
    return struct.unpack("<d", struct.pack("<Q", number))[0]


def random_double():
    while True:
        double = from_bits(BITS(64))
        if math.isfinite(double):
            return double


def digits(count):
    return "".join(str(BITS(32) % 10) for _ in range(count))


def random_text(mantissa=None):
    """Returns a number of either sign, within the range of doubles or below it."""
    whole = f"{'-' if BITS(1) else ''}{1 + BITS(32) % 9}"
    if mantissa:
        return f"{whole}{digits(mantissa - 1)}e{BITS(32) % 640 - 340 - mantissa}"
    whole += digits(BITS(4) % 12)
    fraction = f".{digits(1 + BITS(5))}" if BITS(1) else ""
    return f"{whole}{fraction}{'eE'[BITS(1)]}{BITS(32) % 620 - 330}"


def middles():
    """Yields numbers halfway between a double and the next one away from zero. The even double is in turn below and above."""
    middles = random.Random("middles").getrandbits
    for number in range(24):
        # From 2^-127 to 2^128, so that all digits fit a few lines.
        low = (896 + middles(8)) << 52 | middles(51) << 1 | number % 2
        yield (Fraction(from_bits(low)) + Fraction(from_bits(low + 1))) / 2


def beside(middle):
    """Returns two numbers with the same digits and one more, 20 places later, which decides which double is the nearest."""
    exact = Decimal(decimal(middle))
    _, its_digits, exponent = exact.as_tuple()
    far = int("".join(map(str, its_digits))) * 10**20
    return [f"{far - 1}e{exponent - 20}", f"{far + 1}e{exponent - 20}"]


def decimal(value):
    """Returns all digits of a fraction whose denominator is a power of two."""
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    if Fraction(exact) != value:
        raise ValueError(f"{EXACT.prec} digits are too few")
    return str(exact).replace("E", "e")


def around_the_smallest():
    half = SMALLEST / 2
    return [
        "5e-324",
        "4.9406564584124654e-324",
        decimal(SMALLEST),
        # A tie rounds to zero, whose last bit is 0. Anything above rounds to the smallest double.
        decimal(half),
        *beside(half),
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        decimal(3 * half),
        *beside(3 * half),
        "2.2250738585072009e-308",
        "2.225073858507201e-308",
        "2.2250738585072011e-308",
        "2.2250738585072012e-308",
        "2.2250738585072014e-308",
        decimal(SMALLEST_NORMAL - half),
        *beside(SMALLEST_NORMAL - half),
    ]


def around_the_largest():
    last = str(BEYOND.numerator - 1)
    return [
        "1.7976931348623155e308",
        "1.7976931348623157e308",
        "1.7976931348623157E+308",
        "1.7976931348623158e308",
        "1.79769313486231580e308",
        str(LARGEST.numerator),
        # One below halfway to 2**1024.
        last,
        f"{last}.{'9' * 20}",
        f"0.{last}e309",
    ]


def integers():
    near = [2**53 - 1, 2**53 + 1, 2**53 + 2, 2**53 + 3, 2**63 - 1, 2**63 + 1, 2**64 - 1, 2**64, 2**64 + 1]
    near += [2**64 + 2**11, 2**64 + 2**11 + 1, 2**64 + 3 * 2**11, 10**22, 10**22 + 1, 10**23, 10**23 - 1, 10**40]
    texts = [str(number) for number in near]
    return texts + ["9007199254740993.0", "9007199254740992.99999", "12345678901234567890123"]


def taken_back():
    zeros = "0" * 400
    return [
        f"0.{zeros}1e401",
        f"0.{zeros[1:]}1e400",
        f"1{zeros}e-400",
        f"17{zeros}e-800",
        # Just below infinity, and just above zero.
        f"0.{zeros}17976931348623157e709",
        f"5{zeros}e-724",
    ]


def known_trouble():
    """Numbers from bug reports about other parsers, and well-known sums."""
    return [
        "0.1",
        "0.30000000000000004",
        "0.1000000000000000055511151231257827021181583404541015625",
        "0.500000000000000166533453693773481063544750213623046875",
        "3.518437208883201171875e13",
        "62.5364939768271845828",
        "8.10109172351e-10",
        "1.50000000000000011102230246251565",
        "9007199254740991.4999999999999999999999999999999995",
        "6.9294956446009195e15",
        "7.2057594037927933e16",
        "1.448997445238699",
        "2.5e-15",
        "9.5e-3",
        "1e23",
        "8.5e22",
        "358416272e-33",
        "94393431193180696942841837085033647913224148539854e-358",
    ]

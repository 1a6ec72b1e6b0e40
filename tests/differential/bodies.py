"""Compares what the verifier has read in each body with what Python's json reads: python3 bodies.py FILE."""

import base64
import json
import struct
import sys

IDS = {"C": "conversion_id", "I": "identification_id", "S": "step_execution_id"}
# A number of any length is a number.
sys.set_int_max_str_digits(0)


def no_constant(name):
    """JSON has no NaN and no infinities."""
    raise ValueError(name)


def read(text):
    return json.loads(text, parse_constant=no_constant)


def fail(path, ours, theirs):
    sys.exit(f"{path}: {ours!r} instead of {theirs!r}")


def same(ours, theirs, depth, path):
    """Numbers to the last bit."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in ours.keys() | theirs.keys():
            if name not in ours and may_lack(depth, name, theirs[name]):
                continue
            if name not in ours or name not in theirs:
                fail(path, sorted(ours), sorted(theirs))
            same(ours[name], theirs[name], below(depth, name), f"{path}.{name}")
    elif isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs)):
            same(one, other, depth, f"{path}[{place}]")
    elif is_number(ours) and is_number(theirs):
        if not same_number(ours, theirs):
            fail(path, ours, theirs)
    elif type(ours) is not type(theirs) or ours != theirs:
        fail(path, ours, theirs)


# The fields of Docutray's records within payloads.
TYPE = {"code", "name", "confidence"}
MESSAGES = {"count", "messages"}
RECORDS = {
    "document_type": TYPE,
    "alternatives": TYPE,
    "identification": {"document_type", "confidence"},
    "validation": {"errors", "warnings"},
    "errors": MESSAGES,
    "warnings": MESSAGES,
}


def may_lack(depth, name, value):
    """A known field that is null, at the top. In a record, what is not known: only the raw body has it."""
    if depth == "top":
        return value is None
    return depth != "free" and name not in RECORDS[depth]


def below(depth, name):
    return name if depth != "free" and name in RECORDS else "free"


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def same_number(one, other):
    if isinstance(one, int) and isinstance(other, int):
        return one == other
    if isinstance(one, float) and isinstance(other, float):
        return struct.pack(">d", one) == struct.pack(">d", other)
    # Python reads a number without fraction as an integer, `-0` too, which then has no sign.
    return float(one) == float(other)


def main():
    accepted = not_json = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for place, line in enumerate(lines, 1):
            line = json.loads(line)
            body, fault = base64.b64decode(line["body"]), line["fault"]
            try:
                theirs = read(body.decode("utf-8"))
            except (ValueError, RecursionError):
                if fault is None:
                    sys.exit(f"line {place}: Python does not read what the verifier accepts")
                not_json += 1
                continue
            if fault == "not_json":
                sys.exit(f"line {place}: Python reads what the verifier calls no JSON")
            if fault is not None:
                continue
            event = json.loads(base64.b64decode(line["event"]))
            payload = event["payload"]
            if event["type"] == "UNKNOWN":
                same(payload, theirs, "free", f"line {place}: payload")
            else:
                if event["id"] != theirs[IDS[event["type"][0]]]:
                    fail(f"line {place}: id", event["id"], theirs)
                same(payload | payload.pop("unknown_fields"), theirs, "top", f"line {place}: payload")
            accepted += 1
    if accepted == 0 or not_json == 0:
        sys.exit("both kinds of bodies have to be there")
    print(f"Python: {accepted} accepted bodies the same, {not_json} refused by it too")


main()

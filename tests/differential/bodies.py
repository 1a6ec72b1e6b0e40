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


def same(ours, theirs, may_lack, path):
    """Numbers to the last bit. A known field that is null may be left out."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        for name in ours.keys() | theirs.keys():
            if may_lack and name not in ours and theirs[name] is None:
                continue
            if name not in ours or name not in theirs:
                fail(path, sorted(ours), sorted(theirs))
            same(ours[name], theirs[name], False, f"{path}.{name}")
    elif isinstance(theirs, list) and isinstance(ours, list) and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs)):
            same(one, other, False, f"{path}[{place}]")
    elif is_number(ours) and is_number(theirs):
        if ours != theirs or bits(ours) != bits(theirs):
            fail(path, ours, theirs)
    elif type(ours) is not type(theirs) or ours != theirs:
        fail(path, ours, theirs)


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def bits(number):
    """An integer may be beyond every double, and has no sign of zero."""
    return number if isinstance(number, int) else struct.pack(">d", number)


def main():
    accepted = not_json = 0
    with open(sys.argv[1], encoding="utf-8") as lines:
        for place, line in enumerate(lines, 1):
            line = json.loads(line)
            body, fault, event = base64.b64decode(line["body"]), line["fault"], line["event"]
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
            if event["type"] != "UNKNOWN" and event["id"] != theirs[IDS[event["type"][0]]]:
                fail(f"line {place}: id", event["id"], theirs)
            same(event["payload"], theirs, event["type"] != "UNKNOWN", f"line {place}: payload")
            accepted += 1
    if accepted == 0 or not_json == 0:
        sys.exit("both kinds of bodies have to be there")
    print(f"Python: {accepted} accepted bodies the same, {not_json} refused by it too")


main()

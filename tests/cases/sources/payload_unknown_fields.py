"""Step 6: unknown fields are never an error and are always kept, whatever their names and values."""

from form import Delivery, accept, delivery, refuse
from payloads import EVENTS


def cases():
    for event in EVENTS:
        yield accept(
            f"{event} with unknown fields of every type",
            delivery(event, then='"zeta":{"b":[1,null]},"alfa":"x","n":1.50,"t":true,"nil":null'),
        )
    event = "STEP_STARTED"
    for what, members in {
        "twice": '"note":1,"note":{"a":2}',
        "named __proto__": '"__proto__":{"admin":true}',
        "named __proto__ with escapes": '"\\u005f_proto__":{"admin":true}',
        "named constructor": '"constructor":{"prototype":1}',
        "named toString": '"toString":"x"',
        "named toJSON": '"toJSON":1',
        "named then": '"then":1',
        "named hasOwnProperty": '"hasOwnProperty":false',
        "named with no letters": '"":1',
        "named with a lone surrogate": '"\\ud83d":1',
        "named with a lone surrogate after a known name": '"step_id\\ud83d":1',
        "named with a lone surrogate before a known name": '"\\udc00status":1',
        "named with NUL after a known name": '"status\\u0000":1',
        "named with a byte order mark before a known name": '"\ufeffstatus":1',
        "named with NUL": '"a\\u0000b":1',
        "named with a quotation mark and a backslash": '"\\"\\\\":1',
        "named with letters of other scripts": '"año 漢 😀":1',
        "named like an index": '"0":1,"-1":2,"1e3":3',
        "named raw": '"raw":1,"payload":2,"delivery":3,"unknown_fields":{"a":1}',
        "holding a lone surrogate": '"note":"\\udc00\\ud83d"',
        "holding a long number": '"n":12345678901234567890123456789',
        "holding a number beyond a double": '"n":[1e400,-1e400]',
        "holding a number below a double": '"n":1e-400',
        "holding minus zero": '"n":-0',
        "holding a number with an exponent": '"n":1E+2',
        "holding names of known fields": '"nested":{"status":7,"step_id":null,"step_id":1}',
        "that other families know": '"document_type_code":7,"original_filename":[],"document_type_code_options":"x"',
        "in other letter case than a known one": '"STEP_ID":1,"Step_Name":2',
        "that is a known one with a space": '" step_id":1,"step_id ":2',
    }.items():
        yield accept(f"an unknown field {what}", delivery(event, then=members))
    yield from of_other_stages()


def of_other_stages():
    """A field of another stage's event is an unknown field here: not checked, but kept."""
    for event, members in {
        "CONVERSION_STARTED": '"data":5,"error":[],"response_timestamp":0,"data":6',
        "CONVERSION_COMPLETED": '"error":7,"error":8',
        "CONVERSION_FAILED": '"data":null,"data":"x"',
        "IDENTIFICATION_STARTED": '"document_type":"invoice","alternatives":{},"error":1',
        "IDENTIFICATION_COMPLETED": '"error":false,"data":[]',
        "IDENTIFICATION_FAILED": '"document_type":null,"alternatives":7',
        "STEP_STARTED": '"identification":1,"validation":[],"data":"x"',
        "STEP_COMPLETED": '"error":0',
        "STEP_FAILED": '"validation":"no","identification":[]',
    }.items():
        yield accept(f"{event} with fields of other stages", delivery(event, then=members))
    fields = Delivery(event="CONVERSION_STARTED", body=b'{"data":{},"note":1}')
    yield refuse("unknown fields do not stand in for known ones", "malformed_payload", "conversion_id", fields)

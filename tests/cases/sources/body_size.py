"""Step 4: checks the body's size in bytes before any of it is hashed."""

from form import BODY_ONLY, GOOD, Delivery, accept, config, refuse

EXACT = len(GOOD.body)
ACCENTS = Delivery(event="CONVERSION_ARCHIVED", body='{"ñ":"漢字😀"}'.encode())


def cases():
    for call in ("verify", "stream"):
        how = {"call": call}
        yield accept(f"exactly the limit, {call}", config=config(max_body=EXACT), **how)
        yield accept(f"a byte below the limit, {call}", config=config(max_body=EXACT + 1), **how)
        yield too_large(f"a byte above the limit, {call}", config=config(max_body=EXACT - 1), **how)
        yield too_large(f"far above the limit, {call}", config=config(max_body=1), **how)
        yield too_large(f"any body with a limit of 0, {call}", config=config(max_body=0), **how)
        yield refuse(
            f"an empty body with a limit of 0 is not too large, {call}",
            "malformed_payload",
            sent=GOOD.but(body=b""),
            config=config(max_body=0),
            **how,
        )
        yield too_large(f"above the limit in body-only mode, {call}", config=BODY_ONLY | {"max_body": EXACT - 1}, **how)
        yield too_large(
            f"judged before the body's signature, {call}", body=GOOD.body + b" ", config=config(max_body=EXACT), **how
        )
        yield too_large(
            f"judged before the payload, {call}", sent=GOOD.but(body=b"\xff" * 9), config=config(max_body=8), **how
        )
    size = len(ACCENTS.body)
    yield accept("the limit counts bytes: exactly", ACCENTS, config=config(max_body=size))
    yield too_large("the limit counts bytes, not characters", sent=ACCENTS, config=config(max_body=size - 1))
    yield accept(
        "the limit counts white space around the object",
        GOOD.but(body=GOOD.body + b"\n"),
        config=config(max_body=EXACT + 1),
    )
    yield too_large("white space alone above the limit", sent=GOOD.but(body=b" " * 9), config=config(max_body=8))
    yield accept("the largest limit of every host", config=config(max_body=2**28))


def too_large(name, **how):
    return refuse(name, "body_too_large", None, **how)

"""Step 3: the timestamp differs from now by at most the tolerance, in both directions, both ends inclusive."""

from form import BODY_ONLY, GOOD, NOW, TIMESTAMP, accept, config, refuse

LATEST = 999_999_999_999


def cases():
    for what, tolerance, limits in (
        ("the default of 300 s", 300, {}),
        ("1 s", 1, {"tolerance": 1}),
        ("a day", 86_400, {"tolerance": 86_400}),
        ("an hour", 3_600, {"tolerance": 3_600}),
    ):
        yield from edges(what, tolerance, config(**limits))
    yield from edges("the default of 300 s in body-only mode", 300, BODY_ONLY)
    yield from far_away()
    yield from order()


def edges(what, tolerance, settings):
    if settings != config():  # other files have the valid delivery with the default settings
        yield accept(f"now, with {what}", config=settings)
    yield accept(f"just old enough, with {what}", config=settings, now=NOW + tolerance)
    yield accept(f"just new enough, with {what}", config=settings, now=NOW - tolerance)
    yield too_old(f"a second too old, with {what}", config=settings, now=NOW + tolerance + 1)
    yield too_new(f"a second too new, with {what}", config=settings, now=NOW - tolerance - 1)


def too_old(name, sent=GOOD, **how):
    return refuse(name, "timestamp_too_old", TIMESTAMP, sent, **how)


def too_new(name, sent=GOOD, **how):
    return refuse(name, "timestamp_too_new", TIMESTAMP, sent, **how)


def far_away():
    """Differences that overflow a narrow or a signed number."""
    first, last = GOOD.but(timestamp="0"), GOOD.but(timestamp=str(LATEST))
    yield accept("the first timestamp at the edge of the past", first, now=300)
    yield too_old("the first timestamp, a second later", first, now=301)
    yield accept("a timestamp ahead of a clock that stands at 0", GOOD.but(timestamp="300"), now=0)
    yield too_new("a timestamp too far ahead of a clock that stands at 0", GOOD.but(timestamp="301"), now=0)
    day = config(tolerance=86_400)
    yield accept("a day ahead of a clock that stands at 0", GOOD.but(timestamp="86400"), now=0, config=day)
    yield accept("the last timestamp at the edge of the future", last, now=LATEST - 300)
    yield accept("the last timestamp at the edge of the past", last, now=LATEST + 300)
    yield too_new("the last timestamp seen today", last)
    yield too_new("the last timestamp on a clock that stands at 0", last, now=0)
    yield too_old("the first timestamp seen today", first)
    yield too_old("the first timestamp on the last clock of every host", first, now=2**53 - 1)
    yield too_new("2^31 seconds ahead", GOOD.but(timestamp=str(NOW + 2**31)))
    yield too_new("2^32 seconds ahead", GOOD.but(timestamp=str(NOW + 2**32)))
    yield too_old("2^32 seconds ago", GOOD.but(timestamp="0"), now=2**32)
    yield too_new("a clock in milliseconds' place", GOOD.but(timestamp="170531460000"))
    yield too_old("a host's clock in milliseconds", now=NOW * 1000)
    yield too_old("the last retry, 4,890 s after the first try, with the default", now=NOW + 4_890)
    yield accept(
        "the last retry, 4,890 s after the first try, with a tolerance for it",
        now=NOW + 4_890,
        config=config(tolerance=4_890),
    )


def order():
    """Step 3 comes before all later steps."""
    late = {"now": NOW + 301}
    yield too_old("judged before the body's size", config=config(max_body=1), **late)
    yield too_old("judged before the body's signature", body=b"{}", **late)
    yield too_old("judged before the payload", GOOD.but(body=b"[]"), **late)

"""The configuration: what is refused at construction, naming the option; the delivery itself is always good."""

from form import BODY_ONLY, SECRET, URL, accept, refuse
from form import config as settings


def cases():
    for what, limits in {
        "a tolerance of 1 s": {"tolerance": 1},
        "a tolerance of 86,400 s": {"tolerance": 86_400},
        "a largest body of 1 MiB": {"max_body": 1_048_576},
    }.items():
        yield accept(what, config=settings(**limits))
    yield accept("eight secrets", config=settings(secrets=distinct(SECRET, 8)))
    yield accept("eight URLs", config=settings(urls=distinct(URL, 8)))
    yield accept("no URL is body only", config=BODY_ONLY)
    for what, field, wrong in (
        ("no secret", "secrets", settings(secrets=[])),
        ("nine secrets", "secrets", settings(secrets=distinct(SECRET, 9))),
        ("an empty secret", "secrets", settings(secrets=[""])),
        ("an empty secret after a good one", "secrets", settings(secrets=[SECRET, ""])),
        ("no secret, body only", "secrets", BODY_ONLY | {"secrets": []}),
        ("nine URLs", "urls", settings(urls=distinct(URL, 9))),
        ("an empty URL", "urls", settings(urls=[""])),
        ("an empty URL after a good one", "urls", settings(urls=[URL, ""])),
        ("a tolerance of 0", "tolerance", settings(tolerance=0)),
        ("a tolerance of 86,401 s", "tolerance", settings(tolerance=86_401)),
        ("a tolerance that wraps to 300 in 32 bits", "tolerance", settings(tolerance=2**32 + 300)),
        ("a tolerance of 0, body only", "tolerance", BODY_ONLY | {"tolerance": 0}),
    ):
        yield refuse(f"{what} is refused", "invalid_config", field, config=wrong)
    yield refuse(
        "refused when a stream would begin", "invalid_config", "secrets", config=settings(secrets=[]), call="stream"
    )
    yield refuse(
        "refused when it would authorize", "invalid_config", "tolerance", config=settings(tolerance=0), call="authorize"
    )


def distinct(text, count):
    return [text] + [f"{text}-{number}" for number in range(2, count + 1)]

"""The configuration: wrong options are refused at construction, by name. The delivery itself is always valid."""

from form import BODY_ONLY, GOOD, SECRET, URL, accept, refuse
from form import config as settings


# In bytes, 256 MiB: the largest body that a WebAssembly instance can hold, and so the limit of every host.
LARGEST = 268_435_456


def cases():
    for what, limits in {
        "a largest body of 1 MiB": {"max_body": 1_048_576},
    }.items():
        yield accept(what, config=settings(**limits))
    yield accept("eight secrets", config=settings(secrets=distinct(SECRET, 8)))
    yield accept("eight URLs", config=settings(urls=distinct(URL, 8)))
    yield accept("no URL is body only", GOOD.but(url="https://example.org/elsewhere"), config=BODY_ONLY)
    for what, field, wrong in (
        ("no secret", "secrets", settings(secrets=[])),
        ("nine secrets", "secrets", settings(secrets=distinct(SECRET, 9))),
        ("an empty secret", "secrets", settings(secrets=[""])),
        ("an empty secret after a good one", "secrets", settings(secrets=[SECRET, ""])),
        ("no secret, body only", "secrets", BODY_ONLY | {"secrets": []}),
        ("nine URLs", "urls", settings(urls=distinct(URL, 9))),
        ("an empty URL", "urls", settings(urls=[""])),
        ("an empty URL after a good one", "urls", settings(urls=[URL, ""])),
        ("a URL without a scheme after a good one", "urls", settings(urls=[URL, "/hooks"])),
        ("a tolerance of 0", "tolerance", settings(tolerance=0)),
        ("a tolerance of 86,401 s", "tolerance", settings(tolerance=86_401)),
        ("a tolerance that wraps to 300 in 32 bits", "tolerance", settings(tolerance=2**32 + 300)),
        ("a tolerance of 0, body only", "tolerance", BODY_ONLY | {"tolerance": 0}),
        ("a largest body of 256 MiB and a byte", "max_body", settings(max_body=LARGEST + 1)),
        ("a largest body that wraps to 300 in 32 bits", "max_body", settings(max_body=2**32 + 300)),
        ("the largest whole number of a double as largest body", "max_body", settings(max_body=2**53 - 1)),
        ("a largest body of 256 MiB and a byte, body only", "max_body", BODY_ONLY | {"max_body": LARGEST + 1}),
    ):
        yield refuse(f"{what} is refused", "invalid_config", field, config=wrong)
    yield refuse(
        "refused when a stream would begin", "invalid_config", "secrets", config=settings(secrets=[]), call="stream"
    )
    yield refuse(
        "refused when it would authorize", "invalid_config", "tolerance", config=settings(tolerance=0), call="authorize"
    )
    yield from schemes()
    yield from white_space()
    yield from several_faults()


def schemes():
    """A URL begins with `https://` or `http://` in lower case, because URLs are compared as text."""
    for url in ("http://localhost:8080/hooks", "https://192.0.2.1/hooks", "http://[::1]/hooks"):
        yield accept(f"the URL {url}", GOOD.but(url=url), config=settings(urls=[url]))
    for what, url in {
        "without a scheme": "example.com/hooks",
        "relative to the scheme of a page": "//example.com/hooks",
        "of only a path": "/hooks",
        "of the scheme ftp": "ftp://example.com/hooks",
        "of the scheme ws": "wss://example.com/hooks",
        "with its scheme in upper case": "HTTPS://example.com/hooks",
        "with its scheme in mixed case": "Http://example.com/hooks",
        "with one slash after the scheme": "https:/example.com/hooks",
        "without slashes after the scheme": "https:example.com/hooks",
        "without a colon after the scheme": "https//example.com/hooks",
        "with another URL's scheme before": "feed:https://example.com/hooks",
        "in quotes": f'"{URL}"',
        "in angle brackets": f"<{URL}>",
        "with a byte order mark before": f"\ufeff{URL}",
    }.items():
        yield wrong_url(what, url)


def white_space():
    """White space comes from copying by mistake: Docutray signs the registered URL, which has none."""
    for what, character in {
        "a space": " ",
        "a tab": "\t",
        "a line feed": "\n",
        "a carriage return": "\r",
        "a vertical tab": "\v",
        "a no-break space": "\xa0",
        "an ideographic space": "\u3000",
        "a line separator": "\u2028",
    }.items():
        yield wrong_url(f"with {what} before", character + URL)
        yield wrong_url(f"with {what} after", URL + character)
        yield wrong_url(f"with {what} inside", URL.replace("/hooks", f"/ho{character}oks"))
    yield wrong_url("of only white space", " ")


def wrong_url(what, url):
    """The URL is the only fault: the delivery was signed for exactly this text."""
    return refuse(f"a URL {what} is refused", "invalid_config", "urls", GOOD.but(url=url), config=settings(urls=[url]))


def several_faults():
    """The error names all of them. Its field is the first in the order of the options."""
    for what, field, wrong in (
        ("no secret and a wrong URL", "secrets", settings([], ["ftp://example.com"])),
        ("no secret and a tolerance of 0", "secrets", settings([], tolerance=0)),
        ("an empty secret, nine URLs and a tolerance of 86,401 s", "secrets", nothing_right()),
        ("a wrong URL and a tolerance of 0", "urls", settings(urls=["/hooks"], tolerance=0)),
        ("a tolerance of 0 and a largest body of 256 MiB and a byte", "tolerance", settings(tolerance=0, max_body=LARGEST + 1)),
        ("no secret and a largest body of 256 MiB and a byte", "secrets", settings([], max_body=LARGEST + 1)),
        ("two wrong URLs", "urls", settings(urls=["/hooks", URL + " "])),
        ("no secret and a tolerance of 0, body only", "secrets", settings([], [], tolerance=0)),
    ):
        yield refuse(f"{what} are refused", "invalid_config", field, config=wrong)


def nothing_right():
    return settings([""], distinct(URL, 9), tolerance=86_401)


def distinct(text, count):
    return [text] + [f"{text}-{number}" for number in range(2, count + 1)]

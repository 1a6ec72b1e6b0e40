"""Several secrets and several URLs, 1 to 8 of each, and which texts a secret may be."""

from form import (
    AUTH_SIGNATURE,
    BODY_ONLY,
    GOOD,
    OLD_SECRET,
    SECRET,
    SIGNATURE,
    URL,
    WRONG_SECRET,
    accept,
    config,
    refuse,
)

EIGHT_SECRETS = [f"whsec_{n:032x}" for n in range(1, 9)]
EIGHT_URLS = [f"{URL}/{n}" for n in range(1, 9)]


def cases():
    yield from secrets()
    yield from white_space()
    yield from urls()


def mismatch(name, sent=GOOD, **how):
    return refuse(name, "auth_signature_mismatch", AUTH_SIGNATURE, sent, **how)


def secrets():
    both = config(secrets=[SECRET, OLD_SECRET])
    yield accept("the new of two secrets", config=both)
    yield accept("the old of two secrets", GOOD.but(secret=OLD_SECRET), config=both)
    yield mismatch("neither of two secrets", GOOD.but(secret=WRONG_SECRET), config=both)
    yield mismatch("an old secret that is no longer configured", GOOD.but(secret=OLD_SECRET))
    for number in (1, 4, 8):
        signed = GOOD.but(secret=EIGHT_SECRETS[number - 1])
        yield accept(f"secret {number} of eight", signed, config=config(secrets=EIGHT_SECRETS))
    yield mismatch("none of eight secrets", config=config(secrets=EIGHT_SECRETS))
    yield accept("one secret twice", config=config(secrets=[SECRET, SECRET]))
    for what, secret in {
        "of one character": "x",
        "of 63 bytes, one below a block": "s" * 63,
        "of 64 bytes, a block": "s" * 64,
        "of 65 bytes, one above a block": "s" * 65,
        "of 200 bytes": "0123456789" * 20,
        "in letters of other scripts": "contraseña-漢字-😀",
        "with a bar": "whsec_a|b",
        "with a quotation mark and a backslash": 'whsec_"\\',
    }.items():
        signed = GOOD.but(secret=secret)
        yield accept(f"a secret {what}", signed, config=config(secrets=[secret]))
        yield mismatch(
            f"a secret {what}, in its last character another", signed, config=config(secrets=[secret[:-1] + "?"])
        )
    composed, decomposed = "contrase\u00f1a", "contrasen\u0303a"
    yield mismatch("a secret in another Unicode form", GOOD.but(secret=composed), config=config(secrets=[decomposed]))
    yield mismatch("a secret in upper case", config=config(secrets=[SECRET.upper()]))
    yield mismatch("a secret without its prefix", config=config(secrets=[SECRET.removeprefix("whsec_")]))


def white_space():
    for what, secret in {
        "a line feed after": SECRET + "\n",
        "a space after": SECRET + " ",
        "a space before": " " + SECRET,
        "a carriage return and a line feed after": SECRET + "\r\n",
    }.items():
        yield mismatch(f"a secret configured with {what}", config=config(secrets=[secret]))
        yield refuse(
            f"a secret configured with {what}, body only",
            "signature_mismatch",
            SIGNATURE,
            config=BODY_ONLY | {"secrets": [secret]},
        )
        yield accept(f"a secret with {what} that signed", GOOD.but(secret=secret), config=config(secrets=[secret]))


def urls():
    two = config(urls=[URL, URL + "/second"])
    yield accept("the first of two URLs", config=two)
    yield accept("the second of two URLs", GOOD.but(url=URL + "/second"), config=two)
    yield mismatch("neither of two URLs", GOOD.but(url=URL + "/third"), config=two)
    for number in (1, 4, 8):
        yield accept(f"URL {number} of eight", GOOD.but(url=EIGHT_URLS[number - 1]), config=config(urls=EIGHT_URLS))
    yield mismatch("none of eight URLs", config=config(urls=EIGHT_URLS))
    every = config(EIGHT_SECRETS, EIGHT_URLS)
    for secret, url in ((1, 8), (8, 1), (8, 8), (3, 5)):
        signed = GOOD.but(secret=EIGHT_SECRETS[secret - 1], url=EIGHT_URLS[url - 1])
        yield accept(f"secret {secret} and URL {url} of eight each", signed, config=every)
    yield mismatch("no secret and no URL of eight each", config=every)
    yield mismatch("a URL of eight under a secret of none", GOOD.but(url=EIGHT_URLS[2]), config=every)

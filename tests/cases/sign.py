#!/usr/bin/env python3
"""Writes the cases that every host runs, and signs them independently of the library under test.

    python3 tests/cases/sign.py            write every tests/cases/*.json
    python3 tests/cases/sign.py --check    exit 1 if a file differs from what would be written

Python 3.11, standard library only. The cases themselves are in `sources/`, one module for each file.
"""

import hashlib
import hmac
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent


def body_signature(secret: str, body: bytes) -> str:
    """Returns the value of X-Docutray-Signature."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def auth_signature(secret: str, request_id: str, timestamp: str, url: str, event: str) -> str:
    """Returns the value of X-Docutray-Auth-Signature."""
    return body_signature(secret, auth_string(request_id, timestamp, url, event))


def auth_string(request_id: str, timestamp: str, url: str, event: str) -> bytes:
    """Returns the text that the auth signature covers."""
    return f"{request_id}|{timestamp}|{url}|{event}".encode()


def main(arguments: list[str]) -> int:
    from form import case_files  # imported here, since the sources import this module

    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    files = case_files()
    if arguments:
        return check(files)
    for stale in existing() - files.keys():
        (HERE / stale).unlink()
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="ascii", newline="\n")
    return 0


def check(files: dict[str, str]) -> int:
    wrong = [name for name, text in files.items() if not same(HERE / name, text)]
    wrong += existing() - files.keys()
    for name in sorted(wrong):
        print(f"tests/cases/{name} differs from its source: run `python3 tests/cases/sign.py`", file=sys.stderr)
    return 1 if wrong else 0


def existing() -> set[str]:
    return {path.name for path in HERE.glob("*.json")}


def same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode("ascii")


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    sys.exit(main(sys.argv[1:]))

"""Where results go: files, and standard output as UTF-8 or bytes."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from ..errors import FileAccessError, UsageError


def write_stdout(data: bytes) -> None:
    """Bytes to standard output, all of them."""
    sys.stdout.flush()
    stream = sys.stdout.buffer
    rest = memoryview(data)
    while rest:
        # NOTE: without buffering (python -u) this is the bare file, which may take a part only.
        rest = rest[stream.write(rest) :]
    stream.flush()


def print_text(text: str) -> None:
    """Text to standard output, in UTF-8 whatever the locale says, ending in a line break."""
    if not text.endswith("\n"):
        text += "\n"
    write_stdout(text.encode("utf-8", "replace"))


def print_json(value: object) -> None:
    """One JSON value to standard output."""
    print_text(json.dumps(value, ensure_ascii=False, indent=2))


def printable(text: str) -> str:
    """Text for a terminal, which may come from a server: without what would move the cursor or worse."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def write_text(path: str, text: str) -> None:
    """Text into a file, `-` being standard output. Raises FileAccessError."""
    if path == "-":
        print_text(text)
        return
    try:
        Path(path).write_text(text, encoding="utf-8")
    except OSError as error:
        raise FileAccessError(f"cannot write {path}: {error.strerror or error}") from error


def check_binary_stdout() -> None:
    """Raise UsageError where a picture would be poured over a terminal."""
    if sys.stdout.isatty():
        raise UsageError("standard output is a terminal: give -o FILE, or redirect it")

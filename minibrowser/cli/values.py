"""What people write in options, as values. Each function raises `ArgumentTypeError` with the reason."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError
from typing import Final

_DURATION: Final = re.compile(r"(\d+(?:\.\d+)?|\.\d+)(ms|s|m)?")
_UNITS: Final = {"": 1.0, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


def milliseconds(text: str) -> float:
    """A duration: a bare number is milliseconds; `500ms`, `5s` and `2m` say their unit; 0 means no limit."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ArgumentTypeError(f"{text!r} is not a duration: give milliseconds, or 5s, or 500ms")
    return float(match[1]) * _UNITS[match[2] or ""]


def pixels(text: str) -> int:
    """A whole number of CSS px, 1 or more."""
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise ArgumentTypeError(f"{text!r} is not a number of pixels above 0")
    return number


def point(text: str) -> tuple[float, float]:
    """A point, `X,Y` in CSS px."""
    match = re.fullmatch(r"\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*,\s*(-?\d{1,9}(?:\.\d{1,9})?)\s*", text)
    if match is None:
        raise ArgumentTypeError(f"{text!r} is not a point: give X,Y in px")
    return float(match[1]), float(match[2])


def count(text: str) -> int:
    """A whole number above 0."""
    if not re.fullmatch(r"[0-9]{1,15}", text) or int(text) < 1:
        raise ArgumentTypeError(f"not a whole number above 0: {text}")
    return int(text)


def port(text: str) -> int:
    """A TCP port, 0 for a free one."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 5 and int(text) <= 65_535):
        raise ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return int(text)


def scale(text: str) -> float:
    """Device px for one CSS px."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0.1 <= number <= 10:
        raise ArgumentTypeError(f"{text!r} is not a scale from 0.1 to 10")
    return number


def quality(text: str) -> int:
    """A quality for lossy pictures."""
    if not text.isdecimal() or int(text) > 100:
        raise ArgumentTypeError(f"{text!r} is not a quality from 0 to 100")
    return int(text)


def clip(text: str) -> dict[str, float]:
    """A rectangle, CSS px: x,y,width,height."""
    try:
        x, y, width, height = (float(part) for part in text.split(","))
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is not a rectangle: give x,y,width,height") from None
    if not (width > 0 and height > 0):
        raise ArgumentTypeError(f"{text!r} has no area: width and height must be above 0")
    return {"x": x, "y": y, "width": width, "height": height}


def credentials(text: str) -> tuple[str, str]:
    """A name and a password: `NAME:PASSWORD`."""
    name, colon, password = text.partition(":")
    if not colon:
        raise ArgumentTypeError(f"{text!r} is not NAME:PASSWORD")
    return name, password


def header(text: str) -> tuple[str, str]:
    """A request header: `Name: value`."""
    name, colon, value = text.partition(":")
    if not colon or re.fullmatch(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+", name) is None:
        raise ArgumentTypeError(f"{text!r} is not a header: give 'Name: value'")
    if re.search(r"[\r\n\0]", value) or not value.isascii():
        raise ArgumentTypeError(f"the value of header {name!r} holds a character that headers cannot carry")
    return name, value.strip()


def certificate(text: str) -> tuple[str, str]:
    """curl's `FILE[:PASSWORD]`. A file that exists by the whole name has no password in it, and neither has a colon
    that comes after a drive's letter."""
    path, colon, password = text.partition(":")
    if len(path) == 1 and password[:1] in ("\\", "/"):
        rest, colon, password = password.partition(":")
        path = f"{path}:{rest}"
    if not colon or os.path.exists(text):
        return text, ""
    return path, password

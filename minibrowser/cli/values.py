"""What people write in options, as values. Each function raises `ArgumentTypeError` with the reason."""

from __future__ import annotations

import os
import re
from argparse import ArgumentTypeError
from typing import Final

_DURATION: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(ms|s|m)?")
_WHOLE: Final = re.compile(r"[0-9]{1,15}")
_NUMBER: Final = re.compile(r"-?(?:[0-9]{1,15}(?:\.[0-9]*)?|\.[0-9]+)")
_UNITS: Final = {"": 1.0, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


def milliseconds(text: str) -> float:
    """A duration: a bare number is milliseconds; `500ms`, `5s` and `2m` say their unit; 0 means no limit."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ArgumentTypeError(f"{text!r} is not a duration: give milliseconds, or 5s, or 500ms")
    return float(match[1]) * _UNITS[match[2] or ""]


def pixels(text: str) -> int:
    """A whole number of CSS px, 1 or more."""
    number = _whole(text)
    if number < 1:
        raise ArgumentTypeError(f"{text!r} is not a number of pixels above 0")
    return number


def point(text: str) -> tuple[float, float]:
    """A point, `X,Y` in CSS px."""
    numbers = _numbers(text)
    if len(numbers) != 2:
        raise ArgumentTypeError(f"{text!r} is not a point: give X,Y in px")
    return numbers[0], numbers[1]


def count(text: str) -> int:
    """A whole number above 0."""
    number = _whole(text)
    if number < 1:
        raise ArgumentTypeError(f"not a whole number above 0: {text}")
    return number


def port(text: str) -> int:
    """A TCP port, 0 for a free one."""
    number = _whole(text)
    if not 0 <= number <= 65_535:
        raise ArgumentTypeError(f"{text!r} is not a port from 0 to 65535")
    return number


def scale(text: str) -> float:
    """Device px for one CSS px."""
    numbers = _numbers(text)
    if len(numbers) != 1 or not 0.1 <= numbers[0] <= 10:
        raise ArgumentTypeError(f"{text!r} is not a scale from 0.1 to 10")
    return numbers[0]


def quality(text: str) -> int:
    """A quality for lossy pictures."""
    number = _whole(text)
    if not 0 <= number <= 100:
        raise ArgumentTypeError(f"{text!r} is not a quality from 0 to 100")
    return number


def clip(text: str) -> dict[str, float]:
    """A rectangle, CSS px: x,y,width,height."""
    numbers = _numbers(text)
    if len(numbers) != 4:
        raise ArgumentTypeError(f"{text!r} is not a rectangle: give x,y,width,height")
    x, y, width, height = numbers
    if not (width > 0 and height > 0):
        raise ArgumentTypeError(f"{text!r} has no area: width and height must be above 0")
    return {"x": x, "y": y, "width": width, "height": height}


def _whole(text: str) -> int:
    """A whole number as people write it, -1 for anything else. `int` reads "1_000" and the digits of all scripts."""
    return int(text) if _WHOLE.fullmatch(text) else -1


def _numbers(text: str) -> list[float]:
    """Numbers with commas between them, none where one of them is none."""
    parts = [part.strip() for part in text.split(",")]
    return [float(part) for part in parts] if all(_NUMBER.fullmatch(part) for part in parts) else []


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

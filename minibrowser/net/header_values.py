"""What the values of many headers are made of: lists, quoted strings, seconds. Pure and total."""

from __future__ import annotations

from typing import Final

_MOST_SECONDS: Final = 2**31
"""RFC 9111 section 1.2.2: larger deltas may be taken for this."""


def split_list(value: str) -> list[str]:
    """The members of a comma-separated list, none of them empty; commas within quotes do not separate
    (RFC 9110 section 5.6.1)."""
    if '"' not in value:
        return [part for part in (part.strip(" \t") for part in value.split(",")) if part]
    parts: list[str] = []
    start = index = 0
    quoted = False
    while index < len(value):
        character = value[index]
        if quoted and character == "\\":
            index += 1
        elif character == '"':
            quoted = not quoted
        elif character == "," and not quoted:
            parts.append(value[start:index])
            start = index + 1
        index += 1
    parts.append(value[start:])
    return [part for part in (part.strip(" \t") for part in parts) if part]


def parse_delta(text: str) -> float | None:
    """Delta-seconds (RFC 9111 section 1.2.2), or None."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return float(_MOST_SECONDS if len(text) > 12 else min(int(text), _MOST_SECONDS))


def decode_and_split(values: list[str]) -> list[str]:
    """Get, decode, and split, over all headers of a name: empty members stay (https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split)."""
    result: list[str] = []
    for value in values:
        if '"' not in value:
            result += [part.strip("\t ") for part in value.split(",")]
            continue
        start, position, end = 0, 0, len(value)
        while position < end:
            if value[position] == '"':
                _, position = quoted_string(value, position)
                continue
            if value[position] == ",":
                result.append(value[start:position].strip("\t "))
                start = position + 1
            position += 1
        result.append(value[start:].strip("\t "))
    return result


def quoted_string(text: str, position: int) -> tuple[str, int]:
    """Collect an HTTP quoted string, extracted (https://fetch.spec.whatwg.org/#collect-an-http-quoted-string)."""
    value: list[str] = []
    position += 1
    while position < len(text):
        character = text[position]
        position += 1
        if character == '"':
            break
        if character == "\\" and position < len(text):
            character = text[position]
            position += 1
        value.append(character)
    return "".join(value), position

"""Ranges in conditions."""

from __future__ import annotations

import pytest

from minibrowser.css.ranges import FALSE, TRUE, UNKNOWN, parse_range
from minibrowser.css.syntax import tokenize
from minibrowser.css.tokens import Token, TokenKind


def number(side: list[Token]) -> float | None:
    """The one number of a side."""
    return side[0].value if len(side) == 1 and side[0].kind == TokenKind.NUMBER else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("width > 9", TRUE),
        ("width>=10", TRUE),
        ("Width = 10", TRUE),
        ("10 < width", FALSE),
        ("9 < width <= 10", TRUE),
        ("11 > width > 10", FALSE),
        ("width > = 10", UNKNOWN),
        ("width == 10", UNKNOWN),
        ("9 < width > 9", UNKNOWN),
        ("9 = width = 10", UNKNOWN),
        ("width < 11 < 12", UNKNOWN),
        ("9 < 10", UNKNOWN),
        ("width", UNKNOWN),
        ("width > 9px", UNKNOWN),
        ("width >", UNKNOWN),
        ("9 < width < 11 < 12", UNKNOWN),
    ],
)
def test_a_range_of_a_width_of_10(text: str, expected: int) -> None:
    found = parse_range(tokenize(text), lambda name: name == "width")
    assert (UNKNOWN if found is None else found.holds(10.0, number)) == expected

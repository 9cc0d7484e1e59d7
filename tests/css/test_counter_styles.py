"""Counter styles: numbers as the text of markers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minibrowser.css.counter_styles import CounterStyles

STYLES = CounterStyles()


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("decimal", -7, "-7. "),
        ("decimal-leading-zero", 7, "07. "),
        ("decimal-leading-zero", -7, "-7. "),
        ("lower-roman", 1994, "mcmxciv. "),
        ("lower-roman", 4000, "4000. "),
        ("upper-alpha", 28, "AB. "),
        ("lower-alpha", 0, "0. "),
        ("lower-greek", 25, "αα. "),
        ("hebrew", 15, "טו. "),
        ("georgian", 19, "ით. "),
        ("simp-chinese-informal", 11, "十一、"),
        ("trad-chinese-formal", 101, "壹佰零壹、"),
        ("japanese-informal", 1234, "千二百三十四、"),
        ("korean-hangul-formal", 305, "삼백오, "),
        ("ethiopic-numeric", 123, "፻፳፫/ "),
        ("cjk-heavenly-stem", 11, "一一、"),
        ("disc", 3, "• "),
        ('"-> ', 3, "-> "),
        ("none", 3, ""),
        ("no-such-style", 3, "3. "),
    ],
)
def test_a_marker_is_the_number_in_its_style_with_prefix_and_suffix(
    name: str, value: int, expected: str
) -> None:
    assert STYLES.marker(name, value) == expected


def test_a_rule_defines_a_style_of_its_own() -> None:
    styles = CounterStyles()
    styles.define("box", 'system: cyclic; symbols: A B "C"; suffix: ") "; prefix: "("')
    assert [styles.marker("box", value) for value in (1, 2, 3, 4)] == ["(A) ", "(B) ", "(C) ", "(A) "]


def test_a_rule_may_extend_another_and_limit_its_range() -> None:
    styles = CounterStyles()
    styles.define("few", "system: extends lower-roman; range: 1 3; suffix: ':'; fallback: upper-alpha")
    assert [styles.marker("few", value) for value in (3, 4)] == ["iii:", "D:"]


def test_an_additive_style_uses_its_largest_weights_first() -> None:
    styles = CounterStyles()
    styles.define("dice", "system: additive; additive-symbols: 6 F, 5 E, 1 A; suffix: ' '")
    assert styles.marker("dice", 13) == "FFA "


def test_fallbacks_in_a_circle_end_in_decimal() -> None:
    styles = CounterStyles()
    styles.define("a", "system: fixed; symbols: x; fallback: b")
    styles.define("b", "system: fixed; symbols: y; fallback: a")
    assert styles.text("a", 9) == "9"


def test_decimal_cannot_be_redefined() -> None:
    styles = CounterStyles()
    styles.define("decimal", "system: cyclic; symbols: x")
    assert styles.text("decimal", 5) == "5"


@given(st.sampled_from(sorted(STYLES._styles)), st.integers(-(10**12), 10**12))
def test_every_style_shows_every_number(name: str, value: int) -> None:
    assert STYLES.text(name, value)


@given(st.text())
def test_any_text_as_a_rule_is_harmless(block: str) -> None:
    styles = CounterStyles()
    styles.define("mine", block)
    assert styles.text("mine", 2)

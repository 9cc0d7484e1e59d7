"""Counter styles: numbers as the text of markers."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css.counter_styles import (
    PREDEFINED,
    CounterStyle,
    counter_text,
    marker_text,
    parse_counter_style,
)


def defined(**rules: str) -> dict[str, CounterStyle]:
    """Styles by name, from the blocks of @counter-style rules."""
    styles = {name: parse_counter_style(name, block) for name, block in rules.items()}
    return {name: style for name, style in styles.items() if style is not None}


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
        ("armenian", 1999, "ՌՋՂԹ. "),
        ("simp-chinese-informal", 11, "十一、"),
        ("trad-chinese-formal", 101, "壹佰零壹、"),
        ("japanese-informal", 1234, "千二百三十四、"),
        ("korean-hangul-formal", 305, "삼백오, "),
        ("ethiopic-numeric", 123, "፻፳፫/ "),
        ("cjk-heavenly-stem", 11, "一一、"),
        ("hiragana", 2, "い、"),
        ("disc", 3, "• "),
        ('"-> ', 3, "-> "),
        ("symbols(cyclic)\n*\n+", 4, "+ "),
        ("none", 3, ""),
        ("no-such-style", 3, "3. "),
    ],
)
def test_a_marker_is_the_number_in_its_style_with_prefix_and_suffix(
    name: str, value: int, expected: str
) -> None:
    assert marker_text(name, value, {}) == expected


def test_a_rule_defines_a_style_of_its_own() -> None:
    styles = defined(box='system: cyclic; symbols: A B "C"; suffix: ") "; prefix: "("')
    assert [marker_text("box", value, styles) for value in (1, 2, 3, 4)] == ["(A) ", "(B) ", "(C) ", "(A) "]


@pytest.mark.parametrize(
    "system", ["unheard", "chinese", "fixed 2px", "fixed 1.5", "cyclic 2", "extends", '"a"']
)
def test_a_system_that_is_none_leaves_the_rule_symbolic(system: str) -> None:
    styles = defined(box=f"system: {system}; symbols: A")
    assert [marker_text("box", value, styles) for value in (1, 2)] == ["A. ", "AA. "]


def test_a_rule_may_extend_another_and_limit_its_range() -> None:
    styles = defined(few="system: extends lower-roman; range: 1 3; suffix: ':'; fallback: upper-alpha")
    assert [marker_text("few", value, styles) for value in (3, 4)] == ["iii:", "D:"]


def test_an_additive_style_uses_its_largest_weights_first() -> None:
    styles = defined(dice="system: additive; additive-symbols: 6 F, 5 E, 1 A; suffix: ' '")
    assert marker_text("dice", 13, styles) == "FFA "


def test_fallbacks_in_a_circle_end_in_decimal() -> None:
    styles = defined(a="system: fixed; symbols: x; fallback: b", b="system: fixed; symbols: y; fallback: a")
    assert counter_text("a", 9, styles) == "9"


def test_decimal_cannot_be_redefined() -> None:
    assert parse_counter_style("decimal", "system: cyclic; symbols: x") is None


@given(st.sampled_from(sorted(PREDEFINED)), st.integers(-(10**12), 10**12))
def test_every_style_shows_every_number(name: str, value: int) -> None:
    assert counter_text(name, value, {})


@given(st.text())
def test_any_text_as_a_rule_is_harmless(block: str) -> None:
    style = parse_counter_style("mine", block)
    assert counter_text("mine", 2, {} if style is None else {"mine": style}) is not None

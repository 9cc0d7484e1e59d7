"""`text-transform`."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.text.enums import CaseTransform
from minibrowser.text.transform import (
    capitalize,
    full_size_kana,
    full_width,
    lowercase,
    math_italic,
    transform_case,
    uppercase,
)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("straße", "de", "STRASSE"),
        ("title iı", "tr", "TİTLE İI"),
        ("ﬁx", "en", "FIX"),
        ("άι ρωμιός", "el", "ΑΪ ΡΩΜΙΟΣ"),
        ("ή ", "el", "Ή "),
        ("ŉ", "", "ʼN"),
        ("ij", "nl", "IJ"),
    ],
)
def test_upper_case_maps_in_full_and_by_language(text: str, language: str, expected: str) -> None:
    assert uppercase(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ΣΑΣ", "el", "σας"),
        ("IİI\u0307", "az", "ıii"),
        ("ÀÉ", "fr", "àé"),
        ("ÌJ\u0301", "lt", "i\u0307\u0300j\u0307\u0301"),
    ],
)
def test_lower_case_has_final_sigma_and_the_turkic_i(text: str, language: str, expected: str) -> None:
    assert lowercase(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hello o'brien foo-bar foo_bar", "Hello O'brien Foo-Bar Foo_bar"),
        ("(quoted) 2nd \u201cword\u201d", "(Quoted) 2nd \u201cWord\u201d"),
        ("ijsland ﬁne ǆ", "Ijsland ﬁne ǅ"),
        ("iPhone ⓐ x²y", "IPhone Ⓐ X²Y"),
    ],
)
def test_capitalize_touches_the_first_letter_of_each_word(text: str, expected: str) -> None:
    assert capitalize(text) == expected


def test_capitalize_knows_that_a_word_began_in_the_element_before() -> None:
    assert capitalize("lo world", previous="l") == "lo World"
    assert capitalize("lo world", previous=" ") == "Lo World"


def test_full_width_and_full_size_kana() -> None:
    assert full_width("A b!") == "Ａ　ｂ！"
    assert full_size_kana("ッァ") == "ツア"


@given(
    st.text(), st.sampled_from(list(CaseTransform)), st.sampled_from(["", "tr", "el", "nl", "lt", "hy-AM"])
)
def test_any_text_in_any_case_and_language(text: str, case: CaseTransform, language: str) -> None:
    result = transform_case(text, case, language)
    if case == CaseTransform.NONE:
        assert result == text
    assert bool(result) == bool(text) or case != CaseTransform.NONE


def test_a_single_letter_becomes_mathematical_italic() -> None:
    assert math_italic("A") == "\U0001d434"
    assert math_italic("h") == "\u210e"
    assert math_italic("\u03c9") == "\U0001d714"
    assert math_italic("\u2202") == "\U0001d715"
    assert math_italic("AB") == "AB"
    assert math_italic("1") == "1"

"""@font-face rules: descriptors to a record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from minibrowser.css.font_face import ALL_CHARACTERS, parse_font_face

BASE = "https://example.org/css/site.css"


def test_a_rule_needs_a_family_and_a_source() -> None:
    assert parse_font_face("src: url(a.woff2)", BASE) is None
    assert parse_font_face("font-family: A", BASE) is None


def test_addresses_are_resolved_against_the_sheet() -> None:
    rule = parse_font_face("font-family: 'My Font'; src: url('../f/a.woff2') format('woff2')", BASE)
    assert rule is not None
    assert rule.family == "My Font"
    assert [source.url for source in rule.sources] == ["https://example.org/f/a.woff2"]


def test_sources_of_formats_that_cannot_be_read_are_passed_over() -> None:
    rule = parse_font_face(
        "font-family: A; src: url(a.eot) format('embedded-opentype'), local('Arial'), url(a.ttf) format(truetype)",
        BASE,
    )
    assert rule is not None
    assert repr(rule.sources) == "[local(Arial), url(https://example.org/css/a.ttf)]"


def test_a_second_src_of_nothing_usable_does_not_replace_the_first() -> None:
    rule = parse_font_face(
        "font-family: A; src: url(a.woff); src: url(a.eot) format('embedded-opentype')", BASE
    )
    assert rule is not None
    assert len(rule.sources) == 1


def test_ranges_of_weight_stretch_and_characters_are_kept() -> None:
    rule = parse_font_face(
        "font-family:A;src:url(a);font-weight:100 900;font-stretch:75% condensed;font-style:italic;"
        "unicode-range:U+26, u+0-7F, U+4??",
        BASE,
    )
    assert rule is not None
    assert (rule.weight_min, rule.weight_max, rule.stretch_min, rule.stretch_max) == (100, 900, 75, 75)
    assert rule.is_italic
    assert rule.unicode_range == ((0x26, 0x26), (0, 0x7F), (0x400, 0x4FF))


def test_a_wrong_unicode_range_means_all_characters() -> None:
    rule = parse_font_face("font-family:A;src:url(a);unicode-range:U+9-1", BASE)
    assert rule is not None
    assert rule.unicode_range == ALL_CHARACTERS


def test_metric_overrides_are_fractions() -> None:
    rule = parse_font_face(
        "font-family:A;src:url(a);ascent-override:90%;descent-override:normal;size-adjust:110%", BASE
    )
    assert rule is not None
    assert (rule.ascent_override, rule.descent_override, rule.size_adjust) == (0.9, -1.0, 1.1)


@given(st.text())
def test_any_block_gives_a_rule_or_none(block: str) -> None:
    rule = parse_font_face("font-family:A;src:url(a);" + block, BASE)
    assert rule is None or rule.family

"""@font-face rules: descriptors to a record."""

from __future__ import annotations

from hypothesis import given, strategies as st

from minibrowser.css.font_face import FontFace, parse_font_face
from minibrowser.css.value_context import ValueContext

BASE = "https://example.org/css/site.css"


def face(block: str) -> FontFace | None:
    return parse_font_face(block, ValueContext(BASE))


def face_of(descriptors: str) -> FontFace:
    found = face("font-family: A; src: url(a);" + descriptors)
    assert found is not None
    return found


def test_a_rule_needs_a_family_and_a_source() -> None:
    assert face("src: url(a.woff2)") is None
    assert face("font-family: A") is None


def test_addresses_are_resolved_against_the_sheet() -> None:
    found = face("font-family: 'My Font'; src: url('../f/a.woff2') format('woff2')")
    assert found is not None
    assert found.family == "My Font"
    assert [source.url for source in found.sources] == ["https://example.org/f/a.woff2"]
    assert found.sources[0].format == "woff2"


def test_sources_of_unknown_formats_are_passed_over() -> None:
    found = face("font-family: A; src: url(a.x) format('fancy'), local('Arial'), url(a.ttf) format(truetype)")
    assert found is not None
    assert [(source.is_local, source.url) for source in found.sources] == [
        (True, "Arial"),
        (False, "https://example.org/css/a.ttf"),
    ]


def test_a_second_src_of_nothing_usable_does_not_replace_the_first() -> None:
    found = face("font-family: A; src: url(a.woff); src: url(a.x) format('fancy')")
    assert found is not None
    assert len(found.sources) == 1


def test_ranges_of_weight_stretch_and_characters_are_kept() -> None:
    found = face_of(
        "font-weight:100 900;font-stretch:75% condensed;font-style:italic;unicode-range:U+26, u+0-7F, U+4??"
    )
    assert (found.weight_min, found.weight_max, found.stretch_min, found.stretch_max) == (100, 900, 75, 75)
    assert found.is_italic
    assert found.unicode_range == ((0x26, 0x26), (0, 0x7F), (0x400, 0x4FF))


def test_a_wrong_unicode_range_means_all_characters() -> None:
    assert face_of("unicode-range:U+9-1").unicode_range == ()


def test_metric_overrides_are_fractions() -> None:
    found = face_of("ascent-override:90%;descent-override:normal;size-adjust:110%")
    assert (found.ascent_override, found.descent_override, found.size_adjust) == (0.9, -1.0, 1.1)


@given(st.text())
def test_any_block_gives_a_rule_or_none(block: str) -> None:
    found = face("font-family:A;src:url(a);" + block)
    assert found is None or found.family

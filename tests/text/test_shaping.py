"""Shaping: runs, positions, spacing, sub-ranges. Over pip's fonts, which are everywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.text.font import FontSettings
from minibrowser.text.shaping import ShapeResult, TextShaper, TextSpacing, layout_unit_ceil
from tests.text.fonts import description, machine_fonts, pip_shaper

SANS = description("sans-serif")


@pytest.fixture(scope="module")
def shaper() -> TextShaper:
    return pip_shaper()


def glyph_count(result: ShapeResult) -> int:
    return sum(len(run.glyph_ids) for run in result.runs)


def test_positions_begin_at_nothing_and_end_at_the_width(shaper: TextShaper) -> None:
    result = shaper.shape("Hello world", SANS)
    assert result.positions[0] == 0.0
    assert result.positions[-1] == result.width
    assert result.width == pytest.approx(sum(run.width for run in result.runs))
    assert result.width_between(0, 5) + result.width_between(5, 11) == pytest.approx(result.width)


def test_a_part_of_a_result_holds_just_its_glyphs(shaper: TextShaper) -> None:
    result = shaper.shape("Hello world", SANS)
    part = result.sub_range(6, 11)
    assert glyph_count(part) == 5
    assert part.width == result.width_between(6, 11)
    assert part.runs[0].clusters == [6, 7, 8, 9, 10]
    assert result.sub_range(0, 11) is result


def test_a_part_of_right_to_left_text_comes_from_its_right_end(shaper: TextShaper) -> None:
    result = shaper.shape("abcd", SANS, is_rtl=True)
    assert result.runs[0].clusters == [3, 2, 1, 0]
    part = result.sub_range(0, 2)
    assert part.runs[0].clusters == [1, 0]
    assert part.width == pytest.approx(result.positions[2])


def test_the_offset_that_fits_is_the_last_whose_text_is_no_wider(shaper: TextShaper) -> None:
    result = shaper.shape("Hello world", SANS)
    for offset in range(12):
        assert result.offset_for_width(0, result.positions[offset]) == offset
    assert result.offset_for_width(0, -1.0) == 0
    assert result.offset_for_width(3, 1e9) == 11
    assert result.offset_for_width(3, 0.0) == 3


def test_letter_spacing_follows_each_character_and_word_spacing_each_space(shaper: TextShaper) -> None:
    plain = shaper.shape("a b\u00a0c", SANS).width
    assert shaper.shape("a b\u00a0c", SANS, False, TextSpacing(2.0)).width == pytest.approx(plain + 10)
    assert shaper.shape("a b\u00a0c", SANS, False, TextSpacing(0.0, 3.0)).width == pytest.approx(plain + 6)


def test_marks_take_no_letter_spacing_of_their_own(shaper: TextShaper) -> None:
    plain = shaper.shape("x\u0301y", SANS).width
    assert shaper.shape("x\u0301y", SANS, False, TextSpacing(2.0)).width == pytest.approx(plain + 4)


def test_kerning_brings_letters_together_unless_it_is_off(shaper: TextShaper) -> None:
    off = description("sans-serif", settings=FontSettings((("kern", 0),)))
    assert shaper.shape("AVAV", SANS).width < shaper.shape("AVAV", off).width


def test_white_space_controls_are_as_wide_as_a_space(shaper: TextShaper) -> None:
    space = shaper.shape(" ", SANS).width
    assert space > 0
    for character in "\t\n\r":
        assert shaper.shape(character, SANS).width == space


def test_weight_moves_along_the_axis_of_a_variable_font(shaper: TextShaper) -> None:
    light = shaper.shape("Hello", SANS).width
    bold_wish = description("sans-serif", selection=type(SANS.selection)(700.0))
    bold = shaper.shape("Hello", bold_wish)
    assert bold.width > light
    font = bold.runs[0].font
    assert dict(font.variations)["wght"] == 700.0
    assert not font.synthetic_bold


def test_sizes_scale_all_but_in_steps_of_a_64th(shaper: TextShaper) -> None:
    small = shaper.shape("Hello", description("sans-serif", 10.0)).width
    assert shaper.shape("Hello", description("sans-serif", 20.0)).width == pytest.approx(2 * small)
    assert shaper.shape("Hello", description("sans-serif", 10.01)).width == small


def test_a_result_is_shared_for_equal_wishes(shaper: TextShaper) -> None:
    assert shaper.shape("Hello", SANS) is shaper.shape("Hello", description("sans-serif"))


def test_layout_units_are_rounded_up() -> None:
    assert layout_unit_ceil(1.0) == 1.0
    assert layout_unit_ceil(1.001) == 1 + 1 / 64
    assert layout_unit_ceil(0.0) == 0.0


def test_empty_text_is_no_glyph_at_all(shaper: TextShaper) -> None:
    result = shaper.shape("", SANS)
    assert result.runs == []
    assert result.width == 0.0


@given(st.text(st.characters(codec=None), max_size=30), st.booleans(), st.floats(-3, 3))
def test_any_text_is_shaped_with_every_character_accounted_for(
    shaper: TextShaper, text: str, is_rtl: bool, spacing: float
) -> None:
    result = shaper.shape(text, SANS, is_rtl, TextSpacing(spacing))
    assert len(result.positions) == len(text) + 1
    covered = sorted((run.start, run.end) for run in result.runs)
    assert sum(end - start for start, end in covered) == len(text)
    for run in result.runs:
        assert len(run.glyph_ids) == len(run.advances) == len(run.clusters) == len(run.x_offsets)
        assert all(run.start <= cluster < run.end for cluster in run.clusters)
    assert result.width == pytest.approx(sum(run.width for run in result.runs), abs=1e-6)


def test_small_capitals_are_made_of_smaller_capitals_where_the_font_has_none(shaper: TextShaper) -> None:
    caps = description("sans-serif", 20.0, settings=FontSettings((("smcp", 1),)))
    result = shaper.shape("Aßb 1", caps)
    assert [(run.start, run.end, run.font.size) for run in result.runs] == [
        (0, 1, 20.0),
        (1, 3, 14.0),
        (3, 5, 20.0),
    ]
    expected = (
        shaper.shape("A", description("sans-serif", 20.0)).width
        + shaper.shape("SSB", description("sans-serif", 14.0)).width
        + shaper.shape(" 1", description("sans-serif", 20.0)).width
    )
    assert result.width == pytest.approx(expected)
    assert result.runs[1].clusters == [1, 1, 2]


def test_all_small_caps_makes_everything_small(shaper: TextShaper) -> None:
    caps = description("sans-serif", 20.0, settings=FontSettings((("smcp", 1), ("c2sc", 1))))
    result = shaper.shape("Ab 1", caps)
    assert result.width == pytest.approx(shaper.shape("AB 1", description("sans-serif", 14.0)).width)


def test_small_capitals_are_not_made_up_where_synthesis_is_off(shaper: TextShaper) -> None:
    off = description("sans-serif", settings=FontSettings((("smcp", 1),), (), 0))
    assert shaper.shape("ab", off).width == shaper.shape("ab", SANS).width


def test_kerning_reaches_over_the_border_of_two_parts(shaper: TextShaper) -> None:
    whole = shaper.shape("AVAV", SANS)
    parts = shaper.shape_parts(["A", "VA", "V"], SANS)
    assert [part.text for part in parts] == ["A", "VA", "V"]
    assert sum(part.width for part in parts) == pytest.approx(whole.width)
    assert parts[1].positions == pytest.approx([0.0, whole.width_between(1, 2), whole.width_between(1, 3)])
    assert [run.clusters for run in parts[1].runs] == [[0, 1]]
    assert parts[0].width < shaper.shape("A", SANS).width
    assert shaper.shape_parts(["AV"], SANS) == [shaper.shape("AV", SANS)]


def test_line_separators_are_spaces_and_nul_is_nothing(shaper: TextShaper) -> None:
    assert shaper.shape("a\u2028b", SANS).width == shaper.shape("a b", SANS).width
    assert shaper.shape("a\0b", SANS).width == pytest.approx(shaper.shape("ab", SANS).width, abs=0.5)


def test_arabic_letters_join_those_of_the_text_around_them() -> None:
    shaper = TextShaper(machine_fonts("DejaVu Sans"))
    wish = description("DejaVu Sans")
    text = "\u0639\u0639\u0639"
    whole = shaper.shape(text, wish, True).runs[0].glyph_ids
    parts = [shaper.shape_in(text, at, at + 1, wish, True).runs[0].glyph_ids[0] for at in range(3)]
    assert parts == whole[::-1]
    assert len(set(parts)) == 3
    assert shaper.shape_in(text, 1, 2, wish, True).runs[0].clusters == [0]


def test_latin_text_needs_no_context(shaper: TextShaper) -> None:
    assert shaper.shape_in("abc", 1, 2, SANS) is shaper.shape("b", SANS)


def test_a_part_that_begins_inside_a_ligature_keeps_its_place() -> None:
    shaper = TextShaper(machine_fonts("DejaVu Sans"))
    wish = description("DejaVu Sans")
    whole = shaper.shape("fix", wish)
    assert whole.runs[0].clusters == [0, 2]
    first, second = shaper.shape_parts(["f", "ix"], wish)
    assert len(first.runs[0].glyph_ids) == 1
    assert second.runs[0].clusters == [1]
    assert first.width + second.runs[0].x_offsets[0] == pytest.approx(whole.positions[2])
    assert first.width + second.width == pytest.approx(whole.width)

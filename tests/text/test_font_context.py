"""Which font shows which character: families, web fonts, fallback."""

from __future__ import annotations

from pathlib import Path

import pytest

from minibrowser.errors import FontError
from minibrowser.text.font import FontDescription, FontFamily, FontSelection, FontSettings, MetricsOverride
from minibrowser.text.font_context import DocumentFonts, FontContext, WebFace
from minibrowser.text.font_source import FontRecord, FontSource
from minibrowser.text.matching import FaceCapabilities
from minibrowser.text.shaping import TextShaper
from tests.text.fonts import description, pip_font_bytes, pip_fonts

FEW = (Path(__file__).parent / "data" / "arimo-few.woff2").read_bytes()


class EmptySource(FontSource):
    """A machine without fonts."""

    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        return None

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        return None

    def read(self, record: FontRecord) -> bytes:
        raise FontError("no fonts here")


def families(*names: str, size: float = 16.0) -> FontDescription:
    """A list of named families."""
    return FontDescription(tuple(FontFamily(name) for name in names), size)


def test_equal_descriptions_share_one_list_of_fonts() -> None:
    fonts = pip_fonts()
    assert fonts.fonts_for(description("serif")) is fonts.fonts_for(description("serif"))
    assert fonts.fonts_for(description("serif")) is not fonts.fonts_for(description("serif", 17.0))


def test_unknown_families_end_at_the_standard_font() -> None:
    fonts = pip_fonts()
    standard = fonts.fonts_for(description("serif")).primary
    assert fonts.fonts_for(families("No Such Font")).primary is standard
    assert fonts.fonts_for(FontDescription((), 16.0)).primary is standard


def test_a_machine_without_fonts_is_told_in_words() -> None:
    with pytest.raises(FontError, match="install a font package"):
        FontContext(EmptySource()).fonts_for(families("Arial"))


def test_a_web_font_wins_over_an_installed_one_from_when_it_has_come() -> None:
    fonts = pip_fonts()
    before = fonts.fonts_for(families("Arimo")).primary
    version = fonts.version
    web = fonts.add_web_font("arimo", FEW)
    after = fonts.fonts_for(families("Arimo"))
    assert fonts.version > version
    assert web.face is not None
    assert after.primary.face is web.face
    assert before.face is not web.face


def test_characters_that_a_web_font_lacks_come_from_the_next_family() -> None:
    fonts = pip_fonts()
    web = fonts.add_web_font("few", FEW)
    found = fonts.fonts_for(families("few", "Roboto Mono"))
    assert found.font_for_character(ord("A")).face is web.face
    other = found.font_for_character(ord("z"))
    assert other.face is not web.face
    assert other is fonts.fonts_for(families("Roboto Mono")).primary


def test_a_web_font_shows_only_its_unicode_range() -> None:
    fonts = pip_fonts()
    fonts.add_web_font("few", FEW, unicode_range=((0x41, 0x41),))
    found = fonts.fonts_for(families("few"))
    assert found.font_for_character(ord("A")).face is not found.font_for_character(ord("V")).face
    # The first available font must have the space in its range.
    assert found.primary is fonts.fonts_for(description("serif")).primary


def test_only_the_faces_that_a_text_needs_are_wanted() -> None:
    fonts = pip_fonts()
    latin = WebFace("split", FaceCapabilities(), ((0x00, 0xFF),))
    greek = WebFace("split", FaceCapabilities(), ((0x370, 0x3FF),))
    unused = WebFace("unused", FaceCapabilities())
    for face in (latin, greek, unused):
        fonts.declare_web_font(face)
    shaper = TextShaper(fonts)
    shaper.shape("abc", families("split"))
    assert fonts.wanted_web_fonts() == [latin]
    shaper.shape("αβγ", families("split"))
    assert fonts.wanted_web_fonts() == [latin, greek]
    fonts.load_web_font(latin, FEW)
    assert fonts.wanted_web_fonts() == [greek]


def test_the_face_of_the_right_weight_is_taken_and_bold_made_up_where_there_is_none() -> None:
    fonts = pip_fonts()
    regular = fonts.add_web_font("one", FEW, FaceCapabilities(400, 400))
    bold_wish = FontDescription((FontFamily("one"),), 16.0, FontSelection(700.0))
    made_up = fonts.fonts_for(bold_wish).primary
    assert made_up.face is regular.face
    assert made_up.synthetic_bold
    bold = fonts.add_web_font("one", FEW, FaceCapabilities(700, 700))
    real = fonts.fonts_for(bold_wish).primary
    assert real.face is bold.face
    assert not real.synthetic_bold
    no_synthesis = FontDescription(
        (FontFamily("one"),), 16.0, FontSelection(400.0, 100.0, True), FontSettings((), (), 0)
    )
    assert fonts.fonts_for(no_synthesis).primary.synthetic_skew == 0.0


def test_a_variable_web_font_takes_the_weight_within_its_range() -> None:
    fonts = pip_fonts()
    fonts.add_web_font("var", pip_font_bytes(), FaceCapabilities(400, 600))
    wish = FontDescription((FontFamily("var"),), 16.0, FontSelection(900.0))
    assert dict(fonts.fonts_for(wish).primary.variations)["wght"] == 600.0


def test_metric_overrides_and_size_adjust_are_taken() -> None:
    fonts = pip_fonts()
    face = WebFace("adj", FaceCapabilities(), override=MetricsOverride(1.0, 0.5, 0.25), size_adjust=2.0)
    fonts.declare_web_font(face)
    fonts.load_web_font(face, FEW)
    font = fonts.fonts_for(families("adj", size=10.0)).primary
    assert font.size == 20.0
    assert (font.ascent, font.descent, font.line_gap, font.line_spacing) == (20.0, 10.0, 5.0, 35.0)


def test_a_broken_web_font_is_an_error_and_changes_nothing() -> None:
    fonts = pip_fonts()
    face = WebFace("bad", FaceCapabilities())
    fonts.declare_web_font(face)
    with pytest.raises(FontError):
        fonts.load_web_font(face, b"not a font")
    assert fonts.fonts_for(families("bad")).primary is fonts.fonts_for(description("serif")).primary


def test_font_size_adjust_makes_the_x_height_what_is_asked() -> None:
    fonts = pip_fonts()
    wish = FontDescription((FontFamily("Arimo"),), 20.0, FontSelection(), FontSettings(size_adjust=0.4))
    assert fonts.fonts_for(wish).primary.x_height == pytest.approx(8.0)


def test_private_and_unknown_characters_fall_back_to_the_primary_font() -> None:
    fonts = pip_fonts()
    found = fonts.fonts_for(description("sans-serif"))
    assert found.font_for_character(0x10FFFD) is found.primary
    assert (
        DocumentFonts(fonts.context).fonts_for(description("sans-serif")).font_for_character(0xE000)
        is not None
    )


@pytest.mark.parametrize(("angle", "skew"), [(5.0, 0.0), (14.0, 0.25), (20.0, 0.25)])
def test_an_upright_face_is_slanted_for_steep_wishes_only(angle: float, skew: float) -> None:
    fonts = pip_fonts()
    fonts.add_web_font("few", FEW)
    wish = FontDescription((FontFamily("few"),), 16.0, FontSelection(400.0, 100.0, False, angle))
    assert fonts.fonts_for(wish).primary.synthetic_skew == skew

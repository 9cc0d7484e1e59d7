"""SVG pictures."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, strategies as st
from PIL import Image

from minibrowser.errors import ImageError
from minibrowser.image.decode import decode
from minibrowser.image.svg import (
    SvgFonts,
    SvgImage,
    decode_svg,
    font_families,
    unusual_characters,
    view_box,
    with_aliases,
    without_outer_references,
)
from tests.text.fonts import pip_font_bytes

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
CLEAR = (0, 0, 0, 0)
RED = (255, 0, 0, 255)


def svg(attributes: str, content: str = '<rect width="100%" height="100%" fill="red"/>') -> str:
    """A document with these attributes on its root."""
    return f"<svg {NAMESPACE} {attributes}>{content}</svg>"


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ('width="20" height="10"', (20.0, 10.0, 2.0)),
        ('width="1in" height="72pt"', (96.0, 96.0, 1.0)),
        ('viewBox="0 0 30 10"', (-1.0, -1.0, 3.0)),
        ('width="20" viewBox="0 0 30 10"', (20.0, -1.0, 3.0)),
        ('width="100%" height="50%" viewBox="0,0,30,10"', (-1.0, -1.0, 3.0)),
        ('width="20" height="10" viewBox="0 0 1 1"', (20.0, 10.0, 2.0)),
        ('width="2em" height="-5"', (32.0, -1.0, 0.0)),
        ("", (-1.0, -1.0, 0.0)),
        ('viewBox="0 0 0 10"', (-1.0, -1.0, 0.0)),
        ('viewBox="1 2 3"', (-1.0, -1.0, 0.0)),
    ],
)
def test_natural_dimensions_come_from_the_root_element(
    attributes: str, expected: tuple[float, float, float]
) -> None:
    picture = decode_svg(svg(attributes))
    assert (picture.natural_width, picture.natural_height, picture.natural_ratio) == pytest.approx(expected)
    assert picture.is_svg


def test_a_picture_is_drawn_at_the_size_that_is_asked() -> None:
    picture = decode_svg(svg('viewBox="0 0 10 10"', '<circle cx="5" cy="5" r="5" fill="red"/>'))
    for width, height in ((40, 20), (7, 7), (1, 1)):
        assert picture.bitmap(width, height).size == (width, height)
    # preserveAspectRatio: the square stays in the middle.
    wide = picture.bitmap(40, 20)
    assert wide.getpixel((20, 10)) == RED
    assert wide.getpixel((2, 10)) == CLEAR


def test_preserve_aspect_ratio_none_fills_the_area() -> None:
    markup = svg(
        'viewBox="0 0 10 10" preserveAspectRatio="none"', '<rect width="10" height="10" fill="red"/>'
    )
    assert decode_svg(markup).bitmap(40, 20).getpixel((1, 10)) == RED


def test_without_a_view_box_the_natural_size_is_stretched() -> None:
    picture = decode_svg(svg('width="10" height="10"', '<rect width="5" height="10" fill="red"/>'))
    pixels = picture.bitmap(40, 20)
    assert pixels.getpixel((18, 19)) == RED
    assert pixels.getpixel((22, 10)) == CLEAR


def test_without_any_size_the_area_is_the_viewport() -> None:
    picture = decode_svg(svg("", '<rect width="50%" height="10" fill="red"/>'))
    pixels = picture.bitmap(40, 20)
    assert pixels.getpixel((18, 9)) == RED
    assert pixels.getpixel((18, 12)) == CLEAR
    assert pixels.getpixel((22, 5)) == CLEAR


def test_files_are_never_read(tmp_path: Path) -> None:
    target = tmp_path / "red.png"
    Image.new("RGB", (10, 10), (255, 0, 0)).save(target)
    for attribute in ("href", "xlink:href"):
        for place in (str(target), target.as_uri(), f" {target}", f"&#x2f;{str(target)[1:]}"):
            markup = svg(
                'xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10"',
                f'<image {attribute}="{place}" width="10" height="10"/>',
            )
            assert decode_svg(markup).bitmap(10, 10).getpixel((5, 5)) == CLEAR, place


def test_no_entity_can_hide_a_reference(tmp_path: Path) -> None:
    target = tmp_path / "red.png"
    Image.new("RGB", (10, 10), (255, 0, 0)).save(target)
    hidden = f"<image&#x20;hre&#x66;='{target}' width='10' height='10'/>"
    subset = f'<!DOCTYPE svg [<!ENTITY x "{hidden}">]>'
    content = '<rect width="1" height="1"/>&x;'
    with pytest.raises(ImageError):
        decode_svg(subset + svg('width="10" height="10"', content)).bitmap(10, 10)
    with pytest.raises(ImageError):
        decode_svg(f"<!DOC<!DOCTYPE a>TYPE svg [<!ENTITY x 'y'>]>{svg('')}")


def test_text_entities_are_put_in() -> None:
    markup = (
        '<?xml version="1.0"?><!-- made by a drawing program --><!DOCTYPE svg PUBLIC "a" "b" ['
        '<!ENTITY ns "http://www.w3.org/2000/svg"><!ENTITY c "red">]>'
        '<svg xmlns="&ns;" viewBox="0 0 1 1"><rect width="1" height="1" fill="&c;"/></svg>'
    )
    assert decode(markup.encode(), "text/plain").bitmap(4, 4).getpixel((2, 2)) == RED


def test_references_inside_the_picture_stay() -> None:
    kept = "<use href=\"#a\"/><image xlink:href='data:image/png;base64,AAAA'/>"
    assert without_outer_references(kept) == kept
    assert without_outer_references('<image href="http://a/b.png"/>') == '<image href=""/>'


def test_text_is_drawn_with_the_fonts_that_are_given(tmp_path: Path) -> None:
    path = tmp_path / "arimo.ttf"
    path.write_bytes(pip_font_bytes())
    markup = svg("", '<text y="20" font-family="sans-serif">Hello</text>')
    without = decode_svg(markup).bitmap(60, 30)
    assert without.getbbox() is None
    fonts = SvgFonts((str(path),), sans_serif="Arimo")
    assert decode_svg(markup, fonts).bitmap(60, 30).getbbox() is not None


def test_encodings_are_understood() -> None:
    for encoding in ("utf-8", "utf-16", "iso-8859-1"):
        markup = f'<?xml version="1.0" encoding="{encoding}"?>' + svg(
            'width="3" height="4"', "<title>é</title>"
        )
        picture = decode(markup.encode(encoding), "image/svg+xml")
        assert (picture.natural_width, picture.natural_height) == (3.0, 4.0)


@pytest.mark.parametrize("markup", ["", "<svg", "<html/>", "svg", f"<svgx {NAMESPACE}/>", "<a><svg/></a>"])
def test_what_is_no_svg_is_an_image_error(markup: str) -> None:
    with pytest.raises(ImageError):
        SvgImage(markup)


def test_a_broken_rest_is_an_error_when_it_is_drawn() -> None:
    picture = SvgImage(svg("", "<rect>"))
    with pytest.raises(ImageError):
        picture.bitmap(10, 10)


@pytest.mark.parametrize(("width", "height"), [(0, 5), (-1, 5), (1_000_000, 1), (90_000, 90_000)])
def test_impossible_sizes_are_image_errors(width: int, height: int) -> None:
    with pytest.raises(ImageError):
        SvgImage(svg("")).bitmap(width, height)


@given(st.text())
def test_view_box_takes_any_text(text: str) -> None:
    box = view_box(text)
    assert box is None or (box[2] > 0 and box[3] > 0)


@given(st.text(st.sampled_from("<>/=\"'&;# svgrectwidth0123!-[]DOCTYPE?")))
def test_any_markup_is_a_picture_or_an_image_error(tail: str) -> None:
    for markup in (
        tail,
        f"<svg {NAMESPACE} {tail}",
        svg('width="4" height="4"', tail),
        f"<!DOCTYPE {tail}{svg('')}",
    ):
        try:
            assert SvgImage(markup).bitmap(4, 4).size == (4, 4)
        except ImageError:
            continue


@pytest.mark.parametrize(
    ("style", "color"),
    [
        ("background: #ff0000", (255, 0, 0, 255)),
        ("fill:red; Background : rgb(0, 0, 255) !important", (0, 0, 255, 255)),
        ("background: linear-gradient(red, blue)", (0, 0, 0, 0)),
        ("background: nonsense", (0, 0, 0, 0)),
        ("my-background: red", (0, 0, 0, 0)),
    ],
)
def test_a_document_has_the_background_of_its_root(style: str, color: tuple[int, ...]) -> None:
    markup = svg(f'style="{style}"', "<g/>")
    assert SvgImage(markup, paints_background=True).bitmap(2, 2).getpixel((0, 0)) == color
    assert SvgImage(markup).bitmap(2, 2).getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_clear_background_color_is_drawn_once() -> None:
    markup = svg('style="background-color: rgba(0, 0, 0, 0.7)"', "<g/>")
    assert SvgImage(markup, paints_background=True).bitmap(2, 2).getpixel((0, 0)) == (0, 0, 0, 179)


def test_a_filter_that_is_not_there_is_none() -> None:
    rect = '<rect width="9" height="9" fill="#00f" filter="url(#{})"/>'
    assert SvgImage(svg("", rect.format("no"))).bitmap(2, 2).getpixel((0, 0)) == (0, 0, 255, 255)


def test_families_are_found_in_attributes_and_declarations() -> None:
    markup = (
        """<text font-family="Arial, 'DejaVu Sans'"/><text style="font-family:&quot;A B&quot;,serif;x:y"/>"""
    )
    assert font_families(markup) == ["Arial", "DejaVu Sans", "A B", "serif"]
    assert 'font-family="Liberation Sans, ' in with_aliases(markup, {"Arial": "Liberation Sans"})


def test_characters_that_need_other_fonts_are_found_once_a_block() -> None:
    assert unusual_characters("<text>\u6f22\u6f23 caf\u00e9 \u2603</text>") == ["\u6f22", "\u2603"]


def test_what_stands_outside_of_the_viewport_is_found() -> None:
    picture = SvgImage(svg('width="10" height="10"', '<rect x="8" y="2" width="7" height="5" fill="#00f"/>'))
    wider = picture.overflowing(10.0, 10.0)
    assert wider is not None
    edges = wider.edges
    assert edges.right >= 5.0
    assert (edges.left, edges.top, edges.bottom) == (0.0, 0.0, 0.0)
    image = wider.bitmap(int(wider.natural_width), int(wider.natural_height))
    assert [image.getpixel((x, 4)) for x in (7, 8, 14, 15)] == [
        (0, 0, 0, 0),
        (0, 0, 255, 255),
        (0, 0, 255, 255),
        (0, 0, 0, 0),
    ]
    assert SvgImage(svg("", "<rect width='9' height='9'/>")).overflowing(10.0, 10.0) is None

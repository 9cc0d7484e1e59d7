"""Pictures that would hang or end the process are refused before the renderer sees them."""

from __future__ import annotations

import base64

import pytest

from minibrowser.errors import ImageError
from minibrowser.image.svg import SvgImage, decode_svg
from minibrowser.image.svg_guard import SvgGuard, bounded_filters, without_filters

from .test_decode import bomb

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="40" height="40">'


def chain(count: int) -> str:
    """Groups that show one another by reference."""
    links = "".join(f'<g id="l{i}"><use xlink:href="#l{i - 1}"/></g>' for i in range(1, count))
    return f'<defs><rect id="l0" width="9" height="9"/>{links}</defs><use xlink:href="#l{count - 1}"/>'


def laughs(levels: int) -> str:
    """Ten times ten times ten ..."""
    lines = "".join(
        f'<g id="l{i}">' + f'<use xlink:href="#l{i - 1}"/>' * 10 + "</g>" for i in range(1, levels)
    )
    return f'<defs><rect id="l0" width="9" height="9"/>{lines}</defs><use xlink:href="#l{levels - 1}"/>'


PATTERN = (
    '<pattern id="p" width="{0}" height="{0}" patternUnits="userSpaceOnUse">'
    '<rect width="1" height="1"/></pattern>'
)
PATH = "M" + " 1 1" * 3000
BOMBS = {
    "deep": "<g>" * 500 + '<rect width="9" height="9"/>' + "</g>" * 500,
    "deep by reference": chain(200),
    "laughs": laughs(9),
    "groups": '<g opacity=".9">' * 60 + '<rect width="9" height="9"/>' + "</g>" * 60,
    "pattern": PATTERN.format(1e6) + '<rect fill="url(#p)" width="40" height="40"/>',
    "small pattern, enlarged": PATTERN.format(10)
    + '<g transform="scale(1e3)"><g transform="matrix(1e3 0 0 1e3 0 0)"><rect fill="url(#p)" width="40"/></g></g>',
    "markers": f'<marker id="m"><path d="{PATH}"/></marker><path marker-mid="url(#m)" d="{PATH}"/>',
    "picture inside": f'<image href="data:image/png;base64,{base64.b64encode(bomb("PNG")).decode()}"/>',
    "text": "<text>" + "x" * 1_100_000 + "</text>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_an_image_error(name: str) -> None:
    with pytest.raises(ImageError, match="SVG image"):
        decode_svg(HEAD + BOMBS[name] + "</svg>").bitmap(40, 40)


HARMLESS = {
    "groups": '<g opacity=".9">' * 12 + '<rect width="40" height="40"/>' + "</g>" * 12,
    "references": chain(30),
    "pattern": PATTERN.format(10) + '<rect fill="url(#p)" width="40" height="40"/>',
    "reference to itself": '<g id="a"><rect width="40" height="40"/><use xlink:href="#a"/></g>',
    "turbulence": '<filter id="f"><feTurbulence baseFrequency=".1" numOctaves="1000000"/></filter>'
    '<rect filter="url(#f)" width="40" height="40"/>',
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_is_no_bomb_is_drawn(name: str) -> None:
    picture = decode_svg(HEAD + HARMLESS[name] + "</svg>").bitmap(40, 40)
    assert picture.getbbox() is not None


def test_numbers_of_filters_are_brought_into_bounds() -> None:
    assert bounded_filters('<feTurbulence numOctaves="77"/>') == '<feTurbulence numOctaves="9"/>'
    assert (
        bounded_filters('<feGaussianBlur stdDeviation="3 9000"/>') == '<feGaussianBlur stdDeviation="3 500"/>'
    )
    assert bounded_filters('<p order="99"/>') == '<p order="99"/>'


SLOW = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="600"><filter id="f">{primitives}</filter>'
    '{elements}<rect width="600" height="600" fill="#00f" {use}/></svg>'
)


@pytest.mark.parametrize(
    ("primitives", "elements", "use"),
    [
        ("<feMorphology radius='24'/>", "", "filter='url(#f)'"),
        ("<feTurbulence numOctaves='9'/>" * 10, "", "filter='url(#f)'"),
        ("<feTurbulence numOctaves='9'/>" * 10, "", "style='filter: url(#f)'"),
        ("<feTurbulence numOctaves='9'/>" * 10, "<style>.a { filter: url(#f) }</style>", "class='a'"),
        ("", "", f"filter='{'blur(9px) ' * 40}'"),
        ("<feGaussianBlur/>", "<rect width='9' height='9' filter='url(#f)'/>" * 90, "filter='url(#f)'"),
    ],
)
def test_filters_that_would_take_too_long_are_left_out(primitives: str, elements: str, use: str) -> None:
    markup = SLOW.format(primitives=primitives, elements=elements, use=use)
    assert not SvgGuard(markup).affords_filters(1.0, 600 * 600)
    plain = without_filters(markup)
    assert "url(#f)" not in plain
    assert "blur" not in plain
    assert SvgGuard(plain).work == 0.0


def test_a_picture_without_its_filters_is_still_drawn() -> None:
    markup = SLOW.format(primitives="<feMorphology radius='24'/>", elements="", use="filter='url(#f)'")
    assert SvgImage(markup).bitmap(600, 600).getpixel((300, 300)) == (0, 0, 255, 255)


def test_filters_of_common_pictures_are_kept() -> None:
    shadow = "<feGaussianBlur stdDeviation='4'/><feOffset dy='2'/><feMerge><feMergeNode/></feMerge>"
    markup = SLOW.format(primitives=shadow, elements="", use="filter='url(#f)'")
    assert SvgGuard(markup).affords_filters(1.0, 1280 * 800)

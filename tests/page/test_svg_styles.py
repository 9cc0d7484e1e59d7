"""Inline SVG carries the page's styles, and what it refers to, into the SVG renderer."""

from __future__ import annotations

from minibrowser.dom import Element
from minibrowser.page.svg_styles import elements_by_id, fill_box, inline_svg_markup
from tests.css.pages import Styled


def markup_of(html: str, css: str = "") -> str:
    """The first <svg> of a page as the renderer gets it."""
    page = Styled(html, css)
    return inline_svg_markup(page.element("svg"), page.tree, elements_by_id(page.document))


def test_a_css_transform_takes_the_place_of_the_attribute() -> None:
    markup = markup_of('<svg><rect transform="scale(9)" style="transform: translate(5px, 7px)"/></svg>')
    assert 'transform="matrix(1 0 0 1 5 7)"' in markup
    assert "scale(9)" not in markup


def test_svg_elements_turn_about_the_origin_unless_told_otherwise() -> None:
    css = "rect { transform: rotate(90deg) }"
    assert 'transform="matrix(0 1 -1 0 0 0)"' in markup_of('<svg><rect width="9"/></svg>', css)


def test_fill_box_is_the_shapes_own_box() -> None:
    css = "circle { transform: rotate(180deg); transform-box: fill-box; transform-origin: center }"
    markup = markup_of('<svg><circle cx="10" cy="20" r="5"/></svg>', css)
    assert 'transform="matrix(-1 0 0 -1 20 40)"' in markup


def test_symbols_elsewhere_in_the_page_come_along() -> None:
    markup = markup_of(
        '<svg><use href="#icon"/></svg><svg style="display: none"><symbol id="icon">'
        '<path fill="url(#g)"/></symbol></svg><svg><linearGradient id="g"/></svg>'
    )
    assert '<symbol xmlns:xlink="http://www.w3.org/1999/xlink" id="icon"' in markup
    assert "<linearGradient" in markup
    assert "display" not in markup


def test_effects_of_the_root_are_left_to_painting() -> None:
    markup = markup_of('<svg style="opacity: 0.5"><g style="opacity: 0.25; mix-blend-mode: multiply"/></svg>')
    assert 'opacity="0.5"' not in markup
    assert 'opacity="0.25"' in markup
    assert 'style="mix-blend-mode:multiply"' in markup


def test_a_displacement_map_that_currentcolor_tainted_passes_its_input_on() -> None:
    filters = (
        '<svg><filter><feFlood flood-color="{}"/><feOffset/><feDisplacementMap scale="100"/></filter></svg>'
    )
    assert 'scale="10"' in markup_of(filters.format("blue"))
    assert 'scale="0"' in markup_of(filters.format("currentColor"))


def test_the_box_of_a_group_holds_those_of_its_shapes() -> None:
    page = Styled('<svg><g><line x1="1" y1="2" x2="3" y2="9"/><path d="M5,5 h4"/></g></svg>')
    group = page.element("g")
    assert isinstance(group, Element)
    rect = fill_box(group)
    assert (rect.x, rect.y, rect.width, rect.height) == (1, 2, 8, 7)


def test_gradients_that_are_not_rendered_are_none_as_in_chromium() -> None:
    markup = markup_of(
        '<svg><path fill="url(#g)"/></svg><svg style="display: none"><linearGradient id="g"/></svg>'
    )
    assert "<linearGradient" not in markup


def test_what_a_use_shows_inherits_from_the_use() -> None:
    markup = markup_of(
        '<svg class="icon"><use href="#icon"/></svg>'
        '<svg width="0" height="0"><symbol id="icon"><path d="M0 0h9"/></symbol></svg>',
        ".icon { fill: teal }",
    )
    assert '<path d="M0 0h9"/>' in markup


def test_rules_reach_into_sprites_that_are_not_rendered() -> None:
    markup = markup_of(
        '<svg><use href="#icon"/></svg>'
        '<div style="display: none"><svg><symbol id="icon"><path class="a"/></symbol></svg></div>',
        ".a { fill: orange }",
    )
    assert '<path fill="rgb(255, 165, 0)"/>' in markup


def test_currentcolor_is_written_as_the_renderer_knows_it() -> None:
    markup = markup_of('<svg fill="none" stroke="currentcolor"><path shape-rendering="crispEdges"/></svg>')
    assert 'stroke="currentColor"' in markup
    assert 'shape-rendering="crispEdges"' in markup

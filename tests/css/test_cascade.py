"""The cascade: origins, importance, layers, scopes, inheritance; and how little of a sheet is read."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from minibrowser.css import MediaContext, Origin, PseudoElement, StyleContext, StyleSheet, resolve_styles
from minibrowser.css.decoding import decode_sheet
from minibrowser.html.parser import parse_document

from .pages import URL, Styled

PAGE = "<!doctype html><div id=d class='a b'><p id=p class=c>x</p></div>"
RED = "rgb(255, 0, 0)"
BLUE = "rgb(0, 0, 255)"


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("p { color: blue } p { color: red }", RED),
        ("#p { color: red } p.c { color: blue }", RED),
        ("p { color: red !important } #p { color: blue }", RED),
        ("@layer a { #p { color: blue } } p { color: red }", RED),
        ("@layer a, b; @layer b { p { color: red } } @layer a { #p { color: blue } }", RED),
        ("@layer a { p { color: red !important } } #p { color: blue !important }", RED),
        ("@layer a { p { color: red } @layer x { #p { color: blue } } }", RED),
        ("@layer { p { color: blue } } @layer { p { color: red } }", RED),
        ("@layer a.b { p { color: blue } } @layer a { p { color: red } }", RED),
        ("p { color: red } #p { color: revert-layer }", "rgb(0, 0, 0)"),
        ("@layer a { p { color: red } } @layer b { p { color: revert-layer } }", RED),
        ("div { color: red } p { color: blue } #p { color: inherit }", RED),
        ("div { color: red } #p { color: unset }", RED),
        ("div { color: blue } #p { color: initial }", "rgb(0, 0, 0)"),
        ("@media (max-width: 10px) { p { color: blue } } @media screen { p { color: red } }", RED),
        ("@supports (color: nope) { p { color: blue } } @supports not (bogus: y) { p { color: red } }", RED),
        ("@scope (.a) to (.z) { p { color: red } } @scope (.q) { p { color: blue } }", RED),
        ("@scope (.a) to (p) { p { color: blue } }", "rgb(0, 0, 0)"),
        ("p, :nope { color: blue }", "rgb(0, 0, 0)"),
        ("p { color: red } @bogus { p { color: blue } } @import 'x';", RED),
        ("<!-- p { color: red } -->", RED),
        ("/* { */ p { color: red /* } */ }", RED),
        ("p { background: url(a;b}c); color: red }", RED),
        ("p { color: red", RED),
        ("@property --x { syntax: '<color>'; inherits: false; initial-value: red } p { color: var(--x) }", RED),
    ],
)  # fmt: skip
def test_the_winner_is(css: str, expected: str) -> None:
    assert Styled(PAGE, css).value("p", "color") == expected


def test_the_style_attribute_wins_over_rules_but_not_over_important_ones() -> None:
    html = "<!doctype html><p style='color: red; margin: 1px'>"
    page = Styled(html, "p { color: blue; margin: 2px !important }")
    assert page.value("p", "color") == RED
    assert page.value("p", "margin-top") == "2px"


def test_user_rules_lose_unless_they_are_important() -> None:
    page = Styled(
        PAGE, "p { color: red; top: 1px }", user_css="p { color: blue; top: 2px !important; left: 3px }"
    )
    assert [page.value("p", name) for name in ("color", "top", "left")] == [RED, "2px", "3px"]


def test_revert_goes_back_to_the_user_agent() -> None:
    assert Styled(PAGE, "p { display: inline } #p { display: revert }").value("p", "display") == "block"


def test_imported_sheets_stand_in_their_layer() -> None:
    sheet = StyleSheet("@layer first; @import 'a.css' layer(first) print, screen; p { color: red }", url=URL)
    (rule,) = sheet.imports
    assert (rule.url, rule.layer, rule.media, rule.is_supported) == (
        "https://example.org/a/a.css",
        "first",
        "print, screen",
        True,
    )
    imported = StyleSheet("#p { color: blue }", url=rule.url, imported_by=rule)
    document = parse_document(PAGE, url=URL)
    tree = resolve_styles(document, [imported, sheet], StyleContext())
    style = tree.style_of(document.descendant_elements()[-1])
    assert style is not None
    assert repr(style.inherited.color) == RED


def test_before_and_after_exist_only_with_content() -> None:
    page = Styled(
        PAGE, "p::before { content: 'x'; color: red } p::after { color: red } div::before { content: none }"
    )
    element = page.element("p")
    assert page.tree.pseudo_style(element, PseudoElement.BEFORE) is not None
    assert page.tree.pseudo_style(element, PseudoElement.AFTER) is None
    assert page.tree.pseudo_style(page.element("div"), PseudoElement.BEFORE) is None


def test_nothing_inside_display_none_has_a_style() -> None:
    page = Styled(PAGE, "div { display: none }")
    assert page.tree.style_of(page.element("p")) is None


def test_equal_elements_share_one_style() -> None:
    page = Styled("<!doctype html><ul>" + "<li class=x>y</li>" * 50 + "</ul>", ".x { color: red }")
    styles = {id(page.tree.style_of(element)) for element in page.element("ul").element_children()}
    assert len(styles) == 1


def test_children_without_rules_share_their_parents_inherited_group() -> None:
    page = Styled("<!doctype html><div style='color: red'><span>x</span></div>")
    assert page.style("span").inherited is page.style("div").inherited


def test_current_color_is_resolved_before_anybody_sees_it() -> None:
    page = Styled(PAGE, "div { color: red; text-shadow: 1px 1px } p { color: blue; border: solid }")
    assert page.value("p", "border-top-color") == BLUE
    assert page.value("p", "text-shadow") == "rgb(0, 0, 255) 1px 1px 0px"
    assert page.value("p", "-webkit-text-fill-color") == BLUE


def test_bevelled_borders_in_currentcolor_are_drawn_light_grey() -> None:
    page = Styled(PAGE, "div { color: red; border: inset } p { border: outset blue }")
    assert page.style("div").paint.border_top_color.rgba8() == (238, 238, 238, 255)
    assert page.value("div", "border-top-color") == RED
    assert page.style("p").paint.border_top_color.rgba8() == (0, 0, 255, 255)


def test_flex_items_and_the_root_are_blockified() -> None:
    page = Styled(
        "<!doctype html><div style='display: flex'><span>x</span></div>", "html { display: inline }"
    )
    assert page.value("span", "display") == "block"
    assert page.value("html", "display") == "block"


def test_monospace_changes_the_size_of_keywords_only() -> None:
    html = (
        "<!doctype html><pre>a<b style='font-family: serif'>x</b></pre><pre style='font-size: 20px'>b</pre>"
    )
    page = Styled(html)
    assert [page.value(selector, "font-size") for selector in ("pre", "b", "pre + pre")] == [
        "13px",
        "16px",
        "20px",
    ]


def test_media_queries_see_the_viewport() -> None:
    css = "@media (width < 600px) { p { color: red } } @media (prefers-color-scheme: dark) { p { top: 1px } }"
    page = Styled(PAGE, css, media=MediaContext(500, 800, color_scheme="dark"))
    assert page.value("p", "color") == RED
    assert page.value("p", "top") == "1px"


def test_a_dark_scheme_turns_the_initial_colour_white() -> None:
    dark = MediaContext(500, 800, color_scheme="dark")
    css = ":root { color-scheme: light dark } p { background: light-dark(red, blue) }"
    assert Styled(PAGE, css, media=dark).value("p", "color") == "rgb(255, 255, 255)"
    assert Styled(PAGE, css, media=dark).value("p", "background-color") == BLUE
    assert Styled(PAGE, css).value("p", "background-color") == RED


def test_images_in_use_are_listed_for_the_loader() -> None:
    css = "p { background: url(a.png), url(b.png) } .unused { background: url(c.png) } div { list-style: url(d.png) }"
    page = Styled(PAGE, css)
    assert sorted(page.tree.image_urls) == [f"https://example.org/a/{name}.png" for name in "abd"]


def test_font_faces_and_counter_styles_of_the_sheets_are_in_the_tree() -> None:
    css = "@font-face { font-family: F; src: url(f.woff2) } @counter-style c { system: cyclic; symbols: x }"
    tree = Styled(PAGE, css).tree
    assert [face.family for face in tree.font_faces] == ["F"]
    assert list(tree.counter_styles) == ["c"]


def test_only_blocks_of_rules_that_match_are_parsed() -> None:
    css = "".join(f".unused{n} {{ color: red; margin: {n}px }}\n" for n in range(500)) + "p { color: red }"
    page = Styled(PAGE, css)
    author = page.sheets[-1]
    assert author.blocks_parsed == 1
    assert page.statistics.rules > 500
    assert page.statistics.selectors_tried < 200


def test_descendant_selectors_are_not_tried_without_their_ancestors() -> None:
    css = "".join(f".gone{n} p {{ color: red }}\n" for n in range(300))
    with_css, without = Styled(PAGE, css), Styled(PAGE)
    assert with_css.statistics.selectors_tried == without.statistics.selectors_tried


def test_quirks_mode_takes_numbers_as_lengths_and_bare_hex_colours() -> None:
    css = "p { width: 20; color: 00ff00 }"
    quirky, strict = Styled("<p>x", css), Styled("<!doctype html><p>x", css)
    assert (quirky.value("p", "width"), quirky.value("p", "color")) == ("20px", "rgb(0, 255, 0)")
    assert (strict.value("p", "width"), strict.value("p", "color")) == ("auto", "rgb(0, 0, 0)")


@pytest.mark.parametrize(
    ("data", "charset", "document", "expected"),
    [
        (b"\xef\xbb\xbf\xc3\xa9", "latin1", "", "\xe9"),
        (b"\xe9", "latin1", "", "\xe9"),
        (b'@charset "latin1";\xe9', None, None, '@charset "latin1";\xe9'),
        (b"\xe9", None, "windows-1252", "\xe9"),
        (b"\xe9", None, None, "\ufffd"),
        (b"a", "no-such-charset", None, "a"),
    ],
)
def test_a_sheet_is_decoded_by(data: bytes, charset: str | None, document: str | None, expected: str) -> None:
    assert decode_sheet(data, charset, document) == expected


PIECES = st.lists(
    st.sampled_from(
        (
            "a .b #c { } { } ; : , color red margin 1px @media @supports @layer @import @font-face @scope @namespace "
            "( ) [ ] \" ' /* */ \\ & > url( !important -- --x var(--x) :is( :not( (min-width:1px) print \n <!-- -->"
        ).split(" ")
    ),
    max_size=40,
).map(" ".join)


@given(st.one_of(st.text(max_size=120), PIECES))
def test_any_text_is_a_style_sheet(text: str) -> None:
    document = parse_document("<!doctype html><p class=b id=c>x<a></a></p>", url=URL)
    sheet = StyleSheet(text, url=URL, origin=Origin.AUTHOR)
    tree = resolve_styles(document, [sheet], StyleContext())
    assert document.root in tree.styles


def test_deeply_nested_rules_are_cut_off_rather_than_a_crash() -> None:
    for text in (
        "a{" * 20_000,
        "@media all{" * 20_000,
        "@layer x{" * 3_000 + "p{color:red}",
        "a{@media all{" * 5_000,
    ):
        assert Styled(PAGE, text).value("p", "display") == "block"

"""States that a user brings about: pointer, focus, history, and the address's fragment."""

from __future__ import annotations

from minibrowser.css import StyleContext, StyleSheet, StyleTree, resolve_styles, user_agent_sheets
from minibrowser.css.serialize import serialize
from minibrowser.dom import Document, Element
from minibrowser.html.parser import parse_document


def load(html: str, url: str = "https://example.com/page") -> Document:
    return parse_document("<!doctype html>" + html, url=url)


def by_id(document: Document, name: str) -> Element:
    return next(element for element in document.descendant_elements() if element.id == name)


def styled(document: Document, css: str) -> StyleTree:
    return resolve_styles(document, [*user_agent_sheets(False), StyleSheet(css)], StyleContext())


def color(document: Document, css: str, name: str) -> str:
    style = styled(document, css).style_of(by_id(document, name))
    assert style is not None
    return serialize(style, "color")


def test_the_hovered_element_and_its_ancestors_match_hover() -> None:
    document = load("<div id=a><p id=b>x</p><p id=c>y</p></div>")
    css = ":hover { color: red } :not(:hover) { color: blue }"
    assert color(document, css, "b") == "rgb(0, 0, 255)"
    document.interaction.hovered = by_id(document, "b")
    assert [color(document, css, name) for name in "abc"] == [
        "rgb(255, 0, 0)",
        "rgb(255, 0, 0)",
        "rgb(0, 0, 255)",
    ]


def test_the_active_element_matches_active() -> None:
    document = load("<button id=a>x</button>")
    document.interaction.active = by_id(document, "a")
    assert color(document, "button:active { color: red }", "a") == "rgb(255, 0, 0)"


def test_focus_is_where_it_was_put_and_focus_within_is_around_it() -> None:
    document = load("<form id=f><input id=a><input id=b></form>")
    document.interaction.focused = by_id(document, "b")
    css = "* { color: black } :focus { color: red } :focus-within:not(:focus) { color: lime }"
    assert [color(document, css, name) for name in "fab"] == [
        "rgb(0, 255, 0)",
        "rgb(0, 0, 0)",
        "rgb(255, 0, 0)",
    ]


def test_autofocus_gives_the_first_focusable_element_the_focus() -> None:
    document = load("<input id=a><input id=b disabled autofocus><p id=p autofocus>x<input id=c autofocus>")
    css = ":focus { color: red }"
    assert color(document, css, "c") == "rgb(255, 0, 0)"
    assert color(document, css, "p") == "rgb(0, 0, 0)"
    assert color(document, css, "a") != "rgb(255, 0, 0)"


def test_the_focused_element_has_a_ring() -> None:
    document = load("<div id=a tabindex=0 autofocus>x</div>")
    style = styled(document, "").style_of(by_id(document, "a"))
    assert style is not None
    assert serialize(style, "outline-style") == "auto"


def test_a_visited_link_shows_other_colors_and_tells_nobody() -> None:
    document = load("<a id=a href=/seen>x<b id=b>y</b></a><a id=c href=/new>z</a>")
    document.interaction.visited.add("https://example.com/seen")
    css = (
        "a:link { color: blue; font-size: 20px } a:visited { color: lime; font-size: 40px; background: red }"
    )
    tree = styled(document, css)
    for name, shown in (("a", (0.0, 255.0, 0.0)), ("b", (0.0, 255.0, 0.0)), ("c", (0.0, 0.0, 255.0))):
        style = tree.style_of(by_id(document, name))
        assert style is not None
        shown_color = style.inherited.color
        assert (shown_color.red, shown_color.green, shown_color.blue) == shown
        assert serialize(style, "color") == "rgb(0, 0, 255)"
        assert style.inherited.font_size == 20.0
        # A transparent background stays transparent: only its other channels may change.
        assert style.paint.background_color.alpha == 0.0


def test_a_link_to_nowhere_but_here_is_visited() -> None:
    document = load("<a id=a href=''>x</a><a id=b href='#'>y</a>")
    tree = styled(document, "")
    first, second = tree.style_of(by_id(document, "a")), tree.style_of(by_id(document, "b"))
    assert first is not None
    assert second is not None
    assert first.inherited.color.red == 0x55
    assert second.inherited.color.red == 0


def test_generated_content_of_a_visited_link_takes_its_color() -> None:
    document = load("<a id=a href=''>x</a>")
    css = "a::before { content: 'x' } a:visited { color: lime } a:visited::after { content: 'no' }"
    tree = styled(document, css)
    pseudos = {pseudo.name: style for (_, pseudo), style in tree.pseudo_styles.items()}
    assert list(pseudos) == ["BEFORE"]
    assert pseudos["BEFORE"].inherited.color.green == 255.0


def test_the_fragment_of_the_address_says_what_the_target_is() -> None:
    document = load("<div id='ä b'>x</div><p id=p>y</p>", "https://example.com/#%C3%A4%20b")
    css = ":target { color: red } :target-within { order: 1 }"
    assert color(document, css, "ä b") == "rgb(255, 0, 0)"
    assert color(document, css, "p") == "rgb(0, 0, 0)"


def test_the_default_namespace_leaves_only_the_subject_of_is_alone() -> None:
    document = load("<svg><g class=c><text id=t class=a>x</text></g></svg>")
    css = '@namespace "http://www.w3.org/1999/xhtml"; *|*.a { color: red } *|*:is(.c .a) { color: lime }'
    assert color(document, css, "t") == "rgb(255, 0, 0)"
    assert color(document, css.replace(".c .a", ".a"), "t") == "rgb(0, 255, 0)"

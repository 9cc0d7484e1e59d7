"""Styles after changes: the same as resolved from nothing, by asking few elements."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from minibrowser.css import StyleContext, StyleSheet, StyleTree, resolve_styles, user_agent_sheets
from minibrowser.css.restyle import DocumentStyles
from minibrowser.dom import Document, Element
from minibrowser.dom.mutation import append, remove, remove_attribute, set_attribute
from minibrowser.html.parser import parse_document
from minibrowser.layout.reconcile import same_style

SELECTORS = (
    "p:hover",
    "div:hover p", "div:hover > p", "p:hover + p", "p:hover ~ div", "a:focus", "div:focus-within", "div:active b",
    ".a", ".a .b", ".a > .c", ".b + .c", ".c ~ .a b", "p:not(.a)", "div:is(.a, .b) p", ":where(.c) b", "[data-x]",
    "[data-x='1'] b", "p[data-x] ~ p", "[class*=b]", "input:checked", "input:checked + b", "input:not(:checked) ~ b",
    "input:placeholder-shown", "input[value='1']", "form:invalid", "form:valid b", "input:invalid", "div:has(.a)",
    "div:has(:checked) b",
    "div:has(> p:hover)", "p:nth-child(2 of .a)", "details[open] b", "details:open", "#x", "#x b",
    "p:first-child:hover", "b:hover::before", ".a::before", ":indeterminate", "a:hover", "textarea:placeholder-shown",
    "div.a:hover .b:hover", ".\\61", "div { .a & { color: red } }", ":root:hover", "body:has(:focus) p", "p:empty",
)  # fmt: skip
DECLARATIONS = (
    "color: red", "font-size: 2em", "display: none", "--v: 1", "width: 10px", "content: 'x'", "background: blue",
    "color: var(--v, lime)", "margin: inherit", "content: attr(data-x)", "display: flex", "border-left: 1px solid",
)  # fmt: skip


def documents(html: str, css: str) -> tuple[Document, list[StyleSheet]]:
    document = parse_document("<!doctype html>" + html, url="about:blank")
    return document, [*user_agent_sheets(False), StyleSheet(css)]


def differences(tree: StyleTree, wanted: StyleTree) -> list[object]:
    """Elements and pseudo-elements with another style, or without one."""
    found: list[object] = list({*tree.styles} ^ {*wanted.styles})
    found += list({*tree.pseudo_styles} ^ {*wanted.pseudo_styles})
    for element, style in wanted.styles.items():
        own = tree.styles.get(element)
        if own is not None and not (same_style(own, style) and own.variables == style.variables):
            found.append(element)
    for key, style in wanted.pseudo_styles.items():
        if not same_style(tree.pseudo_styles.get(key), style):
            found.append(key)
    return found


def random_page(chance: random.Random) -> str:
    def inside(depth: int) -> str:
        parts = []
        for _ in range(chance.randint(1, 4)):
            tag = chance.choice(
                (
                    "div",
                    "p",
                    "b",
                    "a href=x",
                    "details",
                    "form",
                    "input",
                    "input type=checkbox",
                    "input type=radio name=r",
                    "progress",
                    "textarea",
                )
            )
            name = f" class='{chance.choice(('', 'a', 'b', 'a c', 'b c'))}'" if chance.random() < 0.5 else ""
            required = " required" if chance.random() < 0.3 else ""
            content = (
                inside(depth - 1) if depth and not tag.startswith(("input", "textarea", "p")) else "text"
            )
            parts.append(f"<{tag}{name}{required}>{content}</{tag.split()[0]}>")
        return "".join(parts)

    return inside(3)


def change(document: Document, chance: random.Random) -> None:
    elements = [one for one in document.descendant_elements() if one.local_name not in ("html", "head")]
    element = chance.choice(elements)
    interaction = document.interaction
    match chance.randint(0, 10):
        case 0:
            interaction.hovered = chance.choice([element, None])
        case 1:
            interaction.focused = chance.choice([element, None])
        case 2:
            interaction.active = chance.choice([element, None])
        case 3:
            set_attribute(element, "class", chance.choice(("", "a", "b", "a b", "c")))
        case 4:
            set_attribute(element, "data-x", chance.choice("12"))
        case 5:
            set_attribute(element, "style", chance.choice(("color: lime", "display: none", "")))
        case 6:
            set_attribute(element, "id", chance.choice("xy"))
        case 7:
            remove_attribute(element, chance.choice(("class", "data-x", "style", "id", "open")))
        case 8:
            set_attribute(element, "open", "")
        case 9:
            set_attribute(element, "value", chance.choice(("", "1", "2")))
        case _:
            for one in elements:
                if one.local_name == "input" and chance.random() < 0.5:
                    if "checked" in one.attributes:
                        remove_attribute(one, "checked")
                    else:
                        set_attribute(one, "checked", "")


@pytest.mark.parametrize("seed", range(60))
def test_changes_give_the_styles_that_resolving_from_nothing_gives(seed: int) -> None:
    chance = random.Random(seed)
    rules = [
        f"{selector} {{ {chance.choice(DECLARATIONS)} }}" if "{" not in selector else selector
        for selector in chance.sample(SELECTORS, 12)
    ]
    document, sheets = documents(random_page(chance), "\n".join(rules))
    context = StyleContext()
    styles = DocumentStyles(document, sheets, context)
    for step in range(12):
        styles.watch()
        for _ in range(chance.randint(1, 2)):
            change(document, chance)
        wanted = resolve_styles(document, sheets, context)
        assert differences(styles.update(), wanted) == [], (step, rules)


def resolved_by(html: str, css: str, do: Callable[[Document], None]) -> int:
    document, sheets = documents(html, css)
    styles = DocumentStyles(document, sheets, StyleContext())
    styles.watch()
    do(document)
    tree = styles.update()
    assert differences(tree, resolve_styles(document, sheets, StyleContext())) == []
    return styles.resolved


def first(document: Document, name: str) -> Element:
    return next(one for one in document.descendant_elements() if one.local_name == name)


LONG = "<p class=x><b>x</b></p>" * 200 + "<input><i><u>y</u></i>"


def test_typing_asks_the_field_alone() -> None:
    assert (
        resolved_by(LONG, "p b { color: red }", lambda d: set_attribute(first(d, "input"), "value", "x")) == 1
    )


def test_what_no_selector_mentions_asks_nobody_else() -> None:
    def hover(document: Document) -> None:
        document.interaction.hovered = first(document, "b")

    assert resolved_by(LONG, "a:hover { color: red }", hover) == 0
    assert resolved_by(LONG, "p:hover { color: red }", hover) <= 4


def test_a_selector_with_the_change_left_of_a_sibling_asks_the_siblings() -> None:
    def change_class(document: Document) -> None:
        set_attribute(first(document, "i"), "class", "on")

    assert resolved_by(LONG, ".on u { color: red }", change_class) <= 4
    assert resolved_by(LONG, ".on + p { color: red }", change_class) > 400


def test_what_cannot_be_told_apart_is_asked_as_a_whole() -> None:
    def more(document: Document) -> None:
        append(first(document, "i"), Element("em"))

    def less(document: Document) -> None:
        remove(first(document, "u"))

    assert resolved_by(LONG, "", more) > 400
    assert resolved_by(LONG, "", less) > 400
    assert resolved_by(LONG, "", lambda d: set_attribute(first(d, "input"), "type", "radio")) > 400

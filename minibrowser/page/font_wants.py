"""Which web fonts the texts of a document want, known from its styles before anything is laid out.

A text wants a face when its style names the face's family and `unicode-range` covers one of its characters. So fonts
are on their way while pictures still come, and one layout does. What only layout knows of (counters, markers) is
found by it, and costs another.
"""

from __future__ import annotations

from typing import Final

from ..css import StyleTree
from ..css.computed_style import ComputedStyle, InheritedStyle
from ..css.keywords import Display
from ..css.style_tree import PseudoElement
from ..css.values import ContentKind
from ..dom import Document, Element
from ..dom.node import HTML_NAMESPACE, Text
from ..layout.box_text import transform_text
from ..layout.fonts import font_description
from ..text.font_context import DocumentFonts

_CONTENTS_NOT_SHOWN: Final = frozenset(
    ("audio", "canvas", "embed", "iframe", "img", "noscript", "object", "video")
)
_TEXT_INPUTS: Final = frozenset(("", "email", "number", "password", "search", "tel", "text", "url"))
_BUTTON_INPUTS: Final = frozenset(("button", "reset", "submit"))


def want_fonts(document: Document, styles: StyleTree, fonts: DocumentFonts, families: frozenset[str]) -> None:
    """Have the declared faces marked that texts want. `families` are their names in lower case."""
    texts: dict[InheritedStyle, set[str]] = {}
    for element in document.descendant_elements():
        style = styles.style_of(element)
        if style is None or style.box.display == Display.NONE or element.namespace != HTML_NAMESPACE:
            continue
        if element.local_name not in _CONTENTS_NOT_SHOWN:
            for child in element.children:
                if isinstance(child, Text) and not child.data.isspace():
                    _add(texts, style, child.data)
        if element.local_name == "input":
            _add_input(texts, element, style, styles)
    for (element, pseudo), style in styles.pseudo_styles.items():
        if pseudo in (PseudoElement.FIRST_LETTER, PseudoElement.FIRST_LINE):
            _add(texts, style, element.text_content()[:1000])
        for item in style.box.content.items:
            if item.kind in (ContentKind.TEXT, ContentKind.ATTR):
                _add(texts, style, item.text)
    for inherited, characters in texts.items():
        if not any(not name.is_generic and name.name.lower() in families for name in inherited.font_family):
            continue
        wanted = fonts.fonts_for(font_description(inherited, ""))
        for character in characters:
            wanted.font_for_character(ord(character))


def _add(texts: dict[InheritedStyle, set[str]], style: ComputedStyle, text: str) -> None:
    inherited = style.inherited
    if inherited.text_transform:
        text = transform_text(text, inherited.text_transform, "")
    known = texts.get(inherited)
    if known is None:
        texts[inherited] = {character for character in text if not character.isspace()}
    else:
        known.update(character for character in text if not character.isspace())


def _add_input(
    texts: dict[InheritedStyle, set[str]], element: Element, style: ComputedStyle, styles: StyleTree
) -> None:
    kind = element.get("type").strip().lower()
    value = element.get("value")
    if kind in _BUTTON_INPUTS:
        _add(texts, style, value or {"reset": "Reset", "submit": "Submit"}.get(kind, ""))
    elif kind in _TEXT_INPUTS:
        placeholder = element.get("placeholder")
        if value:
            _add(texts, style, "•" if kind == "password" else value)
        elif placeholder:
            _add(texts, styles.pseudo_style(element, PseudoElement.PLACEHOLDER) or style, placeholder)

"""::first-letter (https://drafts.csswg.org/css-pseudo-4/#first-letter-pseudo)."""

from __future__ import annotations

import unicodedata
from typing import Final

from ..css.computed_style import ComputedStyle, InheritedStyle
from ..css.keywords import FloatKind
from ..css.style_tree import PseudoElement
from ..dom.node import Element
from .box import Box, BoxKind
from .box_text import text_box
from .first_line import rebase

WHITE_SPACE: Final = " \t\n\r\f"
PUNCTUATION: Final = frozenset(("Ps", "Pe", "Pi", "Pf", "Po"))


def first_letter_length(text: str) -> tuple[int, int]:
    """Start and end of the first letter in a text, punctuation around it included; (0, 0) for none."""
    start = 0
    length = len(text)
    while start < length and text[start] in WHITE_SPACE:
        start += 1
    end = start
    while end < length and unicodedata.category(text[end]) in PUNCTUATION:
        end += 1
    if end >= length or text[end] in WHITE_SPACE:
        return 0, 0
    end += 1
    while end < length and unicodedata.category(text[end])[0] == "M":
        end += 1
    while end < length and unicodedata.category(text[end]) in PUNCTUATION:
        end += 1
    return start, end


def split_first_letter(box: Box, style: ComputedStyle, element: Element) -> None:
    """Give the first letter of a block container's first line a box of its own."""
    _split(box, style, element, box.style.inherited)


def _inside(style: ComputedStyle, outer: InheritedStyle, inner: InheritedStyle) -> ComputedStyle:
    """The style of a first letter in an inline box: what no rule says comes from there."""
    inherited = rebase(style.inherited, outer, inner)
    return ComputedStyle(inherited, style.box, style.paint, style.variables)


def _split(box: Box, style: ComputedStyle, element: Element, outer: InheritedStyle) -> bool:
    """True where the search is over: the letter was found, or something else comes first."""
    for index, child in enumerate(box.children):
        if child.kind == BoxKind.OUTSIDE_MARKER or child.is_out_of_flow():
            continue
        if child.pseudo == PseudoElement.MARKER:
            continue
        if child.kind == BoxKind.TEXT:
            start, end = first_letter_length(child.text)
            if end == 0:
                if child.text.strip(WHITE_SPACE):
                    return True
                continue
            if child.style.inherited is not outer:
                style = _inside(style, outer, child.style.inherited)
            letter = Box(
                BoxKind.INLINE if style.box.float_ == FloatKind.NONE else BoxKind.BLOCK,
                style,
                element,
                PseudoElement.FIRST_LETTER,
            )
            letter.language = child.language
            letter.children.append(text_box(child.text[start:end], letter))
            letter.has_inline_children = letter.kind == BoxKind.BLOCK
            rest = Box(BoxKind.TEXT, child.style)
            rest.language = child.language
            rest.text = child.text[end:]
            box.children[index : index + 1] = [letter, rest]
            return True
        if child.is_floating():
            continue
        if child.kind == BoxKind.INLINE or (child.kind == BoxKind.BLOCK and not child.is_inline_level()):
            if child.pseudo == PseudoElement.FIRST_LETTER:
                return True
            if _split(child, style, element, outer):
                return True
            continue
        return True
    return False

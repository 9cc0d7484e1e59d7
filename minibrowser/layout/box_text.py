"""Text boxes."""

from __future__ import annotations

from ..css.computed_style import ComputedStyle
from ..text.enums import CaseTransform
from ..text.transform import full_size_kana, full_width, transform_case
from .box import Box, BoxKind


def text_box(data: str, parent: Box, before: str = "") -> Box:
    """A text box in the style of its parent box. `before`: the character before it in its line."""
    if before and "capitalize" in parent.style.inherited.text_transform:
        box = Box(BoxKind.TEXT, parent.style)
        box.language = parent.language
        # A word that started before is not capitalized again; one letter stands for all.
        letter = "x" if before.isalnum() else before
        box.text = transform_text(letter + data, parent.style.inherited.text_transform, parent.language)[1:]
        return box
    return text_box_of(data, parent.style, parent)


def text_box_of(data: str, style: ComputedStyle, parent: Box) -> Box:
    """A text box of this style, text-transform applied."""
    box = Box(BoxKind.TEXT, style)
    box.language = parent.language
    transforms = style.inherited.text_transform
    if transforms:
        data = transform_text(data, transforms, parent.language)
    box.text = data
    return box


def transform_text(data: str, transforms: tuple[str, ...], language: str) -> str:
    """https://drafts.csswg.org/css-text-3/#text-transform-property"""
    for name in transforms:
        if name == "uppercase":
            data = transform_case(data, CaseTransform.UPPERCASE, language)
        elif name == "lowercase":
            data = transform_case(data, CaseTransform.LOWERCASE, language)
        elif name == "capitalize":
            data = transform_case(data, CaseTransform.CAPITALIZE, language)
        elif name == "full-width":
            data = full_width(data)
        elif name == "full-size-kana":
            data = full_size_kana(data)
    return data

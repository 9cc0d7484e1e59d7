"""::first-line: which block container has the first formatted line, and in which styles its boxes are there.

https://drafts.csswg.org/css-pseudo-4/#first-line-pseudo
"""

from __future__ import annotations

from typing import Final

from ..css.computed_style import BoxStyle, ComputedStyle, InheritedStyle, PaintStyle
from ..css.keywords import Display
from .box import Box, BoxKind

INHERITED: Final = (
    "color",
    "font_family",
    "font_feature_settings",
    "font_kerning",
    "font_oblique_angle",
    "font_optical_sizing",
    "font_size",
    "font_size_adjust",
    "font_stretch",
    "font_style",
    "font_synthesis_small_caps",
    "font_synthesis_style",
    "font_synthesis_weight",
    "font_variant_alternates",
    "font_variant_caps",
    "font_variant_east_asian",
    "font_variant_emoji",
    "font_variant_ligatures",
    "font_variant_numeric",
    "font_variant_position",
    "font_variation_settings",
    "font_weight",
    "letter_spacing",
    "line_height",
    "ruby_position",
    "text_decoration_skip_ink",
    "text_emphasis_color",
    "text_emphasis_position",
    "text_emphasis_style",
    "text_fill_color",
    "text_shadow",
    "text_stroke_color",
    "text_stroke_width",
    "text_transform",
    "text_underline_offset",
    "text_underline_position",
    "word_spacing",
)
"""The inherited properties that apply (https://drafts.csswg.org/css-pseudo-4/#first-line-styling)."""

PAINTED: Final = (
    "background_attachment",
    "background_blend_mode",
    "background_clip",
    "background_color",
    "background_image",
    "background_origin",
    "background_position_x",
    "background_position_y",
    "background_repeat",
    "background_size",
    "text_decoration_color",
    "text_decoration_line",
    "text_decoration_style",
    "text_decoration_thickness",
)
"""Those that are not inherited."""

CONTAINERS: Final = frozenset((BoxKind.BLOCK, BoxKind.TABLE_CELL, BoxKind.TABLE_CAPTION))


def rebase(child: InheritedStyle, old: InheritedStyle, new: InheritedStyle) -> InheritedStyle:
    """The inherited group of a box inside another whose group becomes `new`.

    NOTE: that a value came from the parent is told by its being the same; a box that declares its parent's very
    value changes with it.
    """
    if child is old:
        return new
    result = child.copy()
    for name in INHERITED:
        before = getattr(old, name)
        if getattr(child, name) == before:
            setattr(result, name, getattr(new, name))
    return result


def fictional_style(style: ComputedStyle, pseudo: ComputedStyle) -> ComputedStyle:
    """The style of the fictional inline box around the first line of a block in `style`: what applies of `pseudo`."""
    inherited = style.inherited.copy()
    for name in INHERITED:
        setattr(inherited, name, getattr(pseudo.inherited, name))
    box = BoxStyle()
    box.display = Display.INLINE
    paint = PaintStyle()
    for name in PAINTED:
        setattr(paint, name, getattr(pseudo.paint, name))
    return ComputedStyle(inherited, box, paint, pseudo.variables)


def first_formatted_container(box: Box) -> Box | None:
    """The block container, `box` or one inside it, whose first line is the first formatted line of `box`."""
    while box.kind in CONTAINERS:
        if box.has_inline_children:
            return box
        inner: Box | None = None
        for child in box.children:
            if child.is_out_of_flow() or child.is_floating() or child.kind == BoxKind.OUTSIDE_MARKER:
                continue
            inner = child
            break
        if inner is None or inner.kind != BoxKind.BLOCK or inner.is_inline_level():
            return None
        box = inner
    return None


def mark_first_line(box: Box, pseudo: ComputedStyle) -> None:
    """Give the first formatted line of a block container its style; those of blocks inside come first."""
    target = first_formatted_container(box)
    if target is None:
        return
    own = fictional_style(box.style, pseudo)
    inner = target.first_line
    if inner is not None:
        # The inner ::first-line is a child of the outer one.
        inherited = rebase(inner.inherited, box.style.inherited, own.inherited)
        target.first_line = ComputedStyle(inherited, inner.box, inner.paint, inner.variables)
        return
    inherited = rebase(target.style.inherited, box.style.inherited, own.inherited)
    target.first_line = ComputedStyle(inherited, own.box, own.paint, own.variables)

"""What painting must know of a style before it looks closer, as bits: most boxes have none."""

from __future__ import annotations

from typing import Final

from ..css.computed_style import ComputedStyle
from ..css.keywords import (
    BackfaceVisibility,
    BlendMode,
    BorderStyle,
    Interactivity,
    Isolation,
    OutlineStyle,
    Overflow,
    PointerEvents,
    PositionKind,
    TransformStyle,
    Visibility,
)
from ..css.values import Z_AUTO

DECORATED: Final = 1
"""Has a background, a border, a border image or a shadow."""
OUTLINED: Final = 2
HIDDEN: Final = 4
"""visibility is not visible."""
POSITIONED: Final = 8
STACKING: Final = 16
"""Is a stacking context for a reason that does not depend on what the box is."""
Z_INDEX: Final = 32
"""Has a z-index other than auto; counts for positioned boxes, and for flex and grid items."""
CLIPS: Final = 64
"""overflow, clip or contain: paint."""
DECORATES_TEXT: Final = 128
TRANSFORMED: Final = 256
GROUP: Final = 512
"""Needs a group: opacity, blend mode, filter, mask, backdrop filter; or a clip-path."""
BACKGROUND: Final = 1024
BACKFACE: Final = 2048
"""backface-visibility: hidden, or transform-style: preserve-3d: the box's place in space matters."""
WILL_MOVE: Final = 4096
"""will-change announces a transform."""

MOVING: Final = frozenset(("transform", "translate", "rotate", "scale", "offset", "perspective"))
WILL_CHANGE_STACKING: Final = frozenset(
    (
        "opacity",
        "transform",
        "translate",
        "rotate",
        "scale",
        "filter",
        "backdrop-filter",
        "-webkit-backdrop-filter",
        "clip-path",
        "-webkit-clip-path",
        "mask",
        "mask-image",
        "-webkit-mask",
        "-webkit-mask-image",
        "mix-blend-mode",
        "isolation",
        "perspective",
        "transform-style",
        "position",
        "z-index",
        "contain",
        "view-transition-name",
        "offset-path",
        "will-change",
    )
)
"""https://drafts.csswg.org/css-will-change/: properties any value of which makes a stacking context."""


def has_background(style: ComputedStyle) -> bool:
    """Whether there is a background colour or image."""
    paint = style.paint
    if paint.background_color.alpha > 0:
        return True
    images = paint.background_image
    return len(images) > 1 or images[0] is not None


def has_border(style: ComputedStyle) -> bool:
    """Whether any side has a style and a width."""
    box, paint = style.box, style.paint
    return (
        (box.border_top_width > 0 and paint.border_top_style > BorderStyle.HIDDEN)
        or (box.border_right_width > 0 and paint.border_right_style > BorderStyle.HIDDEN)
        or (box.border_bottom_width > 0 and paint.border_bottom_style > BorderStyle.HIDDEN)
        or (box.border_left_width > 0 and paint.border_left_style > BorderStyle.HIDDEN)
    )


def style_flags(style: ComputedStyle) -> int:
    """The bits of a style."""
    inherited, box, paint = style.inherited, style.box, style.paint
    flags = 0
    if has_background(style):
        flags |= DECORATED | BACKGROUND
    if has_border(style) or paint.box_shadow or paint.border_image_source is not None:
        flags |= DECORATED
    if paint.outline_style != OutlineStyle.NONE and (
        paint.outline_width > 0 or paint.outline_style == OutlineStyle.AUTO
    ):
        flags |= OUTLINED
    if inherited.visibility != Visibility.VISIBLE:
        flags |= HIDDEN
    position = box.position
    if position != PositionKind.STATIC:
        flags |= POSITIONED
        if position >= PositionKind.FIXED:
            # https://drafts.csswg.org/css-position-3/#valdef-position-fixed: fixed and sticky boxes always.
            flags |= STACKING
    if box.z_index != Z_AUTO:
        flags |= Z_INDEX
    if box.overflow_x != Overflow.VISIBLE or box.overflow_y != Overflow.VISIBLE or paint.clip:
        flags |= CLIPS
    if box.contain:
        if "paint" in box.contain or "strict" in box.contain or "content" in box.contain:
            flags |= CLIPS | STACKING
        elif "layout" in box.contain:
            flags |= STACKING
    if paint.text_decoration_line:
        flags |= DECORATES_TEXT
    if paint.transform or paint.translate is not None or paint.rotate is not None or paint.scale is not None:
        flags |= TRANSFORMED | STACKING
    if paint.backface_visibility == BackfaceVisibility.HIDDEN or paint.transform_style != TransformStyle.FLAT:
        flags |= BACKFACE | STACKING
    if paint.perspective >= 0 or paint.transform_style != TransformStyle.FLAT:
        flags |= STACKING
    has_mask = False
    for image in paint.mask_image:
        if image is not None:
            has_mask = True
    if (
        paint.opacity < 1
        or paint.mix_blend_mode != BlendMode.NORMAL
        or paint.filter_
        or paint.backdrop_filter
        or paint.clip_path is not None
        or has_mask
    ):
        flags |= GROUP | STACKING
    if paint.isolation == Isolation.ISOLATE:
        flags |= STACKING
    for name in paint.will_change:
        if name in WILL_CHANGE_STACKING:
            flags |= STACKING
        if name in MOVING:
            flags |= WILL_MOVE
    return flags


def hit_flags(style: ComputedStyle) -> int:
    """The bits of a style for those who ask what a pointer hits: every box is there, with ink or without, and HIDDEN is
    what pointers pass through (Blink's IsVisibleToHitTest: `opacity: 0` is hit)."""
    flags = (style_flags(style) | DECORATED) & ~(OUTLINED | BACKGROUND | DECORATES_TEXT)
    inherited = style.inherited
    if inherited.pointer_events == PointerEvents.NONE or inherited.interactivity == Interactivity.INERT:
        flags |= HIDDEN
    return flags

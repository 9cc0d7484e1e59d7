"""What an inline box does to the blocks inside of it.

Such a block splits the inline box in parts (https://drafts.csswg.org/css2/#anonymous-block-level) and stands in an
anonymous block between them. Relative positions, stacking and effects of the inline box are of all of its content:
the anonymous block takes these over.
"""

from __future__ import annotations

from ..css.computed_style import BoxStyle, ComputedStyle, PaintStyle
from ..css.keywords import BlendMode, Display, Isolation, PositionKind


def affects_blocks(style: ComputedStyle) -> bool:
    """Whether an inline box of this style moves, layers or changes the blocks inside of it."""
    paint = style.paint
    return (
        style.box.position != PositionKind.STATIC
        or paint.opacity != 1.0
        or bool(paint.filter_)
        or paint.mix_blend_mode != BlendMode.NORMAL
        or paint.isolation != Isolation.AUTO
    )


def block_in_inline_style(inline: ComputedStyle) -> ComputedStyle:
    """The style of the anonymous block: it inherits from the inline box, and has its effects."""
    box = BoxStyle()
    box.display = Display.BLOCK
    source = inline.box
    box.position = source.position
    box.top, box.right = source.top, source.right
    box.bottom, box.left = source.bottom, source.left
    box.z_index = source.z_index
    paint = PaintStyle()
    effects = inline.paint
    paint.opacity = effects.opacity
    paint.filter_ = effects.filter_
    paint.mix_blend_mode = effects.mix_blend_mode
    paint.isolation = effects.isolation
    return ComputedStyle(inline.inherited, box, paint, inline.variables)

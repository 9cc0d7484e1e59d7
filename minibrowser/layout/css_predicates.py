"""Questions about styles that box generation and layout share."""

from __future__ import annotations

from ..css.computed_style import ComputedStyle
from ..css.keywords import BoxOrient, ColumnSpan, Display, Overflow
from ..css.style_tree import PseudoElement
from ..css.values import AlignKeyword, LengthKind
from .box import Box, BoxKind
from .sizing import has_containment, is_scroll_container


def is_multicol(style: ComputedStyle) -> bool:
    """Whether a block container is a multi-column container (https://drafts.csswg.org/css-multicol-1/#multi-column-container)."""
    return style.box.column_count > 0 or style.box.column_width.kind != LengthKind.AUTO


def establishes_formatting_context(box: Box, parent: ComputedStyle) -> bool:
    """Whether an in-flow block-level child is the root of a formatting context of its own.

    https://drafts.csswg.org/css-display-4/#block-formatting-context
    """
    if box.kind != BoxKind.BLOCK:
        return True
    if box.is_root:
        return True
    style = box.style
    display = style.box.display
    if display != Display.BLOCK and display != Display.LIST_ITEM:
        return True
    if style is parent:
        return False
    if is_scroll_container(style):
        return True
    if box.control is not None:
        return True
    if is_multicol(style) or style.box.column_span == ColumnSpan.ALL:
        return True
    if style.box.contain and (has_containment(style, "layout") or has_containment(style, "paint")):
        return True
    if style.box.content_visibility != 0 or style.box.container_type != 0:
        return True
    if style.box.align_content.keyword > AlignKeyword.NORMAL:
        return True
    if style.inherited.writing_mode != parent.inherited.writing_mode:
        return True
    element = box.element
    return element is not None and element.is_html("fieldset")


def clamps_lines(box: Box) -> bool:
    """Whether -webkit-line-clamp is in effect: of vertical -webkit-boxes, which are block containers then."""
    style = box.style.box
    return (
        style.line_clamp > 0
        and style.box_orient == BoxOrient.VERTICAL
        and (style.display == Display.WEBKIT_BOX or style.display == Display.WEBKIT_INLINE_BOX)
    )


def has_lines(box: Box, parent: ComputedStyle) -> bool:
    """Whether lines of the same formatting context are in a child, as `line-clamp` counts them."""
    if box.is_out_of_flow() or box.is_floating() or establishes_formatting_context(box, parent):
        return False
    if box.has_inline_children:
        return True
    found = False
    for child in box.children:
        found = found or has_lines(child, box.style)
    return found


def rendered_legend(box: Box) -> Box | None:
    """The legend of a fieldset that stands over its border: its first one in flow.

    https://html.spec.whatwg.org/multipage/rendering.html#rendered-legend
    """
    element = box.element
    if element is None or not element.is_html("fieldset") or box.pseudo != PseudoElement.NONE:
        return None
    for child in box.children:
        if (
            child.element is not None
            and child.element.is_html("legend")
            and not child.is_out_of_flow()
            and not child.is_floating()
        ):
            return child
    return None


def clips_overflow(style: ComputedStyle) -> bool:
    """Whether overflow is cut off in some direction."""
    return style.box.overflow_x != Overflow.VISIBLE or style.box.overflow_y != Overflow.VISIBLE

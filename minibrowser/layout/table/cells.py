"""Cells of a table: their constraint spaces, their sizes for the rows, and their content's place in the final height.

https://drafts.csswg.org/css-tables-3/#row-layout , as Blink has it: a cell is first laid out with an automatic
height, its own height counting only for its row; then as high as its rows.
"""

from __future__ import annotations

from typing import Final

from ...css.values import AlignKeyword, LengthKind, VerticalAlignKind
from ...geometry import Rect
from ..block_dependence import depends_on_block_size
from ..box import Box
from ..cell_percentages import fixed_cell_block
from ..constraint_space import INDEFINITE, NO_BASELINE, ConstraintSpace, LayoutResult, OutOfFlow
from ..driver import LayoutContext
from ..fragment import Fragment, FragmentKind, Link
from ..logical import WritingDirection, writing_direction
from ..sizing import block_length, inline_length, inset_lengths, layout_unit, resolve_edges
from .grid import Cell, Row


def is_parallel(cell: Cell, table: WritingDirection) -> bool:
    """Whether a cell's lines run along the table's rows."""
    return writing_direction(cell.box.style).is_horizontal == table.is_horizontal


def has_fixed_block(cell: Cell, table: WritingDirection) -> bool:
    """Whether the cell's height, along the table's block axis, is a length."""
    style = cell.box.style
    length = block_length(style) if is_parallel(cell, table) else inline_length(style)
    return length.kind == LengthKind.FIXED


def cell_space(
    cell: Cell,
    table: WritingDirection,
    inline_size: float,
    percentage_inline: float,
    block_size: float,
    is_table_block_given: bool,
) -> ConstraintSpace:
    """The space of a cell: its columns wide, and `block_size` high unless that is INDEFINITE.

    `is_table_block_given`: the table's own height is not automatic.
    """
    is_fixed = block_size != INDEFINITE
    is_given = is_table_block_given or has_fixed_block(cell, table)
    if is_parallel(cell, table):
        return ConstraintSpace(
            inline_size,
            block_size,
            percentage_inline=percentage_inline,
            is_fixed_inline=True,
            is_fixed_block=is_fixed,
            is_fixed_block_indefinite=is_fixed and not is_given,
            is_block_size_auto=not is_fixed,
            is_table_cell=True,
            is_restricted_cell=is_given,
            cell_border=cell.border,
        )
    return ConstraintSpace(
        block_size,
        inline_size,
        percentage_block=percentage_inline,
        is_fixed_inline=is_fixed,
        is_fixed_block=True,
        is_orthogonal=True,
        is_shrink_to_fit=True,
        is_table_cell=True,
        cell_border=cell.border,
    )


def measure_cell(context: LayoutContext, cell: Cell, space: ConstraintSpace, table: WritingDirection) -> None:
    """Lay a cell out with an automatic height, for what it asks of its rows."""
    box = cell.box
    result = context.layout(box, space)
    cell.result = result
    fragment = result.fragment
    size = fragment.height if table.is_horizontal else fragment.width
    if not is_parallel(cell, table):
        cell.block_size = size
        cell.is_baseline = False
        return
    cell.content_block = max(size, result.intrinsic_block)
    edges = resolve_edges(context, box, space)
    cell.block_size = max(cell.content_block, fixed_cell_block(context, box, edges))
    kind = _content_alignment(box)
    cell.is_baseline = not (
        kind == VerticalAlignKind.TOP or kind == VerticalAlignKind.MIDDLE or kind == VerticalAlignKind.BOTTOM
    )
    if cell.is_baseline:
        cell.baseline = result.first_baseline
        if cell.baseline == NO_BASELINE:
            # Blink: the end of its content stands in; an empty cell stays out.
            cell.baseline = result.intrinsic_block - block_end_edges(cell, table)
            cell.is_baseline = _has_content(box)


def block_end_edges(cell: Cell, table: WritingDirection) -> float:
    """Border and padding at the cell's end in the table's block axis."""
    fragment = cell.result.fragment if cell.result is not None else None
    if fragment is None:
        return 0.0
    if table.is_horizontal:
        return fragment.border.bottom + fragment.padding.bottom
    if table.is_flipped_blocks():
        return fragment.border.left + fragment.padding.left
    return fragment.border.right + fragment.padding.right


def layout_cell(
    context: LayoutContext,
    cell: Cell,
    row: Row,
    table: WritingDirection,
    space: ConstraintSpace,
    block_size: float,
) -> LayoutResult:
    """The final layout of a cell: as high as its rows, its content aligned in that."""
    result = cell.result
    assert result is not None
    if not is_parallel(cell, table):
        return context.layout(cell.box, space)
    measured = result.fragment.width if table.is_horizontal else result.fragment.height
    if measured != space.available_inline or _needs_layout(cell.box, table, space):
        result = context.layout(cell.box, space)
    shift = _content_shift(cell, row, result, block_size)
    fragment = result.fragment
    if shift == 0.0 and (fragment.height if table.is_horizontal else fragment.width) == block_size:
        return result
    if table.is_horizontal:
        return _aligned(result, fragment.width, block_size, 0.0, shift)
    if table.is_flipped_blocks():
        shift = -shift
    return _aligned(result, block_size, fragment.height, shift, 0.0)


def _needs_layout(box: Box, table: WritingDirection, space: ConstraintSpace) -> bool:
    """Whether something in a cell asks for its final height."""
    if not table.is_horizontal:
        return True
    for child in box.children:
        if child.is_out_of_flow():
            return True
    return not space.is_fixed_block_indefinite and depends_on_block_size(box)


_TO_MIDDLE: Final = (AlignKeyword.CENTER, AlignKeyword.SPACE_AROUND, AlignKeyword.SPACE_EVENLY)
_TO_BOTTOM: Final = (AlignKeyword.END, AlignKeyword.FLEX_END)


def _content_alignment(box: Box) -> VerticalAlignKind:
    """`vertical-align` of a cell, which `align-content` goes before; not `last baseline`, as in Blink.

    https://drafts.csswg.org/css-align-3/#distribution-block
    """
    keyword = box.style.box.align_content.keyword
    if keyword <= AlignKeyword.NORMAL or keyword == AlignKeyword.LAST_BASELINE:
        return box.style.box.vertical_align.kind
    if keyword in _TO_MIDDLE:
        return VerticalAlignKind.MIDDLE
    if keyword in _TO_BOTTOM:
        return VerticalAlignKind.BOTTOM
    return VerticalAlignKind.BASELINE if keyword == AlignKeyword.BASELINE else VerticalAlignKind.TOP


def _content_shift(cell: Cell, row: Row, result: LayoutResult, block_size: float) -> float:
    """How far its alignment moves the content down."""
    if cell.is_baseline:
        return max(0.0, row.baseline - cell.baseline) if row.baseline != NO_BASELINE else 0.0
    free = block_size - result.intrinsic_block
    kind = _content_alignment(cell.box)
    if free <= 0.0:
        return 0.0
    if kind == VerticalAlignKind.MIDDLE:
        return layout_unit(free / 2.0)
    return free if kind == VerticalAlignKind.BOTTOM else 0.0


def _has_content(box: Box) -> bool:
    """Whether there is anything in flow in a cell."""
    found = box.has_inline_children
    for child in box.children:
        found = found or not (child.is_out_of_flow() or child.is_floating())
    return found


def _aligned(result: LayoutResult, width: float, height: float, dx: float, dy: float) -> LayoutResult:
    """A copy of a cell's layout of another size, its content moved along the block axis.

    NOTE: what the cell's padding box positions absolutely stays, unless it stands at its static position.
    """
    old = result.fragment
    fragment = Fragment(FragmentKind.BOX, old.box, old.style, width, height)
    fragment.border = old.border
    fragment.padding = old.padding
    fragment.column_rules = [rule.moved(dx, dy) for rule in old.column_rules]
    overflow = old.overflow
    left, top = min(0.0, overflow.x + dx), min(0.0, overflow.y + dy)
    right, bottom = max(width, overflow.right + dx), height
    for link in old.children:
        x, y = link.x, link.y
        if not _is_placed(link.fragment):
            x, y = x + dx, y + dy
        fragment.children.append(Link(link.fragment, x, y))
        bottom = max(bottom, y + link.fragment.overflow.bottom)
    fragment.overflow = Rect(left, top, right - left, bottom - top)
    shift = dy if dx == 0.0 else abs(dx)
    pending: list[OutOfFlow] = []
    for item in result.out_of_flow:
        pending.append(item.moved(0.0, shift))
    first, last = result.first_baseline, result.last_baseline
    return LayoutResult(
        fragment,
        first_baseline=first + shift if first != NO_BASELINE else first,
        last_baseline=last + shift if last != NO_BASELINE else last,
        intrinsic_block=result.intrinsic_block,
        out_of_flow=tuple(pending),
    )


def _is_placed(fragment: Fragment) -> bool:
    """Whether it is absolutely positioned by its block-axis insets."""
    box = fragment.box
    if box is None or fragment.kind != FragmentKind.BOX or not box.is_out_of_flow():
        return False
    _, _, start, end = inset_lengths(box.style, writing_direction(box.style))
    return not (start.is_auto() and end.is_auto())

"""What percentage heights inside a table cell resolve against, while rows are measured and afterwards.

https://drafts.csswg.org/css-tables-3/#row-layout ; Blink's IsRestrictedBlockSizeTableCell and
CalculateReplacedChildPercentageSize.
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import BoxSizing
from ..css.values import LengthKind
from .box import Box, BoxKind
from .constraint_space import INDEFINITE, ConstraintSpace
from .driver import LayoutContext
from .sizing import BoxEdges, block_length, is_auto_block, is_scroll_container, layout_unit


def fixed_cell_block(context: LayoutContext, box: Box, edges: BoxEdges, has_quirk: bool = True) -> float:
    """The border-box block size that a cell's own height gives, INDEFINITE where that is not a length.

    With `has_quirk` it counts border and padding, whatever box-sizing says,
    in quirks documents (https://quirks.spec.whatwg.org/#the-table-cell-height-box-sizing-quirk).
    """
    length = block_length(box.style)
    if length.kind != LengthKind.FIXED:
        return INDEFINITE
    value = max(0.0, layout_unit(length.px))
    if (has_quirk and context.is_quirks) or box.style.box.box_sizing == BoxSizing.BORDER_BOX:
        return max(value, edges.block_frame)
    return value + edges.block_frame


@final
class CellPercentages:
    """Percentage bases of a cell's children where these are not the cell's content height.

    Attributes:
        replaced: of replaced boxes: the cell's own height at all times, so that they do not change between the
            measuring and the final layout.
        is_quirks: of a quirks document.
        scroller: of scroll containers: nothing while a cell of a given height is measured.
    """

    __slots__ = ("is_quirks", "replaced", "scroller")

    def __init__(self, context: LayoutContext, box: Box, space: ConstraintSpace, edges: BoxEdges) -> None:
        own = fixed_cell_block(context, box, edges, has_quirk=False)
        self.replaced: Final = INDEFINITE if own == INDEFINITE else max(0.0, own - edges.block_sum)
        self.is_quirks: Final = context.is_quirks
        self.scroller: Final = 0.0 if space.is_restricted_cell and not space.is_fixed_block else INDEFINITE

    def stops_at(self, child: Box) -> bool:
        """Whether a block in flow of automatic height keeps the cell's from its own children, as in Blink: the
        percentage quirk does not begin at cells."""
        return self.is_quirks and child.element is not None and is_auto_block(child.style)

    def of(self, child: Box, basis: float) -> float:
        """The basis of one child; `basis` is what the others have."""
        if child.kind == BoxKind.REPLACED:
            return self.replaced if self.replaced != INDEFINITE else basis
        if self.scroller != INDEFINITE and block_length(child.style).has_percent():
            return self.scroller if is_scroll_container(child.style) else basis
        return basis

"""The driver: picks the algorithm for each box and keeps the cache. From a box tree to a fragment tree."""

from __future__ import annotations

from typing import Final, final

from ..geometry import Rect, Size
from ..text.font_context import DocumentFonts
from .block import layout_block
from .block_sizes import block_min_max
from .box import Box, BoxKind
from .cache import LayoutCache
from .constraint_space import ConstraintSpace, LayoutResult, MinMaxSizes, OutOfFlow
from .controls import control_min_max, has_natural_size
from .css_predicates import is_multicol
from .driver import LayoutContext
from .flex import flex_min_max, layout_flex
from .fragment import Fragment
from .fragment_builder import FragmentBuilder
from .grid.layout import grid_min_max, layout_grid
from .logical import NO_LOGICAL_EDGES, writing_direction
from .markers import layout_marker, marker_min_max
from .multicol import empty_multicol_min_max, layout_multicol, multicol_min_max
from .positioned import ContainingArea, place_all
from .recursion import DeepRecursion
from .replaced import layout_replaced, replaced_min_max
from .scroll_snap import snap
from .sizing import contained_inline, has_containment, resolve_edges, resolve_margins
from .sticky import place_sticky
from .table.layout import layout_table, table_min_max


@final
class Driver(LayoutContext):
    """The layout of one document at one viewport size."""

    def __init__(
        self,
        fonts: DocumentFonts,
        viewport: Size,
        is_quirks: bool,
        scrollbar_width: float = 0.0,
        cache: LayoutCache | None = None,
        is_limited_quirks: bool = False,
    ) -> None:
        """`cache`: what is known of some of the boxes, for the same fonts and viewport."""
        super().__init__(fonts, viewport, is_quirks, scrollbar_width, is_limited_quirks)
        self.cache: Final[LayoutCache] = cache or LayoutCache()

    def layout(self, box: Box, space: ConstraintSpace) -> LayoutResult:
        """Lay a box out."""
        found = self.cache.find(box.id, space)
        if found is not None:
            return found
        result = self._layout(box, space)
        if box.style.box.scroll_snap_type:
            snap(result.fragment)
        self.cache.store(box.id, space, result)
        return result

    def _layout(self, box: Box, space: ConstraintSpace) -> LayoutResult:
        kind = box.kind
        if kind == BoxKind.BLOCK:
            if is_multicol(box.style) and box.element is not None:
                return layout_multicol(box, space, self)
            return layout_block(box, space, self)
        if kind == BoxKind.REPLACED:
            return layout_replaced(box, space, self)
        if kind == BoxKind.FLEX:
            return layout_flex(box, space, self)
        if kind == BoxKind.GRID:
            return layout_grid(box, space, self)
        if kind == BoxKind.TABLE:
            return layout_table(box, space, self)
        if kind == BoxKind.OUTSIDE_MARKER:
            return layout_marker(box, space, self)
        if is_multicol(box.style) and box.element is not None:
            return layout_multicol(box, space, self)  # table cells and captions
        return layout_block(box, space, self)

    def min_max_sizes(self, box: Box, space: ConstraintSpace) -> MinMaxSizes:
        """The intrinsic inline sizes of a box's border box."""
        found = self.cache.find_min_max(box.id, space)
        if found is not None:
            return found
        sizes = self._min_max_sizes(box, space)
        self.cache.store_min_max(box.id, space, sizes)
        return sizes

    def _min_max_sizes(self, box: Box, space: ConstraintSpace) -> MinMaxSizes:
        kind = box.kind
        contained = box.style.box
        if has_natural_size(box):
            return control_min_max(box, space, self)
        if (contained.contain or contained.container_type or contained.content_visibility) and (
            has_containment(box.style, "size") or has_containment(box.style, "inline-size")
        ):
            # https://drafts.csswg.org/css-contain-2/#containment-size : as if it were empty
            return self._contained_min_max(box, space)
        if kind == BoxKind.REPLACED:
            return replaced_min_max(box, space, self)
        if kind == BoxKind.FLEX:
            return flex_min_max(box, space, self)
        if kind == BoxKind.GRID:
            return grid_min_max(box, space, self)
        if kind == BoxKind.TABLE:
            return table_min_max(box, space, self)
        if kind == BoxKind.OUTSIDE_MARKER and not box.children:
            return marker_min_max(box, space, self)
        if is_multicol(box.style) and box.element is not None:
            return multicol_min_max(box, space, self)
        return block_min_max(box, space, self)

    def _contained_min_max(self, box: Box, space: ConstraintSpace) -> MinMaxSizes:
        edges = resolve_edges(self, box, space)
        wish = contained_inline(box.style)
        size = wish.px if wish.is_definite() else 0.0
        if is_multicol(box.style) and box.element is not None and not wish.is_definite():
            return empty_multicol_min_max(box, edges.inline_sum)
        return MinMaxSizes(edges.inline_sum + size, edges.inline_sum + size)


def layout_document(
    root: Box,
    fonts: DocumentFonts,
    viewport: Size,
    is_quirks: bool,
    cache: LayoutCache | None = None,
    is_limited_quirks: bool = False,
) -> Fragment:
    """The fragment of the initial containing block: viewport size, the root element's box as its child.

    Its overflow rectangle is the scrollable area of the page. `cache`: as for Driver; it is filled.
    """
    with DeepRecursion():
        driver = Driver(fonts, viewport, is_quirks, cache=cache, is_limited_quirks=is_limited_quirks)
        return layout_root(driver, root)


def layout_root(context: LayoutContext, root: Box) -> Fragment:
    """As layout_document, with a driver of the caller's."""
    viewport = context.viewport
    builder = FragmentBuilder(root)
    direction = builder.direction
    inline = viewport.width if direction.is_horizontal else viewport.height
    block = viewport.height if direction.is_horizontal else viewport.width
    builder.percentage_block = block
    for child in root.children:
        if child.is_out_of_flow():
            builder.out_of_flow.append(OutOfFlow(child, 0.0, 0.0))
            continue
        own = writing_direction(child.style)
        if own.is_orthogonal_to(direction):
            space = ConstraintSpace(
                block, inline, percentage_inline=block, percentage_block=inline, is_shrink_to_fit=True
            )
        else:
            space = ConstraintSpace(inline, block, percentage_inline=inline, percentage_block=block)
        result = context.layout(child, space)
        margins = resolve_margins(child.style, inline, direction)
        fragment = result.fragment
        size = fragment.width if direction.is_horizontal else fragment.height
        start = margins.inline_start
        lengths = child.style.box
        free = inline - size - margins.inline_sum
        if free > 0.0 and lengths.margin_left.is_auto() and direction.is_horizontal:
            start += free / 2.0 if lengths.margin_right.is_auto() else free
        builder.add_result(result, start, margins.block_start)
    for index in range(len(builder.out_of_flow)):  # whose inline box has no fragment: nothing is lost
        builder.out_of_flow[index] = builder.out_of_flow[index].placed_in(None)
    area = ContainingArea(0.0, 0.0, inline, block)
    place_all(context, builder, area, inline, block, takes_fixed=True)
    fragment = builder.finish(inline, block, NO_LOGICAL_EDGES, NO_LOGICAL_EDGES)
    place_sticky(fragment, Rect(0.0, 0.0, viewport.width, viewport.height))
    return fragment

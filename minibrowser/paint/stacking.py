"""Stacking contexts: which fragments paint together, and in which order.

https://drafts.csswg.org/css2/#elaborate-stacking-contexts (CSS 2.1 Appendix E), https://drafts.csswg.org/css-position-4/#painting-order.
One walk over the fragments sorts them into the lists of their layers; `builder.py` paints the lists in order.
Coordinates are of the page, unrounded.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..css.computed_style import ComputedStyle
from ..css.keywords import BlendMode, BorderCollapse, ContentVisibility, FloatKind, PositionKind
from ..css.values import Z_AUTO
from ..geometry import Rect
from ..layout.box import Box, BoxKind
from ..layout.fragment import Fragment, FragmentKind, Link
from ..layout.fragment_builder import overflow_in_parent
from .clips import clip_property_rect, overflow_clip
from .paint_context import ClipNode, common_clip
from .style_flags import (
    BACKGROUND,
    CLIPS,
    DECORATED,
    DECORATES_TEXT,
    GROUP,
    HIDDEN,
    OUTLINED,
    POSITIONED,
    STACKING,
    TRANSFORMED,
    Z_INDEX,
    hit_flags,
    style_flags,
)

INK_SLACK: Final = 512.0
"""CSS px that shadows and outlines may reach out of a fragment's overflow area before culling loses them."""


class PaintPhase(IntEnum):
    """The lists of a layer in painting order; comments name Appendix E's steps."""

    OWN_DECORATION = 0  # 1, 2: the layer's own background and borders
    NEGATIVE = 1  # 3: stacking contexts with negative z-index
    BLOCK_BACKGROUNDS = 2  # 4: in-flow, block-level, non-positioned descendants' backgrounds
    FLOATS = 3  # 5
    FOREGROUND = 4  # 6, 7: inline content, replaced content, atomic inlines, flex and grid items
    OUTLINES = 5  # 10; Blink paints them before positioned descendants
    POSITIONED = 6  # 8: z-index auto and 0
    POSITIVE = 7  # 9


class ItemKind(IntEnum):
    """What a paint item asks its painter for."""

    DECORATION = 0  # background, border, shadows of a box
    TEXT = 1
    CONTENT = 2  # of a replaced box or a form control
    MARKER = 3
    LAYER = 4  # a layer painted in one go where it stands
    OUTLINE = 5
    CELL_BACKGROUND = 6  # a row's, row group's or column's background seen through one cell
    COLLAPSED_BORDERS = 7
    COLUMN_RULES = 8
    LINE = 9  # a line box, which a pointer hits for the block that it is in


@final
class TextDecoration:
    """A decorating box: text inside draws its lines."""

    __slots__ = ("fragment", "parent", "style")

    def __init__(self, parent: TextDecoration | None, style: ComputedStyle, fragment: Fragment) -> None:
        self.parent: Final = parent
        self.style: Final = style
        self.fragment: Final = fragment


@final
class PaintItem:
    """Something to paint, at its place, under its clips."""

    __slots__ = ("area", "clip", "decoration", "fragment", "kind", "layer", "x", "y")

    def __init__(self, kind: ItemKind, fragment: Fragment, x: float, y: float, clip: ClipNode | None) -> None:
        self.kind: Final = kind
        self.fragment: Final = fragment
        self.x: Final = x
        self.y: Final = y
        self.clip: Final = clip
        self.decoration: TextDecoration | None = None  # of TEXT
        self.layer: PaintLayer | None = None  # of LAYER
        self.area: Rect | None = (
            None  # of CELL_BACKGROUND: the cell; of LINE: the line, `fragment` is its block's
        )


@final
class PaintLayer:
    """Fragments that paint as one: a stacking context, or what paints as if it were one (floats, inline-blocks,
    flex items, positioned boxes with z-index: auto).

    Attributes:
        fragment, x, y: the box it is of.
        outer_clip: the chain around the box; `clip` with its clip property; `inner_clip` with its own overflow
            clip; `base_clip` what holds for all of its content, boxes that escape from its clips included.
        space: the layer of its parent box where that has one: whose perspective and 3D context it may stand in.
        contains_blend: whether something in this stacking context blends with what lies below it there.
        is_stacking_context: whether z-indexes inside stay inside.
        z: where among its siblings.
        order: tie-breaker: tree order.
    """

    __slots__ = (
        "base_clip",
        "block_backgrounds",
        "clip",
        "contains_blend",
        "floats",
        "foreground",
        "fragment",
        "inner_clip",
        "is_stacking_context",
        "negative",
        "order",
        "outer_clip",
        "outlines",
        "own",
        "positioned",
        "positive",
        "space",
        "x",
        "y",
        "z",
    )

    def __init__(
        self, fragment: Fragment, x: float, y: float, clip: ClipNode | None, is_stacking_context: bool
    ) -> None:
        self.fragment: Final = fragment
        self.x: Final = x
        self.y: Final = y
        self.outer_clip: ClipNode | None = clip
        self.clip: ClipNode | None = clip
        self.inner_clip: ClipNode | None = clip
        self.contains_blend = False
        self.space: PaintLayer | None = None
        self.base_clip: ClipNode | None = clip
        self.is_stacking_context: Final = is_stacking_context
        self.z: int = 0
        self.order: int = 0
        self.own: list[PaintItem] = []
        self.negative: list[PaintLayer] = []
        self.block_backgrounds: list[PaintItem] = []
        self.floats: list[PaintLayer] = []
        self.foreground: list[PaintItem] = []
        self.outlines: list[PaintItem] = []
        self.positioned: list[PaintLayer] = []
        self.positive: list[PaintLayer] = []

    def sort(self) -> None:
        """Order the child stacking contexts by z-index, then tree order."""
        if len(self.negative) > 1:
            self.negative.sort(key=_layer_key)
        if len(self.positioned) > 1:
            self.positioned.sort(key=_layer_key)
        if len(self.positive) > 1:
            self.positive.sort(key=_layer_key)

    def __repr__(self) -> str:
        kind = "stacking context" if self.is_stacking_context else "layer"
        return f"<PaintLayer {kind} z {self.z} {self.fragment!r}>"


def _layer_key(layer: PaintLayer) -> tuple[int, int]:
    return layer.z, layer.order


def _order_key(link: Link) -> int:
    return link.fragment.style.box.order


@final
class TableContext:
    """The table parts whose backgrounds show through a cell, outermost first, with their rectangles."""

    __slots__ = ("columns", "parts")

    def __init__(
        self, columns: list[tuple[Fragment, float, float]], parts: list[tuple[Fragment, float, float]]
    ) -> None:
        self.columns: Final = columns
        self.parts: Final = parts


NO_TABLE: Final = TableContext([], [])


@final
class Surroundings:
    """What a fragment takes over from its ancestors on the walk.

    Attributes:
        layer: whose lists it joins.
        context: the stacking context that sorts positioned descendants.
        clip: the clips of its containing blocks.
        decoration: the text decorations in force.
        in_line: whether its parent is a line or an inline box.
        is_item: whether its parent is a flex or grid container.
        table: table parts around it.
        space: the layer of its parent box, where the parent has a layer.
    """

    __slots__ = ("clip", "context", "decoration", "in_line", "is_item", "layer", "space", "table")

    def __init__(self, layer: PaintLayer, context: PaintLayer, clip: ClipNode | None) -> None:
        self.layer: Final = layer
        self.context: Final = context
        self.clip: Final = clip
        self.decoration: TextDecoration | None = None
        self.in_line: bool = False
        self.is_item: bool = False
        self.table: TableContext = NO_TABLE
        self.space: PaintLayer | None = None


@final
class StackingBuilder:
    """Sorts a fragment tree into layers.

    Attributes:
        cull: subtrees outside this rectangle are left out (transformed ones are kept).
        for_hits: the items are of what a pointer can hit, with ink or without, instead of what is painted.
        viewport_boxes: those whose overflow the viewport has taken over (root and body): they do not clip.
    """

    def __init__(self, cull: Rect, for_hits: bool = False) -> None:
        self.cull: Final = Rect(
            cull.x - INK_SLACK,
            cull.y - INK_SLACK,
            cull.width + 2 * INK_SLACK,
            cull.height + 2 * INK_SLACK,
        )
        self.for_hits: Final = for_hits
        self.viewport_boxes: Final[set[Box]] = set()
        self.canvas_box: Box | None = None
        """The box whose background covers the canvas; it does not paint its own."""
        self._flags: dict[ComputedStyle, int] = {}
        self._owners: dict[int, Box] = {}
        self._contexts: dict[Box, PaintLayer] = {}
        self._deferred: list[tuple[PaintLayer, Box]] = []
        self._has_fixed: bool = False
        self._transforms: int = 0  # how many there are around what is visited

    def flags_of(self, style: ComputedStyle) -> int:
        """`style_flags`, remembered."""
        flags = self._flags.get(style, -1)
        if flags < 0:
            flags = hit_flags(style) if self.for_hits else style_flags(style)
            self._flags[style] = flags
        return flags

    def build(self, root: Fragment, x: float, y: float) -> PaintLayer:
        """The root stacking context, with everything below sorted into it."""
        layer = PaintLayer(root, x, y, None, True)
        flags = self.flags_of(root.style)
        for link in root.children:
            if link.fragment.style.box.position == PositionKind.FIXED:
                self._has_fixed = True
        self._fill(layer, layer, flags, None)
        # Boxes whose containing block lies outside the stacking context that they belong to.
        for child, owner in self._deferred:
            context = self._contexts.get(owner)
            if context is None:
                context = layer
            context.base_clip = common_clip(context.base_clip, child.outer_clip)
            context.outer_clip = common_clip(context.outer_clip, child.outer_clip)
            self._attach(child, context)
        return layer

    # --- The walk ---------------------------------------------------------------------------------

    def _fill(
        self, layer: PaintLayer, context: PaintLayer, flags: int, decoration: TextDecoration | None
    ) -> None:
        """Put a layer's own fragment and its children into it."""
        fragment = layer.fragment
        box = fragment.box
        if box is not None and box.element is not None and layer.is_stacking_context:
            self._note_escapes(box, flags, layer)
        if flags & CLIPS and fragment.style.paint.clip and box is not None and box.is_out_of_flow():
            rect = clip_property_rect(fragment, layer.x, layer.y)
            if rect is not None:
                layer.clip = layer.base_clip = ClipNode(layer.clip, rect)
        table = self._paint_own(layer, fragment, flags, layer.own)
        if flags & OUTLINED and not flags & HIDDEN:
            layer.outlines.append(PaintItem(ItemKind.OUTLINE, fragment, layer.x, layer.y, layer.clip))
        clip = self._clip_inside(fragment, layer.x, layer.y, layer.clip, flags)
        layer.inner_clip = clip
        surroundings = Surroundings(layer, context, clip)
        surroundings.table = table
        surroundings.space = layer
        surroundings.decoration = self._decoration_inside(fragment, flags, decoration)
        self._visit_content(fragment, layer.x, layer.y, flags, surroundings)
        if flags & TRANSFORMED:
            self._transforms += 1
        self._visit_children(fragment, layer.x, layer.y, surroundings)
        if flags & TRANSFORMED:
            self._transforms -= 1

    def _paint_own(
        self, layer: PaintLayer, fragment: Fragment, flags: int, target: list[PaintItem]
    ) -> TableContext:
        """The layer's own decoration; of rows and row groups, what their cells show of it."""
        if not flags & DECORATED or flags & HIDDEN:
            return NO_TABLE
        box = fragment.box
        if box is not None and flags & BACKGROUND and not self.for_hits:
            if box.kind == BoxKind.TABLE_ROW or box.kind == BoxKind.TABLE_ROW_GROUP:
                return TableContext([], [(fragment, layer.x, layer.y)])
            if box.kind == BoxKind.TABLE_CELL and _is_collapsed(fragment):
                item = PaintItem(ItemKind.CELL_BACKGROUND, fragment, layer.x, layer.y, layer.clip)
                item.area = fragment.padding_box().moved(layer.x, layer.y)
                target.append(item)
                return NO_TABLE
        target.append(PaintItem(ItemKind.DECORATION, fragment, layer.x, layer.y, layer.clip))
        return NO_TABLE

    def _decoration_inside(
        self, fragment: Fragment, flags: int, decoration: TextDecoration | None
    ) -> TextDecoration | None:
        if flags & DECORATES_TEXT:
            return TextDecoration(decoration, fragment.style, fragment)
        return decoration

    def _visit_content(
        self, fragment: Fragment, x: float, y: float, flags: int, around: Surroundings
    ) -> None:
        """What a box shows besides its children: a picture, a control, a marker, rules between columns."""
        box = fragment.box
        if box is None:
            return
        layer = around.layer
        if fragment.column_rules and not flags & HIDDEN:
            layer.foreground.append(PaintItem(ItemKind.COLUMN_RULES, fragment, x, y, around.clip))
        if flags & HIDDEN:
            return
        if box.kind == BoxKind.REPLACED or box.control is not None:
            layer.foreground.append(PaintItem(ItemKind.CONTENT, fragment, x, y, around.clip))
        elif box.kind == BoxKind.OUTSIDE_MARKER:
            layer.foreground.append(PaintItem(ItemKind.MARKER, fragment, x, y, around.clip))

    def _clip_inside(
        self, fragment: Fragment, x: float, y: float, clip: ClipNode | None, flags: int
    ) -> ClipNode | None:
        """The chain for the children."""
        if not flags & CLIPS:
            return clip
        box = fragment.box
        if box is None or box in self.viewport_boxes:
            return clip
        shape = overflow_clip(fragment, x, y)
        if shape is not None:
            clip = ClipNode(clip, shape)
        return clip

    def _visit_children(self, fragment: Fragment, x: float, y: float, around: Surroundings) -> None:
        links = fragment.children
        if not links:
            return
        box = fragment.box
        kind = box.kind if box is not None else BoxKind.INLINE
        if fragment.style.box.content_visibility == ContentVisibility.HIDDEN and kind != BoxKind.INLINE:
            # https://drafts.csswg.org/css-contain-2/#content-visibility : the contents are laid out, not painted
            return
        around.in_line = fragment.kind == FragmentKind.LINE or kind == BoxKind.INLINE
        around.is_item = kind == BoxKind.FLEX or kind == BoxKind.GRID
        if around.is_item and len(links) > 1:
            for link in links:
                if link.fragment.style.box.order != 0:
                    # https://drafts.csswg.org/css-flexbox-1/#painting: order-modified document order.
                    links = sorted(links, key=_order_key)
                    break
        if kind == BoxKind.TABLE:
            around.table = self._table_context(links, x, y)
        last = links[-1].fragment.box
        if last is not None and last.kind == BoxKind.OUTSIDE_MARKER:
            # The marker is the list item's first child; layout places it last, when it knows the first line.
            links = [links[-1], *links[:-1]]
        hits_lines = self.for_hits and not self.flags_of(fragment.style) & HIDDEN
        for link in links:
            if hits_lines and link.fragment.kind == FragmentKind.LINE:
                # A line box is hit for its block, as far as its content goes.
                item = PaintItem(ItemKind.LINE, fragment, x, y, around.clip)
                item.area = link.fragment.content_rect.moved(x + link.x, y + link.y)
                around.layer.foreground.append(item)
            self._visit(link.fragment, x + link.x, y + link.y, around)
        if fragment.collapsed_borders:
            around.layer.block_backgrounds.append(
                PaintItem(ItemKind.COLLAPSED_BORDERS, fragment, x, y, around.clip)
            )

    def _table_context(self, links: list[Link], x: float, y: float) -> TableContext:
        columns: list[tuple[Fragment, float, float]] = []
        for link in links:
            child = link.fragment
            if child.box is not None and (
                child.box.kind == BoxKind.TABLE_COLUMN_GROUP or child.box.kind == BoxKind.TABLE_COLUMN
            ):
                if self.flags_of(child.style) & BACKGROUND:
                    columns.append((child, x + link.x, y + link.y))
                for inner in child.children:
                    if self.flags_of(inner.fragment.style) & BACKGROUND:
                        columns.append((inner.fragment, x + link.x + inner.x, y + link.y + inner.y))
        return TableContext(columns, [])

    def _visit(self, fragment: Fragment, x: float, y: float, around: Surroundings) -> None:
        kind = fragment.kind
        if kind == FragmentKind.TEXT:
            run = fragment.run
            if run is not None and not self.flags_of(fragment.style) & HIDDEN:
                item = PaintItem(ItemKind.TEXT, fragment, x, y, around.clip)
                item.decoration = around.decoration
                around.layer.foreground.append(item)
            return
        overflow = fragment.overflow
        # OPTIMIZATION: far outside the picture. Sizes of 0 stay: overflow is not always filled in.
        if self._is_far(overflow, x, y) and (overflow.width > 0 or overflow.height > 0):
            if not self.flags_of(fragment.style) & TRANSFORMED or self._is_far(
                overflow_in_parent(fragment), x, y
            ):
                return
        if kind == FragmentKind.LINE:
            inner = Surroundings(around.layer, around.context, around.clip)
            inner.decoration = around.decoration
            inner.space = around.space
            inner.in_line = True
            for link in fragment.children:
                self._visit(link.fragment, x + link.x, y + link.y, inner)
            return
        box = fragment.box
        if box is None:
            return
        flags = self.flags_of(fragment.style)
        if self._visit_layer(fragment, box, x, y, flags, around):
            return
        self._visit_in_flow(fragment, box, x, y, flags, around)

    def _is_far(self, overflow: Rect, x: float, y: float) -> bool:
        """Whether a fragment's overflow lies outside of what is asked for. Nobody knows it inside of transforms, which
        may bring it into sight."""
        cull = self.cull
        return not self._transforms and (
            x + overflow.x + overflow.width < cull.x
            or y + overflow.y + overflow.height < cull.y
            or x + overflow.x > cull.x + cull.width
            or y + overflow.y > cull.y + cull.height
        )

    def _visit_layer(
        self, fragment: Fragment, box: Box, x: float, y: float, flags: int, around: Surroundings
    ) -> bool:
        """Open a layer for the fragment where it needs one; False where it paints with its parent."""
        is_positioned = bool(flags & POSITIONED)
        is_stacking = _is_stacking(box, flags)
        if flags & Z_INDEX and (is_positioned or around.is_item):
            is_stacking = True
        layer: PaintLayer
        if is_positioned or is_stacking:
            layer = PaintLayer(fragment, x, y, around.clip, is_stacking)
            layer.order = box.id
            layer.space = around.space
            z = fragment.style.box.z_index
            if z != Z_AUTO and (is_positioned or around.is_item):
                layer.z = z
            owner = self._owners.get(box.id)
            if owner is not None:
                self._deferred.append((layer, owner))
            else:
                self._attach(layer, around.context)
            decoration = around.decoration if not box.is_out_of_flow() and _passes_decoration(box) else None
            self._fill(layer, layer if is_stacking else around.context, flags, decoration)
            return True
        if fragment.style.box.float_ != FloatKind.NONE and not around.is_item:
            layer = PaintLayer(fragment, x, y, around.clip, False)
            around.layer.floats.append(layer)
            self._fill(layer, around.context, flags, None)
            return True
        is_atomic = around.is_item or (around.in_line and box.kind != BoxKind.INLINE)
        if (is_atomic and box.kind > BoxKind.WORD_BREAK) or (is_atomic and box.kind == BoxKind.BLOCK):
            if fragment.children or flags & OUTLINED:
                layer = PaintLayer(fragment, x, y, around.clip, False)
                item = PaintItem(ItemKind.LAYER, fragment, x, y, around.clip)
                item.layer = layer
                around.layer.foreground.append(item)
                self._fill(layer, around.context, flags, None if around.in_line else around.decoration)
            else:
                # OPTIMIZATION: nothing inside to sort: its parts go straight into the foreground.
                if flags & DECORATED and not flags & HIDDEN:
                    around.layer.foreground.append(
                        PaintItem(ItemKind.DECORATION, fragment, x, y, around.clip)
                    )
                clip = self._clip_inside(fragment, x, y, around.clip, flags)
                inner = Surroundings(around.layer, around.context, clip)
                self._visit_content(fragment, x, y, flags, inner)
            return True
        return False

    def _visit_in_flow(
        self, fragment: Fragment, box: Box, x: float, y: float, flags: int, around: Surroundings
    ) -> None:
        """A box that paints with its parent: block-level, inline box, table part."""
        layer = around.layer
        kind = box.kind
        inner = Surroundings(layer, around.context, around.clip)
        inner.table = around.table
        if box.element is None:
            # Anonymous boxes stand between, but are nobody's parent element.
            inner.space = around.space
        if kind == BoxKind.INLINE:
            if flags & DECORATED and not flags & HIDDEN:
                layer.foreground.append(PaintItem(ItemKind.DECORATION, fragment, x, y, around.clip))
        elif kind == BoxKind.TABLE_ROW or kind == BoxKind.TABLE_ROW_GROUP:
            if flags & BACKGROUND and not flags & HIDDEN:
                inner.table = TableContext(around.table.columns, [*around.table.parts, (fragment, x, y)])
        elif kind == BoxKind.TABLE_COLUMN or kind == BoxKind.TABLE_COLUMN_GROUP:
            return
        else:
            if kind == BoxKind.TABLE_CELL:
                self._visit_cell(fragment, x, y, around)
                inner.table = NO_TABLE
            if flags & DECORATED and not flags & HIDDEN:
                layer.block_backgrounds.append(PaintItem(ItemKind.DECORATION, fragment, x, y, around.clip))
        if flags & OUTLINED and not flags & HIDDEN:
            layer.outlines.append(PaintItem(ItemKind.OUTLINE, fragment, x, y, around.clip))
        if flags & CLIPS and kind != BoxKind.INLINE:
            clip = self._clip_inside(fragment, x, y, around.clip, flags)
            if clip is not inner.clip:
                clipped = Surroundings(layer, around.context, clip)
                clipped.table = inner.table
                clipped.space = inner.space
                inner = clipped
        inner.decoration = self._decoration_inside(fragment, flags, around.decoration)
        self._visit_content(fragment, x, y, flags, inner)
        self._visit_children(fragment, x, y, inner)

    def _visit_cell(self, fragment: Fragment, x: float, y: float, around: Surroundings) -> None:
        """The backgrounds of columns, row groups and rows behind a cell.

        https://drafts.csswg.org/css2/#table-layers
        """
        table = around.table
        if not table.columns and not table.parts:
            return
        cell = Rect(x, y, fragment.width, fragment.height)
        layer = around.layer
        owner = layer.fragment.box
        if owner is not None and owner.kind in _ROWS and _is_collapsed(fragment):
            cell = fragment.padding_box().moved(x, y)
        for part, part_x, part_y in table.columns:
            if part_x < x + fragment.width and x < part_x + part.width:
                if x >= part_x - 0.01:
                    item = PaintItem(ItemKind.CELL_BACKGROUND, part, part_x, part_y, around.clip)
                    item.area = cell
                    layer.block_backgrounds.append(item)
        for part, part_x, part_y in table.parts:
            item = PaintItem(ItemKind.CELL_BACKGROUND, part, part_x, part_y, around.clip)
            item.area = cell
            layer.block_backgrounds.append(item)

    # --- Layers -----------------------------------------------------------------------------------

    def _attach(self, layer: PaintLayer, context: PaintLayer) -> None:
        """Put a layer into the list that its z-index says."""
        if layer.fragment.style.paint.mix_blend_mode != BlendMode.NORMAL:
            context.contains_blend = True
        if layer.z < 0:
            context.negative.append(layer)
        elif layer.z > 0:
            context.positive.append(layer)
        else:
            context.positioned.append(layer)

    def _note_escapes(self, box: Box, flags: int, layer: PaintLayer) -> None:
        """Find the positioned boxes below a stacking context that does not contain them as containing block.

        Their fragments hang elsewhere in the tree, but they paint with this context (opacity on a static box
        with an absolute child, a fixed box in a sidebar with a z-index). Contexts below look for theirs.
        """
        is_positioned = bool(flags & POSITIONED)
        if box.is_root or (is_positioned and not self._has_fixed):
            return
        self._contexts[box] = layer
        stack = list(box.children)
        while stack:
            child = stack.pop()
            if child.is_out_of_flow() and (
                not is_positioned or child.style.box.position == PositionKind.FIXED
            ):
                self._owners[child.id] = box
            if not _is_stacking(child, self.flags_of(child.style)):
                stack.extend(child.children)


_ROWS: Final = (BoxKind.TABLE_ROW, BoxKind.TABLE_ROW_GROUP)


def _is_collapsed(cell: Fragment) -> bool:
    """Whether a cell has collapsed borders. The table has painted them before cells and rows that are layers of their
    own, so those keep their backgrounds within (as Blink's BoxFragmentPainter)."""
    return cell.style.inherited.border_collapse == BorderCollapse.COLLAPSE


def _is_stacking(box: Box, flags: int) -> bool:
    """Whether a box is a stacking context, z-index aside; transforms do not apply to inline boxes."""
    return bool(flags & STACKING) and (
        box.kind != BoxKind.INLINE or bool(flags & POSITIONED) or bool(flags & GROUP)
    )


def _passes_decoration(box: Box) -> bool:
    """Whether text decorations of its ancestors go on inside a positioned box."""
    return box.kind == BoxKind.INLINE or not box.is_inline_level()

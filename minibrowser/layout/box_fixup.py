"""Anonymous boxes: what makes each container's children of one kind.

- blocks among inline content: https://drafts.csswg.org/css2/#anonymous-block-level
- an inline box with a block inside is split in parts around it (same section)
- flex and grid items: https://drafts.csswg.org/css-flexbox-1/#flex-items
- tables: https://drafts.csswg.org/css-tables-3/#fixup
"""

from __future__ import annotations

from typing import Final, final

from ..css.computed_style import ComputedStyle, anonymous_style
from ..css.keywords import Display, Overflow, TextOverflow, WhiteSpaceCollapse
from .block_in_inline import affects_blocks, block_in_inline_style
from .box import Box, BoxKind
from .column_spanners import mark_spanners

WHITE_SPACE: Final = " \t\n\r\f"

TABLE_PARTS: Final = frozenset(
    (
        BoxKind.TABLE_CAPTION,
        BoxKind.TABLE_COLUMN_GROUP,
        BoxKind.TABLE_COLUMN,
        BoxKind.TABLE_ROW_GROUP,
        BoxKind.TABLE_ROW,
        BoxKind.TABLE_CELL,
    )
)


def is_collapsible_space(box: Box) -> bool:
    """Whether this is text of nothing but white space that may go away."""
    if box.kind != BoxKind.TEXT:
        return False
    text = box.text
    if text and text.strip(WHITE_SPACE):
        return False
    collapse = box.style.inherited.white_space_collapse
    if collapse == WhiteSpaceCollapse.COLLAPSE:
        return True
    return collapse == WhiteSpaceCollapse.PRESERVE_BREAKS and "\n" not in text


def is_white_space(box: Box) -> bool:
    """Whether this is nothing but white space, dropped between table parts, flex and grid items in all modes."""
    return box.kind == BoxKind.TEXT and not box.text.strip(WHITE_SPACE)


def is_in_flow_block(box: Box) -> bool:
    """Whether this is a block-level box in normal flow."""
    return (
        not box.is_inline_level()
        and not box.is_out_of_flow()
        and not box.is_floating()
        and box.kind != BoxKind.OUTSIDE_MARKER
    )


def truncates_text(box: Box) -> bool:
    """Whether lines that are too long end in an ellipsis (https://drafts.csswg.org/css-overflow-4/#text-overflow)."""
    style = box.style.box
    return style.text_overflow != TextOverflow.CLIP and style.overflow_x != Overflow.VISIBLE


def is_marker(box: Box) -> bool:
    """Whether this is a marker outside of the lines."""
    return box.kind == BoxKind.OUTSIDE_MARKER and not box.is_inline_level()


@final
class Fixup:
    """Makes anonymous boxes; keeps their styles, one for each parent style and display."""

    def __init__(self) -> None:
        self._styles: dict[tuple[ComputedStyle, Display], ComputedStyle] = {}
        self._effects: dict[ComputedStyle, ComputedStyle] = {}

    def anonymous(self, kind: BoxKind, display: Display, parent: Box) -> Box:
        """An anonymous box in `parent`."""
        key = (parent.style, display)
        style = self._styles.get(key)
        if style is None:
            style = anonymous_style(parent.style, display)
            self._styles[key] = style
        box = Box(kind, style)
        box.language = parent.language
        return box

    def finish(self, box: Box) -> None:
        """Bring the children of a box, which are finished themselves, into order."""
        kind = box.kind
        if kind == BoxKind.TABLE:
            self._table(box)
        elif kind == BoxKind.TABLE_ROW_GROUP:
            self._row_group(box)
        elif kind == BoxKind.TABLE_ROW:
            self._row(box)
        elif kind == BoxKind.TABLE_COLUMN_GROUP:
            box.children = [child for child in box.children if child.kind == BoxKind.TABLE_COLUMN]
        elif kind == BoxKind.TABLE_COLUMN:
            box.children = []
        elif kind == BoxKind.FLEX or kind == BoxKind.GRID:
            self._wrap_table_parts(box, is_inline=False)
            self._items(box)
        elif kind == BoxKind.INLINE:
            self._wrap_table_parts(box, is_inline=True)
        else:
            self._block_container(box)

    # --- Block containers -------------------------------------------------------------------------

    def _block_container(self, box: Box) -> None:
        self._sort_block_container(box)
        mark_spanners(box)

    def _sort_block_container(self, box: Box) -> None:
        self._wrap_table_parts(box, is_inline=False)
        children = box.children
        has_block = False
        for child in children:
            if child.kind == BoxKind.INLINE:
                if child.contains_block:
                    has_block = True
            elif child.kind != BoxKind.TEXT and is_in_flow_block(child):
                has_block = True
            if has_block:
                break
        if not has_block:
            self._inline_or_empty(box)
            return
        flat: list[Box] = []
        for child in children:
            if child.kind == BoxKind.INLINE and child.contains_block:
                flat.extend(self._split(child, box))
            else:
                flat.append(child)
        box.children = self._wrap_runs(box, flat)

    def _inline_or_empty(self, box: Box) -> None:
        """Only inline content, floats and positioned boxes: an inline formatting context if there is any text."""
        for child in box.children:
            if child.is_inline_level() and not child.is_out_of_flow() and not child.is_floating():
                if not is_collapsible_space(child):
                    box.has_inline_children = True
                    box.truncates_text = truncates_text(box)
                    return
        box.children = [child for child in box.children if child.kind != BoxKind.TEXT]

    def _split(self, inline: Box, container: Box) -> list[Box]:
        """The parts of an inline box in `container` around the blocks in it, and these blocks, in order.

        Blocks in a row share an anonymous block, whose rectangle counts as the inline box's too (as Blink's
        block-in-inline). What the inline box does to all of its content, it does to that block.
        """
        inline.split_in = container
        has_effects = affects_blocks(inline.style)
        parts: list[Box] = []
        part = _part_of(inline)
        inlines = [part]
        wrapper: Box | None = None
        for child in inline.children:
            if child.kind == BoxKind.INLINE and child.contains_block:
                for piece in self._split(child, container):
                    if piece.kind == BoxKind.INLINE:
                        if wrapper is not None:
                            part, wrapper = _part_of(inline), None
                            inlines.append(part)
                        part.children.append(piece)
                        continue
                    parts.append(part)
                    wrapper = piece
                    if has_effects:
                        wrapper = self._block_in(inline, container)
                        wrapper.children.append(piece)
                    _claim(wrapper, inline)
                    parts.append(wrapper)
            elif child.kind != BoxKind.TEXT and is_in_flow_block(child):
                if wrapper is None or wrapper.split_by[0] is not inline:
                    if wrapper is None:
                        parts.append(part)
                    wrapper = self._block_in(inline, container)
                    _claim(wrapper, inline)
                    parts.append(wrapper)
                wrapper.children.append(child)
            else:
                if wrapper is not None:
                    if is_collapsible_space(child):
                        continue
                    part, wrapper = _part_of(inline), None
                    inlines.append(part)
                part.children.append(child)
        if wrapper is not None:
            part = _part_of(inline)
            inlines.append(part)
        parts.append(part)
        for index, piece in enumerate(inlines):
            piece.has_start_edge = index == 0
            piece.has_end_edge = index == len(inlines) - 1
        return parts

    def _block_in(self, inline: Box, container: Box) -> Box:
        """An anonymous block for blocks in an inline box, under the inline box's effects."""
        if not affects_blocks(inline.style):
            return self.anonymous(BoxKind.BLOCK, Display.BLOCK, container)
        style = self._effects.get(inline.style)
        if style is None:
            style = block_in_inline_style(inline.style)
            self._effects[inline.style] = style
        block = Box(BoxKind.BLOCK, style)
        block.language = inline.language
        return block

    def _wrap_runs(self, parent: Box, children: list[Box]) -> list[Box]:
        """Runs of inline-level boxes go into anonymous blocks."""
        result: list[Box] = []
        run: list[Box] = []
        for child in children:
            if is_marker(child) or is_in_flow_block(child):
                self._end_run(parent, run, result)
                run = []
                result.append(child)
            else:
                run.append(child)
        self._end_run(parent, run, result)
        return result

    def _end_run(self, parent: Box, run: list[Box], result: list[Box]) -> None:
        if not run:
            return
        has_content = False
        for child in run:
            if child.is_out_of_flow() or child.is_floating() or is_collapsible_space(child):
                continue
            has_content = True
            break
        if not has_content:
            result.extend([child for child in run if child.kind != BoxKind.TEXT])
            return
        # Floats and positioned boxes in front stay outside: they do not start a line.
        first = 0
        while first < len(run) and (
            run[first].is_out_of_flow() or run[first].is_floating() or is_collapsible_space(run[first])
        ):
            if run[first].kind != BoxKind.TEXT:
                result.append(run[first])
            first += 1
        block = self.anonymous(BoxKind.BLOCK, Display.BLOCK, parent)
        block.children = run[first:]
        block.has_inline_children = True
        block.truncates_text = truncates_text(parent)
        block.indents_first_line = not any(child.kind != BoxKind.OUTSIDE_MARKER for child in result)
        result.append(block)

    # --- Flex and grid ----------------------------------------------------------------------------

    def _items(self, box: Box) -> None:
        """Each in-flow child is an item; runs of text are wrapped in anonymous ones."""
        result: list[Box] = []
        run: list[Box] = []
        for child in box.children:
            if (
                child.kind <= BoxKind.WORD_BREAK
                and child.kind != BoxKind.BLOCK
                and not child.is_out_of_flow()
            ):
                if child.kind == BoxKind.INLINE and child.contains_block:
                    run.extend(self._split(child, box))
                else:
                    run.append(child)
                continue
            self._end_item(box, run, result)
            run = []
            result.append(child)
        self._end_item(box, run, result)
        box.children = result

    def _end_item(self, parent: Box, run: list[Box], result: list[Box]) -> None:
        if all(is_white_space(child) for child in run):
            return  # not rendered, whatever `white-space` says (css-flexbox-1 section 4)
        item = self.anonymous(BoxKind.BLOCK, Display.BLOCK, parent)
        item.children = run
        self._block_container(item)
        result.append(item)

    # --- Tables -----------------------------------------------------------------------------------

    def _wrap_table_parts(self, parent: Box, *, is_inline: bool) -> None:
        """Table parts outside of a table get the boxes around them that they miss."""
        for child in parent.children:
            if child.kind in TABLE_PARTS and not child.is_out_of_flow():
                break
        else:
            return
        result: list[Box] = []
        run: list[Box] = []
        for child in parent.children:
            if child.kind in TABLE_PARTS or (run and is_white_space(child)):
                run.append(child)
                continue
            self._end_table(parent, run, result, is_inline)
            run = []
            result.append(child)
        self._end_table(parent, run, result, is_inline)
        parent.children = result

    def _end_table(self, parent: Box, run: list[Box], result: list[Box], is_inline: bool) -> None:
        if not run:
            return
        trailing: list[Box] = []
        while run and run[-1].kind == BoxKind.TEXT:
            trailing.insert(0, run.pop())
        if not is_inline:
            # Beside text, the table takes part in the line.
            is_inline = (
                any(
                    child.is_inline_level()
                    and child.kind not in TABLE_PARTS
                    and not is_collapsible_space(child)
                    for child in parent.children
                )
                and parent.kind == BoxKind.INLINE
            )
        display = Display.INLINE_TABLE if is_inline else Display.TABLE
        table = self.anonymous(BoxKind.TABLE, display, parent)
        table.children = run
        self._table(table)
        result.append(table)
        result.extend(trailing)

    def _table(self, table: Box) -> None:
        """Captions, columns and row groups stay; rows get a group, all else a row and a cell."""
        children = self._wrapped(
            table,
            table.children,
            (
                BoxKind.TABLE_CAPTION,
                BoxKind.TABLE_COLUMN_GROUP,
                BoxKind.TABLE_COLUMN,
                BoxKind.TABLE_ROW_GROUP,
                BoxKind.TABLE_ROW,
            ),
            BoxKind.TABLE_ROW,
            Display.TABLE_ROW,
        )
        result: list[Box] = []
        group: Box | None = None
        for child in children:
            if child.kind == BoxKind.TABLE_ROW:
                if group is None:
                    group = self.anonymous(BoxKind.TABLE_ROW_GROUP, Display.TABLE_ROW_GROUP, table)
                    result.append(group)
                group.children.append(child)
            else:
                group = None
                result.append(child)
        table.children = result

    def _row_group(self, group: Box) -> None:
        group.children = self._wrapped(
            group, group.children, (BoxKind.TABLE_ROW,), BoxKind.TABLE_ROW, Display.TABLE_ROW
        )

    def _row(self, row: Box) -> None:
        row.children = self._wrapped(
            row, row.children, (BoxKind.TABLE_CELL,), BoxKind.TABLE_CELL, Display.TABLE_CELL
        )

    def _wrapped(
        self,
        parent: Box,
        children: list[Box],
        allowed: tuple[BoxKind, ...],
        kind: BoxKind,
        display: Display,
    ) -> list[Box]:
        """The children with runs of those not allowed, also the absolutely positioned, in an anonymous box."""
        result: list[Box] = []
        run: list[Box] = []
        for child in children:
            if child.kind in allowed:
                self._end_wrapped(parent, run, result, kind, display)
                run = []
                result.append(child)
            else:
                run.append(child)
        self._end_wrapped(parent, run, result, kind, display)
        return result

    def _end_wrapped(
        self, parent: Box, run: list[Box], result: list[Box], kind: BoxKind, display: Display
    ) -> None:
        if all(is_white_space(child) for child in run):
            return
        wrapper = self.anonymous(kind, display, parent)
        wrapper.children = run
        self.finish(wrapper)
        result.append(wrapper)


def _part_of(inline: Box) -> Box:
    """An empty part of a split inline box."""
    part = Box(BoxKind.INLINE, inline.style, inline.element, inline.pseudo)
    part.language = inline.language
    part.whole = inline
    return part


def _claim(block: Box, inline: Box) -> None:
    """A block that splits an inline box remembers it, and the element, whose client rectangles it adds to."""
    block.split_by = (*block.split_by, inline)
    if inline.element is not None and inline.pseudo == 0:
        block.split_inlines = (*block.split_inlines, inline.element)

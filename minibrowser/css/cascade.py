"""The cascade (https://drafts.csswg.org/css-cascade-5/): from the blocks that match to one value for each longhand.

Artifact: `Cascaded`, shared by all elements for which the same blocks match in the same writing mode.
"""

from __future__ import annotations

from typing import Final, final

from .declarations import CssWide, DeclarationBlock, PendingValue
from .keywords import Direction, WritingMode
from .property_info import GROUP_BOX, GROUP_INHERITED, IDS, LOGICAL, PROPERTY_COUNT
from .property_table import GROUPS
from .values import CONTENT_NONE, CONTENT_NORMAL

LEVEL_USER_AGENT: Final = 0
LEVEL_USER: Final = 1
LEVEL_HINTS: Final = 2
LEVEL_AUTHOR: Final = 3

_DIRECTION: Final = IDS["direction"]
_WRITING_MODE: Final = IDS["writing-mode"]
_CONTENT: Final = IDS["content"]

FONT_PROPERTIES: Final = frozenset(
    IDS[name]
    for name in (
        "font-family font-size font-weight font-stretch font-style font-size-adjust direction writing-mode "
        "color-scheme line-height color text-orientation"
    ).split()
)
"""Computed before all others, in an order of their own: other values depend on them."""


@final
class Matched:
    """A block that matches: where it stands in the cascade, and its declarations.

    `layer` orders within a level; `specificity` and `order` within a layer.
    """

    __slots__ = ("block", "layer", "level")

    def __init__(self, level: int, layer: int, block: DeclarationBlock) -> None:
        self.level: Final = level
        self.layer: Final = layer
        self.block: Final = block


NO_IDS: Final[frozenset[int]] = frozenset()


@final
class CascadeHistory:
    """All declarations that a cascade chose from."""

    __slots__ = ("direction", "important", "matched", "mode")

    def __init__(
        self, matched: list[Matched], important: list[Matched], mode: WritingMode, direction: Direction
    ) -> None:
        self.matched: Final = matched
        self.important: Final = important
        self.mode: Final = mode
        self.direction: Final = direction

    def rolled_back(self, wanted: int, replaced: dict[PendingValue, CssWide]) -> object:
        """What `revert` or `revert-layer` rolls back to (https://drafts.csswg.org/css-cascade-5/#default).
        `replaced`: pending values that have turned out to be one of them."""
        stack: list[tuple[int, int, object]] = []
        for is_important, items in ((False, self.matched), (True, self.important)):
            for item in items:
                for index, value in item.block.important if is_important else item.block.normal:
                    if index >= PROPERTY_COUNT:
                        index = _physical(index, self.mode, self.direction)
                    if index == wanted:
                        if isinstance(value, PendingValue) and value in replaced:
                            value = replaced[value]
                        stack.append((item.level, item.layer, value))
        while stack:
            level, layer, value = stack[-1]
            if value is CssWide.REVERT:
                floor = LEVEL_HINTS if level >= LEVEL_HINTS else level
                stack = [one for one in stack if one[0] < floor]
            elif value is CssWide.REVERT_LAYER:
                stack = [one for one in stack if one[0] < level or (one[0] == level and one[1] < layer)]
            else:
                return value
        return CssWide.UNSET


@final
class Cascaded:
    """The winning declarations.

    Attributes:
        first: (longhand id, value) of the properties in FONT_PROPERTIES.
        inherited, box, paint: of the others by group.
        variables: declared custom properties, in cascade order, winners last.
        has_pending: whether a value waits for variables.
        important: the longhands that an important declaration has won: animations leave them alone.
        has_content: whether `content` may be a list: ::before and ::after make a box.
        history: where a value waits for variables: what it may have to be rolled back to.
    """

    __slots__ = (
        "box",
        "first",
        "has_content",
        "has_pending",
        "history",
        "important",
        "inherited",
        "paint",
        "values",
        "variables",
    )

    def __init__(self, values: dict[int, object], variables: list[tuple[str, str | CssWide]]) -> None:
        self.values: Final = values
        self.variables: Final = variables
        self.first: Final[dict[int, object]] = {}
        self.inherited: Final[list[tuple[int, object]]] = []
        self.box: Final[list[tuple[int, object]]] = []
        self.paint: Final[list[tuple[int, object]]] = []
        self.has_pending: bool = False
        self.important: frozenset[int] = NO_IDS
        self.history: CascadeHistory | None = None
        content = values.get(_CONTENT)
        self.has_content: bool = (
            content is not None and content is not CONTENT_NORMAL and content is not CONTENT_NONE
        )
        for index, value in values.items():
            if isinstance(value, PendingValue):
                self.has_pending = True
            if index in FONT_PROPERTIES:
                self.first[index] = value
                continue
            group = GROUPS[index]
            if group == GROUP_INHERITED:
                self.inherited.append((index, value))
            elif group == GROUP_BOX:
                self.box.append((index, value))
            else:
                self.paint.append((index, value))


def cascade(matched: list[Matched], mode: WritingMode, direction: Direction) -> Cascaded:
    """Apply blocks that are sorted by level, layer, specificity and order, the weakest first.

    `mode` and `direction` are the parent's: what logical longhands mean unless the element says otherwise.
    """
    has_important = False
    has_logical = False
    for item in matched:
        block = item.block
        if block.important or block.important_variables:
            has_important = True
        if block.has_logical:
            has_logical = True
    important = important_order(matched) if has_important else []
    if has_logical:
        mode, direction = _writing(matched, important, mode, direction)
    values: dict[int, object] = {}
    variables: list[tuple[str, str | CssWide]] = []
    for item in matched:
        block = item.block
        if block.has_logical:
            for index, value in block.normal:
                values[index if index < PROPERTY_COUNT else _physical(index, mode, direction)] = value
        else:
            for index, value in block.normal:
                values[index] = value
        if block.variables:
            variables.extend(block.variables)
    for item in important:
        block = item.block
        for index, value in block.important:
            values[index if index < PROPERTY_COUNT else _physical(index, mode, direction)] = value
        variables.extend(block.important_variables)
    for index, value in values.items():
        if isinstance(value, CssWide) and value >= CssWide.REVERT:
            values[index] = CascadeHistory(matched, important, mode, direction).rolled_back(index, NOTHING)
    cascaded = Cascaded(values, variables)
    if cascaded.has_pending:
        cascaded.history = CascadeHistory(matched, important, mode, direction)
    if important:
        cascaded.important = frozenset(
            index if index < PROPERTY_COUNT else _physical(index, mode, direction)
            for item in important
            for index, _ in item.block.important
        )
    return cascaded


def _physical(index: int, mode: WritingMode, direction: Direction) -> int:
    return LOGICAL[index - PROPERTY_COUNT].resolve(mode, direction)


def important_order(matched: list[Matched]) -> list[Matched]:
    """Important declarations: levels and layers the other way round, within a layer as before."""
    holders = [item for item in matched if item.block.important or item.block.important_variables]
    # Python's sort keeps the order of equals: specificity and order within a layer stay.
    holders.sort(key=_importance)
    return holders


_STYLE_ATTRIBUTE_LAYER: Final = 1_000_001


def _importance(item: Matched) -> tuple[int, int]:
    # An important style attribute still wins over all author layers.
    layer = item.layer
    return (-item.level, layer if layer >= _STYLE_ATTRIBUTE_LAYER else -layer)


def _writing(
    matched: list[Matched], important: list[Matched], mode: WritingMode, direction: Direction
) -> tuple[WritingMode, Direction]:
    """The element's own writing mode and direction."""
    for is_important, items in ((False, matched), (True, important)):
        for item in items:
            for index, value in item.block.important if is_important else item.block.normal:
                if index == _DIRECTION:
                    if isinstance(value, Direction):
                        direction = value
                    elif value is CssWide.INITIAL:
                        direction = Direction.LTR
                elif index == _WRITING_MODE:
                    if isinstance(value, WritingMode):
                        mode = value
                    elif value is CssWide.INITIAL:
                        mode = WritingMode.HORIZONTAL_TB
    return mode, direction


NOTHING: Final[dict[PendingValue, CssWide]] = {}

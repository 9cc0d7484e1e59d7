"""Inline boxes of a line: their metrics and vertical alignment (https://drafts.csswg.org/css-inline-3/#line-layout)."""

from __future__ import annotations

from typing import Final, final

from ...css.computed_style import ComputedStyle
from ...css.keywords import TextOrientation, WritingMode
from ...css.values import VerticalAlign, VerticalAlignKind
from ...text.font import Font
from ..box import Box
from ..logical import WritingDirection
from ..text_style import TextStyle, with_leading
from ..units import layout_unit, round_to_layout_unit
from .line import InlineEdges

NO_METRICS: Final = -1.0e9


def uses_central_baseline(direction: WritingDirection, style: TextStyle) -> bool:
    """Whether boxes are aligned by their middle: vertical text that is not sideways."""
    if direction.is_horizontal:
        return False
    is_upright = direction.mode == WritingMode.VERTICAL_RL or direction.mode == WritingMode.VERTICAL_LR
    return is_upright and style.style.text_orientation != TextOrientation.SIDEWAYS


@final
class Metrics:
    """Ascent and descent of a style by the baseline in use, without and with half-leading; px."""

    __slots__ = ("ascent", "descent", "line_ascent", "line_descent")

    def __init__(self, style: TextStyle, is_central: bool) -> None:
        if is_central:
            height = style.ascent + style.descent
            half = float(int(height / 2.0))
            self.ascent: float = height - half
            self.descent: float = half
            up, down = with_leading(self.ascent, self.descent, style.line_height)
            self.line_ascent: float = up
            self.line_descent: float = down
        else:
            self.ascent = style.ascent
            self.descent = style.descent
            self.line_ascent = style.line_ascent
            self.line_descent = style.line_descent


@final
class BoxState:
    """An inline box on the line at hand; the root inline box has no parent.

    Attributes:
        computed: the box's style on this line.
        up, down: how far the content reaches above and below the box's baseline, with leading; NO_METRICS
            while nothing counts (quirks mode).
        shift: its baseline below the parent's.
        pending: top- or bottom-aligned: placed when the line's height is known.
        has_strut: whether the box's own font and line height are among that.
        has_start, has_end: whether those ends are on this line.
        first_leaf, last_leaf: visual indexes of the leaves inside; -1 for none.
    """

    __slots__ = (
        "box",
        "computed",
        "depth",
        "down",
        "edges",
        "first_leaf",
        "has_end",
        "has_start",
        "has_strut",
        "last_leaf",
        "leaf_count",
        "metrics",
        "parent",
        "pending",
        "shift",
        "style",
        "up",
    )

    def __init__(
        self, box: Box, style: TextStyle, metrics: Metrics, edges: InlineEdges, parent: BoxState | None
    ) -> None:
        self.box: Final = box
        self.style: Final = style
        self.computed: ComputedStyle = box.style
        self.metrics: Final = metrics
        self.edges: Final = edges
        self.parent: Final = parent
        self.depth: Final[int] = 0 if parent is None else parent.depth + 1
        self.up: float = NO_METRICS
        self.down: float = NO_METRICS
        self.shift: float = 0.0
        self.pending: VerticalAlignKind = VerticalAlignKind.BASELINE
        self.has_strut: bool = False
        self.has_start: bool = True
        self.has_end: bool = True
        self.first_leaf: int = -1
        self.last_leaf: int = -1
        self.leaf_count: int = 0

    def add_strut(self) -> None:
        """The box's own font and line height count."""
        self.has_strut = True
        self.unite(self.metrics.line_ascent, self.metrics.line_descent)

    def add_font(self, font: Font) -> None:
        """With `line-height: normal`, each font that is used counts."""
        up, down = with_leading(font.ascent, font.descent, font.line_spacing)
        self.unite(up, down)

    def unite(self, up: float, down: float) -> None:
        """Reach at least this far."""
        self.up = max(self.up, up)
        self.down = max(self.down, down)

    def has_metrics(self) -> bool:
        """Whether anything counts."""
        return self.up > NO_METRICS


def baseline_shift(align: VerticalAlign, own: TextStyle, parent: BoxState, up: float, down: float) -> float:
    """How far a box that reaches `up` and `down` has its baseline below its parent's.

    https://drafts.csswg.org/css2/#propdef-vertical-align ; sub and super by Blink's fractions.
    """
    kind = align.kind
    if kind == VerticalAlignKind.BASELINE:
        return 0.0
    if kind == VerticalAlignKind.SUB:
        return layout_unit(layout_unit(parent.style.style.font_size) / 5.0 + 1.0)
    if kind == VerticalAlignKind.SUPER:
        return -layout_unit(layout_unit(parent.style.style.font_size) / 3.0 + 1.0)
    if kind == VerticalAlignKind.TEXT_TOP:
        return up - parent.metrics.ascent
    if kind == VerticalAlignKind.TEXT_BOTTOM:
        return parent.metrics.descent - down
    if kind == VerticalAlignKind.MIDDLE:
        x_height = round_to_layout_unit(parent.style.font.x_height / 2.0)
        return layout_unit((up - down) / 2.0) - x_height
    if kind == VerticalAlignKind.LENGTH:
        return -layout_unit(align.length.resolve(own.line_height))
    return 0.0

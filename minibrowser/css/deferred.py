"""Specified values that need the element to become computed values.

A value parser gives either the computed value itself (px(3), a keyword's member, a tuple) or a `Deferred`
whose `compute` makes it, given the `ComputeContext` of an element: em, currentcolor, light-dark() and all
that holds such a thing. So most declarations cost nothing when styles are computed.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Final, final

from mypy_extensions import mypyc_attr

from .. import limits
from .computed_style import InheritedStyle
from .keywords import WritingMode
from .units import Unit
from .values import BLACK, CURRENT_COLOR, Color, Length, LengthKind


@mypyc_attr(allow_interpreted_subclasses=True)
class FontMetrics(ABC):
    """What style resolution asks about fonts: lengths in CSS px for the font of a style's `inherited` group."""

    @abstractmethod
    def x_height(self, inherited: InheritedStyle) -> float:
        """The x-height: the unit `ex`."""

    @abstractmethod
    def zero_advance(self, inherited: InheritedStyle) -> float:
        """The advance of "0": the unit `ch`."""

    def cap_height(self, inherited: InheritedStyle) -> float:
        """The cap height: the unit `cap`. Unless the font says otherwise, its ascent stands in."""
        return self.ascent(inherited)

    def ideographic_advance(self, inherited: InheritedStyle) -> float:
        """The advance of U+6C34: the unit `ic`. https://drafts.csswg.org/css-values-4/#ic: 1em without one."""
        return inherited.font_size

    def ascent(self, inherited: InheritedStyle) -> float:
        """The font's ascent."""
        return inherited.font_size * 0.9

    def normal_line_height(self, inherited: InheritedStyle) -> float:
        """What `line-height: normal` comes to: the unit `lh`."""
        return inherited.font_size * 1.15


@final
class EstimatedMetrics(FontMetrics):
    """Metrics without fonts: the fallbacks of css-values-4 section 6.1.1 (0.5em)."""

    def x_height(self, inherited: InheritedStyle) -> float:
        """Half an em."""
        return inherited.font_size * 0.5

    def zero_advance(self, inherited: InheritedStyle) -> float:
        """Half an em."""
        return inherited.font_size * 0.5


@final
class ComputeContext:
    """What a specified value may depend on.

    Attributes:
        style: the group of the element whose font em, ex, ch, lh are of; its font is computed before the
            other properties. For font-size itself this is the parent's.
        root: of the root element, for rem and its like; the element's own while the root is computed.
        viewport_width, viewport_height: CSS px.
        current_color: what currentcolor means.
        is_dark: the used color scheme; prefers_dark: what the user wishes for.
        metrics: the fonts.
        container_width, container_height: what cqw and cqh are hundredths of, CSS px; the viewport's without a
            container. used_container: whether anybody has asked.
        pixel_ratio: device pixels for each CSS px.
        line_style: whose line height `lh` is, None for `style`.
    """

    __slots__ = (
        "container_height",
        "container_width",
        "current_color",
        "is_dark",
        "line_style",
        "metrics",
        "pixel_ratio",
        "prefers_dark",
        "root",
        "style",
        "used_container",
        "viewport_height",
        "viewport_width",
    )

    def __init__(
        self,
        style: InheritedStyle,
        root: InheritedStyle,
        viewport_width: float,
        viewport_height: float,
        metrics: FontMetrics,
    ) -> None:
        self.style: InheritedStyle = style
        self.root: InheritedStyle = root
        self.viewport_width: Final = viewport_width
        self.viewport_height: Final = viewport_height
        self.metrics: Final = metrics
        self.current_color: Color = BLACK
        self.is_dark: bool = False
        self.prefers_dark: bool = False
        self.container_width: float = viewport_width
        self.container_height: float = viewport_height
        self.used_container: bool = False
        self.line_style: InheritedStyle | None = None
        self.pixel_ratio: float = 1.0

    def unit(self, unit: Unit) -> float:
        """The size of one unit in CSS px."""
        if unit == Unit.EM:
            return self.style.font_size
        if unit == Unit.REM:
            return self.root.font_size
        if unit == Unit.VW:
            return self.viewport_width / 100.0
        if unit == Unit.VH:
            return self.viewport_height / 100.0
        if unit == Unit.VMIN:
            return min(self.viewport_width, self.viewport_height) / 100.0
        if unit == Unit.VMAX:
            return max(self.viewport_width, self.viewport_height) / 100.0
        if unit == Unit.VI or unit == Unit.VB:
            is_horizontal = self.style.writing_mode == WritingMode.HORIZONTAL_TB
            return (
                self.viewport_width if is_horizontal == (unit == Unit.VI) else self.viewport_height
            ) / 100.0
        if unit >= Unit.CQW:
            return self._container_unit(unit)
        is_root = unit in (Unit.REX, Unit.RCH, Unit.RCAP, Unit.RIC, Unit.RLH)
        style = self.root if is_root else self.style
        if unit == Unit.EX or unit == Unit.REX:
            return self.metrics.x_height(style)
        if unit == Unit.CH or unit == Unit.RCH:
            return self.metrics.zero_advance(style)
        if unit == Unit.CAP or unit == Unit.RCAP:
            return self.metrics.cap_height(style)
        if unit == Unit.IC or unit == Unit.RIC:
            return self.metrics.ideographic_advance(style)
        if unit == Unit.LH and self.line_style is not None:
            style = self.line_style
        return self.line_height(style)

    def _container_unit(self, unit: Unit) -> float:
        """https://drafts.csswg.org/css-conditional-5/#container-lengths"""
        self.used_container = True
        width, height = self.container_width, self.container_height
        if unit == Unit.CQMIN:
            return min(width, height) / 100.0
        if unit == Unit.CQMAX:
            return max(width, height) / 100.0
        is_inline = unit == Unit.CQI
        if unit == Unit.CQI or unit == Unit.CQB:
            is_horizontal = self.style.writing_mode == WritingMode.HORIZONTAL_TB
            return (width if is_horizontal == is_inline else height) / 100.0
        return (width if unit == Unit.CQW else height) / 100.0

    def line_height(self, style: InheritedStyle) -> float:
        """The used line height in CSS px."""
        length = style.line_height
        if length.kind == LengthKind.NUMBER:
            return length.px * style.font_size
        if length.kind == LengthKind.NORMAL:
            return self.metrics.normal_line_height(style)
        return length.resolve(style.font_size)


class Deferred:
    """A specified value that is not yet a computed one.

    OPTIMIZATION: not an ABC: isinstance() asks for it on every value, and ABCMeta's answer takes ten times as long.
    """

    __slots__ = ()

    def compute(self, context: ComputeContext) -> object:
        """The computed value."""
        raise NotImplementedError


def computed(value: object, context: ComputeContext) -> object:
    """The computed value of anything that a parser gave."""
    return value.compute(context) if isinstance(value, Deferred) else value


FLOAT_ERROR: Final = 2.0**-24
"""How far a number may be from its neighbour that fits into 24 bits, in parts of it."""


def clamped_px(value: float) -> float:
    """A length within what layout can hold; NaN is 0 (css-values-4 section 10.12)."""
    if value != value:
        return 0.0
    return max(-limits.MAX_LENGTH, min(limits.MAX_LENGTH, value))


@final
class RelativeLength(Deferred):
    """2em, 50vw."""

    __slots__ = ("unit", "value")

    def __init__(self, value: float, unit: Unit) -> None:
        self.value: Final = value
        self.unit: Final = unit

    def compute(self, context: ComputeContext) -> Length:
        """In px.

        Blink's lengths have 24 bits: what is a layout unit's multiple but for the 25th is one.
        """
        px = clamped_px(self.value * context.unit(self.unit))
        units = px * 64.0
        nearest = float(round(units))
        if units != nearest and abs(units - nearest) <= abs(units) * FLOAT_ERROR:
            px = nearest / 64.0
        return Length(LengthKind.FIXED, px)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RelativeLength) and self.value == other.value and self.unit == other.unit

    def __hash__(self) -> int:
        return hash((self.value, self.unit))


@final
class FloatOf(Deferred):
    """The px (or the bare number) of a length, where the computed value is a plain float."""

    __slots__ = ("maximum", "minimum", "value")

    def __init__(self, value: Deferred, minimum: float = -limits.MAX_LENGTH) -> None:
        self.value: Final = value
        self.minimum: Final = minimum

    def compute(self, context: ComputeContext) -> float:
        """In px."""
        value = self.value.compute(context)
        return max(self.minimum, value.px) if isinstance(value, Length) else 0.0


@final
class NonNegative(Deferred):
    """A length that a range clamps at 0 once it is known: width: calc(1em - 20px)."""

    __slots__ = ("value",)

    def __init__(self, value: Deferred) -> None:
        self.value: Final = value

    def compute(self, context: ComputeContext) -> object:
        """In px, at least 0; what depends on a percentage is clamped by who uses it."""
        value = self.value.compute(context)
        if isinstance(value, Length) and value.kind == LengthKind.FIXED and value.px < 0.0:
            return Length(LengthKind.FIXED, 0.0)
        return value


@final
class CurrentColor(Deferred):
    """currentcolor."""

    __slots__ = ()

    def compute(self, context: ComputeContext) -> Color:
        """The element's colour."""
        return context.current_color


CURRENT: Final = CurrentColor()


@final
class DeferredTuple(Deferred):
    """A tuple with a deferred member."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[object, ...]) -> None:
        self.items: Final = items

    def compute(self, context: ComputeContext) -> tuple[object, ...]:
        """Member by member."""
        return tuple([item.compute(context) if isinstance(item, Deferred) else item for item in self.items])


@final
class Built(Deferred):
    """A value class with its arguments, of which some are deferred."""

    __slots__ = ("arguments", "make")

    def __init__(self, make: Callable[..., object], arguments: tuple[object, ...]) -> None:
        self.make: Final = make
        self.arguments: Final = arguments

    def compute(self, context: ComputeContext) -> object:
        """Make it."""
        return self.make(
            *[item.compute(context) if isinstance(item, Deferred) else item for item in self.arguments]
        )


def build(make: Callable[..., object], *arguments: object) -> object:
    """`make(*arguments)` now, or later where an argument is deferred."""
    for argument in arguments:
        if isinstance(argument, Deferred):
            return Built(make, arguments)
    return make(*arguments)


def make_tuple(items: list[object]) -> object:
    """A tuple now, or later where a member is deferred."""
    for item in items:
        if isinstance(item, Deferred):
            return DeferredTuple(tuple(items))
    return tuple(items)


def is_current(color: object) -> bool:
    """Whether a parsed colour is currentcolor."""
    return color is CURRENT or color is CURRENT_COLOR


@final
class ZoomFactor(Deferred):
    """A value of the property: the element's zoom in all is its parent's times this."""

    __slots__ = ("factor",)

    def __init__(self, factor: float) -> None:
        self.factor: Final = factor

    def compute(self, context: ComputeContext) -> object:
        """`context.style` is a copy of the parent's group at this time."""
        return max(limits.MIN_ZOOM, min(limits.MAX_ZOOM, context.style.zoom * self.factor))

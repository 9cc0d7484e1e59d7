"""Computed values that are more than a keyword or a number (https://drafts.csswg.org/css-values-4/).

Plain final classes, immutable after construction, shared between styles and compared by value. Lengths are
CSS px. A percentage is kept to used-value time: 50% is 50.0.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .easing import (
    EASE as EASE,
    Easing as Easing,
)
from .image_values import (
    BLACK as BLACK,
    CURRENT_COLOR as CURRENT_COLOR,
    TRANSPARENT as TRANSPARENT,
    WHITE as WHITE,
    Color as Color,
    ColorStop as ColorStop,
    CrossFade as CrossFade,
    CssImage as CssImage,
    FontFamilyName as FontFamilyName,
    Gradient as Gradient,
    GradientKind as GradientKind,
    RadialExtent as RadialExtent,
    Shadow as Shadow,
    UrlImage as UrlImage,
)
from .layout_values import (
    ALIGN_AUTO as ALIGN_AUTO,
    ALIGN_NORMAL as ALIGN_NORMAL,
    AUTO_RATIO as AUTO_RATIO,
    AUTO_TRACK as AUTO_TRACK,
    BASELINE as BASELINE,
    CONTENT_NONE as CONTENT_NONE,
    CONTENT_NORMAL as CONTENT_NORMAL,
    GRID_AUTO as GRID_AUTO,
    NO_TRACKS as NO_TRACKS,
    Z_AUTO as Z_AUTO,
    AlignKeyword as AlignKeyword,
    Alignment as Alignment,
    AspectRatio as AspectRatio,
    Content as Content,
    ContentItem as ContentItem,
    ContentKind as ContentKind,
    ContentMode as ContentMode,
    GridLine as GridLine,
    RepeatKind as RepeatKind,
    TrackList as TrackList,
    TrackRepeat as TrackRepeat,
    TrackSize as TrackSize,
    VerticalAlign as VerticalAlign,
    VerticalAlignKind as VerticalAlignKind,
)
from .length import (
    AUTO as AUTO,
    CONTENT as CONTENT,
    FIT_CONTENT as FIT_CONTENT,
    FULL as FULL,
    HALF as HALF,
    MAX_CONTENT as MAX_CONTENT,
    MIN_CONTENT as MIN_CONTENT,
    NONE as NONE,
    NORMAL as NORMAL,
    STRETCH as STRETCH,
    ZERO as ZERO,
    ZERO_PERCENT as ZERO_PERCENT,
    CalcNode as CalcNode,
    Length as Length,
    LengthKind as LengthKind,
    percent as percent,
    px as px,
)


@final
class BackgroundSize:
    """One of background-size: `cover`, `contain`, or two lengths of which each may be AUTO."""

    __slots__ = ("contain", "cover", "height", "width")

    def __init__(
        self, width: Length = AUTO, height: Length = AUTO, cover: bool = False, contain: bool = False
    ) -> None:
        self.width: Final = width
        self.height: Final = height
        self.cover: Final = cover
        self.contain: Final = contain

    def __repr__(self) -> str:
        return "cover" if self.cover else "contain" if self.contain else f"{self.width!r} {self.height!r}"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, BackgroundSize)
            and self.width == other.width
            and self.height == other.height
            and self.cover == other.cover
            and self.contain == other.contain
        )

    def __hash__(self) -> int:
        return hash((self.width, self.height, self.cover, self.contain))


@final
class CornerRadius:
    """The radii of one corner's ellipse; percentages are of the border box's width and height."""

    __slots__ = ("horizontal", "vertical")

    def __init__(self, horizontal: Length, vertical: Length) -> None:
        self.horizontal: Final = horizontal
        self.vertical: Final = vertical

    def is_zero(self) -> bool:
        """Whether the corner is square."""
        return self.horizontal.is_zero() or self.vertical.is_zero()

    def __repr__(self) -> str:
        return f"{self.horizontal!r} {self.vertical!r}"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, CornerRadius)
            and self.horizontal == other.horizontal
            and self.vertical == other.vertical
        )

    def __hash__(self) -> int:
        return hash((self.horizontal, self.vertical))


SQUARE_CORNER: Final = CornerRadius(ZERO, ZERO)


@final
class Position:
    """A <position>: where a picture stands in its area."""

    __slots__ = ("x", "y")

    def __init__(self, x: Length, y: Length) -> None:
        self.x: Final = x
        self.y: Final = y

    def __repr__(self) -> str:
        return f"{self.x!r} {self.y!r}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Position) and self.x == other.x and self.y == other.y

    def __hash__(self) -> int:
        return hash((self.x, self.y))


CENTER: Final = Position(HALF, HALF)


class TransformKind(IntEnum):
    """Transform functions; arguments that the function does not have are 0."""

    MATRIX = 0  # numbers: a b c d e f
    MATRIX3D = 1  # numbers: 16
    TRANSLATE = 2  # x, y: lengths; numbers: (z,)
    SCALE = 3  # numbers: x y z
    ROTATE = 4  # numbers: x y z degrees
    SKEW = 5  # numbers: x degrees, y degrees
    PERSPECTIVE = 6  # numbers: (px,), 0 for none


@final
class TransformFunction:
    """One function of a transform list."""

    __slots__ = ("kind", "numbers", "x", "y")

    def __init__(
        self, kind: TransformKind, numbers: tuple[float, ...] = (), x: Length = ZERO, y: Length = ZERO
    ) -> None:
        self.kind: Final = kind
        self.numbers: Final = numbers
        self.x: Final = x
        self.y: Final = y

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()}({self.x!r} {self.y!r} {self.numbers})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, TransformFunction)
            and self.kind == other.kind
            and self.numbers == other.numbers
            and self.x == other.x
            and self.y == other.y
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.numbers, self.x, self.y))


class FilterKind(IntEnum):
    """Filter functions."""

    BLUR = 0  # amount: px
    BRIGHTNESS = 1
    CONTRAST = 2
    GRAYSCALE = 3
    HUE_ROTATE = 4  # amount: degrees
    INVERT = 5
    OPACITY = 6
    SATURATE = 7
    SEPIA = 8
    DROP_SHADOW = 9  # shadow
    URL = 10


class PlacedFilter:
    """A filter by reference on a box: painting's own kind of object, of which styles know nothing more."""


@final
class FilterFunction:
    """One function of a filter list; amounts are fractions (50% is 0.5) unless the kind says otherwise."""

    __slots__ = ("amount", "kind", "placed", "shadow", "url")

    def __init__(
        self,
        kind: FilterKind,
        amount: float = 0.0,
        shadow: Shadow | None = None,
        url: str = "",
        placed: PlacedFilter | None = None,
    ) -> None:
        self.placed: Final = placed  # of a url() that painting has found
        self.kind: Final = kind
        self.amount: Final = amount
        self.shadow: Final = shadow
        self.url: Final = url

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()}({self.amount:g}{self.shadow or ''}{self.url})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, FilterFunction)
            and self.kind == other.kind
            and self.amount == other.amount
            and self.shadow == other.shadow
            and self.url == other.url
            and self.placed is other.placed
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.amount, self.url))


class ShapeKind(IntEnum):
    """Basic shapes (https://drafts.csswg.org/css-shapes/)."""

    BOX = 0  # only a reference box
    INSET = 1
    CIRCLE = 2
    ELLIPSE = 3
    POLYGON = 4
    PATH = 5
    URL = 6  # clip-path: url(#id); shape-outside: an image, in `image`


class GeometryBox(IntEnum):
    """The box that a shape, a background or a transform refers to."""

    BORDER_BOX = 0
    PADDING_BOX = 1
    CONTENT_BOX = 2
    MARGIN_BOX = 3
    FILL_BOX = 4
    STROKE_BOX = 5
    VIEW_BOX = 6
    TEXT = 7
    NO_CLIP = 8


@final
class ClipMargin:
    """overflow-clip-margin: how far, CSS px, beyond which edge of the box."""

    __slots__ = ("box", "px")

    def __init__(self, box: GeometryBox, px: float) -> None:
        self.box: Final = box
        self.px: Final = px

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ClipMargin) and self.box == other.box and self.px == other.px

    def __hash__(self) -> int:
        return hash((self.box, self.px))


NO_CLIP_MARGIN: Final = ClipMargin(GeometryBox.PADDING_BOX, 0.0)


@final
class BasicShape:
    """A shape.

    Attributes:
        lengths: INSET: top right bottom left; CIRCLE: radius, center x, y; ELLIPSE: radius x, y, center x, y
            (closest-side is MIN_CONTENT, farthest-side MAX_CONTENT); POLYGON: x y x y ...
        corners: INSET's radii: top left, top right, bottom right, bottom left; () for none.
        even_odd: the fill rule of POLYGON and PATH.
        path: PATH's data, or URL's address.
    """

    __slots__ = ("box", "corners", "even_odd", "image", "kind", "lengths", "path")

    def __init__(
        self,
        kind: ShapeKind,
        lengths: tuple[Length, ...] = (),
        corners: tuple[CornerRadius, ...] = (),
        *,
        box: GeometryBox = GeometryBox.BORDER_BOX,
        even_odd: bool = False,
        path: str = "",
        image: CssImage | None = None,
    ) -> None:
        self.kind: Final = kind
        self.lengths: Final = lengths
        self.corners: Final = corners
        self.box: Final = box
        self.even_odd: Final = even_odd
        self.path: Final = path
        self.image: Final = image

    def __repr__(self) -> str:
        return (
            f"{self.kind.name.lower()}({self.lengths} {self.corners} {self.even_odd} {self.path}) {self.box}"
        )

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, BasicShape)
            and self.kind == other.kind
            and self.lengths == other.lengths
            and self.corners == other.corners
            and self.box == other.box
            and self.even_odd == other.even_odd
            and self.path == other.path
            and bool(self.image == other.image)
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.lengths, self.path))

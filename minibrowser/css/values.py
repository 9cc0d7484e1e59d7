"""Computed values that are more than a keyword or a number (https://drafts.csswg.org/css-values-4/).

Plain final classes, immutable after construction, shared between styles and compared by value. Lengths are
CSS px. A percentage is kept to used-value time: 50% is 50.0.
"""

from __future__ import annotations

import math
from enum import IntEnum
from typing import Final, final


class LengthKind(IntEnum):
    """What a `Length` says."""

    FIXED = 0  # px
    PERCENT = 1  # percent of something
    CALC = 2  # px + percent of something, or `node` where a function is not linear
    NUMBER = 3  # a bare number, in `px`: line-height: 1.5, tab-size: 8
    AUTO = 4
    NONE = 5
    NORMAL = 6
    MIN_CONTENT = 7
    MAX_CONTENT = 8
    FIT_CONTENT = 9
    FIT_CONTENT_FUNCTION = 10  # fit-content(px + percent)
    STRETCH = 11
    CONTENT = 12  # flex-basis: content


class CalcNode:
    """A function of the percentage basis that is not linear: min(10px, 50%), round(up, 33%, 1px), ..."""

    def resolve(self, basis: float) -> float:
        """The value in px, `basis` being what 100% is."""
        raise NotImplementedError


@final
class Length:
    """A length, a percentage, a mix of both, or a keyword that stands in for one.

    Attributes:
        kind: which of these.
        px: the length part in CSS px, or the bare number.
        percent: the percentage part; 50% is 50.0.
        node: for CALC that is not `px + percent`, the expression.
    """

    __slots__ = ("kind", "node", "percent", "px")

    def __init__(
        self, kind: LengthKind, px: float = 0.0, percent: float = 0.0, node: CalcNode | None = None
    ) -> None:
        self.kind: Final = kind
        self.px: Final = px
        self.percent: Final = percent
        self.node: Final = node

    def resolve(self, basis: float) -> float:
        """The value in px, `basis` being what 100% is; 0.0 for keywords. Callers look at `kind` first."""
        kind = self.kind
        if kind == LengthKind.FIXED:
            return self.px
        if kind == LengthKind.PERCENT:
            return basis * self.percent / 100.0
        if self.node is not None:
            value = self.node.resolve(basis)
            return value if math.isfinite(value) else 0.0
        if kind == LengthKind.CALC or kind == LengthKind.FIT_CONTENT_FUNCTION:
            return self.px + basis * self.percent / 100.0
        return 0.0

    def is_definite(self) -> bool:
        """Whether this is a length, a percentage or a mix (a <length-percentage>)."""
        return self.kind <= LengthKind.CALC

    def has_percent(self) -> bool:
        """Whether a basis is needed to resolve it."""
        return (
            self.kind == LengthKind.PERCENT
            or self.node is not None
            or (
                (self.kind == LengthKind.CALC or self.kind == LengthKind.FIT_CONTENT_FUNCTION)
                and self.percent != 0.0
            )
        )

    def is_auto(self) -> bool:
        """Whether this is `auto`."""
        return self.kind == LengthKind.AUTO

    def is_zero(self) -> bool:
        """Whether this is 0 whatever the basis."""
        return (
            self.kind <= LengthKind.PERCENT and self.px == 0.0 and self.percent == 0.0 and self.node is None
        )

    def __repr__(self) -> str:
        if self.kind == LengthKind.FIXED:
            return f"{self.px:g}px"
        if self.kind == LengthKind.PERCENT:
            return f"{self.percent:g}%"
        if self.kind == LengthKind.NUMBER:
            return f"{self.px:g}"
        if self.kind == LengthKind.CALC:
            return f"calc({self.px:g}px + {self.percent:g}%)" if self.node is None else f"calc({self.node!r})"
        return self.kind.name.lower().replace("_", "-")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Length) and (
            self.kind == other.kind
            and self.px == other.px
            and self.percent == other.percent
            and (self.node is other.node or self.node == other.node)
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.px, self.percent))


ZERO: Final = Length(LengthKind.FIXED)
AUTO: Final = Length(LengthKind.AUTO)
NONE: Final = Length(LengthKind.NONE)
NORMAL: Final = Length(LengthKind.NORMAL)
CONTENT: Final = Length(LengthKind.CONTENT)
MIN_CONTENT: Final = Length(LengthKind.MIN_CONTENT)
MAX_CONTENT: Final = Length(LengthKind.MAX_CONTENT)
FIT_CONTENT: Final = Length(LengthKind.FIT_CONTENT)
STRETCH: Final = Length(LengthKind.STRETCH)
ZERO_PERCENT: Final = Length(LengthKind.PERCENT, 0.0, 0.0)
HALF: Final = Length(LengthKind.PERCENT, 0.0, 50.0)
FULL: Final = Length(LengthKind.PERCENT, 0.0, 100.0)


def px(value: float) -> Length:
    """A fixed length."""
    return Length(LengthKind.FIXED, value)


def percent(value: float) -> Length:
    """A percentage; 50.0 is 50%."""
    return Length(LengthKind.PERCENT, 0.0, value)


@final
class Color:
    """A colour in sRGB: red, green and blue in 0..255, alpha in 0..1, not premultiplied.

    Colours of wider spaces are mapped into sRGB when they are computed: the picture is 8-bit sRGB.
    `is_current` marks `currentcolor`, which style resolution replaces before anyone downstream sees it.
    """

    __slots__ = ("alpha", "blue", "green", "is_current", "red")

    def __init__(
        self, red: float, green: float, blue: float, alpha: float = 1.0, is_current: bool = False
    ) -> None:
        self.red: Final = red
        self.green: Final = green
        self.blue: Final = blue
        self.alpha: Final = alpha
        self.is_current: Final = is_current

    def rgba8(self) -> tuple[int, int, int, int]:
        """Four bytes, rounded as Blink rounds them."""
        return (
            min(255, max(0, int(self.red + 0.5))),
            min(255, max(0, int(self.green + 0.5))),
            min(255, max(0, int(self.blue + 0.5))),
            min(255, max(0, int(self.alpha * 255.0 + 0.5))),
        )

    def is_transparent(self) -> bool:
        """Whether nothing of it can be seen."""
        return self.alpha <= 0.0

    def __repr__(self) -> str:
        if self.is_current:
            return "currentcolor"
        red, green, blue, _ = self.rgba8()
        return (
            f"rgb({red}, {green}, {blue})"
            if self.alpha >= 1
            else f"rgba({red}, {green}, {blue}, {self.alpha:g})"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Color) and (
            self.red == other.red
            and self.green == other.green
            and self.blue == other.blue
            and self.alpha == other.alpha
            and self.is_current == other.is_current
        )

    def __hash__(self) -> int:
        return hash((self.red, self.green, self.blue, self.alpha))


TRANSPARENT: Final = Color(0.0, 0.0, 0.0, 0.0)
BLACK: Final = Color(0.0, 0.0, 0.0)
WHITE: Final = Color(255.0, 255.0, 255.0)
CURRENT_COLOR: Final = Color(0.0, 0.0, 0.0, 1.0, True)


@final
class FontFamilyName:
    """One name of a font-family list: `is_generic` for serif, sans-serif, monospace, system-ui, ..."""

    __slots__ = ("is_generic", "name")

    def __init__(self, name: str, is_generic: bool = False) -> None:
        self.name: Final = name
        self.is_generic: Final = is_generic

    def __repr__(self) -> str:
        return self.name if self.is_generic else f'"{self.name}"'

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, FontFamilyName)
            and self.name == other.name
            and self.is_generic == other.is_generic
        )

    def __hash__(self) -> int:
        return hash((self.name, self.is_generic))


@final
class Shadow:
    """One of box-shadow, text-shadow or drop-shadow(). px."""

    __slots__ = ("blur", "color", "inset", "spread", "x", "y")

    def __init__(
        self, x: float, y: float, blur: float, spread: float, color: Color, inset: bool = False
    ) -> None:
        self.x: Final = x
        self.y: Final = y
        self.blur: Final = blur
        self.spread: Final = spread
        self.color: Final = color
        self.inset: Final = inset

    def __repr__(self) -> str:
        tail = " inset" if self.inset else ""
        return f"{self.color!r} {self.x:g}px {self.y:g}px {self.blur:g}px {self.spread:g}px{tail}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shadow) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.x, self.y, self.blur, self.spread, self.color))


class CssImage:
    """A value of type <image> (https://drafts.csswg.org/css-images-4/)."""

    __slots__ = ()


@final
class UrlImage(CssImage):
    """url(): an absolute URL; `resolution` is what image-set() said of it (device px for one CSS px)."""

    __slots__ = ("resolution", "url")

    def __init__(self, url: str, resolution: float = 1.0) -> None:
        self.url: Final = url
        self.resolution: Final = resolution

    def __repr__(self) -> str:
        return f'url("{self.url}")'

    def __eq__(self, other: object) -> bool:
        return isinstance(other, UrlImage) and self.url == other.url and self.resolution == other.resolution

    def __hash__(self) -> int:
        return hash(self.url)


@final
class ColorStop:
    """A stop of a gradient. `position` is AUTO where none was given; `is_hint` marks a bare position between
    two stops. For conic gradients positions are degrees in `px`, or percentages of the turn."""

    __slots__ = ("color", "is_hint", "position")

    def __init__(self, color: Color, position: Length, is_hint: bool = False) -> None:
        self.color: Final = color
        self.position: Final = position
        self.is_hint: Final = is_hint

    def __repr__(self) -> str:
        return f"{self.color!r} {self.position!r}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ColorStop) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.color, self.position))


class GradientKind(IntEnum):
    """Which gradient function."""

    LINEAR = 0
    RADIAL = 1
    CONIC = 2


class RadialExtent(IntEnum):
    """How far a radial gradient reaches."""

    CLOSEST_SIDE = 0
    CLOSEST_CORNER = 1
    FARTHEST_SIDE = 2
    FARTHEST_CORNER = 3
    EXPLICIT = 4  # radius_x, radius_y


@final
class Gradient(CssImage):
    """A gradient.

    Attributes:
        angle: degrees, 0 to the top and clockwise (linear), or where a conic one starts.
        corner_x, corner_y: for `to top left` and the like -1/+1 each (magic corners); 0, 0 means use `angle`.
        center_x, center_y: for radial and conic.
        is_circle, extent, radius_x, radius_y: the ending shape of a radial one.
        color_space: "srgb", "oklab", "hsl longer hue", ...: where stops are interpolated.
    """

    __slots__ = (
        "angle",
        "center_x",
        "center_y",
        "color_space",
        "corner_x",
        "corner_y",
        "extent",
        "is_circle",
        "kind",
        "radius_x",
        "radius_y",
        "repeating",
        "stops",
    )

    def __init__(  # noqa: PLR0913 - a record of what the function says
        self,
        kind: GradientKind,
        stops: tuple[ColorStop, ...],
        *,
        repeating: bool = False,
        angle: float = 180.0,
        corner_x: int = 0,
        corner_y: int = 0,
        center_x: Length = HALF,
        center_y: Length = HALF,
        is_circle: bool = False,
        extent: RadialExtent = RadialExtent.FARTHEST_CORNER,
        radius_x: Length = ZERO,
        radius_y: Length = ZERO,
        color_space: str = "srgb",
    ) -> None:
        self.kind: Final = kind
        self.stops: Final = stops
        self.repeating: Final = repeating
        self.angle: Final = angle
        self.corner_x: Final = corner_x
        self.corner_y: Final = corner_y
        self.center_x: Final = center_x
        self.center_y: Final = center_y
        self.is_circle: Final = is_circle
        self.extent: Final = extent
        self.radius_x: Final = radius_x
        self.radius_y: Final = radius_y
        self.color_space: Final = color_space

    def __repr__(self) -> str:
        name = ("repeating-" if self.repeating else "") + self.kind.name.lower() + "-gradient"
        stops = ", ".join(repr(stop) for stop in self.stops)
        return (
            f"{name}({self.angle:g}deg {self.corner_x} {self.corner_y} {self.center_x!r} {self.center_y!r} "
            f"{self.is_circle} {self.extent.name} {self.radius_x!r} {self.radius_y!r} "
            f"{self.color_space}, {stops})"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Gradient) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.kind, self.stops))


@final
class CrossFade(CssImage):
    """cross-fade(): images and plain colours with their shares (0..1)."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[tuple[CssImage | Color, float], ...]) -> None:
        self.parts: Final = parts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CrossFade) and self.parts == other.parts

    def __hash__(self) -> int:
        return hash(self.parts)


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
        return isinstance(other, BackgroundSize) and repr(self) == repr(other)

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
        return isinstance(other, TransformFunction) and repr(self) == repr(other)

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


@final
class FilterFunction:
    """One function of a filter list; amounts are fractions (50% is 0.5) unless the kind says otherwise."""

    __slots__ = ("amount", "kind", "shadow", "url")

    def __init__(
        self, kind: FilterKind, amount: float = 0.0, shadow: Shadow | None = None, url: str = ""
    ) -> None:
        self.kind: Final = kind
        self.amount: Final = amount
        self.shadow: Final = shadow
        self.url: Final = url

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()}({self.amount:g}{self.shadow or ''}{self.url})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FilterFunction) and repr(self) == repr(other)

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
        return isinstance(other, BasicShape) and repr(self) == repr(other) and bool(self.image == other.image)

    def __hash__(self) -> int:
        return hash((self.kind, self.lengths, self.path))


class AlignKeyword(IntEnum):
    """Alignment keywords (https://drafts.csswg.org/css-align-3/)."""

    AUTO = 0
    NORMAL = 1
    STRETCH = 2
    START = 3
    END = 4
    CENTER = 5
    FLEX_START = 6
    FLEX_END = 7
    SELF_START = 8
    SELF_END = 9
    LEFT = 10
    RIGHT = 11
    BASELINE = 12
    LAST_BASELINE = 13
    SPACE_BETWEEN = 14
    SPACE_AROUND = 15
    SPACE_EVENLY = 16
    ANCHOR_CENTER = 17


@final
class Alignment:
    """A value of the align-* and justify-* properties. `is_safe`: overflow falls back to start;
    `is_legacy`: justify-items: legacy, which descendants inherit."""

    __slots__ = ("is_legacy", "is_safe", "keyword")

    def __init__(self, keyword: AlignKeyword, is_safe: bool = False, is_legacy: bool = False) -> None:
        self.keyword: Final = keyword
        self.is_safe: Final = is_safe
        self.is_legacy: Final = is_legacy

    def __repr__(self) -> str:
        name = self.keyword.name.lower().replace("_", "-").replace("last-", "last ")
        return ("legacy " if self.is_legacy else "") + ("safe " if self.is_safe else "") + name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alignment) and (
            self.keyword == other.keyword
            and self.is_safe == other.is_safe
            and self.is_legacy == other.is_legacy
        )

    def __hash__(self) -> int:
        return hash((self.keyword, self.is_safe, self.is_legacy))


ALIGN_AUTO: Final = Alignment(AlignKeyword.AUTO)
ALIGN_NORMAL: Final = Alignment(AlignKeyword.NORMAL)


@final
class TrackSize:
    """A track sizing function: minmax(min, max). A side is a Length (AUTO, MIN_CONTENT, MAX_CONTENT, FIXED,
    PERCENT, CALC); `flex` > 0 makes the max side that many fr; `is_fit_content` makes it fit-content(max)."""

    __slots__ = ("flex", "is_fit_content", "max", "min")

    def __init__(
        self, minimum: Length, maximum: Length, flex: float = 0.0, is_fit_content: bool = False
    ) -> None:
        self.min: Final = minimum
        self.max: Final = maximum
        self.flex: Final = flex
        self.is_fit_content: Final = is_fit_content

    def __repr__(self) -> str:
        return f"minmax({self.min!r}, {f'{self.flex:g}fr' if self.flex else repr(self.max)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackSize) and (
            self.min == other.min
            and self.max == other.max
            and self.flex == other.flex
            and self.is_fit_content == other.is_fit_content
        )

    def __hash__(self) -> int:
        return hash((self.min, self.max, self.flex))


AUTO_TRACK: Final = TrackSize(AUTO, AUTO)


class RepeatKind(IntEnum):
    """What a piece of a track list is."""

    NONE = 0
    COUNT = 1
    AUTO_FILL = 2
    AUTO_FIT = 3


@final
class TrackRepeat:
    """A piece of a track list: tracks with the line names in front of each and after the last one, `count`
    times (a plain piece is one time). len(line_names) == len(tracks) + 1."""

    __slots__ = ("count", "kind", "line_names", "tracks")

    def __init__(
        self,
        tracks: tuple[TrackSize, ...],
        line_names: tuple[tuple[str, ...], ...],
        kind: RepeatKind = RepeatKind.NONE,
        count: int = 1,
    ) -> None:
        self.tracks: Final = tracks
        self.line_names: Final = line_names
        self.kind: Final = kind
        self.count: Final = count

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()} {self.count} {self.tracks} {self.line_names}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackRepeat) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.tracks, self.line_names, self.kind, self.count))


@final
class TrackList:
    """grid-template-columns or -rows. Empty `parts` and not subgrid: `none`."""

    __slots__ = ("is_subgrid", "parts", "subgrid_names")

    def __init__(
        self,
        parts: tuple[TrackRepeat, ...] = (),
        is_subgrid: bool = False,
        subgrid_names: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        self.parts: Final = parts
        self.is_subgrid: Final = is_subgrid
        self.subgrid_names: Final = subgrid_names

    def __repr__(self) -> str:
        return "subgrid" if self.is_subgrid else repr(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackList) and (
            self.parts == other.parts
            and self.is_subgrid == other.is_subgrid
            and self.subgrid_names == other.subgrid_names
        )

    def __hash__(self) -> int:
        return hash((self.parts, self.is_subgrid))


NO_TRACKS: Final = TrackList()


@final
class GridLine:
    """grid-row-start and the like. All empty: auto. `number` 0 means none was given; with `is_span`, `number`
    lines (1 by default) or `number` lines named `name`."""

    __slots__ = ("is_span", "name", "number")

    def __init__(self, number: int = 0, name: str = "", is_span: bool = False) -> None:
        self.number: Final = number
        self.name: Final = name
        self.is_span: Final = is_span

    def is_auto(self) -> bool:
        """Whether this is `auto`."""
        return self.number == 0 and not self.name and not self.is_span

    def __repr__(self) -> str:
        if self.is_auto():
            return "auto"
        words = ["span"] if self.is_span else []
        if self.number:
            words.append(str(self.number))
        if self.name:
            words.append(self.name)
        return " ".join(words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GridLine) and (
            self.number == other.number and self.name == other.name and self.is_span == other.is_span
        )

    def __hash__(self) -> int:
        return hash((self.number, self.name, self.is_span))


GRID_AUTO: Final = GridLine()


@final
class AspectRatio:
    """aspect-ratio: `is_auto` with ratio 0.0 is plain `auto`; with a ratio, `auto W/H`. `width` and `height` are
    the two numbers as written."""

    __slots__ = ("height", "is_auto", "ratio", "width")

    def __init__(
        self, is_auto: bool = True, ratio: float = 0.0, width: float = 0.0, height: float = 0.0
    ) -> None:
        self.is_auto: Final = is_auto
        self.ratio: Final = ratio
        self.width: Final = width
        self.height: Final = height

    def __repr__(self) -> str:
        return (
            f"{'auto ' if self.is_auto else ''}{self.ratio:g}" if self.ratio or not self.is_auto else "auto"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AspectRatio) and self.is_auto == other.is_auto and self.ratio == other.ratio

    def __hash__(self) -> int:
        return hash((self.is_auto, self.ratio))


AUTO_RATIO: Final = AspectRatio()


class ContentKind(IntEnum):
    """What a piece of generated content is."""

    TEXT = 0  # text
    IMAGE = 1  # image
    ATTR = 2  # attr(name) : resolved to TEXT by style resolution
    COUNTER = 3  # counter(name, style)
    COUNTERS = 4  # counters(name, separator, style)
    OPEN_QUOTE = 5
    CLOSE_QUOTE = 6
    NO_OPEN_QUOTE = 7
    NO_CLOSE_QUOTE = 8


@final
class ContentItem:
    """A piece of generated content."""

    __slots__ = ("image", "kind", "separator", "style", "text")

    def __init__(
        self,
        kind: ContentKind,
        text: str = "",
        separator: str = "",
        style: str = "decimal",
        image: CssImage | None = None,
    ) -> None:
        self.kind: Final = kind
        self.text: Final = text
        self.separator: Final = separator
        self.style: Final = style
        self.image: Final = image

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()}({self.text!r}{self.separator}{self.style}{self.image or ''})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ContentItem) and repr(self) == repr(other)

    def __hash__(self) -> int:
        return hash((self.kind, self.text, self.separator))


class ContentMode(IntEnum):
    """`content: normal`, `none`, or a list."""

    NORMAL = 0
    NONE = 1
    LIST = 2


@final
class Content:
    """The value of `content`."""

    __slots__ = ("alt", "items", "mode")

    def __init__(self, mode: ContentMode, items: tuple[ContentItem, ...] = (), alt: str = "") -> None:
        self.mode: Final = mode
        self.items: Final = items
        self.alt: Final = alt

    def __repr__(self) -> str:
        return self.mode.name.lower() if self.mode != ContentMode.LIST else repr(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and (
            self.mode == other.mode and self.items == other.items and self.alt == other.alt
        )

    def __hash__(self) -> int:
        return hash((self.mode, self.items))


CONTENT_NORMAL: Final = Content(ContentMode.NORMAL)
CONTENT_NONE: Final = Content(ContentMode.NONE)


class VerticalAlignKind(IntEnum):
    """vertical-align keywords; LENGTH uses the length (percentages of the line height)."""

    BASELINE = 0
    SUB = 1
    SUPER = 2
    TEXT_TOP = 3
    TEXT_BOTTOM = 4
    MIDDLE = 5
    TOP = 6
    BOTTOM = 7
    LENGTH = 8


@final
class VerticalAlign:
    """The value of vertical-align."""

    __slots__ = ("kind", "length")

    def __init__(self, kind: VerticalAlignKind, length: Length = ZERO) -> None:
        self.kind: Final = kind
        self.length: Final = length

    def __repr__(self) -> str:
        if self.kind == VerticalAlignKind.LENGTH:
            return repr(self.length)
        return self.kind.name.lower().replace("_", "-")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerticalAlign) and self.kind == other.kind and self.length == other.length

    def __hash__(self) -> int:
        return hash((self.kind, self.length))


BASELINE: Final = VerticalAlign(VerticalAlignKind.BASELINE)

Z_AUTO: Final = -(2**31)
"""z-index: auto."""

"""Computed colours, shadows and images. See values.py."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .length import HALF, ZERO, Length


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

    def as_rgb(self) -> str:
        """The colour that is seen, also where it is still marked as currentcolor."""
        red, green, blue, _ = self.rgba8()
        return (
            f"rgb({red}, {green}, {blue})"
            if self.alpha >= 1
            else f"rgba({red}, {green}, {blue}, {self.alpha:g})"
        )

    def __repr__(self) -> str:
        return "currentcolor" if self.is_current else self.as_rgb()

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
    """One name of a font-family list: `is_generic` for serif, sans-serif, monospace, system-ui, ...; `is_standard` for
    the font of text that nobody has given one."""

    __slots__ = ("is_generic", "is_standard", "name")

    def __init__(self, name: str, is_generic: bool = False, is_standard: bool = False) -> None:
        self.name: Final = name
        self.is_generic: Final = is_generic
        self.is_standard: Final = is_standard

    def __repr__(self) -> str:
        return self.name if self.is_generic else f'"{self.name}"'

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, FontFamilyName)
            and self.name == other.name
            and self.is_generic == other.is_generic
            and self.is_standard == other.is_standard
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
        return (
            isinstance(other, Shadow)
            and self.x == other.x
            and self.y == other.y
            and self.blur == other.blur
            and self.spread == other.spread
            and self.color == other.color
            and self.inset == other.inset
        )

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
        return (
            isinstance(other, ColorStop)
            and self.color == other.color
            and self.position == other.position
            and self.is_hint == other.is_hint
        )

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
        return (
            isinstance(other, Gradient)
            and self.kind == other.kind
            and self.stops == other.stops
            and self.repeating == other.repeating
            and self.angle == other.angle
            and self.corner_x == other.corner_x
            and self.corner_y == other.corner_y
            and self.center_x == other.center_x
            and self.center_y == other.center_y
            and self.is_circle == other.is_circle
            and self.extent == other.extent
            and self.radius_x == other.radius_x
            and self.radius_y == other.radius_y
            and self.color_space == other.color_space
        )

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

"""Colours between two stops (https://drafts.csswg.org/css-color-4/#interpolation).

Colours are interpolated premultiplied; the result is in sRGB, since the picture is.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.values import Color


@final
class GradientStop:
    """A colour at an offset; `hint` is where the midpoint to the next stop lies, -inf where it was not said."""

    __slots__ = ("color", "hint", "offset")

    def __init__(self, offset: float, color: Color) -> None:
        self.offset: float = offset
        self.color: Final = color
        self.hint: float = -math.inf


Channels = tuple[float, float, float, float]


LINEAR_TO_P3: Final[tuple[float, ...]] = (
    0.8224621, 0.1775380, 0.0,
    0.0331941, 0.9668058, 0.0,
    0.0170827, 0.0723974, 0.9105199,
)  # fmt: skip
P3_TO_LINEAR: Final[tuple[float, ...]] = (
    1.2249401, -0.2249404, 0.0,
    -0.0420569, 1.0420571, 0.0,
    -0.0196376, -0.0786361, 1.0982735,
)  # fmt: skip
"""https://drafts.csswg.org/css-color-4/#color-conversion-code: through XYZ and back."""


def _to_linear(value: float) -> float:
    magnitude = abs(value)
    if magnitude <= 0.04045:
        return value / 12.92
    return math.copysign(((magnitude + 0.055) / 1.055) ** 2.4, value)


def _from_linear(value: float) -> float:
    magnitude = abs(value)
    if magnitude <= 0.0031308:
        return value * 12.92
    return math.copysign(1.055 * magnitude ** (1 / 2.4) - 0.055, value)


def _cube_root(value: float) -> float:
    return math.copysign(abs(value) ** (1 / 3), value)


def _times(matrix: tuple[float, ...], r: float, g: float, b: float) -> tuple[float, float, float]:
    m = matrix
    return (
        m[0] * r + m[1] * g + m[2] * b,
        m[3] * r + m[4] * g + m[5] * b,
        m[6] * r + m[7] * g + m[8] * b,
    )


def _linear_to_oklab(r: float, g: float, b: float) -> tuple[float, float, float]:
    """https://bottosson.github.io/posts/oklab/"""
    lc = _cube_root(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    mc = _cube_root(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    sc = _cube_root(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * lc + 0.7936177850 * mc - 0.0040720468 * sc,
        1.9779984951 * lc - 2.4285922050 * mc + 0.4505937099 * sc,
        0.0259040371 * lc + 0.7827717662 * mc - 0.8086757660 * sc,
    )


def _oklab_to_linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    lc = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    mc = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    sc = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * lc - 3.3077115913 * mc + 0.2309699292 * sc,
        -1.2684380046 * lc + 2.6097574011 * mc - 0.3413193965 * sc,
        -0.0041960863 * lc - 0.7034186147 * mc + 1.7076147010 * sc,
    )


def _linear_to_xyz_d50(r: float, g: float, b: float) -> tuple[float, float, float]:
    """https://drafts.csswg.org/css-color-4/#color-conversion-code, sRGB to XYZ with D50 adaptation."""
    return (
        0.4360657 * r + 0.3851515 * g + 0.1430784 * b,
        0.2224932 * r + 0.7168870 * g + 0.0606169 * b,
        0.0139239 * r + 0.0970812 * g + 0.7140994 * b,
    )


def _xyz_d50_to_linear(x: float, y: float, z: float) -> tuple[float, float, float]:
    return (
        3.1341359 * x - 1.6173864 * y - 0.4906619 * z,
        -0.9787955 * x + 1.9162544 * y + 0.0334428 * z,
        0.0719553 * x - 0.2289768 * y + 1.4053861 * z,
    )


LAB_EPSILON: Final = 216 / 24389
LAB_KAPPA: Final = 24389 / 27
D50_X: Final = 0.9642956
D50_Z: Final = 0.8251046


def _lab_f(value: float) -> float:
    return _cube_root(value) if value > LAB_EPSILON else (LAB_KAPPA * value + 16) / 116


def _lab_inverse(value: float) -> float:
    cube = value**3
    return cube if cube > LAB_EPSILON else (116 * value - 16) / LAB_KAPPA


def _to_space(red: float, green: float, blue: float, space: str) -> tuple[float, float, float]:
    """sRGB 0..1 to the coordinates of a space; polar spaces give hue last."""
    if space == "srgb":
        return red, green, blue
    if space == "hsl" or space == "hwb":
        return _to_hsl(red, green, blue) if space == "hsl" else _to_hwb(red, green, blue)
    r, g, b = _to_linear(red), _to_linear(green), _to_linear(blue)
    if space == "display-p3":
        p, q, s = _times(LINEAR_TO_P3, r, g, b)
        return _from_linear(p), _from_linear(q), _from_linear(s)
    if space == "srgb-linear" or space.startswith("xyz"):
        # XYZ is a linear map of linear sRGB: mixing in either gives the same.
        return r, g, b
    if space == "oklab" or space == "oklch":
        first, second, third = _linear_to_oklab(r, g, b)
    else:
        x, y, z = _linear_to_xyz_d50(r, g, b)
        fx, fy, fz = _lab_f(x / D50_X), _lab_f(y), _lab_f(z / D50_Z)
        first, second, third = 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
    if space == "oklch" or space == "lch":
        return first, math.hypot(second, third), math.degrees(math.atan2(third, second)) % 360.0
    return first, second, third


def _from_space(c1: float, c2: float, c3: float, space: str) -> tuple[float, float, float]:
    if space == "srgb":
        return c1, c2, c3
    if space == "hsl":
        return _from_hsl(c1, c2, c3)
    if space == "hwb":
        return _from_hwb(c1, c2, c3)
    if space == "display-p3":
        r, g, b = _times(P3_TO_LINEAR, _to_linear(c1), _to_linear(c2), _to_linear(c3))
        return _from_linear(r), _from_linear(g), _from_linear(b)
    if space == "srgb-linear" or space.startswith("xyz"):
        return _from_linear(c1), _from_linear(c2), _from_linear(c3)
    if space == "oklch" or space == "lch":
        hue = math.radians(c3)
        c2, c3 = c2 * math.cos(hue), c2 * math.sin(hue)
    if space == "oklab" or space == "oklch":
        r, g, b = _oklab_to_linear(c1, c2, c3)
    else:
        fy = (c1 + 16) / 116
        x, y, z = _lab_inverse(fy + c2 / 500), _lab_inverse(fy), _lab_inverse(fy - c3 / 200)
        r, g, b = _xyz_d50_to_linear(x * D50_X, y, z * D50_Z)
    return _from_linear(r), _from_linear(g), _from_linear(b)


def _hue_of(red: float, green: float, blue: float) -> tuple[float, float, float]:
    high, low = max(red, green, blue), min(red, green, blue)
    delta = high - low
    if delta == 0:
        return 0.0, high, low
    if high == red:
        hue = 60.0 * (((green - blue) / delta) % 6.0)
    elif high == green:
        hue = 60.0 * ((blue - red) / delta + 2.0)
    else:
        hue = 60.0 * ((red - green) / delta + 4.0)
    return hue, high, low


def _to_hsl(red: float, green: float, blue: float) -> tuple[float, float, float]:
    hue, high, low = _hue_of(red, green, blue)
    lightness = (high + low) / 2
    span = 1.0 - abs(2 * lightness - 1.0)
    return (0.0 if span <= 0 else (high - low) / span), lightness, hue


def _from_hsl(saturation: float, lightness: float, hue: float) -> tuple[float, float, float]:
    a = saturation * min(lightness, 1.0 - lightness)
    values: list[float] = []
    for n in (0.0, 8.0, 4.0):
        k = (n + hue / 30.0) % 12.0
        values.append(lightness - a * max(-1.0, min(k - 3.0, 9.0 - k, 1.0)))
    return values[0], values[1], values[2]


def _to_hwb(red: float, green: float, blue: float) -> tuple[float, float, float]:
    hue, high, low = _hue_of(red, green, blue)
    return low, 1.0 - high, hue


def _from_hwb(white: float, black: float, hue: float) -> tuple[float, float, float]:
    if white + black >= 1.0:
        grey = white / (white + black)
        return grey, grey, grey
    red, green, blue = _from_hsl(1.0, 0.5, hue)
    span = 1.0 - white - black
    return red * span + white, green * span + white, blue * span + white


POLAR: Final = frozenset(("hsl", "hwb", "lch", "oklch"))


@final
class Interpolation:
    """`in <space> [<hue method> hue]`."""

    __slots__ = ("hue", "is_polar", "space")

    def __init__(self, text: str = "srgb") -> None:
        words = text.split()
        self.space: Final = words[0] if words else "srgb"
        self.hue: Final = words[1] if len(words) > 1 else "shorter"
        self.is_polar: Final = self.space in POLAR

    def is_srgb(self) -> bool:
        """Whether channels are mixed as they are."""
        return self.space == "srgb"

    def premultiplied(self, color: Color) -> Channels:
        """A colour in this space, all but the hue times alpha."""
        alpha = min(1.0, max(0.0, color.alpha))
        c1, c2, c3 = _to_space(color.red / 255, color.green / 255, color.blue / 255, self.space)
        return c1 * alpha, c2 * alpha, c3 if self.is_polar else c3 * alpha, alpha

    def mix(self, start: Color, end: Color, t: float) -> Color:
        """The colour at fraction `t` from start to end."""
        a, b = self.premultiplied(start), self.premultiplied(end)
        alpha = a[3] + (b[3] - a[3]) * t
        if alpha <= 0:
            return Color(0.0, 0.0, 0.0, 0.0)
        c1, c2 = (a[0] + (b[0] - a[0]) * t) / alpha, (a[1] + (b[1] - a[1]) * t) / alpha
        if self.is_polar:
            c3 = self._mix_hue(start, end, a, b, t)
        else:
            c3 = (a[2] + (b[2] - a[2]) * t) / alpha
        red, green, blue = _from_space(c1, c2, c3, self.space)
        return Color(_byte(red), _byte(green), _byte(blue), alpha)

    def _mix_hue(self, start: Color, end: Color, a: Channels, b: Channels, t: float) -> float:
        """https://drafts.csswg.org/css-color-4/#hue-interpolation; a grey takes the other's hue."""
        h1, h2 = a[2], b[2]
        if start.red == start.green == start.blue:
            h1 = h2
        elif end.red == end.green == end.blue:
            h2 = h1
        difference = h2 - h1
        if self.hue == "longer":
            if 0 < difference < 180:
                h1 += 360
            elif -180 < difference <= 0:
                h2 += 360
        elif self.hue == "increasing":
            if difference < 0:
                h2 += 360
        elif self.hue == "decreasing":
            if difference > 0:
                h1 += 360
        elif difference > 180:
            h1 += 360
        elif difference < -180:
            h2 += 360
        return (h1 + (h2 - h1) * t) % 360.0


def _byte(value: float) -> float:
    return min(255.0, max(0.0, value * 255.0))

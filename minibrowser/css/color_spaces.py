"""Conversions between colour spaces (https://drafts.csswg.org/css-color-4/#color-conversion-code).

Triples of floats: rgb-like spaces in 0..1, lab in its own ranges, hues in degrees.
"""

from __future__ import annotations

import math
from typing import Final

Triple = tuple[float, float, float]
Matrix = tuple[Triple, ...]
"""Three rows. NOTE: open in length because mypyc 2.4 cannot read a constant that is a fixed tuple of floats."""

_SRGB_TO_XYZ: Final[Matrix] = (
    (506752 / 1228815, 87881 / 245763, 12673 / 70218),
    (87098 / 409605, 175762 / 245763, 12673 / 175545),
    (7918 / 409605, 87881 / 737289, 1001167 / 1053270),
)
_XYZ_TO_SRGB: Final[Matrix] = (
    (12831 / 3959, -329 / 214, -1974 / 3959),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (705 / 12673, -2585 / 12673, 705 / 667),
)
_P3_TO_XYZ: Final[Matrix] = (
    (608311 / 1250200, 189793 / 714400, 198249 / 1000160),
    (35783 / 156275, 247089 / 357200, 198249 / 2500400),
    (0.0, 32229 / 714400, 5220557 / 5000800),
)
_XYZ_TO_P3: Final[Matrix] = (
    (446124 / 178915, -333277 / 357830, -72051 / 178915),
    (-14852 / 17905, 63121 / 35810, 423 / 17905),
    (11844 / 330415, -50337 / 660830, 316169 / 330415),
)
_A98_TO_XYZ: Final[Matrix] = (
    (573536 / 994567, 263643 / 1420810, 187206 / 994567),
    (591459 / 1989134, 6239551 / 9945670, 374412 / 4972835),
    (53769 / 1989134, 351524 / 4972835, 4929758 / 4972835),
)
_XYZ_TO_A98: Final[Matrix] = (
    (1829569 / 896150, -506331 / 896150, -308931 / 896150),
    (-851781 / 878810, 1648619 / 878810, 36519 / 878810),
    (16779 / 1248040, -147721 / 1248040, 1266979 / 1248040),
)
_PROPHOTO_TO_XYZ50: Final[Matrix] = (
    (0.79776664490064230, 0.13518129740053308, 0.03134773412839220),
    (0.28807482881940130, 0.71183523424187300, 0.00008993693872564),
    (0.0, 0.0, 0.82510460251046020),
)
_XYZ50_TO_PROPHOTO: Final[Matrix] = (
    (1.34578688164715830, -0.25557208737979464, -0.05110186497554526),
    (-0.54463070512490190, 1.50824774284514680, 0.02052744743642139),
    (0.0, 0.0, 1.21196754563894520),
)
_REC2020_TO_XYZ: Final[Matrix] = (
    (63426534 / 99577255, 20160776 / 139408157, 47086771 / 278816314),
    (26158966 / 99577255, 472592308 / 697040785, 8267143 / 139408157),
    (0.0, 19567812 / 697040785, 295819943 / 278816314),
)
_XYZ_TO_REC2020: Final[Matrix] = (
    (30757411 / 17917100, -6372589 / 17917100, -4539589 / 17917100),
    (-19765991 / 29648200, 47925759 / 29648200, 467509 / 29648200),
    (792561 / 44930125, -1921689 / 44930125, 42328811 / 44930125),
)
_D65_TO_D50: Final[Matrix] = (
    (1.0479297925449969, 0.022946870601609652, -0.05019226628920524),
    (0.02962780877005599, 0.9904344267538799, -0.017073799063418826),
    (-0.009243040646204504, 0.015055191490298152, 0.7518742814281371),
)
_D50_TO_D65: Final[Matrix] = (
    (0.955473421488075, -0.02309845494876471, 0.06325924320057072),
    (-0.0283697093338637, 1.0099953980813041, 0.021041441191917323),
    (0.012314014864481998, -0.020507649298898964, 1.330365926242124),
)
_XYZ_TO_LMS: Final[Matrix] = (
    (0.8190224379967030, 0.3619062600528904, -0.1288737815209879),
    (0.0329836539323885, 0.9292868615863434, 0.0361446663506424),
    (0.0481771893596242, 0.2642395317527308, 0.6335478284694309),
)
_LMS_TO_XYZ: Final[Matrix] = (
    (1.2268798758459243, -0.5578149944602171, 0.2813910456659647),
    (-0.0405757452148008, 1.1122868032803170, -0.0717110580655164),
    (-0.0763729366746601, -0.4214933324022432, 1.5869240198367816),
)
_LMS_TO_OKLAB: Final[Matrix] = (
    (0.2104542683093140, 0.7936177747023054, -0.0040720430116193),
    (1.9779985324311684, -2.4285922420485799, 0.4505937096174110),
    (0.0259040424655478, 0.7827717124575296, -0.8086757549230774),
)
_OKLAB_TO_LMS: Final[Matrix] = (
    (1.0, 0.3963377773761749, 0.2158037573099136),
    (1.0, -0.1055613458156586, -0.0638541728258133),
    (1.0, -0.0894841775298119, -1.2914855480194092),
)
_D50: Final[tuple[float, ...]] = (0.3457 / 0.3585, 1.0, (1.0 - 0.3457 - 0.3585) / 0.3585)
_KAPPA: Final = 24389 / 27
_EPSILON: Final = 216 / 24389


def _multiply(matrix: Matrix, vector: Triple) -> Triple:
    x, y, z = vector
    first, second, third = matrix
    return (
        first[0] * x + first[1] * y + first[2] * z,
        second[0] * x + second[1] * y + second[2] * z,
        third[0] * x + third[1] * y + third[2] * z,
    )


def _power(value: float, exponent: float) -> float:
    return math.copysign(math.pow(abs(value), exponent), value)


def _cube_root(value: float) -> float:
    return math.copysign(abs(value) ** (1 / 3), value)


def linear_from_srgb(value: float) -> float:
    """Undo the sRGB transfer function."""
    size = abs(value)
    if size <= 0.04045:
        return value / 12.92
    return math.copysign(math.pow((size + 0.055) / 1.055, 2.4), value)


def srgb_from_linear(value: float) -> float:
    """The sRGB transfer function."""
    size = abs(value)
    if size > 0.0031308:
        return math.copysign(1.055 * math.pow(size, 1 / 2.4) - 0.055, value)
    return 12.92 * value


_REC2020_ALPHA: Final = 1.09929682680944
_REC2020_BETA: Final = 0.018053968510807


def _rec2020_to_linear(value: float) -> float:
    # NOTE: ITU-R BT.2020's transfer function, which Chromium uses; the specification has come to a plain 2.4.
    size = abs(value)
    if size < _REC2020_BETA * 4.5:
        return value / 4.5
    return math.copysign(((size + _REC2020_ALPHA - 1.0) / _REC2020_ALPHA) ** (1 / 0.45), value)


def _linear_to_rec2020(value: float) -> float:
    size = abs(value)
    if size > _REC2020_BETA:
        return math.copysign(_REC2020_ALPHA * size**0.45 - (_REC2020_ALPHA - 1.0), value)
    return 4.5 * value


def hsl_to_rgb(hue: float, saturation: float, lightness: float) -> Triple:
    """https://drafts.csswg.org/css-color-4/#hsl-to-rgb; saturation and lightness in 0..1."""
    hue %= 360.0
    amount = saturation * min(lightness, 1.0 - lightness)

    red = _hsl_channel(0.0, hue, lightness, amount)
    green = _hsl_channel(8.0, hue, lightness, amount)
    blue = _hsl_channel(4.0, hue, lightness, amount)
    return (red, green, blue)


def _hsl_channel(n: float, hue: float, lightness: float, amount: float) -> float:
    k = (n + hue / 30.0) % 12.0
    return lightness - amount * max(-1.0, min(k - 3.0, 9.0 - k, 1.0))


def rgb_to_hsl(red: float, green: float, blue: float) -> Triple:
    """https://drafts.csswg.org/css-color-4/#rgb-to-hsl"""
    high = max(red, green, blue)
    low = min(red, green, blue)
    lightness = (low + high) / 2.0
    distance = high - low
    hue = saturation = 0.0
    if distance != 0.0:
        saturation = 0.0 if lightness in (0.0, 1.0) else (high - lightness) / min(lightness, 1.0 - lightness)
        if high == red:
            hue = (green - blue) / distance + (6.0 if green < blue else 0.0)
        elif high == green:
            hue = (blue - red) / distance + 2.0
        else:
            hue = (red - green) / distance + 4.0
        hue *= 60.0
    if saturation < 0.0:
        hue += 180.0
        saturation = abs(saturation)
    return (hue % 360.0, saturation, lightness)


def hwb_to_rgb(hue: float, white: float, black: float) -> Triple:
    """https://drafts.csswg.org/css-color-4/#hwb-to-rgb"""
    if white + black >= 1.0:
        grey = white / (white + black)
        return (grey, grey, grey)
    red, green, blue = hsl_to_rgb(hue, 1.0, 0.5)
    scale = 1.0 - white - black
    return (red * scale + white, green * scale + white, blue * scale + white)


def rgb_to_hwb(red: float, green: float, blue: float) -> Triple:
    """https://drafts.csswg.org/css-color-4/#rgb-to-hwb"""
    hue = rgb_to_hsl(red, green, blue)[0]
    return (hue, min(red, green, blue), 1.0 - max(red, green, blue))


def _lab_to_xyz50(lab: Triple) -> Triple:
    lightness, a, b = lab
    fy = (lightness + 16.0) / 116.0
    fx = a / 500.0 + fy
    fz = fy - b / 200.0
    x = fx**3 if fx**3 > _EPSILON else (116.0 * fx - 16.0) / _KAPPA
    y = ((lightness + 16.0) / 116.0) ** 3 if lightness > _KAPPA * _EPSILON else lightness / _KAPPA
    z = fz**3 if fz**3 > _EPSILON else (116.0 * fz - 16.0) / _KAPPA
    return (x * _D50[0], y * _D50[1], z * _D50[2])


def _xyz50_to_lab(xyz: Triple) -> Triple:
    fx, fy, fz = (
        _cube_root(value / white) if value / white > _EPSILON else (_KAPPA * value / white + 16.0) / 116.0
        for value, white in zip(xyz, _D50, strict=True)
    )
    return (116.0 * fy - 16.0, 500.0 * (fx - fy), 200.0 * (fy - fz))


def polar_to_rectangular(triple: Triple) -> Triple:
    """LCH to Lab."""
    lightness, chroma, hue = triple
    return (
        lightness,
        chroma * math.cos(math.radians(hue)),
        chroma * math.sin(math.radians(hue)),
    )


def rectangular_to_polar(triple: Triple) -> Triple:
    """Lab to LCH."""
    lightness, a, b = triple
    return (lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360.0)


def oklab_to_xyz(lab: Triple) -> Triple:
    """Oklab to XYZ D65."""
    l, m, s = _multiply(_OKLAB_TO_LMS, lab)
    return _multiply(_LMS_TO_XYZ, (l * l * l, m * m * m, s * s * s))


def xyz_to_oklab(xyz: Triple) -> Triple:
    """XYZ D65 to Oklab."""
    l, m, s = _multiply(_XYZ_TO_LMS, xyz)
    return _multiply(_LMS_TO_OKLAB, (_cube_root(l), _cube_root(m), _cube_root(s)))


def to_xyz(space: str, triple: Triple) -> Triple:
    """Any space to XYZ D65. hsl and hwb are given with 0..1 components after the hue."""
    x, y, z = triple
    if space == "srgb":
        return _multiply(_SRGB_TO_XYZ, (linear_from_srgb(x), linear_from_srgb(y), linear_from_srgb(z)))
    if space == "srgb-linear":
        return _multiply(_SRGB_TO_XYZ, triple)
    if space == "hsl":
        return to_xyz("srgb", hsl_to_rgb(x, y, z))
    if space == "hwb":
        return to_xyz("srgb", hwb_to_rgb(x, y, z))
    if space == "oklab":
        return oklab_to_xyz(triple)
    if space == "oklch":
        return oklab_to_xyz(polar_to_rectangular(triple))
    if space == "lab":
        return _multiply(_D50_TO_D65, _lab_to_xyz50(triple))
    if space == "lch":
        return _multiply(_D50_TO_D65, _lab_to_xyz50(polar_to_rectangular(triple)))
    if space == "display-p3":
        return _multiply(_P3_TO_XYZ, (linear_from_srgb(x), linear_from_srgb(y), linear_from_srgb(z)))
    if space == "display-p3-linear":
        return _multiply(_P3_TO_XYZ, triple)
    if space == "a98-rgb":
        return _multiply(_A98_TO_XYZ, (_power(x, 563 / 256), _power(y, 563 / 256), _power(z, 563 / 256)))
    if space == "prophoto-rgb":
        linear = (_prophoto_to_linear(x), _prophoto_to_linear(y), _prophoto_to_linear(z))
        return _multiply(_D50_TO_D65, _multiply(_PROPHOTO_TO_XYZ50, linear))
    if space == "rec2020":
        return _multiply(
            _REC2020_TO_XYZ, (_rec2020_to_linear(x), _rec2020_to_linear(y), _rec2020_to_linear(z))
        )
    if space == "xyz-d50":
        return _multiply(_D50_TO_D65, triple)
    return triple


def _prophoto_to_linear(value: float) -> float:
    return value / 16.0 if abs(value) <= 16 / 512 else _power(value, 1.8)


def _linear_to_prophoto(value: float) -> float:
    return 16.0 * value if abs(value) < 1 / 512 else _power(value, 1 / 1.8)


def from_xyz(space: str, xyz: Triple) -> Triple:
    """XYZ D65 to any space."""
    if space == "srgb" or space == "hsl" or space == "hwb":
        red, green, blue = _multiply(_XYZ_TO_SRGB, xyz)
        rgb = (srgb_from_linear(red), srgb_from_linear(green), srgb_from_linear(blue))
        if space == "srgb":
            return rgb
        return rgb_to_hsl(*rgb) if space == "hsl" else rgb_to_hwb(*rgb)
    if space == "srgb-linear":
        return _multiply(_XYZ_TO_SRGB, xyz)
    if space == "oklab":
        return xyz_to_oklab(xyz)
    if space == "oklch":
        return rectangular_to_polar(xyz_to_oklab(xyz))
    if space == "lab":
        return _xyz50_to_lab(_multiply(_D65_TO_D50, xyz))
    if space == "lch":
        return rectangular_to_polar(_xyz50_to_lab(_multiply(_D65_TO_D50, xyz)))
    if space == "display-p3" or space == "display-p3-linear":
        red, green, blue = _multiply(_XYZ_TO_P3, xyz)
        if space == "display-p3-linear":
            return (red, green, blue)
        return (srgb_from_linear(red), srgb_from_linear(green), srgb_from_linear(blue))
    if space == "a98-rgb":
        red, green, blue = _multiply(_XYZ_TO_A98, xyz)
        return (_power(red, 256 / 563), _power(green, 256 / 563), _power(blue, 256 / 563))
    if space == "prophoto-rgb":
        red, green, blue = _multiply(_XYZ50_TO_PROPHOTO, _multiply(_D65_TO_D50, xyz))
        return (_linear_to_prophoto(red), _linear_to_prophoto(green), _linear_to_prophoto(blue))
    if space == "rec2020":
        red, green, blue = _multiply(_XYZ_TO_REC2020, xyz)
        return (_linear_to_rec2020(red), _linear_to_rec2020(green), _linear_to_rec2020(blue))
    if space == "xyz-d50":
        return _multiply(_D65_TO_D50, xyz)
    return xyz


def convert(source: str, target: str, triple: Triple) -> Triple:
    """From one space to another."""
    if source == target:
        return triple
    return from_xyz(target, to_xyz(source, triple))

"""Filter functions (https://drafts.csswg.org/filter-effects-1/) over premultiplied RGBX pictures."""

from __future__ import annotations

import math
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from ..css.values import FilterFunction, FilterKind
from ..geometry import IDENTITY, Matrix
from ..limits import MAX_BLUR_RADIUS
from .surface import alpha_of, reinterpret
from .svg_effects import ReferenceFilter

Matrix20 = tuple[float, float, float, float, float, float, float, float, float, float, float, float]
"""Three rows of red, green, blue and constant (0..255)."""

MAX_SIGMA: Final = 900.0
"""Device px: the largest blur at 3 device px for one CSS px."""
FINE_SIGMA: Final = 12.0
"""Device px: a wider blur is computed on a smaller picture, where it is about so wide; nobody sees the difference."""
MAX_AMOUNT: Final = 1e6
"""Amounts beyond give the same pictures."""
IDENTITY_LUT: Final = list(range(256))


def apply_filters(
    image: Image.Image,
    filters: tuple[FilterFunction, ...],
    scale: float,
    origin: tuple[int, int] = (0, 0),
    to_css: Matrix = IDENTITY,
) -> Image.Image:
    """All functions in order; `scale` is device px for one CSS px. The picture must have room for blurs; `origin` is
    the device pixel of its corner, and `to_css` maps its pixels to the page's coordinates."""
    for function in filters:
        image = _apply(image, function, scale, origin, to_css)
    return image


def gaussian(image: Image.Image, sigma: float, origin: tuple[int, int] = (0, 0)) -> Image.Image:
    """A Gaussian blur of standard deviation `sigma`, device px."""
    if not sigma > 0:
        return image
    sigma = min(sigma, MAX_SIGMA)
    if sigma < 2 * FINE_SIGMA:
        return image.filter(ImageFilter.GaussianBlur(sigma))
    # OPTIMIZATION: the time of a blur goes with the pixels. The smaller picture's grid is that of the page, so that the
    # result does not depend on which part of it is drawn.
    factor = 1 << int(math.log2(sigma / FINE_SIGMA))
    left, top = origin[0] % factor, origin[1] % factor
    width = -(-(image.width + left) // factor) * factor
    height = -(-(image.height + top) // factor) * factor
    padded = Image.new(image.mode, (width, height))
    padded.paste(image, (left, top))
    # Averaging by the factor is itself a blur, and so is stretching again.
    rest = math.sqrt(max(1.0, (sigma / factor) ** 2 - 1 / 12 - 1 / 6))
    small = padded.reduce(factor).filter(ImageFilter.GaussianBlur(rest))
    wide = small.resize((width, height), Image.Resampling.BILINEAR)
    return wide.crop((left, top, left + image.width, top + image.height))


def _apply(
    image: Image.Image, function: FilterFunction, scale: float, origin: tuple[int, int], to_css: Matrix
) -> Image.Image:
    kind = function.kind
    amount = min(MAX_AMOUNT, max(-MAX_AMOUNT, function.amount)) if function.amount == function.amount else 0.0
    if kind == FilterKind.BLUR:
        return gaussian(image, min(amount, MAX_BLUR_RADIUS) * scale, origin)
    if kind == FilterKind.DROP_SHADOW:
        return _drop_shadow(image, function, scale, origin)
    if kind == FilterKind.OPACITY:
        factor = min(1.0, max(0.0, amount))
        return image.point([int(value * factor + 0.5) for value in range(256)] * 4)
    if kind == FilterKind.URL:
        placed = function.placed
        return placed.apply(image, to_css) if isinstance(placed, ReferenceFilter) else image
    matrix = _color_matrix(kind, amount)
    if matrix is not None:
        return _through_matrix(image, matrix)
    table = _transfer(kind, amount)
    plain = reinterpret(image, "RGBa").convert("RGBA")
    return _premultiply(plain.point(table * 3 + IDENTITY_LUT))


def _premultiply(plain: Image.Image) -> Image.Image:
    return reinterpret(plain.convert("RGBa"), "RGBX")


def _transfer(kind: FilterKind, amount: float) -> list[int]:
    """The table of a function that treats channels alike."""
    if kind == FilterKind.BRIGHTNESS:
        slope, intercept = max(0.0, amount), 0.0
    elif kind == FilterKind.CONTRAST:
        slope = max(0.0, amount)
        intercept = 127.5 - 127.5 * slope
    else:  # invert
        share = min(1.0, max(0.0, amount))
        slope, intercept = 1.0 - 2.0 * share, 255.0 * share
    return [min(255, max(0, int(value * slope + intercept + 0.5))) for value in range(256)]


def _color_matrix(kind: FilterKind, amount: float) -> Matrix20 | None:
    """https://drafts.csswg.org/filter-effects-1/#ShorthandEquivalents"""
    if kind == FilterKind.GRAYSCALE:
        s = 1.0 - min(1.0, max(0.0, amount))
        return _saturation(s)
    if kind == FilterKind.SATURATE:
        return _saturation(max(0.0, amount))
    if kind == FilterKind.SEPIA:
        s = 1.0 - min(1.0, max(0.0, amount))
        return (
            0.393 + 0.607 * s, 0.769 - 0.769 * s, 0.189 - 0.189 * s, 0.0,
            0.349 - 0.349 * s, 0.686 + 0.314 * s, 0.168 - 0.168 * s, 0.0,
            0.272 - 0.272 * s, 0.534 - 0.534 * s, 0.131 + 0.869 * s, 0.0,
        )  # fmt: skip
    if kind == FilterKind.HUE_ROTATE:
        c, s = math.cos(math.radians(amount)), math.sin(math.radians(amount))
        return (
            0.213 + c * 0.787 - s * 0.213, 0.715 - c * 0.715 - s * 0.715, 0.072 - c * 0.072 + s * 0.928, 0.0,
            0.213 - c * 0.213 + s * 0.143, 0.715 + c * 0.285 + s * 0.140, 0.072 - c * 0.072 - s * 0.283, 0.0,
            0.213 - c * 0.213 - s * 0.787, 0.715 - c * 0.715 + s * 0.715, 0.072 + c * 0.928 + s * 0.072, 0.0,
        )  # fmt: skip
    return None


def _saturation(s: float) -> Matrix20:
    return (
        0.213 + 0.787 * s, 0.715 - 0.715 * s, 0.072 - 0.072 * s, 0.0,
        0.213 - 0.213 * s, 0.715 + 0.285 * s, 0.072 - 0.072 * s, 0.0,
        0.213 - 0.213 * s, 0.715 - 0.715 * s, 0.072 + 0.928 * s, 0.0,
    )  # fmt: skip


def _through_matrix(image: Image.Image, matrix: Matrix20) -> Image.Image:
    """A colour matrix without constants commutes with premultiplication; results are kept within alpha."""
    alpha = alpha_of(image)
    mixed = reinterpret(image, "RGB").convert("RGB", matrix)
    bands = [ImageChops.darker(band, alpha) for band in mixed.split()]
    return Image.merge("RGBX", (bands[0], bands[1], bands[2], alpha))


def _drop_shadow(
    image: Image.Image, function: FilterFunction, scale: float, origin: tuple[int, int]
) -> Image.Image:
    shadow = function.shadow
    if shadow is None:
        return image
    red, green, blue, opacity = shadow.color.rgba8()
    mask = alpha_of(image)
    moved = Image.new("L", image.size, 0)
    limit = 100_000.0
    dx = min(limit, max(-limit, shadow.x * scale))
    dy = min(limit, max(-limit, shadow.y * scale))
    moved.paste(mask, (round(dx), round(dy)))
    moved = gaussian(moved, min(shadow.blur, MAX_BLUR_RADIUS) * scale, origin)
    result = Image.new("RGBX", image.size, (0, 0, 0, 0))
    if opacity < 255:
        moved = moved.point([value * opacity // 255 for value in range(256)])
    result.im.paste((red, green, blue, 255), (0, 0, *image.size), moved.im)
    above = reinterpret(image, "RGBa")
    result.im.paste(above.im, (0, 0, *image.size), above.im)
    return result

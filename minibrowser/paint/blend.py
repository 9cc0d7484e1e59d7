"""Blend modes (https://drafts.csswg.org/compositing-1/#blending) of premultiplied RGBX pictures of one size.

Names follow the specification: `source` is the group, `backdrop` what lies below it.
"""

from __future__ import annotations

from PIL import Image, ImageChops, ImageMath

from ..css.keywords import BlendMode
from .surface import alpha_of, reinterpret, spread_alpha


def blend(backdrop: Image.Image, source: Image.Image, mode: BlendMode) -> Image.Image:
    """The composited result: co = cs + cb * (1 - as) with the blended colour in the place of cs."""
    source_alpha, backdrop_alpha = alpha_of(source), alpha_of(backdrop)
    a_s, a_b = spread_alpha(source_alpha), spread_alpha(backdrop_alpha)
    result: Image.Image
    if mode == BlendMode.PLUS_LIGHTER:
        return ImageChops.add(source, backdrop)
    if mode == BlendMode.MULTIPLY:
        # cs * cb + cs * (1 - ab) + cb * (1 - as)
        result = ImageChops.add(
            ImageChops.multiply(source, backdrop),
            ImageChops.add(
                ImageChops.multiply(source, ImageChops.invert(a_b)),
                ImageChops.multiply(backdrop, ImageChops.invert(a_s)),
            ),
        )
    elif mode == BlendMode.SCREEN:
        return ImageChops.screen(backdrop, source)
    elif mode == BlendMode.DARKEN or mode == BlendMode.LIGHTEN:
        first, second = ImageChops.multiply(source, a_b), ImageChops.multiply(backdrop, a_s)
        worst = (ImageChops.lighter if mode == BlendMode.DARKEN else ImageChops.darker)(first, second)
        # source + backdrop - worst, without saturation on the way.
        result = ImageChops.add(
            ImageChops.subtract(source, worst),
            ImageChops.subtract(backdrop, ImageChops.subtract(worst, source)),
        )
    elif mode == BlendMode.DIFFERENCE or mode == BlendMode.EXCLUSION:
        if mode == BlendMode.DIFFERENCE:
            common = ImageChops.darker(ImageChops.multiply(source, a_b), ImageChops.multiply(backdrop, a_s))
        else:
            common = ImageChops.multiply(source, backdrop)
        result = ImageChops.add(ImageChops.subtract(source, common), ImageChops.subtract(backdrop, common))
    else:
        result = _general(backdrop, source, mode)
    return with_alpha(result, ImageChops.screen(source_alpha, backdrop_alpha))


def with_alpha(image: Image.Image, alpha: Image.Image) -> Image.Image:
    """The picture with another fourth band."""
    bands = image.split()
    return Image.merge("RGBX", (bands[0], bands[1], bands[2], alpha))


def _general(backdrop: Image.Image, source: Image.Image, mode: BlendMode) -> Image.Image:
    """Modes that need unpremultiplied colours: as * ab * B(cb, cs) + cs * (1 - ab) + cb * (1 - as)."""
    plain_source = reinterpret(source, "RGBa").convert("RGBA").convert("RGB")
    plain_backdrop = reinterpret(backdrop, "RGBa").convert("RGBA").convert("RGB")
    if mode == BlendMode.OVERLAY:
        mixed = ImageChops.overlay(plain_backdrop, plain_source)
    elif mode == BlendMode.HARD_LIGHT:
        mixed = ImageChops.hard_light(plain_backdrop, plain_source)
    elif mode >= BlendMode.HUE and mode <= BlendMode.LUMINOSITY:
        mixed = _non_separable(plain_backdrop, plain_source, mode)
    else:
        bands = [_band(b, s, mode) for b, s in zip(plain_backdrop.split(), plain_source.split(), strict=True)]
        mixed = Image.merge("RGB", bands)
    mixed = mixed.convert("RGBX")
    a_s, a_b = spread_alpha(alpha_of(source)), spread_alpha(alpha_of(backdrop))
    both = ImageChops.multiply(mixed, ImageChops.multiply(a_s, a_b))
    rest = ImageChops.add(
        ImageChops.multiply(source, ImageChops.invert(a_b)),
        ImageChops.multiply(backdrop, ImageChops.invert(a_s)),
    )
    return ImageChops.add(both, rest)


def _band(backdrop: Image.Image, source: Image.Image, mode: BlendMode) -> Image.Image:
    """colour-dodge, colour-burn, soft-light of one channel."""
    b, s = backdrop.convert("F"), source.convert("F")
    if mode == BlendMode.COLOR_DODGE:
        # 0 where the backdrop is black, else min(1, cb / (1 - cs))
        value = ImageMath.lambda_eval(
            lambda args: args["min"](args["b"] * 255.0 / args["max"](255.0 - args["s"], 0.001), 255.0),
            b=b,
            s=s,
        )
    elif mode == BlendMode.COLOR_BURN:
        value = ImageMath.lambda_eval(
            lambda args: (
                255.0 - args["min"]((255.0 - args["b"]) * 255.0 / args["max"](args["s"], 0.001), 255.0)
            ),
            b=b,
            s=s,
        )
    elif mode == BlendMode.SOFT_LIGHT:
        return _soft_light(backdrop, source)
    else:  # plus-darker
        value = ImageMath.lambda_eval(lambda args: args["max"](args["b"] + args["s"] - 255.0, 0.0), b=b, s=s)
    result: Image.Image = value.convert("L")
    return result


def _soft_light(backdrop: Image.Image, source: Image.Image) -> Image.Image:
    """https://drafts.csswg.org/compositing-1/#blendingsoftlight"""
    d_table: list[int] = []
    square_table: list[int] = []
    for level in range(256):
        cb = level / 255.0
        d = ((16 * cb - 12) * cb + 4) * cb if cb <= 0.25 else cb**0.5
        d_table.append(round((d - cb) * 255.0))
        square_table.append(round(cb * (1.0 - cb) * 255.0))
    lift, drop = backdrop.point(d_table), backdrop.point(square_table)
    # cs <= 0.5: cb - (1 - 2cs) * cb * (1 - cb); else cb + (2cs - 1) * (D(cb) - cb)
    darker = source.point([max(0, 255 - 2 * level) for level in range(256)])
    lighter = source.point([max(0, 2 * level - 255) for level in range(256)])
    return ImageChops.add(
        ImageChops.subtract(backdrop, ImageChops.multiply(darker, drop)),
        ImageChops.multiply(lighter, lift),
    )


def _non_separable(backdrop: Image.Image, source: Image.Image, mode: BlendMode) -> Image.Image:
    """https://drafts.csswg.org/compositing-1/#blendingnonseparable, pixel by pixel over distinct pairs."""
    known: dict[tuple[int, int, int, int, int, int], tuple[int, int, int]] = {}
    b, s = backdrop.tobytes(), source.tobytes()
    result = bytearray(len(b))
    for at in range(0, len(b), 3):
        key = (b[at], b[at + 1], b[at + 2], s[at], s[at + 1], s[at + 2])
        color = known.get(key)
        if color is None:
            color = _mix_non_separable(key, mode)
            if len(known) < 200_000:
                known[key] = color
        result[at], result[at + 1], result[at + 2] = color
    return Image.frombytes("RGB", backdrop.size, bytes(result))


Triple = tuple[float, float, float]


def _lum(color: Triple) -> float:
    return 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2]


def _set_lum(color: Triple, lum: float) -> Triple:
    d = lum - _lum(color)
    r, g, b = color[0] + d, color[1] + d, color[2] + d
    low, high = min(r, g, b), max(r, g, b)
    mean = _lum((r, g, b))
    if low < 0 and mean != low:
        factor = mean / (mean - low)
        r, g, b = mean + (r - mean) * factor, mean + (g - mean) * factor, mean + (b - mean) * factor
    if high > 1 and high != mean:
        factor = (1 - mean) / (high - mean)
        r, g, b = mean + (r - mean) * factor, mean + (g - mean) * factor, mean + (b - mean) * factor
    return r, g, b


def _set_sat(color: Triple, sat: float) -> Triple:
    low, high = min(color), max(color)
    if high <= low:
        return 0.0, 0.0, 0.0
    factor = sat / (high - low)
    return (color[0] - low) * factor, (color[1] - low) * factor, (color[2] - low) * factor


def _mix_non_separable(key: tuple[int, int, int, int, int, int], mode: BlendMode) -> tuple[int, int, int]:
    cb: Triple = (key[0] / 255, key[1] / 255, key[2] / 255)
    cs: Triple = (key[3] / 255, key[4] / 255, key[5] / 255)
    if mode == BlendMode.HUE:
        mixed = _set_lum(_set_sat(cs, max(cb) - min(cb)), _lum(cb))
    elif mode == BlendMode.SATURATION:
        mixed = _set_lum(_set_sat(cb, max(cs) - min(cs)), _lum(cb))
    elif mode == BlendMode.COLOR:
        mixed = _set_lum(cs, _lum(cb))
    else:
        mixed = _set_lum(cb, _lum(cs))
    return (
        min(255, max(0, round(mixed[0] * 255))),
        min(255, max(0, round(mixed[1] * 255))),
        min(255, max(0, round(mixed[2] * 255))),
    )

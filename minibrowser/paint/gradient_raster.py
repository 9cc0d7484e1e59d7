"""Gradients to pixels: a ramp of colours looked up along the line, by distance, or by angle.

All results are premultiplied RGBX (the fourth byte is alpha).
"""

from __future__ import annotations

import array
import bisect
import math
from functools import lru_cache
from typing import Final

from PIL import Image, ImageChops, ImageMath

from ..css.values import Color, GradientKind
from ..geometry import Matrix
from .color_spaces import GradientStop, Interpolation
from .gradient_geometry import ResolvedGradient

FINE: Final = 64
"""Parts of one level that gradients are computed in before they are dithered."""
WHITE: Final = 255 * FINE
MAX_RAMP: Final = 8192
"""Samples along a gradient line: more than pixels on most screens."""
DIRECTIONS: Final = 16384
"""Entries of a conic gradient's table: a fifth of a pixel at 500 px from the centre."""
LOOKED_UP: Final = 65536
"""Entries of the tables that Pillow looks 32-bit pixels up in."""
RADIAL_LEVELS: Final = 16384
"""Steps of the squared distance in a radial gradient's table."""
PARTS_IN_SPACE: Final = 16
"""Straight sRGB pieces that stand for one interpolation in another colour space."""

Rgba = tuple[float, float, float, float]


def _premultiplied(color: Color) -> Rgba:
    alpha = min(1.0, max(0.0, color.alpha))
    return color.red * alpha, color.green * alpha, color.blue * alpha, 255.0 * alpha


def _plain_stops(stops: list[GradientStop], interpolation: Interpolation) -> list[tuple[float, Rgba]]:
    """Stops between which premultiplied sRGB is linear: hints and other colour spaces made into pieces."""
    result: list[tuple[float, Rgba]] = []
    for index in range(len(stops)):
        stop = stops[index]
        result.append((stop.offset, _premultiplied(stop.color)))
        if index + 1 >= len(stops):
            break
        following = stops[index + 1]
        span = following.offset - stop.offset
        has_hint = stop.hint > -math.inf
        if span <= 0 or (interpolation.is_srgb() and not has_hint):
            continue
        middle = 0.5
        if has_hint:
            middle = min(1.0, max(0.0, (stop.hint - stop.offset) / span))
        for part in range(1, PARTS_IN_SPACE):
            t = part / PARTS_IN_SPACE
            # https://drafts.csswg.org/css-images-4/#color-interpolation-hint
            if middle <= 0:
                share = 1.0
            elif middle >= 1:
                share = 0.0
            else:
                share = t ** (math.log(0.5) / math.log(middle))
            color = interpolation.mix(stop.color, following.color, share)
            result.append((stop.offset + span * t, _premultiplied(color)))
    return result


def ramp(gradient: ResolvedGradient, start: float, end: float, count: int) -> list[bytes]:
    """Four channels of `count` samples at the middles of equal steps from offset `start` to `end`."""
    return [
        bytes([(value + 32) >> 6 for value in channel]) for channel in fine_ramp(gradient, start, end, count)
    ]


def fine_ramp(gradient: ResolvedGradient, start: float, end: float, count: int) -> list[list[int]]:
    """The same in 64ths of a level."""
    stops = _plain_stops(gradient.stops, gradient.interpolation)
    first, last = stops[0][0], stops[-1][0]
    period = last - first
    step = (end - start) / count
    offsets = [start + step * (index + 0.5) for index in range(count)]
    if gradient.repeating:
        if period <= 1e-9:
            # https://drafts.csswg.org/css-images-3/#repeating-gradients: the average colour, or what comes close.
            return [[round(value) * FINE] * count for value in stops[-1][1]]
        offsets = [first + (offset - first) % period for offset in offsets]
    positions = [stop[0] for stop in stops]
    channels: list[list[int]] = [[0] * count for _ in range(4)]
    at = 0
    while at < count:
        offset = offsets[at]
        index = bisect.bisect_right(positions, offset)
        # All samples of this piece at once.
        until = at + 1
        if index == 0 or index == len(stops):
            color = stops[0][1] if index == 0 else stops[-1][1]
            limit = positions[0] if index == 0 else math.inf
            floor = -math.inf if index == 0 else positions[-1]
            while until < count and floor <= offsets[until] < limit:
                until += 1
            for channel in range(4):
                channels[channel][at:until] = [int(color[channel] + 0.5) * FINE] * (until - at)
        else:
            low, high = positions[index - 1], positions[index]
            previous = offset
            while until < count and previous <= offsets[until] < high:
                previous = offsets[until]
                until += 1
            a, b = stops[index - 1][1], stops[index][1]
            span = high - low
            for channel in range(4):
                base, slope = a[channel], (b[channel] - a[channel]) / span if span > 0 else 0.0
                begin = (base + (offset - low) * slope) * FINE + 0.5
                change = step * slope * FINE
                channels[channel][at:until] = [
                    min(WHITE, max(0, int(begin + change * i))) for i in range(until - at)
                ]
        at = until
    return channels


def _ramp_image(channels: list[bytes]) -> Image.Image:
    size = (len(channels[0]), 1)
    return Image.merge("RGBX", [Image.frombytes("L", size, channel) for channel in channels])


def _dither_rows() -> list[bytes]:
    """Skia's 8 by 8 matrix of thresholds, RGBX; alpha is rounded."""
    rows: list[bytes] = []
    for y in range(8):
        row = bytearray()
        for x in range(8):
            v = y ^ x
            m = (v & 1) << 5 | (x & 1) << 4 | (v & 2) << 2 | (x & 2) << 1 | (v & 4) >> 1 | (x & 4) >> 2
            row.extend((m, m, m, 32))
        rows.append(bytes(row))
    return rows


DITHER_ROWS: Final = _dither_rows()
CARRY: Final = ([0] * FINE + [1] * (256 - FINE)) * 4


def _dithered(whole: Image.Image, rest: Image.Image, origin: tuple[int, int]) -> Image.Image:
    """Levels with their 64ths, rounded up or down in the pattern that Skia dithers gradients with: without it,
    large gradients show bands. `origin` is the device pixel of the corner."""
    width, height = whole.size
    first = origin[0] % 8 * 4
    rows: list[bytes] = []
    for row in DITHER_ROWS:
        rows.append((row * (width // 8 + 2))[first : first + width * 4])
    start = origin[1] % 8
    block = b"".join(rows[start:] + rows[:start])
    pattern = Image.frombytes("RGBX", whole.size, (block * (height // 8 + 1))[: width * height * 4])
    result = ImageChops.add(whole, ImageChops.add(rest, pattern).point(CARRY))
    alpha = result.getchannel(3)
    if alpha.getextrema()[0] == 255:
        return result
    return ImageChops.darker(result, Image.merge("RGBX", (alpha, alpha, alpha, alpha)))


def _fine_images(channels: list[list[int]]) -> tuple[Image.Image, Image.Image]:
    """Whole levels and 64ths, as pictures of one row."""
    whole = [bytes([value >> 6 for value in channel]) for channel in channels]
    rest = [bytes([value & 63 for value in channel]) for channel in channels]
    return _ramp_image(whole), _ramp_image(rest)


def draw_gradient(
    gradient: ResolvedGradient, to_gradient: Matrix, width: int, height: int, origin: tuple[int, int] = (0, 0)
) -> Image.Image:
    """The gradient over a bitmap; `to_gradient` maps device px (of pixel corners) to gradient coordinates.
    `origin`: which device pixel the corner is."""
    geometry = gradient.x0 + gradient.y0 + gradient.x1 + gradient.y1
    if len(gradient.stops) == 1 or width <= 0 or height <= 0 or not math.isfinite(geometry):
        color = _premultiplied(gradient.stops[0].color)
        ink = tuple(int(value + 0.5) for value in color)
        return Image.new("RGBX", (max(1, width), max(1, height)), ink)
    if gradient.kind == GradientKind.LINEAR:
        return _linear(gradient, to_gradient, (width, height), origin)
    if gradient.kind == GradientKind.RADIAL:
        return _radial(gradient, to_gradient, width, height)
    return _conic(gradient, to_gradient, width, height)


def _linear(
    gradient: ResolvedGradient, m: Matrix, size: tuple[int, int], origin: tuple[int, int]
) -> Image.Image:
    width, height = size
    dx, dy = gradient.x1 - gradient.x0, gradient.y1 - gradient.y0
    square = dx * dx + dy * dy
    if square <= 0:
        return _solid(gradient, width, height)
    # t = tx * X + ty * Y + t0 in device px.
    tx = (dx * m.a + dy * m.b) / square
    ty = (dx * m.c + dy * m.d) / square
    t0 = (dx * (m.e - gradient.x0) + dy * (m.f - gradient.y0)) / square
    corners = (t0, t0 + tx * width, t0 + ty * height, t0 + tx * width + ty * height)
    start, end = min(corners), max(corners)
    if not math.isfinite(end - start) or end <= start:
        return _solid(gradient, width, height)
    if abs(ty) * height < 1e-7:
        pictures: list[Image.Image] = []
        for line in _fine_images(fine_ramp(gradient, *_order(t0, t0 + tx * width), width)):
            if tx < 0:
                line = line.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            pictures.append(line.resize(size, Image.Resampling.NEAREST))
        return _dithered(pictures[0], pictures[1], origin)
    if abs(tx) * width < 1e-7:
        pictures = []
        for line in _fine_images(fine_ramp(gradient, *_order(t0, t0 + ty * height), height)):
            if ty < 0:
                line = line.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            line = line.transpose(Image.Transpose.ROTATE_270)
            pictures.append(line.resize(size, Image.Resampling.NEAREST))
        return _dithered(pictures[0], pictures[1], origin)
    # Two samples for each px along the line.
    count = min(MAX_RAMP, max(2, math.ceil((end - start) / math.hypot(tx, ty) * 2)))
    margin = (end - start) / count
    start, end = start - margin, end + margin
    whole, rest = _fine_images(fine_ramp(gradient, start, end, count + 2))
    per_t = (count + 2) / (end - start)
    # Pillow maps pixel (X + 0.5, Y + 0.5) to (a * .. + b * .. + c) in the source.
    data = (tx * per_t, ty * per_t, (t0 - start) * per_t, 0.0, 0.0, 0.5)
    return _dithered(
        whole.transform(size, Image.Transform.AFFINE, data, Image.Resampling.NEAREST),
        rest.transform(size, Image.Transform.AFFINE, data, Image.Resampling.NEAREST),
        origin,
    )


def _order(first: float, second: float) -> tuple[float, float]:
    return (first, second) if first < second else (second, first)


def _solid(gradient: ResolvedGradient, width: int, height: int) -> Image.Image:
    color = _premultiplied(gradient.stops[-1].color)
    return Image.new("RGBX", (width, height), tuple(int(value + 0.5) for value in color))


def _int_row(values: list[int]) -> Image.Image:
    return Image.frombytes("I", (len(values), 1), array.array("i", values).tobytes())


def _radial(gradient: ResolvedGradient, m: Matrix, width: int, height: int) -> Image.Image:
    """By a table over the squared distance from the centre."""
    rx, ry = gradient.x1, gradient.y1
    # (u, v): gradient coordinates where the ending shape is the unit circle.
    ua, uc, ue = m.a / rx, m.c / rx, (m.e - gradient.x0) / rx
    va, vc, ve = m.b / ry, m.d / ry, (m.f - gradient.y0) / ry
    farthest = 0.0
    for corner_x in (0.0, float(width)):
        for corner_y in (0.0, float(height)):
            farthest = max(
                farthest,
                (ua * corner_x + uc * corner_y + ue) ** 2 + (va * corner_x + vc * corner_y + ve) ** 2,
            )
    if not math.isfinite(farthest) or farthest <= 0:
        return _solid(gradient, width, height)
    top = gradient.stops[-1].offset
    ends_inside = not gradient.repeating and 0 < top * top < farthest
    if ends_inside:
        farthest = top * top
    scale = RADIAL_LEVELS / farthest
    limit = 2_000_000_000.0
    # Terms of x alone and of y alone; a rotation adds a product, done by a row for each line.
    xs: list[int] = []
    for x in range(width):
        px = x + 0.5
        xs.append(int(min(limit, ((ua * px) ** 2 + (va * px) ** 2 + 2 * (ua * ue + va * ve) * px) * scale)))
    ys: list[int] = []
    for y in range(height):
        py = y + 0.5
        rest = (uc * py) ** 2 + (vc * py) ** 2 + 2 * (uc * ue + vc * ve) * py + ue * ue + ve * ve
        ys.append(int(min(limit, rest * scale)))
    across = _int_row(xs).resize((width, height), Image.Resampling.NEAREST)
    column = Image.frombytes("I", (1, height), array.array("i", ys).tobytes())
    down = column.resize((width, height), Image.Resampling.NEAREST)
    cross = 2 * (ua * uc + va * vc) * scale
    if abs(cross) * width * height > 0.5:
        product = Image.frombytes(
            "F", (width, 1), array.array("f", [x + 0.5 for x in range(width)]).tobytes()
        )
        product = product.resize((width, height), Image.Resampling.NEAREST)
        tall = Image.frombytes("F", (1, height), array.array("f", [y + 0.5 for y in range(height)]).tobytes())
        tall = tall.resize((width, height), Image.Resampling.NEAREST)
        squared = ImageMath.lambda_eval(
            lambda args: args["convert"](args["a"] + args["b"] + args["c"] * args["d"] * cross, "I"),
            a=across,
            b=down,
            c=product,
            d=tall,
        )
    else:
        squared = ImageMath.lambda_eval(lambda args: args["a"] + args["b"], a=across, b=down)
    reach = math.sqrt(farthest)
    count = min(MAX_RAMP, max(64, math.ceil(reach * max(rx / _length(m.a, m.b), 1.0) * 2)))
    channels = ramp(gradient, 0.0, reach, count)
    factor = count / math.sqrt(RADIAL_LEVELS)
    index = [min(count - 1, int(math.sqrt(level) * factor)) for level in range(RADIAL_LEVELS)]
    bands: list[Image.Image] = []
    # The last sample lies before the last stop: what is outside has the colour of the stop itself.
    outside = _premultiplied(gradient.stops[-1].color)
    for number, channel in enumerate(channels):
        beyond = int(outside[number] + 0.5) if ends_inside else channel[-1]
        if channel.count(beyond) == count:
            bands.append(Image.new("L", (width, height), beyond))
            continue
        table = bytes([channel[i] for i in index])
        table += bytes([beyond]) * (LOOKED_UP - RADIAL_LEVELS)
        bands.append(squared.point(list(table), "L"))
    return Image.merge("RGBX", bands)


def _length(a: float, b: float) -> float:
    value = math.hypot(a, b)
    return value if value > 0 else 1.0


def _conic(gradient: ResolvedGradient, m: Matrix, width: int, height: int) -> Image.Image:
    """By a table over the direction from the centre.

    The direction of (x, y) is taken as x / (|x| + |y|) in each half plane, which rises with the angle, needs no
    arc tangent and is exact where the stops of a pie chart are.
    """
    xs = [m.a * (x + 0.5) + m.e - gradient.x0 for x in range(width)]
    ys = [m.c * (y + 0.5) for y in range(height)]
    us = [m.b * (x + 0.5) + m.f - gradient.y0 for x in range(width)]
    vs = [m.d * (y + 0.5) for y in range(height)]
    if not all(
        math.isfinite(line[end]) and abs(line[end]) < 1e12 for line in (xs, ys, us, vs) for end in (0, -1)
    ):
        return _solid(gradient, width, height)
    size = (width, height)
    across, along_x = _float_row(xs, size), _float_column(ys, size)
    down, along_y = _float_row(us, size), _float_column(vs, size)
    share = ImageMath.lambda_eval(
        lambda a: (a["y"] + a["y2"]) / (abs(a["x"] + a["x2"]) + abs(a["y"] + a["y2"]) + 1e-30),
        x=across,
        x2=along_x,
        y=down,
        y2=along_y,
    )
    # Clockwise from the top, a quarter of the table for each quadrant: 1 + share on the right, 3 - share on the left.
    quarter, last = DIRECTIONS / 4, float(DIRECTIONS - 1)
    direction = ImageMath.lambda_eval(
        lambda a: a["convert"](
            a["min"](((a["share"] - 1) * ((a["x"] + a["x2"] >= 0) * 2 - 1) + 2) * quarter, last), "I"
        ),
        share=share,
        x=across,
        x2=along_x,
    )
    count = min(MAX_RAMP, DIRECTIONS // 8)
    channels = ramp(gradient, 0.0, 1.0, count)
    turn = count / 360.0
    index = [int((angle - gradient.x1) % 360.0 * turn) % count for angle in _directions()]
    rest = [0] * (LOOKED_UP - DIRECTIONS)
    bands: list[Image.Image] = []
    for channel in channels:
        if channel.count(channel[0]) == count:
            bands.append(Image.new("L", size, channel[0]))
        else:
            bands.append(direction.point([channel[at] for at in index] + rest, "L"))
    return Image.merge("RGBX", bands)


@lru_cache(maxsize=1)
def _directions() -> tuple[float, ...]:
    """Degrees clockwise from the top for each entry of the table, at its middle."""
    angles: list[float] = []
    for level in range(DIRECTIONS):
        turned = (level + 0.5) / (DIRECTIONS / 4)
        share = turned - 1.0 if turned < 2.0 else 3.0 - turned
        across = 1.0 - abs(share) if turned < 2.0 else abs(share) - 1.0
        angles.append(math.degrees(math.atan2(across, -share)) % 360.0)
    return tuple(angles)


def _float_row(values: list[float], size: tuple[int, int]) -> Image.Image:
    row = Image.frombytes("F", (size[0], 1), array.array("f", values).tobytes())
    return row.resize(size, Image.Resampling.NEAREST)


def _float_column(values: list[float], size: tuple[int, int]) -> Image.Image:
    column = Image.frombytes("F", (1, size[1]), array.array("f", values).tobytes())
    return column.resize(size, Image.Resampling.NEAREST)

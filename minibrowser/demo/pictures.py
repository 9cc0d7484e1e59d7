"""The shop's photographs: drawn when the demo starts, always the same. In: nothing; out: PNG, JPEG and WebP bytes.

Every picture is drawn enlarged and scaled down, so that its edges are smooth.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Final

from PIL import Image, ImageDraw, ImageFilter, WebPImagePlugin

_SCALE: Final = 3
_Color = tuple[int, int, int]
_Box = tuple[float, float, float, float]

_INK: Final = (29, 77, 79)
_WOOD: Final = (185, 128, 74)
_SUN: Final = (242, 185, 80)
_LEAF: Final = (76, 145, 106)
_CLAY: Final = (217, 88, 59)


class _Canvas:
    """A picture of `width` by `height` in its own units, drawn enlarged."""

    def __init__(self, width: int, height: int, top: _Color, bottom: _Color, scale: int = _SCALE) -> None:
        self.size: Final = (width, height)
        self._scale: Final = scale
        ramp = Image.linear_gradient("L").resize((1, height * self._scale))
        column = Image.composite(Image.new("RGB", ramp.size, bottom), Image.new("RGB", ramp.size, top), ramp)
        self.image: Final = column.resize((width * self._scale, ramp.height), Image.Resampling.NEAREST)
        self._draw = ImageDraw.Draw(self.image)

    def ellipse(self, box: _Box, fill: _Color) -> None:
        self._draw.ellipse([value * self._scale for value in box], fill=fill)

    def box(self, box: _Box, fill: _Color, radius: float = 0) -> None:
        self._draw.rounded_rectangle([value * self._scale for value in box], radius * self._scale, fill=fill)

    def polygon(self, points: Sequence[tuple[float, float]], fill: _Color) -> None:
        self._draw.polygon([(x * self._scale, y * self._scale) for x, y in points], fill=fill)

    def line(self, points: Sequence[tuple[float, float]], fill: _Color, width: float) -> None:
        self._draw.line(
            [(x * self._scale, y * self._scale) for x, y in points], fill, round(width * self._scale), "curve"
        )

    def ring(self, box: _Box, fill: _Color, width: float) -> None:
        self._draw.ellipse(
            [value * self._scale for value in box], outline=fill, width=round(width * self._scale)
        )

    def shade(self, box: _Box, strength: int, blur: float) -> None:
        """A soft shadow: an ellipse of `strength` (0 to 255), blurred."""
        self._blend((20, 30, 30), box, strength, blur)

    def glow(self, box: _Box, color: _Color, strength: int, blur: float) -> None:
        """Soft light."""
        self._blend(color, box, strength, blur)

    def finish(self) -> Image.Image:
        return self.image.reduce(self._scale)

    def _blend(self, color: _Color, box: _Box, strength: int, blur: float) -> None:
        """A colour through a blurred ellipse: only where the blur reaches."""
        reach = int(3 * blur) + 1
        left, top = max(0, int(box[0]) - reach), max(0, int(box[1]) - reach)
        right, bottom = min(self.size[0], int(box[2]) + reach), min(self.size[1], int(box[3]) + reach)
        mask = Image.new("L", (right - left, bottom - top), 0)
        ImageDraw.Draw(mask).ellipse(
            (box[0] - left, box[1] - top, box[2] - left, box[3] - top), fill=strength
        )
        scale = self._scale
        mask = mask.filter(ImageFilter.GaussianBlur(blur))
        mask = mask.resize((mask.width * scale, mask.height * scale), Image.Resampling.BILINEAR)
        self.image.paste(color, (left * scale, top * scale), mask)


def _mug() -> Image.Image:
    c = _Canvas(480, 360, (238, 243, 240), (214, 228, 220))
    c.box((0, 290, 480, 360), (214, 178, 138))
    c.shade((130, 280, 370, 318), 110, 9)
    c.ring((290, 140, 380, 240), _INK, 20)
    c.box((140, 110, 320, 300), (61, 143, 140), 26)
    c.box((140, 200, 320, 222), (242, 235, 220))
    c.box((140, 232, 320, 240), (242, 235, 220))
    c.ellipse((140, 96, 320, 134), (43, 106, 108))
    c.ellipse((152, 103, 308, 131), (92, 58, 35))
    c.box((158, 140, 172, 276), (105, 176, 172), 7)
    return c.finish()


def _lamp() -> Image.Image:
    c = _Canvas(480, 360, (58, 66, 82), (86, 82, 92))
    c.glow((90, 40, 390, 330), (255, 214, 140), 150, 46)
    c.box((0, 300, 480, 360), (120, 82, 54))
    c.shade((150, 292, 340, 322), 130, 9)
    c.box((232, 150, 248, 300), _WOOD)
    c.box((180, 288, 300, 306), _WOOD, 9)
    c.polygon([(190, 60), (290, 60), (340, 168), (140, 168)], (250, 222, 160))
    c.polygon([(190, 60), (206, 60), (170, 168), (140, 168)], (255, 238, 196))
    c.polygon([(140, 160), (340, 160), (344, 172), (136, 172)], (226, 176, 104))
    return c.finish()


def _plant() -> Image.Image:
    c = _Canvas(480, 360, (246, 240, 228), (236, 224, 200))
    c.box((0, 300, 480, 360), (222, 200, 168))
    c.shade((150, 292, 330, 320), 110, 9)
    leaves = [(-104, -86), (-62, -138), (0, -160), (62, -138), (104, -86), (-122, -36), (122, -36)]
    for index, (dx, dy) in enumerate(leaves):
        tip = (240 + dx, 220 + dy)
        shade = (76 + 12 * (index % 3), 145 + 10 * (index % 2), 106)
        c.polygon([(240, 226), (240 + dx * 0.42 - dy * 0.16, 220 + dy * 0.5 + dx * 0.16), tip,
                   (240 + dx * 0.58 + dy * 0.14, 220 + dy * 0.5 - dx * 0.14)], shade)  # fmt: skip
        c.line([(240, 226), tip], (50, 104, 76), 2.5)
    c.polygon([(176, 216), (304, 216), (286, 304), (194, 304)], _CLAY)
    c.polygon([(176, 216), (206, 216), (214, 304), (194, 304)], (232, 118, 88))
    c.box((168, 204, 312, 226), (196, 74, 48), 6)
    return c.finish()


def _chair() -> Image.Image:
    c = _Canvas(480, 360, (233, 238, 243), (212, 221, 230))
    c.box((0, 296, 480, 360), (196, 186, 176))
    c.shade((130, 300, 350, 330), 120, 9)
    for points in (
        [(176, 200), (160, 318)],
        [(304, 200), (322, 318)],
        [(206, 200), (200, 300)],
        [(276, 200), (282, 300)],
    ):
        c.line(points, _WOOD, 11)
    c.line([(180, 210), (164, 66)], _WOOD, 12)
    c.line([(300, 210), (316, 66)], _WOOD, 12)
    c.box((160, 56, 320, 92), _WOOD, 14)
    for x in (196, 218, 240, 262, 284):
        c.line([(240 + (x - 240) * 1.05, 90), (x, 200)], (204, 150, 96), 5)
    c.box((152, 190, 328, 220), _SUN, 14)
    c.box((152, 206, 328, 220), (214, 154, 52), 7)
    return c.finish()


def _vase() -> Image.Image:
    c = _Canvas(480, 360, (244, 234, 226), (230, 210, 196))
    c.box((0, 300, 480, 360), (176, 132, 104))
    c.shade((160, 294, 320, 320), 120, 9)
    for tip, color in (((196, 66), _CLAY), ((240, 50), _SUN), ((286, 72), (232, 140, 120))):
        c.line([(240, 170), tip], _LEAF, 5)
        for dx, dy in ((-15, 0), (15, 0), (0, -15), (0, 15)):
            c.ellipse((tip[0] + dx - 14, tip[1] + dy - 14, tip[0] + dx + 14, tip[1] + dy + 14), color)
        c.ellipse((tip[0] - 9, tip[1] - 9, tip[0] + 9, tip[1] + 9), (92, 58, 35))
    c.box((214, 120, 266, 190), (72, 98, 140))
    c.ellipse((170, 160, 310, 310), (72, 98, 140))
    c.ellipse((184, 176, 236, 286), (104, 132, 176))
    c.ellipse((208, 112, 272, 130), (50, 72, 108))
    c.box((186, 226, 294, 236), (236, 226, 206), 5)
    return c.finish()


def _books() -> Image.Image:
    c = _Canvas(480, 360, (226, 236, 234), (204, 220, 216))
    c.box((0, 300, 480, 360), (190, 150, 112))
    c.shade((90, 292, 390, 322), 120, 9)
    rows: list[tuple[float, float, _Color]] = [
        (100, 380, _INK), (120, 366, _CLAY), (96, 350, _SUN), (130, 374, (72, 98, 140)), (112, 340, _LEAF)
    ]  # fmt: skip
    for index, (left, right, color) in enumerate(rows):
        bottom = 304 - index * 42
        c.box((left, bottom - 40, right, bottom), color, 6)
        c.box((left + 8, bottom - 33, right - 14, bottom - 7), (246, 240, 226), 2)
        c.box((left, bottom - 40, left + 60, bottom), color, 6)
        c.box((left + 18, bottom - 27, left + 50, bottom - 22), (246, 240, 226))
    return c.finish()


def _hero() -> Image.Image:
    c = _Canvas(880, 600, (240, 160, 104), (86, 84, 130), scale=2)
    c.glow((470, 130, 710, 370), (255, 224, 150), 235, 34)
    c.ellipse((520, 190, 640, 310), (255, 236, 190))
    c.polygon(
        [(0, 470), (170, 330), (330, 430), (520, 300), (700, 420), (880, 320), (880, 600), (0, 600)],
        (94, 88, 128),
    )
    c.polygon([(0, 520), (220, 420), (420, 490), (640, 400), (880, 480), (880, 600), (0, 600)], (58, 66, 104))
    for box in ((0, 0, 28, 600), (426, 0, 454, 600), (852, 0, 880, 600), (0, 0, 880, 26), (0, 262, 880, 284)):
        c.box(box, (250, 246, 236))
    c.box((0, 524, 880, 600), (236, 226, 206))
    c.shade((80, 520, 330, 560), 120, 12)
    c.shade((600, 520, 830, 560), 120, 12)
    c.glow((60, 250, 360, 560), (255, 222, 150), 130, 52)
    c.box((196, 390, 212, 530), _WOOD)
    c.box((140, 518, 268, 540), _WOOD, 10)
    c.polygon([(154, 280), (254, 280), (306, 404), (102, 404)], (255, 228, 168))
    c.polygon([(102, 396), (306, 396), (310, 408), (98, 408)], (226, 176, 104))
    for dx, dy in ((-120, -110), (-66, -170), (0, -196), (66, -170), (120, -110), (-140, -44), (140, -44)):
        tip = (716 + dx, 450 + dy)
        c.polygon([(716, 456), (716 + dx * 0.4 - dy * 0.17, 450 + dy * 0.5 + dx * 0.17), tip,
                   (716 + dx * 0.6 + dy * 0.15, 450 + dy * 0.5 - dx * 0.15)], (62, 126, 96))  # fmt: skip
        c.line([(716, 456), tip], (38, 88, 68), 3)
    c.polygon([(640, 440), (792, 440), (772, 542), (660, 542)], _CLAY)
    c.box((630, 426, 802, 452), (196, 74, 48), 7)
    return c.finish()


PICTURES: Final[dict[str, Callable[[], Image.Image]]] = {
    "hero.jpg": _hero,
    "mug.png": _mug,
    "lamp.jpg": _lamp,
    "plant.webp": _plant,
    "chair.png": _chair,
    "vase.jpg": _vase,
    "books.webp": _books,
}


def draw_picture(name: str) -> bytes:
    """A picture by its file name; the ending says the format."""
    return _encode(PICTURES[name](), name)


def _encode(image: Image.Image, name: str) -> bytes:
    buffer = io.BytesIO()
    if name.endswith(".png"):
        image.save(buffer, "PNG", compress_level=6)
    elif name.endswith(".jpg"):
        image.save(buffer, "JPEG", quality=88, optimize=True)
    else:
        # OPTIMIZATION: a format that Pillow does not know yet makes it import every plugin it has, 100 ms of them.
        image.save(buffer, WebPImagePlugin.WebPImageFile.format, quality=85, method=2)
    return buffer.getvalue()

"""Outlines of glyphs, asked for while painting: where their ink is."""

from __future__ import annotations

from typing import final

from ..limits import MAX_CACHED_GLYPHS
from ..text.font import Font
from .freetype_adapter import FreeType
from .glyphs import GlyphCache
from .path import Path


@final
class GlyphOutlines:
    """Keeps what it was asked for. FreeType is opened with the first question: most pages ask none."""

    def __init__(self) -> None:
        self._cache: GlyphCache | None = None
        self._bands: dict[tuple[Font, int, float, float], tuple[float, float] | None] = {}

    def ink_in_band(self, font: Font, glyph: int, top: float, bottom: float) -> tuple[float, float] | None:
        """The leftmost and the rightmost ink of a glyph between two heights, px from the pen and from the
        baseline down; None where there is none."""
        key = (font, glyph, top, bottom)
        if key in self._bands:
            return self._bands[key]
        if len(self._bands) >= MAX_CACHED_GLYPHS:
            self._bands.clear()
        result = self._measure(font, glyph, top, bottom)
        self._bands[key] = result
        return result

    def path(self, font: Font, glyph: int) -> Path | None:
        """A glyph's outline in px, its origin on the baseline, y down; None where it has no ink."""
        if self._cache is None:
            self._cache = GlyphCache(FreeType())
        outline = self._cache.outline(font, glyph)
        if outline is None or not outline[0]:
            return None
        path = Path()
        outline_to_path(path, outline, 0.0, 0.0)
        return path

    def _measure(self, font: Font, glyph: int, top: float, bottom: float) -> tuple[float, float] | None:
        if self._cache is None:
            self._cache = GlyphCache(FreeType())
        outline = self._cache.outline(font, glyph)
        if outline is None or not outline[0]:
            return None
        ys = outline[0][1::2]
        if -min(ys) / 64.0 <= top or -max(ys) / 64.0 >= bottom:
            return None
        path = Path()
        outline_to_path(path, outline, 0.0, 0.0)
        left, right = 1e9, -1e9
        for points, _ in path.flattened():
            x0, y0 = points[-1]
            for x1, y1 in points:
                low, high = (y0, y1) if y0 < y1 else (y1, y0)
                if high >= top and low <= bottom:
                    for y in (max(low, top), min(high, bottom)):
                        x = x0 if y1 == y0 else x0 + (x1 - x0) * (y - y0) / (y1 - y0)
                        left, right = min(left, x), max(right, x)
                        if y1 == y0:
                            left, right = min(left, x1), max(right, x1)
                x0, y0 = x1, y1
        return (left, right) if left <= right else None


def outline_to_path(path: Path, outline: tuple[list[int], bytes, list[int]], dx: float, dy: float) -> None:
    """Add a glyph's outline (1/64 px, y up), moved, to a path in px. Between two conic points one is implied."""
    points, tags, ends = outline
    start = 0
    for end in ends:
        contour = [
            (points[2 * i] / 64.0 + dx, dy - points[2 * i + 1] / 64.0, tags[i] & 3)
            for i in range(start, end + 1)
        ]
        start = end + 1
        if len(contour) < 2:
            continue
        if not contour[0][2] & 1:
            last = contour[-1]
            if last[2] & 1:
                contour.insert(0, contour.pop())
            else:
                contour.insert(0, ((contour[0][0] + last[0]) / 2, (contour[0][1] + last[1]) / 2, 1))
        path.move_to(contour[0][0], contour[0][1])
        index, count = 1, len(contour)
        while index < count:
            x, y, tag = contour[index]
            if tag & 1:
                path.line_to(x, y)
                index += 1
                continue
            nx, ny, next_tag = contour[(index + 1) % count]
            if tag == 2:
                ex, ey, _ = contour[(index + 2) % count]
                path.cubic_to(x, y, nx, ny, (ex, ey))
                index += 3
            elif next_tag == 0:
                path.quad_to(x, y, (x + nx) / 2, (y + ny) / 2)
                index += 1
            else:
                path.quad_to(x, y, nx, ny)
                index += 2
        path.close()

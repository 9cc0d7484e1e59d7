"""The controls of <video> and <audio>, as Chromium shows them for media that it has not loaded: nothing is played here.

Measured in Chromium 156. NOTE: without the times ("0:00"), which need text of a font of their own.
"""

from __future__ import annotations

import math
from typing import Final

from ...css.values import BLACK, Color
from ...geometry import Rect
from ..display_list import FillPath, FillRect, FillRoundedRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..rounded_rect import Radii, RoundedRect

EMPTY: Final = Color(51.0, 51.0, 51.0)
"""A video without a picture."""
DIM: Final = 0.3
"""The opacity of buttons that do nothing yet."""
PILL: Final = Color(241.0, 243.0, 244.0)
AUDIO_TRACK: Final = Color(0.0, 0.0, 0.0, 0.2)
SHADE: Final[tuple[float, ...]] = (1.0, 0.984, 0.933, 0.85, 0.74, 0.596, 0.44, 0.3, 0.17, 0.08, 0.027, 0.0)
"""The opacity of the black behind the buttons of a video, at each 10px from its bottom."""
SHADE_STEP: Final = 10.0
BUTTON: Final = 48.0
TRACK: Final = 4.0
FOUR_BUTTONS: Final = 192.0
"""From this width on, there are all buttons; one less than at PLAY_BUTTON there is only the menu."""
PLAY_BUTTON: Final = 144.0
LONG_AUDIO: Final = 240.0
SHORT_AUDIO: Final = 160.0
"""Widths of an <audio> that shows both times beside its track, and that has a track at all."""


def paint_video_controls(context: PaintContext, content: Rect, *, has_picture: bool) -> None:
    """The buttons at the foot of a video, over what it shows."""
    if content.is_empty() or not context.is_visible(content):
        return
    context.push_clip(RoundedRect(content))
    if not has_picture:
        context.add(FillRect(content, EMPTY))
    bottom = content.bottom
    for row in range(int(SHADE_STEP) * (len(SHADE) - 1)):
        at = row / SHADE_STEP
        index = int(at)
        alpha = SHADE[index] + (SHADE[index + 1] - SHADE[index]) * (at - index)
        line = Rect(content.x, bottom - row - 1.0, content.width, 1.0)
        context.add(FillRect(line, Color(0.0, 0.0, 0.0, alpha)))
    white = Color(255.0, 255.0, 255.0, DIM)
    middle = bottom - BUTTON
    right = content.right - BUTTON / 2
    _dots(context, right, middle, white)
    if content.width >= PLAY_BUTTON:
        _triangle(context, content.x + BUTTON / 2, middle, white)
    if content.width >= FOUR_BUTTONS:
        _corners(context, right - BUTTON, middle, white)
        _loudspeaker(context, right - 2 * BUTTON, middle, white)
    _track(context, content.x + 16.0, content.right - 16.0, bottom - 22.0, white)
    context.pop_clip()


def paint_audio_controls(context: PaintContext, content: Rect) -> None:
    """An <audio>: a pill with its buttons and its track."""
    if content.is_empty() or not context.is_visible(content):
        return
    radius = content.height / 2
    corners = (radius, radius)
    pill = RoundedRect(content, Radii(corners, corners, corners, corners))
    context.add(FillRoundedRect(pill.constrained(), PILL))
    black = Color(0.0, 0.0, 0.0, DIM)
    middle = content.y + content.height / 2
    _triangle(context, content.x + 26.0, middle, black)
    if content.width < SHORT_AUDIO:
        _dots(context, content.right - 10.0, middle, BLACK)
        return
    _dots(context, content.right - 26.0, middle, BLACK)
    _loudspeaker(context, content.right - 58.0, middle, black)
    start = content.x + (129.0 if content.width >= LONG_AUDIO else 90.0)
    _track(context, start, content.right - 90.0, middle, AUDIO_TRACK)


def _track(context: PaintContext, start: float, end: float, middle: float, color: Color) -> None:
    if end <= start:
        return
    radius = (TRACK / 2, TRACK / 2)
    rect = Rect(start, middle - TRACK / 2, end - start, TRACK)
    context.add(
        FillRoundedRect(RoundedRect(rect, Radii(radius, radius, radius, radius)).constrained(), color)
    )


def _triangle(context: PaintContext, x: float, y: float, color: Color) -> None:
    path = Path()
    path.add_polygon([(x - 3.4, y - 5.8), (x + 5.8, y), (x - 3.4, y + 5.8)])
    context.add(FillPath(path, color))


def _dots(context: PaintContext, x: float, y: float, color: Color) -> None:
    path = Path()
    for step in (-5.0, 0.0, 5.0):
        path.add_ellipse(x, y + step, 1.7, 1.7)
    context.add(FillPath(path, color))


def _corners(context: PaintContext, x: float, y: float, color: Color) -> None:
    """The four corners of a window."""
    path = Path()
    for across in (-1.0, 1.0):
        for down in (-1.0, 1.0):
            corner_x, corner_y = x + 5.9 * across, y + 5.9 * down
            path.move_to(corner_x, corner_y - 4.2 * down)
            path.line_to(corner_x, corner_y)
            path.line_to(corner_x - 4.2 * across, corner_y)
            path.line_to(corner_x - 4.2 * across, corner_y - 1.7 * down)
            path.line_to(corner_x - 1.7 * across, corner_y - 1.7 * down)
            path.line_to(corner_x - 1.7 * across, corner_y - 4.2 * down)
            path.close()
    context.add(FillPath(path, color))


def _loudspeaker(context: PaintContext, x: float, y: float, color: Color) -> None:
    """A loudspeaker with a wave before it and another farther off."""
    path = Path()
    path.add_polygon(
        [
            (x - 7.5, y - 2.5),
            (x - 4.2, y - 2.5),
            (x, y - 6.7),
            (x, y + 6.7),
            (x - 4.2, y + 2.5),
            (x - 7.5, y + 2.5),
        ]
    )
    path.add_polygon([(x + 1.7, y - 3.4), *_arc(x, y, 3.8, 60.0), (x + 1.7, y + 3.4)])
    context.add(FillPath(path, color))
    wave = Path()
    points = _arc(x, y, 6.7, 72.0)
    wave.move_to(*points[0])
    for point in points[1:]:
        wave.line_to(*point)
    context.add(StrokePath(wave, Stroke(1.7), color))


def _arc(x: float, y: float, radius: float, half_angle: float) -> list[tuple[float, float]]:
    """Points on a circle, from above its rightmost point to below."""
    points: list[tuple[float, float]] = []
    for step in range(-6, 7):
        angle = math.radians(half_angle * step / 6.0)
        points.append((x + radius * math.cos(angle), y + radius * math.sin(angle)))
    return points

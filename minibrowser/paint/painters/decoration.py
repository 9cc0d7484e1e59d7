"""Lines under, over and through text (https://drafts.csswg.org/css-text-decor-4/#line-decoration).

Places and thicknesses are Blink's (TextDecorationInfo, TextDecorationOffset).
"""

from __future__ import annotations

import math
import unicodedata
from typing import Final

from ...css.keywords import (
    TextDecorationSkipInk,
    TextDecorationStyle,
    TextOrientation,
    TextUnderlinePosition,
    WritingMode,
)
from ...css.values import Color, Length, LengthKind
from ...geometry import Rect
from ...layout.fragment import Fragment
from ...text.font import Font
from ...text.shaping import GlyphRun
from ..display_list import FillRect, Stroke, StrokePath
from ..paint_context import PaintContext
from ..path import Path
from ..stacking import TextDecoration
from ..stroke_style import dashed_stroke, dotted_stroke, has_round_dots

UNDER_POSITIONS: Final = (
    TextUnderlinePosition.UNDER,
    TextUnderlinePosition.UNDER_LEFT,
    TextUnderlinePosition.UNDER_RIGHT,
)
FONT_POSITIONS: Final = (
    TextUnderlinePosition.FROM_FONT,
    TextUnderlinePosition.FROM_FONT_LEFT,
    TextUnderlinePosition.FROM_FONT_RIGHT,
)
LEFT_POSITIONS: Final = (
    TextUnderlinePosition.LEFT,
    TextUnderlinePosition.UNDER_LEFT,
    TextUnderlinePosition.FROM_FONT_LEFT,
)
RIGHT_POSITIONS: Final = (
    TextUnderlinePosition.RIGHT,
    TextUnderlinePosition.UNDER_RIGHT,
    TextUnderlinePosition.FROM_FONT_RIGHT,
)

DOUBLE_GAP: Final = 1.0
"""CSS px that the second line of a double decoration stands off beyond its thickness."""

MAX_SKIP_MARGIN: Final = 13.0
"""CSS px that a gap stands off the ink at most."""
MAX_WAVES: Final = 20_000


def decoration_thickness(thickness: Length, font_size: float, font: Font) -> float:
    """text-decoration-thickness in CSS px, at least 1. Solid lines drop its fraction, others keep it."""
    if thickness.kind == LengthKind.NORMAL:  # from-font
        value = font.underline_thickness if font.underline_thickness > 0 else font_size / 10.0
    elif thickness.is_definite():
        value = float(math.floor(thickness.resolve(font_size) + 0.5))
    else:
        value = font_size / 10.0
    return max(1.0, value)


def underline_offset(decoration: TextDecoration, font: Font, thickness: float) -> float:
    """From the baseline down to the top of the line."""
    inherited = decoration.style.inherited
    offset = inherited.text_underline_offset
    position = inherited.text_underline_position
    extra = 0.0
    is_fixed = offset.is_definite()
    if is_fixed:
        extra = float(math.floor(offset.resolve(inherited.font_size) + 0.5))
    if uses_em_box(decoration):
        return em_box_bottom(font, extra)
    if position in UNDER_POSITIONS:
        return font.descent + extra
    if position in FONT_POSITIONS and not is_fixed:
        return font.underline_offset - thickness / 2
    gap = 0.0 if is_fixed else max(1.0, math.ceil(thickness / 2.0))
    return gap + extra


def uses_em_box(decoration: TextDecoration) -> bool:
    """Whether lines go by the em box instead of the baseline: in vertical text that is not sideways."""
    inherited = decoration.style.inherited
    return (
        inherited.writing_mode in (WritingMode.VERTICAL_RL, WritingMode.VERTICAL_LR)
        and inherited.text_orientation != TextOrientation.SIDEWAYS
    )


def em_box_bottom(font: Font, extra: float) -> float:
    """From the baseline down to a line under the em box, which stands around the middle of the content area; Blink's
    FontVerticalPositionType::BottomOfEmHeight. `extra`: of text-underline-offset."""
    middle = (font.ascent + font.descent) / 2.0
    return math.floor(middle + font.size / 2.0 + extra) + 1.0 - font.ascent


def em_box_top(font: Font, extra: float, thickness: float) -> float:
    """From the baseline down to the top of a line over the em box (TopOfEmHeight); negative."""
    middle = (font.ascent + font.descent) / 2.0
    return math.floor(middle - font.size / 2.0 - extra) - 1.0 - math.floor(thickness) - font.ascent


def is_flipped(decoration: TextDecoration) -> bool:
    """Whether the underlines of vertical text go to the over side, and overlines to the other.

    https://drafts.csswg.org/css-text-decor-4/#underline-side ; `auto` does so for Japanese and Korean.
    """
    if not uses_em_box(decoration):
        return False
    position = decoration.style.inherited.text_underline_position
    if position in RIGHT_POSITIONS:
        return True
    if position in LEFT_POSITIONS:
        return False
    box = decoration.fragment.box
    language = "" if box is None else box.language[:3].lower().rstrip("-")
    return language == "ja" or language == "ko"


def _color(decoration: TextDecoration, shadow: Color | None) -> Color:
    return shadow if shadow is not None else decoration.style.paint.text_decoration_color


def _thickness(decoration: TextDecoration, font: Font) -> float:
    paint = decoration.style.paint
    return decoration_thickness(paint.text_decoration_thickness, decoration.style.inherited.font_size, font)


def paint_under_lines(
    context: PaintContext,
    fragment: Fragment,
    decoration: TextDecoration,
    x: float,
    baseline: float,
    shadow: Color | None,
) -> None:
    """Underlines and overlines of all decorating boxes, the outermost first."""
    if decoration.parent is not None:
        paint_under_lines(context, fragment, decoration.parent, x, baseline, shadow)
    lines = decoration.style.paint.text_decoration_line
    flipped = is_flipped(decoration)
    is_under, is_over = "underline" in lines, "overline" in lines
    if flipped:
        is_under, is_over = is_over, is_under
    run = fragment.run
    length = line_length(fragment)
    if run is None or length <= 0:
        return
    font = run.font
    color = _color(decoration, shadow)
    if color.alpha <= 0:
        return
    thickness = _thickness(decoration, font)
    skips = fragment.style.inherited.text_decoration_skip_ink != TextDecorationSkipInk.NONE
    if is_under:
        offset = em_box_bottom(font, 0.0) if flipped else underline_offset(decoration, font, thickness)
        line = Rect(x, baseline + offset, length, thickness)
        gaps = ink_gaps(context, fragment, run, x, offset, thickness) if skips else []
        paint_line_with_gaps(context, decoration, line, color, gaps, 1.0)
    if is_over:
        offset = -font.ascent - math.floor(thickness)
        if flipped:
            wish = decoration.style.inherited.text_underline_offset
            extra = 0.0
            if wish.is_definite():
                extra = float(math.floor(wish.resolve(decoration.style.inherited.font_size) + 0.5))
            offset = em_box_top(font, extra, thickness)
        elif uses_em_box(decoration) and (font.ascent + font.descent) % 2.0 == 1.0:
            # Half a pixel from the middle of the content area to its top goes to a whole one.
            offset -= 1.0
        line = Rect(x, baseline + offset, length, thickness)
        gaps = ink_gaps(context, fragment, run, x, offset, thickness) if skips else []
        paint_line_with_gaps(context, decoration, line, color, gaps, -1.0)


def line_length(fragment: Fragment) -> float:
    """Along the line: text of vertical lines is measured downwards."""
    return fragment.width if fragment.style.inherited.writing_mode == 0 else fragment.height


def ink_gaps(
    context: PaintContext, fragment: Fragment, run: GlyphRun, x: float, offset: float, thickness: float
) -> list[tuple[float, float]]:
    """Where glyphs cross a line (text-decoration-skip-ink), from left to right; Blink's ClipDecorationsStripe.

    `offset` is from the baseline down to the line's top. Gaps stand off the ink by the line's thickness.
    """
    gaps: list[tuple[float, float]] = []
    margin = min(thickness, MAX_SKIP_MARGIN)
    if run.is_upright:
        return gaps
    skips_all = fragment.style.inherited.text_decoration_skip_ink == TextDecorationSkipInk.ALL
    pen = x
    outlines = context.outlines
    for index in range(len(run.glyph_ids)):
        if not skips_all and is_ideographic(run.text[run.clusters[index]]):
            pen += run.advances[index]
            continue
        ink = outlines.ink_in_band(run.font, run.glyph_ids[index], offset, offset + thickness)
        if ink is not None:
            left = pen + run.x_offsets[index] + ink[0] - margin
            right = pen + run.x_offsets[index] + ink[1] + margin
            if gaps and left <= gaps[-1][1]:
                gaps[-1] = (min(gaps[-1][0], left), max(gaps[-1][1], right))
            else:
                gaps.append((left, right))
        pen += run.advances[index]
    return gaps


def is_ideographic(character: str) -> bool:
    """Chinese, Japanese and Korean characters, whose ink no line skips (`text-decoration-skip-ink: auto`)."""
    return character >= "\u1100" and unicodedata.east_asian_width(character) in "WF"


def paint_line_with_gaps(
    context: PaintContext,
    decoration: TextDecoration,
    line: Rect,
    color: Color,
    gaps: list[tuple[float, float]],
    double_side: float,
) -> None:
    """A line, but for its gaps."""
    if not gaps:
        paint_line(context, decoration, line, color, double_side)
        return
    pieces: list[tuple[float, float]] = []
    at = line.x
    for left, right in gaps:
        if left > at:
            pieces.append((at, min(left, line.right)))
        at = max(at, right)
    if at < line.right:
        pieces.append((at, line.right))
    if decoration.style.paint.text_decoration_style == TextDecorationStyle.SOLID:
        for left, right in pieces:
            if right > left:
                paint_line(
                    context, decoration, Rect(left, line.y, right - left, line.height), color, double_side
                )
        return
    reach = 8.0 * line.height + 8.0
    clip = Path()
    for left, right in pieces:
        if right > left:
            clip.add_rect(Rect(left, line.y - reach, right - left, 2 * reach))
    if clip.is_empty():
        return
    context.push_clip_path(clip)
    paint_line(context, decoration, line, color, double_side)
    context.pop_clip()


def paint_line_through(
    context: PaintContext,
    fragment: Fragment,
    decoration: TextDecoration,
    x: float,
    baseline: float,
    shadow: Color | None,
) -> None:
    """The lines over the text."""
    if decoration.parent is not None:
        paint_line_through(context, fragment, decoration.parent, x, baseline, shadow)
    run = fragment.run
    if run is None or "line-through" not in decoration.style.paint.text_decoration_line:
        return
    color = _color(decoration, shadow)
    if color.alpha <= 0:
        return
    font = run.font
    thickness = _thickness(decoration, font)
    # Two thirds of the exact ascent below the top; thick lines grow to both sides.
    middle = math.floor(2.0 * font.face.ascent * font.scale / 3.0 - math.floor(thickness / 2.0))
    top = baseline - font.ascent + middle
    paint_line(context, decoration, Rect(x, top, line_length(fragment), thickness), color, 0.0)


def paint_line(
    context: PaintContext, decoration: TextDecoration, line: Rect, color: Color, double_side: float
) -> None:
    """One line in its style. The second line of a double one stands below (1.0), above (-1.0), or the two
    straddle the place (0.0)."""
    style = decoration.style.paint.text_decoration_style
    if style == TextDecorationStyle.WAVY:
        _wavy_line(context, line, color)
        return
    thickness = line.height
    top = context.snap(line.y)
    height = max(1.0, math.floor(thickness * context.scale)) / context.scale
    if style == TextDecorationStyle.SOLID:
        context.add(FillRect(Rect(line.x, top, line.width, height), color))
    elif style == TextDecorationStyle.DOUBLE:
        gap = thickness + DOUBLE_GAP
        second = context.snap(line.y + (gap if double_side >= 0 else -gap))
        context.add(FillRect(Rect(line.x, top, line.width, height), color))
        context.add(FillRect(Rect(line.x, second, line.width, height), color))
    else:
        path = Path()
        y = math.floor(top + max(thickness / 2, 0.5))
        start, length = line.x, line.width
        whole = max(1.0, math.floor(thickness + 0.5))
        if style == TextDecorationStyle.DOTTED:
            pattern = dotted_stroke(whole, length)
            if has_round_dots(whole):
                start, length = start + whole / 2, max(0.0, length - whole)
        else:
            pattern = dashed_stroke(whole, length)
        path.move_to(start, y)
        path.line_to(start + length, y)
        context.add(StrokePath(path, Stroke(thickness, pattern.dashes, 0.0, pattern.round_cap), color))


def _wavy_line(context: PaintContext, line: Rect, color: Color) -> None:
    """A wave of cubic curves (TextDecorationInfo::ComputeWavyLineData)."""
    thickness = max(1.0, line.height)
    # Half pixels anti-alias better.
    swing = 0.5 + math.floor(3.0 * thickness + 1.0)
    step = 0.5 + math.floor(2.0 * thickness + 1.0)
    y = math.floor(line.y + thickness + DOUBLE_GAP + 0.5) + 0.5
    path = Path()
    x = line.x - 2 * step
    path.move_to(x, y)
    end = line.x + line.width + 2 * step
    while x < end and len(path.verbs) < MAX_WAVES:
        path.cubic_to(x + step, y + swing, x + step, y - swing, (x + 2 * step, y))
        x += 2 * step
    clip = Path()
    clip.add_rect(Rect(line.x, y - swing - thickness, line.width, 2 * (swing + thickness)))
    context.push_clip_path(clip)
    context.add(StrokePath(path, Stroke(thickness), color))
    context.pop_clip()

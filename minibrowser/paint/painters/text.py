"""Runs of glyphs with their decorations, shadows and strokes (https://drafts.csswg.org/css-text-decor-4/)."""

from __future__ import annotations

from ...css.keywords import WritingMode
from ...css.values import Color, FilterFunction, FilterKind, Shadow
from ...geometry import Matrix
from ...text.shaping import GlyphRun
from ..display_list import Glyphs
from ..paint_context import LayerOptions, PaintContext
from ..stacking import PaintItem
from .decoration import paint_line_through, paint_under_lines
from .emphasis import paint_emphasis
from .shadow import blur_sigma


def paint_text(context: PaintContext, item: PaintItem) -> None:
    """One run: shadows, lines under the text, glyphs, lines over it."""
    fragment = item.fragment
    run = fragment.run
    if run is None:
        return
    inherited = fragment.style.inherited
    if inherited.writing_mode == 0:
        _paint_line(context, item, run, item.x, item.y + fragment.baseline)
        return
    # The line's over side is to the right: everything is drawn as a horizontal line at the origin, then turned.
    x = item.x + fragment.width - fragment.baseline
    matrix = Matrix(0.0, 1.0, -1.0, 0.0, context.snap(x), item.y)
    if inherited.writing_mode == WritingMode.SIDEWAYS_LR:
        matrix = Matrix(
            0.0, -1.0, 1.0, 0.0, context.snap(item.x + fragment.baseline), item.y + fragment.height
        )
    context.push_transform(matrix)
    _paint_line(context, item, run, 0.0, 0.0)
    context.pop_transform()


def _paint_line(context: PaintContext, item: PaintItem, run: GlyphRun, x: float, y: float) -> None:
    if item.fragment.style.inherited.text_shadow:
        _paint_shadows(context, item, run, x, y)
    _paint_layers(context, item, run, x, y, None)


def _paint_layers(
    context: PaintContext, item: PaintItem, run: GlyphRun, x: float, y: float, shadow: Color | None
) -> None:
    """The text once; `shadow` overrides every colour."""
    fragment, decoration = item.fragment, item.decoration
    inherited = fragment.style.inherited
    if decoration is not None:
        paint_under_lines(context, fragment, decoration, x, y, shadow)
    color = shadow if shadow is not None else inherited.text_fill_color
    if color.alpha > 0:
        context.add(Glyphs(run, x, y, color))
    if inherited.text_stroke_width > 0:
        stroke = shadow if shadow is not None else inherited.text_stroke_color
        if stroke.alpha > 0:
            context.add(Glyphs(run, x, y, stroke, inherited.text_stroke_width))
    if inherited.text_emphasis_style:
        paint_emphasis(context, fragment, run, x, y, shadow)
    if decoration is not None:
        paint_line_through(context, fragment, decoration, x, y, shadow)


def _paint_shadows(context: PaintContext, item: PaintItem, run: GlyphRun, x: float, y: float) -> None:
    """The first shadow is on top. Blurred ones are drawn as a group with a blur filter."""
    shadows = item.fragment.style.inherited.text_shadow
    for index in range(len(shadows) - 1, -1, -1):
        shadow: Shadow = shadows[index]
        if shadow.color.alpha <= 0:
            continue
        sigma = blur_sigma(shadow.blur)
        left, top = x + shadow.x, y + shadow.y
        if run.is_upright:
            # As in Blink, whose shadows turn with sideways glyphs and stay with upright ones.
            left, top = x + shadow.y, y - shadow.x
        if sigma > 0:
            options = LayerOptions()
            options.filters = (FilterFunction(FilterKind.BLUR, sigma),)
            context.push_layer(options)
        _paint_layers(context, item, run, left, top, shadow.color)
        if sigma > 0:
            context.pop_layer()

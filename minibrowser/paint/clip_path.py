"""clip-path as a path (https://drafts.csswg.org/css-masking-1/#the-clip-path, css-shapes)."""

from __future__ import annotations

import math

from ..css.values import BasicShape, GeometryBox, Length, LengthKind, ShapeKind
from ..geometry import Edges, Rect
from ..layout.fragment import Fragment
from .box_shape import style_radii
from .path import Path
from .rounded_rect import SQUARE, Radii, RoundedRect
from .svg_path import parse_svg_path


def _reference(fragment: Fragment, x: float, y: float, box: GeometryBox) -> RoundedRect:
    """The reference box with the shape of its edge; `view-box` and `stroke-box` are the border box outside of SVG."""
    rect = Rect(x, y, fragment.width, fragment.height)
    outer = RoundedRect(rect, style_radii(fragment.style, rect.width, rect.height)).constrained()
    if box == GeometryBox.PADDING_BOX:
        return outer.inset(fragment.border)
    if box == GeometryBox.CONTENT_BOX or box == GeometryBox.FILL_BOX:
        return outer.inset(fragment.border.plus(fragment.padding))
    if box == GeometryBox.MARGIN_BOX:
        style = fragment.style.box
        return outer.outset(
            Edges(
                style.margin_top.resolve(0.0),
                style.margin_right.resolve(0.0),
                style.margin_bottom.resolve(0.0),
                style.margin_left.resolve(0.0),
            )
        )
    return outer


def clip_path_shape(fragment: Fragment, x: float, y: float, shape: BasicShape) -> Path | None:
    """The path to clip to; None where nothing is clipped (a url() that is not there)."""
    reference = _reference(fragment, x, y, shape.box)
    rect = reference.rect
    path = Path(shape.even_odd)
    kind = shape.kind
    lengths = shape.lengths
    if kind == ShapeKind.BOX:
        path.add_rounded_rect(reference)
    elif kind == ShapeKind.INSET and len(lengths) >= 4:
        path.add_rounded_rect(_inset(rect, shape))
    elif kind == ShapeKind.CIRCLE and len(lengths) >= 3:
        cx, cy = rect.x + lengths[1].resolve(rect.width), rect.y + lengths[2].resolve(rect.height)
        radius = _circle_radius(lengths[0], rect, cx, cy)
        path.add_ellipse(cx, cy, radius, radius)
    elif kind == ShapeKind.ELLIPSE and len(lengths) >= 4:
        cx, cy = rect.x + lengths[2].resolve(rect.width), rect.y + lengths[3].resolve(rect.height)
        rx = _side_radius(lengths[0], cx - rect.x, rect.right - cx, rect.width)
        ry = _side_radius(lengths[1], cy - rect.y, rect.bottom - cy, rect.height)
        path.add_ellipse(cx, cy, rx, ry)
    elif kind == ShapeKind.POLYGON and len(lengths) >= 2:
        corners: list[tuple[float, float]] = []
        for index in range(0, len(lengths) - 1, 2):
            corners.append(
                (
                    rect.x + lengths[index].resolve(rect.width),
                    rect.y + lengths[index + 1].resolve(rect.height),
                )
            )
        path.add_polygon(corners)
    elif kind == ShapeKind.PATH:
        parsed = parse_svg_path(shape.path, rect.x, rect.y)
        parsed.even_odd = shape.even_odd
        return parsed
    else:
        return None
    return path


def _inset(rect: Rect, shape: BasicShape) -> RoundedRect:
    lengths = shape.lengths
    top, right = lengths[0].resolve(rect.height), lengths[1].resolve(rect.width)
    bottom, left = lengths[2].resolve(rect.height), lengths[3].resolve(rect.width)
    # https://drafts.csswg.org/css-shapes-1/#funcdef-basic-shape-inset: insets that overlap shrink in proportion.
    if left + right > rect.width and left + right > 0:
        factor = rect.width / (left + right)
        left, right = left * factor, right * factor
    if top + bottom > rect.height and top + bottom > 0:
        factor = rect.height / (top + bottom)
        top, bottom = top * factor, bottom * factor
    inner = Rect(rect.x + left, rect.y + top, rect.width - left - right, rect.height - top - bottom)
    radii = SQUARE
    if len(shape.corners) == 4:
        resolved: list[tuple[float, float]] = []
        for corner in shape.corners:
            resolved.append((corner.horizontal.resolve(rect.width), corner.vertical.resolve(rect.height)))
        radii = Radii(resolved[0], resolved[1], resolved[2], resolved[3])
    return RoundedRect(inner, radii).constrained()


def _side_radius(length: Length, before: float, after: float, basis: float) -> float:
    """closest-side, farthest-side, or a length."""
    if length.kind == LengthKind.MIN_CONTENT:
        return min(abs(before), abs(after))
    if length.kind == LengthKind.MAX_CONTENT:
        return max(abs(before), abs(after))
    return max(0.0, length.resolve(basis))


def _circle_radius(length: Length, rect: Rect, cx: float, cy: float) -> float:
    if length.is_definite():
        return max(0.0, length.resolve(math.hypot(rect.width, rect.height) / math.sqrt(2.0)))
    horizontal = _side_radius(length, cx - rect.x, rect.right - cx, rect.width)
    vertical = _side_radius(length, cy - rect.y, rect.bottom - cy, rect.height)
    if length.kind == LengthKind.MAX_CONTENT:
        return max(horizontal, vertical)
    return min(horizontal, vertical)

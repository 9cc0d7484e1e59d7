"""The `zoom` property: every length of a zoomed element is that many times as large.

https://drafts.csswg.org/css-viewport/#zoom-property : computed values know nothing of it; used lengths, font sizes
and natural sizes are multiplied by the product of all zooms from the root down. So styles are computed and
inherited as if there were none, and the style tree of a document in which some is gets multiplied copies at the end.
"""

from __future__ import annotations

import math
import re
from typing import Final, final

from ..dom.node import Element
from ..limits import MAX_FONT_SIZE
from .computed_style import BoxStyle, ComputedStyle, InheritedStyle, PaintStyle
from .image_values import ColorStop, CrossFade, CssImage, Gradient, GradientKind, Shadow, UrlImage
from .layout_values import Content, ContentItem, TrackList, TrackRepeat, TrackSize, VerticalAlign
from .length import CalcNode, Length, LengthKind
from .style_tree import PseudoElement
from .values import (
    BackgroundSize,
    BasicShape,
    ClipMargin,
    CornerRadius,
    FilterFunction,
    FilterKind,
    Position,
    ShapeKind,
    TransformFunction,
    TransformKind,
)


@final
class ZoomedNode(CalcNode):
    """A calc() function whose lengths are multiplied: the basis already is."""

    __slots__ = ("factor", "node")

    def __init__(self, node: CalcNode, factor: float) -> None:
        self.node: Final = node
        self.factor: Final = factor

    def resolve(self, basis: float) -> float:
        """The value in px."""
        return self.node.resolve(basis / self.factor) * self.factor

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ZoomedNode) and self.node == other.node and self.factor == other.factor

    def __hash__(self) -> int:
        return hash((self.node, self.factor))


def zoomed(
    styles: dict[Element, ComputedStyle],
    pseudo_styles: dict[tuple[Element, PseudoElement], ComputedStyle],
    pixel_ratio: float,
) -> tuple[dict[Element, ComputedStyle], dict[tuple[Element, PseudoElement], ComputedStyle]]:
    """Copies with the styles of zoomed elements multiplied; the dictionaries themselves where there is no zoom."""
    for style in styles.values():
        if style.inherited.zoom != 1.0:
            zoomer = _Zoomer(pixel_ratio)
            return zoomer.elements(styles), zoomer.pseudos(pseudo_styles)
    return styles, pseudo_styles


@final
class _Zoomer:
    """Makes the multiplied styles of one document; styles that are one object stay one."""

    def __init__(self, pixel_ratio: float) -> None:
        self.pixel_ratio: Final = pixel_ratio
        self._known: Final[dict[int, ComputedStyle]] = {}

    def elements(self, styles: dict[Element, ComputedStyle]) -> dict[Element, ComputedStyle]:
        """The styles of elements."""
        return {element: self.style(style) for element, style in styles.items()}

    def pseudos(
        self, styles: dict[tuple[Element, PseudoElement], ComputedStyle]
    ) -> dict[tuple[Element, PseudoElement], ComputedStyle]:
        """The styles of pseudo-elements."""
        return {key: self.style(style) for key, style in styles.items()}

    def style(self, style: ComputedStyle) -> ComputedStyle:
        """One style; itself where there is no zoom."""
        factor = style.inherited.zoom
        if factor == 1.0:
            return style
        found = self._known.get(id(style))
        if found is None:
            found = ComputedStyle(
                _inherited(style.inherited, factor),
                _box(style.box, factor, self.pixel_ratio),
                _paint(style.paint, factor, self.pixel_ratio),
                style.variables,
            )
            self._known[id(style)] = found
        return found


def _inherited(old: InheritedStyle, factor: float) -> InheritedStyle:
    new = old.copy()
    new.font_size = min(MAX_FONT_SIZE, old.font_size * factor)
    new.line_height = _length(old.line_height, factor)
    new.letter_spacing = old.letter_spacing * factor
    new.word_spacing = old.word_spacing * factor
    new.text_indent = _length(old.text_indent, factor)
    new.tab_size = _length(old.tab_size, factor)
    new.border_horizontal_spacing = old.border_horizontal_spacing * factor
    new.border_vertical_spacing = old.border_vertical_spacing * factor
    new.text_shadow = tuple([_shadow(shadow, factor) for shadow in old.text_shadow])
    new.text_underline_offset = _length(old.text_underline_offset, factor)
    new.text_stroke_width = old.text_stroke_width * factor
    new.list_style_image = None if old.list_style_image is None else _image(old.list_style_image, factor)
    return new


def _box(old: BoxStyle, factor: float, ratio: float) -> BoxStyle:
    new = old.copy()
    new.top, new.right = _length(old.top, factor), _length(old.right, factor)
    new.bottom, new.left = _length(old.bottom, factor), _length(old.left, factor)
    new.width, new.height = _length(old.width, factor), _length(old.height, factor)
    new.min_width, new.min_height = _length(old.min_width, factor), _length(old.min_height, factor)
    new.max_width, new.max_height = _length(old.max_width, factor), _length(old.max_height, factor)
    new.margin_top, new.margin_right = _length(old.margin_top, factor), _length(old.margin_right, factor)
    new.margin_bottom, new.margin_left = _length(old.margin_bottom, factor), _length(old.margin_left, factor)
    new.padding_top, new.padding_right = _length(old.padding_top, factor), _length(old.padding_right, factor)
    new.padding_bottom = _length(old.padding_bottom, factor)
    new.padding_left = _length(old.padding_left, factor)
    new.border_top_width = _line(old.border_top_width, factor, ratio)
    new.border_right_width = _line(old.border_right_width, factor, ratio)
    new.border_bottom_width = _line(old.border_bottom_width, factor, ratio)
    new.border_left_width = _line(old.border_left_width, factor, ratio)
    new.overflow_clip_margin = ClipMargin(old.overflow_clip_margin.box, old.overflow_clip_margin.px * factor)
    new.scroll_padding_top = _length(old.scroll_padding_top, factor)
    new.scroll_padding_right = _length(old.scroll_padding_right, factor)
    new.scroll_padding_bottom = _length(old.scroll_padding_bottom, factor)
    new.scroll_padding_left = _length(old.scroll_padding_left, factor)
    new.scroll_margin_top = old.scroll_margin_top * factor
    new.scroll_margin_right = old.scroll_margin_right * factor
    new.scroll_margin_bottom = old.scroll_margin_bottom * factor
    new.scroll_margin_left = old.scroll_margin_left * factor
    new.flex_basis = _length(old.flex_basis, factor)
    new.row_gap, new.column_gap = _length(old.row_gap, factor), _length(old.column_gap, factor)
    new.grid_template_columns = _track_list(old.grid_template_columns, factor)
    new.grid_template_rows = _track_list(old.grid_template_rows, factor)
    new.grid_auto_columns = _tracks(old.grid_auto_columns, factor)
    new.grid_auto_rows = _tracks(old.grid_auto_rows, factor)
    new.vertical_align = VerticalAlign(old.vertical_align.kind, _length(old.vertical_align.length, factor))
    new.column_width = _length(old.column_width, factor)
    new.object_position = _position(old.object_position, factor)
    new.contain_intrinsic_width = _length(old.contain_intrinsic_width, factor)
    new.contain_intrinsic_height = _length(old.contain_intrinsic_height, factor)
    new.shape_margin = _length(old.shape_margin, factor)
    new.shape_outside = None if old.shape_outside is None else _shape(old.shape_outside, factor)
    new.content = _content(old.content, factor)
    return new


def _paint(old: PaintStyle, factor: float, ratio: float) -> PaintStyle:
    new = old.copy()
    new.background_image = _images(old.background_image, factor)
    new.background_position_x = _lengths(old.background_position_x, factor)
    new.background_position_y = _lengths(old.background_position_y, factor)
    new.background_size = _sizes(old.background_size, factor)
    new.border_top_left_radius = _corner(old.border_top_left_radius, factor)
    new.border_top_right_radius = _corner(old.border_top_right_radius, factor)
    new.border_bottom_right_radius = _corner(old.border_bottom_right_radius, factor)
    new.border_bottom_left_radius = _corner(old.border_bottom_left_radius, factor)
    new.border_image_width = _lengths(old.border_image_width, factor)
    new.border_image_outset = _lengths(old.border_image_outset, factor)
    new.outline_width = _line(old.outline_width, factor, ratio)
    new.outline_offset = old.outline_offset * factor
    new.box_shadow = tuple([_shadow(shadow, factor) for shadow in old.box_shadow])
    new.transform = tuple([_transform(function, factor) for function in old.transform])
    new.translate = None if old.translate is None else _transform(old.translate, factor)
    new.transform_origin = _position(old.transform_origin, factor)
    new.transform_origin_z = old.transform_origin_z * factor
    new.perspective = old.perspective * factor if old.perspective > 0.0 else old.perspective
    new.perspective_origin = _position(old.perspective_origin, factor)
    new.filter_ = tuple([_filter(function, factor) for function in old.filter_])
    new.backdrop_filter = tuple([_filter(function, factor) for function in old.backdrop_filter])
    new.clip = _lengths(old.clip, factor)
    new.clip_path = None if old.clip_path is None else _shape(old.clip_path, factor)
    new.mask_image = _images(old.mask_image, factor)
    new.mask_position_x = _lengths(old.mask_position_x, factor)
    new.mask_position_y = _lengths(old.mask_position_y, factor)
    new.mask_size = _sizes(old.mask_size, factor)
    new.text_decoration_thickness = _length(old.text_decoration_thickness, factor)
    new.column_rule_width = _line(old.column_rule_width, factor, ratio)
    return new


# --- Values -----------------------------------------------------------------------------------------


def _length(length: Length, factor: float) -> Length:
    kind = length.kind
    if kind == LengthKind.FIXED:
        return length if length.px == 0.0 else Length(kind, length.px * factor)
    if length.node is not None:
        return Length(kind, length.px * factor, length.percent, ZoomedNode(length.node, factor))
    if kind == LengthKind.CALC or kind == LengthKind.FIT_CONTENT_FUNCTION:
        return Length(kind, length.px * factor, length.percent)
    return length


def _lengths(lengths: tuple[Length, ...], factor: float) -> tuple[Length, ...]:
    return tuple([_length(length, factor) for length in lengths])


def _line(width: float, factor: float, ratio: float) -> float:
    """A line's width in whole device pixels, at least one."""
    if width <= 0.0:
        return width
    return max(1.0, math.floor(width * factor * ratio)) / ratio


def _position(position: Position, factor: float) -> Position:
    return Position(_length(position.x, factor), _length(position.y, factor))


def _corner(corner: CornerRadius, factor: float) -> CornerRadius:
    if corner.is_zero():
        return corner
    return CornerRadius(_length(corner.horizontal, factor), _length(corner.vertical, factor))


def _shadow(shadow: Shadow, factor: float) -> Shadow:
    return Shadow(
        shadow.x * factor,
        shadow.y * factor,
        shadow.blur * factor,
        shadow.spread * factor,
        shadow.color,
        shadow.inset,
    )


def _sizes(sizes: tuple[BackgroundSize, ...], factor: float) -> tuple[BackgroundSize, ...]:
    return tuple(
        [
            BackgroundSize(
                _length(size.width, factor), _length(size.height, factor), size.cover, size.contain
            )
            for size in sizes
        ]
    )


def _tracks(tracks: tuple[TrackSize, ...], factor: float) -> tuple[TrackSize, ...]:
    return tuple(
        [
            TrackSize(
                _length(track.min, factor), _length(track.max, factor), track.flex, track.is_fit_content
            )
            for track in tracks
        ]
    )


def _track_list(tracks: TrackList, factor: float) -> TrackList:
    if not tracks.parts:
        return tracks
    parts = [
        TrackRepeat(_tracks(part.tracks, factor), part.line_names, part.kind, part.count)
        for part in tracks.parts
    ]
    return TrackList(tuple(parts), tracks.is_subgrid, tracks.subgrid_names)


def _transform(function: TransformFunction, factor: float) -> TransformFunction:
    kind, numbers = function.kind, function.numbers
    if kind == TransformKind.TRANSLATE or kind == TransformKind.PERSPECTIVE:
        numbers = tuple([number * factor for number in numbers])
    elif kind == TransformKind.MATRIX:
        numbers = (*numbers[:4], numbers[4] * factor, numbers[5] * factor)
    elif kind == TransformKind.MATRIX3D:
        moves = [number * factor for number in numbers[12:15]]
        numbers = (*numbers[:12], *moves, numbers[15])
    return TransformFunction(kind, numbers, _length(function.x, factor), _length(function.y, factor))


def _filter(function: FilterFunction, factor: float) -> FilterFunction:
    amount = function.amount * factor if function.kind == FilterKind.BLUR else function.amount
    shadow = None if function.shadow is None else _shadow(function.shadow, factor)
    return FilterFunction(function.kind, amount, shadow, function.url, function.placed)


def _shape(shape: BasicShape, factor: float) -> BasicShape:
    return BasicShape(
        shape.kind,
        _lengths(shape.lengths, factor),
        tuple([_corner(corner, factor) for corner in shape.corners]),
        box=shape.box,
        even_odd=shape.even_odd,
        path=_path(shape.path, factor) if shape.kind == ShapeKind.PATH else shape.path,
        image=None if shape.image is None else _image(shape.image, factor),
    )


_PATH_TOKEN: Final = re.compile(r"[A-Za-z]|[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?")
_ARC: Final = (True, True, False, False, False, True, True)
"""Which of an arc's numbers are lengths: not its angle and its flags."""


def _path(data: str, factor: float) -> str:
    """SVG path data multiplied. Arc flags are taken to be written apart."""
    result: list[str] = []
    command, count = "", 0
    for match in _PATH_TOKEN.finditer(data):
        token = match.group()
        if token.isalpha():
            command, count = token, 0
        else:
            if command not in "Aa" or _ARC[count % 7]:
                token = f"{float(token) * factor:.10g}"
            count += 1
        result.append(token)
    return " ".join(result)


def _content(content: Content, factor: float) -> Content:
    if all(item.image is None for item in content.items):
        return content
    items = [
        item
        if item.image is None
        else ContentItem(item.kind, item.text, item.separator, item.style, _image(item.image, factor))
        for item in content.items
    ]
    return Content(content.mode, tuple(items), content.alt)


def _images(images: tuple[CssImage | None, ...], factor: float) -> tuple[CssImage | None, ...]:
    return tuple([None if image is None else _image(image, factor) for image in images])


def _image(image: CssImage, factor: float) -> CssImage:
    if isinstance(image, UrlImage):
        return UrlImage(image.url, image.resolution / factor)
    if isinstance(image, CrossFade):
        parts = [
            (_image(part, factor) if isinstance(part, CssImage) else part, share)
            for part, share in image.parts
        ]
        return CrossFade(tuple(parts))
    if isinstance(image, Gradient):
        stops = image.stops
        if image.kind != GradientKind.CONIC:  # there, positions are angles
            stops = tuple(
                [ColorStop(stop.color, _length(stop.position, factor), stop.is_hint) for stop in stops]
            )
        return Gradient(
            image.kind,
            stops,
            repeating=image.repeating,
            angle=image.angle,
            corner_x=image.corner_x,
            corner_y=image.corner_y,
            center_x=_length(image.center_x, factor),
            center_y=_length(image.center_y, factor),
            is_circle=image.is_circle,
            extent=image.extent,
            radius_x=_length(image.radius_x, factor),
            radius_y=_length(image.radius_y, factor),
            color_space=image.color_space,
        )
    return image

"""Values of transforms, filters, clips and shapes."""

from __future__ import annotations

from typing import Final

from ..deferred import build, make_tuple
from ..images import parse_image, parse_url
from ..numeric import parse_angle, parse_fraction, parse_length, parse_number, parse_px
from ..tokens import Token, TokenKind, keyword, split_commas, split_slashes
from ..value_context import ValueContext
from ..values import (
    AUTO,
    CENTER,
    HALF,
    MAX_CONTENT,
    MIN_CONTENT,
    SQUARE_CORNER,
    ZERO,
    BasicShape,
    CornerRadius,
    CssImage,
    FilterFunction,
    FilterKind,
    GeometryBox,
    Length,
    LengthKind,
    Position,
    ShapeKind,
    TransformFunction,
    TransformKind,
)
from .common import INVALID, Parser, parse_position
from .paint import BOXES, four
from .text import shadow_of

# --- Transforms ---


def transform(tokens: list[Token], context: ValueContext) -> object:
    """transform; () for none."""
    if keyword(tokens) == "none":
        return ()
    functions: list[object] = []
    for token in tokens:
        function = _transform_function(token) if token.kind == TokenKind.FUNCTION else None
        if function is None:
            return INVALID
        functions.append(function)
    return make_tuple(functions) if functions else INVALID


def _single(part: list[Token]) -> Token | None:
    return part[0] if len(part) == 1 else None


def _numbers(parts: list[list[Token]], count: int) -> list[float] | None:
    if len(parts) != count:
        return None
    numbers: list[float] = []
    for part in parts:
        token = _single(part)
        number = parse_number(token) if token is not None else None
        if number is None:
            return None
        numbers.append(number)
    return numbers


def _transform_function(token: Token) -> object | None:
    name = token.lower
    parts = split_commas(token.children)
    first = _single(parts[0])
    if first is None:
        return None
    if name.startswith("translate"):
        return _translate_function(name, parts)
    if name.startswith("scale"):
        return _scale_function(name, parts)
    if name.startswith(("rotate", "skew")):
        return _angle_function(name, parts)
    if name == "matrix":
        numbers = _numbers(parts, 6)
        return None if numbers is None else TransformFunction(TransformKind.MATRIX, tuple(numbers))
    if name == "matrix3d":
        numbers = _numbers(parts, 16)
        return None if numbers is None else TransformFunction(TransformKind.MATRIX3D, tuple(numbers))
    if name == "perspective" and len(parts) == 1:
        if first.is_ident("none"):
            return TransformFunction(TransformKind.PERSPECTIVE, (0.0,))
        length = parse_px(first, negative=False)
        return None if length is None else build(_perspective, length)
    return None


def _perspective(length: float) -> TransformFunction:
    return TransformFunction(TransformKind.PERSPECTIVE, (max(1.0, length),))


def _translate(x: Length, y: Length, z: float) -> TransformFunction:
    return TransformFunction(TransformKind.TRANSLATE, (z,), x, y)


def _translate_function(name: str, parts: list[list[Token]]) -> object | None:
    values: list[object] = []
    for index, part in enumerate(parts):
        token = _single(part)
        if token is None:
            return None
        is_z = (name == "translate3d" and index == 2) or name == "translatez"
        value = parse_px(token) if is_z else parse_length(token, percentages=True)
        if value is None:
            return None
        values.append(value)
    if name == "translate" and 1 <= len(values) <= 2:
        return build(_translate, values[0], values[1] if len(values) == 2 else ZERO, 0.0)
    if name == "translate3d" and len(values) == 3:
        return build(_translate, values[0], values[1], values[2])
    if len(values) != 1:
        return None
    if name == "translatex":
        return build(_translate, values[0], ZERO, 0.0)
    if name == "translatey":
        return build(_translate, ZERO, values[0], 0.0)
    if name == "translatez":
        return build(_translate, ZERO, ZERO, values[0])
    return None


def _scale_function(name: str, parts: list[list[Token]]) -> TransformFunction | None:
    numbers: list[float] = []
    for part in parts:
        token = _single(part)
        number = parse_fraction(token) if token is not None else None
        if number is None:
            return None
        numbers.append(number)
    count = len(numbers)
    if name == "scale" and 1 <= count <= 2:
        return TransformFunction(TransformKind.SCALE, (numbers[0], numbers[-1], 1.0))
    if name == "scale3d" and count == 3:
        return TransformFunction(TransformKind.SCALE, tuple(numbers))
    if count != 1:
        return None
    if name == "scalex":
        return TransformFunction(TransformKind.SCALE, (numbers[0], 1.0, 1.0))
    if name == "scaley":
        return TransformFunction(TransformKind.SCALE, (1.0, numbers[0], 1.0))
    return TransformFunction(TransformKind.SCALE, (1.0, 1.0, numbers[0])) if name == "scalez" else None


_AXES: Final = {
    "rotate": (0.0, 0.0, 1.0),
    "rotatez": (0.0, 0.0, 1.0),
    "rotatex": (1.0, 0.0, 0.0),
    "rotatey": (0.0, 1.0, 0.0),
}


def _angle_function(name: str, parts: list[list[Token]]) -> TransformFunction | None:
    if name == "rotate3d":
        if len(parts) != 4:
            return None
        numbers = _numbers(parts[:3], 3)
        token = _single(parts[3])
        angle = parse_angle(token) if token is not None else None
        if numbers is None or angle is None:
            return None
        return TransformFunction(TransformKind.ROTATE, (*numbers, angle))
    angles: list[float] = []
    for part in parts:
        token = _single(part)
        angle = parse_angle(token) if token is not None else None
        if angle is None:
            return None
        angles.append(angle)
    axis = _AXES.get(name)
    if axis is not None:
        return TransformFunction(TransformKind.ROTATE, (*axis, angles[0])) if len(angles) == 1 else None
    if name == "skew" and 1 <= len(angles) <= 2:
        return TransformFunction(TransformKind.SKEW, (angles[0], angles[1] if len(angles) == 2 else 0.0))
    if len(angles) != 1:
        return None
    if name == "skewx":
        return TransformFunction(TransformKind.SKEW, (angles[0], 0.0))
    return TransformFunction(TransformKind.SKEW, (0.0, angles[0])) if name == "skewy" else None


def translate(tokens: list[Token], context: ValueContext) -> object:
    """The property translate."""
    if keyword(tokens) == "none":
        return None
    values: list[object] = []
    for index, token in enumerate(tokens):
        value = parse_px(token) if index == 2 else parse_length(token, percentages=True)
        if value is None:
            return INVALID
        values.append(value)
    if not 1 <= len(values) <= 3:
        return INVALID
    y = values[1] if len(values) > 1 else ZERO
    return build(_translate, values[0], y, values[2] if len(values) == 3 else 0.0)


def rotate(tokens: list[Token], context: ValueContext) -> object:
    """The property rotate."""
    if keyword(tokens) == "none":
        return None
    axis = (0.0, 0.0, 1.0)
    angle: float | None = None
    numbers: list[float] = []
    for token in tokens:
        if token.kind == TokenKind.IDENT:
            found = {"x": (1.0, 0.0, 0.0), "y": (0.0, 1.0, 0.0), "z": (0.0, 0.0, 1.0)}.get(token.lower)
            if found is None:
                return INVALID
            axis = found
            continue
        number = parse_number(token)
        if number is not None and not (number == 0.0 and len(tokens) == 1):
            numbers.append(number)
            continue
        if angle is not None:
            return INVALID
        angle = parse_angle(token, unitless_zero=False)
        if angle is None:
            return INVALID
    if angle is None or len(numbers) not in (0, 3):
        return INVALID
    if numbers:
        axis = (numbers[0], numbers[1], numbers[2])
    return TransformFunction(TransformKind.ROTATE, (*axis, angle))


def scale(tokens: list[Token], context: ValueContext) -> object:
    """The property scale."""
    if keyword(tokens) == "none":
        return None
    numbers: list[float] = []
    for token in tokens:
        number = parse_fraction(token)
        if number is None:
            return INVALID
        numbers.append(number)
    if not 1 <= len(numbers) <= 3:
        return INVALID
    y = numbers[1] if len(numbers) > 1 else numbers[0]
    return TransformFunction(TransformKind.SCALE, (numbers[0], y, numbers[2] if len(numbers) == 3 else 1.0))


def transform_origin(tokens: list[Token], context: ValueContext) -> object:
    """transform-origin without its z, which is a property of its own here."""
    pair = parse_position(tokens)
    if pair is None or len(tokens) > 2:
        return INVALID
    return CENTER if pair == (HALF, HALF) else build(Position, pair[0], pair[1])


def transform_box(tokens: list[Token], context: ValueContext) -> object:
    """transform-box."""
    name = keyword(tokens)
    return (
        BOXES[name]
        if name in ("content-box", "border-box", "fill-box", "stroke-box", "view-box")
        else INVALID
    )


def perspective(tokens: list[Token], context: ValueContext) -> object:
    """perspective in px; -1 for none."""
    if keyword(tokens) == "none":
        return -1.0
    value = parse_px(tokens[0], negative=False) if len(tokens) == 1 else None
    return INVALID if value is None else value


# --- Filters ---

_AMOUNTS: Final = {
    "brightness": FilterKind.BRIGHTNESS,
    "contrast": FilterKind.CONTRAST,
    "grayscale": FilterKind.GRAYSCALE,
    "invert": FilterKind.INVERT,
    "opacity": FilterKind.OPACITY,
    "saturate": FilterKind.SATURATE,
    "sepia": FilterKind.SEPIA,
}
_CAPPED: Final = (FilterKind.GRAYSCALE, FilterKind.INVERT, FilterKind.OPACITY, FilterKind.SEPIA)


def filters(tokens: list[Token], context: ValueContext) -> object:
    """filter, backdrop-filter; () for none."""
    if keyword(tokens) == "none":
        return ()
    functions: list[object] = []
    for token in tokens:
        function = _filter_function(token, context)
        if function is None:
            return INVALID
        functions.append(function)
    return make_tuple(functions) if functions else INVALID


def _filter_function(token: Token, context: ValueContext) -> object | None:
    reference = parse_url(token)
    if reference is not None:
        return FilterFunction(FilterKind.URL, url=context.url(reference))
    if token.kind != TokenKind.FUNCTION:
        return None
    name = token.lower
    children = token.children
    if name == "drop-shadow":
        shadow = shadow_of(children, False)
        return None if shadow is INVALID else build(_drop_shadow, shadow)
    if len(children) > 1:
        return None
    if name == "blur":
        radius = parse_px(children[0], negative=False) if children else 0.0
        return None if radius is None else build(FilterFunction, FilterKind.BLUR, radius)
    if name == "hue-rotate":
        angle = parse_angle(children[0]) if children else 0.0
        return None if angle is None else FilterFunction(FilterKind.HUE_ROTATE, angle)
    kind = _AMOUNTS.get(name)
    if kind is None:
        return None
    amount = parse_fraction(children[0]) if children else 1.0
    if amount is None or amount < 0.0:
        return None
    return FilterFunction(kind, min(1.0, amount) if kind in _CAPPED else amount)


def _drop_shadow(shadow: object) -> FilterFunction:
    return FilterFunction(FilterKind.DROP_SHADOW, 0.0, shadow)  # type: ignore[arg-type]  # shadow_of's


# --- Clips and shapes ---


def clip(tokens: list[Token], context: ValueContext) -> object:
    """clip: () for auto, else top right bottom left (AUTO each where so said)."""
    if keyword(tokens) == "auto":
        return ()
    if len(tokens) != 1 or not tokens[0].is_function("rect"):
        return INVALID
    children = tokens[0].children
    sides = [token for token in children if token.kind != TokenKind.COMMA]
    if len(sides) != 4 or len(children) not in (4, 7) or children[-1].kind == TokenKind.COMMA:
        return INVALID
    lengths: list[object] = []
    for token in sides:
        length = AUTO if token.is_ident("auto") else parse_length(token, unitless=context.is_quirks)
        if length is None:
            return INVALID
        lengths.append(length)
    return make_tuple(lengths)


def _shape(
    kind: ShapeKind, lengths: tuple[Length, ...], corners: tuple[CornerRadius, ...], rest: _Rest
) -> BasicShape:
    return BasicShape(
        kind, lengths, corners, box=rest.box, even_odd=rest.even_odd, path=rest.path, image=rest.image
    )


class _Rest:
    """What a shape has beside lengths and corners."""

    def __init__(self, box: GeometryBox) -> None:
        self.box: GeometryBox = box
        self.even_odd: bool = False
        self.path: str = ""
        self.image: CssImage | None = None


def clip_path(tokens: list[Token], context: ValueContext) -> object:
    """clip-path; None for none."""
    if keyword(tokens) == "none":
        return None
    if len(tokens) == 1:
        reference = parse_url(tokens[0])
        if reference is not None:
            return BasicShape(ShapeKind.URL, path=context.url(reference))
    return _shape_and_box(tokens, GeometryBox.BORDER_BOX)


def shape_outside(tokens: list[Token], context: ValueContext) -> object:
    """shape-outside; None for none."""
    if keyword(tokens) == "none":
        return None
    if len(tokens) == 1:
        image = parse_image(tokens[0], context)
        if image is not None:
            return build(_image_shape, image)
    return _shape_and_box(tokens, GeometryBox.MARGIN_BOX)


def _image_shape(image: object) -> BasicShape:
    return BasicShape(ShapeKind.URL, box=GeometryBox.MARGIN_BOX, image=image)  # type: ignore[arg-type]  # parse_image's


def _shape_and_box(tokens: list[Token], default: GeometryBox) -> object:
    box: GeometryBox | None = None
    function: Token | None = None
    for token in tokens:
        if (
            token.kind == TokenKind.IDENT
            and token.lower in BOXES
            and box is None
            and token.lower.endswith("-box")
        ):
            box = BOXES[token.lower]
        elif token.kind == TokenKind.FUNCTION and function is None:
            function = token
        else:
            return INVALID
    rest = _Rest(default if box is None else box)
    if function is None:
        return INVALID if box is None else BasicShape(ShapeKind.BOX, box=box)
    return basic_shape(function, rest)


def basic_shape(token: Token, rest: _Rest) -> object:
    """A <basic-shape> function."""
    name = token.lower
    children = token.children
    if name in ("inset", "rect", "xywh"):
        return _inset(name, children, rest)
    if name in ("circle", "ellipse"):
        return _ellipse(name, children, rest)
    if name == "polygon":
        return _polygon(children, rest)
    if name == "path":
        parts = split_commas(children)
        if len(parts) == 2 and keyword(parts[0]) in ("nonzero", "evenodd"):
            rest.even_odd = keyword(parts[0]) == "evenodd"
            parts = parts[1:]
        if len(parts) != 1 or len(parts[0]) != 1 or parts[0][0].kind != TokenKind.STRING:
            return INVALID
        rest.path = parts[0][0].text
        return _shape(ShapeKind.PATH, (), (), rest)
    return INVALID


def _inset(name: str, children: list[Token], rest: _Rest) -> object:
    at = len(children)
    for index, token in enumerate(children):
        if token.is_ident("round"):
            at = index
            break
    lengths: list[object] = []
    for token in children[:at]:
        length: object | None
        if name == "rect" and token.is_ident("auto"):
            length = AUTO
        else:
            length = parse_length(token, percentages=True)
        if length is None:
            return INVALID
        lengths.append(length)
    corners: object = ()
    if at < len(children):
        corners = radii(children[at + 1 :])
        if corners is INVALID:
            return INVALID
    if name == "inset":
        sides = four(lengths)
        return INVALID if sides is INVALID else build(_shape, ShapeKind.INSET, sides, corners, rest)
    if len(lengths) != 4:
        return INVALID
    make = _rect_sides if name == "rect" else _xywh_sides
    return build(_shape, ShapeKind.INSET, build(make, *lengths), corners, rest)


def _from_far(length: Length) -> Length:
    return Length(LengthKind.CALC, -length.px, 100.0 - length.percent)


def _rect_sides(top: Length, right: Length, bottom: Length, left: Length) -> tuple[Length, ...]:
    """rect()'s offsets from the top left corner as insets."""
    return (
        ZERO if top.is_auto() else top,
        ZERO if right.is_auto() else _from_far(right),
        ZERO if bottom.is_auto() else _from_far(bottom),
        ZERO if left.is_auto() else left,
    )


def _xywh_sides(x: Length, y: Length, width: Length, height: Length) -> tuple[Length, ...]:
    right = _from_far(Length(LengthKind.CALC, x.px + width.px, x.percent + width.percent))
    bottom = _from_far(Length(LengthKind.CALC, y.px + height.px, y.percent + height.percent))
    return (y, right, bottom, x)


def radii(tokens: list[Token]) -> object:
    """The value of border-radius: four corners."""
    parts = split_slashes(tokens)
    if len(parts) > 2:
        return INVALID
    axes: list[list[object]] = []
    for part in parts:
        values: list[object] = []
        for token in part:
            length = parse_length(token, percentages=True, negative=False)
            if length is None:
                return INVALID
            values.append(length)
        if not 1 <= len(values) <= 4:
            return INVALID
        axes.append(
            [
                values[0],
                values[min(1, len(values) - 1)],
                values[2] if len(values) > 2 else values[0],
                values[3] if len(values) > 3 else values[min(1, len(values) - 1)],
            ]
        )
    corners: list[object] = []
    for index in range(4):
        horizontal, vertical = axes[0][index], axes[-1][index]
        is_square = horizontal is ZERO and vertical is ZERO
        corners.append(SQUARE_CORNER if is_square else build(CornerRadius, horizontal, vertical))
    return make_tuple(corners)


_EXTENTS: Final = {
    "closest-side": MIN_CONTENT,
    "farthest-side": MAX_CONTENT,
}


def _ellipse(name: str, children: list[Token], rest: _Rest) -> object:
    center: tuple[object, object] = (HALF, HALF)
    at = len(children)
    for index, token in enumerate(children):
        if token.is_ident("at"):
            pair = parse_position(children[index + 1 :])
            if pair is None:
                return INVALID
            center = pair
            at = index
            break
    wanted = 1 if name == "circle" else 2
    radius_values: list[object] = []
    for token in children[:at]:
        value: object | None
        if token.kind == TokenKind.IDENT:
            value = _EXTENTS.get(token.lower)
        else:
            value = parse_length(token, percentages=True, negative=False)
        if value is None:
            return INVALID
        radius_values.append(value)
    if not radius_values:
        radius_values = [MIN_CONTENT] * wanted
    if len(radius_values) != wanted:
        return INVALID
    kind = ShapeKind.CIRCLE if name == "circle" else ShapeKind.ELLIPSE
    return build(_shape, kind, make_tuple([*radius_values, center[0], center[1]]), (), rest)


def _polygon(children: list[Token], rest: _Rest) -> object:
    parts = split_commas(children)
    if parts and keyword(parts[0]) in ("nonzero", "evenodd"):
        rest.even_odd = keyword(parts[0]) == "evenodd"
        parts = parts[1:]
    lengths: list[object] = []
    for part in parts:
        if len(part) != 2:
            return INVALID
        for token in part:
            length = parse_length(token, percentages=True)
            if length is None:
                return INVALID
            lengths.append(length)
    return build(_shape, ShapeKind.POLYGON, make_tuple(lengths), (), rest) if lengths else INVALID


PARSERS: Final[dict[str, Parser]] = {
    "transform": transform,
    "translate": translate,
    "rotate": rotate,
    "scale": scale,
    "transform-origin": transform_origin,
    "transform-box": transform_box,
    "perspective": perspective,
    "filter": filters,
    "clip": clip,
    "clip-path": clip_path,
    "shape-outside": shape_outside,
}

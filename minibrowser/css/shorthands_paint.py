"""Shorthands of borders, backgrounds, masks and transforms."""

from __future__ import annotations

from typing import Final, final

from .deferred import make_tuple
from .longhands import parse_longhand
from .numeric import parse_length, parse_px
from .shorthand_kinds import INITIAL_VALUE, SIDES, AnyOrder, Pairs
from .tokens import Token, TokenKind, split_commas, split_slashes
from .value_context import ValueContext
from .value_parsers import effects, paint, text
from .value_parsers.common import INVALID, parse_position
from .values import HALF, BackgroundSize, GeometryBox, percent


def expand_border(tokens: list[Token], context: ValueContext) -> Pairs | None:
    pairs = AnyOrder(("border-top-width", "border-top-style", "border-top-color"), BORDER_SPREAD).parse(
        tokens, context
    )
    if pairs is None:
        return None
    return [*pairs, *((name, INITIAL_VALUE) for name in BORDER_IMAGE)]


BORDER_PARTS: Final = ("width", "style", "color")
BORDER_SPREAD: Final = tuple(tuple(f"border-{side}-{part}" for side in SIDES) for part in BORDER_PARTS)
BORDER_IMAGE: Final = (
    "border-image-source",
    "border-image-slice",
    "-webkit-border-image-fill",
    "border-image-width",
    "border-image-outset",
    "border-image-repeat",
)
CORNERS: Final = (
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-right-radius",
    "border-bottom-left-radius",
)


def expand_border_radius(tokens: list[Token], context: ValueContext) -> Pairs | None:
    corners = effects.radii(tokens)
    if corners is INVALID:
        return None
    if isinstance(corners, tuple):
        return list(zip(CORNERS, corners, strict=True))
    items = corners.items  # type: ignore[attr-defined]  # a DeferredTuple
    return list(zip(CORNERS, items, strict=True))


def expand_border_image_slice(tokens: list[Token], context: ValueContext) -> Pairs | None:
    fill = [token for token in tokens if token.is_ident("fill")]
    rest = [token for token in tokens if not token.is_ident("fill")]
    value = paint.border_image_slice(rest, context)
    if value is INVALID or len(fill) > 1 or (fill and not (tokens[0] is fill[0] or tokens[-1] is fill[0])):
        return None
    return [("border-image-slice", value), ("-webkit-border-image-fill", bool(fill))]


def expand_border_image(tokens: list[Token], context: ValueContext) -> Pairs | None:
    pairs: Pairs = []
    rest: list[Token] = []
    parts = split_slashes(tokens)
    # What is neither the slice nor widths: the source and the repeat, before or after them.
    words: list[Token] = []
    has_source = False
    slices: list[list[Token]] = []
    for index, part in enumerate(parts):
        numbers: list[Token] = []
        for token in part:
            is_number = (
                token.kind in (TokenKind.NUMBER, TokenKind.PERCENTAGE, TokenKind.DIMENSION)
                or token.is_ident("fill")
                or (token.is_ident("auto") and index > 0)
            )
            if is_number:
                numbers.append(token)
            elif token.kind == TokenKind.IDENT and token.lower in ("stretch", "repeat", "round", "space"):
                words.append(token)
            elif not has_source:
                has_source = True
                rest.append(token)
            else:
                return None
        slices.append(numbers)
    if rest:
        source = text.image_or_none(rest, context)
        if source is INVALID:
            return None
        pairs.append(("border-image-source", source))
    if slices[0]:
        found = expand_border_image_slice(slices[0], context)
        if found is None:
            return None
        pairs.extend(found)
    elif len(parts) > 1:
        return None
    if len(slices) > 1 and slices[1]:
        width = paint.border_image_width(slices[1], context)
        if width is INVALID:
            return None
        pairs.append(("border-image-width", width))
    if len(slices) > 2:
        outset = paint.border_image_outset(slices[2], context)
        if outset is INVALID:
            return None
        pairs.append(("border-image-outset", outset))
    if words:
        repeat = paint.border_image_repeat(words, context)
        if repeat is INVALID:
            return None
        pairs.append(("border-image-repeat", repeat))
    return pairs if pairs else None


# --- Backgrounds and masks ---


@final
class _Layer:
    """One layer of background or mask."""

    def __init__(self, is_mask: bool) -> None:
        self.image: object = None
        self.x: object = percent(0.0)
        self.y: object = percent(0.0)
        self.size: object = BackgroundSize()
        self.repeat: object = paint.one_repeat([Token(TokenKind.IDENT, "repeat", "repeat")], ValueContext())
        self.attachment: object = INITIAL_VALUE
        self.origin: object = GeometryBox.BORDER_BOX if is_mask else GeometryBox.PADDING_BOX
        self.clip: object = GeometryBox.BORDER_BOX
        self.color: object = None
        self.mode: object = INITIAL_VALUE
        self.composite: object = INITIAL_VALUE


def _layer(tokens: list[Token], context: ValueContext, is_mask: bool, is_last: bool) -> _Layer | None:
    layer = _Layer(is_mask)
    plain = ValueContext(context.base_url, context.is_quirks)
    position: list[Token] = []
    seen: set[str] = set()
    boxes: list[GeometryBox] = []
    index = 0
    count = len(tokens)
    if count == 0:
        return None
    while index < count:
        token = tokens[index]
        index += 1
        if token.kind == TokenKind.SLASH:
            if not position or "size" in seen:
                return None
            seen.add("size")
            size_tokens: list[Token] = []
            while index < count and len(size_tokens) < 2 and _is_size(tokens[index]):
                size_tokens.append(tokens[index])
                index += 1
            layer.size = paint.one_size(size_tokens, plain)
            if layer.size is INVALID:
                return None
            continue
        if token.kind == TokenKind.IDENT:
            name = token.lower
            if name in _REPEAT_WORDS and "repeat" not in seen:
                seen.add("repeat")
                pair = [token]
                if index < count and tokens[index].lower in _REPEAT_WORDS and tokens[index].kind == 0:
                    pair.append(tokens[index])
                    index += 1
                layer.repeat = paint.one_repeat(pair, plain)
                if layer.repeat is INVALID:
                    return None
                continue
            if name in ("scroll", "fixed", "local") and not is_mask and "attachment" not in seen:
                seen.add("attachment")
                layer.attachment = parse_longhand("background-attachment", [token], context)
                continue
            if is_mask and name in ("alpha", "luminance", "match-source"):
                layer.mode = parse_longhand("mask-mode", [token], context)
                continue
            if is_mask and name in ("add", "subtract", "intersect", "exclude"):
                layer.composite = parse_longhand("mask-composite", [token], context)
                continue
            if name in paint.BOXES and len(boxes) < 2:
                boxes.append(paint.BOXES[name])
                continue
            if name in ("left", "right", "top", "bottom", "center"):
                position.append(token)
                continue
            if name == "none" and "image" not in seen:
                seen.add("image")
                continue
        elif _is_size(token):
            position.append(token)
            continue
        if "image" not in seen:
            image = text.image_or_none([token], context)
            if image is not INVALID:
                seen.add("image")
                layer.image = image
                continue
        if not is_mask and is_last and "color" not in seen:
            color = parse_longhand("background-color", [token], plain)
            if color is not INVALID:
                seen.add("color")
                layer.color = color
                continue
        return None
    if position:
        pair_of = parse_position(position, three_values=True)
        if pair_of is None:
            return None
        layer.x, layer.y = pair_of
    if boxes:
        layer.origin = boxes[0]
        layer.clip = boxes[-1]
        if boxes[0] == GeometryBox.TEXT:
            layer.origin = boxes[-1] if len(boxes) == 2 else GeometryBox.PADDING_BOX
            layer.clip = GeometryBox.TEXT
    return layer


_REPEAT_WORDS: Final = frozenset(("repeat", "no-repeat", "repeat-x", "repeat-y", "space", "round"))


def _is_size(token: Token) -> bool:
    if token.kind == TokenKind.IDENT:
        return token.lower in ("auto", "cover", "contain")
    return parse_length(token, percentages=True) is not None


def expand_background(tokens: list[Token], context: ValueContext) -> Pairs | None:
    parts = split_commas(tokens)
    layers: list[_Layer] = []
    for index, part in enumerate(parts):
        layer = _layer(part, context, False, index + 1 == len(parts))
        if layer is None:
            return None
        layers.append(layer)
    color = layers[-1].color
    attachments: list[object] = []
    for layer in layers:
        value = layer.attachment
        attachments.append(value[0] if isinstance(value, tuple) else 0)
    default = parse_longhand("background-attachment", [Token(TokenKind.IDENT, "scroll", "scroll")], context)
    scroll = default[0] if isinstance(default, tuple) else None
    return [
        ("background-color", INITIAL_VALUE if color is None else color),
        ("background-image", make_tuple([layer.image for layer in layers])),
        ("background-position-x", make_tuple([layer.x for layer in layers])),
        ("background-position-y", make_tuple([layer.y for layer in layers])),
        ("background-size", make_tuple([layer.size for layer in layers])),
        ("background-repeat", make_tuple([layer.repeat for layer in layers])),
        ("background-attachment", tuple(value or scroll for value in attachments)),
        ("background-origin", make_tuple([layer.origin for layer in layers])),
        ("background-clip", make_tuple([layer.clip for layer in layers])),
    ]


def expand_mask(tokens: list[Token], context: ValueContext) -> Pairs | None:
    parts = split_commas(tokens)
    layers: list[_Layer] = []
    for part in parts:
        layer = _layer(part, context, True, False)
        if layer is None:
            return None
        layers.append(layer)
    pairs: Pairs = [
        ("mask-image", make_tuple([layer.image for layer in layers])),
        ("-webkit-mask-position-x", make_tuple([layer.x for layer in layers])),
        ("-webkit-mask-position-y", make_tuple([layer.y for layer in layers])),
        ("mask-size", make_tuple([layer.size for layer in layers])),
        ("mask-repeat", make_tuple([layer.repeat for layer in layers])),
        ("mask-origin", make_tuple([layer.origin for layer in layers])),
        ("mask-clip", make_tuple([layer.clip for layer in layers])),
    ]
    for name, values in (
        ("mask-mode", [layer.mode for layer in layers]),
        ("mask-composite", [layer.composite for layer in layers]),
    ):
        flat: list[object] = []
        default = parse_longhand(
            name, [Token(TokenKind.IDENT, "", "match-source" if name == "mask-mode" else "add")], context
        )
        for value in values:
            source = value if isinstance(value, tuple) else default
            flat.append(source[0] if isinstance(source, tuple) else None)
        pairs.append((name, tuple(flat)))
    return pairs


@final
class PositionShorthand:
    def __init__(self, x: str, y: str) -> None:
        self.x: Final = x
        self.y: Final = y

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        xs: list[object] = []
        ys: list[object] = []
        for part in split_commas(tokens):
            pair = parse_position(part, three_values=True)
            if pair is None and context.is_quirks:
                pair = _quirky_position(part)
            if pair is None:
                return None
            xs.append(pair[0])
            ys.append(pair[1])
        return [(self.x, make_tuple(xs)), (self.y, make_tuple(ys))]


def _quirky_position(tokens: list[Token]) -> tuple[object, object] | None:
    """Unitless numbers as px."""
    values: list[object] = []
    for token in tokens:
        value = parse_length(token, percentages=True, unitless=True)
        if value is None:
            return None
        values.append(value)
    if not 1 <= len(values) <= 2:
        return None
    return values[0], values[1] if len(values) == 2 else HALF


def expand_transform_origin(tokens: list[Token], context: ValueContext) -> Pairs | None:
    z: object = 0.0
    if len(tokens) == 3:
        depth = parse_px(tokens[2])
        if depth is None:
            return None
        z = depth
        tokens = tokens[:2]
    value = effects.transform_origin(tokens, context)
    if value is INVALID:
        return None
    return [("transform-origin", value), ("-webkit-transform-origin-z", z)]

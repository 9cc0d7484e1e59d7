"""Shorthands: which longhands they set, and how their value is taken apart.

A parser gives (longhand, value) pairs; longhands that it leaves out get their initial values. None: invalid.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from .deferred import make_tuple
from .keywords import FontVariantCaps, TextWrapMode, WhiteSpaceCollapse
from .longhands import parse_longhand
from .numeric import parse_length, parse_number, parse_px
from .tokens import Token, TokenKind, keyword, split_commas, split_slashes
from .value_context import ValueContext
from .value_parsers import effects, grid, paint, text
from .value_parsers.common import INVALID, parse_position
from .values import (
    AUTO,
    AUTO_TRACK,
    HALF,
    NO_TRACKS,
    AlignKeyword,
    Alignment,
    BackgroundSize,
    GeometryBox,
    GridLine,
    percent,
)

Pairs = list[tuple[str, object]]
ShorthandParser = Callable[[list[Token], ValueContext], Pairs | None]


@final
class Initial:
    """The type of INITIAL_VALUE."""

    __slots__ = ()


INITIAL_VALUE: Final = Initial()
"""Stands for the longhand's initial value."""

_SIDES: Final = ("top", "right", "bottom", "left")


@final
class Shorthand:
    """Attributes: `longhands` in order; `parse`."""

    __slots__ = ("longhands", "parse")

    def __init__(self, longhands: tuple[str, ...], parse: ShorthandParser) -> None:
        self.longhands: Final = longhands
        self.parse: Final = parse


@final
class _Four:
    """margin, padding, inset, border-width, ...: one to four values for the sides."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        count = len(tokens)
        if not 1 <= count <= 4:
            return None
        values: list[object] = []
        for token in tokens:
            value = parse_longhand(self.names[0], [token], context)
            if value is INVALID:
                return None
            values.append(value)
        top = values[0]
        right = values[1] if count > 1 else top
        bottom = values[2] if count > 2 else top
        left = values[3] if count > 3 else right
        names = self.names
        return [(names[0], top), (names[1], right), (names[2], bottom), (names[3], left)]


@final
class _Two:
    """margin-inline, gap, overflow, place-*, ...: one or two values."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        if not 1 <= len(tokens) <= 2:
            return None
        first = parse_longhand(self.names[0], tokens[:1], context)
        second = parse_longhand(self.names[1], tokens[-1:], context)
        if first is INVALID or second is INVALID:
            return None
        return [(self.names[0], first), (self.names[1], second)]


@final
class _AnyOrder:
    """border-top, outline, list-style, flex-flow, ...: each longhand at most once, in any order."""

    def __init__(self, names: tuple[str, ...], spread: tuple[tuple[str, ...], ...] = ()) -> None:
        self.names: Final = names
        self.spread: Final = spread
        """For each of `names`, the longhands that get its value (border: all four sides)."""

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        if not tokens:
            return None
        found: dict[str, object] = {}
        for token in tokens:
            for name in self.names:
                if name in found:
                    continue
                value = parse_longhand(name, [token], context)
                if value is not INVALID:
                    found[name] = value
                    break
            else:
                return None
        pairs: Pairs = []
        for index, name in enumerate(self.names):
            value = found.get(name, INITIAL_VALUE)
            for longhand in self.spread[index] if self.spread else (name,):
                pairs.append((longhand, value))
        return pairs


def _border(tokens: list[Token], context: ValueContext) -> Pairs | None:
    pairs = _AnyOrder(("border-top-width", "border-top-style", "border-top-color"), _BORDER_SPREAD).parse(
        tokens, context
    )
    if pairs is None:
        return None
    return [*pairs, *((name, INITIAL_VALUE) for name in _BORDER_IMAGE)]


_BORDER_PARTS: Final = ("width", "style", "color")
_BORDER_SPREAD: Final = tuple(tuple(f"border-{side}-{part}" for side in _SIDES) for part in _BORDER_PARTS)
_BORDER_IMAGE: Final = (
    "border-image-source",
    "border-image-slice",
    "-webkit-border-image-fill",
    "border-image-width",
    "border-image-outset",
    "border-image-repeat",
)
_CORNERS: Final = (
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-right-radius",
    "border-bottom-left-radius",
)


def _border_radius(tokens: list[Token], context: ValueContext) -> Pairs | None:
    corners = effects.radii(tokens)
    if corners is INVALID:
        return None
    if isinstance(corners, tuple):
        return list(zip(_CORNERS, corners, strict=True))
    items = corners.items  # type: ignore[attr-defined]  # a DeferredTuple
    return list(zip(_CORNERS, items, strict=True))


def _border_image_slice(tokens: list[Token], context: ValueContext) -> Pairs | None:
    fill = [token for token in tokens if token.is_ident("fill")]
    rest = [token for token in tokens if not token.is_ident("fill")]
    value = paint.border_image_slice(rest, context)
    if value is INVALID or len(fill) > 1 or (fill and not (tokens[0] is fill[0] or tokens[-1] is fill[0])):
        return None
    return [("border-image-slice", value), ("-webkit-border-image-fill", bool(fill))]


def _border_image(tokens: list[Token], context: ValueContext) -> Pairs | None:
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
        found = _border_image_slice(slices[0], context)
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


# --- Backgrounds and masks -----------------------------------------------------------------------------------------


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


def _background(tokens: list[Token], context: ValueContext) -> Pairs | None:
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


def _mask(tokens: list[Token], context: ValueContext) -> Pairs | None:
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
class _PositionShorthand:
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


def _transform_origin(tokens: list[Token], context: ValueContext) -> Pairs | None:
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


# --- Fonts and text ----------------------------------------------------------------------------------------------------

_SYSTEM_FONTS: Final = frozenset("caption icon menu message-box small-caption status-bar".split())
_FONT_RESETS: Final = (
    "font-size-adjust font-kerning font-variant-ligatures font-variant-numeric font-variant-east-asian "
    "font-variant-alternates font-variant-position font-variant-emoji font-optical-sizing font-feature-settings "
    "font-variation-settings"
).split()
_FONT: Final = (
    "font-style",
    "font-variant-caps",
    "font-weight",
    "font-stretch",
    "font-size",
    "line-height",
    "font-family",
    *_FONT_RESETS,
)


def _font(tokens: list[Token], context: ValueContext) -> Pairs | None:
    name = keyword(tokens)
    if name in _SYSTEM_FONTS:
        size = text.font_size([Token(TokenKind.DIMENSION, "px", "px", 13.3333, False)], context)
        family = text.font_family([Token(TokenKind.IDENT, "system-ui", "system-ui")], context)
        return [("font-size", size), ("font-family", family)]
    pairs: Pairs = []
    seen: set[str] = set()
    index = 0
    count = len(tokens)
    while index < count:
        token = tokens[index]
        if token.is_ident("normal") and len(seen) < 5:
            index += 1
            continue
        found = ""
        for longhand in ("font-style", "font-weight", "font-variant-caps", "font-stretch"):
            if longhand in seen:
                continue
            taken = [token]
            if longhand == "font-style" and token.is_ident("oblique") and index + 1 < count:
                with_angle = text.font_style(tokens[index : index + 2], context)
                if with_angle is not INVALID and tokens[index + 1].kind == TokenKind.DIMENSION:
                    taken = tokens[index : index + 2]
            if longhand == "font-stretch" and token.kind != TokenKind.IDENT:
                continue
            if longhand == "font-variant-caps" and not token.is_ident("small-caps"):
                continue
            value = parse_longhand(longhand, taken, context)
            if value is not INVALID:
                pairs.append((longhand, value))
                seen.add(longhand)
                index += len(taken)
                found = longhand
                break
        if not found:
            break
    if index >= count:
        return None
    size = text.font_size(tokens[index : index + 1], ValueContext(context.base_url))
    if size is INVALID:
        return None
    pairs.append(("font-size", size))
    index += 1
    if index + 1 < count and tokens[index].kind == TokenKind.SLASH:
        height = text.line_height(tokens[index + 1 : index + 2], context)
        if height is INVALID:
            return None
        pairs.append(("line-height", height))
        index += 2
    family = text.font_family(tokens[index:], context)
    if family is INVALID:
        return None
    pairs.append(("font-family", family))
    return pairs


def _font_variant(tokens: list[Token], context: ValueContext) -> Pairs | None:
    name = keyword(tokens)
    if name == "normal":
        return []
    if name == "none":
        return [("font-variant-ligatures", ("none",))]
    groups: dict[str, list[Token]] = {}
    pairs: Pairs = []
    for token in tokens:
        caps = parse_longhand("font-variant-caps", [token], context)
        if caps is not INVALID and caps != FontVariantCaps.NORMAL:
            pairs.append(("font-variant-caps", caps))
            continue
        for longhand in ("position", "emoji"):
            value = parse_longhand(f"font-variant-{longhand}", [token], context)
            if value is not INVALID and not token.is_ident("normal"):
                pairs.append((f"font-variant-{longhand}", value))
                break
        else:
            for longhand in ("ligatures", "numeric", "east-asian", "alternates"):
                full = f"font-variant-{longhand}"
                if parse_longhand(full, [token], context) is not INVALID and keyword([token]) != "none":
                    groups.setdefault(full, []).append(token)
                    break
            else:
                return None
    for full, group in groups.items():
        value = parse_longhand(full, group, context)
        if value is INVALID:
            return None
        pairs.append((full, value))
    return pairs


def _font_synthesis(tokens: list[Token], context: ValueContext) -> Pairs | None:
    if keyword(tokens) == "none":
        words: set[str] = set()
    else:
        words = {token.lower for token in tokens if token.kind == TokenKind.IDENT}
        if len(words) != len(tokens) or not words <= {"weight", "style", "small-caps", "position"}:
            return None
    pairs: Pairs = []
    for part in ("weight", "style", "small-caps"):
        value = parse_longhand(
            f"font-synthesis-{part}",
            [Token(TokenKind.IDENT, "", "auto" if part in words else "none")],
            context,
        )
        pairs.append((f"font-synthesis-{part}", value))
    return pairs


_WHITE_SPACES: Final = {
    "normal": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.WRAP),
    "nowrap": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.NOWRAP),
    "-webkit-nowrap": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.NOWRAP),
    "pre": (WhiteSpaceCollapse.PRESERVE, TextWrapMode.NOWRAP),
    "pre-wrap": (WhiteSpaceCollapse.PRESERVE, TextWrapMode.WRAP),
    "pre-line": (WhiteSpaceCollapse.PRESERVE_BREAKS, TextWrapMode.WRAP),
    "break-spaces": (WhiteSpaceCollapse.BREAK_SPACES, TextWrapMode.WRAP),
}


def _white_space(tokens: list[Token], context: ValueContext) -> Pairs | None:
    pair = _WHITE_SPACES.get(keyword(tokens))
    if pair is not None:
        return [("white-space-collapse", pair[0]), ("text-wrap-mode", pair[1])]
    return _AnyOrder(("white-space-collapse", "text-wrap-mode")).parse(tokens, context)


def _text_decoration(tokens: list[Token], context: ValueContext) -> Pairs | None:
    lines: list[Token] = []
    rest: list[Token] = []
    words = ("none", "underline", "overline", "line-through", "blink", "spelling-error", "grammar-error")
    for token in tokens:
        (lines if token.kind == TokenKind.IDENT and token.lower in words else rest).append(token)
    pairs: Pairs = []
    if lines:
        value = paint.text_decoration_line(lines, context)
        if value is INVALID:
            return None
        pairs.append(("text-decoration-line", value))
    if rest:
        others = _AnyOrder(
            ("text-decoration-style", "text-decoration-thickness", "text-decoration-color")
        ).parse(rest, context)
        if others is None:
            return None
        pairs.extend(others)
    return pairs if tokens else None


def _text_emphasis(tokens: list[Token], context: ValueContext) -> Pairs | None:
    style: list[Token] = []
    pairs: Pairs = []
    for token in tokens:
        color = parse_longhand("text-emphasis-color", [token], context)
        if color is not INVALID:
            pairs.append(("text-emphasis-color", color))
        else:
            style.append(token)
    if style:
        value = text.text_emphasis_style(style, context)
        if value is INVALID:
            return None
        pairs.append(("text-emphasis-style", value))
    return pairs if tokens and len(pairs) <= 2 else None


def _list_style(tokens: list[Token], context: ValueContext) -> Pairs | None:
    nones = [token for token in tokens if token.is_ident("none")]
    rest = [token for token in tokens if not token.is_ident("none")]
    if len(nones) > 2 or not tokens:
        return None
    pairs: Pairs = []
    if rest:
        found = _AnyOrder(("list-style-position", "list-style-image", "list-style-type")).parse(rest, context)
        if found is None:
            return None
        pairs = [pair for pair in found if pair[1] is not INITIAL_VALUE]
    names = {pair[0] for pair in pairs}
    if nones:
        # `none` is for whichever of image and type is missing; alone it is for both.
        free = [name for name in ("list-style-type", "list-style-image") if name not in names]
        if len(nones) > len(free):
            return None
        for name in free:
            pairs.append((name, "none" if name == "list-style-type" else None))
    return pairs


# --- Flex, grid, alignment -------------------------------------------------------------------------------------------


def _flex(tokens: list[Token], context: ValueContext) -> Pairs | None:
    name = keyword(tokens)
    if name == "none":
        return [("flex-grow", 0.0), ("flex-shrink", 0.0), ("flex-basis", AUTO)]
    if name == "auto":
        return [("flex-grow", 1.0), ("flex-shrink", 1.0), ("flex-basis", AUTO)]
    grow: float | None = None
    shrink: float | None = None
    basis: object = None
    for index, token in enumerate(tokens):
        number = parse_number(token, 0.0)
        if number is not None and not (number == 0.0 and grow is not None and shrink is not None):
            if grow is None:
                grow = number
            elif shrink is None and index > 0 and parse_number(tokens[index - 1], 0.0) is not None:
                shrink = number
            else:
                return None
            continue
        if basis is not None:
            return None
        basis = parse_longhand("flex-basis", [token], context)
        if basis is INVALID:
            return None
    if grow is None and basis is None:
        return None
    return [
        ("flex-grow", 1.0 if grow is None else grow),
        ("flex-shrink", 1.0 if shrink is None else shrink),
        ("flex-basis", percent(0.0) if basis is None else basis),
    ]


def _place(names: tuple[str, str]) -> ShorthandParser:
    return _Place(names).parse


@final
class _Place:
    """place-content, place-items, place-self: values of one or two words each."""

    def __init__(self, names: tuple[str, str]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        first, second = self.names
        for cut in range(1, len(tokens) + 1):
            value = parse_longhand(first, tokens[:cut], context)
            if value is INVALID:
                continue
            if cut == len(tokens):
                other = parse_longhand(second, tokens, context)
                if other is INVALID and "content" in first:
                    other = Alignment(AlignKeyword.START)  # a baseline stands for start on the inline axis
            else:
                other = parse_longhand(second, tokens[cut:], context)
            if other is not INVALID:
                return [(first, value), (second, other)]
        return None


@final
class _GridLines:
    """grid-row, grid-column, grid-area."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        parts = split_slashes(tokens)
        if len(parts) > len(self.names):
            return None
        values: list[object] = []
        for part in parts:
            value = grid.grid_line(part, context)
            if value is INVALID:
                return None
            values.append(value)
        # A missing value is that of the opposite line where that is a name, else auto.
        while len(values) < len(self.names):
            source = 0 if len(values) < 3 else 1
            other = values[source]
            is_name = isinstance(other, GridLine) and other.name and not other.number and not other.is_span
            values.append(other if is_name else GridLine())
        return list(zip(self.names, values, strict=True))


def _grid_template(tokens: list[Token], context: ValueContext) -> Pairs | None:
    if keyword(tokens) == "none":
        return []
    parts = split_slashes(tokens)
    if len(parts) > 2:
        return None
    if not any(token.kind == TokenKind.STRING for token in parts[0]):
        if len(parts) != 2:
            return None
        rows = grid.track_list(parts[0], context)
        across = grid.track_list(parts[1], context)
        if rows is INVALID or across is INVALID:
            return None
        return [("grid-template-rows", rows), ("grid-template-columns", across)]
    strings: list[str] = []
    row_tokens: list[Token] = []
    needs_size = False
    auto = Token(TokenKind.IDENT, "auto", "auto")
    pending_names: list[Token] = []
    for token in parts[0]:
        if token.kind == TokenKind.STRING:
            if needs_size:
                row_tokens.append(auto)
            row_tokens.extend(pending_names)
            pending_names = []
            strings.append(token.text)
            needs_size = True
        elif token.kind == TokenKind.BRACKET:
            if needs_size:
                row_tokens.append(auto)
                needs_size = False
            if pending_names:
                merged = Token(TokenKind.BRACKET, "[", "[")
                merged.children = [*pending_names[0].children, *token.children]
                pending_names = [merged]
            else:
                pending_names.append(token)
        else:
            if not needs_size:
                return None
            row_tokens.append(token)
            needs_size = False
    if needs_size:
        row_tokens.append(auto)
    row_tokens.extend(pending_names)
    areas = grid.areas_of(strings)
    rows = grid.track_list(row_tokens, context)
    columns: object = NO_TRACKS if len(parts) == 1 else grid.track_list(parts[1], context)
    if areas is None or rows is INVALID or columns is INVALID:
        return None
    return [("grid-template-areas", areas), ("grid-template-rows", rows), ("grid-template-columns", columns)]


def _grid(tokens: list[Token], context: ValueContext) -> Pairs | None:
    parts = split_slashes(tokens)
    if len(parts) == 2:
        for index in (0, 1):
            words = [
                token for token in parts[index] if token.is_ident("auto-flow") or token.is_ident("dense")
            ]
            if not any(token.is_ident("auto-flow") for token in words):
                continue
            rest = [token for token in parts[index] if token not in words]
            sizes = grid.auto_tracks(rest, context) if rest else (AUTO_TRACK,)
            other = grid.track_list(parts[1 - index], context)
            if sizes is INVALID or other is INVALID:
                return None
            axis = "row" if index == 0 else "column"
            cross = "column" if index == 0 else "row"
            flow_tokens = [Token(TokenKind.IDENT, axis, axis)]
            flow_tokens += [token for token in words if token.is_ident("dense")]
            return [
                (f"grid-auto-{axis}s", sizes),
                (f"grid-template-{cross}s", other),
                ("grid-auto-flow", grid.grid_auto_flow(flow_tokens, context)),
            ]
    return _grid_template(tokens, context)


def _columns(tokens: list[Token], context: ValueContext) -> Pairs | None:
    rest = [token for token in tokens if not token.is_ident("auto")]
    if not tokens or len(tokens) > 2:
        return None
    pairs: Pairs = []
    for token in rest:
        for name in ("column-count", "column-width"):
            value = parse_longhand(name, [token], context)
            if value is not INVALID and all(pair[0] != name for pair in pairs):
                pairs.append((name, value))
                break
        else:
            return None
    return pairs


def _overflow(tokens: list[Token], context: ValueContext) -> Pairs | None:
    return _Two(("overflow-x", "overflow-y")).parse(tokens, context)


def _border_spacing(tokens: list[Token], context: ValueContext) -> Pairs | None:
    return _Two(("-webkit-border-horizontal-spacing", "-webkit-border-vertical-spacing")).parse(
        tokens, context
    )


def _container(tokens: list[Token], context: ValueContext) -> Pairs | None:
    parts = split_slashes(tokens)
    name = parse_longhand("container-name", parts[0], context)
    if name is INVALID or len(parts) > 2:
        return None
    pairs: Pairs = [("container-name", name)]
    if len(parts) == 2:
        kind = parse_longhand("container-type", parts[1], context)
        if kind is INVALID:
            return None
        pairs.append(("container-type", kind))
    return pairs


def _contain_intrinsic_size(tokens: list[Token], context: ValueContext) -> Pairs | None:
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and groups[-1][-1].is_ident("auto"):
            groups[-1].append(token)
        else:
            groups.append([token])
    if not 1 <= len(groups) <= 2:
        return None
    values = [parse_longhand("contain-intrinsic-width", group, context) for group in groups]
    if INVALID in values:
        return None
    return [("contain-intrinsic-width", values[0]), ("contain-intrinsic-height", values[-1])]


def _word_wrap_like(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """text-wrap."""
    return _AnyOrder(("text-wrap-mode", "text-wrap-style")).parse(tokens, context)


def _text_stroke(tokens: list[Token], context: ValueContext) -> Pairs | None:
    return _AnyOrder(("-webkit-text-stroke-width", "-webkit-text-stroke-color")).parse(tokens, context)


def _marker(tokens: list[Token], context: ValueContext) -> Pairs | None:
    value = text.svg(tokens, context)
    return None if value is INVALID else [(f"marker-{part}", value) for part in ("start", "mid", "end")]


_FLOW_SIDES: Final = ("block-start", "block-end", "inline-start", "inline-end")


def _table() -> dict[str, Shorthand]:
    table: dict[str, Shorthand] = {}

    def add(name: str, longhands: tuple[str, ...], parse: ShorthandParser) -> None:
        table[name] = Shorthand(longhands, parse)

    for name, pattern in (
        ("margin", "margin-{}"),
        ("padding", "padding-{}"),
        ("inset", "{}"),
        ("border-width", "border-{}-width"),
        ("border-style", "border-{}-style"),
        ("border-color", "border-{}-color"),
    ):
        names = tuple(pattern.format(side) for side in _SIDES)
        add(name, names, _Four(names).parse)
        for axis in ("block", "inline"):
            base = name if not name.startswith("border") else ""
            if base:
                pair = tuple(f"{base}-{axis}-{end}" for end in ("start", "end"))
                add(f"{base}-{axis}", pair, _Two(pair).parse)
            else:
                part = name.removeprefix("border-")
                pair = tuple(f"border-{axis}-{end}-{part}" for end in ("start", "end"))
                add(f"border-{axis}-{part}", pair, _Two(pair).parse)
    for side in (*_SIDES, *_FLOW_SIDES):
        names = tuple(f"border-{side}-{part}" for part in _BORDER_PARTS)
        add(f"border-{side}", names, _AnyOrder(names).parse)
    for axis in ("block", "inline"):
        names = tuple(f"border-{axis}-start-{part}" for part in _BORDER_PARTS)
        spread = tuple((f"border-{axis}-start-{part}", f"border-{axis}-end-{part}") for part in _BORDER_PARTS)
        add(
            f"border-{axis}",
            tuple(name for group in spread for name in group),
            _AnyOrder(names, spread).parse,
        )
    border = tuple(name for group in _BORDER_SPREAD for name in group)
    add("border", (*border, *_BORDER_IMAGE), _border)
    add("border-radius", _CORNERS, _border_radius)
    add("border-image", _BORDER_IMAGE, _border_image)
    add("border-image-slice", ("border-image-slice", "-webkit-border-image-fill"), _border_image_slice)
    add(
        "outline",
        ("outline-color", "outline-style", "outline-width"),
        _AnyOrder(("outline-style", "outline-width", "outline-color")).parse,
    )
    add(
        "background",
        (
            "background-color", "background-image", "background-position-x", "background-position-y",
            "background-size", "background-repeat", "background-attachment", "background-origin", "background-clip",
        ),
        _background,
    )  # fmt: skip
    add(
        "background-position",
        ("background-position-x", "background-position-y"),
        _PositionShorthand("background-position-x", "background-position-y").parse,
    )
    add(
        "mask-position",
        ("-webkit-mask-position-x", "-webkit-mask-position-y"),
        _PositionShorthand("-webkit-mask-position-x", "-webkit-mask-position-y").parse,
    )
    add(
        "mask",
        (
            "mask-image", "-webkit-mask-position-x", "-webkit-mask-position-y", "mask-size", "mask-repeat",
            "mask-origin", "mask-clip", "mask-mode", "mask-composite",
        ),
        _mask,
    )  # fmt: skip
    add("transform-origin", ("transform-origin", "-webkit-transform-origin-z"), _transform_origin)
    add("font", _FONT, _font)
    add(
        "font-variant",
        tuple(
            f"font-variant-{part}"
            for part in ("ligatures", "caps", "alternates", "numeric", "east-asian", "position", "emoji")
        ),
        _font_variant,
    )
    add(
        "font-synthesis",
        tuple(f"font-synthesis-{part}" for part in ("weight", "style", "small-caps")),
        _font_synthesis,
    )
    add("white-space", ("white-space-collapse", "text-wrap-mode"), _white_space)
    add("text-wrap", ("text-wrap-mode", "text-wrap-style"), _word_wrap_like)
    add(
        "text-decoration",
        (
            "text-decoration-line",
            "text-decoration-style",
            "text-decoration-color",
            "text-decoration-thickness",
        ),
        _text_decoration,
    )
    add("text-emphasis", ("text-emphasis-style", "text-emphasis-color"), _text_emphasis)
    add("-webkit-text-stroke", ("-webkit-text-stroke-width", "-webkit-text-stroke-color"), _text_stroke)
    add("list-style", ("list-style-position", "list-style-image", "list-style-type"), _list_style)
    add("flex", ("flex-grow", "flex-shrink", "flex-basis"), _flex)
    add("flex-flow", ("flex-direction", "flex-wrap"), _AnyOrder(("flex-direction", "flex-wrap")).parse)
    add("gap", ("row-gap", "column-gap"), _Two(("row-gap", "column-gap")).parse)
    add("overflow", ("overflow-x", "overflow-y"), _overflow)
    add(
        "border-spacing",
        ("-webkit-border-horizontal-spacing", "-webkit-border-vertical-spacing"),
        _border_spacing,
    )
    add("place-content", ("align-content", "justify-content"), _place(("align-content", "justify-content")))
    add("place-items", ("align-items", "justify-items"), _place(("align-items", "justify-items")))
    add("place-self", ("align-self", "justify-self"), _place(("align-self", "justify-self")))
    add("grid-row", ("grid-row-start", "grid-row-end"), _GridLines(("grid-row-start", "grid-row-end")).parse)
    add(
        "grid-column",
        ("grid-column-start", "grid-column-end"),
        _GridLines(("grid-column-start", "grid-column-end")).parse,
    )
    area = ("grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end")
    add("grid-area", area, _GridLines(area).parse)
    template = ("grid-template-rows", "grid-template-columns", "grid-template-areas")
    add("grid-template", template, _grid_template)
    add("grid", (*template, "grid-auto-rows", "grid-auto-columns", "grid-auto-flow"), _grid)
    add("columns", ("column-count", "column-width"), _columns)
    add(
        "column-rule",
        ("column-rule-width", "column-rule-style", "column-rule-color"),
        _AnyOrder(("column-rule-width", "column-rule-style", "column-rule-color")).parse,
    )
    add("container", ("container-name", "container-type"), _container)
    add(
        "contain-intrinsic-size",
        ("contain-intrinsic-width", "contain-intrinsic-height"),
        _contain_intrinsic_size,
    )
    add("marker", ("marker-start", "marker-mid", "marker-end"), _marker)
    return table


SHORTHANDS: Final[dict[str, Shorthand]] = _table()

IGNORED: Final = frozenset(
    (
        "animation animation-composition animation-delay animation-direction animation-duration animation-fill-mode "
        "animation-iteration-count animation-name animation-play-state animation-range animation-range-end "
        "animation-range-start animation-timeline animation-timing-function anchor-name anchor-scope "
        "color-adjust dynamic-range-limit font-palette forced-color-adjust hyphenate-limit-chars initial-letter "
        "offset offset-anchor offset-distance offset-path offset-position offset-rotate object-view-box "
        "overflow-anchor overlay overscroll-behavior overscroll-behavior-block overscroll-behavior-inline "
        "overscroll-behavior-x overscroll-behavior-y page position-anchor position-area position-try "
        "position-try-fallbacks position-try-order position-visibility print-color-adjust reading-flow reading-order "
        "scroll-behavior scroll-initial-target scroll-margin scroll-margin-block scroll-margin-block-end "
        "scroll-margin-block-start scroll-margin-bottom scroll-margin-inline scroll-margin-inline-end "
        "scroll-margin-inline-start scroll-margin-left scroll-margin-right scroll-margin-top scroll-marker-group "
        "scroll-padding scroll-padding-block scroll-padding-block-end scroll-padding-block-start "
        "scroll-padding-bottom scroll-padding-inline scroll-padding-inline-end scroll-padding-inline-start "
        "scroll-padding-left scroll-padding-right scroll-padding-top scroll-snap-align scroll-snap-stop "
        "scroll-snap-type scroll-timeline scroll-timeline-axis scroll-timeline-name scrollbar-color "
        "scrollbar-gutter scrollbar-width size speak text-autospace text-box text-box-edge text-box-trim "
        "text-size-adjust text-spacing text-spacing-trim timeline-scope touch-action transition "
        "transition-behavior transition-delay transition-duration transition-property transition-timing-function "
        "user-select vector-effect view-timeline view-timeline-axis view-timeline-inset view-timeline-name "
        "view-transition-class view-transition-name zoom app-region baseline-shift buffered-rendering color-rendering "
        "cx cy d r rx ry x y math-depth math-shift ruby-overhang "
        "-webkit-tap-highlight-color -webkit-font-smoothing -webkit-user-drag -webkit-user-modify "
        "-webkit-locale -webkit-rtl-ordering -webkit-box-align -webkit-box-flex -webkit-box-ordinal-group "
        "-webkit-box-pack -webkit-box-reflect -webkit-line-break -webkit-mask-box-image -webkit-mask-box-image-outset "
        "-webkit-mask-box-image-repeat -webkit-mask-box-image-slice -webkit-mask-box-image-source "
        "-webkit-mask-box-image-width -webkit-print-color-adjust -webkit-ruby-position -webkit-text-decorations-in-effect "
        "-webkit-text-security -webkit-app-region -webkit-text-size-adjust"
    ).split()
)
"""Properties that Chromium knows and that nothing here reads yet: accepted (also by @supports), not parsed."""

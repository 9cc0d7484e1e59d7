"""What several families of value parsers share: keywords, lengths, colours, positions, lists."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Final, final

from ..colors import parse_color
from ..deferred import Deferred, build, make_tuple
from ..keywords import CSS_NAMES, ENUMS
from ..numeric import parse_length, parse_px
from ..tokens import Token, TokenKind, split_commas
from ..value_context import ValueContext
from ..values import (
    AUTO,
    CONTENT,
    FIT_CONTENT,
    FULL,
    HALF,
    MAX_CONTENT,
    MIN_CONTENT,
    NONE,
    NORMAL,
    STRETCH,
    ZERO_PERCENT,
    Color,
    Length,
    LengthKind,
    Position,
)


@final
class Invalid:
    """The type of INVALID."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "INVALID"


INVALID: Final = Invalid()
"""What a parser gives for a value that is not one. (None is a value: `none`, `auto`.)"""

Parser = Callable[[list[Token], ValueContext], object]

KEYWORDS_OF: Final[dict[str, dict[str, IntEnum]]] = {
    name: {word: ENUMS[name](value) for value, word in enumerate(words)} for name, words in CSS_NAMES.items()
}
"""For each enum its members by CSS keyword."""


_SIZES: Final[dict[str, Length]] = {
    "min-content": MIN_CONTENT,
    "max-content": MAX_CONTENT,
    "fit-content": FIT_CONTENT,
    "stretch": STRETCH,
    "-webkit-fill-available": STRETCH,
    "-webkit-min-content": MIN_CONTENT,
    "-webkit-max-content": MAX_CONTENT,
    "-webkit-fit-content": FIT_CONTENT,
    "-moz-min-content": MIN_CONTENT,
    "-moz-max-content": MAX_CONTENT,
    "intrinsic": MAX_CONTENT,
    "min-intrinsic": MIN_CONTENT,
}


def length_percentage(
    tokens: list[Token], context: ValueContext, *, negative: bool, keywords: dict[str, Length]
) -> object:
    """One <length-percentage> or keyword."""
    if len(tokens) != 1:
        return INVALID
    token = tokens[0]
    if token.kind == TokenKind.IDENT:
        return keywords.get(token.lower, INVALID)
    value = parse_length(token, percentages=True, negative=negative, unitless=context.is_quirks)
    return INVALID if value is None else value


_AUTO: Final = {"auto": AUTO}
_NORMAL: Final = {"normal": NORMAL}
_NO_KEYWORDS: Final[dict[str, Length]] = {}


def size(tokens: list[Token], context: ValueContext) -> object:
    """width, height, min-*."""
    return _size(tokens, context, {**_SIZES, "auto": AUTO})


def max_size(tokens: list[Token], context: ValueContext) -> object:
    """max-*."""
    return _size(tokens, context, {**_SIZES, "none": NONE})


def flex_basis(tokens: list[Token], context: ValueContext) -> object:
    """flex-basis."""
    plain = ValueContext(context.base_url, False)
    return _size(tokens, plain, {**_SIZES, "auto": AUTO, "content": CONTENT})


def _size(tokens: list[Token], context: ValueContext, keywords: dict[str, Length]) -> object:
    # NOTE: no browser takes fit-content(200px) here, as it is in the specification.
    return length_percentage(tokens, context, negative=False, keywords=keywords)


def inset(tokens: list[Token], context: ValueContext) -> object:
    """top, right, bottom, left, margins."""
    return length_percentage(tokens, context, negative=True, keywords=_AUTO)


def padding(tokens: list[Token], context: ValueContext) -> object:
    """Paddings, shape-margin."""
    return length_percentage(tokens, context, negative=False, keywords=_NO_KEYWORDS)


def gap(tokens: list[Token], context: ValueContext) -> object:
    """row-gap, column-gap."""
    return length_percentage(tokens, ValueContext(context.base_url), negative=False, keywords=_NORMAL)


def scroll_padding(tokens: list[Token], context: ValueContext) -> object:
    """scroll-padding-*."""
    return length_percentage(tokens, ValueContext(context.base_url), negative=False, keywords=_AUTO)


def length_px(tokens: list[Token], context: ValueContext) -> object:
    """A <length> as a float."""
    value = parse_px(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else value


_WIDTHS: Final = {"thin": 1.0, "medium": 3.0, "thick": 5.0}


def border_width(tokens: list[Token], context: ValueContext) -> object:
    """A line's width as a float, before it is snapped."""
    if len(tokens) != 1:
        return INVALID
    if tokens[0].kind == TokenKind.IDENT:
        return _WIDTHS.get(tokens[0].lower, INVALID)
    value = parse_px(tokens[0], negative=False, unitless=context.is_quirks)
    return INVALID if value is None else value


def color(tokens: list[Token], context: ValueContext) -> object:
    """A colour; in quirks mode also hexadecimal digits without the mark."""
    if len(tokens) != 1:
        return INVALID
    value = parse_color(tokens[0])
    if value is None and context.is_quirks:
        value = _quirky_color(tokens[0])
    return INVALID if value is None else value


def _quirky_color(token: Token) -> Color | Deferred | None:
    """https://quirks.spec.whatwg.org/#the-hashless-hex-color-quirk"""
    if token.kind == TokenKind.NUMBER and token.is_integer and token.text.isdigit():
        digits = token.text.zfill(6)
    elif token.kind == TokenKind.DIMENSION and token.is_integer and token.value >= 0:
        digits = f"{int(token.value)}{token.text}".zfill(6)
    elif token.kind == TokenKind.IDENT:
        digits = token.text
    else:
        return None
    if len(digits) not in (3, 6):
        return None
    return parse_color(Token(TokenKind.HASH, digits, digits.lower()))


def color_or_auto(tokens: list[Token], context: ValueContext) -> object:
    """None for auto."""
    if len(tokens) == 1 and tokens[0].is_ident("auto"):
        return None
    return color(tokens, context)


_X: Final = {"left": ZERO_PERCENT, "right": FULL}
_Y: Final = {"top": ZERO_PERCENT, "bottom": FULL}


def _from_end(length: Length) -> Length:
    """100% - length."""
    if length.kind == LengthKind.PERCENT:
        return Length(LengthKind.PERCENT, 0.0, 100.0 - length.percent)
    return Length(LengthKind.CALC, -length.px, 100.0 - length.percent)


def parse_position(tokens: list[Token], *, three_values: bool = False) -> tuple[object, object] | None:
    """A <position>: the x and y offsets. `three_values`: background-position's old form is allowed."""
    count = len(tokens)
    if count == 0 or count > 4 or (count == 3 and not three_values):
        return None
    if count <= 2:
        return _short_position(tokens)
    # Edges with offsets: right 10px bottom 20px; with three values one offset is missing.
    x: object = None
    y: object = None
    index = 0
    while index < count:
        token = tokens[index]
        if token.kind != TokenKind.IDENT:
            return None
        name = token.lower
        index += 1
        offset: object = None
        if index < count and tokens[index].kind != TokenKind.IDENT:
            offset = parse_length(tokens[index], percentages=True)
            index += 1
            if offset is None:
                return None
        elif count == 4:
            return None
        if name == "center":
            if offset is not None:
                return None
            if x is None and (index < count or y is not None):
                # Which axis is meant shows by the other keyword.
                others = [
                    one.lower for one in tokens if one.kind == TokenKind.IDENT and one.lower != "center"
                ]
                if any(one in _X for one in others):
                    y = HALF
                else:
                    x = HALF
            elif y is None:
                y = HALF
            else:
                return None
        elif name in _X:
            if x is not None:
                return None
            x = (offset if name == "left" else build(_from_end, offset)) if offset is not None else _X[name]
        elif name in _Y:
            if y is not None:
                return None
            y = (offset if name == "top" else build(_from_end, offset)) if offset is not None else _Y[name]
        else:
            return None
    if x is None or y is None:
        return None
    return x, y


def _short_position(tokens: list[Token]) -> tuple[object, object] | None:
    first = tokens[0]
    second = tokens[1] if len(tokens) == 2 else None
    if second is not None and (
        (first.kind == TokenKind.IDENT and first.lower in _Y)
        or (second.kind == TokenKind.IDENT and second.lower in _X)
    ):
        # Only two keywords may stand the other way round.
        if first.kind != TokenKind.IDENT or second.kind != TokenKind.IDENT:
            return None
        first, second = second, first
    if second is None and first.kind == TokenKind.IDENT and first.lower in _Y:
        return HALF, _Y[first.lower]
    x = _side_or_length(first, _X)
    y = HALF if second is None else _side_or_length(second, _Y)
    return None if x is None or y is None else (x, y)


def _side_or_length(token: Token, sides: dict[str, Length]) -> object | None:
    if token.kind == TokenKind.IDENT:
        return HALF if token.lower == "center" else sides.get(token.lower)
    return parse_length(token, percentages=True)


def position(tokens: list[Token], context: ValueContext) -> object:
    """object-position, perspective-origin."""
    pair = parse_position(tokens)
    return INVALID if pair is None else build(Position, pair[0], pair[1])


def comma_list(tokens: list[Token], context: ValueContext, parse: Parser) -> object:
    """A comma-separated list of what `parse` takes."""
    values: list[object] = []
    for part in split_commas(tokens):
        value = parse(part, context) if part else INVALID
        if value is INVALID:
            return INVALID
        values.append(value)
    return make_tuple(values)

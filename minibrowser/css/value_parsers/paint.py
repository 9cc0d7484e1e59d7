"""Values of backgrounds, borders, masks and decorations."""

from __future__ import annotations

from typing import Final

from ..deferred import build, make_tuple
from ..images import parse_image
from ..keywords import BackgroundRepeat, BorderImageRepeat
from ..numeric import parse_length, parse_number, parse_percentage
from ..tokens import Token, TokenKind, keyword, split_commas
from ..value_context import ValueContext
from ..values import (
    AUTO,
    FULL,
    HALF,
    ZERO_PERCENT,
    BackgroundSize,
    CornerRadius,
    GeometryBox,
    Length,
    LengthKind,
    percent,
)
from .common import INVALID, KEYWORDS_OF, Parser, comma_list
from .text import words_of


def _image(tokens: list[Token], context: ValueContext) -> object:
    if len(tokens) != 1:
        return INVALID
    if tokens[0].is_ident("none"):
        return None
    value = parse_image(tokens[0], context)
    return INVALID if value is None else value


def images(tokens: list[Token], context: ValueContext) -> object:
    """background-image, mask-image."""
    return comma_list(tokens, context, _image)


_AXIS: Final = {"left": ZERO_PERCENT, "top": ZERO_PERCENT, "center": HALF, "right": FULL, "bottom": FULL}


def _axis_position(tokens: list[Token], context: ValueContext) -> object:
    token = tokens[0]
    if len(tokens) == 2 and token.kind == TokenKind.IDENT and token.lower in _AXIS:
        offset = parse_length(tokens[1], percentages=True)
        if offset is None:
            return INVALID
        return offset if token.lower in ("left", "top") else build(_far, offset)
    if len(tokens) != 1:
        return INVALID
    if token.kind == TokenKind.IDENT:
        return _AXIS.get(token.lower, INVALID)
    value = parse_length(token, percentages=True, unitless=context.is_quirks)
    return INVALID if value is None else value


def _far(offset: Length) -> Length:
    return Length(LengthKind.CALC, -offset.px, 100.0 - offset.percent)


def positions(tokens: list[Token], context: ValueContext) -> object:
    """One axis of background-position."""
    return comma_list(tokens, context, _axis_position)


def one_size(tokens: list[Token], context: ValueContext) -> object:
    """One of background-size."""
    name = keyword(tokens)
    if name == "cover":
        return BackgroundSize(cover=True)
    if name == "contain":
        return BackgroundSize(contain=True)
    lengths: list[object] = []
    for token in tokens:
        length = AUTO if token.is_ident("auto") else parse_length(token, percentages=True, negative=False)
        if length is None:
            return INVALID
        lengths.append(length)
    if not 1 <= len(lengths) <= 2:
        return INVALID
    return build(BackgroundSize, lengths[0], lengths[1] if len(lengths) == 2 else AUTO)


def background_size(tokens: list[Token], context: ValueContext) -> object:
    """background-size, mask-size."""
    return comma_list(tokens, context, one_size)


_REPEATS: Final = {
    "repeat": BackgroundRepeat.REPEAT,
    "no-repeat": BackgroundRepeat.NO_REPEAT,
    "space": BackgroundRepeat.SPACE,
    "round": BackgroundRepeat.ROUND,
}


def one_repeat(tokens: list[Token], context: ValueContext) -> object:
    """One of background-repeat, as a pair."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if len(words) != len(tokens) or not 1 <= len(words) <= 2:
        return INVALID
    if words == ["repeat-x"]:
        return (BackgroundRepeat.REPEAT, BackgroundRepeat.NO_REPEAT)
    if words == ["repeat-y"]:
        return (BackgroundRepeat.NO_REPEAT, BackgroundRepeat.REPEAT)
    x = _REPEATS.get(words[0])
    y = _REPEATS.get(words[-1])
    return INVALID if x is None or y is None else (x, y)


def background_repeat(tokens: list[Token], context: ValueContext) -> object:
    """background-repeat, mask-repeat."""
    return comma_list(tokens, context, one_repeat)


def _keyword_list(enum: str, tokens: list[Token]) -> object:
    values: list[object] = []
    for part in split_commas(tokens):
        value = KEYWORDS_OF[enum].get(keyword(part))
        if value is None:
            return INVALID
        values.append(value)
    return tuple(values)


def background_attachment(tokens: list[Token], context: ValueContext) -> object:
    """background-attachment."""
    return _keyword_list("BackgroundAttachment", tokens)


def blend_modes(tokens: list[Token], context: ValueContext) -> object:
    """background-blend-mode."""
    return _keyword_list("BlendMode", tokens)


def mask_mode(tokens: list[Token], context: ValueContext) -> object:
    """mask-mode."""
    return _keyword_list("MaskMode", tokens)


_OLD_COMPOSITES: Final = {
    "source-over": "add",
    "source-in": "intersect",
    "source-out": "subtract",
    "xor": "exclude",
}


def mask_composite(tokens: list[Token], context: ValueContext) -> object:
    """mask-composite, and the keywords of -webkit-mask-composite."""
    values: list[object] = []
    for part in split_commas(tokens):
        name = keyword(part)
        value = KEYWORDS_OF["MaskComposite"].get(_OLD_COMPOSITES.get(name, name))
        if value is None:
            return INVALID
        values.append(value)
    return tuple(values)


BOXES: Final = {
    "border-box": GeometryBox.BORDER_BOX,
    "padding-box": GeometryBox.PADDING_BOX,
    "content-box": GeometryBox.CONTENT_BOX,
    "margin-box": GeometryBox.MARGIN_BOX,
    "fill-box": GeometryBox.FILL_BOX,
    "stroke-box": GeometryBox.STROKE_BOX,
    "view-box": GeometryBox.VIEW_BOX,
    "text": GeometryBox.TEXT,
    "-webkit-text": GeometryBox.TEXT,
    "no-clip": GeometryBox.NO_CLIP,
    "border": GeometryBox.BORDER_BOX,
    "padding": GeometryBox.PADDING_BOX,
    "content": GeometryBox.CONTENT_BOX,
}


def background_box(tokens: list[Token], context: ValueContext) -> object:
    """background-origin, background-clip and those of masks."""
    values: list[object] = []
    for part in split_commas(tokens):
        name = keyword(part)
        value = BOXES.get(name)
        if len(part) == 2 and {part[0].lower, part[1].lower} & {"text"}:
            # `border-area text` and the like: the text is what shows.
            value = GeometryBox.TEXT
        if value is None:
            return INVALID
        values.append(value)
    return tuple(values)


def corner_radius(tokens: list[Token], context: ValueContext) -> object:
    """One corner."""
    lengths: list[object] = []
    for token in tokens:
        length = parse_length(token, percentages=True, negative=False)
        if length is None:
            return INVALID
        lengths.append(length)
    if not 1 <= len(lengths) <= 2:
        return INVALID
    return build(CornerRadius, lengths[0], lengths[-1])


def four(values: list[object]) -> object:
    """One to four values spread over the sides."""
    count = len(values)
    if not 1 <= count <= 4:
        return INVALID
    top = values[0]
    right = values[1] if count > 1 else top
    bottom = values[2] if count > 2 else top
    left = values[3] if count > 3 else right
    return make_tuple([top, right, bottom, left])


def border_image_slice(tokens: list[Token], context: ValueContext) -> object:
    """border-image-slice without `fill`, which is a property of its own here."""
    values: list[object] = []
    for token in tokens:
        number = parse_number(token, 0.0)
        if number is not None:
            values.append(Length(LengthKind.NUMBER, number))
            continue
        percentage = parse_percentage(token)
        if percentage is None or percentage < 0.0:
            return INVALID
        values.append(percent(percentage))
    return four(values)


def border_image_width(tokens: list[Token], context: ValueContext) -> object:
    """border-image-width."""
    values: list[object] = []
    for token in tokens:
        if token.is_ident("auto"):
            values.append(AUTO)
            continue
        number = parse_number(token, 0.0)
        if number is not None:
            values.append(Length(LengthKind.NUMBER, number))
            continue
        length = parse_length(token, percentages=True, negative=False)
        if length is None:
            return INVALID
        values.append(length)
    return four(values)


def border_image_outset(tokens: list[Token], context: ValueContext) -> object:
    """border-image-outset."""
    values: list[object] = []
    for token in tokens:
        number = parse_number(token, 0.0)
        if number is not None:
            values.append(Length(LengthKind.NUMBER, number))
            continue
        length = parse_length(token, negative=False)
        if length is None:
            return INVALID
        values.append(length)
    return four(values)


def border_image_repeat(tokens: list[Token], context: ValueContext) -> object:
    """border-image-repeat as a pair."""
    members: list[BorderImageRepeat] = []
    for token in tokens:
        if token.kind != TokenKind.IDENT or token.lower not in KEYWORDS_OF["BorderImageRepeat"]:
            return INVALID
        members.append(BorderImageRepeat(KEYWORDS_OF["BorderImageRepeat"][token.lower]))
    return (members[0], members[-1]) if 1 <= len(members) <= 2 else INVALID


def text_decoration_line(tokens: list[Token], context: ValueContext) -> object:
    """text-decoration-line; () for none."""
    name = keyword(tokens)
    if name in ("spelling-error", "grammar-error"):
        return (name,)
    return words_of(tokens, (("underline",), ("overline",), ("line-through",), ("blink",)), "none")


def text_decoration_thickness(tokens: list[Token], context: ValueContext) -> object:
    """AUTO, NORMAL for from-font, a length or a percentage of 1em."""
    name = keyword(tokens)
    if name == "auto":
        return AUTO
    if name == "from-font":
        return Length(LengthKind.NORMAL)
    value = parse_length(tokens[0], percentages=True) if len(tokens) == 1 else None
    return INVALID if value is None else value


def will_change(tokens: list[Token], context: ValueContext) -> object:
    """will-change; () for auto."""
    if keyword(tokens) == "auto":
        return ()
    names: list[str] = []
    for part in split_commas(tokens):
        name = keyword(part)
        if not name or name in ("none", "all", "auto", "will-change"):
            return INVALID
        names.append(name)
    return tuple(names)


PARSERS: Final[dict[str, Parser]] = {
    "images": images,
    "positions": positions,
    "background-size": background_size,
    "background-repeat": background_repeat,
    "background-attachment": background_attachment,
    "blend-modes": blend_modes,
    "mask-mode": mask_mode,
    "mask-composite": mask_composite,
    "background-box": background_box,
    "corner-radius": corner_radius,
    "border-image-slice": border_image_slice,
    "border-image-width": border_image_width,
    "border-image-outset": border_image_outset,
    "border-image-repeat": border_image_repeat,
    "text-decoration-line": text_decoration_line,
    "text-decoration-thickness": text_decoration_thickness,
    "will-change": will_change,
}

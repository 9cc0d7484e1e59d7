"""Media queries (https://drafts.csswg.org/mediaqueries-5/): a text and a context give yes or no."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, final

from .. import limits
from .calc import MATH_FUNCTIONS, CalcType, parse_math
from .computed_style import INITIAL_INHERITED
from .deferred import ComputeContext, EstimatedMetrics
from .ranges import FALSE, TRUE, UNKNOWN, parse_range
from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas
from .units import ABSOLUTE_LENGTHS, RELATIVE_LENGTHS, RESOLUTIONS
from .values import Length


@final
class MediaContext:
    """What media queries are asked about.

    Attributes:
        width, height: the viewport in CSS px.
        device_pixel_ratio: device px for each CSS px.
        color_scheme: "light" or "dark".
        media_type: "screen" or "print".
        reduced_motion: whether the user wants less motion.
    """

    __slots__ = ("color_scheme", "device_pixel_ratio", "height", "media_type", "reduced_motion", "width")

    def __init__(
        self,
        width: float = 1280.0,
        height: float = 800.0,
        *,
        device_pixel_ratio: float = 1.0,
        color_scheme: str = "light",
        media_type: str = "screen",
        reduced_motion: bool = False,
    ) -> None:
        self.width: Final = float(width)
        self.height: Final = float(height)
        self.device_pixel_ratio: Final = float(device_pixel_ratio)
        self.color_scheme: Final = color_scheme
        self.media_type: Final = media_type
        self.reduced_motion: Final = reduced_motion

    def resized(self, width: float, height: float) -> MediaContext:
        """The same for another viewport: a frame's."""
        return MediaContext(
            width,
            height,
            device_pixel_ratio=self.device_pixel_ratio,
            color_scheme=self.color_scheme,
            media_type=self.media_type,
            reduced_motion=self.reduced_motion,
        )


def media_matches(text: str, context: MediaContext) -> bool:
    """Whether a media query list matches; "" does. An invalid query is `not all`, the others go on."""
    if not text or text == "all" or text == "screen":
        return text != "screen" or context.media_type == "screen"
    return any(_query_matches(query, context) for query in parse_queries(text))


@lru_cache(maxsize=2_000)
def parse_queries(text: str) -> list[list[Token]]:
    """The queries of a list as tokens; none where the text is empty."""
    tokens = tokenize(text)
    if not tokens:
        return [[]]
    return split_commas(tokens)


def _query_matches(tokens: list[Token], context: MediaContext) -> bool:
    if not tokens:
        # An empty list matches; an empty query among others is invalid, which is rare enough to let pass.
        return True
    index = 0
    negated = False
    first = tokens[0]
    if first.kind == TokenKind.IDENT and first.lower in ("not", "only"):
        if len(tokens) < 2:
            return False
        if tokens[1].kind == TokenKind.IDENT:
            negated = first.lower == "not"
            index = 1
    token = tokens[index]
    if token.kind != TokenKind.IDENT or token.lower == "not":
        return _condition(tokens, context, 0, True) == TRUE
    name = token.lower
    if name in ("and", "or", "layer", "only"):
        return False
    result = TRUE if name == "all" or name == context.media_type else FALSE
    rest = tokens[index + 1 :]
    if rest:
        if not rest[0].is_ident("and") or len(rest) < 2:
            return False
        condition = _condition(rest[1:], context, 0, False)
        if condition == INVALID_QUERY:
            return False
        result = FALSE if result == FALSE or condition == FALSE else condition
    if negated:
        return result == FALSE
    return result == TRUE


INVALID_QUERY: Final = -2


def _condition(tokens: list[Token], context: MediaContext, depth: int, allows_or: bool) -> int:
    """TRUE, FALSE, UNKNOWN, or INVALID_QUERY."""
    if depth > limits.MAX_NESTING or not tokens:
        return INVALID_QUERY
    if tokens[0].is_ident("not"):
        if len(tokens) != 2:
            return INVALID_QUERY
        value = _in_parens(tokens[1], context, depth)
        return value if value < 0 else 1 - value
    result = _in_parens(tokens[0], context, depth)
    operator = ""
    index = 1
    while index < len(tokens):
        word = tokens[index].lower if tokens[index].kind == TokenKind.IDENT else ""
        if word not in ("and", "or") or (operator and word != operator) or index + 1 >= len(tokens):
            return INVALID_QUERY
        if word == "or" and not allows_or:
            return INVALID_QUERY
        operator = word
        other = _in_parens(tokens[index + 1], context, depth)
        if result == INVALID_QUERY or other == INVALID_QUERY:
            return INVALID_QUERY
        if operator == "and":
            result = FALSE if FALSE in (result, other) else min(result, other)
        else:
            result = TRUE if TRUE in (result, other) else min(result, other)
        index += 2
    return result


def _in_parens(token: Token, context: MediaContext, depth: int) -> int:
    if token.kind == TokenKind.FUNCTION:
        return UNKNOWN
    if token.kind != TokenKind.PAREN:
        return INVALID_QUERY
    children = token.children
    if not children:
        return UNKNOWN
    if children[0].kind in (TokenKind.PAREN, TokenKind.FUNCTION) and not _has_comparison(children):
        value = _condition(children, context, depth + 1, True)
        return UNKNOWN if value == INVALID_QUERY else value
    if children[0].is_ident("not") and len(children) > 1:
        value = _condition(children, context, depth + 1, True)
        return UNKNOWN if value == INVALID_QUERY else value
    return _feature(children, context)


def _has_comparison(tokens: list[Token]) -> bool:
    return any(token.kind == TokenKind.DELIM and token.text in "<>=" for token in tokens)


def _feature(tokens: list[Token], context: MediaContext) -> int:
    first = tokens[0]
    if len(tokens) == 1:
        return _boolean(first.lower, context) if first.kind == TokenKind.IDENT else UNKNOWN
    if first.kind == TokenKind.IDENT and tokens[1].is_delim(":"):
        return _plain(first.lower, tokens[2:], context)
    return _range(tokens, context)


_LENGTHS: Final = ("width", "height", "device-width", "device-height")


def _number_of(name: str, context: MediaContext) -> float | None:
    """The value of a range feature."""
    if name in ("width", "device-width"):
        return context.width
    if name in ("height", "device-height"):
        return context.height
    if name in ("aspect-ratio", "device-aspect-ratio"):
        return context.width / context.height if context.height else 0.0
    if name in ("resolution", "-webkit-device-pixel-ratio"):
        return context.device_pixel_ratio
    if name == "color":
        return 8.0
    if name in ("color-index", "monochrome"):
        return 0.0
    if name in ("horizontal-viewport-segments", "vertical-viewport-segments"):
        return 1.0
    return None


def _keyword_of(name: str, context: MediaContext) -> str:
    """The value of a discrete feature, "" for an unknown one."""
    if name == "orientation":
        return "portrait" if context.height >= context.width else "landscape"
    if name == "prefers-color-scheme":
        return context.color_scheme
    if name == "prefers-reduced-motion":
        return "reduce" if context.reduced_motion else "no-preference"
    return _KEYWORDS.get(name, "")


_KEYWORDS: Final = {
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "update": "fast",
    "overflow-block": "scroll",
    "overflow-inline": "scroll",
    "scan": "progressive",
    "display-mode": "browser",
    "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference",
    "prefers-reduced-data": "no-preference",
    "forced-colors": "none",
    "color-gamut": "srgb",
    "video-color-gamut": "srgb",
    "dynamic-range": "standard",
    "video-dynamic-range": "standard",
    "scripting": "enabled",
    "environment-blending": "opaque",
    "nav-controls": "none",
    "device-posture": "continuous",
}
_VALUES: Final = {
    "orientation": ("portrait", "landscape"),
    "prefers-color-scheme": ("light", "dark"),
    "prefers-reduced-motion": ("reduce", "no-preference"),
    "hover": ("none", "hover"),
    "any-hover": ("none", "hover"),
    "pointer": ("none", "coarse", "fine"),
    "any-pointer": ("none", "coarse", "fine"),
}


def _boolean(name: str, context: MediaContext) -> int:
    number = _number_of(name, context)
    if number is not None:
        return TRUE if number != 0.0 else FALSE
    if name in ("grid", "-webkit-transform-2d", "-webkit-animation", "-webkit-transition"):
        return FALSE
    if name == "-webkit-transform-3d":
        return TRUE
    word = _keyword_of(name, context)
    if not word:
        return UNKNOWN
    return FALSE if word in ("none", "no-preference") else TRUE


def _plain(name: str, tokens: list[Token], context: MediaContext) -> int:
    prefix = ""
    if name.startswith(("min-", "max-")):
        prefix, name = name[:3], name[4:]
    elif name.startswith(("-webkit-min-", "-webkit-max-")):
        prefix, name = name[8:11], "-webkit-" + name[12:]
    number = _number_of(name, context)
    if number is not None:
        wanted = _value(name, tokens, context)
        if wanted is None:
            return UNKNOWN
        if prefix == "min":
            return int(number >= wanted)
        if prefix == "max":
            return int(number <= wanted)
        return int(abs(number - wanted) < 1e-6)
    if prefix or len(tokens) != 1:
        return UNKNOWN
    token = tokens[0]
    if name == "grid":
        return int(token.kind == TokenKind.NUMBER and token.value == 0.0)
    if name == "-webkit-transform-3d":
        return int(token.kind == TokenKind.NUMBER and token.value == 1.0)
    word = _keyword_of(name, context)
    if not word or token.kind != TokenKind.IDENT:
        return UNKNOWN
    known = _VALUES.get(name)
    if known is not None and token.lower not in known:
        return UNKNOWN
    return int(token.lower == word)


def _media_unit_context(context: MediaContext) -> ComputeContext:
    # https://drafts.csswg.org/mediaqueries-5/#units: relative lengths are of the initial values.
    return ComputeContext(
        INITIAL_INHERITED, INITIAL_INHERITED, context.width, context.height, EstimatedMetrics()
    )


def _value(name: str, tokens: list[Token], context: MediaContext) -> float | None:
    """A length in px, a ratio, a resolution in dppx or an integer."""
    if name.endswith("aspect-ratio"):
        numbers = [token for token in tokens if token.kind == TokenKind.NUMBER]
        if len(tokens) == 1 and len(numbers) == 1:
            return numbers[0].value
        if len(tokens) == 3 and len(numbers) == 2 and tokens[1].kind == TokenKind.SLASH:
            if numbers[1].value == 0.0:
                return 1e9
            return numbers[0].value / numbers[1].value
        return None
    if len(tokens) != 1:
        return None
    token = tokens[0]
    if name in _LENGTHS:
        if token.kind == TokenKind.DIMENSION:
            factor = ABSOLUTE_LENGTHS.get(token.lower)
            if factor is not None:
                return token.value * factor
            unit = RELATIVE_LENGTHS.get(token.lower)
            return None if unit is None else token.value * _media_unit_context(context).unit(unit)
        if token.kind == TokenKind.NUMBER:
            return 0.0 if token.value == 0.0 else None
        return _math_value(token, CalcType.LENGTH, context)
    if name == "resolution":
        if token.kind == TokenKind.DIMENSION:
            factor = RESOLUTIONS.get(token.lower)
            return None if factor is None else token.value * factor
        if token.is_ident("infinite"):
            return 1e9
        return _math_value(token, CalcType.RESOLUTION, context)
    if token.kind == TokenKind.NUMBER:
        return token.value
    return _math_value(token, CalcType.NUMBER, context)


def _math_value(token: Token, kind: CalcType, context: MediaContext) -> float | None:
    if token.kind != TokenKind.FUNCTION or token.lower not in MATH_FUNCTIONS:
        return None
    expression = parse_math(token)
    if expression is None or expression.type != kind:
        return None
    value: Length = expression.evaluate(_media_unit_context(context))
    return value.px


def _range(tokens: list[Token], context: MediaContext) -> int:
    """(400px <= width < 900px) and its shorter forms."""
    found = parse_range(tokens, lambda name: _number_of(name, context) is not None)
    if found is None:
        return UNKNOWN
    number = _number_of(found.name, context)
    assert number is not None
    return found.holds(number, lambda side: _value(found.name, side, context))

"""Media queries (https://drafts.csswg.org/mediaqueries-5/): does a sheet, a rule or a source apply?

In: the text of a query list and the `MediaContext` of a viewport. Out: yes or no. Total: what cannot be read is
`not all`, and an unknown feature is neither true nor false, as section 3.1 says.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, final

from .. import limits
from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas

FALSE: Final = 0
TRUE: Final = 1
UNKNOWN: Final = 2

_PX: Final = {
    "px": 1.0,
    "em": 16.0,  # relative units mean the initial font size: section 1.3
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
    "in": 96.0,
    "cm": 96.0 / 2.54,
    "mm": 96.0 / 25.4,
    "q": 96.0 / 101.6,
    "pt": 96.0 / 72.0,
    "pc": 16.0,
}
_DPPX: Final = {"dppx": 1.0, "x": 1.0, "dpi": 1.0 / 96.0, "dpcm": 2.54 / 96.0}
_TYPES: Final = frozenset(
    (
        "all",
        "screen",
        "print",
        "speech",
        "tty",
        "tv",
        "projection",
        "handheld",
        "braille",
        "embossed",
        "aural",
    )
)


@final
class MediaContext:
    """What media queries ask about.

    Attributes:
        width, height: the viewport, CSS px.
        device_pixel_ratio: device px for one CSS px.
        color_scheme: "light" or "dark"; reduced_motion: whether less motion is preferred.
        media_type: "screen" or "print"; scripting: whether scripts run.
    """

    __slots__ = (
        "color_scheme",
        "device_pixel_ratio",
        "height",
        "media_type",
        "reduced_motion",
        "scripting",
        "width",
    )

    def __init__(
        self,
        width: float,
        height: float,
        *,
        device_pixel_ratio: float = 1.0,
        color_scheme: str = "light",
        media_type: str = "screen",
        reduced_motion: bool = False,
        scripting: bool = False,
    ) -> None:
        self.width: Final = width
        self.height: Final = height
        self.device_pixel_ratio: Final = device_pixel_ratio
        self.color_scheme: Final = color_scheme
        self.media_type: Final = media_type
        self.reduced_motion: Final = reduced_motion
        self.scripting: Final = scripting

    def resized(self, width: float, height: float) -> MediaContext:
        """The same for another viewport: a frame."""
        return MediaContext(
            width,
            height,
            device_pixel_ratio=self.device_pixel_ratio,
            color_scheme=self.color_scheme,
            media_type=self.media_type,
            reduced_motion=self.reduced_motion,
            scripting=self.scripting,
        )

    def keyword(self, feature: str) -> str:
        """The value of a feature whose values are keywords; "" for one that is not known."""
        if feature == "orientation":
            return "portrait" if self.height >= self.width else "landscape"
        if feature == "prefers-color-scheme":
            return self.color_scheme
        if feature == "prefers-reduced-motion":
            return "reduce" if self.reduced_motion else "no-preference"
        if feature == "scripting":
            return "enabled" if self.scripting else "none"
        return _KEYWORDS.get(feature, "")

    def number(self, feature: str) -> float:
        """The value of a feature that is a range, in its canonical unit; -1.0 for one that is not known."""
        if feature in ("width", "device-width"):
            return self.width
        if feature in ("height", "device-height"):
            return self.height
        if feature in ("aspect-ratio", "device-aspect-ratio"):
            return self.width / self.height if self.height else 0.0
        if feature in ("resolution", "-webkit-device-pixel-ratio"):
            return self.device_pixel_ratio
        return _NUMBERS.get(feature, -1.0)


_KEYWORDS: Final = {
    "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference",
    "prefers-reduced-data": "no-preference",
    "forced-colors": "none",
    "inverted-colors": "none",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "update": "fast",
    "overflow-block": "scroll",
    "overflow-inline": "scroll",
    "color-gamut": "srgb",
    "dynamic-range": "standard",
    "video-dynamic-range": "standard",
    "display-mode": "browser",
    "scan": "progressive",
    "device-posture": "continuous",
}
"""What a desktop Chromium without a screen answers."""

_NUMBERS: Final = {
    "color": 8.0,
    "color-index": 0.0,
    "monochrome": 0.0,
    "grid": 0.0,
    "-webkit-transform-3d": 1.0,
    "horizontal-viewport-segments": 1.0,
    "vertical-viewport-segments": 1.0,
}
_NONE_IS_FALSE: Final = frozenset(("none", "no-preference"))
_KEYWORD_FEATURES: Final = frozenset((*_KEYWORDS, "orientation", "prefers-color-scheme", "prefers-reduced-motion",
                                      "scripting"))  # fmt: skip


def media_matches(text: str, context: MediaContext) -> bool:
    """Whether a media query list applies; an empty one does."""
    return evaluate_media(parse_media(text), context)


@lru_cache(maxsize=1024)
def parse_media(text: str) -> tuple[tuple[Token, ...], ...]:
    """The queries of a list; () for an empty one."""
    tokens = tokenize(text)
    return tuple(tuple(part) for part in split_commas(tokens)) if tokens else ()


def evaluate_media(queries: tuple[tuple[Token, ...], ...], context: MediaContext) -> bool:
    """Whether any of the queries is true."""
    if not queries:
        return True
    return any(_query(list(query), context) == TRUE for query in queries)


def _query(tokens: list[Token], context: MediaContext) -> int:
    """https://drafts.csswg.org/mediaqueries-5/#typedef-media-query"""
    if not tokens:
        return FALSE
    first = tokens[0]
    if first.kind == TokenKind.IDENT:
        words = list(tokens)
        negated = False
        if first.lower in ("not", "only") and len(words) > 1 and words[1].kind == TokenKind.IDENT:
            negated = first.lower == "not"
            words = words[1:]
        name = words[0].lower
        if words[0].kind == TokenKind.IDENT and name not in ("not", "and", "or", "only", "layer"):
            if name in _TYPES:
                result = TRUE if name in ("all", context.media_type) else FALSE
            else:
                result = FALSE
            rest = words[1:]
            if rest:
                if not rest[0].is_ident("and") or len(rest) < 2:
                    return FALSE
                # `and` may not be followed by `or` here.
                inner = _condition(rest[1:], context, 0, allow_or=False)
                if inner < 0:
                    return FALSE
                result = _both(result, inner)
            return _negated(result) if negated else result
    result = _condition(tokens, context, 0)
    return FALSE if result < 0 else result


def _negated(value: int) -> int:
    return UNKNOWN if value == UNKNOWN else 1 - value


def _both(a: int, b: int) -> int:
    if a == FALSE or b == FALSE:
        return FALSE
    return UNKNOWN if UNKNOWN in (a, b) else TRUE


def _either(a: int, b: int) -> int:
    if a == TRUE or b == TRUE:
        return TRUE
    return UNKNOWN if UNKNOWN in (a, b) else FALSE


def _condition(tokens: list[Token], context: MediaContext, depth: int, allow_or: bool = True) -> int:
    """A <media-condition>; -1 where the grammar is broken."""
    if not tokens or depth > limits.MAX_NESTING:
        return -1
    if tokens[0].is_ident("not"):
        if len(tokens) != 2:
            return -1
        inner = _in_parens(tokens[1], context, depth)
        return inner if inner < 0 else _negated(inner)
    result = _in_parens(tokens[0], context, depth)
    if result < 0 or len(tokens) == 1:
        return result
    word = tokens[1].lower if tokens[1].kind == TokenKind.IDENT else ""
    if word not in ("and", "or") or (word == "or" and not allow_or):
        return -1
    at = 1
    while at < len(tokens):
        if not tokens[at].is_ident(word) or at + 1 >= len(tokens):
            return -1
        inner = _in_parens(tokens[at + 1], context, depth)
        if inner < 0:
            return -1
        result = _both(result, inner) if word == "and" else _either(result, inner)
        at += 2
    return result


def _in_parens(token: Token, context: MediaContext, depth: int) -> int:
    if token.kind == TokenKind.FUNCTION:
        return UNKNOWN
    if token.kind != TokenKind.PAREN:
        return -1
    inner = token.children
    if not inner:
        return UNKNOWN
    if inner[0].kind == TokenKind.PAREN or inner[0].is_ident("not") or inner[0].kind == TokenKind.FUNCTION:
        result = _condition(inner, context, depth + 1)
        if result >= 0:
            return result
    return _feature(inner, context)


def _feature(tokens: list[Token], context: MediaContext) -> int:
    """https://drafts.csswg.org/mediaqueries-5/#mq-features ; UNKNOWN for what is not known."""
    first = tokens[0]
    if first.kind == TokenKind.IDENT and len(tokens) == 1:
        return _boolean(first.lower, context)
    if first.kind == TokenKind.IDENT and len(tokens) >= 3 and tokens[1].is_delim(":"):
        return _plain(first.lower, tokens[2:], context)
    return _range(tokens, context)


def _boolean(name: str, context: MediaContext) -> int:
    if name in _KEYWORD_FEATURES:
        return FALSE if context.keyword(name) in _NONE_IS_FALSE else TRUE
    number = context.number(name)
    if number < 0:
        return UNKNOWN
    return TRUE if number != 0 else FALSE


def _plain(name: str, value: list[Token], context: MediaContext) -> int:
    if name in _KEYWORD_FEATURES:
        if len(value) != 1 or value[0].kind != TokenKind.IDENT:
            return UNKNOWN
        actual = context.keyword(name)
        wanted = value[0].lower
        if name == "color-gamut":
            return TRUE if wanted == "srgb" else FALSE
        return TRUE if actual == wanted else FALSE
    compare = "="
    for prefix, operator in (("min-", ">="), ("max-", "<="), ("-webkit-min-", ">="), ("-webkit-max-", "<=")):
        if name.startswith(prefix):
            compare = operator
            name = ("-webkit-" if prefix.startswith("-webkit") else "") + name[len(prefix) :]
            break
    actual_number = context.number(name)
    number = _value(name, value)
    if actual_number < 0 or number is None:
        return UNKNOWN
    return _compare(actual_number, compare, number)


def _compare(left: float, operator: str, right: float) -> int:
    if operator == "=":
        return TRUE if abs(left - right) < 1e-6 else FALSE
    if operator == "<":
        return TRUE if left < right else FALSE
    if operator == "<=":
        return TRUE if left <= right else FALSE
    if operator == ">":
        return TRUE if left > right else FALSE
    return TRUE if left >= right else FALSE


def _value(name: str, tokens: list[Token]) -> float | None:
    """A value in the canonical unit of a feature; None where it is of another type."""
    if not tokens:
        return None
    first = tokens[0]
    if name.endswith("aspect-ratio"):
        if first.kind != TokenKind.NUMBER:
            return None
        if len(tokens) == 1:
            return first.value
        if len(tokens) == 3 and tokens[1].kind == TokenKind.SLASH and tokens[2].kind == TokenKind.NUMBER:
            return first.value / tokens[2].value if tokens[2].value else float("inf")
        return None
    if len(tokens) != 1:
        return None
    if name == "resolution":
        if first.is_ident("infinite"):
            return float("inf")
        return (
            first.value * _DPPX[first.lower]
            if first.kind == TokenKind.DIMENSION and first.lower in _DPPX
            else None
        )
    if name in ("width", "height", "device-width", "device-height"):
        if first.kind == TokenKind.NUMBER and first.value == 0:
            return 0.0
        if first.kind == TokenKind.DIMENSION and first.lower in _PX:
            return first.value * _PX[first.lower]
        if first.is_function("calc"):
            return _calc(first.children)
        return None
    return first.value if first.kind == TokenKind.NUMBER else None


def _calc(tokens: list[Token]) -> float | None:
    """A sum of lengths, which is all that calc() is used for in media queries."""
    total, sign = 0.0, 1.0
    for token in tokens:
        if token.kind == TokenKind.DIMENSION and token.lower in _PX:
            total += sign * token.value * _PX[token.lower]
        elif token.is_delim("+"):
            sign = 1.0
        elif token.is_delim("-"):
            sign = -1.0
        else:
            return None
    return total


def _range(tokens: list[Token], context: MediaContext) -> int:
    """https://drafts.csswg.org/mediaqueries-5/#mq-range-context : `width >= 600px`, `400px < width <= 800px`."""
    parts: list[list[Token]] = [[]]
    operators: list[str] = []
    for token in tokens:
        if token.kind == TokenKind.DELIM and token.text in "<>=":
            if (
                token.text == "="
                and operators
                and not parts[-1]
                and not token.spaced
                and operators[-1] in "<>"
            ):
                operators[-1] += "="
                continue
            operators.append(token.text)
            parts.append([])
        else:
            parts[-1].append(token)
    if not 1 <= len(operators) <= 2:
        return UNKNOWN
    at = next(
        (
            index
            for index, part in enumerate(parts)
            if len(part) == 1 and part[0].kind == TokenKind.IDENT and context.number(part[0].lower) >= 0
        ),
        -1,
    )
    if at < 0 or (len(operators) == 2 and at != 1):
        return UNKNOWN
    name = parts[at][0].lower
    actual = context.number(name)
    if len(operators) == 2 and (operators[0][0] != operators[1][0] or operators[0] == "="):
        return UNKNOWN
    result = TRUE
    for index, operator in enumerate(operators):
        other = index if index != at else index + 1
        number = _value(name, parts[other])
        if number is None:
            return UNKNOWN
        if other < at:
            result = _both(result, _compare(number, operator, actual))
        else:
            result = _both(result, _compare(actual, operator, number))
    return result

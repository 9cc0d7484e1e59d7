"""Container queries (https://drafts.csswg.org/css-conditional-5/#container-queries): a prelude, a container, yes or no.

Size features are asked of the content box that layout found for the container; style() of its custom properties.
"""

from __future__ import annotations

from typing import Final, final

from .. import limits
from .computed_style import ComputedStyle
from .custom_properties import Substituter
from .deferred import ComputeContext, Deferred
from .keywords import ContainerType, WritingMode
from .numeric import parse_length, parse_number
from .ranges import FALSE, TRUE, UNKNOWN, compare, parse_range, split_comparison
from .sheet import token_text
from .syntax import tokenize
from .tokens import Token, TokenKind
from .values import Length

_WORDS: Final = ("not", "and", "or", "none", "initial", "inherit", "unset", "revert", "revert-layer")
_INLINE: Final = ("width", "inline-size", "aspect-ratio", "orientation")
_BLOCK: Final = ("height", "block-size", "aspect-ratio", "orientation")
_FEATURES: Final = ("width", "height", "inline-size", "block-size", "aspect-ratio", "orientation")


@final
class ContainerQuery:
    """An @container prelude.

    Attributes:
        name: of the container that is asked, "" for the nearest.
        condition: the tokens after the name; none where the name alone is asked for.
        outer: the query of the @container around it, which has to hold as well.
        features: the size features in it; they decide which element can answer.
    """

    __slots__ = ("condition", "features", "name", "outer")

    def __init__(self, name: str, condition: list[Token], outer: ContainerQuery | None) -> None:
        self.name: Final = name
        self.condition: Final = condition
        self.outer: Final = outer
        features: set[str] = set()
        _collect(condition, features, 0)
        self.features: Final = features

    def can_ask(self, style: ComputedStyle) -> bool:
        """Whether an element with this style is a container that this query is about."""
        box = style.box
        if self.name and self.name not in box.container_name:
            return False
        if not self.features:
            return True
        kind = box.container_type
        if kind == ContainerType.NORMAL:
            return False
        if kind == ContainerType.SIZE:
            return True
        if style.inherited.writing_mode == WritingMode.HORIZONTAL_TB:
            return self.features.issubset(("width", "inline-size"))
        return self.features.issubset(("height", "inline-size"))


def parse_container_query(prelude: str, outer: ContainerQuery | None) -> ContainerQuery | None:
    """The query; None where it is invalid."""
    tokens = tokenize(prelude)
    name = ""
    if tokens and tokens[0].kind == TokenKind.IDENT and tokens[0].lower not in _WORDS:
        name = tokens[0].text
        tokens = tokens[1:]
    if not tokens:
        return ContainerQuery(name, tokens, outer) if name else None
    return ContainerQuery(name, tokens, outer)


def _collect(tokens: list[Token], features: set[str], depth: int) -> None:
    if depth > limits.MAX_NESTING:
        return
    for token in tokens:
        if token.kind == TokenKind.IDENT:
            name = token.lower.removeprefix("min-").removeprefix("max-")
            if name in _FEATURES:
                features.add(name)
        elif token.kind == TokenKind.PAREN:
            _collect(token.children, features, depth + 1)


@final
class ContainerFacts:
    """What a query asks a container: its style, its content box in CSS px (-1.0 while nobody knows it); `context` is
    what relative lengths in the query go by."""

    __slots__ = ("context", "height", "style", "width")

    def __init__(self, style: ComputedStyle, width: float, height: float, context: ComputeContext) -> None:
        self.style: Final = style
        self.width: Final = width
        self.height: Final = height
        self.context: Final = context

    def matches(self, query: ContainerQuery) -> bool:
        """Whether the condition holds; what is unknown does not."""
        return not query.condition or self._condition(query.condition, False, 0) == TRUE

    def _condition(self, tokens: list[Token], is_style: bool, depth: int) -> int:
        if depth > limits.MAX_NESTING or not tokens:
            return UNKNOWN
        if tokens[0].is_ident("not"):
            value = self._in_parens(tokens[1], is_style, depth) if len(tokens) == 2 else UNKNOWN
            return value if value < 0 else 1 - value
        result = self._in_parens(tokens[0], is_style, depth)
        operator = ""
        for index in range(1, len(tokens), 2):
            word = tokens[index].lower
            if word not in ("and", "or") or (operator and word != operator) or index + 1 >= len(tokens):
                return UNKNOWN
            operator = word
            other = self._in_parens(tokens[index + 1], is_style, depth)
            if word == "and":
                result = FALSE if FALSE in (result, other) else min(result, other)
            else:
                result = TRUE if TRUE in (result, other) else min(result, other)
        return result

    def _in_parens(self, token: Token, is_style: bool, depth: int) -> int:
        if token.is_function("style") and not is_style:
            children = token.children
            if children and (children[0].kind == TokenKind.PAREN or children[0].is_ident("not")):
                return self._condition(children, True, depth + 1)
            return self._style_feature(children)
        if token.kind != TokenKind.PAREN or not token.children:
            return UNKNOWN
        children = token.children
        first = children[0]
        is_nested = first.kind == TokenKind.PAREN or first.is_function("style") or first.is_ident("not")
        if is_nested and not any(one.kind == TokenKind.DELIM for one in children):
            return self._condition(children, is_style, depth + 1)
        return self._style_feature(children) if is_style else self._size_feature(children)

    # --- Sizes ---

    def _size(self, name: str) -> float:
        """The value of a feature, -1.0 where it is not known."""
        width, height = self.width, self.height
        kind = self.style.box.container_type
        is_horizontal = self.style.inherited.writing_mode == WritingMode.HORIZONTAL_TB
        if width < 0.0 or kind == ContainerType.NORMAL:
            return -1.0
        if name == "inline-size":
            name = "width" if is_horizontal else "height"
        elif name == "block-size":
            name = "height" if is_horizontal else "width"
        if name in ("aspect-ratio", "orientation"):
            if kind != ContainerType.SIZE:
                return -1.0
            return width / height if height > 0.0 else 1e9
        if kind != ContainerType.SIZE and (name == "width") != is_horizontal:
            return -1.0
        return width if name == "width" else height

    def _size_feature(self, tokens: list[Token]) -> int:
        first = tokens[0]
        if len(tokens) == 1:
            if first.kind != TokenKind.IDENT or first.lower not in _FEATURES:
                return UNKNOWN
            size = self._size(first.lower)
            return UNKNOWN if size < 0.0 else int(size > 0.0 or first.lower == "orientation")
        if first.kind == TokenKind.IDENT and tokens[1].is_delim(":"):
            return self._plain(first.lower, tokens[2:])
        return self._range(tokens)

    def _plain(self, name: str, tokens: list[Token]) -> int:
        operator = "="
        if name.startswith("min-"):
            operator, name = ">=", name[4:]
        elif name.startswith("max-"):
            operator, name = "<=", name[4:]
        if name not in _FEATURES:
            return UNKNOWN
        size = self._size(name)
        if name == "orientation":
            wanted = tokens[0].lower if len(tokens) == 1 else ""
            if size < 0.0 or operator != "=" or wanted not in ("portrait", "landscape"):
                return UNKNOWN
            return int((self.height >= self.width) == (wanted == "portrait"))
        value = self._value(name, tokens)
        return UNKNOWN if size < 0.0 or value is None else int(compare(size, operator, value))

    def _value(self, name: str, tokens: list[Token]) -> float | None:
        if name == "aspect-ratio":
            numbers = [parse_number(token) for token in tokens if token.kind != TokenKind.SLASH]
            if len(tokens) not in (1, 3) or len(numbers) != (len(tokens) + 1) // 2:
                return None
            first = numbers[0]
            last = numbers[-1] if len(numbers) == 2 else 1.0
            if first is None or last is None:
                return None
            return first / last if last else 1e9
        if len(tokens) != 1:
            return None
        length = parse_length(tokens[0])
        value = length.compute(self.context) if isinstance(length, Deferred) else length
        return value.px if isinstance(value, Length) else None

    def _range(self, tokens: list[Token]) -> int:
        """(400px <= width < 900px) and its shorter forms."""
        found = parse_range(tokens, lambda name: name in _FEATURES)
        if found is None or found.name == "orientation":
            return UNKNOWN
        size = self._size(found.name)
        if size < 0.0:
            return UNKNOWN
        return found.holds(size, lambda side: self._value(found.name, side))

    # --- Styles ---

    def _style_feature(self, tokens: list[Token]) -> int:
        """style(--name), style(--name: value). Chromium asks custom properties alone."""
        if not tokens or tokens[0].kind != TokenKind.IDENT or not tokens[0].text.startswith("--"):
            return UNKNOWN
        variables = self.style.variables
        own = variables.get(tokens[0].text)
        if len(tokens) == 1:
            return int(own is not None)
        if not tokens[1].is_delim(":"):
            return self._style_range(tokens)
        wanted = Substituter(variables, None).substitute(token_text(tokens[2:]))
        if wanted is None:
            return FALSE
        if wanted.strip().lower() in ("initial", "unset") and own is None:
            return TRUE
        return int(own is not None and _normal(own) == _normal(wanted))

    def _style_range(self, tokens: list[Token]) -> int:
        """style(--name > 10px): both sides lengths or both numbers."""
        sides, operators = split_comparison(tokens)
        if len(operators) != 1:
            return UNKNOWN
        values: list[Length | float] = []
        for side in sides:
            text: str | None = token_text(side)
            if len(side) == 1 and side[0].text.startswith("--"):
                text = self.style.variables.get(side[0].text)
            found = tokenize(text or "")
            if len(found) != 1:
                return UNKNOWN
            number = parse_number(found[0])
            if isinstance(number, float):
                values.append(number)
                continue
            length = parse_length(found[0])
            value = length.compute(self.context) if isinstance(length, Deferred) else length
            if not isinstance(value, Length):
                return UNKNOWN
            values.append(value)
        left, right = values
        if isinstance(left, float) and isinstance(right, float):
            return int(compare(left, operators[0], right))
        if isinstance(left, Length) and isinstance(right, Length):
            return int(compare(left.px, operators[0], right.px))
        return FALSE


def _normal(text: str) -> str:
    return token_text(tokenize(text)).strip()

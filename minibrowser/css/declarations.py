"""Declaration blocks: from text to (longhand id, value) pairs, shorthands taken apart.

Equal declarations are parsed once: values that hold no address are kept in one bounded cache.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import Final, final

from .computed_style import INITIAL_BOX, INITIAL_INHERITED, INITIAL_PAINT
from .longhands import parse_longhand_id
from .property_info import ALIASES, ALL_EXCEPT, GROUP_BOX, GROUP_INHERITED, IDS, LOGICAL, PROPERTY_COUNT
from .property_table import ATTRIBUTES, GROUPS
from .shorthand_kinds import INITIAL_VALUE
from .shorthands import IGNORED, SHORTHANDS
from .splitter import split_declarations
from .syntax import tokenize, unescape
from .tokens import Token, TokenKind
from .value_context import ValueContext
from .value_parsers.common import INVALID


class CssWide(IntEnum):
    """https://drafts.csswg.org/css-cascade-5/#defaulting-keywords"""

    INITIAL = 0
    INHERIT = 1
    UNSET = 2
    REVERT = 3
    REVERT_LAYER = 4


CSS_WIDE: Final = {
    "initial": CssWide.INITIAL,
    "inherit": CssWide.INHERIT,
    "unset": CssWide.UNSET,
    "revert": CssWide.REVERT,
    "revert-layer": CssWide.REVERT_LAYER,
}


@final
class PendingValue:
    """A value with var(), env() or attr() in it: what it is is known when variables are.

    Attributes:
        name: the property as declared, longhand or shorthand.
        text: its value.
        context: of its sheet.
    """

    __slots__ = ("context", "name", "text")

    def __init__(self, name: str, text: str, context: ValueContext) -> None:
        self.name: Final = name
        self.text: Final = text
        self.context: Final = context


Pairs = list[tuple[int, object]]


@final
class DeclarationBlock:
    """A parsed block.

    Attributes:
        normal, important: (longhand id, value); a value is computed, Deferred, a CssWide or a PendingValue.
        variables, important_variables: (name with its dashes, text or CssWide).
        has_logical: whether an id is a logical one.
    """

    __slots__ = ("has_logical", "important", "important_variables", "normal", "variables")

    def __init__(self) -> None:
        self.normal: Pairs = []
        self.important: Pairs = []
        self.variables: list[tuple[str, str | CssWide]] = []
        self.important_variables: list[tuple[str, str | CssWide]] = []
        self.has_logical: bool = False


def parse_block(text: str, context: ValueContext) -> DeclarationBlock:
    """Parse a block of declarations; what is invalid is left out."""
    block = DeclarationBlock()
    for name, value, is_important in split_declarations(text):
        if name.startswith("--"):
            name = unescape(name)
            wide = CSS_WIDE.get(value.lower())
            if wide is None and not is_custom_value(value):
                continue
            target = block.important_variables if is_important else block.variables
            target.append((name, value if wide is None else wide))
            continue
        pairs = parse_declaration(name, value, context)
        if not pairs:
            continue
        (block.important if is_important else block.normal).extend(pairs)
        for pair in pairs:
            if pair[0] >= PROPERTY_COUNT:
                block.has_logical = True
    return block


def is_custom_value(value: str) -> bool:
    """Whether a text can be the value of a custom property."""
    if "(" not in value and "!" not in value and "]" not in value and ")" not in value and "}" not in value:
        return True  # OPTIMIZATION: nothing that could be wrong; most are colours and numbers
    return not has_error(tokenize(value))


def parse_declaration(name: str, text: str, context: ValueContext) -> Pairs | None:
    """The longhands that a declaration sets; None where it is invalid or unknown, [] where nobody reads it."""
    name = unescape(name).lower()
    lower = text.lower()
    if "url" in lower or "image-set" in lower or "src(" in lower or len(text) > 1000:
        return _parse(name, text, lower, context)
    return _parse_plain(name, text, context.is_quirks, context.is_user_agent)


@lru_cache(maxsize=20_000)
def _parse_plain(name: str, text: str, is_quirks: bool, is_user_agent: bool) -> Pairs | None:
    return _parse(name, text, text.lower(), ValueContext("about:blank", is_quirks, is_user_agent))


def has_substitution(lower: str, name: str = "") -> bool:
    """Whether a value has functions that are replaced before it is parsed."""
    return "var(" in lower or "env(" in lower or ("attr(" in lower and name != "content") or "if(" in lower


def longhand_ids(name: str) -> list[int]:
    """The longhands of a property: itself, or a shorthand's."""
    shorthand = SHORTHANDS.get(name)
    if shorthand is not None:
        return [IDS[longhand] for longhand in shorthand.longhands]
    index = IDS.get(name)
    if index is not None:
        return [index]
    if name == "all":
        return [index for index in range(PROPERTY_COUNT) if index not in ALL_EXCEPT]
    return []


def _parse(name: str, text: str, lower: str, context: ValueContext) -> Pairs | None:
    name = ALIASES.get(name, name)
    shorthand = SHORTHANDS.get(name)
    index = IDS.get(name)
    if shorthand is None and index is None and name != "all":
        return [] if name in IGNORED else None
    wide = CSS_WIDE.get(lower)
    if wide is not None:
        return [(longhand, wide) for longhand in longhand_ids(name)]
    if "(" in lower and has_substitution(lower, name):
        tokens = tokenize(text)
        if has_error(tokens):
            return None
        pending = PendingValue(name, text, context)
        return [(longhand, pending) for longhand in longhand_ids(name)]
    if name == "all":
        return None
    return parse_tokens(name, tokenize(text), context)


def parse_tokens(name: str, tokens: list[Token], context: ValueContext) -> Pairs | None:
    """The longhands that a declaration without CSS-wide keywords and substitutions sets."""
    if not tokens or has_error(tokens):
        return None
    shorthand = SHORTHANDS.get(name)
    if shorthand is None:
        index = IDS[name]
        value = parse_longhand_id(index, tokens, context)
        return None if value is INVALID else [(index, value)]
    found = shorthand.parse(tokens, context)
    if found is None:
        return None
    values = dict(found)
    pairs: Pairs = []
    for longhand in shorthand.longhands:
        value = values.get(longhand, INITIAL_VALUE)
        index = IDS[longhand]
        pairs.append((index, CssWide.INITIAL if value is INITIAL_VALUE else value))
    return pairs


def has_error(tokens: list[Token], is_top: bool = True) -> bool:
    """Whether a token cannot stand in any value: stray brackets, bad strings, `!` and `;` at the top, a var()
    without a name (https://drafts.csswg.org/css-syntax-3/#typedef-declaration-value)."""
    for token in tokens:
        kind = token.kind
        if kind == TokenKind.ERROR or (is_top and kind == TokenKind.DELIM and token.text in "!;"):
            return True
        if token.children:
            if kind == TokenKind.FUNCTION and token.lower == "var" and not _is_var(token.children):
                return True
            if has_error(token.children, False):
                return True
        elif kind == TokenKind.FUNCTION and token.lower == "var":
            return True
    return False


def _is_var(children: list[Token]) -> bool:
    """--name, and a fallback after a comma."""
    first = children[0]
    if first.kind != TokenKind.IDENT or not first.text.startswith("--") or len(first.text) < 3:
        return False
    if len(children) == 1:
        return True
    rest = children[2:]
    return children[1].kind == TokenKind.COMMA and not any(
        token.kind == TokenKind.DELIM and token.text in "!;" for token in rest
    )


def initial_value(index: int) -> object:
    """The initial value of a longhand as computed."""
    if index >= PROPERTY_COUNT:
        index = LOGICAL[index - PROPERTY_COUNT].physical[0]
    group = GROUPS[index]
    source = (
        INITIAL_INHERITED
        if group == GROUP_INHERITED
        else INITIAL_BOX
        if group == GROUP_BOX
        else INITIAL_PAINT
    )
    value: object = getattr(source, ATTRIBUTES[index])
    return value

"""Parse the value of one longhand by its syntax in the property table."""

from __future__ import annotations

from typing import Final, final

from .keywords import ENUMS
from .property_info import IDS, LOGICAL, PROPERTY_COUNT
from .property_table import NAMES, SYNTAXES, TYPES
from .tokens import Token
from .value_context import ValueContext
from .value_parsers import animation, box, common, effects, grid, paint, svg, text
from .value_parsers.common import INVALID, Parser

_PARSERS: Final[dict[str, Parser]] = {
    **text.PARSERS,
    **box.PARSERS,
    **grid.PARSERS,
    **paint.PARSERS,
    **effects.PARSERS,
    **animation.PARSERS,
    "size": common.size,
    "max-size": common.max_size,
    "flex-basis": common.flex_basis,
    "inset": common.inset,
    "margin": common.inset,
    "padding": common.padding,
    "gap": common.gap,
    "scroll-padding": common.scroll_padding,
    "length": common.length_px,
    "border-width": common.border_width,
    "color": common.color,
    "color-or-auto": common.color_or_auto,
    "position": common.position,
}

_BY_NAME: Final[dict[str, Parser]] = {
    **svg.BY_NAME,
    "box-shadow": text.box_shadow,
    "align-content": box.align_content,
    "justify-content": box.justify_content,
    "align-items": box.align_items,
    "justify-items": box.justify_items,
    "align-self": box.align_self,
    "justify-self": box.justify_self,
    "orphans": text.positive_integer,
    "widows": text.positive_integer,
    "counter-increment": box.counter_one,
    "counter-reset": box.counter_zero,
    "counter-set": box.counter_zero,
    "shape-image-threshold": box.fraction,
    "text-underline-position": text.text_underline_position,
}
"""Longhands whose syntax differs from that of others in their row of the table."""


def _internal(tokens: list[Token], context: ValueContext) -> object:
    """A property that only our own shorthands set."""
    return INVALID


def _parser_of(index: int) -> Parser | None:
    found = _BY_NAME.get(NAMES[index])
    if found is not None:
        return found
    syntax = SYNTAXES[index]
    if syntax == "keyword":
        return None
    if syntax == "internal":
        return _internal
    return _PARSERS[syntax]


LONGHAND_PARSERS: Final[list[Parser | None]] = [_parser_of(index) for index in range(PROPERTY_COUNT)]
"""By id; None for a property whose value is one keyword of its enum."""

_KEYWORDS: Final[list[dict[str, object]]] = [
    dict(common.KEYWORDS_OF[kind]) if SYNTAXES[index] == "keyword" and kind in ENUMS else {}
    for index, kind in enumerate(TYPES)
]


_TEXT_ALIGN: Final = IDS["text-align"]


@final
class ThCenter:
    """The type of TH_CENTER."""

    __slots__ = ()


TH_CENTER: Final = ThCenter()
"""Our own sheet's text-align of `th`: center, unless the parent has an alignment to inherit."""


def parse_longhand_id(index: int, tokens: list[Token], context: ValueContext) -> object:
    """The value of a longhand, INVALID where it is none. CSS-wide keywords are not handled here."""
    if index >= PROPERTY_COUNT:
        index = LOGICAL[index - PROPERTY_COUNT].physical[0]
    parser = LONGHAND_PARSERS[index]
    if parser is not None:
        return parser(tokens, context)
    if len(tokens) != 1 or tokens[0].kind != 0:
        return INVALID
    value = _KEYWORDS[index].get(tokens[0].lower, INVALID)
    if (
        value is INVALID
        and context.is_user_agent
        and index == _TEXT_ALIGN
        and tokens[0].lower == "-internal-center"
    ):
        return TH_CENTER
    return value


def parse_longhand(name: str, tokens: list[Token], context: ValueContext) -> object:
    """The same by name."""
    return parse_longhand_id(IDS[name], tokens, context)

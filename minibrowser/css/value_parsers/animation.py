"""Parsers of animation longhands (https://drafts.csswg.org/css-animations-2/): lists, one item for each animation."""

from __future__ import annotations

import math
from typing import Final

from ..numeric import parse_number, parse_time
from ..tokens import Token, TokenKind, split_commas
from ..value_context import ValueContext
from .common import INVALID, KEYWORDS_OF, Parser
from .easing import parse_easing

_RESERVED: Final = ("initial", "inherit", "unset", "revert", "revert-layer", "default")


def one_name(token: Token) -> str | None:
    """A <keyframes-name>, "" for none."""
    if token.kind == TokenKind.STRING:
        return token.text
    if token.kind != TokenKind.IDENT or token.lower in _RESERVED:
        return None
    return "" if token.lower == "none" else token.text


def one_count(token: Token) -> float | None:
    """infinite or a number of iterations."""
    if token.is_ident("infinite"):
        return math.inf
    number = parse_number(token)
    return None if number is None or number < 0.0 else number


def _list(tokens: list[Token], parse: str) -> object:
    values: list[object] = []
    for part in split_commas(tokens):
        if len(part) != 1:
            return INVALID
        token = part[0]
        value: object
        if parse == "name":
            value = one_name(token)
        elif parse == "count":
            value = one_count(token)
        elif parse == "easing":
            value = parse_easing(token)
        elif parse == "duration":
            value = 0.0 if token.is_ident("auto") else parse_time(token)
            if isinstance(value, float) and value < 0.0:
                value = None
        elif parse == "time":
            value = parse_time(token)
        else:
            value = KEYWORDS_OF[parse].get(token.lower) if token.kind == TokenKind.IDENT else None
        if value is None:
            return INVALID
        values.append(value)
    return tuple(values)


def animation_name(tokens: list[Token], context: ValueContext) -> object:
    """animation-name: () for none."""
    names = _list(tokens, "name")
    return () if names == ("",) else names


def durations(tokens: list[Token], context: ValueContext) -> object:
    """Seconds, not negative."""
    return _list(tokens, "duration")


def times(tokens: list[Token], context: ValueContext) -> object:
    """Seconds."""
    return _list(tokens, "time")


def easings(tokens: list[Token], context: ValueContext) -> object:
    """animation-timing-function."""
    return _list(tokens, "easing")


def iteration_counts(tokens: list[Token], context: ValueContext) -> object:
    """animation-iteration-count."""
    return _list(tokens, "count")


def directions(tokens: list[Token], context: ValueContext) -> object:
    """animation-direction."""
    return _list(tokens, "AnimationDirection")


def fill_modes(tokens: list[Token], context: ValueContext) -> object:
    """animation-fill-mode."""
    return _list(tokens, "AnimationFillMode")


def play_states(tokens: list[Token], context: ValueContext) -> object:
    """animation-play-state."""
    return _list(tokens, "AnimationPlayState")


def compositions(tokens: list[Token], context: ValueContext) -> object:
    """animation-composition."""
    return _list(tokens, "AnimationComposition")


def behaviors(tokens: list[Token], context: ValueContext) -> object:
    """transition-behavior."""
    return _list(tokens, "TransitionBehavior")


_NO_PROPERTY: Final = frozenset((*_RESERVED, "none"))


def transition_property(tokens: list[Token], context: ValueContext) -> object:
    """transition-property: () for none, names in lower case."""
    if len(tokens) == 1 and tokens[0].is_ident("none"):
        return ()
    names: list[str] = []
    for part in split_commas(tokens):
        if len(part) != 1 or part[0].kind != TokenKind.IDENT or part[0].lower in _NO_PROPERTY:
            return INVALID
        names.append(part[0].text if part[0].text.startswith("--") else part[0].lower)
    return tuple(names)


PARSERS: Final[dict[str, Parser]] = {
    "animation-name": animation_name,
    "durations": durations,
    "times": times,
    "easings": easings,
    "iteration-counts": iteration_counts,
    "animation-directions": directions,
    "animation-fill-modes": fill_modes,
    "animation-play-states": play_states,
    "animation-compositions": compositions,
    "transition-behaviors": behaviors,
    "transition-property": transition_property,
}

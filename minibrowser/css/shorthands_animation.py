"""The animation shorthand (https://drafts.csswg.org/css-animations-1/#animation)."""

from __future__ import annotations

from typing import Final

from .easing import EASE
from .keywords import (
    AnimationComposition,
    AnimationDirection,
    AnimationFillMode,
    AnimationPlayState,
    TransitionBehavior,
)
from .numeric import parse_time
from .shorthand_kinds import Pairs
from .tokens import Token, TokenKind, split_commas
from .value_context import ValueContext
from .value_parsers.animation import one_count, one_name
from .value_parsers.common import KEYWORDS_OF
from .value_parsers.easing import parse_easing

ANIMATION: Final = (
    "animation-name",
    "animation-duration",
    "animation-delay",
    "animation-timing-function",
    "animation-iteration-count",
    "animation-direction",
    "animation-fill-mode",
    "animation-play-state",
    "animation-composition",
)
TRANSITION: Final = (
    "transition-property",
    "transition-duration",
    "transition-delay",
    "transition-timing-function",
    "transition-behavior",
)
_BEHAVIORS: Final = KEYWORDS_OF["TransitionBehavior"]
_DIRECTIONS: Final = KEYWORDS_OF["AnimationDirection"]
_FILLS: Final = KEYWORDS_OF["AnimationFillMode"]
_STATES: Final = KEYWORDS_OF["AnimationPlayState"]


def expand_animation(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """For each item: duration before delay; a keyword is the name only where it can be nothing else."""
    columns: list[list[object]] = [[] for _ in ANIMATION[:-1]]
    for part in split_commas(tokens):
        row = _item(part)
        if row is None:
            return None
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    names = tuple(columns[0])
    values: list[object] = [() if names == ("",) else names, *(tuple(column) for column in columns[1:])]
    # The composition cannot be said in the shorthand, which sets it back.
    values.append((AnimationComposition.REPLACE,))
    return list(zip(ANIMATION, values, strict=True))


def expand_transition(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """For each item: property, duration, delay, easing and behavior in any order, but duration before delay."""
    columns: list[list[object]] = [[] for _ in TRANSITION]
    parts = split_commas(tokens)
    for part in parts:
        row = _transition_item(part)
        if row is None or (row[0] == "none" and len(parts) > 1):
            return None
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    values: list[object] = [tuple(column) for column in columns]
    if values[0] == ("none",):
        values[0] = ()
    return list(zip(TRANSITION, values, strict=True))


def _transition_item(tokens: list[Token]) -> list[object] | None:
    if not tokens:
        return None
    row: list[object] = ["all", 0.0, 0.0, EASE, TransitionBehavior.NORMAL]
    taken: set[int] = set()
    for token in tokens:
        seconds = parse_time(token)
        easing = parse_easing(token)
        value: object
        if seconds is not None:
            place, value = (2 if 1 in taken else 1), seconds
            if place == 1 and seconds < 0.0:
                return None
        elif easing is not None:
            place, value = 3, easing
        elif token.kind != TokenKind.IDENT:
            return None
        elif token.lower in _BEHAVIORS and 4 not in taken:
            place, value = 4, _BEHAVIORS[token.lower]
        else:
            place, value = 0, token.text if token.text.startswith("--") else token.lower
        if place in taken:
            return None
        taken.add(place)
        row[place] = value
    return row


def _item(tokens: list[Token]) -> list[object] | None:
    if not tokens:
        return None
    row: list[object] = [
        "", 0.0, 0.0, EASE, 1.0, AnimationDirection.NORMAL, AnimationFillMode.NONE, AnimationPlayState.RUNNING,
    ]  # fmt: skip
    taken: set[int] = set()
    for token in tokens:
        place, value = _place(token, taken)
        if place < 0:
            return None
        taken.add(place)
        row[place] = value
    return row


def _place(token: Token, taken: set[int]) -> tuple[int, object]:
    """Which longhand a token sets, and its value; -1 where it fits none."""
    seconds = parse_time(token)
    if seconds is not None:
        if 1 not in taken:
            return (1, seconds) if seconds >= 0.0 else (-1, None)
        return (2, seconds) if 2 not in taken else (-1, None)
    word = token.lower if token.kind == TokenKind.IDENT else ""
    easing = parse_easing(token)
    if easing is not None and 3 not in taken:
        return 3, easing
    count = one_count(token)
    if count is not None and 4 not in taken:
        return 4, count
    if word in _DIRECTIONS and 5 not in taken:
        return 5, _DIRECTIONS[word]
    if word in _FILLS and 6 not in taken:
        return 6, _FILLS[word]
    if word in _STATES and 7 not in taken:
        return 7, _STATES[word]
    name = one_name(token)
    return (-1, None) if name is None or 0 in taken else (0, name)

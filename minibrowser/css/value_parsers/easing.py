"""Parser of easing functions (https://drafts.csswg.org/css-easing-2/#easing-functions)."""

from __future__ import annotations

import math
from typing import Final

from ..easing import EASE, LINEAR, Easing, EasingKind
from ..numeric import parse_integer, parse_number, parse_percentage
from ..tokens import Token, TokenKind, split_commas

_KEYWORDS: Final = {
    "linear": LINEAR,
    "ease": EASE,
    "ease-in": Easing(EasingKind.CUBIC, (0.42, 0.0, 1.0, 1.0), "ease-in"),
    "ease-out": Easing(EasingKind.CUBIC, (0.0, 0.0, 0.58, 1.0), "ease-out"),
    "ease-in-out": Easing(EasingKind.CUBIC, (0.42, 0.0, 0.58, 1.0), "ease-in-out"),
    "step-start": Easing(EasingKind.STEPS, (1.0, 0.0, 1.0), "steps(1, start)"),
    "step-end": Easing(EasingKind.STEPS, (1.0, 0.0, 0.0), "steps(1)"),
}
_JUMPS: Final[dict[str, tuple[float, float, str]]] = {
    "jump-start": (0.0, 1.0, ", jump-start"),
    "start": (0.0, 1.0, ", start"),
    "jump-end": (0.0, 0.0, ""),
    "end": (0.0, 0.0, ""),
    "jump-none": (-1.0, 0.0, ", jump-none"),
    "jump-both": (1.0, 1.0, ", jump-both"),
}


def parse_easing(token: Token) -> Easing | None:
    """An <easing-function>."""
    if token.kind == TokenKind.IDENT:
        return _KEYWORDS.get(token.lower)
    if token.kind != TokenKind.FUNCTION:
        return None
    parts = split_commas(token.children)
    if token.lower == "cubic-bezier":
        return _parse_cubic(parts)
    if token.lower == "steps":
        return _parse_steps(parts)
    return _parse_linear(parts) if token.lower == "linear" else None


def _parse_cubic(parts: list[list[Token]]) -> Easing | None:
    numbers: list[float] = []
    for part in parts:
        number = parse_number(part[0]) if len(part) == 1 else None
        if number is None:
            return None
        numbers.append(number)
    if len(numbers) != 4 or not (0.0 <= numbers[0] <= 1.0 and 0.0 <= numbers[2] <= 1.0):
        return None
    return Easing(
        EasingKind.CUBIC,
        tuple(numbers),
        "cubic-bezier(" + ", ".join(f"{number:.6g}" for number in numbers) + ")",
    )


def _parse_steps(parts: list[list[Token]]) -> Easing | None:
    count = parse_integer(parts[0][0]) if len(parts[0]) == 1 else None
    word = "end"
    if len(parts) == 2 and len(parts[1]) == 1:
        word = parts[1][0].lower
    jump = _JUMPS.get(word)
    if count is None or jump is None or len(parts) > 2 or count < (2 if word == "jump-none" else 1):
        return None
    return Easing(EasingKind.STEPS, (float(count), jump[0], jump[1]), f"steps({count}{jump[2]})")


def _parse_linear(parts: list[list[Token]]) -> Easing | None:
    """linear(0, 0.5 20% 40%, 1)"""
    inputs: list[float] = []
    outputs: list[float] = []
    for part in parts:
        output: float | None = None
        places: list[float] = []
        for token in part:
            percentage = parse_percentage(token)
            if percentage is not None:
                places.append(percentage / 100.0)
                continue
            number = parse_number(token)
            if number is None or output is not None:
                return None
            output = number
        if output is None or len(places) > 2:
            return None
        for place in places or [math.nan]:
            inputs.append(place)
            outputs.append(output)
    if len(outputs) < 2:
        return None
    if math.isnan(inputs[0]):
        inputs[0] = 0.0
    if math.isnan(inputs[-1]):
        inputs[-1] = max(1.0, *(place for place in inputs if not math.isnan(place)))
    highest = -math.inf
    for index, place in enumerate(inputs):
        if not math.isnan(place):
            highest = max(highest, place)
            inputs[index] = highest
    index = 0
    while index < len(inputs):
        if not math.isnan(inputs[index]):
            index += 1
            continue
        end = index
        while math.isnan(inputs[end]):
            end += 1
        start, span = inputs[index - 1], inputs[end] - inputs[index - 1]
        for step in range(index, end):
            inputs[step] = start + span * (step - index + 1) / (end - index + 1)
        index = end
    numbers: list[float] = []
    for place, output in zip(inputs, outputs, strict=True):
        numbers += [place, output]
    text = ", ".join(
        f"{output:.6g} {place * 100.0:.6g}%" for place, output in zip(inputs, outputs, strict=True)
    )
    return Easing(EasingKind.LINEAR, tuple(numbers), f"linear({text})")

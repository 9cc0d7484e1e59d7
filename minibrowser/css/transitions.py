"""Transitions at a time (https://drafts.csswg.org/css-transitions-2/): those that @starting-style begins at load.

A page that has just been loaded has no other: nothing has changed since its elements were first styled. All begin at 0.
"""

from __future__ import annotations

from typing import Final

from .computed_style import BoxStyle, ComputedStyle, InheritedStyle, PaintStyle
from .interpolate import interpolate
from .keywords import TransitionBehavior
from .property_info import ALIASES, GROUP_BOX, GROUP_INHERITED, GROUP_PAINT, IDS, LOGICAL, PROPERTY_COUNT
from .property_table import ATTRIBUTES, GROUPS, NAMES, SYNTAXES
from .shorthands import SHORTHANDS

_NOT_TRANSITIONED: Final = frozenset(
    IDS[name]
    for name in NAMES
    if name.startswith(("animation-", "transition-")) or SYNTAXES[IDS[name]] == "internal"
)


def has_transitions(style: PaintStyle) -> bool:
    """Whether a change of the style would take time."""
    delays = style.transition_delay
    for index, duration in enumerate(style.transition_duration):
        if max(duration, 0.0) + delays[index % len(delays)] > 0.0:
            return True
    return any(delay > 0.0 for delay in delays)


def transitioned(start: ComputedStyle, end: ComputedStyle, time: float) -> ComputedStyle:
    """The style on its way from one to the other."""
    paint = end.paint
    chosen: dict[int, int] = {}
    names = paint.transition_property
    # What stands before the last `all` counts for nothing.
    begin = max((place for place, name in enumerate(names) if name == "all"), default=0)
    for place in range(begin, len(names)):
        for index in _longhands(names[place], end):
            chosen[index] = place
    groups: dict[int, InheritedStyle | BoxStyle | PaintStyle] = {}
    for index, place in chosen.items():
        attribute = ATTRIBUTES[index]
        group = GROUPS[index]
        first: object = getattr(_group(start, group), attribute)
        second: object = getattr(_group(end, group), attribute)
        if first == second or index in _NOT_TRANSITIONED:
            continue
        duration = paint.transition_duration[place % len(paint.transition_duration)]
        delay = paint.transition_delay[place % len(paint.transition_delay)]
        if max(duration, 0.0) + delay <= 0.0 or time >= delay + duration:
            continue
        behavior = paint.transition_behavior[place % len(paint.transition_behavior)]
        if behavior != TransitionBehavior.ALLOW_DISCRETE and _is_discrete(attribute, first, second):
            continue
        value = first
        if time > delay:
            easing = paint.transition_timing_function[place % len(paint.transition_timing_function)]
            value = interpolate(attribute, first, second, easing.at((time - delay) / duration, False))
        changed = groups.get(group)
        if changed is None:
            changed = groups[group] = _group(end, group).copy()
        setattr(changed, attribute, value)
    if not groups:
        return end
    inherited = groups.get(GROUP_INHERITED, end.inherited)
    box = groups.get(GROUP_BOX, end.box)
    changed_paint = groups.get(GROUP_PAINT, end.paint)
    assert isinstance(inherited, InheritedStyle)
    assert isinstance(box, BoxStyle)
    assert isinstance(changed_paint, PaintStyle)
    return ComputedStyle(inherited, box, changed_paint, end.variables)


def _group(style: ComputedStyle, group: int) -> InheritedStyle | BoxStyle | PaintStyle:
    if group == GROUP_INHERITED:
        return style.inherited
    return style.box if group == GROUP_BOX else style.paint


def _is_discrete(attribute: str, first: object, second: object) -> bool:
    """Whether there is nothing between two values: half of the way is one of them."""
    middle = interpolate(attribute, first, second, 0.25)
    return middle is first or middle is second


def _longhands(name: str, style: ComputedStyle) -> list[int]:
    """The longhands of a name in transition-property."""
    if name == "all":
        return list(range(PROPERTY_COUNT))
    name = ALIASES.get(name, name)
    shorthand = SHORTHANDS.get(name)
    names = [name] if shorthand is None else list(shorthand.longhands)
    found: list[int] = []
    for one in names:
        index = IDS.get(one, -1)
        if index >= PROPERTY_COUNT:
            logical = LOGICAL[index - PROPERTY_COUNT]
            index = logical.resolve(style.inherited.writing_mode, style.inherited.direction)
        if index >= 0:
            found.append(index)
    return found

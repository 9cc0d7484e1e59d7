"""CSS animations at one moment (https://drafts.csswg.org/css-animations-1/, https://drafts.csswg.org/web-animations-1/).

Every animation begins at time 0 of the page's virtual clock, which the caller sets; nothing here looks at a clock.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Final, final

from .cascade import Cascaded
from .colors import parse_color
from .composition import composed
from .computed_style import ComputedStyle, PaintStyle
from .custom_properties import RegisteredProperty
from .declarations import CssWide, DeclarationBlock, parse_block
from .easing import Easing
from .interpolate import interpolate, mix, mix_colors
from .keywords import AnimationComposition, AnimationDirection, AnimationFillMode, AnimationPlayState
from .numeric import parse_percentage
from .property_info import GROUP_BOX, GROUP_INHERITED, IDS, LOGICAL, PROPERTY_COUNT
from .property_table import ATTRIBUTES, GROUPS
from .sheet import DescriptorRule
from .splitter import split_rules
from .syntax import tokenize
from .tokens import TokenKind, split_commas
from .value_parsers.text import FontSize
from .values import Color, Length, LengthKind

_TIMING: Final = IDS["animation-timing-function"]
_COMPOSITION: Final = IDS["animation-composition"]
_FONT_SIZE: Final = IDS["font-size"]
_NOT_ANIMATED: Final = frozenset(
    IDS[name]
    for name in (
        "animation-name animation-duration animation-delay animation-timing-function animation-iteration-count "
        "animation-direction animation-fill-mode animation-play-state animation-composition transition-property "
        "transition-duration transition-delay transition-timing-function transition-behavior direction "
        "writing-mode contain container-name container-type will-change unicode-bidi text-orientation "
        "text-combine-upright"
    ).split()
)
"""What keyframes cannot change."""


@final
class Keyframe:
    """A block of @keyframes at one offset; `easing` leads to the next one, None for the animation's own; `composition`
    likewise."""

    __slots__ = ("block", "composition", "easing", "offset")

    def __init__(
        self,
        offset: float,
        block: DeclarationBlock,
        easing: Easing | None,
        composition: AnimationComposition | None = None,
    ) -> None:
        self.composition: Final = composition
        self.offset: Final = offset
        self.block: Final = block
        self.easing: Final = easing


def keyframes_name(rule: DescriptorRule) -> str:
    """The name of an @keyframes rule, "" for an invalid one."""
    tokens = tokenize(rule.prelude)
    if len(tokens) != 1 or tokens[0].kind not in (TokenKind.IDENT, TokenKind.STRING):
        return ""
    return tokens[0].text


def parse_keyframes(rule: DescriptorRule) -> list[Keyframe]:
    """The keyframes by offset; those of one offset in the order of the sheet."""
    found: list[Keyframe] = []
    text = rule.block
    for piece in split_rules(text, 0, len(text)):
        if piece.name or piece.block_start < 0:
            continue
        offsets = _offsets(text[piece.prelude_start : piece.prelude_end])
        if not offsets:
            continue
        block = parse_block(text[piece.block_start : piece.block_end], rule.sheet.value_context)
        easing: Easing | None = None
        composition: AnimationComposition | None = None
        for index, value in block.normal:
            if index == _TIMING and isinstance(value, tuple) and isinstance(value[0], Easing):
                easing = value[0]
            elif (
                index == _COMPOSITION
                and isinstance(value, tuple)
                and isinstance(value[0], AnimationComposition)
            ):
                composition = value[0]
        found.extend(Keyframe(offset, block, easing, composition) for offset in offsets)
    found.sort(key=_offset)
    return found


def _offset(keyframe: Keyframe) -> float:
    return keyframe.offset


def _offsets(prelude: str) -> list[float]:
    """from, to and percentages; none where one of them is invalid."""
    offsets: list[float] = []
    for part in split_commas(tokenize(prelude)):
        if len(part) != 1:
            return []
        if part[0].is_ident("from"):
            offsets.append(0.0)
        elif part[0].is_ident("to"):
            offsets.append(1.0)
        else:
            percentage = parse_percentage(part[0])
            if percentage is None or not 0.0 <= percentage <= 100.0:
                return []
            offsets.append(percentage / 100.0)
    return offsets


# --- Timing (https://drafts.csswg.org/web-animations-1/#timing-model) ---


@final
class Moment:
    """Where an animation is: `progress` through its keyframes, and whether it has yet to begin."""

    __slots__ = ("is_before", "progress")

    def __init__(self, progress: float, is_before: bool) -> None:
        self.progress: Final = progress
        self.is_before: Final = is_before


def moment_of(style: PaintStyle, index: int, time: float) -> Moment | None:
    """Where the animation at an index of animation-name is at a time in seconds; None where it has no effect."""
    duration = style.animation_duration[index % len(style.animation_duration)]
    delay = style.animation_delay[index % len(style.animation_delay)]
    count = style.animation_iteration_count[index % len(style.animation_iteration_count)]
    direction = style.animation_direction[index % len(style.animation_direction)]
    fill = style.animation_fill_mode[index % len(style.animation_fill_mode)]
    if style.animation_play_state[index % len(style.animation_play_state)] == AnimationPlayState.PAUSED:
        time = 0.0
    active = 0.0 if duration == 0.0 or count == 0.0 else duration * count
    is_before = time < delay
    if is_before:
        if fill not in (AnimationFillMode.BACKWARDS, AnimationFillMode.BOTH):
            return None
        elapsed = 0.0
    elif time >= delay + active:
        if fill not in (AnimationFillMode.FORWARDS, AnimationFillMode.BOTH):
            return None
        elapsed = active
    else:
        elapsed = time - delay
    is_after = not is_before and time >= delay + active
    overall = elapsed / duration if duration > 0.0 else (0.0 if is_before else count)
    if overall == math.inf:
        iteration, progress = 0.0, 1.0
    else:
        iteration = float(math.floor(overall))
        progress = overall - iteration
        if progress == 0.0 and is_after and count > 0.0:
            progress = 1.0
            iteration -= 1.0
    is_odd = iteration % 2.0 == 1.0
    if direction == AnimationDirection.REVERSE:
        reversed_ = True
    elif direction == AnimationDirection.ALTERNATE:
        reversed_ = is_odd
    elif direction == AnimationDirection.ALTERNATE_REVERSE:
        reversed_ = not is_odd
    else:
        reversed_ = False
    if reversed_:
        progress = 1.0 - progress
    return Moment(progress, is_after if reversed_ else is_before)


# --- Effects ---

Compute = Callable[[Cascaded], ComputedStyle]


@final
class Effect:
    """Applies the animations of one element to what the cascade found for it."""

    def __init__(
        self,
        cascaded: Cascaded,
        style: ComputedStyle,
        compute: Compute,
        registered: dict[str, RegisteredProperty],
    ) -> None:
        self._cascaded: Cascaded = cascaded
        self._style: ComputedStyle = style
        self._compute: Final = compute
        self._registered: Final = registered
        self._mode: Final = style.inherited.writing_mode
        self._direction: Final = style.inherited.direction

    def apply(self, keyframes: dict[str, list[Keyframe]], time: float) -> ComputedStyle:
        """The style with all animations in effect at a time, the later over the earlier."""
        paint = self._style.paint
        for index, name in enumerate(paint.animation_name):
            frames = keyframes.get(name)
            if not frames:
                continue
            moment = moment_of(paint, index, time)
            if moment is None:
                continue
            easing = paint.animation_timing_function[index % len(paint.animation_timing_function)]
            composition = paint.animation_composition[index % len(paint.animation_composition)]
            self._animate(frames, moment, easing, composition)
        return self._style

    def _animate(
        self,
        frames: list[Keyframe],
        moment: Moment,
        easing: Easing,
        composition: AnimationComposition,
    ) -> None:
        tracks: dict[int, list[tuple[Keyframe, object]]] = {}
        variables: dict[str, list[tuple[Keyframe, str | CssWide]]] = {}
        for frame in frames:
            for index, value in frame.block.normal:
                if index >= PROPERTY_COUNT:
                    index = LOGICAL[index - PROPERTY_COUNT].resolve(self._mode, self._direction)
                if index in _NOT_ANIMATED or index in self._cascaded.important:
                    continue
                track = tracks.setdefault(index, [])
                if track and track[-1][0].offset == frame.offset:
                    track.pop()
                track.append((frame, value))
            for name, text in frame.block.variables:
                points = variables.setdefault(name, [])
                if points and points[-1][0].offset == frame.offset:
                    points.pop()
                points.append((frame, text))
        extra: list[tuple[str, str | CssWide]] = []
        for name, points in variables.items():
            replacement = self._variable(name, points, moment, easing)
            if replacement is not None:
                extra.append((name, replacement))
        base = self._cascaded
        values = dict(base.values)
        mixed: dict[int, float] = {}
        starts: dict[int, object] = {}
        ends: dict[int, object] = {}
        onto: dict[int, tuple[AnimationComposition, AnimationComposition]] = {}
        for index, track in tracks.items():
            start, end, share = _segment(track, moment, easing)
            ways = (_composition(start, composition), _composition(end, composition))
            if ways != _REPLACING:
                onto[index] = ways
            elif share == 0.0 or share == 1.0:
                chosen = start if share == 0.0 else end
                if chosen is not None:
                    values[index] = chosen[1]
                continue
            mixed[index] = share
            if start is not None:
                starts[index] = start[1]
            if end is not None:
                ends[index] = end[1]
        plain = self._with(values, extra)
        if mixed:
            first = self._compute(self._with({**values, **starts}, extra))
            second = self._compute(self._with({**values, **ends}, extra))
            for index, share in mixed.items():
                attribute = ATTRIBUTES[index]
                one, other = _read(first, index), _read(second, index)
                if index in onto:
                    under = _read(self._style, index)
                    one = composed(attribute, under, one, onto[index][0])
                    other = composed(attribute, under, other, onto[index][1])
                value = interpolate(attribute, one, other, share)
                if index == _FONT_SIZE and isinstance(value, float):
                    value = FontSize(length=Length(LengthKind.FIXED, value))
                values[index] = value
            plain = self._with(values, extra)
        self._cascaded = plain
        self._style = self._compute(plain)

    def _with(self, values: dict[int, object], extra: list[tuple[str, str | CssWide]]) -> Cascaded:
        cascaded = Cascaded(values, [*self._cascaded.variables, *extra])
        cascaded.important = self._cascaded.important
        return cascaded

    def _variable(
        self, name: str, points: list[tuple[Keyframe, str | CssWide]], moment: Moment, easing: Easing
    ) -> str | CssWide | None:
        """Registered custom properties go from value to value, the others flip."""
        track: list[tuple[Keyframe, object]] = [(frame, text) for frame, text in points]
        start, end, share = _segment(track, moment, easing)
        own = self._style.variables.get(name)
        first = own if start is None else start[1]
        second = own if end is None else end[1]
        found = first if share < 0.5 else second
        if 0.0 != share != 1.0 and name in self._registered and first is not None and second is not None:
            mixed = _mix_texts(str(first), str(second), share)
            if mixed is not None:
                return mixed
        return found if isinstance(found, (str, CssWide)) else None


def _read(style: ComputedStyle, index: int) -> object:
    group = GROUPS[index]
    source = style.inherited if group == GROUP_INHERITED else style.box if group == GROUP_BOX else style.paint
    value: object = getattr(source, ATTRIBUTES[index])
    return value


Point = tuple[Keyframe, object]

_REPLACING: Final = (AnimationComposition.REPLACE, AnimationComposition.REPLACE)


def _composition(point: Point | None, composition: AnimationComposition) -> AnimationComposition:
    """How a keyframe's value is put onto what is below; the style without the animation stands for itself."""
    if point is None:
        return AnimationComposition.REPLACE
    own = point[0].composition
    return composition if own is None else own


def _segment(track: list[Point], moment: Moment, easing: Easing) -> tuple[Point | None, Point | None, float]:
    """The keyframes on both sides of a moment, None for the style without the animation, and the eased share."""
    progress = moment.progress
    start: Point | None = None
    end: Point | None = None
    for point in track:
        if point[0].offset <= progress and not (progress == 1.0 and point[0].offset == 1.0):
            start = point
        elif end is None:
            end = point
    begin = 0.0 if start is None else start[0].offset
    stop = 1.0 if end is None else end[0].offset
    if start is not None and start[0].easing is not None:
        easing = start[0].easing
    share = (progress - begin) / (stop - begin) if stop > begin else 1.0
    return start, end, easing.at(share, moment.is_before)


_NUMBER: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|[a-z]*)\s*", re.IGNORECASE)


def _mix_texts(first: str, second: str, share: float) -> str | None:
    """Numbers with the same unit, and colours."""
    one, other = _NUMBER.fullmatch(first), _NUMBER.fullmatch(second)
    if one is not None and other is not None:
        unit, other_unit = one.group(2).lower(), other.group(2).lower()
        start, end = float(one.group(1)), float(other.group(1))
        if unit == other_unit or start == 0.0 or end == 0.0:
            return f"{mix(start, end, share):.9g}{unit or other_unit}"
        return None
    start_tokens, end_tokens = tokenize(first), tokenize(second)
    if len(start_tokens) != 1 or len(end_tokens) != 1:
        return None
    start_color, end_color = parse_color(start_tokens[0]), parse_color(end_tokens[0])
    if not isinstance(start_color, Color) or not isinstance(end_color, Color):
        return None
    return repr(mix_colors(start_color, end_color, share))

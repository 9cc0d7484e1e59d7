"""The explicit grid: tracks from templates, named lines and areas, and what grid-row/column values point at.

https://drafts.csswg.org/css-grid-2/#explicit-grids , #line-placement
Lines are counted from 0, the start edge of the explicit grid; implicit lines before it are negative.
"""

from __future__ import annotations

import math
from typing import Final, final

from ...css.values import AUTO_TRACK, GridLine, LengthKind, RepeatKind, TrackList, TrackRepeat, TrackSize
from ...limits import MAX_GRID_TRACKS
from ..constraint_space import INDEFINITE, SubgridAxis
from ..sizing import resolve

AUTO_LINE: Final = -(10**9)
"""A position that auto-placement finds."""


@final
class ExplicitAxis:
    """The explicit grid along one axis.

    Attributes:
        tracks: the sizes of its tracks, areas without a template size included.
        names: for each line the names it has, those of areas included.
        auto_fit_start, auto_fit_end: which tracks collapse when they are empty.
        is_subgrid: the tracks are the parent's.
    """

    __slots__ = ("auto_fit_end", "auto_fit_start", "is_subgrid", "names", "positions", "tracks")

    def __init__(self) -> None:
        self.tracks: Final[list[TrackSize]] = []
        self.names: Final[list[list[str]]] = [[]]
        self.positions: Final[dict[str, list[int]]] = {}
        self.auto_fit_start: int = 0
        self.auto_fit_end: int = 0
        self.is_subgrid: bool = False

    def count(self) -> int:
        """How many explicit tracks there are."""
        return len(self.tracks)

    def add_part(self, tracks: tuple[TrackSize, ...], names: tuple[tuple[str, ...], ...]) -> None:
        """Append tracks with their names; the first names join those of the last line."""
        for index in range(len(tracks)):
            if len(self.tracks) >= MAX_GRID_TRACKS:
                return
            if index < len(names):
                self.names[len(self.names) - 1].extend(names[index])
            self.tracks.append(tracks[index])
            self.names.append([])
        if len(names) > len(tracks):
            self.names[len(self.names) - 1].extend(names[len(tracks)])

    def index_names(self) -> None:
        """Make `positions` from `names`."""
        for line in range(len(self.names)):
            for name in self.names[line]:
                lines = self.positions.get(name)
                if lines is None:
                    self.positions[name] = [line]
                elif lines[len(lines) - 1] != line:
                    lines.append(line)


@final
class AutoRepeatBasis:
    """What the number of repetitions of auto-fill and auto-fit depends on, CSS px.

    Attributes:
        available: the content-box size, definite or from a maximum; INDEFINITE for none.
        minimum: a definite minimum size, INDEFINITE for none.
        percentage: what percentages are of.
        gap: between two tracks.
    """

    __slots__ = ("available", "gap", "minimum", "percentage")

    def __init__(self, available: float, minimum: float, percentage: float, gap: float) -> None:
        self.available: Final = available
        self.minimum: Final = minimum
        self.percentage: Final = percentage
        self.gap: Final = gap


def explicit_axis(
    template: TrackList,
    areas: tuple[tuple[str, ...], ...],
    is_column: bool,
    auto_tracks: tuple[TrackSize, ...],
    basis: AutoRepeatBasis,
    subgrid: SubgridAxis | None = None,
) -> ExplicitAxis:
    """The explicit grid along one axis.

    `subgrid`: of a subgridded axis: the tracks of the parent that it spans.
    """
    axis = ExplicitAxis()
    if template.is_subgrid and subgrid is not None:
        axis.is_subgrid = True
        span = len(subgrid.starts)
        axis.add_part((AUTO_TRACK,) * span, template.subgrid_names[: span + 1])
        for line in range(len(axis.names)):
            axis.names[line].extend(subgrid.names[line])
    else:
        for part in template.parts:
            if part.kind >= RepeatKind.AUTO_FILL:
                count = _repetitions(template, part, basis)
                start = axis.count()
                for _ in range(count):
                    axis.add_part(part.tracks, part.line_names)
                if part.kind == RepeatKind.AUTO_FIT:
                    axis.auto_fit_start, axis.auto_fit_end = start, axis.count()
            else:
                for _ in range(min(part.count, MAX_GRID_TRACKS)):
                    axis.add_part(part.tracks, part.line_names)
    _add_areas(axis, areas, is_column, auto_tracks)
    axis.index_names()
    return axis


def _add_areas(
    axis: ExplicitAxis,
    areas: tuple[tuple[str, ...], ...],
    is_column: bool,
    auto_tracks: tuple[TrackSize, ...],
) -> None:
    """Tracks that only grid-template-areas makes, and the implied names of areas."""
    if not areas:
        return
    extent = len(areas[0]) if is_column else len(areas)
    if not axis.is_subgrid:
        first = axis.count()
        while axis.count() < min(extent, MAX_GRID_TRACKS):
            # https://drafts.csswg.org/css-grid-2/#auto-tracks
            axis.add_part((auto_tracks[(axis.count() - first) % len(auto_tracks)],), ())
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    for row in range(len(areas)):
        for column in range(len(areas[row])):
            name = areas[row][column]
            if not name:
                continue
            position = column if is_column else row
            starts[name] = min(starts.get(name, position), position)
            ends[name] = max(ends.get(name, position), position)
    last = len(axis.names) - 1
    for name, start in starts.items():
        axis.names[min(start, last)].append(name + "-start")
        axis.names[min(ends[name] + 1, last)].append(name + "-end")


def track_basis(track: TrackSize, percentage: float) -> float:
    """A track's definite size for counting repetitions: its max where that is definite, else its min; 1px or more."""
    low = high = INDEFINITE
    if track.min.kind <= LengthKind.CALC and not (percentage == INDEFINITE and track.min.has_percent()):
        low = resolve(track.min, percentage)
    is_definite = track.flex == 0.0 and track.max.kind <= LengthKind.CALC
    if is_definite and not (percentage == INDEFINITE and track.max.has_percent()):
        high = resolve(track.max, percentage)
    return max(high if high != INDEFINITE and high > low else low, 1.0)


def _repetitions(template: TrackList, repeat: TrackRepeat, basis: AutoRepeatBasis) -> int:
    """How often the tracks of auto-fill or auto-fit are repeated (https://drafts.csswg.org/css-grid-2/#auto-repeat)."""
    fixed = 0.0
    fixed_count = 0
    for part in template.parts:
        if part is repeat:
            continue
        for track in part.tracks:
            fixed += track_basis(track, basis.percentage) * part.count
            fixed_count += part.count
    repeated = 0.0
    for track in repeat.tracks:
        repeated += track_basis(track, basis.percentage)
    repeated_count = len(repeat.tracks)
    if repeated_count == 0:
        return 0
    size = repeated + basis.gap * repeated_count
    if basis.available != INDEFINITE:
        # the largest number that does not overflow
        room = basis.available - fixed - basis.gap * (fixed_count - 1)
        count = math.floor(room / size + 1e-9)
    elif basis.minimum != INDEFINITE:
        # the smallest number that fulfils the minimum
        room = basis.minimum - fixed - basis.gap * (fixed_count - 1)
        count = math.ceil(room / size - 1e-9)
    else:
        count = 1
    return max(1, min(count, (MAX_GRID_TRACKS - fixed_count) // repeated_count))


@final
class GridSpan:
    """The lines of an item in one axis: `start` is AUTO_LINE where auto-placement finds it."""

    __slots__ = ("span", "start")

    def __init__(self, start: int, span: int) -> None:
        self.start: Final = start
        self.span: Final = span

    @property
    def end(self) -> int:
        """The end line."""
        return self.start + self.span


def resolve_span(axis: ExplicitAxis, start: GridLine, end: GridLine) -> GridSpan:
    """What grid-row-start and -end (or -column-) come to (https://drafts.csswg.org/css-grid-2/#grid-placement-errors)."""
    if start.is_span and end.is_span:
        end = GridLine()  # "if the placement contains two spans, remove the one contributed by the end"
    start_line = AUTO_LINE if start.is_auto() or start.is_span else _line(axis, start, is_start=True)
    end_line = AUTO_LINE if end.is_auto() or end.is_span else _line(axis, end, is_start=False)
    if start_line != AUTO_LINE and end_line != AUTO_LINE:
        if start_line > end_line:
            start_line, end_line = end_line, start_line
        if start_line == end_line:
            end_line = start_line + 1
    elif start_line != AUTO_LINE:
        end_line = _span_from(axis, start_line, end, 1) if end.is_span else start_line + 1
    elif end_line != AUTO_LINE:
        start_line = _span_from(axis, end_line, start, -1) if start.is_span else end_line - 1
    else:
        span = start if start.is_span else end
        # "if the placement contains only a span for a named line, replace it with a span of 1"
        count = span.number if span.is_span and not span.name else 1
        return GridSpan(AUTO_LINE, max(1, min(count, MAX_GRID_TRACKS)))
    limit = MAX_GRID_TRACKS
    start_line = max(-limit, min(start_line, limit - 1))
    end_line = max(start_line + 1, min(end_line, limit))
    return GridSpan(start_line, end_line - start_line)


def _line(axis: ExplicitAxis, value: GridLine, is_start: bool) -> int:
    """The line that a number or a name stands for."""
    if not value.name:
        return value.number - 1 if value.number > 0 else axis.count() + 1 + value.number
    number = value.number
    if number == 0:
        # a name alone: first the edge of the area of that name
        lines = axis.positions.get(value.name + ("-start" if is_start else "-end"))
        if lines is not None:
            return lines[0]
        number = 1
    lines = axis.positions.get(value.name)
    found = lines if lines is not None else []
    if number > 0:
        # "all implicit lines are assumed to have that name"
        return found[number - 1] if number <= len(found) else axis.count() + number - len(found)
    return found[len(found) + number] if -number <= len(found) else number + len(found)


def _span_from(axis: ExplicitAxis, origin: int, value: GridLine, step: int) -> int:
    """The opposite line of a span: `number` lines away, or that many lines of the name away."""
    count = max(1, min(value.number, MAX_GRID_TRACKS))
    if not value.name:
        return origin + step * count
    found = axis.positions.get(value.name)
    lines = found if found is not None else []
    if step > 0:
        for line in lines:
            if line > origin:
                count -= 1
                if count == 0:
                    return line
        return max(origin, axis.count()) + count
    for index in range(len(lines) - 1, -1, -1):
        if lines[index] < origin:
            count -= 1
            if count == 0:
                return lines[index]
    return min(origin, 0) - count

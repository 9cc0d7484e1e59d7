"""The track sizing algorithm (https://drafts.csswg.org/css-grid-2/#algo-track-sizing), one axis at a time.

Input: tracks, items with their lines, and what items contribute (`Contributions`, asked on demand).
Output: `Track.base` of every track.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Final, final

from mypy_extensions import mypyc_attr

from ...css.values import Length, LengthKind, TrackSize
from ..constraint_space import INDEFINITE
from ..sizing import layout_unit, resolve
from .placement import GridItem

INFINITE: Final = 3.0e38
"""A growth limit without end."""


class SizingMode(IntEnum):
    """Under which constraint the grid container is sized."""

    LAYOUT = 0
    MIN_CONTENT = 1
    MAX_CONTENT = 2


class MinKind(IntEnum):
    """Min track sizing functions, percentages of nothing turned into AUTO."""

    FIXED = 0
    AUTO = 1
    MIN_CONTENT = 2
    MAX_CONTENT = 3


class MaxKind(IntEnum):
    """Max track sizing functions."""

    FIXED = 0
    MIN_CONTENT = 1
    AUTO = 2
    MAX_CONTENT = 3
    FIT_CONTENT = 4
    FLEX = 5


@final
class Track:
    """A row or a column.

    Attributes:
        min_kind, max_kind, min_px, max_px: the sizing functions; max_px is also fit-content's argument.
        flex: the flex factor.
        base, limit: base size and growth limit; base is the used size in the end.
        planned, increase: of distributing extra space.
        is_infinitely_growable: its growth limit has just become finite.
        is_collapsed: an empty track of auto-fit: no size, no gutter.
        offset: of its start edge, from the content box's.
    """

    __slots__ = (
        "base",
        "flex",
        "increase",
        "is_collapsed",
        "is_infinitely_growable",
        "limit",
        "max_kind",
        "max_px",
        "min_kind",
        "min_px",
        "offset",
        "planned",
    )

    def __init__(self, size: TrackSize, basis: float, is_collapsed: bool = False) -> None:
        self.flex: float = 0.0 if is_collapsed else size.flex
        self.is_collapsed: Final = is_collapsed
        self.min_px: float = 0.0
        self.max_px: float = 0.0
        self.min_kind: MinKind = MinKind.FIXED
        self.max_kind: MaxKind = MaxKind.FIXED
        if not is_collapsed:
            self._set_min(size.min, basis)
            self._set_max(size, basis)
        self.base: float = self.min_px if self.min_kind == MinKind.FIXED else 0.0
        self.limit: float = self.max_px if self.max_kind == MaxKind.FIXED else INFINITE
        self.limit = max(self.limit, self.base)
        self.planned: float = 0.0
        self.increase: float = 0.0
        self.is_infinitely_growable: bool = False
        self.offset: float = 0.0

    def _set_min(self, length: Length, basis: float) -> None:
        kind = length.kind
        if kind == LengthKind.MIN_CONTENT:
            self.min_kind = MinKind.MIN_CONTENT
        elif kind == LengthKind.MAX_CONTENT:
            self.min_kind = MinKind.MAX_CONTENT
        elif kind <= LengthKind.CALC and not (basis == INDEFINITE and length.has_percent()):
            self.min_px = max(0.0, resolve(length, basis))
        else:
            self.min_kind = MinKind.AUTO

    def _set_max(self, size: TrackSize, basis: float) -> None:
        length = size.max
        kind = length.kind
        if size.flex > 0.0:
            self.max_kind = MaxKind.FLEX
        elif kind == LengthKind.MIN_CONTENT:
            self.max_kind = MaxKind.MIN_CONTENT
        elif kind == LengthKind.MAX_CONTENT:
            self.max_kind = MaxKind.MAX_CONTENT
        elif kind <= LengthKind.CALC and not (basis == INDEFINITE and length.has_percent()):
            self.max_px = max(0.0, resolve(length, basis))
            self.max_kind = MaxKind.FIT_CONTENT if size.is_fit_content else MaxKind.FIXED
        else:
            self.max_kind = MaxKind.AUTO

    def has_intrinsic_max(self) -> bool:
        """min-content, max-content, auto or fit-content() as the max sizing function."""
        return self.max_kind != MaxKind.FIXED and self.max_kind != MaxKind.FLEX

    def is_max_content_max(self) -> bool:
        """max-content, auto or fit-content() as the max sizing function."""
        kind = self.max_kind
        return kind == MaxKind.AUTO or kind == MaxKind.MAX_CONTENT or kind == MaxKind.FIT_CONTENT

    def is_intrinsic(self) -> bool:
        """Whether its size depends on content."""
        return self.min_kind != MinKind.FIXED or self.has_intrinsic_max()


@mypyc_attr(allow_interpreted_subclasses=True)
class Contributions(ABC):
    """What items ask of the tracks they span, margins included, in one axis."""

    @abstractmethod
    def min_content(self, item: GridItem) -> float:
        """The min-content contribution."""

    @abstractmethod
    def max_content(self, item: GridItem) -> float:
        """The max-content contribution."""

    @abstractmethod
    def minimum(self, item: GridItem, tracks: list[Track]) -> float:
        """The minimum contribution; `tracks` are the spanned ones (automatic minimum sizes look at them)."""


@final
class SpannedItem:
    """An item with the tracks it spans in the axis at hand, and whom to ask what it contributes."""

    __slots__ = ("contributions", "end", "has_flex", "item", "span", "start", "tracks")

    def __init__(
        self, item: GridItem, start: int, end: int, tracks: list[Track], contributions: Contributions
    ) -> None:
        self.contributions: Final = contributions
        self.item: Final = item
        self.start: Final = start
        self.end: Final = end
        self.span: Final = end - start
        self.tracks: Final = tracks[start:end]
        has_flex = False
        for track in self.tracks:
            if track.flex > 0.0:
                has_flex = True
        self.has_flex: Final = has_flex


class _Phase(IntEnum):
    """Which tracks are grown for which contribution."""

    INTRINSIC_MINIMUMS = 0
    CONTENT_MINIMUMS = 1
    MAX_CONTENT_MINIMUMS = 2
    INTRINSIC_MAXIMUMS = 3
    MAX_CONTENT_MAXIMUMS = 4


@final
class TrackSizing:
    """One run of the algorithm."""

    __slots__ = ("gap", "items", "mode", "tracks")

    def __init__(self, tracks: list[Track], items: list[SpannedItem], gap: float, mode: SizingMode) -> None:
        self.tracks: Final = tracks
        self.items: Final = items
        self.gap: Final = gap
        self.mode: Final = mode

    def run(self, available: float, stretches: bool) -> None:
        """Size the tracks. `available`: the content-box size, INDEFINITE for none; `stretches`: whether
        content distribution is normal or stretch."""
        # 1. Initialize track sizes: the constructor of Track did.
        # 2. Resolve intrinsic track sizes.
        self._resolve_intrinsic()
        # 3. Maximize tracks.
        self._maximize(available)
        # 4. Expand flexible tracks.
        self._expand_flexible(available)
        # 5. Expand stretched auto tracks.
        if stretches:
            self._stretch_auto(available)

    def gaps(self, start: int, end: int) -> float:
        """The gutters between the tracks of a range: none beside collapsed ones."""
        count = 0
        for index in range(start, end):
            if not self.tracks[index].is_collapsed:
                count += 1
        return self.gap * max(0, count - 1)

    def total(self) -> float:
        """All tracks with their gutters."""
        total = self.gaps(0, len(self.tracks))
        for track in self.tracks:
            total += track.base
        return total

    # --- 12.5 -----------------------------------------------------------------------------------------

    def _resolve_intrinsic(self) -> None:
        # 1. Shim baseline-aligned items: contributions include the shims.
        # 2., 3. Items of one track, then of more, that span no flexible track.
        groups = sorted(self.items, key=_span)
        position = 0
        while position < len(groups):
            span = groups[position].span
            end = position
            group: list[SpannedItem] = []
            while end < len(groups) and groups[end].span == span:
                if not groups[end].has_flex and self._is_intrinsic(groups[end]):
                    group.append(groups[end])
                end += 1
            if span == 1:
                for spanned in group:
                    self._size_single(spanned)
                self._fix_limits()
            elif group:
                self._distribute_group(group, is_flexible=False)
            position = end
        # 4. Items that span a flexible track, all together.
        flexible: list[SpannedItem] = []
        for spanned in groups:
            if spanned.has_flex:
                flexible.append(spanned)
        if flexible:
            self._distribute_group(flexible, is_flexible=True)
        # 5. Infinite growth limits become the base size.
        for track in self.tracks:
            if track.limit == INFINITE:
                track.limit = track.base

    def _is_intrinsic(self, spanned: SpannedItem) -> bool:
        return any(track.is_intrinsic() for track in spanned.tracks)

    def _size_single(self, spanned: SpannedItem) -> None:
        track = spanned.tracks[0]
        item = spanned.item
        kind = track.min_kind
        if kind == MinKind.AUTO:
            track.base = max(track.base, spanned.contributions.minimum(spanned.item, spanned.tracks))
        elif kind == MinKind.MIN_CONTENT:
            track.base = max(track.base, spanned.contributions.min_content(item))
        elif kind == MinKind.MAX_CONTENT:
            track.base = max(track.base, spanned.contributions.max_content(item))
        if track.max_kind == MaxKind.MIN_CONTENT:
            self._raise_limit(track, spanned.contributions.min_content(item))
        elif track.is_max_content_max():
            value = spanned.contributions.max_content(item)
            if track.max_kind == MaxKind.FIT_CONTENT:
                value = min(value, max(track.max_px, track.base))
            self._raise_limit(track, value)

    def _raise_limit(self, track: Track, value: float) -> None:
        track.limit = value if track.limit == INFINITE else max(track.limit, value)

    def _fix_limits(self) -> None:
        for track in self.tracks:
            track.limit = max(track.limit, track.base)

    def _distribute_group(self, group: list[SpannedItem], is_flexible: bool) -> None:
        """Steps 3.1 to 3.6 for items of the same span (or all that span flexible tracks)."""
        # 1. For intrinsic minimums
        self._grow(group, _Phase.INTRINSIC_MINIMUMS, is_flexible)
        # 2. For content-based minimums
        self._grow(group, _Phase.CONTENT_MINIMUMS, is_flexible)
        # 3. For max-content minimums
        self._grow(group, _Phase.MAX_CONTENT_MINIMUMS, is_flexible)
        # 4. a growth limit below the base size is raised to it
        self._fix_limits()
        if is_flexible:
            return  # flexible tracks have no intrinsic max sizing function
        # 5. For intrinsic maximums
        self._grow(group, _Phase.INTRINSIC_MAXIMUMS, is_flexible)
        # 6. For max-content maximums
        self._grow(group, _Phase.MAX_CONTENT_MAXIMUMS, is_flexible)
        for track in self.tracks:
            track.is_infinitely_growable = False

    def _is_affected(self, track: Track, phase: _Phase) -> bool:
        if phase == _Phase.INTRINSIC_MINIMUMS:
            return track.min_kind != MinKind.FIXED
        if phase == _Phase.CONTENT_MINIMUMS:
            return track.min_kind == MinKind.MIN_CONTENT or track.min_kind == MinKind.MAX_CONTENT
        if phase == _Phase.MAX_CONTENT_MINIMUMS:
            # NOTE: like Blink, no "limited contributions" where the container is sized under a constraint
            return track.min_kind == MinKind.MAX_CONTENT
        if phase == _Phase.INTRINSIC_MAXIMUMS:
            return track.has_intrinsic_max()
        return track.is_max_content_max()

    def _contribution(self, spanned: SpannedItem, phase: _Phase) -> float:
        if phase == _Phase.INTRINSIC_MINIMUMS:
            return spanned.contributions.minimum(spanned.item, spanned.tracks)
        if phase == _Phase.CONTENT_MINIMUMS or phase == _Phase.INTRINSIC_MAXIMUMS:
            return spanned.contributions.min_content(spanned.item)
        return spanned.contributions.max_content(spanned.item)

    def _grow(self, group: list[SpannedItem], phase: _Phase, is_flexible: bool) -> None:
        """Distribute extra space across spanned tracks (https://drafts.csswg.org/css-grid-2/#extra-space)."""
        is_limit = phase >= _Phase.INTRINSIC_MAXIMUMS
        for track in self.tracks:
            track.planned = 0.0
        is_any = False
        for spanned in group:
            affected: list[Track] = []
            for track in spanned.tracks:
                if is_flexible and track.flex <= 0.0:
                    continue
                if self._is_affected(track, phase):
                    affected.append(track)
            if not affected:
                continue
            is_any = True
            # 1. Find the space to distribute.
            space = self._contribution(spanned, phase) - self.gaps(spanned.start, spanned.end)
            for track in spanned.tracks:
                if is_limit:
                    space -= track.limit if track.limit != INFINITE else track.base
                else:
                    space -= track.base
            for track in affected:
                track.increase = 0.0
            if space > 0.0:
                self._distribute(affected, space, phase, is_flexible)
            # 4. the planned increase is the largest item-incurred one
            for track in affected:
                track.planned = max(track.planned, track.increase)
        if not is_any:
            return
        # 5. Update the tracks' affected sizes.
        for spanned in group:
            for track in spanned.tracks:
                if not self._is_affected(track, phase) or (is_flexible and track.flex <= 0.0):
                    continue
                if not is_limit:
                    track.base += track.planned
                elif track.limit == INFINITE:
                    track.limit = track.base + track.planned
                    if phase == _Phase.INTRINSIC_MAXIMUMS:
                        track.is_infinitely_growable = True
                else:
                    track.limit += track.planned
                track.planned = 0.0

    def _distribute(self, affected: list[Track], space: float, phase: _Phase, is_flexible: bool) -> None:
        """2. up to limits, 3. beyond limits."""
        if is_flexible:
            self._distribute_flexible(affected, space)
            return
        is_limit = phase >= _Phase.INTRINSIC_MAXIMUMS
        left = self._share(affected, space, is_limit, is_beyond=False)
        if left <= 0.0:
            return
        if is_limit:
            self._share(affected, left, is_limit, is_beyond=True)
            return
        beyond: list[Track] = []
        for track in affected:
            if phase == _Phase.MAX_CONTENT_MINIMUMS:
                if track.is_max_content_max():
                    beyond.append(track)
            elif phase <= _Phase.CONTENT_MINIMUMS and track.has_intrinsic_max():
                beyond.append(track)
        targets = beyond or affected
        share = left / len(targets)
        for track in targets:
            track.increase += share

    def _distribute_flexible(self, affected: list[Track], space: float) -> None:
        total = 0.0
        for track in affected:
            total += track.flex
        for track in affected:
            track.increase += space * track.flex / total if total > 0.0 else space / len(affected)

    def _share(self, affected: list[Track], space: float, is_limit: bool, is_beyond: bool) -> float:
        """Grow in equal parts, each track up to its limit; gives back what is left."""
        open_tracks = list(affected)
        while space > 0.0 and open_tracks:
            share = space / len(open_tracks)
            still: list[Track] = []
            for track in open_tracks:
                room = self._room(track, is_limit, is_beyond)
                if room <= share:
                    track.increase += room
                    space -= room
                else:
                    still.append(track)
            if len(still) == len(open_tracks):
                for track in still:
                    track.increase += share
                return 0.0
            open_tracks = still
        return space

    def _room(self, track: Track, is_limit: bool, is_beyond: bool) -> float:
        """How much further a track may grow before it is frozen; fit-content() never beyond its argument."""
        if is_limit:
            if not is_beyond and track.limit != INFINITE and not track.is_infinitely_growable:
                return 0.0
            size = track.limit if track.limit != INFINITE else track.base
            if track.max_kind == MaxKind.FIT_CONTENT:
                return max(0.0, track.max_px - size - track.increase)
            return INFINITE
        limit = track.limit
        if track.max_kind == MaxKind.FIT_CONTENT:
            limit = min(limit, track.max_px)
        if limit == INFINITE:
            return INFINITE
        return max(0.0, limit - track.base - track.increase)

    # --- 12.6 to 12.8 ---------------------------------------------------------------------------------

    def _maximize(self, available: float) -> None:
        if self.mode == SizingMode.MIN_CONTENT:
            return
        if available == INDEFINITE or self.mode == SizingMode.MAX_CONTENT:
            for track in self.tracks:
                track.base = track.limit
            return
        free = available - self.total()
        growing: list[Track] = []
        for track in self.tracks:
            if track.limit > track.base:
                growing.append(track)
        while free > 0.0 and growing:
            share = free / len(growing)
            still: list[Track] = []
            for track in growing:
                if track.limit - track.base <= share:
                    free -= track.limit - track.base
                    track.base = track.limit
                else:
                    still.append(track)
            if len(still) == len(growing):
                share = layout_unit(share)
                for track in still:
                    track.base += share
                return
            growing = still

    def _expand_flexible(self, available: float) -> None:
        is_flexible = False
        for track in self.tracks:
            if track.flex > 0.0:
                is_flexible = True
        if not is_flexible or self.mode == SizingMode.MIN_CONTENT:
            return
        if available != INDEFINITE and self.mode == SizingMode.LAYOUT:
            if available - self.total() <= 0.0:
                return
            fraction = _find_fraction(self.tracks, available - self.gaps(0, len(self.tracks)))
        else:
            fraction = 0.0
            for track in self.tracks:
                if track.flex > 0.0:
                    fraction = max(fraction, track.base / max(1.0, track.flex))
            for spanned in self.items:
                if spanned.has_flex:
                    space = spanned.contributions.max_content(spanned.item)
                    space -= self.gaps(spanned.start, spanned.end)
                    fraction = max(fraction, _find_fraction(spanned.tracks, space))
        leftover = 0.0
        for track in self.tracks:
            if track.flex > 0.0 and fraction * track.flex > track.base:
                # what is cut off of one track goes to the next, as in Blink
                exact = fraction * track.flex + leftover
                size = layout_unit(exact + 1e-7)
                leftover = exact - size
                track.base = size

    def _stretch_auto(self, available: float) -> None:
        if available == INDEFINITE or self.mode != SizingMode.LAYOUT:
            return
        free = available - self.total()
        if free <= 0.0:
            return
        count = 0
        for track in self.tracks:
            if track.max_kind == MaxKind.AUTO:
                count += 1
        if count == 0:
            return
        share = free / count
        for track in self.tracks:
            if track.max_kind == MaxKind.AUTO:
                track.base += share


def _span(spanned: SpannedItem) -> int:
    return spanned.span


def _find_fraction(tracks: list[Track], space: float) -> float:
    """Find the size of an fr (https://drafts.csswg.org/css-grid-2/#algo-find-fr-size); gutters are taken off."""
    inflexible: set[int] = set()
    while True:
        leftover = space
        factors = 0.0
        for index in range(len(tracks)):
            track = tracks[index]
            if track.flex > 0.0 and index not in inflexible:
                factors += track.flex
            else:
                leftover -= track.base
        if factors == 0.0:
            return 0.0
        fraction = max(0.0, leftover) / max(1.0, factors)
        is_restarted = False
        for index in range(len(tracks)):
            track = tracks[index]
            if track.flex > 0.0 and index not in inflexible and fraction * track.flex < track.base:
                inflexible.add(index)
                is_restarted = True
        if not is_restarted:
            return fraction

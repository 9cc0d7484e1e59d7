"""Which stacking layer painted which record: for looking at a page layer by layer."""

from __future__ import annotations

from typing import Final, final

from ..layout.fragment import Fragment
from .display_list import DisplayItem, DisplayList, PopMask, PushMask


@final
class LoggedLayer:
    """A stacking context in painting order. `parent` is the index of the one around it, -1 for the root's."""

    __slots__ = ("fragment", "parent", "x", "y", "z")

    def __init__(self, fragment: Fragment, place: tuple[float, float], z: int, parent: int) -> None:
        self.fragment: Final = fragment
        self.x: Final = place[0]
        self.y: Final = place[1]
        self.z: Final = z
        self.parent: Final = parent


@final
class LayerLog:
    """Notes the owner of each record while a page is painted.

    Attributes:
        layers: in painting order; the first is the root's.
        current: the index of the one being painted, -1 before the first.
    """

    __slots__ = ("_owners", "current", "layers")

    def __init__(self) -> None:
        self.layers: Final[list[LoggedLayer]] = []
        self.current = -1
        self._owners: Final[dict[DisplayItem, int]] = {}

    def begin(self, layer: LoggedLayer) -> None:
        """What follows belongs to this layer."""
        self.layers.append(layer)
        self.current = len(self.layers) - 1

    def note(self, item: DisplayItem) -> None:
        """A record was painted. The canvas is painted before the root's layer begins, and belongs to it."""
        self._owners[item] = max(self.current, 0)

    def items_of(self, index: int, items: DisplayList) -> DisplayList:
        """What one layer painted itself, under the clips, transforms, groups and masks around it."""
        kept: list[DisplayItem] = []
        opened: list[int] = []  # where in `kept` the pushes stand
        masks = 0
        for item in items.items:
            if item.is_push():
                masks += 1 if isinstance(item, PushMask) else 0
                opened.append(len(kept))
                kept.append(item)
            elif item.is_pop():
                masks -= 1 if isinstance(item, PopMask) else 0
                start = opened.pop()
                if _shows_nothing(kept, start) and not isinstance(item, PopMask):
                    del kept[start:]
                else:
                    kept.append(item)
            elif masks or self._owners.get(item, -1) == index:
                kept.append(item)
        return DisplayList(kept)


def _shows_nothing(kept: list[DisplayItem], start: int) -> bool:
    """Whether a push is followed by nothing, or by a mask alone."""
    if len(kept) == start + 1:
        return True
    if not isinstance(kept[start + 1], PushMask):
        return False
    depth = 0
    for at in range(start + 1, len(kept)):
        depth += 1 if kept[at].is_push() else -1 if kept[at].is_pop() else 0
        if depth == 0:
            return at == len(kept) - 1
    return False

"""The floats of a block formatting context, as the areas that lines and boxes must keep out of.

https://drafts.csswg.org/css2/#floats ; persistent: adding a float gives a new space, so that a trial layout
leaves nothing behind.
"""

from __future__ import annotations

from typing import Final, final


@final
class Exclusion:
    """The margin box of a float, in the inline and block axes of its formatting context, CSS px."""

    __slots__ = ("block_end", "block_start", "inline_end", "inline_start", "is_start_side")

    def __init__(
        self,
        inline_start: float,
        inline_end: float,
        block_start: float,
        block_end: float,
        is_start_side: bool,
    ) -> None:
        self.inline_start: Final = inline_start
        self.inline_end: Final = inline_end
        self.block_start: Final = block_start
        self.block_end: Final = block_end
        self.is_start_side: Final = is_start_side


@final
class ExclusionSpace:
    """The floats so far, in the order they were placed."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Exclusion, ...] = ()) -> None:
        self.items: Final = items


NO_EXCLUSIONS: Final = ExclusionSpace()

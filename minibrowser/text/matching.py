"""Which face of a family answers a wish: https://drafts.csswg.org/css-fonts-4/#font-style-matching.

Used for `@font-face` families, and for installed ones where fontconfig does not do it.
"""

from __future__ import annotations

from typing import Final, final

from .font import FontSelection

BOLD_THRESHOLD: Final = 600.0
"""Blink's kBoldThreshold: from here on a lighter face is emboldened."""

FAR: Final = 1_000_000.0
"""Added where a value lies on the side that the standard tries last."""


@final
class FaceCapabilities:
    """What a face offers: ranges of weight (1..1000) and stretch (percent), and its slant."""

    __slots__ = ("is_italic", "stretch_max", "stretch_min", "weight_max", "weight_min")

    def __init__(
        self,
        weight_min: float = 400.0,
        weight_max: float = 400.0,
        stretch_min: float = 100.0,
        stretch_max: float = 100.0,
        is_italic: bool = False,
    ) -> None:
        self.weight_min: Final = min(weight_min, weight_max)
        self.weight_max: Final = max(weight_min, weight_max)
        self.stretch_min: Final = min(stretch_min, stretch_max)
        self.stretch_max: Final = max(stretch_min, stretch_max)
        self.is_italic: Final = is_italic

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FaceCapabilities) and (
            self.weight_min == other.weight_min
            and self.weight_max == other.weight_max
            and self.stretch_min == other.stretch_min
            and self.stretch_max == other.stretch_max
            and self.is_italic == other.is_italic
        )

    def __hash__(self) -> int:
        return hash((self.weight_min, self.weight_max, self.stretch_min, self.stretch_max, self.is_italic))

    def __repr__(self) -> str:
        return (
            f"<FaceCapabilities {self.weight_min:g}..{self.weight_max:g} "
            f"{self.stretch_min:g}%..{self.stretch_max:g}% italic={self.is_italic}>"
        )


def stretch_distance(wish: float, low: float, high: float) -> float:
    """Step 4.1: narrower first for wishes up to 100%, wider first above."""
    if low <= wish <= high:
        return 0.0
    if wish <= 100.0:
        return wish - high if high < wish else low - wish + FAR
    return low - wish if low > wish else wish - high + FAR


def weight_distance(wish: float, low: float, high: float) -> float:
    """Step 4.3: between 400 and 500 look up to 500, then down, then up; lighter wishes down first, bolder up."""
    if low <= wish <= high:
        return 0.0
    if 400.0 <= wish <= 500.0:
        if low > wish and low <= 500.0:
            return low - wish
        if high < wish:
            return wish - high + FAR
        return low - wish + 2 * FAR
    if wish < 400.0:
        return wish - high if high < wish else low - wish + FAR
    return low - wish if low > wish else wish - high + FAR


def style_distance(wish: FontSelection, is_italic: bool) -> float:
    """Step 4.2, for faces that are either italic or upright."""
    return 0.0 if wish.is_slanted() == is_italic else 1.0


def best_capabilities(wish: FontSelection, offers: list[FaceCapabilities]) -> int:
    """The index of the best offer (the earliest among equals), -1 for none."""
    best = -1
    best_stretch = best_style = best_weight = 0.0
    for i, offer in enumerate(offers):
        stretch = stretch_distance(wish.stretch, offer.stretch_min, offer.stretch_max)
        if best >= 0 and stretch > best_stretch:
            continue
        style = style_distance(wish, offer.is_italic)
        if best >= 0 and stretch == best_stretch and style > best_style:
            continue
        weight = weight_distance(wish.weight, offer.weight_min, offer.weight_max)
        if best >= 0 and stretch == best_stretch and style == best_style and weight >= best_weight:
            continue
        best, best_stretch, best_style, best_weight = i, stretch, style, weight
    return best

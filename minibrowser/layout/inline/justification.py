"""Where a line may be spread, and how (https://drafts.csswg.org/css-text-3/#justification).

As Blink (ExpansionOpportunityCount): after each space, and on both sides of each Chinese or Japanese character or
symbol, but once between two of them; not before the first character of a line and not behind its last.
`text-justify` leaves the spaces only, or takes every character.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import Final, final

from ...css.keywords import TextJustify
from ...text.shaping import GlyphRun

IDEOGRAPHIC_RANGES: Final = (
    (0x2156, 0x215A), (0x2160, 0x216B), (0x2170, 0x217B), (0x23BE, 0x23CC), (0x2460, 0x2492), (0x249C, 0x24FF),
    (0x25A0, 0x25A2), (0x25CE, 0x25D3), (0x25E2, 0x25E6), (0x2600, 0x2603), (0x2660, 0x266F), (0x2672, 0x267D),
    (0x2776, 0x277F), (0x2E80, 0x2FDF), (0x2FF0, 0x302F), (0x3031, 0x312F), (0x3190, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFE10, 0xFE1F), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF), (0xFFFC, 0xFFFC),
    (0x1B000, 0x1B16F), (0x1F100, 0x1FAFF), (0x20000, 0x323AF),
)  # fmt: skip
"""Ideographs, kana, their punctuation and symbols; U+FFFC stands for combined text here."""

_FIRSTS: Final = [low for low, _ in IDEOGRAPHIC_RANGES]


def is_ideographic(character: str) -> bool:
    """Whether a line may be spread on both sides of a character."""
    if character < "\u2156":
        return character in "\u2020\u2021\u2030\u203b\u203c\u2042\u2047\u2048\u2049\u2051"
    codepoint = ord(character)
    return codepoint <= IDEOGRAPHIC_RANGES[bisect_right(_FIRSTS, codepoint) - 1][1]


def is_space(character: str) -> bool:
    """Whether a line may be spread after a character, as after a space."""
    return character == " " or character == "\u00a0"


@final
class Opportunities:
    """Counts where texts that follow each other on a line may be spread.

    `count`: so far. `is_after`: whether the place behind what was seen is one of them.
    """

    __slots__ = ("count", "is_after", "kind")

    def __init__(self, kind: TextJustify = TextJustify.AUTO) -> None:
        self.kind: Final = kind
        self.count: int = 0
        self.is_after: bool = True

    def see_text(self, text: str, start: int, end: int) -> None:
        """What comes next on the line."""
        if text.isascii() and self.kind != TextJustify.INTER_CHARACTER:
            # OPTIMIZATION: nothing but spaces counts.
            self.count += text.count(" ", start, end)
            if end > start:
                self.is_after = text[end - 1] == " "
            return
        for at in range(start, end):
            self.see(text[at])

    def see(self, character: str) -> int:
        """Another character: 1 where the line may be spread behind it, 2 before it as well, 0 for neither."""
        if is_space(character):
            self.count += 1
            self.is_after = True
            return 1
        if self.kind == TextJustify.INTER_CHARACTER:
            self.count += 1
            self.is_after = True
            return 1
        if character > "\u2000" and self.kind == TextJustify.AUTO and is_ideographic(character):
            places = 1 if self.is_after else 2
            self.count += places
            self.is_after = True
            return places
        self.is_after = False
        return 0

    def end(self) -> int:
        """How many there are on a line that ends here."""
        return self.count - 1 if self.is_after and self.count > 0 else self.count


@final
class Spreader:
    """Spreads the texts of a line, in their order, by `share` px in `count` places."""

    __slots__ = ("count", "seen", "share")

    def __init__(self, share: float, count: int, kind: TextJustify = TextJustify.AUTO) -> None:
        self.share: Final = share
        self.count: int = count
        self.seen: Final = Opportunities(kind)

    def spread(self, run: GlyphRun) -> GlyphRun:
        """A copy of the next run, spread."""
        new = run.over(run.text, run.start, run.end, run.clusters)
        clusters, text = run.clusters, run.text
        advances, offsets = list(run.advances), list(run.x_offsets)
        total = len(clusters)
        width = 0.0
        step = -1 if run.is_rtl else 1
        at = total - 1 if run.is_rtl else 0
        while 0 <= at < total:
            first = at
            while 0 <= at + step < total and clusters[at + step] == clusters[first]:
                at += step
            places = self.seen.see(text[clusters[first]])
            if places == 2 and self._takes():
                # Before the character: the other glyphs of the cluster move with the pen.
                advances[first] += self.share
                width += self.share
                offsets[first] += self.share
            if places and self._takes():
                advances[at] += self.share
                width += self.share
            at += step
        new.advances, new.x_offsets = advances, offsets
        new.width = run.width + width
        return new

    def _takes(self) -> bool:
        if self.count <= 0:
            return False
        self.count -= 1
        return True

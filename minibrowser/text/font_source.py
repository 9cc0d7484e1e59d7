"""Where installed fonts come from: an interface, because text/ itself never touches a disk.

The implementation that asks fontconfig or scans folders is `minibrowser/page/system_fonts.py`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final

from mypy_extensions import mypyc_attr


@final
class FontRecord:
    """One installed face, known by its file, before any byte of it is read.

    weight is 1..1000, stretch is in percent, `bold_allowed` tells whether fontconfig would embolden it.
    """

    __slots__ = ("family", "index", "is_italic", "path", "stretch", "weight")

    def __init__(
        self, path: str, index: int, family: str, weight: float, stretch: float, is_italic: bool
    ) -> None:
        self.path: Final = path
        self.index: Final = index
        self.family: Final = family
        self.weight: Final = weight
        self.stretch: Final = stretch
        self.is_italic: Final = is_italic

    def __repr__(self) -> str:
        slant = " italic" if self.is_italic else ""
        return f"<FontRecord {self.family} {self.weight:g} {self.stretch:g}%{slant} {self.path}#{self.index}>"


@mypyc_attr(allow_interpreted_subclasses=True)
class FontSource(ABC):
    """The fonts of a machine. Matching follows what Chromium does on it."""

    @abstractmethod
    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        """The installed face nearest to the wish, None where no face of that family is installed.

        A generic family always has an answer unless there is no font at all.
        """

    @abstractmethod
    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        """A face that shows this character, whatever its family; None where there is none."""

    @abstractmethod
    def read(self, record: FontRecord) -> bytes:
        """The bytes of the face's file. Raises FontError where they cannot be had."""

    def close(self) -> None:
        """Keep what was learnt about the machine for the next run. Nothing by default; a source stays usable."""
        return

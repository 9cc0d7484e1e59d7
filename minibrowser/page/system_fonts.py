"""The machine's fonts: fontconfig where it is installed, else the usual folders, else fonts from pip.

Implements text/'s FontSource. Reads files; the engine's pure half gets bytes.
"""

from __future__ import annotations

from typing import Final, final

from minibrowser.errors import FontError
from minibrowser.page.fontconfig import Fontconfig
from minibrowser.text.font_source import FontRecord, FontSource

GENERIC_FAMILIES: Final = {
    "serif": "Times New Roman",
    "sans-serif": "Arial",
    "monospace": "Monospace",
    "cursive": "Comic Sans MS",
    "fantasy": "Impact",
    "system-ui": "",
    "emoji": "Noto Color Emoji",
}
"""What generic names mean in Chromium's default settings; "" is fontconfig's own default font.

Others (ui-serif, math, fangsong ...) mean nothing there, and the next family is tried.
"""

STANDARD: Final = "Times New Roman"

ALTERNATE_NAMES: Final = {
    "courier": "Courier New",
    "courier new": "Courier",
    "times": "Times New Roman",
    "times new roman": "Times",
    "arial": "Helvetica",
    "helvetica": "Arial",
}
"""Blink tries these when the name itself has no answer (FontCache::AlternateFamilyName)."""


@final
class FontconfigSource(FontSource):
    """Answers of fontconfig, remembered for the session."""

    def __init__(self, fontconfig: Fontconfig) -> None:
        self._fontconfig: Final = fontconfig
        self._matches: dict[tuple[str, bool, float, float, bool], FontRecord | None] = {}
        self._fallbacks: dict[tuple[int, str], FontRecord | None] = {}

    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        """As Chromium resolves a family name on this machine."""
        key = (family, is_generic, weight, stretch, is_italic)
        if key not in self._matches:
            self._matches[key] = self._match(family, is_generic, weight, stretch, is_italic)
        return self._matches[key]

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        """A face with this character."""
        key = (codepoint, language)
        if key not in self._fallbacks:
            self._fallbacks[key] = self._fontconfig.fallback(codepoint, language)
        return self._fallbacks[key]

    def read(self, record: FontRecord) -> bytes:
        """The file's bytes."""
        return read_font_file(record.path)

    def _match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        name = family
        if is_generic:
            generic = GENERIC_FAMILIES.get(family)
            if generic is None:
                return None
            name = generic
        elif not family:
            return None
        record = self._fontconfig.match(name, weight, stretch, is_italic)
        if record is None:
            other = ALTERNATE_NAMES.get(name.lower())
            if other is not None:
                record = self._fontconfig.match(other, weight, stretch, is_italic)
        if record is None and is_generic and name == STANDARD:
            record = self._fontconfig.match("", weight, stretch, is_italic)
        return record


def read_font_file(path: str) -> bytes:
    """All of a font file. Raises FontError."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FontError(f"cannot read the font {path}: {error.strerror}") from error


def system_font_source() -> FontSource:
    """The fonts of this machine, ready to be asked."""
    return FontconfigSource(Fontconfig())

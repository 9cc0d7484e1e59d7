"""Fonts for the tests: the machine's where Chromium's recorded numbers need them, pip's everywhere else."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from minibrowser.page.font_folders import FolderSource, pip_font_folders
from minibrowser.page.system_fonts import system_fonts
from minibrowser.text.font import FontDescription, FontFamily, FontSelection, FontSettings
from minibrowser.text.font_context import DocumentFonts, FontContext
from minibrowser.text.shaping import TextShaper


def machine_fonts(*needed: str) -> DocumentFonts:
    """The machine's fonts, asked anew; skips where one of the families is not installed."""
    source = system_fonts("")
    for family in needed:
        record = source.match(family, False, 400.0, 100.0, False)
        if record is None or record.family != family:
            pytest.skip(f"the font {family} is not installed")
    return DocumentFonts(FontContext(source))


def pip_fonts() -> DocumentFonts:
    """Arimo, Noto Serif and Roboto Mono, which are always there."""
    return DocumentFonts(FontContext(FolderSource(pip_font_folders())))


def pip_shaper() -> TextShaper:
    """A shaper over pip's fonts."""
    return TextShaper(pip_fonts())


def description(
    family: str,
    size: float = 16.0,
    selection: FontSelection | None = None,
    settings: FontSettings | None = None,
    language: str = "en",
) -> FontDescription:
    """One family (generic where it is a keyword) at a size."""
    generic = family in (
        "serif",
        "sans-serif",
        "monospace",
        "system-ui",
        "cursive",
        "fantasy",
        "ui-monospace",
    )
    return FontDescription(
        (FontFamily(family, generic),),
        size,
        selection or FontSelection(),
        settings or FontSettings(),
        language,
    )


def pip_font_bytes(package: str = "fontpkg_arimo", part: str = "Arimo[wght].ttf") -> bytes:
    """The bytes of a font package's file."""
    spec = importlib.util.find_spec(package)
    assert spec is not None
    assert spec.submodule_search_locations
    return (Path(next(iter(spec.submodule_search_locations))) / "files" / part).read_bytes()

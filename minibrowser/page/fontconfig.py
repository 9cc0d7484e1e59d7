"""fontconfig through ctypes: which installed face Chromium would take for a family or a character.

The only module that touches libfontconfig. https://www.freedesktop.org/software/fontconfig/fontconfig-devel/
Chromium on Linux asks through Skia's SkFontConfigInterface, which takes fontconfig's best match only when it
is really the family that was asked for; `match` does the same.
"""

from __future__ import annotations

import ctypes
from typing import Final, final

from ..errors import FontError
from ..text.font_source import FontRecord

FC_MATCH_PATTERN: Final = 0
FC_SLANT_ITALIC: Final = 100
OUTLINE_FORMATS: Final = ("TrueType", "CFF")

# CSS weight to fontconfig's, with linear steps between (FcWeightFromOpenTypeDouble).
WEIGHTS: Final = (
    (0.0, 0.0),
    (100.0, 0.0),
    (200.0, 40.0),
    (300.0, 50.0),
    (350.0, 55.0),
    (380.0, 75.0),
    (400.0, 80.0),
    (500.0, 100.0),
    (600.0, 180.0),
    (700.0, 200.0),
    (800.0, 205.0),
    (900.0, 210.0),
    (1000.0, 215.0),
)

FALLBACK_ALLOWED: Final = ("sans", "serif", "monospace")
"""Names for which any answer of fontconfig is good (Skia: IsFallbackFontAllowed)."""

METRIC_TWINS: Final = (
    ("arial", "arimo", "liberation sans"),
    ("times new roman", "tinos", "liberation serif", "times"),
    ("courier new", "cousine", "liberation mono", "courier"),
    ("arial narrow", "liberation sans narrow"),
    ("calibri", "carlito"),
    ("cambria", "caladea"),
    ("garamond", "eb garamond"),
    ("georgia", "gelasio"),
)
"""Families of equal metrics; one may answer for another (Skia: IsMetricCompatibleReplacement)."""


def to_fontconfig_weight(weight: float) -> float:
    """CSS weight (1..1000) on fontconfig's scale."""
    low = WEIGHTS[0]
    for high in WEIGHTS[1:]:
        if weight <= high[0]:
            return low[1] + (weight - low[0]) / (high[0] - low[0]) * (high[1] - low[1])
        low = high
    return low[1]


def to_css_weight(weight: float) -> float:
    """fontconfig's weight on the CSS scale."""
    low = WEIGHTS[1]
    for high in WEIGHTS[2:]:
        if weight <= high[1]:
            return low[0] + (weight - low[1]) / (high[1] - low[1]) * (high[0] - low[0])
        low = high
    return low[0]


def are_metric_twins(one: str, other: str) -> bool:
    """Whether one family may answer for the other."""
    first, second = one.lower(), other.lower()
    return any(first in twins and second in twins for twins in METRIC_TWINS)


class FontSet(ctypes.Structure):
    """FcFontSet: a counted array of patterns."""

    _fields_ = [
        ("count", ctypes.c_int),
        ("capacity", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    ]


@final
class Fontconfig:
    """A loaded and initialised libfontconfig. Raises FontError where there is none."""

    def __init__(self) -> None:
        try:
            library = ctypes.CDLL("libfontconfig.so.1")
        except OSError as error:
            raise FontError(f"fontconfig is not installed: {error}") from error
        self._library: Final = library
        pointer, text, number = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int
        signatures: tuple[tuple[str, object, tuple[object, ...]], ...] = (
            ("FcInit", number, ()),
            ("FcPatternCreate", pointer, ()),
            ("FcPatternDestroy", None, (pointer,)),
            ("FcPatternAddString", number, (pointer, text, text)),
            ("FcPatternAddInteger", number, (pointer, text, number)),
            ("FcPatternAddBool", number, (pointer, text, number)),
            ("FcPatternGetString", number, (pointer, text, number, pointer)),
            ("FcPatternGetInteger", number, (pointer, text, number, pointer)),
            ("FcPatternGetDouble", number, (pointer, text, number, pointer)),
            ("FcPatternGetCharSet", number, (pointer, text, number, pointer)),
            ("FcConfigSubstitute", number, (pointer, pointer, number)),
            ("FcDefaultSubstitute", None, (pointer,)),
            ("FcFontSort", pointer, (pointer, pointer, number, pointer, pointer)),
            ("FcFontSetDestroy", None, (pointer,)),
            ("FcCharSetHasChar", number, (pointer, ctypes.c_uint32)),
            ("FcConfigGetFontDirs", pointer, (pointer,)),
            ("FcConfigGetConfigFiles", pointer, (pointer,)),
            ("FcStrListNext", text, (pointer,)),
            ("FcStrListDone", None, (pointer,)),
        )
        try:
            for name, result, arguments in signatures:
                function = getattr(library, name)
                function.restype = result
                function.argtypes = arguments
        except AttributeError as error:
            raise FontError(f"fontconfig is too old: {error}") from error
        if not library.FcInit():
            raise FontError("fontconfig has no configuration")
        self._sorted: Final[dict[str, list[int]]] = {}

    def match(self, family: str, weight: float, stretch: float, is_italic: bool) -> FontRecord | None:
        """The face for one family name, "" for the default; None where the family is not installed."""
        library = self._library
        pattern = self._pattern(family, weight, stretch, is_italic)
        try:
            library.FcConfigSubstitute(None, pattern, FC_MATCH_PATTERN)
            library.FcDefaultSubstitute(pattern)
            configured = self._string(pattern, b"family")
            record = self._first(pattern)
        finally:
            library.FcPatternDestroy(pattern)
        if record is None:
            return None
        if not family or family.lower() in FALLBACK_ALLOWED:
            return record
        if configured.lower() == record.family.lower() or are_metric_twins(family, record.family):
            return record
        return None

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        """The first face with this character in fontconfig's order for the language, as Chromium takes it."""
        fonts = self._sorted.get(language)
        if fonts is None:
            fonts = self._sort_for(language)
            self._sorted[language] = fonts
        for font in fonts:
            if self._has_character(font, codepoint):
                return self._record(font)
        return None

    def _sort_for(self, language: str) -> list[int]:
        """All outline fonts of the machine, best for the language first. Kept as long as the process."""
        library = self._library
        pattern = library.FcPatternCreate()
        try:
            library.FcPatternAddBool(pattern, b"scalable", 1)
            if language:
                library.FcPatternAddString(pattern, b"lang", language.encode("utf-8", "replace"))
            library.FcConfigSubstitute(None, pattern, FC_MATCH_PATTERN)
            library.FcDefaultSubstitute(pattern)
            result = ctypes.c_int()
            fonts = library.FcFontSort(None, pattern, 0, None, ctypes.byref(result))
        finally:
            library.FcPatternDestroy(pattern)
        if not fonts:
            return []
        listing = ctypes.cast(fonts, ctypes.POINTER(FontSet)).contents
        return [
            font
            for font in listing.fonts[: listing.count]
            if font is not None and self._string(font, b"fontformat") in OUTLINE_FORMATS
        ]

    def watched_paths(self) -> list[str]:
        """Folders and files whose change makes earlier answers stale."""
        paths: list[str] = []
        for listing in (
            self._library.FcConfigGetFontDirs(None),
            self._library.FcConfigGetConfigFiles(None),
        ):
            if not listing:
                continue
            while entry := self._library.FcStrListNext(listing):
                paths.append(entry.decode("utf-8", "surrogateescape"))
            self._library.FcStrListDone(listing)
        return paths

    def _pattern(self, family: str, weight: float, stretch: float, is_italic: bool) -> int:
        library = self._library
        pattern: int = library.FcPatternCreate()
        if family:
            library.FcPatternAddString(pattern, b"family", family.encode("utf-8", "replace"))
        library.FcPatternAddInteger(pattern, b"weight", round(to_fontconfig_weight(weight)))
        library.FcPatternAddInteger(pattern, b"width", round(stretch))
        library.FcPatternAddInteger(pattern, b"slant", FC_SLANT_ITALIC if is_italic else 0)
        library.FcPatternAddBool(pattern, b"scalable", 1)
        return pattern

    def _first(self, pattern: int) -> FontRecord | None:
        """The best outline font for a substituted pattern."""
        library = self._library
        result = ctypes.c_int()
        fonts = library.FcFontSort(None, pattern, 0, None, ctypes.byref(result))
        if not fonts:
            return None
        try:
            listing = ctypes.cast(fonts, ctypes.POINTER(FontSet)).contents
            for font in listing.fonts[: listing.count]:
                if font is not None and self._string(font, b"fontformat") in OUTLINE_FORMATS:
                    return self._record(font)
        finally:
            library.FcFontSetDestroy(fonts)
        return None

    def _has_character(self, font: int, codepoint: int) -> bool:
        charset = ctypes.c_void_p()
        if self._library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(charset)) != 0:
            return False
        return bool(self._library.FcCharSetHasChar(charset, codepoint))

    def _record(self, font: int) -> FontRecord:
        return FontRecord(
            self._string(font, b"file"),
            # The high half is a named instance of a variable font; axes are set from the description.
            int(self._number(font, b"index", 0.0)) & 0xFFFF,
            self._string(font, b"family"),
            to_css_weight(self._number(font, b"weight", 80.0)),
            self._number(font, b"width", 100.0),
            self._number(font, b"slant", 0.0) > 0,
        )

    def _string(self, pattern: int, name: bytes) -> str:
        out = ctypes.c_char_p()
        if self._library.FcPatternGetString(pattern, name, 0, ctypes.byref(out)) != 0:
            return ""
        return (out.value or b"").decode("utf-8", "surrogateescape")

    def _number(self, pattern: int, name: bytes, default: float) -> float:
        """A number; `default` also for the ranges of variable fonts, which fontconfig keeps as another type."""
        whole = ctypes.c_int()
        if self._library.FcPatternGetInteger(pattern, name, 0, ctypes.byref(whole)) == 0:
            return float(whole.value)
        exact = ctypes.c_double()
        if self._library.FcPatternGetDouble(pattern, name, 0, ctypes.byref(exact)) == 0:
            return exact.value
        return default

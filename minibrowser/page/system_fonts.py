"""The machine's fonts: fontconfig where it is installed, else the usual folders, with pip's fonts behind both.

Implements text/'s FontSource. fontconfig's answers are kept on disk (under XDG_CACHE_HOME), so that most runs
need neither fontconfig nor a look at any font but those that are shown.
"""

from __future__ import annotations

import json
import os
import weakref
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, final

from ..errors import FontError
from ..text.font_source import FontRecord, FontSource
from .font_folders import FolderSource, font_folders, pip_font_folders, read_font_file

if TYPE_CHECKING:
    from ..image.svg import SvgFonts
    from .fontconfig import Fontconfig

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
DEFAULT_LANGUAGE: Final = "en"

ALTERNATE_NAMES: Final = {
    "courier": "Courier New",
    "courier new": "Courier",
    "times": "Times New Roman",
    "times new roman": "Times",
    "arial": "Helvetica",
    "helvetica": "Arial",
}
"""Blink tries these when the name itself has no answer (FontCache::AlternateFamilyName)."""

CACHE_VERSION: Final = 1
MAX_ANSWERS: Final = 20_000
"""Entries of the file on disk: a megabyte or two, more than the texts of a long life ask for."""

ENVIRONMENT: Final = (
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
    "XDG_CONFIG_HOME",
    "HOME",
    "LANG",
)
"""Variables that fontconfig's answers depend on."""

Answer = list[str | int | float | bool] | None


def cache_path() -> str:
    """Where answers are kept; https://specifications.freedesktop.org/basedir-spec/"""
    root = os.environ.get("XDG_CACHE_HOME", "")
    if not os.path.isabs(root):
        root = os.path.join(os.path.expanduser("~"), ".cache")
    return os.path.join(root, "minibrowser", "fonts.json")


def stamp(paths: list[str]) -> list[list[str | int]]:
    """Each path with its time of change, 0 for what is not there."""
    stamps: list[list[str | int]] = []
    for path in paths:
        try:
            stamps.append([path, os.stat(path).st_mtime_ns])
        except OSError:
            stamps.append([path, 0])
    return stamps


@final
class AnswerCache:
    """fontconfig's answers on disk. Stale, broken or missing files are as good as empty ones."""

    def __init__(self, path: str) -> None:
        self.path: Final = path
        self.environment: Final = [os.environ.get(name, "") for name in ENVIRONMENT]
        self.stamps: list[list[str | int]] = []
        self.answers: dict[str, Answer] = {}
        self.is_changed = False
        self._load()

    def _load(self) -> None:
        try:
            with open(self.path, encoding="utf-8", errors="surrogateescape") as file:
                content = json.load(file)
            if content["version"] != CACHE_VERSION or content["environment"] != self.environment:
                return
            stamps = content["stamps"]
            if not stamps or stamp([entry[0] for entry in stamps]) != stamps:
                return
            answers = content["answers"]
        except (OSError, ValueError, KeyError, TypeError, IndexError):
            # NOTE: a cache is never a reason to fail; it is written anew.
            return
        if isinstance(answers, dict):
            self.answers = answers
            self.stamps = stamps

    def save(self) -> None:
        """Write what is new, in one step. A disk that refuses is left alone."""
        if not self.is_changed or not self.stamps:
            return
        self.is_changed = False
        content = {
            "version": CACHE_VERSION,
            "environment": self.environment,
            "stamps": self.stamps,
            "answers": dict(list(self.answers.items())[-MAX_ANSWERS:]),
        }
        folder = os.path.dirname(self.path)
        try:
            os.makedirs(folder, exist_ok=True)
            name = f"{self.path}.{os.getpid()}"
            with open(name, "w", encoding="utf-8", errors="surrogateescape") as file:
                json.dump(content, file, separators=(",", ":"))
            os.replace(name, self.path)
        except OSError:
            # NOTE: a read-only home costs a few milliseconds in the next run, nothing else.
            return


@final
class Lifetime:
    """Something to hang a finalizer on. NOTE: mypyc's classes leave weak references dangling when a subclass from
    the interpreter dies, so a FontSource itself must not have any."""


@final
class FontconfigSource(FontSource):
    """fontconfig's answers, from the disk where they are known. fontconfig is loaded for the first new question."""

    def __init__(self, cache: AnswerCache, behind: FontSource | None = None) -> None:
        self._cache: Final = cache
        self._behind = behind
        self._fontconfig: Fontconfig | None = None
        self._records: dict[str, FontRecord | None] = {}
        self.lifetime: Final = Lifetime()

    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        """As Chromium resolves a family name on this machine."""
        key = f"{family.lower()}|{is_generic:d}|{weight:g}|{stretch:g}|{is_italic:d}"
        if key in self._records:
            return self._records[key]
        record = self._remembered(key)
        if record is None and key not in self._cache.answers:
            record = self._match(family, is_generic, weight, stretch, is_italic)
            self._remember(key, record)
        if record is None and is_generic:
            record = self._last().match(family, is_generic, weight, stretch, is_italic)
        self._records[key] = record
        return record

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        """A face with this character."""
        language = language or DEFAULT_LANGUAGE
        key = f"{codepoint:x}|{language}"
        if key in self._records:
            return self._records[key]
        record = self._remembered(key)
        if record is None and key not in self._cache.answers:
            record = self._loaded().fallback(codepoint, language)
            self._remember(key, record)
        if record is None:
            record = self._last().fallback(codepoint, language)
        self._records[key] = record
        return record

    def read(self, record: FontRecord) -> bytes:
        """The file's bytes."""
        return read_font_file(record.path)

    def close(self) -> None:
        """Write new answers to the disk."""
        if self._cache.path:
            self._cache.save()

    def _last(self) -> FontSource:
        """pip's fonts, for machines with a fontconfig and no fonts."""
        if self._behind is None:
            self._behind = FolderSource(pip_font_folders())
        return self._behind

    def _loaded(self) -> Fontconfig:
        if self._fontconfig is None:
            self._fontconfig = load_fontconfig()
            self._cache.stamps = stamp(self._fontconfig.watched_paths())
        return self._fontconfig

    def _remembered(self, key: str) -> FontRecord | None:
        answer = self._cache.answers.get(key)
        if answer is None or len(answer) != 6:
            return None
        path, index, family, weight, stretch, is_italic = answer
        return FontRecord(str(path), int(index), str(family), float(weight), float(stretch), bool(is_italic))

    def _remember(self, key: str, record: FontRecord | None) -> None:
        answer: Answer = None
        if record is not None:
            answer = [
                record.path,
                record.index,
                record.family,
                record.weight,
                record.stretch,
                record.is_italic,
            ]
        self._cache.answers[key] = answer
        self._cache.is_changed = True

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
        fontconfig = self._loaded()
        record = fontconfig.match(name, weight, stretch, is_italic)
        if record is None:
            other = ALTERNATE_NAMES.get(name.lower())
            if other is not None:
                record = fontconfig.match(other, weight, stretch, is_italic)
        if record is None and is_generic and name == STANDARD:
            record = fontconfig.match("", weight, stretch, is_italic)
        return record


def load_fontconfig() -> Fontconfig:
    """fontconfig, with ctypes: loaded only where an answer is not known yet. Raises FontError."""
    from .fontconfig import Fontconfig  # noqa: PLC0415 - 2 ms that a warm start saves

    return Fontconfig()


def system_fonts(cache_file: str | None = None) -> FontSource:
    """The fonts of this machine. `cache_file` is where fontconfig's answers are kept ("" for nowhere)."""
    cache = AnswerCache(cache_path() if cache_file is None else cache_file)
    if not cache.answers:
        try:
            load_fontconfig()
        except FontError:
            # Windows, macOS and bare containers have no fontconfig: the folders themselves are read.
            return FolderSource(font_folders() + pip_font_folders())
    source = FontconfigSource(cache)
    if cache.path:
        # Written when the browser closes; or when the source is dropped or the interpreter ends.
        weakref.finalize(source.lifetime, cache.save)
    return source


def bundled_fonts() -> FontSource:
    """The fonts that come along as pip packages, and no others: the same text on every machine."""
    return FolderSource(pip_font_folders())


def svg_fonts(source: FontSource, wanted: Iterable[str] = ()) -> SvgFonts:
    """The files and names of the generic families, for text inside SVG pictures; and those of what else is `wanted`:
    families, and characters of which a font has to be found."""
    from ..image.svg import SvgFonts  # noqa: PLC0415 - most pages have no SVG with text

    files: dict[str, None] = {}
    names = [_add_family(source, generic, True, files) for generic in ("serif", "sans-serif", "monospace")]
    aliases: dict[str, str] = {}
    for name in sorted(wanted):
        if len(name) == 1:
            record = source.fallback(ord(name), "")
            if record is not None:
                files[record.path] = None
        elif name.lower() not in ("serif", "sans-serif", "monospace"):
            is_generic = name.lower() in GENERIC_FAMILIES
            family = _add_family(source, name, is_generic, files)
            if family and family != name:
                aliases[name] = family
    return SvgFonts(tuple(files), names[0], names[1], names[2], aliases)


def _add_family(source: FontSource, name: str, is_generic: bool, files: dict[str, None]) -> str:
    """Note the files of a family's four styles; its real name, "" where there is no such family."""
    family = ""
    for weight in (400.0, 700.0):
        for is_italic in (False, True):
            record = source.match(name, is_generic, weight, 100.0, is_italic)
            if record is not None:
                family = family or record.family
                files[record.path] = None
    return family

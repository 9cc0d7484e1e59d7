"""Installed fonts without fontconfig: the usual folders and the font packages of pip, by their own tables.

Of each file only the tables that name it are read. Coverage is looked up when a character needs it.
"""

from __future__ import annotations

import importlib.util
import os
import struct
import sys
from collections.abc import Iterator
from typing import BinaryIO, Final, final

from ..errors import FontError
from ..text.font import FontSelection
from ..text.font_source import FontRecord, FontSource
from ..text.matching import FaceCapabilities, best_capabilities
from ..text.sfnt import SfntReader, read_axes, table_directory

SUFFIXES: Final = (".ttf", ".otf", ".ttc", ".otc")
PIP_FONTS: Final = ("fontpkg_arimo", "fontpkg_noto_serif", "fontpkg_roboto_mono")

MAX_FONT_FILES: Final = 20_000
"""Files of a scan; font collections beyond this are somebody's archive."""
MAX_TABLE: Final = 4 * 1024 * 1024
"""Bytes of one table; no cmap or name table comes near."""

WIDTH_CLASSES: Final = (50.0, 62.5, 75.0, 87.5, 100.0, 112.5, 125.0, 150.0, 200.0)
"""https://learn.microsoft.com/typography/opentype/spec/os2#uswidthclass"""

ALIASES: Final = {
    "arial": ("Arial", "Liberation Sans", "Arimo", "Helvetica", "DejaVu Sans"),
    "helvetica": ("Helvetica", "Arial", "Liberation Sans", "Arimo"),
    "times new roman": ("Times New Roman", "Liberation Serif", "Tinos", "Times", "Noto Serif"),
    "times": ("Times", "Times New Roman", "Liberation Serif", "Tinos", "Noto Serif"),
    "courier new": ("Courier New", "Liberation Mono", "Cousine", "Courier"),
    "courier": ("Courier", "Courier New", "Liberation Mono", "Cousine"),
    "liberation sans": ("Liberation Sans", "Arimo", "Arial"),
    "liberation serif": ("Liberation Serif", "Tinos", "Times New Roman"),
    "liberation mono": ("Liberation Mono", "Cousine", "Courier New"),
    "calibri": ("Calibri", "Carlito"),
    "cambria": ("Cambria", "Caladea"),
    "georgia": ("Georgia", "Gelasio"),
}
"""What answers for a family that is asked for by name; the metrics are the same."""

GENERICS: Final = {
    "serif": ("Times New Roman", "Liberation Serif", "Tinos", "Noto Serif", "DejaVu Serif"),
    "sans-serif": ("Arial", "Liberation Sans", "Arimo", "Helvetica", "DejaVu Sans", "Noto Sans"),
    "monospace": ("DejaVu Sans Mono", "Consolas", "Menlo", "Liberation Mono", "Roboto Mono", "Courier New"),
    "system-ui": ("Segoe UI", "SF Pro Text", "DejaVu Sans", "Liberation Sans", "Arial", "Arimo"),
    "cursive": ("Comic Sans MS",),
    "fantasy": ("Impact",),
    "emoji": ("Noto Color Emoji", "Segoe UI Emoji", "Apple Color Emoji"),
}


@final
class FoundFace:
    """One face of a scanned file."""

    __slots__ = ("capabilities", "family", "index", "path")

    def __init__(self, path: str, index: int, family: str, capabilities: FaceCapabilities) -> None:
        self.path: Final = path
        self.index: Final = index
        self.family: Final = family
        self.capabilities: Final = capabilities


def font_folders() -> list[str]:
    """Where this system keeps fonts, the user's own included."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", os.path.join(home, "AppData", "Local"))
        windows = os.environ.get("WINDIR", r"C:\Windows")
        return [os.path.join(windows, "Fonts"), os.path.join(local, "Microsoft", "Windows", "Fonts")]
    if sys.platform == "darwin":
        return ["/System/Library/Fonts", "/Library/Fonts", os.path.join(home, "Library", "Fonts")]
    data = os.environ.get("XDG_DATA_HOME", os.path.join(home, ".local", "share"))
    return ["/usr/share/fonts", "/usr/local/share/fonts", os.path.join(data, "fonts")]


def pip_font_folders() -> list[str]:
    """The folders of the font packages that came with this package."""
    folders: list[str] = []
    for name in PIP_FONTS:
        spec = importlib.util.find_spec(name)
        if spec is not None and spec.submodule_search_locations:
            folders.extend(os.path.join(place, "files") for place in spec.submodule_search_locations)
    return folders


def font_files(folders: list[str]) -> Iterator[str]:
    """The font files below the folders, in a stable order."""
    count = 0
    for folder in folders:
        for place, names, files in os.walk(folder):
            names.sort()
            for name in sorted(files):
                if name.lower().endswith(SUFFIXES):
                    yield os.path.join(place, name)
                    count += 1
                    if count >= MAX_FONT_FILES:
                        return


def read_tables(file: BinaryIO, index: int, tags: tuple[bytes, ...]) -> dict[bytes, bytes]:
    """Some tables of one face of an open file; those that are missing or too long are left out."""
    header = file.read(12)
    offset = 0
    if header[:4] == b"ttcf" and len(header) == 12:
        file.seek(12 + 4 * index)
        entry = file.read(4)
        if len(entry) < 4:
            return {}
        offset = struct.unpack(">I", entry)[0]
        file.seek(offset)
        header = file.read(12)
    if len(header) < 12:
        return {}
    count = struct.unpack_from(">H", header, 4)[0]
    directory = file.read(16 * count)
    tables: dict[bytes, bytes] = {}
    for at in range(0, len(directory) - 15, 16):
        tag, _, start, length = struct.unpack_from(">4sIII", directory, at)
        if tag in tags and length <= MAX_TABLE:
            tables[tag] = b"" if length == 0 else _read_at(file, start, length)
    return tables


def _read_at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def face_count(file: BinaryIO) -> int:
    """Faces in an open file: 1 but for collections."""
    header = file.read(12)
    file.seek(0)
    if header[:4] == b"ttcf" and len(header) == 12:
        return min(int(struct.unpack_from(">I", header, 8)[0]), 256)
    return 1


def family_names(name_table: bytes) -> list[str]:
    """Family names in English: the typographic one (16) and the old one (1)."""
    if len(name_table) < 6:
        return []
    count, strings = struct.unpack_from(">HH", name_table, 2)
    found: dict[int, str] = {}
    for at in range(6, min(6 + 12 * count, len(name_table) - 11), 12):
        platform, _, language, name_id, length, offset = struct.unpack_from(">6H", name_table, at)
        if name_id not in (1, 16):
            continue
        raw = name_table[strings + offset : strings + offset + length]
        if platform == 3 and language == 0x409:
            found[name_id] = raw.decode("utf-16-be", "replace")
        elif platform == 1 and name_id not in found:
            found[name_id] = raw.decode("mac-roman", "replace")
        elif platform in (0, 3) and name_id not in found:
            found[name_id] = raw.decode("utf-16-be", "replace")
    names: list[str] = []
    for name_id in (16, 1):
        name = found.get(name_id, "").strip("\0 ")
        if name and name not in names:
            names.append(name)
    return names


def capabilities_of(tables: dict[bytes, bytes]) -> FaceCapabilities:
    """Weight, stretch and slant by OS/2, widened by the axes of `fvar`."""
    places = {tag: (0, len(body)) for tag, body in tables.items()}
    os2 = SfntReader(tables.get(b"OS/2", b""), {b"OS/2": places.get(b"OS/2", (0, 0))}, b"OS/2")
    weight = float(min(max(os2.u16(4) or 400, 1), 1000))
    stretch = WIDTH_CLASSES[min(max(os2.u16(6) or 5, 1), 9) - 1]
    weights, stretches = (weight, weight), (stretch, stretch)
    fvar = tables.get(b"fvar", b"")
    for axis in read_axes(fvar, {b"fvar": (0, len(fvar))}):
        if axis.tag == "wght":
            weights = (axis.minimum, axis.maximum)
        elif axis.tag == "wdth":
            stretches = (axis.minimum, axis.maximum)
    return FaceCapabilities(weights[0], weights[1], stretches[0], stretches[1], bool(os2.u16(62) & 0x201))


def cmap_has(cmap: bytes, codepoint: int) -> bool:
    """Whether a `cmap` table maps a character: formats 4 and 12, which all fonts in use have."""
    table = SfntReader(cmap, {b"cmap": (0, len(cmap))}, b"cmap")
    for i in range(table.u16(2)):
        platform, encoding = table.u16(4 + 8 * i), table.u16(6 + 8 * i)
        if platform != 0 and (platform, encoding) not in ((3, 1), (3, 10)):
            continue
        at = table.u32(8 + 8 * i)
        kind = table.u16(at)
        if kind == 12:
            low, high = 0, table.u32(at + 12)
            while low < high:
                middle = (low + high) // 2
                group = at + 16 + 12 * middle
                if codepoint > table.u32(group + 4):
                    low = middle + 1
                elif codepoint < table.u32(group):
                    high = middle
                else:
                    return True
        elif kind == 4 and codepoint <= 0xFFFF and _format4_has(table, at, codepoint):
            return True
    return False


def _format4_has(table: SfntReader, at: int, codepoint: int) -> bool:
    doubled = table.u16(at + 6)
    for i in range(doubled // 2):
        if codepoint > table.u16(at + 14 + 2 * i):
            continue
        start = table.u16(at + 16 + doubled + 2 * i)
        if codepoint < start:
            return False
        delta = table.u16(at + 16 + 2 * doubled + 2 * i)
        place = at + 16 + 3 * doubled + 2 * i
        offset = table.u16(place)
        if offset == 0:
            return (codepoint + delta) & 0xFFFF != 0
        return table.u16(place + offset + 2 * (codepoint - start)) != 0
    return False


def scan(path: str) -> list[FoundFace]:
    """The faces of one file, once for each of their names; none for a file that cannot be read."""
    faces: list[FoundFace] = []
    try:
        with open(path, "rb") as file:
            for index in range(face_count(file)):
                file.seek(0)
                tables = read_tables(file, index, (b"name", b"OS/2", b"fvar"))
                capabilities = capabilities_of(tables)
                faces.extend(
                    FoundFace(path, index, name, capabilities)
                    for name in family_names(tables.get(b"name", b""))
                )
    except (OSError, struct.error):
        # NOTE: one unreadable file among a machine's fonts is no reason to show nothing.
        return faces
    return faces


@final
class FolderSource(FontSource):
    """The fonts in folders. Scans when first asked."""

    def __init__(self, folders: list[str]) -> None:
        self._folders: Final = folders
        self._families: dict[str, list[FoundFace]] = {}
        self._is_scanned = False
        self._cmaps: dict[tuple[str, int], bytes] = {}

    def match(
        self, family: str, is_generic: bool, weight: float, stretch: float, is_italic: bool
    ) -> FontRecord | None:
        """By name, then by families of equal metrics."""
        self._scan()
        key = family.lower()
        names = GENERICS.get(key, ()) if is_generic else ALIASES.get(key, (family,))
        wish = FontSelection(weight, stretch, is_italic)
        for name in names:
            faces = self._families.get(name.lower())
            if faces:
                return self._record(
                    faces[best_capabilities(wish, [face.capabilities for face in faces])], wish
                )
        if is_generic and key == "serif" and self._families:
            # The standard font: whatever there is.
            faces = next(iter(self._families.values()))
            return self._record(faces[best_capabilities(wish, [face.capabilities for face in faces])], wish)
        return None

    def fallback(self, codepoint: int, language: str) -> FontRecord | None:
        """The first face with the character, upright regular faces before others."""
        self._scan()
        wish = FontSelection()
        for faces in self._families.values():
            face = faces[best_capabilities(wish, [face.capabilities for face in faces])]
            if cmap_has(self._cmap(face), codepoint):
                return self._record(face, wish)
        return None

    def read(self, record: FontRecord) -> bytes:
        """The file's bytes."""
        return read_font_file(record.path)

    def families(self) -> list[str]:
        """The names of all families, in lower case."""
        self._scan()
        return list(self._families)

    def _scan(self) -> None:
        if self._is_scanned:
            return
        self._is_scanned = True
        for path in font_files(self._folders):
            for face in scan(path):
                self._families.setdefault(face.family.lower(), []).append(face)

    def _record(self, face: FoundFace, wish: FontSelection) -> FontRecord:
        offer = face.capabilities
        return FontRecord(
            face.path,
            face.index,
            face.family,
            min(max(wish.weight, offer.weight_min), offer.weight_max),
            min(max(wish.stretch, offer.stretch_min), offer.stretch_max),
            offer.is_italic,
        )

    def _cmap(self, face: FoundFace) -> bytes:
        key = (face.path, face.index)
        if key not in self._cmaps:
            try:
                with open(face.path, "rb") as file:
                    self._cmaps[key] = read_tables(file, face.index, (b"cmap",)).get(b"cmap", b"")
            except (OSError, struct.error):
                # NOTE: gone since the scan; other faces are tried.
                self._cmaps[key] = b""
        return self._cmaps[key]


def read_font_file(path: str) -> bytes:
    """All of a font file. Raises FontError."""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise FontError(f"cannot read the font {path}: {error.strerror}") from error


def is_font(data: bytes) -> bool:
    """Whether the bytes begin like a font that can be shown."""
    return bool(table_directory(data, 0))

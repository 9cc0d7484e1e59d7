"""From a FontDescription to the fonts that show its text: the session's fonts and a document's web fonts.

FontContext lives as long as a session and holds faces and sized fonts. DocumentFonts adds the `@font-face`
rules of one document. FontList is the answer for one description: the font for each character, by family
order, then the standard font, then whatever the machine has.
https://drafts.csswg.org/css-fonts-4/#font-matching-algorithm
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, final

from ..errors import FontError
from ..limits import MAX_CACHED_FONT_LISTS, MAX_CACHED_FONTS
from .enums import SYNTHESIZE_STYLE, SYNTHESIZE_WEIGHT
from .font import (
    NO_OVERRIDE,
    SYNTHETIC_SKEW,
    Font,
    FontDescription,
    FontFace,
    FontFamily,
    FontSelection,
    FontStyling,
    MetricsOverride,
)
from .font_source import FontRecord, FontSource
from .matching import BOLD_THRESHOLD, FaceCapabilities, best_capabilities
from .woff import sfnt_from_bytes

STANDARD_FAMILY: Final = FontFamily("serif", True)
"""Blink's standard font ("Times New Roman" in its default settings), tried after the author's families."""

SPACE: Final = 0x20
FIXED_SPACES: Final = (0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B))
"""Spaces whose width HarfBuzz knows without the font."""
ANY_CHARACTER: Final[tuple[tuple[int, int], ...]] = ((0, 0x10FFFF),)


@final
class WebFace:
    """One `@font-face` rule. `data` is empty until the page has loaded it (and stays so when that fails).

    `unicode_range` holds inclusive pairs; `size_adjust` is a factor (1.0 = 100%).
    """

    def __init__(
        self,
        family: str,
        capabilities: FaceCapabilities,
        unicode_range: tuple[tuple[int, int], ...] = ANY_CHARACTER,
        override: MetricsOverride = NO_OVERRIDE,
        size_adjust: float = 1.0,
    ) -> None:
        self.family: Final = family
        self.capabilities: Final = capabilities
        self.unicode_range: Final = unicode_range or ANY_CHARACTER
        self.override: Final = override
        self.size_adjust: Final = size_adjust
        self.features: tuple[tuple[str, int], ...] = ()
        self.variations: tuple[tuple[str, float], ...] = ()
        """What its rule says of font-feature-settings and font-variation-settings; those of the text win."""
        self.face: FontFace | None = None
        self.is_wanted = False
        """Set when a text asked for a character of it: only then is it worth loading."""

    def covers(self, codepoint: int) -> bool:
        """Whether `unicode-range` has this character."""
        return any(low <= codepoint <= high for low, high in self.unicode_range)

    def __repr__(self) -> str:
        return f"<WebFace {self.family!r} {self.capabilities}>"


@final
class FontContext:
    """The fonts of a session: the machine's, opened when first asked for."""

    def __init__(self, source: FontSource) -> None:
        self.source: Final = source
        self._faces: dict[tuple[str, int], FontFace | None] = {}
        self._fonts: dict[tuple[int, float, FontStyling], Font] = {}
        self._next_key = 1
        self._default: Final = DocumentFonts(self)

    def fonts_for(self, description: FontDescription) -> FontList:
        """The fonts without any document's web fonts."""
        return self._default.fonts_for(description)

    def new_key(self) -> int:
        """A number never given before by this context."""
        key = self._next_key
        self._next_key += 1
        return key

    def face_of(self, record: FontRecord) -> FontFace | None:
        """The open face, None where its file is unreadable."""
        key = (record.path, record.index)
        if key in self._faces:
            return self._faces[key]
        try:
            face: FontFace | None = FontFace(self.new_key(), self.source.read(record), record.index)
        except FontError:
            # NOTE: a broken file on the machine is as good as one that is not there; others are tried.
            face = None
        self._faces[key] = face
        return face

    def sized(
        self, face: FontFace, size: float, styling: FontStyling, override: MetricsOverride = NO_OVERRIDE
    ) -> Font:
        """The face at a size, shared."""
        if override is not NO_OVERRIDE:
            return Font(self.new_key(), face, size, styling, override)
        key = (face.key, size, styling)
        font = self._fonts.get(key)
        if font is None:
            if len(self._fonts) >= MAX_CACHED_FONTS:
                self._fonts.clear()
            font = Font(self.new_key(), face, size, styling)
            self._fonts[key] = font
        return font

    def installed_font(self, record: FontRecord, description: FontDescription) -> Font | None:
        """An installed face, sized and styled for the description."""
        face = self.face_of(record)
        if face is None:
            return None
        selection = description.selection
        synthesis = description.settings.synthesis
        has_weight = face.has_axis("wght")
        embolden = (
            selection.weight >= BOLD_THRESHOLD
            and record.weight < BOLD_THRESHOLD
            and not has_weight
            and bool(synthesis & SYNTHESIZE_WEIGHT)
        )
        skewed = selection.needs_slant() and not record.is_italic and bool(synthesis & SYNTHESIZE_STYLE)
        variations = axis_values(face, selection, selection.weight, selection.stretch, description)
        styling = FontStyling(variations, embolden, SYNTHETIC_SKEW if skewed else 0.0)
        return self.sized(face, description.size, styling)


@final
class DocumentFonts:
    """The web fonts of one document over the fonts of its session."""

    def __init__(self, context: FontContext) -> None:
        self.context: Final = context
        self.version = 0
        """Grows when a web font arrives; text shaped before is stale then."""
        self._web: dict[str, list[WebFace]] = {}
        self._lists: dict[FontDescription, FontList] = {}

    def declare_web_font(self, face: WebFace) -> None:
        """Take a `@font-face` rule in; later rules win over earlier ones."""
        self._web.setdefault(face.family.lower(), []).append(face)
        self._changed()

    def load_web_font(self, face: WebFace, data: bytes) -> None:
        """Give a declared rule its file (TrueType, OpenType, WOFF or WOFF2). Raises FontError."""
        face.face = FontFace(self.context.new_key(), sfnt_from_bytes(data), 0)
        self._changed()

    def add_web_font(
        self,
        family: str,
        data: bytes,
        capabilities: FaceCapabilities | None = None,
        unicode_range: tuple[tuple[int, int], ...] = ANY_CHARACTER,
    ) -> WebFace:
        """Declare and load in one go. Raises FontError."""
        face = WebFace(family, capabilities or FaceCapabilities(), unicode_range)
        self.declare_web_font(face)
        self.load_web_font(face, data)
        return face

    def wanted_web_fonts(self) -> list[WebFace]:
        """Declared faces that texts asked for and that have no bytes yet, in order of declaration."""
        return [
            face for faces in self._web.values() for face in faces if face.is_wanted and face.face is None
        ]

    def installed_record(self, name: str, selection: FontSelection) -> FontRecord | None:
        """What `src: local(name)` names, None where it is not installed."""
        return self.context.source.match(
            name, False, selection.weight, selection.stretch, selection.is_slanted()
        )

    def fonts_for(self, description: FontDescription) -> FontList:
        """The fonts for a description; the same object for an equal description until a web font arrives."""
        fonts = self._lists.get(description)
        if fonts is None:
            if len(self._lists) >= MAX_CACHED_FONT_LISTS:
                self._lists.clear()
            fonts = FontList(self, description)
            self._lists[description] = fonts
        return fonts

    def web_faces(self, family: str, selection: FontSelection) -> list[WebFace]:
        """The faces of a composite face, latest rule first: all rules with the best descriptors."""
        faces = self._web.get(family.lower())
        if not faces:
            return []
        offers = [face.capabilities for face in faces]
        best = offers[best_capabilities(selection, offers)]
        return [face for face in reversed(faces) if face.capabilities == best]

    def web_font(self, web: WebFace, description: FontDescription) -> Font | None:
        """A loaded web face, sized and styled; None while it has no bytes."""
        face = web.face
        if face is None:
            return None
        selection, synthesis, offer = description.selection, description.settings.synthesis, web.capabilities
        weight = min(max(selection.weight, offer.weight_min), offer.weight_max)
        stretch = min(max(selection.stretch, offer.stretch_min), offer.stretch_max)
        variations = axis_values(face, selection, weight, stretch, description, web.variations)
        embolden = (
            selection.weight >= BOLD_THRESHOLD
            and offer.weight_max < BOLD_THRESHOLD
            and bool(synthesis & SYNTHESIZE_WEIGHT)
        )
        skewed = selection.needs_slant() and not offer.is_italic and bool(synthesis & SYNTHESIZE_STYLE)
        styling = FontStyling(variations, embolden, SYNTHETIC_SKEW if skewed else 0.0, web.features)
        return self.context.sized(face, description.size * web.size_adjust, styling, web.override)

    def _changed(self) -> None:
        self.version += 1
        self._lists.clear()


def axis_values(
    face: FontFace,
    selection: FontSelection,
    weight: float,
    stretch: float,
    description: FontDescription,
    preset: tuple[tuple[str, float], ...] = (),
) -> tuple[tuple[str, float], ...]:
    """Where on a variable font's axes the description is: https://drafts.csswg.org/css-fonts-4/#apply-font-matching-variations"""
    if not face.axes:
        return ()
    asked = dict(preset)
    asked.update(description.settings.variations)
    values: list[tuple[str, float]] = []
    for axis in face.axes:
        if axis.tag in asked:
            values.append((axis.tag, axis.clamp(asked[axis.tag])))
        elif axis.tag == "wght":
            values.append((axis.tag, axis.clamp(weight)))
        elif axis.tag == "wdth":
            values.append((axis.tag, axis.clamp(stretch)))
        elif axis.tag == "slnt" and selection.oblique_angle:
            values.append((axis.tag, axis.clamp(-selection.oblique_angle)))
        elif axis.tag == "ital" and selection.is_italic:
            values.append((axis.tag, axis.clamp(1.0)))
        elif axis.tag == "opsz" and description.settings.optical_sizing:
            values.append((axis.tag, axis.clamp(description.size)))
    return tuple(values)


@lru_cache(maxsize=4096)
def is_invisible(codepoint: int) -> bool:
    """Whether a character needs no glyph, so that no other font need be looked for."""
    if codepoint < 0x20 or 0x7F <= codepoint < 0xA0 or codepoint in (0xAD, 0x34F):
        return True
    if codepoint < 0x180B:
        return False
    if 0xFE00 <= codepoint <= 0xFE0F or 0x180B <= codepoint <= 0x180F or 0xE0100 <= codepoint <= 0xE01EF:
        return True
    return unicodedata.category(chr(codepoint)) in ("Cf", "Zl", "Zp")


@lru_cache(maxsize=4096)
def decomposed(codepoint: int) -> str:
    """The canonical decomposition, "" where there is none."""
    character = chr(codepoint)
    parts = unicodedata.normalize("NFD", character)
    return "" if parts == character else parts


def shows(font: Font, codepoint: int) -> bool:
    """Whether a font has the character, or HarfBuzz can make it of parts or, for spaces, of nothing."""
    if font.has_glyph(codepoint):
        return True
    if codepoint in FIXED_SPACES:
        return font.has_glyph(SPACE)
    parts = decomposed(codepoint)
    return bool(parts) and all(font.has_glyph(ord(part)) for part in parts)


def _shows_cluster(font: Font, cluster: str, visible: list[int]) -> bool:
    """All of a cluster, as it is or composed (HarfBuzz composes where the font has the composed character)."""
    if all(font.has_glyph(codepoint) for codepoint in visible):
        return True
    composed = unicodedata.normalize("NFC", cluster)
    return all(is_invisible(ord(character)) or shows(font, ord(character)) for character in composed)


@final
class FontCandidate:
    """One font that a family gives, for the characters of `unicode-range`."""

    __slots__ = ("font", "web")

    def __init__(self, font: Font, web: WebFace | None) -> None:
        self.font: Final = font
        self.web: Final = web


@final
class FontList:
    """The fonts of one description, opened as far as the text needs them."""

    def __init__(self, fonts: DocumentFonts, description: FontDescription) -> None:
        self.description: Final = description
        self._fonts: Final = fonts
        self._candidates: list[FontCandidate] = []
        self._pending: list[WebFace] = []
        self._next_family = 0
        self._by_character: dict[int, Font] = {}
        self._fallbacks: dict[str, Font | None] = {}
        self._ascii: frozenset[str] = frozenset()
        self._is_ascii_known = False
        self.primary: Final[Font] = self._find_primary()

    def font_for_character(self, codepoint: int) -> Font:
        """The font that shows a character: the primary one (with its .notdef glyph) where none has it."""
        font = self._by_character.get(codepoint)
        if font is None:
            font = self._find(codepoint)
            self._by_character[codepoint] = font
        return font

    def is_simple(self, text: str) -> bool:
        """Whether a text is ASCII that the primary font shows all by itself: the quick way through itemisation."""
        if not text.isascii():
            return False
        if not self._is_ascii_known:
            if self._pending:
                # Each character must be looked up for itself, to tell which web fonts are wanted.
                return all(self.font_for_character(ord(character)) is self.primary for character in text)
            self._is_ascii_known = True
            self._ascii = frozenset(
                chr(code)
                for code in range(0x80)
                if is_invisible(code) or self.font_for_character(code) is self.primary
            )
        return self._ascii.issuperset(text)

    def color_font_for_character(self, codepoint: int) -> Font:
        """As font_for_character, for emoji presentation: a font with colours is preferred."""
        font = self.font_for_character(codepoint)
        if font.face.is_color:
            return font
        record = self._fonts.context.source.match(
            "emoji", True, self.description.weight, self.description.stretch, False
        )
        if record is None:
            return font
        colored = self._fonts.context.installed_font(record, self.description)
        return colored if colored is not None and colored.has_glyph(codepoint) else font

    def _find_primary(self) -> Font:
        """https://drafts.csswg.org/css-fonts-4/#first-available-font: the first with U+0020 in its range."""
        at = 0
        while self._open_until(at):
            candidate = self._candidates[at]
            if candidate.web is None or candidate.web.covers(SPACE):
                # Units such as `ch` need the first font even where no text does.
                self._want(SPACE)
                return candidate.font
            at += 1
        record = self._fonts.context.source.fallback(SPACE, self.description.language)
        font = None if record is None else self._fonts.context.installed_font(record, self.description)
        if font is not None:
            return font
        raise FontError("no usable font on this machine; install a font package such as fontpkg-arimo")

    def font_for_cluster(self, cluster: str) -> Font:
        """The first font that shows a base character with all its marks, else the base character's."""
        visible = [ord(character) for character in cluster if not is_invisible(ord(character))]
        if not visible:
            return self.primary
        font = self.font_for_character(visible[0])
        if len(visible) == 1 or _shows_cluster(font, cluster, visible):
            return font
        at = 0
        while self._open_until(at):
            candidate = self._candidates[at].font
            if _shows_cluster(candidate, cluster, visible):
                return candidate
            at += 1
        for codepoint in visible[1:]:
            fallback = self.font_for_character(codepoint)
            if _shows_cluster(fallback, cluster, visible):
                return fallback
        return font

    def _find(self, codepoint: int) -> Font:
        at = 0
        while self._open_until(at):
            candidate = self._candidates[at]
            if (candidate.web is None or candidate.web.covers(codepoint)) and shows(
                candidate.font, codepoint
            ):
                self._want(codepoint)
                return candidate.font
            at += 1
        self._want(codepoint)
        font = self._upright_font(codepoint)
        if font is not None:
            return font
        record = self._fonts.context.source.fallback(codepoint, self.description.language)
        if record is None:
            return self.primary
        key = f"{record.path}#{record.index}"
        if key not in self._fallbacks:
            self._fallbacks[key] = self._fonts.context.installed_font(record, self.description)
        font = self._fallbacks[key]
        return font if font is not None and shows(font, codepoint) else self.primary

    def _upright_font(self, codepoint: int) -> Font | None:
        """Blink's first fallback for bold and italic text: the first family's regular face, made bold or oblique."""
        selection, families = self.description.selection, self.description.families
        if not families or not (selection.is_slanted() or selection.weight >= BOLD_THRESHOLD):
            return None
        context = self._fonts.context
        record = context.source.match(families[0].name, families[0].is_generic, 400.0, 100.0, False)
        if record is None:
            return None
        font = context.installed_font(record, self.description)
        return font if font is not None and shows(font, codepoint) else None

    def _want(self, codepoint: int) -> None:
        """Tell the web faces not yet loaded that this character would have used them."""
        for web in self._pending:
            if web.covers(codepoint):
                web.is_wanted = True

    def _open_until(self, at: int) -> bool:
        """Open families until candidate `at` exists; False where the list ends before."""
        families = self.description.families
        while len(self._candidates) <= at:
            if self._next_family > len(families):
                return False
            if self._next_family == len(families):
                self._open(STANDARD_FAMILY)
            else:
                self._open(families[self._next_family])
            self._next_family += 1
        return True

    def _open(self, family: FontFamily) -> None:
        description = self.description
        if not family.is_generic:
            faces = self._fonts.web_faces(family.name, description.selection)
            for web in faces:
                font = self._fonts.web_font(web, description)
                if font is None:
                    self._pending.append(web)
                else:
                    self._candidates.append(FontCandidate(self._adjusted(font, web), web))
            if faces:
                return
        selection = description.selection
        record = self._fonts.context.source.match(
            family.name, family.is_generic, selection.weight, selection.stretch, selection.is_slanted()
        )
        if record is None:
            return
        font = self._fonts.context.installed_font(record, description)
        if font is not None:
            self._candidates.append(FontCandidate(self._adjusted(font, None), None))

    def _adjusted(self, font: Font, web: WebFace | None) -> Font:
        """`font-size-adjust`: https://drafts.csswg.org/css-fonts-5/#font-size-adjust-prop"""
        wish = self.description.settings.size_adjust
        if wish < 0 or font.size <= 0 or font.x_height <= 0:
            return font
        # The descriptor size-adjust is overridden with it.
        size = self.description.size * wish / (font.x_height / font.size)
        override = NO_OVERRIDE if web is None else web.override
        return self._fonts.context.sized(font.face, size, font.styling, override)

    def __repr__(self) -> str:
        return f"<FontList {self.description} primary={self.primary}>"

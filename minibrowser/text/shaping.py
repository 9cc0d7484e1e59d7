"""Characters to glyphs with positions: GlyphRun, ShapeResult, TextShaper.

A ShapeResult is the whole of one text item (one style, one direction): glyph runs in visual order for paint,
and `positions` in logical order for line breaking, so that the width of any piece is one subtraction.
Advances are HarfBuzz's in font units, unhinted, scaled to the font size: Chromium's own text widths.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from typing import Final, final

from ..limits import MAX_CACHED_SHAPE_LENGTH, MAX_CACHED_SHAPES
from .enums import SYNTHESIZE_SMALL_CAPS
from .font import Font, FontDescription
from .font_context import DocumentFonts, FontList
from .han_kerning import (
    CLOSES_LINES,
    GIVING,
    MAY_CLOSE,
    MAY_OPEN,
    OWN_SPACING,
    HanType,
    trimmed_offsets,
)
from .harfbuzz import Features
from .itemize import RunSegment, itemize
from .small_caps import SMALL_CAPS_SCALE, CasePiece, case_pieces

SPACE_CHARACTERS: Final = {
    0x00: 0x200B,
    0x09: 0x20,
    0x0A: 0x20,
    0x0D: 0x20,
    0x2028: 0x20,
    0x2029: 0x20,
}
"""Blink shapes white space that fonts have no glyph for as U+0020, and U+0000 as nothing."""

NO_LIGATURES: Final = (("liga", 0), ("clig", 0))
"""https://drafts.csswg.org/css-text-3/#letter-spacing-property: spacing switches optional ligatures off."""

JOINING_BLOCKS: Final = (
    ("\u0600", "\u08ff"),
    ("\u1800", "\u18af"),
    ("\u200c", "\u200d"),
    ("\ua840", "\ua87f"),
    ("\U00010a80", "\U00010fff"),
    ("\U0001e900", "\U0001e95f"),
)
"""Blocks of letters that change their form next to another, and the joiners."""
CONTEXT_LENGTH: Final = 5
"""Characters around a piece that HarfBuzz is shown; it looks at five."""

CURSIVE_SCRIPTS: Final = ("Arab", "Rohg", "Mand", "Mong", "Nkoo", "Phag", "Syrc")
"""https://drafts.csswg.org/css-text-4/#cursive-tracking: scripts whose letters no spacing may part."""

HAN_SCRIPTS: Final = ("Hani", "Hira", "Kana", "Bopo", "Hang", "Zyyy", "Latn")
"""Scripts that a text with full-width punctuation may be in."""
NO_OFFSETS: Final[list[int]] = []
"""Of nearly all runs; never written to."""

ZERO_WIDTH: Final = (
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that take no letter-spacing, as in Blink (Character::TreatAsZeroWidthSpace)."""


def layout_unit_ceil(width: float) -> float:
    """Rounded up to 1/64 px: the width of a text box in Chromium."""
    return math.ceil(width * 64.0) / 64.0


def may_join(character: str) -> bool:
    """Whether a letter next to this may look different for it."""
    return character >= "\u0600" and any(low <= character <= high for low, high in JOINING_BLOCKS)


@final
class TextSpacing:
    """`letter-spacing` and `word-spacing` in CSS px."""

    __slots__ = ("letter", "word")

    def __init__(self, letter: float = 0.0, word: float = 0.0) -> None:
        self.letter: Final = letter
        self.word: Final = word

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TextSpacing) and self.letter == other.letter and self.word == other.word

    def __hash__(self) -> int:
        return hash((self.letter, self.word))


NO_SPACING: Final = TextSpacing()
NO_TRIMS: Final[dict[int, float]] = {}
"""Of nearly all results; never written to."""


@final
class GlyphRun:
    """Glyphs of one font in visual order, left to right. Lists are of equal length; lengths are CSS px.

    clusters[i] is the offset into `text` of the first character that glyph i shows; start and end are the
    offsets of the characters that the run shows. x_offsets move a glyph right, y_offsets move it down,
    without moving the pen.

    All of this is line-relative: a vertical line's run is drawn turned clockwise, its pen moving down the page.
    trimmed: offsets of opening punctuation without its empty first half (see ShapeResult.trims).
    is_upright: each glyph is turned back about its own place. narrowing: what upright glyphs are scaled by
    across the line (text-combine-upright).
    """

    __slots__ = (
        "advances",
        "clusters",
        "end",
        "font",
        "glyph_ids",
        "is_rtl",
        "is_upright",
        "narrowing",
        "start",
        "text",
        "trimmed",
        "width",
        "x_offsets",
        "y_offsets",
    )

    def __init__(self, font: Font, text: str, start: int, end: int, is_rtl: bool) -> None:
        self.font: Final = font
        self.text: Final = text
        self.start: Final = start
        self.end: Final = end
        self.is_rtl: Final = is_rtl
        self.is_upright: bool = False
        self.narrowing: float = 1.0
        self.trimmed: list[int] = NO_OFFSETS
        self.glyph_ids: list[int] = []
        self.advances: list[float] = []
        self.x_offsets: list[float] = []
        self.y_offsets: list[float] = []
        self.clusters: list[int] = []
        self.width = 0.0

    def sub_run(self, start: int, end: int) -> GlyphRun:
        """The glyphs of text[start:end], for offsets inside this run."""
        clusters = self.clusters
        if self.is_rtl:
            # Clusters fall from left to right.
            count = len(clusters)
            first, last = 0, count
            while first < count and clusters[first] >= end:
                first += 1
            while last > first and clusters[last - 1] < start:
                last -= 1
        else:
            first, last = bisect_left(clusters, start), bisect_left(clusters, end)
        run = GlyphRun(self.font, self.text, max(start, self.start), min(end, self.end), self.is_rtl)
        run.is_upright, run.narrowing = self.is_upright, self.narrowing
        run.glyph_ids = self.glyph_ids[first:last]
        run.advances = self.advances[first:last]
        run.x_offsets = self.x_offsets[first:last]
        run.y_offsets = self.y_offsets[first:last]
        run.clusters = clusters[first:last]
        run.width = sum(run.advances)
        return run

    def with_head(self, head: float) -> GlyphRun:
        """The run with room before its first glyph."""
        run = self.over(self.text, self.start, self.end, self.clusters)
        run.advances = [self.advances[0] + head, *self.advances[1:]]
        run.x_offsets = [self.x_offsets[0] + head, *self.x_offsets[1:]]
        run.width = self.width + head
        return run

    def over(self, text: str, start: int, end: int, clusters: list[int]) -> GlyphRun:
        """The same glyphs as those of another text's characters; `trimmed` is not kept."""
        run = GlyphRun(self.font, text, start, end, self.is_rtl)
        run.is_upright, run.narrowing = self.is_upright, self.narrowing
        run.glyph_ids = self.glyph_ids
        run.advances = self.advances
        run.x_offsets = self.x_offsets
        run.y_offsets = self.y_offsets
        run.clusters = clusters
        run.width = self.width
        return run

    def __repr__(self) -> str:
        return f"<GlyphRun {self.text[self.start : self.end]!r} {self.width:g}px in {self.font}>"


@final
class ShapeResult:
    """One shaped text item. Offsets are into `text`, widths are CSS px.

    trims: by the offset of a character that gave up its first half for the one before it: how much, px. At the start
    of a line it has that back.

    positions has len(text) + 1 entries: positions[i] is how far the pen has moved before character i, in
    logical order (from the right edge in right-to-left text). Characters inside a ligature share its width
    evenly. Immutable: results are shared through the cache.
    """

    __slots__ = ("end", "is_rtl", "positions", "runs", "start", "text", "trims", "width")

    def __init__(
        self, text: str, start: int, end: int, is_rtl: bool, runs: list[GlyphRun], positions: list[float]
    ) -> None:
        self.text: Final = text
        self.start: Final = start
        self.end: Final = end
        self.is_rtl: Final = is_rtl
        self.runs: Final = runs
        self.positions: Final = positions
        self.trims: dict[int, float] = NO_TRIMS
        self.width: Final = positions[end] - positions[start]

    def width_between(self, start: int, end: int) -> float:
        """The advance of text[start:end]."""
        return self.positions[end] - self.positions[start]

    def offset_for_width(self, start: int, available: float) -> int:
        """The largest offset whose text from `start` fits into `available` px; `start` where nothing fits."""
        limit = self.positions[start] + available
        # Positions never fall in practice; negative letter-spacing may make them, then any fit is as good.
        offset = bisect_right(self.positions, limit, start, self.end + 1) - 1
        return max(offset, start)

    def closing_half(self, at: int, language: str) -> float:
        """px that a full-width closing punctuation mark may give up at the end of a line; 0.0 for all else.

        https://drafts.csswg.org/css-text-4/#valdef-text-spacing-trim-normal
        """
        character = self.text[at]
        if character not in CLOSES_LINES:
            return 0.0
        for run in self.runs:
            if run.start <= at < run.end:
                font = run.font
                tag = b"vhal" if run.is_upright else b"halt"
                is_full = self.positions[at + 1] - self.positions[at] > font.size * 0.75
                if not is_full or not font.face.has_positioning(tag):
                    return 0.0
                return font.size / 2.0 if font.han_data(language).type_of(character) == HanType.CLOSE else 0.0
        return 0.0

    def sub_range(self, start: int, end: int) -> ShapeResult:
        """The part for text[start:end], e.g. one line's; offsets stay those of the whole text."""
        if start <= self.start and end >= self.end:
            return self
        runs: list[GlyphRun] = []
        for run in self.runs:
            if run.start < end and run.end > start:
                whole = start <= run.start and run.end <= end
                runs.append(run if whole else self._cut(run, start, end))
        part = ShapeResult(self.text, start, end, self.is_rtl, runs, self.positions)
        part.trims = self.trims
        return part

    def _cut(self, run: GlyphRun, start: int, end: int) -> GlyphRun:
        """A part of a run. Where it begins inside a ligature, which the part before shows, it keeps its place."""
        part = run.sub_run(start, end)
        if not run.is_rtl:
            part.width = self.positions[part.end] - self.positions[part.start]
            if part.clusters and part.clusters[0] > part.start:
                lead = self.positions[part.clusters[0]] - self.positions[part.start]
                part.x_offsets = [offset + lead for offset in part.x_offsets]
        return part

    def cut_out(self, start: int, end: int) -> ShapeResult:
        """The part for text[start:end] as a result of its own: its text and its offsets begin at 0."""
        text = self.text[start:end]
        runs: list[GlyphRun] = []
        for run in self.sub_range(start, end).runs:
            clusters = [cluster - start for cluster in run.clusters]
            runs.append(run.over(text, run.start - start, run.end - start, clusters))
        origin = self.positions[start]
        positions = [position - origin for position in self.positions[start : end + 1]]
        part = ShapeResult(text, 0, end - start, self.is_rtl, runs, positions)
        if self.trims:
            part.trims = {at - start: trim for at, trim in self.trims.items() if start <= at < end}
        return part

    def __repr__(self) -> str:
        return f"<ShapeResult {self.text[self.start : self.end]!r} {self.width:g}px {len(self.runs)} runs>"


def shape(
    font: Font,
    text: str,
    segment: RunSegment,
    is_rtl: bool,
    language: str,
    features: tuple[tuple[str, int], ...] = (),
    spacing: TextSpacing = NO_SPACING,
) -> GlyphRun:
    """Shape one segment (one font, one script) of a text, which sees the rest as context."""
    start, end = segment.start, segment.end
    if font.styling.features:
        features = font.styling.features + features
    asked: Features = dict(features)
    trimmed: list[int] = []
    if not text.isascii() and segment.script in HAN_SCRIPTS and not GIVING.isdisjoint(text[start:end]):
        trimmed = _trim(font, text, segment, language, asked)
    if segment.is_upright:
        run = _shape_upright(font, text, segment, language, asked)
    else:
        glyphs, clusters, positions = font.harfbuzz.shape(
            text, start, end - start, is_rtl, segment.script, language, asked
        )
        scale = font.scale
        run = GlyphRun(font, text, start, end, is_rtl)
        run.glyph_ids = glyphs
        run.clusters = clusters
        run.advances = [position[2] * scale for position in positions]
        run.x_offsets = [position[0] * scale for position in positions]
        run.y_offsets = [-position[1] * scale for position in positions]
    if spacing.letter != 0.0 or spacing.word != 0.0:
        apply_spacing(run, spacing, segment.script in CURSIVE_SCRIPTS)
    if trimmed:
        run.trimmed = trimmed
    run.width = math.fsum(run.advances)
    return run


def _trim(font: Font, text: str, segment: RunSegment, language: str, features: Features) -> list[int]:
    """Let full-width punctuation give up the halves that it does not need; the offsets of opening ones that do."""
    tag = "vhal" if segment.is_upright else "halt"
    if any(own in features for own in OWN_SPACING) or not font.face.has_positioning(tag.encode()):
        return []
    offsets = trimmed_offsets(text, segment.start, segment.end, font.han_data(language))
    if offsets:
        features[tag] = [(at, at + 1, 1) for at in offsets]
    return [at for at in offsets if text[at] in MAY_OPEN]


def _shape_upright(font: Font, text: str, segment: RunSegment, language: str, features: Features) -> GlyphRun:
    """Shape a segment whose glyphs stand upright on a vertical line, always from top to bottom.

    Glyphs are centred on the middle between ascent and descent. A font without vertical metrics gives each
    glyph the height of its line (Blink's OpenTypeVerticalData).
    """
    start, end = segment.start, segment.end
    glyphs, clusters, positions = font.harfbuzz.shape_upright(
        text, start, end - start, segment.script, language, features
    )
    scale = font.scale
    run = GlyphRun(font, text, start, end, False)
    run.is_upright = True
    run.glyph_ids = glyphs
    run.clusters = clusters
    # From the alphabetic baseline, which painters go by, up to the central one.
    middle = font.ascent - (font.ascent + font.descent) / 2.0
    if font.has_vertical_metrics():
        run.advances = [-position[3] * scale for position in positions]
        run.x_offsets = [-position[1] * scale for position in positions]
    else:
        height = font.ascent + font.descent
        for glyph, position in zip(glyphs, positions, strict=True):
            origin, advance = font.harfbuzz.vertical_fallback_of(glyph)
            run.advances.append(height - (position[3] + advance) * scale)
            run.x_offsets.append(font.ascent - (position[1] + origin) * scale)
    run.y_offsets = [-position[0] * scale - middle for position in positions]
    return run


def apply_spacing(run: GlyphRun, spacing: TextSpacing, is_cursive: bool = False) -> None:
    """https://drafts.csswg.org/css-text-3/#letter-spacing-property and #word-spacing-property.

    After each typographic character unit (cluster) comes the letter spacing; word spacing goes to spaces
    and no-break spaces on top. In right-to-left text, too, the space goes to the right of the cluster, as in
    Chromium. Letters of cursive scripts are joined and take none.
    """
    text, clusters, advances = run.text, run.clusters, run.advances
    count = len(clusters)
    for i in range(count):
        cluster = clusters[i]
        if i < count - 1 and clusters[i + 1] == cluster:
            continue
        character = text[cluster]
        is_joined = is_cursive and character.isalpha()
        extra = 0.0 if is_joined or character in ZERO_WIDTH else spacing.letter
        if character == " " or character == "\u00a0":
            extra += spacing.word
        if extra == 0.0:
            continue
        advances[i] += extra


def logical_positions(length: int, start: int, end: int, runs: list[GlyphRun], is_rtl: bool) -> list[float]:
    """The pen before each character, in logical order; see ShapeResult.positions."""
    widths = [0.0] * (length + 1)
    ordered = runs[::-1] if is_rtl else runs
    for run in ordered:
        clusters, advances = run.clusters, run.advances
        count = len(clusters)
        if (
            not run.is_rtl
            and count == run.end - run.start
            and count
            and clusters[-1] - clusters[0] == count - 1
        ):
            # OPTIMIZATION: one glyph for each character, nearly all Latin text.
            widths[run.start : run.end] = advances
            continue
        for i in range(count):
            widths[clusters[i]] += advances[i]
        _share_clusters(widths, sorted(set(clusters)), run.end)
    positions = [0.0] * (length + 1)
    pen = 0.0
    for i in range(start, end):
        positions[i] = pen
        pen += widths[i]
    for i in range(end, length + 1):
        positions[i] = pen
    return positions


def _share_clusters(widths: list[float], starts: list[int], end: int) -> None:
    """Spread each cluster's width over its characters; marks join what they stand on."""
    for i, start in enumerate(starts):
        stop = starts[i + 1] if i + 1 < len(starts) else end
        count = stop - start
        if count > 1:
            share = widths[start] / count
            for at in range(start, stop):
                widths[at] = share


@final
class TextShaper:
    """Shapes the texts of a document and remembers the short ones."""

    def __init__(self, fonts: DocumentFonts) -> None:
        self.fonts: Final = fonts
        self._version = fonts.version
        self._cache: dict[tuple[str, FontDescription, float, float, bool], ShapeResult] = {}

    def shape(
        self,
        text: str,
        description: FontDescription,
        is_rtl: bool = False,
        spacing: TextSpacing = NO_SPACING,
    ) -> ShapeResult:
        """Shape one text item: one style, one embedding direction, white space already processed."""
        if self._version != self.fonts.version:
            self._version = self.fonts.version
            self._cache.clear()
        if len(text) > MAX_CACHED_SHAPE_LENGTH:
            return self._shape(text, description, is_rtl, spacing)
        key = (text, description, spacing.letter, spacing.word, is_rtl)
        result = self._cache.get(key)
        if result is None:
            result = self._shape(text, description, is_rtl, spacing)
            if len(self._cache) >= MAX_CACHED_SHAPES:
                self._cache.clear()
            self._cache[key] = result
        return result

    def shape_in(
        self,
        text: str,
        start: int,
        end: int,
        description: FontDescription,
        is_rtl: bool = False,
        spacing: TextSpacing = NO_SPACING,
    ) -> ShapeResult:
        """Shape text[start:end], whose letters join those of the text around it; offsets begin at 0.

        Blink shows HarfBuzz the whole paragraph, so Arabic joins across elements and fonts.
        """
        before = start > 0 and (may_join(text[start - 1]) or text[start] in MAY_OPEN)
        after = end < len(text) and (may_join(text[end]) or text[end - 1] in MAY_CLOSE)
        if not before and not after:
            return self.shape(text[start:end], description, is_rtl, spacing)
        first = max(start - CONTEXT_LENGTH, 0)
        context = text[first : end + CONTEXT_LENGTH]
        return self._shape(text[start:end], description, is_rtl, spacing, context, start - first)

    def shape_parts(
        self,
        parts: list[str],
        description: FontDescription,
        is_rtl: bool = False,
        spacing: TextSpacing = NO_SPACING,
    ) -> list[ShapeResult]:
        """Shape texts that follow each other in one font, e.g. around `<span>`s, as the one text that they are.

        Blink shapes across inline elements, so "A<span>V</span>" is kerned. Each result's offsets begin at 0.
        """
        if len(parts) == 1:
            return [self.shape(parts[0], description, is_rtl, spacing)]
        whole = self.shape("".join(parts), description, is_rtl, spacing)
        results: list[ShapeResult] = []
        at = 0
        for part in parts:
            results.append(whole.cut_out(at, at + len(part)))
            at += len(part)
        return results

    def font_list(self, description: FontDescription) -> FontList:
        """The fonts of a description (its primary font gives the strut)."""
        return self.fonts.fonts_for(description)

    def _shape(
        self,
        text: str,
        description: FontDescription,
        is_rtl: bool,
        spacing: TextSpacing,
        context: str = "",
        offset: int = 0,
    ) -> ShapeResult:
        """`context`, if any, holds the text at `offset`."""
        fonts = self.fonts.fonts_for(description)
        features = description.settings.features
        if spacing.letter != 0.0:
            features = NO_LIGATURES + features
        shaped = text if text.isprintable() else text.translate(SPACE_CHARACTERS)
        if _wants_small_caps(features) and description.settings.synthesis & SYNTHESIZE_SMALL_CAPS:
            runs = self._shape_small_caps(shaped, description, is_rtl, spacing)
        else:
            runs = []
            language = description.language
            for segment in itemize(shaped, fonts):
                if context:
                    moved = RunSegment(
                        segment.start + offset,
                        segment.end + offset,
                        segment.font,
                        segment.script,
                        segment.is_upright,
                    )
                    run = shape(segment.font, context, moved, is_rtl, language, features, spacing)
                    whole = _without_context(run, text, offset)
                    if run.trimmed:
                        whole.trimmed = [at - offset for at in run.trimmed]
                    runs.append(whole)
                else:
                    runs.append(shape(segment.font, shaped, segment, is_rtl, language, features, spacing))
        if is_rtl:
            runs.reverse()
        positions = logical_positions(len(text), 0, len(text), runs, is_rtl)
        result = ShapeResult(text, 0, len(text), is_rtl, runs, positions)
        for run in runs:
            if run.trimmed:
                if not result.trims:
                    result.trims = {}
                for at in run.trimmed:
                    result.trims[at] = run.font.size / 2.0
        return result

    def _shape_small_caps(
        self, text: str, description: FontDescription, is_rtl: bool, spacing: TextSpacing
    ) -> list[GlyphRun]:
        """Small capitals: the font's own where it has them, else made of smaller capitals; in logical order."""
        features = description.settings.features
        if spacing.letter != 0.0:
            features = NO_LIGATURES + features
        language = description.language
        values = dict(features)
        is_all = values.get("c2sc", 0) != 0 or values.get("c2pc", 0) != 0
        tag = b"smcp" if values.get("smcp", 0) else b"pcap"
        fonts = self.fonts.fonts_for(description)
        small = self.fonts.fonts_for(description.with_size(description.size * SMALL_CAPS_SCALE))
        runs: list[GlyphRun] = []
        for segment in itemize(text, fonts):
            if segment.font.face.has_feature(tag):
                runs.append(shape(segment.font, text, segment, is_rtl, language, features, spacing))
                continue
            for piece in case_pieces(text[segment.start : segment.end], is_all, language):
                chosen = small if piece.is_small else fonts
                for part in itemize(piece.shown, chosen):
                    run = shape(part.font, piece.shown, part, is_rtl, language, features, spacing)
                    runs.append(_moved(run, text, piece, segment.start))
        return runs


def _wants_small_caps(features: tuple[tuple[str, int], ...]) -> bool:
    """Whether small (or petite, which fonts hardly ever have) capitals are asked for."""
    return any(tag in ("smcp", "pcap") and value != 0 for tag, value in features)


def _without_context(run: GlyphRun, text: str, offset: int) -> GlyphRun:
    """A run that was shaped in its context, with offsets into its own text."""
    clusters = [cluster - offset for cluster in run.clusters]
    return run.over(text, run.start - offset, run.end - offset, clusters)


def _moved(run: GlyphRun, text: str, piece: CasePiece, offset: int) -> GlyphRun:
    """A run over a piece's shown text as a run over the text that it stands for."""
    origins = piece.origins
    end = piece.end if run.end >= len(origins) else origins[run.end]
    clusters = [origins[cluster] + offset for cluster in run.clusters]
    return run.over(text, origins[run.start] + offset, end + offset, clusters)

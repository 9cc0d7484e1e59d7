"""SVG pictures: natural dimensions from the root element, pixels by resvg.

The only importer of resvg_py. Nothing outside the picture is ever loaded: references to anything but
`data:` and `#fragments` are removed before resvg sees the text, as browsers do for SVG in `<img>`.
"""

from __future__ import annotations

import importlib
import math
import re
from collections.abc import Mapping
from typing import Final, final
from xml.parsers import expat

from ..errors import ImageError
from ..geometry import Edges
from ..limits import MAX_BITMAP_SIDE, MAX_IMAGE_PIXELS, MAX_SVG_FAMILIES, MAX_SVG_LENGTH
from .resource import (
    NO_DIMENSION,
    NO_RATIO,
    ImageResource,
    OverflowingPicture,
    Pixels,
    pixels_from_png,
)
from .svg_guard import SvgGuard, bounded_filters, without_filters

LENGTH: Final = re.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([A-Za-z%]*)\s*\Z")
UNITS: Final = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "in": 96.0,
    "cm": 96 / 2.54,
    "mm": 96 / 25.4,
    "q": 96 / 101.6,
    "em": 16.0,
    "rem": 16.0,
    "ex": 8.0,
    "ch": 8.0,
}
"""CSS px for one of each; font-relative ones at the initial font size."""

OUTER_REFERENCE: Final = re.compile(
    r"""(\s[\w:.-]*(?i:href|src))(\s*=\s*)("(?!data:|\#)[^"]*"|'(?!data:|\#)[^']*')"""
)
DOCTYPE: Final = re.compile(r"<!DOCTYPE\s[^\[>]*(?:\[(.*?)\]\s*)?>", re.DOTALL)
ENTITY: Final = re.compile(r"""<!ENTITY\s+([A-Za-z_][\w.-]*)\s+("[^"]*"|'[^']*')\s*>""")
MAX_ENTITIES: Final = 64
"""Illustrator declares about a dozen, for namespaces."""
MAX_ENTITY_LENGTH: Final = 1000
ENCODING: Final = re.compile(rb"""<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
PROLOG: Final = re.compile(r"<\?xml[^>]*\?>")
FONT_FAMILY: Final = re.compile(
    r"""font-family\s*(?:=\s*"([^"]*)"|=\s*'([^']*)'|:\s*((?:&quot;|&apos;|[^;<>{}="])+))"""
)
LAST_COMMON: Final = 0x24F
"""The end of Latin Extended-B."""
FILTERED: Final = re.compile(r"""\sfilter\s*=\s*["']\s*url\(\s*["']?#([^"')\s]+)["']?\s*\)\s*["']""")
OVERFLOW_REACH: Final = 4
"""How many times its size an SVG picture is looked at on each side for what overflows it."""
PROBE_CELL: Final = 16
"""Pixels for the picture itself then."""
BACKGROUND: Final = re.compile(r"(?:^|;)\s*background\s*:\s*([^;!]+?)\s*(?:!|;|$)", re.IGNORECASE)
"""The shorthand; resvg knows background-color by itself."""
ROOT_ATTRIBUTE: Final = re.compile(
    r"""\s(width|height|viewBox|preserveAspectRatio|overflow)\s*=\s*("[^"]*"|'[^']*')"""
)


@final
class SvgFonts:
    """The fonts that text inside an SVG may use: font files on this machine, the generic families' names, and the
    families that stand in for others."""

    __slots__ = ("aliases", "files", "monospace", "sans_serif", "serif")

    def __init__(
        self,
        files: tuple[str, ...] = (),
        serif: str = "Liberation Serif",
        sans_serif: str = "Liberation Sans",
        monospace: str = "DejaVu Sans Mono",
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.aliases: Final[dict[str, str]] = dict(aliases or {})
        self.files: Final = files
        self.serif: Final = serif
        self.sans_serif: Final = sans_serif
        self.monospace: Final = monospace


NO_FONTS: Final = SvgFonts()


@final
class SvgRoot:
    """The start tag of the root element: its attributes and where its text lies."""

    __slots__ = ("attributes", "name")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name: Final = name
        self.attributes: Final = attributes


class _RootFound(Exception):  # noqa: N818 - a signal, not an error
    """Stops the parser after the first start tag."""


@final
class _RootReader:
    """Collects the first start tag."""

    def __init__(self) -> None:
        self.root: SvgRoot | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """expat's handler."""
        self.root = SvgRoot(name, attributes)
        raise _RootFound


def read_root(markup: str) -> SvgRoot | None:
    """The root element's name and attributes; None where the text is no XML up to there."""
    reader = _RootReader()
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    try:
        parser.Parse(markup.encode("utf-8", "replace"), True)
    except _RootFound:
        return reader.root
    except expat.ExpatError:
        return None
    return None


def svg_length(value: str | None) -> float:
    """An SVG length in CSS px; NO_DIMENSION for percentages, `auto`, negative and broken ones."""
    if value is None:
        return NO_DIMENSION
    match = LENGTH.match(value)
    if match is None:
        return NO_DIMENSION
    unit = UNITS.get(match.group(2).lower())
    if unit is None:
        return NO_DIMENSION
    length = float(match.group(1)) * unit
    return length if 0 <= length < float("inf") else NO_DIMENSION


def view_box(value: str | None) -> tuple[float, float, float, float] | None:
    """`viewBox`: x, y, width and height; None where it is missing, broken or has no area."""
    if value is None:
        return None
    parts = value.replace(",", " ").split()
    if len(parts) != 4:
        return None
    try:
        x, y, width, height = (float(part) for part in parts)
    except ValueError:
        return None
    if width <= 0 or height <= 0 or not all(abs(n) < 1e9 for n in (x, y, width, height)):
        return None
    return x, y, width, height


def svg_text(data: bytes) -> str:
    """The document as text, its XML declaration taken off (the encoding has done its work)."""
    if data.startswith(b"\x1f\x8b"):
        raise ImageError("SVG image is compressed twice")
    encoding = "utf-8"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        declared = ENCODING.search(data[:200])
        if declared is not None:
            encoding = declared.group(1).decode("ascii")
    try:
        text = data.decode(encoding, "replace")
    except (LookupError, UnicodeError):
        text = data.decode("utf-8", "replace")
    return PROLOG.sub("", text.lstrip("\ufeff \t\r\n"), count=1)


def without_doctype(markup: str) -> str:
    """The markup with plain-text entities put in and its document type taken away.

    Entities that hold markup or other entities are dropped: with them a document could grow without bound,
    or hide a reference from `without_outer_references`.
    """
    found = DOCTYPE.search(markup)
    if found is None:
        return markup
    body = markup[: found.start()] + markup[found.end() :]
    subset = found.group(1)
    if subset:
        for name, quoted in ENTITY.findall(subset)[:MAX_ENTITIES]:
            value = quoted[1:-1]
            if "<" not in value and "&" not in value and len(value) <= MAX_ENTITY_LENGTH:
                body = body.replace(f"&{name};", value)
    if "<!DOCTYPE" in body:
        raise ImageError("SVG image has more than one document type")
    return body


def font_families(markup: str) -> list[str]:
    """The names in the font-family attributes and declarations of a picture."""
    found: dict[str, None] = {}
    for match in FONT_FAMILY.finditer(markup):
        for name in _family_list(match):
            found[name] = None
            if len(found) >= MAX_SVG_FAMILIES:
                return list(found)
    return list(found)


def _family_list(match: re.Match[str]) -> list[str]:
    text = (
        (match.group(1) or match.group(2) or match.group(3) or "")
        .replace("&quot;", '"')
        .replace("&apos;", "'")
    )
    names = [part.strip(" \t\n'\"") for part in text.split(",")]
    return [name for name in names if len(name) > 1]


def unusual_characters(markup: str) -> list[str]:
    """Characters that the fonts of the generic families may not have: the first of each block of 128."""
    found: dict[int, str] = {}
    if not markup.isascii():
        for character in markup:
            if ord(character) > LAST_COMMON:
                found.setdefault(ord(character) >> 7, character)
                if len(found) >= MAX_SVG_FAMILIES:
                    break
    return list(found.values())


def without_outer_references(markup: str) -> str:
    """The markup with references to files and to the network emptied."""
    return OUTER_REFERENCE.sub(r'\1\2""', markup)


def without_missing_filters(markup: str) -> str:
    """A reference to a filter that is not there is none (https://drafts.fxtf.org/filter-effects/#FilterProperty); the
    renderer would leave the element out."""
    if "filter" not in markup or "url(" not in markup:
        return markup
    return FILTERED.sub(
        lambda match: (
            match.group() if f'id="{match.group(1)}"' in markup or f"id='{match.group(1)}'" in markup else ""
        ),
        markup,
    )


def with_aliases(markup: str, aliases: Mapping[str, str]) -> str:
    """Families that are not installed under their own name by the names of those that stand in for them."""
    if not aliases:
        return markup

    def renamed(match: re.Match[str]) -> str:
        text = match.group()
        for name in _family_list(match):
            if name in aliases:
                text = text.replace(name, aliases[name])
        return text

    return FONT_FAMILY.sub(renamed, markup)


@final
class SvgImage(ImageResource):
    """An SVG document as a picture. Raises ImageError where the text is not SVG.

    `paints_background`: a background in the root's style attribute covers the picture. For an <svg> in a page that is
    the work of the page's own painting.
    """

    def __init__(
        self, data: bytes | str, fonts: SvgFonts | None = None, *, paints_background: bool = False
    ) -> None:
        markup = data if isinstance(data, str) else svg_text(data)
        markup = without_doctype(markup)
        root = read_root(markup)
        if root is None or root.name.rpartition(":")[2] != "svg":
            raise ImageError("not an SVG image")
        if len(markup) > MAX_SVG_LENGTH:
            raise ImageError("SVG image is too large")
        self._fonts: Final = NO_FONTS if fonts is None else fonts
        markup = without_missing_filters(bounded_filters(without_outer_references(markup)))
        self._markup: Final = with_aliases(markup, self._fonts.aliases)
        self._guard: SvgGuard | None = None
        self._root: Final = root
        self._view_box: Final = view_box(root.attributes.get("viewBox"))
        self._bitmaps: dict[tuple[int, int], Pixels] = {}
        self._overflows: dict[tuple[float, float], OverflowingPicture | None] = {}
        background = BACKGROUND.findall(root.attributes.get("style", "")) if paints_background else []
        self._background: str | None = background[-1] if background else None
        width = svg_length(root.attributes.get("width"))
        height = svg_length(root.attributes.get("height"))
        self.natural_width = width
        self.natural_height = height
        self.is_svg = True
        # https://svgwg.org/svg2-draft/coords.html#SizingSVGInCSS
        ratio = NO_RATIO
        if width > 0 and height > 0:
            ratio = width / height
        elif self._view_box is not None and width != 0 and height != 0:
            ratio = self._view_box[2] / self._view_box[3]
        self.natural_ratio = ratio

    def bitmap(self, width: int, height: int) -> Pixels:
        """The picture drawn at width x height device px, RGBA. Raises ImageError."""
        key = (width, height)
        image = self._bitmaps.get(key)
        if image is None:
            image = self._draw(width, height)
            if len(self._bitmaps) >= 4:
                self._bitmaps.clear()
            self._bitmaps[key] = image
        return image

    def _draw(self, width: int, height: int) -> Pixels:
        if (
            width <= 0
            or height <= 0
            or max(width, height) > MAX_BITMAP_SIDE
            or width * height > MAX_IMAGE_PIXELS
        ):
            raise ImageError(f"SVG image cannot be drawn at {width}x{height}")
        if self._guard is None:
            self._guard = SvgGuard(self._markup)
        zoom = self._zoom(width, height)
        self._guard.check(zoom)
        markup = self._sized(width, height)
        if not self._guard.affords_filters(zoom, width * height):
            markup = without_filters(markup)
        return pixels_from_png(self._png(markup))

    def overflowing(self, width: float, height: float) -> OverflowingPicture | None:
        """With what stands outside of its viewport, where a small drawing of it and its surroundings shows such."""
        if not (0 < width <= MAX_BITMAP_SIDE and 0 < height <= MAX_BITMAP_SIDE):
            return None
        size = (width, height)
        if size not in self._overflows:
            if len(self._overflows) >= 4:
                self._overflows.clear()
            self._overflows[size] = self._with_overflow(width, height)
        return self._overflows[size]

    def _with_overflow(self, width: float, height: float) -> OverflowingPicture | None:
        cells = 2 * OVERFLOW_REACH + 1
        around = (-width * OVERFLOW_REACH, -height * OVERFLOW_REACH, width * cells, height * cells)
        side = PROBE_CELL * cells
        try:
            box = self.framed((width, height), around, side, side).getchannel("A").getbbox()
        except ImageError:
            return None
        first, last = PROBE_CELL * OVERFLOW_REACH, PROBE_CELL * (OVERFLOW_REACH + 1)
        if box is None or (box[0] >= first and box[1] >= first and box[2] <= last and box[3] <= last):
            return None
        # Whole px, so that the picture itself keeps its place in the pixels.
        per_x, per_y = width / PROBE_CELL, height / PROBE_CELL
        edges = Edges(
            math.ceil(max(0, first - box[1] + 1) * per_y),
            math.ceil(max(0, box[2] - last + 1) * per_x),
            math.ceil(max(0, box[3] - last + 1) * per_y),
            math.ceil(max(0, first - box[0] + 1) * per_x),
        )
        return _OverflowingSvg(self, (width, height), edges)

    def framed(
        self, size: tuple[float, float], frame: tuple[float, float, float, float], width: int, height: int
    ) -> Pixels:
        """The picture at `size`, not clipped to it, and what is around: `frame` (x, y, width, height; CSS px from its
        corner) in width x height device px. Raises ImageError."""
        if width <= 0 or height <= 0 or width * height > MAX_IMAGE_PIXELS:
            raise ImageError(f"SVG image cannot be drawn at {width}x{height}")
        if self._guard is None:
            self._guard = SvgGuard(self._markup)
        zoom = self._zoom(math.ceil(size[0]), math.ceil(size[1])) * max(width / frame[2], height / frame[3])
        self._guard.check(zoom)
        inner = self._sized(size[0], size[1], ' overflow="visible"')
        if not self._guard.affords_filters(zoom, width * height):
            inner = without_filters(inner)
        x, y, w, h = frame
        return pixels_from_png(
            self._png(
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
                f'viewBox="{x:g} {y:g} {w:g} {h:g}" preserveAspectRatio="none">{inner}</svg>'
            )
        )

    def _png(self, markup: str) -> bytes:
        fonts = self._fonts
        resvg = importlib.import_module("resvg_py")
        try:
            png = resvg.svg_to_bytes(
                svg_string=markup,
                background=self._background,
                skip_system_fonts=True,
                font_files=list(fonts.files),
                serif_family=fonts.serif,
                sans_serif_family=fonts.sans_serif,
                monospace_family=fonts.monospace,
                font_family=fonts.serif,
                font_size=16,
            )
        except (ValueError, TypeError, RuntimeError) as error:
            if self._background is not None and "background" in str(error):
                # A gradient, a picture, a colour that resvg does not know: it goes without.
                self._background = None
                return self._png(markup)
            raise ImageError(f"SVG image cannot be drawn: {str(error).splitlines()[0][:200]}") from error
        return bytes(png)

    def _zoom(self, width: int, height: int) -> float:
        """Device px for one user unit."""
        if self._view_box is not None:
            return max(width / self._view_box[2], height / self._view_box[3])
        if self.natural_width > 0 and self.natural_height > 0:
            return max(width / self.natural_width, height / self.natural_height)
        return 1.0

    def _sized(self, width: float, height: float, more: str = "") -> str:
        """The markup with a root element of just this size.

        The root's viewport is the picture's concrete size; a picture without viewBox is stretched
        from its natural size (https://drafts.csswg.org/css-images-3/#concrete-size-resolution).
        """
        extra = f'{more} width="{width:g}" height="{height:g}"'
        box = self._view_box
        if box is not None:
            extra += f' viewBox="{box[0]:g} {box[1]:g} {box[2]:g} {box[3]:g}"'
            ratio = self._root.attributes.get("preserveAspectRatio")
            if ratio is not None and re.fullmatch(r"[A-Za-z \t\n]+", ratio):
                extra += f' preserveAspectRatio="{ratio}"'
        elif self.natural_width > 0 and self.natural_height > 0:
            extra += (
                f' viewBox="0 0 {self.natural_width:g} {self.natural_height:g}" preserveAspectRatio="none"'
            )
        start, end = root_tag_span(self._markup, self._root.name)
        tag = ROOT_ATTRIBUTE.sub("", self._markup[start:end])
        head = 1 + len(self._root.name)
        return self._markup[:start] + tag[:head] + extra + tag[head:] + self._markup[end:]

    def __repr__(self) -> str:
        return f"<SvgImage {self.natural_width:g}x{self.natural_height:g} ratio {self.natural_ratio:g}>"


@final
class _OverflowingSvg(OverflowingPicture):
    """An SVG picture in a frame that holds all that it draws."""

    def __init__(self, picture: SvgImage, size: tuple[float, float], edges: Edges) -> None:
        self._picture: Final = picture
        self._size: Final = size
        self.edges = edges
        self._frame: Final = (
            -edges.left,
            -edges.top,
            size[0] + edges.left + edges.right,
            size[1] + edges.top + edges.bottom,
        )
        self.natural_width, self.natural_height = self._frame[2], self._frame[3]
        self.natural_ratio = self._frame[2] / self._frame[3]
        self.is_svg = True
        self._bitmap: Pixels | None = None

    def bitmap(self, width: int, height: int) -> Pixels:
        """The whole frame."""
        if self._bitmap is None or self._bitmap.size != (width, height):
            self._bitmap = self._picture.framed(self._size, self._frame, width, height)
        return self._bitmap


def root_tag_span(markup: str, name: str) -> tuple[int, int]:
    """Where the root's start tag begins and ends; comments and instructions before it are passed by."""
    at = 0
    while True:
        at = markup.find("<", at)
        if at < 0:
            return 0, 0
        if markup.startswith("<!--", at):
            end = markup.find("-->", at)
            at = len(markup) if end < 0 else end + 3
        elif markup.startswith("<?", at):
            end = markup.find("?>", at)
            at = len(markup) if end < 0 else end + 2
        elif markup.startswith(name, at + 1):
            break
        else:
            at += 1
    end = at
    quote = ""
    while end < len(markup):
        character = markup[end]
        if quote:
            if character == quote:
                quote = ""
        elif character in "\"'":
            quote = character
        elif character == ">":
            return at, end + 1
        end += 1
    return at, end


def decode_svg(data: bytes | str, fonts: SvgFonts | None = None) -> ImageResource:
    """The picture of an SVG document. Raises ImageError."""
    return SvgImage(data, fonts)

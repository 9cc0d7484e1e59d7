"""The rendering pass: from a document with its resources to pixels, one mark for each phase.

    Document + StyleSheets -> StyleTree -> Box tree -> Fragment tree -> DisplayList -> Bitmap

Everything here is synchronous and does no I/O. `Rendering` keeps what each phase made, so that a screenshot
after a dump does not lay out again.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..css import MediaContext, Origin, StyleContext, StyleSheet, StyleTree, user_agent_sheets
from ..css.image_values import Color, CssImage, Gradient, UrlImage
from ..css.restyle import DocumentStyles
from ..css.why import Reason, explain_styles
from ..dom import Document, Element, QuirksMode
from ..errors import UsageError
from ..geometry import Rect, Size
from ..layout.box import Box, Picture
from ..layout.box_tree import build_box_tree
from ..layout.cache import LayoutCache
from ..layout.engine import layout_document
from ..layout.fragment import Fragment
from ..layout.reconcile import Reconciler
from ..paint.pictures import ImageStore
from ..text.font_context import DocumentFonts
from ..trace import Recorder
from .metrics import PageFontMetrics
from .sizes import content_sizes

if TYPE_CHECKING:
    from ..paint.bitmap import Bitmap
    from ..paint.display_list import DisplayList
    from ..paint.layer_log import LayerLog
    from ..paint.masks import RasterCache
    from .hit import PageHits


DARK_CANVAS: Final = Color(18.0, 18.0, 18.0)


@contextmanager
def collector_paused() -> Iterator[None]:
    """The cycle collector stands still during a pass: it would walk every node and box again and again."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


@final
class Rendering:
    """A document on its way to pixels; `time`: seconds on the clock that its animations go by; `refused`: texts of
    `style` attributes that its policy forbids."""

    def __init__(
        self,
        document: Document,
        sheets: list[StyleSheet],
        media: MediaContext,
        fonts: DocumentFonts,
        trace: Recorder,
        time: float = 0.0,
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self.document: Final = document
        is_quirks = document.mode == QuirksMode.QUIRKS
        self.sheets: Final = [*user_agent_sheets(is_quirks), *sheets]
        self.media: Final = media
        self.fonts: Final = fonts
        self.viewport: Final = Size(media.width, media.height)
        self._trace = trace
        self._metrics = PageFontMetrics(fonts)
        self._time = time
        self._refused = refused
        self._container_sizes: dict[Element, Size] = {}
        self.styles: StyleTree | None = None
        self.root_box: Box | None = None
        self.url_pictures: Final[dict[str, Picture]] = {}
        """Pictures that `content` and `list-style-image` name."""
        self.root_fragment: Fragment | None = None
        self._document_styles: DocumentStyles | None = None
        self._laid_out: tuple[Box, LayoutCache] | None = (
            None  # with which fonts that are still the document's
        )
        self._hits: PageHits | None = None
        self.shared_raster: Callable[[], RasterCache] | None = None
        """Gives the glyphs and masks that the pages of a session share."""
        self._raster_cache: RasterCache | None = None

    def style(self) -> StyleTree:
        """Resolve styles anew: sheets or fonts have come in."""
        self._metrics.forget()
        with self._trace.span("style") as span, collector_paused():
            self._document_styles = DocumentStyles(self.document, self.sheets, self._style_context())
            self.styles = self._document_styles.tree
            span.count("elements", len(self.styles.styles))
        self.root_box = None
        self.root_fragment = None
        return self.styles

    def watch(self) -> None:
        """The document is going to be changed: `restyle` will look for what is different."""
        if self._document_styles is not None:
            self._document_styles.watch()

    def restyle(self) -> StyleTree:
        """Bring styles up to date with a document that was changed."""
        if self._document_styles is None:
            return self.style()
        with self._trace.span("style") as span, collector_paused():
            self.styles = self._document_styles.update()
            span.count("elements", self._document_styles.resolved)
        self.root_box = None
        self.root_fragment = None
        return self.styles

    def fonts_changed(self) -> None:
        """Web fonts have come in: styles that depend on their metrics are resolved anew, the rest is laid out anew."""
        if self._metrics.was_asked:
            self.style()
        self.forget_layout()

    def forget_layout(self) -> None:
        """Lay out everything anew when it is next asked for: what was laid out was for other fonts."""
        self._laid_out = None
        self.root_box = None
        self.root_fragment = None

    def referrers(self) -> dict[str, str]:
        """The sheets that name addresses, by the addresses; those in the document itself are left out."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            if sheet.origin == Origin.AUTHOR and sheet.url != self.document.base_url:
                for url in sheet.value_context.urls:
                    found.setdefault(url, sheet.url)
        return found

    def want_fonts_of_units(self) -> None:
        """Web fonts are declared now: `ex` and `ch` want theirs, where no text does."""
        self._metrics.ask_again()

    def reasons(self, elements: list[Element]) -> dict[Element, dict[str, Reason]]:
        """Which declarations won for these elements."""
        styles = self.styles if self.styles is not None else self.style()
        return explain_styles(self.document, self.sheets, self._style_context(), styles, elements)

    def _style_context(self) -> StyleContext:
        return StyleContext(
            self.media,
            self._metrics,
            container_sizes=self._container_sizes,
            time=self._time,
            refused=self._refused,
        )

    def layout(self, pictures: Mapping[Element, Picture]) -> Fragment:
        """Generate boxes and lay them out.

        Query containers take rounds: the sizes that layout gives them may change styles inside them, which may
        change the sizes of containers there. A container's size does not depend on its contents, so each round
        settles one more level of nesting.
        """
        styles = self.styles if self.styles is not None else self.style()
        fragment = self._lay_out(styles, pictures)
        for _ in range(limits.MAX_CONTAINER_ROUNDS):
            if not styles.containers:
                break
            sizes = content_sizes(fragment, styles.containers)
            if sizes == self._container_sizes:
                break
            self._container_sizes = sizes
            styles = self.style()
            fragment = self._lay_out(styles, pictures)
        return fragment

    def _lay_out(self, styles: StyleTree, pictures: Mapping[Element, Picture]) -> Fragment:
        with collector_paused():
            with self._trace.span("boxes") as span:
                root = build_box_tree(
                    self.document, styles, pictures, self.url_pictures, shape_picture=self._shape_picture
                )
                cache = LayoutCache()
                if self._laid_out is not None:
                    # What has not changed since the last layout keeps its boxes, and their results.
                    before, known = self._laid_out
                    reconciler = Reconciler(known)
                    root, cache = reconciler.run(before, root)
                    span.count("kept", reconciler.kept)
                    span.count("made", reconciler.made)
            with self._trace.span("layout") as span:
                is_quirks = self.document.mode == QuirksMode.QUIRKS
                self._laid_out = None
                is_limited = self.document.mode == QuirksMode.LIMITED_QUIRKS
                self.root_fragment = layout_document(
                    root, self.fonts, self.viewport, is_quirks, cache, is_limited
                )
                self.root_box = root
                self._laid_out = root, cache
                span.count("boxes", cache.misses)
        return self.root_fragment

    def _shape_picture(self, image: CssImage) -> Picture | None:
        """The picture of a shape-outside."""
        if isinstance(image, UrlImage):
            return self.url_pictures.get(image.url)
        if isinstance(image, Gradient):
            from ..paint.pictures import GradientPicture  # noqa: PLC0415 - few pages have one

            return GradientPicture(image)
        return None

    def hits(self) -> PageHits:
        """What points of the viewport hit; kept until the page is laid out anew."""
        from .hit import PageHits  # noqa: PLC0415 - most pages are not pointed at

        root = self.root_fragment
        assert root is not None
        if self._hits is None or self._hits.root is not root:
            self._hits = PageHits(self, root, Rect(0.0, 0.0, self.viewport.width, self.viewport.height))
        return self._hits

    def full_size(self) -> Size:
        """The scrollable area, at least the viewport, CSS px."""
        assert self.root_fragment is not None
        overflow = self.root_fragment.overflow
        return Size(max(self.viewport.width, overflow.right), max(self.viewport.height, overflow.bottom))

    def display_list(
        self, images: ImageStore, area: Rect, scale: float = 1.0, log: LayerLog | None = None
    ) -> DisplayList:
        """Paint into records; what lies outside the area is left out."""
        from ..paint.builder import build_display_list  # noqa: PLC0415 - a dump of boxes needs no painters

        assert self.root_fragment is not None
        with self._trace.span("paint") as span, collector_paused():
            result = build_display_list(self.root_fragment, self.viewport, images, area, scale, log=log)
            span.count("items", len(result.items))
        return result

    def _on_canvas(self, items: DisplayList, area: Rect) -> DisplayList:
        """The list on the colour that pages of a dark color-scheme have below everything (Chromium's #121212)."""
        from ..paint.display_list import DisplayList, FillRect  # noqa: PLC0415 - likewise

        root = self.document.root
        style = self.styles.style_of(root) if root is not None and self.styles is not None else None
        if style is None or not style.inherited.uses_dark_scheme:
            return items
        return DisplayList([FillRect(area, DARK_CANVAS), *items.items])

    def bitmap(self, images: ImageStore, area: Rect, scale: float, omit_background: bool) -> Bitmap:
        """Paint an area into pixels. Raises UsageError for an area that is empty or too large."""
        from ..paint.pillow_rasterizer import rasterize  # noqa: PLC0415 - likewise

        width, height = picture_size(area, scale, limits.MAX_BITMAP_SIDE, limits.MAX_BITMAP_PIXELS)
        items = self.display_list(images, area, scale)
        if not omit_background:
            items = self._on_canvas(items, area)
        with self._trace.span("raster") as span, collector_paused():
            bitmap = rasterize(items, area, scale, omit_background, self.raster_cache())
            span.count("pixels", width * height)
        return bitmap

    def png_in_bands(self, images: ImageStore, area: Rect, scale: float, omit_background: bool) -> bytes:
        """Paint an area of any height into a PNG file, row by row. Raises UsageError as `bitmap` does."""
        from ..paint.bands import png_in_bands  # noqa: PLC0415 - few pictures are so large

        width, height = picture_size(area, scale, limits.MAX_BANDED_SIDE, limits.MAX_BANDED_PIXELS)
        items = self.display_list(images, area, scale)
        if not omit_background:
            items = self._on_canvas(items, area)
        with self._trace.span("raster") as span, collector_paused():
            png = png_in_bands(items, area, scale, omit_background, self.raster_cache())
            span.count("pixels", width * height)
            span.count("bands", png.bands)
        return png.data

    def raster_cache(self) -> RasterCache:
        """Glyphs and masks: of the session, or of this page alone where it was made without one."""
        from ..paint.masks import RasterCache  # noqa: PLC0415 - a dump of boxes needs no glyphs

        if self.shared_raster is not None:
            return self.shared_raster()
        if self._raster_cache is None:
            self._raster_cache = RasterCache()
        return self._raster_cache


def picture_size(area: Rect, scale: float, most_along: int, most: int) -> tuple[int, int]:
    """Width and height in device px. Raises UsageError for a picture that is empty or larger than allowed."""
    width, height = round(area.width * scale), round(area.height * scale)
    if width < 1 or height < 1:
        raise UsageError(f"nothing to show: the picture would be {width} x {height} px")
    if max(width, height) > most_along or width * height > most:
        raise UsageError(f"a picture of {width} x {height} px is too large")
    return width, height

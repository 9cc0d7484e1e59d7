"""A page's way through the stages, one call each, without network and without event loop."""

from __future__ import annotations

import re
from functools import cache

from minibrowser.css import MediaContext, StyleSheet
from minibrowser.geometry import Rect
from minibrowser.html.parser import parse_document
from minibrowser.page.pipeline import Rendering
from minibrowser.page.system_fonts import system_fonts
from minibrowser.paint.bitmap import Bitmap
from minibrowser.paint.display_list import DisplayList
from minibrowser.paint.encode import encode
from minibrowser.paint.pictures import ImageStore
from minibrowser.text.font_context import DocumentFonts, FontContext
from minibrowser.trace import NO_TRACE

WIDTH, HEIGHT = 1280, 800


@cache
def fonts() -> FontContext:
    """The machine's fonts, found once."""
    return FontContext(system_fonts())


def sheet_text(html: str) -> str:
    """The text of a page's style elements."""
    return "\n".join(re.findall(r"<style>(.*?)</style>", html, re.DOTALL))


class Stages:
    """A page given as text. Each stage can be run again; it starts from what the stage before has made."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.sheets = [StyleSheet(sheet_text(html))]
        self.document = parse_document(html, url="about:blank")
        self.rendering = self._new_rendering()

    def _new_rendering(self) -> Rendering:
        media = MediaContext(float(WIDTH), float(HEIGHT))
        return Rendering(self.document, self.sheets, media, DocumentFonts(fonts()), NO_TRACE)

    @property
    def area(self) -> Rect:
        """The viewport."""
        return Rect(0.0, 0.0, float(WIDTH), float(HEIGHT))

    def style(self) -> None:
        """Resolve styles."""
        self.rendering.style()

    def layout(self) -> None:
        """Generate boxes and lay them out."""
        self.rendering.layout({})

    def paint(self) -> DisplayList:
        """Make the display list."""
        return self.rendering.display_list(ImageStore(), self.area)

    def bitmap(self) -> Bitmap:
        """Make the display list and the pixels."""
        return self.rendering.bitmap(ImageStore(), self.area, 1.0, False)

    def png(self) -> bytes:
        """The whole way from text to PNG, fonts and caches being warm."""
        self.document = parse_document(self.html, url="about:blank")
        self.sheets = [StyleSheet(sheet_text(self.html))]
        self.rendering = self._new_rendering()
        self.style()
        self.layout()
        return encode(self.bitmap(), "png", None)

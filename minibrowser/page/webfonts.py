"""Web fonts: @font-face rules declared to the text package, and the files that texts turn out to want.

A font is fetched only when some text asks for a character of it, as browsers do: so the page is laid out
once with what is there, and again when a file has come in.
"""

from __future__ import annotations

import asyncio
from typing import Final, final

from ..css import FontFace
from ..dom import Document
from ..errors import FontError
from ..net import Request
from ..text.font import FontSelection, MetricsOverride
from ..text.font_context import DocumentFonts, WebFace
from ..text.matching import FaceCapabilities
from ..trace import Recorder
from .resources import PageResources

MAX_ROUNDS: Final = 4
"""Layouts that may each want another font: a fallback of a fallback of a font that could not be had."""


@final
class WebFontLoader:
    """The web fonts of one document."""

    def __init__(
        self, document: Document, resources: PageResources, fonts: DocumentFonts, recorder: Recorder
    ) -> None:
        self._document = document
        self._resources = resources
        self._fonts = fonts
        self._recorder = recorder
        self._rules: dict[WebFace, FontFace] = {}
        self._tried: set[WebFace] = set()

    def declare(self, rules: list[FontFace]) -> None:
        """Tell the text package what there is, in the order of the sheets."""
        for rule in rules:
            capabilities = FaceCapabilities(
                rule.weight_min, rule.weight_max, rule.stretch_min, rule.stretch_max, rule.is_italic
            )
            override = MetricsOverride(rule.ascent_override, rule.descent_override, rule.line_gap_override)
            face = WebFace(rule.family, capabilities, rule.unicode_range, override, rule.size_adjust)
            self._rules[face] = rule
            self._fonts.declare_web_font(face)

    async def load_wanted(self) -> bool:
        """Fetch the faces that texts asked for; whether any came in."""
        wanted = [face for face in self._fonts.wanted_web_fonts() if face not in self._tried]
        if not wanted:
            return False
        self._tried.update(wanted)
        loaded = await asyncio.gather(*(self._load(face) for face in wanted))
        return any(loaded)

    async def _load(self, face: WebFace) -> bool:
        rule = self._rules[face]
        for source in rule.sources:
            if source.is_local:
                record = self._fonts.installed_record(source.url, FontSelection(rule.weight_min))
                if record is None or record.family.lower() != source.url.lower():
                    continue
                data = self._fonts.context.source.read(record)
            else:
                request = Request(url=source.url, destination="font", initiator=self._document.url)
                response = await self._resources.get(request)
                if response is None:
                    continue
                data = response.body
            try:
                with self._recorder.span("font", source.url):
                    self._fonts.load_web_font(face, data)
            except FontError as error:
                self._recorder.event("resource", source.url, f"not used: {error}")
                continue
            return True
        return False

"""Web fonts: @font-face rules declared to the text package, and the files that texts turn out to want.

A font is fetched only when some text asks for a character of it, as browsers do. Most are known from the styles; what
is missed is found by layout, and the page is laid out again when the file has come in.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import partial
from typing import Final, final

from ..css import FontFace
from ..errors import FontError
from ..text.font import FontSelection, MetricsOverride
from ..text.font_context import DocumentFonts, WebFace
from ..text.matching import FaceCapabilities
from ..trace import Recorder
from .client import FetchClient
from .executor import RenderExecutor

MAX_ROUNDS: Final = 4
"""Layouts that may each want another font: a fallback of a fallback of a font that could not be had."""


@final
class WebFontLoader:
    """The web fonts of one document. `referrers` are the sheets by the addresses that they name."""

    def __init__(
        self,
        client: FetchClient,
        fonts: DocumentFonts,
        executor: RenderExecutor,
        recorder: Recorder,
        referrers: Mapping[str, str],
    ) -> None:
        self._client = client
        self._fonts = fonts
        self._executor = executor
        self._recorder = recorder
        self._referrers = referrers
        self._rules: dict[WebFace, FontFace] = {}
        self._tasks: dict[WebFace, asyncio.Task[bool]] = {}
        self._seen: set[asyncio.Task[bool]] = set()
        self.families: frozenset[str] = frozenset()
        """Names of the declared ones in lower case."""

    def declare(self, rules: list[FontFace]) -> None:
        """Tell the text package what there is, in the order of the sheets."""
        for rule in rules:
            capabilities = FaceCapabilities(
                rule.weight_min, rule.weight_max, rule.stretch_min, rule.stretch_max, rule.is_italic
            )
            override = MetricsOverride(rule.ascent_override, rule.descent_override, rule.line_gap_override)
            face = WebFace(rule.family, capabilities, rule.unicode_range, override, rule.size_adjust)
            face.features, face.variations = rule.feature_settings, rule.variation_settings
            self._rules[face] = rule
            self._fonts.declare_web_font(face)
        self.families = frozenset(rule.family.lower() for rule in rules)

    def start_wanted(self) -> None:
        """Begin to fetch the faces that texts have asked for so far."""
        for face in self._fonts.wanted_web_fonts():
            if face not in self._tasks:
                name = f"font {face.family[:60]}"
                self._tasks[face] = asyncio.create_task(self._load(face), name=name)

    async def load_wanted(self) -> bool:
        """Fetch the faces that texts asked for, and wait for those under way; whether any came in."""
        self.start_wanted()
        waited = [task for task in self._tasks.values() if not task.done()]
        if waited:
            await asyncio.gather(*waited)
        came = any(task.result() for task in self._tasks.values() if task not in self._seen)
        self._seen.update(self._tasks.values())
        return came

    async def close(self) -> None:
        """Cancel what is still under way."""
        for task in self._tasks.values():
            task.cancel()
        await asyncio.gather(*self._tasks.values(), return_exceptions=True)

    async def _load(self, face: WebFace) -> bool:
        rule = self._rules[face]
        for source in rule.sources:
            if source.is_local:
                record = self._fonts.installed_record(source.url, FontSelection(rule.weight_min))
                if record is None or record.family.lower() != source.url.lower():
                    continue
                data = self._fonts.context.source.read(record)
            else:
                referrer = self._referrers.get(source.url, "")
                response = await self._client.get(self._client.style_request(source.url, "font", referrer))
                if response is None:
                    continue
                data = response.body
            try:
                with self._recorder.span("font", source.url):
                    # Not beside a layout, which reads the same fonts.
                    await self._executor.run(partial(self._fonts.load_web_font, face, data))
            except FontError as error:
                self._recorder.event("resource", source.url, f"not used: {error}")
                continue
            return True
        return False

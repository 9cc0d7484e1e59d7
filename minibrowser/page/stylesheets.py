"""A document's style sheets: found, fetched side by side, in cascade order.

https://html.spec.whatwg.org/multipage/semantics.html#link-type-stylesheet and
https://drafts.csswg.org/cssom/#css-style-sheet-collections
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Final, final

from .. import limits
from ..css import MediaContext, Origin, StyleSheet, media_matches
from ..css.decoding import decode_sheet
from ..css.sheet import ImportRule
from ..dom import Document, Element, QuirksMode
from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, ProcessingInstruction
from ..net import Request
from ..trace import Recorder
from ..url import resolve
from .client import FetchClient


@final
class SheetSource:
    """Where a sheet of the document stands: inline text, or an address. `attributes` are the element's."""

    def __init__(
        self, *, text: str = "", url: str = "", media: str = "", attributes: Mapping[str, str] | None = None
    ) -> None:
        self.text: Final = text
        self.url: Final = url
        self.media: Final = media
        self.attributes: Final[Mapping[str, str]] = attributes or {}
        self.title: Final = self.attributes.get("title", "")


def _is_css_type(value: str) -> bool:
    essence = value.partition(";")[0].strip().lower()
    return essence in ("", "text/css")


def sheet_sources(document: Document) -> list[SheetSource]:
    """The document's style elements, links and xml-stylesheet instructions, in tree order, without the
    alternative sets that nobody has chosen."""
    sources: list[SheetSource] = []
    for child in document.children:
        if isinstance(child, ProcessingInstruction) and child.target == "xml-stylesheet":
            source = _from_instruction(child, document)
            if source is not None:
                sources.append(source)
    for element in document.descendant_elements():
        name = element.local_name
        if name == "style" and element.namespace in (HTML_NAMESPACE, SVG_NAMESPACE):
            if _is_css_type(element.get("type")):
                sources.append(
                    SheetSource(
                        text=element.text_content(), media=element.get("media"), attributes=element.attributes
                    )
                )
        elif name == "link" and element.namespace == HTML_NAMESPACE:
            source = _from_link(element, document)
            if source is not None:
                sources.append(source)
    # The preferred set is the first that has a title; sheets without one always apply.
    preferred = next((source.title for source in sources if source.title), "")
    return [source for source in sources if not source.title or source.title == preferred]


def is_sheet_link(attributes: Mapping[str, str]) -> bool:
    """Whether a `<link>` names a sheet that counts unless its media or its set say otherwise."""
    relations = attributes.get("rel", "").lower().split()
    if "stylesheet" not in relations or "disabled" in attributes:
        return False
    if not _is_css_type(attributes.get("type", "")) or not attributes.get("href"):
        return False
    return "alternate" not in relations or not attributes.get("title")


def _from_link(element: Element, document: Document) -> SheetSource | None:
    if not is_sheet_link(element.attributes):
        return None
    url = resolve(document.base_url, element.get("href"))
    if url is None:
        return None
    return SheetSource(url=url, media=element.get("media"), attributes=element.attributes)


def _from_instruction(node: ProcessingInstruction, document: Document) -> SheetSource | None:
    """https://www.w3.org/TR/xml-stylesheet/#the-xml-stylesheet-processing-instruction"""
    attributes: dict[str, str] = {}
    for part in node.data.replace("'", '"').split('" '):
        key, equals, value = part.partition("=")
        if equals:
            attributes[key.strip()] = value.strip().strip('"')
    if attributes.get("alternate") == "yes" or not _is_css_type(attributes.get("type", "")):
        return None
    url = resolve(document.base_url, attributes.get("href", ""))
    return None if url is None else SheetSource(url=url, media=attributes.get("media", ""))


@final
class SheetLoader:
    """Fetches sheets and what they import."""

    def __init__(
        self, document: Document, client: FetchClient, media: MediaContext, recorder: Recorder
    ) -> None:
        self._document = document
        self._client = client
        self._media = media
        self._recorder = recorder

    async def load(self) -> list[StyleSheet]:
        """All author sheets that apply, in cascade order."""
        sources = sheet_sources(self._document)
        loaded = await asyncio.gather(*(self._load_source(source) for source in sources))
        return [sheet for sheets in loaded for sheet in sheets]

    async def _load_source(self, source: SheetSource) -> list[StyleSheet]:
        # NOTE: Chromium fetches sheets whose media do not match at low priority; a picture needs none of them.
        if not media_matches(source.media, self._media):
            return []
        if not source.url:
            refusal = self._client.policy.csp.allows_inline(
                "style", source.text, source.attributes.get("nonce", "")
            )
            if refusal:
                self._client.refuse(f"<style> in {self._document.url}", "style", refusal)
                return []
            sheet = self._parse(source.text, self._document.base_url, source.media)
            return await self._with_imports(sheet, (self._document.url,))
        request = self._client.request(source.url, "style", source.attributes)
        return await self._load(request, source.media, None, ())

    async def _load(
        self, request: Request, media: str, rule: ImportRule | None, ancestors: tuple[str, ...]
    ) -> list[StyleSheet]:
        url = request.url
        if url in ancestors or len(ancestors) >= limits.MAX_IMPORT_DEPTH:
            self._recorder.event("css", url, "not used: imports itself or is nested too deeply")
            return []
        response = await self._client.get(request)
        if response is None:
            return []
        # https://html.spec.whatwg.org/multipage/links.html#link-type-stylesheet:process-the-linked-resource
        # In quirks mode a sheet of the same origin may have another type.
        if response.mime_type not in ("text/css", "") and not self._is_type_forgiven(url):
            self._recorder.event("css", url, f"not used: its type is {response.mime_type}")
            return []
        self._client.note_sheet(response)
        text = decode_sheet(response.body, response.charset or "", self._document.encoding)
        sheet = self._parse(text, response.url, media, rule)
        return await self._with_imports(sheet, (*ancestors, url))

    def _is_type_forgiven(self, url: str) -> bool:
        return self._document.mode == QuirksMode.QUIRKS or url.startswith(("file:", "data:"))

    def _parse(self, text: str, url: str, media: str, rule: ImportRule | None = None) -> StyleSheet:
        with self._recorder.span("css", url) as span:
            sheet = StyleSheet(
                text,
                url=url,
                origin=Origin.AUTHOR,
                media=media,
                imported_by=rule,
                is_quirks=self._document.mode == QuirksMode.QUIRKS,
            )
            span.count("characters", len(text))
        return sheet

    async def _with_imports(self, sheet: StyleSheet, ancestors: tuple[str, ...]) -> list[StyleSheet]:
        wanted: list[ImportRule] = []
        for rule in sheet.imports:
            if media_matches(rule.media, self._media) and rule.is_supported:
                wanted.append(rule)
        if not wanted:
            return [sheet]
        nested = await asyncio.gather(
            *(self._load(self._import(rule, sheet), rule.media, rule, ancestors) for rule in wanted)
        )
        return [*(inner for sheets in nested for inner in sheets), sheet]

    def _import(self, rule: ImportRule, sheet: StyleSheet) -> Request:
        """What a sheet asks for names the sheet as its referrer; one in the document names the document."""
        referrer = "" if sheet.url == self._document.base_url else sheet.url
        return self._client.request(rule.url, "style", referrer=referrer)

"""Early requests: what the markup names, found in the text of a document while it is still arriving.

https://html.spec.whatwg.org/multipage/parsing.html#active-speculative-html-parsing. In: decoded text, piece by piece.
Out: `Hint`s in the order of the document, for the page to fetch. The scan builds no tree and saves only time, so where
it cannot know what the parser will make of a tag it says nothing: in templates, in drop-downs, in raw text, in
comments, and in `<noscript>` where scripts run. Every text takes time in proportion to its length.
"""

from __future__ import annotations

import html
import re
from enum import IntEnum
from typing import Final, final

from .. import limits
from .css_imports import MAX_PRELUDE, leading_imports


class HintKind(IntEnum):
    """What an element is good for before there is a tree."""

    LINK = 0
    """A `<link>`: `rel` tells whether it is a sheet, a preload, a preconnect or nothing."""
    IMAGE = 1
    """An `<img>`, an image button, or a video's poster (as `src`)."""
    SCRIPT = 2
    """A `<script src>`, where scripts run."""
    IMPORT = 3
    """An `@import` at the start of a `<style>`: `href`, `media` (of the element) and `condition` (of the rule)."""
    BASE = 4
    """The first `<base href>`."""
    META = 5
    """A `<meta>`: a policy may stand in it, which goes for what follows."""


@final
class Hint:
    """One element.

    Attributes:
        attributes: values by name in lower case, references resolved.
        sources: for an image in a `<picture>`: the attributes of the `<source>` elements before it.
    """

    __slots__ = ("attributes", "kind", "sources")

    def __init__(
        self, kind: HintKind, attributes: dict[str, str], sources: list[dict[str, str]] | None = None
    ) -> None:
        self.kind: Final = kind
        self.attributes: Final = attributes
        self.sources: Final[list[dict[str, str]]] = sources or []

    def __repr__(self) -> str:
        return f"<Hint {self.kind.name} {self.attributes}>"


_TAGS: Final = frozenset(
    ("base", "image", "img", "input", "link", "math", "meta", "picture", "select", "source", "svg", "template", "video")
)  # fmt: skip
_RAW: Final = frozenset(
    ("iframe", "noembed", "noframes", "noscript", "plaintext", "script", "style", "textarea", "title", "xmp")
)
_CLOSED: Final = frozenset(("math", "picture", "select", "svg", "template"))

_TAG_END: Final = (
    r"""[^>"'=]*+(?:(?:=[\t\n\f\r ]*+(?:"[^"]*+"|'[^']*+'|(?!["'\t\n\f\r ]|\Z))|["'])[^>"'=]*+)*+>"""
)
"""The rest of a tag: a quote opens a value only behind an equals sign; an unclosed value is an unclosed tag."""
_BORING: Final = re.compile(
    rf"""(?:
        [^<]++
      | <(?![a-z!/?]|\Z)
      | </(?!(?:{"|".join(sorted(_CLOSED))})(?:[\t\n\f\r />]|\Z))[a-z]{_TAG_END}
      | <(?!(?:{"|".join(sorted(_TAGS | _RAW))})(?:[\t\n\f\r />]|\Z))[a-z]{_TAG_END}
    )*+""",
    re.IGNORECASE | re.VERBOSE,
)
"""OPTIMIZATION: text and whole tags that nothing is learnt from, all in one step."""
_OPENING: Final = re.compile(r"<(/?)([a-zA-Z][^\t\n\f\r />]*)")
_REST_OF_TAG: Final = re.compile(_TAG_END)
_GAP: Final = re.compile(r"[\t\n\f\r /]*")
_SPACES: Final = re.compile(r"[\t\n\f\r ]*")
_NAME: Final = re.compile(r"=?[^\t\n\f\r />=]*")
_UNQUOTED: Final = re.compile(r"[^\t\n\f\r >]*")
_COMMENT_END: Final = re.compile(r"--!?>")
_SCRIPT_MARK: Final = re.compile(r"<!--|-->|<(/?)script[\t\n\f\r />]", re.IGNORECASE)
_LONGEST_MARK: Final = 16
"""Characters of the longest end mark: so many are kept when the rest has been searched in vain."""


class _State(IntEnum):
    """What the text at the scanner's position is."""

    DATA = 0
    COMMENT = 1
    CDATA = 2
    RAW_TEXT = 3
    SCRIPT = 4
    ENDED = 5


@final
class PreloadScanner:
    """Reads a document as it comes. `scripting`: whether scripts run in it."""

    def __init__(self, scripting: bool = False) -> None:
        self._scripting: Final = scripting
        self._state = _State.DATA
        self._text = ""
        self._held: list[str] = []
        self._held_length = 0
        self._wanted = 0
        self._hints: list[Hint] = []
        self._count = 0
        self._raw_name = ""
        self._raw_attributes: dict[str, str] = {}
        self._style_text = ""
        self._escape = 0
        self._templates = 0
        self._foreign = 0
        self._selects = 0
        self._has_base = False
        self._in_picture = False
        self._sources: list[dict[str, str]] = []

    def feed(self, text: str) -> list[Hint]:
        """What the next piece of the document tells."""
        if self._state == _State.ENDED or not text:
            return []
        self._held.append(text)
        self._held_length += len(text)
        # OPTIMIZATION: a tag that does not end is read again only when twice as much of it is there.
        return self._run() if self._held_length >= self._wanted else []

    def finish(self) -> list[Hint]:
        """What was held back for its end; a tag without one is no tag."""
        return self._run() if self._held and self._state != _State.ENDED else []

    def _run(self) -> list[Hint]:
        text = self._text + "".join(self._held)
        self._held = []
        self._held_length = 0
        self._wanted = 0
        at = 0
        while self._state != _State.ENDED:
            self._text = text
            if self._state == _State.DATA:
                following = self._data(at)
            elif self._state == _State.SCRIPT:
                following = self._script_text(at)
            else:
                following = self._skipped_text(at)
            if following < 0:
                break
            at = following
        # What the step in vain left in `_text` is the beginning of what is to come.
        if self._state == _State.ENDED:
            self._text = ""
        hints = self._hints
        self._hints = []
        return hints

    # --- Steps: each gives where to go on, or -1 where more text is needed ---------------------------

    def _data(self, at: int) -> int:
        text = self._text
        boring = _BORING.match(text, at)
        if boring is not None:
            at = boring.end()
        if at >= len(text):
            self._text = ""
            return -1
        opening = _OPENING.match(text, at)
        if opening is None:
            return self._markup_declaration(at)
        end = opening.end()
        if end >= len(text):
            return self._wait(at)
        name = opening.group(2).lower()
        if opening.group(1):
            rest = _REST_OF_TAG.match(text, end)
            if rest is None:
                return self._wait(at)
            self._end_tag(name)
            return rest.end()
        if name not in _TAGS and name not in _RAW:
            rest = _REST_OF_TAG.match(text, end)
            return rest.end() if rest is not None else self._wait(at)
        attributes: dict[str, str] = {}
        end = _read_attributes(text, end, attributes)
        if end < 0:
            return self._wait(at)
        self._start_tag(name, attributes, text[end - 2] == "/")
        return end

    def _markup_declaration(self, at: int) -> int:
        """Comments, CDATA sections, doctypes and what is taken for a comment."""
        text = self._text
        if text.startswith("<!--", at):
            for empty in ("<!-->", "<!--->"):
                if text.startswith(empty, at):
                    return at + len(empty)
            if len(text) - at < 6:
                return self._wait(at)
            self._state = _State.COMMENT
            return at + 4
        if self._foreign and text.startswith("<![CDATA[", at):
            self._state = _State.CDATA
            return at + 9
        if len(text) - at < 9 and text[at : at + 2] in ("<", "<!"):
            return self._wait(at)
        end = text.find(">", at)
        return end + 1 if end >= 0 else self._wait(at)

    def _wait(self, at: int) -> int:
        self._text = self._text[at:]
        self._wanted = len(self._text)
        return -1

    def _skipped_text(self, at: int) -> int:
        """Up to the end mark of a comment, a CDATA section or a raw text element."""
        text = self._text
        if self._state == _State.COMMENT:
            found = _COMMENT_END.search(text, at)
        elif self._state == _State.CDATA:
            found = _CDATA_END.search(text, at)
        else:
            found = _RAW_ENDS[self._raw_name].search(text, at)
        is_style = self._state == _State.RAW_TEXT and self._raw_name == "style"
        end = found.start() if found is not None else max(at, len(text) - _LONGEST_MARK)
        if is_style and len(self._style_text) < MAX_PRELUDE:
            self._style_text += text[at : min(end, at + MAX_PRELUDE)]
        if found is None:
            self._text = text[end:]
            return -1
        after = found.end()
        if self._state == _State.RAW_TEXT:
            # The mark is `</name` and a character that ends the name: the tag goes on to its `>`.
            after = text.find(">", found.end() - 1) + 1
            if after == 0:
                self._text = text[found.start() :]
                self._wanted = len(self._text)
                return -1
        self._state = _State.DATA
        if is_style:
            self._imports()
        return after

    def _script_text(self, at: int) -> int:
        """https://html.spec.whatwg.org/multipage/parsing.html#script-data-escaped-state and
        #script-data-double-escaped-state: in a comment inside a script, a script hides the end tag."""
        text = self._text
        for mark in _SCRIPT_MARK.finditer(text, at):
            at = mark.end()
            word = mark.group()
            if word == "<!--":
                self._escape = max(self._escape, 1)
                # The dashes may be those of the end.
                at -= 2
                if text.startswith("-->", at) or text.startswith("->", at + 2):
                    self._escape = 0
            elif word == "-->":
                self._escape = 0
            elif mark.group(1) and self._escape < 2:
                end = text.find(">", mark.end() - 1)
                if end < 0:
                    self._text = text[mark.start() :]
                    self._wanted = len(self._text)
                    return -1
                self._state = _State.DATA
                return end + 1
            elif mark.group(1):
                self._escape = 1
            elif self._escape:
                self._escape = 2
        self._text = text[max(at, len(text) - _LONGEST_MARK) :]
        return -1

    # --- What tags say --------------------------------------------------------------------------------

    def _end_tag(self, name: str) -> None:
        if name == "template":
            self._templates = max(0, self._templates - 1)
        elif name == "picture":
            self._in_picture = False
        elif name == "select":
            self._selects = max(0, self._selects - 1)
        elif name in ("svg", "math"):
            self._foreign = max(0, self._foreign - 1)

    def _start_tag(self, name: str, attributes: dict[str, str], is_closed: bool) -> None:
        if name in _RAW:
            self._raw_tag(name, attributes, is_closed)
            return
        if name == "template":
            self._templates += 1
        elif name in ("svg", "math"):
            self._foreign += 0 if is_closed else 1
        elif name == "select":
            self._selects += 1
        elif name == "picture":
            self._in_picture = True
            self._sources = []
        elif name == "source":
            if self._in_picture:
                self._sources.append(attributes)
        elif name == "link":
            self._add(HintKind.LINK, attributes)
        elif name == "meta":
            self._add(HintKind.META, attributes)
        elif name == "base":
            if "href" in attributes and not self._has_base and not self._templates:
                self._has_base = True
                self._add(HintKind.BASE, attributes)
        elif name == "img" or (name == "image" and not self._foreign):
            if not self._selects:
                self._add(HintKind.IMAGE, attributes, self._sources if self._in_picture else None)
        elif name == "input":
            if attributes.get("type", "").lower() == "image" and attributes.get("src"):
                self._add(HintKind.IMAGE, {"src": attributes["src"]})
        elif name == "video" and attributes.get("poster"):
            self._add(HintKind.IMAGE, {"src": attributes["poster"]})

    def _raw_tag(self, name: str, attributes: dict[str, str], is_closed: bool) -> None:
        if self._foreign and is_closed:
            return
        if name == "noscript" and not self._scripting:
            return
        if name == "plaintext":
            self._state = _State.ENDED
            return
        if name == "script":
            self._escape = 0
            self._state = _State.SCRIPT
            if self._scripting and attributes.get("src") and "nomodule" not in attributes:
                self._add(HintKind.SCRIPT, attributes)
            return
        self._state = _State.RAW_TEXT
        self._raw_name = name
        self._raw_attributes = attributes
        self._style_text = ""

    def _imports(self) -> None:
        kind = self._raw_attributes.get("type", "").strip().lower()
        if kind not in ("", "text/css"):
            return
        for url, condition in leading_imports(self._style_text):
            media = self._raw_attributes.get("media", "")
            self._add(HintKind.IMPORT, {"href": url, "media": media, "condition": condition})

    def _add(
        self, kind: HintKind, attributes: dict[str, str], sources: list[dict[str, str]] | None = None
    ) -> None:
        if self._templates:
            return
        self._hints.append(Hint(kind, attributes, list(sources) if sources else None))
        self._count += 1
        if self._count >= limits.MAX_PRELOADS:
            self._state = _State.ENDED


_CDATA_END: Final = re.compile(r"\]\]>")
_RAW_ENDS: Final = {
    name: re.compile(rf"</{name}[\t\n\f\r />]", re.IGNORECASE)
    for name in sorted(_RAW - {"plaintext", "script"})
}


def scan(text: str, scripting: bool = False) -> list[Hint]:
    """The hints of a whole document."""
    scanner = PreloadScanner(scripting)
    return scanner.feed(text) + scanner.finish()


def _read_attributes(text: str, at: int, attributes: dict[str, str]) -> int:
    """Read a tag from behind its name, the first of equal names counts. Gives where it ends, -1 where it does not."""
    end = len(text)
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap is not None else at
        if at >= end:
            return -1
        if text[at] == ">":
            return at + 1
        named = _NAME.match(text, at)
        stop = named.end() if named is not None else at
        name = text[at:stop].lower()
        space = _SPACES.match(text, stop)
        at = space.end() if space is not None else stop
        if at >= end:
            return -1
        value = ""
        if text[at] == "=":
            space = _SPACES.match(text, at + 1)
            at = space.end() if space is not None else at + 1
            if at >= end:
                return -1
            quote = text[at]
            if quote == '"' or quote == "'":
                stop = text.find(quote, at + 1)
                if stop < 0:
                    return -1
                value = text[at + 1 : stop]
                at = stop + 1
            else:
                found = _UNQUOTED.match(text, at)
                stop = found.end() if found is not None else at
                if stop >= end:
                    return -1
                value = text[at:stop]
                at = stop
        if name not in attributes:
            attributes[name] = html.unescape(value) if "&" in value else value

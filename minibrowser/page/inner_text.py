"""The text that a page shows: https://html.spec.whatwg.org/multipage/dom.html#get-the-text-steps

In: a document and its styles. Out: text with the line breaks that blocks make. White space is collapsed as
the `white-space-collapse` of each text says, across inline elements.
"""

from __future__ import annotations

from typing import Final, final

from ..css import StyleTree
from ..css.computed_style import ComputedStyle
from ..css.keywords import Display, Visibility, WhiteSpaceCollapse
from ..dom import Document, Element, ParentNode, Text

_INLINE: Final = frozenset(
    (
        Display.INLINE,
        Display.INLINE_BLOCK,
        Display.INLINE_FLEX,
        Display.INLINE_GRID,
        Display.INLINE_TABLE,
        Display.CONTENTS,
        Display.RUBY,
        Display.RUBY_TEXT,
        Display.TABLE_CELL,
        Display.TABLE_ROW,
        Display.TABLE_COLUMN,
        Display.TABLE_COLUMN_GROUP,
        Display.INLINE_LIST_ITEM,
        Display.INLINE_FLOW_ROOT_LIST_ITEM,
        Display.WEBKIT_INLINE_BOX,
    )
)
_REPLACED: Final = frozenset(
    ("img", "video", "audio", "canvas", "iframe", "object", "embed", "svg", "input", "textarea", "select")
)


@final
class _Collector:
    """Pieces of text, and between them the number of line breaks that are required at least."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._required = 0
        self._pending_space = False
        self._at_start = True

    def text(self, data: str, mode: WhiteSpaceCollapse) -> None:
        """Add rendered text."""
        if mode in (WhiteSpaceCollapse.PRESERVE, WhiteSpaceCollapse.BREAK_SPACES):
            self._flush_breaks()
            self._parts.append(data)
            self._pending_space = False
            self._at_start = data.endswith("\n")
            return
        lines = data.split("\n") if mode == WhiteSpaceCollapse.PRESERVE_BREAKS else [data]
        for index, line in enumerate(lines):
            if index:
                self.newline()
            words = line.split(" ") if "\n" not in line and "\t" not in line else line.split()
            words = [word for word in " ".join(words).split(" ") if word]
            if line[:1] in (" ", "\n", "\t", "\r", "\f") and line:
                self._pending_space = True
            for number, word in enumerate(words):
                if number:
                    self._pending_space = True
                self._word(word)
            if words and line[-1:] in (" ", "\n", "\t", "\r", "\f"):
                self._pending_space = True

    def _word(self, word: str) -> None:
        self._flush_breaks()
        if self._pending_space and not self._at_start:
            self._parts.append(" ")
        self._pending_space = False
        self._at_start = False
        self._parts.append(word)

    def newline(self) -> None:
        """A <br>, or the end of a table row."""
        self._flush_breaks()
        self._parts.append("\n")
        self._pending_space = False
        self._at_start = True

    def tab(self) -> None:
        """Between table cells."""
        self._flush_breaks()
        self._parts.append("\t")
        self._pending_space = False
        self._at_start = True

    def require(self, count: int) -> None:
        """At least so many line breaks before what follows, unless it is the beginning."""
        self._pending_space = False
        self._at_start = True
        if self._parts:
            self._required = max(self._required, count)

    def atom(self) -> None:
        """Something inline that is no text: spaces around it stay."""
        if self._pending_space and not self._at_start:
            self._parts.append(" ")
        self._pending_space = False
        self._at_start = False

    def _flush_breaks(self) -> None:
        if self._required:
            self._parts.append("\n" * self._required)
            self._required = 0

    def result(self) -> str:
        """All of it."""
        return "".join(self._parts)


def inner_text(document: Document, styles: StyleTree) -> str:
    """The rendered text of a document."""
    collector = _Collector()
    root = document.root
    if root is not None:
        _collect(root, styles, collector)
    return collector.result()


def _collect(element: Element, styles: StyleTree, out: _Collector) -> None:
    """https://html.spec.whatwg.org/multipage/dom.html#rendered-text-collection-steps"""
    style = styles.style_of(element)
    # 2., 3. If the node is not rendered or not visible, there is nothing of its own.
    if style is None or style.box.display == Display.NONE:
        return
    display = style.box.display
    # 5. br
    if element.is_html("br"):
        out.newline()
        return
    if element.local_name in _REPLACED:
        out.atom()
        return
    # 8. p: two line breaks; 9. block-level: one
    breaks = 0
    if element.is_html("p"):
        breaks = 2
    elif display not in _INLINE:
        breaks = 1
    if breaks:
        out.require(breaks)
    if element.is_html("details") and "open" not in element.attributes:
        # Of a closed one nothing but its summary is rendered.
        summary = next((child for child in element.element_children() if child.is_html("summary")), None)
        if summary is not None:
            _collect(summary, styles, out)
    else:
        _collect_children(element, style, styles, out)
    # 6. cells of a row but the last: a tab; 7. rows but the last: a line break
    if display == Display.TABLE_CELL and _has_following(element, styles, Display.TABLE_CELL):
        out.tab()
    elif display == Display.TABLE_ROW and _has_following(element, styles, Display.TABLE_ROW):
        out.newline()
    if breaks:
        out.require(breaks)


def _collect_children(node: ParentNode, style: ComputedStyle, styles: StyleTree, out: _Collector) -> None:
    visible = style.inherited.visibility == Visibility.VISIBLE
    for child in node.children:
        if isinstance(child, Text):
            # 4. rendered text
            if visible:
                out.text(child.data, style.inherited.white_space_collapse)
        elif isinstance(child, Element):
            _collect(child, styles, out)


def _has_following(element: Element, styles: StyleTree, display: Display) -> bool:
    sibling = element.next_sibling
    while sibling is not None:
        if isinstance(sibling, Element):
            style = styles.style_of(sibling)
            if style is not None and style.box.display == display:
                return True
        sibling = sibling.next_sibling
    return False

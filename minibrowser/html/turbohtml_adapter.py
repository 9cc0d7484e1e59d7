"""turbohtml (a WHATWG parser in C) into our own nodes. The only module that imports turbohtml.

A document goes straight through turbohtml's tree sink, which is faster than walking its tree; fragments, and
documents parsed with the scripting flag on, for which there is no sink, are walked.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, final

import turbohtml
from turbohtml.treebuild import parse_into

from ..dom import (
    Comment,
    Document,
    DocumentFragment,
    DocumentType,
    Element,
    Node,
    ParentNode,
    QuirksMode,
    Text,
)
from ..dom.mutation import TreeBuilder
from ..dom.node import HTML_NAMESPACE, MATHML_NAMESPACE, SVG_NAMESPACE, ProcessingInstruction
from .foreign import note_attribute_namespaces
from .quirks import quirks_mode

_NAMESPACES: Final = {
    turbohtml.Namespace.HTML: HTML_NAMESPACE,
    turbohtml.Namespace.SVG: SVG_NAMESPACE,
    turbohtml.Namespace.MATHML: MATHML_NAMESPACE,
}

_PLAIN_DOCTYPE: Final = re.compile(r"\s*<!doctype\s+html\s*>", re.IGNORECASE)
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


@final
class _Sink:
    """What turbohtml calls while it hands its tree over, in tree order."""

    def __init__(self, document: Document, text: str, root: ParentNode) -> None:
        self.document: Final = document
        self.append: Final = TreeBuilder(document, root).append
        self._source: Final = text

    def create_document(self) -> ParentNode:
        return self.document

    def create_doctype(self, name: str, public_id: str | None, system_id: str | None) -> Node:
        force_quirks = _PLAIN_DOCTYPE.match(self._source) is None and _force_quirks(self._source)
        self.document.mode = quirks_mode(name, public_id, system_id, force_quirks)
        return DocumentType(name, public_id or "", system_id or "")

    def create_element(self, name: str, namespace: str, attrs: tuple[tuple[str, str | None], ...]) -> Element:
        if not attrs:
            return Element(name, namespace)
        element = Element(name, namespace, {key: value or "" for key, value in attrs})
        if namespace != HTML_NAMESPACE:
            note_attribute_namespaces(self.document, element)
        return element

    # OPTIMIZATION: the classes themselves take one call less than methods that call them.
    create_text: Final = Text
    create_comment: Final = Comment
    create_pi: Final = ProcessingInstruction


def _force_quirks(text: str) -> bool:
    """The force-quirks flag of the first document type token, which the tree does not tell."""
    for token in turbohtml.tokenize(text):
        if token.type == turbohtml.TokenType.DOCTYPE:
            return token.force_quirks
    return False


def _without_surrogates(text: str) -> str:
    """Lone surrogates cannot come out of a decoder, but a `str` from a caller may hold them."""
    return text if text.isascii() else _SURROGATES.sub("\ufffd", text)


def parse_document(text: str, document: Document, scripting: bool) -> None:
    """Parse a whole document into `document`, which is empty."""
    text = _without_surrogates(text)
    document.mode = QuirksMode.QUIRKS  # unless a document type says otherwise
    sink = _Sink(document, text, document)
    if scripting:
        _walk(turbohtml.parse(text, positions=False, scripting=True), sink, document)
    else:
        parse_into(text, sink)  # type: ignore[misc] # handles are of several classes


def parse_fragment(
    text: str, context: str, namespace: str, document: Document, scripting: bool
) -> DocumentFragment:
    """Parse as the `innerHTML` of an element of that name."""
    prefix = {SVG_NAMESPACE: "svg ", MATHML_NAMESPACE: "math "}.get(namespace, "")
    text = _without_surrogates(text)
    try:
        tree = turbohtml.parse_fragment(text, prefix + context, positions=False, scripting=scripting)
    except ValueError:
        # An element the library has not heard of: every such one resets the insertion mode as <div> does.
        tree = turbohtml.parse_fragment(text, "div", positions=False, scripting=scripting)
    fragment = DocumentFragment()
    _walk(tree, _Sink(document, "", fragment), fragment)
    return fragment


def _walk(tree: turbohtml.Node, sink: _Sink, root: ParentNode) -> None:
    """Tell a sink what is below a node of turbohtml's, in tree order."""
    stack: list[tuple[ParentNode, turbohtml.Node]] = [(root, child) for child in reversed(tree.children)]
    while stack:
        parent, source = stack.pop()
        if isinstance(source, turbohtml.DocumentFragment):  # the contents of a <template>
            stack.extend((parent, child) for child in reversed(source.children))
        elif isinstance(source, turbohtml.Element):
            attributes = tuple((name, source.attr(name)) for name in source.attrs)
            element = sink.create_element(source.tag, _NAMESPACES[source.namespace], attributes)
            sink.append(parent, element)
            stack.extend((element, child) for child in reversed(source.children))
        elif isinstance(source, turbohtml.Text | turbohtml.CData):
            sink.append(parent, Text(source.data))
        elif isinstance(source, turbohtml.Comment):
            sink.append(parent, Comment(source.data))
        elif isinstance(source, turbohtml.ProcessingInstruction):
            sink.append(parent, ProcessingInstruction(source.target, source.data))
        elif isinstance(source, turbohtml.Doctype):
            sink.append(parent, sink.create_doctype(source.name, source.public_id, source.system_id))


def decode(data: bytes, encoding: str) -> str:
    """Decode by the WHATWG tables of an encoding (by its name); malformed bytes become U+FFFD.

    https://encoding.spec.whatwg.org/ : Python's own codecs of the same names are other encodings in places.
    """
    import turbohtml.detect  # noqa: F401, PLC0415 - registers the codecs; rarely needed

    return codecs.decode(data, "whatwg-" + encoding, "replace")

"""XML documents (XHTML, SVG) into our own nodes, through the standard library's expat.

https://html.spec.whatwg.org/multipage/xhtml.html#parsing-xhtml-documents. A document that is not well-formed
is shown up to its first error, below a box that tells the error, as in Chromium.
"""

from __future__ import annotations

import re
from html.entities import html5 as html_entities
from typing import Final, final
from xml.parsers import expat

from .. import limits
from ..dom import Comment, Document, DocumentType, Element, ParentNode, Text
from ..dom.mutation import TreeBuilder, insert_before, remove
from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, ProcessingInstruction

_SEPARATOR: Final = " "

_XHTML_PUBLIC_IDS: Final = frozenset(
    (
        "-//W3C//DTD XHTML 1.0 Transitional//EN",
        "-//W3C//DTD XHTML 1.1//EN",
        "-//W3C//DTD XHTML 1.0 Strict//EN",
        "-//W3C//DTD XHTML 1.0 Frameset//EN",
        "-//W3C//DTD XHTML Basic 1.0//EN",
        "-//W3C//DTD XHTML 1.1 plus MathML 2.0//EN",
        "-//W3C//DTD XHTML 1.1 plus MathML 2.0 plus SVG 1.1//EN",
        "-//W3C//DTD MathML 2.0//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.0//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.1//EN",
        "-//WAPFORUM//DTD XHTML Mobile 1.2//EN",
    )
)
"""Document types with which a browser knows HTML's named characters
(https://html.spec.whatwg.org/multipage/xhtml.html#parsing-xhtml-documents)."""

_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]*;)")
_XML_ENTITIES: Final = frozenset(("amp;", "lt;", "gt;", "quot;", "apos;"))
_PSEUDO_ATTRIBUTE: Final = re.compile(r"""([A-Za-z][\w.-]*)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_SURROGATES: Final = re.compile(r"[\ud800-\udfff]")


class _TooMuchTextError(Exception):
    """Entities have grown the text without bound."""


@final
class _Handler:
    """What expat calls."""

    def __init__(self, text: str, document: Document) -> None:
        self.document: Final = document
        self._text: Final = text
        self._builder: Final = TreeBuilder(document, document)
        self._open: Final[list[ParentNode]] = [document]
        self._declared: dict[str, str] = {}
        self._pending: list[str] = []
        self._room: int = limits.MAX_XML_EXPANSION + len(text)
        self._in_doctype = False
        parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.namespace_prefixes = True
        parser.ordered_attributes = True
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_UNLESS_STANDALONE)
        parser.StartNamespaceDeclHandler = self._start_namespace
        parser.StartElementHandler = self._start_element
        parser.EndElementHandler = self._end_element
        parser.CharacterDataHandler = self._characters
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.StartDoctypeDeclHandler = self._start_doctype
        parser.EndDoctypeDeclHandler = self._end_doctype
        parser.StartCdataSectionHandler = self._flush
        parser.EndCdataSectionHandler = self._flush
        parser.ExternalEntityRefHandler = self._external_entity
        self._parser: Final = parser

    def run(self) -> str:
        """Parse; give "" or what is wrong with the document."""
        try:
            self._parser.Parse(self._text.encode("utf-8"), True)
        except expat.ExpatError as error:
            self._flush()
            return (
                f"error on line {error.lineno} at column {error.offset + 1}: {expat.ErrorString(error.code)}"
            )
        except _TooMuchTextError:
            self._flush()
            return f"error on line {self._parser.CurrentLineNumber}: entities expand without bound"
        self._flush()
        return ""

    def _add(self, node: Comment | ProcessingInstruction | DocumentType | Element) -> None:
        self._flush()
        self._builder.append(self._open[-1], node)

    def _flush(self) -> None:
        """Make a node of the text so far."""
        if self._pending:
            if len(self._open) > 1:
                self._builder.append(self._open[-1], Text("".join(self._pending)))
            self._pending = []

    def _start_namespace(self, prefix: str | None, uri: str | None) -> None:
        self._declared["xmlns:" + prefix if prefix else "xmlns"] = uri or ""

    def _start_element(self, name: str, attributes: list[str]) -> None:
        namespace, local_name, prefix = _split(name)
        values = self._declared
        self._declared = {}
        namespaces: list[tuple[str, str]] = []
        for index in range(0, len(attributes), 2):
            uri, local, attribute_prefix = _split(attributes[index])
            qualified = f"{attribute_prefix}:{local}" if attribute_prefix else local
            values[qualified] = attributes[index + 1]
            if uri:
                namespaces.append((qualified, uri))
        element = Element(local_name, namespace, values, prefix)
        for qualified, uri in namespaces:
            self.document.attribute_namespaces[element, qualified] = uri
        self._add(element)
        self._open.append(element)

    def _end_element(self, _name: str) -> None:
        self._flush()
        self._open.pop()

    def _characters(self, data: str) -> None:
        self._room -= len(data)
        if self._room < 0:
            raise _TooMuchTextError
        self._pending.append(data)

    def _comment(self, data: str) -> None:
        if not self._in_doctype:
            self._add(Comment(data))

    def _instruction(self, target: str, data: str) -> None:
        if not self._in_doctype:
            self._add(ProcessingInstruction(target, data))

    def _start_doctype(
        self, name: str, system_id: str | None, public_id: str | None, _has_internal_subset: int
    ) -> None:
        self._add(DocumentType(name, public_id or "", system_id or ""))
        self._in_doctype = True

    def _end_doctype(self) -> None:
        self._in_doctype = False

    def _external_entity(
        self, context: str | None, _base: str | None, _system_id: str | None, public_id: str | None
    ) -> int:
        """The external subset of an XHTML document is HTML's named characters; nothing else is ever read."""
        # expat reports failures of the inner parser itself; an empty subset leaves its entities undeclared.
        subset = self._parser.ExternalEntityParserCreate(context)
        subset.Parse(_declarations(self._text) if public_id in _XHTML_PUBLIC_IDS else b"", True)
        return 1


def _split(name: str) -> tuple[str, str, str]:
    """Namespace, local name and prefix of a name as expat gives it."""
    parts = name.split(_SEPARATOR)
    if len(parts) == 3:
        return parts[0], parts[1], parts[2]
    if len(parts) == 2:
        return parts[0], parts[1], ""
    return "", name, ""


def _declarations(text: str) -> bytes:
    """Entity declarations for those of HTML's named characters that the text may use."""
    lines: list[str] = []
    for name in sorted(set(_ENTITY.findall(text)) - _XML_ENTITIES):
        value = html_entities.get(name)
        if value is not None:
            # Doubly escaped: a reference in an entity's value is resolved when it is declared.
            references = "".join(f"&#38;#{ord(character)};" for character in value)
            lines.append(f'<!ENTITY {name[:-1]} "{references}">')
    return "\n".join(lines).encode("ascii")


def parse_document(text: str, document: Document) -> None:
    """Parse a whole XML document into `document`, which is empty."""
    document.is_xml = True
    text = text.removeprefix("\ufeff")
    if not text.isascii():
        text = _SURROGATES.sub("\ufffd", text)
    error = _Handler(text, document).run()
    if error:
        _insert_error(document, error)


def _insert_error(document: Document, message: str) -> None:
    """Put Chromium's box about an error into the document, as the first thing that is shown."""
    place: ParentNode
    root = document.root
    if root is None:
        place = _html_skeleton(document)
    elif root.namespace == SVG_NAMESPACE and root.local_name == "svg":
        remove(root)
        place = _html_skeleton(document)
        insert_before(place, root, None)
    else:
        place = document.body or root
    box = Element(
        "parsererror",
        HTML_NAMESPACE,
        {
            "style": "display: block; white-space: pre; border: 2px solid #c77; padding: 0 1em 0 1em; "
            "margin: 1em; background-color: #fdd; color: black"
        },
    )
    for name, text in (
        ("h3", "This page contains the following errors:"),
        ("div", message + "\n"),
        ("h3", "Below is a rendering of the page up to the first error."),
    ):
        attributes = {"style": "font-family:monospace;font-size:12px"} if name == "div" else {}
        part = Element(name, HTML_NAMESPACE, attributes)
        insert_before(part, Text(text), None)
        insert_before(box, part, None)
    insert_before(place, box, place.children[0] if place.children else None)


def _html_skeleton(document: Document) -> Element:
    """An empty `<html><body>` as the root; the body."""
    html = Element("html")
    body = Element("body")
    insert_before(html, body, None)
    insert_before(document, html, None)
    return body


def pseudo_attributes(instruction: ProcessingInstruction) -> dict[str, str]:
    """The pseudo-attributes of an `<?xml-stylesheet?>` (https://www.w3.org/TR/xml-stylesheet/)."""
    found: dict[str, str] = {}
    for match in _PSEUDO_ATTRIBUTE.finditer(instruction.data):
        value = match.group(2) if match.group(2) is not None else match.group(3)
        for entity, character in (
            ("&lt;", "<"),
            ("&gt;", ">"),
            ("&quot;", '"'),
            ("&apos;", "'"),
            ("&amp;", "&"),
        ):
            value = value.replace(entity, character)
        found.setdefault(match.group(1), value)
    return found

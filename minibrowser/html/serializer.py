"""Trees back to markup: HTML fragment serialisation, and XML for pictures inside a page.

https://html.spec.whatwg.org/multipage/parsing.html#serialising-html-fragments
"""

from __future__ import annotations

import re
from typing import Final

from ..dom import Comment, Document, DocumentType, Element, Node, ParentNode, Text
from ..dom.node import (
    HTML_NAMESPACE,
    XLINK_NAMESPACE,
    XML_NAMESPACE,
    XMLNS_NAMESPACE,
    ProcessingInstruction,
)
from ..dom.traversal import root_of

VOID_ELEMENTS: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
"""https://html.spec.whatwg.org/multipage/syntax.html#void-elements"""

_SERIALISES_AS_VOID: Final = VOID_ELEMENTS | frozenset(("basefont", "bgsound", "frame", "keygen", "param"))

_RAW_TEXT: Final = frozenset(("style", "script", "xmp", "iframe", "noembed", "noframes", "plaintext"))

_KNOWN_PREFIXES: Final[dict[str, str]] = {
    XLINK_NAMESPACE: "xlink",
    XML_NAMESPACE: "xml",
    XMLNS_NAMESPACE: "xmlns",
}

_XML_NAME: Final = re.compile(r"[^\W\d][\w.-]*")

_XML_CONTROLS: Final[dict[int, str]] = (
    dict.fromkeys([*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF], "")
    | {code: f"&#{code};" for code in (0x9, 0xA, 0xD)}
)  # fmt: skip
"""For `str.translate`: white space as references, so that attribute values keep it; the forbidden vanishes."""


def inner_html(root: ParentNode, document: Document, scripting: bool = False) -> str:
    """The markup of what is below a node. For a `<template>`, of its contents."""
    parts: list[str] = []
    _serialise([*reversed(_children(root, document))], document, scripting, parts)
    return "".join(parts)


def outer_html(node: Node, document: Document, scripting: bool = False) -> str:
    """The markup of a node with what is below it."""
    if isinstance(node, Document):
        return inner_html(node, document, scripting)
    parts: list[str] = []
    _serialise([node], document, scripting, parts)
    return "".join(parts)


def serialize_document(document: Document, scripting: bool = False) -> str:
    """The markup of a whole document."""
    return inner_html(document, document, scripting)


def _children(root: ParentNode, document: Document) -> list[Node]:
    # Step 4: a template's contents stand for the template.
    if isinstance(root, Element) and root in document.templates:
        return document.templates[root].children
    return root.children


def _serialise(stack: list[Node | str], document: Document, scripting: bool, parts: list[str]) -> None:
    """The algorithm's step 5 for all nodes on the stack, the last first; strings are end tags."""
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Element):
            name = _tag_name(node)
            parts.append("<" + name)
            for key, value in node.attributes.items():
                parts.append(f' {key}="{escape_attribute(value)}"')
            parts.append(">")
            if node.namespace == HTML_NAMESPACE and node.local_name in _SERIALISES_AS_VOID:
                continue
            stack.append(f"</{name}>")
            stack.extend(reversed(_children(node, document)))
        elif isinstance(node, Text):
            parent = node.parent
            raw = (
                isinstance(parent, Element)
                and parent.namespace == HTML_NAMESPACE
                and (parent.local_name in _RAW_TEXT or (scripting and parent.local_name == "noscript"))
            )
            parts.append(node.data if raw else escape_text(node.data))
        elif isinstance(node, Comment):
            parts.append(f"<!--{node.data}-->")
        elif isinstance(node, ProcessingInstruction):
            parts.append(f"<?{node.target} {node.data}>")
        elif isinstance(node, DocumentType):
            parts.append(f"<!DOCTYPE {node.name}>")


def _tag_name(element: Element) -> str:
    """The qualified name; HTML, SVG and MathML elements go without their prefix only if they have none."""
    return f"{element.prefix}:{element.local_name}" if element.prefix else element.local_name


def escape_text(text: str) -> str:
    """https://html.spec.whatwg.org/multipage/parsing.html#escapingString"""
    return text.replace("&", "&amp;").replace("\xa0", "&nbsp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(value: str) -> str:
    """As text, and the quotation mark too."""
    return escape_text(value).replace('"', "&quot;")


# --- XML --------------------------------------------------------------------------------------------


def serialize_svg(element: Element, attributes: dict[Element, dict[str, str]] | None = None) -> str:
    """An `<svg>` element as an XML document of its own, for an SVG renderer.

    `attributes` are set on elements in place of their own ones of that name: what style sheets say about them,
    for a renderer that does not see these; such elements lose their `style` and `class`. The namespaces that are
    used are declared. What XML does not allow (names, characters) is left out.
    """
    top = root_of(element)
    document = top if isinstance(top, Document) else None
    extra = attributes or {}
    parts: list[str] = []
    stack: list[Node | str] = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
        elif isinstance(node, Element):
            values = _xml_attributes(node, document, node is element)
            more = extra.get(node)
            if more is not None:
                values.pop("style", None)
                values.pop("class", None)
                values.update(more)
            namespace = node.namespace
            parent = node.parent
            if node is element or (isinstance(parent, Element) and parent.namespace != namespace):
                values["xmlns"] = namespace
            name = xml_name(node.local_name)
            parts.append("<" + name)
            for key, value in values.items():
                parts.append(f' {key}="{escape_xml(value)}"')
            if node.children:
                parts.append(">")
                stack.append(f"</{name}>")
                stack.extend(reversed(node.children))
            else:
                parts.append("/>")
        elif isinstance(node, Text):
            parts.append(escape_xml(node.data))
    return "".join(parts)


def _xml_attributes(element: Element, document: Document | None, is_root: bool) -> dict[str, str]:
    """The attributes with names that XML allows, those of known namespaces with their usual prefixes."""
    attributes: dict[str, str] = {}
    if is_root:
        attributes["xmlns:xlink"] = XLINK_NAMESPACE
    for name, value in element.attributes.items():
        if name == "xmlns" or name.startswith("xmlns:"):
            continue
        local = name.rpartition(":")[2]
        namespace = document.attribute_namespaces.get((element, name)) if document is not None else None
        if namespace is not None:
            prefix = _KNOWN_PREFIXES.get(namespace)
            if prefix is None:
                continue
            attributes[f"{prefix}:{local}"] = value
        elif ":" in name:
            # In an HTML document, an `xlink:href` that a script set is in no namespace; there is no such
            # attribute in XML, and renderers take the local name.
            if name.startswith("xlink:"):
                attributes[name] = value
        elif is_xml_name(name):
            attributes[name] = value
    return attributes


def is_xml_name(name: str) -> bool:
    """Whether a name can stand in XML without a prefix; beyond ASCII only letters and digits are taken."""
    return _XML_NAME.fullmatch(name) is not None


def xml_name(name: str) -> str:
    """The name, or `g` for one that XML does not allow: an unknown element is shown as its contents."""
    return name if is_xml_name(name) else "g"


def escape_xml(text: str) -> str:
    """Text or an attribute value for XML 1.0, without the characters that it forbids."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    return text if text.isprintable() else text.translate(_XML_CONTROLS)

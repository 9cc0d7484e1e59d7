"""Attributes of SVG and MathML elements that have a namespace.

https://html.spec.whatwg.org/multipage/parsing.html#adjust-foreign-attributes
"""

from __future__ import annotations

from typing import Final

from ..dom import Document, Element
from ..dom.node import XLINK_NAMESPACE, XML_NAMESPACE, XMLNS_NAMESPACE

FOREIGN_ATTRIBUTES: Final[dict[str, str]] = {
    "xlink:actuate": XLINK_NAMESPACE,
    "xlink:arcrole": XLINK_NAMESPACE,
    "xlink:href": XLINK_NAMESPACE,
    "xlink:role": XLINK_NAMESPACE,
    "xlink:show": XLINK_NAMESPACE,
    "xlink:title": XLINK_NAMESPACE,
    "xlink:type": XLINK_NAMESPACE,
    "xml:lang": XML_NAMESPACE,
    "xml:space": XML_NAMESPACE,
    "xmlns": XMLNS_NAMESPACE,
    "xmlns:xlink": XMLNS_NAMESPACE,
}


def note_attribute_namespaces(document: Document, element: Element) -> None:
    """Record the namespaces of the attributes of an element that is in SVG or MathML and came from HTML."""
    for name in element.attributes:
        namespace = FOREIGN_ATTRIBUTES.get(name)
        if namespace is not None:
            document.attribute_namespaces[element, name] = namespace

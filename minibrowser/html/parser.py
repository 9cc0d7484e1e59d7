"""Bytes or text to a `Document`. In: what came from the network and its charset. Out: our own nodes.

https://html.spec.whatwg.org/multipage/parsing.html. Two parsers stand behind it: turbohtml (default) and html5lib. XML
documents go through the standard library's expat. Every function here is total: any input gives a tree.
"""

from __future__ import annotations

from typing import Final

from ..dom import Document, DocumentFragment
from ..dom.node import HTML_NAMESPACE
from ..errors import UsageError
from .encoding import decode, determine_html_encoding, determine_xml_encoding

PARSERS: Final = ("turbohtml", "html5lib")
"""What `parser` may be."""

XML_TYPES: Final = frozenset(("application/xhtml+xml", "text/xml", "application/xml", "image/svg+xml"))


def is_xml_type(content_type: str) -> bool:
    """Whether a MIME type, without parameters, is an XML one (https://mimesniff.spec.whatwg.org/#xml-mime-type)."""
    return content_type in XML_TYPES or content_type.endswith("+xml")


def parse_document(
    data: bytes | str,
    *,
    url: str = "about:blank",
    content_type_charset: str | None = None,
    parser: str = "turbohtml",
    scripting: bool = False,
    is_xml: bool = False,
) -> Document:
    """Parse a document.

    Args:
        data: bytes, whose encoding is determined, or text.
        url: the document's address.
        content_type_charset: the `charset` of the `Content-Type` header.
        parser: "turbohtml" or "html5lib"; an XML document is parsed by expat.
        scripting: the scripting flag: where it is on, the content of `<noscript>` is text.
        is_xml: whether the type of the document is an XML one (`is_xml_type`).

    Raises:
        UsageError: there is no such parser.
    """
    document = Document(url)
    if isinstance(data, str):
        text = data
    else:
        if is_xml:
            document.encoding = determine_xml_encoding(data, content_type_charset)
        else:
            document.encoding = determine_html_encoding(data, content_type_charset, url.startswith("file:"))
        text = decode(data, document.encoding)
    # The libraries behind are imported when first needed: each costs a run that does without it 30 to 40 ms.
    if is_xml:
        from . import xml_adapter  # noqa: PLC0415

        xml_adapter.parse_document(text, document)
    elif parser == "turbohtml":
        from . import turbohtml_adapter  # noqa: PLC0415

        turbohtml_adapter.parse_document(text, document, scripting)
    elif parser == "html5lib":
        from . import html5lib_adapter  # noqa: PLC0415

        html5lib_adapter.parse_document(text, document, scripting)
    else:
        raise _unknown(parser)
    return document


def parse_fragment(
    text: str,
    context: str = "div",
    *,
    namespace: str = HTML_NAMESPACE,
    document: Document | None = None,
    parser: str = "turbohtml",
    scripting: bool = False,
) -> DocumentFragment:
    """Parse text as the `innerHTML` of an element of that name and namespace.

    `document` takes what is kept beside the tree (contents of templates, namespaces of attributes).
    https://html.spec.whatwg.org/multipage/parsing.html#html-fragment-parsing-algorithm
    """
    owner = document if document is not None else Document()
    if parser == "turbohtml":
        from . import turbohtml_adapter  # noqa: PLC0415

        return turbohtml_adapter.parse_fragment(text, context, namespace, owner, scripting)
    if parser == "html5lib":
        from . import html5lib_adapter  # noqa: PLC0415

        return html5lib_adapter.parse_fragment(text, context, namespace, owner, scripting)
    raise _unknown(parser)


def _unknown(parser: str) -> UsageError:
    return UsageError(f"no HTML parser {parser!r}; there are {' and '.join(PARSERS)}")

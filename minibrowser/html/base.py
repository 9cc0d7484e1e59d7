"""The `<base>` element, https://html.spec.whatwg.org/multipage/semantics.html#the-base-element."""

from __future__ import annotations

from ..dom import Element, ParentNode


def base_href(document: ParentNode) -> str | None:
    """The `href` of the first `<base>` that has one, None where none does.

    Whoever owns the document resolves it against the document's URL and sets `base_url`.
    """
    for node in document.descendants():
        if isinstance(node, Element) and node.is_html("base") and "href" in node.attributes:
            return node.attributes["href"]
    return None

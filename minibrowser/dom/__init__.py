"""The document tree: nodes, the document, and the only door for changing them."""

from .document import Document, QuirksMode
from .node import Comment, DocumentFragment, DocumentType, Element, Node, ParentNode, Text

__all__ = [
    "Comment",
    "Document",
    "DocumentFragment",
    "DocumentType",
    "Element",
    "Node",
    "ParentNode",
    "QuirksMode",
    "Text",
]

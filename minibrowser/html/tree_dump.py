"""A tree as text in the format of html5lib-tests: for the conformance runner and the tests.

https://github.com/html5lib/html5lib-tests/blob/master/tree-construction/README.md
"""

from __future__ import annotations

from typing import Final

from ..dom import Comment, Document, DocumentType, Element, Node, ParentNode, Text
from ..dom.node import (
    HTML_NAMESPACE,
    MATHML_NAMESPACE,
    SVG_NAMESPACE,
    XLINK_NAMESPACE,
    XML_NAMESPACE,
    XMLNS_NAMESPACE,
    ProcessingInstruction,
)

_DESIGNATORS: Final[dict[str, str]] = {
    HTML_NAMESPACE: "",
    SVG_NAMESPACE: "svg ",
    MATHML_NAMESPACE: "math ",
    XLINK_NAMESPACE: "xlink ",
    XML_NAMESPACE: "xml ",
    XMLNS_NAMESPACE: "xmlns ",
}


def dump_tree(root: ParentNode, document: Document) -> str:
    """One line for each node below `root`, joined by newlines.

    `document` knows the contents of templates and the namespaces of attributes.
    """
    lines: list[str] = []
    # A node and its depth; None stands for the line "content" of a template.
    stack: list[tuple[Node | None, int]] = [(child, 0) for child in reversed(root.children)]
    while stack:
        node, depth = stack.pop()
        indent = "| " + "  " * depth
        if node is None:
            lines.append(indent + "content")
        elif isinstance(node, Element):
            lines.append(f"{indent}<{_designator(node.namespace)}{node.local_name}>")
            for name in _attribute_lines(node, document):
                lines.append(f"{indent}  {name}")
            stack.extend([(child, depth + 1) for child in reversed(node.children)])
            contents = document.templates.get(node)
            if contents is not None:
                stack.extend([(child, depth + 2) for child in reversed(contents.children)])
                stack.append((None, depth + 1))
        else:
            lines.append(indent + _leaf(node))
    return "\n".join(lines)


def _designator(namespace: str) -> str:
    return _DESIGNATORS.get(namespace, namespace + " " if namespace else "")


def _attribute_lines(element: Element, document: Document) -> list[str]:
    lines: list[tuple[bytes, str]] = []
    for name, value in element.attributes.items():
        namespace = document.attribute_namespaces.get((element, name))
        if namespace is not None:
            name = _designator(namespace) + name.rpartition(":")[2]
        lines.append((name.encode("utf-16-be", "surrogatepass"), f'{name}="{value}"'))
    lines.sort()
    return [line for _, line in lines]


def _leaf(node: Node) -> str:
    if isinstance(node, Text):
        return f'"{node.data}"'
    if isinstance(node, Comment):
        return f"<!-- {node.data} -->"
    if isinstance(node, ProcessingInstruction):
        return f"<?{node.target} {node.data}>"
    if isinstance(node, DocumentType):
        if node.public_id or node.system_id:
            return f'<!DOCTYPE {node.name} "{node.public_id}" "{node.system_id}">'
        return f"<!DOCTYPE {node.name}>"
    return repr(node)

"""Which boxes span the columns of a multi-column container (https://drafts.csswg.org/css-multicol-1/#column-span)."""

from __future__ import annotations

from ..css.keywords import ColumnSpan
from .box import Box, BoxKind
from .css_predicates import establishes_formatting_context, is_multicol


def mark_spanners(box: Box) -> None:
    """Where `box` is a multi-column container, note which boxes in it span its columns.

    Those in its own formatting context do. NOTE: in vertical writing modes there is one column, and nothing to span.
    """
    if is_multicol(box.style) and box.style.inherited.writing_mode == 0:
        _mark_in(box)


def _mark_in(container: Box) -> None:
    if container.has_inline_children:
        return
    for child in container.children:
        if child.kind == BoxKind.TEXT or child.is_out_of_flow() or child.is_floating():
            continue
        if child.style.box.column_span == ColumnSpan.ALL and child.element is not None:
            child.is_column_spanner = True
        elif not establishes_formatting_context(child, container.style):
            _mark_in(child)

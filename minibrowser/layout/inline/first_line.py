"""The items of an inline formatting context as its first formatted line has them: in the styles of ::first-line."""

from __future__ import annotations

from ...css.computed_style import ComputedStyle
from ...css.style_tree import PseudoElement
from ..box import Box, BoxKind
from ..box_text import transform_text
from ..driver import LayoutContext
from ..first_line import rebase
from .items import InlineItem, InlineItems, ItemKind
from .shape_items import shape_items


def first_line_items(
    context: LayoutContext, container: Box, data: InlineItems, first: ComputedStyle
) -> InlineItems:
    """A copy of the items, one for one, restyled and shaped anew."""
    texts = context.texts
    styles: dict[int, ComputedStyle] = {container.id: first}
    items: list[InlineItem] = []
    parts: list[str] = []
    open_styles = [texts.of(first, container.language)]
    at = 0
    for item in data.items:
        parts.append(data.text[at : item.start])
        at = max(at, item.end)
        text = data.text[item.start : item.end]
        if item.kind == ItemKind.OPEN:
            box = item.box
            inherited = rebase(box.style.inherited, container.style.inherited, first.inherited)
            style = ComputedStyle(inherited, box.style.box, box.style.paint, box.style.variables)
            styles[box.id] = style
            open_styles.append(texts.of(style, box.language))
        text_style = open_styles[-1]
        if item.kind == ItemKind.CLOSE and len(open_styles) > 1:
            open_styles.pop()
        elif item.kind == ItemKind.TEXT:
            transforms = text_style.style.text_transform
            if transforms and transforms != item.style.style.text_transform:
                changed = transform_text(text, transforms, item.box.language)
                # NOTE: offsets stay what they are: a letter that grows by its transform keeps its form.
                if len(changed) == len(text):
                    text = changed
        parts.append(text)
        copy = InlineItem(item.kind, item.box, item.start, item.end, text_style)
        copy.level = item.level
        copy.column = item.column
        copy.combined = item.combined
        items.append(copy)
    parts.append(data.text[at:])
    result = InlineItems("".join(parts), items, open_styles[0])
    result.breaks = data.breaks
    result.annotations = data.annotations
    result.has_marks = data.has_marks
    result.base_breaks = data.base_breaks
    result.has_clones = data.has_clones
    result.is_bidi = data.is_bidi
    result.base_level = data.base_level
    result.styles = styles
    wrapper = Box(BoxKind.INLINE, first, container.element, PseudoElement.FIRST_LINE)
    wrapper.language = container.language
    result.first_line = wrapper
    shape_items(result, texts.shaper)
    return result

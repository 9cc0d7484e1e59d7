"""Why an element looks as it does: for each property that somebody declared, the declaration that won."""

from __future__ import annotations

from typing import Final, final

from ..dom.document import Document
from ..dom.node import Element
from .cascade import LEVEL_AUTHOR, LEVEL_HINTS, Matched, important_order
from .keywords import Direction, WritingMode
from .property_info import LOGICAL, PROPERTY_COUNT
from .property_table import NAMES
from .resolver import MatchedRules, StyleContext, matched_rules
from .rule_index import LAYER_STYLE_ATTRIBUTE, Entry
from .sheet import Origin, StyleSheet
from .style_tree import StyleTree


@final
class Reason:
    """Where a winning declaration stands.

    Attributes:
        origin: "user agent", "user", "author", "attributes" (width=100 and its like) or "style attribute".
        selector: of its rule, "" for attributes. sheet: its address. line: of the rule, from 1; 0 for attributes.
        important: whether it is !important.
    """

    __slots__ = ("important", "line", "origin", "selector", "sheet")

    def __init__(self, origin: str, selector: str, sheet: str, line: int, important: bool) -> None:
        self.origin: Final = origin
        self.selector: Final = selector
        self.sheet: Final = sheet
        self.line: Final = line
        self.important: Final = important

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "origin": self.origin,
            "selector": self.selector,
            "sheet": self.sheet,
            "line": self.line,
            "important": self.important,
        }


_ORIGINS: Final = {Origin.USER_AGENT: "user agent", Origin.USER: "user", Origin.AUTHOR: "author"}


def explain_styles(
    document: Document,
    sheets: list[StyleSheet],
    context: StyleContext,
    styles: StyleTree,
    elements: list[Element],
) -> dict[Element, dict[str, Reason]]:
    """For each element, for each longhand and custom property that a declaration sets: which declaration won.

    What is inherited or initial has none. Rules are matched once more, with the context that `styles` came from.
    """
    found: dict[Element, dict[str, Reason]] = {}
    for element, rules in matched_rules(document, sheets, context, elements).items():
        style = styles.style_of(element)
        if style is not None:
            found[element] = _reasons(rules, style.inherited.writing_mode, style.inherited.direction)
    return found


def _key(entry: Entry) -> tuple[int, int, int, int, int]:
    return entry.key


def _reasons(rules: MatchedRules, mode: WritingMode, direction: Direction) -> dict[str, Reason]:
    sources: dict[Matched, Entry | str] = {}
    pending = rules.hints
    for entry in sorted(rules.entries, key=_key):
        if pending is not None and entry.level > LEVEL_HINTS:
            sources[Matched(LEVEL_HINTS, 0, pending)] = "attributes"
            pending = None
        sources[Matched(entry.level, entry.layer, entry.rule.declarations())] = entry
    if pending is not None:
        sources[Matched(LEVEL_HINTS, 0, pending)] = "attributes"
    if rules.inline is not None:
        sources[Matched(LEVEL_AUTHOR, LAYER_STYLE_ATTRIBUTE, rules.inline)] = "style attribute"
    winners: dict[str, Reason] = {}
    for is_important, items in ((False, list(sources)), (True, important_order(list(sources)))):
        for item in items:
            block = item.block
            reason = _reason(sources[item], is_important)
            for index, _ in block.important if is_important else block.normal:
                if index >= PROPERTY_COUNT:
                    index = LOGICAL[index - PROPERTY_COUNT].resolve(mode, direction)
                winners[NAMES[index]] = reason
            for name, _ in block.important_variables if is_important else block.variables:
                winners[name] = reason
    return winners


def _reason(source: Entry | str, is_important: bool) -> Reason:
    if isinstance(source, str):
        return Reason(source, "", "", 0, is_important)
    rule = source.rule
    return Reason(_ORIGINS[rule.sheet.origin], rule.prelude, rule.sheet.url, rule.line(), is_important)

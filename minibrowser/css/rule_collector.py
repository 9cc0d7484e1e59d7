"""Which rules match an element: candidates by name, id and classes, the ancestor filter, @scope; and what siblings that
look alike have in common."""

from __future__ import annotations

from typing import Final, final

from ..dom.document import Document
from ..dom.node import Element
from ..limits import MAX_CACHED_SCOPE_ROOTS
from .cascade import LEVEL_AUTHOR, LEVEL_HINTS, Matched
from .declarations import DeclarationBlock
from .matching import Matcher
from .rule_index import LAYER_STYLE_ATTRIBUTE, Entry, RuleIndex
from .selectors import Combinator, Compound, Selector, SimpleKind
from .sheet import ScopeRule

_OF_ATTRIBUTES: Final = frozenset(
    (
        SimpleKind.ATTRIBUTE,
        SimpleKind.NEVER,
        SimpleKind.LINK,
        SimpleKind.ANY_LINK,
        SimpleKind.VISITED,
        SimpleKind.ROOT,
    )
)
"""Simple selectors that elements of one name with the same attributes match alike, those that are no links and have a
parent."""

_OF_INTERACTION: Final = frozenset(
    (
        SimpleKind.HOVER,
        SimpleKind.ACTIVE,
        SimpleKind.FOCUS,
        SimpleKind.FOCUS_VISIBLE,
        SimpleKind.FOCUS_WITHIN,
    )
)


@final
class Candidates:
    """The entries that an id, a tag and classes call up: those that match for certain, and the rest to try.

    `curious`: those of the rest that ask for more than attributes and ancestors, so that siblings that are alike need
    not match alike.
    """

    __slots__ = ("certain", "curious", "uncertain")

    def __init__(self) -> None:
        self.certain: Final[list[Entry]] = []
        self.uncertain: Final[list[Entry]] = []
        self.curious: Final[list[Entry]] = []


@final
class RuleCollector:
    """Collects the entries of an index that match the elements of a document, walked parents first.

    Attributes:
        ancestors: how many of the elements around the current one have a name: "#id", ".class", "tag".
    """

    def __init__(self, document: Document, index: RuleIndex, matcher: Matcher, is_quirks: bool) -> None:
        self._document: Final = document
        self._index: Final = index
        self.matcher: Final = matcher
        self._is_quirks: Final = is_quirks
        self._nobody_interacts: Final = matcher.nobody_interacts()
        self._candidates: Final[dict[tuple[str, str, str, tuple[str, ...]], Candidates]] = {}
        self._scoped: Final[dict[tuple[Entry, int], Entry]] = {}
        self._scope_roots: Final[dict[tuple[ScopeRule, Element], bool]] = {}
        self.ancestors: Final[dict[str, int]] = {}

    def names(self, element: Element) -> list[str]:
        """The element's names as `ancestors` counts them."""
        names = [element.local_name.lower()]
        quirks = self._is_quirks
        if element.id:
            names.append("#" + (element.id.lower() if quirks else element.id))
        for name in element.classes:
            names.append("." + (name.lower() if quirks else name))
        return names

    def candidates_of(self, element: Element) -> Candidates:
        """The entries to try for an element; made once for elements with the same tag, id and classes."""
        key = (element.local_name, element.namespace, element.id, element.classes)
        found = self._candidates.get(key)
        if found is None:
            found = Candidates()
            for entry in self._index.candidates(element):
                if not entry.prepare():
                    continue
                selector = entry.selector
                if selector is None:
                    continue
                compounds = selector.compounds
                compound = compounds[0]
                if not self._may_match(element, compound):
                    continue
                if len(compounds) == 1 and not compound.others and entry.rule.scope is None:
                    found.certain.append(entry)
                else:
                    found.uncertain.append(entry)
                    if entry.rule.scope is not None or not self._asks_ancestors_only(selector):
                        found.curious.append(entry)
            self._candidates[key] = found
        return found

    def _may_match(self, element: Element, compound: Compound) -> bool:
        """The part of a compound that tag, id and classes decide."""
        if not compound.others:
            return self.matcher.matches_compound(element, compound)
        bare = Compound()
        bare.tag, bare.tag_lower = compound.tag, compound.tag_lower
        bare.namespace = compound.namespace
        bare.id, bare.classes = compound.id, compound.classes
        return self.matcher.matches_compound(element, bare)

    def matching(self, element: Element) -> list[Entry]:
        """The entries whose selectors match the element, in no order."""
        candidates = self.candidates_of(element)
        found = list(candidates.certain)
        uncertain = candidates.uncertain
        if element.attributes:
            by_attribute = self._index.by_attribute(element)
            if by_attribute:
                uncertain = [*uncertain, *(entry for entry in by_attribute if entry.prepare())]
        matcher = self.matcher
        for entry in uncertain:
            if entry.requirements and self._lacks_ancestors(entry):
                continue
            selector = entry.selector
            if selector is None:
                continue
            if entry.rule.scope is not None:
                steps = self._scope_steps(element, entry, entry.rule.scope)
                if steps >= 0:
                    key = (entry, steps)
                    scoped = self._scoped.get(key)
                    if scoped is None:
                        scoped = self._scoped[key] = entry.at(steps)
                    found.append(scoped)
            elif matcher.matches(element, selector):
                found.append(entry)
        return found

    def _lacks_ancestors(self, entry: Entry) -> bool:
        """Whether a name that the selector asks of an ancestor is on none of them."""
        ancestors = self.ancestors
        for name in entry.requirements:
            if name not in ancestors and not (self._is_quirks and name.lower() in ancestors):
                return True
        return False

    def _scope_steps(self, element: Element, entry: Entry, scope: ScopeRule) -> int:
        """How many steps the nearest scope root is up for which the selector matches; -1 where there is none.

        https://drafts.csswg.org/css-cascade-6/#scoped-styles
        """
        steps = 0
        matcher = self.matcher
        selector = entry.selector
        node: object = element
        while isinstance(node, Element):
            if self._is_scope_root(node, scope) and not self._is_limited(element, node, scope):
                matcher.scope = node
                matches = selector is not None and matcher.matches(element, selector)
                matcher.scope = None
                if matches:
                    return steps
            steps += 1
            node = node.parent
        return -1

    def _is_scope_root(self, node: Element, scope: ScopeRule) -> bool:
        if scope.start is None:
            is_root = node is self._document.root
        else:
            is_root = self.matcher.matches_any(node, scope.start)
        if not is_root or scope.parent is None:
            return is_root
        # Each scope asks all ancestors for the one around it: without memory, elements to the power of scopes.
        key = (scope, node)
        known = self._scope_roots.get(key)
        if known is None:
            if len(self._scope_roots) >= MAX_CACHED_SCOPE_ROOTS:
                self._scope_roots.clear()
            known = self._scope_roots[key] = self._is_inside(node, scope.parent)
        return known

    def _is_inside(self, node: Element, scope: ScopeRule) -> bool:
        """Whether an element is in a scope: an ancestor or itself is a root of it, without a limit in between."""
        outer: object = node
        while isinstance(outer, Element):
            if self._is_scope_root(outer, scope) and not self._is_limited(node, outer, scope):
                return True
            outer = outer.parent
        return False

    def _is_limited(self, element: Element, root: Element, scope: ScopeRule) -> bool:
        """Whether a scope limit stands between the root and the element, or is the element."""
        if scope.end is None:
            return False
        matcher = self.matcher
        matcher.scope = root
        node: object = element
        limited = False
        while isinstance(node, Element) and node is not root:
            if matcher.matches_any(node, scope.end):
                limited = True
                break
            node = node.parent
        matcher.scope = None
        return limited

    def class_rules_ask_ancestors_only(self) -> bool:
        """Whether the rules with an attribute selector on `class` look at nothing but attributes and ancestors."""
        for entry in self._index.bucket.attributes.get("class", ()):
            if entry.prepare() and entry.selector is not None:
                if entry.rule.scope is not None or not self._asks_ancestors_only(entry.selector):
                    return False
        return True

    def _asks_ancestors_only(self, selector: Selector) -> bool:
        """Whether an element is asked for its name and attributes alone, and the rest are ancestors."""
        compounds = selector.compounds
        for compound in compounds[1:]:
            if compound.combinator not in (Combinator.DESCENDANT, Combinator.CHILD):
                return False
        return self._asks_attributes_only(compounds[0])

    def _asks_attributes_only(self, compound: Compound) -> bool:
        for simple in compound.others:
            kind = simple.kind
            if kind in _OF_ATTRIBUTES or (self._nobody_interacts and kind in _OF_INTERACTION):
                continue
            if kind not in (SimpleKind.NOT, SimpleKind.IS, SimpleKind.WHERE):
                return False
            for inner in simple.selectors:
                if len(inner.compounds) > 1 or not self._asks_attributes_only(inner.compounds[0]):
                    return False
        return True

    def is_alike(self, candidates: Candidates) -> bool:
        """Whether siblings with these candidates match alike: those that could tell them apart want ancestors that are
        not there."""
        return all(self._lacks_ancestors(entry) for entry in candidates.curious)


def _entry_key(entry: Entry) -> tuple[int, int, int, int, int]:
    return entry.key


def sorted_blocks(
    entries: list[Entry], hints: DeclarationBlock | None, inline: DeclarationBlock | None
) -> list[Matched]:
    """The matching blocks, the weakest first."""
    matched: list[Matched] = []
    pending_hints = hints is not None
    for entry in sorted(entries, key=_entry_key):
        if pending_hints and hints is not None and entry.level > LEVEL_HINTS:
            matched.append(Matched(LEVEL_HINTS, 0, hints))
            pending_hints = False
        matched.append(Matched(entry.level, entry.layer, entry.rule.declarations()))
    if pending_hints and hints is not None:
        matched.append(Matched(LEVEL_HINTS, 0, hints))
    if inline is not None:
        matched.append(Matched(LEVEL_AUTHOR, LAYER_STYLE_ATTRIBUTE, inline))
    return matched

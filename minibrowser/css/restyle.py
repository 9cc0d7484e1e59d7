"""Styles after a change: only elements whose matches could have changed are matched again.

As Blink's invalidation sets, but found from the other end: a copy of what selectors can see of each element is compared
with what they see now, and the selectors that mention what is different tell which elements are concerned: the element
itself, what is in it, or its siblings and what is in those. What cannot be told apart so is resolved as a whole, with
what is known already. docs/decisions/034-incremental-by-comparing.md
"""

from __future__ import annotations

from typing import Final, final

from ..dom.document import Document
from ..dom.node import Element, Text
from . import states
from .matching import Matcher
from .resolver import Resolver, StyleContext
from .rule_index import Entry, RuleIndex
from .selectors import Combinator, Compound, Selector, SimpleKind
from .sheet import ScopeRule, StyleRule, StyleSheet
from .style_tree import StyleTree

MAX_KNOWN_STYLES: Final = 20_000
"""Styles that are kept for elements that match the same rules again; more are forgotten, all at once."""

MAX_KNOWN_CHANGES: Final = 100
"""Kinds of changes for which the selectors that mention them are kept."""

ATTRIBUTE_STATES: Final[dict[str, frozenset[SimpleKind]]] = {
    "class": frozenset(),
    "id": frozenset((SimpleKind.EXTRA_ID, SimpleKind.TARGET, SimpleKind.TARGET_WITHIN)),
    "style": frozenset(),
    "title": frozenset(),
    "hidden": frozenset(),
    "value": frozenset(
        (
            SimpleKind.PLACEHOLDER_SHOWN,
            SimpleKind.VALID,
            SimpleKind.INVALID,
            SimpleKind.IN_RANGE,
            SimpleKind.OUT_OF_RANGE,
            SimpleKind.INDETERMINATE,
        )
    ),
    "checked": frozenset(
        (
            SimpleKind.CHECKED,
            SimpleKind.INDETERMINATE,
            SimpleKind.DEFAULT,
            SimpleKind.VALID,
            SimpleKind.INVALID,
        )
    ),
    "open": frozenset((SimpleKind.OPEN,)),
}
"""What attributes say beside being there; a change of others, data- and aria- apart, is looked at as a whole: they are
hints, or say what an element is."""


@final
class Seen:
    """What selectors can see of an element: attributes, and how many child nodes it has; of a text area its text."""

    __slots__ = ("attributes", "children", "element", "text")

    def __init__(self, element: Element) -> None:
        self.element: Final = element
        self.attributes: Final[dict[str, str]] = dict(element.attributes)
        self.children: Final = len(element.children)
        self.text: Final = _text_of(element) if element.local_name == "textarea" else ""


@final
class Change:
    """What is different about an element: names of attributes, classes, states."""

    __slots__ = ("attributes", "classes", "kinds")

    def __init__(self) -> None:
        self.attributes: Final[set[str]] = set()
        self.classes: Final[set[str]] = set()
        self.kinds: Final[set[SimpleKind]] = set()

    def add(self, other: Change) -> None:
        """All that is different in one of them."""
        self.attributes.update(other.attributes)
        self.classes.update(other.classes)
        self.kinds.update(other.kinds)


@final
class DocumentStyles:
    """The styles of a document, resolved again as it changes.

    Attributes:
        tree: as resolved last.
        resolved: how many elements were asked for their style then.
    """

    def __init__(self, document: Document, sheets: list[StyleSheet], context: StyleContext) -> None:
        self._document: Final = document
        self._sheets: Final = sheets
        self._context: Final = context
        self._resolver: Resolver = Resolver(document, sheets, context)
        self.tree: StyleTree = self._resolver.run()
        self.resolved: int = self._resolver.elements
        self._index: RuleIndex = self._resolver.index
        self._mentions: Final[
            dict[tuple[frozenset[str], frozenset[str], frozenset[SimpleKind]], list[Entry]]
        ] = {}
        self._seen: list[Seen] = []
        self._hovered: Element | None = None
        self._active: Element | None = None
        self._focused: Element | None = None

    def update(self) -> StyleTree:
        """The styles of the document as it is now. Without `watch` before the change, nobody knows what has changed."""
        before = self._resolver
        if before.used_containers or before.containers or len(before.computed) > MAX_KNOWN_STYLES:
            self._resolver = Resolver(self._document, self._sheets, self._context)
            self.tree = self._resolver.run()
        else:
            changes = self._changes()
            self._resolver = Resolver(self._document, self._sheets, self._context, before)
            scopes = None if changes is None else self._scopes(changes)
            self.tree = self._resolver.run() if scopes is None else self._resolver.update(before, scopes)
        self.resolved = self._resolver.elements
        self._seen.clear()
        return self.tree

    # --- What has changed -------------------------------------------------------------------------

    def watch(self) -> None:
        """Note what the document looks like, before it is changed."""
        if self._seen:
            return
        document = self._document
        self._seen = [Seen(element) for element in document.descendant_elements()]
        self._hovered = document.interaction.hovered
        self._active = document.interaction.active
        self._focused = states.focused_element(document)

    def _changes(self) -> dict[Element, Change] | None:
        """What is different about which elements, in tree order; None where more is than can be told."""
        document = self._document
        if document.interaction.visited:
            return None
        found: dict[Element, Change] = {}
        index = 0
        seen = self._seen
        for element in document.descendant_elements():
            if index >= len(seen) or seen[index].element is not element:
                return None
            old = seen[index]
            index += 1
            if old.children != len(element.children):
                return None
            if old.attributes != element.attributes:
                change = _attribute_change(old.attributes, element)
                if change is None:
                    return None
                _found(found, element).add(change)
            if element.local_name == "textarea" and _text_of(element) != old.text:
                _found(found, element).kinds.update(ATTRIBUTE_STATES["value"])
            if element in found and SimpleKind.VALID in found[element].kinds:
                # Forms and field sets are as valid as what is in them.
                for around in _chain(element):
                    if around.local_name in ("form", "fieldset"):
                        _found(found, around).kinds.update((SimpleKind.VALID, SimpleKind.INVALID))
        if index != len(seen):
            return None
        interaction = document.interaction
        focused = states.focused_element(document)
        _note_chains(found, self._hovered, interaction.hovered, SimpleKind.HOVER)
        _note_chains(found, self._active, interaction.active, SimpleKind.ACTIVE)
        _note_chains(found, self._focused, focused, SimpleKind.FOCUS_WITHIN)
        if focused is not self._focused:
            for one in (focused, self._focused):
                if one is not None:
                    _found(found, one).kinds.update((SimpleKind.FOCUS, SimpleKind.FOCUS_VISIBLE))
        return found

    # --- Who is concerned -------------------------------------------------------------------------

    def _scopes(self, changes: dict[Element, Change]) -> dict[Element, bool] | None:
        """The elements to resolve again, parents first, and whether all that is in them is; None for all of them."""
        scopes: dict[Element, bool] = {}
        for element, change in changes.items():
            if change.attributes:
                # Its style attribute, attr() and the like.
                scopes.setdefault(element, False)
            if not self._add_scopes(element, change, scopes):
                return None
        if len(scopes) < 2:
            return scopes
        return {
            element: scopes[element] for element in self._document.descendant_elements() if element in scopes
        }

    def _add_scopes(self, element: Element, change: Change, scopes: dict[Element, bool]) -> bool:
        """Add those that a change of one element concerns; False where all may be."""
        for entry in self._mentioning(change):
            if entry.selector is None:
                continue
            if entry.rule.scope is not None:
                return False
            compounds = entry.selector.compounds
            for place in range(len(compounds)):
                mention = _mention(compounds[place], change)
                if mention == NOWHERE:
                    continue
                if mention == DEEP:
                    return False
                if not self._may_be(element, compounds[place], change):
                    continue
                if place == 0:
                    scopes.setdefault(element, False)
                    continue
                target = element
                for inner in compounds[1 : place + 1]:
                    if inner.combinator in (Combinator.NEXT_SIBLING, Combinator.SUBSEQUENT_SIBLING):
                        if not isinstance(element.parent, Element):
                            return False
                        target = element.parent
                scopes[target] = True
        return True

    def _mentioning(self, change: Change) -> list[Entry]:
        """The entries that may mention a change: the same for all those around a pointer, and for the next one."""
        index = self._resolver.index
        if index is not self._index or len(self._mentions) > MAX_KNOWN_CHANGES:
            self._index = index
            self._mentions.clear()
        key = (frozenset(change.attributes), frozenset(change.classes), frozenset(change.kinds))
        found = self._mentions.get(key)
        if found is None:
            found = [entry for entry in index.entries if _may_mention(entry, change) and entry.prepare()]
            self._mentions[key] = found
        return found

    def _may_be(self, element: Element, compound: Compound, change: Change) -> bool:
        """Whether the name, the id and the classes that a compound asks for fit the element, now or before."""
        bare = Compound()
        bare.tag, bare.tag_lower, bare.namespace = compound.tag, compound.tag_lower, compound.namespace
        if "id" not in change.attributes:
            bare.id = compound.id
        if not change.classes:
            bare.classes = compound.classes
        matcher: Matcher = self._resolver.matcher
        return matcher.matches_compound(element, bare)


NOWHERE: Final = 0
HERE: Final = 1
DEEP: Final = 2
"""Where a compound mentions a change: not at all, of its own element, or of others that are not named by it."""


def _mention(compound: Compound, change: Change) -> int:
    if compound.classes and not change.classes.isdisjoint(compound.classes):
        return HERE
    if compound.id and "id" in change.attributes:
        return HERE
    found = NOWHERE
    for simple in compound.others:
        kind = simple.kind
        if kind == SimpleKind.ATTRIBUTE:
            if simple.name_lower in change.attributes:
                found = max(found, HERE)
        elif kind in change.kinds:
            found = max(found, HERE)
        for inner in simple.selectors:
            found = max(found, _mention_inside(kind, inner, change))
    return found


def _mention_inside(kind: SimpleKind, selector: Selector, change: Change) -> int:
    """Of the arguments of a pseudo-class: of the same element, as long as it is but one compound."""
    compounds = selector.compounds
    is_own = len(compounds) == 1 and kind in (
        SimpleKind.IS,
        SimpleKind.WHERE,
        SimpleKind.NOT,
        SimpleKind.NESTING,
    )
    for compound in compounds:
        found = _mention(compound, change)
        if found != NOWHERE:
            return found if is_own else DEEP
    return NOWHERE


def _may_mention(entry: Entry, change: Change) -> bool:
    """Whether the text of an entry's rule, or of one around it, names anything that has changed."""
    rule: StyleRule | None = entry.rule
    while rule is not None:
        text = rule.prelude.lower()
        if "\\" in text:
            return True
        if change.attributes and ("[" in text or ("#" in text and "id" in change.attributes)):
            for name in change.attributes:
                if name in text or name == "id":
                    return True
        for name in change.classes:
            if name.lower() in text:
                return True
        if change.kinds and ":" in text:
            for kind in change.kinds:
                if WORDS.get(kind, ":") in text:
                    return True
        scope: ScopeRule | None = rule.scope
        if scope is not None:
            return True
        rule = rule.parent if rule.repeats is None else rule.repeats
    return False


WORDS: Final[dict[SimpleKind, str]] = {
    SimpleKind.HOVER: ":hover",
    SimpleKind.ACTIVE: ":active",
    SimpleKind.FOCUS: ":focus",
    SimpleKind.FOCUS_VISIBLE: ":focus-visible",
    SimpleKind.FOCUS_WITHIN: ":focus-within",
    SimpleKind.CHECKED: ":checked",
    SimpleKind.OPEN: ":open",
    SimpleKind.PLACEHOLDER_SHOWN: "placeholder-shown",
    SimpleKind.VALID: "valid",
    SimpleKind.INVALID: "valid",
    SimpleKind.DEFAULT: ":default",
    SimpleKind.IN_RANGE: ":in-range",
    SimpleKind.OUT_OF_RANGE: ":out-of-range",
    SimpleKind.INDETERMINATE: ":indeterminate",
    SimpleKind.TARGET: ":target",
    SimpleKind.TARGET_WITHIN: ":target-within",
}
"""How states are written, those that have but one name."""


def _attribute_change(old: dict[str, str], element: Element) -> Change | None:
    """What differs between an element's attributes and what they were; None where that says what the element is."""
    change = Change()
    new = element.attributes
    for name in [*old, *new]:
        before, now = old.get(name), new.get(name)
        if before == now:
            continue
        lower = name.lower()
        kinds = ATTRIBUTE_STATES.get(lower)
        if kinds is None:
            if not lower.startswith(("data-", "aria-")):
                return None
        else:
            change.kinds.update(kinds)
        change.attributes.add(lower)
        if lower == "class":
            change.classes.update(set((before or "").split()) ^ set((now or "").split()))
    if not change.attributes.isdisjoint(("value", "checked")):
        if element.local_name == "option" or (
            element.local_name == "input" and states.input_type(element) == "radio"
        ):
            # Their select and their group have to do with it.
            return None
    return change


def _found(changes: dict[Element, Change], element: Element) -> Change:
    """The change of an element, a new one where there was none."""
    change = changes.get(element)
    if change is None:
        change = changes[element] = Change()
    return change


def _note_chains(
    found: dict[Element, Change], old: Element | None, new: Element | None, kind: SimpleKind
) -> None:
    """Those around one element and not the other are in another state now."""
    if old is new:
        return
    before, now = _chain(old), _chain(new)
    for element in [*before, *now]:
        if (element in before) != (element in now):
            _found(found, element).kinds.add(kind)


def _chain(element: Element | None) -> dict[Element, None]:
    chain: dict[Element, None] = {}
    while element is not None:
        chain[element] = None
        element = element.parent if isinstance(element.parent, Element) else None
    return chain


def _text_of(element: Element) -> str:
    return "".join(child.data for child in element.children if isinstance(child, Text))

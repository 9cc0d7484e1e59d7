"""Whether an element matches a selector (https://drafts.csswg.org/selectors-4/#match-against-element).

Right to left with backtracking only where a descendant or sibling combinator leaves a choice. Nothing here
changes the document; `Matcher` holds the caches that make :nth-child and :has linear.
"""

from __future__ import annotations

from typing import Final, final

from .. import limits
from ..dom.document import Document, QuirksMode
from ..dom.node import HTML_NAMESPACE, CharacterData, Comment, Element, ParentNode, Text, class_tokens
from . import states
from .selectors import AttributeOperator, Combinator, Compound, Selector, SimpleKind, SimpleSelector

CASE_INSENSITIVE_ATTRIBUTES: Final = frozenset(
    (
        "accept accept-charset align alink axis bgcolor charset checked clear codetype color compact "
        "declare defer dir direction disabled enctype face frame hreflang http-equiv lang language link media "
        "method multiple nohref noresize noshade nowrap readonly rel rev rules scope scrolling selected shape target "
        "text type valign valuetype vlink"
    ).split()
)
"""https://html.spec.whatwg.org/multipage/semantics-other.html#case-sensitivity-of-selectors"""


@final
class Matcher:
    """Matches selectors against the elements of one document.

    Attributes:
        selectors_tried: how many complex selectors have been matched against an element.
        scope: what :scope means, None for the root element.
        target_id: the id of the :target; that of the document's address unless another is given.
        shows_visited: whether links are what the user's history makes of them. For all other questions every link
            is :link (https://drafts.csswg.org/selectors-4/#link): scripts must not learn where the user has been.
    """

    def __init__(self, document: Document, target_id: str = "") -> None:
        self.document: Final = document
        self.is_html: Final = not document.is_xml
        self.is_quirks: Final = document.mode == QuirksMode.QUIRKS
        self.root: Final = document.root
        self.target_id: Final = target_id or states.fragment_of(document.url)
        self.shows_visited: bool = False
        self.scope: Element | None = None
        self.selectors_tried: int = 0
        self.has_steps: int = 0
        self._child_indexes: dict[ParentNode, dict[Element, int]] = {}
        self._child_counts: dict[ParentNode, int] = {}
        self._type_indexes: dict[ParentNode, dict[Element, tuple[int, int]]] = {}
        self._of_indexes: dict[tuple[ParentNode, SimpleSelector], dict[Element, tuple[int, int]]] = {}
        self._focused: list[Element] | None = None
        self._has_results: dict[tuple[Element, SimpleSelector], bool] = {}
        self._parent_results: dict[tuple[Element, Selector, Element | None, bool], bool] = {}

    # --- Complex selectors ---

    def matches(self, element: Element, selector: Selector) -> bool:
        """Whether the element matches, its pseudo-element left aside."""
        self.selectors_tried += 1
        if selector.is_dead:
            return False
        compounds = selector.compounds
        if not self.matches_compound(element, compounds[0]):
            return False
        return len(compounds) == 1 or self._matches_rest(element, compounds, 1)

    def matches_any(self, element: Element, selectors: tuple[Selector, ...]) -> bool:
        """Whether the element matches one of them."""
        for selector in selectors:
            compounds = selector.compounds
            if (
                not selector.is_dead
                and self.matches_compound(element, compounds[0])
                and (len(compounds) == 1 or self._matches_rest(element, compounds, 1))
            ):
                return True
        return False

    def _matches_rest(self, element: Element, compounds: tuple[Compound, ...], index: int) -> bool:
        """Whether what stands left of `element` matches compounds[index:]."""
        count = len(compounds)
        while index < count:
            compound = compounds[index]
            combinator = compound.combinator
            if combinator == Combinator.DESCENDANT:
                ancestor = element.parent
                # NOTE: only a choice needs recursion: the last descendant combinator can take the first hit.
                is_last_choice = index + 1 == count
                while isinstance(ancestor, Element):
                    if self.matches_compound(ancestor, compound):
                        if is_last_choice or self._matches_rest(ancestor, compounds, index + 1):
                            return True
                        if compounds[index + 1].combinator == Combinator.DESCENDANT:
                            # A higher ancestor has fewer ancestors: it cannot succeed where this one failed.
                            return False
                    ancestor = ancestor.parent
                return False
            if combinator == Combinator.CHILD:
                parent = element.parent
                if not isinstance(parent, Element) or not self.matches_compound(parent, compound):
                    return False
                element = parent
            else:
                sibling = previous_element(element)
                if combinator == Combinator.NEXT_SIBLING:
                    if sibling is None or not self.matches_compound(sibling, compound):
                        return False
                    element = sibling
                else:
                    while sibling is not None:
                        if self.matches_compound(sibling, compound):
                            if index + 1 == count or self._matches_rest(sibling, compounds, index + 1):
                                return True
                            if compounds[index + 1].combinator == Combinator.SUBSEQUENT_SIBLING:
                                return False
                        sibling = previous_element(sibling)
                    return False
            index += 1
        return True

    # --- Compounds ---

    def matches_compound(self, element: Element, compound: Compound) -> bool:
        """Whether the element matches all simple selectors."""
        tag = compound.tag
        if tag:
            if element.local_name != tag:
                if (
                    not self.is_html
                    or element.namespace != HTML_NAMESPACE
                    or element.local_name != compound.tag_lower
                ):
                    return False
            elif self.is_html and tag != compound.tag_lower and element.namespace == HTML_NAMESPACE:
                return False
        if compound.namespace is not None and element.namespace != compound.namespace:
            return False
        wanted = compound.id
        if wanted and element.id != wanted:
            if not self.is_quirks or element.id.lower() != wanted.lower():
                return False
        if compound.classes:
            classes = element.classes
            for name in compound.classes:
                if name not in classes:
                    if not self.is_quirks or not has_class_ignoring_case(classes, name):
                        return False
        for simple in compound.others:  # noqa: SIM110 - a generator costs more than the loop
            if not self.matches_simple(element, simple):
                return False
        return True

    def matches_simple(self, element: Element, simple: SimpleSelector) -> bool:
        """Whether the element matches a simple selector."""
        kind = simple.kind
        if kind == SimpleKind.ATTRIBUTE:
            return self._matches_attribute(element, simple)
        if kind == SimpleKind.NEVER:
            return False
        if kind == SimpleKind.NOT:
            return not self.matches_any(element, simple.selectors)
        if kind == SimpleKind.IS or kind == SimpleKind.WHERE:
            return self.matches_any(element, simple.selectors)
        if SimpleKind.NTH_CHILD <= kind <= SimpleKind.NTH_LAST_OF_TYPE:
            return self._matches_nth(element, simple, kind)
        if kind == SimpleKind.ROOT:
            return element is self.root
        if kind == SimpleKind.HAS:
            return self._matches_has(element, simple)
        if kind == SimpleKind.LINK:
            return states.is_link(element) and not (
                self.shows_visited and states.is_visited(element, self.document)
            )
        if kind == SimpleKind.EMPTY:
            return is_empty(element)
        if kind == SimpleKind.SCOPE:
            return element is (self.scope or self.root)
        if kind == SimpleKind.NESTING:
            if not simple.selectors:
                return element is (self.scope or self.root)
            return self._matches_parents(element, simple.selectors)
        if kind == SimpleKind.ONLY_CHILD:
            return self._child_index(element) == 1 and self._child_counts[self._parent(element)] == 1
        if kind == SimpleKind.ONLY_OF_TYPE:
            return self._type_index(element) == (1, 1)
        if kind == SimpleKind.EXTRA_ID:
            return element.id == simple.name or (self.is_quirks and element.id.lower() == simple.name_lower)
        if kind == SimpleKind.LANG:
            return states.matches_language(element, self.document, simple.name)
        if kind == SimpleKind.DIR:
            return states.direction_of(element, self.document) == simple.name
        if kind == SimpleKind.TARGET:
            return self.target_id != "" and element.id == self.target_id
        if kind == SimpleKind.TARGET_WITHIN:
            return self._holds_target(element)
        if kind >= SimpleKind.ANY_LINK:
            return self._matches_interaction(element, kind)
        return states.is_in_state(element, kind)

    def nobody_interacts(self) -> bool:
        """Whether no element is hovered, active or focused."""
        interaction = self.document.interaction
        return interaction.hovered is None and interaction.active is None and not self._focus()

    def _focus(self) -> list[Element]:
        """The focused element, if there is one."""
        if self._focused is None:
            found = states.focused_element(self.document)
            self._focused = [] if found is None else [found]
        return self._focused

    def _matches_interaction(self, element: Element, kind: SimpleKind) -> bool:
        if kind == SimpleKind.ANY_LINK:
            return states.is_link(element)
        if kind == SimpleKind.VISITED:
            return self.shows_visited and states.is_visited(element, self.document)
        interaction = self.document.interaction
        if kind == SimpleKind.HOVER:
            return interaction.hovered is not None and states.holds(element, interaction.hovered)
        if kind == SimpleKind.ACTIVE:
            return interaction.active is not None and states.holds(element, interaction.active)
        focused = self._focus()
        if not focused:
            return False
        if kind == SimpleKind.FOCUS_WITHIN:
            return states.holds(element, focused[0])
        # NOTE: nobody has used a pointer, so whatever has the focus shows it.
        return element is focused[0]

    def _holds_target(self, element: Element) -> bool:
        if self.target_id == "":
            return False
        if element.id == self.target_id:
            return True
        return any(child.id == self.target_id for child in element.descendant_elements())

    # --- Attributes ---

    def _matches_attribute(self, element: Element, simple: SimpleSelector) -> bool:
        attributes = element.attributes
        if not attributes:
            return False
        is_html_element = self.is_html and element.namespace == HTML_NAMESPACE
        name = simple.name_lower if is_html_element else simple.name
        value: str | None
        if simple.namespace is None:
            value = attributes.get(name)
            if value is not None and ":" in name and (element, name) in self.document.attribute_namespaces:
                value = None
        else:
            return self._matches_namespaced(element, simple)
        return value is not None and self._value_matches(value, simple, is_html_element)

    def _matches_namespaced(self, element: Element, simple: SimpleSelector) -> bool:
        namespaces = self.document.attribute_namespaces
        for qualified, value in element.attributes.items():
            namespace = namespaces.get((element, qualified), "")
            if simple.namespace != "*" and namespace != simple.namespace:
                continue
            local = qualified.rpartition(":")[2] if namespace else qualified
            if local == simple.name and self._value_matches(value, simple, False):
                return True
        return False

    def _value_matches(self, value: str, simple: SimpleSelector, is_html_element: bool) -> bool:
        operator = simple.operator
        if operator == AttributeOperator.EXISTS:
            return True
        wanted = simple.value
        if simple.ignore_case > 0 or (
            simple.ignore_case == 0 and is_html_element and simple.name_lower in CASE_INSENSITIVE_ATTRIBUTES
        ):
            wanted = ascii_lower(wanted)
            value = ascii_lower(value)
        if operator == AttributeOperator.EQUALS:
            return value == wanted
        if operator == AttributeOperator.INCLUDES:
            return wanted in value and wanted in class_tokens(value)
        if operator == AttributeOperator.DASH:
            return value == wanted or value.startswith(wanted + "-")
        if wanted == "":
            return False
        if operator == AttributeOperator.PREFIX:
            return value.startswith(wanted)
        if operator == AttributeOperator.SUFFIX:
            return value.endswith(wanted)
        return wanted in value

    def _matches_parents(self, element: Element, parents: tuple[Selector, ...]) -> bool:
        """Whether `&` matches: the selectors of the rule around it, which may hang from others in turn."""
        first = parents[0]
        if len(parents) == 1 and len(first.compounds) == 1 and not first.compounds[0].others:
            return self.matches_any(element, parents)
        # Each level asks all ancestors for the level around it: without memory, elements to the power of levels.
        key = (element, first, self.scope, self.shows_visited)
        known = self._parent_results.get(key)
        if known is None:
            if len(self._parent_results) >= limits.MAX_CACHED_NESTING:
                self._parent_results.clear()
            known = self._parent_results[key] = self.matches_any(element, parents)
        return known

    # --- Position among siblings ---

    def _parent(self, element: Element) -> ParentNode:
        parent = element.parent
        return parent if parent is not None else self.document

    def _child_index(self, element: Element) -> int:
        parent = self._parent(element)
        indexes = self._child_indexes.get(parent)
        if indexes is None:
            indexes = {}
            for child in parent.children:
                if isinstance(child, Element):
                    indexes[child] = len(indexes) + 1
            self._child_indexes[parent] = indexes
            self._child_counts[parent] = len(indexes)
        return indexes.get(element, 1)

    def _type_index(self, element: Element) -> tuple[int, int]:
        """Position among siblings of the same type, from the start and from the end."""
        parent = self._parent(element)
        indexes = self._type_indexes.get(parent)
        if indexes is None:
            groups: dict[tuple[str, str], list[Element]] = {}
            for child in parent.children:
                if isinstance(child, Element):
                    groups.setdefault((child.local_name, child.namespace), []).append(child)
            indexes = {}
            for group in groups.values():
                for position, child in enumerate(group):
                    indexes[child] = (position + 1, len(group) - position)
            self._type_indexes[parent] = indexes
        return indexes.get(element, (1, 1))

    def _of_index(self, element: Element, simple: SimpleSelector) -> tuple[int, int]:
        """Position among the siblings that match `of S`; (0, 0) for one that does not."""
        parent = self._parent(element)
        key = (parent, simple)
        indexes = self._of_indexes.get(key)
        if indexes is None:
            group: list[Element] = []
            for child in parent.children:
                if isinstance(child, Element) and self.matches_any(child, simple.selectors):
                    group.append(child)
            indexes = {child: (at + 1, len(group) - at) for at, child in enumerate(group)}
            self._of_indexes[key] = indexes
        return indexes.get(element, (0, 0))

    def _matches_nth(self, element: Element, simple: SimpleSelector, kind: SimpleKind) -> bool:
        if simple.selectors:
            pair = self._of_index(element, simple)
            position = pair[0] if kind == SimpleKind.NTH_CHILD else pair[1]
            if position == 0:
                return False
        elif kind == SimpleKind.NTH_CHILD:
            position = self._child_index(element)
        elif kind == SimpleKind.NTH_LAST_CHILD:
            index = self._child_index(element)
            position = self._child_counts[self._parent(element)] - index + 1
        elif kind == SimpleKind.NTH_OF_TYPE:
            position = self._type_index(element)[0]
        else:
            position = self._type_index(element)[1]
        step = simple.step
        distance = position - simple.offset
        if step == 0:
            return distance == 0
        return distance % step == 0 and distance // step >= 0

    # --- :has() ---

    def _matches_has(self, element: Element, simple: SimpleSelector) -> bool:
        key = (element, simple)
        known = self._has_results.get(key)
        if known is not None:
            return known
        result = False
        for selector in simple.selectors:
            if self._has_one(element, selector):
                result = True
                break
        self._has_results[key] = result
        return result

    def _has_one(self, anchor: Element, selector: Selector) -> bool:
        """Whether something in reach of the anchor matches the relative selector."""
        leading = selector.leading
        is_sibling = leading in (Combinator.NEXT_SIBLING, Combinator.SUBSEQUENT_SIBLING)
        only_child_steps = all(compound.combinator == Combinator.NONE for compound in selector.compounds)
        candidates: list[Element]
        if is_sibling:
            candidates = following_elements(anchor)
            if only_child_steps:
                if leading == Combinator.NEXT_SIBLING:
                    candidates = candidates[:1]
            else:
                deep: list[Element] = []
                for sibling in candidates:
                    deep.append(sibling)
                    deep.extend(sibling.descendant_elements())
                candidates = deep
        elif leading == Combinator.CHILD and only_child_steps:
            candidates = anchor.element_children()
        else:
            candidates = anchor.descendant_elements()
        for candidate in candidates:
            self.has_steps += 1
            if self.has_steps > limits.MAX_HAS_STEPS:
                return False
            if self._matches_relative(candidate, selector.compounds, 0, anchor, leading):
                return True
        return False

    def _matches_relative(
        self,
        element: Element,
        compounds: tuple[Compound, ...],
        index: int,
        anchor: Element,
        leading: Combinator,
    ) -> bool:
        """Whether compounds[index:] match ending at `element` with the anchor at their left end."""
        if not self.matches_compound(element, compounds[index]):
            return False
        is_leftmost = index + 1 == len(compounds)
        combinator = leading if is_leftmost else compounds[index + 1].combinator
        if combinator == Combinator.CHILD:
            parent = element.parent
            if is_leftmost:
                return parent is anchor
            return isinstance(parent, Element) and self._matches_relative(
                parent, compounds, index + 1, anchor, leading
            )
        if combinator == Combinator.NEXT_SIBLING:
            sibling = previous_element(element)
            if is_leftmost:
                return sibling is anchor
            return sibling is not None and self._matches_relative(
                sibling, compounds, index + 1, anchor, leading
            )
        if combinator == Combinator.SUBSEQUENT_SIBLING:
            sibling = previous_element(element)
            while sibling is not None:
                if (
                    sibling is anchor
                    if is_leftmost
                    else self._matches_relative(sibling, compounds, index + 1, anchor, leading)
                ):
                    return True
                sibling = previous_element(sibling)
            return False
        ancestor = element.parent
        while isinstance(ancestor, Element):
            if (
                ancestor is anchor
                if is_leftmost
                else self._matches_relative(ancestor, compounds, index + 1, anchor, leading)
            ):
                return True
            ancestor = ancestor.parent
        return False


def previous_element(element: Element) -> Element | None:
    """The nearest element before this one among its siblings."""
    parent = element.parent
    if parent is None:
        return None
    children = parent.children
    index = element.index - 1
    while index >= 0:
        child = children[index]
        if isinstance(child, Element):
            return child
        index -= 1
    return None


def following_elements(element: Element) -> list[Element]:
    """The elements after this one among its siblings."""
    parent = element.parent
    if parent is None:
        return []
    return [child for child in parent.children[element.index + 1 :] if isinstance(child, Element)]


def is_empty(element: Element) -> bool:
    """https://drafts.csswg.org/selectors-4/#the-empty-pseudo, as implemented: any text counts, comments do not."""
    for child in element.children:
        if isinstance(child, Element):
            return False
        if isinstance(child, Text) and child.data:
            return False
        if isinstance(child, CharacterData) and not isinstance(child, (Comment, Text)):
            continue
    return True


def has_class_ignoring_case(classes: tuple[str, ...], name: str) -> bool:
    """Quirks mode: class names match ASCII-case-insensitively."""
    wanted = ascii_lower(name)
    return any(ascii_lower(one) == wanted for one in classes)


_UPPER_TO_LOWER: Final = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def ascii_lower(text: str) -> str:
    """ASCII lower case."""
    return text.lower() if text.isascii() else text.translate(_UPPER_TO_LOWER)

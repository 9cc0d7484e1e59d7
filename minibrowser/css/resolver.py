"""Style resolution: from a document and its sheets to a `StyleTree`.

One walk over the elements, parents first. Elements for which the same rules match under the same parent style
share one ComputedStyle; which rules an id, a tag and classes call up is worked out once for each combination.
"""

from __future__ import annotations

from typing import Final, final

from ..dom.document import Document, QuirksMode
from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, Element
from ..geometry import Size
from . import states
from .animation import Effect, Keyframe, keyframes_name, parse_keyframes
from .cascade import LEVEL_USER_AGENT, Cascaded, cascade
from .compute import CONTROLS, ContainerUnits, Environment, StyleBuilder, adjust_display
from .computed_style import INITIAL_BOX, BoxStyle, ComputedStyle
from .container import ContainerFacts, ContainerQuery
from .control_parts import has_part
from .declarations import DeclarationBlock, parse_block
from .deferred import ComputeContext, EstimatedMetrics, FontMetrics
from .display import LIST_ITEMS, PASSING_RUBY, RUBY_PARTS, blockifies_children, inlinify
from .keywords import ContainerType, Direction, Display, TextAlign, WritingMode
from .matching import Matcher
from .media import MediaContext
from .presentational_hints import hints_of
from .property_info import IDS
from .rule_collector import RuleCollector, sorted_blocks
from .rule_descriptors import counter_styles, font_faces, registered_properties
from .rule_index import Entry, RuleIndex
from .sheet import StyleSheet
from .style_sharing import StyleSharing
from .style_tree import PseudoElement, StyleTree
from .transitions import has_transitions, transitioned
from .value_context import ValueContext
from .values import ContentKind, ContentMode, CrossFade, CssImage, UrlImage
from .visited import with_visited_colors
from .zoom import zoomed


@final
class StyleContext:
    """What style resolution needs to know beside the document and its sheets.

    Attributes:
        media, metrics: the viewport and the fonts.
        target_id: which element :target is.
        container_sizes: the content boxes of query containers, CSS px, as the last layout had them.
        time: seconds on the virtual clock that animations go by; they all begin at 0.
        refused: the texts of `style` attributes that a policy of the document forbids.
    """

    def __init__(
        self,
        media: MediaContext | None = None,
        metrics: FontMetrics | None = None,
        *,
        target_id: str = "",
        container_sizes: dict[Element, Size] | None = None,
        time: float = 0.0,
        refused: frozenset[str] = frozenset(),
    ) -> None:
        self.media: Final = media or MediaContext()
        self.metrics: Final[FontMetrics] = metrics or EstimatedMetrics()
        self.target_id: Final = target_id
        self.container_sizes: Final[dict[Element, Size]] = container_sizes or {}
        self.time: Final = time
        self.refused: Final = refused


@final
class StyleStatistics:
    """Counters that show that cost follows matches."""

    def __init__(self) -> None:
        self.elements: int = 0
        self.rules: int = 0
        self.selectors_tried: int = 0
        self.blocks_parsed: int = 0
        self.cascades: int = 0
        self.styles_computed: int = 0
        self.styles_shared: int = 0


_NO_CONTENTS: Final = frozenset(
    "br wbr meter progress canvas embed object audio iframe img video frame frameset input textarea select".split()
)
"""https://drafts.csswg.org/css-display-4/#unbox-html: display: contents makes these disappear."""

_HINTED_BY_OTHERS: Final = frozenset(("td", "th", "thead", "tbody", "tfoot", "colgroup", "body", "html"))
"""Elements whose presentational hints may come from attributes of others."""

_SKIPPED_PSEUDOS: Final = (PseudoElement.SELECTION, PseudoElement.BACKDROP)
"""Nothing is selected in a picture, and nothing is in the top layer."""


def resolve_styles(
    document: Document,
    sheets: list[StyleSheet],
    context: StyleContext,
    statistics: StyleStatistics | None = None,
) -> StyleTree:
    """The style of every rendered element. `sheets` in cascade order, user agent's first."""
    resolver = Resolver(document, sheets, context)
    tree = resolver.run()
    if statistics is not None:
        statistics.elements = resolver.elements
        statistics.rules = resolver.index.rule_count
        statistics.selectors_tried = resolver.matcher.selectors_tried
        statistics.blocks_parsed = sum(sheet.blocks_parsed for sheet in sheets)
        statistics.cascades = len(resolver.cascades)
        statistics.styles_computed = resolver.styles_computed
        statistics.styles_shared = resolver.styles_shared
    return tree


@final
class MatchedRules:
    """What the cascade of an element chose from: its entries in no order, its hints, its style attribute."""

    __slots__ = ("entries", "hints", "inline")

    def __init__(
        self, entries: list[Entry], hints: DeclarationBlock | None, inline: DeclarationBlock | None
    ) -> None:
        self.entries: Final = entries
        self.hints: Final = hints
        self.inline: Final = inline


def matched_rules(
    document: Document, sheets: list[StyleSheet], context: StyleContext, elements: list[Element]
) -> dict[Element, MatchedRules]:
    """The rules that match these elements, as style resolution finds them."""
    resolver = Resolver(document, sheets, context)
    for element in elements:
        resolver.noted[element] = None
    resolver.run()
    return {element: rules for element, rules in resolver.noted.items() if rules is not None}


CascadeKey = tuple[object, ...]


@final
class _StyleMaker:
    """Makes styles of one element: its own, and those that keyframes ask for."""

    __slots__ = (
        "element",
        "environment",
        "is_item",
        "is_pseudo",
        "is_root",
        "parent",
        "used_attributes",
        "used_container",
    )

    def __init__(
        self,
        environment: Environment,
        parent: ComputedStyle | None,
        element: Element,
        is_root: bool,
        is_item: bool,
        is_pseudo: bool,
    ) -> None:
        self.environment: Final = environment
        self.parent: Final = parent
        self.element: Final = element
        self.is_root: Final = is_root
        self.is_item: Final = is_item
        self.is_pseudo: Final = is_pseudo
        self.used_attributes: bool = False
        self.used_container: bool = False

    def make(self, cascaded: Cascaded) -> ComputedStyle:
        """The style for what a cascade has found."""
        builder = StyleBuilder(self.environment, cascaded, self.parent)
        style = builder.build(
            self.element, is_root=self.is_root, is_item=self.is_item, is_pseudo=self.is_pseudo
        )
        self.used_attributes = self.used_attributes or builder.used_attributes
        self.used_container = self.used_container or builder.used_container
        return style


@final
class Resolver:
    """One run over a document.

    Attributes:
        elements: how many elements were asked for their style; styles_computed, styles_shared: what that came to.
    """

    def __init__(
        self,
        document: Document,
        sheets: list[StyleSheet],
        context: StyleContext,
        before: Resolver | None = None,
    ) -> None:
        """`before`: an earlier run for the same sheets and context: what it has worked out holds for this one too, and
        elements that match the same rules get the same style, not an equal one."""
        self.document: Final = document
        is_quirks = document.mode == QuirksMode.QUIRKS
        self.is_quirks: Final = is_quirks
        index = before.index if before is not None else RuleIndex(sheets, context.media, is_quirks)
        self.index: Final[RuleIndex] = index
        self.matcher: Final = Matcher(document, context.target_id)
        self.rules: Final = RuleCollector(document, self.index, self.matcher, is_quirks)
        self.environment: Final[Environment] = (
            before.environment if before is not None else _environment(index, context, is_quirks)
        )
        self.context: Final = ValueContext(document.base_url, is_quirks)
        self.styles: Final[dict[Element, ComputedStyle]] = {}
        self.unrendered: Final[dict[Element, ComputedStyle]] = {}
        self.pseudo_styles: Final[dict[tuple[Element, PseudoElement], ComputedStyle]] = {}
        self.cascades: Final[dict[CascadeKey, Cascaded]] = before.cascades if before is not None else {}
        self.computed: Final[dict[CascadeKey, ComputedStyle]] = before.computed if before is not None else {}
        self.attribute_blocks: Final[dict[str, DeclarationBlock]] = (
            before.attribute_blocks if before is not None else {}
        )
        self.hint_blocks: Final[dict[str, DeclarationBlock]] = (
            before.hint_blocks if before is not None else {}
        )
        self.image_urls: Final[dict[str, None]] = before.image_urls if before is not None else {}
        self.container_sizes: Final = context.container_sizes
        self.time: Final = context.time
        self.refused: Final = context.refused
        self.keyframes: Final[dict[str, list[Keyframe]]] = {}
        self.keyframes_rules: Final = {keyframes_name(rule): rule for rule in self.index.keyframes}
        self.noted: Final[dict[Element, MatchedRules | None]] = {}
        self.containers: Final[list[Element]] = []
        self.container_facts: Final[dict[Element, ContainerFacts]] = {}
        self.used_containers: bool = self.index.asks_sizes
        self.sharing: Final[StyleSharing] = before.sharing if before is not None else StyleSharing()
        self.siblings: Final[dict[CascadeKey, ComputedStyle]] = {}
        self._slot_styles: Final[dict[ComputedStyle, ComputedStyle]] = {}
        self.shares_nothing: Final = (
            self.index.has_containers or not self.rules.class_rules_ask_ancestors_only()
        )
        self.styles_shared: int = 0
        self.elements: int = 0
        self.styles_computed: int = 0
        self.has_ruby: bool = False  # a ruby box is in the document: what is in it is inlinified

    def run(self) -> StyleTree:
        root = self.document.root
        if root is not None:
            self._element(root, None, None)
        return self._tree()

    def _tree(self) -> StyleTree:
        ratio = self.environment.media.device_pixel_ratio
        styles, pseudo_styles = zoomed(self.styles, self.pseudo_styles, ratio)
        return StyleTree(
            styles,
            pseudo_styles,
            font_faces(self.index),
            counter_styles(self.index),
            list(self.image_urls),
            self.containers if self.used_containers else None,
            self.unrendered,
        )

    def update(self, before: Resolver, scopes: dict[Element, bool]) -> StyleTree:
        """The styles of the run before, but for some elements, parents first, and for what inherits from them; True:
        for all that is in the element too. There are no query containers and no visited links."""
        self.styles.update(before.styles)
        self.unrendered.update(before.unrendered)
        self.pseudo_styles.update(before.pseudo_styles)
        self.has_ruby = before.has_ruby
        redone: set[Element] = set()
        for element, whole in scopes.items():
            parent = element.parent
            style = self.styles.get(parent) if isinstance(parent, Element) else None
            if element in redone or (isinstance(parent, Element) and style is None):
                # What is not rendered has no style, or one for sprites alone, which no change reaches.
                continue
            if style is not None and style.box.display == Display.NONE:
                continue
            self._update_element(element, style, whole, redone)
        return self._tree()

    def _update_element(
        self, element: Element, parent: ComputedStyle | None, whole: bool, redone: set[Element]
    ) -> None:
        ancestors = self.rules.ancestors
        ancestors.clear()
        node = element.parent
        while isinstance(node, Element):
            for name in self.rules.names(node):
                ancestors[name] = ancestors.get(name, 0) + 1
            node = node.parent
        old = self.styles.get(element)
        self._forget_pseudos(element)
        self.elements += 1
        if not whole and old is not None and self._style(element, parent) is old:
            return
        self._forget_pseudos(element)
        self.styles.pop(element, None)
        redone.add(element)
        for inner in element.descendant_elements():
            redone.add(inner)
            self.styles.pop(inner, None)
            self.unrendered.pop(inner, None)
            self._forget_pseudos(inner)
        self._element(element, parent, None)

    def _forget_pseudos(self, element: Element) -> None:
        for pseudo in PseudoElement:
            self.pseudo_styles.pop((element, pseudo), None)

    # --- The walk ---

    def _element(
        self, element: Element, parent: ComputedStyle | None, visited_parent: ComputedStyle | None
    ) -> None:
        """`visited_parent`: inside a visited link: the style of the parent that its children inherit colours from."""
        self.elements += 1
        style = self._style(element, parent)
        visited: ComputedStyle | None = None
        if states.is_link(element):
            if states.is_visited(element, self.document):
                visited = self._visited_style(element, style, visited_parent or parent)
        elif visited_parent is not None:
            visited = self._visited_style(element, style, visited_parent)
        if visited is None:
            self.styles[element] = style
        if style.box.display == Display.NONE:
            self._sprites(element, style)
            return
        children = element.children
        if not children:
            return
        ancestors = self.rules.ancestors
        names = self.rules.names(element)
        environment = self.environment
        outer_container = environment.container
        if style.box.container_type != ContainerType.NORMAL:
            self.containers.append(element)
            environment.container = self._container_units(element, style)
        for name in names:
            ancestors[name] = ancestors.get(name, 0) + 1
        for child in children:
            if isinstance(child, Element):
                self._element(child, style, visited)
        for name in names:
            count = ancestors[name] - 1
            if count:
                ancestors[name] = count
            else:
                del ancestors[name]
        environment.container = outer_container

    def _sprites(self, hidden: Element, style: ComputedStyle) -> None:
        """Style the <svg> in an element that is not rendered: sprites, of which <use> shows what it names."""
        if hidden.namespace != SVG_NAMESPACE:
            for child in hidden.children:
                if isinstance(child, Element) and child.local_name == "svg":
                    count = len(self.styles)
                    self._element(child, style, None)
                    self._put_aside(count)
            return
        count = len(self.styles)
        for child in hidden.children:
            if isinstance(child, Element):
                self._element(child, style, None)
        self._put_aside(count)

    def _put_aside(self, count: int) -> None:
        """The styles after the first `count` are of elements that are not rendered."""
        while len(self.styles) > count:
            element, style = self.styles.popitem()
            self.unrendered[element] = style

    def _visited_style(
        self, element: Element, style: ComputedStyle, parent: ComputedStyle | None
    ) -> ComputedStyle:
        """The style by the rules for visited links, which are what a visited link and all in it take colours from."""
        plain_pseudos = {
            pseudo: self.pseudo_styles[(element, pseudo)]
            for pseudo in PseudoElement
            if (element, pseudo) in self.pseudo_styles
        }
        self.matcher.shows_visited = True
        visited = self._style(element, parent)
        self.matcher.shows_visited = False
        for pseudo in PseudoElement:
            plain = plain_pseudos.get(pseudo)
            shown = self.pseudo_styles.pop((element, pseudo), None)
            if plain is not None:
                self.pseudo_styles[(element, pseudo)] = self._merged(plain, shown or plain)
        self.styles[element] = self._merged(style, visited)
        return visited

    def _merged(self, style: ComputedStyle, visited: ComputedStyle) -> ComputedStyle:
        if style is visited:
            return style
        key: CascadeKey = (style, visited)
        merged = self.computed.get(key)
        if merged is None:
            merged = self.computed[key] = with_visited_colors(style, visited)
        return merged

    # --- Styles ---

    def _style(self, element: Element, parent: ComputedStyle | None) -> ComputedStyle:
        key = self._sharing_key(element, parent)
        if key is not None:
            shared = self.siblings.get(key)
            if shared is not None:
                self.styles_shared += 1
                return shared
        count = len(self.pseudo_styles)
        style = self._style_alone(element, parent)
        if (
            key is not None
            and len(self.pseudo_styles) == count
            and self.rules.is_alike(self.rules.candidates_of(element))
        ):
            self.siblings[key] = style
        return style

    def _sharing_key(self, element: Element, parent: ComputedStyle | None) -> CascadeKey | None:
        """What siblings have in common that are styled alike without matching; None for an element with attributes
        beside `class`, or for which rules ask more than ancestors."""
        attributes = element.attributes
        if attributes and (len(attributes) > 1 or "class" not in attributes):
            return None
        if parent is None or self.shares_nothing or element.local_name in _HINTED_BY_OTHERS:
            return None
        if self.matcher.shows_visited:
            return None
        candidates = self.rules.candidates_of(element)
        # The text of the attribute says more than the classes: [class^="icon-"].
        return (candidates, attributes.get("class") if attributes else None, element.parent, parent)

    def _style_alone(self, element: Element, parent: ComputedStyle | None) -> ComputedStyle:
        entries = self.rules.matching(element)
        own: list[Entry] = []
        starting: list[Entry] = []
        pseudos: dict[PseudoElement, list[Entry]] = {}
        for entry in entries:
            selector = entry.selector
            if selector is None:
                continue
            if selector.pseudo == PseudoElement.NONE:
                query = entry.container
                if query is None or self._container_holds(element.parent, query):
                    (starting if entry.is_starting else own).append(entry)
            elif selector.pseudo not in _SKIPPED_PSEUDOS and not entry.is_starting:
                pseudos.setdefault(selector.pseudo, []).append(entry)
        attributes = element.attributes
        hints: DeclarationBlock | None = None
        inline: DeclarationBlock | None = None
        if attributes:
            hints = self._hints(element)
            text = attributes.get("style")
            if text and text not in self.refused:
                inline = self._style_attribute(text)
        elif element.local_name in _HINTED_BY_OTHERS:
            hints = self._hints(element)
        if self.noted and element in self.noted:
            self.noted[element] = MatchedRules(own, hints, inline)
        style = self._computed(element, own, hints, inline, parent, PseudoElement.NONE)
        if starting and has_transitions(style.paint):
            start = self._computed(element, own + starting, hints, inline, parent, PseudoElement.NONE)
            style = self.sharing.shared(transitioned(start, style, self.time))
        if pseudos and style.box.display != Display.NONE:
            self._pseudos(element, style, pseudos)
        return style

    def _pseudos(
        self, element: Element, style: ComputedStyle, pseudos: dict[PseudoElement, list[Entry]]
    ) -> None:
        """An element is a container of its pseudo-elements."""
        self.styles[element] = style
        environment = self.environment
        outer_container = environment.container
        if style.box.container_type != ContainerType.NORMAL:
            environment.container = self._container_units(element, style)
        for pseudo, matched in pseudos.items():
            if pseudo >= PseudoElement.SLIDER_THUMB and not has_part(element, pseudo, pseudos):
                continue
            if self.index.has_containers:
                matched = [
                    entry
                    for entry in matched
                    if entry.container is None or self._container_holds(element, entry.container)
                ]
            if matched:
                self._pseudo(element, style, pseudo, matched)
        environment.container = outer_container

    # --- Containers (https://drafts.csswg.org/css-conditional-5/#container-queries) ---

    def _container_holds(self, start: object, query: ContainerQuery) -> bool:
        """Whether a query holds for what begins its search for a container at `start`."""
        if query.outer is not None and not self._container_holds(start, query.outer):
            return False
        node = start
        while isinstance(node, Element):
            style = self.styles.get(node)
            if style is not None and query.can_ask(style):
                return self._facts(node, style).matches(query)
            node = node.parent
        return False

    def _facts(self, element: Element, style: ComputedStyle) -> ContainerFacts:
        facts = self.container_facts.get(element)
        if facts is None:
            size = self.container_sizes.get(element)
            media = self.environment.media
            root = self.environment.root or style.inherited
            context = ComputeContext(
                style.inherited, root, media.width, media.height, self.environment.metrics
            )
            width, height = (-1.0, -1.0) if size is None else (size.width, size.height)
            facts = ContainerFacts(style, width, height, context)
            self.container_facts[element] = facts
        return facts

    def _container_units(self, element: Element, style: ComputedStyle) -> ContainerUnits | None:
        """What container units mean inside a container: along an axis that it has no say in, what they meant
        outside."""
        outer = self.environment.container
        size = self.container_sizes.get(element)
        if size is None:
            return outer
        media = self.environment.media
        width, height = (media.width, media.height) if outer is None else (outer.width, outer.height)
        is_horizontal = style.inherited.writing_mode == WritingMode.HORIZONTAL_TB
        is_both = style.box.container_type == ContainerType.SIZE
        return ContainerUnits(
            size.width if is_both or is_horizontal else width,
            size.height if is_both or not is_horizontal else height,
        )

    def _pseudo(
        self, element: Element, style: ComputedStyle, pseudo: PseudoElement, matched: list[Entry]
    ) -> None:
        if pseudo == PseudoElement.MARKER and style.box.display not in LIST_ITEMS:
            return
        if pseudo == PseudoElement.PLACEHOLDER or pseudo == PseudoElement.FILE_SELECTOR_BUTTON:
            # OPTIMIZATION: rules for all elements (Bootstrap's ::file-selector-button) are meant for controls.
            is_file = pseudo == PseudoElement.FILE_SELECTOR_BUTTON
            if element.local_name != "input" and (is_file or element.local_name != "textarea"):
                return
        if pseudo == PseudoElement.BEFORE or pseudo == PseudoElement.AFTER:
            cascaded = self._cascaded(matched, None, None, style)
            # OPTIMIZATION: `*::before { box-sizing: ... }` alone makes no box, so it needs no style.
            if not cascaded.has_content:
                return
            computed = self._computed(element, matched, None, None, style, pseudo)
            if computed.box.content.mode != ContentMode.LIST or computed.box.display == Display.NONE:
                return
        else:
            computed = self._computed(element, matched, None, None, style, pseudo)
        self.pseudo_styles[(element, pseudo)] = computed

    def _cascaded(
        self,
        entries: list[Entry],
        hints: DeclarationBlock | None,
        inline: DeclarationBlock | None,
        parent: ComputedStyle | None,
    ) -> Cascaded:
        mode = WritingMode.HORIZONTAL_TB if parent is None else parent.inherited.writing_mode
        direction = Direction.LTR if parent is None else parent.inherited.direction
        key: CascadeKey = (tuple(entries), hints, inline, mode, direction)
        cascaded = self.cascades.get(key)
        if cascaded is None:
            cascaded = cascade(sorted_blocks(entries, hints, inline), mode, direction)
            self.cascades[key] = cascaded
        return cascaded

    def _computed(
        self,
        element: Element,
        entries: list[Entry],
        hints: DeclarationBlock | None,
        inline: DeclarationBlock | None,
        parent: ComputedStyle | None,
        pseudo: PseudoElement,
    ) -> ComputedStyle:
        cascaded = self._cascaded(entries, hints, inline, parent)
        is_root = parent is None
        is_item = parent is not None and pseudo in _ITEMS and self._is_item(element, parent, pseudo)
        is_in_ruby = self.has_ruby and parent is not None and self._is_in_ruby(element, parent, pseudo)
        unboxes = (
            pseudo == PseudoElement.NONE
            and element.local_name in _NO_CONTENTS
            and element.namespace == HTML_NAMESPACE
        )
        # Blink's StyleAdjuster: tables do not take over the alignments of `align` and <center>.
        is_table = element.local_name == "table" and pseudo == PseudoElement.NONE
        control = element.local_name if element.local_name in CONTROLS else ""
        if parent is not None and pseudo == PseudoElement.NONE:
            above = element.parent
            if isinstance(above, Element) and above.local_name in _SLOTTING:
                parent = self._slot_style(parent)
        style_key: CascadeKey = (
            cascaded,
            parent,
            unboxes,
            is_table,
            control,
            is_item,
            is_in_ruby,
            self.environment.container,
        )
        style = self.computed.get(style_key)
        if style is not None:
            return style
        maker = _StyleMaker(self.environment, parent, element, is_root, is_item, pseudo != PseudoElement.NONE)
        style = maker.make(cascaded)
        if style.paint.animation_name and self.keyframes_rules:
            effect = Effect(cascaded, style, maker.make, self.environment.registered)
            style = effect.apply(self._keyframes(style.paint.animation_name), self.time)
        self.styles_computed += 1
        if maker.used_container:
            self.used_containers = True
        if pseudo == PseudoElement.NONE and element.namespace == HTML_NAMESPACE:
            adjust_display(style.box, element.local_name)
            if self.is_quirks and element.local_name in _QUIRKY_MARGINS and style.box is not INITIAL_BOX:
                style.box.has_quirky_margins = _margin_is_quirky(entries, inline)
        if is_in_ruby:
            inlinify(style.box)
        self.has_ruby = self.has_ruby or style.box.display == Display.RUBY
        if is_table and style.inherited.text_align >= TextAlign.WEBKIT_LEFT:
            style = _with_start_alignment(style)
        if unboxes and style.box.display == Display.CONTENTS:
            style.box.display = Display.NONE
        self._note_images(style, parent)
        style = self.sharing.shared(style)
        if not maker.used_attributes:
            self.computed[style_key] = style
        return style

    def _slot_style(self, parent: ComputedStyle) -> ComputedStyle:
        """The style of the slot that stands between an element and its children in the flat tree: they inherit from it
        (https://drafts.csswg.org/css-scoping-1/#inheritance), so `box-sizing: inherit` ends there."""
        style = self._slot_styles.get(parent)
        if style is None:
            paint = self.environment.initial_paint(parent.inherited.color)
            style = ComputedStyle(parent.inherited, INITIAL_BOX, paint, parent.variables)
            self._slot_styles[parent] = style
        return style

    def _is_item(self, element: Element, parent: ComputedStyle, pseudo: PseudoElement) -> bool:
        """Whether the nearest ancestor with a box lays its children out as flex or grid items."""
        node = element.parent if pseudo == PseudoElement.NONE else element
        style: ComputedStyle | None = parent
        while style is not None and style.box.display == Display.CONTENTS and isinstance(node, Element):
            node = node.parent
            style = self.styles.get(node) if isinstance(node, Element) else None
        return style is not None and blockifies_children(style.box)

    def _is_in_ruby(self, element: Element, parent: ComputedStyle, pseudo: PseudoElement) -> bool:
        """Whether the box stands in a ruby box, with nothing but inline boxes between."""
        node = element.parent if pseudo == PseudoElement.NONE else element
        style: ComputedStyle | None = parent
        while style is not None and style.box.display in PASSING_RUBY and isinstance(node, Element):
            node = node.parent
            style = self.styles.get(node) if isinstance(node, Element) else None
        return style is not None and style.box.display in RUBY_PARTS

    def _keyframes(self, names: tuple[str, ...]) -> dict[str, list[Keyframe]]:
        """The keyframes of these names; of rules with one name the last is valid."""
        for name in names:
            if name not in self.keyframes and name in self.keyframes_rules:
                self.keyframes[name] = parse_keyframes(self.keyframes_rules[name])
        return self.keyframes

    def _style_attribute(self, text: str) -> DeclarationBlock:
        block = self.attribute_blocks.get(text)
        if block is None:
            block = parse_block(text, self.context)
            self.attribute_blocks[text] = block
        return block

    def _hints(self, element: Element) -> DeclarationBlock | None:
        text = hints_of(element, self.document)
        if not text:
            return None
        block = self.hint_blocks.get(text)
        if block is None:
            block = parse_block(text, self.context)
            self.hint_blocks[text] = block
        return block

    def _note_images(self, style: ComputedStyle, parent: ComputedStyle | None) -> None:
        if style.box.display == Display.NONE:
            # What is not rendered asks for no picture.
            return
        if parent is None or style.inherited is not parent.inherited:
            self._note(style.inherited.list_style_image)
        paint = style.paint
        for image in paint.background_image:
            self._note(image)
        self._note(paint.border_image_source)
        for image in paint.mask_image:
            self._note(image)
        self._note_content(style.box)

    def _note_content(self, box: BoxStyle) -> None:
        if box.content.mode == ContentMode.LIST:
            for item in box.content.items:
                if item.kind == ContentKind.IMAGE:
                    self._note(item.image)
        if box.shape_outside is not None:
            self._note(box.shape_outside.image)

    def _note(self, image: CssImage | None) -> None:
        if isinstance(image, UrlImage):
            if image.url:
                self.image_urls[image.url] = None
        elif isinstance(image, CrossFade):
            for part, _ in image.parts:
                if isinstance(part, CssImage):
                    self._note(part)


_QUIRKY_MARGINS: Final = frozenset(
    "p ul ol dl menu dir blockquote pre listing xmp plaintext h1 h2 h3 h4 h5 h6".split()
)
"""Elements whose user-agent margins collapse away at the start of a body or cell
(https://quirks.spec.whatwg.org/#margin-collapsing-quirks)."""

_MARGINS: Final = frozenset(IDS[name] for name in ("margin-top", "margin-block-start"))


def _margin_is_quirky(entries: list[Entry], inline: DeclarationBlock | None) -> bool:
    """Whether nobody but the user-agent sheet says what the margin at the start is."""
    blocks = [entry.rule.declarations() for entry in entries if entry.level > LEVEL_USER_AGENT]
    if inline is not None:
        blocks.append(inline)
    return not any(pair[0] in _MARGINS for block in blocks for pair in (*block.normal, *block.important))


_SLOTTING: Final = frozenset(("select", "optgroup", "details"))
"""Elements whose children stand in slots of a shadow tree (https://html.spec.whatwg.org/multipage/rendering.html)."""

_ITEMS: Final = (PseudoElement.NONE, PseudoElement.BEFORE, PseudoElement.AFTER)
"""What becomes a flex or grid item in such a container."""


def _with_start_alignment(style: ComputedStyle) -> ComputedStyle:
    inherited = style.inherited.copy()
    inherited.text_align = TextAlign.START
    return ComputedStyle(inherited, style.box, style.paint, style.variables)


def _environment(index: RuleIndex, context: StyleContext, is_quirks: bool) -> Environment:
    environment = Environment(context.media, context.metrics, is_quirks, registered_properties(index))
    for rule in index.feature_values:
        environment.feature_values.add(rule)
    return environment

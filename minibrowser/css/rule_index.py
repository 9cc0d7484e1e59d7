"""Rules by the last compound of their selectors: which ones an element has to be tried against at all.

Artifact: `RuleIndex`, made from the sheets that apply. Selectors are parsed when their rule is first a
candidate; until then a regular expression knows the key of the ordinary ones.
"""

from __future__ import annotations

import re
from typing import Final, final

from ..dom.node import Element
from .container import ContainerQuery, parse_container_query
from .media import MediaContext, media_matches
from .selectors import PSEUDO_ELEMENTS, Combinator, Compound, Selector, SimpleKind
from .sheet import (
    DescriptorRule,
    GroupKind,
    GroupRule,
    ImportRule,
    LayerStatement,
    Rule,
    StyleRule,
    StyleSheet,
)
from .supports import supports_condition

_SIMPLE_PRELUDE: Final = re.compile(r"[a-zA-Z0-9_.#*>+~, \t\r\n\f:-]+")
_ARGUMENTS: Final = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_SEPARATOR: Final = re.compile(r"[ \t\r\n\f>+~]+")
_HOLE: Final = "\0"
"""Where something was cut out: ".a [b]" must not look like ".a"."""

NO_REQUIREMENTS: Final[tuple[str, ...]] = ()

UNSCOPED: Final = 1_000_000_000
"""The proximity of rules outside of @scope: as if infinitely far."""


def _outline(prelude: str) -> str:
    """Selectors without the arguments of pseudo-classes and without attributes, which keys need not know; "" where
    a selector's key may be in there."""
    if "(" not in prelude and "[" not in prelude:
        return prelude
    text = _ARGUMENTS.sub(_HOLE, _ARGUMENTS.sub(_HOLE, prelude))
    for piece in text.split(","):
        compound = _SEPARATOR.split(piece.strip(" \t\r\n\f"))[-1]
        if not compound or compound[0] in ":*[" or compound[0] == _HOLE:
            return ""
    return text.replace(_HOLE, "")


@final
class Entry:
    """A selector of a rule.

    Attributes:
        rule: its rule. position: of the selector in the rule's list.
        selector: None until it is parsed; `is_dead` when it turned out to be invalid.
        level, layer, order: where the rule stands in the cascade.
        container: the innermost @container around the rule. is_starting: whether it stands in @starting-style.
        requirements: what the ancestors must have among them: "#id", ".class", "tag".
        proximity: less than 0 for a rule in @scope that has matched: the steps to the scope's root; else -UNSCOPED.
        key: for sorting: (level, layer, specificity, proximity, order).
    """

    __slots__ = (
        "container",
        "is_dead",
        "is_starting",
        "key",
        "layer",
        "level",
        "order",
        "position",
        "proximity",
        "requirements",
        "rule",
        "selector",
    )

    def __init__(self, rule: StyleRule, position: int, level: int, layer: int, order: int) -> None:
        self.rule: Final = rule
        self.position: Final = position
        self.level: Final = level
        self.layer: int = layer
        self.order: Final = order
        self.selector: Selector | None = None
        self.is_dead: bool = False
        self.requirements: tuple[str, ...] = NO_REQUIREMENTS
        self.proximity: int = -UNSCOPED
        self.key: tuple[int, int, int, int, int] = (level, layer, 0, -UNSCOPED, order)
        self.container: ContainerQuery | None = None
        self.is_starting: bool = False

    def prepare(self) -> bool:
        """Parse the selector; False where it is invalid or can match nothing."""
        if self.is_dead:
            return False
        if self.selector is None:
            selectors = self.rule.selectors()
            if self.position >= len(selectors) or selectors[self.position].is_dead:
                self.is_dead = True
                return False
            selector = selectors[self.position]
            self.selector = selector
            self.requirements = requirements_of(selector)
            self.key = (self.level, self.layer, selector.specificity, self.proximity, self.order)
        return True

    def at(self, steps: int) -> Entry:
        """The same for an element that is some steps from the root of the rule's scope: the nearest wins over all
        but specificity (https://drafts.csswg.org/css-cascade-6/#cascade-proximity)."""
        copy = Entry(self.rule, self.position, self.level, self.layer, self.order)
        copy.container = self.container
        copy.is_starting = self.is_starting
        copy.selector = self.selector
        copy.requirements = self.requirements
        copy.proximity = -steps
        copy.key = (self.level, self.layer, self.key[2], -steps, self.order)
        return copy


def requirements_of(selector: Selector) -> tuple[str, ...]:
    """What compounds left of a descendant or child combinator ask of the ancestors, four at most."""
    found: list[str] = []
    is_ancestor = False
    for compound in selector.compounds[1:]:
        if compound.combinator in (Combinator.NEXT_SIBLING, Combinator.SUBSEQUENT_SIBLING):
            # The compound is a sibling of an ancestor, or of the element: not on the way up.
            continue
        is_ancestor = True
        if compound.id:
            found.append("#" + compound.id)
        found.extend("." + name for name in compound.classes)
        if compound.tag:
            found.append(compound.tag_lower)
        if len(found) >= 4:
            break
    return tuple(found[:4]) if is_ancestor else NO_REQUIREMENTS


@final
class Bucket:
    """Entries by key: the id, a class, the tag or the first attribute of the last compound."""

    __slots__ = ("attributes", "classes", "ids", "tags", "universal")

    def __init__(self) -> None:
        self.ids: dict[str, list[Entry]] = {}
        self.classes: dict[str, list[Entry]] = {}
        self.tags: dict[str, list[Entry]] = {}
        self.attributes: dict[str, list[Entry]] = {}
        self.universal: list[Entry] = []


LAYER_NONE: Final = 1_000_000
"""The implicit last layer: rules outside of any."""

LAYER_STYLE_ATTRIBUTE: Final = LAYER_NONE + 1


@final
class RuleIndex:
    """The rules that apply in a context.

    Attributes:
        bucket: where to look.
        fonts, counter_styles, feature_values, properties, keyframes: descriptor rules, in order.
        rule_count: rules that were indexed.
        has_containers: whether some rule stands in @container; asks_sizes: whether one of them is about sizes.
    """

    def __init__(self, sheets: list[StyleSheet], media: MediaContext, is_quirks: bool) -> None:
        self.bucket: Final = Bucket()
        self.is_quirks: Final = is_quirks
        self.fonts: Final[list[DescriptorRule]] = []
        self.counter_styles: Final[list[DescriptorRule]] = []
        self.feature_values: Final[list[DescriptorRule]] = []
        self.properties: Final[list[DescriptorRule]] = []
        self.keyframes: Final[list[DescriptorRule]] = []
        self.rule_count: int = 0
        self.entries: Final[list[Entry]] = []
        self.has_containers: bool = False
        self.asks_sizes: bool = False
        self._container: ContainerQuery | None = None
        self._is_starting: bool = False
        self._media: Final = media
        self._order: int = 0
        self._layer_names: Final[dict[tuple[int, str], int]] = {}
        """By (level, full name): a number in order of first appearance."""
        self._anonymous: int = 0
        self._prefixes: Final[dict[ImportRule, str]] = {}
        for sheet in sheets:
            self._add_sheet(sheet)
        self._order_layers()

    # --- Sheets and layers ---

    def _import_prefix(self, rule: ImportRule, level: int) -> str:
        """The layer that an imported sheet is in, "" for none."""
        known = self._prefixes.get(rule)
        if known is not None:
            return known
        parent = rule.sheet.imported_by
        prefix = "" if parent is None else self._import_prefix(parent, level)
        for name in rule.layers_before:
            self._layer(level, prefix, name)
        if rule.layer is not None:
            prefix = self._layer(level, prefix, rule.layer)
        self._prefixes[rule] = prefix
        return prefix

    def _layer(self, level: int, prefix: str, name: str) -> str:
        """Note a layer; its full name."""
        if not name:
            self._anonymous += 1
            name = f"\0{self._anonymous}"
        full = prefix
        for part in name.split("."):
            full = f"{full}.{part}" if full else part
            self._layer_names.setdefault((level, full), len(self._layer_names))
        return full

    def _add_sheet(self, sheet: StyleSheet) -> None:
        level = int(sheet.origin)
        prefix = ""
        rule = sheet.imported_by
        if rule is not None:
            prefix = self._import_prefix(rule, level)
            if rule.media and not media_matches(rule.media, self._media):
                return
        if sheet.media and not media_matches(sheet.media, self._media):
            return
        for inner in sheet.rules:
            self._add(inner, sheet, level, prefix)

    def _add(self, rule: Rule, sheet: StyleSheet, level: int, layer: str) -> None:
        if isinstance(rule, StyleRule):
            self._add_style_rule(rule, level, layer)
        elif isinstance(rule, GroupRule):
            self._add_group(rule, sheet, level, layer)
        elif isinstance(rule, LayerStatement):
            for name in rule.names:
                self._layer(level, layer, name)
        elif isinstance(rule, DescriptorRule):
            self._add_descriptors(rule)

    def _add_group(self, rule: GroupRule, sheet: StyleSheet, level: int, layer: str) -> None:
        kind = rule.kind
        if kind == GroupKind.MEDIA:
            if not media_matches(rule.prelude, self._media):
                return
        elif kind == GroupKind.SUPPORTS:
            if not supports_condition(rule.prelude):
                return
        elif kind == GroupKind.LAYER:
            layer = self._layer(level, layer, rule.prelude)
        elif kind == GroupKind.CONTAINER:
            self._add_container(rule, sheet, level, layer)
            return
        elif kind == GroupKind.STARTING_STYLE:
            outer, self._is_starting = self._is_starting, True
            for child in rule.children:
                self._add(child, sheet, level, layer)
            self._is_starting = outer
            return
        for child in rule.children:
            self._add(child, sheet, level, layer)

    def _add_container(self, rule: GroupRule, sheet: StyleSheet, level: int, layer: str) -> None:
        outer = self._container
        query = parse_container_query(rule.prelude, outer)
        if query is None:
            return
        self.has_containers = True
        self.asks_sizes = self.asks_sizes or bool(query.features)
        self._container = query
        for child in rule.children:
            self._add(child, sheet, level, layer)
        self._container = outer

    def _add_descriptors(self, rule: DescriptorRule) -> None:
        name = rule.name
        if name == "font-face":
            self.fonts.append(rule)
        elif name == "counter-style":
            self.counter_styles.append(rule)
        elif name == "font-feature-values":
            self.feature_values.append(rule)
        elif name == "property":
            self.properties.append(rule)
        elif name.endswith("keyframes"):
            self.keyframes.append(rule)

    def _order_layers(self) -> None:
        """Give each entry its layer's number: nested layers come before their parent's own rules."""
        names = list(self._layer_names)
        if not names:
            return
        numbers = {name: place for place, name in enumerate(sorted(names, key=self._layer_path))}
        for entry in self.entries:
            if entry.layer != LAYER_NONE:
                entry.layer = numbers[names[entry.layer]]
                entry.key = (entry.level, entry.layer, entry.key[2], entry.proximity, entry.order)

    def _layer_path(self, name: tuple[int, str]) -> tuple[int, ...]:
        level, full = name
        path: list[int] = []
        at = -1
        while True:
            at = full.find(".", at + 1)
            path.append(self._layer_names[(level, full if at < 0 else full[:at])])
            if at < 0:
                break
        # A parent's own rules win over those of its nested layers: they sort after all of them.
        return (level, *path, LAYER_NONE)

    # --- Rules ---

    def _add_style_rule(self, rule: StyleRule, level: int, layer: str) -> None:
        self._order += 1
        self.rule_count += 1
        order = self._order
        number = self._layer_names[(level, layer)] if layer else LAYER_NONE
        prelude = rule.prelude
        text = "&" if rule.parent is not None or rule.scope is not None else _outline(prelude)
        if _SIMPLE_PRELUDE.fullmatch(text):
            for position, piece in enumerate(text.split(",")):
                entry = Entry(rule, position, level, number, order)
                entry.container = self._container
                entry.is_starting = self._is_starting
                self.entries.append(entry)
                self._file_by_text(entry, piece.strip(" \t\r\n\f"))
            return
        for position, selector in enumerate(rule.selectors()):
            if selector.is_dead:
                continue
            entry = Entry(rule, position, level, number, order)
            entry.container = self._container
            entry.is_starting = self._is_starting
            self.entries.append(entry)
            self._file(entry, selector.compounds[0])

    def _file_by_text(self, entry: Entry, piece: str) -> None:
        """File by the text of a selector without brackets, escapes and strings."""
        compound = _SEPARATOR.split(piece)[-1]
        if not compound:
            # Empty or ends in a combinator: invalid, which the parser will find out.
            entry.is_dead = True
            return
        colon = compound.find(":")
        if colon >= 0:
            vendor = compound.find("::-webkit-")
            if vendor >= 0 and compound[vendor + 2 :].partition(":")[0].lower() not in PSEUDO_ELEMENTS:
                # NOTE: matches nothing, but an invalid sibling in the list still has to be noticed by
                # whoever else is in the list, which the lazy parse does.
                entry.is_dead = True
                return
            compound = compound[:colon]
        if "#" in compound:
            name = compound[compound.rfind("#") + 1 :]
            self._put(entry, KEY_ID, name.partition(".")[0])
            return
        dot = compound.rfind(".")
        if dot >= 0:
            self._put(entry, KEY_CLASS, compound[dot + 1 :])
        elif compound and compound != "*" and "*" not in compound:
            self._put(entry, KEY_TAG, compound)
        else:
            self._put(entry, KEY_NONE, "")

    def _file(self, entry: Entry, compound: Compound) -> None:
        kind, name = _key_of(compound)
        if kind not in (KEY_NONE, KEY_ATTRIBUTE):
            self._put(entry, kind, name)
            return
        for simple in compound.others:
            # :is(a, b) and & file by each of their alternatives where all have a key.
            alternatives = simple.selectors if simple.kind in _ALTERNATIVES else ()
            if 0 < len(alternatives) <= 16:
                keys = [_key_of(inner.compounds[0]) for inner in alternatives]
                if all(key[0] for key in keys):
                    for key in dict.fromkeys(keys):
                        self._put(entry, key[0], key[1])
                    return
        self._put(entry, kind, name)

    def _put(self, entry: Entry, kind: int, name: str) -> None:
        bucket = self.bucket
        if kind == KEY_CLASS:
            bucket.classes.setdefault(name.lower() if self.is_quirks else name, []).append(entry)
        elif kind == KEY_TAG:
            bucket.tags.setdefault(name.lower(), []).append(entry)
        elif kind == KEY_ID:
            bucket.ids.setdefault(name.lower() if self.is_quirks else name, []).append(entry)
        elif kind == KEY_ATTRIBUTE:
            bucket.attributes.setdefault(name, []).append(entry)
        else:
            bucket.universal.append(entry)

    def candidates(self, element: Element) -> list[Entry]:
        """All entries that the element's id, classes and name call up; attributes are left to `by_attribute`."""
        bucket = self.bucket
        found: list[Entry] = list(bucket.universal)
        entries = bucket.tags.get(element.local_name.lower())
        if entries is not None:
            found.extend(entries)
        for name in element.classes:
            entries = bucket.classes.get(name.lower() if self.is_quirks else name)
            if entries is not None:
                found.extend(entries)
        if element.id:
            entries = bucket.ids.get(element.id.lower() if self.is_quirks else element.id)
            if entries is not None:
                found.extend(entries)
        return found

    def by_attribute(self, element: Element) -> list[Entry]:
        """The entries that only an attribute calls up."""
        found: list[Entry] = []
        attributes = self.bucket.attributes
        if attributes:
            for name in element.attributes:
                entries = attributes.get(name.lower())
                if entries is not None:
                    found.extend(entries)
        return found


KEY_NONE: Final = 0
KEY_TAG: Final = 1
KEY_CLASS: Final = 2
KEY_ID: Final = 3
KEY_ATTRIBUTE: Final = 4

_ALTERNATIVES: Final = (SimpleKind.IS, SimpleKind.WHERE, SimpleKind.NESTING)


def _key_of(compound: Compound) -> tuple[int, str]:
    if compound.id:
        return (KEY_ID, compound.id)
    if compound.classes:
        return (KEY_CLASS, compound.classes[-1])
    if compound.tag:
        return (KEY_TAG, compound.tag)
    for simple in compound.others:
        if simple.kind == SimpleKind.ATTRIBUTE and simple.namespace is None:
            return (KEY_ATTRIBUTE, simple.name_lower)
    return (KEY_NONE, "")

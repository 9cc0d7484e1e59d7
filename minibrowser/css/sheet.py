"""Style sheets: `StyleSheet` from text, its rules with blocks that are parsed when a selector first matches.

Artifact: `StyleSheet`. https://drafts.csswg.org/css-cascade-5/ for @import and @layer,
https://drafts.csswg.org/css-nesting-1/ for rules in rules.
"""

from __future__ import annotations

import re
from enum import IntEnum
from typing import Final, final

from .. import limits
from ..url import resolve
from .declarations import DeclarationBlock, parse_block
from .selectors import (
    PLAIN_CONTEXT,
    Combinator,
    Compound,
    Selector,
    SelectorContext,
    SimpleKind,
    SimpleSelector,
    parse_selector_list,
)
from .splitter import RawRule, split_block, split_rules
from .supports import supports_condition
from .syntax import tokenize, unescape
from .tokens import Token, TokenKind
from .value_context import ValueContext


class Origin(IntEnum):
    """Where a sheet comes from (https://drafts.csswg.org/css-cascade-5/#cascading-origins)."""

    USER_AGENT = 0
    USER = 1
    AUTHOR = 3


class Rule:
    """Any rule. `offset` is where it begins in the sheet's text."""

    __slots__ = ("offset",)

    def __init__(self, offset: int) -> None:
        self.offset: int = offset


@final
class StyleRule(Rule):
    """Selectors and declarations.

    Attributes:
        sheet: where it stands.
        prelude: the selectors' text.
        block: the declarations' text.
        parent: the rule it is nested in.
        scope: the innermost @scope around it.
    """

    __slots__ = (
        "_declarations",
        "_is_parsed",
        "_selectors",
        "block",
        "children",
        "parent",
        "prelude",
        "repeats",
        "scope",
        "sheet",
    )

    def __init__(
        self, sheet: StyleSheet, prelude: str, block: str, offset: int, parent: StyleRule | None
    ) -> None:
        super().__init__(offset)
        self.sheet: Final = sheet
        self.prelude: Final = prelude
        self.block: Final = block
        self.parent: Final = parent
        self.scope: ScopeRule | None = None
        self.repeats: StyleRule | None = None
        """For declarations that stand after nested rules: the rule whose selectors they have."""
        self.children: list[Rule] = []
        self._selectors: tuple[Selector, ...] = ()
        self._is_parsed: bool = False
        self._declarations: DeclarationBlock | None = None

    def selectors(self) -> tuple[Selector, ...]:
        """The selectors; empty where the list is invalid. Parsed once."""
        if not self._is_parsed:
            self._is_parsed = True
            if self.repeats is not None:
                self._selectors = self.repeats.selectors()
                return self._selectors
            is_nested = self.parent is not None or self.scope is not None
            context = PLAIN_CONTEXT
            if is_nested or self.sheet.namespaces:
                context = SelectorContext(self.sheet.namespaces, is_nested)
            self._selectors = parse_selector_list(self.prelude, context) or ()
            if is_nested:
                self._selectors = tuple(self._nested(selector) for selector in self._selectors)
        return self._selectors

    def _nested(self, selector: Selector) -> Selector:
        """The selector with `&` bound to the parent rule's selectors, and put in front where it is missing.

        https://drafts.csswg.org/css-nesting-1/#nest-selector: it weighs as :is() over them. Without a parent
        rule (inside @scope) it stands for :scope.
        """
        parent = self.parent
        parents = () if parent is None else parent.selectors()
        weight = max((one.specificity for one in parents), default=0)
        if selector.leading == Combinator.NONE and (selector.has_nesting or parent is None):
            selector.specificity += weight * _bind_nesting(selector, parents)
            return selector
        compound = Compound()
        compound.others = (SimpleSelector(SimpleKind.NESTING, selectors=parents),)
        compound.combinator = selector.leading or Combinator.DESCENDANT
        bound = Selector((*selector.compounds, compound), selector.specificity + weight)
        bound.pseudo = selector.pseudo
        bound.is_dead = selector.is_dead
        bound.specificity += weight * _bind_nesting(selector, parents)
        return bound

    def declarations(self) -> DeclarationBlock:
        """The parsed block. Parsed once; the sheet counts it."""
        if self._declarations is None:
            self.sheet.blocks_parsed += 1
            self._declarations = parse_block(self.block, self.sheet.value_context)
        return self._declarations

    def line(self) -> int:
        """The line in the sheet, from 1."""
        return self.sheet.text.count("\n", 0, self.offset) + 1


def _bind_nesting(selector: Selector, parents: tuple[Selector, ...]) -> int:
    """Tell each `&` what it stands for; how many count for the specificity."""
    if not selector.has_nesting:
        return 0
    count = 0
    for compound in selector.compounds:
        for simple in compound.others:
            if simple.kind == SimpleKind.NESTING:
                simple.selectors = parents
                count += 1
            elif simple.selectors:
                inner = [_bind_nesting(one, parents) for one in simple.selectors]
                if simple.kind != SimpleKind.WHERE:
                    count += max(inner)
    return count


class GroupKind(IntEnum):
    """Rules that hold rules."""

    MEDIA = 0
    SUPPORTS = 1
    LAYER = 2
    CONTAINER = 3
    SCOPE = 4
    STARTING_STYLE = 5


class GroupRule(Rule):
    """@media, @supports, @layer with a block, @container, @starting-style: a condition and rules."""

    __slots__ = ("children", "kind", "prelude")

    def __init__(self, kind: GroupKind, prelude: str, offset: int) -> None:
        super().__init__(offset)
        self.kind: GroupKind = kind
        self.prelude: str = prelude
        self.children: list[Rule] = []


@final
class ScopeRule(GroupRule):
    """@scope (start) to (end). Invalid selectors make `is_valid` false."""

    __slots__ = ("end", "is_valid", "parent", "start")

    def __init__(self, prelude: str, offset: int, namespaces: dict[str, str]) -> None:
        super().__init__(GroupKind.SCOPE, prelude, offset)
        self.start: tuple[Selector, ...] | None = None
        self.end: tuple[Selector, ...] | None = None
        self.is_valid: bool = True
        self.parent: ScopeRule | None = None
        match = _SCOPE.fullmatch(prelude)
        if match is None:
            self.is_valid = False
            return
        context = SelectorContext(namespaces)
        if match.group(1) is not None:
            self.start = parse_selector_list(match.group(1), context)
            self.is_valid = self.start is not None
        if match.group(2) is not None:
            self.end = parse_selector_list(match.group(2), SelectorContext(namespaces, True))
            self.is_valid = self.is_valid and self.end is not None


_SCOPE: Final = re.compile(
    r"\s*(?:\((.*?)\)(?=\s*(?:\Z|to\b)))?\s*(?:to\s*\((.*)\))?\s*", re.IGNORECASE | re.DOTALL
)


@final
class LayerStatement(Rule):
    """@layer a, b.c;"""

    __slots__ = ("names",)

    def __init__(self, names: list[str], offset: int) -> None:
        super().__init__(offset)
        self.names: Final = names


@final
class ImportRule(Rule):
    """@import.

    Attributes:
        sheet: the importing sheet.
        url: absolute.
        media: the media query list's text, "" for all.
        layer: None for none, "" for an anonymous layer, else its name.
        is_supported: whether the supports() condition holds (True without one).
        layers_before: names of @layer statements that stand in front, which order layers.
    """

    __slots__ = ("is_supported", "layer", "layers_before", "media", "sheet", "url")

    def __init__(self, sheet: StyleSheet, url: str, offset: int) -> None:
        super().__init__(offset)
        self.sheet: Final = sheet
        self.url: Final = url
        self.media: str = ""
        self.layer: str | None = None
        self.is_supported: bool = True
        self.layers_before: list[str] = []


@final
class DescriptorRule(Rule):
    """@font-face, @property, @counter-style, @keyframes, @page ...: a name and a block kept as text."""

    __slots__ = ("block", "name", "prelude", "sheet")

    def __init__(self, sheet: StyleSheet, name: str, prelude: str, block: str, offset: int) -> None:
        super().__init__(offset)
        self.sheet: Final = sheet
        self.name: Final = name
        self.prelude: Final = prelude
        self.block: Final = block


_GROUPS: Final = {
    "media": GroupKind.MEDIA,
    "supports": GroupKind.SUPPORTS,
    "container": GroupKind.CONTAINER,
    "starting-style": GroupKind.STARTING_STYLE,
}
_DESCRIPTORS: Final = frozenset(
    (
        "font-face property counter-style keyframes -webkit-keyframes page font-feature-values "
        "font-palette-values position-try view-transition"
    ).split()
)
_LAYER_NAME: Final = re.compile(r"-?[a-zA-Z_][a-zA-Z0-9_-]*(?:\.-?[a-zA-Z_][a-zA-Z0-9_-]*)*")


@final
class StyleSheet:
    """A style sheet.

    Attributes:
        text, url, origin, media: as given. `url` is what relative addresses in it are resolved against.
        imported_by: the rule that imported it, None for a sheet of its own.
        rules: in order.
        imports: its @import rules; whoever loads sheets puts what they name in front of this one.
        namespaces: of @namespace; "" is the default.
        blocks_parsed: how many declaration blocks somebody has asked for.
    """

    def __init__(
        self,
        text: str,
        *,
        url: str = "about:blank",
        origin: Origin = Origin.AUTHOR,
        media: str = "",
        imported_by: ImportRule | None = None,
        is_quirks: bool = False,
    ) -> None:
        self.text: Final = text.replace("\0", "\ufffd") if "\0" in text else text
        self.url: Final = url
        self.origin: Final = origin
        self.media: Final = media
        self.imported_by: Final = imported_by
        self.namespaces: dict[str, str] = {}
        self.imports: list[ImportRule] = []
        self.blocks_parsed: int = 0
        self.value_context: Final = ValueContext(url, is_quirks, origin == Origin.USER_AGENT)
        self.rules: list[Rule] = []
        self._read()

    def _read(self) -> None:
        text = self.text
        may_import = True
        may_namespace = True
        layers: list[str] = []
        for raw in split_rules(text, 0, len(text)):
            name = raw.name
            if name == "charset":
                continue
            if name == "import" and raw.block_start < 0:
                if may_import:
                    rule = self._import(raw)
                    if rule is not None:
                        rule.layers_before = list(layers)
                        self.imports.append(rule)
                continue
            if name == "layer" and raw.block_start < 0:
                names = _layer_names(self.text[raw.prelude_start : raw.prelude_end])
                if may_import and names is not None:
                    layers.extend(names)
            elif name == "namespace" and raw.block_start < 0:
                may_import = False
                if may_namespace:
                    self._namespace(raw)
                continue
            else:
                may_import = may_namespace = False
            self._add(raw, self.rules, None, None, 0)

    def _add(
        self, raw: RawRule, into: list[Rule], parent: StyleRule | None, scope: ScopeRule | None, depth: int
    ) -> None:
        text = self.text
        if not raw.name:
            prelude = text[raw.prelude_start : raw.prelude_end].strip(" \t\r\n\f")
            self._style_rule(raw, prelude, into, parent, scope, depth)
            return
        if depth > limits.MAX_RULE_NESTING:
            return
        prelude = text[raw.prelude_start : raw.prelude_end].strip(" \t\r\n\f")
        if "/*" in prelude:
            prelude = _COMMENTS.sub(" ", prelude).strip(" \t\r\n\f")
        name = raw.name
        if raw.block_start < 0:
            if name == "layer" and parent is None:
                names = _layer_names(prelude)
                if names:
                    into.append(LayerStatement(names, raw.prelude_start))
            return
        group: GroupRule
        kind = _GROUPS.get(name)
        if kind is not None:
            group = GroupRule(kind, prelude, raw.prelude_start)
        elif name == "layer":
            names = _layer_names(prelude)
            if names is None or len(names) > 1:
                return
            group = GroupRule(GroupKind.LAYER, names[0] if names else "", raw.prelude_start)
        elif name == "scope":
            group = ScopeRule(prelude, raw.prelude_start, self.namespaces)
            if not group.is_valid:
                return
            group.parent = scope
            scope = group
            parent = None
        elif name in _DESCRIPTORS:
            if parent is None:
                block = text[raw.block_start : raw.block_end]
                into.append(DescriptorRule(self, name, prelude, block, raw.prelude_start))
            return
        else:
            return
        into.append(group)
        if parent is None and scope is None:
            children = raw.children
            if children is None:
                children = split_rules(text, raw.block_start, raw.block_end)
            for child in children:
                self._add(child, group.children, None, None, depth + 1)
        else:
            self._nested(raw.block_start, raw.block_end, group.children, parent, scope, depth + 1)

    def _style_rule(
        self,
        raw: RawRule,
        prelude: str,
        into: list[Rule],
        parent: StyleRule | None,
        scope: ScopeRule | None,
        depth: int,
    ) -> None:
        text = self.text
        start, end = raw.block_start, raw.block_end
        has_rules = text.find("{", start, end) >= 0 or text.find("@", start, end) >= 0
        block = "" if has_rules else text[start:end]
        rule = StyleRule(self, prelude, block, raw.prelude_start, parent)
        rule.scope = scope
        if not has_rules:
            into.append(rule)
            return
        if depth > limits.MAX_RULE_NESTING:
            return
        pieces = split_block(text, start, end)
        if pieces and pieces[0].is_declaration:
            block = text[pieces[0].block_start : pieces[0].block_end]
            pieces = pieces[1:]
            rule = StyleRule(self, prelude, block, raw.prelude_start, parent)
            rule.scope = scope
        into.append(rule)
        for piece in pieces:
            if piece.is_declaration:
                into.append(self._repeat(rule, piece))
            else:
                self._add(piece, into, rule, scope, depth + 1)

    def _repeat(self, rule: StyleRule, piece: RawRule) -> StyleRule:
        block = self.text[piece.block_start : piece.block_end]
        again = StyleRule(self, rule.prelude, block, piece.block_start, rule.parent)
        again.scope = rule.scope
        again.repeats = rule
        return again

    def _nested(
        self,
        start: int,
        end: int,
        into: list[Rule],
        parent: StyleRule | None,
        scope: ScopeRule | None,
        depth: int,
    ) -> None:
        """The block of a conditional rule inside a style rule (or of @scope): bare declarations belong to `&`."""
        for piece in split_block(self.text, start, end):
            if not piece.is_declaration:
                self._add(piece, into, parent, scope, depth)
            elif parent is not None:
                into.append(self._repeat(parent, piece))
            else:
                block = self.text[piece.block_start : piece.block_end]
                rule = StyleRule(self, ":where(:scope)", block, piece.block_start, None)
                rule.scope = scope
                into.append(rule)

    def _import(self, raw: RawRule) -> ImportRule | None:
        tokens = tokenize(self.text[raw.prelude_start : raw.prelude_end])
        if not tokens:
            return None
        first = tokens[0]
        if first.kind == TokenKind.STRING or first.kind == TokenKind.URL:
            address = first.text
        elif first.is_function("url") and len(first.children) == 1:
            address = first.children[0].text
        else:
            return None
        url = resolve(self.url, address)
        if url is None:
            return None
        rule = ImportRule(self, url, raw.prelude_start)
        rest = tokens[1:]
        if rest and rest[0].is_ident("layer"):
            rule.layer = ""
            rest = rest[1:]
        elif rest and rest[0].is_function("layer"):
            rule.layer = token_text(rest[0].children)
            rest = rest[1:]
        if rest and rest[0].is_function("supports"):
            rule.is_supported = supports_condition("(" + token_text(rest[0].children) + ")") or (
                supports_condition(token_text(rest[0].children))
            )
            rest = rest[1:]
        rule.media = token_text(rest)
        return rule

    def _namespace(self, raw: RawRule) -> None:
        tokens = tokenize(self.text[raw.prelude_start : raw.prelude_end])
        prefix = ""
        if len(tokens) == 2 and tokens[0].kind == TokenKind.IDENT:
            prefix = tokens[0].text
            tokens = tokens[1:]
        if len(tokens) != 1:
            return
        token = tokens[0]
        if token.kind == TokenKind.STRING or token.kind == TokenKind.URL:
            self.namespaces[prefix] = token.text
        elif token.is_function("url") and len(token.children) == 1:
            self.namespaces[prefix] = token.children[0].text


_COMMENTS: Final = re.compile(r"/\*[\s\S]*?(?:\*/|\Z)")


def _layer_names(prelude: str) -> list[str] | None:
    """The names of @layer, None where one is invalid; [] for an anonymous layer."""
    prelude = _COMMENTS.sub(" ", prelude).strip(" \t\r\n\f")
    if not prelude:
        return []
    names = [name.strip(" \t\r\n\f") for name in prelude.split(",")]
    return [unescape(name) for name in names] if all(_LAYER_NAME.fullmatch(name) for name in names) else None


def token_text(tokens: list[Token]) -> str:
    """Tokens as text again, good enough to be parsed once more."""
    parts: list[str] = []
    for token in tokens:
        kind = token.kind
        if token.spaced and parts:
            parts.append(" ")
        if kind == TokenKind.FUNCTION:
            parts.append(f"{token.text}({token_text(token.children)})")
        elif kind == TokenKind.PAREN:
            parts.append(f"({token_text(token.children)})")
        elif kind == TokenKind.BRACKET:
            parts.append(f"[{token_text(token.children)}]")
        elif kind == TokenKind.BRACE:
            parts.append("{" + token_text(token.children) + "}")
        elif kind == TokenKind.DIMENSION:
            parts.append(f"{token.value:.12g}{token.text}")
        elif kind == TokenKind.PERCENTAGE:
            parts.append(f"{token.value:.12g}%")
        elif kind == TokenKind.STRING:
            escaped = token.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
            parts.append(f'"{escaped}"')
        elif kind == TokenKind.URL:
            escaped = token.text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
            parts.append(f'url("{escaped}")')
        elif kind == TokenKind.HASH:
            parts.append("#" + token.text)
        elif kind == TokenKind.AT_KEYWORD:
            parts.append("@" + token.text)
        else:
            parts.append(token.text)
    return "".join(parts)

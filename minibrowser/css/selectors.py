"""Selectors (https://drafts.csswg.org/selectors-4/): from text to compact objects.

Artifact: `Selector`, its compounds from right to left. Parsing is total: an invalid selector is None, and
makes its whole list invalid except inside the forgiving lists of :is() and :where().
"""

from __future__ import annotations

import re
from typing import Final, final

from .. import limits
from .selector_kinds import (
    AttributeOperator as AttributeOperator,
    Combinator as Combinator,
    SimpleKind as SimpleKind,
)
from .style_tree import PseudoElement
from .syntax import unescape


@final
class SimpleSelector:
    """A simple selector.

    Attributes:
        kind: which.
        name: an attribute's name, the languages of :lang() (separated by spaces), the direction of :dir().
        name_lower: `name` in lower case, for HTML elements in HTML documents.
        namespace: of an attribute: None for none, "*" for any, else the URL.
        value: an attribute's value.
        operator: of an attribute.
        ignore_case: 1 for the i flag, -1 for s, 0 for neither.
        step, offset: An+B.
        selectors: of :is, :where, :not, :has and `of S`.
    """

    __slots__ = (
        "ignore_case",
        "kind",
        "name",
        "name_lower",
        "namespace",
        "offset",
        "operator",
        "selectors",
        "step",
        "value",
    )

    def __init__(
        self, kind: SimpleKind, name: str = "", value: str = "", selectors: tuple[Selector, ...] = ()
    ) -> None:
        self.kind: Final = kind
        self.name: Final = name
        self.name_lower: Final = name.lower()
        self.value: Final = value
        self.selectors: tuple[Selector, ...] = selectors
        self.namespace: str | None = None
        self.operator: AttributeOperator = AttributeOperator.EXISTS
        self.ignore_case: int = 0
        self.step: int = 0
        self.offset: int = 0


@final
class Compound:
    """Simple selectors that all match one element.

    Attributes:
        tag: a type selector's name as written, "" for none or `*`; `tag_lower` for HTML elements.
        namespace: None for any, "" for no namespace, else a URL.
        id: the first id, "" for none. classes: all classes. others: the rest.
        combinator: how this compound relates to the one on its right; NONE for the rightmost.
    """

    __slots__ = ("classes", "combinator", "id", "namespace", "others", "tag", "tag_lower")

    def __init__(self) -> None:
        self.tag: str = ""
        self.tag_lower: str = ""
        self.namespace: str | None = None
        self.id: str = ""
        self.classes: tuple[str, ...] = ()
        self.others: tuple[SimpleSelector, ...] = ()
        self.combinator: Combinator = Combinator.NONE


@final
class Selector:
    """A complex selector.

    Attributes:
        compounds: from right to left.
        specificity: a * 2^40 + b * 2^20 + c.
        pseudo: the pseudo-element at its end.
        is_dead: it is valid but matches nothing (an unknown ::-webkit- pseudo-element).
        leading: of relative selectors (inside :has() or nested): the combinator in front.
        has_nesting: whether `&` occurs anywhere in it.
    """

    __slots__ = ("compounds", "has_nesting", "is_dead", "leading", "pseudo", "specificity")

    def __init__(self, compounds: tuple[Compound, ...], specificity: int) -> None:
        self.compounds: Final = compounds
        self.specificity: int = specificity
        self.pseudo: PseudoElement = PseudoElement.NONE
        self.is_dead: bool = False
        self.leading: Combinator = Combinator.NONE
        self.has_nesting: bool = False


ID: Final = 1 << 40
CLASS: Final = 1 << 20
TYPE: Final = 1

_IDENT_SOURCE: Final = (
    r"(?:--|-?(?:[a-zA-Z_]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f0-9a-fA-F])))"
    r"(?:[a-zA-Z0-9_-]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f0-9a-fA-F]))*+"
)
_IDENT: Final = re.compile(_IDENT_SOURCE)
_NAME: Final = re.compile(
    r"(?:[a-zA-Z0-9_-]|[^\x00-\x7f]|\\(?:[0-9a-fA-F]{1,6}(?:\r\n|[ \t\r\n\f])?|[^\n\r\f0-9a-fA-F]))++"
)
_SPACE: Final = re.compile(r"(?:[ \t\r\n\f]|/\*[\s\S]*?(?:\*/|\Z))*+")
_STRING: Final = re.compile(
    r"\"((?:[^\"\\\n\r\f]|\\[\s\S])*+)(?:\"|\Z)|'((?:[^'\\\n\r\f]|\\[\s\S])*+)(?:'|\Z)"
)
_OPERATOR: Final = re.compile(r"[~|^$*]?=")
_NTH: Final = re.compile(
    r"(?:(?P<even>even)|(?P<odd>odd)|(?P<a>[+-]?[0-9]*)n(?:[ \t\r\n\f]*(?P<sign>[+-])[ \t\r\n\f]*(?P<b>[0-9]+))?"
    r"|(?P<only>[+-]?[0-9]+))(?![a-zA-Z0-9_-])",
    re.IGNORECASE,
)
_OF: Final = re.compile(r"of(?![a-zA-Z0-9_-])", re.IGNORECASE)

_OPERATORS: Final = {
    "=": AttributeOperator.EQUALS,
    "~=": AttributeOperator.INCLUDES,
    "|=": AttributeOperator.DASH,
    "^=": AttributeOperator.PREFIX,
    "$=": AttributeOperator.SUFFIX,
    "*=": AttributeOperator.SUBSTRING,
}
_COMBINATORS: Final = {
    ">": Combinator.CHILD,
    "+": Combinator.NEXT_SIBLING,
    "~": Combinator.SUBSEQUENT_SIBLING,
}

_PSEUDO_CLASSES: Final[dict[str, SimpleKind]] = {
    "root": SimpleKind.ROOT,
    "scope": SimpleKind.SCOPE,
    "empty": SimpleKind.EMPTY,
    "link": SimpleKind.LINK,
    "any-link": SimpleKind.ANY_LINK,
    "-webkit-any-link": SimpleKind.ANY_LINK,
    "visited": SimpleKind.VISITED,
    "hover": SimpleKind.HOVER,
    "active": SimpleKind.ACTIVE,
    "focus": SimpleKind.FOCUS,
    "focus-visible": SimpleKind.FOCUS_VISIBLE,
    "focus-within": SimpleKind.FOCUS_WITHIN,
    "checked": SimpleKind.CHECKED,
    "disabled": SimpleKind.DISABLED,
    "enabled": SimpleKind.ENABLED,
    "required": SimpleKind.REQUIRED,
    "optional": SimpleKind.OPTIONAL,
    "placeholder-shown": SimpleKind.PLACEHOLDER_SHOWN,
    "read-only": SimpleKind.READ_ONLY,
    "read-write": SimpleKind.READ_WRITE,
    "default": SimpleKind.DEFAULT,
    "indeterminate": SimpleKind.INDETERMINATE,
    "valid": SimpleKind.VALID,
    "invalid": SimpleKind.INVALID,
    "in-range": SimpleKind.IN_RANGE,
    "out-of-range": SimpleKind.OUT_OF_RANGE,
    "target": SimpleKind.TARGET,
    "defined": SimpleKind.DEFINED,
    "open": SimpleKind.OPEN,
    "heading": SimpleKind.HEADING,
    "only-child": SimpleKind.ONLY_CHILD,
    "only-of-type": SimpleKind.ONLY_OF_TYPE,
    "host": SimpleKind.NEVER,
    "target-within": SimpleKind.TARGET_WITHIN,
    **dict.fromkeys(
        "autofill -webkit-autofill fullscreen "
        "-webkit-full-screen modal picture-in-picture popover-open user-valid user-invalid paused "
        "playing seeking buffering stalled muted volume-locked current past future window-inactive "
        "target-current has-slotted -webkit-drag -internal-list-box xr-overlay active-view-transition "
        "horizontal vertical decrement increment start end double-button single-button no-button corner-present "
        "-webkit-full-page-media -webkit-full-screen-ancestor".split(),
        SimpleKind.NEVER,
    ),
}
_NTH_CLASSES: Final = {
    "nth-child": SimpleKind.NTH_CHILD,
    "nth-last-child": SimpleKind.NTH_LAST_CHILD,
    "nth-of-type": SimpleKind.NTH_OF_TYPE,
    "nth-last-of-type": SimpleKind.NTH_LAST_OF_TYPE,
}
_FIRST_LAST: Final = {
    "first-child": SimpleKind.NTH_CHILD,
    "last-child": SimpleKind.NTH_LAST_CHILD,
    "first-of-type": SimpleKind.NTH_OF_TYPE,
    "last-of-type": SimpleKind.NTH_LAST_OF_TYPE,
}
PSEUDO_ELEMENTS: Final[dict[str, PseudoElement]] = {
    "before": PseudoElement.BEFORE,
    "after": PseudoElement.AFTER,
    "marker": PseudoElement.MARKER,
    "first-line": PseudoElement.FIRST_LINE,
    "first-letter": PseudoElement.FIRST_LETTER,
    "placeholder": PseudoElement.PLACEHOLDER,
    "-webkit-input-placeholder": PseudoElement.PLACEHOLDER,
    "selection": PseudoElement.SELECTION,
    "backdrop": PseudoElement.BACKDROP,
    "file-selector-button": PseudoElement.FILE_SELECTOR_BUTTON,
    "-webkit-file-upload-button": PseudoElement.FILE_SELECTOR_BUTTON,
    "-webkit-slider-thumb": PseudoElement.SLIDER_THUMB,
    "-webkit-slider-runnable-track": PseudoElement.SLIDER_TRACK,
    "-webkit-progress-bar": PseudoElement.PROGRESS_BAR,
    "-webkit-progress-value": PseudoElement.PROGRESS_VALUE,
    "-webkit-meter-bar": PseudoElement.METER_BAR,
    "-webkit-meter-optimum-value": PseudoElement.METER_OPTIMUM_VALUE,
    "-webkit-meter-suboptimum-value": PseudoElement.METER_SUBOPTIMUM_VALUE,
    "-webkit-meter-even-less-good-value": PseudoElement.METER_EVEN_LESS_GOOD_VALUE,
    "-webkit-color-swatch-wrapper": PseudoElement.COLOR_SWATCH_WRAPPER,
    "-webkit-color-swatch": PseudoElement.COLOR_SWATCH,
    "-webkit-calendar-picker-indicator": PseudoElement.CALENDAR_PICKER_INDICATOR,
}
_KNOWN_DEAD: Final = frozenset(
    (
        "cue target-text spelling-error grammar-error details-content search-text "
        "view-transition checkmark picker-icon scroll-marker scroll-marker-group column"
    ).split()
)
_DEAD_FUNCTIONS: Final = frozenset(
    (
        "part slotted highlight cue picker scroll-button view-transition-group view-transition-image-pair "
        "view-transition-old view-transition-new"
    ).split()
)
_ONE_COLON: Final = frozenset(("before", "after", "first-line", "first-letter"))


@final
class SelectorContext:
    """What the text of a selector refers to.

    Attributes:
        namespaces: prefixes of `@namespace`; "" is the default namespace.
        is_nested: whether relative selectors are allowed, and `&` is what they hang from.
    """

    __slots__ = ("is_nested", "namespaces")

    def __init__(self, namespaces: dict[str, str] | None = None, is_nested: bool = False) -> None:
        self.namespaces: Final[dict[str, str]] = namespaces or {}
        self.is_nested: Final = is_nested


PLAIN_CONTEXT: Final = SelectorContext()


def parse_selector_list(text: str, context: SelectorContext = PLAIN_CONTEXT) -> tuple[Selector, ...] | None:
    """The selectors of a list, None where one of them is invalid."""
    parser = _Parser(text, context)
    selectors = parser.list(relative=context.is_nested, forgiving=False, depth=0)
    if selectors is None or parser.position < len(text):
        return None
    return tuple(selectors)


@final
class _Parser:
    """One pass over the text; `position` moves on. Methods give None for what is invalid."""

    def __init__(self, text: str, context: SelectorContext) -> None:
        self.text: Final = text
        self.length: Final = len(text)
        self.context: Final = context
        self.position: int = 0
        self.saw_nesting: bool = False
        self.in_has: bool = False
        self.names_type: bool = False

    def skip(self) -> bool:
        """Go over white space; whether there was any."""
        start = self.position
        match = _SPACE.match(self.text, start)
        if match is not None:
            self.position = match.end()
        return self.position > start

    def peek(self) -> str:
        return self.text[self.position] if self.position < self.length else ""

    def ident(self) -> str | None:
        match = _IDENT.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        return unescape(match.group())

    def list(self, *, relative: bool, forgiving: bool, depth: int) -> list[Selector] | None:
        """Selectors up to `)` or the end."""
        selectors: list[Selector] = []
        if depth > limits.MAX_NESTING // 4:
            return None
        self.skip()
        if forgiving and self.peek() in (")", ""):
            return selectors
        while True:
            start = self.position
            selector = self.complex(relative, depth)
            self.skip()
            if selector is None or self.peek() not in (",", ")", ""):
                if not forgiving:
                    return None
                self.position = start
                self._skip_invalid()
            else:
                selectors.append(selector)
            if self.peek() != ",":
                return selectors
            self.position += 1
            self.skip()

    def _skip_invalid(self) -> None:
        """To the next comma or the closing parenthesis of this level."""
        depth = 0
        while self.position < self.length:
            character = self.text[self.position]
            if character in "([":
                depth += 1
            elif character in ")]":
                if depth == 0:
                    return
                depth -= 1
            elif character == "," and depth == 0:
                return
            elif character in "\"'":
                match = _STRING.match(self.text, self.position)
                if match is not None:
                    self.position = match.end()
                    continue
            elif character == "\\":
                self.position += 1
            elif character == "&":
                self.saw_nesting = True
            self.position += 1
        self.position = min(self.position, self.length)

    def complex(self, relative: bool, depth: int) -> Selector | None:
        compounds: list[Compound] = []
        untyped: list[Compound] = []
        specificity = 0
        saw_before = self.saw_nesting
        self.saw_nesting = False
        self.skip()
        leading = Combinator.NONE
        if relative:
            found = _COMBINATORS.get(self.peek())
            if found is not None:
                leading = found
                self.position += 1
                self.skip()
        pseudo = PseudoElement.NONE
        is_dead = False
        while True:
            start = self.position
            compound = Compound()
            added = self.compound(compound, depth)
            if added < 0:
                return None
            specificity += added
            has_simple = self.position > start
            if self.text.startswith("::", self.position) or self._is_legacy_pseudo_element():
                found_pseudo = self.pseudo_elements(depth)
                if found_pseudo is None:
                    return None
                specificity += TYPE
                pseudo, is_dead = found_pseudo
                has_simple = True
            if not has_simple:
                return None
            if depth and not self.names_type:
                # Inside :is() and :not() the default namespace restricts all compounds but the subject
                # (https://drafts.csswg.org/selectors-4/#matches).
                untyped.append(compound)
            compounds.append(compound)
            had_space = self.skip()
            character = self.peek()
            if character in (",", ")", ""):
                break
            if pseudo != PseudoElement.NONE or is_dead:
                return None
            combinator = _COMBINATORS.get(character)
            if combinator is not None:
                self.position += 1
                self.skip()
            elif had_space:
                combinator = Combinator.DESCENDANT
            else:
                return None
            compound.combinator = combinator
        for compound in untyped:
            if compound is not compounds[-1]:
                compound.namespace = self.context.namespaces.get("")
        selector = Selector(tuple(reversed(compounds)), specificity)
        selector.pseudo = pseudo
        selector.is_dead = is_dead
        selector.leading = leading
        selector.has_nesting = self.saw_nesting
        self.saw_nesting = self.saw_nesting or saw_before
        return selector

    def _is_legacy_pseudo_element(self) -> bool:
        if self.peek() != ":":
            return False
        match = _IDENT.match(self.text, self.position + 1)
        return match is not None and match.group().lower() in _ONE_COLON

    def compound(self, compound: Compound, depth: int) -> int:
        """Fill in a compound; its specificity, or -1."""
        specificity = self.type_selector(compound, depth)
        if specificity < 0:
            return -1
        classes: list[str] = []
        others: list[SimpleSelector] = []
        text = self.text
        while self.position < self.length:
            character = text[self.position]
            if character == ".":
                self.position += 1
                name = self.ident()
                if name is None:
                    return -1
                classes.append(name)
                specificity += CLASS
            elif character == "#":
                self.position += 1
                name = self.ident()
                if name is None:
                    return -1
                if compound.id:
                    others.append(SimpleSelector(SimpleKind.EXTRA_ID, name))
                else:
                    compound.id = name
                specificity += ID
            elif character == "[":
                simple = self.attribute()
                if simple is None:
                    return -1
                others.append(simple)
                specificity += CLASS
            elif character == "&":
                self.position += 1
                self.saw_nesting = True
                others.append(SimpleSelector(SimpleKind.NESTING))
            elif character == ":":
                if text.startswith("::", self.position) or self._is_legacy_pseudo_element():
                    break
                simple, added = self.pseudo_class(depth)
                if simple is None:
                    return -1
                others.append(simple)
                specificity += added
            else:
                break
        compound.classes = tuple(classes)
        compound.others = tuple(others)
        return specificity

    def type_selector(self, compound: Compound, depth: int) -> int:
        """[ns|]name or [ns|]*; its specificity, or -1."""
        start = self.position
        prefix: str | None = None
        name: str | None
        if self.peek() == "*":
            self.position += 1
            name = "*"
        else:
            name = self.ident()
        if self.peek() == "|" and not self.text.startswith("|=", self.position):
            self.position += 1
            prefix = name or ""
            if self.peek() == "*":
                self.position += 1
                name = "*"
            else:
                name = self.ident()
            if name is None:
                self.position = start
                return -1
        namespaces = self.context.namespaces
        self.names_type = name is not None
        if prefix is None:
            # The default namespace does not restrict arguments of :is() and :not() that name no type.
            compound.namespace = namespaces.get("") if name is not None or depth == 0 else None
        elif prefix == "*":
            compound.namespace = None
        elif prefix == "":
            compound.namespace = ""
        else:
            if prefix not in namespaces:
                return -1
            compound.namespace = namespaces[prefix]
        if name is None or name == "*":
            return 0
        compound.tag = name
        compound.tag_lower = name.lower()
        return TYPE

    def attribute(self) -> SimpleSelector | None:
        self.position += 1
        self.skip()
        namespace: str | None = None
        name: str | None
        if self.peek() == "*":
            self.position += 1
            if self.peek() != "|":
                return None
            self.position += 1
            namespace = "*"
            name = self.ident()
        elif self.peek() == "|":
            self.position += 1
            name = self.ident()
        else:
            name = self.ident()
            if self.peek() == "|" and not self.text.startswith("|=", self.position):
                self.position += 1
                namespace = self.context.namespaces.get(name or "")
                if namespace is None:
                    return None
                name = self.ident()
        if name is None:
            return None
        self.skip()
        if self.peek() in ("]", ""):
            self.position += 1
            simple = SimpleSelector(SimpleKind.ATTRIBUTE, name)
            simple.namespace = namespace
            return simple
        match = _OPERATOR.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        self.skip()
        value = self.string()
        if value is None:
            value = self.ident()
        if value is None:
            return None
        self.skip()
        flag = 0
        letter = self.peek()
        if letter and letter in "iIsS":
            flag = 1 if letter in "iI" else -1
            self.position += 1
            self.skip()
        if self.peek() not in ("]", ""):
            return None
        self.position += 1
        simple = SimpleSelector(SimpleKind.ATTRIBUTE, name, value)
        simple.namespace = namespace
        simple.operator = _OPERATORS[match.group()]
        simple.ignore_case = flag
        return simple

    def string(self) -> str | None:
        match = _STRING.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        value = match.group(1) if match.group(1) is not None else match.group(2)
        return unescape(value)

    def close(self) -> bool:
        """Go over the closing parenthesis; at the end of the text it is implied."""
        self.skip()
        if self.position >= self.length:
            self.position = self.length
            return True
        if self.text[self.position] == ")":
            self.position += 1
            return True
        return False

    def pseudo_class(self, depth: int) -> tuple[SimpleSelector | None, int]:
        self.position += 1
        name = self.ident()
        if name is None:
            return None, 0
        name = name.lower()
        if self.peek() != "(":
            kind = _PSEUDO_CLASSES.get(name)
            if kind is not None:
                return SimpleSelector(kind, name), CLASS
            kind = _FIRST_LAST.get(name)
            if kind is not None:
                simple = SimpleSelector(kind)
                simple.offset = 1
                return simple, CLASS
            return None, 0
        self.position += 1
        found = self.functional(name, depth)
        if found[0] is None or not self.close():
            return None, 0
        return found

    def functional(self, name: str, depth: int) -> tuple[SimpleSelector | None, int]:
        if name in ("is", "where", "matches", "-webkit-any"):
            selectors = self.list(relative=False, forgiving=True, depth=depth + 1)
            if selectors is None:
                return None, 0
            selectors = [one for one in selectors if one.pseudo == PseudoElement.NONE and not one.is_dead]
            if name == "where":
                return SimpleSelector(SimpleKind.WHERE, selectors=tuple(selectors)), 0
            return SimpleSelector(SimpleKind.IS, selectors=tuple(selectors)), _most(selectors)
        if name == "not":
            selectors = self.list(relative=False, forgiving=False, depth=depth + 1)
            if not selectors or any(one.pseudo != PseudoElement.NONE for one in selectors):
                return None, 0
            return SimpleSelector(SimpleKind.NOT, selectors=tuple(selectors)), _most(selectors)
        if name == "has":
            if self.in_has:
                return None, 0
            self.in_has = True
            selectors = self.list(relative=True, forgiving=False, depth=depth + 1)
            self.in_has = False
            if not selectors or any(one.pseudo != PseudoElement.NONE for one in selectors):
                return None, 0
            return SimpleSelector(SimpleKind.HAS, selectors=tuple(selectors)), _most(selectors)
        nth = _NTH_CLASSES.get(name)
        if nth is not None:
            return self.nth(nth, depth)
        if name == "lang":
            return self.languages()
        if name == "dir":
            self.skip()
            direction = self.ident()
            if direction is None:
                return None, 0
            return SimpleSelector(SimpleKind.DIR, direction.lower()), CLASS
        if name in ("host", "host-context", "state", "active-view-transition-type"):
            self._skip_invalid()
            return SimpleSelector(SimpleKind.NEVER), CLASS
        return None, 0

    def nth(self, kind: SimpleKind, depth: int) -> tuple[SimpleSelector | None, int]:
        self.skip()
        match = _NTH.match(self.text, self.position)
        if match is None:
            return None, 0
        self.position = match.end()
        simple = SimpleSelector(kind)
        if match.group("even"):
            simple.step = 2
        elif match.group("odd"):
            simple.step, simple.offset = 2, 1
        elif match.group("only") is not None:
            simple.offset = _small_int(match.group("only"))
        else:
            step = match.group("a")
            simple.step = -1 if step == "-" else 1 if step in ("", "+") else _small_int(step)
            if match.group("b") is not None:
                simple.offset = _small_int(match.group("sign") + match.group("b"))
        added = CLASS
        self.skip()
        of = _OF.match(self.text, self.position)
        if of is not None and kind in (SimpleKind.NTH_CHILD, SimpleKind.NTH_LAST_CHILD):
            self.position = of.end()
            selectors = self.list(relative=False, forgiving=False, depth=depth + 1)
            if not selectors:
                return None, 0
            simple.selectors = tuple(selectors)
            added += _most(selectors)
        return simple, added

    def languages(self) -> tuple[SimpleSelector | None, int]:
        names: list[str] = []
        while True:
            self.skip()
            name = self.string()
            if name is None:
                wildcard = ""
                if self.peek() == "*":
                    wildcard = "*"
                    self.position += 1
                name = self.ident()
                if name is None and not wildcard:
                    return None, 0
                name = wildcard + (name or "")
            names.append(name.lower())
            self.skip()
            if self.peek() != ",":
                return SimpleSelector(SimpleKind.LANG, "\n".join(names)), CLASS
            self.position += 1

    def pseudo_elements(self, depth: int) -> tuple[PseudoElement, bool] | None:
        """A pseudo-element with what follows it, and whether it is one that nothing here matches.

        States after a pseudo-element (::before:hover, ::-webkit-scrollbar:horizontal) never hold here;
        ::before::marker has no box of its own yet.
        """
        found = self._pseudo_element()
        if found is None or self.peek() != ":":
            return found
        while self.peek() == ":":
            if self.text.startswith("::", self.position):
                if self._pseudo_element() is None:
                    return None
            elif self.pseudo_class(depth)[0] is None:
                return None
        return found[0], True

    def _pseudo_element(self) -> tuple[PseudoElement, bool] | None:
        self.position += 2 if self.text.startswith("::", self.position) else 1
        name = self.ident()
        if name is None:
            return None
        name = name.lower()
        if self.peek() == "(":
            if name not in _DEAD_FUNCTIONS:
                return None
            self.position += 1
            self._skip_invalid()
            if not self.close():
                return None
            return PseudoElement.NONE, True
        known = PSEUDO_ELEMENTS.get(name)
        if known is not None:
            return known, False
        if not name.startswith("-webkit-") and name not in _KNOWN_DEAD:
            return None
        return PseudoElement.NONE, True


def _most(selectors: list[Selector]) -> int:
    return max((selector.specificity for selector in selectors), default=0)


def _small_int(text: str) -> int:
    # Python refuses to read thousands of digits; anything that large matches the same elements.
    return int(text) if len(text) < 12 else (-(2**31) if text[0] == "-" else 2**31)

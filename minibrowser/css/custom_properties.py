"""Custom properties, var(), env() and attr() (https://drafts.csswg.org/css-variables-2/): substitution over text.

Values are kept as text; what they are is known when the declaration that uses them is parsed.
"""

from __future__ import annotations

import re
from typing import Final, final

from .. import limits
from ..dom.node import Element
from .declarations import CssWide
from .if_function import Conditions
from .media import MediaContext
from .property_syntax import PropertySyntax, parse_property_syntax
from .syntax import closing, unescape
from .units import ABSOLUTE_LENGTHS, ANGLES, RELATIVE_LENGTHS, RESOLUTIONS, TIMES

_CALL: Final = re.compile(
    r"(?<![a-zA-Z0-9_-])(var|env|attr|if)\(|\"(?:[^\"\\]|\\[\s\S])*\"?|'(?:[^'\\]|\\[\s\S])*'?|/\*[\s\S]*?(?:\*/|\Z)"
    r"|(?<![a-zA-Z0-9_-])url\([ \t\r\n\f]*(?![\"' \t\r\n\f])[^)]*\)?",
    re.IGNORECASE,
)
_NAME: Final = re.compile(
    r"[ \t\r\n\f]*(--(?:[a-zA-Z0-9_-]|[^\x00-\x7f]|\\.)*|[a-zA-Z][a-zA-Z0-9-]*)[ \t\r\n\f]*"
)

_ENVIRONMENT: Final = {
    "safe-area-inset-top": "0px",
    "safe-area-inset-right": "0px",
    "safe-area-inset-bottom": "0px",
    "safe-area-inset-left": "0px",
    "safe-area-max-inset-bottom": "0px",
    "keyboard-inset-top": "0px",
    "keyboard-inset-right": "0px",
    "keyboard-inset-bottom": "0px",
    "keyboard-inset-left": "0px",
    "keyboard-inset-width": "0px",
    "keyboard-inset-height": "0px",
}


_ATTRIBUTE_UNITS: Final = frozenset(
    ("%", *ABSOLUTE_LENGTHS, *RELATIVE_LENGTHS, *ANGLES, *TIMES, *RESOLUTIONS, "hz", "khz", "fr")
)


@final
class RegisteredProperty:
    """An @property rule: `inherits`, and `initial`, None where there is none."""

    __slots__ = ("inherits", "initial", "name", "syntax")

    def __init__(self, name: str, syntax: PropertySyntax, inherits: bool, initial: str | None) -> None:
        self.name: Final = name
        self.syntax: Final = syntax
        self.inherits: Final = inherits
        self.initial: Final = initial


def _find(text: str, wanted: str) -> int:
    """The place of the first such character at the top level, -1 without one."""
    index = 0
    length = len(text)
    while index < length:
        character = text[index]
        if character == wanted:
            return index
        if character in "([{":
            index = closing(text, index + 1)
        elif character in "\"'":
            index += 1
            while index < length and text[index] != character:
                index += 2 if text[index] == "\\" else 1
        elif character == "\\":
            index += 1
        index += 1
    return -1


@final
class Substituter:
    """Replaces var(), env() and attr() in texts for one element.

    `lookup` says what a variable is; it is asked for each name once and may resolve further variables.
    """

    def __init__(
        self, variables: dict[str, str], element: Element | None, media: MediaContext | None = None
    ) -> None:
        self.variables: Final = variables
        self.element: Final = element
        self.media: Final = media or MediaContext()
        self.used_attributes: bool = False

    def substitute(self, text: str, depth: int = 0) -> str | None:
        """The text with everything replaced; None where it is invalid at computed-value time."""
        if depth > limits.MAX_NESTING:
            return None
        parts: list[str] = []
        position = 0
        total = 0
        while True:
            match = _CALL.search(text, position)
            if match is None:
                break
            if match.group(1) is None:
                if text.startswith("/*", match.start()):
                    # The result is parsed again, and a var() in a comment would have to be replaced again.
                    parts.append(text[position : match.start()] + "/**/")
                else:
                    parts.append(text[position : match.end()])
                position = match.end()
                continue
            end = closing(text, match.end())
            inner = text[match.end() : end]
            value = self._call(match.group(1).lower(), inner, depth)
            if value is None:
                return None
            parts.append(text[position : match.start()])
            # Replaced text does not glue to its neighbours: var(--a)var(--b) stays two tokens.
            parts.append(
                "/**/" + value + "/**/" if parts[-1][-1:].isalnum() or value[:1].isalnum() else value
            )
            total += len(value)
            if total > limits.MAX_VARIABLE_LENGTH:
                return None
            position = min(end + 1, len(text))
        if not parts:
            return text
        parts.append(text[position:])
        return "".join(parts)

    def _if(self, inner: str, depth: int) -> str | None:
        """if(condition: value; ...): the first value whose condition holds, nothing where none does."""
        conditions = Conditions(self.variables, self.media)
        rest = inner
        while rest:
            stop = _find(rest, ";")
            branch = rest if stop < 0 else rest[:stop]
            rest = "" if stop < 0 else rest[stop + 1 :]
            colon = _find(branch, ":")
            if colon < 0:
                if branch.strip(" \t\r\n\f"):
                    return None
                continue
            if conditions.hold(branch[:colon]):
                return self.substitute(branch[colon + 1 :].strip(" \t\r\n\f"), depth + 1)
        return ""

    def _call(self, kind: str, inner: str, depth: int) -> str | None:
        if kind == "if":
            return self._if(inner, depth)
        comma = _find(inner, ",")
        head = inner if comma < 0 else inner[:comma]
        fallback = None if comma < 0 else inner[comma + 1 :]
        value: str | None = None
        if kind == "var":
            value = self.variables.get(unescape(head.strip(" \t\r\n\f")))
        elif kind == "env":
            match = _NAME.match(head)
            if match is None:
                return None
            value = _ENVIRONMENT.get(match.group(1).lower())
        else:
            value = self._attribute(head)
            if value is None and fallback is None:
                return '""' if "(" not in head and len(head.split()) < 2 else None
        if value is not None:
            return value
        if fallback is None:
            return None
        return self.substitute(fallback.strip(" \t\r\n\f"), depth + 1)

    def _attribute(self, head: str) -> str | None:
        """attr(name), attr(name type(<...>)), attr(name px) (https://drafts.csswg.org/css-values-5/#attr-notation)."""
        self.used_attributes = True
        words = head.split(None, 1)
        if not words or self.element is None:
            return None
        value = self.element.attributes.get(words[0].lower())
        if value is None:
            return None
        kind = words[1].strip().lower() if len(words) == 2 else "string"
        if kind in ("string", "raw-string"):
            escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")
            return f'"{escaped}"'
        value = value.strip(" \t\r\n\f")
        if kind.startswith("type("):
            syntax = parse_property_syntax(words[1].strip(" \t\r\n\f")[5:].removesuffix(")"))
            return None if syntax is None else syntax.computed(value, None)
        if not re.fullmatch(r"[+-]?(?:[0-9]*\.)?[0-9]+(?:[eE][+-]?[0-9]+)?", value):
            return None
        if kind == "number":
            return value
        return value + kind if kind in _ATTRIBUTE_UNITS else None


def without_outer_comments(text: str) -> str:
    """Without the white space and the empty comments of substitution around it: what is left may be a keyword."""
    text = text.strip(" \t\r\n\f")
    while text.startswith("/**/"):
        text = text[4:].lstrip(" \t\r\n\f")
    while text.endswith("/**/"):
        text = text[:-4].rstrip(" \t\r\n\f")
    return text


def compute_variables(
    inherited: dict[str, str],
    declared: list[tuple[str, str | CssWide]],
    element: Element | None,
    registered: dict[str, RegisteredProperty],
    media: MediaContext | None = None,
) -> dict[str, str]:
    """The variables of an element: what it inherits, and what is declared for it with var() replaced.

    A variable in a cycle, or one whose value is invalid, is as if unset
    (https://drafts.csswg.org/css-variables-2/#cycles).
    """
    result = dict(inherited)
    for name, rule in registered.items():
        if not rule.inherits:
            if rule.initial is None:
                result.pop(name, None)
            else:
                result[name] = rule.initial
    pending: dict[str, str] = {}
    for name, value in declared:
        pending.pop(name, None)
        if isinstance(value, CssWide):
            registration = registered.get(name)
            inherits = registration is None or registration.inherits
            takes_parent = value == CssWide.INHERIT or (value != CssWide.INITIAL and inherits)
            parent_value = inherited.get(name) if takes_parent else None
            if parent_value is None and registration is not None and not takes_parent:
                parent_value = registration.initial
            if parent_value is None:
                result.pop(name, None)
            else:
                result[name] = parent_value
        elif "(" in value and _CALL.search(value) is not None:
            pending[name] = value
        else:
            result[name] = value
    if pending:
        _resolve_pending(result, pending, Substituter(result, element, media), registered, inherited)
    return result


def _references(value: str, names: dict[str, str]) -> list[str]:
    """The pending names that a value refers to, in fallbacks as well."""
    return [unescape(name) for name in _REFERENCE.findall(value) if unescape(name) in names]


_REFERENCE: Final = re.compile(r"(?<![a-zA-Z0-9_-])var\([ \t\r\n\f]*(--[^ \t\r\n\f,)]*)", re.IGNORECASE)


def _resolve_pending(
    result: dict[str, str],
    pending: dict[str, str],
    substituter: Substituter,
    registered: dict[str, RegisteredProperty],
    inherited: dict[str, str],
) -> None:
    """Resolve in order of dependence; strongly connected groups are cycles (Tarjan, without recursion)."""
    for name in pending:
        result.pop(name, None)
    order, cyclic = _dependency_order(pending)
    for name in order:
        value = None if name in cyclic else substituter.substitute(pending[name])
        if value is not None and len(value) <= limits.MAX_VARIABLE_LENGTH:
            result[name] = without_outer_comments(value)
            continue
        registration = registered.get(name)
        if name in cyclic and registration is None:
            continue
        if registration is not None and not registration.inherits:
            if registration.initial is not None:
                result[name] = registration.initial
        elif name in inherited and name not in cyclic:
            result[name] = inherited[name]


def _dependency_order(pending: dict[str, str]) -> tuple[list[str], set[str]]:
    """Names with those they refer to first, and the names that are in a cycle."""
    order: list[str] = []
    cyclic: set[str] = set()
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    on_stack: set[str] = set()
    stack: list[str] = []
    for root in pending:
        if root in index:
            continue
        work: list[tuple[str, list[str]]] = [(root, _references(pending[root], pending))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, references = work[-1]
            if references:
                target = references.pop()
                if target == name:
                    cyclic.add(name)
                elif target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, _references(pending[target], pending)))
                elif target in on_stack:
                    low[name] = min(low[name], index[target])
                continue
            work.pop()
            if work:
                parent = work[-1][0]
                low[parent] = min(low[parent], low[name])
            if low[name] == index[name]:
                group: list[str] = []
                while True:
                    member = stack.pop()
                    on_stack.discard(member)
                    group.append(member)
                    if member == name:
                        break
                if len(group) > 1:
                    cyclic.update(group)
                order.extend(group)
    return order, cyclic

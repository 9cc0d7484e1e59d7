"""A cheap cut of a style sheet into rules and of a block into declarations: positions, no tokens.

https://drafts.csswg.org/css-syntax-3/#parsing, on the text as it stands: strings, comments, brackets,
escapes and unquoted url() are honoured, and nothing inside a block is looked at until somebody asks.
"""

from __future__ import annotations

import re
from typing import Final, final

from .. import limits

_STRINGS: Final = r"\"(?:[^\"\\\n\r\f]|\\[\s\S])*+\"|'(?:[^'\\\n\r\f]|\\[\s\S])*+'"
_COMMENT: Final = r"/\*[^*]*+\*++(?:[^/*][^*]*+\*++)*+/"
_SPACES: Final = re.compile(r"(?:[ \t\r\n\f]++|" + _COMMENT + r"|/\*[\s\S]*\Z)*+")
_TOP_SPACES: Final = re.compile(r"(?:[ \t\r\n\f]++|" + _COMMENT + r"|<!--|-->|/\*[\s\S]*\Z)*+")

_PLAIN_PRELUDE: Final = (
    r"(?:[^{}\"'/\\()\[\]@;]++|\\[^\n\r\f]|\((?:[^{}\"'/\\()\[\]]++|\([^{}\"'/\\()\[\]]*+\)|\[(?:[^{}\"'\\\[\]]++|"
    + _STRINGS
    + r")*+\])*+\)|\[(?:[^{}\"'\\\[\]]++|"
    + _STRINGS
    + r")*+\])++"
)
_PLAIN_BLOCK: Final = (
    r"(?:[^{}\"'/\\()]++|"
    + _STRINGS
    + r"|"
    + _COMMENT
    + r"|/(?!\*)|\((?:[^{}\"'/\\()]++|"
    + _STRINGS
    + r"|/(?!\*)|\((?:[^{}\"'/\\()]++|\([^{}\"'/\\()]*+\))*+\))*+\))*+"
)
_PLAIN_RULE: Final = re.compile("(" + _PLAIN_PRELUDE + r")\{(" + _PLAIN_BLOCK + r")\}")
"""OPTIMIZATION: nearly every rule of a real sheet in one match; what it does not take goes the careful way."""

_SPECIAL: Final = re.compile(
    r"\"(?:[^\"\\\n\r\f]|\\[\s\S])*+(?:\"|(?=[\n\r\f])|\\?\Z)|'(?:[^'\\\n\r\f]|\\[\s\S])*+(?:'|(?=[\n\r\f])|\\?\Z)"
    r"|/\*[\s\S]*?(?:\*/|\Z)"
    r"|\\[\s\S]?"
    r"|[uU][rR][lL]\([ \t\r\n\f]*+(?![\"'])(?:[^)\\]|\\[\s\S])*+(?:\)|\\?\Z)"
    r"|[{}()\[\];]"
)
"""OPTIMIZATION: each branch begins with a character of its own, so the search skips quickly."""
_CLOSERS: Final = {"{": "}", "(": ")", "[": "]"}
_AT_NAME: Final = re.compile(r"@(-?[a-zA-Z_][a-zA-Z0-9_-]*)")
_ESCAPE: Final = r"\\(?:[0-9a-fA-F]{1,6}+(?:\r\n|[ \t\r\n\f])?+|[^\n\r\f0-9a-fA-F])"
_CUSTOM_PROPERTY: Final = re.compile(rf"--(?:[a-zA-Z0-9_-]|[^\x00-\x7f]|{_ESCAPE})*+[ \t\r\n\f]*+:")


@final
class RawRule:
    """A rule's places in the text. `name` is "" for a qualified rule, else the at-keyword in lower case;
    `block_start` is -1 for a statement without a block. `is_declaration`: a run of declarations, in the block."""

    __slots__ = (
        "block_end",
        "block_start",
        "children",
        "is_declaration",
        "name",
        "prelude_end",
        "prelude_start",
    )

    def __init__(self, name: str, prelude: tuple[int, int], block: tuple[int, int]) -> None:
        self.name: Final = name
        self.prelude_start: Final = prelude[0]
        self.prelude_end: Final = prelude[1]
        self.block_start: Final = block[0]
        self.block_end: Final = block[1]
        self.is_declaration: bool = False
        self.children: list[RawRule] | None = None
        """The rules in the block, of those at-rules whose block is a list of rules."""


GROUP_NAMES: Final = frozenset(("media", "supports", "layer", "container", "starting-style"))
"""At-rules whose block is a list of rules, where they do not stand in a style rule."""


def split_rules(text: str, start: int, end: int) -> list[RawRule]:
    """The rules of a list of rules (a sheet, the block of @media). Total and linear."""
    rules: list[RawRule] = []
    _split_rules(text, start, end, rules, 0)
    return rules


def _split_rules(text: str, start: int, end: int, rules: list[RawRule], depth: int) -> int:
    """The same, into `rules`. Inside a block (`depth` > 0) it stops at the closing brace and says where."""
    position = start
    plain = _PLAIN_RULE.match
    skip = _TOP_SPACES.match
    while True:
        spaces = skip(text, position, end)
        if spaces is not None:
            position = spaces.end()
        if position >= end:
            return end
        character = text[position]
        if character == "}" and depth > 0:
            return position
        if character != "@":
            match = plain(text, position, end)
            if match is not None:
                rules.append(RawRule("", match.span(1), match.span(2)))
                position = match.end()
                continue
        elif depth < limits.MAX_RULE_NESTING:
            group = _GROUP_START.match(text, position, end)
            if group is not None and group.group(1).lower() in GROUP_NAMES:
                # OPTIMIZATION: the block is cut into rules on the way to its end, not searched for it first.
                children: list[RawRule] = []
                stop = _split_rules(text, group.end(), end, children, depth + 1)
                rule = RawRule(group.group(1).lower(), group.span(2), (group.end(), stop))
                rule.children = children
                rules.append(rule)
                position = min(stop + 1, end)
                continue
        position = _one_rule(text, position, end, rules, False)


_PLAIN_CONDITION: Final = r"[^{}();@\"'\\/\[\]]++"
_GROUP_START: Final = re.compile(
    rf"@([a-zA-Z-]+)((?:{_PLAIN_CONDITION}|\((?:{_PLAIN_CONDITION}|\((?:{_PLAIN_CONDITION}|\((?:{_PLAIN_CONDITION})?\))*+\))*+\))*+)\{{"
)


def split_block(text: str, start: int, end: int) -> list[RawRule]:
    """The contents of a style rule's block: runs of declarations, and nested rules between them."""
    rules: list[RawRule] = []
    position = start
    run_start = -1
    run_end = start
    while True:
        spaces = _SPACES.match(text, position, end)
        if spaces is not None:
            position = spaces.end()
        if position >= end:
            break
        character = text[position]
        if character == ";":
            position += 1
            continue
        is_custom = character == "-" and _CUSTOM_PROPERTY.match(text, position, end) is not None
        if character != "@":
            stop = _declaration_end(text, position, end, not is_custom)
            if stop >= 0:
                if run_start < 0:
                    run_start = position
                run_end = position = min(stop + 1, end)
                continue
        if run_start >= 0:
            rules.append(_run(run_start, run_end))
            run_start = -1
        position = _one_rule(text, position, end, rules, True)
    if run_start >= 0:
        rules.append(_run(run_start, run_end))
    return rules


def _run(start: int, end: int) -> RawRule:
    run = RawRule("", (start, start), (start, end))
    run.is_declaration = True
    return run


def _declaration_end(text: str, position: int, end: int, stops_at_brace: bool) -> int:
    """Where the declaration that starts here ends (`;` or the end), -1 where a `{` comes first."""
    closers: list[str] = []
    for match in _SPECIAL.finditer(text, position, end):
        token = match.group()
        if len(token) > 1:
            continue
        if token == ";":
            if not closers:
                return match.start()
        elif token in "{([":
            if token == "{" and not closers and stops_at_brace:
                return -1
            closers.append(_CLOSERS[token])
        elif closers and token == closers[-1]:
            closers.pop()
    return end


def _one_rule(text: str, position: int, end: int, rules: list[RawRule], nested: bool) -> int:
    """Consume one rule the careful way; where to go on."""
    name = ""
    prelude_start = position
    if text[position] == "@":
        match = _AT_NAME.match(text, position, end)
        if match is not None:
            name = match.group(1).lower()
            prelude_start = match.end()
    closers: list[str] = []
    block_start = -1
    for special in _SPECIAL.finditer(text, prelude_start, end):
        token = special.group()
        if len(token) > 1:
            continue
        if token in "{([":
            if token == "{" and not closers and block_start < 0:
                block_start = special.end()
            closers.append(_CLOSERS[token])
        elif token == ";":
            if not closers and block_start < 0 and (name or nested):
                if name:
                    rules.append(RawRule(name, (prelude_start, special.start()), (-1, -1)))
                return special.end()
        elif closers and token == closers[-1]:
            closers.pop()
            if not closers and block_start >= 0:
                rules.append(RawRule(name, (prelude_start, block_start - 1), (block_start, special.start())))
                return special.end()
    # The text ends inside the rule: what is open is closed.
    if block_start >= 0:
        rules.append(RawRule(name, (prelude_start, block_start - 1), (block_start, end)))
    elif name:
        rules.append(RawRule(name, (prelude_start, end), (-1, -1)))
    return end


_PLAIN_DECLARATION: Final = re.compile(
    r"[ \t\r\n\f]*+([a-zA-Z_-][a-zA-Z0-9_-]*+)[ \t\r\n\f]*+:((?:[^;{}\"'()\[\]/\\!]++"
    r"|\((?:[^;{}\"'()\[\]/\\]++|\([^;{}\"'()\[\]/\\]*+\))*+\)|" + _STRINGS + r"|/(?!\*))*+)"
    r"(![ \t\r\n\f]*+important[ \t\r\n\f]*+)?(?:;|\Z)",
    re.IGNORECASE,
)
_CAREFUL_DECLARATION: Final = re.compile(
    r"(?:[ \t\r\n\f]++|" + _COMMENT + r")*+"
    rf"((?:--|-?(?:[a-zA-Z_]|[^\x00-\x7f]|{_ESCAPE}))(?:[a-zA-Z0-9_-]|[^\x00-\x7f]|{_ESCAPE})*+|--)"
    r"(?:[ \t\r\n\f]++|" + _COMMENT + r")*+:"
)
_IMPORTANT: Final = re.compile(
    r"!(?:[ \t\r\n\f]|/\*[\s\S]*?\*/)*important(?:[ \t\r\n\f]|/\*[\s\S]*?\*/)*\Z", re.IGNORECASE
)


def split_declarations(text: str) -> list[tuple[str, str, bool]]:
    """(name, value, important) of each declaration; broken ones are left out. Names as written, escapes and all."""
    found: list[tuple[str, str, bool]] = []
    position = 0
    end = len(text)
    plain = _PLAIN_DECLARATION.match
    while position < end:
        match = plain(text, position)
        if match is not None:
            value = match.group(2).strip(" \t\r\n\f")
            if value or match.group(1).startswith("--"):
                found.append((match.group(1), value, match.group(3) is not None))
            position = match.end()
            continue
        spaces = _SPACES.match(text, position, end)
        if spaces is not None and spaces.end() > position:
            position = spaces.end()
            continue
        stop = _declaration_end(text, position, end, False)
        declaration = _careful(text[position:stop])
        if declaration is not None:
            found.append(declaration)
        position = stop + 1
        if len(found) > limits.MAX_DECLARATIONS:
            break
    return found


def _has_bad_string(value: str) -> bool:
    """Whether a string ends at a line's end; one that the end of the text closes is fine."""
    for match in _SPECIAL.finditer(value):
        token = match.group()
        if token[0] in "\"'" and (len(token) == 1 or token[-1] != token[0]) and match.end() < len(value):
            return True
    return False


def _careful(text: str) -> tuple[str, str, bool] | None:
    match = _CAREFUL_DECLARATION.match(text)
    if match is None:
        return None
    value = text[match.end() :]
    if ('"' in value or "'" in value) and _has_bad_string(value):
        return None
    value = value.strip(" \t\r\n\f")
    is_important = False
    if "!" in value:
        important = _IMPORTANT.search(value)
        if important is not None:
            is_important = True
            value = value[: important.start()].strip(" \t\r\n\f")
    if not value and not match.group(1).startswith("--"):
        return None
    return match.group(1), value, is_important

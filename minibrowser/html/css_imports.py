"""The `@import` rules at the start of a style sheet's text, for those who want to fetch them before it is parsed.

https://drafts.csswg.org/css-cascade-5/#at-import: only `@charset` and `@layer` statements may stand before them.
"""

from __future__ import annotations

import re
from typing import Final

MAX_PRELUDE: Final = 16_384
"""Characters of a sheet in which imports are looked for; they stand at its very start."""

_BLANK: Final = re.compile(r"(?:[\t\n\f\r ]++|/\*(?:[^*]|\*(?!/))*+\*/|<!--|-->)*+")
_BEFORE: Final = re.compile(r"@(?:charset|layer)[\t\n\f\r ]++[^;{}]*+;", re.IGNORECASE)
_IMPORT: Final = re.compile(
    r"""@import(?:[\t\n\f\r ]|/\*(?:[^*]|\*(?!/))*+\*/)*+
    (?:url\([\t\n\f\r ]*+(?:"([^"\\\n]*+)"|'([^'\\\n]*+)'|([^"'()\\\t\n\f\r ]*+))[\t\n\f\r ]*+\)
      |"([^"\\\n]*+)"|'([^'\\\n]*+)')
    ([^;{}]*+);""",
    re.IGNORECASE | re.VERBOSE,
)
_LAYER: Final = re.compile(r"[\t\n\f\r ]*layer(?:\([^()]*+\)|(?![\w(-]))", re.IGNORECASE)


def leading_imports(text: str) -> list[tuple[str, str]]:
    """Addresses as written, each with its media condition. An import that depends on `supports()` is not told: whoever
    parses the sheet decides."""
    found: list[tuple[str, str]] = []
    at = 0
    end = min(len(text), MAX_PRELUDE)
    while True:
        blank = _BLANK.match(text, at, end)
        at = blank.end() if blank is not None else at
        before = _BEFORE.match(text, at, end)
        if before is not None:
            if found and before.group()[:6].lower() == "@layer":
                # A layer between two imports ends them.
                return found
            at = before.end()
            continue
        rule = _IMPORT.match(text, at, end)
        if rule is None:
            return found
        at = rule.end()
        url = rule.group(1) or rule.group(2) or rule.group(3) or rule.group(4) or rule.group(5) or ""
        condition = rule.group(6)
        layer = _LAYER.match(condition)
        if layer is not None:
            condition = condition[layer.end() :]
        if url and "supports(" not in condition.lower():
            found.append((url, condition.strip("\t\n\f\r ")))

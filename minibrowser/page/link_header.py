"""The `Link` header: hints that come before the document. Pure and total.

https://www.rfc-editor.org/rfc/rfc8288#section-3 and https://html.spec.whatwg.org/multipage/semantics.html#processing-link-headers
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from .. import limits

_TARGET: Final = re.compile(r"[\s,]*<([^>]*)>")
_PARAMETER: Final = re.compile(
    r"""\s*;\s*([^\s=;,"]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]*)))?""", re.DOTALL
)
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
_NEXT: Final = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^,"]|")*?(?:,|\Z)', re.DOTALL)


def parse_link_headers(values: Iterable[str]) -> list[dict[str, str]]:
    """Each link as the attributes of the `<link>` element that it stands for. Links with an anchor are about another
    resource and left out."""
    found: list[dict[str, str]] = []
    for value in values:
        at = 0
        while len(found) < limits.MAX_LINK_HINTS:
            target = _TARGET.match(value, at)
            if target is None:
                break
            at = target.end()
            link = {"href": target.group(1).strip()}
            while (parameter := _PARAMETER.match(value, at)) is not None:
                at = parameter.end()
                name, quoted, token = parameter.group(1, 2, 3)
                text = _ESCAPE.sub(r"\1", quoted) if quoted is not None else token or ""
                # https://www.rfc-editor.org/rfc/rfc8288#appendix-B.3: the first of a name counts
                link.setdefault(name.lower(), text)
            rest = _NEXT.match(value, at)
            at = rest.end() if rest is not None else len(value)
            if "anchor" not in link and link.get("rel"):
                found.append(link)
    return found

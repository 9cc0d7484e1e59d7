"""Subresource integrity: does a body have the digest that the page states? Pure.

https://w3c.github.io/webappsec-subresource-integrity/
"""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Final

_ITEM: Final = re.compile(r"(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(?:\?.*)?\Z", re.IGNORECASE)
_STRENGTH: Final = ("sha256", "sha384", "sha512")
_TO_BASE64: Final = str.maketrans("-_", "+/")


def integrity_refusal(body: bytes, metadata: str, *, is_opaque: bool) -> str:
    """Why a body is refused, "" where it is not. `is_opaque`: it came from another origin without CORS, and what such
    a body holds is not told, not even by a digest.

    https://w3c.github.io/webappsec-subresource-integrity/#does-response-match-metadatalist; the strongest algorithm
    that is named decides, and several digests of it are alternatives.
    """
    wanted = strongest(metadata)
    if not wanted:
        return ""
    if is_opaque:
        return "integrity: an answer of another origin needs the crossorigin attribute"
    algorithm = wanted[0][0]
    digest = base64.b64encode(hashlib.new(algorithm, body).digest()).decode("ascii")
    if any(value.translate(_TO_BASE64).rstrip("=") == digest.rstrip("=") for _, value in wanted):
        return ""
    return f"integrity: its digest is {algorithm}-{digest}, which is not stated"


def strongest(metadata: str) -> list[tuple[str, str]]:
    """The digests of the strongest algorithm that is named, as (algorithm, base64)
    (https://w3c.github.io/webappsec-subresource-integrity/#get-the-strongest-metadata); unknown ones are left out."""
    items = [(found[1].lower(), found[2]) for item in metadata.split() if (found := _ITEM.match(item))]
    if not items:
        return []
    best = max(_STRENGTH.index(algorithm) for algorithm, _ in items)
    return [item for item in items if item[0] == _STRENGTH[best]]

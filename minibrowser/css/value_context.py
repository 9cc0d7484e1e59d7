"""What the text of a value refers to: the sheet's address and mode."""

from __future__ import annotations

from typing import Final, final

from ..url import resolve


@final
class ValueContext:
    """Attributes: `base_url` for url(); `is_quirks` for unitless lengths and colours without #; `is_user_agent`
    for values that only our own sheets may use; `urls` the absolute ones that came out, for those who ask which sheet
    named an address."""

    __slots__ = ("base_url", "is_quirks", "is_user_agent", "urls")

    def __init__(
        self, base_url: str = "about:blank", is_quirks: bool = False, is_user_agent: bool = False
    ) -> None:
        self.base_url: Final = base_url
        self.is_quirks: Final = is_quirks
        self.is_user_agent: Final = is_user_agent
        self.urls: Final[dict[str, None]] = {}

    def url(self, reference: str) -> str:
        """An absolute URL. Fragments alone stay as they are: they mean the document, not the sheet."""
        if reference.startswith("#"):
            return reference
        absolute = resolve(self.base_url, reference.strip(" \t\r\n\f")) or reference
        self.urls[absolute] = None
        return absolute

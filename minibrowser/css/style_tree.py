"""The result of style resolution: which computed style each element and pseudo-element has.

Artifact: `StyleTree`. Replaced when the document or its sheets change, never edited afterwards.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from ..dom.node import Element
from .computed_style import ComputedStyle
from .counter_styles import CounterStyle
from .font_face import FontFace


class PseudoElement(IntEnum):
    """Which pseudo-element of an element; NONE is the element itself."""

    NONE = 0
    BEFORE = 1
    AFTER = 2
    MARKER = 3
    FIRST_LINE = 4
    FIRST_LETTER = 5
    PLACEHOLDER = 6
    SELECTION = 7
    BACKDROP = 8
    FILE_SELECTOR_BUTTON = 9
    # Parts of form controls, from here on.
    SLIDER_THUMB = 10
    SLIDER_TRACK = 11
    PROGRESS_BAR = 12
    PROGRESS_VALUE = 13
    METER_BAR = 14
    METER_OPTIMUM_VALUE = 15
    METER_SUBOPTIMUM_VALUE = 16
    METER_EVEN_LESS_GOOD_VALUE = 17
    COLOR_SWATCH_WRAPPER = 18
    COLOR_SWATCH = 19
    CALENDAR_PICKER_INDICATOR = 20


@final
class StyleTree:
    """Computed styles by element.

    Attributes:
        styles: the style of each element that style was resolved for; elements inside `display: none` have none.
        pseudo_styles: for (element, pseudo-element): only those that rules gave a style of their own
            (::before and ::after only with content, parts of form controls only where a rule of the page matches).
        font_faces: the @font-face rules that apply, in order.
        counter_styles: the @counter-style rules that apply, by name.
        containers: the query containers, where a rule or a unit depends on their sizes.
        unrendered: the styles of SVG elements inside `display: none`: a <use> elsewhere may show them.
        image_urls: every address that a style in use shows as a picture.
    """

    __slots__ = (
        "containers",
        "counter_styles",
        "font_faces",
        "image_urls",
        "pseudo_styles",
        "styles",
        "unrendered",
    )

    def __init__(
        self,
        styles: dict[Element, ComputedStyle],
        pseudo_styles: dict[tuple[Element, PseudoElement], ComputedStyle],
        font_faces: list[FontFace] | None = None,
        counter_styles: dict[str, CounterStyle] | None = None,
        image_urls: list[str] | None = None,
        containers: list[Element] | None = None,
        unrendered: dict[Element, ComputedStyle] | None = None,
    ) -> None:
        self.styles: Final = styles
        self.pseudo_styles: Final = pseudo_styles
        self.font_faces: Final[list[FontFace]] = font_faces or []
        self.counter_styles: Final[dict[str, CounterStyle]] = counter_styles or {}
        self.image_urls: Final[list[str]] = image_urls or []
        self.containers: Final[list[Element]] = containers or []
        self.unrendered: Final[dict[Element, ComputedStyle]] = unrendered or {}

    def style_of(self, element: Element) -> ComputedStyle | None:
        """The element's style, None where it is not rendered at all."""
        return self.styles.get(element)

    def pseudo_style(self, element: Element, pseudo: PseudoElement) -> ComputedStyle | None:
        """The pseudo-element's style, None where no rule matched."""
        return self.pseudo_styles.get((element, pseudo))

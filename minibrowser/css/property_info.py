"""The property table at run time: longhands by name, logical longhands, aliases.

A longhand's id is its index in PROPERTIES. Logical longhands (margin-inline-start) have ids of their own above
those, and become physical ones in the cascade, where writing mode and direction are known.
"""

from __future__ import annotations

from typing import Final, final

from .keywords import Direction, WritingMode
from .property_table import NAMES

PROPERTY_COUNT: Final = len(NAMES)

IDS: Final[dict[str, int]] = {name: index for index, name in enumerate(NAMES)}

GROUP_INHERITED: Final = 0
GROUP_BOX: Final = 1
GROUP_PAINT: Final = 2

SIDES: Final = ("top", "right", "bottom", "left")
FLOW_SIDES: Final = ("block-start", "block-end", "inline-start", "inline-end")


def physical_side(flow_side: int, mode: WritingMode, direction: Direction) -> int:
    """Which side (0 top, 1 right, 2 bottom, 3 left) a member of FLOW_SIDES is.

    https://drafts.csswg.org/css-writing-modes-4/#logical-to-physical
    """
    is_ltr = direction == Direction.LTR
    if mode == WritingMode.HORIZONTAL_TB:
        if flow_side < 2:
            return 0 if flow_side == 0 else 2
        return 3 if (flow_side == 2) == is_ltr else 1
    if flow_side < 2:
        starts_right = mode in (WritingMode.VERTICAL_RL, WritingMode.SIDEWAYS_RL)
        return 1 if (flow_side == 0) == starts_right else 3
    starts_top = is_ltr != (mode == WritingMode.SIDEWAYS_LR)
    return 0 if (flow_side == 2) == starts_top else 2


@final
class LogicalProperty:
    """A logical longhand: `physical` are the ids for top, right, bottom, left (or width, height; or corners),
    `flow` its place in FLOW_SIDES, 4 for inline-axis sizes, 5 for block-axis ones, 6 to 9 for the corners
    start-start, start-end, end-start, end-end."""

    __slots__ = ("flow", "name", "physical")

    def __init__(self, name: str, flow: int, physical: tuple[int, ...]) -> None:
        self.name: Final = name
        self.flow: Final = flow
        self.physical: Final = physical

    def resolve(self, mode: WritingMode, direction: Direction) -> int:
        """The id of the physical longhand."""
        flow = self.flow
        if flow < 4:
            return self.physical[physical_side(flow, mode, direction)]
        if flow < 6:
            is_horizontal = mode == WritingMode.HORIZONTAL_TB
            return self.physical[0 if (flow == 4) == is_horizontal else 1]
        block = physical_side(0 if flow in (6, 7) else 1, mode, direction)
        inline = physical_side(2 if flow in (6, 8) else 3, mode, direction)
        sides = {block, inline}
        # Corners: top left, top right, bottom right, bottom left.
        if 0 in sides:
            return self.physical[0 if 3 in sides else 1]
        return self.physical[2 if 1 in sides else 3]


def _logical() -> list[LogicalProperty]:
    rows: list[LogicalProperty] = []
    for flow, flow_side in enumerate(FLOW_SIDES):
        for logical, physical in (
            (f"margin-{flow_side}", "margin-{}"),
            (f"padding-{flow_side}", "padding-{}"),
            (f"inset-{flow_side}", "{}"),
            (f"scroll-margin-{flow_side}", "scroll-margin-{}"),
            (f"scroll-padding-{flow_side}", "scroll-padding-{}"),
            (f"border-{flow_side}-width", "border-{}-width"),
            (f"border-{flow_side}-style", "border-{}-style"),
            (f"border-{flow_side}-color", "border-{}-color"),
        ):
            rows.append(LogicalProperty(logical, flow, tuple(IDS[physical.format(side)] for side in SIDES)))
    for flow, axis in ((4, "inline"), (5, "block")):
        for prefix in ("", "min-", "max-"):
            rows.append(
                LogicalProperty(f"{prefix}{axis}-size", flow, (IDS[f"{prefix}width"], IDS[f"{prefix}height"]))
            )
        rows.append(LogicalProperty(f"overflow-{axis}", flow, (IDS["overflow-x"], IDS["overflow-y"])))
        rows.append(
            LogicalProperty(
                f"contain-intrinsic-{axis}-size",
                flow,
                (IDS["contain-intrinsic-width"], IDS["contain-intrinsic-height"]),
            )
        )
    corners = tuple(
        IDS[f"border-{corner}-radius"] for corner in ("top-left", "top-right", "bottom-right", "bottom-left")
    )
    for flow, corner in enumerate(("start-start", "start-end", "end-start", "end-end"), 6):
        rows.append(LogicalProperty(f"border-{corner}-radius", flow, corners))
    return rows


LOGICAL: Final[list[LogicalProperty]] = _logical()
"""By id minus PROPERTY_COUNT."""

IDS.update({row.name: PROPERTY_COUNT + index for index, row in enumerate(LOGICAL)})

ALIASES: Final[dict[str, str]] = {
    **{
        f"-webkit-{name}": name
        for name in (
            "align-content align-items align-self appearance backface-visibility background-clip background-origin "
            "background-size border-bottom-left-radius border-bottom-right-radius border-radius "
            "border-top-left-radius border-top-right-radius box-shadow box-sizing clip-path column-count column-fill "
            "column-gap column-rule column-rule-color column-rule-style column-rule-width column-span column-width "
            "columns filter flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap "
            "font-feature-settings justify-content mask mask-clip mask-composite mask-image mask-origin "
            "mask-position mask-repeat mask-size opacity order perspective perspective-origin shape-image-threshold "
            "shape-margin shape-outside text-emphasis text-emphasis-color text-emphasis-position text-emphasis-style "
            "transform transform-origin transform-style user-select animation transition box-decoration-break "
            "hyphenate-character print-color-adjust text-orientation text-combine border-image "
            "animation-name animation-duration animation-delay animation-timing-function animation-iteration-count "
            "animation-direction animation-fill-mode animation-play-state transition-property "
            "transition-duration transition-delay transition-timing-function"
        ).split()
    },
    "-webkit-margin-start": "margin-inline-start",
    "-webkit-margin-end": "margin-inline-end",
    "-webkit-margin-before": "margin-block-start",
    "-webkit-margin-after": "margin-block-end",
    "-webkit-padding-start": "padding-inline-start",
    "-webkit-padding-end": "padding-inline-end",
    "-webkit-padding-before": "padding-block-start",
    "-webkit-padding-after": "padding-block-end",
    "-webkit-border-start": "border-inline-start",
    "-webkit-border-end": "border-inline-end",
    "-webkit-border-before": "border-block-start",
    "-webkit-border-after": "border-block-end",
    "-webkit-logical-width": "inline-size",
    "-webkit-logical-height": "block-size",
    "-webkit-min-logical-width": "min-inline-size",
    "-webkit-max-logical-width": "max-inline-size",
    "-webkit-text-combine": "text-combine-upright",
    "-webkit-writing-mode": "writing-mode",
    "-epub-writing-mode": "writing-mode",
    "word-wrap": "overflow-wrap",
    "grid-row-gap": "row-gap",
    "grid-column-gap": "column-gap",
    "grid-gap": "gap",
    "-webkit-column-break-after": "break-after",
    "-webkit-column-break-before": "break-before",
    "-webkit-column-break-inside": "break-inside",
    "page-break-after": "break-after",
    "page-break-before": "break-before",
    "page-break-inside": "break-inside",
    "font-width": "font-stretch",
    "line-clamp": "-webkit-line-clamp",
}

ALL_EXCEPT: Final = frozenset((IDS["direction"], IDS["unicode-bidi"]))
"""What the shorthand `all` leaves alone, beside custom properties."""

"""Every shorthand: which longhands it sets, and how its value is taken apart."""

from __future__ import annotations

from typing import Final

from .shorthand_kinds import SIDES, AnyOrder, Four, Shorthand, ShorthandParser, Two
from .shorthands_animation import ANIMATION, TRANSITION, expand_animation, expand_transition
from .shorthands_layout import (
    GridLines,
    expand_columns,
    expand_contain_intrinsic_size,
    expand_container,
    expand_flex,
    expand_flex_flow,
    expand_grid,
    expand_grid_template,
    expand_marker,
    expand_place,
)
from .shorthands_paint import (
    BORDER_IMAGE,
    BORDER_PARTS,
    BORDER_SPREAD,
    CORNERS,
    PositionShorthand,
    expand_background,
    expand_border,
    expand_border_image,
    expand_border_image_slice,
    expand_border_radius,
    expand_mask,
    expand_transform_origin,
)
from .shorthands_text import (
    FONT,
    expand_font,
    expand_font_synthesis,
    expand_font_variant,
    expand_list_style,
    expand_text_decoration,
    expand_text_emphasis,
    expand_white_space,
)

_FLOW_SIDES: Final = ("block-start", "block-end", "inline-start", "inline-end")


def _table() -> dict[str, Shorthand]:
    table: dict[str, Shorthand] = {}

    def add(name: str, longhands: tuple[str, ...], parse: ShorthandParser) -> None:
        table[name] = Shorthand(longhands, parse)

    for name, pattern in (
        ("margin", "margin-{}"),
        ("padding", "padding-{}"),
        ("inset", "{}"),
        ("scroll-margin", "scroll-margin-{}"),
        ("scroll-padding", "scroll-padding-{}"),
        ("border-width", "border-{}-width"),
        ("border-style", "border-{}-style"),
        ("border-color", "border-{}-color"),
    ):
        names = tuple(pattern.format(side) for side in SIDES)
        add(name, names, Four(names).parse)
        for axis in ("block", "inline"):
            base = name if not name.startswith("border") else ""
            if base:
                pair = tuple(f"{base}-{axis}-{end}" for end in ("start", "end"))
                add(f"{base}-{axis}", pair, Two(pair).parse)
            else:
                part = name.removeprefix("border-")
                pair = tuple(f"border-{axis}-{end}-{part}" for end in ("start", "end"))
                add(f"border-{axis}-{part}", pair, Two(pair).parse)
    for side in (*SIDES, *_FLOW_SIDES):
        names = tuple(f"border-{side}-{part}" for part in BORDER_PARTS)
        add(f"border-{side}", names, AnyOrder(names).parse)
    for axis in ("block", "inline"):
        names = tuple(f"border-{axis}-start-{part}" for part in BORDER_PARTS)
        spread = tuple((f"border-{axis}-start-{part}", f"border-{axis}-end-{part}") for part in BORDER_PARTS)
        add(
            f"border-{axis}",
            tuple(name for group in spread for name in group),
            AnyOrder(names, spread).parse,
        )
    border = tuple(name for group in BORDER_SPREAD for name in group)
    add("border", (*border, *BORDER_IMAGE), expand_border)
    add("border-radius", CORNERS, expand_border_radius)
    add("border-image", BORDER_IMAGE, expand_border_image)
    add("border-image-slice", ("border-image-slice", "-webkit-border-image-fill"), expand_border_image_slice)
    add(
        "outline",
        ("outline-color", "outline-style", "outline-width"),
        AnyOrder(("outline-style", "outline-width", "outline-color")).parse,
    )
    add(
        "background",
        (
            "background-color", "background-image", "background-position-x", "background-position-y",
            "background-size", "background-repeat", "background-attachment", "background-origin", "background-clip",
        ),
        expand_background,
    )  # fmt: skip
    add(
        "background-position",
        ("background-position-x", "background-position-y"),
        PositionShorthand("background-position-x", "background-position-y").parse,
    )
    add(
        "mask-position",
        ("-webkit-mask-position-x", "-webkit-mask-position-y"),
        PositionShorthand("-webkit-mask-position-x", "-webkit-mask-position-y").parse,
    )
    add(
        "mask",
        (
            "mask-image", "-webkit-mask-position-x", "-webkit-mask-position-y", "mask-size", "mask-repeat",
            "mask-origin", "mask-clip", "mask-mode", "mask-composite",
        ),
        expand_mask,
    )  # fmt: skip
    add("transform-origin", ("transform-origin", "-webkit-transform-origin-z"), expand_transform_origin)
    add("font", FONT, expand_font)
    add(
        "font-variant",
        tuple(
            f"font-variant-{part}"
            for part in ("ligatures", "caps", "alternates", "numeric", "east-asian", "position", "emoji")
        ),
        expand_font_variant,
    )
    add(
        "font-synthesis",
        tuple(f"font-synthesis-{part}" for part in ("weight", "style", "small-caps")),
        expand_font_synthesis,
    )
    add("white-space", ("white-space-collapse", "text-wrap-mode"), expand_white_space)
    wrap = ("text-wrap-mode", "text-wrap-style")
    add("text-wrap", wrap, AnyOrder(wrap).parse)
    add(
        "text-decoration",
        (
            "text-decoration-line",
            "text-decoration-style",
            "text-decoration-color",
            "text-decoration-thickness",
        ),
        expand_text_decoration,
    )
    add("text-emphasis", ("text-emphasis-style", "text-emphasis-color"), expand_text_emphasis)
    stroke = ("-webkit-text-stroke-width", "-webkit-text-stroke-color")
    add("-webkit-text-stroke", stroke, AnyOrder(stroke).parse)
    add("list-style", ("list-style-position", "list-style-image", "list-style-type"), expand_list_style)
    add("flex", ("flex-grow", "flex-shrink", "flex-basis"), expand_flex)
    add("flex-flow", ("flex-direction", "flex-wrap"), expand_flex_flow)
    add("gap", ("row-gap", "column-gap"), Two(("row-gap", "column-gap")).parse)
    add("overflow", ("overflow-x", "overflow-y"), Two(("overflow-x", "overflow-y")).parse)
    add(
        "border-spacing",
        ("-webkit-border-horizontal-spacing", "-webkit-border-vertical-spacing"),
        Two(("-webkit-border-horizontal-spacing", "-webkit-border-vertical-spacing")).parse,
    )
    add(
        "place-content",
        ("align-content", "justify-content"),
        expand_place(("align-content", "justify-content")),
    )
    add("place-items", ("align-items", "justify-items"), expand_place(("align-items", "justify-items")))
    add("place-self", ("align-self", "justify-self"), expand_place(("align-self", "justify-self")))
    add("grid-row", ("grid-row-start", "grid-row-end"), GridLines(("grid-row-start", "grid-row-end")).parse)
    add(
        "grid-column",
        ("grid-column-start", "grid-column-end"),
        GridLines(("grid-column-start", "grid-column-end")).parse,
    )
    area = ("grid-row-start", "grid-column-start", "grid-row-end", "grid-column-end")
    add("grid-area", area, GridLines(area).parse)
    template = ("grid-template-rows", "grid-template-columns", "grid-template-areas")
    add("grid-template", template, expand_grid_template)
    add("grid", (*template, "grid-auto-rows", "grid-auto-columns", "grid-auto-flow"), expand_grid)
    add("columns", ("column-count", "column-width"), expand_columns)
    add(
        "column-rule",
        ("column-rule-width", "column-rule-style", "column-rule-color"),
        AnyOrder(("column-rule-width", "column-rule-style", "column-rule-color")).parse,
    )
    add("container", ("container-name", "container-type"), expand_container)
    add(
        "contain-intrinsic-size",
        ("contain-intrinsic-width", "contain-intrinsic-height"),
        expand_contain_intrinsic_size,
    )
    add("animation", ANIMATION, expand_animation)
    add("transition", TRANSITION, expand_transition)
    add("marker", ("marker-start", "marker-mid", "marker-end"), expand_marker)
    return table


SHORTHANDS: Final[dict[str, Shorthand]] = _table()

IGNORED: Final = frozenset(
    (
        "animation-range animation-range-end animation-range-start animation-timeline "
        "anchor-name anchor-scope "
        "color-adjust dynamic-range-limit font-palette forced-color-adjust hyphenate-limit-chars initial-letter "
        "offset offset-anchor offset-distance offset-path offset-position offset-rotate object-view-box "
        "overflow-anchor overlay overscroll-behavior overscroll-behavior-block overscroll-behavior-inline "
        "overscroll-behavior-x overscroll-behavior-y page position-anchor position-area position-try "
        "position-try-fallbacks position-try-order position-visibility print-color-adjust reading-flow reading-order "
        "scroll-behavior scroll-initial-target scroll-marker-group scroll-timeline "
        "scroll-timeline-axis scroll-timeline-name scrollbar-color "
        "scrollbar-gutter scrollbar-width size speak text-autospace text-box text-box-edge text-box-trim "
        "text-size-adjust text-spacing text-spacing-trim timeline-scope touch-action "
        "user-select vector-effect view-timeline view-timeline-axis view-timeline-inset view-timeline-name "
        "view-transition-class view-transition-name app-region baseline-shift buffered-rendering color-rendering "
        "cx cy d r rx ry x y math-depth math-shift ruby-overhang "
        "-webkit-tap-highlight-color -webkit-font-smoothing -webkit-user-drag -webkit-user-modify "
        "-webkit-locale -webkit-rtl-ordering -webkit-box-align -webkit-box-flex -webkit-box-ordinal-group "
        "-webkit-box-pack -webkit-box-reflect -webkit-line-break -webkit-mask-box-image -webkit-mask-box-image-outset "
        "-webkit-mask-box-image-repeat -webkit-mask-box-image-slice -webkit-mask-box-image-source "
        "-webkit-mask-box-image-width -webkit-print-color-adjust -webkit-ruby-position "
        "-webkit-text-decorations-in-effect -webkit-text-security -webkit-app-region -webkit-text-size-adjust"
    ).split()
)
"""Properties that Chromium knows and that nothing here reads yet: accepted (also by @supports), not parsed."""

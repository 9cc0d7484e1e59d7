"""The property table: one row for each longhand. `generate.py` beside it makes `computed_style.py` from it.

A row says: the CSS name; the group of ComputedStyle that holds it (inherited, box or paint); whether it
inherits; the Python type of the computed value; the initial value as Python source; and the name of the
syntax that parses it (a keyword enum parses its own keywords). The attribute's name is the CSS name with
underscores (`float` becomes `float_`, `-webkit-` is left out).
Source: the property index of https://www.w3.org/TR/css-2025/ and what Chromium computes.
"""

from __future__ import annotations

from typing import Final, final

KEYWORDS: Final[dict[str, str]] = {
    # Enum name: its CSS keywords, the first is 0. Members are upper case with underscores.
    "Display": (
        "inline none contents block flow-root list-item inline-block flex inline-flex grid inline-grid table "
        "inline-table table-row-group table-header-group table-footer-group table-row table-cell "
        "table-column-group table-column table-caption ruby ruby-text -webkit-box -webkit-inline-box "
        "inline-list-item math inline-math flow-root-list-item inline-flow-root-list-item block-ruby"
    ),
    "PositionKind": "static relative absolute fixed sticky",
    "FloatKind": "none left right inline-start inline-end",
    "Clear": "none left right both inline-start inline-end",
    "BoxSizing": "content-box border-box",
    "MarginTrim": "none block block-start block-end",
    "Overflow": "visible hidden clip scroll auto",
    "ScrollSnapStop": "normal always",
    "Visibility": "visible hidden collapse",
    "Direction": "ltr rtl",
    "WritingMode": "horizontal-tb vertical-rl vertical-lr sideways-rl sideways-lr",
    "TextOrientation": "mixed upright sideways",
    "UnicodeBidi": "normal embed isolate bidi-override isolate-override plaintext",
    "FontStyle": "normal italic oblique",
    "FontVariantCaps": "normal small-caps all-small-caps petite-caps all-petite-caps unicase titling-caps",
    "FontKerning": "auto normal none",
    "FontVariantPosition": "normal sub super",
    "FontVariantEmoji": "normal text emoji unicode",
    "FontOpticalSizing": "auto none",
    "FontSynthesis": "auto none",
    "TextAlign": "start end left right center justify match-parent -webkit-left -webkit-right -webkit-center",
    "TextAlignLast": "auto start end left right center justify match-parent",
    "TextJustify": "auto none inter-word inter-character",
    "WhiteSpaceCollapse": "collapse preserve preserve-breaks preserve-spaces break-spaces",
    "TextWrapMode": "wrap nowrap",
    "TextWrapStyle": "auto balance stable pretty",
    "WordBreak": "normal break-all keep-all break-word auto-phrase",
    "OverflowWrap": "normal break-word anywhere",
    "LineBreak": "auto loose normal strict anywhere",
    "Hyphens": "manual none auto",
    "TextRendering": "auto optimizespeed optimizelegibility geometricprecision",
    "ListStylePosition": "outside inside",
    "BorderCollapse": "separate collapse",
    "CaptionSide": "top bottom",
    "EmptyCells": "show hide",
    "TableLayout": "auto fixed",
    "PointerEvents": "auto none visiblepainted visiblefill visiblestroke visible painted fill stroke all",
    "ImageRendering": "auto smooth high-quality pixelated crisp-edges -webkit-optimize-contrast",
    "ImageOrientation": "from-image none",
    "TextEmphasisFill": "filled open",
    "TextDecorationSkipInk": "auto none all",
    "TextUnderlinePosition": "auto from-font under left right under_left under_right from-font_left from-font_right",
    "RubyPosition": "over under inter-character",
    "RubyAlign": "space-around start center space-between",
    "BorderStyle": "none hidden dotted dashed solid double groove ridge inset outset",
    "OutlineStyle": "none auto dotted dashed solid double groove ridge inset outset",
    "FlexDirection": "row row-reverse column column-reverse",
    "FlexWrap": "nowrap wrap wrap-reverse balance wrap-reverse-balance",
    "GridAutoFlow": "row column row-dense column-dense",
    "ObjectFit": "fill contain cover none scale-down",
    "TextOverflow": "clip ellipsis",
    "ColumnFill": "balance auto",
    "ColumnSpan": "none all",
    "BreakBetween": "auto avoid always all avoid-page page left right recto verso avoid-column column",
    "BreakInside": "auto avoid avoid-page avoid-column",
    "ContentVisibility": "visible auto hidden",
    "ContainerType": "normal inline-size size",
    "Appearance": (
        "none auto button checkbox radio textfield searchfield textarea menulist menulist-button listbox "
        "meter progress-bar push-button slider-horizontal square-button base-select slider-vertical "
        "inner-spin-button color-well search-cancel-button"
    ),
    "Resize": "none both horizontal vertical block inline",
    "FieldSizing": "fixed content",
    "BoxDecorationBreak": "slice clone",
    "BackgroundAttachment": "scroll fixed local",
    "BackgroundRepeat": "repeat no-repeat space round",
    "BlendMode": (
        "normal multiply screen overlay darken lighten color-dodge color-burn hard-light soft-light "
        "difference exclusion hue saturation color luminosity plus-darker plus-lighter"
    ),
    "Isolation": "auto isolate",
    "BackfaceVisibility": "visible hidden",
    "TransformStyle": "flat preserve-3d",
    "BorderImageRepeat": "stretch repeat round space",
    "TextDecorationStyle": "solid double dotted dashed wavy",
    "MaskMode": "match-source alpha luminance",
    "AnimationComposition": "replace add accumulate",
    "TransitionBehavior": "normal allow-discrete",
    "AnimationDirection": "normal reverse alternate alternate-reverse",
    "AnimationFillMode": "none forwards backwards both",
    "AnimationPlayState": "running paused",
    "MaskComposite": "add subtract intersect exclude",
    "MaskType": "luminance alpha",
    "BoxOrient": "horizontal vertical",
    "TextCombineUpright": "none all",
    "MathStyle": "normal compact",
    "Interactivity": "auto inert",
}


@final
class Property:
    """A row of the table."""

    __slots__ = ("attribute", "group", "inherited", "initial", "name", "syntax", "type")

    def __init__(self, name: str, group: str, inherited: bool, type_: str, initial: str, syntax: str) -> None:
        self.name: Final = name
        self.group: Final = group
        self.inherited: Final = inherited
        self.type: Final = type_
        self.initial: Final = initial
        self.syntax: Final = syntax
        attribute = name.removeprefix("-webkit-").replace("-", "_")
        self.attribute: Final = attribute + "_" if attribute in ("float", "filter") else attribute


def _rows() -> list[Property]:
    rows: list[Property] = []

    def add(group: str, names: str, type_: str, initial: str, syntax: str = "") -> None:
        inherited = group == "inherited"
        if type_ in KEYWORDS and "." not in initial:
            initial = f"{type_}.{initial}"
        for name in names.split():
            rows.append(Property(name, group, inherited, type_, initial, syntax or "keyword"))

    def inherited(names: str, type_: str, initial: str, syntax: str = "") -> None:
        add("inherited", names, type_, initial, syntax)

    def box(names: str, type_: str, initial: str, syntax: str = "") -> None:
        add("box", names, type_, initial, syntax)

    def paint(names: str, type_: str, initial: str, syntax: str = "") -> None:
        add("paint", names, type_, initial, syntax)

    # --- Inherited: text, fonts, lists, tables ---
    inherited("color", "Color", "BLACK", "color")
    inherited(
        "font-family", "tuple[FontFamilyName, ...]", '(FontFamilyName("serif", True, True),)', "font-family"
    )
    inherited("font-size", "float", "16.0", "font-size")
    # How the size came about: the keyword it stems from (4 is medium, 0 none; it changes with monospace),
    # and whether an absolute length is behind it.
    inherited("-webkit-font-size-keyword", "int", "4", "internal")
    inherited("-webkit-font-size-is-absolute", "bool", "False", "internal")
    inherited("font-weight", "float", "400.0", "font-weight")
    inherited("font-stretch", "float", "100.0", "font-stretch")
    inherited("font-style", "FontStyle", "NORMAL", "font-style")
    inherited("-webkit-font-oblique-angle", "float", "14.0", "internal")
    inherited("font-size-adjust", "float", "-1.0", "font-size-adjust")  # -1: none
    inherited("font-variant-caps", "FontVariantCaps", "NORMAL")
    inherited("font-variant-ligatures", "tuple[str, ...]", "()", "font-variant-ligatures")
    inherited("font-variant-numeric", "tuple[str, ...]", "()", "font-variant-numeric")
    inherited("font-variant-east-asian", "tuple[str, ...]", "()", "font-variant-east-asian")
    inherited("font-variant-alternates", "tuple[str, ...]", "()", "font-variant-alternates")
    # what @font-feature-values makes of the names in it
    inherited("-webkit-font-alternate-features", "tuple[tuple[str, int], ...]", "()", "internal")
    inherited("font-language-override", "str", '""', "font-language-override")  # "" is normal
    inherited("font-variant-position", "FontVariantPosition", "NORMAL")
    inherited("font-variant-emoji", "FontVariantEmoji", "NORMAL")
    inherited("font-kerning", "FontKerning", "AUTO")
    inherited("font-optical-sizing", "FontOpticalSizing", "AUTO")
    inherited("font-synthesis-weight font-synthesis-style font-synthesis-small-caps", "FontSynthesis", "AUTO")
    inherited("font-feature-settings", "tuple[tuple[str, int], ...]", "()", "font-feature-settings")
    inherited("font-variation-settings", "tuple[tuple[str, float], ...]", "()", "font-variation-settings")
    inherited("line-height", "Length", "NORMAL", "line-height")  # NORMAL, NUMBER or FIXED
    inherited("letter-spacing word-spacing", "float", "0.0", "spacing")
    inherited("text-align", "TextAlign", "START")
    inherited("text-align-last", "TextAlignLast", "AUTO")
    inherited("text-justify", "TextJustify", "AUTO")
    inherited("text-indent", "Length", "ZERO", "text-indent")
    inherited("text-transform", "tuple[str, ...]", "()", "text-transform")  # () is none
    inherited("white-space-collapse", "WhiteSpaceCollapse", "COLLAPSE")
    inherited("text-wrap-mode", "TextWrapMode", "WRAP")
    inherited("text-wrap-style", "TextWrapStyle", "AUTO")
    inherited("word-break", "WordBreak", "NORMAL")
    inherited("overflow-wrap", "OverflowWrap", "NORMAL")
    inherited("line-break", "LineBreak", "AUTO")
    inherited("hyphens", "Hyphens", "MANUAL")
    inherited("hyphenate-character", "str", '"auto"', "hyphenate-character")
    inherited("tab-size", "Length", "Length(LengthKind.NUMBER, 8.0)", "tab-size")
    inherited("text-rendering", "TextRendering", "AUTO")
    inherited("direction", "Direction", "LTR")
    inherited("writing-mode", "WritingMode", "HORIZONTAL_TB")
    inherited("text-orientation", "TextOrientation", "MIXED")
    inherited("text-combine-upright", "TextCombineUpright", "NONE")
    inherited("visibility", "Visibility", "VISIBLE")
    inherited("list-style-type", "str", '"disc"', "list-style-type")  # a name, or a string after a '"'
    inherited("list-style-position", "ListStylePosition", "OUTSIDE")
    inherited("list-style-image", "CssImage | None", "None", "image")
    inherited("border-collapse", "BorderCollapse", "SEPARATE")
    inherited(
        "-webkit-border-horizontal-spacing -webkit-border-vertical-spacing", "float", "0.0", "border-spacing"
    )
    inherited("caption-side", "CaptionSide", "TOP")
    inherited("empty-cells", "EmptyCells", "SHOW")
    inherited("quotes", "tuple[str, ...] | None", "None", "quotes")  # None: auto; (): none
    inherited("text-shadow", "tuple[Shadow, ...]", "()", "shadow")
    inherited("text-emphasis-style", "str", '""', "text-emphasis-style")  # "", or the mark itself
    inherited("text-emphasis-color", "Color", "CURRENT_COLOR", "color")
    inherited("text-emphasis-position", "tuple[str, ...]", '("over", "right")', "text-emphasis-position")
    inherited("text-decoration-skip-ink", "TextDecorationSkipInk", "AUTO")
    inherited("text-underline-position", "TextUnderlinePosition", "AUTO")
    inherited("text-underline-offset", "Length", "AUTO", "text-underline-offset")
    inherited("ruby-position", "RubyPosition", "OVER")
    inherited("ruby-align", "RubyAlign", "SPACE_AROUND")
    inherited("orphans widows", "int", "2", "integer")
    inherited("image-rendering", "ImageRendering", "AUTO")
    inherited("image-orientation", "ImageOrientation", "FROM_IMAGE")
    inherited("color-scheme", "tuple[str, ...]", "()", "color-scheme")  # () is normal
    # What comes of it with the user's preference
    inherited("-webkit-uses-dark-scheme", "bool", "False", "internal")
    inherited("accent-color caret-color", "Color | None", "None", "color-or-auto")
    inherited("cursor", "str", '"auto"', "cursor")
    inherited("pointer-events", "PointerEvents", "AUTO")
    inherited("interactivity", "Interactivity", "AUTO")
    inherited("-webkit-text-stroke-width", "float", "0.0", "border-width")
    inherited("-webkit-text-stroke-color -webkit-text-fill-color", "Color", "CURRENT_COLOR", "color")
    inherited("-webkit-box-direction", "Direction", "LTR", "box-direction")
    inherited("math-style", "MathStyle", "NORMAL")
    # the zoom of the element and all around it; styles are computed as if there were none (zoom.py)
    inherited("zoom", "float", "1.0", "zoom")
    # SVG's own, handed on to the SVG renderer as text; "" is the initial value
    inherited(
        "fill stroke fill-opacity stroke-opacity stroke-width stroke-linecap stroke-linejoin "
        "stroke-dasharray stroke-dashoffset stroke-miterlimit fill-rule clip-rule marker-start marker-mid marker-end "
        "text-anchor shape-rendering paint-order color-interpolation color-interpolation-filters "
        "dominant-baseline",
        "str",
        '""',
        "svg",
    )

    # --- Box: what layout reads ---
    box("display", "Display", "INLINE", "display")
    box(
        "-webkit-original-display", "Display", "INLINE", "internal"
    )  # of out-of-flow boxes: not yet blockified
    box("position", "PositionKind", "STATIC")
    box("float", "FloatKind", "NONE")
    box("clear", "Clear", "NONE")
    box("top right bottom left", "Length", "AUTO", "inset")
    box("width height", "Length", "AUTO", "size")
    box("min-width min-height", "Length", "AUTO", "size")
    box("max-width max-height", "Length", "NONE", "max-size")
    box("margin-top margin-right margin-bottom margin-left", "Length", "ZERO", "margin")
    box(
        "-webkit-has-quirky-margins", "bool", "False", "internal"
    )  # quirks mode: the UA sheet gave margin-top
    box("margin-trim", "MarginTrim", "NONE", "margin-trim")
    box("padding-top padding-right padding-bottom padding-left", "Length", "ZERO", "padding")
    box(
        "border-top-width border-right-width border-bottom-width border-left-width",
        "float",
        "0.0",  # the used width: 0 where the style is none; 3px (medium) is what `initial` stands for
        "border-width",
    )
    box("box-sizing", "BoxSizing", "CONTENT_BOX")
    box("aspect-ratio", "AspectRatio", "AUTO_RATIO", "aspect-ratio")
    box("overflow-x overflow-y", "Overflow", "VISIBLE", "overflow")
    box("overflow-clip-margin", "ClipMargin", "NO_CLIP_MARGIN", "overflow-clip-margin")
    box(
        "scroll-snap-type", "tuple[str, ...]", "()", "scroll-snap-type"
    )  # an axis, and `mandatory` or nothing
    box(
        "scroll-snap-align", "tuple[str, ...]", "()", "scroll-snap-align"
    )  # block, inline; one word where alike
    box("scroll-snap-stop", "ScrollSnapStop", "NORMAL")
    box(
        "scroll-padding-top scroll-padding-right scroll-padding-bottom scroll-padding-left",
        "Length",
        "AUTO",
        "scroll-padding",
    )
    box(
        "scroll-margin-top scroll-margin-right scroll-margin-bottom scroll-margin-left",
        "float",
        "0.0",
        "length",
    )
    box("z-index", "int", "Z_AUTO", "z-index")
    box("order", "int", "0", "integer")
    box("flex-direction", "FlexDirection", "ROW")
    box("flex-wrap", "FlexWrap", "NOWRAP", "flex-wrap")
    box("flex-line-count", "int", "1", "flex-line-count")
    box("flex-grow", "float", "0.0", "number")
    box("flex-shrink", "float", "1.0", "number")
    box("flex-basis", "Length", "AUTO", "flex-basis")
    box("align-content justify-content", "Alignment", "ALIGN_NORMAL", "align-content")
    box("align-items", "Alignment", "ALIGN_NORMAL", "align-items")
    box("justify-items", "Alignment", "Alignment(AlignKeyword.NORMAL, False, True)", "justify-items")
    box("align-self justify-self", "Alignment", "ALIGN_AUTO", "align-self")
    box("row-gap column-gap", "Length", "NORMAL", "gap")
    box("grid-template-columns grid-template-rows", "TrackList", "NO_TRACKS", "track-list")
    box("grid-auto-columns grid-auto-rows", "tuple[TrackSize, ...]", "(AUTO_TRACK,)", "auto-tracks")
    box("grid-auto-flow", "GridAutoFlow", "ROW", "grid-auto-flow")
    box(
        "grid-template-areas", "tuple[tuple[str, ...], ...]", "()", "grid-template-areas"
    )  # "" is a null cell
    box("grid-row-start grid-row-end grid-column-start grid-column-end", "GridLine", "GRID_AUTO", "grid-line")
    box("vertical-align", "VerticalAlign", "BASELINE", "vertical-align")
    box("table-layout", "TableLayout", "AUTO")
    box("unicode-bidi", "UnicodeBidi", "NORMAL")
    box("text-overflow", "TextOverflow", "CLIP", "text-overflow")
    box("-webkit-line-clamp", "int", "0", "line-clamp")  # 0: none
    box("-webkit-box-orient", "BoxOrient", "HORIZONTAL", "box-orient")
    box("column-count", "int", "0", "column-count")  # 0: auto
    box("column-width", "Length", "AUTO", "column-width")
    box("column-fill", "ColumnFill", "BALANCE")
    box("column-span", "ColumnSpan", "NONE")
    box("break-before break-after", "BreakBetween", "AUTO")
    box("break-inside", "BreakInside", "AUTO")
    box("content", "Content", "CONTENT_NORMAL", "content")
    box("counter-reset counter-increment counter-set", "tuple[tuple[str, int], ...]", "()", "counter")
    box("object-fit", "ObjectFit", "FILL")
    box("object-position", "Position", "CENTER", "position")
    box("contain", "tuple[str, ...]", "()", "contain")  # of size inline-size layout style paint
    box("contain-intrinsic-width contain-intrinsic-height", "Length", "NONE", "contain-intrinsic-size")
    box("content-visibility", "ContentVisibility", "VISIBLE")
    box("container-type", "ContainerType", "NORMAL")
    box("container-name", "tuple[str, ...]", "()", "container-name")
    box("appearance", "Appearance", "NONE")
    box("resize", "Resize", "NONE")
    box("field-sizing", "FieldSizing", "FIXED")
    box("box-decoration-break", "BoxDecorationBreak", "SLICE")
    box("shape-outside", "BasicShape | None", "None", "shape-outside")
    box("shape-margin", "Length", "ZERO", "padding")
    box("shape-image-threshold", "float", "0.0", "number")

    # --- Paint: what only painting reads (and whether a box is a containing block or a stacking context)
    paint("background-color", "Color", "TRANSPARENT", "color")
    paint("background-image", "tuple[CssImage | None, ...]", "(None,)", "images")
    paint("background-position-x background-position-y", "tuple[Length, ...]", "(ZERO_PERCENT,)", "positions")
    paint("background-size", "tuple[BackgroundSize, ...]", "(BackgroundSize(),)", "background-size")
    paint(
        "background-repeat",
        "tuple[tuple[BackgroundRepeat, BackgroundRepeat], ...]",
        "((BackgroundRepeat.REPEAT, BackgroundRepeat.REPEAT),)",
        "background-repeat",
    )
    paint(
        "background-attachment",
        "tuple[BackgroundAttachment, ...]",
        "(BackgroundAttachment.SCROLL,)",
        "background-attachment",
    )
    paint("background-origin", "tuple[GeometryBox, ...]", "(GeometryBox.PADDING_BOX,)", "background-box")
    paint("background-clip", "tuple[GeometryBox, ...]", "(GeometryBox.BORDER_BOX,)", "background-box")
    paint("background-blend-mode", "tuple[BlendMode, ...]", "(BlendMode.NORMAL,)", "blend-modes")
    paint(
        "border-top-color border-right-color border-bottom-color border-left-color",
        "Color",
        "CURRENT_COLOR",
        "color",
    )
    paint("border-top-style border-right-style border-bottom-style border-left-style", "BorderStyle", "NONE")
    paint(
        "border-top-left-radius border-top-right-radius border-bottom-right-radius border-bottom-left-radius",
        "CornerRadius",
        "SQUARE_CORNER",
        "corner-radius",
    )
    paint("border-image-source", "CssImage | None", "None", "image")
    # top right bottom left: PERCENT, or NUMBER for image pixels; and whether `fill` was said
    paint("border-image-slice", "tuple[Length, ...]", "(FULL, FULL, FULL, FULL)", "border-image-slice")
    paint("-webkit-border-image-fill", "bool", "False", "internal")
    paint("border-image-width", "tuple[Length, ...]", "(ONE, ONE, ONE, ONE)", "border-image-width")
    paint("border-image-outset", "tuple[Length, ...]", "(ZERO, ZERO, ZERO, ZERO)", "border-image-outset")
    paint(
        "border-image-repeat",
        "tuple[BorderImageRepeat, BorderImageRepeat]",
        "(BorderImageRepeat.STRETCH, BorderImageRepeat.STRETCH)",
        "border-image-repeat",
    )
    paint("outline-color", "Color", "CURRENT_COLOR", "color")
    paint("outline-style", "OutlineStyle", "NONE")
    paint("outline-width", "float", "3.0", "border-width")  # medium, whatever the style
    paint("outline-offset", "float", "0.0", "length")
    paint("box-shadow", "tuple[Shadow, ...]", "()", "shadow")
    paint("opacity", "float", "1.0", "alpha")
    paint("transform", "tuple[TransformFunction, ...]", "()", "transform")
    paint("translate", "TransformFunction | None", "None", "translate")
    paint("rotate", "TransformFunction | None", "None", "rotate")
    paint("scale", "TransformFunction | None", "None", "scale")
    paint("transform-origin", "Position", "CENTER", "transform-origin")
    paint("-webkit-transform-origin-z", "float", "0.0", "internal")
    paint("transform-box", "GeometryBox", "GeometryBox.VIEW_BOX", "transform-box")
    paint("transform-style", "TransformStyle", "FLAT")
    paint("perspective", "float", "-1.0", "perspective")  # -1: none
    paint("perspective-origin", "Position", "CENTER", "position")
    paint("backface-visibility", "BackfaceVisibility", "VISIBLE")
    paint("filter backdrop-filter", "tuple[FilterFunction, ...]", "()", "filter")
    paint("mix-blend-mode", "BlendMode", "NORMAL")
    paint("isolation", "Isolation", "AUTO")
    paint("clip", "tuple[Length, ...]", "()", "clip")  # () is auto, else top right bottom left
    paint("clip-path", "BasicShape | None", "None", "clip-path")
    paint("mask-image", "tuple[CssImage | None, ...]", "(None,)", "images")
    paint(
        "-webkit-mask-position-x -webkit-mask-position-y",
        "tuple[Length, ...]",
        "(ZERO_PERCENT,)",
        "positions",
    )
    paint("mask-size", "tuple[BackgroundSize, ...]", "(BackgroundSize(),)", "background-size")
    paint(
        "mask-repeat",
        "tuple[tuple[BackgroundRepeat, BackgroundRepeat], ...]",
        "((BackgroundRepeat.REPEAT, BackgroundRepeat.REPEAT),)",
        "background-repeat",
    )
    paint("mask-origin mask-clip", "tuple[GeometryBox, ...]", "(GeometryBox.BORDER_BOX,)", "background-box")
    paint("mask-mode", "tuple[MaskMode, ...]", "(MaskMode.MATCH_SOURCE,)", "mask-mode")
    paint("mask-composite", "tuple[MaskComposite, ...]", "(MaskComposite.ADD,)", "mask-composite")
    paint("mask-type", "MaskType", "LUMINANCE")
    paint("will-change", "tuple[str, ...]", "()", "will-change")
    # of underline overline line-through blink spelling-error grammar-error
    paint("text-decoration-line", "tuple[str, ...]", "()", "text-decoration-line")
    paint("text-decoration-style", "TextDecorationStyle", "SOLID")
    paint("text-decoration-color", "Color", "CURRENT_COLOR", "color")
    paint("text-decoration-thickness", "Length", "AUTO", "text-decoration-thickness")
    paint("column-rule-color", "Color", "CURRENT_COLOR", "color")
    paint("column-rule-style", "BorderStyle", "NONE")
    paint("column-rule-width", "float", "3.0", "border-width")
    paint("flood-color lighting-color stop-color flood-opacity stop-opacity", "str", '""', "svg")
    paint("animation-name", "tuple[str, ...]", "()", "animation-name")
    paint("animation-duration", "tuple[float, ...]", "(0.0,)", "durations")
    paint("animation-delay", "tuple[float, ...]", "(0.0,)", "times")
    paint("animation-timing-function", "tuple[Easing, ...]", "(EASE,)", "easings")
    paint("animation-iteration-count", "tuple[float, ...]", "(1.0,)", "iteration-counts")
    paint(
        "animation-direction",
        "tuple[AnimationDirection, ...]",
        "(AnimationDirection.NORMAL,)",
        "animation-directions",
    )
    paint(
        "animation-fill-mode",
        "tuple[AnimationFillMode, ...]",
        "(AnimationFillMode.NONE,)",
        "animation-fill-modes",
    )
    paint(
        "animation-play-state",
        "tuple[AnimationPlayState, ...]",
        "(AnimationPlayState.RUNNING,)",
        "animation-play-states",
    )
    paint(
        "animation-composition",
        "tuple[AnimationComposition, ...]",
        "(AnimationComposition.REPLACE,)",
        "animation-compositions",
    )
    paint("transition-property", "tuple[str, ...]", '("all",)', "transition-property")
    paint("transition-duration", "tuple[float, ...]", "(0.0,)", "durations")
    paint("transition-delay", "tuple[float, ...]", "(0.0,)", "times")
    paint("transition-timing-function", "tuple[Easing, ...]", "(EASE,)", "easings")
    paint(
        "transition-behavior",
        "tuple[TransitionBehavior, ...]",
        "(TransitionBehavior.NORMAL,)",
        "transition-behaviors",
    )
    return rows


PROPERTIES: Final[tuple[Property, ...]] = tuple(_rows())
"""Every longhand, in the order of the table."""

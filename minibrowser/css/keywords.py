"""Keywords of properties as enums.

Made by `python -m minibrowser.css.generate` from properties.py: do not edit.
"""

# ruff: noqa: E501
from enum import IntEnum


class Display(IntEnum):
    """Keywords of Display."""

    INLINE = 0
    NONE = 1
    CONTENTS = 2
    BLOCK = 3
    FLOW_ROOT = 4
    LIST_ITEM = 5
    INLINE_BLOCK = 6
    FLEX = 7
    INLINE_FLEX = 8
    GRID = 9
    INLINE_GRID = 10
    TABLE = 11
    INLINE_TABLE = 12
    TABLE_ROW_GROUP = 13
    TABLE_HEADER_GROUP = 14
    TABLE_FOOTER_GROUP = 15
    TABLE_ROW = 16
    TABLE_CELL = 17
    TABLE_COLUMN_GROUP = 18
    TABLE_COLUMN = 19
    TABLE_CAPTION = 20
    RUBY = 21
    RUBY_TEXT = 22
    WEBKIT_BOX = 23
    WEBKIT_INLINE_BOX = 24
    INLINE_LIST_ITEM = 25
    MATH = 26
    INLINE_MATH = 27
    FLOW_ROOT_LIST_ITEM = 28
    INLINE_FLOW_ROOT_LIST_ITEM = 29
    BLOCK_RUBY = 30


class PositionKind(IntEnum):
    """Keywords of PositionKind."""

    STATIC = 0
    RELATIVE = 1
    ABSOLUTE = 2
    FIXED = 3
    STICKY = 4


class FloatKind(IntEnum):
    """Keywords of FloatKind."""

    NONE = 0
    LEFT = 1
    RIGHT = 2
    INLINE_START = 3
    INLINE_END = 4


class Clear(IntEnum):
    """Keywords of Clear."""

    NONE = 0
    LEFT = 1
    RIGHT = 2
    BOTH = 3
    INLINE_START = 4
    INLINE_END = 5


class BoxSizing(IntEnum):
    """Keywords of BoxSizing."""

    CONTENT_BOX = 0
    BORDER_BOX = 1


class MarginTrim(IntEnum):
    """Keywords of MarginTrim."""

    NONE = 0
    BLOCK = 1
    BLOCK_START = 2
    BLOCK_END = 3


class Overflow(IntEnum):
    """Keywords of Overflow."""

    VISIBLE = 0
    HIDDEN = 1
    CLIP = 2
    SCROLL = 3
    AUTO = 4


class ScrollSnapStop(IntEnum):
    """Keywords of ScrollSnapStop."""

    NORMAL = 0
    ALWAYS = 1


class Visibility(IntEnum):
    """Keywords of Visibility."""

    VISIBLE = 0
    HIDDEN = 1
    COLLAPSE = 2


class Direction(IntEnum):
    """Keywords of Direction."""

    LTR = 0
    RTL = 1


class WritingMode(IntEnum):
    """Keywords of WritingMode."""

    HORIZONTAL_TB = 0
    VERTICAL_RL = 1
    VERTICAL_LR = 2
    SIDEWAYS_RL = 3
    SIDEWAYS_LR = 4


class TextOrientation(IntEnum):
    """Keywords of TextOrientation."""

    MIXED = 0
    UPRIGHT = 1
    SIDEWAYS = 2


class UnicodeBidi(IntEnum):
    """Keywords of UnicodeBidi."""

    NORMAL = 0
    EMBED = 1
    ISOLATE = 2
    BIDI_OVERRIDE = 3
    ISOLATE_OVERRIDE = 4
    PLAINTEXT = 5


class FontStyle(IntEnum):
    """Keywords of FontStyle."""

    NORMAL = 0
    ITALIC = 1
    OBLIQUE = 2


class FontVariantCaps(IntEnum):
    """Keywords of FontVariantCaps."""

    NORMAL = 0
    SMALL_CAPS = 1
    ALL_SMALL_CAPS = 2
    PETITE_CAPS = 3
    ALL_PETITE_CAPS = 4
    UNICASE = 5
    TITLING_CAPS = 6


class FontKerning(IntEnum):
    """Keywords of FontKerning."""

    AUTO = 0
    NORMAL = 1
    NONE = 2


class FontVariantPosition(IntEnum):
    """Keywords of FontVariantPosition."""

    NORMAL = 0
    SUB = 1
    SUPER = 2


class FontVariantEmoji(IntEnum):
    """Keywords of FontVariantEmoji."""

    NORMAL = 0
    TEXT = 1
    EMOJI = 2
    UNICODE = 3


class FontOpticalSizing(IntEnum):
    """Keywords of FontOpticalSizing."""

    AUTO = 0
    NONE = 1


class FontSynthesis(IntEnum):
    """Keywords of FontSynthesis."""

    AUTO = 0
    NONE = 1


class TextAlign(IntEnum):
    """Keywords of TextAlign."""

    START = 0
    END = 1
    LEFT = 2
    RIGHT = 3
    CENTER = 4
    JUSTIFY = 5
    MATCH_PARENT = 6
    WEBKIT_LEFT = 7
    WEBKIT_RIGHT = 8
    WEBKIT_CENTER = 9


class TextAlignLast(IntEnum):
    """Keywords of TextAlignLast."""

    AUTO = 0
    START = 1
    END = 2
    LEFT = 3
    RIGHT = 4
    CENTER = 5
    JUSTIFY = 6
    MATCH_PARENT = 7


class TextJustify(IntEnum):
    """Keywords of TextJustify."""

    AUTO = 0
    NONE = 1
    INTER_WORD = 2
    INTER_CHARACTER = 3


class WhiteSpaceCollapse(IntEnum):
    """Keywords of WhiteSpaceCollapse."""

    COLLAPSE = 0
    PRESERVE = 1
    PRESERVE_BREAKS = 2
    PRESERVE_SPACES = 3
    BREAK_SPACES = 4


class TextWrapMode(IntEnum):
    """Keywords of TextWrapMode."""

    WRAP = 0
    NOWRAP = 1


class TextWrapStyle(IntEnum):
    """Keywords of TextWrapStyle."""

    AUTO = 0
    BALANCE = 1
    STABLE = 2
    PRETTY = 3


class WordBreak(IntEnum):
    """Keywords of WordBreak."""

    NORMAL = 0
    BREAK_ALL = 1
    KEEP_ALL = 2
    BREAK_WORD = 3
    AUTO_PHRASE = 4


class OverflowWrap(IntEnum):
    """Keywords of OverflowWrap."""

    NORMAL = 0
    BREAK_WORD = 1
    ANYWHERE = 2


class LineBreak(IntEnum):
    """Keywords of LineBreak."""

    AUTO = 0
    LOOSE = 1
    NORMAL = 2
    STRICT = 3
    ANYWHERE = 4


class Hyphens(IntEnum):
    """Keywords of Hyphens."""

    MANUAL = 0
    NONE = 1
    AUTO = 2


class TextRendering(IntEnum):
    """Keywords of TextRendering."""

    AUTO = 0
    OPTIMIZESPEED = 1
    OPTIMIZELEGIBILITY = 2
    GEOMETRICPRECISION = 3


class ListStylePosition(IntEnum):
    """Keywords of ListStylePosition."""

    OUTSIDE = 0
    INSIDE = 1


class BorderCollapse(IntEnum):
    """Keywords of BorderCollapse."""

    SEPARATE = 0
    COLLAPSE = 1


class CaptionSide(IntEnum):
    """Keywords of CaptionSide."""

    TOP = 0
    BOTTOM = 1


class EmptyCells(IntEnum):
    """Keywords of EmptyCells."""

    SHOW = 0
    HIDE = 1


class TableLayout(IntEnum):
    """Keywords of TableLayout."""

    AUTO = 0
    FIXED = 1


class PointerEvents(IntEnum):
    """Keywords of PointerEvents."""

    AUTO = 0
    NONE = 1
    VISIBLEPAINTED = 2
    VISIBLEFILL = 3
    VISIBLESTROKE = 4
    VISIBLE = 5
    PAINTED = 6
    FILL = 7
    STROKE = 8
    ALL = 9


class ImageRendering(IntEnum):
    """Keywords of ImageRendering."""

    AUTO = 0
    SMOOTH = 1
    HIGH_QUALITY = 2
    PIXELATED = 3
    CRISP_EDGES = 4
    WEBKIT_OPTIMIZE_CONTRAST = 5


class ImageOrientation(IntEnum):
    """Keywords of ImageOrientation."""

    FROM_IMAGE = 0
    NONE = 1


class TextEmphasisFill(IntEnum):
    """Keywords of TextEmphasisFill."""

    FILLED = 0
    OPEN = 1


class TextDecorationSkipInk(IntEnum):
    """Keywords of TextDecorationSkipInk."""

    AUTO = 0
    NONE = 1
    ALL = 2


class TextUnderlinePosition(IntEnum):
    """Keywords of TextUnderlinePosition."""

    AUTO = 0
    FROM_FONT = 1
    UNDER = 2
    LEFT = 3
    RIGHT = 4
    UNDER_LEFT = 5
    UNDER_RIGHT = 6
    FROM_FONT_LEFT = 7
    FROM_FONT_RIGHT = 8


class RubyPosition(IntEnum):
    """Keywords of RubyPosition."""

    OVER = 0
    UNDER = 1
    INTER_CHARACTER = 2


class RubyAlign(IntEnum):
    """Keywords of RubyAlign."""

    SPACE_AROUND = 0
    START = 1
    CENTER = 2
    SPACE_BETWEEN = 3


class BorderStyle(IntEnum):
    """Keywords of BorderStyle."""

    NONE = 0
    HIDDEN = 1
    DOTTED = 2
    DASHED = 3
    SOLID = 4
    DOUBLE = 5
    GROOVE = 6
    RIDGE = 7
    INSET = 8
    OUTSET = 9


class OutlineStyle(IntEnum):
    """Keywords of OutlineStyle."""

    NONE = 0
    AUTO = 1
    DOTTED = 2
    DASHED = 3
    SOLID = 4
    DOUBLE = 5
    GROOVE = 6
    RIDGE = 7
    INSET = 8
    OUTSET = 9


class FlexDirection(IntEnum):
    """Keywords of FlexDirection."""

    ROW = 0
    ROW_REVERSE = 1
    COLUMN = 2
    COLUMN_REVERSE = 3


class FlexWrap(IntEnum):
    """Keywords of FlexWrap."""

    NOWRAP = 0
    WRAP = 1
    WRAP_REVERSE = 2
    BALANCE = 3
    WRAP_REVERSE_BALANCE = 4


class GridAutoFlow(IntEnum):
    """Keywords of GridAutoFlow."""

    ROW = 0
    COLUMN = 1
    ROW_DENSE = 2
    COLUMN_DENSE = 3


class ObjectFit(IntEnum):
    """Keywords of ObjectFit."""

    FILL = 0
    CONTAIN = 1
    COVER = 2
    NONE = 3
    SCALE_DOWN = 4


class TextOverflow(IntEnum):
    """Keywords of TextOverflow."""

    CLIP = 0
    ELLIPSIS = 1


class ColumnFill(IntEnum):
    """Keywords of ColumnFill."""

    BALANCE = 0
    AUTO = 1


class ColumnSpan(IntEnum):
    """Keywords of ColumnSpan."""

    NONE = 0
    ALL = 1


class BreakBetween(IntEnum):
    """Keywords of BreakBetween."""

    AUTO = 0
    AVOID = 1
    ALWAYS = 2
    ALL = 3
    AVOID_PAGE = 4
    PAGE = 5
    LEFT = 6
    RIGHT = 7
    RECTO = 8
    VERSO = 9
    AVOID_COLUMN = 10
    COLUMN = 11


class BreakInside(IntEnum):
    """Keywords of BreakInside."""

    AUTO = 0
    AVOID = 1
    AVOID_PAGE = 2
    AVOID_COLUMN = 3


class ContentVisibility(IntEnum):
    """Keywords of ContentVisibility."""

    VISIBLE = 0
    AUTO = 1
    HIDDEN = 2


class ContainerType(IntEnum):
    """Keywords of ContainerType."""

    NORMAL = 0
    INLINE_SIZE = 1
    SIZE = 2


class Appearance(IntEnum):
    """Keywords of Appearance."""

    NONE = 0
    AUTO = 1
    BUTTON = 2
    CHECKBOX = 3
    RADIO = 4
    TEXTFIELD = 5
    SEARCHFIELD = 6
    TEXTAREA = 7
    MENULIST = 8
    MENULIST_BUTTON = 9
    LISTBOX = 10
    METER = 11
    PROGRESS_BAR = 12
    PUSH_BUTTON = 13
    SLIDER_HORIZONTAL = 14
    SQUARE_BUTTON = 15
    BASE_SELECT = 16
    SLIDER_VERTICAL = 17
    INNER_SPIN_BUTTON = 18
    COLOR_WELL = 19
    SEARCH_CANCEL_BUTTON = 20


class Resize(IntEnum):
    """Keywords of Resize."""

    NONE = 0
    BOTH = 1
    HORIZONTAL = 2
    VERTICAL = 3
    BLOCK = 4
    INLINE = 5


class FieldSizing(IntEnum):
    """Keywords of FieldSizing."""

    FIXED = 0
    CONTENT = 1


class BoxDecorationBreak(IntEnum):
    """Keywords of BoxDecorationBreak."""

    SLICE = 0
    CLONE = 1


class BackgroundAttachment(IntEnum):
    """Keywords of BackgroundAttachment."""

    SCROLL = 0
    FIXED = 1
    LOCAL = 2


class BackgroundRepeat(IntEnum):
    """Keywords of BackgroundRepeat."""

    REPEAT = 0
    NO_REPEAT = 1
    SPACE = 2
    ROUND = 3


class BlendMode(IntEnum):
    """Keywords of BlendMode."""

    NORMAL = 0
    MULTIPLY = 1
    SCREEN = 2
    OVERLAY = 3
    DARKEN = 4
    LIGHTEN = 5
    COLOR_DODGE = 6
    COLOR_BURN = 7
    HARD_LIGHT = 8
    SOFT_LIGHT = 9
    DIFFERENCE = 10
    EXCLUSION = 11
    HUE = 12
    SATURATION = 13
    COLOR = 14
    LUMINOSITY = 15
    PLUS_DARKER = 16
    PLUS_LIGHTER = 17


class Isolation(IntEnum):
    """Keywords of Isolation."""

    AUTO = 0
    ISOLATE = 1


class BackfaceVisibility(IntEnum):
    """Keywords of BackfaceVisibility."""

    VISIBLE = 0
    HIDDEN = 1


class TransformStyle(IntEnum):
    """Keywords of TransformStyle."""

    FLAT = 0
    PRESERVE_3D = 1


class BorderImageRepeat(IntEnum):
    """Keywords of BorderImageRepeat."""

    STRETCH = 0
    REPEAT = 1
    ROUND = 2
    SPACE = 3


class TextDecorationStyle(IntEnum):
    """Keywords of TextDecorationStyle."""

    SOLID = 0
    DOUBLE = 1
    DOTTED = 2
    DASHED = 3
    WAVY = 4


class MaskMode(IntEnum):
    """Keywords of MaskMode."""

    MATCH_SOURCE = 0
    ALPHA = 1
    LUMINANCE = 2


class AnimationComposition(IntEnum):
    """Keywords of AnimationComposition."""

    REPLACE = 0
    ADD = 1
    ACCUMULATE = 2


class TransitionBehavior(IntEnum):
    """Keywords of TransitionBehavior."""

    NORMAL = 0
    ALLOW_DISCRETE = 1


class AnimationDirection(IntEnum):
    """Keywords of AnimationDirection."""

    NORMAL = 0
    REVERSE = 1
    ALTERNATE = 2
    ALTERNATE_REVERSE = 3


class AnimationFillMode(IntEnum):
    """Keywords of AnimationFillMode."""

    NONE = 0
    FORWARDS = 1
    BACKWARDS = 2
    BOTH = 3


class AnimationPlayState(IntEnum):
    """Keywords of AnimationPlayState."""

    RUNNING = 0
    PAUSED = 1


class MaskComposite(IntEnum):
    """Keywords of MaskComposite."""

    ADD = 0
    SUBTRACT = 1
    INTERSECT = 2
    EXCLUDE = 3


class MaskType(IntEnum):
    """Keywords of MaskType."""

    LUMINANCE = 0
    ALPHA = 1


class BoxOrient(IntEnum):
    """Keywords of BoxOrient."""

    HORIZONTAL = 0
    VERTICAL = 1


class TextCombineUpright(IntEnum):
    """Keywords of TextCombineUpright."""

    NONE = 0
    ALL = 1


class MathStyle(IntEnum):
    """Keywords of MathStyle."""

    NORMAL = 0
    COMPACT = 1


class Interactivity(IntEnum):
    """Keywords of Interactivity."""

    AUTO = 0
    INERT = 1


ENUMS: dict[str, type[IntEnum]] = {
    "Display": Display,
    "PositionKind": PositionKind,
    "FloatKind": FloatKind,
    "Clear": Clear,
    "BoxSizing": BoxSizing,
    "MarginTrim": MarginTrim,
    "Overflow": Overflow,
    "ScrollSnapStop": ScrollSnapStop,
    "Visibility": Visibility,
    "Direction": Direction,
    "WritingMode": WritingMode,
    "TextOrientation": TextOrientation,
    "UnicodeBidi": UnicodeBidi,
    "FontStyle": FontStyle,
    "FontVariantCaps": FontVariantCaps,
    "FontKerning": FontKerning,
    "FontVariantPosition": FontVariantPosition,
    "FontVariantEmoji": FontVariantEmoji,
    "FontOpticalSizing": FontOpticalSizing,
    "FontSynthesis": FontSynthesis,
    "TextAlign": TextAlign,
    "TextAlignLast": TextAlignLast,
    "TextJustify": TextJustify,
    "WhiteSpaceCollapse": WhiteSpaceCollapse,
    "TextWrapMode": TextWrapMode,
    "TextWrapStyle": TextWrapStyle,
    "WordBreak": WordBreak,
    "OverflowWrap": OverflowWrap,
    "LineBreak": LineBreak,
    "Hyphens": Hyphens,
    "TextRendering": TextRendering,
    "ListStylePosition": ListStylePosition,
    "BorderCollapse": BorderCollapse,
    "CaptionSide": CaptionSide,
    "EmptyCells": EmptyCells,
    "TableLayout": TableLayout,
    "PointerEvents": PointerEvents,
    "ImageRendering": ImageRendering,
    "ImageOrientation": ImageOrientation,
    "TextEmphasisFill": TextEmphasisFill,
    "TextDecorationSkipInk": TextDecorationSkipInk,
    "TextUnderlinePosition": TextUnderlinePosition,
    "RubyPosition": RubyPosition,
    "RubyAlign": RubyAlign,
    "BorderStyle": BorderStyle,
    "OutlineStyle": OutlineStyle,
    "FlexDirection": FlexDirection,
    "FlexWrap": FlexWrap,
    "GridAutoFlow": GridAutoFlow,
    "ObjectFit": ObjectFit,
    "TextOverflow": TextOverflow,
    "ColumnFill": ColumnFill,
    "ColumnSpan": ColumnSpan,
    "BreakBetween": BreakBetween,
    "BreakInside": BreakInside,
    "ContentVisibility": ContentVisibility,
    "ContainerType": ContainerType,
    "Appearance": Appearance,
    "Resize": Resize,
    "FieldSizing": FieldSizing,
    "BoxDecorationBreak": BoxDecorationBreak,
    "BackgroundAttachment": BackgroundAttachment,
    "BackgroundRepeat": BackgroundRepeat,
    "BlendMode": BlendMode,
    "Isolation": Isolation,
    "BackfaceVisibility": BackfaceVisibility,
    "TransformStyle": TransformStyle,
    "BorderImageRepeat": BorderImageRepeat,
    "TextDecorationStyle": TextDecorationStyle,
    "MaskMode": MaskMode,
    "AnimationComposition": AnimationComposition,
    "TransitionBehavior": TransitionBehavior,
    "AnimationDirection": AnimationDirection,
    "AnimationFillMode": AnimationFillMode,
    "AnimationPlayState": AnimationPlayState,
    "MaskComposite": MaskComposite,
    "MaskType": MaskType,
    "BoxOrient": BoxOrient,
    "TextCombineUpright": TextCombineUpright,
    "MathStyle": MathStyle,
    "Interactivity": Interactivity,
}
"""Each enum by its name."""

CSS_NAMES: dict[str, tuple[str, ...]] = {
    "Display": ("inline", "none", "contents", "block", "flow-root", "list-item", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "table", "inline-table", "table-row-group", "table-header-group", "table-footer-group", "table-row", "table-cell", "table-column-group", "table-column", "table-caption", "ruby", "ruby-text", "-webkit-box", "-webkit-inline-box", "inline-list-item", "math", "inline-math", "flow-root-list-item", "inline-flow-root-list-item", "block-ruby",),
    "PositionKind": ("static", "relative", "absolute", "fixed", "sticky",),
    "FloatKind": ("none", "left", "right", "inline-start", "inline-end",),
    "Clear": ("none", "left", "right", "both", "inline-start", "inline-end",),
    "BoxSizing": ("content-box", "border-box",),
    "MarginTrim": ("none", "block", "block-start", "block-end",),
    "Overflow": ("visible", "hidden", "clip", "scroll", "auto",),
    "ScrollSnapStop": ("normal", "always",),
    "Visibility": ("visible", "hidden", "collapse",),
    "Direction": ("ltr", "rtl",),
    "WritingMode": ("horizontal-tb", "vertical-rl", "vertical-lr", "sideways-rl", "sideways-lr",),
    "TextOrientation": ("mixed", "upright", "sideways",),
    "UnicodeBidi": ("normal", "embed", "isolate", "bidi-override", "isolate-override", "plaintext",),
    "FontStyle": ("normal", "italic", "oblique",),
    "FontVariantCaps": ("normal", "small-caps", "all-small-caps", "petite-caps", "all-petite-caps", "unicase", "titling-caps",),
    "FontKerning": ("auto", "normal", "none",),
    "FontVariantPosition": ("normal", "sub", "super",),
    "FontVariantEmoji": ("normal", "text", "emoji", "unicode",),
    "FontOpticalSizing": ("auto", "none",),
    "FontSynthesis": ("auto", "none",),
    "TextAlign": ("start", "end", "left", "right", "center", "justify", "match-parent", "-webkit-left", "-webkit-right", "-webkit-center",),
    "TextAlignLast": ("auto", "start", "end", "left", "right", "center", "justify", "match-parent",),
    "TextJustify": ("auto", "none", "inter-word", "inter-character",),
    "WhiteSpaceCollapse": ("collapse", "preserve", "preserve-breaks", "preserve-spaces", "break-spaces",),
    "TextWrapMode": ("wrap", "nowrap",),
    "TextWrapStyle": ("auto", "balance", "stable", "pretty",),
    "WordBreak": ("normal", "break-all", "keep-all", "break-word", "auto-phrase",),
    "OverflowWrap": ("normal", "break-word", "anywhere",),
    "LineBreak": ("auto", "loose", "normal", "strict", "anywhere",),
    "Hyphens": ("manual", "none", "auto",),
    "TextRendering": ("auto", "optimizespeed", "optimizelegibility", "geometricprecision",),
    "ListStylePosition": ("outside", "inside",),
    "BorderCollapse": ("separate", "collapse",),
    "CaptionSide": ("top", "bottom",),
    "EmptyCells": ("show", "hide",),
    "TableLayout": ("auto", "fixed",),
    "PointerEvents": ("auto", "none", "visiblepainted", "visiblefill", "visiblestroke", "visible", "painted", "fill", "stroke", "all",),
    "ImageRendering": ("auto", "smooth", "high-quality", "pixelated", "crisp-edges", "-webkit-optimize-contrast",),
    "ImageOrientation": ("from-image", "none",),
    "TextEmphasisFill": ("filled", "open",),
    "TextDecorationSkipInk": ("auto", "none", "all",),
    "TextUnderlinePosition": ("auto", "from-font", "under", "left", "right", "under left", "under right", "from-font left", "from-font right",),
    "RubyPosition": ("over", "under", "inter-character",),
    "RubyAlign": ("space-around", "start", "center", "space-between",),
    "BorderStyle": ("none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset",),
    "OutlineStyle": ("none", "auto", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset",),
    "FlexDirection": ("row", "row-reverse", "column", "column-reverse",),
    "FlexWrap": ("nowrap", "wrap", "wrap-reverse", "balance", "wrap-reverse-balance",),
    "GridAutoFlow": ("row", "column", "row-dense", "column-dense",),
    "ObjectFit": ("fill", "contain", "cover", "none", "scale-down",),
    "TextOverflow": ("clip", "ellipsis",),
    "ColumnFill": ("balance", "auto",),
    "ColumnSpan": ("none", "all",),
    "BreakBetween": ("auto", "avoid", "always", "all", "avoid-page", "page", "left", "right", "recto", "verso", "avoid-column", "column",),
    "BreakInside": ("auto", "avoid", "avoid-page", "avoid-column",),
    "ContentVisibility": ("visible", "auto", "hidden",),
    "ContainerType": ("normal", "inline-size", "size",),
    "Appearance": ("none", "auto", "button", "checkbox", "radio", "textfield", "searchfield", "textarea", "menulist", "menulist-button", "listbox", "meter", "progress-bar", "push-button", "slider-horizontal", "square-button", "base-select", "slider-vertical", "inner-spin-button", "color-well", "search-cancel-button",),
    "Resize": ("none", "both", "horizontal", "vertical", "block", "inline",),
    "FieldSizing": ("fixed", "content",),
    "BoxDecorationBreak": ("slice", "clone",),
    "BackgroundAttachment": ("scroll", "fixed", "local",),
    "BackgroundRepeat": ("repeat", "no-repeat", "space", "round",),
    "BlendMode": ("normal", "multiply", "screen", "overlay", "darken", "lighten", "color-dodge", "color-burn", "hard-light", "soft-light", "difference", "exclusion", "hue", "saturation", "color", "luminosity", "plus-darker", "plus-lighter",),
    "Isolation": ("auto", "isolate",),
    "BackfaceVisibility": ("visible", "hidden",),
    "TransformStyle": ("flat", "preserve-3d",),
    "BorderImageRepeat": ("stretch", "repeat", "round", "space",),
    "TextDecorationStyle": ("solid", "double", "dotted", "dashed", "wavy",),
    "MaskMode": ("match-source", "alpha", "luminance",),
    "AnimationComposition": ("replace", "add", "accumulate",),
    "TransitionBehavior": ("normal", "allow-discrete",),
    "AnimationDirection": ("normal", "reverse", "alternate", "alternate-reverse",),
    "AnimationFillMode": ("none", "forwards", "backwards", "both",),
    "AnimationPlayState": ("running", "paused",),
    "MaskComposite": ("add", "subtract", "intersect", "exclude",),
    "MaskType": ("luminance", "alpha",),
    "BoxOrient": ("horizontal", "vertical",),
    "TextCombineUpright": ("none", "all",),
    "MathStyle": ("normal", "compact",),
    "Interactivity": ("auto", "inert",),
}
"""The CSS keywords of each enum, by value."""

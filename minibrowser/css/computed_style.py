"""ComputedStyle: the computed value of every property, in three groups shared by reference.

Made by `python -m minibrowser.css.generate` from properties.py: do not edit.
Groups are filled in by the style resolver and never edited once an element has them: everybody
after style resolution only reads.
"""

# ruff: noqa: E501, I001
from __future__ import annotations

from typing import Final, final

from .keywords import AnimationComposition, AnimationDirection, AnimationFillMode, AnimationPlayState, Appearance, BackfaceVisibility, BackgroundAttachment, BackgroundRepeat, BlendMode, BorderCollapse, BorderImageRepeat, BorderStyle, BoxDecorationBreak, BoxOrient, BoxSizing, BreakBetween, BreakInside, CaptionSide, Clear, ColumnFill, ColumnSpan, ContainerType, ContentVisibility, Direction, Display, EmptyCells, FieldSizing, FlexDirection, FlexWrap, FloatKind, FontKerning, FontOpticalSizing, FontStyle, FontSynthesis, FontVariantCaps, FontVariantEmoji, FontVariantPosition, GridAutoFlow, Hyphens, ImageOrientation, ImageRendering, Interactivity, Isolation, LineBreak, ListStylePosition, MarginTrim, MaskComposite, MaskMode, MaskType, MathStyle, ObjectFit, OutlineStyle, Overflow, OverflowWrap, PointerEvents, PositionKind, Resize, RubyAlign, RubyPosition, ScrollSnapStop, TableLayout, TextAlign, TextAlignLast, TextCombineUpright, TextDecorationSkipInk, TextDecorationStyle, TextJustify, TextOrientation, TextOverflow, TextRendering, TextUnderlinePosition, TextWrapMode, TextWrapStyle, TransformStyle, TransitionBehavior, UnicodeBidi, Visibility, WhiteSpaceCollapse, WordBreak, WritingMode
from .values import ALIGN_AUTO, ALIGN_NORMAL, AUTO, AUTO_RATIO, AUTO_TRACK, AlignKeyword, Alignment, AspectRatio, BASELINE, BLACK, BackgroundSize, BasicShape, CENTER, CONTENT_NORMAL, CURRENT_COLOR, ClipMargin, Color, Content, CornerRadius, CssImage, EASE, Easing, FULL, FilterFunction, FontFamilyName, GRID_AUTO, GeometryBox, GridLine, Length, LengthKind, NONE, NORMAL, NO_CLIP_MARGIN, NO_TRACKS, Position, SQUARE_CORNER, Shadow, TRANSPARENT, TrackList, TrackSize, TransformFunction, VerticalAlign, ZERO, ZERO_PERCENT, Z_AUTO

ONE: Final = Length(LengthKind.NUMBER, 1.0)


@final
class InheritedStyle:
    """What children take over from their parent: text, fonts, lists, tables."""

    __slots__ = ("accent_color", "border_collapse", "border_horizontal_spacing", "border_vertical_spacing", "box_direction", "caption_side", "caret_color", "clip_rule", "color", "color_interpolation", "color_interpolation_filters", "color_scheme", "cursor", "direction", "dominant_baseline", "empty_cells", "fill", "fill_opacity", "fill_rule", "font_alternate_features", "font_family", "font_feature_settings", "font_kerning", "font_language_override", "font_oblique_angle", "font_optical_sizing", "font_size", "font_size_adjust", "font_size_is_absolute", "font_size_keyword", "font_stretch", "font_style", "font_synthesis_small_caps", "font_synthesis_style", "font_synthesis_weight", "font_variant_alternates", "font_variant_caps", "font_variant_east_asian", "font_variant_emoji", "font_variant_ligatures", "font_variant_numeric", "font_variant_position", "font_variation_settings", "font_weight", "hyphenate_character", "hyphens", "image_orientation", "image_rendering", "interactivity", "letter_spacing", "line_break", "line_height", "list_style_image", "list_style_position", "list_style_type", "marker_end", "marker_mid", "marker_start", "math_style", "orphans", "overflow_wrap", "paint_order", "pointer_events", "quotes", "ruby_align", "ruby_position", "shape_rendering", "stroke", "stroke_dasharray", "stroke_dashoffset", "stroke_linecap", "stroke_linejoin", "stroke_miterlimit", "stroke_opacity", "stroke_width", "tab_size", "text_align", "text_align_last", "text_anchor", "text_combine_upright", "text_decoration_skip_ink", "text_emphasis_color", "text_emphasis_position", "text_emphasis_style", "text_fill_color", "text_indent", "text_justify", "text_orientation", "text_rendering", "text_shadow", "text_stroke_color", "text_stroke_width", "text_transform", "text_underline_offset", "text_underline_position", "text_wrap_mode", "text_wrap_style", "uses_dark_scheme", "visibility", "white_space_collapse", "widows", "word_break", "word_spacing", "writing_mode", "zoom")

    def __init__(self) -> None:
        self.color: Color = BLACK
        self.font_family: tuple[FontFamilyName, ...] = (FontFamilyName("serif", True, True),)
        self.font_size: float = 16.0
        self.font_size_keyword: int = 4
        self.font_size_is_absolute: bool = False
        self.font_weight: float = 400.0
        self.font_stretch: float = 100.0
        self.font_style: FontStyle = FontStyle.NORMAL
        self.font_oblique_angle: float = 14.0
        self.font_size_adjust: float = -1.0
        self.font_variant_caps: FontVariantCaps = FontVariantCaps.NORMAL
        self.font_variant_ligatures: tuple[str, ...] = ()
        self.font_variant_numeric: tuple[str, ...] = ()
        self.font_variant_east_asian: tuple[str, ...] = ()
        self.font_variant_alternates: tuple[str, ...] = ()
        self.font_alternate_features: tuple[tuple[str, int], ...] = ()
        self.font_language_override: str = ""
        self.font_variant_position: FontVariantPosition = FontVariantPosition.NORMAL
        self.font_variant_emoji: FontVariantEmoji = FontVariantEmoji.NORMAL
        self.font_kerning: FontKerning = FontKerning.AUTO
        self.font_optical_sizing: FontOpticalSizing = FontOpticalSizing.AUTO
        self.font_synthesis_weight: FontSynthesis = FontSynthesis.AUTO
        self.font_synthesis_style: FontSynthesis = FontSynthesis.AUTO
        self.font_synthesis_small_caps: FontSynthesis = FontSynthesis.AUTO
        self.font_feature_settings: tuple[tuple[str, int], ...] = ()
        self.font_variation_settings: tuple[tuple[str, float], ...] = ()
        self.line_height: Length = NORMAL
        self.letter_spacing: float = 0.0
        self.word_spacing: float = 0.0
        self.text_align: TextAlign = TextAlign.START
        self.text_align_last: TextAlignLast = TextAlignLast.AUTO
        self.text_justify: TextJustify = TextJustify.AUTO
        self.text_indent: Length = ZERO
        self.text_transform: tuple[str, ...] = ()
        self.white_space_collapse: WhiteSpaceCollapse = WhiteSpaceCollapse.COLLAPSE
        self.text_wrap_mode: TextWrapMode = TextWrapMode.WRAP
        self.text_wrap_style: TextWrapStyle = TextWrapStyle.AUTO
        self.word_break: WordBreak = WordBreak.NORMAL
        self.overflow_wrap: OverflowWrap = OverflowWrap.NORMAL
        self.line_break: LineBreak = LineBreak.AUTO
        self.hyphens: Hyphens = Hyphens.MANUAL
        self.hyphenate_character: str = "auto"
        self.tab_size: Length = Length(LengthKind.NUMBER, 8.0)
        self.text_rendering: TextRendering = TextRendering.AUTO
        self.direction: Direction = Direction.LTR
        self.writing_mode: WritingMode = WritingMode.HORIZONTAL_TB
        self.text_orientation: TextOrientation = TextOrientation.MIXED
        self.text_combine_upright: TextCombineUpright = TextCombineUpright.NONE
        self.visibility: Visibility = Visibility.VISIBLE
        self.list_style_type: str = "disc"
        self.list_style_position: ListStylePosition = ListStylePosition.OUTSIDE
        self.list_style_image: CssImage | None = None
        self.border_collapse: BorderCollapse = BorderCollapse.SEPARATE
        self.border_horizontal_spacing: float = 0.0
        self.border_vertical_spacing: float = 0.0
        self.caption_side: CaptionSide = CaptionSide.TOP
        self.empty_cells: EmptyCells = EmptyCells.SHOW
        self.quotes: tuple[str, ...] | None = None
        self.text_shadow: tuple[Shadow, ...] = ()
        self.text_emphasis_style: str = ""
        self.text_emphasis_color: Color = CURRENT_COLOR
        self.text_emphasis_position: tuple[str, ...] = ("over", "right")
        self.text_decoration_skip_ink: TextDecorationSkipInk = TextDecorationSkipInk.AUTO
        self.text_underline_position: TextUnderlinePosition = TextUnderlinePosition.AUTO
        self.text_underline_offset: Length = AUTO
        self.ruby_position: RubyPosition = RubyPosition.OVER
        self.ruby_align: RubyAlign = RubyAlign.SPACE_AROUND
        self.orphans: int = 2
        self.widows: int = 2
        self.image_rendering: ImageRendering = ImageRendering.AUTO
        self.image_orientation: ImageOrientation = ImageOrientation.FROM_IMAGE
        self.color_scheme: tuple[str, ...] = ()
        self.uses_dark_scheme: bool = False
        self.accent_color: Color | None = None
        self.caret_color: Color | None = None
        self.cursor: str = "auto"
        self.pointer_events: PointerEvents = PointerEvents.AUTO
        self.interactivity: Interactivity = Interactivity.AUTO
        self.text_stroke_width: float = 0.0
        self.text_stroke_color: Color = CURRENT_COLOR
        self.text_fill_color: Color = CURRENT_COLOR
        self.box_direction: Direction = Direction.LTR
        self.math_style: MathStyle = MathStyle.NORMAL
        self.zoom: float = 1.0
        self.fill: str = ""
        self.stroke: str = ""
        self.fill_opacity: str = ""
        self.stroke_opacity: str = ""
        self.stroke_width: str = ""
        self.stroke_linecap: str = ""
        self.stroke_linejoin: str = ""
        self.stroke_dasharray: str = ""
        self.stroke_dashoffset: str = ""
        self.stroke_miterlimit: str = ""
        self.fill_rule: str = ""
        self.clip_rule: str = ""
        self.marker_start: str = ""
        self.marker_mid: str = ""
        self.marker_end: str = ""
        self.text_anchor: str = ""
        self.shape_rendering: str = ""
        self.paint_order: str = ""
        self.color_interpolation: str = ""
        self.color_interpolation_filters: str = ""
        self.dominant_baseline: str = ""

    def copy(self) -> InheritedStyle:
        """A copy that the style resolver may fill in."""
        new = InheritedStyle()
        new.color = self.color
        new.font_family = self.font_family
        new.font_size = self.font_size
        new.font_size_keyword = self.font_size_keyword
        new.font_size_is_absolute = self.font_size_is_absolute
        new.font_weight = self.font_weight
        new.font_stretch = self.font_stretch
        new.font_style = self.font_style
        new.font_oblique_angle = self.font_oblique_angle
        new.font_size_adjust = self.font_size_adjust
        new.font_variant_caps = self.font_variant_caps
        new.font_variant_ligatures = self.font_variant_ligatures
        new.font_variant_numeric = self.font_variant_numeric
        new.font_variant_east_asian = self.font_variant_east_asian
        new.font_variant_alternates = self.font_variant_alternates
        new.font_alternate_features = self.font_alternate_features
        new.font_language_override = self.font_language_override
        new.font_variant_position = self.font_variant_position
        new.font_variant_emoji = self.font_variant_emoji
        new.font_kerning = self.font_kerning
        new.font_optical_sizing = self.font_optical_sizing
        new.font_synthesis_weight = self.font_synthesis_weight
        new.font_synthesis_style = self.font_synthesis_style
        new.font_synthesis_small_caps = self.font_synthesis_small_caps
        new.font_feature_settings = self.font_feature_settings
        new.font_variation_settings = self.font_variation_settings
        new.line_height = self.line_height
        new.letter_spacing = self.letter_spacing
        new.word_spacing = self.word_spacing
        new.text_align = self.text_align
        new.text_align_last = self.text_align_last
        new.text_justify = self.text_justify
        new.text_indent = self.text_indent
        new.text_transform = self.text_transform
        new.white_space_collapse = self.white_space_collapse
        new.text_wrap_mode = self.text_wrap_mode
        new.text_wrap_style = self.text_wrap_style
        new.word_break = self.word_break
        new.overflow_wrap = self.overflow_wrap
        new.line_break = self.line_break
        new.hyphens = self.hyphens
        new.hyphenate_character = self.hyphenate_character
        new.tab_size = self.tab_size
        new.text_rendering = self.text_rendering
        new.direction = self.direction
        new.writing_mode = self.writing_mode
        new.text_orientation = self.text_orientation
        new.text_combine_upright = self.text_combine_upright
        new.visibility = self.visibility
        new.list_style_type = self.list_style_type
        new.list_style_position = self.list_style_position
        new.list_style_image = self.list_style_image
        new.border_collapse = self.border_collapse
        new.border_horizontal_spacing = self.border_horizontal_spacing
        new.border_vertical_spacing = self.border_vertical_spacing
        new.caption_side = self.caption_side
        new.empty_cells = self.empty_cells
        new.quotes = self.quotes
        new.text_shadow = self.text_shadow
        new.text_emphasis_style = self.text_emphasis_style
        new.text_emphasis_color = self.text_emphasis_color
        new.text_emphasis_position = self.text_emphasis_position
        new.text_decoration_skip_ink = self.text_decoration_skip_ink
        new.text_underline_position = self.text_underline_position
        new.text_underline_offset = self.text_underline_offset
        new.ruby_position = self.ruby_position
        new.ruby_align = self.ruby_align
        new.orphans = self.orphans
        new.widows = self.widows
        new.image_rendering = self.image_rendering
        new.image_orientation = self.image_orientation
        new.color_scheme = self.color_scheme
        new.uses_dark_scheme = self.uses_dark_scheme
        new.accent_color = self.accent_color
        new.caret_color = self.caret_color
        new.cursor = self.cursor
        new.pointer_events = self.pointer_events
        new.interactivity = self.interactivity
        new.text_stroke_width = self.text_stroke_width
        new.text_stroke_color = self.text_stroke_color
        new.text_fill_color = self.text_fill_color
        new.box_direction = self.box_direction
        new.math_style = self.math_style
        new.zoom = self.zoom
        new.fill = self.fill
        new.stroke = self.stroke
        new.fill_opacity = self.fill_opacity
        new.stroke_opacity = self.stroke_opacity
        new.stroke_width = self.stroke_width
        new.stroke_linecap = self.stroke_linecap
        new.stroke_linejoin = self.stroke_linejoin
        new.stroke_dasharray = self.stroke_dasharray
        new.stroke_dashoffset = self.stroke_dashoffset
        new.stroke_miterlimit = self.stroke_miterlimit
        new.fill_rule = self.fill_rule
        new.clip_rule = self.clip_rule
        new.marker_start = self.marker_start
        new.marker_mid = self.marker_mid
        new.marker_end = self.marker_end
        new.text_anchor = self.text_anchor
        new.shape_rendering = self.shape_rendering
        new.paint_order = self.paint_order
        new.color_interpolation = self.color_interpolation
        new.color_interpolation_filters = self.color_interpolation_filters
        new.dominant_baseline = self.dominant_baseline
        return new

    def same(self, other: object) -> bool:
        """Whether all values are equal."""
        return isinstance(other, InheritedStyle) and (
            self.color == other.color
            and self.font_family == other.font_family
            and self.font_size == other.font_size
            and self.font_size_keyword == other.font_size_keyword
            and self.font_size_is_absolute == other.font_size_is_absolute
            and self.font_weight == other.font_weight
            and self.font_stretch == other.font_stretch
            and self.font_style == other.font_style
            and self.font_oblique_angle == other.font_oblique_angle
            and self.font_size_adjust == other.font_size_adjust
            and self.font_variant_caps == other.font_variant_caps
            and self.font_variant_ligatures == other.font_variant_ligatures
            and self.font_variant_numeric == other.font_variant_numeric
            and self.font_variant_east_asian == other.font_variant_east_asian
            and self.font_variant_alternates == other.font_variant_alternates
            and self.font_alternate_features == other.font_alternate_features
            and self.font_language_override == other.font_language_override
            and self.font_variant_position == other.font_variant_position
            and self.font_variant_emoji == other.font_variant_emoji
            and self.font_kerning == other.font_kerning
            and self.font_optical_sizing == other.font_optical_sizing
            and self.font_synthesis_weight == other.font_synthesis_weight
            and self.font_synthesis_style == other.font_synthesis_style
            and self.font_synthesis_small_caps == other.font_synthesis_small_caps
            and self.font_feature_settings == other.font_feature_settings
            and self.font_variation_settings == other.font_variation_settings
            and self.line_height == other.line_height
            and self.letter_spacing == other.letter_spacing
            and self.word_spacing == other.word_spacing
            and self.text_align == other.text_align
            and self.text_align_last == other.text_align_last
            and self.text_justify == other.text_justify
            and self.text_indent == other.text_indent
            and self.text_transform == other.text_transform
            and self.white_space_collapse == other.white_space_collapse
            and self.text_wrap_mode == other.text_wrap_mode
            and self.text_wrap_style == other.text_wrap_style
            and self.word_break == other.word_break
            and self.overflow_wrap == other.overflow_wrap
            and self.line_break == other.line_break
            and self.hyphens == other.hyphens
            and self.hyphenate_character == other.hyphenate_character
            and self.tab_size == other.tab_size
            and self.text_rendering == other.text_rendering
            and self.direction == other.direction
            and self.writing_mode == other.writing_mode
            and self.text_orientation == other.text_orientation
            and self.text_combine_upright == other.text_combine_upright
            and self.visibility == other.visibility
            and self.list_style_type == other.list_style_type
            and self.list_style_position == other.list_style_position
            and self.list_style_image == other.list_style_image
            and self.border_collapse == other.border_collapse
            and self.border_horizontal_spacing == other.border_horizontal_spacing
            and self.border_vertical_spacing == other.border_vertical_spacing
            and self.caption_side == other.caption_side
            and self.empty_cells == other.empty_cells
            and self.quotes == other.quotes
            and self.text_shadow == other.text_shadow
            and self.text_emphasis_style == other.text_emphasis_style
            and self.text_emphasis_color == other.text_emphasis_color
            and self.text_emphasis_position == other.text_emphasis_position
            and self.text_decoration_skip_ink == other.text_decoration_skip_ink
            and self.text_underline_position == other.text_underline_position
            and self.text_underline_offset == other.text_underline_offset
            and self.ruby_position == other.ruby_position
            and self.ruby_align == other.ruby_align
            and self.orphans == other.orphans
            and self.widows == other.widows
            and self.image_rendering == other.image_rendering
            and self.image_orientation == other.image_orientation
            and self.color_scheme == other.color_scheme
            and self.uses_dark_scheme == other.uses_dark_scheme
            and self.accent_color == other.accent_color
            and self.caret_color == other.caret_color
            and self.cursor == other.cursor
            and self.pointer_events == other.pointer_events
            and self.interactivity == other.interactivity
            and self.text_stroke_width == other.text_stroke_width
            and self.text_stroke_color == other.text_stroke_color
            and self.text_fill_color == other.text_fill_color
            and self.box_direction == other.box_direction
            and self.math_style == other.math_style
            and self.zoom == other.zoom
            and self.fill == other.fill
            and self.stroke == other.stroke
            and self.fill_opacity == other.fill_opacity
            and self.stroke_opacity == other.stroke_opacity
            and self.stroke_width == other.stroke_width
            and self.stroke_linecap == other.stroke_linecap
            and self.stroke_linejoin == other.stroke_linejoin
            and self.stroke_dasharray == other.stroke_dasharray
            and self.stroke_dashoffset == other.stroke_dashoffset
            and self.stroke_miterlimit == other.stroke_miterlimit
            and self.fill_rule == other.fill_rule
            and self.clip_rule == other.clip_rule
            and self.marker_start == other.marker_start
            and self.marker_mid == other.marker_mid
            and self.marker_end == other.marker_end
            and self.text_anchor == other.text_anchor
            and self.shape_rendering == other.shape_rendering
            and self.paint_order == other.paint_order
            and self.color_interpolation == other.color_interpolation
            and self.color_interpolation_filters == other.color_interpolation_filters
            and self.dominant_baseline == other.dominant_baseline
        )


@final
class BoxStyle:
    """What layout reads and children do not take over."""

    __slots__ = ("align_content", "align_items", "align_self", "appearance", "aspect_ratio", "border_bottom_width", "border_left_width", "border_right_width", "border_top_width", "bottom", "box_decoration_break", "box_orient", "box_sizing", "break_after", "break_before", "break_inside", "clear", "column_count", "column_fill", "column_gap", "column_span", "column_width", "contain", "contain_intrinsic_height", "contain_intrinsic_width", "container_name", "container_type", "content", "content_visibility", "counter_increment", "counter_reset", "counter_set", "display", "field_sizing", "flex_basis", "flex_direction", "flex_grow", "flex_line_count", "flex_shrink", "flex_wrap", "float_", "grid_auto_columns", "grid_auto_flow", "grid_auto_rows", "grid_column_end", "grid_column_start", "grid_row_end", "grid_row_start", "grid_template_areas", "grid_template_columns", "grid_template_rows", "has_quirky_margins", "height", "justify_content", "justify_items", "justify_self", "left", "line_clamp", "margin_bottom", "margin_left", "margin_right", "margin_top", "margin_trim", "max_height", "max_width", "min_height", "min_width", "object_fit", "object_position", "order", "original_display", "overflow_clip_margin", "overflow_x", "overflow_y", "padding_bottom", "padding_left", "padding_right", "padding_top", "position", "resize", "right", "row_gap", "scroll_margin_bottom", "scroll_margin_left", "scroll_margin_right", "scroll_margin_top", "scroll_padding_bottom", "scroll_padding_left", "scroll_padding_right", "scroll_padding_top", "scroll_snap_align", "scroll_snap_stop", "scroll_snap_type", "shape_image_threshold", "shape_margin", "shape_outside", "table_layout", "text_overflow", "top", "unicode_bidi", "vertical_align", "width", "z_index")

    def __init__(self) -> None:
        self.display: Display = Display.INLINE
        self.original_display: Display = Display.INLINE
        self.position: PositionKind = PositionKind.STATIC
        self.float_: FloatKind = FloatKind.NONE
        self.clear: Clear = Clear.NONE
        self.top: Length = AUTO
        self.right: Length = AUTO
        self.bottom: Length = AUTO
        self.left: Length = AUTO
        self.width: Length = AUTO
        self.height: Length = AUTO
        self.min_width: Length = AUTO
        self.min_height: Length = AUTO
        self.max_width: Length = NONE
        self.max_height: Length = NONE
        self.margin_top: Length = ZERO
        self.margin_right: Length = ZERO
        self.margin_bottom: Length = ZERO
        self.margin_left: Length = ZERO
        self.has_quirky_margins: bool = False
        self.margin_trim: MarginTrim = MarginTrim.NONE
        self.padding_top: Length = ZERO
        self.padding_right: Length = ZERO
        self.padding_bottom: Length = ZERO
        self.padding_left: Length = ZERO
        self.border_top_width: float = 0.0
        self.border_right_width: float = 0.0
        self.border_bottom_width: float = 0.0
        self.border_left_width: float = 0.0
        self.box_sizing: BoxSizing = BoxSizing.CONTENT_BOX
        self.aspect_ratio: AspectRatio = AUTO_RATIO
        self.overflow_x: Overflow = Overflow.VISIBLE
        self.overflow_y: Overflow = Overflow.VISIBLE
        self.overflow_clip_margin: ClipMargin = NO_CLIP_MARGIN
        self.scroll_snap_type: tuple[str, ...] = ()
        self.scroll_snap_align: tuple[str, ...] = ()
        self.scroll_snap_stop: ScrollSnapStop = ScrollSnapStop.NORMAL
        self.scroll_padding_top: Length = AUTO
        self.scroll_padding_right: Length = AUTO
        self.scroll_padding_bottom: Length = AUTO
        self.scroll_padding_left: Length = AUTO
        self.scroll_margin_top: float = 0.0
        self.scroll_margin_right: float = 0.0
        self.scroll_margin_bottom: float = 0.0
        self.scroll_margin_left: float = 0.0
        self.z_index: int = Z_AUTO
        self.order: int = 0
        self.flex_direction: FlexDirection = FlexDirection.ROW
        self.flex_wrap: FlexWrap = FlexWrap.NOWRAP
        self.flex_line_count: int = 1
        self.flex_grow: float = 0.0
        self.flex_shrink: float = 1.0
        self.flex_basis: Length = AUTO
        self.align_content: Alignment = ALIGN_NORMAL
        self.justify_content: Alignment = ALIGN_NORMAL
        self.align_items: Alignment = ALIGN_NORMAL
        self.justify_items: Alignment = Alignment(AlignKeyword.NORMAL, False, True)
        self.align_self: Alignment = ALIGN_AUTO
        self.justify_self: Alignment = ALIGN_AUTO
        self.row_gap: Length = NORMAL
        self.column_gap: Length = NORMAL
        self.grid_template_columns: TrackList = NO_TRACKS
        self.grid_template_rows: TrackList = NO_TRACKS
        self.grid_auto_columns: tuple[TrackSize, ...] = (AUTO_TRACK,)
        self.grid_auto_rows: tuple[TrackSize, ...] = (AUTO_TRACK,)
        self.grid_auto_flow: GridAutoFlow = GridAutoFlow.ROW
        self.grid_template_areas: tuple[tuple[str, ...], ...] = ()
        self.grid_row_start: GridLine = GRID_AUTO
        self.grid_row_end: GridLine = GRID_AUTO
        self.grid_column_start: GridLine = GRID_AUTO
        self.grid_column_end: GridLine = GRID_AUTO
        self.vertical_align: VerticalAlign = BASELINE
        self.table_layout: TableLayout = TableLayout.AUTO
        self.unicode_bidi: UnicodeBidi = UnicodeBidi.NORMAL
        self.text_overflow: TextOverflow = TextOverflow.CLIP
        self.line_clamp: int = 0
        self.box_orient: BoxOrient = BoxOrient.HORIZONTAL
        self.column_count: int = 0
        self.column_width: Length = AUTO
        self.column_fill: ColumnFill = ColumnFill.BALANCE
        self.column_span: ColumnSpan = ColumnSpan.NONE
        self.break_before: BreakBetween = BreakBetween.AUTO
        self.break_after: BreakBetween = BreakBetween.AUTO
        self.break_inside: BreakInside = BreakInside.AUTO
        self.content: Content = CONTENT_NORMAL
        self.counter_reset: tuple[tuple[str, int], ...] = ()
        self.counter_increment: tuple[tuple[str, int], ...] = ()
        self.counter_set: tuple[tuple[str, int], ...] = ()
        self.object_fit: ObjectFit = ObjectFit.FILL
        self.object_position: Position = CENTER
        self.contain: tuple[str, ...] = ()
        self.contain_intrinsic_width: Length = NONE
        self.contain_intrinsic_height: Length = NONE
        self.content_visibility: ContentVisibility = ContentVisibility.VISIBLE
        self.container_type: ContainerType = ContainerType.NORMAL
        self.container_name: tuple[str, ...] = ()
        self.appearance: Appearance = Appearance.NONE
        self.resize: Resize = Resize.NONE
        self.field_sizing: FieldSizing = FieldSizing.FIXED
        self.box_decoration_break: BoxDecorationBreak = BoxDecorationBreak.SLICE
        self.shape_outside: BasicShape | None = None
        self.shape_margin: Length = ZERO
        self.shape_image_threshold: float = 0.0

    def copy(self) -> BoxStyle:
        """A copy that the style resolver may fill in."""
        new = BoxStyle()
        new.display = self.display
        new.original_display = self.original_display
        new.position = self.position
        new.float_ = self.float_
        new.clear = self.clear
        new.top = self.top
        new.right = self.right
        new.bottom = self.bottom
        new.left = self.left
        new.width = self.width
        new.height = self.height
        new.min_width = self.min_width
        new.min_height = self.min_height
        new.max_width = self.max_width
        new.max_height = self.max_height
        new.margin_top = self.margin_top
        new.margin_right = self.margin_right
        new.margin_bottom = self.margin_bottom
        new.margin_left = self.margin_left
        new.has_quirky_margins = self.has_quirky_margins
        new.margin_trim = self.margin_trim
        new.padding_top = self.padding_top
        new.padding_right = self.padding_right
        new.padding_bottom = self.padding_bottom
        new.padding_left = self.padding_left
        new.border_top_width = self.border_top_width
        new.border_right_width = self.border_right_width
        new.border_bottom_width = self.border_bottom_width
        new.border_left_width = self.border_left_width
        new.box_sizing = self.box_sizing
        new.aspect_ratio = self.aspect_ratio
        new.overflow_x = self.overflow_x
        new.overflow_y = self.overflow_y
        new.overflow_clip_margin = self.overflow_clip_margin
        new.scroll_snap_type = self.scroll_snap_type
        new.scroll_snap_align = self.scroll_snap_align
        new.scroll_snap_stop = self.scroll_snap_stop
        new.scroll_padding_top = self.scroll_padding_top
        new.scroll_padding_right = self.scroll_padding_right
        new.scroll_padding_bottom = self.scroll_padding_bottom
        new.scroll_padding_left = self.scroll_padding_left
        new.scroll_margin_top = self.scroll_margin_top
        new.scroll_margin_right = self.scroll_margin_right
        new.scroll_margin_bottom = self.scroll_margin_bottom
        new.scroll_margin_left = self.scroll_margin_left
        new.z_index = self.z_index
        new.order = self.order
        new.flex_direction = self.flex_direction
        new.flex_wrap = self.flex_wrap
        new.flex_line_count = self.flex_line_count
        new.flex_grow = self.flex_grow
        new.flex_shrink = self.flex_shrink
        new.flex_basis = self.flex_basis
        new.align_content = self.align_content
        new.justify_content = self.justify_content
        new.align_items = self.align_items
        new.justify_items = self.justify_items
        new.align_self = self.align_self
        new.justify_self = self.justify_self
        new.row_gap = self.row_gap
        new.column_gap = self.column_gap
        new.grid_template_columns = self.grid_template_columns
        new.grid_template_rows = self.grid_template_rows
        new.grid_auto_columns = self.grid_auto_columns
        new.grid_auto_rows = self.grid_auto_rows
        new.grid_auto_flow = self.grid_auto_flow
        new.grid_template_areas = self.grid_template_areas
        new.grid_row_start = self.grid_row_start
        new.grid_row_end = self.grid_row_end
        new.grid_column_start = self.grid_column_start
        new.grid_column_end = self.grid_column_end
        new.vertical_align = self.vertical_align
        new.table_layout = self.table_layout
        new.unicode_bidi = self.unicode_bidi
        new.text_overflow = self.text_overflow
        new.line_clamp = self.line_clamp
        new.box_orient = self.box_orient
        new.column_count = self.column_count
        new.column_width = self.column_width
        new.column_fill = self.column_fill
        new.column_span = self.column_span
        new.break_before = self.break_before
        new.break_after = self.break_after
        new.break_inside = self.break_inside
        new.content = self.content
        new.counter_reset = self.counter_reset
        new.counter_increment = self.counter_increment
        new.counter_set = self.counter_set
        new.object_fit = self.object_fit
        new.object_position = self.object_position
        new.contain = self.contain
        new.contain_intrinsic_width = self.contain_intrinsic_width
        new.contain_intrinsic_height = self.contain_intrinsic_height
        new.content_visibility = self.content_visibility
        new.container_type = self.container_type
        new.container_name = self.container_name
        new.appearance = self.appearance
        new.resize = self.resize
        new.field_sizing = self.field_sizing
        new.box_decoration_break = self.box_decoration_break
        new.shape_outside = self.shape_outside
        new.shape_margin = self.shape_margin
        new.shape_image_threshold = self.shape_image_threshold
        return new

    def same(self, other: object) -> bool:
        """Whether all values are equal."""
        return isinstance(other, BoxStyle) and (
            self.display == other.display
            and self.original_display == other.original_display
            and self.position == other.position
            and self.float_ == other.float_
            and self.clear == other.clear
            and self.top == other.top
            and self.right == other.right
            and self.bottom == other.bottom
            and self.left == other.left
            and self.width == other.width
            and self.height == other.height
            and self.min_width == other.min_width
            and self.min_height == other.min_height
            and self.max_width == other.max_width
            and self.max_height == other.max_height
            and self.margin_top == other.margin_top
            and self.margin_right == other.margin_right
            and self.margin_bottom == other.margin_bottom
            and self.margin_left == other.margin_left
            and self.has_quirky_margins == other.has_quirky_margins
            and self.margin_trim == other.margin_trim
            and self.padding_top == other.padding_top
            and self.padding_right == other.padding_right
            and self.padding_bottom == other.padding_bottom
            and self.padding_left == other.padding_left
            and self.border_top_width == other.border_top_width
            and self.border_right_width == other.border_right_width
            and self.border_bottom_width == other.border_bottom_width
            and self.border_left_width == other.border_left_width
            and self.box_sizing == other.box_sizing
            and self.aspect_ratio == other.aspect_ratio
            and self.overflow_x == other.overflow_x
            and self.overflow_y == other.overflow_y
            and self.overflow_clip_margin == other.overflow_clip_margin
            and self.scroll_snap_type == other.scroll_snap_type
            and self.scroll_snap_align == other.scroll_snap_align
            and self.scroll_snap_stop == other.scroll_snap_stop
            and self.scroll_padding_top == other.scroll_padding_top
            and self.scroll_padding_right == other.scroll_padding_right
            and self.scroll_padding_bottom == other.scroll_padding_bottom
            and self.scroll_padding_left == other.scroll_padding_left
            and self.scroll_margin_top == other.scroll_margin_top
            and self.scroll_margin_right == other.scroll_margin_right
            and self.scroll_margin_bottom == other.scroll_margin_bottom
            and self.scroll_margin_left == other.scroll_margin_left
            and self.z_index == other.z_index
            and self.order == other.order
            and self.flex_direction == other.flex_direction
            and self.flex_wrap == other.flex_wrap
            and self.flex_line_count == other.flex_line_count
            and self.flex_grow == other.flex_grow
            and self.flex_shrink == other.flex_shrink
            and self.flex_basis == other.flex_basis
            and self.align_content == other.align_content
            and self.justify_content == other.justify_content
            and self.align_items == other.align_items
            and self.justify_items == other.justify_items
            and self.align_self == other.align_self
            and self.justify_self == other.justify_self
            and self.row_gap == other.row_gap
            and self.column_gap == other.column_gap
            and self.grid_template_columns == other.grid_template_columns
            and self.grid_template_rows == other.grid_template_rows
            and self.grid_auto_columns == other.grid_auto_columns
            and self.grid_auto_rows == other.grid_auto_rows
            and self.grid_auto_flow == other.grid_auto_flow
            and self.grid_template_areas == other.grid_template_areas
            and self.grid_row_start == other.grid_row_start
            and self.grid_row_end == other.grid_row_end
            and self.grid_column_start == other.grid_column_start
            and self.grid_column_end == other.grid_column_end
            and self.vertical_align == other.vertical_align
            and self.table_layout == other.table_layout
            and self.unicode_bidi == other.unicode_bidi
            and self.text_overflow == other.text_overflow
            and self.line_clamp == other.line_clamp
            and self.box_orient == other.box_orient
            and self.column_count == other.column_count
            and self.column_width == other.column_width
            and self.column_fill == other.column_fill
            and self.column_span == other.column_span
            and self.break_before == other.break_before
            and self.break_after == other.break_after
            and self.break_inside == other.break_inside
            and self.content == other.content
            and self.counter_reset == other.counter_reset
            and self.counter_increment == other.counter_increment
            and self.counter_set == other.counter_set
            and self.object_fit == other.object_fit
            and self.object_position == other.object_position
            and self.contain == other.contain
            and self.contain_intrinsic_width == other.contain_intrinsic_width
            and self.contain_intrinsic_height == other.contain_intrinsic_height
            and self.content_visibility == other.content_visibility
            and self.container_type == other.container_type
            and self.container_name == other.container_name
            and self.appearance == other.appearance
            and self.resize == other.resize
            and self.field_sizing == other.field_sizing
            and self.box_decoration_break == other.box_decoration_break
            and self.shape_outside == other.shape_outside
            and self.shape_margin == other.shape_margin
            and self.shape_image_threshold == other.shape_image_threshold
        )


@final
class PaintStyle:
    """What painting reads and children do not take over."""

    __slots__ = ("animation_composition", "animation_delay", "animation_direction", "animation_duration", "animation_fill_mode", "animation_iteration_count", "animation_name", "animation_play_state", "animation_timing_function", "backdrop_filter", "backface_visibility", "background_attachment", "background_blend_mode", "background_clip", "background_color", "background_image", "background_origin", "background_position_x", "background_position_y", "background_repeat", "background_size", "border_bottom_color", "border_bottom_left_radius", "border_bottom_right_radius", "border_bottom_style", "border_image_fill", "border_image_outset", "border_image_repeat", "border_image_slice", "border_image_source", "border_image_width", "border_left_color", "border_left_style", "border_right_color", "border_right_style", "border_top_color", "border_top_left_radius", "border_top_right_radius", "border_top_style", "box_shadow", "clip", "clip_path", "column_rule_color", "column_rule_style", "column_rule_width", "filter_", "flood_color", "flood_opacity", "isolation", "lighting_color", "mask_clip", "mask_composite", "mask_image", "mask_mode", "mask_origin", "mask_position_x", "mask_position_y", "mask_repeat", "mask_size", "mask_type", "mix_blend_mode", "opacity", "outline_color", "outline_offset", "outline_style", "outline_width", "perspective", "perspective_origin", "rotate", "scale", "stop_color", "stop_opacity", "text_decoration_color", "text_decoration_line", "text_decoration_style", "text_decoration_thickness", "transform", "transform_box", "transform_origin", "transform_origin_z", "transform_style", "transition_behavior", "transition_delay", "transition_duration", "transition_property", "transition_timing_function", "translate", "will_change")

    def __init__(self) -> None:
        self.background_color: Color = TRANSPARENT
        self.background_image: tuple[CssImage | None, ...] = (None,)
        self.background_position_x: tuple[Length, ...] = (ZERO_PERCENT,)
        self.background_position_y: tuple[Length, ...] = (ZERO_PERCENT,)
        self.background_size: tuple[BackgroundSize, ...] = (BackgroundSize(),)
        self.background_repeat: tuple[tuple[BackgroundRepeat, BackgroundRepeat], ...] = ((BackgroundRepeat.REPEAT, BackgroundRepeat.REPEAT),)
        self.background_attachment: tuple[BackgroundAttachment, ...] = (BackgroundAttachment.SCROLL,)
        self.background_origin: tuple[GeometryBox, ...] = (GeometryBox.PADDING_BOX,)
        self.background_clip: tuple[GeometryBox, ...] = (GeometryBox.BORDER_BOX,)
        self.background_blend_mode: tuple[BlendMode, ...] = (BlendMode.NORMAL,)
        self.border_top_color: Color = CURRENT_COLOR
        self.border_right_color: Color = CURRENT_COLOR
        self.border_bottom_color: Color = CURRENT_COLOR
        self.border_left_color: Color = CURRENT_COLOR
        self.border_top_style: BorderStyle = BorderStyle.NONE
        self.border_right_style: BorderStyle = BorderStyle.NONE
        self.border_bottom_style: BorderStyle = BorderStyle.NONE
        self.border_left_style: BorderStyle = BorderStyle.NONE
        self.border_top_left_radius: CornerRadius = SQUARE_CORNER
        self.border_top_right_radius: CornerRadius = SQUARE_CORNER
        self.border_bottom_right_radius: CornerRadius = SQUARE_CORNER
        self.border_bottom_left_radius: CornerRadius = SQUARE_CORNER
        self.border_image_source: CssImage | None = None
        self.border_image_slice: tuple[Length, ...] = (FULL, FULL, FULL, FULL)
        self.border_image_fill: bool = False
        self.border_image_width: tuple[Length, ...] = (ONE, ONE, ONE, ONE)
        self.border_image_outset: tuple[Length, ...] = (ZERO, ZERO, ZERO, ZERO)
        self.border_image_repeat: tuple[BorderImageRepeat, BorderImageRepeat] = (BorderImageRepeat.STRETCH, BorderImageRepeat.STRETCH)
        self.outline_color: Color = CURRENT_COLOR
        self.outline_style: OutlineStyle = OutlineStyle.NONE
        self.outline_width: float = 3.0
        self.outline_offset: float = 0.0
        self.box_shadow: tuple[Shadow, ...] = ()
        self.opacity: float = 1.0
        self.transform: tuple[TransformFunction, ...] = ()
        self.translate: TransformFunction | None = None
        self.rotate: TransformFunction | None = None
        self.scale: TransformFunction | None = None
        self.transform_origin: Position = CENTER
        self.transform_origin_z: float = 0.0
        self.transform_box: GeometryBox = GeometryBox.VIEW_BOX
        self.transform_style: TransformStyle = TransformStyle.FLAT
        self.perspective: float = -1.0
        self.perspective_origin: Position = CENTER
        self.backface_visibility: BackfaceVisibility = BackfaceVisibility.VISIBLE
        self.filter_: tuple[FilterFunction, ...] = ()
        self.backdrop_filter: tuple[FilterFunction, ...] = ()
        self.mix_blend_mode: BlendMode = BlendMode.NORMAL
        self.isolation: Isolation = Isolation.AUTO
        self.clip: tuple[Length, ...] = ()
        self.clip_path: BasicShape | None = None
        self.mask_image: tuple[CssImage | None, ...] = (None,)
        self.mask_position_x: tuple[Length, ...] = (ZERO_PERCENT,)
        self.mask_position_y: tuple[Length, ...] = (ZERO_PERCENT,)
        self.mask_size: tuple[BackgroundSize, ...] = (BackgroundSize(),)
        self.mask_repeat: tuple[tuple[BackgroundRepeat, BackgroundRepeat], ...] = ((BackgroundRepeat.REPEAT, BackgroundRepeat.REPEAT),)
        self.mask_origin: tuple[GeometryBox, ...] = (GeometryBox.BORDER_BOX,)
        self.mask_clip: tuple[GeometryBox, ...] = (GeometryBox.BORDER_BOX,)
        self.mask_mode: tuple[MaskMode, ...] = (MaskMode.MATCH_SOURCE,)
        self.mask_composite: tuple[MaskComposite, ...] = (MaskComposite.ADD,)
        self.mask_type: MaskType = MaskType.LUMINANCE
        self.will_change: tuple[str, ...] = ()
        self.text_decoration_line: tuple[str, ...] = ()
        self.text_decoration_style: TextDecorationStyle = TextDecorationStyle.SOLID
        self.text_decoration_color: Color = CURRENT_COLOR
        self.text_decoration_thickness: Length = AUTO
        self.column_rule_color: Color = CURRENT_COLOR
        self.column_rule_style: BorderStyle = BorderStyle.NONE
        self.column_rule_width: float = 3.0
        self.flood_color: str = ""
        self.lighting_color: str = ""
        self.stop_color: str = ""
        self.flood_opacity: str = ""
        self.stop_opacity: str = ""
        self.animation_name: tuple[str, ...] = ()
        self.animation_duration: tuple[float, ...] = (0.0,)
        self.animation_delay: tuple[float, ...] = (0.0,)
        self.animation_timing_function: tuple[Easing, ...] = (EASE,)
        self.animation_iteration_count: tuple[float, ...] = (1.0,)
        self.animation_direction: tuple[AnimationDirection, ...] = (AnimationDirection.NORMAL,)
        self.animation_fill_mode: tuple[AnimationFillMode, ...] = (AnimationFillMode.NONE,)
        self.animation_play_state: tuple[AnimationPlayState, ...] = (AnimationPlayState.RUNNING,)
        self.animation_composition: tuple[AnimationComposition, ...] = (AnimationComposition.REPLACE,)
        self.transition_property: tuple[str, ...] = ("all",)
        self.transition_duration: tuple[float, ...] = (0.0,)
        self.transition_delay: tuple[float, ...] = (0.0,)
        self.transition_timing_function: tuple[Easing, ...] = (EASE,)
        self.transition_behavior: tuple[TransitionBehavior, ...] = (TransitionBehavior.NORMAL,)

    def copy(self) -> PaintStyle:
        """A copy that the style resolver may fill in."""
        new = PaintStyle()
        new.background_color = self.background_color
        new.background_image = self.background_image
        new.background_position_x = self.background_position_x
        new.background_position_y = self.background_position_y
        new.background_size = self.background_size
        new.background_repeat = self.background_repeat
        new.background_attachment = self.background_attachment
        new.background_origin = self.background_origin
        new.background_clip = self.background_clip
        new.background_blend_mode = self.background_blend_mode
        new.border_top_color = self.border_top_color
        new.border_right_color = self.border_right_color
        new.border_bottom_color = self.border_bottom_color
        new.border_left_color = self.border_left_color
        new.border_top_style = self.border_top_style
        new.border_right_style = self.border_right_style
        new.border_bottom_style = self.border_bottom_style
        new.border_left_style = self.border_left_style
        new.border_top_left_radius = self.border_top_left_radius
        new.border_top_right_radius = self.border_top_right_radius
        new.border_bottom_right_radius = self.border_bottom_right_radius
        new.border_bottom_left_radius = self.border_bottom_left_radius
        new.border_image_source = self.border_image_source
        new.border_image_slice = self.border_image_slice
        new.border_image_fill = self.border_image_fill
        new.border_image_width = self.border_image_width
        new.border_image_outset = self.border_image_outset
        new.border_image_repeat = self.border_image_repeat
        new.outline_color = self.outline_color
        new.outline_style = self.outline_style
        new.outline_width = self.outline_width
        new.outline_offset = self.outline_offset
        new.box_shadow = self.box_shadow
        new.opacity = self.opacity
        new.transform = self.transform
        new.translate = self.translate
        new.rotate = self.rotate
        new.scale = self.scale
        new.transform_origin = self.transform_origin
        new.transform_origin_z = self.transform_origin_z
        new.transform_box = self.transform_box
        new.transform_style = self.transform_style
        new.perspective = self.perspective
        new.perspective_origin = self.perspective_origin
        new.backface_visibility = self.backface_visibility
        new.filter_ = self.filter_
        new.backdrop_filter = self.backdrop_filter
        new.mix_blend_mode = self.mix_blend_mode
        new.isolation = self.isolation
        new.clip = self.clip
        new.clip_path = self.clip_path
        new.mask_image = self.mask_image
        new.mask_position_x = self.mask_position_x
        new.mask_position_y = self.mask_position_y
        new.mask_size = self.mask_size
        new.mask_repeat = self.mask_repeat
        new.mask_origin = self.mask_origin
        new.mask_clip = self.mask_clip
        new.mask_mode = self.mask_mode
        new.mask_composite = self.mask_composite
        new.mask_type = self.mask_type
        new.will_change = self.will_change
        new.text_decoration_line = self.text_decoration_line
        new.text_decoration_style = self.text_decoration_style
        new.text_decoration_color = self.text_decoration_color
        new.text_decoration_thickness = self.text_decoration_thickness
        new.column_rule_color = self.column_rule_color
        new.column_rule_style = self.column_rule_style
        new.column_rule_width = self.column_rule_width
        new.flood_color = self.flood_color
        new.lighting_color = self.lighting_color
        new.stop_color = self.stop_color
        new.flood_opacity = self.flood_opacity
        new.stop_opacity = self.stop_opacity
        new.animation_name = self.animation_name
        new.animation_duration = self.animation_duration
        new.animation_delay = self.animation_delay
        new.animation_timing_function = self.animation_timing_function
        new.animation_iteration_count = self.animation_iteration_count
        new.animation_direction = self.animation_direction
        new.animation_fill_mode = self.animation_fill_mode
        new.animation_play_state = self.animation_play_state
        new.animation_composition = self.animation_composition
        new.transition_property = self.transition_property
        new.transition_duration = self.transition_duration
        new.transition_delay = self.transition_delay
        new.transition_timing_function = self.transition_timing_function
        new.transition_behavior = self.transition_behavior
        return new

    def same(self, other: object) -> bool:
        """Whether all values are equal."""
        return isinstance(other, PaintStyle) and (
            self.background_color == other.background_color
            and self.background_image == other.background_image
            and self.background_position_x == other.background_position_x
            and self.background_position_y == other.background_position_y
            and self.background_size == other.background_size
            and self.background_repeat == other.background_repeat
            and self.background_attachment == other.background_attachment
            and self.background_origin == other.background_origin
            and self.background_clip == other.background_clip
            and self.background_blend_mode == other.background_blend_mode
            and self.border_top_color == other.border_top_color
            and self.border_right_color == other.border_right_color
            and self.border_bottom_color == other.border_bottom_color
            and self.border_left_color == other.border_left_color
            and self.border_top_style == other.border_top_style
            and self.border_right_style == other.border_right_style
            and self.border_bottom_style == other.border_bottom_style
            and self.border_left_style == other.border_left_style
            and self.border_top_left_radius == other.border_top_left_radius
            and self.border_top_right_radius == other.border_top_right_radius
            and self.border_bottom_right_radius == other.border_bottom_right_radius
            and self.border_bottom_left_radius == other.border_bottom_left_radius
            and self.border_image_source == other.border_image_source
            and self.border_image_slice == other.border_image_slice
            and self.border_image_fill == other.border_image_fill
            and self.border_image_width == other.border_image_width
            and self.border_image_outset == other.border_image_outset
            and self.border_image_repeat == other.border_image_repeat
            and self.outline_color == other.outline_color
            and self.outline_style == other.outline_style
            and self.outline_width == other.outline_width
            and self.outline_offset == other.outline_offset
            and self.box_shadow == other.box_shadow
            and self.opacity == other.opacity
            and self.transform == other.transform
            and self.translate == other.translate
            and self.rotate == other.rotate
            and self.scale == other.scale
            and self.transform_origin == other.transform_origin
            and self.transform_origin_z == other.transform_origin_z
            and self.transform_box == other.transform_box
            and self.transform_style == other.transform_style
            and self.perspective == other.perspective
            and self.perspective_origin == other.perspective_origin
            and self.backface_visibility == other.backface_visibility
            and self.filter_ == other.filter_
            and self.backdrop_filter == other.backdrop_filter
            and self.mix_blend_mode == other.mix_blend_mode
            and self.isolation == other.isolation
            and self.clip == other.clip
            and self.clip_path == other.clip_path
            and self.mask_image == other.mask_image
            and self.mask_position_x == other.mask_position_x
            and self.mask_position_y == other.mask_position_y
            and self.mask_size == other.mask_size
            and self.mask_repeat == other.mask_repeat
            and self.mask_origin == other.mask_origin
            and self.mask_clip == other.mask_clip
            and self.mask_mode == other.mask_mode
            and self.mask_composite == other.mask_composite
            and self.mask_type == other.mask_type
            and self.will_change == other.will_change
            and self.text_decoration_line == other.text_decoration_line
            and self.text_decoration_style == other.text_decoration_style
            and self.text_decoration_color == other.text_decoration_color
            and self.text_decoration_thickness == other.text_decoration_thickness
            and self.column_rule_color == other.column_rule_color
            and self.column_rule_style == other.column_rule_style
            and self.column_rule_width == other.column_rule_width
            and self.flood_color == other.flood_color
            and self.lighting_color == other.lighting_color
            and self.stop_color == other.stop_color
            and self.flood_opacity == other.flood_opacity
            and self.stop_opacity == other.stop_opacity
            and self.animation_name == other.animation_name
            and self.animation_duration == other.animation_duration
            and self.animation_delay == other.animation_delay
            and self.animation_timing_function == other.animation_timing_function
            and self.animation_iteration_count == other.animation_iteration_count
            and self.animation_direction == other.animation_direction
            and self.animation_fill_mode == other.animation_fill_mode
            and self.animation_play_state == other.animation_play_state
            and self.animation_composition == other.animation_composition
            and self.transition_property == other.transition_property
            and self.transition_duration == other.transition_duration
            and self.transition_delay == other.transition_delay
            and self.transition_timing_function == other.transition_timing_function
            and self.transition_behavior == other.transition_behavior
        )


@final
class ComputedStyle:
    """The computed style of an element, a pseudo-element or an anonymous box.

    Attributes:
        inherited, box, paint: the groups.
        variables: custom properties by name with their leading dashes, as CSS text.
        unvisited: of a visited link and what is in it: the style without the user's history, all that
            getComputedStyle() tells; None where it is this one.
    """

    __slots__ = ("box", "inherited", "paint", "unvisited", "variables")

    def __init__(
        self,
        inherited: InheritedStyle,
        box: BoxStyle,
        paint: PaintStyle,
        variables: dict[str, str],
        unvisited: ComputedStyle | None = None,
    ) -> None:
        self.inherited: Final = inherited
        self.box: Final = box
        self.paint: Final = paint
        self.variables: Final = variables
        self.unvisited: Final = unvisited


INITIAL_INHERITED: Final = InheritedStyle()
INITIAL_BOX: Final = BoxStyle()
INITIAL_PAINT: Final = PaintStyle()
INITIAL_STYLE: Final = ComputedStyle(INITIAL_INHERITED, INITIAL_BOX, INITIAL_PAINT, {})


def anonymous_style(parent: ComputedStyle, display: Display) -> ComputedStyle:
    """The style of an anonymous box: it inherits from its parent, all else is initial.

    https://drafts.csswg.org/css2/#anonymous-block-level
    """
    box = BoxStyle()
    box.display = display
    return ComputedStyle(parent.inherited, box, INITIAL_PAINT, parent.variables)

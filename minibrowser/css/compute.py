"""Computed values (https://drafts.csswg.org/css-cascade-5/#computed): a Cascaded and a parent give a ComputedStyle."""

from __future__ import annotations

import math
from typing import Final, final

from .. import limits
from ..dom.document import Document
from ..dom.node import Element, Node
from .cascade import Cascaded
from .colors import system_color
from .computed_style import (
    INITIAL_BOX,
    INITIAL_INHERITED,
    INITIAL_PAINT,
    BoxStyle,
    ComputedStyle,
    InheritedStyle,
    PaintStyle,
)
from .custom_properties import (
    RegisteredProperty,
    Substituter,
    compute_variables,
    without_outer_comments,
)
from .declarations import CssWide, PendingValue, initial_value, parse_declaration
from .deferred import CURRENT, ComputeContext, Deferred, FontMetrics
from .display import BLOCKIFIED
from .font_feature_values import FontFeatureValues
from .keywords import (
    BorderStyle,
    Direction,
    Display,
    FloatKind,
    FontStyle,
    Overflow,
    PositionKind,
    TextAlign,
    WritingMode,
)
from .longhands import TH_CENTER
from .media import MediaContext
from .property_info import IDS, LOGICAL, PROPERTY_COUNT
from .property_table import ATTRIBUTES
from .value_parsers.text import FontSize, FontWeight, ObliqueStyle
from .values import (
    BLACK,
    Color,
    Content,
    ContentItem,
    ContentKind,
    FontFamilyName,
    Length,
    LengthKind,
    Shadow,
)

_FONT_SIZE_ROWS: Final[dict[int, tuple[int, ...]]] = {
    9: (9, 9, 9, 9, 11, 14, 18, 27),
    10: (9, 9, 9, 10, 12, 15, 20, 30),
    11: (9, 9, 10, 11, 13, 17, 22, 33),
    12: (9, 9, 10, 12, 14, 18, 24, 36),
    13: (9, 10, 12, 13, 16, 20, 26, 39),
    14: (9, 10, 12, 14, 17, 21, 28, 42),
    15: (9, 10, 13, 15, 18, 23, 30, 45),
    16: (9, 10, 13, 16, 18, 24, 32, 48),
}
"""Blink's sizes for xx-small to xxx-large, by the size of medium."""

_QUIRKS_ROWS: Final[dict[int, tuple[int, ...]]] = {
    13: (9, 9, 10, 13, 16, 20, 26, 40),
    16: (9, 10, 13, 16, 18, 24, 32, 48),
}

MIN_RELATIVE_FONT_SIZE: Final = 6.0
"""CSS px; Chromium's smallest size that no absolute length is behind."""

MEDIUM: Final = 16.0
MEDIUM_MONOSPACE: Final = 13.0
"""Chromium's default sizes."""

_DIRECTION: Final = IDS["direction"]
_WRITING_MODE: Final = IDS["writing-mode"]
_COLOR_SCHEME: Final = IDS["color-scheme"]
_COLOR: Final = IDS["color"]
_FONT_FAMILY: Final = IDS["font-family"]
_FONT_SIZE: Final = IDS["font-size"]
_FONT_WEIGHT: Final = IDS["font-weight"]
_FONT_STYLE: Final = IDS["font-style"]
_FONT_STRETCH: Final = IDS["font-stretch"]
_FONT_SIZE_ADJUST: Final = IDS["font-size-adjust"]
_LINE_HEIGHT: Final = IDS["line-height"]
_TEXT_ORIENTATION: Final = IDS["text-orientation"]
_BORDER_WIDTHS: Final = tuple(IDS[f"border-{side}-width"] for side in ("top", "right", "bottom", "left"))
_OUTLINE_WIDTH: Final = IDS["outline-width"]
_COLUMN_RULE_WIDTH: Final = IDS["column-rule-width"]
_CURRENT_PAINT: Final = (
    "border_top_color",
    "border_right_color",
    "border_bottom_color",
    "border_left_color",
    "outline_color",
    "text_decoration_color",
    "column_rule_color",
)
"""Colours of the paint group whose initial value is currentcolor."""

_BORDER_COLORS: Final = tuple(
    (IDS[f"border-{side}-color"], f"border_{side}_style") for side in ("top", "right", "bottom", "left")
)

BEVEL_COLOR: Final = Color(238.0, 238.0, 238.0, 1.0, True)
"""What Blink draws inset, outset, groove and ridge borders with whose colour is currentcolor; the computed value
stays currentcolor, which the mark says."""

MEDIUM_LINE: Final = 3.0


@final
class ContainerUnits:
    """The sizes that cqw and cqh are hundredths of, CSS px. One object for each container: compared by identity."""

    __slots__ = ("height", "width")

    def __init__(self, width: float, height: float) -> None:
        self.width: Final = width
        self.height: Final = height


@final
class Environment:
    """What all elements of a document have in common.

    Attributes:
        media: viewport and preferences.
        metrics: fonts.
        root: the root element's inherited group once it is computed.
        container: what container units mean at the moment, None for the viewport.
        is_quirks: quirks mode's font sizes.
        registered: @property rules by name.
    """

    def __init__(
        self,
        media: MediaContext,
        metrics: FontMetrics,
        is_quirks: bool,
        registered: dict[str, RegisteredProperty],
    ) -> None:
        self.media: Final = media
        self.metrics: Final = metrics
        self.is_quirks: Final = is_quirks
        self.registered: Final = registered
        self.has_uninherited: Final = any(not rule.inherits for rule in registered.values())
        self.feature_values: Final = FontFeatureValues()
        self.has_typed: Final = any(not rule.syntax.is_universal() for rule in registered.values())
        self.root: InheritedStyle | None = None
        self.container: ContainerUnits | None = None
        self._paints: Final[dict[tuple[float, float, float, float], PaintStyle]] = {}

    def initial_paint(self, color: Color) -> PaintStyle:
        """The initial paint group with currentcolor resolved; one object for each colour."""
        key = (color.red, color.green, color.blue, color.alpha)
        paint = self._paints.get(key)
        if paint is None:
            paint = INITIAL_PAINT.copy()
            plain = Color(color.red, color.green, color.blue, color.alpha)
            for attribute in _CURRENT_PAINT:
                setattr(paint, attribute, plain)
            self._paints[key] = paint
        return paint


@final
class StyleBuilder:
    """Computes one style."""

    def __init__(self, environment: Environment, cascaded: Cascaded, parent: ComputedStyle | None) -> None:
        self.environment: Final = environment
        self.cascaded: Cascaded = cascaded
        self.parent: Final = parent
        self.parent_inherited: Final = INITIAL_INHERITED if parent is None else parent.inherited
        self.used_attributes: bool = False
        self.used_container: bool = False

    def build(
        self, element: Element | None, *, is_root: bool, is_item: bool, is_pseudo: bool
    ) -> ComputedStyle:
        """The style. `is_item`: the box is a flex or grid item (or the root), so it is blockified."""
        cascaded = self.cascaded
        variables = self._variables(element)
        if self.environment.has_typed and cascaded.variables:
            variables = self._typed(variables, element, is_root)
        if cascaded.has_pending:
            cascaded = self._substituted(variables, element)
            self.cascaded = cascaded
        context, inherited = self._inherited(is_root)
        paint = self._paint(context, inherited)
        box = self._box(context, paint)
        self.used_container = context.used_container
        box = _adjusted(box, is_root or is_item, is_root)
        if inherited.writing_mode != self.parent_inherited.writing_mode and self.parent is not None:
            inherited, box = self._other_writing_mode(inherited, box)
        if element is not None and box.content.mode == 2:
            box = self._with_attributes(box, element)
        if is_root and not is_pseudo:
            self.environment.root = inherited
        return ComputedStyle(inherited, box, paint, variables)

    def _other_writing_mode(
        self, inherited: InheritedStyle, box: BoxStyle
    ) -> tuple[InheritedStyle, BoxStyle]:
        """https://drafts.csswg.org/css-writing-modes-4/#block-flow: an inline box becomes an inline block;
        the property does not apply to rows, columns and their groups."""
        if box.display in _TABLE_PARTS and box.display != Display.TABLE_CELL:
            inherited = inherited.copy()
            inherited.writing_mode = self.parent_inherited.writing_mode
        elif box.display == Display.INLINE:
            if box is INITIAL_BOX:
                box = box.copy()
            box.display = Display.INLINE_BLOCK
        return inherited, box

    # --- Variables ---

    def _variables(self, element: Element | None) -> dict[str, str]:
        inherited = {} if self.parent is None else self.parent.variables
        environment = self.environment
        if not self.cascaded.variables and not environment.has_uninherited:
            if self.parent is not None or not environment.registered:
                return inherited
        if self.parent is None:
            for name, rule in environment.registered.items():
                if rule.inherits and rule.initial is not None:
                    inherited[name] = rule.initial
        return compute_variables(
            inherited, self.cascaded.variables, element, environment.registered, environment.media
        )

    def _typed(self, variables: dict[str, str], element: Element | None, is_root: bool) -> dict[str, str]:
        """The variables with registered ones computed by their syntax: lengths in px, colours resolved
        (https://drafts.css-houdini.org/css-properties-values-api/#calculation-of-computed-values)."""
        registered = self.environment.registered
        names = {
            name
            for name, value in self.cascaded.variables
            if name in registered and name in variables and not isinstance(value, CssWide)
        }
        names = {name for name in names if not registered[name].syntax.is_universal()}
        if not names:
            return variables
        cascaded = self.cascaded
        if cascaded.has_pending:
            self.cascaded = self._substituted(variables, element)
        context, inherited = self._inherited(is_root)
        self.cascaded = cascaded
        context.style = inherited
        declared: list[tuple[str, str | CssWide]] = list(cascaded.variables)
        for name in sorted(names):
            found = registered[name].syntax.computed(variables[name], context)
            # What is not of the syntax is invalid at computed-value time.
            declared.append((name, CssWide.UNSET if found is None else found))
        outer = {} if self.parent is None else self.parent.variables
        return compute_variables(outer, declared, element, registered, self.environment.media)

    def _substituted(self, variables: dict[str, str], element: Element | None) -> Cascaded:
        """The cascade's result with pending values parsed; what is invalid then is `unset`."""
        substituter = Substituter(variables, element, self.environment.media)
        results: dict[PendingValue, dict[int, object]] = {}
        values: dict[int, object] = {}
        rolled: list[tuple[int, PendingValue, CssWide]] = []
        for index, value in self.cascaded.values.items():
            if not isinstance(value, PendingValue):
                values[index] = value
                continue
            found = self._parsed(index, value, results, substituter)
            if isinstance(found, CssWide) and found >= CssWide.REVERT:
                rolled.append((index, value, found))
            values[index] = CssWide.UNSET if isinstance(found, PendingValue) else found
        for index, value, wide in rolled:
            values[index] = self._rolled_back(index, value, wide, results, substituter)
        self.used_attributes = self.used_attributes or substituter.used_attributes
        return Cascaded(values, [])

    def _parsed(
        self,
        index: int,
        value: PendingValue,
        results: dict[PendingValue, dict[int, object]],
        substituter: Substituter,
    ) -> object:
        """What a pending value comes to for a longhand."""
        parsed = results.get(value)
        if parsed is None:
            text = substituter.substitute(value.text)
            parsed = {}
            if text is not None:
                pairs = parse_declaration(value.name, without_outer_comments(text), value.context)
                if pairs is not None:
                    parsed = dict(pairs)
            results[value] = parsed
        found = parsed.get(index, CssWide.UNSET)
        if found is CssWide.UNSET and index not in parsed:
            found = self._logical_value(parsed, index)
        return found

    def _rolled_back(
        self,
        index: int,
        value: PendingValue,
        wide: CssWide,
        results: dict[PendingValue, dict[int, object]],
        substituter: Substituter,
    ) -> object:
        """What `revert` or `revert-layer` that came out of a variable leads to. What is rolled back to may wait for
        variables too."""
        history = self.cascaded.history
        if history is None:
            return CssWide.UNSET
        replaced: dict[PendingValue, CssWide] = {value: wide}
        while True:
            found = history.rolled_back(index, replaced)
            if not isinstance(found, PendingValue):
                return found
            parsed = self._parsed(index, found, results, substituter)
            if not isinstance(parsed, CssWide) or parsed < CssWide.REVERT or found in replaced:
                return CssWide.UNSET if isinstance(parsed, PendingValue) else parsed
            replaced[found] = parsed

    def _logical_value(self, parsed: dict[int, object], index: int) -> object:
        """A logical longhand has become a physical one in the cascade."""
        for logical, value in parsed.items():
            if logical >= len(ATTRIBUTES) and _resolves_to(logical, index, self._mode(), self._direction()):
                return value
        return CssWide.UNSET

    def _mode(self) -> WritingMode:
        value = self.cascaded.first.get(_WRITING_MODE)
        return value if isinstance(value, WritingMode) else self.parent_inherited.writing_mode

    def _direction(self) -> Direction:
        value = self.cascaded.first.get(_DIRECTION)
        return value if isinstance(value, Direction) else self.parent_inherited.direction

    # --- The inherited group ---

    def _inherited(self, is_root: bool) -> tuple[ComputeContext, InheritedStyle]:
        environment = self.environment
        media = environment.media
        parent = self.parent_inherited
        root = environment.root
        context = ComputeContext(parent, root or parent, media.width, media.height, environment.metrics)
        context.prefers_dark = media.color_scheme == "dark"
        context.pixel_ratio = media.device_pixel_ratio
        container = environment.container
        if container is not None:
            context.container_width, context.container_height = container.width, container.height
        cascaded = self.cascaded
        first = cascaded.first
        if not first and not cascaded.inherited and not is_root:
            context.is_dark = parent.uses_dark_scheme
            context.current_color = parent.color
            return context, parent
        style = parent.copy()
        if first or is_root:
            self._first(style, first, context)
            if is_root:
                context.root = style
        context.style = style
        self._line_height(style, first, context)
        context.is_dark = style.uses_dark_scheme
        self._color(style, first, context, is_root)
        # Inherited colours keep the mark of currentcolor: a child with another colour has another one.
        color = style.color
        context.current_color = Color(color.red, color.green, color.blue, color.alpha, True)
        _refresh_current(style, context.current_color)
        for index, value in cascaded.inherited:
            attribute = ATTRIBUTES[index]
            if isinstance(value, Deferred):
                setattr(style, attribute, value.compute(context))
            elif isinstance(value, CssWide):
                if value is CssWide.INITIAL:
                    self._initial(style, index, context)
                # inherit and unset: the copy has it already.
            elif value is TH_CENTER:
                if parent.text_align == TextAlign.START:
                    style.text_align = TextAlign.CENTER
            else:
                setattr(style, attribute, value)
        if style.font_variant_alternates:
            style.font_alternate_features = environment.feature_values.features(
                style.font_family, style.font_variant_alternates
            )
        elif style.font_alternate_features:
            style.font_alternate_features = ()
        if style.text_align == TextAlign.MATCH_PARENT:
            style.text_align = TextAlign.START if is_root else _matched(parent)
        context.current_color = style.color
        return context, style

    def _initial(self, style: InheritedStyle, index: int, context: ComputeContext) -> None:
        value = initial_value(index)
        if isinstance(value, Color) and value.is_current:
            value = context.current_color
        setattr(style, ATTRIBUTES[index], value)

    def _first(self, style: InheritedStyle, first: dict[int, object], context: ComputeContext) -> None:
        """Writing mode and fonts; relative sizes are of the parent's font."""
        for index in (
            _DIRECTION,
            _WRITING_MODE,
            _COLOR_SCHEME,
            _TEXT_ORIENTATION,
            _FONT_FAMILY,
            _FONT_STRETCH,
            _FONT_SIZE_ADJUST,
        ):
            value = first.get(index)
            if value is None:
                continue
            if isinstance(value, CssWide):
                if value is CssWide.INITIAL:
                    setattr(style, ATTRIBUTES[index], initial_value(index))
            else:
                if isinstance(value, Deferred):
                    value = value.compute(context)
                setattr(style, ATTRIBUTES[index], value)
        schemes = style.color_scheme
        style.uses_dark_scheme = "dark" in schemes and (context.prefers_dark or "light" not in schemes)
        self._weight(style, first.get(_FONT_WEIGHT))
        self._slant(style, first.get(_FONT_STYLE))
        self._size(style, first.get(_FONT_SIZE), context)

    def _weight(self, style: InheritedStyle, value: object) -> None:
        if isinstance(value, FontWeight):
            style.font_weight = relative_weight(self.parent_inherited.font_weight, value.step)
        elif isinstance(value, CssWide):
            if value is CssWide.INITIAL:
                style.font_weight = 400.0
        elif isinstance(value, float):
            style.font_weight = value

    def _slant(self, style: InheritedStyle, value: object) -> None:
        if isinstance(value, ObliqueStyle):
            style.font_style = FontStyle.NORMAL if value.angle == 0.0 else FontStyle.OBLIQUE
            style.font_oblique_angle = value.angle
        elif isinstance(value, CssWide):
            if value is CssWide.INITIAL:
                style.font_style = FontStyle.NORMAL
        elif isinstance(value, FontStyle):
            style.font_style = value
            style.font_oblique_angle = 14.0

    def _size(self, style: InheritedStyle, value: object, context: ComputeContext) -> None:
        """font-size, and Blink's change of size where a family list becomes or ceases to be plain `monospace`."""
        parent = self.parent_inherited
        is_monospace = _is_monospace(style.font_family)
        if value is CssWide.INITIAL:
            value = FontSize(4)
        if isinstance(value, FontSize):
            if value.keyword:
                style.font_size = self._keyword_size(value.keyword, is_monospace)
                style.font_size_keyword = value.keyword
                style.font_size_is_absolute = False
                return
            if value.is_factor:
                size = parent.font_size * value.factor
                # Blink: a relative size stays as absolute as what it is relative to.
                style.font_size_is_absolute = parent.font_size_is_absolute
            else:
                length = value.length.compute(context) if isinstance(value.length, Deferred) else value.length
                size = length.resolve(parent.font_size) if isinstance(length, Length) else parent.font_size
                style.font_size_is_absolute = True
            style.font_size_keyword = 0
            style.font_size = max(0.0, min(MAX_FONT_SIZE, size))
            if value.is_factor and not style.font_size_is_absolute:
                self._change_generic(style, parent, is_monospace)
                if 0.0 < style.font_size < MIN_RELATIVE_FONT_SIZE:
                    style.font_size = MIN_RELATIVE_FONT_SIZE
            return
        if not style.font_size_is_absolute:
            self._change_generic(style, parent, is_monospace)

    def _change_generic(self, style: InheritedStyle, parent: InheritedStyle, is_monospace: bool) -> None:
        if is_monospace == _is_monospace(parent.font_family):
            return
        if style.font_size_keyword:
            style.font_size = self._keyword_size(style.font_size_keyword, is_monospace)
        elif is_monospace:
            style.font_size = style.font_size * MEDIUM_MONOSPACE / MEDIUM
        else:
            style.font_size = style.font_size * MEDIUM / MEDIUM_MONOSPACE

    def _keyword_size(self, keyword: int, is_monospace: bool) -> float:
        medium = int(MEDIUM_MONOSPACE if is_monospace else MEDIUM)
        rows = _QUIRKS_ROWS if self.environment.is_quirks else _FONT_SIZE_ROWS
        return float(rows[medium][keyword - 1])

    def _line_height(self, style: InheritedStyle, first: dict[int, object], context: ComputeContext) -> None:
        value = first.get(_LINE_HEIGHT)
        if value is None:
            return
        if isinstance(value, Deferred):
            # lh in line-height itself is of the parent.
            context.line_style = self.parent_inherited
            value = value.compute(context)
            context.line_style = None
        if isinstance(value, Length):
            style.line_height = value
        elif value is CssWide.INITIAL:
            style.line_height = Length(LengthKind.NORMAL)

    def _color(
        self, style: InheritedStyle, first: dict[int, object], context: ComputeContext, is_root: bool
    ) -> None:
        value = first.get(_COLOR)
        context.current_color = self.parent_inherited.color
        if isinstance(value, Deferred):
            # currentcolor in `color` means the parent's.
            value = value.compute(context)
        if isinstance(value, Color):
            style.color = value
        elif value is CssWide.INITIAL or (value is None and is_root):
            style.color = system_color("canvastext", True) if context.is_dark else BLACK

    # --- The other groups ---

    def _paint(self, context: ComputeContext, inherited: InheritedStyle) -> PaintStyle:
        cascaded = self.cascaded
        base = self.environment.initial_paint(inherited.color)
        if not cascaded.paint:
            return base
        color = inherited.color
        context.current_color = Color(color.red, color.green, color.blue, color.alpha)
        paint = base.copy()
        parent = self.parent
        outline_width = MEDIUM_LINE
        rule_width = MEDIUM_LINE
        for index, value in cascaded.paint:
            attribute = ATTRIBUTES[index]
            if isinstance(value, Deferred):
                value = value.compute(context)
            elif isinstance(value, CssWide):
                if value is CssWide.INHERIT and parent is not None:
                    value = getattr(parent.paint, attribute)
                else:
                    value = getattr(base, attribute)
            if index == _OUTLINE_WIDTH and isinstance(value, float):
                outline_width = value
            elif index == _COLUMN_RULE_WIDTH and isinstance(value, float):
                rule_width = value
            else:
                setattr(paint, attribute, value)
        for index, style_attribute in _BORDER_COLORS:
            if getattr(paint, style_attribute) >= BorderStyle.GROOVE:
                value = cascaded.values.get(index)
                if (
                    value is None
                    or value is CURRENT
                    or (value is not CssWide.INHERIT and isinstance(value, CssWide))
                ):
                    setattr(paint, ATTRIBUTES[index], BEVEL_COLOR)
        ratio = self.environment.media.device_pixel_ratio
        paint.outline_width = snap_line(outline_width, ratio)
        paint.column_rule_width = snap_line(rule_width, ratio)
        return paint

    def _box(self, context: ComputeContext, paint: PaintStyle) -> BoxStyle:
        cascaded = self.cascaded
        has_border = (
            paint.border_top_style != BorderStyle.NONE
            or paint.border_right_style != BorderStyle.NONE
            or paint.border_bottom_style != BorderStyle.NONE
            or paint.border_left_style != BorderStyle.NONE
        )
        if not cascaded.box and not has_border:
            return INITIAL_BOX
        box = INITIAL_BOX.copy()
        parent = self.parent
        if has_border:
            box.border_top_width = box.border_right_width = MEDIUM_LINE
            box.border_bottom_width = box.border_left_width = MEDIUM_LINE
        for index, value in cascaded.box:
            attribute = ATTRIBUTES[index]
            if isinstance(value, Deferred):
                value = value.compute(context)
            elif isinstance(value, CssWide):
                if value is CssWide.INHERIT and parent is not None:
                    value = getattr(parent.box, attribute)
                elif index in _BORDER_WIDTHS:
                    value = MEDIUM_LINE
                else:
                    value = getattr(INITIAL_BOX, attribute)
            setattr(box, attribute, value)
        ratio = self.environment.media.device_pixel_ratio
        none = (BorderStyle.NONE, BorderStyle.HIDDEN)
        box.border_top_width = (
            0.0 if paint.border_top_style in none else snap_line(box.border_top_width, ratio)
        )
        box.border_right_width = (
            0.0 if paint.border_right_style in none else snap_line(box.border_right_width, ratio)
        )
        box.border_bottom_width = (
            0.0 if paint.border_bottom_style in none else snap_line(box.border_bottom_width, ratio)
        )
        box.border_left_width = (
            0.0 if paint.border_left_style in none else snap_line(box.border_left_width, ratio)
        )
        return box

    def _with_attributes(self, box: BoxStyle, element: Element) -> BoxStyle:
        """attr() in `content` as text."""
        content = box.content
        if all(item.kind != ContentKind.ATTR for item in content.items):
            return box
        self.used_attributes = True
        items: list[ContentItem] = []
        for item in content.items:
            if item.kind == ContentKind.ATTR:
                value = element.attributes.get(item.text)
                if value is None:
                    value = item.separator
                    if not _is_in_xml(element):
                        value = element.attributes.get(item.text.lower(), value)
                item = ContentItem(ContentKind.TEXT, value)
            items.append(item)
        if box is INITIAL_BOX:
            return box
        box.content = Content(content.mode, tuple(items), content.alt)
        return box


def _is_in_xml(element: Element) -> bool:
    """Whether names are case-sensitive in the element's document."""
    node: Node | None = element
    while node is not None and not isinstance(node, Document):
        node = node.parent
    return node is not None and node.is_xml


MAX_FONT_SIZE: Final = limits.MAX_FONT_SIZE


def _resolves_to(logical: int, index: int, mode: WritingMode, direction: Direction) -> bool:
    return LOGICAL[logical - PROPERTY_COUNT].resolve(mode, direction) == index


def _is_monospace(families: tuple[FontFamilyName, ...]) -> bool:
    return len(families) == 1 and families[0].is_generic and families[0].name == "monospace"


def _refresh_current(style: InheritedStyle, color: Color) -> None:
    """Give inherited colours that are currentcolor the element's own colour."""
    if style.text_emphasis_color.is_current:
        style.text_emphasis_color = color
    if style.text_stroke_color.is_current:
        style.text_stroke_color = color
    if style.text_fill_color.is_current:
        style.text_fill_color = color
    for shadow in style.text_shadow:
        if shadow.color.is_current:
            style.text_shadow = tuple(
                Shadow(one.x, one.y, one.blur, one.spread, color, one.inset) if one.color.is_current else one
                for one in style.text_shadow
            )
            break


def _matched(parent: InheritedStyle) -> TextAlign:
    """text-align: match-parent."""
    if parent.text_align == TextAlign.START:
        return TextAlign.LEFT if parent.direction == Direction.LTR else TextAlign.RIGHT
    if parent.text_align == TextAlign.END:
        return TextAlign.RIGHT if parent.direction == Direction.LTR else TextAlign.LEFT
    return parent.text_align


def relative_weight(inherited: float, step: int) -> float:
    """https://drafts.csswg.org/css-fonts-4/#relative-weights"""
    if step > 0:
        if inherited < 350.0:
            return 400.0
        if inherited < 550.0:
            return 700.0
        return max(900.0, inherited)
    if inherited < 100.0:
        return inherited
    if inherited < 550.0:
        return 100.0
    return 400.0 if inherited < 750.0 else 700.0


def snap_line(width: float, ratio: float) -> float:
    """A line's width in whole device pixels, at least one (https://drafts.csswg.org/css-values-4/#snap-as-a-border-width)."""
    if width <= 0.0:
        return 0.0
    device = width * ratio
    return (1.0 if device < 1.0 else float(math.floor(device))) / ratio


def _adjusted(box: BoxStyle, is_item: bool, is_root: bool) -> BoxStyle:
    """Values that depend on other values of the same box (https://drafts.csswg.org/css2/#dis-pos-flo)."""
    if box is INITIAL_BOX:
        if not is_item:
            return box
        box = INITIAL_BOX.copy()
    display = box.display
    if display == Display.CONTENTS and is_root:
        box.display = display = Display.BLOCK
    if display in (Display.NONE, Display.CONTENTS):
        return box
    if box.position in (PositionKind.ABSOLUTE, PositionKind.FIXED):
        box.float_ = FloatKind.NONE
        box.original_display = display  # their static position goes by it
        is_item = True
    elif box.float_ != FloatKind.NONE:
        is_item = True
    if is_item:
        box.display = BLOCKIFIED.get(display, display)
    if box.overflow_x != box.overflow_y:
        # https://drafts.csswg.org/css-overflow-3/#overflow-control
        if box.overflow_x in _PASSING and box.overflow_y not in _PASSING:
            box.overflow_x = Overflow.AUTO if box.overflow_x == Overflow.VISIBLE else Overflow.HIDDEN
        elif box.overflow_y in _PASSING and box.overflow_x not in _PASSING:
            box.overflow_y = Overflow.AUTO if box.overflow_y == Overflow.VISIBLE else Overflow.HIDDEN
    return box


CONTROLS: Final = frozenset(("input", "select", "button", "textarea", "progress", "meter", "legend"))
"""HTML elements whose display Blink restricts."""

_TABLE_PARTS: Final = frozenset(
    (
        Display.TABLE_ROW_GROUP,
        Display.TABLE_HEADER_GROUP,
        Display.TABLE_FOOTER_GROUP,
        Display.TABLE_ROW,
        Display.TABLE_CELL,
        Display.TABLE_COLUMN_GROUP,
        Display.TABLE_COLUMN,
    )
)


def adjust_display(box: BoxStyle, name: str) -> None:
    """Form controls are no tables, table parts, list items or inline boxes; legends are blocks; textareas scroll
    (measured in Chromium). `box` is fresh: nobody shares it yet."""
    if name not in CONTROLS or box is INITIAL_BOX or box.display == Display.NONE:
        return
    if name == "textarea" and box.overflow_x == box.overflow_y == Overflow.VISIBLE:
        box.overflow_x = box.overflow_y = Overflow.AUTO
    display = box.display
    if name == "legend":
        box.display = BLOCKIFIED.get(display, display)
    elif display in (Display.TABLE, Display.LIST_ITEM, Display.FLOW_ROOT_LIST_ITEM):
        box.display = Display.BLOCK
    elif display in _TABLE_PARTS or display in (Display.INLINE, Display.INLINE_TABLE, Display.TABLE_CAPTION):
        box.display = Display.INLINE_BLOCK


_PASSING: Final = (Overflow.VISIBLE, Overflow.CLIP)

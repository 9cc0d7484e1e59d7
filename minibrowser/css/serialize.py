"""Computed values as text, as getComputedStyle() prints them (https://drafts.csswg.org/cssom/#serialize-a-css-value).

What getComputedStyle() resolves against a box (used widths, margins, insets) is printed as computed.
"""

from __future__ import annotations

import math
import re
from enum import IntEnum
from typing import Final

from .calc import CalcOp, FunctionNode
from .computed_style import ComputedStyle
from .keywords import CSS_NAMES, Direction, Display, FlexWrap, FontStyle, GridAutoFlow
from .length import CalcNode
from .property_info import GROUP_BOX, GROUP_INHERITED, IDS
from .property_table import ATTRIBUTES, GROUPS, NAMES, SYNTAXES
from .values import (
    Z_AUTO,
    Alignment,
    AspectRatio,
    BackgroundSize,
    BasicShape,
    ClipMargin,
    Color,
    ColorStop,
    Content,
    ContentItem,
    ContentKind,
    ContentMode,
    CornerRadius,
    CrossFade,
    Easing,
    FilterFunction,
    FilterKind,
    FontFamilyName,
    GeometryBox,
    Gradient,
    GradientKind,
    GridLine,
    Length,
    LengthKind,
    Position,
    RadialExtent,
    RepeatKind,
    Shadow,
    ShapeKind,
    TrackList,
    TrackRepeat,
    TrackSize,
    TransformFunction,
    TransformKind,
    UrlImage,
    VerticalAlign,
    VerticalAlignKind,
)

_LENGTH_KEYWORDS: Final = {
    LengthKind.AUTO: "auto",
    LengthKind.NONE: "none",
    LengthKind.NORMAL: "normal",
    LengthKind.MIN_CONTENT: "min-content",
    LengthKind.MAX_CONTENT: "max-content",
    LengthKind.FIT_CONTENT: "fit-content",
    LengthKind.STRETCH: "stretch",
    LengthKind.CONTENT: "content",
}
_PLAIN_FAMILY: Final = re.compile(r"-?[a-zA-Z_][a-zA-Z0-9_-]*")


def number(value: float) -> str:
    """A number as Blink prints it: six significant digits."""
    text = f"{value:.6g}"
    return "0" if text == "-0" else text


def px(value: float) -> str:
    """A length in px."""
    return number(value) + "px"


def quoted(text: str) -> str:
    """A CSS string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(f"\\{ord(one):x} " if ord(one) < 32 else one for one in escaped) + '"'


def length(value: Length) -> str:
    """A length, percentage or keyword."""
    kind = value.kind
    if kind == LengthKind.FIXED:
        return px(value.px)
    if kind == LengthKind.PERCENT:
        return number(value.percent) + "%"
    if kind == LengthKind.NUMBER:
        return number(value.px)
    if kind == LengthKind.CALC or kind == LengthKind.FIT_CONTENT_FUNCTION:
        if value.node is not None:
            text = _math(value.node)
        elif kind == LengthKind.CALC:
            text = f"calc({_sum(value)})"
        else:
            text = px(value.px) if not value.percent else number(value.percent) + "%"
        return f"fit-content({text})" if kind == LengthKind.FIT_CONTENT_FUNCTION else text
    return _LENGTH_KEYWORDS[kind]


def _sum(value: Length) -> str:
    """A linear mix, without calc()."""
    return f"{number(value.percent)}% {'-' if value.px < 0 else '+'} {px(abs(value.px))}"


_INFIX: Final = {CalcOp.ADD: " + ", CalcOp.MULTIPLY: " * ", CalcOp.DIVIDE: " / "}


def _math(node: CalcNode, is_inside: bool = False) -> str:
    """A math function that waits for a percentage's basis; sums and products inside one need no calc()."""
    if not isinstance(node, FunctionNode):
        return repr(node)
    arguments = [
        _math(one.node, True)
        if one.node is not None
        else _sum(one)
        if one.kind == LengthKind.CALC
        else length(one)
        for one in node.arguments
    ]
    infix = _INFIX.get(node.op)
    if infix is None:
        name, _, strategy = node.op.name.lower().partition("_")
        if strategy and strategy != "nearest":
            arguments.insert(0, strategy.replace("_", "-"))
        return f"{name}({', '.join(arguments)})"
    # Blink writes numbers and percentages before lengths.
    text = infix.join(arguments)
    return f"({text})" if is_inside else f"calc({text})"


def color(value: Color) -> str:
    """A colour in the legacy form."""
    red, green, blue, _ = Color(value.red, value.green, value.blue, value.alpha).rgba8()
    if value.alpha >= 1.0:
        return f"rgb({red}, {green}, {blue})"
    # https://drafts.csswg.org/cssom/#serialize-a-css-component-value: as few decimals as give the byte back.
    byte = int(value.alpha * 255.0 + 0.5)
    alpha = round(value.alpha, 2)
    if int(alpha * 255.0 + 0.5) != byte:
        alpha = round(value.alpha, 3)
    return f"rgba({red}, {green}, {blue}, {number(alpha)})"


def _url(address: str) -> str:
    return f"url({quoted(address)})"


def image(value: object) -> str:
    """An image, None as none."""
    if value is None:
        return "none"
    if isinstance(value, UrlImage):
        return _url(value.url)
    if isinstance(value, Gradient):
        return _gradient(value)
    if isinstance(value, CrossFade):
        parts = ", ".join(
            f"{number(share * 100)}% {color(part) if isinstance(part, Color) else image(part)}"
            for part, share in value.parts
        )
        return f"cross-fade({parts})"
    return "none"


_ANGLE_CORNERS: Final = {-1: ("left", "top"), 1: ("right", "bottom")}
_EXTENTS: Final = {
    RadialExtent.CLOSEST_SIDE: "closest-side",
    RadialExtent.CLOSEST_CORNER: "closest-corner",
    RadialExtent.FARTHEST_SIDE: "farthest-side",
    RadialExtent.FARTHEST_CORNER: "",
}


def _gradient(value: Gradient) -> str:
    head: list[str] = []
    center = f"{length(value.center_x)} {length(value.center_y)}"
    if value.kind == GradientKind.LINEAR:
        if value.corner_x:
            vertical = _ANGLE_CORNERS[value.corner_y][1]
            head.append(f"to {_ANGLE_CORNERS[value.corner_x][0]} {vertical}")
        elif value.angle != 180.0:
            head.append(f"{number(value.angle)}deg")
    elif value.kind == GradientKind.RADIAL:
        if value.extent == RadialExtent.EXPLICIT:
            radii = length(value.radius_x)
            head.append(radii if value.is_circle else f"{radii} {length(value.radius_y)}")
        else:
            words = [word for word in ("circle" if value.is_circle else "", _EXTENTS[value.extent]) if word]
            head.extend(words)
        if center != "50% 50%":
            head.append(f"at {center}")
    else:
        if value.angle:
            head.append(f"from {number(value.angle)}deg")
        if center != "50% 50%":
            head.append(f"at {center}")
    if value.color_space not in ("srgb", ""):
        head.append(f"in {value.color_space}")
    parts = [" ".join(head)] if head else []
    parts += [_stop(stop, value.kind == GradientKind.CONIC) for stop in value.stops]
    name = ("repeating-" if value.repeating else "") + value.kind.name.lower() + "-gradient"
    return f"{name}({', '.join(parts)})"


def _stop(stop: ColorStop, is_conic: bool) -> str:
    position = "" if stop.position.kind == LengthKind.AUTO else length(stop.position)
    if is_conic and stop.position.kind == LengthKind.FIXED:
        position = number(stop.position.px) + "deg"
    if stop.is_hint:
        return position
    return f"{color(stop.color)} {position}".strip()


def _shadow(value: Shadow, is_box: bool) -> str:
    words = [color(value.color), px(value.x), px(value.y), px(value.blur)]
    if is_box:
        words.append(px(value.spread))
    if value.inset:
        words.append("inset")
    return " ".join(words)


def _family(value: FontFamilyName) -> str:
    if value.is_standard:
        return STANDARD_FAMILY
    if value.is_generic or _PLAIN_FAMILY.fullmatch(value.name):
        return value.name
    return quoted(value.name)


def _alignment(value: Alignment) -> str:
    name = value.keyword.name.lower().replace("_", "-")
    if name == "last-baseline":
        name = "last baseline"
    if value.is_legacy:
        return "normal" if name == "normal" else f"legacy {name}"
    return f"safe {name}" if value.is_safe else name


def _track(value: TrackSize) -> str:
    if value.is_fit_content:
        return f"fit-content({length(value.max)})"
    if value.flex > 0.0:
        flex = f"{number(0.0 if value.flex <= 1e-9 else value.flex)}fr"
        return flex if value.min.is_auto() else f"minmax({length(value.min)}, {flex})"
    if value.min == value.max:
        return length(value.min)
    return f"minmax({length(value.min)}, {length(value.max)})"


def _names(names: tuple[str, ...]) -> list[str]:
    return [f"[{' '.join(names)}]"] if names else []


def _piece(value: TrackRepeat) -> str:
    words: list[str] = []
    for index, track in enumerate(value.tracks):
        words += _names(value.line_names[index])
        words.append(_track(track))
    words += _names(value.line_names[-1])
    text = " ".join(words)
    if value.kind == RepeatKind.NONE:
        return text
    count = {RepeatKind.AUTO_FILL: "auto-fill", RepeatKind.AUTO_FIT: "auto-fit"}.get(value.kind)
    return f"repeat({count or value.count}, {text})"


def _tracks(value: TrackList) -> str:
    if value.is_subgrid:
        return " ".join(["subgrid", *(f"[{' '.join(names)}]" for names in value.subgrid_names)])
    return " ".join(_piece(part) for part in value.parts) if value.parts else "none"


def _grid_line(value: GridLine) -> str:
    if value.is_auto():
        return "auto"
    words = ["span"] if value.is_span else []
    if value.number:
        words.append(str(value.number))
    if value.name:
        words.append(value.name)
    return " ".join(words)


def _content(value: Content) -> str:
    if value.mode != ContentMode.LIST:
        return value.mode.name.lower()
    text = " ".join(_content_item(item) for item in value.items)
    return f"{text} / {quoted(value.alt)}" if value.alt else text


def _content_item(item: ContentItem) -> str:
    kind = item.kind
    if kind == ContentKind.TEXT:
        return quoted(item.text)
    if kind == ContentKind.IMAGE:
        return image(item.image)
    if kind == ContentKind.COUNTER:
        return f"counter({item.text})" if item.style == "decimal" else f"counter({item.text}, {item.style})"
    if kind == ContentKind.COUNTERS:
        tail = "" if item.style == "decimal" else f", {item.style}"
        return f"counters({item.text}, {quoted(item.separator)}{tail})"
    if kind == ContentKind.ATTR:
        return f"attr({item.text})"
    return kind.name.lower().replace("_", "-")


def _transform_one(value: TransformFunction) -> str:
    numbers = value.numbers
    kind = value.kind
    if kind == TransformKind.MATRIX:
        return f"matrix({', '.join(number(one) for one in numbers)})"
    if kind == TransformKind.MATRIX3D:
        return f"matrix3d({', '.join(number(one) for one in numbers)})"
    if kind == TransformKind.TRANSLATE:
        if numbers[0] == 0.0:
            return f"translate({length(value.x)}, {length(value.y)})"
        return f"translate3d({length(value.x)}, {length(value.y)}, {px(numbers[0])})"
    if kind == TransformKind.SCALE:
        if numbers[2] == 1.0:
            return f"scale({number(numbers[0])}, {number(numbers[1])})"
        return f"scale3d({', '.join(number(one) for one in numbers)})"
    if kind == TransformKind.ROTATE:
        if numbers[:3] == (0.0, 0.0, 1.0):
            return f"rotate({number(numbers[3])}deg)"
        return f"rotate3d({', '.join(number(one) for one in numbers[:3])}, {number(numbers[3])}deg)"
    if kind == TransformKind.SKEW:
        return f"skew({number(numbers[0])}deg, {number(numbers[1])}deg)"
    return f"perspective({px(numbers[0]) if numbers[0] else 'none'})"


def _translate(value: TransformFunction) -> str:
    words = [length(value.x)]
    if not value.y.is_zero() or value.numbers[0]:
        words.append(length(value.y))
    if value.numbers[0]:
        words.append(px(value.numbers[0]))
    return " ".join(words)


def _rotate(value: TransformFunction) -> str:
    x, y, z, angle = value.numbers
    if (x, y, z) == (0.0, 0.0, 1.0):
        return f"{number(angle)}deg"
    axis = {(1.0, 0.0, 0.0): "x", (0.0, 1.0, 0.0): "y"}.get((x, y, z))
    return f"{axis or f'{number(x)} {number(y)} {number(z)}'} {number(angle)}deg"


def _scale(value: TransformFunction) -> str:
    x, y, z = value.numbers
    if z != 1.0:
        return f"{number(x)} {number(y)} {number(z)}"
    return number(x) if x == y else f"{number(x)} {number(y)}"


def _filter(value: FilterFunction) -> str:
    kind = value.kind
    if kind == FilterKind.URL:
        return _url(value.url)
    if kind == FilterKind.DROP_SHADOW:
        return f"drop-shadow({_shadow(value.shadow, False) if value.shadow is not None else ''})"
    if kind == FilterKind.BLUR:
        return f"blur({px(value.amount)})"
    if kind == FilterKind.HUE_ROTATE:
        return f"hue-rotate({number(value.amount)}deg)"
    return f"{kind.name.lower()}({number(value.amount)})"


def _shape(value: BasicShape) -> str:
    kind = value.kind
    lengths = value.lengths
    box = value.box.name.lower().replace("_", "-")
    if kind == ShapeKind.BOX:
        return box
    if kind == ShapeKind.URL:
        return image(value.image) if value.image is not None else _url(value.path)
    fill = "evenodd, " if value.even_odd else ""
    if kind == ShapeKind.POLYGON:
        points = [
            f"{length(lengths[index])} {length(lengths[index + 1])}" for index in range(0, len(lengths), 2)
        ]
        text = f"polygon({fill}{', '.join(points)})"
    elif kind == ShapeKind.PATH:
        text = f"path({fill}{quoted(value.path)})"
    elif kind == ShapeKind.INSET:
        sides = _four([length(one) for one in lengths])
        if any(not corner.is_zero() for corner in value.corners):
            horizontal = _four([length(corner.horizontal) for corner in value.corners])
            vertical = _four([length(corner.vertical) for corner in value.corners])
            sides += f" round {horizontal}" + ("" if horizontal == vertical else f" / {vertical}")
        text = f"inset({sides})"
    else:
        count = 1 if kind == ShapeKind.CIRCLE else 2
        radii = [_radius(one) for one in lengths[:count]]
        center = f"at {length(lengths[count])} {length(lengths[count + 1])}"
        if center == "at 50% 50%":
            center = ""
        words = (
            [] if all(radius == "" for radius in radii) else [radius or "closest-side" for radius in radii]
        )
        text = f"{kind.name.lower()}({' '.join([*words, center]).strip()})"
    return text if value.box in (GeometryBox.BORDER_BOX, GeometryBox.MARGIN_BOX) else f"{text} {box}"


def _radius(value: Length) -> str:
    if value.kind == LengthKind.MIN_CONTENT:
        return ""
    return "farthest-side" if value.kind == LengthKind.MAX_CONTENT else length(value)


def _four(words: list[str]) -> str:
    top, right, bottom, left = words
    if left != right:
        return " ".join(words)
    if bottom != top:
        return f"{top} {right} {bottom}"
    return top if right == top else f"{top} {right}"


def _keyword(value: IntEnum) -> str:
    names = CSS_NAMES.get(type(value).__name__)
    if names is None:
        return value.name.lower().replace("_", "-")
    if isinstance(value, GridAutoFlow):
        return names[value].replace("row-dense", "dense").replace("column-dense", "column dense")
    if value is FlexWrap.WRAP_REVERSE_BALANCE:
        return "wrap-reverse balance"
    return names[value]


def _vertical_align(value: VerticalAlign) -> str:
    if value.kind == VerticalAlignKind.LENGTH:
        return length(value.length)
    return value.kind.name.lower().replace("_", "-")


def _one(value: object, name: str) -> str:
    """A value by its type."""
    if value is None:
        return "auto" if name in ("accent-color", "caret-color", "quotes") else "none"
    if isinstance(value, Length):
        return length(value)
    if isinstance(value, Color):
        return color(value)
    if isinstance(value, IntEnum):
        return _keyword(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return number(value)
    if isinstance(value, Shadow):
        return _shadow(value, name == "box-shadow")
    if isinstance(value, FontFamilyName):
        return _family(value)
    if isinstance(value, (UrlImage, Gradient, CrossFade)):
        return image(value)
    if isinstance(value, Position):
        return f"{length(value.x)} {length(value.y)}"
    if isinstance(value, BackgroundSize):
        return _background_size(value)
    if isinstance(value, CornerRadius):
        horizontal, vertical = length(value.horizontal), length(value.vertical)
        return horizontal if horizontal == vertical else f"{horizontal} {vertical}"
    if isinstance(value, Alignment):
        return _alignment(value)
    return _layout_value(value)


def _layout_value(value: object) -> str:
    if isinstance(value, TrackList):
        return _tracks(value)
    if isinstance(value, TrackSize):
        return _track(value)
    if isinstance(value, GridLine):
        return _grid_line(value)
    if isinstance(value, Content):
        return _content(value)
    if isinstance(value, VerticalAlign):
        return _vertical_align(value)
    if isinstance(value, FilterFunction):
        return _filter(value)
    if isinstance(value, Easing):
        return value.text
    if isinstance(value, TransformFunction):
        return _transform_one(value)
    if isinstance(value, BasicShape):
        return _shape(value)
    if isinstance(value, ClipMargin):
        words = [] if value.box == GeometryBox.PADDING_BOX else [_keyword(value.box)]
        return " ".join([*words, px(value.px)] if value.px or not words else words)
    if isinstance(value, AspectRatio):
        if not value.ratio:
            return "auto"
        pair = f"{number(value.width)} / {number(value.height)}"
        return f"auto {pair}" if value.is_auto else pair
    return str(value)


def _background_size(value: BackgroundSize) -> str:
    if value.cover:
        return "cover"
    if value.contain:
        return "contain"
    if value.height.is_auto():
        return length(value.width)
    return f"{length(value.width)} {length(value.height)}"


_COMMA_LISTS: Final = frozenset(
    (
        "font-family text-shadow box-shadow background-image background-position-x background-position-y "
        "background-size background-attachment background-origin background-clip background-blend-mode mask-image "
        "-webkit-mask-position-x -webkit-mask-position-y mask-size mask-origin mask-clip mask-mode mask-composite "
        "will-change animation-name animation-timing-function animation-direction animation-fill-mode "
        "animation-play-state animation-composition transition-property transition-timing-function "
        "transition-behavior"
    ).split()
)
_EMPTY: Final = {
    "font-variant-ligatures": "normal",
    "font-variant-numeric": "normal",
    "font-variant-east-asian": "normal",
    "font-variant-alternates": "normal",
    "font-feature-settings": "normal",
    "font-variation-settings": "normal",
    "clip": "auto",
    "color-scheme": "normal",
    "will-change": "auto",
}
_PX: Final = frozenset(
    (
        "font-size word-spacing -webkit-border-horizontal-spacing -webkit-border-vertical-spacing "
        "-webkit-text-stroke-width border-top-width border-right-width border-bottom-width border-left-width "
        "outline-width outline-offset column-rule-width "
        "scroll-margin-top scroll-margin-right scroll-margin-bottom scroll-margin-left"
    ).split()
)


def _tuple(value: tuple[object, ...], name: str) -> str:
    if not value:
        return _EMPTY.get(name, "none")
    if name in _COMMA_LISTS:
        return ", ".join(_one(item, name) or "none" for item in value)
    if name in ("animation-duration", "animation-delay", "transition-duration", "transition-delay"):
        return ", ".join(f"{_one(item, name)}s" for item in value)
    if name == "animation-iteration-count":
        return ", ".join("infinite" if item == math.inf else _one(item, name) for item in value)
    if name in ("background-repeat", "mask-repeat"):
        return ", ".join(_repeat(item) for item in value)
    if name in ("border-image-slice", "border-image-width", "border-image-outset"):
        # The initial outset is the number 0, which is a length here.
        words = [_one(item, name) for item in value]
        return _four(["0" if word == "0px" else word for word in words])
    if name == "border-image-repeat":
        words = [_one(item, name) for item in value]
        return words[0] if words[0] == words[1] else " ".join(words)
    if name in ("font-feature-settings", "font-variation-settings"):
        return ", ".join(sorted(_setting(item) for item in value))
    if name in ("counter-reset", "counter-increment", "counter-set"):
        return " ".join(f"{item[0]} {item[1]}" for item in value if isinstance(item, tuple))
    if name == "quotes":
        return " ".join(quoted(str(item)) for item in value)
    if name == "grid-template-areas":
        rows = [" ".join(str(cell) or "." for cell in row) for row in value if isinstance(row, tuple)]
        return " ".join(f'"{row}"' for row in rows)
    if name == "clip":
        return f"rect({', '.join(_one(item, name) for item in value)})"
    if name == "text-emphasis-position":
        words = [str(item) for item in value]
        return words[0] if words[-1] == "right" else " ".join(words)
    if name == "contain":
        words = [str(item) for item in value]
        if words == ["size", "layout", "style", "paint"]:
            return "strict"
        return "content" if words == ["layout", "style", "paint"] else " ".join(words)
    return " ".join(_one(item, name) for item in value)


def _setting(item: object) -> str:
    if not isinstance(item, tuple):
        return ""
    tag, value = item
    return f'"{tag}"' if value == 1 and isinstance(value, int) else f'"{tag}" {number(float(value))}'


_REPEAT_PAIRS: Final = {"repeat no-repeat": "repeat-x", "no-repeat repeat": "repeat-y"}


def _repeat(item: object) -> str:
    if not isinstance(item, tuple):
        return ""
    words = [_keyword(one) for one in item]
    if words[0] == words[1]:
        return words[0]
    return _REPEAT_PAIRS.get(" ".join(words), " ".join(words))


def value_of(style: ComputedStyle, name: str) -> object:
    """The computed value of a longhand."""
    index = IDS[name]
    group = GROUPS[index]
    style = style.unvisited or style
    source = style.inherited if group == GROUP_INHERITED else style.box if group == GROUP_BOX else style.paint
    value: object = getattr(source, ATTRIBUTES[index])
    return value


def serialize(style: ComputedStyle, name: str) -> str:
    """A longhand's computed value as text; a custom property's as it stands, "" where there is none."""
    if name.startswith("--"):
        return style.variables.get(name, "")
    style = style.unvisited or style
    value = value_of(style, name)
    if name in _PX and isinstance(value, float):
        return px(value)
    special = _special(style, name, value)
    if special is not None:
        return special
    if isinstance(value, tuple):
        if name.startswith(_LAYERED):
            # As many as there are pictures: too few are repeated, the rest is not used.
            paint = style.paint
            count = len(paint.background_image if name.startswith("background") else paint.mask_image)
            value = tuple(value[index % len(value)] for index in range(count))
        return _tuple(value, name)
    return _one(value, name)


_LAYERED: Final = ("background-", "mask-", "-webkit-mask-")


_SVG_INITIAL: Final = {
    "fill": "rgb(0, 0, 0)",
    "fill-opacity": "1",
    "stroke-opacity": "1",
    "stroke-width": "1px",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-dashoffset": "0px",
    "stroke-miterlimit": "4",
    "fill-rule": "nonzero",
    "clip-rule": "nonzero",
    "text-anchor": "start",
    "shape-rendering": "auto",
    "paint-order": "normal",
    "color-interpolation": "srgb",
    "color-interpolation-filters": "linearrgb",
    "dominant-baseline": "auto",
    "flood-color": "rgb(0, 0, 0)",
    "lighting-color": "rgb(255, 255, 255)",
    "stop-color": "rgb(0, 0, 0)",
    "flood-opacity": "1",
    "stop-opacity": "1",
}
STANDARD_FAMILY: Final = '"Times New Roman"'
"""What Chromium calls the family of text that nobody has given one."""

_DISPLAYS: Final = {
    Display.MATH: "block math",
    Display.INLINE_MATH: "math",
    Display.INLINE_LIST_ITEM: "inline list-item",
    Display.FLOW_ROOT_LIST_ITEM: "flow-root list-item",
    Display.INLINE_FLOW_ROOT_LIST_ITEM: "inline flow-root list-item",
    Display.BLOCK_RUBY: "block ruby",
}


def _special(style: ComputedStyle, name: str, value: object) -> str | None:
    """Longhands whose text their type alone does not give."""
    if name != "font-language-override" and value == "" and isinstance(value, str):
        return _SVG_INITIAL.get(name, "none")
    if isinstance(value, Display) and value in _DISPLAYS:
        return _DISPLAYS[value]
    if name == "caret-color" and value is None:
        return color(style.inherited.color)
    if isinstance(value, Color) and value.is_current:
        return color(style.inherited.color)
    if name == "font-language-override":
        return quoted(str(value)) if value else "normal"
    if name == "letter-spacing":
        return "normal" if value == 0.0 else px(float(value))  # type: ignore[arg-type]
    if name == "font-stretch":
        return number(float(value)) + "%"  # type: ignore[arg-type]
    if name == "z-index":
        return "auto" if value == Z_AUTO else str(value)
    if name in ("column-count", "-webkit-line-clamp"):
        return ("auto" if name == "column-count" else "none") if value == 0 else str(value)
    if name in ("font-size-adjust", "perspective") and isinstance(value, float):
        return "none" if value < 0.0 else number(value) if name == "font-size-adjust" else px(value)
    if name == "font-style" and value == FontStyle.OBLIQUE:
        angle = style.inherited.font_oblique_angle
        return "oblique" if angle == 14.0 else f"oblique {number(angle)}deg"
    if name in ("list-style-type", "hyphenate-character") and isinstance(value, str):
        if value.startswith('"'):
            return quoted(value[1:])
        return value.replace("\n", " ")
    if name == "-webkit-box-direction":
        return "normal" if value == Direction.LTR else "reverse"
    if name == "line-height" and isinstance(value, Length) and value.kind == LengthKind.NUMBER:
        return px(value.px * style.inherited.font_size)
    if name == "text-decoration-thickness" and isinstance(value, Length) and value.kind == LengthKind.NORMAL:
        return "from-font"
    if name == "border-image-slice" and isinstance(value, tuple):
        return _tuple(value, name) + (" fill" if style.paint.border_image_fill else "")
    if name == "transform-origin" and style.paint.transform_origin_z:
        return f"{_one(value, name)} {px(style.paint.transform_origin_z)}"
    if isinstance(value, TransformFunction):
        if name == "translate":
            return _translate(value)
        return _rotate(value) if name == "rotate" else _scale(value)
    return None


ALL_LONGHANDS: Final = tuple(name for index, name in enumerate(NAMES) if SYNTAXES[index] != "internal")
"""The longhands that getComputedStyle() lists, in the order of the table."""

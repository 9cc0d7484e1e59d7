"""Inline SVG for a renderer that knows no style sheets: computed styles as attributes, referenced elements beside.

https://svgwg.org/svg2-draft/styling.html#PresentationAttributes
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Final

from ..css import StyleTree
from ..css.computed_style import ComputedStyle
from ..css.keywords import CSS_NAMES, BlendMode, Display, Isolation, MaskType
from ..css.serialize import serialize
from ..css.values import FilterKind, GeometryBox, ShapeKind, UrlImage
from ..dom import Document, Element
from ..dom.node import SVG_NAMESPACE
from ..dom.traversal import root_of
from ..geometry import NO_EDGES, Matrix, Rect
from ..html.serializer import serialize_svg
from ..image.svg import svg_length, view_box
from ..image.svg_reference import ReferenceKind, SvgReference
from ..layout.transform import transform_matrix
from ..limits import MAX_SVG_REFERENCES
from ..paint.svg_path import parse_svg_path

PRESENTATION: Final = (
    "fill", "stroke", "fill-opacity", "stroke-opacity", "stroke-width", "stroke-linecap", "stroke-linejoin",
    "stroke-dasharray", "stroke-dashoffset", "stroke-miterlimit", "fill-rule", "clip-rule", "text-anchor",
    "paint-order", "dominant-baseline", "shape-rendering", "color-interpolation-filters",
)  # fmt: skip
"""Inherited properties of SVG that page styles may set and the SVG renderer takes as attributes."""

CAMEL_CASE: Final = {
    word.lower(): word for word in "optimizeSpeed crispEdges geometricPrecision sRGB linearRGB".split()
}
"""Keywords that are kept in lower case."""

NOT_INHERITED: Final = ("stop-color", "stop-opacity", "flood-color", "flood-opacity", "lighting-color")
"""Those that are not inherited."""

STANDING_ALONE: Final = frozenset("linearGradient radialGradient pattern clipPath mask marker".split())
"""What inherits from where it stands, and not from what uses it. It has to be rendered there, as in Chromium, where it
is a box."""

GRAPHICS: Final = frozenset(
    "a circle ellipse foreignObject g image line path polygon polyline rect svg switch text tspan use".split()
)
"""Elements that `display: none` takes out of the picture; gradients and the like are used all the same."""

REFERENCE: Final = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""")
NUMBERS: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
REFERENCE_KINDS: Final = {
    "clipPath": ReferenceKind.CLIP_PATH,
    "mask": ReferenceKind.MASK,
    "filter": ReferenceKind.FILTER,
}
TAINTING: Final = ("flood-color", "lighting-color")
PASSING: Final = (
    "FillPaint",
    "StrokePaint",
    "SourceGraphic",
    "SourceAlpha",
    "BackgroundImage",
    "BackgroundAlpha",
)


def inline_svg_markup(
    element: Element,
    styles: StyleTree,
    ids: dict[str, Element],
    files: Mapping[Element, str] | None = None,
    sprites: Mapping[Element, Element] | None = None,
) -> str:
    """An `<svg>` element as a document, with what it refers to elsewhere in the page. `files` are the data: URLs of
    what its `<image>` elements show, `sprites` the elements of other documents that its `<use>` elements show."""
    attributes = svg_attributes(element, styles, True)
    for image, data in (files or {}).items():
        if image in attributes:
            attributes[image][_reference_name(image)] = data
    borrowed: dict[Element, str] = {}
    for use, target in (sprites or {}).items():
        if use in attributes:
            name = borrowed.setdefault(target, f"sprite.{len(borrowed)}")
            attributes[use][_reference_name(use)] = f"#{name}"
    markup = serialize_svg(element, attributes)
    inside = {one.get("id") for one in [element, *element.descendant_elements()]}
    outer = definitions(references(element, styles), ids, styles, inside)
    outer += "".join([_sprite(target, name, styles) for target, name in borrowed.items()])
    if not outer:
        return markup
    if markup.endswith("</svg>"):
        return f"{markup[:-6]}<defs>{outer}</defs></svg>"
    return f"{markup[:-2]}><defs>{outer}</defs></svg>"


def _reference_name(element: Element) -> str:
    return "href" if "href" in element.attributes else "xlink:href"


def _sprite(target: Element, name: str, styles: StyleTree) -> str:
    """An element of another document, under a name of its own, with what it refers to there."""
    document = root_of(target)
    there = elements_by_id(document) if isinstance(document, Document) else {}
    inside = {one.get("id") for one in [target, *target.descendant_elements()]}
    needed = definitions(references(target, styles), there, styles, inside, is_elsewhere=True)
    return serialize_svg(target, {target: {"id": name}}) + needed


def elements_by_id(document: Document) -> dict[str, Element]:
    """The SVG elements that can be referred to; the first of each id."""
    found: dict[str, Element] = {}
    for element in document.descendant_elements():
        if element.namespace == SVG_NAMESPACE:
            name = element.get("id")
            if name and name not in found:
                found[name] = element
    return found


def style_references(
    document: Document, styles: StyleTree, ids: dict[str, Element]
) -> dict[str, SvgReference]:
    """The clip paths, masks and filters in the page that styles of its boxes name, by the address they use."""
    wanted: dict[str, None] = {}
    for style in styles.styles.values():
        paint = style.paint
        if paint.clip_path is not None and paint.clip_path.path and paint.clip_path.kind == ShapeKind.URL:
            wanted[paint.clip_path.path] = None
        for image in paint.mask_image:
            if isinstance(image, UrlImage) and "#" in image.url:
                wanted[image.url] = None
        for one in (*paint.filter_, *paint.backdrop_filter):
            if one.kind == FilterKind.URL:
                wanted[one.url] = None
    found: dict[str, SvgReference] = {}
    for url in wanted:
        address, _, name = url.partition("#")
        element = ids.get(name)
        kind = REFERENCE_KINDS.get(element.local_name) if element is not None else None
        if element is None or kind is None or address not in ("", document.url.partition("#")[0]):
            continue
        markup = definitions([name], ids, styles)
        if not markup:
            continue
        found[url] = SvgReference(
            kind,
            name,
            markup,
            _is_in_fractions(element, kind),
            _filter_region(element) if kind == ReferenceKind.FILTER else 0.0,
        )
    return found


def _is_in_fractions(element: Element, kind: ReferenceKind) -> bool:
    """Whether what the element draws depends on the box that it is used on."""
    if kind == ReferenceKind.CLIP_PATH:
        return element.get("clipPathUnits") == "objectBoundingBox"
    if kind == ReferenceKind.MASK:
        units = element.get("maskUnits") or "objectBoundingBox"
        return "objectBoundingBox" in (units, element.get("maskContentUnits"))
    return False


def _filter_region(element: Element) -> float:
    """How far a filter's region reaches out of the box, in fractions of it: a tenth unless it says more."""
    reach = 0.1
    for start, length in (("x", "width"), ("y", "height")):
        before = _fraction(element.get(start), -0.1)
        after = before + _fraction(element.get(length), 1.2) - 1.0
        reach = max(reach, -before, after)
    return min(reach, 4.0)


def _fraction(text: str, missing: float) -> float:
    match = NUMBERS.match(text.strip())
    if match is None:
        return missing
    value = float(match.group())
    return value / 100.0 if text.strip().endswith("%") else value if abs(value) < 10.0 else 0.0


def references(root: Element, styles: StyleTree) -> list[str]:
    """The ids that an element and its descendants refer to."""
    found: list[str] = []
    for element in [root, *root.descendant_elements()]:
        for name, value in element.attributes.items():
            if name == "href" or name == "xlink:href":
                if value.startswith("#"):
                    found.append(value[1:])
            elif "url(" in value:
                found.extend(REFERENCE.findall(value))
        style = styles.style_of(element)
        if style is not None:
            for text in (style.inherited.fill, style.inherited.stroke):
                if "url(" in text:
                    found.extend(REFERENCE.findall(text))
    return found


def definitions(
    wanted: list[str],
    ids: dict[str, Element],
    styles: StyleTree,
    known: set[str] | None = None,
    *,
    is_elsewhere: bool = False,
) -> str:
    """The referenced elements, and those that they refer to, as markup. `is_elsewhere`: they are of a document that
    is not shown."""
    done: set[str] = set(known or ())
    parts: list[str] = []
    queue = list(wanted)
    while queue and len(parts) < MAX_SVG_REFERENCES:
        name = queue.pop(0)
        element = ids.get(name)
        if name in done or element is None:
            continue
        if element.local_name in STANDING_ALONE and not (is_elsewhere or element in styles.styles):
            continue
        for inner in [element, *element.descendant_elements()]:
            done.add(inner.get("id"))
        parts.append(serialize_svg(element, svg_attributes(element, styles, False)))
        queue.extend(references(element, styles))
    return "".join(parts)


def svg_attributes(root: Element, styles: StyleTree, is_picture: bool) -> dict[Element, dict[str, str]]:
    """The attributes that carry the page's computed styles into the SVG renderer.

    `is_picture`: the root is a box of the page, whose own group effects painting has in hand.
    """
    result: dict[Element, dict[str, str]] = {}
    for element in [root, *root.descendant_elements()]:
        if element.namespace != SVG_NAMESPACE:
            continue
        style = styles.style_of(element)
        if style is None:
            # Not rendered; a definition may be used all the same.
            style = styles.unrendered.get(element)
            if style is None or is_picture:
                if is_picture:
                    result[element] = {"display": "none"}
                continue
        outer = None
        if element is not root or not (is_picture or element.local_name in STANDING_ALONE):
            outer = _parent_style(element, styles)
        attributes = _presentation(element, style, outer)
        if style.box.display == Display.NONE and element is not root and element.local_name in GRAPHICS:
            attributes["display"] = "none"
        if element is not root or not is_picture:
            _add_effects(element, style, attributes)
        if element.local_name == "mask" and style.paint.mask_type == MaskType.ALPHA:
            attributes["mask-type"] = "alpha"
        if element.local_name == "feDisplacementMap":
            attributes["scale"] = _displacement_scale(element)
        result[element] = attributes
    return result


def _parent_style(element: Element, styles: StyleTree) -> ComputedStyle | None:
    """What the renderer lets an element inherit by itself."""
    parent = element.parent
    if not isinstance(parent, Element):
        return None
    return styles.style_of(parent) or styles.unrendered.get(parent)


def _presentation(element: Element, style: ComputedStyle, parent: ComputedStyle | None) -> dict[str, str]:
    """The properties of SVG and of text in which an element differs from its parent, if that is where it inherits from.

    What `<use>` shows inherits from the <use>: only what an element has for itself goes along.
    """
    inherited = style.inherited
    outer = parent.inherited if parent is not None else None
    attributes: dict[str, str] = {}
    for name in NOT_INHERITED:
        value = getattr(style.paint, name.replace("-", "_"))
        if value:
            attributes[name] = _keyword_case(value)
    if inherited is outer:
        return attributes
    own = element.attributes
    if outer is None or inherited.color != outer.color:
        attributes["color"] = repr(inherited.color)
    for name in PRESENTATION:
        attribute = name.replace("-", "_")
        value = getattr(inherited, attribute)
        if value and (outer is None or name in own or value != getattr(outer, attribute)):
            attributes[name] = _keyword_case(value)
    if inherited.visibility != (0 if outer is None else outer.visibility):
        attributes["visibility"] = "visible" if inherited.visibility == 0 else "hidden"
    if outer is None or inherited.font_family != outer.font_family:
        attributes["font-family"] = ", ".join(repr(family) for family in inherited.font_family)
    if outer is None or inherited.font_size != outer.font_size:
        attributes["font-size"] = f"{inherited.font_size:g}"
    if outer is None or inherited.font_weight != outer.font_weight:
        attributes["font-weight"] = f"{inherited.font_weight:g}"
    if inherited.font_style != (0 if outer is None else outer.font_style):
        attributes["font-style"] = "italic" if inherited.font_style != 0 else "normal"
    for name, spacing, other in (
        ("letter-spacing", inherited.letter_spacing, 0.0 if outer is None else outer.letter_spacing),
        ("word-spacing", inherited.word_spacing, 0.0 if outer is None else outer.word_spacing),
    ):
        if spacing != other:
            attributes[name] = f"{spacing:g}"
    return attributes


def _keyword_case(value: str) -> str:
    """Keywords as SVG writes them: the renderer knows no others."""
    if value.endswith("currentcolor"):
        return value[:-12] + "currentColor"
    return CAMEL_CASE.get(value, value)


def _add_effects(element: Element, style: ComputedStyle, attributes: dict[str, str]) -> None:
    """What the style says about the element as a group, and its transform."""
    paint = style.paint
    if paint.opacity < 1:
        attributes["opacity"] = f"{paint.opacity:g}"
    words: list[str] = []
    if paint.mix_blend_mode != BlendMode.NORMAL:
        words.append(f"mix-blend-mode:{CSS_NAMES['BlendMode'][paint.mix_blend_mode]}")
    if paint.isolation == Isolation.ISOLATE:
        words.append("isolation:isolate")
    if words:
        attributes["style"] = ";".join(words)
    if paint.filter_:
        attributes["filter"] = serialize(style, "filter").replace('"', "")
    if paint.clip_path is not None and paint.clip_path.path.startswith("#"):
        attributes["clip-path"] = f"url({paint.clip_path.path})"
    has_individual = paint.translate is not None or paint.rotate is not None or paint.scale is not None
    if paint.transform or has_individual:
        text = _matrix_text(_transform(element, style))
        if not paint.transform:
            text = f"{text} {element.get('transform')}".strip()
        attributes["transform"] = text


def _matrix_text(matrix: Matrix) -> str:
    numbers = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return "matrix(" + " ".join(f"{number + 0.0:.9g}" for number in numbers) + ")"


def _transform(element: Element, style: ComputedStyle) -> Matrix:
    """https://drafts.csswg.org/css-transforms-1/#transform-box"""
    box = style.paint.transform_box
    if box in (GeometryBox.FILL_BOX, GeometryBox.CONTENT_BOX, GeometryBox.STROKE_BOX, GeometryBox.BORDER_BOX):
        rect = fill_box(element)
        matrix = transform_matrix(style, rect.width, rect.height, NO_EDGES)
        return Matrix(1.0, 0.0, 0.0, 1.0, rect.x, rect.y).times(matrix).translated(-rect.x, -rect.y)
    width, height = viewport_size(element)
    return transform_matrix(style, width, height, NO_EDGES)


def viewport_size(element: Element) -> tuple[float, float]:
    """The size of the nearest viewport, in its user units."""
    parent = element.parent
    while isinstance(parent, Element):
        if parent.local_name == "svg":
            box = view_box(parent.get("viewBox") or None)
            if box is not None:
                return box[2], box[3]
            return max(0.0, svg_length(parent.get("width"))), max(0.0, svg_length(parent.get("height")))
        parent = parent.parent
    return 0.0, 0.0


def fill_box(element: Element) -> Rect:
    """The bounding box of a shape's geometry, in its own user space; of groups without their transforms."""
    name = element.local_name
    if name in ("rect", "image", "svg", "foreignObject", "use"):
        return Rect(
            _length(element, "x"),
            _length(element, "y"),
            _length(element, "width"),
            _length(element, "height"),
        )
    if name in ("circle", "ellipse"):
        rx = _length(element, "r" if name == "circle" else "rx")
        ry = _length(element, "r" if name == "circle" else "ry")
        return Rect(_length(element, "cx") - rx, _length(element, "cy") - ry, 2 * rx, 2 * ry)
    if name == "path":
        return parse_svg_path(element.get("d"), 0.0, 0.0).bounds()
    numbers: list[float] = []
    if name == "line":
        numbers = [_length(element, key) for key in ("x1", "y1", "x2", "y2")]
    elif name in ("polygon", "polyline"):
        numbers = [float(text) for text in NUMBERS.findall(element.get("points"))]
    if len(numbers) >= 2:
        xs, ys = numbers[0 : len(numbers) // 2 * 2 : 2], numbers[1::2]
        return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    union: Rect | None = None
    for child in element.children:
        if isinstance(child, Element) and child.namespace == SVG_NAMESPACE:
            inner = fill_box(child)
            union = inner if union is None else union.union(inner)
    return union if union is not None else Rect(0.0, 0.0, 0.0, 0.0)


def _length(element: Element, name: str) -> float:
    match = NUMBERS.match(element.get(name).strip())
    value = float(match.group()) if match is not None else 0.0
    return value if math.isfinite(value) else 0.0


# --- Displacement maps ----------------------------------------------------------------------------


def _displacement_scale(element: Element) -> str:
    """AD-HOC: resvg multiplies by `scale` twice, and knows no tainting.

    https://drafts.csswg.org/filter-effects-1/#element-attrdef-fedisplacementmap-scale: with an input that
    `currentcolor` has tainted, the primitive passes its first input through.
    """
    match = NUMBERS.match(element.get("scale").strip())
    scale = float(match.group()) if match is not None else 0.0
    if _is_tainted(element):
        return "0"
    return f"{math.sqrt(scale):.9g}" if scale > 0 else "0"


def _is_tainted(target: Element) -> bool:
    """Whether the map (`in2`) of a displacement depends on currentcolor."""
    parent = target.parent
    if not isinstance(parent, Element):
        return False
    by_name: dict[str, bool] = {}
    previous = False
    for primitive in parent.children:
        if not isinstance(primitive, Element) or primitive.namespace != SVG_NAMESPACE:
            continue
        tainted = False
        inputs = [primitive.get("in")]
        if primitive.local_name in ("feBlend", "feComposite", "feDisplacementMap"):
            inputs.append(primitive.get("in2"))
        elif primitive.local_name == "feMerge":
            inputs = [
                node.get("in")
                for node in primitive.children
                if isinstance(node, Element) and node.local_name == "feMergeNode"
            ]
        elif primitive.local_name in ("feFlood", "feImage", "feTurbulence"):
            inputs = []
        if primitive is target:
            return _taint_of(primitive.get("in2"), by_name, previous)
        for name in inputs:
            tainted = tainted or _taint_of(name, by_name, previous)
        for one in [primitive, *primitive.descendant_elements()]:
            for attribute in TAINTING:
                if "currentcolor" in one.get(attribute).lower():
                    tainted = True
            style = one.get("style").lower()
            if "currentcolor" in style and any(attribute in style for attribute in TAINTING):
                tainted = True
        previous = tainted
        if primitive.get("result"):
            by_name[primitive.get("result")] = tainted
    return False


def _taint_of(name: str, by_name: dict[str, bool], previous: bool) -> bool:
    if name in PASSING:
        return False
    return by_name.get(name, previous)

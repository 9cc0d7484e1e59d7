"""Presentational attributes as declarations (https://html.spec.whatwg.org/multipage/rendering.html).

In: an element. Out: the CSS text that its attributes stand for, "" for most elements. The cascade takes it in
at author level before all author rules (section 15.2). SVG's presentation attributes are here too.
"""

from __future__ import annotations

import re
from typing import Final

from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, Element
from .color_names import NAMED_COLORS

_DIMENSION: Final = re.compile(r"[ \t\n\f\r]*\+?([0-9]+\.?[0-9]*|\.[0-9]+)[ \t\n\f\r]*(%?)")
_INTEGER: Final = re.compile(r"[ \t\n\f\r]*([+-]?)([0-9]+)")
_SIMPLE_COLOR: Final = re.compile(r"#[0-9a-fA-F]{6}\Z")
_SHORT_COLOR: Final = re.compile(r"#[0-9a-fA-F]{3}\Z")

_ALIGN_TEXT: Final = {
    "left": "-webkit-left",
    "right": "-webkit-right",
    "center": "-webkit-center",
    "middle": "-webkit-center",
    "justify": "justify",
}
_FONT_SIZES: Final = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")
_LIST_TYPES: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_UNORDERED_TYPES: Final = frozenset(("none", "disc", "circle", "square"))
_RULES_TABLES: Final = frozenset(("none", "groups", "rows", "cols", "all"))

HINTED_ATTRIBUTES: Final = frozenset(
    (
        "align alink background bgcolor border bordercolor cellpadding cellspacing char clear color cols compact "
        "dir face frame frameborder height hspace lang leftmargin link marginheight marginwidth noshade nowrap "
        "rows rules size start text topmargin type valign value vlink vspace width wrap"
    ).split()
)
"""Attributes that may mean something on HTML elements: an element with none of them has no hints."""

SVG_PROPERTIES: Final = frozenset(
    (
        "clip-path clip-rule color color-interpolation color-interpolation-filters cursor direction display "
        "dominant-baseline fill fill-opacity fill-rule filter flood-color flood-opacity font-family font-size "
        "font-size-adjust font-stretch font-style font-variant font-weight image-rendering letter-spacing "
        "lighting-color marker-end marker-mid marker-start mask mask-type opacity overflow paint-order "
        "pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
        "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
        "text-decoration text-overflow text-rendering transform-origin unicode-bidi vector-effect visibility "
        "white-space word-spacing writing-mode"
    ).split()
)
"""https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes"""


def presentational_hints(element: Element) -> str:
    """The declarations that an element's attributes stand for, as CSS text."""
    attributes = element.attributes
    if not attributes:
        if element.local_name in ("td", "th") and element.namespace == HTML_NAMESPACE:
            return cell_hints(element)
        return ""
    if element.namespace == SVG_NAMESPACE:
        return _svg(element)
    if element.namespace != HTML_NAMESPACE:
        return ""
    name = element.local_name
    if HINTED_ATTRIBUTES.isdisjoint(attributes):
        return cell_hints(element) if name in ("td", "th") else ""
    out: list[str] = []
    if name in ("td", "th", "tr", "table", "thead", "tbody", "tfoot", "col", "colgroup", "caption"):
        _table_part(element, name, out)
    elif name in ("img", "input", "iframe", "embed", "object", "video", "canvas", "source", "marquee"):
        _embedded(element, name, out)
    elif name == "body":
        _body(element, out)
    elif name == "hr":
        _rule(element, out)
    elif name == "font" or name == "basefont":
        _font(element, out)
    elif name in ("ol", "ul", "li", "menu", "dir"):
        _list(element, name, out)
    elif name in ("div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "center"):
        align = element.get("align").strip().lower()
        if align in _ALIGN_TEXT:
            out.append(f"text-align:{_ALIGN_TEXT[align] if name in ('div', 'center') else _plain(align)}")
    elif name == "br":
        clear = element.get("clear").strip().lower()
        if clear in ("left", "right"):
            out.append(f"clear:{clear}")
        elif clear in ("all", "both"):
            out.append("clear:both")
    elif name == "pre":
        if "wrap" in attributes:
            out.append("white-space:pre-wrap")
    elif name == "textarea":
        if element.get("wrap").strip().lower() == "off":
            out.append("white-space:pre;overflow-wrap:normal")
    return ";".join(out)


def _plain(align: str) -> str:
    return {"middle": "center"}.get(align, align)


def dimension(text: str) -> str:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-dimension-values ;
    "" for an error."""
    match = _DIMENSION.match(text)
    if match is None:
        return ""
    return match.group(1).rstrip(".") + ("%" if match.group(2) else "px")


def integer(text: str, default: int) -> int:
    """The rules for parsing integers; `default` for an error."""
    match = _INTEGER.match(text)
    if match is None or len(match.group(2)) > 9:
        return default
    value = int(match.group(2))
    return -value if match.group(1) == "-" else value


def legacy_color(text: str) -> str:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-a-legacy-colour-value ;
    "" for an error."""
    # 1. to 3. Empty strings and "transparent" are errors.
    text = text.strip(" \t\n\f\r")
    lower = text.lower()
    if not text or lower == "transparent":
        return ""
    # 4. Named colours, 5. #rgb
    if lower in NAMED_COLORS:
        return lower
    if _SHORT_COLOR.match(text) or _SIMPLE_COLOR.match(text):
        return text
    # 6. to 16.
    text = "".join("00" if ord(character) > 0xFFFF else character for character in text)[:128]
    text = text.removeprefix("#")
    digits = "".join(character if character in "0123456789abcdefABCDEF" else "0" for character in text)
    while not digits or len(digits) % 3:
        digits += "0"
    length = len(digits) // 3
    parts = [digits[:length], digits[length : 2 * length], digits[2 * length :]]
    if length > 8:
        parts = [part[-8:] for part in parts]
        length = 8
    while length > 2 and all(part[0] == "0" for part in parts):
        parts = [part[1:] for part in parts]
        length -= 1
    parts = [part[:2].rjust(2, "0") for part in parts]
    return "#" + "".join(parts)


def _size(element: Element, attribute: str, property_: str, out: list[str], *, nonzero: bool = False) -> None:
    if attribute in element.attributes:
        value = dimension(element.get(attribute))
        if value and not (nonzero and float(value.rstrip("%px")) == 0):
            out.append(f"{property_}:{value}")


def _background(element: Element, out: list[str]) -> None:
    color = legacy_color(element.get("bgcolor"))
    if color:
        out.append(f"background-color:{color}")
    url = element.get("background").strip()
    if url:
        out.append(f'background-image:url("{_quoted(url)}")')


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\a ")


def _body(element: Element, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#the-page"""
    _background(element, out)
    color = legacy_color(element.get("text"))
    if color:
        out.append(f"color:{color}")
    for names, sides in (
        (("marginheight", "topmargin"), ("top", "bottom")),
        (("marginwidth", "leftmargin"), ("left", "right")),
    ):
        for name in names:
            value = dimension(element.get(name))
            if value and not value.endswith("%"):
                out.append(f"margin-{sides[0]}:{value};margin-{sides[1]}:{value}")
                break


def _embedded(element: Element, name: str, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#attributes-for-embedded-content-and-images"""
    is_image_input = name == "input" and element.get("type").strip().lower() == "image"
    if name == "input" and not is_image_input:
        return
    if name == "marquee":
        _background(element, out)
    if name not in ("canvas", "source"):
        _size(element, "width", "width", out)
        _size(element, "height", "height", out)
        _size(element, "hspace", "margin-left", out)
        _size(element, "hspace", "margin-right", out)
        _size(element, "vspace", "margin-top", out)
        _size(element, "vspace", "margin-bottom", out)
    if name in ("img", "video", "canvas") or is_image_input:
        _ratio(element, out)
    if name in ("img", "iframe", "embed", "object") or is_image_input:
        align = element.get("align").strip().lower()
        if align in ("left", "right"):
            out.append(f"float:{align}")
        elif align in ("top", "texttop"):
            out.append("vertical-align:" + ("top" if align == "top" else "text-top"))
        elif align in ("middle", "center"):
            out.append(
                "vertical-align:-webkit-baseline-middle" if align == "center" else "vertical-align:middle"
            )
        elif align in ("absmiddle", "abscenter"):
            out.append("vertical-align:middle")
        elif align in ("bottom", "baseline"):
            out.append("vertical-align:baseline")
        elif align == "absbottom":
            out.append("vertical-align:bottom")
    if name == "img" or name == "object" or is_image_input:
        border = integer(element.get("border"), 0)
        if border > 0:
            out.append(f"border:{border}px solid")
    if name == "iframe" and element.get("frameborder").strip().lower() in ("0", "no"):
        out.append("border-width:0")


def _ratio(element: Element, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#map-to-the-aspect-ratio-property"""
    width, height = dimension(element.get("width")), dimension(element.get("height"))
    if width.endswith("px") and height.endswith("px"):
        if float(width[:-2]) > 0 and float(height[:-2]) > 0:
            out.append(f"aspect-ratio:auto {width[:-2]}/{height[:-2]}")


def _rule(element: Element, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#the-hr-element-2"""
    align = element.get("align").strip().lower()
    if align == "left":
        out.append("margin-left:0;margin-right:auto")
    elif align == "right":
        out.append("margin-left:auto;margin-right:0")
    elif align == "center":
        out.append("margin-left:auto;margin-right:auto")
    color = legacy_color(element.get("color"))
    is_solid = bool(color) or "noshade" in element.attributes
    if is_solid:
        out.append("border-style:solid")
    if color:
        out.append(f"color:{color};border-color:{color};background-color:{color}")
    elif "noshade" in element.attributes:
        out.append("border-color:gray;background-color:gray")
    size = integer(element.get("size"), 0)
    if size > 0:
        if is_solid:
            out.append(f"border-width:{size / 2:g}px")
        elif size == 1:
            out.append("border-bottom-width:0")
        else:
            out.append(f"height:{size - 2}px")
    _size(element, "width", "width", out)


def _font(element: Element, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#phrasing-content-3"""
    color = legacy_color(element.get("color"))
    if color:
        out.append(f"color:{color}")
    if element.get("face"):
        out.append(f"font-family:{element.get('face').replace(';', '')}")
    size = element.get("size").strip()
    if size:
        value = integer(size, -99)
        if value != -99:
            if size[0] in "+-":
                value += 3
            out.append(f"font-size:{_FONT_SIZES[max(1, min(7, value)) - 1]}")


def _list(element: Element, name: str, out: list[str]) -> None:
    kind = element.get("type").strip()
    if kind in _LIST_TYPES and name in ("ol", "li"):
        out.append(f"list-style-type:{_LIST_TYPES[kind]}")
    elif kind.lower() in _UNORDERED_TYPES:
        out.append(f"list-style-type:{kind.lower()}")


def _ancestor_table(element: Element) -> Element | None:
    node = element.parent
    for _ in range(3):
        if not isinstance(node, Element):
            return None
        if node.is_html("table"):
            return node
        node = node.parent
    return None


def _table_part(element: Element, name: str, out: list[str]) -> None:
    """https://html.spec.whatwg.org/multipage/rendering.html#tables-2"""
    _background(element, out)
    align = element.get("align").strip().lower()
    if name == "table":
        if align in ("left", "right"):
            out.append(f"float:{align}")
        elif align in ("center", "middle"):
            out.append("margin-inline:auto")
        _table(element, out)
        return
    if align in _ALIGN_TEXT and name != "caption":
        out.append(f"text-align:{_ALIGN_TEXT[align]}")
    elif name == "caption" and align == "bottom":
        out.append("caption-side:bottom")
    valign = element.get("valign").strip().lower()
    if valign in ("top", "middle", "bottom", "baseline"):
        out.append(f"vertical-align:{valign}")
    _size(element, "width", "width", out, nonzero=True)
    if name != "col" and name != "colgroup":
        _size(element, "height", "height", out, nonzero=True)
    if name in ("td", "th"):
        if "nowrap" in element.attributes:
            out.append("white-space:nowrap")
        _cell_from_table(element, out)


def _cell_from_table(element: Element, out: list[str]) -> None:
    """What the table's attributes mean for its cells."""
    table = _ancestor_table(element)
    if table is None:
        return
    padding = table.get("cellpadding")
    if padding:
        value = dimension(padding)
        if value and not value.endswith("%"):
            out.append(f"padding:{value}")
    rules = table.get("rules").strip().lower()
    if rules in _RULES_TABLES:
        if rules == "all":
            out.append("border:1px solid gray")
        elif rules == "cols":
            out.append("border-width:0 1px;border-style:none solid;border-color:gray")
        elif rules == "rows" or rules == "groups" or rules == "none":
            out.append("border-width:1px;border-style:none")
    elif "border" in table.attributes and integer(table.get("border"), 1) > 0:
        out.append("border:1px inset gray")


def _table(element: Element, out: list[str]) -> None:
    _size(element, "width", "width", out, nonzero=True)
    _size(element, "height", "height", out, nonzero=True)
    spacing = dimension(element.get("cellspacing"))
    if spacing and not spacing.endswith("%"):
        out.append(f"border-spacing:{spacing}")
    border = 0
    if "border" in element.attributes:
        border = max(0, integer(element.get("border"), 1))
        out.append(f"border:{border}px outset gray")
    color = legacy_color(element.get("bordercolor"))
    if color:
        out.append(f"border-color:{color}")
    rules = element.get("rules").strip().lower()
    if rules in _RULES_TABLES:
        out.append("border-collapse:collapse")
        if not border:
            out.append("border-style:hidden" if "border" not in element.attributes else "border-style:none")
    frame = element.get("frame").strip().lower()
    styles = {
        "void": "hidden hidden hidden hidden",
        "above": "outset hidden hidden hidden",
        "below": "hidden hidden outset hidden",
        "hsides": "outset hidden outset hidden",
        "lhs": "hidden hidden hidden outset",
        "rhs": "hidden outset hidden hidden",
        "vsides": "hidden outset hidden outset",
        "box": "outset outset outset outset",
        "border": "outset outset outset outset",
    }
    if frame in styles:
        out.append(f"border-style:{styles[frame]};border-width:{border or 1}px")


def cell_hints(element: Element) -> str:
    """The declarations of a `td` or `th` without attributes of its own, from its table's."""
    out: list[str] = []
    _cell_from_table(element, out)
    return ";".join(out)


def _svg(element: Element) -> str:
    """https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes"""
    out: list[str] = []
    for name, value in element.attributes.items():
        if name in SVG_PROPERTIES and ";" not in value:
            out.append(f"{name}:{value}")
    if element.local_name == "svg":
        for name in ("width", "height"):
            value = element.get(name).strip()
            if value:
                out.append(f"{name}:{value if not _is_number(value) else value + 'px'}")
    return ";".join(out)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True

"""Presentational hints: attributes that act as declarations of no specificity.

https://html.spec.whatwg.org/multipage/rendering.html and https://www.w3.org/TR/SVG2/styling.html#PresentationAttributes.
Hints are CSS text: equal ones are parsed once.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ..dom.document import Document
from ..dom.node import HTML_NAMESPACE, SVG_NAMESPACE, Element
from ..url import resolve
from .color_names import NAMED_COLORS
from .splitter import split_declarations

_FLOAT: Final = re.compile(r"[ \t\n\f\r]*\+?([0-9]+(?:\.[0-9]*)?|\.[0-9]+)(.?)")
_INTEGER: Final = re.compile(r"[ \t\n\f\r]*([+-]?[0-9]{1,9})")


def dimension(value: str, *, non_zero: bool = False) -> str:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-dimension-values as CSS,
    "" for an error."""
    match = _FLOAT.match(value)
    if match is None:
        return ""
    number = float(match.group(1))
    if non_zero and number == 0.0:
        return ""
    return f"{number:.10g}{'%' if match.group(2) == '%' else 'px'}"


def integer(value: str) -> int | None:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-integers"""
    match = _INTEGER.match(value)
    return None if match is None else int(match.group(1))


def legacy_color(value: str) -> str:
    """https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-a-legacy-colour-value
    as #rrggbb, "" for an error."""
    if value == "":
        return ""
    value = value.strip(" \t\n\f\r")
    lower = value.lower()
    if lower == "transparent":
        return ""
    rgb = NAMED_COLORS.get(lower)
    if rgb is not None:
        return f"#{rgb:06x}"
    if re.fullmatch(r"#[0-9a-fA-F]{3}", value):
        return "#" + "".join(digit * 2 for digit in value[1:])
    text = "".join("00" if ord(character) > 0xFFFF else character for character in value)[:128]
    text = text.removeprefix("#")
    text = re.sub(r"[^0-9a-fA-F]", "0", text)
    while len(text) == 0 or len(text) % 3:
        text += "0"
    length = len(text) // 3
    parts = [text[:length], text[length : 2 * length], text[2 * length :]]
    if length > 8:
        parts = [part[-8:] for part in parts]
        length = 8
    while length > 2 and all(part[0] == "0" for part in parts):
        parts = [part[1:] for part in parts]
        length -= 1
    return "#" + "".join((part[:2] if length > 1 else "0" + part).lower() for part in parts)


def css_url(document: Document, reference: str) -> str:
    """url() of an address in an attribute, "" for none."""
    reference = reference.strip(" \t\n\f\r")
    url = resolve(document.base_url, reference) if reference else None
    if url is None:
        return ""
    escaped = url.replace("\\", "\\\\").replace('"', '\\"')
    return f'url("{escaped}")'


_PLAIN_VALUE: Final = re.compile(r"""[^;!{}()\[\]'"\\/]+""")


def _declared(name: str, value: str) -> str:
    """The declaration, "" where the value would reach beyond it: with a `;`, or with a quotation mark left open."""
    if _PLAIN_VALUE.fullmatch(value) is None:
        found = split_declarations(f"{name}:{value};next:one")
        if len(found) != 2 or found[0][2] or found[1][0] != "next":
            return ""
    return f"{name}:{value};"


# --- HTML ---

Hinter = Callable[[Element, Document], str]


def _size(element: Element, name: str, *, non_zero: bool = False) -> str:
    value = element.attributes.get(name)
    length = "" if value is None else dimension(value, non_zero=non_zero)
    return f"{name}:{length};" if length else ""


def _sized(element: Element, document: Document) -> str:
    return _size(element, "width") + _size(element, "height")


def _replaced(element: Element, document: Document) -> str:
    text = _sized(element, document)
    attributes = element.attributes
    width, height = attributes.get("width"), attributes.get("height")
    if (
        width is not None
        and height is not None
        and element.local_name in ("img", "video", "canvas", "input", "source")
    ):
        # https://html.spec.whatwg.org/multipage/rendering.html#map-to-the-aspect-ratio-property
        first, second = _FLOAT.match(width), _FLOAT.match(height)
        if first is not None and second is not None and "%" not in (first.group(2), second.group(2)):
            text += f"aspect-ratio:auto {first.group(1)}/{second.group(1)};"
    if element.local_name == "canvas":
        text = text.replace("width:", "--w:").replace("height:", "--h:")
        text = "".join(part + ";" for part in text.split(";") if part.startswith("aspect"))
    space = attributes.get("hspace")
    if space is not None:
        length = dimension(space)
        if length:
            text += f"margin-left:{length};margin-right:{length};"
    space = attributes.get("vspace")
    if space is not None:
        length = dimension(space)
        if length:
            text += f"margin-top:{length};margin-bottom:{length};"
    if element.local_name in ("img", "input"):
        border = integer(attributes.get("border", ""))
        if border is not None and border > 0:
            text += f"border:{border}px solid;"
    return text + _align_replaced(attributes.get("align"))


def _align_replaced(align: str | None) -> str:
    if align is None:
        return ""
    align = align.lower()
    if align in ("left", "right"):
        return f"float:{align};vertical-align:top;"
    if align in ("top", "bottom", "baseline"):
        return f"vertical-align:{'baseline' if align == 'bottom' else align};"
    if align == "texttop":
        return "vertical-align:text-top;"
    if align in ("middle", "absmiddle", "center", "abscenter"):
        return f"vertical-align:{'-webkit-baseline-middle' if align == 'middle' else 'middle'};"
    return "vertical-align:bottom;" if align == "absbottom" else ""


def _input(element: Element, document: Document) -> str:
    return _replaced(element, document) if element.get("type").lower() == "image" else ""


def _iframe(element: Element, document: Document) -> str:
    text = _sized(element, document) + _align_replaced(element.attributes.get("align"))
    border = element.attributes.get("frameborder")
    if border is not None:
        number = integer(border)
        # https://html.spec.whatwg.org/multipage/rendering.html#embedded-content-rendering-rules
        if number == 0 or (number is None and border.lower() == "no"):
            text += "border-width:0;"
    return text


def _background(element: Element, document: Document) -> str:
    text = ""
    attributes = element.attributes
    value = attributes.get("bgcolor")
    if value is not None:
        color = legacy_color(value)
        if color:
            text += f"background-color:{color};"
    value = attributes.get("background")
    if value is not None:
        url = css_url(document, value)
        if url:
            text += f"background-image:{url};"
    return text


def _body(element: Element, document: Document) -> str:
    text = _background(element, document)
    attributes = element.attributes
    for side, names in (
        ("left", ("leftmargin", "marginwidth")),
        ("right", ("rightmargin", "marginwidth")),
        ("top", ("topmargin", "marginheight")),
        ("bottom", ("bottommargin", "marginheight")),
    ):
        for name in names:
            if name in attributes:
                length = integer(attributes[name])
                if length is not None and length >= 0:
                    text += f"margin-{side}:{length}px;"
                    break
    value = attributes.get("text")
    if value is not None:
        color = legacy_color(value)
        if color:
            text += f"color:{color};"
    return text


def _link(element: Element, document: Document) -> str:
    """The `link` attribute of body, on each link."""
    if "href" not in element.attributes:
        return ""
    body = document.body
    value = None if body is None else body.attributes.get("link")
    color = "" if value is None else legacy_color(value)
    return f"color:{color};" if color else ""


_FONT_SIZES: Final = ("x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large")


def _font(element: Element, document: Document) -> str:
    text = ""
    attributes = element.attributes
    value = attributes.get("color")
    if value is not None:
        color = legacy_color(value)
        if color:
            text += f"color:{color};"
    value = attributes.get("face")
    if value:
        text += _declared("font-family", value)
    value = attributes.get("size")
    if value is not None:
        match = re.match(r"[ \t\n\f\r]*([+-]?)([0-9]{1,9})", value)
        if match is not None:
            number = int(match.group(2))
            if match.group(1) == "+":
                number = 3 + number
            elif match.group(1) == "-":
                number = 3 - number
            text += f"font-size:{_FONT_SIZES[max(1, min(7, number)) - 1]};"
    return text


def _hr(element: Element, document: Document) -> str:
    text = ""
    attributes = element.attributes
    align = attributes.get("align", "").lower()
    if align == "left":
        text += "margin-left:0;margin-right:auto;"
    elif align == "right":
        text += "margin-left:auto;margin-right:0;"
    elif align == "center":
        text += "margin-left:auto;margin-right:auto;"
    value = attributes.get("color")
    has_color = False
    if value is not None:
        color = legacy_color(value)
        if color:
            has_color = True
            text += f"border-style:solid;border-color:{color};background-color:{color};"
    if "noshade" in attributes and not has_color:
        text += "border-style:solid;border-color:gray;background-color:gray;"
    text += _size(element, "width")
    size = integer(attributes.get("size", ""))
    if size is not None:
        # Chromium takes the border off the height whether it is shaded or not (HTMLHRElement).
        text += f"height:{size - 2}px;" if size > 1 else "border-bottom-width:0;"
    return text


def _text_align(element: Element, document: Document) -> str:
    align = element.get("align").lower()
    if align in ("center", "middle"):
        return "text-align:-webkit-center;"
    if align in ("left", "right"):
        return f"text-align:-webkit-{align};"
    return _plain_text_align(align)


def _plain_text_align(align: str) -> str:
    """What `align` does on the elements that have no meaning of their own for it, as Blink's HTMLElement."""
    align = align.strip(" \t\n\f\r").lower()
    if align == "middle":
        return "text-align:center;"
    return f"text-align:{align};" if align in _TEXT_ALIGNS else ""


_TEXT_ALIGNS: Final = frozenset(
    "left right center justify start end match-parent -webkit-left -webkit-right -webkit-center".split()
)
_OWN_ALIGN: Final = frozenset(
    "div p table caption colgroup col thead tbody tfoot tr td th hr img iframe object embed applet "
    "input button select textarea".split()
)


def _list(element: Element, document: Document) -> str:
    text = ""
    value = element.attributes.get("type")
    if value is not None:
        kind = _OL_TYPES.get(value) or _UL_TYPES.get(value.lower())
        if kind:
            text += f"list-style-type:{kind};"
    return text


_OL_TYPES: Final = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
}
_UL_TYPES: Final = {"none": "none", "disc": "disc", "circle": "circle", "square": "square"}


def _table(element: Element, document: Document) -> str:
    text = _background(element, document)
    attributes = element.attributes
    text += _size(element, "width", non_zero=True) + _size(element, "height")
    align = attributes.get("align", "").lower()
    if align in ("left", "right"):
        text += f"float:{align};"
    elif align == "center":
        text += "margin-inline-start:auto;margin-inline-end:auto;"
    value = attributes.get("cellspacing")
    if value is not None:
        spacing = dimension(value)
        if spacing:
            text += f"border-spacing:{spacing};"
    width = _table_border(attributes)
    if width:
        text += f"border-width:{width}px;"
    rules = attributes.get("rules", "").lower()
    frame = attributes.get("frame", "").lower()
    if rules in ("none", "groups", "rows", "cols", "all"):
        text += "border-collapse:collapse;"
    if frame in _FRAMES:
        styles = ["solid" if side in _FRAMES[frame] else "hidden" for side in "trbl"]
        # Blink takes the attributes as they are written: the later one of the two gives the width.
        names = list(attributes)
        if not width or names.index("frame") > names.index("border"):
            text += "border-width:thin;"
        text += f"border-style:{' '.join(styles)};"
    elif width:
        text += f"border-style:outset;{_OWN_COLOR}"
    elif rules in ("none", "groups", "rows", "cols", "all"):
        text += "border-style:hidden;"
    value = attributes.get("bordercolor")
    if value is not None:
        color = legacy_color(value)
        if color:
            text += f"border-color:{color};"
    return text


_OWN_COLOR: Final = "border-color:color-mix(in srgb,currentcolor,currentcolor);"
"""AD-HOC: bevelled borders of tables have the element's colour in Chromium, where others with currentcolor are
light grey (`compute.BEVEL_COLOR`); so the colour must not be plain currentcolor."""

_FRAMES: Final = {
    "void": "",
    "above": "t",
    "below": "b",
    "hsides": "tb",
    "lhs": "l",
    "rhs": "r",
    "vsides": "lr",
    "box": "trbl",
    "border": "trbl",
}


def _table_border(attributes: dict[str, str]) -> int:
    value = attributes.get("border")
    if value is None:
        return 0
    number = integer(value)
    return 1 if number is None else max(0, number)


def _table_of(element: Element) -> Element | None:
    parent = element.parent
    steps = 0
    while isinstance(parent, Element) and steps < 4:
        if parent.is_html("table"):
            return parent
        parent = parent.parent
        steps += 1
    return None


_BETWEEN_COLUMNS: Final = (
    "border-left-width:1px;border-right-width:1px;border-left-style:solid;border-right-style:solid;"
)
_BETWEEN_ROWS: Final = (
    "border-top-width:1px;border-bottom-width:1px;border-top-style:solid;border-bottom-style:solid;"
)


def _has_group_rules(element: Element) -> bool:
    table = _table_of(element)
    return table is not None and table.get("rules").lower() == "groups"


def _cell(element: Element, document: Document) -> str:
    text = ""
    attributes = element.attributes
    if attributes:
        text += _background(element, document)
        text += _size(element, "width", non_zero=True) + _size(element, "height", non_zero=True)
        text += _cell_align(element)
        if "nowrap" in attributes:
            text += "white-space:nowrap;"
    table = _table_of(element)
    if table is None or not table.attributes:
        return text
    shared = table.attributes
    value = shared.get("cellpadding")
    if value is not None:
        padding = integer(value)
        if padding is not None:
            text += f"padding:{max(0, padding)}px;"
    rules = shared.get("rules", "").lower()
    if rules == "all":
        text += "border-width:1px;border-style:solid;"
    elif rules == "cols":
        text += _BETWEEN_COLUMNS
    elif rules == "rows":
        text += _BETWEEN_ROWS
    elif rules in ("groups", "none"):
        text += "border-width:1px;border-style:none;"
    elif _table_border(shared):
        text += f"border-width:1px;border-style:inset;{_OWN_COLOR}"
    value = shared.get("bordercolor")
    if value is not None and text:
        color = legacy_color(value)
        if color:
            text += f"border-color:{color};"
    return text


def _cell_align(element: Element) -> str:
    text = ""
    align = element.get("align").lower()
    if align in ("center", "middle"):
        text += "text-align:-webkit-center;"
    elif align in ("left", "right"):
        text += f"text-align:-webkit-{align};"
    elif align == "char":
        text += "text-align:justify;"
    else:
        text += _plain_text_align(align)
    vertical = element.get("valign").lower()
    if vertical in ("top", "middle", "bottom", "baseline"):
        text += f"vertical-align:{vertical};"
    return text


def _row(element: Element, document: Document) -> str:
    return _background(element, document) + _size(element, "height") + _cell_align(element)


def _section(element: Element, document: Document) -> str:
    return _row(element, document) + (_BETWEEN_ROWS if _has_group_rules(element) else "")


def _column_group(element: Element, document: Document) -> str:
    return _column(element, document) + (_BETWEEN_COLUMNS if _has_group_rules(element) else "")


def _column(element: Element, document: Document) -> str:
    return _background(element, document) + _size(element, "width") + _cell_align(element)


def _caption(element: Element, document: Document) -> str:
    align = element.get("align").lower()
    if align in ("top", "bottom"):
        return f"caption-side:{align};"
    return ""


def _br(element: Element, document: Document) -> str:
    clear = element.get("clear").lower()
    if clear in ("left", "right", "both"):
        return f"clear:{clear};"
    return "clear:both;" if clear == "all" else ""


def _pre(element: Element, document: Document) -> str:
    return "white-space:pre-wrap;" if "wrap" in element.attributes else ""


def _textarea(element: Element, document: Document) -> str:
    return "white-space:pre;overflow-wrap:normal;" if element.get("wrap").lower() == "off" else ""


def _marquee(element: Element, document: Document) -> str:
    return _sized(element, document) + _background(element, document)


_COLOR_SCHEMES: Final = re.compile(r"[a-zA-Z0-9_ \t\n\f\r-]+")


def _html(element: Element, document: Document) -> str:
    """https://html.spec.whatwg.org/multipage/semantics.html#meta-color-scheme, for the root element.

    NOTE: the page's supported schemes stand behind `normal`; as a hint they are the root's value, which shows the same.
    """
    if element is not document.root:
        return ""
    for part in element.children:
        if isinstance(part, Element) and part.is_html("head"):
            for meta in part.children:
                if isinstance(meta, Element) and meta.is_html("meta"):
                    if meta.get("name").lower() == "color-scheme":
                        content = meta.get("content").strip()
                        if _COLOR_SCHEMES.fullmatch(content):
                            return f"color-scheme:{content};"
    return ""


_HINTERS: Final[dict[str, Hinter]] = {
    "html": _html,
    "img": _replaced,
    "video": _replaced,
    "canvas": _replaced,
    "object": _replaced,
    "embed": _replaced,
    "applet": _replaced,
    "input": _input,
    "iframe": _iframe,
    "body": _body,
    "a": _link,
    "area": _link,
    "font": _font,
    "hr": _hr,
    "p": _text_align,
    "div": _text_align,
    "li": _list,
    "ol": _list,
    "ul": _list,
    "table": _table,
    "td": _cell,
    "th": _cell,
    "tr": _row,
    "thead": _section,
    "tbody": _section,
    "tfoot": _section,
    "col": _column,
    "colgroup": _column_group,
    "caption": _caption,
    "br": _br,
    "pre": _pre,
    "textarea": _textarea,
    "marquee": _marquee,
}


def _everywhere(element: Element) -> str:
    """hidden is in the sheet; dir and lang hold for every HTML element."""
    text = ""
    value = element.attributes.get("dir")
    if value is not None:
        value = value.lower()
        if value in ("ltr", "rtl"):
            text = f"direction:{value};"
            if element.local_name not in ("bdo", "bdi"):
                text += "unicode-bidi:isolate;"
    if element.attributes.get("contenteditable", "false").lower() in ("", "true", "plaintext-only"):
        text += "overflow-wrap:break-word;line-break:after-white-space;"
    return text


# --- SVG ---

_SVG_PROPERTIES: Final = frozenset(
    (
        "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation "
        "color-interpolation-filters cursor direction display dominant-baseline fill fill-opacity fill-rule filter "
        "flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-style font-variant "
        "font-weight image-rendering letter-spacing lighting-color marker-end marker-mid marker-start mask opacity "
        "overflow paint-order pointer-events shape-rendering stop-color stop-opacity stroke stroke-dasharray "
        "stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor "
        "text-decoration text-rendering transform-origin unicode-bidi visibility word-spacing writing-mode mask-type"
    ).split()
)
_PLAIN_NUMBER: Final = re.compile(r"[+-]?(?:[0-9]*\.)?[0-9]+(?:[eE][+-]?[0-9]+)?")
_SVG_LENGTHS: Final = frozenset("font-size letter-spacing word-spacing".split())


def _svg(element: Element) -> str:
    parts: list[str] = []
    for name, value in element.attributes.items():
        if name in _SVG_PROPERTIES:
            if name in _SVG_LENGTHS and _PLAIN_NUMBER.fullmatch(value.strip()):
                value = value.strip() + "px"
            parts.append(_declared(name, value))
    if element.local_name == "svg":
        for name in ("width", "height"):
            value = element.attributes.get(name, "").strip()
            if value:
                if _PLAIN_NUMBER.fullmatch(value):
                    value += "px"
                parts.append(_declared(name, value))
    return "".join(parts)


def hints_of(element: Element, document: Document) -> str:
    """The element's hints as declarations, "" for none."""
    if element.namespace == HTML_NAMESPACE:
        hinter = _HINTERS.get(element.local_name)
        text = "" if hinter is None else hinter(element, document)
        attributes = element.attributes
        if "dir" in attributes or "contenteditable" in attributes:
            text += _everywhere(element)
        if "align" in attributes and element.local_name not in _OWN_ALIGN:
            text += _plain_text_align(attributes["align"])
        return text
    if element.namespace == SVG_NAMESPACE:
        return _svg(element)
    return ""

"""Values of boxes: display, overflow, flex, alignment, generated content, columns."""

from __future__ import annotations

from typing import Final

from ..deferred import build, make_tuple
from ..images import parse_image
from ..keywords import BoxOrient, Display, FlexWrap, MarginTrim, Overflow
from ..numeric import parse_fraction, parse_integer, parse_length, parse_number, parse_px
from ..tokens import Token, TokenKind, keyword, split_slashes
from ..value_context import ValueContext
from ..values import (
    AUTO,
    CONTENT_NONE,
    CONTENT_NORMAL,
    NONE,
    Z_AUTO,
    AlignKeyword,
    Alignment,
    AspectRatio,
    ClipMargin,
    Content,
    ContentItem,
    ContentKind,
    ContentMode,
    GeometryBox,
    VerticalAlign,
    VerticalAlignKind,
)
from .common import INVALID, KEYWORDS_OF, Parser
from .text import PREDEFINED_COUNTER_STYLES, symbols_function

_DISPLAY_ALIASES: Final = {
    "-webkit-flex": Display.FLEX,
    "-webkit-inline-flex": Display.INLINE_FLEX,
    "-ms-flexbox": None,
}
_INNER: Final = {
    # inner display type: (with block, with inline)
    "flow": (Display.BLOCK, Display.INLINE),
    "flow-root": (Display.FLOW_ROOT, Display.INLINE_BLOCK),
    "flex": (Display.FLEX, Display.INLINE_FLEX),
    "grid": (Display.GRID, Display.INLINE_GRID),
    "table": (Display.TABLE, Display.INLINE_TABLE),
    "ruby": (Display.BLOCK_RUBY, Display.RUBY),
    "math": (Display.MATH, Display.INLINE_MATH),
}
_INLINE_OUTSIDE: Final = frozenset(("ruby", "math"))
"""Inner display types whose outer one is inline where none is given."""
_INTERNAL: Final = frozenset(
    ("inline-list-item", "inline-math", "flow-root-list-item", "inline-flow-root-list-item", "block-ruby")
)
"""Members of Display that are written in several words."""
_LIST_ITEMS: Final = {
    # (inline, flow-root): what it is
    (False, False): Display.LIST_ITEM,
    (True, False): Display.INLINE_LIST_ITEM,
    (False, True): Display.FLOW_ROOT_LIST_ITEM,
    (True, True): Display.INLINE_FLOW_ROOT_LIST_ITEM,
}


def display(tokens: list[Token], context: ValueContext) -> object:
    """display, one to three keywords (https://drafts.csswg.org/css-display-4/#the-display-properties)."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if not words or len(words) != len(tokens) or len(words) > 3:
        return INVALID
    if len(words) == 1:
        name = words[0]
        if name in _INTERNAL:
            return INVALID
        found = Display.INLINE_MATH if name == "math" else KEYWORDS_OF["Display"].get(name)
        if found is None:
            found = _DISPLAY_ALIASES.get(name)
        if found is None and name == "flow":
            found = Display.BLOCK
        return INVALID if found is None else found
    outer = inner = ""
    is_list_item = False
    for name in words:
        if name in ("block", "inline") and not outer:
            outer = name
        elif name in _INNER and not inner:
            inner = name
        elif name == "list-item" and not is_list_item:
            is_list_item = True
        else:
            return INVALID
    if is_list_item:
        if inner not in ("", "flow", "flow-root"):
            return INVALID
        return _LIST_ITEMS[(outer == "inline", inner == "flow-root")]
    pair = _INNER[inner or "flow"]
    return pair[1] if outer == "inline" or (not outer and inner in _INLINE_OUTSIDE) else pair[0]


def overflow(tokens: list[Token], context: ValueContext) -> object:
    """overflow-x, overflow-y."""
    name = keyword(tokens)
    if name in ("overlay", "-webkit-auto"):
        return Overflow.AUTO
    if name == "-moz-hidden-unscrollable":
        return Overflow.CLIP
    return KEYWORDS_OF["Overflow"].get(name, INVALID)


def margin_trim(tokens: list[Token], context: ValueContext) -> object:
    """none | block | [ block-start || block-end ], which is what Chromium has of it.

    https://drafts.csswg.org/css-box-4/#margin-trim
    """
    words = {token.lower for token in tokens if token.kind == TokenKind.IDENT}
    if len(tokens) == 2 and words == {"block-start", "block-end"}:
        return MarginTrim.BLOCK
    return KEYWORDS_OF["MarginTrim"].get(keyword(tokens), INVALID)


def overflow_clip_margin(tokens: list[Token], context: ValueContext) -> object:
    """<visual-box> || <length>"""
    length: object = None
    box: GeometryBox | None = None
    for token in tokens:
        if token.kind == TokenKind.IDENT and token.lower in _VISUAL_BOXES and box is None:
            box = _VISUAL_BOXES[token.lower]
            continue
        if length is not None:
            return INVALID
        length = parse_px(token, negative=False)
        if length is None:
            return INVALID
    return build(
        ClipMargin, GeometryBox.PADDING_BOX if box is None else box, 0.0 if length is None else length
    )


_VISUAL_BOXES: Final = {
    "content-box": GeometryBox.CONTENT_BOX,
    "padding-box": GeometryBox.PADDING_BOX,
    "border-box": GeometryBox.BORDER_BOX,
}


def z_index(tokens: list[Token], context: ValueContext) -> object:
    """z-index; Z_AUTO for auto."""
    if keyword(tokens) == "auto":
        return Z_AUTO
    value = parse_integer(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else value


def aspect_ratio(tokens: list[Token], context: ValueContext) -> object:
    """aspect-ratio."""
    is_auto = False
    rest = tokens
    if rest and rest[0].is_ident("auto"):
        is_auto, rest = True, rest[1:]
    elif rest and rest[-1].is_ident("auto"):
        is_auto, rest = True, rest[:-1]
    if not rest:
        return AspectRatio(True, 0.0) if is_auto else INVALID
    parts = split_slashes(rest)
    if len(parts) > 2 or any(len(part) != 1 for part in parts):
        return INVALID
    width = parse_number(parts[0][0], 0.0)
    height = parse_number(parts[1][0], 0.0) if len(parts) == 2 else 1.0
    if width is None or height is None:
        return INVALID
    if width == 0.0 or height == 0.0:
        # A degenerate ratio behaves as auto.
        return AspectRatio(True, 0.0)
    return AspectRatio(is_auto, width / height, width, height)


# --- Alignment ---

_POSITIONS: Final = {
    "center": AlignKeyword.CENTER,
    "start": AlignKeyword.START,
    "end": AlignKeyword.END,
    "flex-start": AlignKeyword.FLEX_START,
    "flex-end": AlignKeyword.FLEX_END,
}
_SELF_POSITIONS: Final = {
    **_POSITIONS,
    "self-start": AlignKeyword.SELF_START,
    "self-end": AlignKeyword.SELF_END,
}
_SIDES: Final = {"left": AlignKeyword.LEFT, "right": AlignKeyword.RIGHT}
_DISTRIBUTIONS: Final = {
    "space-between": AlignKeyword.SPACE_BETWEEN,
    "space-around": AlignKeyword.SPACE_AROUND,
    "space-evenly": AlignKeyword.SPACE_EVENLY,
    "stretch": AlignKeyword.STRETCH,
}
_SIMPLE: Final = {
    name: Alignment(member)
    for name, member in (
        ("normal", AlignKeyword.NORMAL),
        ("auto", AlignKeyword.AUTO),
        ("stretch", AlignKeyword.STRETCH),
        ("baseline", AlignKeyword.BASELINE),
    )
}


def _alignment(
    tokens: list[Token], words: str, positions: dict[str, AlignKeyword], inline_axis: bool
) -> object:
    """`words`: the single keywords that this property takes."""
    count = len(tokens)
    if not 1 <= count <= 2 or any(token.kind != TokenKind.IDENT for token in tokens):
        return INVALID
    first = tokens[0].lower
    if count == 1:
        if first in words.split():
            simple = _SIMPLE.get(first)
            if simple is not None:
                return simple
            return Alignment(_DISTRIBUTIONS[first])
        member = positions.get(first)
        if member is None and inline_axis:
            member = _SIDES.get(first)
        return INVALID if member is None else Alignment(member)
    second = tokens[1].lower
    if second == "baseline" and first in ("first", "last") and "baseline" in words:
        return Alignment(AlignKeyword.BASELINE if first == "first" else AlignKeyword.LAST_BASELINE)
    if first in ("safe", "unsafe"):
        member = positions.get(second)
        if member is None and inline_axis:
            member = _SIDES.get(second)
        return INVALID if member is None else Alignment(member, first == "safe")
    return INVALID


def align_content(tokens: list[Token], context: ValueContext) -> object:
    """align-content."""
    words = "normal stretch baseline space-between space-around space-evenly"
    return _alignment(tokens, words, _POSITIONS, False)


def justify_content(tokens: list[Token], context: ValueContext) -> object:
    """justify-content."""
    words = "normal stretch space-between space-around space-evenly"
    return _alignment(tokens, words, _POSITIONS, True)


def align_items(tokens: list[Token], context: ValueContext) -> object:
    """align-items."""
    return _alignment(tokens, "normal stretch baseline", _with_anchor, False)


_with_anchor: Final = {**_SELF_POSITIONS, "anchor-center": AlignKeyword.ANCHOR_CENTER}


def justify_items(tokens: list[Token], context: ValueContext) -> object:
    """justify-items."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if "legacy" in words and len(words) == len(tokens):
        if len(words) == 1:
            return Alignment(AlignKeyword.NORMAL, False, True)
        words.remove("legacy")
        member = {**_SIDES, "center": AlignKeyword.CENTER}.get(words[0]) if len(words) == 1 else None
        return INVALID if member is None else Alignment(member, False, True)
    return _alignment(tokens, "normal stretch baseline", _with_anchor, True)


def align_self(tokens: list[Token], context: ValueContext) -> object:
    """align-self."""
    return _alignment(tokens, "auto normal stretch baseline", _with_anchor, False)


def justify_self(tokens: list[Token], context: ValueContext) -> object:
    """justify-self."""
    return _alignment(tokens, "auto normal stretch baseline", _with_anchor, True)


# --- Text in boxes ---

_VERTICAL: Final = {
    member.name.lower().replace("_", "-"): VerticalAlign(member)
    for member in VerticalAlignKind
    if member != VerticalAlignKind.LENGTH
}
_VERTICAL["-webkit-baseline-middle"] = VerticalAlign(VerticalAlignKind.MIDDLE)


def vertical_align(tokens: list[Token], context: ValueContext) -> object:
    """vertical-align."""
    if len(tokens) != 1:
        return INVALID
    if tokens[0].kind == TokenKind.IDENT:
        return _VERTICAL.get(tokens[0].lower, INVALID)
    value = parse_length(tokens[0], percentages=True, unitless=context.is_quirks)
    return INVALID if value is None else build(VerticalAlign, VerticalAlignKind.LENGTH, value)


def text_overflow(tokens: list[Token], context: ValueContext) -> object:
    """text-overflow; as in Chromium without strings and for one edge alone."""
    name = keyword(tokens)
    return INVALID if name == "string" else KEYWORDS_OF["TextOverflow"].get(name, INVALID)


def line_clamp(tokens: list[Token], context: ValueContext) -> object:
    """-webkit-line-clamp; 0 for none."""
    if keyword(tokens) == "none":
        return 0
    value = parse_integer(tokens[0], 1) if len(tokens) == 1 else None
    return INVALID if value is None else value


def box_orient(tokens: list[Token], context: ValueContext) -> object:
    """-webkit-box-orient."""
    name = keyword(tokens)
    if name in ("horizontal", "inline-axis"):
        return BoxOrient.HORIZONTAL
    return BoxOrient.VERTICAL if name in ("vertical", "block-axis") else INVALID


def column_count(tokens: list[Token], context: ValueContext) -> object:
    """column-count; 0 for auto."""
    if keyword(tokens) == "auto":
        return 0
    value = parse_integer(tokens[0], 1) if len(tokens) == 1 else None
    return INVALID if value is None else value


def flex_wrap(tokens: list[Token], context: ValueContext) -> object:
    """flex-wrap: https://drafts.csswg.org/css-flexbox-2/#flex-wrap-property"""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if len(words) != len(tokens) or not 1 <= len(words) <= 2:
        return INVALID
    if "balance" in words:
        words.remove("balance")
        if not words or words[0] == "wrap":
            return FlexWrap.BALANCE
        return FlexWrap.WRAP_REVERSE_BALANCE if words[0] == "wrap-reverse" else INVALID
    if len(words) == 1 and words[0] in ("nowrap", "wrap", "wrap-reverse"):
        return KEYWORDS_OF["FlexWrap"][words[0]]
    return INVALID


def flex_line_count(tokens: list[Token], context: ValueContext) -> object:
    """flex-line-count: https://drafts.csswg.org/css-flexbox-2/#flex-line-count-property"""
    value = parse_integer(tokens[0], 1) if len(tokens) == 1 else None
    return INVALID if value is None else value


def column_width(tokens: list[Token], context: ValueContext) -> object:
    """column-width."""
    if keyword(tokens) == "auto":
        return AUTO
    value = parse_length(tokens[0], negative=False) if len(tokens) == 1 else None
    return INVALID if value is None else value


# --- Generated content ---

_QUOTES: Final = {
    "open-quote": ContentItem(ContentKind.OPEN_QUOTE),
    "close-quote": ContentItem(ContentKind.CLOSE_QUOTE),
    "no-open-quote": ContentItem(ContentKind.NO_OPEN_QUOTE),
    "no-close-quote": ContentItem(ContentKind.NO_CLOSE_QUOTE),
}


def content(tokens: list[Token], context: ValueContext) -> object:
    """content."""
    name = keyword(tokens)
    if name == "normal":
        return CONTENT_NORMAL
    if name == "none":
        return CONTENT_NONE
    parts = split_slashes(tokens)
    if len(parts) > 2 or not parts[0]:
        return INVALID
    items: list[object] = []
    for token in parts[0]:
        item = _content_item(token, context)
        if item is None:
            return INVALID
        items.append(item)
    alt = (
        "".join(token.text for token in parts[1] if token.kind == TokenKind.STRING) if len(parts) == 2 else ""
    )
    return build(Content, ContentMode.LIST, make_tuple(items), alt)


def _content_item(token: Token, context: ValueContext) -> object | None:
    if token.kind == TokenKind.STRING:
        return ContentItem(ContentKind.TEXT, token.text)
    if token.kind == TokenKind.IDENT:
        return _QUOTES.get(token.lower)
    if token.is_function("attr"):
        children = token.children
        if not children or children[0].kind != TokenKind.IDENT:
            return None
        fallback = ""
        for child in children[1:]:
            if child.kind == TokenKind.STRING:
                fallback = child.text
        return ContentItem(ContentKind.ATTR, children[0].text, fallback)
    if token.is_function("counter") or token.is_function("counters"):
        return _counter_item(token)
    image = parse_image(token, context)
    return None if image is None else build(_image_item, image)


def _image_item(image: object) -> ContentItem:
    return ContentItem(ContentKind.IMAGE, image=image)  # type: ignore[arg-type]  # parse_image's


def _counter_item(token: Token) -> ContentItem | None:
    arguments = [child for child in token.children if child.kind != TokenKind.COMMA]
    wanted = 1 if token.lower == "counter" else 2
    if len(arguments) not in (wanted, wanted + 1) or arguments[0].kind != TokenKind.IDENT:
        return None
    separator = ""
    if wanted == 2:
        if arguments[1].kind != TokenKind.STRING:
            return None
        separator = arguments[1].text
    style = "decimal"
    if len(arguments) > wanted:
        last = arguments[-1]
        if last.is_function("symbols"):
            symbols = symbols_function(last)
            if symbols is None:
                return None
            style = symbols
        elif last.kind == TokenKind.IDENT:
            style = last.lower if last.lower in PREDEFINED_COUNTER_STYLES else last.text
        else:
            return None
    kind = ContentKind.COUNTER if wanted == 1 else ContentKind.COUNTERS
    return ContentItem(kind, arguments[0].text, separator, style)


def counters(tokens: list[Token], default: int) -> object:
    """(name, number) pairs; () for none."""
    if keyword(tokens) == "none":
        return ()
    pairs: list[tuple[str, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        name = ""
        if token.kind == TokenKind.IDENT:
            name = token.text
        elif token.is_function("reversed") and token.children and token.children[0].kind == TokenKind.IDENT:
            # TODO: reversed() counts down from the number of items, which only the box tree knows.
            name = token.children[0].text
        if not name or name.lower() in ("none", "inherit", "initial", "unset"):
            return INVALID
        value = default
        if index + 1 < len(tokens):
            number = parse_integer(tokens[index + 1])
            if number is not None:
                value = number
                index += 1
        pairs.append((name, value))
        index += 1
    return tuple(pairs) if pairs else INVALID


def counter_zero(tokens: list[Token], context: ValueContext) -> object:
    """counter-reset, counter-set."""
    return counters(tokens, 0)


def counter_one(tokens: list[Token], context: ValueContext) -> object:
    """counter-increment."""
    return counters(tokens, 1)


# --- Scroll snap ---


_SNAP_AXES: Final = ("x", "y", "block", "inline", "both")


def scroll_snap_type(tokens: list[Token], context: ValueContext) -> object:
    """scroll-snap-type: nothing for `none`; `proximity` is left out (https://drafts.csswg.org/css-scroll-snap-1/)."""
    if keyword(tokens) == "none":
        return ()
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if len(words) != len(tokens) or not 1 <= len(words) <= 2 or words[0] not in _SNAP_AXES:
        return INVALID
    if len(words) == 2 and words[1] not in ("mandatory", "proximity"):
        return INVALID
    return tuple(words) if words[-1] == "mandatory" else (words[0],)


def scroll_snap_align(tokens: list[Token], context: ValueContext) -> object:
    """scroll-snap-align: block, inline; one word where they are alike, nothing where both are `none`."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if len(words) != len(tokens) or not 1 <= len(words) <= 2:
        return INVALID
    if any(word not in ("none", "start", "end", "center") for word in words):
        return INVALID
    if words[0] == words[-1]:
        return () if words[0] == "none" else (words[0],)
    return tuple(words)


# --- Containment ---


def contain(tokens: list[Token], context: ValueContext) -> object:
    """contain, with strict and content spelt out."""
    name = keyword(tokens)
    if name == "none":
        return ()
    if name == "strict":
        return ("size", "layout", "style", "paint")
    if name == "content":
        return ("layout", "style", "paint")
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if not words or len(words) != len(tokens) or len(set(words)) != len(words):
        return INVALID
    known = ("size", "inline-size", "layout", "style", "paint")
    if any(word not in known for word in words):
        return INVALID
    return tuple(word for word in known if word in words)


def contain_intrinsic_size(tokens: list[Token], context: ValueContext) -> object:
    """contain-intrinsic-width, -height: NONE or a length. `auto` remembers nothing in a still picture."""
    rest = tokens[1:] if len(tokens) == 2 and tokens[0].is_ident("auto") else tokens
    if keyword(rest) == "none":
        return NONE
    value = parse_length(rest[0], negative=False) if len(rest) == 1 else None
    return INVALID if value is None else value


def container_name(tokens: list[Token], context: ValueContext) -> object:
    """container-name."""
    if keyword(tokens) == "none":
        return ()
    if not tokens or any(token.kind != TokenKind.IDENT for token in tokens):
        return INVALID
    if any(token.lower in ("none", "and", "or", "not") for token in tokens):
        return INVALID
    return tuple(token.text for token in tokens)


def fraction(tokens: list[Token], context: ValueContext) -> object:
    """shape-image-threshold."""
    value = parse_fraction(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else max(0.0, min(1.0, value))


PARSERS: Final[dict[str, Parser]] = {
    "display": display,
    "overflow": overflow,
    "margin-trim": margin_trim,
    "overflow-clip-margin": overflow_clip_margin,
    "z-index": z_index,
    "aspect-ratio": aspect_ratio,
    "vertical-align": vertical_align,
    "text-overflow": text_overflow,
    "line-clamp": line_clamp,
    "box-orient": box_orient,
    "column-count": column_count,
    "column-width": column_width,
    "flex-wrap": flex_wrap,
    "flex-line-count": flex_line_count,
    "content": content,
    "scroll-snap-type": scroll_snap_type,
    "scroll-snap-align": scroll_snap_align,
    "contain": contain,
    "contain-intrinsic-size": contain_intrinsic_size,
    "container-name": container_name,
}

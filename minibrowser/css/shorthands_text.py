"""Shorthands of fonts, text and lists."""

from __future__ import annotations

from typing import Final

from .keywords import FontVariantCaps, TextWrapMode, WhiteSpaceCollapse
from .longhands import parse_longhand
from .shorthand_kinds import INITIAL_VALUE, AnyOrder, Pairs
from .tokens import Token, TokenKind, keyword
from .value_context import ValueContext
from .value_parsers import paint, text
from .value_parsers.common import INVALID

# --- Fonts and text ---

_SYSTEM_FONTS: Final = frozenset("caption icon menu message-box small-caption status-bar".split())
_FONT_RESETS: Final = (
    "font-size-adjust font-kerning font-variant-ligatures font-variant-numeric font-variant-east-asian "
    "font-variant-alternates font-variant-position font-variant-emoji font-optical-sizing font-feature-settings "
    "font-variation-settings font-language-override"
).split()
FONT: Final = (
    "font-style",
    "font-variant-caps",
    "font-weight",
    "font-stretch",
    "font-size",
    "line-height",
    "font-family",
    *_FONT_RESETS,
)


def expand_font(tokens: list[Token], context: ValueContext) -> Pairs | None:
    name = keyword(tokens)
    if name in _SYSTEM_FONTS:
        size = text.font_size([Token(TokenKind.DIMENSION, "px", "px", 13.3333, False)], context)
        family = text.font_family([Token(TokenKind.IDENT, "system-ui", "system-ui")], context)
        return [("font-size", size), ("font-family", family)]
    pairs: Pairs = []
    seen: set[str] = set()
    index = 0
    count = len(tokens)
    while index < count:
        token = tokens[index]
        if token.is_ident("normal") and len(seen) < 5:
            index += 1
            continue
        found = ""
        for longhand in ("font-style", "font-weight", "font-variant-caps", "font-stretch"):
            if longhand in seen:
                continue
            taken = [token]
            if longhand == "font-style" and token.is_ident("oblique") and index + 1 < count:
                with_angle = text.font_style(tokens[index : index + 2], context)
                if with_angle is not INVALID and tokens[index + 1].kind == TokenKind.DIMENSION:
                    taken = tokens[index : index + 2]
            if longhand == "font-stretch" and token.kind != TokenKind.IDENT:
                continue
            if longhand == "font-variant-caps" and not token.is_ident("small-caps"):
                continue
            value = parse_longhand(longhand, taken, context)
            if value is not INVALID:
                pairs.append((longhand, value))
                seen.add(longhand)
                index += len(taken)
                found = longhand
                break
        if not found:
            break
    if index >= count:
        return None
    size = text.font_size(tokens[index : index + 1], ValueContext(context.base_url))
    if size is INVALID:
        return None
    pairs.append(("font-size", size))
    index += 1
    if index + 1 < count and tokens[index].kind == TokenKind.SLASH:
        height = text.line_height(tokens[index + 1 : index + 2], context)
        if height is INVALID:
            return None
        pairs.append(("line-height", height))
        index += 2
    family = text.font_family(tokens[index:], context)
    if family is INVALID:
        return None
    pairs.append(("font-family", family))
    return pairs


def expand_font_variant(tokens: list[Token], context: ValueContext) -> Pairs | None:
    name = keyword(tokens)
    if name == "normal":
        return []
    if name == "none":
        return [("font-variant-ligatures", ("none",))]
    groups: dict[str, list[Token]] = {}
    pairs: Pairs = []
    for token in tokens:
        caps = parse_longhand("font-variant-caps", [token], context)
        if caps is not INVALID and caps != FontVariantCaps.NORMAL:
            pairs.append(("font-variant-caps", caps))
            continue
        for longhand in ("position", "emoji"):
            value = parse_longhand(f"font-variant-{longhand}", [token], context)
            if value is not INVALID and not token.is_ident("normal"):
                pairs.append((f"font-variant-{longhand}", value))
                break
        else:
            for longhand in ("ligatures", "numeric", "east-asian", "alternates"):
                full = f"font-variant-{longhand}"
                if parse_longhand(full, [token], context) is not INVALID and keyword([token]) != "none":
                    groups.setdefault(full, []).append(token)
                    break
            else:
                return None
    for full, group in groups.items():
        value = parse_longhand(full, group, context)
        if value is INVALID:
            return None
        pairs.append((full, value))
    return pairs


def expand_font_synthesis(tokens: list[Token], context: ValueContext) -> Pairs | None:
    if keyword(tokens) == "none":
        words: set[str] = set()
    else:
        words = {token.lower for token in tokens if token.kind == TokenKind.IDENT}
        if len(words) != len(tokens) or not words <= {"weight", "style", "small-caps", "position"}:
            return None
    pairs: Pairs = []
    for part in ("weight", "style", "small-caps"):
        value = parse_longhand(
            f"font-synthesis-{part}",
            [Token(TokenKind.IDENT, "", "auto" if part in words else "none")],
            context,
        )
        pairs.append((f"font-synthesis-{part}", value))
    return pairs


_WHITE_SPACES: Final = {
    "normal": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.WRAP),
    "nowrap": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.NOWRAP),
    "-webkit-nowrap": (WhiteSpaceCollapse.COLLAPSE, TextWrapMode.NOWRAP),
    "pre": (WhiteSpaceCollapse.PRESERVE, TextWrapMode.NOWRAP),
    "pre-wrap": (WhiteSpaceCollapse.PRESERVE, TextWrapMode.WRAP),
    "pre-line": (WhiteSpaceCollapse.PRESERVE_BREAKS, TextWrapMode.WRAP),
    "break-spaces": (WhiteSpaceCollapse.BREAK_SPACES, TextWrapMode.WRAP),
}


def expand_white_space(tokens: list[Token], context: ValueContext) -> Pairs | None:
    pair = _WHITE_SPACES.get(keyword(tokens))
    if pair is not None:
        return [("white-space-collapse", pair[0]), ("text-wrap-mode", pair[1])]
    return AnyOrder(("white-space-collapse", "text-wrap-mode")).parse(tokens, context)


def expand_text_decoration(tokens: list[Token], context: ValueContext) -> Pairs | None:
    lines: list[Token] = []
    rest: list[Token] = []
    words = ("none", "underline", "overline", "line-through", "blink", "spelling-error", "grammar-error")
    for token in tokens:
        (lines if token.kind == TokenKind.IDENT and token.lower in words else rest).append(token)
    pairs: Pairs = []
    if lines:
        value = paint.text_decoration_line(lines, context)
        if value is INVALID:
            return None
        pairs.append(("text-decoration-line", value))
    if rest:
        others = AnyOrder(
            ("text-decoration-style", "text-decoration-thickness", "text-decoration-color")
        ).parse(rest, context)
        if others is None:
            return None
        pairs.extend(others)
    return pairs if tokens else None


def expand_text_emphasis(tokens: list[Token], context: ValueContext) -> Pairs | None:
    style: list[Token] = []
    pairs: Pairs = []
    for token in tokens:
        color = parse_longhand("text-emphasis-color", [token], context)
        if color is not INVALID:
            pairs.append(("text-emphasis-color", color))
        else:
            style.append(token)
    if style:
        value = text.text_emphasis_style(style, context)
        if value is INVALID:
            return None
        pairs.append(("text-emphasis-style", value))
    return pairs if tokens and len(pairs) <= 2 else None


def expand_list_style(tokens: list[Token], context: ValueContext) -> Pairs | None:
    nones = [token for token in tokens if token.is_ident("none")]
    rest = [token for token in tokens if not token.is_ident("none")]
    if len(nones) > 2 or not tokens:
        return None
    pairs: Pairs = []
    if rest:
        found = AnyOrder(("list-style-position", "list-style-image", "list-style-type")).parse(rest, context)
        if found is None:
            return None
        pairs = [pair for pair in found if pair[1] is not INITIAL_VALUE]
    names = {pair[0] for pair in pairs}
    if nones:
        # `none` is for whichever of image and type is missing; alone it is for both.
        free = [name for name in ("list-style-type", "list-style-image") if name not in names]
        if len(nones) > len(free):
            return None
        for name in free:
            pairs.append((name, "none" if name == "list-style-type" else None))
    return pairs

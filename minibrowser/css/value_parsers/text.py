"""Values of fonts, text, lists and tables: the inherited group."""

from __future__ import annotations

import math
from typing import Final, final

from ..colors import parse_color
from ..deferred import CURRENT, ComputeContext, Deferred, FloatOf, ZoomFactor, build, make_tuple
from ..images import parse_image, parse_url
from ..keywords import CSS_NAMES, Direction, FontStyle, TextUnderlinePosition
from ..numeric import parse_angle, parse_fraction, parse_integer, parse_length, parse_number, parse_px
from ..tokens import Token, TokenKind, keyword, split_commas
from ..value_context import ValueContext
from ..values import AUTO, NORMAL, FontFamilyName, Length, LengthKind, Shadow
from .common import INVALID, Parser

GENERIC_FAMILIES: Final = frozenset(
    (
        "serif sans-serif monospace cursive fantasy system-ui ui-serif ui-sans-serif ui-monospace ui-rounded math "
        "emoji fangsong -webkit-body"
    ).split()
)
_NOT_A_NAME: Final = frozenset("inherit initial unset revert revert-layer default".split())

FONT_SIZE_KEYWORDS: Final = {
    "xx-small": 1,
    "x-small": 2,
    "small": 3,
    "medium": 4,
    "large": 5,
    "x-large": 6,
    "xx-large": 7,
    "xxx-large": 8,
    "-webkit-xxx-large": 8,
}


@final
class FontSize:
    """A specified font-size: a keyword (1 to 8), a factor of the parent's (larger, em, %), or a length.

    Attributes:
        keyword: 0 for none.
        factor: of the parent's size where > 0 or `is_factor`.
        length: otherwise; computed with the parent's font.
    """

    __slots__ = ("factor", "is_factor", "keyword", "length")

    def __init__(
        self,
        keyword: int = 0,
        factor: float = 0.0,
        is_factor: bool = False,
        length: Length | Deferred | None = None,
    ) -> None:
        self.keyword: Final = keyword
        self.factor: Final = factor
        self.is_factor: Final = is_factor
        self.length: Final = length


def font_size(tokens: list[Token], context: ValueContext) -> object:
    """font-size, as a FontSize."""
    if len(tokens) != 1:
        return INVALID
    token = tokens[0]
    if token.kind == TokenKind.IDENT:
        number = FONT_SIZE_KEYWORDS.get(token.lower)
        if number is not None:
            return FontSize(number)
        if token.lower == "larger":
            return FontSize(0, 1.2, True)
        if token.lower == "smaller":
            return FontSize(0, 1.0 / 1.2, True)
        return INVALID
    length = parse_length(token, percentages=True, negative=False, unitless=context.is_quirks)
    if length is None:
        return INVALID
    if isinstance(length, Length) and length.kind == LengthKind.PERCENT:
        return FontSize(0, length.percent / 100.0, True)
    if token.kind == TokenKind.DIMENSION and token.lower == "em":
        return FontSize(0, token.value, True)
    return FontSize(0, 0.0, False, length)


@final
class FontWeight:
    """bolder (1) or lighter (-1)."""

    __slots__ = ("step",)

    def __init__(self, step: int) -> None:
        self.step: Final = step


def font_weight(tokens: list[Token], context: ValueContext) -> object:
    """font-weight: a number, or a FontWeight."""
    name = keyword(tokens)
    if name:
        if name == "normal":
            return 400.0
        if name == "bold":
            return 700.0
        if name == "bolder":
            return FontWeight(1)
        return FontWeight(-1) if name == "lighter" else INVALID
    value = parse_number(tokens[0], 1.0, 1000.0) if len(tokens) == 1 else None
    return INVALID if value is None else value


_STRETCHES: Final = {
    "ultra-condensed": 50.0,
    "extra-condensed": 62.5,
    "condensed": 75.0,
    "semi-condensed": 87.5,
    "normal": 100.0,
    "semi-expanded": 112.5,
    "expanded": 125.0,
    "extra-expanded": 150.0,
    "ultra-expanded": 200.0,
}


def font_stretch(tokens: list[Token], context: ValueContext) -> object:
    """font-stretch in percent."""
    name = keyword(tokens)
    if name:
        return _STRETCHES.get(name, INVALID)
    if len(tokens) != 1:
        return INVALID
    value = parse_length(tokens[0], percentages=True, negative=False)
    if isinstance(value, Length) and value.kind == LengthKind.PERCENT:
        return value.percent
    return INVALID


@final
class ObliqueStyle:
    """font-style: oblique with an angle in degrees."""

    __slots__ = ("angle",)

    def __init__(self, angle: float) -> None:
        self.angle: Final = angle


def font_style(tokens: list[Token], context: ValueContext) -> object:
    """font-style: a member, or an ObliqueStyle."""
    name = keyword(tokens)
    if name:
        return {"normal": FontStyle.NORMAL, "italic": FontStyle.ITALIC, "oblique": FontStyle.OBLIQUE}.get(
            name, INVALID
        )
    if len(tokens) == 2 and tokens[0].is_ident("oblique"):
        angle = parse_angle(tokens[1])
        if angle is not None and -90.0 <= angle <= 90.0:
            return ObliqueStyle(angle)
    return INVALID


def font_family(tokens: list[Token], context: ValueContext) -> object:
    """font-family."""
    names: list[FontFamilyName] = []
    for part in split_commas(tokens):
        name = family_name(part)
        if name is None:
            return INVALID
        names.append(name)
    return tuple(names)


def family_name(part: list[Token]) -> FontFamilyName | None:
    """One name: a string, or identifiers joined by single spaces."""
    if not part:
        return None
    if part[0].kind == TokenKind.STRING:
        return FontFamilyName(part[0].text) if len(part) == 1 else None
    if part[0].is_function("generic"):
        return FontFamilyName(part[0].children[0].lower, True) if part[0].children else None
    if any(token.kind != TokenKind.IDENT for token in part):
        return None
    if len(part) == 1:
        lower = part[0].lower
        if lower in _NOT_A_NAME:
            return None
        # NOTE: BlinkMacSystemFont is a name like any other: only on a Mac does Chromium read it as system-ui.
        if lower in GENERIC_FAMILIES:
            return FontFamilyName(lower, True)
    return FontFamilyName(" ".join(token.text for token in part))


def font_size_adjust(tokens: list[Token], context: ValueContext) -> object:
    """font-size-adjust: -1 for none."""
    if keyword(tokens) == "none":
        return -1.0
    rest = tokens[1:] if len(tokens) == 2 and tokens[0].is_ident("ex-height") else tokens
    value = parse_number(rest[0], 0.0) if len(rest) == 1 else None
    return INVALID if value is None else value


def words_of(tokens: list[Token], groups: tuple[tuple[str, ...], ...], empty: str) -> object:
    """Keywords, at most one of each group, as a tuple; () for the keyword `empty`."""
    if keyword(tokens) == empty:
        return ()
    found: dict[int, str] = {}
    for token in tokens:
        if token.kind != TokenKind.IDENT:
            return INVALID
        for index, group in enumerate(groups):
            if token.lower in group and index not in found:
                found[index] = token.lower
                break
        else:
            return INVALID
    return tuple(found[index] for index in sorted(found)) if found else INVALID


LIGATURES: Final = (
    ("common-ligatures", "no-common-ligatures"),
    ("discretionary-ligatures", "no-discretionary-ligatures"),
    ("historical-ligatures", "no-historical-ligatures"),
    ("contextual", "no-contextual"),
)
NUMERIC: Final = (
    ("lining-nums", "oldstyle-nums"),
    ("proportional-nums", "tabular-nums"),
    ("diagonal-fractions", "stacked-fractions"),
    ("ordinal",),
    ("slashed-zero",),
)
EAST_ASIAN: Final = (
    ("jis78", "jis83", "jis90", "jis04", "simplified", "traditional"),
    ("full-width", "proportional-width"),
    ("ruby",),
)


def font_variant_ligatures(tokens: list[Token], context: ValueContext) -> object:
    """font-variant-ligatures; none is ("none",)."""
    if keyword(tokens) == "none":
        return ("none",)
    return words_of(tokens, LIGATURES, "normal")


def font_variant_numeric(tokens: list[Token], context: ValueContext) -> object:
    """font-variant-numeric."""
    return words_of(tokens, NUMERIC, "normal")


def font_variant_east_asian(tokens: list[Token], context: ValueContext) -> object:
    """font-variant-east-asian."""
    return words_of(tokens, EAST_ASIAN, "normal")


def font_variant_alternates(tokens: list[Token], context: ValueContext) -> object:
    """font-variant-alternates, kept as text."""
    if keyword(tokens) == "normal":
        return ()
    names: list[str] = []
    for token in tokens:
        if token.is_ident("historical-forms"):
            names.append(token.lower)
        elif token.kind == TokenKind.FUNCTION and token.children:
            names.append(
                f"{token.lower}({', '.join(child.text for child in token.children if child.kind == 0)})"
            )
        else:
            return INVALID
    return tuple(names) if names else INVALID


def font_language_override(tokens: list[Token], context: ValueContext) -> object:
    """font-language-override: an OpenType language system tag, "" for normal."""
    if keyword(tokens) == "normal":
        return ""
    text = tokens[0].text if len(tokens) == 1 and tokens[0].kind == TokenKind.STRING else ""
    return text.rstrip(" ").upper() if 1 <= len(text) <= 4 and text.isascii() and text.strip() else INVALID


def font_feature_settings(tokens: list[Token], context: ValueContext) -> object:
    """font-feature-settings: (tag, value) pairs."""
    if keyword(tokens) == "normal":
        return ()
    pairs: dict[str, int] = {}
    for part in split_commas(tokens):
        if not 1 <= len(part) <= 2 or part[0].kind != TokenKind.STRING or not _is_tag(part[0].text):
            return INVALID
        value: int | None = 1
        if len(part) == 2:
            value = {"on": 1, "off": 0}.get(part[1].lower) if part[1].kind == TokenKind.IDENT else None
            if value is None:
                value = parse_integer(part[1], 0)
        if value is None:
            return INVALID
        pairs.pop(part[0].text, None)
        pairs[part[0].text] = value
    return tuple(pairs.items())


def font_variation_settings(tokens: list[Token], context: ValueContext) -> object:
    """font-variation-settings: (axis, value) pairs."""
    if keyword(tokens) == "normal":
        return ()
    pairs: dict[str, float] = {}
    for part in split_commas(tokens):
        if len(part) != 2 or part[0].kind != TokenKind.STRING or not _is_tag(part[0].text):
            return INVALID
        value = parse_number(part[1])
        if value is None:
            return INVALID
        pairs[part[0].text] = value
    return tuple(pairs.items())


def _is_tag(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isprintable()


@final
class LineHeightPercentage(Deferred):
    """A percentage (or a mix) of the font size."""

    __slots__ = ("value",)

    def __init__(self, value: Length | Deferred) -> None:
        self.value: Final = value

    def compute(self, context: ComputeContext) -> Length:
        """In px."""
        value = self.value.compute(context) if isinstance(self.value, Deferred) else self.value
        if not isinstance(value, Length):
            return Length(LengthKind.FIXED, 0.0)
        if value.kind == LengthKind.PERCENT and math.isfinite(value.percent):
            # AD-HOC: Blink's StyleBuilderConverter::ConvertLineHeight takes whole percents: 142.86% is 142%.
            value = Length(LengthKind.PERCENT, 0.0, float(math.trunc(value.percent)))
        pixels = value.resolve(context.style.font_size)
        return Length(LengthKind.FIXED, max(0.0, pixels))


def line_height(tokens: list[Token], context: ValueContext) -> object:
    """line-height."""
    if len(tokens) != 1:
        return INVALID
    token = tokens[0]
    if token.kind == TokenKind.IDENT:
        return NORMAL if token.lower == "normal" else INVALID
    number = parse_number(token, 0.0)
    if number is not None:
        return Length(LengthKind.NUMBER, number)
    length = parse_length(token, percentages=True, negative=False)
    if length is None:
        return INVALID
    if isinstance(length, Length) and length.kind == LengthKind.FIXED:
        return length
    return LineHeightPercentage(length)


def spacing(tokens: list[Token], context: ValueContext) -> object:
    """letter-spacing, word-spacing as a float."""
    if keyword(tokens) == "normal":
        return 0.0
    if len(tokens) != 1:
        return INVALID
    value = parse_px(tokens[0], unitless=context.is_quirks)
    if value is not None:
        return value
    # A percentage is of the font size.
    length = parse_length(tokens[0], percentages=True)
    return INVALID if length is None else FloatOf(_OfFontSize(length))


@final
class _OfFontSize(Deferred):
    __slots__ = ("value",)

    def __init__(self, value: Length | Deferred) -> None:
        self.value: Final = value

    def compute(self, context: ComputeContext) -> Length:
        value = self.value.compute(context) if isinstance(self.value, Deferred) else self.value
        pixels = value.resolve(context.style.font_size) if isinstance(value, Length) else 0.0
        return Length(LengthKind.FIXED, pixels)


def text_indent(tokens: list[Token], context: ValueContext) -> object:
    """text-indent. NOTE: Chromium has no `hanging` and `each-line` either."""
    value = (
        parse_length(tokens[0], percentages=True, unitless=context.is_quirks) if len(tokens) == 1 else None
    )
    return INVALID if value is None else value


def text_transform(tokens: list[Token], context: ValueContext) -> object:
    """text-transform; () is none."""
    return words_of(
        tokens,
        (("capitalize", "uppercase", "lowercase", "math-auto"), ("full-width",), ("full-size-kana",)),
        "none",
    )


def hyphenate_character(tokens: list[Token], context: ValueContext) -> object:
    """ "auto", or the text after a '"'."""
    if len(tokens) == 1 and tokens[0].kind == TokenKind.STRING:
        return '"' + tokens[0].text
    return "auto" if keyword(tokens) == "auto" else INVALID


def tab_size(tokens: list[Token], context: ValueContext) -> object:
    """tab-size: NUMBER or FIXED."""
    if len(tokens) != 1:
        return INVALID
    number = parse_number(tokens[0], 0.0)
    if number is not None:
        return Length(LengthKind.NUMBER, number)
    length = parse_length(tokens[0], negative=False)
    return INVALID if length is None else length


def list_style_type(tokens: list[Token], context: ValueContext) -> object:
    """A counter style's name, the text after a '"', or symbols() as text."""
    if len(tokens) != 1:
        return INVALID
    token = tokens[0]
    if token.kind == TokenKind.STRING:
        return '"' + token.text
    if token.kind == TokenKind.IDENT and token.lower not in _NOT_A_NAME:
        from_table = token.lower
        return from_table if from_table in PREDEFINED_COUNTER_STYLES else token.text
    if token.is_function("symbols"):
        symbols = symbols_function(token)
        return INVALID if symbols is None else symbols
    return INVALID


def symbols_function(token: Token) -> str | None:
    """symbols(kind "a" "b"): "symbols(kind)" and the symbols, separated by line feeds; None for what is none."""
    children = token.children
    system = "symbolic"
    if children and children[0].kind == TokenKind.IDENT:
        system = children[0].lower
        children = children[1:]
    if system not in ("cyclic", "numeric", "alphabetic", "symbolic", "fixed"):
        return None
    symbols = [child.text for child in children if child.kind == TokenKind.STRING]
    if not symbols or len(symbols) != len(children):
        return None
    if system in ("numeric", "alphabetic") and len(symbols) < 2:
        return None
    return "\n".join([f"symbols({system})", *symbols])


PREDEFINED_COUNTER_STYLES: Final = frozenset(
    (
        "none decimal decimal-leading-zero arabic-indic armenian upper-armenian lower-armenian bengali cambodian "
        "khmer cjk-decimal devanagari georgian gujarati gurmukhi hebrew kannada lao malayalam mongolian myanmar oriya "
        "persian lower-roman upper-roman tamil telugu thai tibetan lower-alpha lower-latin upper-alpha upper-latin "
        "cjk-earthly-branch cjk-heavenly-stem lower-greek hiragana hiragana-iroha katakana katakana-iroha disc circle "
        "square disclosure-open disclosure-closed japanese-informal japanese-formal korean-hangul-formal "
        "korean-hanja-informal korean-hanja-formal simp-chinese-informal simp-chinese-formal "
        "trad-chinese-informal trad-chinese-formal ethiopic-numeric ethiopic-halehame ethiopic-halehame-am "
        "ethiopic-halehame-ti-er ethiopic-halehame-ti-et cjk-ideographic hangul hangul-consonant urdu"
    ).split()
)


def image_or_none(tokens: list[Token], context: ValueContext) -> object:
    """An image; None for none."""
    if len(tokens) != 1:
        return INVALID
    if tokens[0].is_ident("none"):
        return None
    image = parse_image(tokens[0], context)
    return INVALID if image is None else image


def quotes(tokens: list[Token], context: ValueContext) -> object:
    """None for auto, () for none, else strings in pairs."""
    name = keyword(tokens)
    if name:
        return None if name == "auto" else () if name == "none" else INVALID
    if len(tokens) % 2 or not tokens or any(token.kind != TokenKind.STRING for token in tokens):
        return INVALID
    return tuple(token.text for token in tokens)


def shadow_of(tokens: list[Token], is_box: bool) -> object:
    """One shadow."""
    color: object = None
    inset = False
    lengths: list[object] = []
    after_lengths = False
    for token in tokens:
        if token.is_ident("inset") and is_box and not inset:
            inset = True
            after_lengths = bool(lengths)
            continue
        found = parse_color(token)
        if found is not None:
            if color is not None:
                return INVALID
            color = found
            after_lengths = bool(lengths)
            continue
        length = parse_px(token, negative=len(lengths) != 2)
        if length is None or after_lengths:
            return INVALID
        lengths.append(length)
    if not 2 <= len(lengths) <= (4 if is_box else 3):
        return INVALID
    while len(lengths) < 4:
        lengths.append(0.0)
    return build(Shadow, *lengths, CURRENT if color is None else color, inset)


def shadow(tokens: list[Token], context: ValueContext) -> object:
    """text-shadow."""
    return _shadows(tokens, False)


def box_shadow(tokens: list[Token], context: ValueContext) -> object:
    """box-shadow."""
    return _shadows(tokens, True)


def _shadows(tokens: list[Token], is_box: bool) -> object:
    if keyword(tokens) == "none":
        return ()
    values: list[object] = []
    for part in split_commas(tokens):
        value = shadow_of(part, is_box)
        if value is INVALID:
            return INVALID
        values.append(value)
    return make_tuple(values)


_EMPHASIS_MARKS: Final = {
    "dot": ("\u2022", "\u25e6"),
    "circle": ("\u25cf", "\u25cb"),
    "double-circle": ("\u25c9", "\u25ce"),
    "triangle": ("\u25b2", "\u25b3"),
    "sesame": ("\ufe45", "\ufe46"),
}


def text_emphasis_style(tokens: list[Token], context: ValueContext) -> object:
    """ "", or the mark itself. NOTE: `filled` alone means a circle in horizontal text, sesame in vertical."""
    if keyword(tokens) == "none":
        return ""
    if len(tokens) == 1 and tokens[0].kind == TokenKind.STRING:
        return tokens[0].text[:1]
    shape = "circle"
    fill = 0
    for token in tokens:
        if token.kind != TokenKind.IDENT:
            return INVALID
        if token.lower in _EMPHASIS_MARKS:
            shape = token.lower
        elif token.lower in ("filled", "open"):
            fill = 1 if token.lower == "open" else 0
        else:
            return INVALID
    return _EMPHASIS_MARKS[shape][fill] if 1 <= len(tokens) <= 2 else INVALID


def text_emphasis_position(tokens: list[Token], context: ValueContext) -> object:
    """(over or under, right or left)."""
    words = words_of(tokens, (("over", "under"), ("right", "left")), "-")
    if isinstance(words, tuple):
        if words[0] not in ("over", "under"):
            return INVALID
        return words if len(words) == 2 else (words[0], "right")
    return INVALID


def text_underline_offset(tokens: list[Token], context: ValueContext) -> object:
    """AUTO, a length or a percentage of 1em."""
    if keyword(tokens) == "auto":
        return AUTO
    value = parse_length(tokens[0], percentages=True) if len(tokens) == 1 else None
    return INVALID if value is None else value


def text_underline_position(tokens: list[Token], context: ValueContext) -> object:
    """`auto | [ from-font | under ] || [ left | right ]`: one or two keywords, as one of the enum."""
    if keyword(tokens) == "auto":
        return TextUnderlinePosition.AUTO
    words = words_of(tokens, (("from-font", "under"), ("left", "right")), "-")
    if isinstance(words, tuple):
        return _UNDERLINE_POSITIONS.get(" ".join(words), INVALID)
    return INVALID


_UNDERLINE_POSITIONS: Final = {
    name: TextUnderlinePosition(index) for index, name in enumerate(CSS_NAMES["TextUnderlinePosition"])
}


def integer(tokens: list[Token], context: ValueContext) -> object:
    """An <integer>."""
    value = parse_integer(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else value


def positive_integer(tokens: list[Token], context: ValueContext) -> object:
    """An <integer> of at least 1."""
    value = parse_integer(tokens[0], 1) if len(tokens) == 1 else None
    return INVALID if value is None else value


def number(tokens: list[Token], context: ValueContext) -> object:
    """A <number> of at least 0."""
    value = parse_number(tokens[0], 0.0) if len(tokens) == 1 else None
    return INVALID if value is None else value


def color_scheme(tokens: list[Token], context: ValueContext) -> object:
    """color-scheme: () for normal; names of schemes, known or not, and `only` behind them
    (https://drafts.csswg.org/css-color-adjust/#color-scheme-prop)."""
    if keyword(tokens) == "normal":
        return ()
    words = [token.lower if token.lower in _SCHEMES else token.text for token in tokens]
    if not words or any(token.kind != TokenKind.IDENT or token.lower in _NO_SCHEME for token in tokens):
        return INVALID
    if words[0] == "only":
        words = [*words[1:], "only"]
    return INVALID if "only" in words[:-1] or words == ["only"] else tuple(words)


_SCHEMES: Final = frozenset(("light", "dark", "only"))
_NO_SCHEME: Final = _NOT_A_NAME | {"normal"}


def cursor(tokens: list[Token], context: ValueContext) -> object:
    """Only the keyword is kept: nothing of a cursor is in the picture."""
    parts = split_commas(tokens)
    for part in parts[:-1]:
        if not part or (parse_url(part[0]) is None and part[0].kind != TokenKind.FUNCTION):
            return INVALID
    return keyword(parts[-1]) or INVALID


def box_direction(tokens: list[Token], context: ValueContext) -> object:
    """-webkit-box-direction."""
    return {"normal": Direction.LTR, "reverse": Direction.RTL}.get(keyword(tokens), INVALID)


def border_spacing(tokens: list[Token], context: ValueContext) -> object:
    """One axis of border-spacing as a float."""
    value = parse_px(tokens[0], negative=False, unitless=context.is_quirks) if len(tokens) == 1 else None
    return INVALID if value is None else value


def alpha(tokens: list[Token], context: ValueContext) -> object:
    """opacity: clamped to 0..1."""
    value = parse_fraction(tokens[0]) if len(tokens) == 1 else None
    return INVALID if value is None else max(0.0, min(1.0, value))


def zoom(tokens: list[Token], context: ValueContext) -> object:
    """zoom: a number or a percentage; 0 and `normal` are 1."""
    if len(tokens) != 1:
        return INVALID
    if tokens[0].is_ident("normal"):
        return ZoomFactor(1.0)
    value = parse_fraction(tokens[0])
    if value is None or value < 0.0:
        return INVALID
    return ZoomFactor(value or 1.0)


PARSERS: Final[dict[str, Parser]] = {
    "zoom": zoom,
    "font-size": font_size,
    "font-weight": font_weight,
    "font-stretch": font_stretch,
    "font-style": font_style,
    "font-family": font_family,
    "font-size-adjust": font_size_adjust,
    "font-variant-ligatures": font_variant_ligatures,
    "font-variant-numeric": font_variant_numeric,
    "font-variant-east-asian": font_variant_east_asian,
    "font-variant-alternates": font_variant_alternates,
    "font-language-override": font_language_override,
    "font-feature-settings": font_feature_settings,
    "font-variation-settings": font_variation_settings,
    "line-height": line_height,
    "spacing": spacing,
    "text-indent": text_indent,
    "text-transform": text_transform,
    "hyphenate-character": hyphenate_character,
    "tab-size": tab_size,
    "list-style-type": list_style_type,
    "image": image_or_none,
    "quotes": quotes,
    "shadow": shadow,
    "text-emphasis-style": text_emphasis_style,
    "text-emphasis-position": text_emphasis_position,
    "text-underline-offset": text_underline_offset,
    "integer": integer,
    "number": number,
    "color-scheme": color_scheme,
    "cursor": cursor,
    "box-direction": box_direction,
    "border-spacing": border_spacing,
    "alpha": alpha,
}

"""Counter styles (https://drafts.csswg.org/css-counter-styles-3/): from a number to its text."""

from __future__ import annotations

import unicodedata
from typing import Final, final

from .counter_tables import ADDITIVE, CHINESE, CJK_MINUS, FIXED_OR_REPEATED, chinese_text, ethiopic_text
from .splitter import split_declarations
from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas


@final
class CounterStyle:
    """A counter style.

    Attributes:
        system: cyclic, numeric, alphabetic, symbolic, additive or fixed; of predefined ones also chinese or ethiopic.
        algorithm: the name of the predefined style whose table those two read.
        symbols: in order. additive: (weight, symbol), heaviest first.
        first: of fixed: the number of the first symbol.
        prefix, suffix, negative: around the text. pad_length, pad: its least length.
        ranges: inclusive pairs; None for automatic.
        fallback: the name of the style for numbers out of range; "" for decimal, or what the extended one says.
        extends: the name of the style that says what this one leaves open.
    """

    def __init__(self, name: str, system: str = "symbolic", symbols: tuple[str, ...] = ()) -> None:
        self.name: str = name
        self.system: str = system
        self.algorithm: str = ""
        self.symbols: tuple[str, ...] = symbols
        self.additive: tuple[tuple[int, str], ...] = ()
        self.first: int = 1
        self.prefix: str | None = None
        self.suffix: str | None = None
        self.negative: tuple[str, str] | None = None
        self.pad_length: int = 0
        self.pad: str = ""
        self.ranges: tuple[tuple[int, int], ...] | None = None
        self.fallback: str = ""
        self.extends: str = ""


_INFINITY: Final = 10**12
MAX_SYMBOLS: Final = 60
"""Repetitions of a symbol in one counter text; a number that needs more falls back, as in Blink."""

CounterStyles = dict[str, CounterStyle]


def parse_counter_style(name: str, block: str) -> CounterStyle | None:
    """The style of an @counter-style rule, None where it is invalid."""
    name = name.strip()
    if not name or name.lower() in (
        "none",
        "decimal",
        "disc",
        "square",
        "circle",
        "disclosure-open",
        "disclosure-closed",
        "inherit",
        "initial",
        "unset",
    ):
        return None
    style = CounterStyle(name.lower() if name.lower() in PREDEFINED else name)
    for descriptor, text, _ in split_declarations(block):
        _descriptor(style, descriptor.lower(), tokenize(text))
    if style.extends:
        return style
    count = len(style.symbols)
    if style.system == "additive":
        return style if style.additive else None
    if style.system in ("alphabetic", "numeric"):
        return style if count >= 2 else None
    return style if count >= 1 else None


def _symbol(token: Token) -> str | None:
    return token.text if token.kind in (TokenKind.STRING, TokenKind.IDENT) else None


def _bound(token: Token, infinite: int) -> int | None:
    """An end of a range, None for what is none."""
    if token.is_ident("infinite"):
        return infinite
    return int(token.value) if token.kind == TokenKind.NUMBER else None


_SYSTEMS: Final = frozenset("cyclic numeric alphabetic symbolic additive fixed".split())


def _set_system(style: CounterStyle, system: Token, rest: list[Token]) -> None:
    """https://drafts.csswg.org/css-counter-styles-3/#counter-style-system"""
    if system.is_ident("extends"):
        if len(rest) == 1 and rest[0].kind == TokenKind.IDENT:
            style.extends = rest[0].text
    elif system.kind != TokenKind.IDENT or system.lower not in _SYSTEMS:
        return
    elif not rest:
        style.system = system.lower
    elif (
        system.lower == "fixed" and len(rest) == 1 and rest[0].kind == TokenKind.NUMBER and rest[0].is_integer
    ):
        style.system, style.first = "fixed", int(rest[0].value)


def _descriptor(style: CounterStyle, name: str, tokens: list[Token]) -> None:
    if not tokens:
        return
    first = tokens[0]
    if name == "system":
        _set_system(style, first, tokens[1:])
    elif name == "symbols":
        symbols = [_symbol(token) for token in tokens]
        if None not in symbols:
            style.symbols = tuple(symbol for symbol in symbols if symbol is not None)
    elif name == "additive-symbols":
        pairs: list[tuple[int, str]] = []
        for part in split_commas(tokens):
            if len(part) != 2:
                return
            number, symbol = (part[0], part[1]) if part[0].kind == TokenKind.NUMBER else (part[1], part[0])
            shown = _symbol(symbol)
            if number.kind != TokenKind.NUMBER or shown is None or number.value < 0:
                return
            pairs.append((int(number.value), shown))
        style.additive = tuple(pairs)
    elif name == "prefix" and len(tokens) == 1:
        shown = _symbol(first)
        style.prefix = shown if shown is not None else style.prefix
    elif name == "suffix" and len(tokens) == 1:
        shown = _symbol(first)
        style.suffix = shown if shown is not None else style.suffix
    elif name == "negative" and len(tokens) <= 2:
        before = _symbol(first)
        after = _symbol(tokens[1]) if len(tokens) > 1 else ""
        if before is not None and after is not None:
            style.negative = (before, after)
    elif name == "pad" and len(tokens) == 2:
        number, symbol = (first, tokens[1]) if first.kind == TokenKind.NUMBER else (tokens[1], first)
        shown = _symbol(symbol)
        if number.kind == TokenKind.NUMBER and shown is not None:
            style.pad_length, style.pad = int(min(number.value, MAX_SYMBOLS)), shown
    elif name == "fallback":
        if first.kind == TokenKind.IDENT and len(tokens) == 1:
            style.fallback = first.text
    elif name == "range":
        if first.is_ident("auto"):
            style.ranges = None
            return
        ranges: list[tuple[int, int]] = []
        for part in split_commas(tokens):
            if len(part) != 2:
                return
            low, high = _bound(part[0], -_INFINITY), _bound(part[1], _INFINITY)
            if low is None or high is None or low > high:
                return
            ranges.append((low, high))
        style.ranges = tuple(ranges)


_LATIN: Final = "abcdefghijklmnopqrstuvwxyz"
_GREEK: Final = "αβγδεζηθικλμνξοπρστυφχψω"
_DIGITS: Final[dict[str, str]] = {
    "decimal": "0123456789",
    "arabic-indic": "٠١٢٣٤٥٦٧٨٩",
    "persian": "۰۱۲۳۴۵۶۷۸۹",
    "urdu": "۰۱۲۳۴۵۶۷۸۹",
    "bengali": "০১২৩৪৫৬৭৮৯",
    "cambodian": "០១២៣៤៥៦៧៨៩",
    "khmer": "០១២៣៤៥៦៧៨៩",
    "cjk-decimal": "〇一二三四五六七八九",
    "devanagari": "०१२३४५६७८९",
    "gujarati": "૦૧૨૩૪૫૬૭૮૯",
    "gurmukhi": "੦੧੨੩੪੫੬੭੮੯",
    "kannada": "೦೧೨೩೪೫೬೭೮೯",
    "lao": "໐໑໒໓໔໕໖໗໘໙",
    "malayalam": "൦൧൨൩൪൫൬൭൮൯",
    "mongolian": "᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙",
    "myanmar": "၀၁၂၃၄၅၆၇၈၉",
    "oriya": "୦୧୨୩୪୫୬୭୮୯",
    "tamil": "௦௧௨௩௪௫௬௭௮௯",
    "telugu": "౦౧౨౩౪౫౬౭౮౯",
    "thai": "๐๑๒๓๔๕๖๗๘๙",
    "tibetan": "༠༡༢༣༤༥༦༧༨༩",
}
_BULLETS: Final = {
    "disc": "•",
    "circle": "◦",
    "square": "▪",
    "disclosure-open": "▾",
    "disclosure-closed": "▸",
}


def _predefined() -> CounterStyles:
    styles: CounterStyles = {}
    for name, digits in _DIGITS.items():
        styles[name] = CounterStyle(name, "numeric", tuple(digits))
    zero = CounterStyle("decimal-leading-zero", "numeric", tuple(_DIGITS["decimal"]))
    zero.pad_length, zero.pad = 2, "0"
    styles["decimal-leading-zero"] = zero
    for name, letters in (
        ("lower-alpha", _LATIN),
        ("lower-latin", _LATIN),
        ("upper-alpha", _LATIN.upper()),
        ("upper-latin", _LATIN.upper()),
        ("lower-greek", _GREEK),
    ):
        styles[name] = CounterStyle(name, "alphabetic", tuple(letters))
    for name, (letters, system, suffix) in FIXED_OR_REPEATED.items():
        style = CounterStyle(name, system, tuple(letters))
        style.suffix = suffix
        if system == "fixed":
            style.fallback = "cjk-decimal"
        styles[name] = style
    for name, (table, ranges, suffix, fallback) in ADDITIVE.items():
        style = CounterStyle(name, "additive")
        style.additive = table
        style.ranges = (ranges,)
        style.suffix = suffix
        style.fallback = fallback
        if name in CJK_MINUS:
            style.negative = (CJK_MINUS[name], "")
        styles[name] = style
    for name, bullet in _BULLETS.items():
        style = CounterStyle(name, "cyclic", (bullet,))
        style.suffix = " "
        styles[name] = style
    styles["cjk-decimal"].suffix = "、"
    styles["cjk-decimal"].ranges = ((0, _INFINITY),)
    for name, (_, _, minus, _) in CHINESE.items():
        style = CounterStyle(name, "chinese")
        style.algorithm, style.negative, style.suffix = name, (minus, ""), "、"
        style.ranges, style.fallback = ((-9999, 9999),), "cjk-decimal"
        styles[name] = style
    ethiopic = CounterStyle("ethiopic-numeric", "ethiopic")
    ethiopic.algorithm, ethiopic.ranges, ethiopic.suffix = "ethiopic-numeric", ((1, _INFINITY),), "/ "
    styles["ethiopic-numeric"] = ethiopic
    return styles


PREDEFINED: Final[CounterStyles] = _predefined()


def _find(name: str, styles: CounterStyles) -> CounterStyle | None:
    """A style by its name; those of predefined ones know no case."""
    predefined = PREDEFINED.get(name.lower())
    if predefined is None:
        return styles.get(name)
    return styles.get(name.lower(), predefined)


def _resolved(style: CounterStyle, styles: CounterStyles) -> CounterStyle:
    """A style that `extends` another, with what that one says filled in. Cycles end in decimal."""
    seen = {style.name}
    chain = [style]
    while chain[-1].extends:
        base = _find(chain[-1].extends, styles)
        if base is None or base.name in seen:
            base = PREDEFINED["decimal"]
        seen.add(base.name)
        chain.append(base)
    if len(chain) == 1:
        return style
    root = chain[-1]
    result = CounterStyle(style.name, root.system, root.symbols)
    result.additive = root.additive
    result.algorithm = root.algorithm
    result.first = root.first
    for one in reversed(chain):
        result.prefix = one.prefix if one.prefix is not None else result.prefix
        result.suffix = one.suffix if one.suffix is not None else result.suffix
        result.negative = one.negative if one.negative is not None else result.negative
        result.ranges = one.ranges if one.ranges is not None else result.ranges
        if one.pad_length:
            result.pad_length, result.pad = one.pad_length, one.pad
        result.fallback = one.fallback or result.fallback
    return result


def counter_text(style_name: str, value: int, styles: CounterStyles) -> str:
    """The text of a counter in a style: a name, a string after a '"', or symbols() as list-style-type has it."""
    if style_name.startswith('"'):
        return style_name[1:]
    if style_name == "none":
        return ""
    if style_name.startswith("symbols("):
        head, *symbols = style_name.split("\n")
        return _text(CounterStyle("", head[8:-1], tuple(symbols)), value, styles, 0)
    style = _find(style_name, styles)
    return _text(PREDEFINED["decimal"] if style is None else style, value, styles, 0)


def _text(style: CounterStyle, value: int, styles: CounterStyles, depth: int) -> str:
    style = _resolved(style, styles)
    if depth > 20:
        return str(value)
    body = _body(style, value)
    if body is None:
        return _fallback(style.fallback or "decimal", value, styles, depth + 1)
    return body


def _fallback(name: str, value: int, styles: CounterStyles, depth: int) -> str:
    style = _find(name, styles)
    return _text(style if style is not None else PREDEFINED["decimal"], value, styles, depth)


def _in_range(style: CounterStyle, value: int) -> bool:
    if style.ranges is not None:
        return any(low <= value <= high for low, high in style.ranges)
    if style.system in ("alphabetic", "symbolic"):
        return value >= 1
    return value >= 0 if style.system == "additive" else True


def _body(style: CounterStyle, value: int) -> str | None:
    """The representation with sign and padding, None where the style has none for the number."""
    if not _in_range(style, value):
        return None
    system = style.system
    is_negative = value < 0 and system not in ("cyclic", "fixed")
    number = -value if is_negative else value
    initial = _initial(style, number)
    if initial is None:
        return None
    before, after = style.negative if style.negative is not None else ("-", "")
    if style.pad_length:
        missing = style.pad_length - _length(initial) - (len(before) + len(after) if is_negative else 0)
        if missing > 0:
            initial = style.pad * missing + initial
    return before + initial + after if is_negative else initial


def _length(text: str) -> int:
    """In letters, with the marks on them."""
    return sum(1 for character in text if unicodedata.category(character)[0] != "M")


def _initial(style: CounterStyle, number: int) -> str | None:
    """https://drafts.csswg.org/css-counter-styles-3/#counter-style-system"""
    symbols = style.symbols
    count = len(symbols)
    system = style.system
    if system == "cyclic":
        return symbols[(number - 1) % count]
    if system == "fixed":
        at = number - style.first
        return symbols[at] if 0 <= at < count else None
    if system == "symbolic":
        repeats = (number + count - 1) // count
        return symbols[(number - 1) % count] * repeats if repeats <= MAX_SYMBOLS else None
    if system == "alphabetic":
        digits: list[str] = []
        while number > 0:
            number -= 1
            digits.append(symbols[number % count])
            number //= count
        return "".join(reversed(digits))
    if system == "numeric":
        if number == 0:
            return symbols[0]
        digits = []
        while number > 0:
            digits.append(symbols[number % count])
            number //= count
        return "".join(reversed(digits))
    if system == "chinese":
        return chinese_text(style.algorithm, number)
    if system == "ethiopic":
        return ethiopic_text(style.algorithm, number)
    return _additive(style.additive, number)


def _additive(table: tuple[tuple[int, str], ...], number: int) -> str | None:
    if number == 0:
        return next((symbol for weight, symbol in table if weight == 0), None)
    parts: list[str] = []
    for weight, symbol in table:
        if weight == 0 or weight > number:
            continue
        repeats = number // weight
        if repeats > MAX_SYMBOLS:
            return None
        parts.append(symbol * repeats)
        number -= weight * repeats
        if number == 0:
            return "".join(parts)
    return None


def marker_text(style_name: str, value: int, styles: CounterStyles) -> str:
    """The text of a list marker: prefix, counter and suffix."""
    if style_name.startswith('"'):
        return style_name[1:]
    if style_name == "none":
        return ""
    if style_name.startswith("symbols("):
        return counter_text(style_name, value, styles) + " "
    style = _find(style_name, styles)
    text = counter_text(style_name, value, styles)
    if style is None:
        return text + ". "
    style = _resolved(style, styles)
    return (style.prefix or "") + text + (style.suffix if style.suffix is not None else ". ")

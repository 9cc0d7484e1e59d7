"""Counter styles (https://drafts.csswg.org/css-counter-styles-3/): a number becomes the text of a marker.

In: the names that styles use, and a document's @counter-style rules. Out: text. Total: an unknown name counts
in decimal, and a style that cannot show a number falls back as the specification says.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .syntax import tokenize
from .tokens import Token, TokenKind, split_commas


class System(IntEnum):
    """https://drafts.csswg.org/css-counter-styles-3/#counter-style-system"""

    CYCLIC = 0
    NUMERIC = 1
    ALPHABETIC = 2
    SYMBOLIC = 3
    ADDITIVE = 4
    FIXED = 5
    CHINESE = 6
    ETHIOPIC = 7
    EXTENDS = 8


INFINITE: Final = 10**9
MAX_REPEATS: Final = 120
"""Symbolic and additive texts longer than this fall back, as the specification allows (at least 120)."""


@final
class CounterStyle:
    """A counter style.

    Attributes:
        symbols: of all systems but ADDITIVE; weights: of ADDITIVE, beside `symbols`, largest first.
        ranges: inclusive pairs; () for what the system gives by itself.
        pad_length, pad_symbol, prefix, suffix, negative, negative_after: as the descriptors.
        first: of FIXED: the value of the first symbol.
    """

    __slots__ = (
        "fallback",
        "first",
        "negative",
        "negative_after",
        "pad_length",
        "pad_symbol",
        "prefix",
        "ranges",
        "suffix",
        "symbols",
        "system",
        "weights",
    )

    def __init__(self, system: System, symbols: tuple[str, ...], weights: tuple[int, ...] = ()) -> None:
        self.system: System = system
        self.symbols: tuple[str, ...] = symbols
        self.weights: tuple[int, ...] = weights
        self.prefix: str = ""
        self.suffix: str = ". "
        self.negative: str = "-"
        self.negative_after: str = ""
        self.ranges: tuple[tuple[int, int], ...] = ()
        self.pad_length: int = 0
        self.pad_symbol: str = ""
        self.fallback: str = "decimal"
        self.first: int = 1

    def copy(self) -> CounterStyle:
        """A copy that descriptors may change."""
        new = CounterStyle(self.system, self.symbols, self.weights)
        new.prefix, new.suffix = self.prefix, self.suffix
        new.negative, new.negative_after = self.negative, self.negative_after
        new.ranges, new.fallback, new.first = self.ranges, self.fallback, self.first
        new.pad_length, new.pad_symbol = self.pad_length, self.pad_symbol
        return new

    def in_range(self, value: int) -> bool:
        """https://drafts.csswg.org/css-counter-styles-3/#counter-style-range"""
        if self.ranges:
            return any(low <= value <= high for low, high in self.ranges)
        if self.system == System.ALPHABETIC or self.system == System.SYMBOLIC:
            return value >= 1
        if self.system == System.ADDITIVE:
            return value >= 0
        return True

    def represent(self, value: int) -> str | None:
        """The text without prefix and suffix; None where the style cannot show the value."""
        # https://drafts.csswg.org/css-counter-styles-3/#generate-a-counter steps 2 to 5
        if not self.in_range(value):
            return None
        uses_negative = value < 0 and self.system not in (System.CYCLIC, System.FIXED, System.CHINESE)
        text = self._initial(abs(value) if uses_negative else value)
        if text is None:
            return None
        missing = self.pad_length - len(text)
        if uses_negative:
            missing -= len(self.negative) + len(self.negative_after)
        if 0 < missing <= MAX_REPEATS:
            text = self.pad_symbol * missing + text
        return self.negative + text + self.negative_after if uses_negative else text

    def _initial(self, value: int) -> str | None:
        symbols = self.symbols
        count = len(symbols)
        system = self.system
        if system == System.CYCLIC:
            return symbols[(value - 1) % count]
        if system == System.FIXED:
            index = value - self.first
            return symbols[index] if 0 <= index < count else None
        if system == System.NUMERIC:
            if value == 0:
                return symbols[0]
            digits: list[str] = []
            while value:
                value, digit = divmod(value, count)
                digits.append(symbols[digit])
            return "".join(reversed(digits))
        if system == System.ALPHABETIC:
            letters: list[str] = []
            while value:
                value, digit = divmod(value - 1, count)
                letters.append(symbols[digit])
            return "".join(reversed(letters))
        if system == System.SYMBOLIC:
            repeats = (value + count - 1) // count
            return symbols[(value - 1) % count] * repeats if repeats <= MAX_REPEATS else None
        if system == System.ADDITIVE:
            return self._additive(value)
        if system == System.CHINESE:
            return chinese(value, symbols, self.negative)
        return ethiopic(value)

    def _additive(self, value: int) -> str | None:
        # https://drafts.csswg.org/css-counter-styles-3/#additive-system
        if value == 0:
            return self.symbols[self.weights.index(0)] if 0 in self.weights else None
        parts: list[str] = []
        for weight, symbol in zip(self.weights, self.symbols, strict=True):
            if weight == 0 or weight > value:
                continue
            repeats, value = divmod(value, weight)
            if repeats > MAX_REPEATS:
                return None
            parts.append(symbol * repeats)
            if value == 0:
                return "".join(parts)
        return None


def chinese(value: int, symbols: tuple[str, ...], negative: str) -> str | None:
    """https://drafts.csswg.org/css-counter-styles-3/#limited-chinese : symbols are ten digits, three units, and
    "informal" or "formal" as the last."""
    if not -9999 <= value <= 9999:
        return None
    digits, units, is_informal = symbols[:10], symbols[10:13], symbols[13] == "informal"
    if value == 0:
        return digits[0]
    number = str(abs(value))
    parts: list[str] = []
    pending_zero = False
    for position, digit in enumerate(number):
        unit = len(number) - position - 1
        if digit == "0":
            pending_zero = bool(parts)
            continue
        if pending_zero:
            parts.append(digits[0])
            pending_zero = False
        # Informal tens lose their one: 十 instead of 一十.
        if not (is_informal and digit == "1" and unit == 1 and len(number) == 2):
            parts.append(digits[int(digit)])
        if unit:
            parts.append(units[unit - 1])
    return (negative if value < 0 else "") + "".join(parts)


def ethiopic(value: int) -> str | None:
    """https://drafts.csswg.org/css-counter-styles-3/#ethiopic-numeric-counter-style"""
    if value < 1:
        return None
    if value == 1:
        return "፩"
    ones, tens = "፩፪፫፬፭፮፯፰፱", "፲፳፴፵፶፷፸፹፺"
    groups: list[int] = []
    while value:
        value, group = divmod(value, 100)
        groups.append(group)
    parts: list[str] = []
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        is_most = index == len(groups) - 1
        text = ""
        if not (group == 0 or (group == 1 and is_most) or (group == 1 and index % 2 == 1)):
            if group >= 10:
                text += tens[group // 10 - 1]
            if group % 10:
                text += ones[group % 10 - 1]
        parts.append(text)
        if index % 2 == 1 and group != 0:
            parts.append("፻")
        elif index % 2 == 0 and index != 0:
            parts.append("፼")
    return "".join(parts)


def _numeric(digits: str) -> CounterStyle:
    return CounterStyle(System.NUMERIC, tuple(digits))


def _alphabetic(letters: str, suffix: str = ". ") -> CounterStyle:
    style = CounterStyle(System.ALPHABETIC, tuple(letters.split() if " " in letters else letters))
    style.suffix = suffix
    return style


def _additive(pairs: str, low: int, high: int) -> CounterStyle:
    words = pairs.split()
    style = CounterStyle(System.ADDITIVE, tuple(words[1::2]), tuple(int(word) for word in words[::2]))
    style.ranges = ((low, high),)
    return style


def _symbol(text: str) -> CounterStyle:
    style = CounterStyle(System.CYCLIC, (text,))
    style.suffix = " "
    return style


def _cjk(digits: str, units: str, form: str, negative: str) -> CounterStyle:
    style = CounterStyle(System.CHINESE, (*digits, *units, form))
    style.suffix = "、"
    style.negative = negative
    style.fallback = "cjk-decimal"
    return style


def _predefined() -> dict[str, CounterStyle]:
    """https://drafts.csswg.org/css-counter-styles-3/#predefined-counters"""
    roman = "1000 {} 900 {} 500 {} 400 {} 100 {} 90 {} 50 {} 40 {} 10 {} 9 {} 5 {} 4 {} 1 {}"
    letters = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]
    latin = "abcdefghijklmnopqrstuvwxyz"
    armenian_letters = "ՔՓՒՑՐՏՎՍՌՋՊՉՈՇՆՅՄՃՂՁՀԿԾԽԼԻԺԹԸԷԶԵԴԳԲԱ"
    armenian_values = [9000, 8000, 7000, 6000, 5000, 4000, 3000, 2000, 1000]
    armenian_values += [900, 800, 700, 600, 500, 400, 300, 200, 100]
    armenian_values += [90, 80, 70, 60, 50, 40, 30, 20, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]
    armenian = " ".join(
        f"{value} {letter}" for value, letter in zip(armenian_values, armenian_letters, strict=True)
    )
    georgian_letters = "ჵჰჯჴხჭწძცჩშყღქფჳტსრჟპოჲნმლკითჱზვედგბა"
    georgian_values = [10000, *armenian_values]
    georgian = " ".join(
        f"{value} {letter}" for value, letter in zip(georgian_values, georgian_letters, strict=True)
    )
    hebrew = (
        "10000 י׳ 9000 ט׳ 8000 ח׳ 7000 ז׳ 6000 ו׳ 5000 ה׳ 4000 ד׳ 3000 ג׳ 2000 ב׳ 1000 א׳ 400 ת 300 ש 200 ר "
        "100 ק 90 צ 80 פ 70 ע 60 ס 50 נ 40 מ 30 ל 20 כ 19 יט 18 יח 17 יז 16 טז 15 טו 10 י 9 ט 8 ח 7 ז 6 ו 5 ה "
        "4 ד 3 ג 2 ב 1 א"
    )
    hiragana = (
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん"
    )
    katakana = (
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン"
    )
    sino = "".join(
        " ".join(f"{digit * weight} {{{digit}}}{unit}" for digit in range(9, 0, -1)) + " "
        for weight, unit in ((1000, "{t}"), (100, "{h}"), (10, "{x}"), (1, ""))
    )

    def digits_of(digits: str, units: str) -> str:
        return (sino + "0 {0}").format(*digits, x=units[0], h=units[1], t=units[2])

    styles = {
        "decimal": _numeric("0123456789"),
        "decimal-leading-zero": _numeric("0123456789"),
        "arabic-indic": _numeric("٠١٢٣٤٥٦٧٨٩"),
        "bengali": _numeric("০১২৩৪৫৬৭৮৯"),
        "cambodian": _numeric("០១២៣៤៥៦៧៨៩"),
        "khmer": _numeric("០១២៣៤៥៦៧៨៩"),
        "cjk-decimal": _numeric("〇一二三四五六七八九"),
        "devanagari": _numeric("०१२३४५६७८९"),
        "gujarati": _numeric("૦૧૨૩૪૫૬૭૮૯"),
        "gurmukhi": _numeric("੦੧੨੩੪੫੬੭੮੯"),
        "kannada": _numeric("೦೧೨೩೪೫೬೭೮೯"),
        "lao": _numeric("໐໑໒໓໔໕໖໗໘໙"),
        "malayalam": _numeric("൦൧൨൩൪൫൬൭൮൯"),
        "mongolian": _numeric("᠐᠑᠒᠓᠔᠕᠖᠗᠘᠙"),
        "myanmar": _numeric("၀၁၂၃၄၅၆၇၈၉"),
        "oriya": _numeric("୦୧୨୩୪୫୬୭୮୯"),
        "persian": _numeric("۰۱۲۳۴۵۶۷۸۹"),
        "tamil": _numeric("௦௧௨௩௪௫௬௭௮௯"),
        "telugu": _numeric("౦౧౨౩౪౫౬౭౮౯"),
        "thai": _numeric("๐๑๒๓๔๕๖๗๘๙"),
        "tibetan": _numeric("༠༡༢༣༤༥༦༧༨༩"),
        "lower-roman": _additive(roman.format(*(letter.lower() for letter in letters)), 1, 3999),
        "upper-roman": _additive(roman.format(*letters), 1, 3999),
        "lower-alpha": _alphabetic(latin),
        "lower-latin": _alphabetic(latin),
        "upper-alpha": _alphabetic(latin.upper()),
        "upper-latin": _alphabetic(latin.upper()),
        "lower-greek": _alphabetic("αβγδεζηθικλμνξοπρστυφχψω"),
        "armenian": _additive(armenian, 1, 9999),
        "upper-armenian": _additive(armenian, 1, 9999),
        "lower-armenian": _additive(armenian.lower(), 1, 9999),
        "georgian": _additive(georgian, 1, 19999),
        "hebrew": _additive(hebrew, 1, 10999),
        "hiragana": _alphabetic(hiragana, "、"),
        "hiragana-iroha": _alphabetic(
            "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
            "、",
        ),
        "katakana": _alphabetic(katakana, "、"),
        "katakana-iroha": _alphabetic(
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
            "、",
        ),
        "disc": _symbol("•"),
        "circle": _symbol("◦"),
        "square": _symbol("▪"),
        "disclosure-open": _symbol("▾"),
        "disclosure-closed": _symbol("▸"),
        "simp-chinese-informal": _cjk("零一二三四五六七八九", "十百千", "informal", "负"),
        "simp-chinese-formal": _cjk("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "formal", "负"),
        "trad-chinese-informal": _cjk("零一二三四五六七八九", "十百千", "informal", "負"),
        "trad-chinese-formal": _cjk("零壹貳參肆伍陸柒捌玖", "拾佰仟", "formal", "負"),
        "cjk-ideographic": _cjk("零一二三四五六七八九", "十百千", "informal", "負"),
        "japanese-informal": _additive(
            digits_of("〇一二三四五六七八九", "十百千")
            .replace("一千", "千")
            .replace("一百", "百")
            .replace("一十", "十"),
            -9999,
            9999,
        ),
        "japanese-formal": _additive(digits_of("零壱弐参四伍六七八九", "拾百阡"), -9999, 9999),
        "korean-hangul-formal": _additive(digits_of("영일이삼사오육칠팔구", "십백천"), -9999, 9999),
        "korean-hanja-informal": _additive(
            digits_of("零一二三四五六七八九", "十百千")
            .replace("一千", "千")
            .replace("一百", "百")
            .replace("一十", "十"),
            -9999,
            9999,
        ),
        "korean-hanja-formal": _additive(digits_of("零壹貳參四五六七八九", "拾百仟"), -9999, 9999),
        "cjk-earthly-branch": CounterStyle(System.FIXED, tuple("子丑寅卯辰巳午未申酉戌亥")),
        "cjk-heavenly-stem": CounterStyle(System.FIXED, tuple("甲乙丙丁戊己庚辛壬癸")),
        "ethiopic-numeric": CounterStyle(System.ETHIOPIC, ()),
    }
    styles["decimal-leading-zero"].pad_length = 2
    styles["decimal-leading-zero"].pad_symbol = "0"
    for name in (
        "cjk-decimal",
        "cjk-earthly-branch",
        "cjk-heavenly-stem",
        "japanese-informal",
        "japanese-formal",
    ):
        styles[name].suffix = "、"
    for name in ("korean-hangul-formal", "korean-hanja-informal", "korean-hanja-formal"):
        styles[name].suffix = ", "
        styles[name].negative = "마이너스 "
    for name in ("japanese-informal", "japanese-formal"):
        styles[name].negative = "マイナス"
        styles[name].fallback = "cjk-decimal"
    for name in ("cjk-earthly-branch", "cjk-heavenly-stem"):
        styles[name].fallback = "cjk-decimal"
    styles["cjk-decimal"].ranges = ((0, INFINITE),)
    styles["ethiopic-numeric"].suffix = "/ "
    styles["ethiopic-numeric"].ranges = ((1, INFINITE),)
    return styles


@final
class CounterStyles:
    """The counter styles of a document: the predefined ones and its @counter-style rules."""

    def __init__(self) -> None:
        self._styles: dict[str, CounterStyle] = _predefined()

    def define(self, name: str, block: str) -> None:
        """Take a rule in; a wrong one is left out. Rules see those before them."""
        name = name.strip()
        lower = name.lower()
        if not name or lower in (
            "none",
            "decimal",
            "disc",
            "square",
            "circle",
            "disclosure-open",
            "disclosure-closed",
        ):
            return
        style = self._parse(block)
        if style is not None:
            self._styles[lower if lower in self._styles else name] = style

    def _find(self, name: str) -> CounterStyle | None:
        style = self._styles.get(name)
        return style if style is not None else self._styles.get(name.lower())

    def text(self, name: str, value: int) -> str:
        """The representation without prefix and suffix: what counter() gives.

        A name in the form of a quoted string ('"x') is that string; `none` is nothing.
        """
        if name.startswith('"'):
            return name[1:]
        if name == "none":
            return ""
        if name.startswith("symbols("):
            style = self._symbols(name)
        else:
            style = self._find(name)
        seen: set[str] = set()
        while style is not None:
            text = style.represent(value)
            if text is not None:
                return text
            if style.fallback in seen:
                break
            seen.add(style.fallback)
            style = self._find(style.fallback)
        return str(value)

    def marker(self, name: str, value: int) -> str:
        """The text of a list item's marker: with prefix and suffix."""
        if name.startswith('"'):
            return name[1:]
        if name == "none":
            return ""
        style = self._symbols(name) if name.startswith("symbols(") else self._find(name)
        if style is None:
            return f"{value}. "
        return style.prefix + self.text(name, value) + style.suffix

    def is_symbol(self, name: str) -> bool:
        """Whether the marker is a drawn shape: disc, circle, square or a disclosure triangle."""
        return name in ("disc", "circle", "square", "disclosure-open", "disclosure-closed")

    def _symbols(self, name: str) -> CounterStyle | None:
        """symbols(): https://drafts.csswg.org/css-counter-styles-3/#symbols-function"""
        tokens = tokenize(name)
        if len(tokens) != 1:
            return None
        system, strings = System.SYMBOLIC, []
        for token in tokens[0].children:
            if token.kind == TokenKind.STRING:
                strings.append(token.text)
            elif token.kind == TokenKind.IDENT:
                system = _SYSTEMS.get(token.lower, System.SYMBOLIC)
        if not strings:
            return None
        style = CounterStyle(system, tuple(strings))
        style.suffix = " "
        return style

    def _parse(self, block: str) -> CounterStyle | None:
        """https://drafts.csswg.org/css-counter-styles-3/#the-counter-style-rule"""
        descriptors: dict[str, list[Token]] = {}
        current: list[Token] = []
        for token in [*tokenize(block), Token(TokenKind.DELIM, ";", ";")]:
            if not token.is_delim(";"):
                current.append(token)
                continue
            if len(current) >= 3 and current[0].kind == TokenKind.IDENT and current[1].is_delim(":"):
                descriptors[current[0].lower] = current[2:]
            current = []
        style = self._system(descriptors)
        if style is None:
            return None
        for name in ("prefix", "suffix"):
            value = descriptors.get(name, [])
            if len(value) == 1:
                if name == "prefix":
                    style.prefix = _symbol_text(value[0])
                else:
                    style.suffix = _symbol_text(value[0])
        negative = descriptors.get("negative", [])
        if 1 <= len(negative) <= 2:
            style.negative = _symbol_text(negative[0])
            style.negative_after = _symbol_text(negative[1]) if len(negative) == 2 else ""
        pad = descriptors.get("pad", [])
        if len(pad) == 2:
            number, symbol = (pad[0], pad[1]) if pad[0].kind == TokenKind.NUMBER else (pad[1], pad[0])
            if number.kind == TokenKind.NUMBER and number.value >= 0:
                style.pad_length, style.pad_symbol = min(int(number.value), 1000), _symbol_text(symbol)
        fallback = descriptors.get("fallback", [])
        if len(fallback) == 1 and fallback[0].kind == TokenKind.IDENT:
            style.fallback = fallback[0].text
        ranges = _ranges(descriptors.get("range", []))
        if ranges:
            style.ranges = ranges
        return style

    def _system(self, descriptors: dict[str, list[Token]]) -> CounterStyle | None:
        words = descriptors.get("system") or [Token(TokenKind.IDENT, "symbolic", "symbolic")]
        name = words[0].lower
        if name == "extends" and len(words) == 2:
            base = self._find(words[1].text)
            return base.copy() if base is not None else self._styles["decimal"].copy()
        if name == "additive":
            pairs: list[tuple[int, str]] = []
            for part in split_commas(descriptors.get("additive-symbols", [])):
                if len(part) != 2:
                    return None
                number, symbol = (
                    (part[0], part[1]) if part[0].kind == TokenKind.NUMBER else (part[1], part[0])
                )
                if number.kind != TokenKind.NUMBER or number.value < 0:
                    return None
                pairs.append((int(number.value), _symbol_text(symbol)))
            if not pairs:
                return None
            return CounterStyle(
                System.ADDITIVE, tuple(symbol for _, symbol in pairs), tuple(weight for weight, _ in pairs)
            )
        system = _SYSTEMS.get(name)
        symbols = tuple(_symbol_text(token) for token in descriptors.get("symbols", []))
        if system is None or not symbols:
            return None
        if system in (System.ALPHABETIC, System.NUMERIC) and len(symbols) < 2:
            return None
        style = CounterStyle(system, symbols)
        if system == System.FIXED and len(words) == 2 and words[1].kind == TokenKind.NUMBER:
            style.first = int(words[1].value)
        return style


_SYSTEMS: Final = {
    "cyclic": System.CYCLIC,
    "numeric": System.NUMERIC,
    "alphabetic": System.ALPHABETIC,
    "symbolic": System.SYMBOLIC,
    "fixed": System.FIXED,
}


def _symbol_text(token: Token) -> str:
    """A <symbol>: a string or an identifier. TODO 1: images as symbols; no browser has them."""
    return token.text if token.kind in (TokenKind.STRING, TokenKind.IDENT) else ""


def _ranges(tokens: list[Token]) -> tuple[tuple[int, int], ...]:
    result: list[tuple[int, int]] = []
    for part in split_commas(tokens):
        if len(part) == 1 and part[0].is_ident("auto"):
            return ()
        if len(part) != 2:
            return ()
        bounds: list[int] = []
        for index, token in enumerate(part):
            if token.is_ident("infinite"):
                bounds.append(INFINITE if index else -INFINITE)
            elif token.kind == TokenKind.NUMBER:
                bounds.append(int(token.value))
            else:
                return ()
        if bounds[0] > bounds[1]:
            return ()
        result.append((bounds[0], bounds[1]))
    return tuple(result)

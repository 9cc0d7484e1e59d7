"""The tables of the predefined counter styles (https://drafts.csswg.org/css-counter-styles-3/#predefined-counters,
https://www.w3.org/TR/predefined-counter-styles/)."""

from __future__ import annotations

from typing import Final

Additive = tuple[tuple[int, str], ...]

_ROMAN: Final[Additive] = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def _upper(table: Additive) -> Additive:
    return tuple((weight, symbol.upper()) for weight, symbol in table)


def _ladder(letters: str, start: int = 1) -> Additive:
    """Letters for 1..9, 10..90, 100..900, ...: heaviest first."""
    pairs: list[tuple[int, str]] = []
    weight = start
    for index, letter in enumerate(letters):
        pairs.append((weight * (index % 9 + 1), letter))
        if index % 9 == 8:
            weight *= 10
    return tuple(reversed(pairs))


_LOWER_ARMENIAN: Final = _ladder("աբգդեզէըթժիլխծկհձղճմյնշոչպջռսվտրցւփք")
_GEORGIAN: Final[Additive] = (
    (10000, "ჵ"),
    *_ladder("აბგდევზჱთიკლმნჲოპჟრსტჳფქღყშჩცძწჭხჴჯჰ"),
)
_HEBREW: Final[Additive] = (
    (10000, "י׳"), (9000, "ט׳"), (8000, "ח׳"), (7000, "ז׳"), (6000, "ו׳"), (5000, "ה׳"), (4000, "ד׳"),
    (3000, "ג׳"), (2000, "ב׳"), (1000, "א׳"), (400, "ת"), (300, "ש"), (200, "ר"), (100, "ק"), (90, "צ"),
    (80, "פ"), (70, "ע"), (60, "ס"), (50, "נ"), (40, "מ"), (30, "ל"), (20, "כ"), (19, "יט"), (18, "יח"),
    (17, "יז"), (16, "טז"), (15, "טו"), (10, "י"), (9, "ט"), (8, "ח"), (7, "ז"), (6, "ו"), (5, "ה"), (4, "ד"),
    (3, "ג"), (2, "ב"), (1, "א"),
)  # fmt: skip


def _cjk(digits: str, units: str, zero: str, leading_one: bool) -> Additive:
    """Japanese and Korean numbers up to 9999. `leading_one`: 一十, not 十."""
    pairs: list[tuple[int, str]] = []
    for place, unit in ((1000, units[0]), (100, units[1]), (10, units[2])):
        for digit in range(9, 0, -1):
            shown = "" if digit == 1 and not leading_one else digits[digit - 1]
            pairs.append((place * digit, shown + unit))
    pairs.extend((digit, digits[digit - 1]) for digit in range(9, 0, -1))
    pairs.append((0, zero))
    return tuple(pairs)


_NO_SUFFIX: Final[str | None] = None
_CJK_RANGE: Final = (-9999, 9999)

ADDITIVE: Final[dict[str, tuple[Additive, tuple[int, int], str | None, str]]] = {
    "lower-roman": (_ROMAN, (1, 3999), None, "decimal"),
    "upper-roman": (_upper(_ROMAN), (1, 3999), None, "decimal"),
    "armenian": (_upper(_LOWER_ARMENIAN), (1, 9999), None, "decimal"),
    "upper-armenian": (_upper(_LOWER_ARMENIAN), (1, 9999), None, "decimal"),
    "lower-armenian": (_LOWER_ARMENIAN, (1, 9999), None, "decimal"),
    "georgian": (_GEORGIAN, (1, 19999), None, "decimal"),
    "hebrew": (_HEBREW, (1, 10999), None, "decimal"),
    "japanese-informal": (_cjk("一二三四五六七八九", "千百十", "〇", False), _CJK_RANGE, "、", "cjk-decimal"),
    "japanese-formal": (_cjk("壱弐参四伍六七八九", "阡百拾", "零", True), _CJK_RANGE, "、", "cjk-decimal"),
    "korean-hangul-formal": (
        _cjk("일이삼사오육칠팔구", "천백십", "영", True),
        _CJK_RANGE,
        ", ",
        "cjk-decimal",
    ),
    "korean-hanja-informal": (
        _cjk("一二三四五六七八九", "千百十", "零", False),
        _CJK_RANGE,
        ", ",
        "cjk-decimal",
    ),
    "korean-hanja-formal": (
        _cjk("壹貳參四五六七八九", "仟百拾", "零", True),
        _CJK_RANGE,
        ", ",
        "cjk-decimal",
    ),
}
"""Name: table, range, suffix (None: ". "), fallback."""

CJK_MINUS: Final = {
    "japanese-informal": "マイナス",
    "japanese-formal": "マイナス",
    "korean-hangul-formal": "마이너스 ",
    "korean-hanja-informal": "마이너스 ",
    "korean-hanja-formal": "마이너스 ",
}
"""Name: what stands before negative numbers."""

FIXED_OR_REPEATED: Final[dict[str, tuple[str, str, str | None]]] = {
    "hiragana": (
        "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわゐゑをん",
        "alphabetic",
        "、",
    ),
    "katakana": (
        "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヰヱヲン",
        "alphabetic",
        "、",
    ),
    "hiragana-iroha": (
        "いろはにほへとちりぬるをわかよたれそつねならむうゐのおくやまけふこえてあさきゆめみしゑひもせす",
        "alphabetic",
        "、",
    ),
    "katakana-iroha": (
        "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセス",
        "alphabetic",
        "、",
    ),
    "cjk-earthly-branch": ("子丑寅卯辰巳午未申酉戌亥", "fixed", "、"),
    "cjk-heavenly-stem": ("甲乙丙丁戊己庚辛壬癸", "fixed", "、"),
    "hangul": ("가나다라마바사아자차카타파하", "alphabetic", None),
    "hangul-consonant": ("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ", "alphabetic", None),
    "ethiopic-halehame": ("ሀለሐመሠረሰቀበተኀነአከወዐዘየደገጠጰጸፀፈፐ", "alphabetic", "፦ "),
    "ethiopic-halehame-am": ("ሀለሐመሠረሰሸቀበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ", "alphabetic", "፦ "),
    "ethiopic-halehame-ti-er": ("ሀለሐመረሰሸቀቐበተቸነኘአከኸወዐዘዠየደጀገጠጨጰጸፈፐ", "alphabetic", "፦ "),
    "ethiopic-halehame-ti-et": ("ሀለሐመሠረሰሸቀቐበተቸኀነኘአከኸወዐዘዠየደጀገጠጨጰጸፀፈፐ", "alphabetic", "፦ "),
}
"""Name: letters, system, suffix."""

CHINESE: Final[dict[str, tuple[str, str, str, bool]]] = {
    # digits from 0, units 10 100 1000, the minus sign, whether it is informal
    "simp-chinese-informal": ("零一二三四五六七八九", "十百千", "负", True),
    "simp-chinese-formal": ("零壹贰叁肆伍陆柒捌玖", "拾佰仟", "负", False),
    "trad-chinese-informal": ("零一二三四五六七八九", "十百千", "負", True),
    "cjk-ideographic": ("零一二三四五六七八九", "十百千", "負", True),
    "trad-chinese-formal": ("零壹貳參肆伍陸柒捌玖", "拾佰仟", "負", False),
}


def chinese_text(name: str, value: int) -> str | None:
    """https://drafts.csswg.org/css-counter-styles-3/#limited-chinese; None for other styles and out of range."""
    found = CHINESE.get(name)
    if found is None or abs(value) > 9999:
        return None
    digits, units, minus, is_informal = found
    if value == 0:
        return digits[0]
    number = abs(value)
    text = str(number)
    parts: list[str] = []
    pending_zero = False
    for index, character in enumerate(text):
        digit = int(character)
        place = len(text) - index - 1
        if digit == 0:
            pending_zero = True
            continue
        if pending_zero:
            parts.append(digits[0])
            pending_zero = False
        if not (is_informal and 10 <= number < 20 and place == 1):
            parts.append(digits[digit])
        if place:
            parts.append(units[place - 1])
    return (minus if value < 0 else "") + "".join(parts)


_ETHIOPIC_UNITS: Final = "፩፪፫፬፭፮፯፰፱"
_ETHIOPIC_TENS: Final = "፲፳፴፵፶፷፸፹፺"


def ethiopic_text(name: str, value: int) -> str | None:
    """https://drafts.csswg.org/css-counter-styles-3/#ethiopic-numeric-counter-style; None for other styles."""
    if name != "ethiopic-numeric" or value < 1:
        return None
    if value == 1:
        return _ETHIOPIC_UNITS[0]
    groups: list[int] = []
    number = value
    while number:
        groups.append(number % 100)
        number //= 100
    parts: list[str] = []
    for index in range(len(groups) - 1, -1, -1):
        group = groups[index]
        is_odd = index % 2 == 1
        has_digits = group != 0 and not (group == 1 and (index == len(groups) - 1 or is_odd))
        if has_digits:
            if group >= 10:
                parts.append(_ETHIOPIC_TENS[group // 10 - 1])
            if group % 10:
                parts.append(_ETHIOPIC_UNITS[group % 10 - 1])
        if is_odd and group != 0:
            parts.append("፻")
        elif not is_odd and index != 0:
            parts.append("፼")
    return "".join(parts)

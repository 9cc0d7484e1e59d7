"""Where a line may break: https://drafts.csswg.org/css-text-3/#line-breaking

Between ASCII characters by Blink's own short rules (they differ from UAX 14, and pages depend on them),
everywhere else by ICU. ICU is not loaded for ASCII and for alphabetic text around it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from .enums import LineBreakStrictness, WordBreak

# Which pairs of ASCII characters may be broken was measured in Chromium, all pairs of them:
# after most punctuation only before an opening bracket; after "?" before nearly all; after "-" before all but
# closing punctuation, and before a digit only where the hyphen is not a minus sign.
ASCII_BREAK: Final = re.compile(
    r"[ \t\n](?=[^ \t\n])"
    r"|[!\"#%&)*+,.:;=>\\\]|}~](?=[(<\[{])"
    r"|\?(?=[#$%&(*+\-0-9<=>@A-Z\[\\^_`a-z{|~])"
    r"|-(?=[\"#%&'(*+\-<=>@A-Z\[\\^_`a-z{|~\xa0])"
    r"|\|(?=\xa0)"
    r"|(?<=[0-9A-Za-z])-(?=[0-9])"
)
"""A match ends where a break is allowed."""

EVERY_SPACE: Final = re.compile(r"[ \t\n](?=.)", re.DOTALL)
"""`white-space: break-spaces`: a break after each space of a run."""

LETTERS: Final = r"0-9A-Za-z\xa0\xc0-\xd6\xd8-\xf6\xf8-\u024f"


@lru_cache(maxsize=1)
def icu_pattern() -> re.Pattern[str]:
    """Where a character outside ASCII meets anything but letters, spaces and closing punctuation.

    Latin letters outside ASCII keep together with letters and digits (LB28, LB23), with following closing
    punctuation (LB13), quotation marks (LB19) and hyphens (LB21); all else is asked of ICU. Compiled when
    the first text outside ASCII comes.
    """
    return re.compile(
        rf"[^\x00-\x7f{LETTERS}]"
        rf"|(?<=[^{LETTERS} \t\n])[^\x00-\x7f\xa0]"
        rf"|[^\x00-\x7f\xa0](?![{LETTERS} \t\n!),.:;?\]}}/'\"-]|\Z)"
    )


# word-break: break-all, measured in Chromium for the pairs of Latin-1. Each entry: the characters of a row, and
# the characters before which a break is still not allowed after them.
CLOSING: Final = "!\"'),./:;?]}\u00a0\u00ab\u00ad\u00bb"
BREAK_ALL_ROWS: Final = (
    ("!%?\u00a2\u00b0", CLOSING),
    (")+/]}", CLOSING + "%"),
    (",.:;", CLOSING + "$%\\"),
    ("|", "!\"%'),./:;?]}\u00ab\u00ad\u00bb"),
    ("\u00ad", "!\"'),./:;?]}\u00ab\u00ad\u00bb"),
)
AFTER_LETTER_NEVER: Final = CLOSING + "%\u00a2\u00b0"
IDEOGRAPH: Final = "\u4e00"
SOUTH_EAST_ASIAN: Final = (("\u0e00", "\u0eff"), ("\u1000", "\u109f"), ("\u1780", "\u17ff"))
BREAK_ALL_ONLY: Final = (
    ("\"'([{\u00a0\u00a1\u00ab\u00b4\u00bb\u00bf", ""),
    ("$", "%\u00a1\u00a2\u00a3\u00a4\u00a5\u00b0\u00b1\u00b4\u00bf"),
    ("\\", "%\u00a1\u00a2\u00a3\u00a4\u00a5\u00b0\u00b1\u00b4\u00bf"),
    ("\u00a3\u00a4\u00a5\u00b1", "$%(+[\\{\u00a1\u00a2\u00a3\u00a4\u00a5\u00b0\u00b1\u00b4\u00bf"),
    ("-", "\"#%&'(*+-0123456789<=>@[\\^_`{|~\u00a0\u00a1\u00a2\u00a3\u00a4\u00a5\u00b0\u00b1\u00b4\u00bf"),
)
"""Rows that allow a break only before these."""


def break_opportunities(
    text: str,
    word_break: WordBreak = WordBreak.NORMAL,
    strictness: LineBreakStrictness = LineBreakStrictness.AUTO,
    language: str = "",
    break_every_space: bool = False,
    soft_hyphens: bool = True,
) -> bytearray:
    """One byte for each character: 1 where a line may end before it. The first is always 0.

    White space is as it will be shown (collapsed already); a break comes after a run of spaces, or after
    each of them for `break_every_space`. Forced breaks are the caller's. `overflow-wrap` is too: see
    `grapheme_flags` for its emergency breaks. `soft_hyphens` is false for `hyphens: none`.
    """
    flags = bytearray(len(text))
    if len(text) < 2:
        return flags
    if strictness == LineBreakStrictness.ANYWHERE:
        return grapheme_flags(text)
    for match in ASCII_BREAK.finditer(text):
        flags[match.end()] = 1
    if break_every_space:
        for match in EVERY_SPACE.finditer(text):
            flags[match.end()] = 1
    if not text.isascii() and icu_pattern().search(text) is not None:
        _add_icu_breaks(text, flags, icu_locale(language, strictness))
    if word_break == WordBreak.BREAK_ALL:
        _break_all(text, flags, icu_locale(language, strictness))
    elif word_break == WordBreak.KEEP_ALL:
        _keep_all(text, flags)
    if not soft_hyphens and "\u00ad" in text:
        for i in range(1, len(text)):
            if text[i - 1] == "\u00ad":
                flags[i] = 0
    return flags


@lru_cache(maxsize=256)
def icu_locale(language: str, strictness: LineBreakStrictness) -> str:
    """An ICU locale name; one that ICU does not know breaks as its root does."""
    name = re.sub(r"[^0-9A-Za-z-]", "", language)[:64] or "en"
    if strictness == LineBreakStrictness.LOOSE:
        return name + "@lb=loose"
    if strictness == LineBreakStrictness.STRICT:
        return name + "@lb=strict"
    # Blink takes auto for normal.
    return name + "@lb=normal"


def grapheme_flags(text: str) -> bytearray:
    """1 before each character that begins a typographic character unit; the first is 0."""
    flags = bytearray(len(text))
    if text.isascii():
        for i in range(1, len(text)):
            flags[i] = 1
        return flags
    from . import segmentation  # noqa: PLC0415 - ICU's 10 ms are for texts that need it

    for boundary in segmentation.grapheme_boundaries(text):
        if 0 < boundary < len(text):
            flags[boundary] = 1
    return flags


def _add_icu_breaks(text: str, flags: bytearray, locale: str) -> None:
    """ICU decides where at least one side is outside ASCII; no-break space is never asked about (as Blink)."""
    from . import segmentation  # noqa: PLC0415 - ICU's 10 ms are for texts that need it

    length = len(text)
    for at in segmentation.line_boundaries(text, locale):
        if at <= 0 or at >= length:
            continue
        before, after = text[at - 1], text[at]
        if after in " \t\n":
            continue
        if (before > "\x7f" and before != "\u00a0") or (after > "\x7f" and after != "\u00a0"):
            flags[at] = 1
    # Where ICU forbids what the space rule allowed: it never does but before combining marks and joiners.


def _may_break_all(before: str, after: str) -> bool:
    """A pair of Latin-1 under `word-break: break-all`."""
    if before in " \t\n" or after in " \t\n":
        return False
    for row, never in BREAK_ALL_ROWS:
        if before in row:
            return after not in never
    for row, only in BREAK_ALL_ONLY:
        if before in row:
            return after in only
    return after not in AFTER_LETTER_NEVER


def _break_all(text: str, flags: bytearray, locale: str) -> None:
    """https://drafts.csswg.org/css-text-3/#valdef-word-break-break-all

    Letters, numerals and South East Asian characters break as ideographs do: ICU is shown ideographs in their
    place, and for Latin-1 Blink's table is used.
    """
    wide = False
    for i in range(1, len(text)):
        if text[i - 1] > "\xff" or text[i] > "\xff":
            wide = True
        elif not flags[i] and _may_break_all(text[i - 1], text[i]):
            flags[i] = 1
    if not wide:
        return
    from . import segmentation  # noqa: PLC0415 - ICU's 10 ms are for texts that need it

    # ICU's own switch for this (the locale keyword `lw`) does nothing in its C++ library.
    shown = "".join(
        character if character <= "\x20" or not _breaks_as_ideograph(character) else IDEOGRAPH
        for character in text
    )
    length = len(text)
    for at in segmentation.line_boundaries(shown, locale):
        if not 0 < at < length or (text[at - 1] <= "\xff" and text[at] <= "\xff"):
            continue
        if text[at] not in " \t\n" and text[at - 1] != "-":
            flags[at] = 1
    is_loose = locale.endswith("loose")
    for at in range(1, length):
        if text[at] == "-":
            if text[at - 1] > "\xff" and _parts_from_hyphen(text[at - 1]):
                flags[at] = 1
        elif text[at - 1] == "-" and text[at] > "\xff" and text[at].isalnum():
            if unicodedata.east_asian_width(text[at]) not in "WF":
                flags[at] = 0
        elif is_loose and text[at] in "\u2010\u2013" and text[at - 1].isalnum():
            # https://drafts.csswg.org/css-text-3/#valdef-line-break-loose: hyphens may begin a line.
            flags[at] = 1


@lru_cache(maxsize=4096)
def _breaks_as_ideograph(character: str) -> bool:
    """Whether ICU breaks on both sides of a character between ideographs: letters, numerals, most symbols."""
    from . import segmentation  # noqa: PLC0415 - ICU's 10 ms are for texts that need it

    if character == "\u2014":
        return False  # two of them stay together (LB17)
    probe = IDEOGRAPH + character + IDEOGRAPH
    return segmentation.line_boundaries(probe, "en")[:2] == [1, 2]


def _parts_from_hyphen(character: str) -> bool:
    """Whether Blink's table lets a hyphen-minus begin a line after this: letters and symbols but East Asian ones."""
    category = unicodedata.category(character)
    if unicodedata.east_asian_width(character) in "WF":
        return category in ("Pe", "Po")
    return category[0] in "LN" or category in ("So", "Sm", "Sk")


def _is_kept(character: str) -> bool:
    """Letters and digits, but for South East Asian ones, whose words are found in dictionaries."""
    return unicodedata.category(character)[0] in "LN" and not any(
        low <= character <= high for low, high in SOUTH_EAST_ASIAN
    )


def _keep_all(text: str, flags: bytearray) -> None:
    """https://drafts.csswg.org/css-text-3/#valdef-word-break-keep-all: no break between letters."""
    for i in range(1, len(text)):
        if flags[i] and _is_kept(text[i - 1]) and _is_kept(text[i]):
            flags[i] = 0

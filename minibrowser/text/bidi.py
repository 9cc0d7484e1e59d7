"""The Unicode Bidirectional Algorithm, for the level of each character: https://www.unicode.org/reports/tr9/

`levels` is rules P2 to I2 with isolates, embeddings, overrides and bracket pairs; `reset_whitespace_levels` is
L1 for one line; `visual_order` is L2. Layout calls `levels` once for a paragraph and the others for each line.
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache
from typing import Final, final

from .enums import Direction

MAX_DEPTH: Final = 125
"""https://www.unicode.org/reports/tr9/#BD2"""

MAX_BRACKETS: Final = 63
"""https://www.unicode.org/reports/tr9/#BD16"""

RTL_CHARACTERS: Final = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\u202a\u202d\u2066\u2068\ufb1d-\ufdff\ufe70-\ufeff"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Characters (and controls) without which a left-to-right paragraph is at level 0 throughout."""


class BidiClass(IntEnum):
    """https://www.unicode.org/reports/tr9/#Table_Bidirectional_Character_Types"""

    L = 0
    R = 1
    AL = 2
    EN = 3
    ES = 4
    ET = 5
    AN = 6
    CS = 7
    NSM = 8
    BN = 9
    B = 10
    S = 11
    WS = 12
    ON = 13
    LRE = 14
    LRO = 15
    RLE = 16
    RLO = 17
    PDF = 18
    LRI = 19
    RLI = 20
    FSI = 21
    PDI = 22


CLASSES: Final = dict(BidiClass.__members__)

# OPTIMIZATION: plain ints; enum members cost an attribute look-up each in interpreted code.
L: Final = 0
R: Final = 1
AL: Final = 2
EN: Final = 3
ES: Final = 4
ET: Final = 5
AN: Final = 6
CS: Final = 7
NSM: Final = 8
BN: Final = 9
B: Final = 10
S: Final = 11
WS: Final = 12
ON: Final = 13
LRE: Final = 14
LRO: Final = 15
RLE: Final = 16
RLO: Final = 17
PDF: Final = 18
LRI: Final = 19
RLI: Final = 20
FSI: Final = 21
PDI: Final = 22

BRACKETS: Final = (
    "()[]{}\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2045\u2046\u207d\u207e\u208d\u208e\u2308\u2309\u230a\u230b"
    "\u2329\u232a\u2768\u2769\u276a\u276b\u276c\u276d\u276e\u276f\u2770\u2771\u2772\u2773\u2774\u2775\u27c5"
    "\u27c6\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u27ec\u27ed\u27ee\u27ef\u2983\u2984\u2985\u2986\u2987\u2988"
    "\u2989\u298a\u298b\u298c\u298d\u2990\u298f\u298e\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29d8"
    "\u29d9\u29da\u29db\u29fc\u29fd\u2e22\u2e23\u2e24\u2e25\u2e26\u2e27\u2e28\u2e29\u3008\u3009\u300a\u300b"
    "\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b\ufe59\ufe5a\ufe5b"
    "\ufe5c\ufe5d\ufe5e\uff08\uff09\uff3b\uff3d\uff5b\uff5d\uff5f\uff60\uff62\uff63"
)
"""Opening and closing by turns: Unicode's BidiBrackets.txt."""
CLOSING_OF: Final = dict(zip(BRACKETS[0::2], BRACKETS[1::2], strict=True))
OPENING_OF: Final = {closing: opening for opening, closing in CLOSING_OF.items()}
CANONICAL: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}


@lru_cache(maxsize=4096)
def bidi_class(character: str) -> int:
    """The Bidi_Class property; unassigned characters get the default of their block."""
    name = unicodedata.bidirectional(character)
    if name:
        return int(CLASSES[name])
    code = ord(character)
    if 0x0590 <= code <= 0x05FF or 0x07C0 <= code <= 0x085F or 0xFB1D <= code <= 0xFB4F:
        return R
    if 0x0600 <= code <= 0x07BF or 0x0860 <= code <= 0x08FF or 0xFB50 <= code <= 0xFDCF:
        return AL
    if 0xFDF0 <= code <= 0xFDFF or 0xFE70 <= code <= 0xFEFF:
        return AL
    if 0x10800 <= code <= 0x10FFF or 0x1E800 <= code <= 0x1EFFF:
        return R
    return L


def needs_bidi(text: str) -> bool:
    """Whether a left-to-right paragraph holds anything that is not at level 0."""
    return not text.isascii() and RTL_CHARACTERS.search(text) is not None


def levels(text: str, base: Direction = Direction.LTR) -> list[int] | None:
    """The embedding level of each character of one paragraph; None where all are 0.

    A paragraph separator inside the text ends nothing: callers split first (css-writing-modes
    has forced line breaks end a bidi paragraph).
    """
    if base != Direction.RTL and not needs_bidi(text):
        return None
    if not text:
        return None
    classes = [bidi_class(character) for character in text]
    level = int(base == Direction.RTL)
    if base == Direction.AUTO:
        level = first_strong_level(classes, 0, len(classes), 0)
    return Paragraph(text, classes, level).resolve()


def paragraph_direction(text: str, default: Direction = Direction.LTR) -> Direction:
    """Rules P2 and P3: the direction of the first strong character (`unicode-bidi: plaintext`, dir=auto)."""
    classes = [bidi_class(character) for character in text]
    return Direction(first_strong_level(classes, 0, len(classes), int(default == Direction.RTL)))


def first_strong_level(classes: list[int], start: int, end: int, default: int) -> int:
    """P2, P3: 1 where the first strong character outside isolates is right-to-left."""
    depth = 0
    for i in range(start, end):
        kind = classes[i]
        if kind in (LRI, RLI, FSI):
            depth += 1
        elif kind == PDI:
            depth = max(depth - 1, 0)
        elif depth == 0:
            if kind == L:
                return 0
            if kind in (R, AL):
                return 1
    return default


@final
class IsolatingRun:
    """An isolating run sequence (BD13): indexes of its characters, its level and its bordering types."""

    __slots__ = ("eos", "indexes", "level", "sos")

    def __init__(self, indexes: list[int], level: int, sos: int, eos: int) -> None:
        self.indexes: Final = indexes
        self.level: Final = level
        self.sos: Final = sos
        self.eos: Final = eos


@final
class Paragraph:
    """One run of the algorithm."""

    def __init__(self, text: str, classes: list[int], level: int) -> None:
        self.text: Final = text
        self.original: Final = classes
        self.types: Final = list(classes)
        self.level: Final = level
        self.levels: Final = [level] * len(classes)
        self.partner: Final = self._match_isolates()

    def resolve(self) -> list[int]:
        """X1 to I2, then the levels of removed characters as UAX 9 5.2 retains them."""
        self._explicit_levels()
        for run in self._isolating_runs():
            self._weak_types(run)
            self._bracket_pairs(run)
            self._neutral_types(run)
            self._implicit_levels(run)
        # 5.2: boundary neutrals take the level of what is before them.
        previous = self.level
        for i, kind in enumerate(self.original):
            if _is_removed(kind):
                self.levels[i] = previous
            else:
                previous = self.levels[i]
        return reset_whitespace_levels(self.original, self.levels, self.level)

    def _match_isolates(self) -> list[int]:
        """BD9: the PDI of each isolate initiator (len where none), the initiator of each PDI (-1 where none)."""
        count = len(self.original)
        partner = [-1] * count
        stack: list[int] = []
        for i, kind in enumerate(self.original):
            if kind in (LRI, RLI, FSI):
                stack.append(i)
                partner[i] = count
            elif kind == B:
                # X8: a paragraph separator ends every isolate.
                stack.clear()
            elif kind == PDI and stack:
                opener = stack.pop()
                partner[opener] = i
                partner[i] = opener
        return partner

    def _explicit_levels(self) -> None:
        """https://www.unicode.org/reports/tr9/#Explicit_Levels_and_Directions, X1 to X8."""
        types, found, original = self.types, self.levels, self.original
        # Each entry: level, override (-1 for none), whether an isolate.
        stack: list[tuple[int, int, bool]] = [(self.level, -1, False)]
        overflow_isolates = overflow_embeddings = valid_isolates = 0
        for i, kind in enumerate(original):
            level, override, _ = stack[-1]
            if kind in (RLE, LRE, RLO, LRO):
                found[i] = level
                rtl = kind in (RLE, RLO)
                new = (level + 1) | 1 if rtl else (level + 2) & ~1
                if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                    forced = R if kind == RLO else L if kind == LRO else -1
                    stack.append((new, forced, False))
                elif not overflow_isolates:
                    overflow_embeddings += 1
            elif kind in (RLI, LRI, FSI):
                found[i] = level
                if override >= 0:
                    types[i] = override
                rtl = kind == RLI
                if kind == FSI:
                    rtl = first_strong_level(original, i + 1, self.partner[i], 0) == 1
                new = (level + 1) | 1 if rtl else (level + 2) & ~1
                if new <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                    valid_isolates += 1
                    stack.append((new, -1, True))
                else:
                    overflow_isolates += 1
            elif kind == PDI:
                if overflow_isolates:
                    overflow_isolates -= 1
                elif valid_isolates:
                    overflow_embeddings = 0
                    while not stack[-1][2]:
                        stack.pop()
                    stack.pop()
                    valid_isolates -= 1
                found[i] = stack[-1][0]
                if stack[-1][1] >= 0:
                    types[i] = stack[-1][1]
            elif kind == PDF:
                found[i] = level
                if overflow_isolates:
                    continue
                if overflow_embeddings:
                    overflow_embeddings -= 1
                elif not stack[-1][2] and len(stack) >= 2:
                    stack.pop()
            elif kind == B:
                found[i] = self.level
            elif kind == BN:
                found[i] = level
            else:
                found[i] = level
                if override >= 0:
                    types[i] = override

    def _isolating_runs(self) -> list[IsolatingRun]:
        """X9 and X10: level runs without removed characters, joined over isolates."""
        original, found = self.original, self.levels
        runs: list[list[int]] = []
        run_of_first: dict[int, int] = {}
        current: list[int] = []
        for i, kind in enumerate(original):
            if _is_removed(kind):
                continue
            if current and found[current[-1]] != found[i]:
                runs.append(current)
                current = []
            if not current:
                run_of_first[i] = len(runs)
            current.append(i)
        if current:
            runs.append(current)
        sequences: list[IsolatingRun] = []
        for run in runs:
            first = run[0]
            if original[first] == PDI and self.partner[first] >= 0:
                continue
            indexes = list(run)
            last = indexes[-1]
            while original[last] in (LRI, RLI, FSI) and self.partner[last] < len(original):
                indexes.extend(runs[run_of_first[self.partner[last]]])
                last = indexes[-1]
            sequences.append(self._bordered(indexes))
        return sequences

    def _bordered(self, indexes: list[int]) -> IsolatingRun:
        """sos and eos: the higher of the levels on each side of the border."""
        level = self.levels[indexes[0]]
        before = indexes[0] - 1
        while before >= 0 and _is_removed(self.original[before]):
            before -= 1
        prior = self.levels[before] if before >= 0 else self.level
        last = indexes[-1]
        following = self.level
        if self.original[last] not in (LRI, RLI, FSI):
            after = last + 1
            while after < len(self.original) and _is_removed(self.original[after]):
                after += 1
            if after < len(self.original):
                following = self.levels[after]
        return IsolatingRun(indexes, level, max(level, prior) & 1, max(level, following) & 1)

    def _weak_types(self, run: IsolatingRun) -> None:
        """https://www.unicode.org/reports/tr9/#Resolving_Weak_Types, W1 to W7."""
        types, indexes = self.types, run.indexes
        count = len(indexes)
        previous = run.sos
        for i in indexes:  # W1
            if types[i] == NSM:
                types[i] = ON if previous in (LRI, RLI, FSI, PDI) else previous
            previous = types[i]
        strong = run.sos
        for i in indexes:  # W2, W3
            kind = types[i]
            if kind in (L, R, AL):
                strong = kind
            elif kind == EN and strong == AL:
                types[i] = AN
        for i in indexes:
            if types[i] == AL:
                types[i] = R
        for at in range(1, count - 1):  # W4
            kind = types[indexes[at]]
            if kind in (ES, CS):
                left, right = types[indexes[at - 1]], types[indexes[at + 1]]
                if left == right and (left == EN or (left == AN and kind == CS)):
                    types[indexes[at]] = left
        at = 0
        while at < count:  # W5
            if types[indexes[at]] != ET:
                at += 1
                continue
            end = at
            while end < count and types[indexes[end]] == ET:
                end += 1
            if (at > 0 and types[indexes[at - 1]] == EN) or (end < count and types[indexes[end]] == EN):
                for k in range(at, end):
                    types[indexes[k]] = EN
            at = end
        strong = run.sos
        for i in indexes:  # W6, W7
            kind = types[i]
            if kind in (ES, ET, CS):
                types[i] = ON
            elif kind in (L, R):
                strong = kind
            elif kind == EN and strong == L:
                types[i] = L

    def _bracket_pairs(self, run: IsolatingRun) -> None:
        """https://www.unicode.org/reports/tr9/#Paired_Brackets, BD16 and N0."""
        types, indexes = self.types, run.indexes
        stack: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for at, i in enumerate(indexes):
            if types[i] != ON:
                continue
            character = CANONICAL.get(self.text[i], self.text[i])
            if character in CLOSING_OF:
                if len(stack) == MAX_BRACKETS:
                    # BD16: give up on all of the sequence.
                    return
                stack.append((CLOSING_OF[character], at))
            elif character in OPENING_OF:
                for depth in range(len(stack) - 1, -1, -1):
                    if stack[depth][0] == character:
                        pairs.append((stack[depth][1], at))
                        del stack[depth:]
                        break
        pairs.sort()
        direction = run.level & 1
        for opening, closing in pairs:
            opposite = False
            match = False
            for at in range(opening + 1, closing):
                strong = _strong_of(types[indexes[at]])
                if strong == direction:
                    match = True
                    break
                if strong >= 0:
                    opposite = True
            if match:
                self._set_pair(run, opening, closing, direction)
            elif opposite:
                context = run.sos
                for at in range(opening - 1, -1, -1):
                    strong = _strong_of(types[indexes[at]])
                    if strong >= 0:
                        context = strong
                        break
                self._set_pair(run, opening, closing, context if context != direction else direction)

    def _set_pair(self, run: IsolatingRun, opening: int, closing: int, direction: int) -> None:
        """N0: both brackets, and the marks that followed them (they took the bracket's type in W1)."""
        indexes = run.indexes
        for at in (opening, closing):
            self.types[indexes[at]] = direction
            after = at + 1
            while after < len(indexes) and self.original[indexes[after]] == NSM:
                self.types[indexes[after]] = direction
                after += 1

    def _neutral_types(self, run: IsolatingRun) -> None:
        """https://www.unicode.org/reports/tr9/#Resolving_Neutral_Types, N1 and N2."""
        types, indexes = self.types, run.indexes
        count = len(indexes)
        at = 0
        before = run.sos
        while at < count:
            kind = types[indexes[at]]
            strong = _strong_of(kind)
            if strong >= 0:
                before = strong
                at += 1
                continue
            end = at
            while end < count and _strong_of(types[indexes[end]]) < 0:
                end += 1
            after = _strong_of(types[indexes[end]]) if end < count else run.eos
            resolved = before if before == after else run.level & 1
            for k in range(at, end):
                types[indexes[k]] = resolved
            at = end

    def _implicit_levels(self, run: IsolatingRun) -> None:
        """https://www.unicode.org/reports/tr9/#Resolving_Implicit_Levels, I1 and I2."""
        for i in run.indexes:
            kind = self.types[i]
            if run.level & 1:
                self.levels[i] = run.level + (1 if kind in (L, EN, AN) else 0)
            elif kind == R:
                self.levels[i] = run.level + 1
            else:
                self.levels[i] = run.level + (2 if kind in (EN, AN) else 0)


def _is_removed(kind: int) -> bool:
    """X9: what the later rules do not see."""
    return kind == BN or LRE <= kind <= PDF


def _strong_of(kind: int) -> int:
    """N0, N1: L is left; R and numbers are right; -1 for neutrals."""
    if kind == L:
        return L
    return R if kind in (R, AL, EN, AN) else -1


def reset_whitespace_levels(classes: list[int], found: list[int], level: int) -> list[int]:
    """L1: separators, and white space before them or at the end, go back to the paragraph's level.

    Changes `found` in place and returns it. Call it for a line with the original classes of its characters.
    """
    reset = True
    for i in range(len(found) - 1, -1, -1):
        kind = classes[i]
        if kind in (B, S):
            reset = True
            found[i] = level
        elif kind == WS or kind >= LRI or _is_removed(kind):
            if reset:
                found[i] = level
        else:
            reset = False
    return found


def line_levels(text: str, found: list[int], start: int, end: int, level: int) -> list[int]:
    """The levels of one line, text[start:end], with L1 applied at its end."""
    classes = [bidi_class(character) for character in text[start:end]]
    return reset_whitespace_levels(classes, found[start:end], level)


def visual_order(found: list[int]) -> list[int]:
    """L2: the logical indexes of items (characters or runs), from left to right."""
    order = list(range(len(found)))
    if not found:
        return order
    highest = max(found)
    lowest_odd = min((level for level in found if level & 1), default=highest + 1)
    for level in range(highest, lowest_odd - 1, -1):
        at = 0
        while at < len(order):
            if found[order[at]] < level:
                at += 1
                continue
            end = at
            while end < len(order) and found[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = end
    return order

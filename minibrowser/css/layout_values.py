"""Computed values that only layout reads: alignment, grids, ratios, generated content. See values.py."""

from __future__ import annotations

from enum import IntEnum
from typing import Final, final

from .image_values import CssImage
from .length import AUTO, ZERO, Length


class AlignKeyword(IntEnum):
    """Alignment keywords (https://drafts.csswg.org/css-align-3/)."""

    AUTO = 0
    NORMAL = 1
    STRETCH = 2
    START = 3
    END = 4
    CENTER = 5
    FLEX_START = 6
    FLEX_END = 7
    SELF_START = 8
    SELF_END = 9
    LEFT = 10
    RIGHT = 11
    BASELINE = 12
    LAST_BASELINE = 13
    SPACE_BETWEEN = 14
    SPACE_AROUND = 15
    SPACE_EVENLY = 16
    ANCHOR_CENTER = 17


@final
class Alignment:
    """A value of the align-* and justify-* properties. `is_safe`: overflow falls back to start;
    `is_legacy`: justify-items: legacy, which descendants inherit."""

    __slots__ = ("is_legacy", "is_safe", "keyword")

    def __init__(self, keyword: AlignKeyword, is_safe: bool = False, is_legacy: bool = False) -> None:
        self.keyword: Final = keyword
        self.is_safe: Final = is_safe
        self.is_legacy: Final = is_legacy

    def __repr__(self) -> str:
        name = self.keyword.name.lower().replace("_", "-").replace("last-", "last ")
        return ("legacy " if self.is_legacy else "") + ("safe " if self.is_safe else "") + name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Alignment) and (
            self.keyword == other.keyword
            and self.is_safe == other.is_safe
            and self.is_legacy == other.is_legacy
        )

    def __hash__(self) -> int:
        return hash((self.keyword, self.is_safe, self.is_legacy))


ALIGN_AUTO: Final = Alignment(AlignKeyword.AUTO)
ALIGN_NORMAL: Final = Alignment(AlignKeyword.NORMAL)


@final
class TrackSize:
    """A track sizing function: minmax(min, max). A side is a Length (AUTO, MIN_CONTENT, MAX_CONTENT, FIXED,
    PERCENT, CALC); `flex` > 0 makes the max side that many fr; `is_fit_content` makes it fit-content(max)."""

    __slots__ = ("flex", "is_fit_content", "max", "min")

    def __init__(
        self, minimum: Length, maximum: Length, flex: float = 0.0, is_fit_content: bool = False
    ) -> None:
        self.min: Final = minimum
        self.max: Final = maximum
        self.flex: Final = flex
        self.is_fit_content: Final = is_fit_content

    def __repr__(self) -> str:
        return f"minmax({self.min!r}, {f'{self.flex:g}fr' if self.flex else repr(self.max)})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackSize) and (
            self.min == other.min
            and self.max == other.max
            and self.flex == other.flex
            and self.is_fit_content == other.is_fit_content
        )

    def __hash__(self) -> int:
        return hash((self.min, self.max, self.flex))


AUTO_TRACK: Final = TrackSize(AUTO, AUTO)


class RepeatKind(IntEnum):
    """What a piece of a track list is."""

    NONE = 0
    COUNT = 1
    AUTO_FILL = 2
    AUTO_FIT = 3


@final
class TrackRepeat:
    """A piece of a track list: tracks with the line names in front of each and after the last one, `count`
    times (a plain piece is one time). len(line_names) == len(tracks) + 1."""

    __slots__ = ("count", "kind", "line_names", "tracks")

    def __init__(
        self,
        tracks: tuple[TrackSize, ...],
        line_names: tuple[tuple[str, ...], ...],
        kind: RepeatKind = RepeatKind.NONE,
        count: int = 1,
    ) -> None:
        self.tracks: Final = tracks
        self.line_names: Final = line_names
        self.kind: Final = kind
        self.count: Final = count

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()} {self.count} {self.tracks} {self.line_names}"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, TrackRepeat)
            and self.tracks == other.tracks
            and self.line_names == other.line_names
            and self.kind == other.kind
            and self.count == other.count
        )

    def __hash__(self) -> int:
        return hash((self.tracks, self.line_names, self.kind, self.count))


@final
class TrackList:
    """grid-template-columns or -rows. Empty `parts` and not subgrid: `none`."""

    __slots__ = ("is_subgrid", "parts", "subgrid_names")

    def __init__(
        self,
        parts: tuple[TrackRepeat, ...] = (),
        is_subgrid: bool = False,
        subgrid_names: tuple[tuple[str, ...], ...] = (),
    ) -> None:
        self.parts: Final = parts
        self.is_subgrid: Final = is_subgrid
        self.subgrid_names: Final = subgrid_names

    def __repr__(self) -> str:
        return "subgrid" if self.is_subgrid else repr(self.parts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TrackList) and (
            self.parts == other.parts
            and self.is_subgrid == other.is_subgrid
            and self.subgrid_names == other.subgrid_names
        )

    def __hash__(self) -> int:
        return hash((self.parts, self.is_subgrid))


NO_TRACKS: Final = TrackList()


@final
class GridLine:
    """grid-row-start and the like. All empty: auto. `number` 0 means none was given; with `is_span`, `number`
    lines (1 by default) or `number` lines named `name`."""

    __slots__ = ("is_span", "name", "number")

    def __init__(self, number: int = 0, name: str = "", is_span: bool = False) -> None:
        self.number: Final = number
        self.name: Final = name
        self.is_span: Final = is_span

    def is_auto(self) -> bool:
        """Whether this is `auto`."""
        return self.number == 0 and not self.name and not self.is_span

    def __repr__(self) -> str:
        if self.is_auto():
            return "auto"
        words = ["span"] if self.is_span else []
        if self.number:
            words.append(str(self.number))
        if self.name:
            words.append(self.name)
        return " ".join(words)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, GridLine) and (
            self.number == other.number and self.name == other.name and self.is_span == other.is_span
        )

    def __hash__(self) -> int:
        return hash((self.number, self.name, self.is_span))


GRID_AUTO: Final = GridLine()


@final
class AspectRatio:
    """aspect-ratio: `is_auto` with ratio 0.0 is plain `auto`; with a ratio, `auto W/H`. `width` and `height` are
    the two numbers as written."""

    __slots__ = ("height", "is_auto", "ratio", "width")

    def __init__(
        self, is_auto: bool = True, ratio: float = 0.0, width: float = 0.0, height: float = 0.0
    ) -> None:
        self.is_auto: Final = is_auto
        self.ratio: Final = ratio
        self.width: Final = width
        self.height: Final = height

    def __repr__(self) -> str:
        return (
            f"{'auto ' if self.is_auto else ''}{self.ratio:g}" if self.ratio or not self.is_auto else "auto"
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AspectRatio) and self.is_auto == other.is_auto and self.ratio == other.ratio

    def __hash__(self) -> int:
        return hash((self.is_auto, self.ratio))


AUTO_RATIO: Final = AspectRatio()


class ContentKind(IntEnum):
    """What a piece of generated content is."""

    TEXT = 0  # text
    IMAGE = 1  # image
    ATTR = 2  # attr(name) : resolved to TEXT by style resolution
    COUNTER = 3  # counter(name, style)
    COUNTERS = 4  # counters(name, separator, style)
    OPEN_QUOTE = 5
    CLOSE_QUOTE = 6
    NO_OPEN_QUOTE = 7
    NO_CLOSE_QUOTE = 8


@final
class ContentItem:
    """A piece of generated content."""

    __slots__ = ("image", "kind", "separator", "style", "text")

    def __init__(
        self,
        kind: ContentKind,
        text: str = "",
        separator: str = "",
        style: str = "decimal",
        image: CssImage | None = None,
    ) -> None:
        self.kind: Final = kind
        self.text: Final = text
        self.separator: Final = separator
        self.style: Final = style
        self.image: Final = image

    def __repr__(self) -> str:
        return f"{self.kind.name.lower()}({self.text!r}{self.separator}{self.style}{self.image or ''})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, ContentItem)
            and self.kind == other.kind
            and self.text == other.text
            and self.separator == other.separator
            and self.style == other.style
            and bool(self.image == other.image)
        )

    def __hash__(self) -> int:
        return hash((self.kind, self.text, self.separator))


class ContentMode(IntEnum):
    """`content: normal`, `none`, or a list."""

    NORMAL = 0
    NONE = 1
    LIST = 2


@final
class Content:
    """The value of `content`."""

    __slots__ = ("alt", "items", "mode")

    def __init__(self, mode: ContentMode, items: tuple[ContentItem, ...] = (), alt: str = "") -> None:
        self.mode: Final = mode
        self.items: Final = items
        self.alt: Final = alt

    def __repr__(self) -> str:
        return self.mode.name.lower() if self.mode != ContentMode.LIST else repr(self.items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Content) and (
            self.mode == other.mode and self.items == other.items and self.alt == other.alt
        )

    def __hash__(self) -> int:
        return hash((self.mode, self.items))


CONTENT_NORMAL: Final = Content(ContentMode.NORMAL)
CONTENT_NONE: Final = Content(ContentMode.NONE)


class VerticalAlignKind(IntEnum):
    """vertical-align keywords; LENGTH uses the length (percentages of the line height)."""

    BASELINE = 0
    SUB = 1
    SUPER = 2
    TEXT_TOP = 3
    TEXT_BOTTOM = 4
    MIDDLE = 5
    TOP = 6
    BOTTOM = 7
    LENGTH = 8


@final
class VerticalAlign:
    """The value of vertical-align."""

    __slots__ = ("kind", "length")

    def __init__(self, kind: VerticalAlignKind, length: Length = ZERO) -> None:
        self.kind: Final = kind
        self.length: Final = length

    def __repr__(self) -> str:
        if self.kind == VerticalAlignKind.LENGTH:
            return repr(self.length)
        return self.kind.name.lower().replace("_", "-")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, VerticalAlign) and self.kind == other.kind and self.length == other.length

    def __hash__(self) -> int:
        return hash((self.kind, self.length))


BASELINE: Final = VerticalAlign(VerticalAlignKind.BASELINE)

Z_AUTO: Final = -(2**31)
"""z-index: auto."""

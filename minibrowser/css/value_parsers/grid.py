"""Values of grids: track lists, areas, lines (https://drafts.csswg.org/css-grid-2/)."""

from __future__ import annotations

import re
from typing import Final

from ... import limits
from ..deferred import build, make_tuple
from ..keywords import GridAutoFlow
from ..numeric import parse_integer, parse_length
from ..tokens import Token, TokenKind, keyword, split_commas
from ..value_context import ValueContext
from ..values import (
    AUTO,
    MAX_CONTENT,
    MIN_CONTENT,
    NO_TRACKS,
    GridLine,
    RepeatKind,
    TrackList,
    TrackRepeat,
    TrackSize,
)
from .common import INVALID, Parser

_BREADTHS: Final = {"auto": AUTO, "min-content": MIN_CONTENT, "max-content": MAX_CONTENT}


def _breadth(token: Token) -> object | None:
    if token.kind == TokenKind.IDENT:
        return _BREADTHS.get(token.lower)
    return parse_length(token, percentages=True, negative=False)


def _flex(token: Token) -> float | None:
    if token.kind == TokenKind.DIMENSION and token.lower == "fr" and token.value >= 0.0:
        return token.value
    return None


def track_size(token: Token) -> object | None:
    """A <track-size>."""
    flex = _flex(token)
    if flex is not None:
        # 1fr is minmax(auto, 1fr).
        return TrackSize(AUTO, AUTO, flex) if flex > 0.0 else _zero_flex()
    if token.kind == TokenKind.FUNCTION:
        parts = split_commas(token.children)
        if token.lower == "minmax":
            if len(parts) != 2 or len(parts[0]) != 1 or len(parts[1]) != 1:
                return None
            low = _breadth(parts[0][0])
            if low is None:
                return None
            flex = _flex(parts[1][0])
            if flex is not None:
                return build(TrackSize, low, AUTO, max(flex, 1e-9))
            high = _breadth(parts[1][0])
            return None if high is None else build(TrackSize, low, high)
        if token.lower == "fit-content":
            length = (
                parse_length(token.children[0], percentages=True, negative=False)
                if len(token.children) == 1
                else None
            )
            return None if length is None else build(TrackSize, AUTO, length, 0.0, True)
    breadth = _breadth(token)
    return None if breadth is None else build(TrackSize, breadth, breadth)


def _zero_flex() -> TrackSize:
    # NOTE: `flex` > 0 marks a flexible track, so 0fr becomes a share too small to see.
    return TrackSize(AUTO, AUTO, 1e-9)


def _line_names(token: Token) -> tuple[str, ...] | None:
    if token.kind != TokenKind.BRACKET or any(child.kind != TokenKind.IDENT for child in token.children):
        return None
    return tuple(child.text for child in token.children)


def _piece(tracks: list[object], names: list[tuple[str, ...]], kind: RepeatKind, count: int) -> object:
    return build(TrackRepeat, make_tuple(tracks), tuple(names), kind, count)


def parse_tracks(tokens: list[Token]) -> object | None:
    """A track list without `none` and `subgrid`."""
    pieces: list[object] = []
    tracks: list[object] = []
    names: list[tuple[str, ...]] = [()]
    total = 0
    has_auto_repeat = False
    was_names = False
    for token in tokens:
        found_names = _line_names(token)
        if found_names is not None:
            if was_names:
                return None
            was_names = True
            names[-1] = names[-1] + found_names
            continue
        was_names = False
        if token.is_function("repeat"):
            repeat = _repeat(token)
            if repeat is None:
                return None
            kind, count, inner, inner_names = repeat
            if kind != RepeatKind.COUNT:
                if has_auto_repeat:
                    return None
                has_auto_repeat = True
            # What is past the limit is not laid out: here it is once, so that lists of repeat() stay short.
            count = max(1, min(count, (limits.MAX_GRID_TRACKS - total) // len(inner)))
            total += count * len(inner)
            if tracks or names[-1]:
                pieces.append(_piece(tracks, names, RepeatKind.NONE, 1))
                tracks, names = [], [()]
            pieces.append(_piece(inner, inner_names, kind, count))
            continue
        size = track_size(token)
        if size is None:
            return None
        tracks.append(size)
        names.append(())
        total += 1
    if total == 0 and not has_auto_repeat:
        return None
    if tracks or names[-1]:
        pieces.append(_piece(tracks, names, RepeatKind.NONE, 1))
    return build(TrackList, make_tuple(pieces))


def _repeat(token: Token) -> tuple[RepeatKind, int, list[object], list[tuple[str, ...]]] | None:
    parts = split_commas(token.children)
    if len(parts) != 2 or len(parts[0]) != 1:
        return None
    word = parts[0][0]
    kind = RepeatKind.COUNT
    count = 1
    if word.is_ident("auto-fill"):
        kind = RepeatKind.AUTO_FILL
    elif word.is_ident("auto-fit"):
        kind = RepeatKind.AUTO_FIT
    else:
        number = parse_integer(word, 1)
        if number is None:
            return None
        count = number
    tracks: list[object] = []
    names: list[tuple[str, ...]] = [()]
    for inner in parts[1]:
        found = _line_names(inner)
        if found is not None:
            names[-1] = names[-1] + found
            continue
        size = track_size(inner)
        if size is None:
            return None
        tracks.append(size)
        names.append(())
    return (kind, count, tracks, names) if tracks else None


def track_list(tokens: list[Token], context: ValueContext) -> object:
    """grid-template-columns, -rows."""
    if keyword(tokens) == "none":
        return NO_TRACKS
    if tokens and tokens[0].is_ident("subgrid"):
        names: list[tuple[str, ...]] = []
        for token in tokens[1:]:
            found = _line_names(token)
            if found is not None:
                names.append(found)
            elif token.is_function("repeat"):
                parts = split_commas(token.children)
                count = parse_integer(parts[0][0], 1) if len(parts) == 2 and parts[0] else None
                inner = [found for child in parts[-1] if (found := _line_names(child)) is not None]
                if count is None:
                    count = 1  # TODO: repeat(auto-fill, [names]) of a subgrid
                room = limits.MAX_GRID_TRACKS - len(names)
                names += inner * min(count, room // max(1, len(inner)))
            else:
                return INVALID
        return TrackList((), True, tuple(names))
    value = parse_tracks(tokens)
    return INVALID if value is None else value


def auto_tracks(tokens: list[Token], context: ValueContext) -> object:
    """grid-auto-columns, -rows."""
    sizes: list[object] = []
    for token in tokens:
        size = track_size(token)
        if size is None:
            return INVALID
        sizes.append(size)
    return make_tuple(sizes) if sizes else INVALID


def grid_auto_flow(tokens: list[Token], context: ValueContext) -> object:
    """grid-auto-flow."""
    words = [token.lower for token in tokens if token.kind == TokenKind.IDENT]
    if not words or len(words) != len(tokens) or len(words) > 2 or len(set(words)) != len(words):
        return INVALID
    dense = "dense" in words
    rest = [word for word in words if word != "dense"]
    if len(rest) > 1 or (rest and rest[0] not in ("row", "column")):
        return INVALID
    if rest and rest[0] == "column":
        return GridAutoFlow.COLUMN_DENSE if dense else GridAutoFlow.COLUMN
    return GridAutoFlow.ROW_DENSE if dense else GridAutoFlow.ROW


_CELL: Final = re.compile(r"\.+|(?:[a-zA-Z0-9_-]|[^\x00-\x7f])+|[^ \t\r\n\f]")


def areas_of(rows: list[str]) -> tuple[tuple[str, ...], ...] | None:
    """The cells of grid-template-areas, None where areas are no rectangles."""
    cells: list[tuple[str, ...]] = []
    for row in rows:
        names: list[str] = []
        for match in _CELL.findall(row):
            if match[0] == ".":
                names.append("")
            elif match[0] in "-_" or match[0].isalnum() or ord(match[0]) > 127:
                names.append(match)
            else:
                return None
        if not names or (cells and len(names) != len(cells[0])):
            return None
        cells.append(tuple(names))
    boxes: dict[str, list[int]] = {}
    counts: dict[str, int] = {}
    for y, names_of_row in enumerate(cells):
        for x, name in enumerate(names_of_row):
            if not name:
                continue
            box = boxes.setdefault(name, [x, y, x, y])
            box[0], box[1] = min(box[0], x), min(box[1], y)
            box[2], box[3] = max(box[2], x), max(box[3], y)
            counts[name] = counts.get(name, 0) + 1
    for name, box in boxes.items():
        if (box[2] - box[0] + 1) * (box[3] - box[1] + 1) != counts[name]:
            return None
    return tuple(cells)


def grid_template_areas(tokens: list[Token], context: ValueContext) -> object:
    """grid-template-areas; () for none."""
    if keyword(tokens) == "none":
        return ()
    if not tokens or any(token.kind != TokenKind.STRING for token in tokens):
        return INVALID
    areas = areas_of([token.text for token in tokens])
    return INVALID if areas is None else areas


def grid_line(tokens: list[Token], context: ValueContext) -> object:
    """grid-row-start and the like."""
    if keyword(tokens) == "auto":
        return GridLine()
    number = 0
    name = ""
    is_span = False
    for token in tokens:
        if token.is_ident("span") and not is_span:
            is_span = True
        elif token.kind == TokenKind.IDENT and not name and token.lower != "auto":
            name = token.text
        else:
            found = parse_integer(token)
            if found is None or found == 0 or number:
                return INVALID
            number = max(-limits.MAX_GRID_TRACKS, min(limits.MAX_GRID_TRACKS, found))
    if is_span and (number < 0 or (number == 0 and not name)):
        return INVALID
    if not tokens or (not number and not name):
        return INVALID
    return GridLine(number, name, is_span)


PARSERS: Final[dict[str, Parser]] = {
    "track-list": track_list,
    "auto-tracks": auto_tracks,
    "grid-auto-flow": grid_auto_flow,
    "grid-template-areas": grid_template_areas,
    "grid-line": grid_line,
}

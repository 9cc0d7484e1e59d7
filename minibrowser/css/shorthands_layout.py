"""Shorthands of flex, grid, alignment, columns and containers."""

from __future__ import annotations

from typing import Final, final

from .longhands import parse_longhand
from .numeric import parse_number
from .shorthand_kinds import INITIAL_VALUE, Pairs, ShorthandParser
from .tokens import Token, TokenKind, keyword, split_slashes
from .value_context import ValueContext
from .value_parsers import grid, svg
from .value_parsers.common import INVALID
from .values import AUTO, AUTO_TRACK, NO_TRACKS, AlignKeyword, Alignment, GridLine, percent

# --- Flex, grid, alignment ---


def expand_flex_flow(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """https://drafts.csswg.org/css-flexbox-2/#flex-flow-property : flex-wrap may be two words, in one place."""
    places: list[int] = []
    for index, token in enumerate(tokens):
        if parse_longhand("flex-direction", [token], context) is not INVALID:
            places.append(index)
    if len(places) > 1 or (places and 0 < places[0] < len(tokens) - 1) or not tokens:
        return None
    direction: object = INITIAL_VALUE
    rest = tokens
    if places:
        direction = parse_longhand("flex-direction", [tokens[places[0]]], context)
        rest = [*tokens[: places[0]], *tokens[places[0] + 1 :]]
    wrap = parse_longhand("flex-wrap", rest, context) if rest else INITIAL_VALUE
    return None if wrap is INVALID else [("flex-direction", direction), ("flex-wrap", wrap)]


def expand_flex(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """flex: https://drafts.csswg.org/css-flexbox-1/#flex-property"""
    name = keyword(tokens)
    if name == "none":
        return [("flex-grow", 0.0), ("flex-shrink", 0.0), ("flex-basis", AUTO)]
    if name == "auto":
        return [("flex-grow", 1.0), ("flex-shrink", 1.0), ("flex-basis", AUTO)]
    grow: float | None = None
    shrink: float | None = None
    basis: object = None
    for index, token in enumerate(tokens):
        number = parse_number(token, 0.0)
        if number is not None and not (number == 0.0 and grow is not None and shrink is not None):
            if grow is None:
                grow = number
            elif shrink is None and index > 0 and parse_number(tokens[index - 1], 0.0) is not None:
                shrink = number
            else:
                return None
            continue
        if basis is not None:
            return None
        basis = parse_longhand("flex-basis", [token], context)
        if basis is INVALID:
            return None
    if grow is None and basis is None:
        return None
    return [
        ("flex-grow", 1.0 if grow is None else grow),
        ("flex-shrink", 1.0 if shrink is None else shrink),
        ("flex-basis", percent(0.0) if basis is None else basis),
    ]


def expand_place(names: tuple[str, str]) -> ShorthandParser:
    """The parser of place-content, place-items or place-self."""
    return _Place(names).parse


@final
class _Place:
    """place-content, place-items, place-self: values of one or two words each."""

    def __init__(self, names: tuple[str, str]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        first, second = self.names
        for cut in range(1, len(tokens) + 1):
            value = parse_longhand(first, tokens[:cut], context)
            if value is INVALID:
                continue
            if cut == len(tokens):
                other = parse_longhand(second, tokens, context)
                if other is INVALID and "content" in first:
                    other = Alignment(AlignKeyword.START)  # a baseline stands for start on the inline axis
            else:
                other = parse_longhand(second, tokens[cut:], context)
            if other is not INVALID:
                return [(first, value), (second, other)]
        return None


@final
class GridLines:
    """grid-row, grid-column, grid-area."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names: Final = names

    def parse(self, tokens: list[Token], context: ValueContext) -> Pairs | None:
        parts = split_slashes(tokens)
        if len(parts) > len(self.names):
            return None
        values: list[object] = []
        for part in parts:
            value = grid.grid_line(part, context)
            if value is INVALID:
                return None
            values.append(value)
        # A missing value is that of the opposite line where that is a name, else auto.
        while len(values) < len(self.names):
            source = 0 if len(values) < 3 else 1
            other = values[source]
            is_name = isinstance(other, GridLine) and other.name and not other.number and not other.is_span
            values.append(other if is_name else GridLine())
        return list(zip(self.names, values, strict=True))


def expand_grid_template(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """grid-template: https://drafts.csswg.org/css-grid-2/#explicit-grid-shorthand"""
    if keyword(tokens) == "none":
        return []
    parts = split_slashes(tokens)
    if len(parts) > 2:
        return None
    if not any(token.kind == TokenKind.STRING for token in parts[0]):
        if len(parts) != 2:
            return None
        rows = grid.track_list(parts[0], context)
        across = grid.track_list(parts[1], context)
        if rows is INVALID or across is INVALID:
            return None
        return [("grid-template-rows", rows), ("grid-template-columns", across)]
    strings: list[str] = []
    row_tokens: list[Token] = []
    needs_size = False
    auto = Token(TokenKind.IDENT, "auto", "auto")
    pending_names: list[Token] = []
    for token in parts[0]:
        if token.kind == TokenKind.STRING:
            if needs_size:
                row_tokens.append(auto)
            row_tokens.extend(pending_names)
            pending_names = []
            strings.append(token.text)
            needs_size = True
        elif token.kind == TokenKind.BRACKET:
            if needs_size:
                row_tokens.append(auto)
                needs_size = False
            if pending_names:
                merged = Token(TokenKind.BRACKET, "[", "[")
                merged.children = [*pending_names[0].children, *token.children]
                pending_names = [merged]
            else:
                pending_names.append(token)
        else:
            if not needs_size:
                return None
            row_tokens.append(token)
            needs_size = False
    if needs_size:
        row_tokens.append(auto)
    row_tokens.extend(pending_names)
    areas = grid.areas_of(strings)
    rows = grid.track_list(row_tokens, context)
    columns: object = NO_TRACKS if len(parts) == 1 else grid.track_list(parts[1], context)
    if areas is None or rows is INVALID or columns is INVALID:
        return None
    return [("grid-template-areas", areas), ("grid-template-rows", rows), ("grid-template-columns", columns)]


def expand_grid(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """grid: https://drafts.csswg.org/css-grid-2/#grid-shorthand"""
    parts = split_slashes(tokens)
    if len(parts) == 2:
        for index in (0, 1):
            words = [
                token for token in parts[index] if token.is_ident("auto-flow") or token.is_ident("dense")
            ]
            if not any(token.is_ident("auto-flow") for token in words):
                continue
            rest = [token for token in parts[index] if token not in words]
            sizes = grid.auto_tracks(rest, context) if rest else (AUTO_TRACK,)
            other = grid.track_list(parts[1 - index], context)
            if sizes is INVALID or other is INVALID:
                return None
            axis = "row" if index == 0 else "column"
            cross = "column" if index == 0 else "row"
            flow_tokens = [Token(TokenKind.IDENT, axis, axis)]
            flow_tokens += [token for token in words if token.is_ident("dense")]
            return [
                (f"grid-auto-{axis}s", sizes),
                (f"grid-template-{cross}s", other),
                ("grid-auto-flow", grid.grid_auto_flow(flow_tokens, context)),
            ]
    return expand_grid_template(tokens, context)


def expand_columns(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """columns: a count, a width, or both."""
    rest = [token for token in tokens if not token.is_ident("auto")]
    if not tokens or len(tokens) > 2:
        return None
    pairs: Pairs = []
    for token in rest:
        for name in ("column-count", "column-width"):
            value = parse_longhand(name, [token], context)
            if value is not INVALID and all(pair[0] != name for pair in pairs):
                pairs.append((name, value))
                break
        else:
            return None
    return pairs


def expand_container(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """container: a name / a type."""
    parts = split_slashes(tokens)
    name = parse_longhand("container-name", parts[0], context)
    if name is INVALID or len(parts) > 2:
        return None
    pairs: Pairs = [("container-name", name)]
    if len(parts) == 2:
        kind = parse_longhand("container-type", parts[1], context)
        if kind is INVALID:
            return None
        pairs.append(("container-type", kind))
    return pairs


def expand_contain_intrinsic_size(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """contain-intrinsic-size: one or two of `auto? length`."""
    groups: list[list[Token]] = []
    for token in tokens:
        if groups and groups[-1][-1].is_ident("auto"):
            groups[-1].append(token)
        else:
            groups.append([token])
    if not 1 <= len(groups) <= 2:
        return None
    values = [parse_longhand("contain-intrinsic-width", group, context) for group in groups]
    if INVALID in values:
        return None
    return [("contain-intrinsic-width", values[0]), ("contain-intrinsic-height", values[-1])]


def expand_marker(tokens: list[Token], context: ValueContext) -> Pairs | None:
    """marker: one for start, middle and end."""
    value = svg.marker(tokens, context)
    return None if value is INVALID else [(f"marker-{part}", value) for part in ("start", "mid", "end")]

"""<image> (https://drafts.csswg.org/css-images-4/): url(), gradients, image-set(), cross-fade()."""

from __future__ import annotations

from typing import Final, final

from .colors import parse_color
from .deferred import ComputeContext, Deferred, build, make_tuple
from .numeric import parse_angle, parse_length, parse_percentage, parse_resolution
from .tokens import Token, TokenKind, split_commas
from .value_context import ValueContext
from .value_parsers.common import parse_position
from .values import (
    AUTO,
    HALF,
    ZERO,
    Color,
    ColorStop,
    CrossFade,
    CssImage,
    Gradient,
    GradientKind,
    Length,
    LengthKind,
    RadialExtent,
    UrlImage,
    percent,
)

_KINDS: Final = {
    "linear-gradient": GradientKind.LINEAR,
    "radial-gradient": GradientKind.RADIAL,
    "conic-gradient": GradientKind.CONIC,
}
_CORNERS: Final = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}
_SIDE_ANGLES: Final = {(0, -1): 0.0, (1, 0): 90.0, (0, 1): 180.0, (-1, 0): 270.0}
_EXTENTS: Final = {
    "closest-side": RadialExtent.CLOSEST_SIDE,
    "closest-corner": RadialExtent.CLOSEST_CORNER,
    "farthest-side": RadialExtent.FARTHEST_SIDE,
    "farthest-corner": RadialExtent.FARTHEST_CORNER,
    "contain": RadialExtent.CLOSEST_SIDE,
    "cover": RadialExtent.FARTHEST_CORNER,
}
_RECTANGULAR: Final = frozenset(
    "srgb srgb-linear display-p3 a98-rgb prophoto-rgb rec2020 lab oklab xyz xyz-d50 xyz-d65".split()
)
_NEW_COLORS: Final = frozenset("lab lch oklab oklch color color-mix".split())
_RELATIVE_COLORS: Final = frozenset("rgb rgba hsl hsla hwb".split())
_POLAR: Final = frozenset("hsl hwb lch oklch".split())


def parse_url(token: Token) -> str | None:
    """The reference of url() as written, None for anything else."""
    if token.kind == TokenKind.URL:
        return token.text
    if token.kind == TokenKind.FUNCTION and token.lower in ("url", "src"):
        if token.children and token.children[0].kind == TokenKind.STRING:
            return token.children[0].text
    return None


def parse_image(token: Token, context: ValueContext) -> CssImage | Deferred | None:
    """One image (`none` is not one)."""
    reference = parse_url(token)
    if reference is not None:
        return UrlImage(context.url(reference)) if reference else UrlImage("")
    if token.kind != TokenKind.FUNCTION:
        return None
    name = token.lower
    result: object = None
    if name.endswith("gradient"):
        result = parse_gradient(token)
    elif name in ("image-set", "-webkit-image-set"):
        result = _image_set(token.children, context)
    elif name in ("cross-fade", "-webkit-cross-fade"):
        result = _cross_fade(token.children, context)
    return result if isinstance(result, (CssImage, Deferred)) else None


# --- Gradients ---


def parse_gradient(token: Token) -> object | None:
    """Any gradient function."""
    name = token.lower
    is_prefixed = name.startswith(("-webkit-", "-moz-", "-o-"))
    if name == "-webkit-gradient":
        return _ancient_gradient(token.children)
    if is_prefixed:
        name = name[name.index("-", 1) + 1 :]
    repeating = name.startswith("repeating-")
    kind = _KINDS.get(name.removeprefix("repeating-"))
    if kind is None:
        return None
    parts = split_commas(token.children)
    maker = _Maker(kind, repeating)
    head = parts[0]
    took_head = maker.prefixed_head(head, parts) if is_prefixed else maker.head(head)
    if took_head is None:
        return None
    rest = parts[1:] if took_head else parts
    if is_prefixed and maker.used_two_parts:
        rest = parts[2:]
    stops = parse_stops(rest, kind == GradientKind.CONIC)
    if stops is None:
        return None
    if not maker.color_space and _has_new_colors(token.children):
        # https://drafts.csswg.org/css-color-4/#interpolation-space
        maker.color_space = "oklab"
    return maker.make(stops)


def _has_new_colors(tokens: list[Token]) -> bool:
    """Whether a colour is written in a syntax that is newer than sRGB's own."""
    for token in tokens:
        if token.kind != TokenKind.FUNCTION:
            continue
        if token.lower in _NEW_COLORS or _has_new_colors(token.children):
            return True
        if token.children and token.lower in _RELATIVE_COLORS:
            first = token.children[0]
            if first.kind == TokenKind.IDENT and first.lower == "from":
                return True
    return False


class _Maker:
    """Gathers the arguments of a Gradient."""

    def __init__(self, kind: GradientKind, repeating: bool) -> None:
        self.kind: Final = kind
        self.repeating: Final = repeating
        self.angle: float = 180.0 if kind == GradientKind.LINEAR else 0.0
        self.corner_x: int = 0
        self.corner_y: int = 0
        self.center: tuple[object, object] = (HALF, HALF)
        self.is_circle: bool = False
        self.extent: RadialExtent = RadialExtent.FARTHEST_CORNER
        self.radii: tuple[object, object] = (ZERO, ZERO)
        self.color_space: str = ""
        self.used_two_parts: bool = False

    def make(self, stops: list[object]) -> object:
        """The gradient, or its Deferred."""
        return build(
            _gradient,
            self.kind,
            make_tuple(stops),
            self.repeating,
            self.angle,
            self.corner_x,
            self.corner_y,
            self.center[0],
            self.center[1],
            self.is_circle,
            self.extent,
            self.radii[0],
            self.radii[1],
            self.color_space or "srgb",
        )

    def head(self, tokens: list[Token]) -> bool | None:
        """What stands before the first comma: True where it is a head, False where a stop, None if invalid."""
        if not tokens:
            return None
        first = tokens[0]
        if first.kind == TokenKind.HASH or parse_color(first) is not None:
            return False
        rest = self._take_color_space(tokens)
        if rest is None:
            return None
        if not rest:
            return True
        if self.kind == GradientKind.LINEAR:
            done = self._linear(rest)
        elif self.kind == GradientKind.RADIAL:
            done = self._radial(rest)
        else:
            done = self._conic(rest)
        return True if done else None

    def _take_color_space(self, tokens: list[Token]) -> list[Token] | None:
        """Cut `in oklch longer hue` out, wherever it stands."""
        for index, token in enumerate(tokens):
            if not token.is_ident("in"):
                continue
            if index + 1 >= len(tokens):
                return None
            space = tokens[index + 1].lower
            end = index + 2
            if space in _POLAR:
                if end + 1 < len(tokens) and tokens[end + 1].is_ident("hue"):
                    space = f"{space} {tokens[end].lower} hue"
                    end += 2
            elif space not in _RECTANGULAR:
                return None
            self.color_space = space
            return tokens[:index] + tokens[end:]
        return tokens

    def _linear(self, tokens: list[Token]) -> bool:
        if tokens[0].is_ident("to"):
            return self._to_corner(tokens[1:])
        if len(tokens) != 1:
            return False
        angle = parse_angle(tokens[0])
        if angle is None:
            return False
        self.angle = angle
        return True

    def _to_corner(self, tokens: list[Token], sign: int = 1) -> bool:
        x = y = 0
        if not 1 <= len(tokens) <= 2:
            return False
        for token in tokens:
            found = _CORNERS.get(token.lower) if token.kind == TokenKind.IDENT else None
            if found is None or (found[0] and x) or (found[1] and y):
                return False
            x += found[0]
            y += found[1]
        x *= sign
        y *= sign
        if x and y:
            self.corner_x, self.corner_y = x, y
        else:
            self.angle = _SIDE_ANGLES[(x, y)]
        return True

    def _split_at(self, tokens: list[Token]) -> list[Token] | None:
        """Take `at <position>` off the end."""
        for index, token in enumerate(tokens):
            if token.is_ident("at"):
                pair = parse_position(tokens[index + 1 :])
                if pair is None:
                    return None
                self.center = pair
                return tokens[:index]
        return tokens

    def _radial(self, tokens: list[Token]) -> bool:
        rest = self._split_at(tokens)
        return rest is not None and self._shape(rest)

    def _shape(self, tokens: list[Token]) -> bool:
        shape = ""
        extent: RadialExtent | None = None
        lengths: list[object] = []
        for token in tokens:
            if token.kind == TokenKind.IDENT:
                if token.lower in ("circle", "ellipse") and not shape:
                    shape = token.lower
                elif token.lower in _EXTENTS and extent is None:
                    extent = _EXTENTS[token.lower]
                else:
                    return False
                continue
            length = parse_length(token, percentages=True, negative=False)
            if length is None or len(lengths) == 2:
                return False
            lengths.append(length)
        if lengths and extent is not None:
            return False
        if len(lengths) == 1:
            if shape == "ellipse" or (isinstance(lengths[0], Length) and lengths[0].has_percent()):
                return False
            shape = "circle"
            lengths.append(lengths[0])
        elif len(lengths) == 2 and shape == "circle":
            return False
        self.is_circle = shape == "circle"
        if lengths:
            self.extent = RadialExtent.EXPLICIT
            self.radii = (lengths[0], lengths[1])
        elif extent is not None:
            self.extent = extent
        return True

    def _conic(self, tokens: list[Token]) -> bool:
        rest = self._split_at(tokens)
        if rest is None:
            return False
        if not rest:
            return True
        if len(rest) != 2 or not rest[0].is_ident("from"):
            return False
        angle = parse_angle(rest[1])
        if angle is None:
            return False
        self.angle = angle
        return True

    def prefixed_head(self, tokens: list[Token], parts: list[list[Token]]) -> bool | None:
        """-webkit-linear-gradient(top, ...): names where it starts, angles the other way round."""
        if not tokens:
            return None
        if parse_color(tokens[0]) is not None:
            if self.kind == GradientKind.LINEAR:
                self.angle = 180.0
            return False
        if self.kind == GradientKind.LINEAR:
            angle = parse_angle(tokens[0]) if len(tokens) == 1 else None
            if angle is not None:
                self.angle = 90.0 - angle
                return True
            return True if self._to_corner(tokens, -1) else None
        if self.kind == GradientKind.CONIC:
            return None
        pair = parse_position(tokens)
        took_position = pair is not None
        if pair is not None:
            self.center = pair
        shape_tokens = parts[1] if took_position and len(parts) > 1 else tokens
        if took_position and (not shape_tokens or parse_color(shape_tokens[0]) is not None):
            return True
        if not self._shape(shape_tokens):
            return None
        self.used_two_parts = took_position
        return True


def _gradient(  # noqa: PLR0913 - the positional form of the record, so that it can be built later
    kind: GradientKind,
    stops: tuple[ColorStop, ...],
    repeating: bool,
    angle: float,
    corner_x: int,
    corner_y: int,
    center_x: Length,
    center_y: Length,
    is_circle: bool,
    extent: RadialExtent,
    radius_x: Length,
    radius_y: Length,
    color_space: str,
) -> Gradient:
    return Gradient(
        kind,
        stops,
        repeating=repeating,
        angle=angle,
        corner_x=corner_x,
        corner_y=corner_y,
        center_x=center_x,
        center_y=center_y,
        is_circle=is_circle,
        extent=extent,
        radius_x=radius_x,
        radius_y=radius_y,
        color_space=color_space,
    )


def parse_stops(parts: list[list[Token]], is_conic: bool) -> list[object] | None:
    """A color stop list; a stop with two positions becomes two stops."""
    stops: list[object] = []
    colors = 0
    was_hint = True
    for part in parts:
        if not part or len(part) > 3:
            return None
        color: Color | Deferred | None = None
        positions = part
        for index in (0, len(part) - 1):
            color = parse_color(part[index])
            if color is not None:
                positions = part[:index] + part[index + 1 :]
                break
        lengths: list[object] = []
        for token in positions:
            length = _stop_position(token, is_conic)
            if length is None:
                return None
            lengths.append(length)
        if color is None:
            # A hint stands between two stops.
            if len(lengths) != 1 or was_hint:
                return None
            stops.append(build(ColorStop, Color(0.0, 0.0, 0.0), lengths[0], True))
            was_hint = True
            continue
        was_hint = False
        colors += 1
        for length in lengths or [AUTO]:
            stops.append(build(ColorStop, color, length))
    return stops if colors > 0 and not was_hint else None


def _stop_position(token: Token, is_conic: bool) -> object | None:
    if not is_conic:
        return parse_length(token, percentages=True)
    angle = parse_angle(token)
    if angle is not None:
        return Length(LengthKind.FIXED, angle)
    percentage = parse_percentage(token)
    return None if percentage is None else percent(percentage)


def _ancient_gradient(children: list[Token]) -> object | None:
    """-webkit-gradient(linear, left top, left bottom, from(a), to(b), color-stop(50%, c))."""
    parts = split_commas(children)
    if len(parts) < 3 or len(parts[0]) != 1:
        return None
    kind = parts[0][0].lower
    stops: list[tuple[float, object]] = []
    first = 3 if kind == "linear" else 5
    for part in parts[first:]:
        if len(part) != 1 or part[0].kind != TokenKind.FUNCTION:
            return None
        arguments = split_commas(part[0].children)
        if part[0].lower in ("from", "to") and len(arguments) == 1 and len(arguments[0]) == 1:
            at = 0.0 if part[0].lower == "from" else 1.0
            color = parse_color(arguments[0][0])
        elif part[0].lower == "color-stop" and len(arguments) == 2 and arguments[0] and arguments[1]:
            token = arguments[0][0]
            at = token.value / 100.0 if token.kind == TokenKind.PERCENTAGE else token.value
            color = parse_color(arguments[1][0])
        else:
            return None
        if color is None:
            return None
        stops.append((at, color))
    stops.sort(key=_stop_offset)
    made: list[object] = [build(ColorStop, color, percent(at * 100.0)) for at, color in stops]
    if not made:
        return None
    if kind == "linear":
        start, end = parse_position(parts[1]), parse_position(parts[2])
        if start is None or end is None:
            return None
        maker = _Maker(GradientKind.LINEAR, False)
        x = _ancient_direction(start[0], end[0])
        y = _ancient_direction(start[1], end[1])
        # TODO: end points that are no sides or corners; only these occur.
        if x and y:
            maker.corner_x, maker.corner_y = x, y
        elif x or y:
            maker.angle = _SIDE_ANGLES[(x, y)]
        return maker.make(made)
    if kind == "radial" and len(parts) >= 5:
        center = parse_position(parts[3])
        radius = parts[4][0].value if len(parts[4]) == 1 else 0.0
        if center is None:
            return None
        maker = _Maker(GradientKind.RADIAL, False)
        maker.center = center
        maker.is_circle = True
        maker.extent = RadialExtent.EXPLICIT
        maker.radii = (Length(LengthKind.FIXED, radius), Length(LengthKind.FIXED, radius))
        return maker.make(made)
    return None


def _stop_offset(stop: tuple[float, object]) -> float:
    return stop[0]


def _ancient_direction(start: object, end: object) -> int:
    if not isinstance(start, Length) or not isinstance(end, Length):
        return 0
    a, b = start.percent + start.px, end.percent + end.px
    return 1 if b > a else -1 if b < a else 0


# --- Choices and mixtures ---

_SHOWN_TYPES: Final = frozenset(
    "image/png image/jpeg image/gif image/webp image/svg+xml image/bmp image/x-icon image/avif".split()
)


@final
class ImageSet(Deferred):
    """image-set() with several options: which one is shown, the page's device pixels decide."""

    __slots__ = ("options",)

    def __init__(self, options: tuple[tuple[object, float], ...]) -> None:
        self.options: Final = options

    def compute(self, context: ComputeContext) -> object:
        """The option with the fewest pixels that are enough, else the one with the most."""
        wanted = context.pixel_ratio
        best, best_resolution = self.options[0]
        for image, resolution in self.options[1:]:
            if wanted <= resolution < best_resolution or best_resolution < min(resolution, wanted):
                best, best_resolution = image, resolution
        return best.compute(context) if isinstance(best, Deferred) else best


def _image_set(children: list[Token], context: ValueContext) -> object | None:
    """https://drafts.csswg.org/css-images-4/#image-set-notation"""
    options: list[tuple[object, float]] = []
    for part in split_commas(children):
        if not part:
            return None
        image: object | None
        if part[0].kind == TokenKind.STRING:
            image = UrlImage(context.url(part[0].text))
        else:
            image = parse_image(part[0], context)
        if image is None:
            return None
        resolution = 1.0
        is_shown = True
        for token in part[1:]:
            found = parse_resolution(token)
            if found is not None:
                resolution = found
            elif token.is_function("type") and token.children and token.children[0].kind == TokenKind.STRING:
                is_shown = token.children[0].text.lower() in _SHOWN_TYPES
            else:
                return None
        if not is_shown or resolution <= 0.0:
            continue
        if isinstance(image, UrlImage) and resolution != 1.0:
            image = UrlImage(image.url, resolution)
        options.append((image, resolution))
    if not options:
        return None
    return options[0][0] if len(options) == 1 else ImageSet(tuple(options))


def _cross_fade(children: list[Token], context: ValueContext) -> object | None:
    parts = split_commas(children)
    images: list[object] = []
    shares: list[float] = []
    if len(parts) == 3 and len(parts[2]) == 1:
        # The old form: from, to, how much of the second.
        amount = parse_percentage(parts[2][0])
        if amount is None and parts[2][0].kind == TokenKind.NUMBER:
            amount = parts[2][0].value * 100.0
        if amount is not None and len(parts[0]) == 1 and len(parts[1]) == 1:
            first, second = parse_image(parts[0][0], context), parse_image(parts[1][0], context)
            if first is None or second is None:
                return None
            share = max(0.0, min(1.0, amount / 100.0))
            return build(_cross_fade_of, first, second, 1.0 - share, share)
    for part in parts:
        share = -1.0
        image: object | None = None
        for token in part:
            if token.kind == TokenKind.PERCENTAGE:
                share = token.value / 100.0
            elif image is None:
                image = parse_image(token, context) or parse_color(token)
            else:
                return None
        if image is None:
            return None
        images.append(image)
        shares.append(share)
    missing = [share for share in shares if share < 0.0]
    given = sum(share for share in shares if share >= 0.0)
    if missing:
        rest = max(0.0, 1.0 - given) / len(missing)
        shares = [rest if share < 0.0 else share for share in shares]
    return build(_cross_fade_of, *images, *shares)


def _cross_fade_of(*parts: object) -> CrossFade:
    half = len(parts) // 2
    pairs: list[tuple[CssImage | Color, float]] = []
    for index in range(half):
        image, share = parts[index], parts[half + index]
        if isinstance(image, (CssImage, Color)) and isinstance(share, float):
            pairs.append((image, share))
    return CrossFade(tuple(pairs))

"""<color> (https://drafts.csswg.org/css-color-5/): from tokens to `Color`, or to a Deferred where currentcolor or
the color scheme matter."""

from __future__ import annotations

import math
from typing import Final, final

from .calc import MATH_FUNCTIONS, CalcType, parse_math
from .color_names import DARK_SYSTEM_COLORS, NAMED_COLORS, SYSTEM_COLORS
from .color_spaces import Triple, convert, hsl_to_rgb, hwb_to_rgb
from .deferred import CURRENT, ComputeContext, Deferred
from .tokens import Token, TokenKind, split_commas, split_slashes
from .units import ANGLES
from .values import BLACK, TRANSPARENT, Color, LengthKind

_HUE_SPACES: Final = {"hsl": 0, "hwb": 0, "lch": 2, "oklch": 2}
"""Which component is the hue."""

_RGB_SPACES: Final = frozenset(
    "srgb srgb-linear display-p3 display-p3-linear a98-rgb prophoto-rgb rec2020 xyz xyz-d50 xyz-d65".split()
)
_SPACES: Final = _RGB_SPACES | {"lab", "lch", "oklab", "oklch", "hsl", "hwb"}

_SCALES: Final[dict[str, tuple[tuple[float, float], ...]]] = {
    # For each component: what 100% is, and what our triple's unit is of a plain number.
    "lab": ((100.0, 1.0), (125.0, 1.0), (125.0, 1.0)),
    "lch": ((100.0, 1.0), (150.0, 1.0), (0.0, 1.0)),
    "oklab": ((1.0, 1.0), (0.4, 1.0), (0.4, 1.0)),
    "oklch": ((1.0, 1.0), (0.4, 1.0), (0.0, 1.0)),
    "hsl": ((0.0, 1.0), (1.0, 0.01), (1.0, 0.01)),
    "hwb": ((0.0, 1.0), (1.0, 0.01), (1.0, 0.01)),
    "rgb": ((1.0, 1 / 255), (1.0, 1 / 255), (1.0, 1 / 255)),
}
_CHANNELS: Final[dict[str, tuple[str, str, str]]] = {
    "rgb": ("r", "g", "b"),
    "hsl": ("h", "s", "l"),
    "hwb": ("h", "w", "b"),
    "lab": ("l", "a", "b"),
    "lch": ("l", "c", "h"),
    "oklab": ("l", "a", "b"),
    "oklch": ("l", "c", "h"),
}
NONE_COMPONENT: Final = math.nan


def parse_color(token: Token) -> Color | Deferred | None:
    """One colour, None for what is none."""
    kind = token.kind
    if kind == TokenKind.HASH:
        return hex_color(token.text)
    if kind == TokenKind.IDENT:
        name = token.lower
        rgb = NAMED_COLORS.get(name)
        if rgb is not None:
            return Color(float(rgb >> 16), float(rgb >> 8 & 255), float(rgb & 255))
        if name == "transparent":
            return TRANSPARENT
        if name == "currentcolor":
            return CURRENT
        if name in SYSTEM_COLORS:
            return SystemColor(name)
        return None
    if kind == TokenKind.FUNCTION:
        return _function(token)
    return None


def hex_color(digits: str) -> Color | None:
    """#rgb, #rgba, #rrggbb, #rrggbbaa, without the mark."""
    length = len(digits)
    if length not in (3, 4, 6, 8):
        return None
    try:
        number = int(digits, 16)
    except ValueError:
        return None
    if not digits.isalnum() or not digits.isascii():
        return None
    if length == 6:
        return Color(float(number >> 16), float(number >> 8 & 255), float(number & 255))
    if length == 3:
        return Color((number >> 8) * 17.0, (number >> 4 & 15) * 17.0, (number & 15) * 17.0)
    if length == 4:
        return Color(
            (number >> 12) * 17.0, (number >> 8 & 15) * 17.0, (number >> 4 & 15) * 17.0, (number & 15) / 15.0
        )
    return Color(
        float(number >> 24), float(number >> 16 & 255), float(number >> 8 & 255), (number & 255) / 255.0
    )


@final
class SystemColor(Deferred):
    """CanvasText and the like: they follow the color scheme."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name: Final = name

    def compute(self, context: ComputeContext) -> Color:
        """The colour that Chromium gives on Linux."""
        return system_color(self.name, context.is_dark)


def system_color(name: str, is_dark: bool) -> Color:
    """A system colour by its lower-case name."""
    rgba = DARK_SYSTEM_COLORS.get(name) if is_dark else None
    if rgba is None:
        rgba = SYSTEM_COLORS[name]
    return Color(
        float(rgba >> 24 & 255), float(rgba >> 16 & 255), float(rgba >> 8 & 255), (rgba & 255) / 255.0
    )


@final
class LightDark(Deferred):
    """light-dark()."""

    __slots__ = ("dark", "light")

    def __init__(self, light: Color | Deferred, dark: Color | Deferred) -> None:
        self.light: Final = light
        self.dark: Final = dark

    def compute(self, context: ComputeContext) -> Color:
        """One of the two."""
        return computed_color(self.dark if context.is_dark else self.light, context)


def computed_color(color: Color | Deferred, context: ComputeContext) -> Color:
    """A parsed colour as a Color."""
    if isinstance(color, Color):
        return color
    value = color.compute(context)
    return value if isinstance(value, Color) else BLACK


@final
class Mix(Deferred):
    """color-mix() with a part that is deferred."""

    __slots__ = ("first", "first_share", "hue", "scale", "second", "space")

    def __init__(
        self,
        space: str,
        hue: str,
        first: Color | Deferred,
        second: Color | Deferred,
        first_share: float,
        scale: float,
    ) -> None:
        self.space: Final = space
        self.hue: Final = hue
        self.first: Final = first
        self.second: Final = second
        self.first_share: Final = first_share
        self.scale: Final = scale

    def compute(self, context: ComputeContext) -> Color:
        """The mixture."""
        return mix(
            self.space,
            self.hue,
            computed_color(self.first, context),
            computed_color(self.second, context),
            self.first_share,
            self.scale,
        )


@final
class Relative(Deferred):
    """rgb(from currentcolor ...): the function's tokens wait for the origin colour."""

    __slots__ = ("origin", "token")

    def __init__(self, origin: Deferred, token: Token) -> None:
        self.origin: Final = origin
        self.token: Final = token

    def compute(self, context: ComputeContext) -> Color:
        """The colour; black where a component is invalid after all."""
        return relative_color(self.token, computed_color(self.origin, context)) or BLACK


def _function(token: Token) -> Color | Deferred | None:
    name = token.lower
    children = token.children
    if not children:
        return None
    if name == "light-dark":
        parts = split_commas(children)
        if len(parts) != 2 or len(parts[0]) != 1 or len(parts[1]) != 1:
            return None
        light, dark = parse_color(parts[0][0]), parse_color(parts[1][0])
        return None if light is None or dark is None else LightDark(light, dark)
    if name == "color-mix":
        return _color_mix(children)
    if name in ("rgb", "rgba", "hsl", "hsla", "hwb", "lab", "lch", "oklab", "oklch", "color"):
        if children[0].is_ident("from"):
            if len(children) < 2:
                return None
            origin = parse_color(children[1])
            if origin is None:
                return None
            if isinstance(origin, Deferred):
                return Relative(origin, token) if relative_color(token, BLACK) is not None else None
            return relative_color(token, origin)
        if any(child.kind == TokenKind.COMMA for child in children):
            return _legacy(name, children)
        return _modern(name.removesuffix("a") if name in ("rgba", "hsla") else name, children, None)
    return None


def _legacy(name: str, children: list[Token]) -> Color | None:
    """rgb(1, 2, 3, .5), hsl(120, 50%, 50%)."""
    parts = split_commas(children)
    if len(parts) not in (3, 4) or any(len(part) != 1 for part in parts):
        return None
    alpha = 1.0
    if len(parts) == 4:
        found = _component(parts[3][0], 1.0, 1.0, None)
        if found is None or found != found:
            return None
        alpha = _unit(found)
    first, second, third = parts[0][0], parts[1][0], parts[2][0]
    if name in ("rgb", "rgba"):
        numbers: list[float] = []
        is_percent = _is_percentage(first)
        for part in (first, second, third):
            if _is_percentage(part) != is_percent or part.kind == TokenKind.IDENT:
                return None
            value = _component(part, 255.0, 1.0, None)
            if value is None:
                return None
            numbers.append(_byte(value))
        return Color(numbers[0], numbers[1], numbers[2], alpha)
    if name in ("hsl", "hsla"):
        hue = _hue(first, None)
        if hue is None or hue != hue or not _is_percentage(second) or not _is_percentage(third):
            return None
        saturation, lightness = _component(second, 1.0, 1.0, None), _component(third, 1.0, 1.0, None)
        if saturation is None or lightness is None:
            return None
        return _from_rgb(hsl_to_rgb(hue, _unit(saturation), _unit(lightness)), alpha)
    return None


def _is_percentage(token: Token) -> bool:
    if token.kind == TokenKind.FUNCTION:
        expression = parse_math(token)
        return expression is not None and expression.type == CalcType.PERCENT
    return token.kind == TokenKind.PERCENTAGE


def _byte(value: float) -> float:
    """rgb() keeps whole bytes, as Blink does for legacy colours."""
    return float(math.floor(max(0.0, min(255.0, value)) + 0.5))


def _unit(value: float) -> float:
    return max(0.0, min(1.0, value))


def _modern(name: str, children: list[Token], names: dict[str, float] | None) -> Color | None:
    """Components separated by spaces, alpha after a slash. `names`: channels of a relative colour."""
    space = name
    if name == "color":
        if not children or children[0].kind != TokenKind.IDENT or children[0].lower not in _RGB_SPACES:
            return None
        space = children[0].lower
        children = children[1:]
    parts = split_slashes(children)
    if len(parts) > 2 or len(parts[0]) != 3 or (len(parts) == 2 and len(parts[1]) != 1):
        return None
    alpha = names["alpha"] if names is not None else 1.0
    if len(parts) == 2:
        found = _component(parts[1][0], 1.0, 1.0, names)
        if found is None:
            return None
        alpha = 0.0 if found != found else _unit(found)
    scales = _SCALES.get(space)
    hue_at = _HUE_SPACES.get(space, -1)
    components: list[float] = []
    for index, token in enumerate(parts[0]):
        value: float | None
        if index == hue_at:
            value = _hue(token, names)
        else:
            whole, factor = (1.0, 1.0) if scales is None else scales[index]
            value = _component(token, whole, factor, names)
        if value is None:
            return None
        components.append(0.0 if value != value else value)
    return color_of(space, (components[0], components[1], components[2]), alpha)


def color_of(space: str, triple: Triple, alpha: float) -> Color:
    """A colour from the components of a space, mapped into sRGB by clipping, as Blink's raster does."""
    first, second, third = triple
    if space == "rgb":
        return _from_rgb(triple, alpha)
    if space == "hsl":
        return _from_rgb(hsl_to_rgb(first, _unit(second), _unit(third)), alpha)
    if space == "hwb":
        return _from_rgb(hwb_to_rgb(first, _unit(second), _unit(third)), alpha)
    if space in ("lab", "lch"):
        first = max(0.0, min(100.0, first))
    elif space in ("oklab", "oklch"):
        first = _unit(first)
    if space in ("lch", "oklch"):
        second = max(0.0, second)
    red, green, blue = (
        (first, second, third) if space == "srgb" else convert(space, "srgb", (first, second, third))
    )
    return Color(255.0 * _unit(red), 255.0 * _unit(green), 255.0 * _unit(blue), alpha)


def _from_rgb(rgb: Triple, alpha: float) -> Color:
    return Color(_byte(rgb[0] * 255.0), _byte(rgb[1] * 255.0), _byte(rgb[2] * 255.0), alpha)


def _component(token: Token, whole: float, factor: float, names: dict[str, float] | None) -> float | None:
    """A number, percentage, `none` (NaN) or channel keyword, in the triple's unit."""
    kind = token.kind
    if kind == TokenKind.NUMBER:
        return token.value * factor
    if kind == TokenKind.PERCENTAGE:
        return token.value / 100.0 * whole
    if kind == TokenKind.IDENT:
        if token.lower == "none":
            return NONE_COMPONENT
        if names is not None and token.lower in names:
            return names[token.lower] * factor
        return None
    if kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        expression = parse_math(token, names)
        if expression is None or not expression.is_static:
            return None
        value = expression.evaluate(None)
        if expression.type == CalcType.NUMBER:
            return 0.0 if value.px != value.px else value.px * factor
        if expression.type == CalcType.PERCENT and value.kind == LengthKind.PERCENT:
            return value.percent / 100.0 * whole
    return None


def _hue(token: Token, names: dict[str, float] | None) -> float | None:
    if token.kind == TokenKind.DIMENSION:
        factor = ANGLES.get(token.lower)
        return None if factor is None else token.value * factor
    if token.kind == TokenKind.PERCENTAGE:
        return None
    if token.kind == TokenKind.FUNCTION and token.lower in MATH_FUNCTIONS:
        expression = parse_math(token, names)
        if expression is None or not expression.is_static:
            return None
        if expression.type not in (CalcType.NUMBER, CalcType.ANGLE):
            return None
        value = expression.evaluate(None).px
        return value if abs(value) < 1e9 else 0.0
    return _component(token, 360.0, 1.0, names)


def relative_color(token: Token, origin: Color) -> Color | None:
    """rgb(from origin r g b / alpha) with the origin known."""
    name = token.lower
    if name in ("rgba", "hsla"):
        name = name[:-1]
    children = token.children[2:]
    srgb = (origin.red / 255.0, origin.green / 255.0, origin.blue / 255.0)
    names = {"alpha": origin.alpha}
    if name == "color":
        if not children or children[0].kind != TokenKind.IDENT or children[0].lower not in _RGB_SPACES:
            return None
        space = children[0].lower
        channels = ("x", "y", "z") if space.startswith("xyz") else ("r", "g", "b")
        triple = convert("srgb", space, srgb)
    else:
        channels = _CHANNELS[name]
        triple = srgb if name == "rgb" else convert("srgb", name, srgb)
    scales = _SCALES.get(name)
    for index, channel in enumerate(channels):
        factor = 1.0 if scales is None else scales[index][1]
        names[channel] = triple[index] / factor
    return _modern(name, children, names)


def _color_mix(children: list[Token]) -> Color | Deferred | None:
    """https://drafts.csswg.org/css-color-5/#color-mix"""
    parts = split_commas(children)
    space = "oklab"
    hue = "shorter"
    if parts[0] and parts[0][0].is_ident("in"):
        words = parts[0]
        if len(words) < 2 or words[1].kind != TokenKind.IDENT or words[1].lower not in _SPACES:
            return None
        space = words[1].lower
        if len(words) == 4 and words[3].is_ident("hue") and words[2].lower in _HUE_METHODS:
            if space not in _HUE_SPACES:
                return None
            hue = words[2].lower
        elif len(words) != 2:
            return None
        parts = parts[1:]
    if len(parts) != 2:
        return None
    first = _share(parts[0])
    second = _share(parts[1])
    if first is None or second is None:
        return None
    first_share, second_share = first[1], second[1]
    if first_share < 0.0 and second_share < 0.0:
        first_share = second_share = 50.0
    elif first_share < 0.0:
        first_share = 100.0 - second_share
    elif second_share < 0.0:
        second_share = 100.0 - first_share
    total = first_share + second_share
    if total <= 0.0:
        return None
    scale = min(1.0, total / 100.0)
    share = first_share / total
    if isinstance(first[0], Color) and isinstance(second[0], Color):
        return mix(space, hue, first[0], second[0], share, scale)
    return Mix(space, hue, first[0], second[0], share, scale)


_HUE_METHODS: Final = ("shorter", "longer", "increasing", "decreasing")


def _share(tokens: list[Token]) -> tuple[Color | Deferred, float] | None:
    """A colour and its percentage, -1 where none was given."""
    percentage = -1.0
    rest = tokens
    if len(tokens) == 2:
        if tokens[0].kind == TokenKind.PERCENTAGE:
            percentage, rest = tokens[0].value, tokens[1:]
        elif tokens[1].kind == TokenKind.PERCENTAGE:
            percentage, rest = tokens[1].value, tokens[:1]
        if not 0.0 <= percentage <= 100.0:
            return None
    if len(rest) != 1:
        return None
    color = parse_color(rest[0])
    return None if color is None else (color, percentage)


def mix(space: str, hue: str, first: Color, second: Color, first_share: float, scale: float) -> Color:
    """Interpolate, premultiplied, and scale the alpha."""
    start = convert("srgb", space, (first.red / 255, first.green / 255, first.blue / 255))
    end = convert("srgb", space, (second.red / 255, second.green / 255, second.blue / 255))
    alpha = first.alpha * first_share + second.alpha * (1.0 - first_share)
    hue_at = _HUE_SPACES.get(space, -1)
    components: list[float] = []
    for index in range(3):
        a, b = start[index], end[index]
        if index == hue_at:
            # A grey has no hue: it takes the other's (a "powerless" component).
            if _is_grey(space, start):
                a = b
            elif _is_grey(space, end):
                b = a
            components.append(_mixed_hue(a, b, first_share, hue))
        elif alpha > 0.0:
            mixed = a * first.alpha * first_share + b * second.alpha * (1.0 - first_share)
            components.append(mixed / alpha)
        else:
            components.append(a * first_share + b * (1.0 - first_share))
    red, green, blue = convert(space, "srgb", (components[0], components[1], components[2]))
    return Color(255.0 * _unit(red), 255.0 * _unit(green), 255.0 * _unit(blue), alpha * scale)


def _is_grey(space: str, triple: Triple) -> bool:
    if space == "hsl":
        return triple[1] < 1e-4
    if space == "hwb":
        return triple[1] + triple[2] > 0.9999
    return triple[1] < (0.015 if space == "lch" else 4e-6)


def _mixed_hue(a: float, b: float, first_share: float, method: str) -> float:
    """https://drafts.csswg.org/css-color-4/#hue-interpolation"""
    distance = b - a
    if method == "shorter":
        if distance > 180.0:
            a += 360.0
        elif distance < -180.0:
            b += 360.0
    elif method == "longer":
        if 0.0 < distance < 180.0:
            a += 360.0
        elif -180.0 < distance <= 0.0:
            b += 360.0
    elif method == "increasing":
        if b < a:
            b += 360.0
    elif a < b:
        a += 360.0
    return (a * first_share + b * (1.0 - first_share)) % 360.0

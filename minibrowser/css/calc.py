"""Math functions (https://drafts.csswg.org/css-values-4/#math): parsed to a tree, evaluated to a `Length`.

Numbers, angles (degrees), times (s) and resolutions (dppx) are Lengths of kind NUMBER in their canonical
unit; the type is checked when the tree is built.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from enum import IntEnum
from typing import Final, final

from .. import limits
from .deferred import ComputeContext, Deferred, clamped_px
from .tokens import Token, TokenKind, split_commas
from .units import ABSOLUTE_LENGTHS, ANGLES, RELATIVE_LENGTHS, RESOLUTIONS, TIMES, Unit
from .values import CalcNode, Length, LengthKind


class CalcType(IntEnum):
    """What an expression stands for."""

    NUMBER = 0
    LENGTH = 1
    PERCENT = 2
    LENGTH_PERCENT = 3
    ANGLE = 4
    TIME = 5
    RESOLUTION = 6


class CalcOp(IntEnum):
    """Functions that are not linear, over plain floats."""

    MIN = 0
    MAX = 1
    CLAMP = 2
    ROUND_NEAREST = 3
    ROUND_UP = 4
    ROUND_DOWN = 5
    ROUND_TO_ZERO = 6
    MOD = 7
    REM = 8
    ABS = 9
    SIGN = 10
    SIN = 11
    COS = 12
    TAN = 13
    ASIN = 14
    ACOS = 15
    ATAN = 16
    ATAN2 = 17
    POW = 18
    SQRT = 19
    HYPOT = 20
    LOG = 21
    EXP = 22
    ADD = 23
    MULTIPLY = 24
    DIVIDE = 25


NAN: Final = math.nan
INFINITY: Final = math.inf


def apply(op: CalcOp, values: list[float]) -> float:
    """The value of a function over floats; NaN spreads, nothing raises."""
    for value in values:
        if value != value:
            return NAN
    try:
        return _apply(op, values)
    except (ValueError, ZeroDivisionError):
        return NAN
    except OverflowError:
        return INFINITY


def _apply(op: CalcOp, values: list[float]) -> float:  # one branch for each function
    first = values[0]
    if op == CalcOp.MIN:
        return min(values)
    if op == CalcOp.MAX:
        return max(values)
    if op == CalcOp.CLAMP:
        return max(first, min(values[1], values[2]))
    if op == CalcOp.ADD:
        return sum(values)
    if op == CalcOp.MULTIPLY:
        return first * values[1]
    if op == CalcOp.DIVIDE:
        if values[1] == 0.0:
            return NAN if first == 0.0 else math.copysign(INFINITY, first) * math.copysign(1.0, values[1])
        return first / values[1]
    if CalcOp.ROUND_NEAREST <= op <= CalcOp.ROUND_TO_ZERO:
        return _rounded(op, first, values[1])
    if op == CalcOp.MOD or op == CalcOp.REM:
        second = values[1]
        if second == 0.0 or math.isinf(first):
            return NAN
        if math.isinf(second):
            return first if op == CalcOp.REM or (first >= 0) == (second >= 0) else NAN
        return first - second * math.floor(first / second) if op == CalcOp.MOD else math.fmod(first, second)
    if op == CalcOp.ABS:
        return abs(first)
    if op == CalcOp.SIGN:
        return 0.0 if first == 0.0 else math.copysign(1.0, first)
    if op == CalcOp.SIN:
        return math.sin(first)
    if op == CalcOp.COS:
        return math.cos(first)
    if op == CalcOp.TAN:
        return math.tan(first)
    if op == CalcOp.ASIN:
        return math.degrees(math.asin(first))
    if op == CalcOp.ACOS:
        return math.degrees(math.acos(first))
    if op == CalcOp.ATAN:
        return math.degrees(math.atan(first))
    if op == CalcOp.ATAN2:
        return math.degrees(math.atan2(first, values[1]))
    if op == CalcOp.POW:
        return math.pow(first, values[1])
    if op == CalcOp.SQRT:
        return math.sqrt(first)
    if op == CalcOp.HYPOT:
        return math.hypot(*values)
    if op == CalcOp.LOG:
        if first == 0.0:
            return -INFINITY
        return math.log(first) if len(values) == 1 else math.log(first) / math.log(values[1])
    return math.exp(first)


def _rounded(op: CalcOp, value: float, step: float) -> float:
    """https://drafts.csswg.org/css-values-4/#round-func"""
    if step == 0.0 or (math.isinf(value) and math.isinf(step)):
        return NAN
    if math.isinf(value):
        return value
    if math.isinf(step):
        if op == CalcOp.ROUND_UP:
            return INFINITY if value > 0 else 0.0
        if op == CalcOp.ROUND_DOWN:
            return -INFINITY if value < 0 else 0.0
        return 0.0
    step = abs(step)
    quotient = value / step
    if op == CalcOp.ROUND_NEAREST:
        return math.floor(quotient + 0.5) * step
    if op == CalcOp.ROUND_UP:
        return math.ceil(quotient) * step
    if op == CalcOp.ROUND_DOWN:
        return math.floor(quotient) * step
    return math.trunc(quotient) * step


@final
class FunctionNode(CalcNode):
    """A function whose arguments need the percentage basis."""

    __slots__ = ("arguments", "op")

    def __init__(self, op: CalcOp, arguments: tuple[Length, ...]) -> None:
        self.op: Final = op
        self.arguments: Final = arguments

    def resolve(self, basis: float) -> float:
        """The value in px."""
        return apply(self.op, [_plain(argument, basis) for argument in self.arguments])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FunctionNode) and self.op == other.op and self.arguments == other.arguments

    def __hash__(self) -> int:
        return hash((self.op, self.arguments))

    def __repr__(self) -> str:
        return f"{self.op.name.lower()}({', '.join(repr(argument) for argument in self.arguments)})"


def _plain(length: Length, basis: float) -> float:
    if length.kind <= LengthKind.FIXED or length.kind == LengthKind.NUMBER:
        return length.px
    if length.node is not None:
        return length.node.resolve(basis)
    return length.px + basis * length.percent / 100.0


class Expression(ABC):
    """A node of the tree. `type` is its CalcType; `is_static` says that no element is needed to evaluate it."""

    __slots__ = ("is_static", "type")

    def __init__(self, type_: CalcType, is_static: bool) -> None:
        self.type: CalcType = type_
        self.is_static: bool = is_static

    @abstractmethod
    def evaluate(self, context: ComputeContext | None) -> Length:
        """The value; `context` may be None for a static tree."""


@final
class Leaf(Expression):
    """A number, an absolute length, a percentage."""

    __slots__ = ("value",)

    def __init__(self, type_: CalcType, value: Length) -> None:
        super().__init__(type_, True)
        self.value: Final = value

    def evaluate(self, context: ComputeContext | None) -> Length:
        """Itself."""
        return self.value


@final
class RelativeLeaf(Expression):
    """A relative length."""

    __slots__ = ("unit", "value")

    def __init__(self, value: float, unit: Unit) -> None:
        super().__init__(CalcType.LENGTH, False)
        self.value: Final = value
        self.unit: Final = unit

    def evaluate(self, context: ComputeContext | None) -> Length:
        """In px."""
        return Length(LengthKind.FIXED, self.value * context.unit(self.unit) if context is not None else 0.0)


@final
class Sum(Expression):
    """Terms added up."""

    __slots__ = ("terms",)

    def __init__(self, type_: CalcType, terms: list[Expression]) -> None:
        super().__init__(type_, all(term.is_static for term in terms))
        self.terms: Final = terms

    def evaluate(self, context: ComputeContext | None) -> Length:
        """Linear parts are added, the others make a node."""
        px = percent = 0.0
        kind = LengthKind.FIXED
        nodes: list[Length] = []
        for term in self.terms:
            value = term.evaluate(context)
            if value.node is not None:
                nodes.append(value)
                continue
            if value.kind == LengthKind.NUMBER:
                kind = LengthKind.NUMBER
            elif value.kind != LengthKind.FIXED and kind == LengthKind.FIXED:
                kind = LengthKind.CALC
            px += value.px
            percent += value.percent
        if nodes:
            if px or percent:
                nodes.append(_linear(px, percent))
            if len(nodes) == 1:
                return nodes[0]
            return Length(LengthKind.CALC, node=FunctionNode(CalcOp.ADD, tuple(nodes)))
        if kind == LengthKind.CALC:
            return _linear(px, percent)
        return Length(kind, px)


def _linear(px: float, percent: float) -> Length:
    if px == 0.0:
        return Length(LengthKind.PERCENT, 0.0, percent)
    return Length(LengthKind.CALC, px, percent)


@final
class Scaled(Expression):
    """An expression times (or divided by) a number."""

    __slots__ = ("divides", "factor", "term")

    def __init__(self, term: Expression, factor: Expression, divides: bool) -> None:
        super().__init__(term.type, term.is_static and factor.is_static)
        self.term: Final = term
        self.factor: Final = factor
        self.divides: Final = divides

    def evaluate(self, context: ComputeContext | None) -> Length:
        """Linear parts are scaled."""
        value = self.term.evaluate(context)
        factor = self.factor.evaluate(context).px
        op = CalcOp.DIVIDE if self.divides else CalcOp.MULTIPLY
        if value.node is not None:
            return Length(LengthKind.CALC, node=FunctionNode(op, (value, Length(LengthKind.NUMBER, factor))))
        return Length(
            value.kind,
            apply(op, [value.px, factor]),
            apply(op, [value.percent, factor]) if value.percent else 0.0,
        )


@final
class Quotient(Expression):
    """Two lengths (or angles ...) divided: a number."""

    __slots__ = ("first", "second")

    def __init__(self, first: Expression, second: Expression) -> None:
        super().__init__(CalcType.NUMBER, first.is_static and second.is_static)
        self.first: Final = first
        self.second: Final = second

    def evaluate(self, context: ComputeContext | None) -> Length:
        """The number."""
        return Length(
            LengthKind.NUMBER,
            apply(CalcOp.DIVIDE, [self.first.evaluate(context).px, self.second.evaluate(context).px]),
        )


@final
class Function(Expression):
    """A function over its arguments; `scale` turns degrees into what the op wants."""

    __slots__ = ("arguments", "op")

    def __init__(self, type_: CalcType, op: CalcOp, arguments: list[Expression]) -> None:
        super().__init__(type_, all(argument.is_static for argument in arguments))
        self.op: Final = op
        self.arguments: Final = arguments

    def evaluate(self, context: ComputeContext | None) -> Length:
        """The value where all arguments are known, a node where the percentage basis is needed."""
        values = [argument.evaluate(context) for argument in self.arguments]
        is_plain = all(
            value.node is None and value.kind in (LengthKind.FIXED, LengthKind.NUMBER) for value in values
        )
        if is_plain:
            numbers = [value.px for value in values]
            if CalcOp.SIN <= self.op <= CalcOp.TAN and self.arguments[0].type == CalcType.ANGLE:
                numbers = [math.radians(numbers[0])]
            result = apply(self.op, numbers)
            is_length = self.type in (CalcType.LENGTH, CalcType.LENGTH_PERCENT, CalcType.PERCENT)
            return Length(LengthKind.FIXED if is_length else LengthKind.NUMBER, result)
        if all(value.node is None and value.kind == LengthKind.PERCENT for value in values):
            if self.op <= CalcOp.CLAMP or self.op == CalcOp.ABS:
                # OPTIMIZATION: percentages alone compare like numbers for a basis of at least 0.
                return Length(LengthKind.PERCENT, 0.0, apply(self.op, [value.percent for value in values]))
        return Length(LengthKind.CALC, node=FunctionNode(self.op, tuple(values)))


@final
class CalcLength(Deferred):
    """A math function whose value is a length, possibly with percentages, once the element is known."""

    __slots__ = ("expression",)

    def __init__(self, expression: Expression) -> None:
        self.expression: Final = expression

    def compute(self, context: ComputeContext) -> Length:
        """In px and percent."""
        return finished(self.expression.evaluate(context))


def finished(value: Length) -> Length:
    """A top-level result: NaN is 0, infinity the largest length (css-values-4 section 10.12)."""
    if value.node is None and not (abs(value.px) < 1e7 and abs(value.percent) < 1e7):
        return Length(value.kind, clamped_px(value.px), clamped_px(value.percent))
    return value


MATH_FUNCTIONS: Final = frozenset(
    (
        "calc -webkit-calc -moz-calc min max clamp round mod rem sin cos tan asin acos atan atan2 pow sqrt hypot log "
        "exp abs sign"
    ).split()
)

_CONSTANTS: Final[dict[str, float]] = {
    "e": math.e,
    "pi": math.pi,
    "infinity": INFINITY,
    "-infinity": -INFINITY,
    "nan": NAN,
}

_ROUNDINGS: Final = {
    "nearest": CalcOp.ROUND_NEAREST,
    "up": CalcOp.ROUND_UP,
    "down": CalcOp.ROUND_DOWN,
    "to-zero": CalcOp.ROUND_TO_ZERO,
}

_TRIGONOMETRY: Final = {"sin": CalcOp.SIN, "cos": CalcOp.COS, "tan": CalcOp.TAN}
_ARCS: Final = {"asin": CalcOp.ASIN, "acos": CalcOp.ACOS, "atan": CalcOp.ATAN}
_SAME_TYPE: Final = {
    "min": CalcOp.MIN,
    "max": CalcOp.MAX,
    "clamp": CalcOp.CLAMP,
    "mod": CalcOp.MOD,
    "rem": CalcOp.REM,
    "hypot": CalcOp.HYPOT,
    "abs": CalcOp.ABS,
}
_COUNTS: Final = {"clamp": 3, "mod": 2, "rem": 2, "abs": 1}


def parse_math(token: Token, names: dict[str, float] | None = None) -> Expression | None:
    """The tree of a math function, None where it is invalid. `names` are channel keywords of relative colours."""
    return _Parser(names).function(token)


@final
class _Parser:
    def __init__(self, names: dict[str, float] | None) -> None:
        self.names: Final = names

    def function(self, token: Token) -> Expression | None:
        name = token.lower
        if name in ("calc", "-webkit-calc", "-moz-calc"):
            return self.sum(token.children)
        if name not in MATH_FUNCTIONS:
            return None
        parts = split_commas(token.children)
        if name == "round":
            return self.round(parts)
        if name == "clamp" and len(parts) == 3:
            # `none` leaves a side open.
            low, middle, high = parts
            no_low = len(low) == 1 and low[0].is_ident("none")
            no_high = len(high) == 1 and high[0].is_ident("none")
            if no_low and no_high:
                return self.sum(middle)
            if no_low:
                return self.same_type(CalcOp.MIN, [middle, high])
            if no_high:
                return self.same_type(CalcOp.MAX, [low, middle])
        op = _SAME_TYPE.get(name)
        if op is not None:
            if name in _COUNTS and len(parts) != _COUNTS[name]:
                return None
            return self.same_type(op, parts)
        arguments: list[Expression] = []
        for part in parts:
            expression = self.sum(part)
            if expression is None:
                return None
            arguments.append(expression)
        first = arguments[0]
        if name == "sign":
            return Function(CalcType.NUMBER, CalcOp.SIGN, arguments) if len(arguments) == 1 else None
        if name == "atan2":
            if len(arguments) != 2 or first.type != arguments[1].type:
                return None
            return Function(CalcType.ANGLE, CalcOp.ATAN2, arguments)
        if name in _TRIGONOMETRY:
            if len(arguments) != 1 or first.type not in (CalcType.NUMBER, CalcType.ANGLE):
                return None
            return Function(CalcType.NUMBER, _TRIGONOMETRY[name], arguments)
        if any(argument.type != CalcType.NUMBER for argument in arguments):
            return None
        if name in _ARCS:
            return Function(CalcType.ANGLE, _ARCS[name], arguments) if len(arguments) == 1 else None
        if name == "pow":
            return Function(CalcType.NUMBER, CalcOp.POW, arguments) if len(arguments) == 2 else None
        if name == "log":
            return Function(CalcType.NUMBER, CalcOp.LOG, arguments) if len(arguments) <= 2 else None
        if len(arguments) != 1:
            return None
        return Function(CalcType.NUMBER, CalcOp.SQRT if name == "sqrt" else CalcOp.EXP, arguments)

    def round(self, parts: list[list[Token]]) -> Expression | None:
        op = CalcOp.ROUND_NEAREST
        if len(parts[0]) == 1 and parts[0][0].kind == TokenKind.IDENT and parts[0][0].lower in _ROUNDINGS:
            op = _ROUNDINGS[parts[0][0].lower]
            parts = parts[1:]
        if len(parts) == 1:
            value = self.sum(parts[0])
            if value is None or value.type != CalcType.NUMBER:
                return None
            return Function(
                CalcType.NUMBER, op, [value, Leaf(CalcType.NUMBER, Length(LengthKind.NUMBER, 1.0))]
            )
        return self.same_type(op, parts) if len(parts) == 2 else None

    def same_type(self, op: CalcOp, parts: list[list[Token]]) -> Expression | None:
        arguments: list[Expression] = []
        for part in parts:
            expression = self.sum(part)
            if expression is None:
                return None
            arguments.append(expression)
        kind = _common_type(arguments)
        return None if kind is None else Function(kind, op, arguments)

    def sum(self, tokens: list[Token]) -> Expression | None:
        terms: list[Expression] = []
        start = 0
        negative = False
        index = 0
        count = len(tokens)
        if count == 0:
            return None
        while index <= count:
            token = tokens[index] if index < count else None
            is_operator = (
                token is not None
                and token.kind == TokenKind.DELIM
                and token.text in "+-"
                and index > start
                and not (
                    tokens[index - 1].kind == TokenKind.DELIM or tokens[index - 1].kind == TokenKind.SLASH
                )
            )
            if token is None or is_operator:
                if token is not None and not (
                    token.spaced and index + 1 < count and tokens[index + 1].spaced
                ):
                    return None
                term = self.product(tokens[start:index])
                if term is None:
                    return None
                if negative:
                    term = Scaled(term, Leaf(CalcType.NUMBER, Length(LengthKind.NUMBER, -1.0)), False)
                terms.append(term)
                if token is not None:
                    negative = token.text == "-"
                start = index + 1
            index += 1
        if len(terms) == 1:
            return terms[0]
        kind = _common_type(terms)
        return None if kind is None else Sum(kind, terms)

    def product(self, tokens: list[Token]) -> Expression | None:
        # Each factor is a level of the tree, and levels are capped.
        if not tokens or len(tokens) % 2 == 0 or len(tokens) > 2 * limits.MAX_NESTING:
            return None
        result = self.value(tokens[0])
        for index in range(1, len(tokens), 2):
            operator = tokens[index]
            value = self.value(tokens[index + 1])
            if result is None or value is None:
                return None
            if operator.kind == TokenKind.SLASH:
                if value.type == CalcType.NUMBER:
                    result = Scaled(result, value, True)
                elif value.type == result.type and value.type != CalcType.LENGTH_PERCENT:
                    result = Quotient(result, value)
                else:
                    return None
            elif operator.is_delim("*"):
                if value.type == CalcType.NUMBER:
                    result = Scaled(result, value, False)
                elif result.type == CalcType.NUMBER:
                    result = Scaled(value, result, False)
                else:
                    return None
            else:
                return None
        return result

    def value(self, token: Token) -> Expression | None:
        kind = token.kind
        if kind == TokenKind.NUMBER:
            return Leaf(CalcType.NUMBER, Length(LengthKind.NUMBER, token.value))
        if kind == TokenKind.DIMENSION:
            return self.dimension(token)
        if kind == TokenKind.PERCENTAGE:
            return Leaf(CalcType.PERCENT, Length(LengthKind.PERCENT, 0.0, token.value))
        if kind == TokenKind.PAREN:
            return self.sum(token.children)
        if kind == TokenKind.FUNCTION:
            return self.function(token)
        if kind == TokenKind.IDENT:
            number = _CONSTANTS.get(token.lower)
            if number is None and self.names is not None:
                number = self.names.get(token.lower)
            if number is not None:
                return Leaf(CalcType.NUMBER, Length(LengthKind.NUMBER, number))
        return None

    def dimension(self, token: Token) -> Expression | None:
        unit = token.lower
        factor = ABSOLUTE_LENGTHS.get(unit)
        if factor is not None:
            return Leaf(CalcType.LENGTH, Length(LengthKind.FIXED, token.value * factor))
        relative = RELATIVE_LENGTHS.get(unit)
        if relative is not None:
            return RelativeLeaf(token.value, relative)
        factor = ANGLES.get(unit)
        if factor is not None:
            return Leaf(CalcType.ANGLE, Length(LengthKind.NUMBER, token.value * factor))
        factor = TIMES.get(unit)
        if factor is not None:
            return Leaf(CalcType.TIME, Length(LengthKind.NUMBER, token.value * factor))
        factor = RESOLUTIONS.get(unit)
        if factor is not None:
            return Leaf(CalcType.RESOLUTION, Length(LengthKind.NUMBER, token.value * factor))
        return None


def _common_type(expressions: list[Expression]) -> CalcType | None:
    kind = expressions[0].type
    for expression in expressions:
        other = expression.type
        if other == kind:
            continue
        if (
            CalcType.LENGTH <= kind <= CalcType.LENGTH_PERCENT
            and CalcType.LENGTH <= other <= CalcType.LENGTH_PERCENT
        ):
            kind = CalcType.LENGTH_PERCENT
        else:
            return None
    return kind

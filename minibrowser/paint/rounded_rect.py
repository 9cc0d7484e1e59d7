"""Rectangles with elliptical corners (https://drafts.csswg.org/css-backgrounds-3/#corners). CSS px."""

from __future__ import annotations

from typing import Final, final

from ..geometry import Edges, Rect


@final
class Radii:
    """The four corners' horizontal and vertical radii, clockwise from the top left."""

    __slots__ = (
        "bottom_left_x",
        "bottom_left_y",
        "bottom_right_x",
        "bottom_right_y",
        "top_left_x",
        "top_left_y",
        "top_right_x",
        "top_right_y",
    )

    def __init__(
        self,
        top_left: tuple[float, float],
        top_right: tuple[float, float],
        bottom_right: tuple[float, float],
        bottom_left: tuple[float, float],
    ) -> None:
        self.top_left_x: Final = top_left[0]
        self.top_left_y: Final = top_left[1]
        self.top_right_x: Final = top_right[0]
        self.top_right_y: Final = top_right[1]
        self.bottom_right_x: Final = bottom_right[0]
        self.bottom_right_y: Final = bottom_right[1]
        self.bottom_left_x: Final = bottom_left[0]
        self.bottom_left_y: Final = bottom_left[1]

    def is_zero(self) -> bool:
        """Whether every corner is square."""
        return (
            (self.top_left_x <= 0 or self.top_left_y <= 0)
            and (self.top_right_x <= 0 or self.top_right_y <= 0)
            and (self.bottom_right_x <= 0 or self.bottom_right_y <= 0)
            and (self.bottom_left_x <= 0 or self.bottom_left_y <= 0)
        )

    def scaled(self, factor: float) -> Radii:
        """All radii times a factor."""
        return Radii(
            (self.top_left_x * factor, self.top_left_y * factor),
            (self.top_right_x * factor, self.top_right_y * factor),
            (self.bottom_right_x * factor, self.bottom_right_y * factor),
            (self.bottom_left_x * factor, self.bottom_left_y * factor),
        )

    def key(self) -> tuple[float, ...]:
        """The eight numbers, for caches."""
        return (
            self.top_left_x,
            self.top_left_y,
            self.top_right_x,
            self.top_right_y,
            self.bottom_right_x,
            self.bottom_right_y,
            self.bottom_left_x,
            self.bottom_left_y,
        )

    def __repr__(self) -> str:
        values = self.key()
        if all(value == values[0] for value in values):
            return f"{values[0]:g}"
        return " ".join(f"{values[i]:g}/{values[i + 1]:g}" for i in range(0, 8, 2))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Radii) and self.key() == other.key()

    def __hash__(self) -> int:
        return hash(self.key())


SQUARE: Final = Radii((0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (0.0, 0.0))


def _shrunk(x: float, y: float, dx: float, dy: float) -> tuple[float, float]:
    x, y = x - dx, y - dy
    return (x, y) if x > 0 and y > 0 else (0.0, 0.0)


def _grown(x: float, y: float, dx: float, dy: float) -> tuple[float, float]:
    if x <= 0 or y <= 0:
        return 0.0, 0.0
    return x + dx, y + dy


def _spread(x: float, y: float, spread: float) -> tuple[float, float]:
    """https://drafts.csswg.org/css-backgrounds-3/#shadow-shape: sharp corners stay sharp, small radii grow less."""
    if x <= 0 or y <= 0:
        return 0.0, 0.0
    return _spread_radius(x, spread), _spread_radius(y, spread)


def _spread_radius(radius: float, spread: float) -> float:
    if radius >= spread:
        return radius + spread
    ratio = radius / spread
    return radius + spread * (1.0 + (ratio - 1.0) ** 3)


@final
class RoundedRect:
    """A rectangle and its radii, which `constrained` keeps from overlapping."""

    __slots__ = ("radii", "rect")

    def __init__(self, rect: Rect, radii: Radii = SQUARE) -> None:
        self.rect: Final = rect
        self.radii: Final = radii

    def is_rounded(self) -> bool:
        """Whether any corner is not square."""
        return self.radii is not SQUARE and not self.radii.is_zero()

    def constrained(self) -> RoundedRect:
        """https://drafts.csswg.org/css-backgrounds-3/#corner-overlap: all radii shrink by one factor."""
        r, width, height = self.radii, self.rect.width, self.rect.height
        if r is SQUARE:
            return self
        factor = 1.0
        for total, side in (
            (r.top_left_x + r.top_right_x, width),
            (r.bottom_left_x + r.bottom_right_x, width),
            (r.top_left_y + r.bottom_left_y, height),
            (r.top_right_y + r.bottom_right_y, height),
        ):
            if total > side and total > 0:
                factor = min(factor, side / total)
        if factor >= 1.0:
            return self
        return RoundedRect(self.rect, r.scaled(factor))

    def inset(self, edges: Edges) -> RoundedRect:
        """The shape inside edges: the padding edge of a border edge, and so on."""
        r = self.radii
        rect = self.rect.inset(edges)
        if r is SQUARE:
            return RoundedRect(rect)
        return RoundedRect(
            rect,
            Radii(
                _shrunk(r.top_left_x, r.top_left_y, edges.left, edges.top),
                _shrunk(r.top_right_x, r.top_right_y, edges.right, edges.top),
                _shrunk(r.bottom_right_x, r.bottom_right_y, edges.right, edges.bottom),
                _shrunk(r.bottom_left_x, r.bottom_left_y, edges.left, edges.bottom),
            ),
        ).constrained()

    def outset(self, edges: Edges) -> RoundedRect:
        """The shape around edges, concentric: radii grow by the edges (outlines)."""
        r = self.radii
        rect = self.rect.outset(edges)
        if r is SQUARE:
            return RoundedRect(rect)
        return RoundedRect(
            rect,
            Radii(
                _grown(r.top_left_x, r.top_left_y, edges.left, edges.top),
                _grown(r.top_right_x, r.top_right_y, edges.right, edges.top),
                _grown(r.bottom_right_x, r.bottom_right_y, edges.right, edges.bottom),
                _grown(r.bottom_left_x, r.bottom_left_y, edges.left, edges.bottom),
            ),
        )

    def spread(self, amount: float) -> RoundedRect:
        """The shape of a shadow with this spread distance."""
        if amount == 0:
            return self
        if amount < 0:
            return self.inset(Edges(-amount, -amount, -amount, -amount))
        r = self.radii
        rect = self.rect.outset(Edges(amount, amount, amount, amount))
        if r is SQUARE:
            return RoundedRect(rect)
        return RoundedRect(
            rect,
            Radii(
                _spread(r.top_left_x, r.top_left_y, amount),
                _spread(r.top_right_x, r.top_right_y, amount),
                _spread(r.bottom_right_x, r.bottom_right_y, amount),
                _spread(r.bottom_left_x, r.bottom_left_y, amount),
            ),
        ).constrained()

    def moved(self, dx: float, dy: float) -> RoundedRect:
        """The same shape elsewhere."""
        return RoundedRect(self.rect.moved(dx, dy), self.radii)

    def covers(self, rect: Rect) -> bool:
        """Whether a rectangle lies inside without touching a round corner (may say no where it does)."""
        own = self.rect
        if rect.x < own.x or rect.y < own.y or rect.right > own.right or rect.bottom > own.bottom:
            return False
        if not self.is_rounded():
            return True
        r = self.radii
        left = max(r.top_left_x, r.bottom_left_x)
        right = max(r.top_right_x, r.bottom_right_x)
        top = max(r.top_left_y, r.top_right_y)
        bottom = max(r.bottom_left_y, r.bottom_right_y)
        is_between_sides = rect.x >= own.x + left and rect.right <= own.right - right
        return is_between_sides or (rect.y >= own.y + top and rect.bottom <= own.bottom - bottom)

    def __repr__(self) -> str:
        return f"{self.rect!r} r {self.radii!r}" if self.is_rounded() else repr(self.rect)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoundedRect) and self.rect == other.rect and self.radii == other.radii

    def __hash__(self) -> int:
        return hash((self.rect, self.radii))

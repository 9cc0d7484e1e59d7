"""Points, sizes, rectangles and matrices, in CSS px unless a name says otherwise.

Plain final classes: they are made by the hundred thousand and compiled code makes them in 20 ns.
"""

from __future__ import annotations

import math
from typing import Final, final


@final
class Size:
    """A width and a height."""

    __slots__ = ("height", "width")

    def __init__(self, width: float, height: float) -> None:
        self.width: Final = width
        self.height: Final = height

    def __repr__(self) -> str:
        return f"{self.width:g}x{self.height:g}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Size) and self.width == other.width and self.height == other.height

    def __hash__(self) -> int:
        return hash((self.width, self.height))


@final
class Edges:
    """Four widths, one for each side of a box: margins, borders, paddings, insets."""

    __slots__ = ("bottom", "left", "right", "top")

    def __init__(self, top: float, right: float, bottom: float, left: float) -> None:
        self.top: Final = top
        self.right: Final = right
        self.bottom: Final = bottom
        self.left: Final = left

    @property
    def horizontal(self) -> float:
        """left + right."""
        return self.left + self.right

    @property
    def vertical(self) -> float:
        """top + bottom."""
        return self.top + self.bottom

    def plus(self, other: Edges) -> Edges:
        """The sums, side by side."""
        return Edges(
            self.top + other.top, self.right + other.right, self.bottom + other.bottom, self.left + other.left
        )

    def is_zero(self) -> bool:
        """Whether all four are 0."""
        return self.top == 0 and self.right == 0 and self.bottom == 0 and self.left == 0

    def __repr__(self) -> str:
        return f"({self.top:g} {self.right:g} {self.bottom:g} {self.left:g})"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Edges)
            and self.top == other.top
            and self.right == other.right
            and self.bottom == other.bottom
            and self.left == other.left
        )

    def __hash__(self) -> int:
        return hash((self.top, self.right, self.bottom, self.left))


NO_EDGES: Final = Edges(0.0, 0.0, 0.0, 0.0)


@final
class Rect:
    """A rectangle by its top left corner and its size."""

    __slots__ = ("height", "width", "x", "y")

    def __init__(self, x: float, y: float, width: float, height: float) -> None:
        self.x: Final = x
        self.y: Final = y
        self.width: Final = width
        self.height: Final = height

    @property
    def right(self) -> float:
        """x + width."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """y + height."""
        return self.y + self.height

    def is_empty(self) -> bool:
        """Whether there is no area."""
        return self.width <= 0 or self.height <= 0

    def moved(self, dx: float, dy: float) -> Rect:
        """The same rectangle elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def inset(self, edges: Edges) -> Rect:
        """The rectangle inside these edges; never of negative size."""
        return Rect(
            self.x + edges.left,
            self.y + edges.top,
            max(0.0, self.width - edges.left - edges.right),
            max(0.0, self.height - edges.top - edges.bottom),
        )

    def outset(self, edges: Edges) -> Rect:
        """The rectangle around these edges."""
        return Rect(
            self.x - edges.left,
            self.y - edges.top,
            self.width + edges.left + edges.right,
            self.height + edges.top + edges.bottom,
        )

    def union(self, other: Rect) -> Rect:
        """The smallest rectangle that holds both, empty ones too (as client rects are united)."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Rect(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def intersection(self, other: Rect) -> Rect:
        """What both hold; of size 0 where they do not meet."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        return Rect(
            x, y, max(0.0, min(self.right, other.right) - x), max(0.0, min(self.bottom, other.bottom) - y)
        )

    def intersects(self, other: Rect) -> bool:
        """Whether the two share any area."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def __repr__(self) -> str:
        return f"({self.x:g}, {self.y:g}) {self.width:g}x{self.height:g}"

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Rect)
            and self.x == other.x
            and self.y == other.y
            and self.width == other.width
            and self.height == other.height
        )

    def __hash__(self) -> int:
        return hash((self.x, self.y, self.width, self.height))


NO_RECT: Final = Rect(0.0, 0.0, 0.0, 0.0)


@final
class Matrix:
    """A 2D affine matrix in the order of CSS `matrix()`: x' = ax + cy + e, y' = bx + dy + f."""

    __slots__ = ("a", "b", "c", "d", "e", "f")

    def __init__(self, a: float, b: float, c: float, d: float, e: float, f: float) -> None:
        self.a: Final = a
        self.b: Final = b
        self.c: Final = c
        self.d: Final = d
        self.e: Final = e
        self.f: Final = f

    def times(self, other: Matrix) -> Matrix:
        """self · other: `other` is applied to a point first."""
        return Matrix(
            self.a * other.a + self.c * other.b,
            self.b * other.a + self.d * other.b,
            self.a * other.c + self.c * other.d,
            self.b * other.c + self.d * other.d,
            self.a * other.e + self.c * other.f + self.e,
            self.b * other.e + self.d * other.f + self.f,
        )

    def translated(self, dx: float, dy: float) -> Matrix:
        """self · translation."""
        return self.times(Matrix(1.0, 0.0, 0.0, 1.0, dx, dy))

    def apply(self, x: float, y: float) -> tuple[float, float]:
        """The point's place after the transform."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def map_rect(self, rect: Rect) -> Rect:
        """The bounding box of a transformed rectangle."""
        if self.is_translation():
            return rect.moved(self.e, self.f)
        xs: list[float] = []
        ys: list[float] = []
        for x in (rect.x, rect.right):
            for y in (rect.y, rect.bottom):
                px, py = self.apply(x, y)
                xs.append(px)
                ys.append(py)
        left, top = min(xs), min(ys)
        return Rect(left, top, max(xs) - left, max(ys) - top)

    def determinant(self) -> float:
        """ad - bc; 0 where the transform flattens the plane."""
        return self.a * self.d - self.b * self.c

    def inverse(self) -> Matrix | None:
        """The inverse, None where there is none."""
        det = self.determinant()
        if det == 0 or not math.isfinite(det):
            return None
        return Matrix(
            self.d / det,
            -self.b / det,
            -self.c / det,
            self.a / det,
            (self.c * self.f - self.d * self.e) / det,
            (self.b * self.e - self.a * self.f) / det,
        )

    def is_translation(self) -> bool:
        """Whether nothing is scaled, turned or skewed."""
        return self.a == 1 and self.b == 0 and self.c == 0 and self.d == 1

    def __repr__(self) -> str:
        return f"matrix({self.a:g}, {self.b:g}, {self.c:g}, {self.d:g}, {self.e:g}, {self.f:g})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Matrix) and (
            (self.a, self.b, self.c, self.d, self.e, self.f)
            == (other.a, other.b, other.c, other.d, other.e, other.f)
        )

    def __hash__(self) -> int:
        return hash((self.a, self.b, self.c, self.d, self.e, self.f))


IDENTITY: Final = Matrix(1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

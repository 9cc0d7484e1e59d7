"""Hit testing: what stands under a point, topmost first (https://drafts.csswg.org/cssom-view/#dom-document-elementsfrompoint).

The order is painting's, from its end: `stacking.py` sorts every box into layers, with ink or without, and a point goes
through them backwards, as Blink's PaintLayer::HitTest does. As there, a point is a pixel: what reaches into it is hit.
Each layer keeps rectangles around groups of its items, so that a point looks at few of them.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.keywords import BackfaceVisibility
from ..css.values import ShapeKind
from ..geometry import Rect
from ..layout.box import BoxKind
from ..layout.fragment import Fragment, FragmentKind
from ..layout.recursion import DeepRecursion
from ..layout.transform_3d import NEAR, Matrix4, child_perspective, own_matrix
from ..limits import MAX_LENGTH
from .box_shape import fragment_radii
from .clip_path import clip_path_shape
from .page_root import body_of, root_element, viewport_boxes
from .paint_context import ClipNode, common_clip
from .path import Path
from .rounded_rect import SQUARE, RoundedRect
from .space import is_transformable, preserves_3d, space_of
from .stacking import ItemKind, PaintItem, PaintLayer, StackingBuilder
from .style_flags import BACKFACE, GROUP, TRANSFORMED

GROUP_SIZE: Final = 8
"""Items that share a rectangle, and rectangles that share one of the next level."""

NOT_HIT: Final = frozenset(
    (ItemKind.OUTLINE, ItemKind.CELL_BACKGROUND, ItemKind.COLLAPSED_BORDERS, ItemKind.COLUMN_RULES)
)
"""What belongs to boxes that are hit by their other items."""

NEVER_HIT: Final = frozenset((BoxKind.TABLE_ROW, BoxKind.TABLE_ROW_GROUP))
"""As in Blink: between the cells of a row it is the table that is hit."""


@final
class Hit:
    """Something under the point. `x`, `y`: the point in the coordinates that the item's fragment is placed in, which
    are the page's where nothing is transformed."""

    __slots__ = ("item", "x", "y")

    def __init__(self, item: PaintItem, x: float, y: float) -> None:
        self.item: Final = item
        self.x: Final = x
        self.y: Final = y

    def is_text(self) -> bool:
        """Whether it is a run of text, and not a box or a line."""
        return self.item.kind == ItemKind.TEXT

    def __repr__(self) -> str:
        return f"<Hit {self.item.kind.name} {self.item.fragment!r}>"


@final
class Probe:
    """The pixel that is asked for, in some coordinates: a square, or what a transform has made of it.

    Attributes:
        x, y: the point itself.
        left, top, right, bottom: around the pixel.
        corners: of the pixel, where its sides are not along the axes.
    """

    __slots__ = ("bottom", "corners", "left", "right", "top", "x", "y")

    def __init__(self, x: float, y: float, corners: list[tuple[float, float]]) -> None:
        self.x: Final = x
        self.y: Final = y
        xs = [corner[0] for corner in corners]
        ys = [corner[1] for corner in corners]
        self.left: Final[float] = min(xs)
        self.top: Final[float] = min(ys)
        self.right: Final[float] = max(xs)
        self.bottom: Final[float] = max(ys)
        is_square = True
        for cx, cy in corners:
            if (cx != self.left and cx != self.right) or (cy != self.top and cy != self.bottom):
                is_square = False
        self.corners: Final[list[tuple[float, float]]] = [] if is_square else corners

    def meets(self, rect: Rect) -> bool:
        """Whether a rectangle reaches into the pixel (Blink's HitTestLocation::Intersects)."""
        if not (rect.width > 0.0 and rect.height > 0.0):
            return False
        if not (
            rect.x < self.right
            and rect.x + rect.width > self.left
            and rect.y < self.bottom
            and rect.y + rect.height > self.top
        ):
            return False
        return not self.corners or self._meets_turned(rect)

    def _meets_turned(self, rect: Rect) -> bool:
        """Whether no side of the pixel has the rectangle on its other side."""
        corners = self.corners
        count = len(corners)
        for index in range(count):
            ax, ay = corners[index]
            bx, by = corners[(index + 1) % count]
            nx, ny = by - ay, ax - bx
            own = [nx * (cx - ax) + ny * (cy - ay) for cx, cy in corners]
            others = [
                nx * (cx - ax) + ny * (cy - ay) for cx in (rect.x, rect.right) for cy in (rect.y, rect.bottom)
            ]
            if max(own) <= min(others) or max(others) <= min(own):
                return False
        return True

    def meets_shape(self, shape: RoundedRect) -> bool:
        """The same for a rectangle with round corners."""
        rect = shape.rect
        if not self.meets(rect):
            return False
        if not shape.is_rounded():
            return True
        r = shape.radii
        from_left, from_right = self.right - rect.x, rect.right - self.left
        from_top, from_bottom = self.bottom - rect.y, rect.bottom - self.top
        return not (
            _outside_corner(r.top_left_x, r.top_left_y, from_left, from_top)
            or _outside_corner(r.top_right_x, r.top_right_y, from_right, from_top)
            or _outside_corner(r.bottom_right_x, r.bottom_right_y, from_right, from_bottom)
            or _outside_corner(r.bottom_left_x, r.bottom_left_y, from_left, from_bottom)
        )


def _outside_corner(rx: float, ry: float, dx: float, dy: float) -> bool:
    """Whether a point lies beyond a round corner; (dx, dy): how far it is inside of the corner's sides."""
    if rx <= 0.0 or ry <= 0.0 or dx >= rx or dy >= ry:
        return False
    across, along = (rx - dx) / rx, (ry - dy) / ry
    return across * across + along * along > 1.0


@final
class HitLayer:
    """A layer with its items and child layers in one list, in painting order.

    Attributes:
        items, inner: the items; for those that are layers, the layer, at the same index.
        levels: rectangles (left, top, right, bottom) of the items, then of groups of them, then of groups of those.
        bounds: of everything, where the layer stands in its parent; without end where that depends on a 3D context.
        matrix: its transform with its parent's perspective, None for none.
        ends_room: whether it flattens what is inside of it.
        space: the layer whose 3D context it may stand in.
    """

    __slots__ = (
        "bounds",
        "ends_room",
        "inner",
        "is_hidden_behind",
        "items",
        "layer",
        "levels",
        "matrix",
        "path",
        "preserves",
        "space",
    )

    def __init__(self, layer: PaintLayer) -> None:
        self.layer: Final = layer
        self.items: Final[list[PaintItem]] = []
        self.inner: Final[list[HitLayer | None]] = []
        self.levels: Final[list[list[float]]] = []
        self.bounds: list[float] = NOWHERE
        self.matrix: Matrix4 | None = None
        self.path: Path | None = None
        self.ends_room: bool = False
        self.is_hidden_behind: bool = False
        self.preserves: bool = False
        self.space: PaintLayer | None = None


NOWHERE: Final[list[float]] = [math.inf, math.inf, -math.inf, -math.inf]
EVERYWHERE: Final[list[float]] = [-math.inf, -math.inf, math.inf, math.inf]


@final
class _Room:
    """A 3D rendering context while a point goes through it: the hits of each plane with their depth there.

    Attributes:
        layer: whose children may stand in planes of their own; matrix: from its plane to what the context is shown in.
        probe, clip, scope: the point outside of the context, and what clips that.
        planes: (depth, hits) of the pieces of planes passed so far.
    """

    __slots__ = ("layer", "matrix", "planes", "probe", "scope")

    def __init__(
        self,
        layer: PaintLayer,
        matrix: Matrix4,
        probe: Probe,
        scope: _ClipScope,
        planes: list[tuple[float, list[Hit]]],
    ) -> None:
        self.layer: Final = layer
        self.matrix: Final = matrix
        self.probe: Final = probe
        self.scope: Final = scope
        self.planes: Final = planes


@final
class _ClipScope:
    """Which clips a point is inside of; those from `base` on outwards were asked in other coordinates."""

    __slots__ = ("_known", "base", "probe")

    def __init__(self, probe: Probe, base: ClipNode | None) -> None:
        self.probe: Final = probe
        self.base: Final = base
        self._known: Final[dict[ClipNode, bool]] = {}

    def lets_through(self, clip: ClipNode | None) -> bool:
        """Whether the point is inside of a clip and of all those around it."""
        if clip is None:
            return True
        if self.base is not None:
            outside = common_clip(self.base, clip)
        else:
            outside = None
        chain: list[ClipNode] = []
        result = True
        node: ClipNode | None = clip
        while node is not None and node is not outside:
            known = self._known.get(node)
            if known is not None:
                result = known
                break
            chain.append(node)
            node = node.parent
        for index in range(len(chain) - 1, -1, -1):
            node = chain[index]
            result = result and self._is_inside(node)
            self._known[node] = result
        return result

    def _is_inside(self, node: ClipNode) -> bool:
        if node.path is not None:
            return path_contains(node.path, self.probe.x, self.probe.y)
        return self.probe.meets_shape(node.shape)


@final
class HitTester:
    """What stands where on a page. Made once for a layout; asked for any number of points.

    Attributes:
        looked_at: items and groups that points were compared with so far.
        item_count: how many items there are in all.
    """

    def __init__(self, root: Fragment, area: Rect) -> None:
        """`area`: where points may be, CSS px of the page; what is far from it is left out."""
        self._stacking: Final = StackingBuilder(area, True)
        self.looked_at: int = 0
        self.item_count: int = 0
        self._hits: list[Hit] = []
        self._by_depth = True
        self._room: _Room | None = None
        with DeepRecursion():
            element, _, _ = root_element(root)
            self._stacking.viewport_boxes.update(viewport_boxes(element, body_of(element)))
            self._root: Final[HitLayer] = self._indexed(self._stacking.build(root, 0.0, 0.0))

    def at(self, x: float, y: float, by_depth: bool = True) -> list[Hit]:
        """Everything under a point of the page, topmost first. CSS px.

        `by_depth`: the planes of a 3D context by where they stand there, as `elementFromPoint` has them; those who ask
        Chromium for all elements get them as if they were flat.
        """
        self._hits = []
        self._by_depth = by_depth
        if not (-MAX_LENGTH < x < MAX_LENGTH and -MAX_LENGTH < y < MAX_LENGTH):
            return self._hits
        left, top = float(math.floor(x)), float(math.floor(y))
        corners = [(left, top), (left + 1.0, top), (left + 1.0, top + 1.0), (left, top + 1.0)]
        probe = Probe(x, y, corners)
        with DeepRecursion():
            self._contents(self._root, probe, _ClipScope(probe, None))
        return self._hits

    # --- The index --------------------------------------------------------------------------------

    def _indexed(self, layer: PaintLayer) -> HitLayer:
        """A layer and all inside it, its items in painting order (Appendix E, as FragmentPainter goes through it)."""
        found = HitLayer(layer)
        layer.sort()
        self._add_items(found, layer.own)
        self._add_layers(found, layer.negative)
        self._add_items(found, layer.block_backgrounds)
        self._add_layers(found, layer.floats)
        self._add_items(found, layer.foreground)
        self._add_layers(found, layer.positioned)
        self._add_layers(found, layer.positive)
        bounds = _grouped(found.levels)
        found.bounds = bounds
        self._place(found, bounds)
        return found

    def _add_items(self, to: HitLayer, items: list[PaintItem]) -> None:
        for item in items:
            box = item.fragment.box
            if item.kind in NOT_HIT or (box is not None and box.kind in NEVER_HIT):
                continue
            if item.kind == ItemKind.LAYER:
                if item.layer is not None:
                    self._add(to, item, self._indexed(item.layer))
            else:
                self._add(to, item, None)

    def _add_layers(self, to: HitLayer, layers: list[PaintLayer]) -> None:
        for layer in layers:
            item = PaintItem(ItemKind.LAYER, layer.fragment, layer.x, layer.y, None)
            self._add(to, item, self._indexed(layer))

    def _add(self, to: HitLayer, item: PaintItem, inner: HitLayer | None) -> None:
        self.item_count += 1
        to.items.append(item)
        to.inner.append(inner)
        if not to.levels:
            to.levels.append([])
        if inner is not None:
            to.levels[0].extend(inner.bounds)
            return
        # Snapping moves the edges of text by up to half a pixel.
        rect = item_rect(item)
        to.levels[0].extend((rect.x - 1.0, rect.y - 1.0, rect.right + 1.0, rect.bottom + 1.0))

    def _place(self, found: HitLayer, bounds: list[float]) -> None:
        """Note a layer's transforms, and where they take it."""
        layer = found.layer
        fragment = layer.fragment
        flags = self._stacking.flags_of(fragment.style)
        if not flags & (GROUP | TRANSFORMED | BACKFACE):
            return
        found.ends_room = True
        paint = fragment.style.paint
        found.is_hidden_behind = paint.backface_visibility == BackfaceVisibility.HIDDEN
        found.preserves = not flags & GROUP and preserves_3d(fragment)
        found.space = parent = space_of(layer)
        if flags & TRANSFORMED and is_transformable(fragment):
            matrix = own_matrix(fragment, layer.x, layer.y)
            if parent is not None:
                matrix = child_perspective(parent.fragment, parent.x, parent.y).times(matrix)
            found.matrix = matrix
        shape = paint.clip_path
        if shape is not None and shape.kind != ShapeKind.URL:
            found.path = clip_path_shape(fragment, layer.x, layer.y, shape)
        if bounds[0] > bounds[2]:
            return
        if found.space is not None or found.preserves:
            found.bounds = EVERYWHERE
        elif found.matrix is not None:
            affine = found.matrix.affine()
            found.bounds = EVERYWHERE
            if affine is not None:
                rect = Rect(bounds[0], bounds[1], bounds[2] - bounds[0], bounds[3] - bounds[1])
                placed = affine.map_rect(rect)
                if math.isfinite(placed.x + placed.y + placed.right + placed.bottom):
                    found.bounds = [placed.x - 1.0, placed.y - 1.0, placed.right + 1.0, placed.bottom + 1.0]

    # --- Points -----------------------------------------------------------------------------------

    def _layer(self, found: HitLayer, probe: Probe, scope: _ClipScope) -> None:
        """A layer with its transform, as FragmentPainter paints it."""
        layer = found.layer
        room = self._room
        own = found.matrix
        is_inside = (
            room is not None
            and found.space is room.layer
            and (own is not None or found.is_hidden_behind)
            and is_transformable(layer.fragment)
        )
        if own is None and not found.is_hidden_behind and not found.preserves:
            self._room = None if found.ends_room else room
            self._contents(found, probe, scope)
            self._room = room
            return
        matrix = own
        if is_inside and room is not None:
            matrix = room.matrix if own is None else room.matrix.times(own)
            probe, scope = room.probe, room.scope
        if found.is_hidden_behind and matrix is not None and matrix.faces_away():
            return
        if not scope.lets_through(layer.outer_clip):
            return
        depth = 0.0
        inner_probe: Probe | None = probe
        if matrix is not None:
            inner_probe = mapped_back(matrix, probe)
            if inner_probe is not None:
                depth = _depth_at(matrix, inner_probe)
        flat = matrix if matrix is not None else UNMOVED
        inner_scope = scope
        if inner_probe is not None and matrix is not None:
            inner_scope = _ClipScope(inner_probe, layer.outer_clip)
        outer_hits = self._hits
        if is_inside and room is not None:
            # The parent's own plane is interrupted: this box stands in another one.
            room.planes.append((_plane_depth(room), outer_hits))
            self._hits = []
            self._room = _Room(layer, flat, room.probe, room.scope, room.planes) if found.preserves else None
            if inner_probe is not None:
                self._contents(found, inner_probe, inner_scope)
            room.planes.append((depth, self._hits))
            self._hits = []
        elif found.preserves:
            planes: list[tuple[float, list[Hit]]] = []
            inner_room = _Room(layer, flat, probe, scope, planes)
            self._room = inner_room
            self._hits = []
            if inner_probe is not None:
                self._contents(found, inner_probe, inner_scope)
            elif found.inner:
                self._contents(found, AWAY, _ClipScope(AWAY, layer.outer_clip))
            planes.append((depth, self._hits))
            if self._by_depth:
                # Nearer planes first; those at one depth stay in their order.
                planes.sort(key=_plane_key)
            self._hits = outer_hits
            for _, hits in planes:
                self._hits.extend(hits)
        else:
            self._room = None
            if inner_probe is not None:
                self._contents(found, inner_probe, inner_scope)
        self._room = room

    def _contents(self, found: HitLayer, probe: Probe, scope: _ClipScope) -> None:
        """What is in a layer, topmost first."""
        if found.path is not None:
            if not scope.lets_through(found.layer.base_clip) or not path_contains(
                found.path, probe.x, probe.y
            ):
                return
        if found.levels:
            top = len(found.levels) - 1
            self._groups(found, top, 0, len(found.levels[top]) // 4, probe, scope)

    def _groups(
        self, found: HitLayer, level: int, start: int, end: int, probe: Probe, scope: _ClipScope
    ) -> None:
        """The rectangles `start` to `end` of a level, from the last one."""
        bounds = found.levels[level]
        for index in range(min(end, len(bounds) // 4) - 1, start - 1, -1):
            self.looked_at += 1
            at = 4 * index
            if (
                bounds[at] < probe.right
                and bounds[at + 2] > probe.left
                and bounds[at + 1] < probe.bottom
                and bounds[at + 3] > probe.top
            ) or (bounds[at] == -math.inf and bounds[at + 2] == math.inf):
                if level:
                    first = index * GROUP_SIZE
                    self._groups(found, level - 1, first, first + GROUP_SIZE, probe, scope)
                    continue
                inner = found.inner[index]
                if inner is not None:
                    self._layer(inner, probe, scope)
                else:
                    item = found.items[index]
                    if is_hit(item, probe) and scope.lets_through(item.clip):
                        self._hits.append(Hit(item, probe.x, probe.y))


UNMOVED: Final = Matrix4([1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0])
AWAY: Final = Probe(MAX_LENGTH, MAX_LENGTH, [(MAX_LENGTH, MAX_LENGTH)])
"""A point that is on nothing: planes seen from their edge have none."""


def _plane_key(plane: tuple[float, list[Hit]]) -> float:
    return -plane[0]


def _plane_depth(room: _Room) -> float:
    inside = mapped_back(room.matrix, room.probe)
    return _depth_at(room.matrix, inside) if inside is not None else 0.0


def _depth_at(matrix: Matrix4, probe: Probe) -> float:
    """How near to the viewer a plane is at a point of it."""
    m = matrix.m
    w = m[12] * probe.x + m[13] * probe.y + m[15]
    return (m[8] * probe.x + m[9] * probe.y + m[11]) / w if w else 0.0


def mapped_back(matrix: Matrix4, probe: Probe) -> Probe | None:
    """The pixel on a plane that it is seen through; None where the plane is seen from its edge, or from behind."""
    a, b, c, d, e, f, g, h, i = matrix.homography()
    # The adjugate does as the inverse, since points are homogeneous.
    p, q, r = e * i - f * h, c * h - b * i, b * f - c * e
    s, t, u = f * g - d * i, a * i - c * g, c * d - a * f
    v, w, z = d * h - e * g, b * g - a * h, a * e - b * d
    determinant = a * p + b * s + c * v
    if not abs(determinant) > 1e-12:
        return None
    corners = [
        (probe.left, probe.top),
        (probe.right, probe.top),
        (probe.right, probe.bottom),
        (probe.left, probe.bottom),
    ]
    points: list[tuple[float, float]] = []
    for x, y in [(probe.x, probe.y), *(probe.corners or corners)]:
        scale = (v * x + w * y + z) / determinant
        if not scale > 0.0 or not math.isfinite(scale) or 1.0 / scale < NEAR:
            # Where the plane's own w, 1 / scale, is not above 0 it lies behind the eye.
            return None
        points.append(((p * x + q * y + r) / determinant / scale, (s * x + t * y + u) / determinant / scale))
    return Probe(points[0][0], points[0][1], points[1:])


def item_rect(item: PaintItem) -> Rect:
    """The rectangle in which an item is hit."""
    area = item.area
    if area is not None:
        return area
    fragment = item.fragment
    return Rect(item.x, item.y, fragment.width, fragment.height)


def is_hit(item: PaintItem, probe: Probe) -> bool:
    """Whether a point hits an item: its border box without the corners that are rounded off. Text and inline boxes are
    hit where their edges are snapped to (Blink's ComputeTextBoundsRectForHitTest)."""
    rect = item_rect(item)
    fragment = item.fragment
    box = fragment.box
    if fragment.kind == FragmentKind.TEXT or (box is not None and box.kind == BoxKind.INLINE):
        left, top = math.floor(rect.x + 0.5), math.floor(rect.y + 0.5)
        rect = Rect(left, top, math.floor(rect.right + 0.5) - left, math.floor(rect.bottom + 0.5) - top)
    if not probe.meets(rect):
        return False
    if fragment.kind == FragmentKind.TEXT:
        return True
    radii = fragment_radii(fragment)
    if radii is SQUARE:
        return True
    edge = Rect(item.x, item.y, fragment.width, fragment.height)
    return probe.meets_shape(RoundedRect(edge, radii).constrained()) or (
        # A line that stands out of its block is not in the way of corners.
        item.area is not None and not probe.meets(edge)
    )


def path_contains(path: Path, x: float, y: float) -> bool:
    """Whether a point lies inside of a path, by its own fill rule."""
    winding = 0
    crossings = 0
    for line, _ in path.flattened():
        count = len(line)
        for index in range(count):
            ax, ay = line[index]
            bx, by = line[(index + 1) % count]
            if (ay <= y) == (by <= y):
                continue
            if ax + (y - ay) / (by - ay) * (bx - ax) > x:
                crossings += 1
                winding += 1 if by > ay else -1
    return crossings % 2 == 1 if path.even_odd else winding != 0


def _grouped(levels: list[list[float]]) -> list[float]:
    """Add the levels of groups above the first one; gives the bounds of all."""
    if not levels:
        return NOWHERE
    while len(levels[-1]) > 4 * GROUP_SIZE:
        levels.append(_unions(levels[-1]))
    left, top, right, bottom = math.inf, math.inf, -math.inf, -math.inf
    bounds = levels[-1]
    for at in range(0, len(bounds), 4):
        left, top = min(left, bounds[at]), min(top, bounds[at + 1])
        right, bottom = max(right, bounds[at + 2]), max(bottom, bounds[at + 3])
    return [left, top, right, bottom]


def _unions(bounds: list[float]) -> list[float]:
    """The rectangles around each group of a level."""
    result: list[float] = []
    for start in range(0, len(bounds), 4 * GROUP_SIZE):
        left, top, right, bottom = math.inf, math.inf, -math.inf, -math.inf
        for at in range(start, min(start + 4 * GROUP_SIZE, len(bounds)), 4):
            left, top = min(left, bounds[at]), min(top, bounds[at + 1])
            right, bottom = max(right, bounds[at + 2]), max(bottom, bounds[at + 3])
        result.extend((left, top, right, bottom))
    return result

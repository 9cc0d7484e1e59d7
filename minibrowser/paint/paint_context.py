"""Where painters put their records: snapping, culling, and balanced clips, transforms and groups."""

from __future__ import annotations

import math
from typing import Final, final

from ..css.keywords import BlendMode
from ..css.values import FilterFunction, FilterKind
from ..geometry import Matrix, Rect, Size
from ..layout.transform_3d import Matrix4
from ..limits import MAX_BLUR_RADIUS, MAX_LENGTH
from .display_list import (
    DisplayItem,
    PopClip,
    PopLayer,
    PopMask,
    PopTransform,
    PushClip,
    PushClipPath,
    PushLayer,
    PushMask,
    PushProjection,
    PushTransform,
)
from .glyph_outlines import GlyphOutlines
from .layer_log import LayerLog
from .path import Path
from .pictures import ImageStore
from .rounded_rect import RoundedRect
from .svg_effects import ReferenceFilter

EVERYWHERE: Final = Rect(-MAX_LENGTH, -MAX_LENGTH, 2 * MAX_LENGTH, 2 * MAX_LENGTH)


@final
class ClipNode:
    """A clip and those around it: what the chain of containing blocks clips a box to."""

    __slots__ = ("depth", "parent", "path", "shape")

    def __init__(self, parent: ClipNode | None, shape: RoundedRect, path: Path | None = None) -> None:
        self.parent: Final = parent
        self.shape: Final = shape
        self.path: Final = path
        self.depth: Final[int] = parent.depth + 1 if parent is not None else 1


def common_clip(a: ClipNode | None, b: ClipNode | None) -> ClipNode | None:
    """The innermost clip that both chains hold."""
    while a is not b:
        if a is None or b is None:
            return None
        if a.depth >= b.depth:
            a = a.parent
        else:
            b = b.parent
    return a


@final
class LayerOptions:
    """What a group does besides being one; see PushLayer."""

    __slots__ = ("backdrop_filters", "backdrop_shape", "blend_mode", "filters", "opacity")

    def __init__(self, opacity: float = 1.0, blend_mode: BlendMode = BlendMode.NORMAL) -> None:
        self.opacity: float = opacity
        self.blend_mode: BlendMode = blend_mode
        self.filters: tuple[FilterFunction, ...] = ()
        self.backdrop_filters: tuple[FilterFunction, ...] = ()
        self.backdrop_shape: RoundedRect | None = None


def bounded_blur(sigma: float) -> float:
    """A standard deviation that can be drawn: not-a-number and negative ones are none."""
    return min(sigma, MAX_BLUR_RADIUS) if sigma > 0 else 0.0


def filter_reach(filters: tuple[FilterFunction, ...], rect: Rect) -> Rect:
    """What filters make of a group's bounds."""
    for function in filters:
        if function.kind == FilterKind.BLUR:
            reach = 3.0 * bounded_blur(function.amount)
            rect = Rect(rect.x - reach, rect.y - reach, rect.width + 2 * reach, rect.height + 2 * reach)
        elif function.kind == FilterKind.DROP_SHADOW and function.shadow is not None:
            shadow = function.shadow
            reach = 3.0 * bounded_blur(shadow.blur)
            moved = Rect(
                rect.x + shadow.x - reach,
                rect.y + shadow.y - reach,
                rect.width + 2 * reach,
                rect.height + 2 * reach,
            )
            rect = rect.union(moved)
        elif isinstance(function.placed, ReferenceFilter):
            edge = function.placed.reach
            rect = Rect(rect.x - edge, rect.y - edge, rect.width + 2 * edge, rect.height + 2 * edge)
    return rect


@final
class _Scope:
    """An open push: where its record stands, and the bounds of what was painted in it so far."""

    __slots__ = ("bottom", "clip", "cull", "index", "left", "matrix", "options", "right", "top")

    def __init__(self, index: int, cull: Rect) -> None:
        self.index: Final = index
        self.cull: Final = cull  # the cull rectangle outside
        self.left: float = math.inf
        self.top: float = math.inf
        self.right: float = -math.inf
        self.bottom: float = -math.inf
        self.matrix: Matrix | None = None
        self.clip: Rect | None = None
        self.options: LayerOptions | None = None

    def bounds(self) -> Rect:
        """What was painted; empty where nothing was."""
        if self.left > self.right:
            return Rect(0.0, 0.0, 0.0, 0.0)
        return Rect(self.left, self.top, self.right - self.left, self.bottom - self.top)


@final
class PaintContext:
    """A display list in the making.

    Attributes:
        items: the records so far.
        images: where url() pictures are.
        scale: device px for one CSS px; coordinates are snapped to its grid.
        viewport: the initial containing block's size: what fixed backgrounds stand in.
        outlines: of glyphs, for lines that skip ink.
        log: where the layer of each record is noted, for those who look at layers.
        cull: nothing outside this rectangle (of the current coordinate space) is recorded.
    """

    def __init__(
        self,
        images: ImageStore,
        viewport: Size,
        area: Rect,
        scale: float = 1.0,
        outlines: GlyphOutlines | None = None,
        log: LayerLog | None = None,
    ) -> None:
        self.log: Final = log
        self.items: Final[list[DisplayItem]] = []
        self.images: Final = images
        self.viewport: Final = viewport
        self.scale: Final = scale
        self.outlines: Final = outlines if outlines is not None else GlyphOutlines()
        self.cull: Rect = area
        self._scopes: list[_Scope] = []
        self._transforms = 0
        self._clip: ClipNode | None = None

    # --- Snapping ---------------------------------------------------------------------------------

    def snap(self, value: float) -> float:
        """The nearest device pixel boundary, halves up (Blink: LayoutUnit::Round)."""
        scale = self.scale
        if not -MAX_LENGTH < value < MAX_LENGTH:
            return MAX_LENGTH if value > 0 else -MAX_LENGTH if value < 0 else 0.0
        if scale == 1.0:
            return float(math.floor(value + 0.5))
        return math.floor(value * scale + 0.5) / scale

    def snap_rect(self, rect: Rect) -> Rect:
        """Each edge to its nearest device pixel (Blink: ToPixelSnappedRect)."""
        left, top = self.snap(rect.x), self.snap(rect.y)
        return Rect(left, top, self.snap(rect.x + rect.width) - left, self.snap(rect.y + rect.height) - top)

    # --- Records ----------------------------------------------------------------------------------

    def is_visible(self, rect: Rect) -> bool:
        """Whether a rectangle reaches into what is to be painted."""
        cull = self.cull
        return (
            rect.x < cull.x + cull.width
            and cull.x < rect.x + rect.width
            and rect.y < cull.y + cull.height
            and cull.y < rect.y + rect.height
        )

    def add(self, item: DisplayItem) -> None:
        """Record, unless it lies outside or makes no sense (not-a-number bounds compare false)."""
        bounds = item.bounds
        if not self.is_visible(bounds):
            return
        self.items.append(item)
        if self.log is not None:
            self.log.note(item)
        if self._scopes:
            scope = self._scopes[-1]
            if bounds.x < scope.left:
                scope.left = bounds.x
            if bounds.y < scope.top:
                scope.top = bounds.y
            if bounds.x + bounds.width > scope.right:
                scope.right = bounds.x + bounds.width
            if bounds.y + bounds.height > scope.bottom:
                scope.bottom = bounds.y + bounds.height

    def _open(self, item: DisplayItem) -> _Scope:
        scope = _Scope(len(self.items), self.cull)
        self.items.append(item)
        self._scopes.append(scope)
        return scope

    def _close(self, pop: DisplayItem) -> _Scope | None:
        """End a scope; None where it was empty and has been taken back."""
        scope = self._scopes.pop()
        self.cull = scope.cull
        if len(self.items) == scope.index + 1:
            self.items.pop()
            return None
        self.items.append(pop)
        return scope

    def _touch(self, rect: Rect) -> None:
        """Let the scope outside know what an inner one touched."""
        if not self._scopes or rect.is_empty():
            return
        scope = self._scopes[-1]
        scope.left, scope.top = min(scope.left, rect.x), min(scope.top, rect.y)
        scope.right, scope.bottom = max(scope.right, rect.right), max(scope.bottom, rect.bottom)

    # --- Clips ------------------------------------------------------------------------------------

    def push_clip(self, shape: RoundedRect) -> None:
        """Clip to a rounded rectangle until `pop_clip`."""
        scope = self._open(PushClip(shape))
        scope.clip = shape.rect
        self.cull = self.cull.intersection(shape.rect)

    def push_clip_path(self, path: Path) -> None:
        """Clip to a path until `pop_clip`."""
        bounds = path.bounds()
        scope = self._open(PushClipPath(path))
        scope.clip = bounds
        self.cull = self.cull.intersection(bounds)

    def pop_clip(self) -> None:
        """End the innermost clip."""
        scope = self._close(PopClip())
        if scope is not None and scope.clip is not None:
            self._touch(scope.bounds().intersection(scope.clip))

    def is_transformed(self) -> bool:
        """Whether a transform is in force, or one is announced by `will-change`."""
        return self._transforms > 0

    def note_moving(self, step: int) -> None:
        """Count the boxes around that announce a transform, up and down again."""
        self._transforms += step

    @property
    def clip(self) -> ClipNode | None:
        """The chain in force."""
        return self._clip

    def set_clip(self, clip: ClipNode | None) -> None:
        """Change from the chain in force to another one, by as few records as possible."""
        current = self._clip
        if current is clip:
            return
        common = common_clip(current, clip)
        while current is not common:
            assert current is not None
            self.pop_clip()
            current = current.parent
        self._push_chain(common, clip)
        self._clip = clip

    def _push_chain(self, common: ClipNode | None, clip: ClipNode | None) -> None:
        chain: list[ClipNode] = []
        while clip is not common:
            assert clip is not None
            chain.append(clip)
            clip = clip.parent
        for index in range(len(chain) - 1, -1, -1):
            node = chain[index]
            if node.path is not None:
                self.push_clip_path(node.path)
            else:
                shape = node.shape
                self.push_clip(RoundedRect(self.snap_rect(shape.rect), shape.radii))

    # --- Transforms and groups --------------------------------------------------------------------

    def push_transform(self, matrix: Matrix) -> None:
        """Map what follows until `pop_transform`."""
        self._transforms += 1
        scope = self._open(PushTransform(matrix))
        scope.matrix = matrix
        inverse = matrix.inverse()
        self.cull = inverse.map_rect(self.cull) if inverse is not None else Rect(0.0, 0.0, 0.0, 0.0)

    def pop_transform(self) -> Rect:
        """End the innermost transform; gives the bounds of what was painted, in its own coordinates."""
        self._transforms -= 1
        scope = self._close(PopTransform())
        if scope is not None and scope.matrix is not None:
            self._touch(scope.matrix.map_rect(scope.bounds()))
            return scope.bounds()
        return Rect(0.0, 0.0, 0.0, 0.0)

    def push_projection(self, matrix: Matrix4) -> None:
        """Show what follows in perspective until `pop_projection`."""
        self._transforms += 1
        self._open(PushProjection(Rect(0.0, 0.0, 0.0, 0.0), matrix.homography(), Path()))
        self.cull = EVERYWHERE

    def pop_projection(self, matrix: Matrix4) -> Rect:
        """End the innermost perspective; gives the bounds of what was painted, in its own coordinates."""
        self._transforms -= 1
        scope = self._close(PopLayer())
        if scope is None:
            return Rect(0.0, 0.0, 0.0, 0.0)
        bounds = scope.bounds()
        outline = Path()
        points = matrix.project(bounds)
        if len(points) > 2:
            outline.add_polygon([(x, y) for x, y, _ in points])
            self._touch(outline.bounds())
        self.items[scope.index] = PushProjection(bounds, matrix.homography(), outline)
        return bounds

    def push_layer(self, options: LayerOptions) -> None:
        """Begin a group."""
        scope = self._open(PushLayer(Rect(0.0, 0.0, 0.0, 0.0)))
        scope.options = options
        if options.filters:
            # What lies outside may be blurred or moved into sight.
            cull = self.cull
            reached = filter_reach(options.filters, Rect(0.0, 0.0, 0.0, 0.0))
            reach = max(-reached.x, -reached.y, reached.right, reached.bottom)
            self.cull = Rect(cull.x - reach, cull.y - reach, cull.width + 2 * reach, cull.height + 2 * reach)

    def pop_layer(self) -> None:
        """End the innermost group."""
        options = self._scopes[-1].options
        assert options is not None
        if options.backdrop_shape is not None:
            self._touch(options.backdrop_shape.rect)
            if len(self.items) == self._scopes[-1].index + 1:
                # A group that shows nothing but what its backdrop filters make.
                self.items.append(PopLayer())
                scope: _Scope | None = self._scopes.pop()
                assert scope is not None
                self.cull = scope.cull
            else:
                scope = self._close(PopLayer())
        else:
            scope = self._close(PopLayer())
        if scope is None:
            return
        bounds = scope.bounds()
        if options.backdrop_shape is not None:
            bounds = (
                options.backdrop_shape.rect
                if bounds.is_empty()
                else bounds.union(options.backdrop_shape.rect)
            )
        self.items[scope.index] = PushLayer(
            bounds,
            options.opacity,
            options.blend_mode,
            options.filters,
            options.backdrop_filters,
            options.backdrop_shape,
        )
        self._touch(filter_reach(options.filters, bounds))

    def push_mask(self, mask: PushMask) -> None:
        """Begin the mask of the innermost group, or a layer of the innermost mask."""
        scope = _Scope(len(self.items), self.cull)
        self.items.append(mask)
        self._scopes.append(scope)

    def pop_mask(self) -> None:
        """End the mask. An empty mask is kept: it hides the whole group."""
        scope = self._scopes.pop()
        self.cull = scope.cull
        self.items.append(PopMask())

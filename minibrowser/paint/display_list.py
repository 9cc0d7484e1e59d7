"""The display list: flat records in painting order, drawn by a player.

Artifact: `DisplayList`. Coordinates are CSS px of the page, already snapped to device pixels where Chromium
snaps them. Records are plain data; whoever draws, measures or prints them is a `Player`.
Push and pop records are balanced.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Final, final

from ..css.keywords import BlendMode, MaskComposite
from ..css.values import Color, FilterFunction
from ..geometry import NO_RECT, Matrix, Rect
from ..text.shaping import GlyphRun
from .paint_source import PaintSource
from .path import Path
from .rounded_rect import RoundedRect


class DisplayItem:
    """A record. `bounds` is what it may touch, in its own coordinate space."""

    __slots__ = ("bounds",)

    def __init__(self, bounds: Rect) -> None:
        self.bounds: Final = bounds

    def play(self, player: Player) -> None:
        """Call the player's method for this kind of record."""
        raise NotImplementedError

    def is_push(self) -> bool:
        """Whether a pop belongs to it."""
        return False

    def is_pop(self) -> bool:
        """Whether it ends a push."""
        return False


class Player(ABC):
    """Draws records. One method for each kind."""

    @abstractmethod
    def fill_rect(self, item: FillRect) -> None:
        """A rectangle in one colour."""

    @abstractmethod
    def fill_rounded_rect(self, item: FillRoundedRect) -> None:
        """A rounded rectangle in one colour."""

    @abstractmethod
    def fill_ring(self, item: FillRing) -> None:
        """What lies between two rounded rectangles."""

    @abstractmethod
    def fill_path(self, item: FillPath) -> None:
        """The inside of a path."""

    @abstractmethod
    def stroke_path(self, item: StrokePath) -> None:
        """A line along a path."""

    @abstractmethod
    def box_shadow(self, item: BoxShadow) -> None:
        """A blurred shape outside a box, or inside it."""

    @abstractmethod
    def glyphs(self, item: Glyphs) -> None:
        """A run of glyphs."""

    @abstractmethod
    def image(self, item: DrawImage) -> None:
        """A picture stretched over a rectangle."""

    @abstractmethod
    def tiled_image(self, item: TileImage) -> None:
        """A picture repeated over an area."""

    @abstractmethod
    def push_clip(self, item: PushClip) -> None:
        """Draw only inside a rounded rectangle from here on."""

    @abstractmethod
    def push_clip_path(self, item: PushClipPath) -> None:
        """Draw only inside a path from here on."""

    @abstractmethod
    def pop_clip(self, item: PopClip) -> None:
        """End of the innermost clip."""

    @abstractmethod
    def push_transform(self, item: PushTransform) -> None:
        """Map what follows."""

    @abstractmethod
    def pop_transform(self, item: PopTransform) -> None:
        """End of the innermost transform."""

    @abstractmethod
    def push_projection(self, item: PushProjection) -> None:
        """Draw what follows, up to PopLayer, as a group of its own, and show it in perspective."""

    @abstractmethod
    def push_layer(self, item: PushLayer) -> None:
        """Draw what follows as a group of its own."""

    @abstractmethod
    def pop_layer(self, item: PopLayer) -> None:
        """Put the innermost group onto what lies below it."""

    @abstractmethod
    def push_mask(self, item: PushMask) -> None:
        """What follows is the mask of the group around it."""

    @abstractmethod
    def pop_mask(self, item: PopMask) -> None:
        """Apply the mask to the group."""


@final
class FillRect(DisplayItem):
    """A rectangle in one colour."""

    __slots__ = ("color", "rect")

    def __init__(self, rect: Rect, color: Color) -> None:
        super().__init__(rect)
        self.rect: Final = rect
        self.color: Final = color

    def play(self, player: Player) -> None:
        player.fill_rect(self)

    def __repr__(self) -> str:
        return f"FillRect {self.rect!r} {self.color.as_rgb()}"


@final
class FillRoundedRect(DisplayItem):
    """A rounded rectangle in one colour."""

    __slots__ = ("color", "shape")

    def __init__(self, shape: RoundedRect, color: Color) -> None:
        super().__init__(shape.rect)
        self.shape: Final = shape
        self.color: Final = color

    def play(self, player: Player) -> None:
        player.fill_rounded_rect(self)

    def __repr__(self) -> str:
        return f"FillRoundedRect {self.shape!r} {self.color.as_rgb()}"


@final
class FillRing(DisplayItem):
    """What lies inside `outer` and outside `inner`: a border in one colour (Skia's DRRect)."""

    __slots__ = ("color", "inner", "outer")

    def __init__(self, outer: RoundedRect, inner: RoundedRect, color: Color) -> None:
        super().__init__(outer.rect)
        self.outer: Final = outer
        self.inner: Final = inner
        self.color: Final = color

    def play(self, player: Player) -> None:
        player.fill_ring(self)

    def __repr__(self) -> str:
        return f"FillRing {self.outer!r} - {self.inner!r} {self.color.as_rgb()}"


@final
class FillPath(DisplayItem):
    """The inside of a path. `anti_alias` false: whole pixels only, as Blink draws mitred border sides."""

    __slots__ = ("anti_alias", "color", "path")

    def __init__(self, path: Path, color: Color, anti_alias: bool = True) -> None:
        super().__init__(path.bounds())
        self.path: Final = path
        self.color: Final = color
        self.anti_alias: Final = anti_alias

    def play(self, player: Player) -> None:
        player.fill_path(self)

    def __repr__(self) -> str:
        return f"FillPath {self.path!r} {self.color.as_rgb()}"


@final
class Stroke:
    """How a line is drawn: its width, `dashes` as lengths on and off in turn (() for a whole line), where in the
    pattern it begins, and whether its ends are round."""

    __slots__ = ("dashes", "phase", "round_cap", "width")

    def __init__(
        self, width: float, dashes: tuple[float, ...] = (), phase: float = 0.0, round_cap: bool = False
    ) -> None:
        self.width: Final = width
        self.dashes: Final = dashes
        self.phase: Final = phase
        self.round_cap: Final = round_cap

    def __repr__(self) -> str:
        dashes = " dashes " + " ".join(f"{length:.6g}" for length in self.dashes) if self.dashes else ""
        phase = f" phase {self.phase:.6g}" if self.phase else ""
        return f"width {self.width:g}{dashes}{phase}{' round' if self.round_cap else ''}"


@final
class StrokePath(DisplayItem):
    """A line along a path."""

    __slots__ = ("color", "path", "stroke")

    def __init__(self, path: Path, stroke: Stroke, color: Color) -> None:
        half = stroke.width
        bounds = path.bounds()
        super().__init__(
            Rect(bounds.x - half, bounds.y - half, bounds.width + 2 * half, bounds.height + 2 * half)
        )
        self.path: Final = path
        self.stroke: Final = stroke
        self.color: Final = color

    def play(self, player: Player) -> None:
        player.stroke_path(self)

    def __repr__(self) -> str:
        return f"StrokePath {self.path!r} {self.stroke!r} {self.color.as_rgb()}"


@final
class BoxShadow(DisplayItem):
    """A shadow with Gaussian blur of standard deviation `sigma`.

    Outer: `shape` blurred, drawn only outside `box`. Inset: everything but `shape` blurred, drawn only inside
    `box`.
    """

    __slots__ = ("box", "color", "inset", "shape", "sigma")

    def __init__(
        self, shape: RoundedRect, box: RoundedRect, sigma: float, color: Color, inset: bool = False
    ) -> None:
        reach = 3.0 * sigma
        rect = shape.rect
        super().__init__(
            box.rect
            if inset
            else Rect(rect.x - reach, rect.y - reach, rect.width + 2 * reach, rect.height + 2 * reach)
        )
        self.shape: Final = shape
        self.box: Final = box
        self.sigma: Final = sigma
        self.color: Final = color
        self.inset: Final = inset

    def play(self, player: Player) -> None:
        player.box_shadow(self)

    def __repr__(self) -> str:
        kind = "inside" if self.inset else "outside"
        return f"BoxShadow {self.shape!r} sigma {self.sigma:g} {kind} {self.box!r} {self.color.as_rgb()}"


@final
class Glyphs(DisplayItem):
    """A run with its pen at (x, y), y being the baseline. `stroke_width` > 0 draws outlines instead.
    `sideways`: turned clockwise by a quarter, the pen moving down."""

    __slots__ = ("color", "run", "sideways", "stroke_width", "x", "y")

    def __init__(
        self,
        run: GlyphRun,
        x: float,
        y: float,
        color: Color,
        stroke_width: float = 0.0,
        sideways: bool = False,
    ) -> None:
        # Ink beyond the em box is rare and small; an em on each side is generous.
        size = run.font.size
        if sideways:
            super().__init__(Rect(x - 2 * size, y - size, 4 * size, run.width + 2 * size))
        else:
            super().__init__(Rect(x - size, y - 2 * size, run.width + 2 * size, 4 * size))
        self.run: Final = run
        self.x: Final = x
        self.y: Final = y
        self.color: Final = color
        self.stroke_width: Final = stroke_width
        self.sideways: Final = sideways

    def play(self, player: Player) -> None:
        player.glyphs(self)

    def __repr__(self) -> str:
        run = self.run
        text = run.text[run.start : run.end]
        stroke = f" stroke {self.stroke_width:g}" if self.stroke_width > 0 else ""
        turned = " sideways" if self.sideways else ""
        place = f"{run.font.size:g}px at ({self.x:.6g}, {self.y:.6g})"
        return f"Glyphs {text!r} {place} {self.color.as_rgb()}{stroke}{turned}"


@final
class DrawImage(DisplayItem):
    """A picture stretched over `dest`. `source_rect`, in fractions of the picture, cuts a part out of it."""

    __slots__ = ("dest", "source", "source_rect")

    def __init__(self, source: PaintSource, dest: Rect, source_rect: Rect = NO_RECT) -> None:
        super().__init__(dest)
        self.source: Final = source
        self.dest: Final = dest
        self.source_rect: Final = source_rect

    def play(self, player: Player) -> None:
        player.image(self)

    def __repr__(self) -> str:
        part = f" part {self.source_rect!r}" if self.source_rect is not NO_RECT else ""
        return f"DrawImage {self.source!r} over {self.dest!r}{part}"


@final
class TileImage(DisplayItem):
    """A picture repeated: `tile` is one of the tiles, the next stand `step_x` and `step_y` away; only `area`
    is drawn to. `source_rect` as for DrawImage."""

    __slots__ = ("area", "source", "source_rect", "step_x", "step_y", "tile")

    def __init__(
        self,
        source: PaintSource,
        tile: Rect,
        step_x: float,
        step_y: float,
        area: Rect,
        source_rect: Rect = NO_RECT,
    ) -> None:
        super().__init__(area)
        self.source: Final = source
        self.tile: Final = tile
        self.step_x: Final = step_x
        self.step_y: Final = step_y
        self.area: Final = area
        self.source_rect: Final = source_rect

    def play(self, player: Player) -> None:
        player.tiled_image(self)

    def __repr__(self) -> str:
        return (
            f"TileImage {self.source!r} tile {self.tile!r} step {self.step_x:g} {self.step_y:g} "
            f"over {self.area!r}"
        )


@final
class PushClip(DisplayItem):
    """Clip to a rounded rectangle."""

    __slots__ = ("shape",)

    def __init__(self, shape: RoundedRect) -> None:
        super().__init__(shape.rect)
        self.shape: Final = shape

    def play(self, player: Player) -> None:
        player.push_clip(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"PushClip {self.shape!r}"


@final
class PushClipPath(DisplayItem):
    """Clip to a path."""

    __slots__ = ("path",)

    def __init__(self, path: Path) -> None:
        super().__init__(path.bounds())
        self.path: Final = path

    def play(self, player: Player) -> None:
        player.push_clip_path(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"PushClipPath {self.path!r}"


@final
class PopClip(DisplayItem):
    """End of a clip."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(NO_RECT)

    def play(self, player: Player) -> None:
        player.pop_clip(self)

    def is_pop(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "PopClip"


@final
class PushTransform(DisplayItem):
    """Map what follows by a matrix, which already holds the transform's origin."""

    __slots__ = ("matrix",)

    def __init__(self, matrix: Matrix) -> None:
        super().__init__(NO_RECT)
        self.matrix: Final = matrix

    def play(self, player: Player) -> None:
        player.push_transform(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        return f"PushTransform {self.matrix!r}"


@final
class PopTransform(DisplayItem):
    """End of a transform."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(NO_RECT)

    def play(self, player: Player) -> None:
        player.pop_transform(self)

    def is_pop(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "PopTransform"


@final
class PushProjection(DisplayItem):
    """A group that is drawn on its own and then shown in perspective; ends with PopLayer.

    `homography` maps (x, y, 1) of what follows to x, y and w outside, row by row; `bounds` holds the group's content,
    `outline` its outline outside.
    """

    __slots__ = ("homography", "outline")

    def __init__(self, bounds: Rect, homography: tuple[float, ...], outline: Path) -> None:
        super().__init__(bounds)
        self.homography: Final = homography
        self.outline: Final = outline

    def play(self, player: Player) -> None:
        player.push_projection(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        numbers = ", ".join(f"{number:.6g}" for number in self.homography)
        return f"PushProjection {self.bounds!r} by ({numbers})"


@final
class PushLayer(DisplayItem):
    """A group: drawn on its own, then filtered, masked, and put onto the backdrop with opacity and blend mode.

    `bounds` holds the group's content (before filters). `backdrop_filters` apply to what lies behind
    `backdrop_shape`.
    """

    __slots__ = ("backdrop_filters", "backdrop_shape", "blend_mode", "filters", "opacity")

    def __init__(
        self,
        bounds: Rect,
        opacity: float = 1.0,
        blend_mode: BlendMode = BlendMode.NORMAL,
        filters: tuple[FilterFunction, ...] = (),
        backdrop_filters: tuple[FilterFunction, ...] = (),
        backdrop_shape: RoundedRect | None = None,
    ) -> None:
        super().__init__(bounds)
        self.opacity: Final = opacity
        self.blend_mode: Final = blend_mode
        self.filters: Final = filters
        self.backdrop_filters: Final = backdrop_filters
        self.backdrop_shape: Final = backdrop_shape

    def play(self, player: Player) -> None:
        player.push_layer(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        words = ["PushLayer", repr(self.bounds)]
        if self.opacity != 1.0:
            words.append(f"opacity {self.opacity:g}")
        if self.blend_mode != BlendMode.NORMAL:
            words.append(f"blend {self.blend_mode.name.lower()}")
        if self.filters:
            words.append(f"filters {self.filters!r}")
        if self.backdrop_filters:
            words.append(f"backdrop {self.backdrop_filters!r} {self.backdrop_shape!r}")
        return " ".join(words)


@final
class PopLayer(DisplayItem):
    """End of a group."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(NO_RECT)

    def play(self, player: Player) -> None:
        player.pop_layer(self)

    def is_pop(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "PopLayer"


@final
class PushMask(DisplayItem):
    """What follows, up to the pop, masks the group drawn so far: by its alpha, or by its luminance.

    `is_layer`: inside another mask, of which it is a layer that is put onto those below it by `composite`.
    """

    __slots__ = ("composite", "is_layer", "luminance")

    def __init__(
        self,
        bounds: Rect,
        luminance: bool = False,
        is_layer: bool = False,
        composite: MaskComposite = MaskComposite.ADD,
    ) -> None:
        super().__init__(bounds)
        self.luminance: Final = luminance
        self.is_layer: Final = is_layer
        self.composite: Final = composite

    def play(self, player: Player) -> None:
        player.push_mask(self)

    def is_push(self) -> bool:
        return True

    def __repr__(self) -> str:
        words = [f"PushMask {self.bounds!r}"]
        if self.luminance:
            words.append("luminance")
        if self.is_layer:
            words.append(self.composite.name.lower())
        return " ".join(words)


@final
class PopMask(DisplayItem):
    """End of a mask."""

    __slots__ = ()

    def __init__(self) -> None:
        super().__init__(NO_RECT)

    def play(self, player: Player) -> None:
        player.pop_mask(self)

    def is_pop(self) -> bool:
        return True

    def __repr__(self) -> str:
        return "PopMask"


@final
class DisplayList:
    """Records in painting order.

    Attributes:
        items: the records.
    """

    __slots__ = ("items",)

    def __init__(self, items: list[DisplayItem]) -> None:
        self.items: Final = items

    def play(self, player: Player) -> None:
        """Draw everything."""
        for item in self.items:
            item.play(player)

    def dump(self) -> str:
        """One line for each record, indented by nesting."""
        lines: list[str] = []
        depth = 0
        for item in self.items:
            if item.is_pop():
                depth -= 1
            lines.append("  " * max(depth, 0) + repr(item))
            if item.is_push():
                depth += 1
        return "\n".join(lines) + "\n" if lines else ""

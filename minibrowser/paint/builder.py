"""Fragments to a display list, in the painting order of CSS 2.1 Appendix E.

`build_display_list` is the stage; the order itself is `_paint_layer`, which goes through the lists that
`stacking.py` has sorted.
"""

from __future__ import annotations

from typing import Final, final

from ..css.keywords import (
    BackfaceVisibility,
    BlendMode,
    MaskComposite,
    MaskMode,
)
from ..css.values import BLACK, TRANSPARENT, ShapeKind, UrlImage
from ..geometry import NO_EDGES, Rect, Size
from ..image.svg_reference import ReferenceKind, SvgReference
from ..layout.box import MediaKind
from ..layout.fragment import Fragment
from ..layout.recursion import DeepRecursion
from ..layout.transform_3d import IDENTITY4, Matrix4, child_perspective, own_matrix
from ..limits import MAX_LAYER_DEPTH
from .box_shape import BoxShape
from .clip_path import clip_path_shape
from .depth_sort import Plane, back_to_front
from .display_list import (
    DisplayItem,
    DisplayList,
    DrawImage,
    FillRect,
    Glyphs,
    PopClip,
    PushClipPath,
    PushMask,
)
from .glyph_outlines import GlyphOutlines
from .layer_log import LayerLog, LoggedLayer
from .page_root import body_of, root_element, viewport_boxes
from .paint_context import ClipNode, LayerOptions, PaintContext
from .paint_source import BitmapSource
from .painters.background import (
    BackgroundArea,
    clips_to_text,
    mask_layer,
    paint_background,
    paint_image_layer,
)
from .painters.box import paint_box, paint_cell_background
from .painters.control import has_native_frame, is_wholly_native, paint_control, paint_native_frame
from .painters.marker import paint_marker
from .painters.media import paint_audio_controls, paint_video_controls
from .painters.outline import paint_outline
from .painters.replaced import content_area, paint_replaced
from .painters.table import paint_collapsed_borders, paint_column_rules
from .painters.text import paint_text
from .pictures import ImagePicture, ImageStore
from .rounded_rect import RoundedRect
from .space import is_transformable, preserves_3d, space_of
from .stacking import ItemKind, PaintItem, PaintLayer, StackingBuilder
from .style_flags import BACKFACE, GROUP, HIDDEN, TRANSFORMED, WILL_MOVE, has_background
from .svg_effects import CoverageImage, makes_something, placed_filters


def build_display_list(
    root: Fragment,
    viewport: Size,
    images: ImageStore,
    area: Rect,
    scale: float = 1.0,
    outlines: GlyphOutlines | None = None,
    log: LayerLog | None = None,
) -> DisplayList:
    """What painting the page's root fragment draws.

    Args:
        root: the root element's fragment, its border box at its place in the page (0, 0 but for its margins).
        viewport: the initial containing block's size.
        images: the pictures that styles name.
        area: what will be seen, CSS px; nothing outside is recorded.
        scale: device px for one CSS px; shapes are snapped to its grid.
        outlines: kept by the session; made anew where none is given.
        log: is told which stacking layer each record belongs to.
    """
    context = PaintContext(images, viewport, area, scale, outlines, log)
    painter = FragmentPainter(context, area)
    with DeepRecursion():
        painter.paint_page(root)
    return DisplayList(context.items)


@final
class Canvas:
    """The root element's fragment at its place, and that of <body>."""

    __slots__ = ("body", "root", "x", "y")

    def __init__(self, root: Fragment, body: Fragment | None, x: float, y: float) -> None:
        self.root: Final = root
        self.body: Final = body
        self.x: Final = x
        self.y: Final = y


@final
class PaintedPlane:
    """The records from `start` to `end` paint one plane; `points` are its corners in projected space."""

    __slots__ = ("end", "points", "start")

    def __init__(self, start: int, end: int, points: list[tuple[float, float, float]]) -> None:
        self.start: Final = start
        self.end: Final = end
        self.points: Final = points


@final
class Room:
    """A box in a 3D rendering context (https://drafts.csswg.org/css-transforms-2/#3d-rendering-contexts).

    Attributes:
        layer: the box whose children may stand in planes of their own.
        matrix: from its plane to the plane that the context is shown in.
        clip: what the whole context is clipped to.
        planes: all planes of the context that are painted so far.
        start: where the records of the plane being painted begin.
    """

    __slots__ = ("clip", "layer", "matrix", "planes", "start")

    def __init__(
        self, layer: PaintLayer, matrix: Matrix4, clip: ClipNode | None, planes: list[PaintedPlane]
    ) -> None:
        self.layer: Final = layer
        self.matrix: Final = matrix
        self.clip: Final = clip
        self.planes: Final = planes
        self.start: int = 0


@final
class FragmentPainter:
    """Paints a page's layers into a context."""

    def __init__(self, context: PaintContext, area: Rect) -> None:
        self.context: Final = context
        self.area: Final = area
        self.stacking: Final = StackingBuilder(area)
        self._depth = 0
        self._room: Room | None = None  # whose layer is being painted
        self._canvas: Canvas | None = None  # still to be painted, inside a group
        self._page_has_canvas = True  # and not the root element's group

    # --- The canvas -------------------------------------------------------------------------------

    def paint_page(self, root: Fragment) -> None:
        """The canvas background, then the root stacking context."""
        root_fragment, x, y = root_element(root)
        body = body_of(root_fragment)
        self.stacking.viewport_boxes.update(viewport_boxes(root_fragment, body))
        self._canvas = Canvas(root_fragment, body, x, y)
        source = self._canvas_source(root_fragment, body)
        self.stacking.canvas_box = source.box if source is not None else None
        layer = self.stacking.build(root, 0.0, 0.0)
        # The canvas background belongs to the root element's group, where that is one: it is filtered and clipped with
        # it; and else to the page's, for what blends in there.
        self._page_has_canvas = not self.stacking.flags_of(root_fragment.style) & GROUP
        if self._page_has_canvas and not layer.contains_blend:
            self._paint_canvas()
        self._paint_layer(layer)
        self.context.set_clip(None)

    def _canvas_source(self, root: Fragment, body: Fragment | None) -> Fragment | None:
        """The fragment whose background covers the canvas."""
        if has_background(root.style):
            return root
        # https://drafts.csswg.org/css-contain-2/#containment-types: containment keeps the body's to itself.
        if body is None or body.style.box.contain or root.style.box.contain:
            return None
        return body if has_background(body.style) else None

    def _paint_canvas(self) -> None:
        """https://drafts.csswg.org/css-backgrounds-3/#special-backgrounds: the root element's background, or
        else the body's, covers the canvas; it is positioned on the root element's box."""
        canvas_of, self._canvas = self._canvas, None
        if canvas_of is None:
            return
        root, x, y = canvas_of.root, canvas_of.x, canvas_of.y
        source = self._canvas_source(root, canvas_of.body)
        if source is None or source.box is None:
            return
        if self.stacking.flags_of(source.style) & HIDDEN:
            return
        context = self.context
        shape = BoxShape(context, root, x, y)
        canvas = RoundedRect(self.area)
        style = source.style
        color = style.paint.background_color
        if color.alpha > 0:
            context.add(FillRect(self.area, color))
        # Clips do not apply to the canvas; borders and paddings still place the origin.
        area = BackgroundArea(canvas, shape.border_edge.rect, root.border, root.padding)
        paint_background(context, style, area, TRANSPARENT)

    # --- Layers -----------------------------------------------------------------------------------

    def _paint_layer(self, layer: PaintLayer) -> None:
        log = self.context.log
        if log is None or not layer.is_stacking_context:
            self._paint_whole_layer(layer)
            return
        outer = log.current
        log.begin(LoggedLayer(layer.fragment, (layer.x, layer.y), layer.z, outer))
        self._paint_whole_layer(layer)
        log.current = outer

    def _paint_whole_layer(self, layer: PaintLayer) -> None:
        """A layer with its transform, clip path, mask and group."""
        flags = self.stacking.flags_of(layer.fragment.style)
        if flags & WILL_MOVE:
            self.context.note_moving(1)
            self._paint_flagged(layer, flags)
            self.context.note_moving(-1)
        else:
            self._paint_flagged(layer, flags)

    def _paint_flagged(self, layer: PaintLayer, flags: int) -> None:
        if layer.contains_blend and layer.is_stacking_context and not _is_root(layer):
            flags |= GROUP
        if not flags & (GROUP | TRANSFORMED | BACKFACE) or self._depth >= MAX_LAYER_DEPTH:
            self._paint_contents(layer)
            return
        fragment = layer.fragment
        is_transformed = bool(flags & TRANSFORMED) and is_transformable(fragment)
        paint = fragment.style.paint
        room = self._room
        parent = space_of(layer)
        is_hidden_behind = paint.backface_visibility == BackfaceVisibility.HIDDEN
        is_inside = (
            room is not None and parent is room.layer and (is_transformed or is_hidden_behind)
        ) and is_transformable(fragment)
        matrix = IDENTITY4
        if is_inside and room is not None:
            matrix = room.matrix
        if parent is not None and is_transformed:
            matrix = matrix.times(child_perspective(parent.fragment, parent.x, parent.y))
        if is_transformed:
            matrix = matrix.times(own_matrix(fragment, layer.x, layer.y))
        if is_hidden_behind and matrix.faces_away():
            return
        preserves = not flags & GROUP and preserves_3d(fragment)
        self._depth += 1
        if is_inside and room is not None:
            # The parent's own plane is interrupted: this box stands in another one.
            self._end_plane(room)
            self._room = inner = Room(layer, matrix, room.clip, room.planes)
            self._begin_plane(inner)
            if not preserves:
                self._room = None
            self._paint_grouped(layer, flags)
            self._end_plane(inner)
            self._begin_plane(room)
        elif preserves:
            start = len(self.context.items)
            self._room = inner = Room(layer, matrix, layer.outer_clip, [])
            self._begin_plane(inner)
            self._paint_grouped(layer, flags)
            self._end_plane(inner)
            self._sort_planes(inner, start)
        else:
            self._room = None
            self.context.set_clip(layer.outer_clip)
            if is_transformed:
                self._push_matrix(matrix)
            self._paint_grouped(layer, flags)
            self.context.set_clip(layer.outer_clip)
            if is_transformed:
                self._pop_matrix(matrix)
        self._room = room
        self._depth -= 1

    def _paint_grouped(self, layer: PaintLayer, flags: int) -> None:
        if flags & GROUP:
            self.context.set_clip(layer.base_clip)
            self._paint_group(layer)
        else:
            self._paint_contents(layer)

    # --- Space ------------------------------------------------------------------------------------

    def _push_matrix(self, matrix: Matrix4) -> None:
        affine = matrix.affine()
        if affine is not None:
            self.context.push_transform(affine)
        else:
            self.context.push_projection(matrix)

    def _pop_matrix(self, matrix: Matrix4) -> Rect:
        if matrix.affine() is not None:
            return self.context.pop_transform()
        return self.context.pop_projection(matrix)

    def _begin_plane(self, room: Room) -> None:
        self.context.set_clip(room.clip)
        room.start = len(self.context.items)
        self._push_matrix(room.matrix)

    def _end_plane(self, room: Room) -> None:
        self.context.set_clip(room.clip)
        bounds = self._pop_matrix(room.matrix)
        end = len(self.context.items)
        if end > room.start:
            room.planes.append(PaintedPlane(room.start, end, room.matrix.project(bounds)))

    def _sort_planes(self, room: Room, start: int) -> None:
        """Put the records of a 3D rendering context into the order of their depths."""
        planes: list[Plane] = []
        for index, painted in enumerate(room.planes):
            if len(painted.points) > 2:
                planes.append(Plane(index, painted.points))
        if len(planes) < 2:
            return
        items = self.context.items
        ordered: list[DisplayItem] = []
        for plane in back_to_front(planes):
            painted = room.planes[plane.index]
            part = items[painted.start : painted.end]
            if plane.is_cut:
                ordered.append(PushClipPath(plane.path()))
                ordered.extend(part)
                ordered.append(PopClip())
            else:
                ordered.extend(part)
        items[start:] = ordered

    def _paint_group(self, layer: PaintLayer) -> None:
        """https://drafts.csswg.org/css-masking-1/#placement: filter, then clipping, masking and opacity."""
        context = self.context
        fragment = layer.fragment
        paint = fragment.style.paint
        clip_path = paint.clip_path
        path = None
        box_rect = Rect(layer.x, layer.y, fragment.width, fragment.height)
        clip = None
        if clip_path is not None and clip_path.kind == ShapeKind.URL:
            clip = context.images.reference(clip_path.path)
            if clip is not None and clip.kind != ReferenceKind.CLIP_PATH:
                clip = None
        elif clip_path is not None:
            path = clip_path_shape(fragment, layer.x, layer.y, clip_path)
            if path is not None:
                context.push_clip_path(path)
        has_mask = False
        for image in paint.mask_image:
            if image is not None:
                has_mask = True
        options = LayerOptions(min(1.0, max(0.0, paint.opacity)), paint.mix_blend_mode)
        options.filters = placed_filters(paint.filter_, context.images, box_rect)
        if paint.backdrop_filter:
            options.backdrop_filters = paint.backdrop_filter
            options.backdrop_shape = BoxShape(context, fragment, layer.x, layer.y).border_edge
        is_group = (
            options.opacity < 1
            or options.blend_mode != BlendMode.NORMAL
            or len(options.filters) > 0
            or len(options.backdrop_filters) > 0
            or has_mask
            or (layer.contains_blend and not _is_root(layer))
        )
        if clip is not None:
            context.push_layer(LayerOptions())
        if is_group:
            context.push_layer(options)
            if options.filters and makes_something(options.filters):
                # A filter may paint where the box itself shows nothing.
                context.add(FillRect(box_rect, TRANSPARENT))
        if self._page_has_canvas or _is_root(layer):
            self._paint_canvas()
        self._paint_contents(layer)
        context.set_clip(layer.base_clip)
        if has_mask:
            self._paint_mask(layer)
        if is_group:
            context.pop_layer()
        if clip is not None:
            # Filters come first: the clip is a mask around them.
            context.push_mask(PushMask(box_rect))
            self._paint_coverage(clip, box_rect)
            context.pop_mask()
            context.pop_layer()
        if path is not None:
            context.pop_clip()

    def _paint_mask(self, layer: PaintLayer) -> None:
        """The mask layers."""
        context = self.context
        fragment = layer.fragment
        style = fragment.style
        shape = BoxShape(context, fragment, layer.x, layer.y)
        edge = shape.border_edge
        area = BackgroundArea(edge, edge.rect, fragment.border, fragment.padding)
        paint = style.paint
        modes, composites = paint.mask_mode, paint.mask_composite
        count = len(paint.mask_image)
        context.push_mask(PushMask(edge.rect))
        # https://drafts.csswg.org/css-masking-1/#mask-layers: each layer onto all those below it.
        for index in range(count - 1, -1, -1):
            mode = modes[index % len(modes)]
            composite = composites[index % len(composites)]
            image = mask_layer(style, index)
            is_plain = mode != MaskMode.LUMINANCE and (composite == MaskComposite.ADD or index == count - 1)
            if image is None and is_plain:
                continue
            if not is_plain:
                operator = MaskComposite.ADD if index == count - 1 else composite
                context.push_mask(PushMask(edge.rect, mode == MaskMode.LUMINANCE, True, operator))
            reference = None
            if image is not None and isinstance(image.image, UrlImage):
                reference = context.images.reference(image.image.url)
            if reference is not None and reference.kind == ReferenceKind.MASK:
                self._paint_coverage(reference, Rect(layer.x, layer.y, fragment.width, fragment.height))
            elif image is not None:
                paint_image_layer(context, style, image, area)
            if not is_plain:
                context.set_clip(layer.base_clip)
                context.pop_mask()
        context.pop_mask()

    def _paint_coverage(self, reference: SvgReference, box: Rect) -> None:
        """What an SVG clip path or mask leaves, with room for what overflows the box."""
        context = self.context
        frame = context.snap_rect(box)
        if not reference.is_in_fractions:
            room = min(box.width, box.height)
            frame = context.snap_rect(
                Rect(box.x - room, box.y - room, box.width + 2 * room, box.height + 2 * room)
            )
        if not frame.is_empty():
            context.add(DrawImage(BitmapSource(CoverageImage(reference, box, frame), reference.name), frame))

    def _paint_contents(self, layer: PaintLayer) -> None:
        """Appendix E, within one layer."""
        layer.sort()
        # 1, 2. The background and borders of the element that makes the layer.
        self._paint_items(layer.own)
        # 3. Stacking contexts with negative z-index.
        for child in layer.negative:
            self._paint_layer(child)
        # 4. In-flow, non-inline-level, non-positioned descendants: their backgrounds and borders.
        self._paint_items(layer.block_backgrounds)
        # 5. Floats, each as if it were a stacking context.
        for child in layer.floats:
            self._paint_layer(child)
        # 6, 7. Inline content: backgrounds of inline boxes, text, replaced content, atomic inlines.
        self._paint_items(layer.foreground)
        # 10. Outlines. NOTE: Blink draws them here, below positioned descendants; the specification allows it.
        self._paint_items(layer.outlines)
        # 8. Positioned descendants with z-index auto or 0.
        for child in layer.positioned:
            self._paint_layer(child)
        # 9. Stacking contexts with positive z-index.
        for child in layer.positive:
            self._paint_layer(child)

    # --- Items ------------------------------------------------------------------------------------

    def _paint_items(self, items: list[PaintItem]) -> None:
        context = self.context
        for item in items:
            if item.clip is not context.clip:
                context.set_clip(item.clip)
            self._paint_item(item)

    def _paint_item(self, item: PaintItem) -> None:
        kind = item.kind
        context = self.context
        fragment, x, y = item.fragment, item.x, item.y
        if kind == ItemKind.TEXT:
            paint_text(context, item)
        elif kind == ItemKind.DECORATION:
            is_canvas = fragment.box is self.stacking.canvas_box
            if has_native_frame(fragment):
                paint_native_frame(context, fragment, x, y)
                return
            if is_wholly_native(fragment):
                return
            paint_box(context, fragment, x, y, not is_canvas)
            if not is_canvas and clips_to_text(fragment.style):
                self._paint_text_background(fragment, x, y, item.clip)
        elif kind == ItemKind.LAYER:
            if item.layer is not None:
                self._paint_layer(item.layer)
        elif kind == ItemKind.CONTENT:
            self._paint_content(fragment, x, y)
        elif kind == ItemKind.OUTLINE:
            paint_outline(context, fragment, x, y)
        elif kind == ItemKind.MARKER:
            paint_marker(context, fragment, x, y)
        elif kind == ItemKind.CELL_BACKGROUND:
            if item.area is not None:
                shape = RoundedRect(context.snap_rect(item.area))
                cell = BackgroundArea(shape, shape.rect, NO_EDGES, NO_EDGES)
                paint_cell_background(context, fragment, x, y, cell)
        elif kind == ItemKind.COLLAPSED_BORDERS:
            paint_collapsed_borders(context, fragment, x, y)
        elif kind == ItemKind.COLUMN_RULES:
            paint_column_rules(context, fragment, x, y)

    def _paint_content(self, fragment: Fragment, x: float, y: float) -> None:
        box = fragment.box
        if box is None:
            return
        if box.control is not None:
            paint_control(self.context, fragment, x, y)
        if box.picture is not None:
            paint_replaced(self.context, fragment, x, y)
        if box.media != MediaKind.NONE:
            content = self.context.snap_rect(content_area(fragment, x, y))
            if box.media == MediaKind.AUDIO:
                paint_audio_controls(self.context, content)
            else:
                paint_video_controls(self.context, content, has_picture=isinstance(box.picture, ImagePicture))

    def _paint_text_background(self, fragment: Fragment, x: float, y: float, clip: ClipNode | None) -> None:
        """background-clip: text: the background, masked by the text inside the box."""
        context = self.context
        style = fragment.style
        shape = BoxShape(context, fragment, x, y).border_edge
        area = BackgroundArea(shape, shape.rect, fragment.border, fragment.padding)
        context.push_layer(LayerOptions())
        paint_background(context, style, area, style.paint.background_color)
        context.push_mask(PushMask(shape.rect))
        _paint_text_mask(context, fragment, x, y)
        context.set_clip(clip)
        context.pop_mask()
        context.pop_layer()


def _paint_text_mask(context: PaintContext, fragment: Fragment, x: float, y: float) -> None:
    """The glyphs of all in-flow text inside, opaque."""
    run = fragment.run
    if run is not None:
        if fragment.style.inherited.writing_mode == 0:
            context.add(Glyphs(run, x, y + fragment.baseline, BLACK))
        else:
            context.add(Glyphs(run, x + fragment.width - fragment.baseline, y, BLACK, 0.0, True))
    for link in fragment.children:
        box = link.fragment.box
        if box is not None and box.is_out_of_flow():
            continue
        _paint_text_mask(context, link.fragment, x + link.x, y + link.y)


def _is_root(layer: PaintLayer) -> bool:
    """Whether the layer is the root element's. The initial containing block's is none: what blends there is in a
    group with the canvas's background; the white under a page without one takes no part, as in Chromium."""
    box = layer.fragment.box
    return box is None or box.is_root

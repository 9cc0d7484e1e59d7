"""Stacking layers as pictures, with names that people find again in the document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, final

from .. import limits
from ..geometry import Rect
from ..paint.display_list import DisplayList
from ..paint.layer_log import LayerLog, LoggedLayer
from ..paint.pictures import ImageStore
from ..paint.pillow_rasterizer import rasterize
from .dumps import element_path
from .pipeline import Rendering, picture_size

if TYPE_CHECKING:
    from PIL import Image


@final
class LayerPicture:
    """One stacking context: what it paints itself, without the stacking contexts inside.

    Attributes:
        name: "003-div-hero", good for a file name.
        facts: `path` of the element as `dump boxes` has it, and its `tag`; `x`, `y`, `width`, `height` of its border
            box, CSS px; its z-index `z`; `parent`, the index of the layer around it, or -1; `records`, how many of the
            display list it takes, pushes and pops included.
        image: RGBA, of the size of the whole picture.
    """

    def __init__(self, name: str, facts: dict[str, object], image: Image.Image) -> None:
        self.name: Final = name
        self.facts: Final = facts
        self.image: Final = image

    def __repr__(self) -> str:
        return f"<LayerPicture {self.name} {self.image.width}x{self.image.height}>"


def stacking_layers(rendering: Rendering, images: ImageStore, area: Rect, scale: float) -> list[LayerPicture]:
    """Each stacking layer of an area as a picture of its own, in painting order, MAX_LAYER_PICTURES at the most."""
    picture_size(area, scale, limits.MAX_BITMAP_SIDE, limits.MAX_BITMAP_PIXELS)
    log = LayerLog()
    items = rendering.display_list(images, area, scale, log)
    pictures: list[LayerPicture] = []
    for index, layer in enumerate(log.layers[: limits.MAX_LAYER_PICTURES]):
        own = log.items_of(index, items)
        image = rasterize(own, area, scale, True, rendering.raster_cache()).image
        pictures.append(_named(index, layer, own, image))
    return pictures


def _named(index: int, layer: LoggedLayer, items: DisplayList, image: Image.Image) -> LayerPicture:
    box = layer.fragment.box
    element = box.element if box is not None else None
    words = (
        ["page"]
        if element is None
        else [element.local_name, element.get("id"), *element.get("class").split()]
    )
    if box is not None and box.pseudo:
        words.append(box.pseudo.name.lower())
    plain = [word for word in (re.sub(r"[^A-Za-z0-9_]+", "_", word)[:24] for word in words) if word]
    facts: dict[str, object] = {
        "path": element_path(element) if element is not None else "",
        "tag": element.local_name if element is not None else "",
        "x": layer.x,
        "y": layer.y,
        "width": layer.fragment.width,
        "height": layer.fragment.height,
        "z": layer.z,
        "parent": layer.parent,
        "records": len(items.items),
    }
    return LayerPicture(f"{index:03}-" + "-".join(plain[:4]), facts, image)

"""Image maps: which <area> of a picture a point is in.

https://html.spec.whatwg.org/multipage/image-maps.html#image-map-processing-model
"""

from __future__ import annotations

import re

from ..dom import Document, Element
from ..paint.hit_test import Hit, path_contains
from ..paint.path import Path

_NUMBER = re.compile(r"[-+]?[0-9]*\.?[0-9]+")


def area_of_point(element: Element, hit: Hit, document: Document) -> Element | None:
    """The area of the element's map that the point is in; None where it has no map, or no area there."""
    name = element.get("usemap").strip()
    if not name.startswith("#") or not (element.is_html("img") or element.is_html("object")):
        return None
    found = next((one for one in document.descendant_elements() if _is_map(one, name[1:])), None)
    if found is None:
        return None
    fragment = hit.item.fragment
    content = fragment.content_box()
    # A pixel that the picture reaches into is of the picture, though its corner may lie outside.
    x = max(0.0, hit.x - hit.item.x - content.x)
    y = max(0.0, hit.y - hit.item.y - content.y)
    for area in found.descendant_elements():
        if area.is_html("area") and _contains(area, x, y, content.width, content.height):
            return area
    return None


def _is_map(element: Element, name: str) -> bool:
    return element.is_html("map") and name in (element.get("name"), element.id)


def _contains(area: Element, x: float, y: float, width: float, height: float) -> bool:
    numbers = [float(text) for text in _NUMBER.findall(area.get("coords"))]
    shape = area.get("shape").strip().lower()
    if shape == "default":
        return x <= width and y <= height
    if shape in ("circle", "circ"):
        if len(numbers) < 3 or numbers[2] <= 0:
            return False
        return (x - numbers[0]) ** 2 + (y - numbers[1]) ** 2 <= numbers[2] ** 2
    if shape in ("poly", "polygon"):
        if len(numbers) < 6:
            return False
        path = Path(even_odd=True)
        path.add_polygon(list(zip(numbers[0::2], numbers[1::2], strict=False)))
        return path_contains(path, x, y)
    if len(numbers) < 4:
        return False
    left, right = sorted((numbers[0], numbers[2]))
    top, bottom = sorted((numbers[1], numbers[3]))
    return left <= x <= right and top <= y <= bottom

"""The pointer: where an element is pointed at, and what is there.

Playwright's checks (https://playwright.dev/docs/actionability): an element that is acted on is brought into view, and
what its middle hits must be itself, or something inside of it. Nothing changes here by itself, so nobody waits.
"""

from __future__ import annotations

import math
from typing import Final, final

from ..css.keywords import Visibility
from ..dom import Document, Element
from ..errors import NotActionableError, UsageError
from ..geometry import Rect
from ..layout.boxes_dump import client_rects, client_rects_of
from .activation import labeled_control
from .dumps import element_path
from .hit import PageHits
from .pipeline import Rendering
from .scroll import scrolled_to

_NAMED: Final = ("id", "class", "name", "type", "href")


@final
class Target:
    """Where an element is pointed at: a point of the page, and what is hit there."""

    def __init__(self, x: float, y: float, hit: Element | None) -> None:
        self.x: Final = x
        self.y: Final = y
        self.hit: Final = hit


def aim(
    rendering: Rendering, element: Element, name: str, position: dict[str, float] | None = None
) -> Target:
    """Bring an element into view and point at its middle, or at `position` from its padding box's corner.

    `name`: what the caller calls it. Raises NotActionableError for an element without a box to point at.
    """
    root = rendering.root_fragment
    assert root is not None
    view = scrolled_to(root, rendering.viewport, element)
    rects = [rect for rect in client_rects_of(view.root, element) if rect.width > 0 and rect.height > 0]
    style = rendering.styles.style_of(element) if rendering.styles is not None else None
    if not rects or style is None or style.inherited.visibility != Visibility.VISIBLE:
        raise NotActionableError(f"{name!r} is not visible: {description(element)} has no box that is shown")
    window = view.window
    if position is None:
        # The first of its lines of which something is in sight.
        shown = next((seen for rect in rects if not (seen := rect.intersection(window)).is_empty()), None)
        if shown is None:
            raise NotActionableError(f"{name!r} is outside of the viewport, and no scrolling brings it there")
        x, y = shown.x + shown.width / 2.0, shown.y + shown.height / 2.0
    else:
        dx, dy = _position(position)
        box = style.box
        x, y = rects[0].x + box.border_left_width + dx, rects[0].y + box.border_top_width + dy
        if not (window.x <= x < window.right and window.y <= y < window.bottom):
            raise NotActionableError(f"position {dx:g}, {dy:g} of {name!r} is outside of the viewport")
    return Target(x, y, PageHits(rendering, view.root, window).element_at(x, y))


def check_receives(target: Target, element: Element, name: str, document: Document) -> None:
    """Raise NotActionableError where something else than the element would get what the pointer does."""
    hit = target.hit
    wanted = _around(element)
    node: object = hit
    while isinstance(node, Element):
        if node is wanted or (node.is_html("label") and labeled_control(node, document) is element):
            return
        node = node.parent
    other = description(hit) if hit is not None else "nothing"
    raise NotActionableError(
        f"cannot point at {name!r}: {other} intercepts pointer events at {target.x:g}, {target.y:g}"
        " (force=True does without this check)"
    )


def element_at_point(
    rendering: Rendering, x: float, y: float, deep: bool = False
) -> tuple[Element, list[Element], Rendering] | None:
    """The element at a point of the viewport, the frames around it, and the page that it is in; `deep`: also inside of
    frames. None outside of the viewport."""
    frames: list[Element] = []
    while True:
        hits = rendering.hits()
        found = hits.element_at(x, y)
        if found is None:
            return None
        inner = hits.frame_at(x, y) if deep else None
        if inner is None:
            return found, frames, rendering
        frames.append(found)
        rendering, x, y = inner


def summary(element: Element, rendering: Rendering, frames: list[Element] | None = None) -> dict[str, object]:
    """An element for people: its place as `boxes()` names it, its name, id and classes, and its rectangle."""
    assert rendering.root_fragment is not None
    rect = client_rects(rendering.root_fragment).get(element, Rect(0.0, 0.0, 0.0, 0.0))
    facts: dict[str, object] = {
        "path": element_path(element),
        "tag": element.local_name,
        "id": element.id,
        "class": element.get("class"),
        "text": " ".join(element.text_content().split())[:80],
        "x": rect.x,
        "y": rect.y,
        "width": rect.width,
        "height": rect.height,
    }
    if frames:
        facts["frames"] = [element_path(frame) for frame in frames]
    return facts


def description(element: Element) -> str:
    """An element as its start tag, with what tells it from others."""
    words = [element.local_name]
    for name in _NAMED:
        value = element.get(name)
        if value:
            words.append(f'{name}="{value[:40]}"')
    return "<" + " ".join(words) + ">"


def point(x: float, y: float) -> tuple[float, float]:
    """Raises UsageError for what is no point."""
    if not (math.isfinite(x) and math.isfinite(y)):
        raise UsageError(f"not a point: {x}, {y}")
    return float(x), float(y)


def _position(position: dict[str, float]) -> tuple[float, float]:
    if set(position) != {"x", "y"}:
        raise UsageError(f"position needs x and y, nothing else: {position!r}")
    return point(position["x"], position["y"])


def _around(element: Element) -> Element:
    """The button or link that an element is in: what is hit inside of that does the same."""
    node: object = element
    while isinstance(node, Element):
        if node.local_name in ("button", "a") or node.get("role") in ("button", "link"):
            return node
        node = node.parent
    return element

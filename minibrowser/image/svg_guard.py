"""What would hang or kill the SVG renderer is found before it sees the picture.

resvg runs inside this process and cannot be stopped: elements nested a few hundred deep overflow its stack, and one
tile of a pattern may ask for more memory than there is, which ends the process. So the markup is surveyed first, in
one pass of expat, and refused (as a broken picture) where a number in limits.py is passed.
"""

from __future__ import annotations

import base64
import math
import re
from typing import Final, final
from urllib.parse import unquote_to_bytes
from xml.parsers import expat

from ..errors import ImageError
from ..limits import (
    MAX_BITMAP_SIDE,
    MAX_IMAGE_PIXELS,
    MAX_SVG_DEPTH,
    MAX_SVG_FILTER_TIME,
    MAX_SVG_GROUP_DEPTH,
    MAX_SVG_NODES,
    MAX_SVG_POINTS,
    MAX_SVG_TEXT,
)
from .resource import encoded_size

REFERENCE: Final = re.compile(r"url\(\s*[\"']?#([^\"')\s]+)")
NUMBER: Final = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")
FUNCTION: Final = re.compile(r"([A-Za-z]+)\s*\(([^)]*)\)")
GROUPING: Final = ("opacity", "filter", "mask", "clip-path", "mix-blend-mode", "isolation")
"""Attributes that give an element a bitmap of its own."""
GEOMETRY: Final = (
    "x",
    "y",
    "width",
    "height",
    "r",
    "rx",
    "ry",
    "cx",
    "cy",
    "x1",
    "x2",
    "y1",
    "y2",
    "d",
    "points",
)
FILTER_DECLARATION: Final = re.compile(r"(?<![-\w])filter\s*:([^;}\"]*)")
FILTER_ATTRIBUTE: Final = re.compile(r"\sfilter\s*=\s*(?:\"[^\"]*\"|'[^']*')")
RULE: Final = re.compile(r"([^{}]*)\{([^{}]*)\}")
CLASS_NAME: Final = re.compile(r"\.([-\w]+)")
PRIMITIVE_WORK: Final = 300.0
"""ns for each pixel of most filter primitives."""
BOUNDED: Final = {"numOctaves": 9.0, "order": 16.0, "radius": 24.0, "stdDeviation": 500.0}
"""Numbers of filter primitives that cost time without end: most show nothing more beyond these."""
BOUNDED_ATTRIBUTE: Final = re.compile(rf"(\s(?:{'|'.join(BOUNDED)})\s*=\s*)(\"[^\"]*\"|'[^']*')")


@final
class _Node:
    """An element: what it holds and what it refers to."""

    __slots__ = (
        "children",
        "filters",
        "groups",
        "is_filter",
        "morphology",
        "pattern",
        "references",
        "scale",
        "vertices",
        "work",
    )

    def __init__(self) -> None:
        self.children: Final[list[_Node]] = []
        self.references: Final[list[str]] = []
        self.vertices = 0  # of a path, at the most: each may carry a marker
        self.groups = False
        self.scale = 1.0
        self.filters: Final[list[str]] = []
        self.is_filter = False  # costs where it is used, not where it stands
        self.work = 0.0  # of a filter primitive: ns for each pixel
        self.morphology = 0.0  # and ns for each pixel times the square of the zoom
        self.pattern = 0.0  # of a <pattern>: width times height, negative where they are fractions of a box


@final
class _Size:
    """What drawing an element comes to, with all that it refers to."""

    __slots__ = ("depth", "groups", "morphology", "nodes", "points", "work")

    def __init__(self) -> None:
        self.nodes = 1
        self.points = 0
        self.depth = 1
        self.groups = 0
        self.work = 0.0
        self.morphology = 0.0


@final
class _Survey:
    """Reads the document."""

    def __init__(self) -> None:
        self.root: Final = _Node()
        self.by_id: Final[dict[str, _Node]] = {}
        self.patterns: Final[list[_Node]] = []
        self.largest = 0.0  # number in the geometry
        self.scale = 1.0  # product of the scales on the way to any element
        self.characters = 0
        self.sheets: Final[list[str]] = []
        self.by_class: Final[dict[str, list[_Node]]] = {}
        self._open: Final[list[_Node]] = [self.root]
        self._scales: Final[list[float]] = [1.0]
        self._sizes: Final[dict[_Node, _Size | None]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """expat's handler."""
        if len(self._open) > MAX_SVG_DEPTH:
            raise ImageError("SVG image is nested too deeply")
        node = _Node()
        self._open[-1].children.append(node)
        self._open.append(node)
        for key, value in attributes.items():
            self._attribute(node, key.rpartition(":")[2], value)
        local = name.rpartition(":")[2]
        if local == "pattern":
            self._pattern(node, attributes)
        elif local == "filter":
            node.is_filter = True
        elif local.startswith("fe"):
            node.work, node.morphology = primitive_work(local, attributes)
        if "viewBox" in attributes and len(self._open) > 2:
            node.scale *= view_box_scale(attributes)
        scale = min(1e30, self._scales[-1] * node.scale)
        self._scales.append(scale)
        self.scale = max(self.scale, scale)

    def end(self, _name: str) -> None:
        """expat's handler."""
        self._open.pop()
        self._scales.pop()

    def text(self, data: str) -> None:
        """expat's handler: text, and style sheets."""
        self.characters += len(data)
        if "filter" in data or "url(" in data:
            self.sheets.append(data)
            self.root.references.extend(REFERENCE.findall(data))

    def _attribute(self, node: _Node, key: str, value: str) -> None:
        if key == "id":
            self.by_id.setdefault(value, node)
        elif key == "href":
            if value.startswith("#"):
                node.references.append(value[1:])
            elif value.startswith("data:"):
                check_data_url(value)
        elif key in ("transform", "patternTransform"):
            node.scale *= transform_scale(value)
        elif key in GEOMETRY:
            for number in NUMBER.findall(value) if key in ("d", "points") else NUMBER.findall(value)[:1]:
                self.largest = max(self.largest, abs(float(number)))
            if key in ("d", "points"):
                node.vertices = len(value) // 2
        elif key in GROUPING or (key == "style" and any(word in value for word in GROUPING)):
            node.groups = True
        elif key == "class":
            for name in value.split():
                self.by_class.setdefault(name, []).append(node)
        if key == "filter" or (key == "style" and "filter" in value):
            found = [value] if key == "filter" else FILTER_DECLARATION.findall(value)
            for text in found:
                self._filter(node, text)
        elif "url(" in value:
            node.references.extend(REFERENCE.findall(value))

    def _filter(self, node: _Node, value: str) -> None:
        """A value of `filter`: references, and functions that cost as much as the primitives they stand for."""
        node.filters.extend(REFERENCE.findall(value))
        node.work += PRIMITIVE_WORK * len(FUNCTION.findall(value.replace("url(", "")))

    def read_sheets(self) -> None:
        """Filters that rules of style sheets in the picture give to elements with a class; or, by other selectors, to
        all of them at the worst."""
        for selectors, declarations in RULE.findall("".join(self.sheets)):
            values = FILTER_DECLARATION.findall(declarations)
            if not values:
                continue
            nodes: list[_Node] = []
            for selector in selectors.split(","):
                name = CLASS_NAME.search(selector)
                nodes += self.by_class.get(name.group(1), []) if name is not None else [self.root]
            for node in nodes:
                for value in values:
                    self._filter(node, value)

    def _pattern(self, node: _Node, attributes: dict[str, str]) -> None:
        sides: list[float] = []
        for key in ("width", "height"):
            value = attributes.get(key, "0")
            match = NUMBER.search(value)
            number = abs(float(match.group())) if match is not None else 0.0
            sides.append(number / 100 if "%" in value else number)
        area = min(1e30, sides[0] * sides[1])
        in_fractions = attributes.get("patternUnits", "objectBoundingBox") == "objectBoundingBox"
        node.pattern = -area if in_fractions else area
        self.patterns.append(node)

    def size_of(self, node: _Node) -> _Size:
        """Counts of an element with its references. What refers to itself is drawn once."""
        known = self._sizes.get(node)
        if known is not None:
            return known
        size = _Size()
        size.points = node.vertices
        size.work, size.morphology = node.work, node.morphology
        if node in self._sizes:
            return size
        self._sizes[node] = None
        repeated = max(1, node.vertices)
        for child in node.children:
            self._add(size, self.size_of(child), 1)
            if not child.is_filter:
                self._filter_work(size, child, 1)
        for name in node.filters:
            target = self.by_id.get(name)
            if target is not None:
                self._add(size, self.size_of(target), 1)
                self._filter_work(size, target, 1)
        for name in node.references:
            target = self.by_id.get(name)
            if target is not None:
                self._add(size, self.size_of(target), repeated)
                if not target.is_filter:
                    self._filter_work(size, target, repeated)
        size.groups += 1 if node.groups else 0
        self._sizes[node] = size
        return size

    def _filter_work(self, size: _Size, node: _Node, times: int) -> None:
        part = self.size_of(node)
        size.work += part.work * times
        size.morphology += part.morphology * times

    def _add(self, size: _Size, part: _Size, times: int) -> None:
        size.nodes += part.nodes * times
        size.points += part.points * times
        size.depth = max(size.depth, part.depth + 1)
        size.groups = max(size.groups, part.groups)
        if size.nodes > MAX_SVG_NODES or size.points > MAX_SVG_POINTS:
            raise ImageError("SVG image has too many elements")
        if size.depth > MAX_SVG_DEPTH:
            raise ImageError("SVG image is nested too deeply")


def primitive_work(name: str, attributes: dict[str, str]) -> tuple[float, float]:
    """What a filter primitive costs for each pixel, in ns as measured, and what it costs beside that times the square
    of the zoom."""
    if name == "feTurbulence":
        return 600.0 + 250.0 * _largest(attributes, "numOctaves", 1.0), 0.0
    if name == "feConvolveMatrix":
        return PRIMITIVE_WORK + 12.0 * _largest(attributes, "order", 3.0) ** 2, 0.0
    if name == "feMorphology":
        return PRIMITIVE_WORK, 22.0 * _largest(attributes, "radius", 0.0) ** 2
    if name.startswith("feFunc") or name.endswith("Light") or name == "feMergeNode":
        return 100.0, 0.0
    return PRIMITIVE_WORK, 0.0


def _largest(attributes: dict[str, str], name: str, missing: float) -> float:
    numbers = [abs(float(number)) for number in NUMBER.findall(attributes.get(name, ""))]
    return min(1e9, max(numbers)) if numbers else missing


def transform_scale(value: str) -> float:
    """How much a transform enlarges at the most."""
    scale = 1.0
    for name, arguments in FUNCTION.findall(value):
        numbers = [abs(float(number)) for number in NUMBER.findall(arguments)]
        if name == "scale" and numbers:
            scale *= max(numbers[:2])
        elif name == "matrix" and len(numbers) >= 4:
            scale *= max(numbers[0] + numbers[2], numbers[1] + numbers[3])
        elif name in ("skewX", "skewY") and numbers:
            scale *= 1.0 + abs(math.tan(math.radians(min(numbers[0], 1e6))))
    return min(scale, 1e30) if scale == scale else 1e30


def view_box_scale(attributes: dict[str, str]) -> float:
    """How much the viewBox of an inner viewport enlarges at the most."""
    numbers = [float(number) for number in NUMBER.findall(attributes["viewBox"])]
    scale = 1.0
    for key, length in (("width", numbers[2:3]), ("height", numbers[3:4])):
        own = NUMBER.findall(attributes.get(key, attributes.get(f"marker{key.title()}", "")))
        side = abs(float(own[0])) if own else float(MAX_BITMAP_SIDE)
        if length and length[0] > 0:
            scale = max(scale, side / length[0])
    return min(scale, 1e30)


def check_data_url(url: str) -> None:
    """Raise ImageError for a picture in the picture that is a bomb."""
    head, _, body = url.partition(",")
    try:
        data = base64.b64decode(body) if head.rstrip().endswith("base64") else unquote_to_bytes(body)
    except ValueError:
        return
    width, height = encoded_size(data)
    if width * height > MAX_IMAGE_PIXELS:
        raise ImageError(f"SVG image holds a picture of {width}x{height}")


def bounded_filters(markup: str) -> str:
    """The markup with numbers of filter primitives brought into bounds."""
    return BOUNDED_ATTRIBUTE.sub(_bounded, markup) if "<fe" in markup else markup


def _bounded(match: re.Match[str]) -> str:
    name = match.group(1).split("=")[0].strip()
    limit = BOUNDED[name]
    text: str = match.group(2)
    for number in NUMBER.findall(text):
        if float(number) > limit:
            text = text.replace(number, f"{limit:g}")
    return match.group(1) + text


def without_filters(markup: str) -> str:
    """The markup with nothing filtered."""
    return FILTER_DECLARATION.sub("", FILTER_ATTRIBUTE.sub("", markup))


@final
class SvgGuard:
    """A picture's survey.

    Attributes:
        problem: what speaks against drawing it at any size, "" for nothing.
        work, morphology: what its filters cost for each pixel, ns; the second times the square of the zoom.
    """

    def __init__(self, markup: str) -> None:
        self.problem = ""
        self.work = 0.0
        self.morphology = 0.0
        self._survey: Final = _Survey()
        try:
            size = survey_document(markup, self._survey)
            if size is not None:
                self.work, self.morphology = size.work, size.morphology
        except ImageError as error:
            self.problem = str(error)

    def affords_filters(self, zoom: float, pixels: int) -> bool:
        """Whether the filters of a picture of so many pixels are drawn in time."""
        scale = min(1e6, zoom * self._survey.scale)
        return (self.work + self.morphology * scale * scale) * pixels <= MAX_SVG_FILTER_TIME

    def check(self, zoom: float) -> None:
        """Raise ImageError where drawing could hang or end the process; `zoom`: device px for one user unit of the
        outermost viewport."""
        if self.problem:
            raise ImageError(self.problem)
        survey = self._survey
        scale = zoom * survey.scale
        for node in survey.patterns:
            side = survey.largest if node.pattern < 0 else 1.0
            if abs(node.pattern) * side * side * scale * scale > MAX_IMAGE_PIXELS:
                raise ImageError("SVG image has a pattern with too large a tile")


def survey_document(markup: str, survey: _Survey) -> _Size | None:
    """Read the whole document. Markup that is not well-formed is left to the renderer, which refuses it."""
    parser = expat.ParserCreate()
    parser.StartElementHandler = survey.start
    parser.EndElementHandler = survey.end
    parser.CharacterDataHandler = survey.text
    try:
        parser.Parse(markup.encode("utf-8", "replace"), True)
    except expat.ExpatError:
        return None
    if survey.characters > MAX_SVG_TEXT:
        raise ImageError("SVG image has too much text")
    survey.read_sheets()
    size = survey.size_of(survey.root)
    if size.groups > MAX_SVG_GROUP_DEPTH:
        raise ImageError("SVG image has too many groups inside one another")
    return size

"""Hand-made fragments, and pixels as ASCII art."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from minibrowser.css.computed_style import INITIAL_STYLE, BoxStyle, ComputedStyle, InheritedStyle, PaintStyle
from minibrowser.css.keywords import BorderStyle, Display
from minibrowser.css.values import BLACK, Color
from minibrowser.geometry import Edges, Rect, Size
from minibrowser.layout.box import Box, BoxKind
from minibrowser.layout.fragment import Fragment, FragmentKind, Link
from minibrowser.paint.builder import build_display_list
from minibrowser.paint.display_list import DisplayList
from minibrowser.paint.pictures import ImageStore
from minibrowser.paint.pillow_rasterizer import rasterize

RED = Color(255.0, 0.0, 0.0)
GREEN = Color(0.0, 128.0, 0.0)
BLUE = Color(0.0, 0.0, 255.0)
YELLOW = Color(255.0, 255.0, 0.0)
GREY = Color(128.0, 128.0, 128.0)

LETTERS = {
    (255, 255, 255): "_",
    (255, 0, 0): "R",
    (0, 128, 0): "G",
    (0, 0, 255): "B",
    (255, 255, 0): "Y",
    (0, 0, 0): "K",
    (128, 128, 128): "x",
}


class StyleMaker:
    """A style being filled in: `style.paint.opacity = 0.5`, then `style.done()`."""

    def __init__(self, parent: ComputedStyle | None = None) -> None:
        source = parent if parent is not None else INITIAL_STYLE
        self.inherited: InheritedStyle = source.inherited.copy()
        self.box: BoxStyle = BoxStyle()
        self.paint: PaintStyle = PaintStyle()
        self.box.display = Display.BLOCK
        # Style resolution replaces currentcolor before painting.
        self.inherited.text_fill_color = BLACK

    def done(self) -> ComputedStyle:
        """The finished style."""
        return ComputedStyle(self.inherited, self.box, self.paint, {})


class Scene:
    """Boxes on a page. Coordinates of children are from their parent's border box."""

    def __init__(self, width: float = 10.0, height: float = 6.0) -> None:
        self.width, self.height = width, height
        self._next_id = 0
        style = StyleMaker().done()
        self.root = self.fragment(style, width, height)
        assert self.root.box is not None
        self.root.box.is_root = True
        self.images = ImageStore()

    def fragment(
        self, style: ComputedStyle, width: float, height: float, kind: BoxKind = BoxKind.BLOCK
    ) -> Fragment:
        """A box's fragment of this size, not yet in the page."""
        box = Box(kind, style)
        box.id = self._next_id
        self._next_id += 1
        fragment = Fragment(FragmentKind.BOX, box, style, width, height)
        fragment.overflow = Rect(0.0, 0.0, width, height)
        return fragment

    def add(
        self,
        style: StyleMaker,
        x: float,
        y: float,
        width: float,
        height: float,
        parent: Fragment | None = None,
        kind: BoxKind = BoxKind.BLOCK,
    ) -> Fragment:
        """A box in the page. Borders follow the style's widths."""
        fragment = self.fragment(style.done(), width, height, kind)
        box = style.box
        fragment.border = Edges(
            box.border_top_width, box.border_right_width, box.border_bottom_width, box.border_left_width
        )
        above = parent if parent is not None else self.root
        above.children.append(Link(fragment, x, y))
        assert above.box is not None
        assert fragment.box is not None
        above.box.children.append(fragment.box)
        return fragment

    def fill(
        self, color: Color, x: float, y: float, width: float, height: float, parent: Fragment | None = None
    ) -> Fragment:
        """A box with a background colour."""
        style = StyleMaker()
        style.paint.background_color = color
        return self.add(style, x, y, width, height, parent)

    def display_list(self, scale: float = 1.0) -> DisplayList:
        """What painting the page records."""
        area = Rect(0.0, 0.0, self.width, self.height)
        return build_display_list(self.root, Size(self.width, self.height), self.images, area, scale)

    def picture(self, scale: float = 1.0, omit_background: bool = False) -> Image.Image:
        """The page's pixels."""
        area = Rect(0.0, 0.0, self.width, self.height)
        return rasterize(self.display_list(scale), area, scale, omit_background).image

    def art(self, scale: float = 1.0) -> str:
        """The page's pixels as letters; `?` for colours that have none."""
        return ascii_art(self.picture(scale))


def ascii_art(image: Image.Image) -> str:
    """One letter for each pixel."""
    lines: list[str] = []
    for y in range(image.height):
        line = ""
        for x in range(image.width):
            pixel = image.getpixel((x, y))
            assert isinstance(pixel, tuple)
            line += LETTERS.get((int(pixel[0]), int(pixel[1]), int(pixel[2])), "?")
        lines.append(line)
    return "\n".join(lines)


def art(text: str) -> str:
    """A drawing in a test, without its indentation."""
    return "\n".join(line.strip() for line in text.strip().splitlines())


def set_border(style: StyleMaker, width: float, color: Color, kind: BorderStyle = BorderStyle.SOLID) -> None:
    """The same border on all sides."""
    box, paint = style.box, style.paint
    box.border_top_width = box.border_right_width = box.border_bottom_width = box.border_left_width = width
    paint.border_top_style = paint.border_right_style = kind
    paint.border_bottom_style = paint.border_left_style = kind
    paint.border_top_color = paint.border_right_color = color
    paint.border_bottom_color = paint.border_left_color = color


FONTS = Path("/usr/share/fonts/truetype/liberation")

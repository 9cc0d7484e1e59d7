"""Random small snippets of HTML in the manner of real pages, for `tests.layout.differential`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, TypeAlias, final

VOID: Final = frozenset(("br", "hr", "input", "wbr"))
KEPT: Final = frozenset(("table", "tbody", "thead", "tr", "select", "ul", "ol", "dl"))
"""Elements whose children mean nothing without them."""

WORDS: Final = (
    "a an the quick brown fox jumps over lazy dog supercalifragilistic internationalization x-ray well-known "
    '1,234.5 e.g. (see) foo/bar https://example.com/path?q=1 end. "quote" it\'s'
).split()

PX: Final = "0 1px 3px 5px 8px 10px 13px 20px 32px 50px 75px 100px"
SIZES: Final = (
    "auto auto 20px 40px 60px 100px 150px 200px 50% 100% 25% 33.3% 10em max-content min-content fit-content"
)

COMMON: Final = {
    "margin": PX,
    "margin-top": f"{PX} -5px -20px",
    "margin-bottom": f"{PX} -5px -20px 10%",
    "margin-left": f"{PX} -5px auto",
    "margin-right": f"{PX} -5px auto",
    "padding": "0 1px 4px 8px 12px",
    "padding-left": f"{PX} 5%",
    "padding-top": f"{PX} 5%",
    "border": "1px_solid 2px_solid 5px_solid",
    "border-bottom": "1px_solid 5px_solid",
    "width": SIZES,
    "height": SIZES,
    "min-width": "0 50px 50% min-content",
    "max-width": "100px 25% min-content fit-content",
    "min-height": PX,
    "max-height": PX,
    "box-sizing": "border-box",
    "font-size": "12px 20px 1.5em 80%",
    "line-height": "1 1.5 30px normal 10px",
    "overflow": "hidden auto",
    "text-align": "left right center justify",
}
"""Declarations by property; `_` stands for a space in a value."""

BLOCK: Final = COMMON | {
    "float": "left right",
    "clear": "left right both",
    "display": "block inline inline-block flow-root list-item table flex",
    "position": "relative;top:8px relative;left:20px absolute absolute;top:5px;left:10px absolute;bottom:0;right:3px",
    "aspect-ratio": "1 2 16/9 1/2",
    "justify-self": "center end",
}
INLINE: Final = COMMON | {
    "vertical-align": "top bottom middle sub super text-top text-bottom 5px -3px 20%",
    "display": "inline inline-block block inline-flex inline-table",
    "white-space": "nowrap pre pre-wrap pre-line",
    "letter-spacing": "1px -1px 5px",
    "word-spacing": "5px -2px",
    "text-indent": "20px -10px 10%",
    "float": "left right",
    "position": "relative;left:20px absolute",
    "word-break": "break-all keep-all",
    "overflow-wrap": "anywhere break-word",
    "text-transform": "uppercase capitalize",
    "direction": "rtl ltr",
    "tab-size": "2 20px",
    "text-wrap": "balance pretty",
    "font": "bold_14px_'DejaVu_Sans' italic_18px_'Liberation_Serif' 10px_'Liberation_Mono'",
}
FLEX: Final = COMMON | {
    "display": "flex flex inline-flex block",
    "flex-direction": "row column row-reverse column-reverse",
    "flex-wrap": "wrap nowrap wrap-reverse",
    "flex": "1 none auto 0_0_50% 1_1_100px 2_0_0 1_1_0%",
    "align-items": "center flex-start flex-end stretch baseline",
    "align-self": "center flex-start flex-end stretch baseline",
    "justify-content": "center flex-end space-between space-around space-evenly",
    "align-content": "center flex-end space-between stretch",
    "gap": "5px 10px_3px 5%",
    "order": "-1 1 2",
    "flex-basis": SIZES,
    "flex-shrink": "0",
    "min-width": "0",
    "position": "absolute",
    "aspect-ratio": "1 2 1/2",
}
GRID: Final = COMMON | {
    "display": "grid grid inline-grid block",
    "grid-template-columns": "1fr_1fr 100px_1fr repeat(3,1fr) auto_auto repeat(auto-fill,minmax(80px,1fr)) "
    "minmax(50px,auto)_2fr min-content_max-content repeat(auto-fit,60px) 20%_auto_1fr fit-content(80px)_1fr",
    "grid-template-rows": "50px_auto 1fr_1fr minmax(20px,1fr)_30px",
    "grid-auto-flow": "row column dense",
    "grid-auto-rows": "40px minmax(30px,auto) 1fr",
    "grid-column": "1/3 span_2 2 -1 1/-1",
    "grid-row": "1/3 span_2 2",
    "gap": "5px 10px_3px",
    "justify-items": "center start end stretch",
    "align-items": "center start end baseline",
    "justify-self": "center start end",
    "align-self": "center start end",
    "place-content": "center space-between end",
    "position": "absolute",
}
TABLE: Final = COMMON | {
    "border-collapse": "collapse separate",
    "border-spacing": "0 5px 2px_8px",
    "vertical-align": "top middle bottom baseline",
    "table-layout": "fixed",
    "width": "100% 50% 200px 80px auto",
    "height": "100% 50px 100px",
    "caption-side": "bottom",
    "white-space": "nowrap",
}
LIST: Final = BLOCK | {"list-style": "none inside square decimal_inside upper-roman", "columns": "2 80px"}
COLUMNS: Final = BLOCK | {
    "columns": "2 3 80px 2_100px",
    "column-gap": "0 5px 20px",
    "column-fill": "auto",
    "column-span": "all",
    "break-inside": "avoid",
    "break-before": "column",
}

THEMES: Final[dict[str, tuple[dict[str, str], str]]] = {
    "block": (BLOCK, "div div div p div span h3 ul hr canvas"),
    "inline": (INLINE, "span span b i div canvas br a small sup span button input wbr"),
    "flex": (FLEX, "div div div span p canvas button"),
    "grid": (GRID, "div div div span p canvas"),
    "table": (TABLE, "table table div span canvas p"),
    "list": (LIST, "ul ol li div dl p span li"),
    "columns": (COLUMNS, "div div p p span canvas ul h3"),
    "form": (INLINE | FLEX, "input button select textarea label div span fieldset progress meter"),
    "mix": (
        BLOCK | INLINE | FLEX | GRID,
        "div div span p ul table canvas b button input label h3 a fieldset details",
    ),
}
"""Declarations and elements by theme."""

INPUTS: Final = (
    " value=abc",
    " placeholder=type",
    " type=checkbox",
    " type=radio",
    " type=submit",
    " size=5",
    " type=range",
    " type=number value=5",
    " type=date",
    " type=file",
    " type=color",
    " type=search",
)


@final
class Node:
    """An element of a snippet; its children are elements and texts."""

    def __init__(
        self,
        tag: str,
        styles: list[str] | None = None,
        children: list[Child] | None = None,
        attributes: str = "",
    ) -> None:
        self.tag: Final = tag
        self.styles: Final = styles or []
        self.children: Final = children or []
        self.attributes: Final = attributes

    def __str__(self) -> str:
        style = f' style="{";".join(self.styles)}"' if self.styles else ""
        start = f"<{self.tag}{self.attributes}{style}>"
        return start if self.tag in VOID else f"{start}{markup(self.children)}</{self.tag}>"

    def having(self, styles: list[str], children: list[Child], attributes: str) -> Node:
        """The same element with other things in it."""
        return Node(self.tag, styles, children, attributes)


Child: TypeAlias = "Node | str"


def markup(children: list[Child]) -> str:
    """As HTML."""
    return "".join(str(child) for child in children)


@final
class Snippets:
    """A source of snippets of one theme; the same seed gives the same ones."""

    def __init__(self, theme: str, seed: str) -> None:
        declarations, tags = THEMES[theme]
        self._random: Final = Random(seed)
        self._properties: Final = [(name, values.split(" ")) for name, values in declarations.items()]
        self._tags: Final = tags.split(" ")
        self._special: Final[dict[str, Callable[[int], Node]]] = {
            "table": self._table,
            "canvas": lambda _: Node(
                "canvas", self._styles(), [], f" width={self._of(10, 40, 60)} height=20"
            ),
            "br": lambda _: Node("br"),
            "wbr": lambda _: Node("wbr"),
            "input": lambda _: Node("input", self._styles(), [], self._random.choice(INPUTS)),
            "select": lambda _: Node("select", self._styles(), [Node("option", [], ["one"])]),
            "textarea": lambda _: Node("textarea", self._styles(), ["some text"]),
            "progress": lambda _: Node("progress", self._styles(), [], " value=.5"),
            "meter": lambda _: Node("meter", self._styles(), [], " value=.5"),
            "ul": self._list,
            "ol": self._list,
            "dl": lambda depth: Node(
                "dl",
                self._styles(),
                [Node("dt", [], ["term"]), Node("dd", self._styles(), self.children(depth - 1))],
            ),
            "fieldset": lambda depth: Node(
                "fieldset",
                self._styles(),
                [Node("legend", self._styles(), [self._text()]), *self.children(depth - 1)],
            ),
            "details": lambda depth: Node(
                "details",
                self._styles(),
                [Node("summary", self._styles(), [self._text()]), *self.children(depth - 1)],
                " open",
            ),
        }

    def children(self, depth: int, at_least: int = 0) -> list[Child]:
        """What stands in a container, this many levels deep."""
        if depth <= 0:
            return [self._text()]
        found: list[Child] = []
        for _ in range(max(at_least, self._of(0, 1, 1, 2, 2, 3))):
            found.append(self._text() if self._random.random() < 0.35 else self._element(depth))
        return found

    def _of(self, *numbers: int) -> int:
        return self._random.choice(numbers)

    def _text(self) -> str:
        words = " ".join(self._random.choice(WORDS) for _ in range(self._of(1, 1, 2, 3, 6, 12)))
        return self._random.choice(("", " ")) + words + self._random.choice(("", " "))

    def _styles(self) -> list[str]:
        chosen = [self._random.choice(self._properties) for _ in range(self._of(0, 1, 1, 2, 2, 3, 4))]
        return [f"{name}:{self._random.choice(values).replace('_', ' ')}" for name, values in chosen]

    def _element(self, depth: int) -> Node:
        tag = self._random.choice(self._tags)
        make = self._special.get(tag)
        return Node(tag, self._styles(), self.children(depth - 1)) if make is None else make(depth)

    def _list(self, depth: int) -> Node:
        items: list[Child] = [
            Node("li", self._styles(), self.children(depth - 1)) for _ in range(self._of(1, 2, 3))
        ]
        return Node(self._random.choice(("ul", "ol")), self._styles(), items)

    def _table(self, depth: int) -> Node:
        rows: list[Child] = []
        columns = self._of(1, 2, 3)
        for _ in range(self._of(1, 2, 3)):
            spans = self._random.choices(("", " colspan=2", " rowspan=2"), (8, 1, 1), k=columns)
            cells: list[Child] = [
                Node("td", self._styles(), self.children(depth - 1), span) for span in spans
            ]
            rows.append(Node("tr", [], cells))
        attributes = self._random.choice(("", "", " border=1", " cellpadding=5", " width=100%"))
        return Node("table", self._styles(), [Node("tbody", [], rows)], attributes)


def size_of(children: list[Child]) -> int:
    """How long a snippet is, roughly: simpler ones are shorter."""
    return len(markup(children))


def simpler(children: list[Child]) -> Iterator[list[Child]]:
    """All snippets that are one step simpler."""
    for index, child in enumerate(children):
        before, after = children[:index], children[index + 1 :]
        yield before + after
        if isinstance(child, str):
            words = child.split()
            for text in (" ".join(words[: len(words) // 2]), " ".join(words[:-1]), child.strip()):
                if text and text != child:
                    yield [*before, text, *after]
            continue
        if child.tag not in KEPT:
            yield before + child.children + after
        for place in range(len(child.styles)):
            styles = child.styles[:place] + child.styles[place + 1 :]
            yield [*before, child.having(styles, child.children, child.attributes), *after]
        if child.attributes and child.tag not in ("canvas", "input"):
            yield [*before, child.having(child.styles, child.children, ""), *after]
        for inner in simpler(child.children):
            yield [*before, child.having(child.styles, inner, child.attributes), *after]

"""Make `keywords.py`, `computed_style.py` and `property_table.py` from the property table.

    python -m minibrowser.css.generate [--check]

With `--check` nothing is written, and the exit status says whether the files are up to date.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from . import values
from .properties import KEYWORDS, PROPERTIES, Property

FOLDER = Path(__file__).parent
NOTE = "Made by `python -m minibrowser.css.generate` from properties.py: do not edit."
GROUPS = {
    "inherited": ("InheritedStyle", "What children take over from their parent: text, fonts, lists, tables."),
    "box": ("BoxStyle", "What layout reads and children do not take over."),
    "paint": ("PaintStyle", "What painting reads and children do not take over."),
}


def member(keyword: str) -> str:
    """The enum member of a CSS keyword: `-webkit-box` is WEBKIT_BOX."""
    return keyword.strip("-").replace("-", "_").upper()


def keywords_module() -> str:
    """The source of keywords.py."""
    lines = ['"""Keywords of properties as enums.', "", NOTE, '"""', ""]
    lines += ["# ruff: noqa: E501", "from enum import IntEnum"]
    for name, words in KEYWORDS.items():
        lines += ["", "", f"class {name}(IntEnum):", f'    """Keywords of {name}."""', ""]
        lines += [f"    {member(word)} = {value}" for value, word in enumerate(words.split())]
    lines += ["", "", "ENUMS: dict[str, type[IntEnum]] = {"]
    lines += [f'    "{name}": {name},' for name in KEYWORDS]
    lines += ["}", '"""Each enum by its name."""', ""]
    lines += ["CSS_NAMES: dict[str, tuple[str, ...]] = {"]
    for name, words in KEYWORDS.items():
        # "_" stands for the space of a value of two words.
        quoted = ", ".join(f'"{word.replace("_", " ")}"' for word in words.split())
        lines += [f'    "{name}": ({quoted},),']
    lines += ["}", '"""The CSS keywords of each enum, by value."""']
    return "\n".join(lines) + "\n"


def group_class(group: str, rows: list[Property]) -> list[str]:
    """The source of one group's class."""
    name, doc = GROUPS[group]
    slots = ", ".join(f'"{attribute}"' for attribute in sorted(row.attribute for row in rows))
    lines = ["", "", "@final", f"class {name}:", f'    """{doc}"""', "", f"    __slots__ = ({slots})", ""]
    lines += ["    def __init__(self) -> None:"]
    lines += [f"        self.{row.attribute}: {row.type} = {row.initial}" for row in rows]
    lines += [
        "",
        f"    def copy(self) -> {name}:",
        '        """A copy that the style resolver may fill in."""',
    ]
    lines += [f"        new = {name}()"]
    lines += [f"        new.{row.attribute} = self.{row.attribute}" for row in rows]
    lines += ["        return new", "", "    def same(self, other: object) -> bool:"]
    lines += [
        '        """Whether all values are equal."""',
        f"        return isinstance(other, {name}) and (",
    ]
    lines += [
        "            " + ("and " if index else "") + f"self.{row.attribute} == other.{row.attribute}"
        for index, row in enumerate(rows)
    ]
    lines += ["        )"]
    return lines


def imports() -> list[str]:
    """Explicit imports of the names in the table; compiled code has no relative `import *`."""
    words = {
        word for row in PROPERTIES for word in re.findall(r"(?<!\.)\b[A-Za-z_]+", f"{row.type} {row.initial}")
    }
    words |= {"Display", "Length", "LengthKind"}
    return [
        f"from .keywords import {', '.join(sorted(words & KEYWORDS.keys()))}",
        f"from .values import {', '.join(sorted(words & vars(values).keys()))}",
    ]


def computed_style_module() -> str:
    """The source of computed_style.py."""
    lines = [
        '"""ComputedStyle: the computed value of every property, in three groups shared by reference.',
        "",
        f"{NOTE}",
        "Groups are filled in by the style resolver and never edited once an element has them: everybody",
        "after style resolution only reads.",
        '"""',
        "",
        "# ruff: noqa: E501, I001",
        "from __future__ import annotations",
        "",
        "from typing import Final, final",
        "",
        *imports(),
        "",
        "ONE: Final = Length(LengthKind.NUMBER, 1.0)",
    ]
    for group in GROUPS:
        lines += group_class(group, [row for row in PROPERTIES if row.group == group])
    lines += [
        "",
        "",
        "@final",
        "class ComputedStyle:",
        '    """The computed style of an element, a pseudo-element or an anonymous box.',
        "",
        "    Attributes:",
        "        inherited, box, paint: the groups.",
        "        variables: custom properties by name with their leading dashes, as CSS text.",
        "        unvisited: of a visited link and what is in it: the style without the user's history, all that",
        "            getComputedStyle() tells; None where it is this one.",
        '    """',
        "",
        '    __slots__ = ("box", "inherited", "paint", "unvisited", "variables")',
        "",
        "    def __init__(",
        "        self,",
        "        inherited: InheritedStyle,",
        "        box: BoxStyle,",
        "        paint: PaintStyle,",
        "        variables: dict[str, str],",
        "        unvisited: ComputedStyle | None = None,",
        "    ) -> None:",
        "        self.inherited: Final = inherited",
        "        self.box: Final = box",
        "        self.paint: Final = paint",
        "        self.variables: Final = variables",
        "        self.unvisited: Final = unvisited",
        "",
        "",
        "INITIAL_INHERITED: Final = InheritedStyle()",
        "INITIAL_BOX: Final = BoxStyle()",
        "INITIAL_PAINT: Final = PaintStyle()",
        "INITIAL_STYLE: Final = ComputedStyle(INITIAL_INHERITED, INITIAL_BOX, INITIAL_PAINT, {})",
        "",
        "",
        "def anonymous_style(parent: ComputedStyle, display: Display) -> ComputedStyle:",
        '    """The style of an anonymous box: it inherits from its parent, all else is initial.',
        "",
        "    https://drafts.csswg.org/css2/#anonymous-block-level",
        '    """',
        "    box = BoxStyle()",
        "    box.display = display",
        "    return ComputedStyle(parent.inherited, box, INITIAL_PAINT, parent.variables)",
    ]
    return "\n".join(lines) + "\n"


def table_module() -> str:
    """The source of property_table.py: the table as the engine reads it."""
    groups = {name: number for number, name in enumerate(GROUPS)}
    lines = [
        '"""The property table as columns, by the id of a longhand: its place in the table.',
        "",
        f"{NOTE}",
        '"""',
        "",
        "# ruff: noqa: E501",
        "from __future__ import annotations",
        "",
        "from typing import Final",
    ]
    columns = (
        ("NAMES", "str", "CSS names.", [f'"{row.name}"' for row in PROPERTIES]),
        ("ATTRIBUTES", "str", "Attributes of the groups.", [f'"{row.attribute}"' for row in PROPERTIES]),
        ("GROUPS", "int", "0 inherited, 1 box, 2 paint.", [str(groups[row.group]) for row in PROPERTIES]),
        ("TYPES", "str", "Types of the computed values.", [f'"{row.type}"' for row in PROPERTIES]),
        ("SYNTAXES", "str", "Names of the syntaxes.", [f'"{row.syntax}"' for row in PROPERTIES]),
    )
    for name, kind, doc, cells in columns:
        lines += [
            "",
            f"{name}: Final[tuple[{kind}, ...]] = (",
            f"    {', '.join(cells)},",
            ")",
            f'"""{doc}"""',
        ]
    return "\n".join(lines) + "\n"


FILES = {
    "keywords.py": keywords_module,
    "computed_style.py": computed_style_module,
    "property_table.py": table_module,
}


def main(arguments: list[str]) -> int:
    """Write the files, or check them."""
    outdated = []
    for name, make in FILES.items():
        source = make()
        file = FOLDER / name
        if "--check" in arguments:
            if not file.exists() or file.read_text(encoding="utf-8") != source:
                outdated.append(name)
        else:
            file.write_text(source, encoding="utf-8")
    if outdated:
        print(f"out of date: {', '.join(outdated)}; run python -m minibrowser.css.generate", file=sys.stderr)
    return 1 if outdated else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

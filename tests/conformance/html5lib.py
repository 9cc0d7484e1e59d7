"""The suite html5lib-tests: tree construction with both parsers, and encoding sniffing.

https://github.com/html5lib/html5lib-tests
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from minibrowser.dom import Document
from minibrowser.dom.node import HTML_NAMESPACE, MATHML_NAMESPACE, SVG_NAMESPACE
from minibrowser.html import parse_document, parse_fragment
from minibrowser.html.encoding import determine_html_encoding, encoding_from_label
from minibrowser.html.tree_dump import dump_tree

from .results import Verdict

SUITE = "html5lib"
TREE = "tree-construction"
SECOND_OPINION = "tree-construction-by-html5lib"
ENCODING = "encoding"

APART = frozenset((SECOND_OPINION,))
"""Areas outside the total: the alternative parser's cases are the same ones again."""

_SECTION = re.compile(
    r"^#(data|errors|new-errors|document-fragment|script-off|script-on|document|encoding)$", re.MULTILINE
)


@dataclass(frozen=True)
class Case:
    """One test of a `.dat` file: its place in the file and its sections."""

    name: str
    sections: dict[str, str]


def read_cases(path: Path, root: Path, encoding: str = "utf-8") -> list[Case]:
    """The tests of a file. Sections end with a newline that is not part of them."""
    text = path.read_bytes().decode(encoding)
    cases: list[Case] = []
    for part in re.split(r"(?:^|\n)(?=#data\n)", text):
        if not part.startswith("#data\n"):
            continue
        sections: dict[str, str] = {}
        matches = list(_SECTION.finditer(part))
        for index, match in enumerate(matches):
            # A line in the data that looks like a section can only be told by what has come before.
            end = matches[index + 1].start() if index + 1 < len(matches) else len(part)
            sections.setdefault(match.group(1), part[match.end() + 1 : end].removesuffix("\n"))
        cases.append(Case(f"{path.relative_to(root).as_posix()}:{len(cases) + 1}", sections))
    return cases


def _tree(case: Case, parser: str, scripting: bool) -> str:
    context = case.sections.get("document-fragment")
    if context is None:
        document = parse_document(case.sections["data"], parser=parser, scripting=scripting)
        return dump_tree(document, document)
    document = Document()
    prefix, _, name = context.rpartition(" ")
    namespace = {"svg": SVG_NAMESPACE, "math": MATHML_NAMESPACE}.get(prefix, HTML_NAMESPACE)
    fragment = parse_fragment(
        case.sections["data"],
        name,
        namespace=namespace,
        document=document,
        parser=parser,
        scripting=scripting,
    )
    return dump_tree(fragment, document)


def run_tree_case(case: Case, parser: str, area: str) -> Verdict:
    """Passes when the tree is the expected one, in both scripting modes where the case names none."""
    modes = [False, True]
    if "script-on" in case.sections:
        modes = [True]
    elif "script-off" in case.sections:
        modes = [False]
    expected = case.sections["document"].rstrip("\n")
    for scripting in modes:
        tree = _tree(case, parser, scripting)
        if tree != expected:
            mode = "on" if scripting else "off"
            return Verdict(area, case.name, False, "tree", f"scripting {mode}: {tree!r}")
    return Verdict(area, case.name, True)


def run_encoding_case(case: Case) -> Verdict:
    """Passes when the sniffed encoding is the expected one."""
    expected = encoding_from_label(case.sections["encoding"].strip())
    got = determine_html_encoding(case.sections["data"].encode("latin-1"), None, False)
    if got == expected:
        return Verdict(ENCODING, case.name, True)
    return Verdict(ENCODING, case.name, False, "encoding", f"{got} in place of {expected}")


def run(root: Path, area: str | None = None) -> list[Verdict]:
    """All verdicts, or those of one area. `root` is the folder that holds `tree-construction`."""
    verdicts: list[Verdict] = []
    for parser, name in (("turbohtml", TREE), ("html5lib", SECOND_OPINION)):
        if area in (None, name):
            for path in sorted((root / "tree-construction").glob("*.dat")):
                verdicts += [run_tree_case(case, parser, name) for case in read_cases(path, root)]
    if area in (None, ENCODING):
        for path in sorted((root / "encoding").glob("*.dat")):
            verdicts += [run_encoding_case(case) for case in read_cases(path, root, "latin-1")]
    return verdicts

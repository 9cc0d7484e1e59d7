"""The design, checked by reading the sources: who may import whom, what the engine's pure core may not touch,
and what the tree may hold. docs/architecture.md tells the reasons."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.compiled.build import INTERPRETED, compiled_modules

PROJECT = Path(__file__).resolve().parents[1]
PACKAGE = PROJECT / "minibrowser"

BASE = {"errors", "limits", "geometry"}
NETWORK_BASE = BASE | {"trace", "url"}
ENGINE = {"css", "dom", "html", "image", "layout", "paint", "text"}

MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "limits": set(),
    "geometry": set(),
    "trace": set(),
    "_version": set(),
    "url": {"errors"},
    "net": NETWORK_BASE | {"_version"},
    "dom": BASE,
    "html": BASE | {"dom"},
    "css": BASE | {"dom", "url"},
    "text": BASE,
    "image": BASE,
    "layout": BASE | {"css", "text", "dom"},
    "paint": BASE | {"css", "text", "image", "layout"},
    "page": NETWORK_BASE | ENGINE | {"net", "browser", "_version"},
    "browser": NETWORK_BASE | {"html", "net", "page", "text"},
    "sync_api": NETWORK_BASE | {"browser", "page", "net", "text"},
    "shortcuts": NETWORK_BASE | {"browser", "page", "sync_api"},
    "demo": NETWORK_BASE | {"browser", "page", "net"},
    "cli": NETWORK_BASE | {"browser", "page", "net", "demo", "sync_api", "_version"},
    "__init__": {"_version", "browser", "errors", "net", "page", "shortcuts", "trace"},
    "__main__": {"cli"},
}
"""Packages and modules of ours by who may import them."""

READS_DOM_IN_LAYOUT = re.compile(r"layout/(box|box_\w+|boxes_dump|controls|first_letter)\.py")
"""layout reads the DOM while boxes are generated, names a box's element, and dumps boxes by element."""

LIBRARIES: dict[str, set[str]] = {
    "PIL": {
        "demo/pictures.py",
        "image/decode.py",
        "image/resource.py",
        "page/page.py",
        "paint/bitmap.py",
        "paint/blend.py",
        "paint/encode.py",
        "paint/filters.py",
        "paint/glyphs.py",
        "paint/gradient_raster.py",
        "paint/masks.py",
        "paint/pillow_rasterizer.py",
        "paint/raster_canvas.py",
        "paint/raster_pictures.py",
        "paint/raster_shapes.py",
        "paint/raster_text.py",
        "paint/surface.py",
    },
    "ada_url": {"url.py"},
    "aiodns": {"net/dns/server.py"},
    "backports": {"net/content_coding.py"},
    "brotli": {"net/content_coding.py", "text/woff2.py"},
    "certifi": {"net/tls.py"},
    "compression": {"net/content_coding.py"},
    "cryptography": {"demo/authority.py"},
    "dns": {"demo/zone.py", "net/dns/wire.py"},
    "fontpkg_arimo": {"page/system_fonts.py"},
    "fontpkg_noto_serif": {"page/system_fonts.py"},
    "fontpkg_roboto_mono": {"page/system_fonts.py", "demo/site_files.py"},
    "freetype": {"paint/freetype_adapter.py"},
    "h2": {"net/http2.py"},
    "h11": {"net/http1.py", "demo/http_client.py", "demo/http_server.py"},
    "html5lib": {"html/html5lib_adapter.py"},
    "icu4py": {"text/segmentation.py"},
    "publicsuffixlist": {"net/public_suffix.py"},
    "pycares": {"net/dns/server.py"},
    "pyphen": {"text/hyphenation.py"},
    "resvg_py": {"image/svg.py"},
    "tinycss2": {"css/syntax.py"},
    "turbohtml": {"html/turbohtml_adapter.py"},
    "uharfbuzz": {"text/harfbuzz.py"},
    "webencodings": {"html/encoding.py"},
}
"""The modules that may import each third-party library: one, and its exceptions are mapped there. Pillow is
more than a library to be hidden: its image is the canvas of the raster stage, the decoded picture, and what
`Page.image()` gives, so those who hold pixels name it. Brotli unpacks bodies and fonts."""
ANYWHERE = {"mypy_extensions"}

PURE = ENGINE
IMPURE_MODULES = {
    "asyncio", "concurrent", "datetime", "glob", "http", "logging", "multiprocessing", "os", "pathlib", "random",
    "select", "shutil", "signal", "socket", "ssl", "subprocess", "tempfile", "threading", "time", "urllib.request",
}  # fmt: skip
TOOLS = {"css/generate.py"}
"""Commands that live beside what they generate; the engine never imports them."""

GENERATED = {"css/computed_style.py", "css/keywords.py", "css/property_table.py"}
MAX_LINES = 800

TOP_LEVEL = {
    "CHANGELOG.md", "LICENSE", "README.md", "benchmarks", "docs", "fixtures", "minibrowser", "pyproject.toml", "tests",
}  # fmt: skip


@cache
def sources() -> dict[str, ast.Module]:
    """The package's modules, parsed, by path relative to it."""
    return {
        file.relative_to(PACKAGE).as_posix(): ast.parse(file.read_text(encoding="utf-8"))
        for file in sorted(PACKAGE.rglob("*.py"))
    }


def package_of(path: str) -> str:
    return path.split("/")[0].removesuffix(".py")


def imports(path: str, tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Absolute names of the modules that a module imports, wherever in it, with their lines."""
    parts = ["minibrowser", *path.removesuffix(".py").split("/")]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((name.name, node.lineno) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = parts[: -node.level] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            if (node.level and not node.module) or module == "minibrowser":
                yield from ((f"{module}.{name.name}", node.lineno) for name in node.names)
            else:
                yield module, node.lineno


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def tracked_files() -> list[Path]:
    """What git tracks; a tree without git is walked."""
    if (PROJECT / ".git").exists():
        done = subprocess.run(
            ["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True
        )
        return [PROJECT / name for name in done.stdout.split("\0") if name and (PROJECT / name).is_file()]
    return [
        file
        for name in TOP_LEVEL
        for file in [PROJECT / name, *(PROJECT / name).rglob("*")]
        if file.is_file()
    ]


def test_each_package_imports_only_what_stands_below_it() -> None:
    wrong = []
    for path, tree in sources().items():
        own = package_of(path)
        allowed = MAY_IMPORT[own] | {own}
        for name, line in imports(path, tree):
            parts = name.split(".")
            if parts[0] == "minibrowser" and len(parts) > 1 and parts[1] not in allowed:
                wrong.append(f"{path}:{line} imports {parts[1]}")
    assert wrong == []


def test_the_package_names_its_own_modules_by_relative_imports() -> None:
    """One manner (decision 036); ruff has a rule against relative imports, none for them."""
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources().items()
        for node in ast.walk(tree)
        if (
            isinstance(node, ast.ImportFrom)
            and (node.module or "").split(".")[0] == "minibrowser"
            and not node.level
        )
        or (isinstance(node, ast.Import) and any(name.name.startswith("minibrowser") for name in node.names))
    ]
    assert wrong == []


def test_layout_reads_the_dom_only_where_boxes_are_generated() -> None:
    wrong = [
        f"{path}:{line}"
        for path, tree in sources().items()
        if path.startswith("layout/") and not READS_DOM_IN_LAYOUT.fullmatch(path)
        for name, line in imports(path, _without_type_checking(tree))
        if name.startswith("minibrowser.dom")
    ]
    assert wrong == []


def _without_type_checking(tree: ast.Module) -> ast.Module:
    body = [
        node
        for node in tree.body
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING")
    ]
    return ast.Module(body=body, type_ignores=[])


def test_each_library_is_imported_by_its_own_module() -> None:
    wrong = []
    for path, tree in sources().items():
        for name, line in imports(path, _without_type_checking(tree)):
            library = name.split(".")[0]
            if library in sys.stdlib_module_names or library in ANYWHERE or library == "minibrowser":
                continue
            if path not in LIBRARIES.get(library, set()):
                wrong.append(f"{path}:{line} imports {library}")
    assert wrong == []


@pytest.mark.parametrize("package", sorted(PURE - {"image"}))
def test_the_compiled_packages_import_at_the_top_only(package: str) -> None:
    wrong = [
        f"{path}:{node.lineno}"
        for path, tree in sources().items()
        if package_of(path) == package and path not in TOOLS
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom) and not _is_lazy_library(path, node)
    ]
    assert wrong == []


def _is_lazy_library(path: str, node: ast.Import | ast.ImportFrom) -> bool:
    """Libraries are loaded when they are first needed: by their adapter, or with it."""
    adapters = {file.removesuffix(".py").replace("/", ".") for files in LIBRARIES.values() for file in files}
    adapters |= {"html.xml_adapter"}  # the standard library's expat
    for name, _ in imports(path, ast.Module(body=[node], type_ignores=[])):
        own = name.startswith("minibrowser.")
        target = name.removeprefix("minibrowser.")
        if own and target not in adapters and f"{target}.{node.names[0].name}" not in adapters:
            return False
        if not own and path not in LIBRARIES.get(name.split(".")[0], set()):
            return False
    return True


@pytest.mark.parametrize("package", sorted(PURE))
def test_the_engine_does_no_input_output_and_reads_no_clock(package: str) -> None:
    wrong = []
    for path, tree in sources().items():
        if package_of(path) != package or path in TOOLS:
            continue
        wrong += [
            f"{path}:{line} imports {name}"
            for name, line in imports(path, tree)
            if name in IMPURE_MODULES or name.split(".")[0] in IMPURE_MODULES
        ]
        wrong += [
            f"{path}:{node.lineno} calls {node.func.id}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in ("open", "print", "input")
        ]
    assert wrong == []


@pytest.mark.parametrize("package", ["layout", "paint"])
def test_nobody_writes_into_a_style(package: str) -> None:
    wrong = []
    for path, tree in sources().items():
        if package_of(path) != package:
            continue
        for function in functions(tree):
            fresh = _fresh_names(function)
            for node in ast.walk(function):
                targets = node.targets if isinstance(node, ast.Assign) else []
                if isinstance(node, ast.AugAssign | ast.AnnAssign):
                    targets = [node.target]
                wrong += [
                    f"{path}:{target.lineno}" for target in targets if _is_style_attribute(target, fresh)
                ]
    assert sorted(set(wrong)) == []


def _fresh_names(function: ast.AST) -> set[str]:
    """Variables that hold a style group made here, which may be filled in: `BoxStyle()`, `group.copy()`."""
    return {
        target.id
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        for target in node.targets
        if isinstance(target, ast.Name) and re.search(r"Style$|\.copy$", ast.unparse(node.value.func))
    }


def _is_style_attribute(target: ast.expr, fresh: set[str]) -> bool:
    chain = []
    while isinstance(target, ast.Attribute | ast.Subscript):
        if isinstance(target, ast.Attribute):
            chain.append(target.attr)
        target = target.value
    if isinstance(target, ast.Name):
        chain.append(target.id)
    if chain and chain[-1] in fresh and len(chain) == 2:
        return False
    return any(name == "style" or name.endswith("_style") for name in chain[1:])


def test_only_marked_classes_are_subclassed_outside_the_compiled_packages() -> None:
    """An interpreted class may inherit from a compiled one only where that says `mypyc_attr` with
    `allow_interpreted_subclasses=True`."""
    compiled = {file.relative_to("minibrowser").as_posix() for file in compiled_modules(PROJECT)}
    closed = {
        (path, node.name)
        for path, tree in sources().items()
        if path in compiled
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and "allow_interpreted_subclasses" not in _decorators(node)
    }
    wrong = []
    for path, tree in sources().items():
        if path in compiled:
            continue
        homes = _homes(path, tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
                wrong += [
                    f"{path}:{node.lineno} {node.name}({base})" for base in bases if homes.get(base) in closed
                ]
    assert wrong == []


def _homes(path: str, tree: ast.Module) -> dict[str, tuple[str, str]]:
    """Where the names come from that a module imports from ours, as (path of the module, name there)."""
    package = path.split("/")[:-1]
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) + 1 - node.level] + (node.module or "").split(".")
            home = "/".join(part for part in base if part) + ".py"
            found |= {name.asname or name.name: (home, name.name) for name in node.names}
    return found


def _decorators(node: ast.ClassDef) -> str:
    return " ".join(ast.unparse(decorator) for decorator in node.decorator_list)


def test_no_constant_of_compiled_code_is_a_fixed_tuple_of_floats() -> None:
    """mypyc 2.4 raises NameError where such a constant is read; `tuple[float, ...]` is fine."""
    compiled = {file.relative_to("minibrowser").as_posix() for file in compiled_modules(PROJECT)}
    wrong = [
        f"{path}:{node.lineno} {ast.unparse(node.target)}"
        for path, tree in sources().items()
        if path in compiled
        for node in tree.body
        if isinstance(node, ast.AnnAssign)
        and isinstance(node.value, ast.Tuple)
        and _first_is_float(node.value)
        if ", ..." not in ast.unparse(node.annotation) and ast.unparse(node.annotation) != "Final[Matrix]"
    ]
    assert wrong == []


def _first_is_float(value: ast.expr) -> bool:
    while isinstance(value, ast.Tuple) and value.elts:
        value = value.elts[0]
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return isinstance(value, ast.BinOp) or (
        isinstance(value, ast.Constant) and isinstance(value.value, float)
    )


def test_modules_that_stay_interpreted_exist() -> None:
    assert [path for path in INTERPRETED if path not in sources()] == []


def test_no_module_passes_eight_hundred_lines() -> None:
    files = [
        file
        for folder in ("minibrowser", "tests", "benchmarks", "fixtures")
        for file in (PROJECT / folder).rglob("*.py")
    ]
    wrong = [
        f"{file.relative_to(PROJECT).as_posix()}: {lines} lines"
        for file in files
        if (lines := len(file.read_text(encoding="utf-8").splitlines())) > MAX_LINES
        and file.relative_to(PACKAGE.parent).as_posix().removeprefix("minibrowser/") not in GENERATED
    ]
    assert wrong == []


def test_comments_carry_only_the_four_marks() -> None:
    foreign = re.compile(r"\b(FIXME|XXX|HACK|BUG|REVIEW|WTF|WORKAROUND)\b")
    wrong = []
    for folder in ("minibrowser", "tests", "benchmarks"):
        for file in (PROJECT / folder).rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            for token in tokenize.generate_tokens(io.StringIO(text).readline):
                if token.type == tokenize.COMMENT and foreign.search(token.string):
                    wrong.append(f"{file.relative_to(PROJECT)}:{token.start[0]} {token.string}")
    assert wrong == []


def test_no_tracked_file_names_a_machine_or_a_package_index() -> None:
    places = "|".join(["work", "root", "home", "Users"])
    machine = re.compile(rf"(?<![\w.:/~-])/({places})/[\w.]|index-url|/simple/|PIP_INDEX|trusted-host")
    wrong = []
    for file in tracked_files():
        if file == Path(__file__):
            continue
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if machine.search(line):
                wrong.append(f"{file.relative_to(PROJECT)}:{number} {line.strip()[:80]}")
    assert wrong == []


def test_the_top_level_holds_only_what_belongs_there() -> None:
    names = {file.relative_to(PROJECT).parts[0] for file in tracked_files()}
    assert {name for name in names if not name.startswith(".")} - TOP_LEVEL == set()


def test_every_cap_tells_its_reason() -> None:
    tree = sources()["limits.py"]
    body = tree.body
    missing = []
    for node, follower in zip(body, [*body[1:], None], strict=True):
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            documented = isinstance(follower, ast.Expr) and isinstance(follower.value, ast.Constant)
            if not documented:
                missing.append(node.target.id)
    assert missing == []

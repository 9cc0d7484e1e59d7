"""Build a compiled copy of the package.

`copy_project` makes the copy, `compile_project` puts one shared library, and a stub for each module, beside the
.py files, as a wheel would carry them. The checkout itself is never written to.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

COMPILED_PACKAGES = ("html", "dom", "css", "text", "layout", "paint")
COMPILED_MODULES = ("geometry.py", "limits.py")
"""Plain modules that the hot packages share."""

INTERPRETED = {
    "css/generate.py": "a tool: it writes source files",
    "css/properties.py": "the table that the tool reads; the engine never imports it",
    "html/html5lib_adapter.py": "its classes inherit from untyped ones of html5lib, which mypyc cannot lay out",
    "paint/freetype_adapter.py": "calls through ctypes, which mypyc neither speeds up nor can always import",
}
"""Modules of the compiled packages that stay interpreted, each with its reason."""

PROJECT = Path(__file__).resolve().parents[2]
COPIED = ("minibrowser", "tests", "benchmarks", "fixtures", "pyproject.toml")

_FRONT_END = """
import json, sys, setuptools
from mypyc.build import mypycify
extensions = mypycify(sys.argv[2:], opt_level={opt_level!r}, debug_level="0", multi_file=True, target_dir="build",
                      group_name="minibrowser")
with open(sys.argv[1], "w") as file:
    json.dump([[e.name, e.sources, e.include_dirs, e.extra_compile_args] for e in extensions], file)
"""
_MYPY_CONFIG = "[mypy]\nignore_missing_imports = True\nfollow_imports = silent\n"


class BuildError(Exception):
    """The front end or the C compiler said no; the message is what it said."""


class Extension(NamedTuple):
    """One shared library to be made: its module name, C sources, and options for the compiler."""

    name: str
    sources: list[str]
    options: list[str]


def compiler() -> str | None:
    """The C compiler, or None where the machine has none."""
    configured = (sysconfig.get_config_var("CC") or "cc").split()[0]
    return shutil.which(configured) or shutil.which("cc") or shutil.which("gcc")


def has_headers() -> bool:
    """Whether Python's C headers are installed."""
    return (Path(sysconfig.get_path("include")) / "Python.h").exists()


def compiled_modules(project: Path) -> list[Path]:
    """The files of the compile group, relative to the project."""
    package = project / "minibrowser"
    files = [package / name for name in COMPILED_MODULES]
    for name in COMPILED_PACKAGES:
        files += sorted((package / name).rglob("*.py"))
    return [file.relative_to(project) for file in files if _is_compiled(file, package)]


def _is_compiled(file: Path, package: Path) -> bool:
    if file.relative_to(package).as_posix() in INTERPRETED:
        return False
    return file.name != "__init__.py" or bool(file.read_text(encoding="utf-8").strip())


def copy_project(scratch: Path) -> Path:
    """Copy what runs and what tests need; the suites beside the checkout are linked, not copied."""
    project = scratch / "project"
    ignored = shutil.ignore_patterns("__pycache__", "*.so", "*.c")
    for name in COPIED:
        source, target = PROJECT / name, project / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=ignored)
        elif source.exists():
            shutil.copy2(source, target)
    shared, link = PROJECT.parent / "shared", scratch / "shared"
    if shared.is_dir() and not link.exists():
        link.symlink_to(shared, target_is_directory=True)
    return project


def check_project(project: Path) -> int:
    """Run mypyc's front end only, which finds what mypyc rejects; how many modules it has seen. Raises BuildError."""
    files = compiled_modules(project)
    _generate_c(project, files, "0")
    return len(files)


def compile_project(project: Path, opt_level: str = "1", jobs: int | None = None) -> int:
    """Compile the copy in place; how many modules were compiled. Raises BuildError."""
    files = compiled_modules(project)
    extensions = _generate_c(project, files, opt_level)
    work = [(extension, source) for extension in extensions for source in extension.sources]
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        objects = list(pool.map(lambda item: _compile(project, item[0], item[1]), work))
        made: dict[str, list[str]] = {extension.name: [] for extension in extensions}
        for (extension, _), object_file in zip(work, objects, strict=True):
            made[extension.name].append(object_file)
        list(pool.map(lambda extension: _link(project, extension.name, made[extension.name]), extensions))
    return len(files)


def _generate_c(project: Path, files: list[Path], opt_level: str) -> list[Extension]:
    config, table = project.parent / "mypyc.ini", project.parent / "extensions.json"
    config.write_text(_MYPY_CONFIG, encoding="utf-8")
    table.unlink(missing_ok=True)
    command = [sys.executable, "-c", _FRONT_END.format(opt_level=opt_level), str(table)]
    command += ["--config-file", str(config), *map(str, files)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not table.exists():
        raise BuildError((done.stdout + done.stderr).strip())
    rows = json.loads(table.read_text(encoding="utf-8"))
    return [
        Extension(
            name, sources, [f"-I{folder}" for folder in folders] + [o for o in options if o != "-Werror"]
        )
        for name, sources, folders, options in rows
    ]


def _compile(project: Path, extension: Extension, source: str) -> str:
    """Compile one C file, unless the object from an earlier build in the same folder still stands for it."""
    target = str(Path(source).with_suffix(".o"))
    include = sysconfig.get_path("include")
    command = [compiler() or "cc", "-c", source, "-o", target, "-DNDEBUG", "-fwrapv", "-fPIC", "-w"]
    command += [f"-I{include}", *extension.options]
    digest = hashlib.sha256(" ".join(command).encode())
    _add_text(digest, project, source, set())
    note = project / (target + ".sha256")
    if not (project / target).exists() or not note.exists() or note.read_text() != digest.hexdigest():
        _run(project, command)
        note.write_text(digest.hexdigest())
    return target


def _add_text(digest: hashlib._Hash, project: Path, name: str, seen: set[str]) -> None:
    """A C file and the generated headers that it includes."""
    if name in seen or not (project / name).exists():
        return
    seen.add(name)
    text = (project / name).read_text(encoding="utf-8")
    digest.update(text.encode())
    for header in re.findall(r'#include ["<]([^">]+)[">]', text):
        for folder in (Path(name).parent, Path("build")):
            _add_text(digest, project, os.path.normpath(folder / header), seen)


def _link(project: Path, name: str, objects: list[str]) -> None:
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    target = project / (name.replace(".", "/") + suffix)
    shared = (sysconfig.get_config_var("LDSHARED") or "cc -shared").split()
    _run(project, [compiler() or "cc", *shared[1:], *objects, "-o", str(target)])


def _run(project: Path, command: list[str]) -> None:
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BuildError((done.stdout + done.stderr).strip())

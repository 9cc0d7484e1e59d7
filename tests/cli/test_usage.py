"""Wrong usage is told in one line, with status 2; help and version are success."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from minibrowser import __version__
from tests.cli.conftest import Run


def test_the_version_is_printed(run: Run) -> None:
    assert run("--version").out == f"minibrowser {__version__}\n"


@pytest.mark.parametrize("command", [[], ["render"], ["dump"], ["trace"], ["demo"]])
def test_each_command_has_help(run: Run, command: list[str]) -> None:
    outcome = run(*command, "--help")
    assert outcome.status == 0
    assert outcome.out.startswith("usage: minibrowser")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no command given"),
        (["rendre"], "unknown command 'rendre'"),
        (["--colour"], "unknown option '--colour'"),
        (["render"], "required: TARGET, -o/--output"),
        (["render", "x.html"], "required: -o/--output"),
        (["render", "x.html", "-o"], "-o/--output: expected one argument"),
        (["render", "x.html", "-o", "x.png", "--widht", "5"], "unrecognized arguments: --widht 5"),
        (["render", "x.html", "-o", "x.png", "--width", "0"], "'0' is not a number of pixels above 0"),
        (["render", "x.html", "-o", "x.png", "--timeout", "soon"], "'soon' is not a duration"),
        (["render", "x.html", "-o", "x.bmp"], "unknown picture type '.bmp'"),
        (["render", "x.html", "-o", "x.png", "--type", "bmp"], "invalid choice: 'bmp'"),
        (["render", "x.html", "-o", "-", "--json"], "both want standard output"),
        (["dump", "bones", "x.html"], "invalid choice: 'bones'"),
        (["dump", "boxes", "x.html", "--selector", "p"], "--selector is for dump styles only"),
        (["dump", "boxes", "http://[::"], "not a URL"),
        (["trace", ""], "an empty address"),
    ],
)
def test_wrong_usage_is_one_line_and_status_two(run: Run, arguments: list[str], words: str) -> None:
    outcome = run(*arguments)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.startswith("minibrowser: ")
    assert outcome.err.count("\n") == 1


def test_options_that_do_not_fit_together_are_told(run: Run, page: Path, tmp_path: Path) -> None:
    png, jpeg = tmp_path / "out.png", tmp_path / "out.jpg"
    assert "quality is for jpeg" in run("render", page, "-o", png, "--quality", "5").err
    assert "jpeg has no transparency" in run("render", page, "-o", jpeg, "--omit-background").err
    assert run("render", page, "-o", png, "--clip", "5000,5000,10,10").status == 2


def test_debug_shows_the_traceback_and_the_line(run: Run) -> None:
    outcome = run("render", "--debug")
    assert "Traceback (most recent call last)" in outcome.err
    assert outcome.err.splitlines()[-1].startswith("minibrowser: ")


@pytest.mark.parametrize("name", ["render", "dump", "trace", "demo"])
def test_every_option_is_in_the_documentation(name: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
    module = importlib.import_module(f"minibrowser.cli.{name}")
    options = {option for action in module.COMMAND.parser()._actions for option in action.option_strings}
    assert {option for option in options if option not in text} - {"-h", "--help", "--output"} == set()

"""Verdicts, summaries and lists of known failures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.results import (
    Verdict,
    differences,
    expectations_file,
    read_expectations,
    summary,
    update_expectations,
    write_json,
)

VERDICTS = [
    Verdict("big", "a", True),
    Verdict("big", "b", False, "pixels"),
    Verdict("small", "c", False, "timeout"),
]


def test_the_summary_ends_with_the_score_of_all_areas() -> None:
    assert summary("s", VERDICTS) == [
        "s big: passed 1 of 2 (50.0 %)",
        "s small: passed 0 of 1 (0.0 %)",
        "s: passed 1 of 3 (33.3 %)",
    ]


def test_areas_that_stand_apart_do_not_count_in_the_total() -> None:
    assert summary("s", VERDICTS, frozenset(("small",)))[-1] == "s: passed 1 of 2 (50.0 %)"


def test_what_is_listed_is_expected(tmp_path: Path) -> None:
    update_expectations("s", VERDICTS, tmp_path)
    assert read_expectations("s", "big", tmp_path) == {"b"}
    assert differences("s", VERDICTS, tmp_path) == []


def test_a_listed_failure_that_passes_and_an_unlisted_one_are_differences(tmp_path: Path) -> None:
    update_expectations("s", VERDICTS, tmp_path)
    changed = [Verdict("big", "a", False, "no ink"), Verdict("big", "b", True)]
    assert differences("s", changed, tmp_path) == [
        "s big: a fails (no ink)",
        "s big: b passes, but is listed as a failure",
    ]


def test_an_update_of_some_cases_leaves_the_others_alone(tmp_path: Path) -> None:
    update_expectations("s", VERDICTS, tmp_path)
    update_expectations("s", [Verdict("big", "a", False), Verdict("small", "c", True)], tmp_path)
    assert read_expectations("s", "big", tmp_path) == {"a", "b"}
    assert not (tmp_path / "s" / "small.txt").exists()


def test_json_holds_every_case(tmp_path: Path) -> None:
    write_json(tmp_path / "out.json", "s", VERDICTS)
    data = json.loads((tmp_path / "out.json").read_text())
    assert [case["name"] for case in data["cases"]] == ["a", "b", "c"]
    assert data["areas"]["small"]["reasons"] == {"timeout": 1}


def test_a_missing_folder_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["html5lib", "--root", str(tmp_path / "none")]) == 2
    assert "--root" in capsys.readouterr().err


def test_an_unknown_suite_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as error:
        main(["acid"])
    assert error.value.code == 2


def test_the_html5lib_runner_takes_cases_from_any_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "tree-construction"
    folder.mkdir()
    (folder / "own.dat").write_text(
        '#data\n<b>x\n#errors\n#document\n| <html>\n|   <head>\n|   <body>\n|     <b>\n|       "x"\n\n'
        "#data\n<td>\n#errors\n#document-fragment\ntr\n#document\n| <td>\n\n"
        "#data\n<i>\n#errors\n#document\n| <nonsense>\n"
    )
    out = tmp_path / "out.json"
    assert main(["html5lib", "--root", str(tmp_path), "--area", "tree-construction", "--json", str(out)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "html5lib: passed 2 of 3 (66.7 %)"
    cases = json.loads(out.read_text())["cases"]
    assert [case["passed"] for case in cases] == [True, True, False]


def test_the_reasons_in_a_list_outlive_an_update(tmp_path: Path) -> None:
    path = expectations_file("s", "a", tmp_path)
    path.parent.mkdir()
    path.write_text("# the case is wrong\nold\ngone\n# section 5\nz\n", encoding="utf-8")
    verdicts = [Verdict("a", "gone", True), Verdict("a", "new", False), Verdict("a", "old", False)]
    update_expectations("s", verdicts, tmp_path)
    assert path.read_text(encoding="utf-8") == "new\n# the case is wrong\nold\n# section 5\nz\n"
